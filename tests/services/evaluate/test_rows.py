"""gazetteer.services.evaluate.rows."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.errors import InvalidInput
from gazetteer.services.evaluate.rows import NIL, SEEN, UNSEEN, draw, labelled, parts, read

GOOD = {"query": "Hawijah", "gn_id": 390188, "country": "IQ", "admin1": "Kirkuk", "script": "Latn", "lang": "en"}


def written(path, *rows):
    """A file of the rows, with an empty line at its end."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + "\n", "utf-8")
    return path


@pytest.mark.parametrize(
    "doubt", [{"suspect": True}, {"near_dup": True}, {"kind": "colloquial"}, {"method": "coord_eq"}], ids=str
)
def test_a_row_whose_label_cannot_be_trusted_is_left_out(tmp_path, doubt):
    """It would measure the label, not the answer."""
    assert [row.query for row in read(written(tmp_path / "rows", GOOD | doubt, GOOD))] == ["Hawijah"]


def test_a_row_keeps_what_it_says_of_itself():
    """What is asked for by script, language and context comes from the row."""
    row = labelled(GOOD | {"seen": True, "gn_name": "Hawija"})

    assert (row.geonames, row.part, row.country, row.within) == ("390188", SEEN, "IQ", "Kirkuk")
    assert (row.script, row.language, row.means) == ("Latn", "en", "Hawija")


def test_a_spelling_is_unseen_unless_it_is_said_to_be_seen():
    """The harder case is assumed."""
    assert labelled(GOOD).part == UNSEEN


def test_a_name_of_no_record_keeps_the_id_that_was_held_out():
    """So that a snapshot that holds it all the same can be told."""
    row = labelled(GOOD | {"expected": "NIL"})

    assert (row.part, row.geonames) == (NIL, "390188")
    assert labelled({"query": "Nowhere", "expected": "NIL"}).geonames is None


@pytest.mark.parametrize("line", ["[]", "{", '"text"', '{"query": "Hawijah"}', '{"gn_id": 1}'])
def test_a_line_that_is_no_labelled_name_is_said(tmp_path, line):
    """With its number."""
    path = tmp_path / "rows"
    path.write_text(json.dumps(GOOD) + "\n" + line + "\n", "utf-8")

    with pytest.raises(InvalidInput, match="line 2"):
        list(read(path))


def test_rows_are_told_apart_by_part(tmp_path):
    """In an order that does not depend on the file's."""
    rows = [labelled(GOOD), labelled(GOOD | {"seen": True}), labelled(GOOD)]

    assert {part: len(members) for part, members in parts(rows).items()} == {"seen": 1, "unseen": 2}


@given(st.lists(st.integers()), st.integers(0, 20))
def test_a_draw_is_so_many_of_the_rows_in_their_order(rows, most):
    """Never more, none twice, and the same ones every time."""
    places = draw(list(enumerate(rows)), most)

    assert len(places) == min(most, len(rows))
    assert places == sorted(set(places))
    assert places == draw(list(enumerate(rows)), most)


def test_without_a_limit_all_rows_are_drawn():
    """None is no limit."""
    assert draw([3, 1, 2], None) == [3, 1, 2]
