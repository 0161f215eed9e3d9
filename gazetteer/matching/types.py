"""The words of matching: query in, result out."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from gazetteer.matching.explanation import Compared, Lead, Reading


class Kind(StrEnum):
    """What sort of thing an entity is."""

    PLACE = "place"
    FACILITY = "facility"
    ORGANISATION = "organisation"
    PERSON = "person"
    OPERATION = "operation"


class Role(StrEnum):
    """What a name is to its entity."""

    PREFERRED = "preferred"
    OFFICIAL = "official"
    VARIANT = "variant"
    EXONYM = "exonym"
    ABBREVIATION = "abbreviation"
    HISTORICAL = "historical"
    MISSPELLING = "misspelling"


class Decision(StrEnum):
    """What is said of a query."""

    MATCH = "match"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Query:
    """What the caller asked: a name and whatever context came along, as it was written.

    `country` is a code (ISO 3166-1 alpha-2 or alpha-3) or a name in any language; `within` an entity id or a name;
    `lat`, `lon` are WGS 84 degrees, `radius_km` kilometres around them. With `strict`, `within` and
    the point bind instead of counting as evidence.
    """

    name: str
    country: str | None = None
    within: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    kind: str | None = None
    type: str | None = None
    as_of: date | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class MatchedName:
    """The stored name that brought a candidate in; `valid_from` and `valid_to` are the days it was in use, if known."""

    text: str
    language: str | None
    role: str
    source: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Contribution:
    """One feature of a candidate: what was seen, and what it added to the log-odds.

    `value` is None where the feature had no evidence either way; it then contributes nothing.
    """

    feature: str
    value: float | None
    weight: float
    because: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that may be meant, with its score (a probability) and why."""

    id: str
    name: str
    kind: str
    type: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    population: int | None
    identifiers: dict[str, str]
    score: float
    matched_name: MatchedName
    explanation: tuple[Contribution, ...] = ()
    compared: Compared | None = None


class Words(Protocol):
    """What answers say beyond their decisions, by their places in a batch: most of the work of an answer is to put it
    into words, so they are made when they are read."""

    def reason(self, place: int, query: Query, decision: Decision, /) -> str:
        """Why it was decided so, in one sentence."""

    def candidates(self, place: int, /) -> tuple[Candidate, ...]:
        """The records that may be meant, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Told:
    """The words of one answer, at hand."""

    said: str
    listed: tuple[Candidate, ...] = ()

    def reason(self, _place: int, _query: Query, _decision: Decision, /) -> str:
        """The sentence."""
        return self.said

    def candidates(self, _place: int, /) -> tuple[Candidate, ...]:
        """The records."""
        return self.listed


class Result:
    """The answer to one query.

    `candidates` are sorted by score, the matched one first; `score` is the first candidate's
    whatever the decision, None when there is none. `generation` is the snapshot's. Where an explanation was asked for,
    `reading` says what the query was read as, and `runner_up` what keeps the second candidate behind the first.
    """

    __slots__ = ("_place", "_words", "decision", "generation", "query", "reading", "runner_up", "score")

    def __init__(
        self, query: Query, decision: Decision, generation: int, score: float | None, words: Words, place: int = 0
    ) -> None:
        self.query = query
        self.decision = decision
        self.generation = generation
        self.score = score
        self.reading: Reading | None = None
        self.runner_up: Lead | None = None
        self._words = words
        self._place = place

    @classmethod
    def told(
        cls, query: Query, decision: Decision, generation: int, reason: str, candidates: tuple[Candidate, ...]
    ) -> "Result":
        """An answer whose words are at hand."""
        score = candidates[0].score if candidates else None
        return cls(query, decision, generation, score, Told(reason, candidates))

    @property
    def reason(self) -> str:
        """Why it was decided so, in one sentence."""
        return self._words.reason(self._place, self.query, self.decision)

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The records that may be meant, the likeliest first."""
        return self._words.candidates(self._place)

    @property
    def match(self) -> Candidate | None:
        """The record meant, if the decision is `match`."""
        return self.candidates[0] if self.decision is Decision.MATCH else None

    def _whole(self) -> tuple[Any, ...]:
        return self.query, self.decision, self.generation, self.reason, self.candidates

    def _explanation(self) -> tuple[Any, ...]:
        return self.reading, self.runner_up

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Result)
            and self._whole() == other._whole()
            and self._explanation() == other._explanation()
        )

    def __hash__(self) -> int:
        return hash((self.query, self.decision, self.generation, self.score))

    def __repr__(self) -> str:
        return f"Result({', '.join(map(repr, self._whole()))})"

    def __reduce__(self) -> Any:
        return restored, (*self._whole(), *self._explanation())


def restored(*parts: Any) -> Result:
    """A result from what it was pickled as."""
    *whole, reading, runner_up = parts
    result = Result.told(*whole)
    result.reading, result.runner_up = reading, runner_up
    return result
