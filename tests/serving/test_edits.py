"""Edits and new generations under a running service: nobody's request fails, nobody's answers go back."""

import json
import threading
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from gazetteer.db.engine import make_engine, make_sessions
from gazetteer.importers.record import NameRecord
from gazetteer.services import indexing
from gazetteer.services.curation.names import add_name
from tests.live import Server, ask, served
from tests.services.curation.editing import BY, HAWIJA, loaded

CLIENTS = 6


@pytest.fixture
def engine(database_url: str):
    """The database that the service reads and the test writes."""
    made = make_engine(database_url)
    yield made
    made.dispose()


@pytest.fixture
def sessions(engine: Engine):
    found = make_sessions(engine)
    loaded(found)
    return found


@pytest.fixture
def server(sessions, database_url: str, tmp_path: Path):
    """Two workers over a small installation of its own."""
    indexing.build(sessions, tmp_path / "index")
    with served(tmp_path, workers=2, threads=2, database_url=database_url, said=tmp_path / "said") as running:
        yield running


@contextmanager
def clients(server: Server):
    """Clients that ask without end, each on a connection of its own; what each was answered, in order."""
    heard: list[list[tuple[int, int]]] = [[] for _ in range(CLIENTS)]
    done = threading.Event()

    def go_on_asking(mine: list[tuple[int, int]]) -> None:
        with closing(server.connect()) as connection:
            while not done.is_set():
                answer = ask(connection, "GET", "/v1/lookup?name=Hawija")
                mine.append((answer.status, json.loads(answer.text).get("generation", -1)))

    threads = [threading.Thread(target=go_on_asking, args=(mine,)) for mine in heard]
    for each in threads:
        each.start()
    try:
        yield heard
    finally:
        done.set()
        for each in threads:
            each.join()


def until_seen(server: Server, generation: int) -> None:
    """Ask, over connections of their own, until answers of this generation come one after the other."""
    seen = 0
    for _ in range(2000):
        answer = server.get("/v1/lookup?name=Hawija")
        seen = seen + 1 if json.loads(answer.text)["generation"] >= generation else 0
        if seen == 10:
            return
        threading.Event().wait(0.01)
    pytest.fail(f"generation {generation} is not seen")


def point_to(server: Server, folder: Path) -> None:
    """Publish a folder by hand."""
    link = server.data / "link"
    link.symlink_to(folder)
    link.rename(server.data / "index" / "current")


def test_no_request_fails_while_edits_and_generations_come_and_go(server, sessions, tmp_path):
    """Edits, a new generation, more edits, a damaged one, a sound one again."""
    with clients(server) as heard:
        for number in range(2):
            edited = add_name(sessions, HAWIJA, NameRecord(f"Zzyzx {number}"), BY)
            until_seen(server, edited.generation)
            indexing.build(sessions, tmp_path / "index")
        broken = indexing.build(sessions, tmp_path / "index", output=tmp_path / "index" / "broken").path
        (broken / "name_text_bytes.npy").write_bytes(b"")
        point_to(server, broken)
        edited = add_name(sessions, HAWIJA, NameRecord("Zzyzx last"), BY)
        until_seen(server, edited.generation)
        indexing.build(sessions, tmp_path / "index")
        edited = add_name(sessions, HAWIJA, NameRecord("Zzyzx at last"), BY)
        until_seen(server, edited.generation)

    for mine in heard:
        assert {status for status, _ in mine} == {200}
        generations = [generation for _, generation in mine]
        assert generations == sorted(generations)
    assert (tmp_path / "said").read_text().count("cannot be used") == 2  # each worker says it once


def test_who_has_just_written_reads_it_from_whichever_worker(server, sessions):
    """With `min_generation`: the answer has the edit, or is a 503 that says when to ask again."""
    for number in range(5):
        edited = add_name(sessions, HAWIJA, NameRecord(f"Qwxzy {number}"), BY)
        answer = server.get(f"/v1/lookup?name=Qwxzy+{number}&min_generation={edited.generation}")
        assert answer.status == 200
        assert json.loads(answer.text)["candidates"][0]["matched_name"]["text"] == f"Qwxzy {number}"
    assert server.get(f"/v1/lookup?name=Hawija&min_generation={edited.generation + 1}").status == 503
    assert counted(server, "gazetteer_overlay_entities", 1.0)
    assert counted(server, "gazetteer_snapshot_generation", edited.generation)


def counted(server: Server, name: str, value: float) -> bool:
    """Whether a figure comes to what it is to be; the workers write theirs down once a second."""
    for _ in range(100):
        if server.figures().get(name) == value:
            return True
        threading.Event().wait(0.1)
    return False
