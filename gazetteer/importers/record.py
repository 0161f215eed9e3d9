"""What every importer yields: a record of a source, or a row it could not read."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Source:
    """Where records come from. `rank` settles whose values stand on a shared entity: the higher wins."""

    slug: str
    title: str
    licence: str
    url: str | None = None
    version: str | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True)
class NameRecord:
    """One spelling. `language` is BCP 47 or None; dates are ISO 8601 of any precision ("1982", "1982-03").

    `source` is the slug of the name's own source where that is not the record's.
    """

    text: str
    language: str | None = None
    role: str = "variant"
    valid_from: str | None = None
    valid_to: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A relation to another record, named by an identifier: `("within", "slug", "kirkuk-governorate")`."""

    kind: str
    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Record:
    """One entity as a source tells it. `identifiers` are (scheme, value), the preferred of a scheme first.

    None means that the source does not say. `row` is the line of the source it was read from.
    """

    kind: str
    name: str
    identifiers: tuple[tuple[str, str], ...]
    type: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    names: tuple[NameRecord, ...] = ()
    links: tuple[Link, ...] = ()
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that could not be read, and why."""

    row: int
    reason: str
    file: str | None = field(default=None)
