from dataclasses import replace

import numpy as np
import pytest

from gazetteer.index.inside import inside
from gazetteer.index.rows import EntityRow, NameRow, ParentRow
from gazetteer.matching.asked import Batch
from gazetteer.matching.types import Query
from gazetteer.services.resolve import Resolver
from tests.index.small import IRAQ, SYRIA, rows, snapshot

UNIT, OTHER = 90, 91
PLACES = {  # about 11 km a tenth of a degree; the unit ends at 33.0
    92: ("middle", 33.5, UNIT),
    93: ("edge", 33.0, UNIT),
    94: ("beyond", 32.9, OTHER),
    95: ("farther", 32.6, OTHER),
    96: ("far", 30.0, OTHER),
    97: ("abroad", 32.9, SYRIA),
}


@pytest.fixture(scope="module")
def resolver(tmp_path_factory):
    """A unit, another beside it, and places on a line across their border."""
    units = [
        EntityRow(row, f"unit-{row}", "place", "admin1", "IQ", f"Unit {row}", 31.0, 44.0, None, 30)
        for row in (UNIT, OTHER)
    ]
    places = [
        EntityRow(row, id, "place", "settlement", "IQ", "Salman", lat, 44.0, None, 30)
        for row, (id, lat, _) in PLACES.items()
    ]
    nowhere = EntityRow(98, "nowhere", "place", "settlement", "IQ", "Salman", None, None, None, 30)
    names = [NameRow(row, "Salman", "en", "preferred", None, None, "curated") for row in [*PLACES, 98]]
    above = [ParentRow(row, unit) for row, (_, _, unit) in PLACES.items()]
    given = rows([*units, *places, nowhere], names)
    above += [ParentRow(98, OTHER), ParentRow(UNIT, IRAQ), ParentRow(OTHER, IRAQ)]
    return Resolver(snapshot(tmp_path_factory.mktemp("index") / "inside", replace(given, parents=above)))


def values(resolver: Resolver, unit: str) -> dict[str, float]:
    """How far each place is inside."""
    found = resolver.snapshot
    batch = Batch([resolver.reader.read(Query("Salman", within=unit))])
    ids = [*(id for id, _, _ in PLACES.values()), "nowhere"]
    entity = np.array([found.entities.find(id) for id in ids])
    query = np.zeros(len(entity), dtype=np.int64)
    return dict(zip(ids, inside(found, batch, query, entity).tolist(), strict=True))


class TestInside:
    def test_a_unit_is_whole(self, resolver):
        """What lies in it counts in full, at its edge as in its middle."""
        found = values(resolver, f"unit-{UNIT}")
        assert found["middle"] == found["edge"] == 1.0

    def test_it_fades_with_the_distance_outside(self, resolver):
        found = values(resolver, f"unit-{UNIT}")
        assert 0.7 > found["beyond"] > found["farther"] > found["far"] == 0.0

    def test_nothing_fades_from_where_it_is_not_known_to_lie(self, resolver):
        assert values(resolver, f"unit-{UNIT}")["nowhere"] == 0.0

    def test_a_country_does_not_fade(self, resolver):
        """Ten kilometres beyond its border is another country."""
        assert values(resolver, "syria")["abroad"] == 1.0
        assert values(resolver, "syria")["beyond"] == 0.0
