"""The words of matching: query in, result out."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to one query.

    `candidates` are sorted by score, the matched one first; `score` is the first candidate's
    whatever the decision, None when there is none. `generation` is the snapshot's. Where an explanation was asked for,
    `reading` says what the query was read as, and `runner_up` what keeps the second candidate behind the first.
    """

    query: Query
    decision: Decision
    reason: str
    generation: int
    candidates: tuple[Candidate, ...] = field(default=())
    reading: Reading | None = None
    runner_up: Lead | None = None

    @property
    def match(self) -> Candidate | None:
        """The record meant, if the decision is `match`."""
        return self.candidates[0] if self.decision is Decision.MATCH else None

    @property
    def score(self) -> float | None:
        """The probability of the first candidate."""
        return self.candidates[0].score if self.candidates else None
