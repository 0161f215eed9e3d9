"""What a table is told of a row: a value for each column that is appended to it, whether it is a CSV or a frame."""

from typing import NamedTuple

from gazetteer.errors import GazetteerError
from gazetteer.matching.types import Candidate, Result
from gazetteer.services.wording import led

RIVALS = 3
# The candidates that should be asked for: the match and its rivals.
CANDIDATES = 1 + RIVALS
ERROR = "error"


class Outcome(NamedTuple):
    """The values of a row, None where there is nothing to say; from `id` to `geonames` they are of a match only."""

    decision: str
    score: float | None
    id: str | None
    name: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    geonames: str | None
    alternatives: str | None
    reason: str


APPENDED = tuple(f"gz_{field}" for field in Outcome._fields)


def outcome_of(answer: Result | GazetteerError) -> Outcome:
    """The values for an answer; of a row that could not be answered, why."""
    if isinstance(answer, GazetteerError):
        return Outcome(ERROR, *[None] * 9, reason=led(answer.message, answer.field))  # type: ignore[misc, arg-type]
    match = answer.match
    rivals = answer.candidates[1 if match else 0 :][:RIVALS]
    return Outcome(
        answer.decision.value,
        answer.score,
        match.id if match else None,
        match.name if match else None,
        match.country if match else None,
        match.admin1 if match else None,
        match.lat if match else None,
        match.lon if match else None,
        match.identifiers.get("geonames") if match else None,
        "; ".join(map(rival, rivals)) or None,
        answer.reason,
    )


def rival(candidate: Candidate) -> str:
    """A candidate in readable form: `Tal Afar (settlement, Nineveh, IQ) 0.41 [id]`."""
    about = ", ".join(each for each in (candidate.type or candidate.kind, candidate.admin1, candidate.country) if each)
    return f"{candidate.name} ({about}) {candidate.score:.2f} [{candidate.id}]"


def decision_of(answer: Result | GazetteerError) -> str:
    """The decision, `error` among them."""
    return answer.decision.value if isinstance(answer, Result) else ERROR
