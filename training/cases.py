"""Labelled names as cases to fit on: the candidates of each, what every feature saw in them, and which is right."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from gazetteer.index.gather import pairs
from gazetteer.matching.asked import Batch
from gazetteer.matching.score import score
from gazetteer.matching.types import Query
from gazetteer.services.evaluate.rows import NIL, Row, read
from gazetteer.services.resolve import Resolver, open_resolver

SEED = 1974
BLOCK = 512  # names asked at once
KEPT = 24  # candidates of a case, those ahead first; the right one always
COUNTRY = ("country",)
CONTEXTS = {
    "country": COUNTRY,
    "within": (*COUNTRY, "within"),
    "point": (*COUNTRY, "lat", "lon"),
    "anywhere": (),
}
MOST_SEEN = 3000  # known spellings of a file that are asked: they are easy, and many


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled name with one sort of context.

    `file` and `part` say where it comes from, `placed` whether the country was given. `values` holds a row for each
    candidate, a column for each feature of the recipe; `right` is the row of the record that is meant, -1 where none of
    them is; `known` says that the candidate ahead bears this very spelling.
    """

    file: str
    part: str
    context: str
    placed: bool
    label: str
    values: np.ndarray
    right: int
    known: bool


def collect(bench: Path, world: Path, nil: Path, villages: Path) -> list[Case]:
    """All cases: known and unseen spellings asked of the world, names of no record asked where theirs is left out, and
    names of villages asked of the villages, with the unit and with the point that reports give as well."""
    chance = random.Random(SEED)
    cases: list[Case] = []
    for folder, files, contexts in (
        (world, ("cities_syiq", "cities_world"), ("country", "anywhere")),
        (nil, ("nil",), ("country", "anywhere")),
        (villages, ("villages_syiq",), ("country", "within", "point")),
    ):
        resolver = open_resolver(folder)
        numbers = geonames(resolver)
        for file in files:
            rows = chosen(list(read(bench / f"{file}.jsonl")), chance)
            for context in contexts:
                cases += ask(resolver, numbers, file, rows, context)
                print(f"{file}, {context}: {len(rows):,} names", flush=True)
    return cases


def chosen(rows: list[Row], chance: random.Random) -> list[Row]:
    """All rows but for known spellings beyond a number."""
    seen = [row for row in rows if row.part == "seen"]
    chance.shuffle(seen)
    dropped = {id(row) for row in seen[MOST_SEEN:]}
    return [row for row in rows if id(row) not in dropped]


def geonames(resolver: Resolver) -> dict[str, int]:
    """The number of each record by its GeoNames id."""
    entities = resolver.snapshot.entities
    found = ((entities.identifiers(number).get("geonames"), number) for number in range(len(entities.id)))
    return {id: number for id, number in found if id}


def ask(resolver: Resolver, numbers: dict[str, int], file: str, rows: Sequence[Row], context: str) -> Iterator[Case]:
    """The cases of rows with one sort of context."""
    for begin in range(0, len(rows), BLOCK):
        block = rows[begin : begin + BLOCK]
        queries = [Query(row.query, **{field: getattr(row, field) for field in CONTEXTS[context]}) for row in block]
        found = pairs(resolver.snapshot, Batch([resolver.reader.read(query) for query in queries]))
        scored = score(found)
        values = np.stack(scored.values, axis=1)
        for place, row in enumerate(block):
            first, last = int(scored.begins[place]), int(scored.begins[place + 1])
            entities = scored.entity[first:last].tolist()
            meant = numbers.get(row.geonames or "", -1)
            right = entities.index(meant) if meant in entities else -1
            kept = list(range(min(len(entities), KEPT)))
            if right >= KEPT:
                kept.append(right)
            case = Case(
                file=file,
                part=NIL if row.part == NIL and right < 0 else "unseen" if row.part == NIL else row.part,
                context=context,
                placed=bool(CONTEXTS[context]),
                label=row.geonames or row.query,
                values=values[scored.pair[first:last][kept]],
                right=kept.index(right) if right >= 0 else -1,
                known=bool(len(kept)) and bool(found.text.exact[scored.pair[first]]),
            )
            yield replace(case, values=case.values.reshape(-1, values.shape[1]))
