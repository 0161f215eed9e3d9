"""Rows by the thousand, inside the session's transaction, alike on both databases."""

import pytest
from sqlalchemy import text

from gazetteer.db import bulk
from gazetteer.db.sessions import reading, writing

COLUMNS = ("slug", "title", "licence", "rank")
HOSTILE = ["tab\there", "line\nbreak", "back\\slash", "\\N", "quote ' \" ;", "الحويجة", "𒀀", "{a,b}", "%s ? :x", ""]


def sources(session):
    """The stored rows."""
    return session.execute(text("SELECT slug, title, licence, rank FROM sources ORDER BY slug")).all()


class TestInsert:
    def test_any_text_comes_back_as_it_was(self, sessions):
        """COPY has an escape syntax of its own."""
        rows = [(f"s{number}", written, "l", number) for number, written in enumerate(HOSTILE)]
        with writing(sessions) as session:
            bulk.insert(session, "sources", COLUMNS, rows)

        with reading(sessions) as session:
            assert sources(session) == rows

    def test_it_is_undone_with_the_transaction(self, sessions):
        """The fast way in is no way around the transaction."""
        with pytest.raises(ZeroDivisionError), writing(sessions) as session:
            fail(bulk.insert(session, "sources", COLUMNS, [("a", "b", "c", 1)]))

        with reading(sessions) as session:
            assert sources(session) == []

    def test_nothing_is_nothing(self, sessions):
        """No rows, no statement."""
        with writing(sessions) as session:
            bulk.insert(session, "sources", COLUMNS, [])
            bulk.update(session, "sources", ("title",), [])
            bulk.delete(session, "sources", [])
            assert bulk.select(session, "sources", COLUMNS, "id", []) == []
            assert bulk.allocate(session, "entities", 0) == []


class TestSelect:
    def test_it_finds_thousands_by_number_and_by_text(self, sessions):
        """More than a statement may have parameters."""
        rows = [(f"s{number}", "t", "l", number % 2) for number in range(40_000)]
        with writing(sessions) as session:
            bulk.insert(session, "sources", COLUMNS, rows)
            by_text = bulk.select(session, "sources", ("id",), "slug", [row[0] for row in rows])
            by_number = bulk.select(session, "sources", ("slug",), "id", [row[0] for row in by_text], rank=1)

        assert len(by_text) == 40_000
        assert {row[0] for row in by_number} == {row[0] for row in rows if row[3] == 1}


class TestUpdate:
    def test_rows_are_found_by_their_id(self, sessions):
        """The last value of each row."""
        with writing(sessions) as session:
            bulk.insert(session, "sources", COLUMNS, [("a", "t", "l", 1), ("b", "t", "l", 1)])
            ids = dict(session.execute(text("SELECT slug, id FROM sources")).all())
            bulk.update(session, "sources", ("title", "rank"), [("new", 2, ids["b"])])
            assert sources(session) == [("a", "t", "l", 1), ("b", "new", "l", 2)]
            bulk.delete(session, "sources", [ids["a"]])
            assert sources(session) == [("b", "new", "l", 2)]


class TestAllocate:
    def test_ids_are_free_and_no_two_alike(self, sessions):
        """Also when some were taken before, and rows were added without asking."""
        with writing(sessions) as session:
            bulk.insert(session, "sources", COLUMNS, [("a", "t", "l", 1)])
            first = bulk.allocate(session, "sources", 3)
            bulk.insert(session, "sources", ("id", *COLUMNS), [(id, f"s{id}", "t", "l", 1) for id in first])
            second = bulk.allocate(session, "sources", 3)

        taken = {1, *first, *second}
        assert len(taken) == 7


def fail(_):
    """Something goes wrong in the middle of a write."""
    raise ZeroDivisionError
