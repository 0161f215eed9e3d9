"""One way to read, one way to write; writers wait for each other, readers for nobody."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from gazetteer.db.sessions import advance, generation, reading, writing


class TestReading:
    def test_it_cannot_write(self, sessions):
        """The database itself refuses: a mistake does not depend on anyone's care."""
        with pytest.raises(DBAPIError, match=r"read-?only"), reading(sessions) as session:
            session.execute(text("UPDATE generation SET value = 1"))

    def test_a_writer_comes_after_a_reader_on_the_same_connection(self, sessions):
        """What was set for reading is not left behind in the pool."""
        with reading(sessions) as session:
            generation(session)
        with writing(sessions) as session:
            assert advance(session) == 1

    def test_it_sees_one_state(self, sessions):
        """A write committed meanwhile does not show until the next session."""
        with reading(sessions) as reader:
            before = generation(reader)
            with writing(sessions) as writer:
                advance(writer)
            assert generation(reader) == before
        with reading(sessions) as reader:
            assert generation(reader) == before + 1

    def test_it_does_not_wait_for_a_writer(self, sessions):
        """A long load does not stop the service's reads."""
        with writing(sessions) as writer:
            advance(writer)
            with reading(sessions) as reader:
                assert generation(reader) == 0


class TestWriting:
    def test_an_exception_undoes_all(self, sessions):
        """A transaction is whole or not there."""
        with pytest.raises(ZeroDivisionError), writing(sessions) as session:
            fail(advance(session))
        with reading(sessions) as session:
            assert generation(session) == 0

    def test_writers_wait_their_turn(self, sessions):
        """Two hundred writes from eight threads, each of which reads before it writes: none fails, none is lost."""

        def write(_):
            with writing(sessions) as session:
                generation(session)
                return advance(session)

        with ThreadPoolExecutor(8) as threads:
            values = list(threads.map(write, range(200)))

        assert sorted(values) == list(range(1, 201))

    def test_generations_are_in_the_order_of_commit(self, sessions):
        """A writer that has taken its number holds up the next until it has committed."""
        taken, waited = threading.Event(), threading.Event()

        def slow():
            with writing(sessions) as session:
                number = advance(session)
                taken.set()
                waited.wait(0.3)  # the other one cannot have come through meanwhile
                assert not waited.is_set()
            return number

        def quick():
            taken.wait(10)
            with writing(sessions) as session:
                number = advance(session)
                waited.set()
            return number

        with ThreadPoolExecutor(2) as threads:
            first, second = threads.submit(slow), threads.submit(quick)

        assert (first.result(), second.result()) == (1, 2)


def fail(_):
    """Something goes wrong in the middle of a write."""
    raise ZeroDivisionError
