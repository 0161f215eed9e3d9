"""The words of an explanation: what a query was read as, how it was compared, and what decided."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word of a name, as it is folded and romanised; `concept` is what a generic or telling word says."""

    text: str
    romanised: str
    role: str
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class Addition:
    """What a name carries along, as in "Qarah, Syria" or "Aleppo (city)", and what it was taken for."""

    text: str
    taken_for: str


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a name was read, romanised; `read_as` says how it came about, such as "polish"."""

    text: str
    read_as: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A record that a `within` may mean."""

    id: str
    name: str
    type: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a query was read as.

    `core` is the romanised name without articles and additions, `forms` are all the forms in which it is compared,
    `numbers` those in the name. `country` is the code that binds; `within` are the units that count as inside, None
    where none was given.
    """

    normalised: str
    folded: str
    script: str
    romanised: str
    core: str
    words: tuple[ReadWord, ...]
    additions: tuple[Addition, ...]
    forms: tuple[Form, ...]
    numbers: tuple[int, ...]
    country: str | None = None
    within: tuple[Unit, ...] | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What one feature added to the log-odds of two candidates; `value` and `other_value` are what it saw."""

    feature: str
    value: float | None
    other_value: float | None
    weight: float
    because: str


@dataclass(frozen=True, slots=True)
class Lead:
    """What a candidate is ahead of another by: the greatest differences of features, and all in one sentence.

    `log_odds` is the whole lead, `differences` those features that make most of it, greatest first.
    """

    id: str
    name: str
    score: float
    log_odds: float
    differences: tuple[Difference, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Compared:
    """How a query and a stored name were compared, and what came of it.

    `form` is the form of the query that comes nearest, `core` that of the stored name; the same where the spelling is
    known. `log_odds` is the sum of what the features added, against "none of these"; `share` is what that
    gives among all candidates.
    """

    known_spelling: bool
    form: str
    core: str
    log_odds: float
    share: float
