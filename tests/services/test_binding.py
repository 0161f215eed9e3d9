"""What binds, said in words: the same rule as the one that finds candidates."""

from datetime import date

import numpy as np
import pytest

from gazetteer.index.candidates import admitted
from gazetteer.matching.asked import Batch
from gazetteer.matching.types import Query
from gazetteer.services.binding import misplaced, refusals

POINT = {"lat": 35.3, "lon": 43.7, "radius_km": 30.0}
CONTEXTS = [
    {},
    {"country": "IQ"},
    {"kind": "place"},
    {"type": "admin1"},
    {"country": "SY", "kind": "organisation", "type": "armed_group"},
    {"within": "kirkuk-p"},
    {"within": "kirkuk-p", "strict": True},
    {"strict": True, **POINT},
    {"within": "kirkuk-p", "strict": True, "country": "IQ", **POINT},
    {"as_of": date(1990, 1, 1)},
]


def said(small, id: str, **context) -> str:
    """The clauses on one record."""
    snapshot = small.snapshot
    batch = Batch([small.reader.read(Query("x", **context))])
    return " and ".join(refusals(snapshot, batch, 0, snapshot.entities.find(id)))


@pytest.mark.parametrize("context", CONTEXTS, ids=repr)
def test_what_is_refused_is_what_is_not_admitted(small, context):
    """Two tellings of one rule may not part."""
    batch = Batch([small.reader.read(Query("x", **context))])
    entities = np.arange(len(small.snapshot.entities.id))
    stays = admitted(small.snapshot, batch, np.zeros(len(entities), dtype=np.int64), entities)

    assert [not refusals(small.snapshot, batch, 0, each) for each in entities.tolist()] == stays.tolist()


@pytest.mark.parametrize(
    ("id", "context", "clause"),
    [
        ("tal-abyad", {"country": "IQ"}, "it is in SY, not in IQ"),
        ("isis", {"kind": "place"}, "its kind is organisation, not place"),
        ("kirkuk", {"type": "admin1"}, "its type is settlement, not the one asked for"),
        ("mosul", {"within": "kirkuk-p", "strict": True}, "it is not known whether it lies within Kirkuk Governorate"),
        ("deir", {"within": "kirkuk-p", "strict": True}, "it does not lie within Kirkuk Governorate"),
        ("euphrates", {"strict": True, **POINT}, "it is not known where it lies"),
        ("deir", {"strict": True, **POINT}, "km from the point, beyond 30 km"),
        ("deir", {"country": "IQ", "type": "river"}, " and its type"),
    ],
)
def test_each_thing_that_binds_has_its_words(small, id, context, clause):
    assert clause in said(small, id, **context)


def test_a_river_of_no_country_is_shut_out_by_none(small):
    assert said(small, "euphrates", country="IQ") == ""


def test_what_does_not_fit_without_binding_is_said_as_well(small):
    """But not what is not known."""
    snapshot = small.snapshot
    batch = Batch([small.reader.read(Query("x", within="kirkuk-p", **POINT))])
    clauses = {id: misplaced(snapshot, batch, 0, snapshot.entities.find(id)) for id in ("hawija", "deir", "euphrates")}
    assert [len(each) for each in clauses.values()] == [0, 2, 0]
