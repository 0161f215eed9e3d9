"""An answer over a snapshot and an overlay is the answer that a snapshot built anew would give."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.errors import GazetteerError
from gazetteer.index.rows import EntityRow, IdentifierRow, NameRow, ParentRow, Rows
from gazetteer.matching.types import Query
from gazetteer.services import answers, explain
from gazetteer.services.resolve import Resolver, many
from tests.index import edited, small

WORDS = ("Hawija", "Al-Hawija", "الحويجة", "Kirkuk", "Kerkuk", "Tall Afar", "Tal Afar", "Deir", "Dayr az Zawr", "Mosul")
WORDS += ("Mawsil", "Tripoli", "Tarabulus", "Riyadh", "الرياض", "Iraq", "Irak", "Sadr", "New Kirkuk", "Qaryat Hawija")
UNITS = [each for each in small.ENTITIES if each.type in ("country", "admin1")]
ROWS = [each.row for each in small.ENTITIES]
POINTS = [(35.3, 43.7), (35.47, 44.39), (36.7, 38.96), (None, None)]


@dataclass
class Draft:
    """The rows, being edited."""

    entities: dict[int, EntityRow] = field(default_factory=lambda: {each.row: each for each in small.ENTITIES})
    names: list[NameRow] = field(default_factory=small.names)
    parents: list[ParentRow] = field(default_factory=lambda: list(small.rows().parents))
    identifiers: list[IdentifierRow] = field(default_factory=lambda: list(small.rows().identifiers))

    def rows(self) -> Rows:
        return Rows(9, list(self.entities.values()), self.names, self.identifiers, self.parents)

    def create(self, name, type, country, point, unit) -> None:
        row = 100 + len(self.entities) + len(self.names)
        self.entities[row] = EntityRow(row, f"new-{row}", "place", type, country, name, *point, None, 110)
        self.names.append(NameRow(row, name, "en", "preferred", None, None, "edits"))
        self.parents.append(ParentRow(row, unit))

    def change(self, row, **fields) -> None:
        if row in self.entities:
            self.entities[row] = self.entities[row]._replace(**fields, rank=110)

    def add_name(self, row, text, role) -> None:
        self.names.append(NameRow(row, text, "und", role, None, None, "edits"))

    def strike(self, row, place) -> None:
        own = [each for each in self.names if each.row == row]
        if len(own) > 1:
            self.names.remove(own[place % len(own)])

    def retire(self, row) -> None:
        self.entities.pop(row, None)

    def merge(self, gone, kept) -> None:
        if gone == kept or not {gone, kept} <= self.entities.keys():
            return
        self.entities.pop(gone)
        self.names = [each._replace(row=kept) if each.row == gone else each for each in self.names]
        moved = [ParentRow(*(kept if end == gone else end for end in each)) for each in self.parents]
        self.parents = [each for each in dict.fromkeys(moved) if each.row != each.parent]
        self.entities[kept] = self.entities[kept]._replace(rank=110)

    def move(self, row, unit) -> None:
        self.parents = [each for each in self.parents if each.row != row]
        if row != unit:
            self.parents.append(ParentRow(row, unit))

    def rename(self, row) -> None:
        """Give a record another id, as a higher identifier does."""
        if row in self.entities:
            self.entities[row] = self.entities[row]._replace(id=f"other-{row}")


words = st.sampled_from(WORDS)
rows = st.sampled_from(ROWS)
units = st.sampled_from([each.row for each in UNITS])
types = st.sampled_from(["settlement", "admin1", "admin2", "river", "camp", "country"])
countries = st.sampled_from(["IQ", "SY", "TR", None])
points = st.sampled_from(POINTS)
edits = st.one_of(
    st.builds(lambda *given: lambda draft: draft.create(*given), words, types, countries, points, units),
    st.builds(lambda row, text, role: lambda draft: draft.add_name(row, text, role), rows, words,
              st.sampled_from(["variant", "preferred", "abbreviation"])),
    st.builds(lambda row, place: lambda draft: draft.strike(row, place), rows, st.integers(0, 5)),
    st.builds(lambda row: lambda draft: draft.retire(row), rows),
    st.builds(lambda gone, kept: lambda draft: draft.merge(gone, kept), rows, rows),
    st.builds(lambda row, unit: lambda draft: draft.move(row, unit), rows, rows),
    st.builds(lambda row, type: lambda draft: draft.change(row, type=type), rows, types),
    st.builds(lambda row, country: lambda draft: draft.change(row, country=country), rows, countries),
    st.builds(lambda row, point: lambda draft: draft.change(row, lat=point[0], lon=point[1]), rows, points),
    st.builds(lambda row, count: lambda draft: draft.change(row, population=count), rows, st.sampled_from([0, 10**6])),
    st.builds(lambda row, name: lambda draft: (draft.change(row, name=name), draft.add_name(row, name, "preferred")),
              rows, words),
    st.builds(lambda row: lambda draft: draft.rename(row), rows),
)  # fmt: skip
contexts = st.sampled_from(
    [
        {},
        {"country": "IQ"},
        {"country": "Syria"},
        {"within": "Kirkuk"},
        {"within": "kirkuk-p"},
        {"within": "Iraq", "strict": True},
        {"within": "Deir ez-Zor", "strict": True},
        {"lat": 35.4, "lon": 44.0},
        {"lat": 35.4, "lon": 44.0, "radius_km": 60.0, "strict": True},
        {"type": "settlement"},
        {"type": "admin1", "country": "IQ"},
        {"kind": "organisation"},
    ]
)
queries = st.lists(
    st.builds(lambda name, context: Query(name, **context), words | st.sampled_from(["Hawiga", "Mosl", "X"]), contexts),
    min_size=1,
    max_size=8,
)


@pytest.fixture(scope="module")
def base():
    return edited.in_memory(small.rows())


def told(answer, explained):
    """An answer as callers see it."""
    return str(answer) if isinstance(answer, GazetteerError) else answers.result(answer, explain=explained)


@settings(deadline=None, max_examples=60)
@given(changes=st.lists(edits, max_size=6), asked=queries, limit=st.sampled_from([1, 5, 50]), explained=st.booleans())
def test_the_overlay_answers_as_a_snapshot_built_anew(base, changes, asked, limit, explained):
    """Whatever was edited and whatever is asked, to the last word of the explanation."""
    draft = Draft()
    for change in changes:
        change(draft)
    over = Resolver(edited.view(base, small.rows(), draft.rows()))
    anew = Resolver(edited.in_memory(draft.rows()))

    assert [told(each, explained) for each in many(over, asked, limit=limit, explain=explained)] == [
        told(each, explained) for each in many(anew, asked, limit=limit, explain=explained)
    ]


@settings(deadline=None, max_examples=25)
@given(changes=st.lists(edits, min_size=1, max_size=5), asked=queries)
def test_the_overlay_explains_as_a_snapshot_built_anew(base, changes, asked):
    """Why a query means a record of the caller's choice, edited or not."""
    draft = Draft()
    for change in changes:
        change(draft)
    over = Resolver(edited.view(base, small.rows(), draft.rows()))
    anew = Resolver(edited.in_memory(draft.rows()))

    for query in asked[:3]:
        for record in list(draft.entities.values())[::5]:
            assert why(over, query, record.id) == why(anew, query, record.id)


def why(resolver, query, id):
    """An explanation, or why there is none."""
    try:
        return answers.explained(explain.one(resolver, query, id))
    except GazetteerError as error:
        return str(error)
