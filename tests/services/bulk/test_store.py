"""Answers kept on disk."""

from hypothesis import given
from hypothesis import strategies as st

from gazetteer.services.bulk import store
from gazetteer.services.bulk.jobs import Told
from gazetteer.services.bulk.store import Store

ROWS = st.lists(st.tuples(st.text(max_size=5), st.sampled_from(["IQ", "SY", ""])), unique=True, max_size=40)


def answers(rows):
    """An answer to each row, which says whose it is."""
    return {row: Told("match", repr(row)) for row in rows}


@given(st.lists(ROWS, max_size=8), ROWS)
def test_what_was_put_in_is_found_and_nothing_else(parts, others):
    kept = Store()
    for rows in parts:
        kept.add(answers(rows))
    known = {row for rows in parts for row in rows}
    asked = list(known | set(others))
    assert kept.find(asked) == answers(known)
    kept.close()


def test_rows_with_the_same_hash_are_told_apart(monkeypatch):
    """A hash is a hint."""
    monkeypatch.setattr(store, "hash", lambda row: 7, raising=False)
    kept = Store()
    kept.add(answers([("a",)]))
    assert kept.find([("b",), ("a",)]) == answers([("a",)])
    kept.close()


def test_what_has_no_room_is_not_kept(monkeypatch):
    monkeypatch.setattr(store, "MOST", 50)
    kept = Store()
    kept.add(answers([("a",)]))
    kept.add(answers([("b" * 50,)]))
    assert kept.find([("a",), ("b" * 50,)]) == answers([("a",)])
    kept.close()


def test_a_disk_that_is_full_costs_no_answers(tmp_path):
    """Nor does a folder that is not there."""
    kept = Store(tmp_path / "nowhere")
    kept.add(answers([("a",)]))
    assert kept.find([("a",)]) == {}
    kept.close()
