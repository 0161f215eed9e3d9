"""Names whose records are known: the labelled ones beside the project where they are, else stored ones, altered."""

import random
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import SEED
from benchmarks.names import alter
from gazetteer.index.snapshot import Snapshot
from gazetteer.services.evaluate.inventory import geonames_of
from gazetteer.services.evaluate.rows import SEEN, UNSEEN, draw, read

FILES = ("cities_world.jsonl", "cities_syiq.jsonl")
PARTS = (SEEN, UNSEEN)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A name, its country, and the number of the record it means."""

    name: str
    country: str
    entity: int


def labelled(snapshot: Snapshot, bench: Path, count: int) -> dict[str, list[Labelled]]:
    """So many names of each part, the same ones every time."""
    if not (bench / FILES[0]).is_file():
        return stored(snapshot, count)
    number = {id: entity for entity, id in enumerate(geonames_of(snapshot)) if id is not None}
    rows = [row for file in FILES for row in read(bench / file)]
    usable = [row for row in rows if row.geonames in number and row.country]
    return {
        part: [
            Labelled(row.query, str(row.country), number[str(row.geonames)])
            for row in draw([row for row in usable if row.part == part], count)
        ]
        for part in PARTS
    }


def stored(snapshot: Snapshot, count: int) -> dict[str, list[Labelled]]:
    """Names of the snapshot, as they are and with a letter or two changed."""
    chance = random.Random(SEED)
    there = [each for each in range(len(snapshot.names.entity)) if country(snapshot, each)]
    names = [chance.choice(there) for _ in range(2 * count)]
    texts = [snapshot.names.text[each] for each in names[:count]]
    texts += [alter(snapshot.names.text[each], chance) for each in names[count:]]
    found = [
        Labelled(text, country(snapshot, name), int(snapshot.names.entity[name]))
        for text, name in zip(texts, names, strict=True)
    ]
    return {SEEN: found[:count], UNSEEN: found[count:]}


def country(snapshot: Snapshot, name: int) -> str:
    """The country of the record that a name is of, empty for none."""
    return snapshot.countries[snapshot.entities.country[snapshot.names.entity[name]]] or ""
