"""What a snapshot is built from: rows of the database, as plain tuples in a fixed order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class EntityRow(NamedTuple):
    """A live entity; `row` is its key in the other tables. `rank` is that of the source whose values stand."""

    row: int
    id: str
    kind: str
    type: str | None
    country: str | None
    name: str
    lat: float | None
    lon: float | None
    population: int | None
    rank: int


class NameRow(NamedTuple):
    """A name of the entity `row`; `source` is a slug, the dates are ISO 8601 of any precision."""

    row: int
    text: str
    language: str
    role: str
    valid_from: str | None
    valid_to: str | None
    source: str


class IdentifierRow(NamedTuple):
    """The preferred identifier of a scheme of the entity `row`."""

    row: int
    scheme: str
    value: str


class ParentRow(NamedTuple):
    """The entity `row` lies directly within the entity `parent`."""

    row: int
    parent: int


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything a snapshot is built from."""

    generation: int
    entities: Iterable[EntityRow]
    names: Iterable[NameRow]
    identifiers: Iterable[IdentifierRow] = ()
    parents: Iterable[ParentRow] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
