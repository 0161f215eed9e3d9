"""What a snapshot holds: the GeoNames ids of its records, and all its names as the peers want them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from gazetteer.index.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Named:
    """A spelling of a record, by the record's number; records are numbered by falling prior."""

    record: int
    country: str | None
    text: str


def geonames_of(snapshot: Snapshot) -> list[str | None]:
    """The GeoNames id of each record, None where it has none."""
    count = len(snapshot.entities.id)
    return [snapshot.entities.identifiers(entity).get("geonames") for entity in range(count)]


def names_of(snapshot: Snapshot) -> Iterator[Named]:
    """Every spelling, those of one record together, the records in order."""
    entities = snapshot.names.entity
    countries = [snapshot.countries[number] for number in snapshot.entities.country.tolist()]
    order = np.argsort(entities, kind="stable")
    for name, record in zip(order.tolist(), entities[order].tolist(), strict=True):
        yield Named(record, countries[record], snapshot.names.text[name])
