"""gazetteer.services.evaluate.mixture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.matching.types import Decision
from gazetteer.services.evaluate.mixture import decided, mix
from tests.services.evaluate.outcomes import absent, meant

LABEL = ("cities", "country", "unseen")
HELD = {"1"}


@given(st.integers(1, 30), st.integers(1, 30))
def test_the_halves_weigh_the_same(answerable, nil):
    """Too many names of no record are drawn from, too few weigh more; the others are never dropped."""
    mixture = mix([meant()] * answerable, [absent()] * nil, HELD)

    assert len(mixture.answerable) == answerable
    assert len(mixture.nil) == min(answerable, nil)
    assert mixture.weight * len(mixture.nil) == pytest.approx(answerable)


def test_names_of_no_record_are_of_the_same_countries():
    """A country that nobody asks about has no say."""
    mixture = mix([meant(country="IQ")], [absent(country="IQ"), absent(country="UA")], HELD)

    assert [each.row.country for each in mixture.nil] == ["IQ"]


def test_a_row_whose_record_is_not_in_the_snapshot_is_left_out():
    """It cannot be answered, and nobody labelled it as a name of no record."""
    mixture = mix([meant(geonames="1"), meant(geonames="7")], [absent()], HELD)

    assert (len(mixture.answerable), mixture.left_out) == (1, 1)


def test_a_name_held_out_whose_record_is_there_all_the_same_is_left_out():
    """A curated record may have the id: finding it is right."""
    mixture = mix([meant()], [absent(geonames="1"), absent(geonames="2")], HELD)

    assert (len(mixture.nil), mixture.left_out) == (1, 1)


def test_without_names_held_out_the_rows_are_taken_as_they_are():
    """Nothing is drawn, nothing weighed, nothing left out."""
    mixture = mix([meant(geonames="7"), absent(), absent()], [], None)

    assert (len(mixture.answerable), len(mixture.nil), mixture.weight, mixture.left_out) == (1, 2, 1.0, 0)


def test_a_name_of_no_record_that_is_matched_costs_precision():
    """As much as it weighs."""
    outcomes = [meant(), meant(), meant(), meant(rank=2, decision=Decision.AMBIGUOUS)]
    counted = decided(LABEL, mix(outcomes, [absent(Decision.MATCH), absent()], HELD))

    assert counted.nil_weight == 2
    assert counted.precision.value == pytest.approx(3 / 5)
    assert counted.recall.value == pytest.approx(3 / 4)
    assert counted.ambiguous.value == pytest.approx(1 / 4)
    assert counted.nil_accepted.value == pytest.approx(1 / 2)


def test_a_match_to_another_record_counts_against_both():
    """It is no right answer, and a wrong one."""
    counted = decided(LABEL, mix([meant(), meant(rank=1)], [], None))

    assert (counted.precision.value, counted.recall.value) == (0.5, 0.5)


def test_weights_make_precision_less_certain():
    """Two rows that weigh two each are worth less than four."""
    few = decided(LABEL, mix([meant()] * 40, [absent(Decision.MATCH)] * 4, HELD)).precision
    many = decided(LABEL, mix([meant()] * 40, [absent(Decision.MATCH)] * 40, HELD)).precision

    assert few.value == pytest.approx(many.value)
    assert few.high - few.low > many.high - many.low


def test_without_a_match_there_is_no_precision():
    """And the rest is still said."""
    counted = decided(LABEL, mix([meant(decision=Decision.NONE)], [absent()], HELD))

    assert counted.precision is None
    assert counted.recall.value == 0
