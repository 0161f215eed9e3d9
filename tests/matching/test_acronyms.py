"""Acronyms: what a name may be shortened to, and what may be such a shortening."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.matching.acronyms import acronym_alike, acronym_candidate, acronyms
from tests.matching.labelled import Case, cases


class TestAcronyms:
    @pytest.mark.parametrize("case", cases("acronyms.csv"), ids=lambda case: f"{case.query} / {case.name}")
    def test_labelled_pairs(self, case: Case):
        value = acronym_alike(case.query, case.name)
        assert bool(value) == (case.same == "yes"), case.why

    def test_with_and_without_what_writers_leave_out(self):
        assert acronyms("Government of Iraq") == {"goi", "gi"}
        assert acronyms("Iraqi Counterterrorism Service") == {"icts", "cts"}

    def test_a_single_word_has_none(self):
        assert acronyms("Peshmerga") == frozenset()

    def test_a_script_without_capitals_is_less_sure(self):
        """قسد may be any short word; SDF may not."""
        arabic = acronym_alike("قسد", "قوات سوريا الديمقراطية")
        latin = acronym_alike("SDF", "Syrian Democratic Forces")
        assert arabic is not None
        assert latin == 1.0
        assert 0 < arabic < latin

    def test_what_an_acronym_may_stand_for_is_less_sure(self):
        """The Islamic Society is not the IS."""
        short = acronym_alike("SDF", "Syrian Democratic Forces")
        long = acronym_alike("Syrian Democratic Forces", "SDF")
        assert short is not None
        assert long is not None
        assert 0 < long <= short / 2

    def test_two_long_names_say_nothing(self):
        assert acronym_alike("Syrian Army", "Syrian Democratic Forces") is None

    @given(st.text(max_size=40), st.text(max_size=40))
    def test_any_texts_have_a_value(self, left, right):
        value = acronym_alike(left, right)
        assert value is None or 0.0 <= value <= 1.0


class TestCandidate:
    @pytest.mark.parametrize("text", ["SDF", "S.D.F.", "S D F", "DoD", "YBŞ", "СДС", "قسد", " NATO "])
    def test_capitals_may_be_an_acronym(self, text):
        assert acronym_candidate(text)

    @pytest.mark.parametrize("text", ["sdf", "Homs", "Al", "SDF forces", "KURDISTAN", "S3", "", "حزب الله", "X"])
    def test_other_words_are_none(self, text):
        assert acronym_candidate(text) is None
