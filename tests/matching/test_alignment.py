"""The learnt alignment: whole, of the units of today, and the compiled path as the plain one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.errors import BadData
from gazetteer.matching import alignment as module
from gazetteer.matching.alignment import (
    ARABIC_LATIN,
    GAP,
    OTHER,
    alignment,
    evidence,
    likeness,
    own,
    plain,
    route,
    routes,
    scratch,
)
from gazetteer.matching.units import MOST, cut, names

ROMAN = st.text("aeioubdfghjklmnqrstwyz", min_size=1, max_size=24)
SCRIPTS = sorted(routes())


def units(name: str) -> np.ndarray:
    letters = np.frombuffer(name.encode(), dtype=np.uint8)
    return cut(letters, np.array([0, len(letters)], dtype=np.uint32)).units


def compiled(odds: np.ndarray, query: np.ndarray, stored: np.ndarray) -> float:
    return float(evidence(odds, query, stored, scratch()[0]))


class TestTheFile:
    def test_it_is_of_the_units_of_today(self):
        """A table of units that was changed without learning anew is refused."""
        odds = alignment().odds
        assert odds.shape == (len(alignment().routes), len(names()), len(names()))
        assert np.isfinite(odds).all()
        assert (odds[:, GAP, GAP] == 0.0).all()

    def test_other_units_are_refused(self, monkeypatch):
        monkeypatch.setattr(module, "names", lambda: (*names(), "new"))
        with pytest.raises(BadData, match="learnt of other units"):
            alignment.__wrapped__()

    def test_every_route_of_the_table_was_learnt(self):
        assert set(routes().values()) | {OTHER, ARABIC_LATIN} == set(alignment().routes)

    @pytest.mark.parametrize("script", [*SCRIPTS, "Zzzz"])
    def test_a_unit_kept_speaks_for_one_name(self, script):
        """In every script more than its loss, and than a vowel for a consonant; the units that names mostly have."""
        odds = alignment().odds[route(script)]
        for unit in map(names().index, "abdklmnrst"):
            assert odds[unit, unit] > 0.0
            assert odds[unit, unit] > max(odds[unit, GAP], odds[GAP, unit])

    def test_latin_letters_have_a_route_of_their_own_where_they_write_arabic(self):
        assert route("Latn", "SY") == route("Latn", "IQ") != route("Latn", "PL") == route("Latn")
        assert route("Arab", "SY") == route("Arab")

    def test_it_knows_the_endings_of_arabic(self):
        """ "Mahdia" is Mahdīyah rather than Mahdī there; elsewhere an a more is less than three letters."""
        for country, meant, other in (("SY", "mahdiyah", "mahdi"), (None, "mahdi", "mahdiyah")):
            odds, typed = alignment().odds[route("Latn", country)], units("mahdia")
            assert compiled(odds, typed, units(meant)) > compiled(odds, typed, units(other))


class TestEvidence:
    @settings(max_examples=60, deadline=None)
    @given(ROMAN, ROMAN, st.sampled_from(SCRIPTS))
    def test_compiled_equals_plain(self, query, stored, script):
        """Compiling is an optimisation; it may not have an opinion."""
        odds, ours, theirs = alignment().odds[route(script)], units(query), units(stored)
        assert compiled(odds, ours, theirs) == pytest.approx(plain(odds, ours, theirs), abs=1e-3)

    @settings(max_examples=60, deadline=None)
    @given(ROMAN, st.sampled_from(SCRIPTS))
    def test_nothing_is_won_by_dropping_what_agrees(self, name, script):
        """A name is aligned with itself at least as well as unit by unit."""
        odds, ours = alignment().odds[route(script)], units(name)
        assert compiled(odds, ours, ours) >= float(own(odds, ours)) - 1e-3

    @settings(max_examples=60, deadline=None)
    @given(st.text("abc ", max_size=200))
    def test_a_name_of_any_length_is_cut(self, name):
        """What is beyond the longest name that is compared tells nothing more."""
        assert len(units(name.replace(" ", "x"))) <= MOST

    def test_an_exchange_that_writers_make_costs_less_than_one_that_they_do_not(self):
        odds = alignment().odds[route("Latn")]
        hawija = units("hawija")
        assert compiled(odds, units("haweja"), hawija) > compiled(odds, units("hawbja"), hawija)
        assert compiled(odds, units("hawidja"), hawija) > compiled(odds, units("hawinja"), hawija)


class TestLikeness:
    @settings(max_examples=100, deadline=None)
    @given(st.text("abcd", max_size=64), st.text("abcd", max_size=64))
    def test_it_is_twice_the_longest_common_subsequence(self, one, other):
        """Bit by bit as by the table of Wagner and Fischer."""
        longest = np.zeros((len(one) + 1, len(other) + 1))
        for i, ours in enumerate(one, 1):
            for j, theirs in enumerate(other, 1):
                same = longest[i - 1, j - 1] + 1
                longest[i, j] = same if ours == theirs else max(longest[i - 1, j], longest[i, j - 1])
        expected = 2 * longest[-1, -1] / (len(one) + len(other)) if one or other else 1.0
        found = likeness(letters(one), letters(other), scratch()[1])
        assert found == pytest.approx(expected)


def letters(text: str) -> np.ndarray:
    return np.frombuffer(text.encode(), dtype=np.uint8)
