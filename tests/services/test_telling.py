"""What would tell rivals apart: found out from the rivals, not recited."""

from datetime import date

import pytest

from gazetteer.index.rows import EntityRow, NameRow, ParentRow, Rows
from gazetteer.matching.types import Query
from gazetteer.services.resolve import Resolver, one
from tests.index.small import snapshot

UNITS = {"north": "IQ", "south": "IQ", "east": "SY"}


def ambiguous(folder, *rivals: dict, **context) -> str:
    """What is said of a name that all these records have."""
    units = [
        EntityRow(90 + i, u, "place", "admin1", c, u.title(), None, None, None, 30)
        for i, (u, c) in enumerate(UNITS.items())
    ]
    plain = {"kind": "place", "type": "settlement", "country": "IQ", "lat": None, "lon": None}
    entities, names, parents = [], [], []
    for row, rival in enumerate(rivals, start=1):
        it = plain | rival
        entities.append(
            EntityRow(
                row, f"r{row}", it["kind"], it["type"], it["country"], f"Main{row}", it["lat"], it["lon"], None, 30
            )
        )
        names.append(NameRow(row, "Salman", "en", "variant", it.get("since"), it.get("until"), "test"))
        if "unit" in it:
            parents.append(ParentRow(row, 90 + list(UNITS).index(it["unit"])))
    given = Rows(generation=1, entities=[*units, *entities], names=names, parents=parents)
    return one(Resolver(snapshot(folder / "rivals", given)), Query("Salman", **context)).reason


HERE, THERE, NEAR_HERE = ({"lat": lat, "lon": 44.0} for lat in (33.0, 36.0, 33.2))


@pytest.mark.parametrize(
    ("rivals", "clause"),
    [
        ([{}, {"country": "SY"}], "country would tell them apart"),
        ([{}, {"kind": "facility", "type": "camp"}], "kind or type would tell them apart"),
        ([{}, {"type": "river"}], "type would tell them apart"),
        ([{"unit": "north"}, {"unit": "south"}], "within would tell them apart"),
        ([{"unit": "north"}, {"unit": "east", "country": "SY"}], "country or within would tell them apart"),
        ([HERE, THERE], "a point would tell them apart"),
        ([{"until": "1960"}, {"since": "1990"}], "as_of would tell them apart"),
        ([{}, {}, {"country": "SY"}], "country would narrow it"),
    ],
    ids=repr,
)
def test_what_differs_is_asked_for(tmp_path, rivals, clause):
    assert ambiguous(tmp_path, *rivals).endswith(clause)


@pytest.mark.parametrize(
    "rivals",
    [
        [{}, {}],
        [HERE, NEAR_HERE],
        [{}, HERE],
        [{}, {"country": None}],
        [{"unit": "north"}, {"unit": "north"}],
        [{"until": "1960"}, {"since": "1950"}],
    ],
    ids=repr,
)
def test_what_does_not_differ_is_not(tmp_path, rivals):
    """Nor what is not known, or near enough to be mistaken; a record of no country is shut out by none."""
    assert "would" not in ambiguous(tmp_path, *rivals)


def test_what_was_given_is_not_asked_for_again(tmp_path):
    apart = [{"unit": "north", "until": "1960"}, {"unit": "south", "since": "1990"}]
    assert ambiguous(tmp_path / "plain", *apart).endswith("within or as_of would tell them apart")
    both = [{"unit": "north", "until": "1980"}, {"unit": "south", "since": "1970"}]
    assert ambiguous(tmp_path / "asked", *both, as_of=date(1975, 1, 1)).endswith("; within would tell them apart")
