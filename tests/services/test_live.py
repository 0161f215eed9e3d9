"""Live edits: what the service functions wrote shows in the answers, as if the snapshot had been built anew."""

import logging
import random
from functools import partial

import pytest

from gazetteer.db.index_rows import index_rows
from gazetteer.db.sessions import generation, reading
from gazetteer.errors import Behind, GazetteerError
from gazetteer.importers.record import Link, NameRecord, Record
from gazetteer.matching.decide import Policy
from gazetteer.matching.types import Query
from gazetteer.services import answers, identity, indexing, live
from gazetteer.services.curation import records
from gazetteer.services.curation.desk import By
from gazetteer.services.curation.names import Which, add_name, retire_name
from gazetteer.services.live import Live
from gazetteer.services.load import load
from gazetteer.services.query import Limits
from gazetteer.services.resolve import Resolver, many, one
from tests.index import edited, small
from tests.services.loading import CITIES, GEONAMES, place

BY = By("ana", "seen in a report")
IDS = {each.id: identity.mint(("slug", each.id)) for each in small.ENTITIES}


def fill(sessions):
    """The records of the small gazetteer, as a load brings them."""
    slugs = {each.row: each.id for each in small.ENTITIES}
    links = {row: (Link("within", "slug", slugs[unit]),) for row, unit in small.PARENTS.items()}
    load(
        sessions,
        GEONAMES,
        [
            Record(
                *(each.kind, each.name, (("slug", each.id),), each.type, each.country, each.lat, each.lon),
                population=each.population,
                names=tuple(NameRecord(name.text, role=name.role) for name in small.names() if name.row == each.row),
                links=links.get(each.row, ()),
            )
            for each in small.ENTITIES
        ],
    )


@pytest.fixture
def filled(sessions, tmp_path, monkeypatch):
    """The small gazetteer in a database, and its snapshot."""
    monkeypatch.setattr(live, "POLL", 0.0)
    fill(sessions)
    indexing.build(sessions, tmp_path / "index")
    return sessions


@pytest.fixture
def answering(filled, tmp_path) -> Live:
    """What answers from both."""
    return Live(tmp_path / "index" / "current", Policy(), Limits(), filled)


def said(resolver, query):
    """An answer as callers see it."""
    (answer,) = many(resolver, [query], limit=5, explain=True)
    return str(answer) if isinstance(answer, GazetteerError) else answers.result(answer, explain=True)


def anew(sessions) -> Resolver:
    """A resolver over a snapshot built now."""
    with reading(sessions) as session:
        return Resolver(edited.in_memory(index_rows(session)))


ASKED = [
    Query(name, **context)
    for name in ("Hawija", "Hawiga", "Kirkuk", "Riyadh", "Riyad", "Mosul", "Tal Afar", "Deir ez-Zor", "Islamic State")
    for context in ({}, {"country": "IQ"}, {"within": "Kirkuk"}, {"lat": 35.4, "lon": 44.0}, {"type": "settlement"})
]


class TestEdits:
    def test_each_shows_at_once_and_as_in_a_new_snapshot(self, filled, answering):
        """One edit of each sort, one after the other."""
        new = partial(Record, "place", "Riyadh", (("geonames", "77"),), "settlement", "IQ", 35.1, 43.9)
        riyadh = identity.mint(("geonames", "77"))
        edits = [
            lambda: records.create(filled, new(), BY, within=[IDS["kirkuk-p"]]),
            lambda: add_name(filled, IDS["hawija"], NameRecord("Hawiga", "en"), BY),
            lambda: retire_name(filled, IDS["hawija"], Which("الحويجة"), BY),
            lambda: records.change(filled, IDS["hawija"], {"name": "Al-Hawija", "population": 5}, BY),
            lambda: records.change(filled, IDS["kirkuk"], {"within": [IDS["iraq"]]}, BY),
            lambda: records.change(filled, IDS["mosul"], {"identifiers": [("geonames", "99072")]}, BY),
            lambda: records.merge(filled, IDS["old-mosul"], identity.mint(("geonames", "99072")), BY),
            lambda: records.retire(filled, IDS["tal-afar"], BY),
            lambda: records.change(filled, IDS["kirkuk-p"], {"type": "admin2"}, BY),
            lambda: records.merge(filled, riyadh, IDS["hawija"], BY),
            lambda: records.retire(filled, IDS["kirkuk-p"], BY),
        ]
        for edit in edits:
            made = edit()
            resolver, rebuilt = answering.resolver(), anew(filled)
            assert resolver.generation == made.generation
            assert [said(resolver, each) for each in ASKED] == [said(rebuilt, each) for each in ASKED]

    def test_many_at_random(self, filled, answering):
        """Whatever is edited, in whatever order."""
        chance = random.Random(7)
        ids = list(IDS.values())
        for round in range(12):
            for _ in range(3):
                edit_at_random(filled, chance, ids)
            rebuilt, resolver = anew(filled), answering.resolver()
            for query in ASKED:
                assert said(resolver, query) == said(rebuilt, query), round

    def test_a_merged_record_is_not_found_by_its_old_id(self, filled, answering):
        records.merge(filled, IDS["old-mosul"], IDS["mosul"], BY)
        gone = ({IDS["old-mosul"], IDS["mosul"]} - {one(answering.resolver(), Query("Mosul")).match.id}).pop()

        assert answering.resolver().snapshot.entities.find(gone) is None

    def test_a_snapshot_alone_shows_none(self, filled, tmp_path):
        alone = Live(tmp_path / "index" / "current", Policy(), Limits())
        add_name(filled, IDS["hawija"], NameRecord("Zzyzx"), BY)

        assert one(alone.resolver(), Query("Zzyzx")).decision == "none"


def edit_at_random(sessions, chance, ids):
    """One edit; one that cannot be made is none."""
    id, other = chance.sample(ids, 2)
    word = chance.choice(["Hawija", "Kerkuk", "Riyadh", "Al Mosul", "Deir", "Iraq"])
    try:
        match chance.randrange(7):
            case 0:
                made = records.create(sessions, Record("place", word, (), "settlement", "IQ"), BY, within=[other])
                ids.append(made.id)
            case 1:
                add_name(sessions, id, NameRecord(word), BY)
            case 2:
                records.change(sessions, id, {"within": [other]}, BY)
            case 3:
                records.change(sessions, id, {"name": word, "population": chance.randrange(1, 10**6)}, BY)
            case 4:
                records.merge(sessions, id, other, BY)
            case 5:
                records.retire(sessions, id, BY)
            case _:
                records.change(sessions, id, {"type": chance.choice(["admin1", "settlement", "camp"])}, BY)
    except GazetteerError:
        pass


class TestGeneration:
    def test_it_is_that_of_the_last_edit_shown(self, filled, answering):
        made = [add_name(filled, IDS["hawija"], NameRecord(f"Name {number}"), BY) for number in range(3)]

        assert answering.resolver().generation == made[-1].generation

    def test_what_a_run_wrote_waits_for_the_next_snapshot(self, filled, answering, tmp_path):
        """So an answer does not claim it; edits behind it show all the same."""
        first = add_name(filled, IDS["hawija"], NameRecord("Before"), BY)
        load(filled, CITIES, [place("Samarra", "geonames:1", type="settlement")])
        then = add_name(filled, IDS["hawija"], NameRecord("Zzyzx"), BY)

        resolver = answering.resolver()
        assert resolver.generation == first.generation
        assert one(resolver, Query("Zzyzx")).match.id == IDS["hawija"]
        indexing.build(filled, tmp_path / "index")
        assert answering.resolver().generation >= then.generation
        assert answering.resolver().overlay is None

    def test_a_caller_may_ask_for_it(self, filled, answering):
        made = add_name(filled, IDS["hawija"], NameRecord("Zzyzx"), BY)

        assert answering.at_least(made.generation).generation == made.generation
        with pytest.raises(Behind):
            answering.at_least(made.generation + 1)

    def test_it_never_goes_back(self, filled, answering, tmp_path, caplog):
        """A snapshot of before a run is published anew, after what the run wrote was shown."""
        old = (tmp_path / "index" / "current").resolve()
        load(filled, CITIES, [place("Samarra", "geonames:1", type="settlement")])
        indexing.build(filled, tmp_path / "index")
        shown = answering.resolver().generation
        again = tmp_path / "again"
        again.symlink_to(old)
        again.rename(tmp_path / "index" / "current")

        assert answering.resolver().generation == shown
        assert answering.resolver().generation == shown
        assert caplog.text.count("which stays") == 1


class TestFolding:
    def test_a_new_snapshot_takes_the_edits_in(self, filled, answering, tmp_path):
        add_name(filled, IDS["hawija"], NameRecord("Zzyzx"), BY)
        assert len(answering.resolver().overlay) == 1
        indexing.build(filled, tmp_path / "index")

        assert answering.resolver().overlay is None
        assert one(answering.resolver(), Query("Zzyzx")).match.id == IDS["hawija"]

    def test_edits_made_while_it_was_built_lie_over_it(self, filled, answering, tmp_path):
        add_name(filled, IDS["hawija"], NameRecord("First"), BY)
        staged = format_of(filled, tmp_path)
        made = add_name(filled, IDS["hawija"], NameRecord("Zzyzx"), BY)
        staged()

        assert answering.resolver().generation == made.generation
        assert one(answering.resolver(), Query("Zzyzx")).match.id == IDS["hawija"]

    def test_two_generations_are_kept(self, filled, answering, tmp_path):
        for number in range(3):
            add_name(filled, IDS["hawija"], NameRecord(f"Name {number}"), BY)
            indexing.build(filled, tmp_path / "index")
        folders = [each.name for each in (tmp_path / "index").iterdir() if each.is_dir() and not each.is_symlink()]

        assert len(folders) == 2

    @pytest.mark.parametrize("harm", ["cut", "changed", "no manifest"])
    def test_a_damaged_one_is_refused_and_the_old_one_stays(self, filled, answering, tmp_path, caplog, harm):
        """Told once, and edits go on showing."""
        before = answering.resolver()
        add_name(filled, IDS["hawija"], NameRecord("First"), BY)
        report = indexing.build(filled, tmp_path / "index", output=tmp_path / "index" / "999")
        damage(report.path, harm)
        link = tmp_path / "link"
        link.symlink_to(report.path)
        link.rename(tmp_path / "index" / "current")
        made = add_name(filled, IDS["hawija"], NameRecord("Zzyzx"), BY)
        caplog.set_level(logging.ERROR)

        for _ in range(3):
            assert one(answering.resolver(), Query("Zzyzx")).generation == made.generation
        assert answering.resolver().overlay.base is before.snapshot
        assert len([each for each in caplog.records if "cannot be used" in each.message]) == 1


def format_of(sessions, tmp_path):
    """A snapshot that is built, and still to be published."""
    report = indexing.build(sessions, tmp_path / "index", output=tmp_path / "index" / "500")

    def publish():
        link = tmp_path / "link"
        link.symlink_to(report.path)
        link.rename(tmp_path / "index" / "current")

    return publish


def damage(folder, harm):
    """Break a snapshot."""
    path = folder / ("manifest.json" if harm == "no manifest" else "name_text_bytes.npy")
    if harm == "changed":
        data = bytearray(path.read_bytes())
        data[-1] ^= 1
        path.write_bytes(data)
    elif harm == "cut":
        path.write_bytes(path.read_bytes()[:-1])
    else:
        path.unlink()


class TestDatabase:
    def test_a_database_that_is_away_is_told_once_and_answers_go_on(self, filled, tmp_path, caplog, monkeypatch):
        answering = Live(tmp_path / "index" / "current", Policy(), Limits(), filled)
        made = add_name(filled, IDS["hawija"], NameRecord("Zzyzx"), BY)
        assert answering.resolver().generation == made.generation
        from sqlalchemy.exc import OperationalError

        def away(_):
            raise OperationalError("SELECT", {}, Exception("away"))

        monkeypatch.setattr(live, "reading", away)
        for _ in range(3):
            assert one(answering.resolver(), Query("Zzyzx")).match.id == IDS["hawija"]
        assert caplog.text.count("cannot be asked") == 1

    def test_a_history_that_cannot_be_read_keeps_nobody_from_the_snapshot(self, filled, answering, monkeypatch):
        """Such as that of a database of an earlier schema."""
        from sqlalchemy.exc import OperationalError

        def broken(*_):
            raise OperationalError("SELECT", {}, Exception("no such column"))

        made = add_name(filled, IDS["hawija"], NameRecord("Zzyzx"), BY)
        with monkeypatch.context() as patch:
            patch.setattr(live, "edits", broken)
            assert one(answering.resolver(), Query("Hawija", country="IQ")).match.id == IDS["hawija"]
        assert answering.resolver().generation == made.generation

    def test_a_snapshot_of_another_database_stands_alone(self, sessions, tmp_path, monkeypatch):
        """Its generation is ahead of the database's."""
        monkeypatch.setattr(live, "POLL", 0.0)
        path = tmp_path / "index" / "7"
        small.snapshot(path)
        answering = Live(path, Policy(), Limits(), sessions)
        with reading(sessions) as session:
            assert generation(session) < 7

        assert answering.resolver().overlay is None
        assert answering.resolver().generation == 7
