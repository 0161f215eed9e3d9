"""Whose values stand on an entity that several sources describe.

Each field shows what the source of the highest rank says of it, whatever was loaded first; where that source says
nothing, the next one's word stands. Within one run the first record that speaks wins. The entity's owner is the
source of highest rank; `stated_by` keeps the fields whose value is another's, so that one more load can tell.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from gazetteer.importers.record import Record

FIELDS = ("kind", "type", "country", "name", "point", "population", "valid_from", "valid_to")
COLUMNS = ("kind", "type", "country", "name", "lat", "lon", "population", "valid_from", "valid_to")

Standing = Mapping[int, tuple[int, str]]  # of each source its rank and its slug: no two are equal
Told = tuple[Any, ...]  # one value for each of FIELDS, None where nothing is said


@dataclass(slots=True)
class Values:
    """The fields of an entity, who owns them, and whose the others are."""

    told: Told
    owner: int
    stated_by: dict[str, int] | None = None

    def holder(self, place: int) -> int | None:
        """The source whose word a field is; None where none has spoken."""
        if self.stated_by is not None and FIELDS[place] in self.stated_by:
            return self.stated_by[FIELDS[place]]
        return self.owner if self.told[place] is not None else None


def told_by(record: Record) -> Told:
    """What a record says; a point is one value of two numbers."""
    point = (record.lat, record.lon) if record.lat is not None else None
    return (
        record.kind,
        record.type,
        record.country,
        record.name,
        point,
        record.population,
        record.valid_from,
        record.valid_to,
    )


def from_columns(row: tuple[Any, ...], owner: int, stated_by: dict[str, int] | None) -> Values:
    """The values as the database has them, in the order of COLUMNS."""
    point = (row[4], row[5]) if row[4] is not None else None
    return Values((*row[:4], point, *row[6:]), owner, stated_by)


def to_columns(told: Told) -> tuple[Any, ...]:
    """The values in the order of COLUMNS."""
    return (*told[:4], *(told[4] or (None, None)), *told[5:])


def fresh(told: Told, source: int, complete: frozenset[str]) -> Values:
    """The values of a new entity; of the fields in `complete` the source means its None."""
    silent = {field: source for field, value in zip(FIELDS, told, strict=True) if value is None and field in complete}
    return Values(told, source, silent or None)


def combine(ours: Values, theirs: Values, standing: Standing, *, yielding: Collection[str] = ()) -> Values:
    """The values of two statements about one entity, field by field those of the higher standing.

    Where both are of one source, theirs win, being the newer; in the fields of `yielding`, ours.
    """
    if ours.told == theirs.told and ours.owner == theirs.owner and ours.stated_by == theirs.stated_by:
        return ours
    told: list[Any] = []
    holders: list[int | None] = []
    for place in range(len(FIELDS)):
        left, right = ours.holder(place), theirs.holder(place)
        take = right is not None and (
            left is None or standing[right] > standing[left] or (right == left and FIELDS[place] not in yielding)
        )
        told.append((theirs if take else ours).told[place])
        holders.append(right if take else left)
    owner = max(ours.owner, theirs.owner, key=standing.__getitem__)
    stated_by = {
        field: holder
        for field, holder, value in zip(FIELDS, holders, told, strict=True)
        if holder is not None and (holder != owner or value is None)
    }
    return Values(tuple(told), owner, stated_by or None)


def silent(known: Values, said: Values) -> frozenset[str]:
    """The fields in which the source of `said` had the word, and now says nothing."""
    source = said.owner
    return frozenset(
        field for place, field in enumerate(FIELDS) if said.holder(place) is None and known.holder(place) == source
    )


def withdrawn(values: Values, source: int, fields: Collection[str]) -> Values:
    """The values without what a source has stated in these fields."""
    gone = {field for place, field in enumerate(FIELDS) if field in fields and values.holder(place) == source}
    if not gone:
        return values
    told = tuple(None if field in gone else value for field, value in zip(FIELDS, values.told, strict=True))
    stated_by = {field: holder for field, holder in (values.stated_by or {}).items() if field not in gone}
    return Values(told, values.owner, stated_by or None)
