"""A view over a snapshot and edits: read like a snapshot, to the types of its columns."""

import sys

import numpy as np
import pytest
from numba.core.dispatcher import Dispatcher

from gazetteer.index.rows import EntityRow, NameRow
from gazetteer.matching.types import Query
from gazetteer.services.resolve import Resolver, many, warm
from tests.index import edited, small

NEW = EntityRow(50, "riyadh", "place", "settlement", "IQ", "Al Riyadh", 35.0, 43.9, None, 110)
NAME = NameRow(50, "Al Riyadh", "en", "preferred", None, None, "edits")
ASKED = [
    Query(name, **context)
    for name in ("Al Riyadh", "Riyad", "Kirkuk", "Deir ez-Zor", "Islamic Stat", "Hawiga")
    for context in ({}, {"country": "IQ"}, {"within": "Kirkuk"}, {"lat": 35.4, "lon": 44.0}, {"type": "settlement"})
]


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """The small gazetteer, mapped."""
    return small.snapshot(tmp_path_factory.mktemp("index") / "small")


@pytest.fixture(scope="module")
def view(base):
    """The same with a town more, and another name for Hawija."""
    return edited.view(base, small.rows(), small.rows([NEW], [NAME, NAME._replace(row=small.HAWIJA, text="Hawijeh")]))


def signatures():
    """What every compiled loop of ours was compiled for."""
    modules = [module for name, module in list(sys.modules.items()) if name.startswith("gazetteer.")]
    loops = [each for module in modules for each in vars(module).values() if isinstance(each, Dispatcher)]
    return {(each.py_func.__name__, str(signature)) for each in loops for signature in each.signatures}


def test_no_loop_is_compiled_for_a_view(base, view):
    """Compiling takes seconds, and the first edit would wait for them."""
    warm(Resolver(base))
    many(Resolver(base), ASKED, limit=5, explain=True)
    before = signatures()
    many(Resolver(view), ASKED, limit=5, explain=True)

    assert signatures() == before


@pytest.mark.parametrize(
    "column", ["id", "kind", "type", "country", "lat", "lon", "population", "prior", "scripts", "main"]
)
def test_columns_of_records_have_the_types_that_a_snapshot_has(base, view, column):
    records = view.entities
    for entities in ([0, 1], [0, records.find("riyadh"), records.find("hawija")]):
        found = getattr(records, column)[np.array(entities)]
        assert found.dtype == getattr(base.entities, column).dtype


def test_an_edited_record_keeps_its_number_and_a_new_one_comes_behind(base, view):
    assert view.entities.find("hawija") == base.entities.find("hawija")
    assert view.entities.find("riyadh") == len(base.entities)
    assert len(view.entities) == len(base.entities) + 1


def test_records_are_ordered_as_in_a_snapshot_built_anew(view):
    anew = edited.in_memory(small.rows([NEW], [NAME]))
    ids = [anew.entities.id[number] for number in range(len(anew.entities))]

    assert [view.entities.id[each] for each in view.entities.ordered(range(len(view.entities)))] == ids


def test_names_of_an_edited_record_are_those_of_the_overlay_alone(base, view):
    hawija = view.entities.find("hawija")
    texts = {view.names.text[int(each)] for each in view.entities.names_of(hawija)}

    assert texts == {"Hawija", "Hawijeh", "الحويجة", "حەوێجە"}
    assert all(each >= len(base.names.entity) for each in view.entities.names_of(hawija))
