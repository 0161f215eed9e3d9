"""Bulk items: what is read from a mapping or from cells, and what is refused."""

from datetime import date

import pytest

from gazetteer.errors import InvalidInput
from gazetteer.matching.types import Query
from gazetteer.services.bulk.items import from_cells, from_mapping, key_of
from gazetteer.services.strict_json import loads


class TestFromMapping:
    def test_every_field_of_a_query_can_be_given(self):
        """An item carries the same context as a lookup."""
        item = {
            "key": [1],
            "name": "Hawija",
            "country": "IQ",
            "within": "Kirkuk",
            "lat": 35,
            "lon": 43.7,
            "radius_km": 10,
            "kind": "place",
            "type": "settlement",
            "as_of": "2017-10-05",
            "strict": True,
        }
        assert from_mapping(item) == Query(
            "Hawija", "IQ", "Kirkuk", 35.0, 43.7, 10.0, "place", "settlement", date(2017, 10, 5), True
        )

    def test_null_is_the_same_as_absent(self):
        assert from_mapping({"name": "Hawija", "country": None, "lat": None}) == Query("Hawija")

    @pytest.mark.parametrize(
        ("item", "field"),
        [
            ({"nmae": "Hawija"}, "nmae"),
            ({}, "name"),
            ({"name": None}, "name"),
            ({"name": ""}, "name"),
            ({"name": " \t"}, "name"),
            ({"name": 5}, "name"),
            ({"name": ["Hawija"]}, "name"),
            ({"name": "a", "country": 1}, "country"),
            ({"name": "a", "lat": "35"}, "lat"),
            ({"name": "a", "lat": True}, "lat"),
            ({"name": "a", "lat": 10**400}, "lat"),
            ({"name": "a", "lon": float("nan")}, "lon"),
            ({"name": "a", "radius_km": {}}, "radius_km"),
            ({"name": "a", "as_of": "2017"}, "as_of"),
            ({"name": "a", "as_of": "20170101"}, "as_of"),
            ({"name": "a", "as_of": "2017-02-30"}, "as_of"),
            ({"name": "a", "as_of": 2017}, "as_of"),
            ({"name": "a", "strict": "true"}, "strict"),
            (None, None),
            ([], None),
            ("Hawija", None),
        ],
    )
    def test_what_cannot_be_read_names_its_field(self, item, field):
        with pytest.raises(InvalidInput) as caught:
            from_mapping(item)
        assert caught.value.field == field

    def test_a_key_given_twice_is_refused(self):
        """Which of the two was meant nobody knows."""
        with pytest.raises(InvalidInput) as caught:
            from_mapping(loads(b'{"name": "a", "name": "b"}'))
        assert caught.value.field == "name"


class TestFromCells:
    def test_an_empty_cell_says_nothing(self):
        assert from_cells({"name": "Hawija", "country": " ", "lat": ""}) == Query("Hawija")

    def test_context_is_trimmed_and_the_name_is_not(self):
        """The name belongs to the caller; normalising it is for the matcher."""
        assert from_cells({"name": " Hawija", "country": " IQ ", "lat": " 35.5 "}) == Query(" Hawija", "IQ", lat=35.5)

    @pytest.mark.parametrize("cell", ["nan", "inf", "1_000", "35,5", "٣٥", "1e999", "35°", "0x1", "--1"])
    def test_only_a_finite_decimal_number_is_a_coordinate(self, cell):
        with pytest.raises(InvalidInput) as caught:
            from_cells({"name": "a", "lat": cell})
        assert caught.value.field == "lat"

    @pytest.mark.parametrize(
        ("cell", "value"), [("-43.5", -43.5), ("+1", 1.0), (".5", 0.5), ("5.", 5.0), ("1e1", 10.0)]
    )
    def test_decimal_notation_is_read(self, cell, value):
        assert from_cells({"name": "a", "lon": cell}).lon == value


@pytest.mark.parametrize(("item", "key"), [({"key": {"a": 1}}, {"a": 1}), ({}, None), ([], None), (None, None)])
def test_the_key_is_the_callers_own(item, key):
    """Any JSON value; an item that is no object has none."""
    assert key_of(item) == key
