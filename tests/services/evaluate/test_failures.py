"""gazetteer.services.evaluate.failures."""

from gazetteer.matching.types import Decision
from gazetteer.services.evaluate.failures import failures
from tests.services.evaluate.outcomes import absent, meant


def kept(*outcomes):
    """What is written of the outcomes."""
    return list(failures("cities", "country", outcomes))


def test_a_row_whose_record_is_not_first_is_a_failure():
    """With what stood there instead, and room for the cause."""
    (failure,) = kept(meant(rank=2, decision=Decision.AMBIGUOUS), meant())

    assert (failure.rank, failure.decision, failure.first.geonames, failure.cause) == (2, "ambiguous", "999", "")


def test_a_name_of_no_record_fails_only_when_it_is_matched():
    """Its candidates are no fault."""
    (failure,) = kept(absent(Decision.MATCH), absent(Decision.AMBIGUOUS), absent())

    assert (failure.part, failure.decision) == ("nil", "match")


def test_a_row_that_was_refused_is_a_failure():
    """Nothing was found, and it says so."""
    (failure,) = kept(meant(rank=None, decision=None))

    assert (failure.rank, failure.decision) == (None, "error")
