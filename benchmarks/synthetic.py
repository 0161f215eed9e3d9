"""Gazetteers of any size: the real records, fewer of them, or more that are made of them by altering their names."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from benchmarks.measure import SEED
from benchmarks.names import alter
from gazetteer.index.rows import EntityRow, NameRow, ParentRow, Rows

PEOPLE = 500  # at most, of a made record: no town is hidden by them
DEGREES = 0.5  # how far off it lies
SPELLINGS = 2  # at most, of a made record; the dumps of GeoNames have 1.3 on average
OWNED = 10_000_000  # rows of made records begin here


class World:
    """The rows of a database, to be taken in part or with more of their like."""

    def __init__(self, rows: Rows) -> None:
        self.generation = rows.generation
        self.entities = list(rows.entities)
        self.names: dict[int, list[NameRow]] = defaultdict(list)
        for name in rows.names:
            self.names[name.row].append(name)
        self.identifiers = list(rows.identifiers)
        self.parents = list(rows.parents)

    def of(self, size: int, always: Iterable[int]) -> Rows:
        """So many records, those of the rows `always` among them; the same ones every time."""
        chosen = self.chosen(size, always)
        more = size - len(chosen)
        entities: Iterable[EntityRow] = (each for each in self.entities if each.row in chosen)
        return Rows(
            generation=self.generation,
            entities=[*entities, *(entity for entity, _ in self.made(more))],
            names=self.all_names(chosen, more),
            identifiers=(each for each in self.identifiers if each.row in chosen),
            parents=self.all_parents(chosen, more),
        )

    def chosen(self, size: int, always: Iterable[int]) -> set[int]:
        """The real records that are taken."""
        rows = [each.row for each in self.entities]
        random.Random(SEED).shuffle(rows)
        return set([*dict.fromkeys([*always, *rows])][:size])

    def all_names(self, chosen: set[int], more: int) -> Iterator[NameRow]:
        """The names of the real ones, then of those made."""
        for row, names in self.names.items():
            if row in chosen:
                yield from names
        for _, made in self.made(more):
            yield from made

    def all_parents(self, chosen: set[int], more: int) -> Iterator[ParentRow]:
        """What lies within what; a made one lies where the one lies that it is made of."""
        yield from (each for each in self.parents if each.row in chosen and each.parent in chosen)
        above = {each.row: each.parent for each in self.parents}
        for number, origin in enumerate(self.origins(more)):
            if origin.row in above:
                yield ParentRow(OWNED + number, above[origin.row])

    def origins(self, more: int) -> Iterator[EntityRow]:
        """The settlements that so many records are made of."""
        chance = random.Random(SEED + 1)
        settlements = [each for each in self.entities if each.type == "settlement" and each.lat is not None]
        return (settlements[chance.randrange(len(settlements))] for _ in range(more))

    def made(self, more: int) -> Iterator[tuple[EntityRow, Sequence[NameRow]]]:
        """So many records with their names, the same ones every time."""
        chance = random.Random(SEED + 2)
        for number, origin in enumerate(self.origins(more)):
            yield made_of(origin, self.names[origin.row], OWNED + number, chance)


def made_of(
    origin: EntityRow, names: Sequence[NameRow], row: int, chance: random.Random
) -> tuple[EntityRow, list[NameRow]]:
    """A small settlement near a real one, with some of its names altered."""
    assert origin.lat is not None
    assert origin.lon is not None
    taken = chance.sample(names, min(len(names), chance.randint(1, SPELLINGS)))
    spelled = [each._replace(row=row, text=alter(alter(each.text, chance), chance)) for each in taken]
    entity = origin._replace(
        row=row,
        id=f"made{row:012d}",
        name=spelled[0].text if spelled else origin.name,
        lat=max(-90.0, min(90.0, origin.lat + chance.uniform(-DEGREES, DEGREES))),
        lon=max(-180.0, min(180.0, origin.lon + chance.uniform(-DEGREES, DEGREES))),
        population=chance.randrange(PEOPLE),
        rank=30,
    )
    return entity, spelled
