"""Asking labelled names, and what came of each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from gazetteer.errors import GazetteerError
from gazetteer.matching.types import Candidate, Decision, Query, Result
from gazetteer.services.evaluate.rows import NIL, Row
from gazetteer.services.resolve import Resolver, many

DEEP = 10  # candidates looked at
BLOCK = 256  # rows asked at once, between two words to whoever watches
CONTEXTS = {
    "none": (),
    "country": ("country",),
    "country+within": ("country", "within"),
    "country+point": ("country", "lat", "lon"),
}

Progress: TypeAlias = Callable[[int, int | None, str], None]  # rows done, of how many, of what


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a row: the place of the right record, the decision, and the first candidate.

    `rank` is None where the right record is not among the candidates, or no record is right; `decision` is None where
    the query was refused.
    """

    row: Row
    rank: int | None
    decision: Decision | None
    first: Candidate | None

    @property
    def matched(self) -> bool:
        """Whether a record was said to be meant."""
        return self.decision is Decision.MATCH

    @property
    def right(self) -> bool:
        """Whether the first candidate is the record meant."""
        return self.rank == 0


def query_of(row: Row, context: str) -> Query:
    """The query that a row is, with this sort of context."""
    given: dict[str, str | float | None] = {field: getattr(row, field) for field in CONTEXTS[context]}
    return Query(row.query, **given)  # type: ignore[arg-type]  # each value has the type of its field


def ask(
    resolver: Resolver, rows: Sequence[Row], context: str, progress: Progress | None = None, name: str = ""
) -> list[Outcome]:
    """Ask all rows with this sort of context; `name` says of what, to whoever watches."""
    found: list[Outcome] = []
    for block in blocks(rows, BLOCK):
        answers = many(resolver, [query_of(row, context) for row in block], limit=DEEP)
        found += [outcome(row, answer) for row, answer in zip(block, answers, strict=True)]
        if progress is not None:
            progress(len(found), len(rows), f"{name} ({context})".lstrip())
    return found


def blocks(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    """The rows, so many at a time."""
    for begin in range(0, len(rows), size):
        yield rows[begin : begin + size]


def outcome(row: Row, answer: Result | GazetteerError) -> Outcome:
    """What an answer is to its row."""
    if isinstance(answer, GazetteerError):
        return Outcome(row, None, None, None)
    found = [candidate.identifiers.get("geonames") for candidate in answer.candidates]
    rank = found.index(row.geonames) if row.part != NIL and row.geonames in found else None
    return Outcome(row, rank, answer.decision, answer.candidates[0] if answer.candidates else None)
