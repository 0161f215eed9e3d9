"""The rows that went wrong, for people to look at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gazetteer.matching.types import Candidate
from gazetteer.services.evaluate.asking import Outcome
from gazetteer.services.evaluate.rows import NIL


@dataclass(frozen=True, slots=True)
class First:
    """The candidate that stood first, and the spelling that brought it."""

    name: str
    by: str
    score: float
    country: str | None
    geonames: str | None


@dataclass(frozen=True, slots=True)
class Failure:
    """A row whose right record was not first, or that was matched where no record is meant.

    `means` is a name of the record meant, `rank` its place among the candidates; `cause` is for whoever judges: label
    wrong, true renaming, no resemblance in writing, our fault.
    """

    file: str
    context: str
    part: str
    query: str
    script: str | None
    language: str | None
    country: str | None
    geonames: str | None
    means: str | None
    rank: int | None
    decision: str
    first: First | None
    cause: str = ""


def failures(file: str, context: str, outcomes: Iterable[Outcome]) -> Iterator[Failure]:
    """Those of the rows that went wrong."""
    for each in outcomes:
        if each.matched if each.row.part == NIL else not each.right:
            yield failure(file, context, each)


def failure(file: str, context: str, outcome: Outcome) -> Failure:
    """A row with what was answered to it."""
    row = outcome.row
    return Failure(
        file=file,
        context=context,
        part=row.part,
        query=row.query,
        script=row.script,
        language=row.language,
        country=row.country,
        geonames=row.geonames,
        means=row.means,
        rank=outcome.rank,
        decision=outcome.decision.value if outcome.decision else "error",
        first=first(outcome.first) if outcome.first else None,
    )


def first(found: Candidate) -> First:
    """A candidate, less what nobody judging needs."""
    return First(found.name, found.matched_name.text, found.score, found.country, found.identifiers.get("geonames"))
