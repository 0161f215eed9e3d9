"""Outcomes written by hand, for tests of everything that counts them."""

from gazetteer.matching.types import Candidate, Decision, MatchedName
from gazetteer.services.evaluate.asking import Outcome
from gazetteer.services.evaluate.rows import NIL, UNSEEN, Row


def candidate(geonames: str, score: float) -> Candidate:
    """A town with this GeoNames id."""
    found = MatchedName("Town", "en", "preferred", "test")
    ids = {"geonames": geonames}
    return Candidate(geonames, "Town", "place", "settlement", "IQ", None, 1.0, 1.0, None, ids, score, found)


def meant(
    rank: int | None = 0,
    decision: Decision | None = Decision.MATCH,
    score: float = 0.9,
    country: str = "IQ",
    geonames: str = "1",
    script: str | None = "Latn",
) -> Outcome:
    """A name that means the record `geonames`, which stood at `rank`."""
    row = Row("Hawijah", geonames, UNSEEN, country, script=script)
    first = candidate(geonames if rank == 0 else "999", score)
    return Outcome(row, rank, decision, first)


def absent(
    decision: Decision | None = Decision.NONE, score: float | None = 0.3, country: str = "IQ", geonames: str = "2"
) -> Outcome:
    """A name whose record is held out; `score` None where nothing came near."""
    row = Row("Nowhere", geonames, NIL, country)
    return Outcome(row, None, decision, None if score is None else candidate("999", score))
