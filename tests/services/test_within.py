from dataclasses import replace

import pytest

from gazetteer.index.rows import EntityRow, NameRow, ParentRow
from gazetteer.matching.types import Query
from gazetteer.services.resolve import Resolver, one
from tests.index.small import rows, snapshot


@pytest.fixture(scope="module")
def resolver(tmp_path_factory):
    """A province that is known by one spelling, its town by another, and two villages of one name."""
    entities = [
        EntityRow(90, "province", "place", "admin1", "SY", "Ar-Raqqah Governorate", 35.7, 38.7, None, 30),
        EntityRow(91, "town", "place", "settlement", "SY", "Ar Raqqah", 35.95, 39.01, 200_000, 30),
        EntityRow(92, "in", "place", "settlement", "SY", "Salman", 36.1, 38.4, None, 30),
        EntityRow(93, "out", "place", "settlement", "SY", "Salman", 32.6, 36.1, None, 30),
        EntityRow(94, "elsewhere", "place", "admin1", "SY", "Daraa Governorate", 32.7, 36.2, None, 30),
    ]
    spellings = (
        (90, "Ar-Raqqah Governorate"),
        (91, "Raqqa"),
        (92, "Salman"),
        (93, "Salman"),
        (94, "Daraa Governorate"),
    )
    names = [NameRow(row, text, "en", "preferred", None, None, "curated") for row, text in spellings]
    given = rows(entities, names)
    above = [ParentRow(91, 90), ParentRow(92, 90), ParentRow(93, 94)]
    return Resolver(snapshot(tmp_path_factory.mktemp("index") / "within", replace(given, parents=above)))


class TestNamed:
    @pytest.mark.parametrize("unit", ["Raqqa", "Raqa", "ar-Raqqa"])
    def test_a_town_of_that_very_spelling_hides_no_unit(self, resolver, unit):
        """Reports name the province by what is known as a spelling of its town alone."""
        first, second = one(resolver, Query("Salman", country="SY", within=unit)).candidates[:2]
        assert first.id == "in"
        assert first.score - second.score > 0.9

    def test_a_unit_that_is_another_is_none(self, resolver):
        """Of each rank those count that the name may well mean, not whatever comes nearest."""
        units = resolver.reader.read(Query("Salman", country="SY", within="Raqqa")).within
        assert {resolver.snapshot.entities.id[each].decode() for each in units} == {"province", "town"}
