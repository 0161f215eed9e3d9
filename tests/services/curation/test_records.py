"""Editing records: each edit is whole, one entry of the history, and stands against the loads to come."""

import pytest
from sqlalchemy import func, select

from gazetteer.db.models import Change
from gazetteer.db.sessions import generation, reading
from gazetteer.errors import Conflict, InvalidInput, LimitExceeded, Merged, NotFound
from gazetteer.importers.record import NameRecord, Record
from gazetteer.services import entities, identity
from gazetteer.services.curation import records
from gazetteer.services.curation.desk import By
from gazetteer.services.feed import since
from gazetteer.services.load import load
from tests.services.curation.editing import BY, HAWIJA, IRAQ, KIRKUK, loaded
from tests.services.loading import CITIES, GEONAMES, place


@pytest.fixture
def filled(sessions):
    loaded(sessions)
    return sessions


def town(**given):
    return Record(**{"kind": "place", "type": "settlement", "name": "Riyadh Town", "identifiers": (), **given})


def state(sessions):
    """How many entries there are, and the generation."""
    with reading(sessions) as session:
        return session.scalar(select(func.count()).select_from(Change)), generation(session)


class TestCreate:
    def test_the_record_is_there_with_all_that_was_said(self, filled):
        names = (NameRecord("Al-Riyadh", "en"), NameRecord("الرياض", "ar", "official"))
        made = records.create(filled, town(country="IQ", lat=35.1, lon=43.9, names=names), BY, within=[KIRKUK])

        found = entities.get(filled, made.id)
        assert (found.name, found.country, found.lat, found.status) == ("Riyadh Town", "IQ", 35.1, "active")
        assert {each.text for each in found.names} == {"Riyadh Town", "Al-Riyadh", "الرياض"}
        assert [each.id for each in found.parents] == [KIRKUK, IRAQ]
        assert (found.changed.action, found.changed.actor, found.changed.generation) == (
            "create",
            "ana",
            made.generation,
        )

    def test_it_is_one_entry_and_one_generation(self, filled):
        before = state(filled)
        made = records.create(filled, town(), BY)

        assert state(filled) == (before[0] + 1, before[1] + 1)
        assert made.generation == before[1] + 1
        (entry,) = since(filled, before[1]).entries
        assert (entry.entity, entry.reason, entry.after["name"]) == (made.id, "seen in a report", "Riyadh Town")

    def test_the_id_comes_from_the_identifier_of_highest_rank(self, filled):
        made = records.create(filled, town(identifiers=(("wikidata", "Q9"), ("geonames", "9"))), BY)

        assert made.id == identity.mint(("geonames", "9"))

    def test_one_without_identifiers_gets_a_slug_of_its_own(self, filled):
        """Two towns of one name are two records."""
        first, second = (records.create(filled, town(), BY) for _ in range(2))

        assert first.id != second.id
        assert [each.value for each in entities.get(filled, second.id).identifiers] == ["riyadh-town-2"]

    def test_an_identifier_belongs_to_one_record(self, filled):
        before = state(filled)
        with pytest.raises(Conflict, match=f"geonames 3 is {HAWIJA} \\(Hawija\\)") as caught:
            records.create(filled, town(identifiers=(("geonames", "3"),)), BY)
        assert caught.value.field == "identifiers"
        assert state(filled) == before

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"kind": "village"}, "kind"),
            ({"type": None}, "type"),
            ({"type": "armed_group"}, "type"),
            ({"country": "Iraq"}, "country"),
            ({"name": " x"}, "name"),
            ({"lat": 35.0}, "lon"),
            ({"lat": 91.0, "lon": 0.0}, "lat"),
            ({"population": 0}, "population"),
            ({"population": 2**63}, "population"),
            ({"valid_from": "soon"}, "valid_from"),
            ({"valid_from": "1990", "valid_to": "1980"}, "valid_to"),
            ({"names": (NameRecord("x", "kur"),)}, "language"),
            ({"names": (NameRecord("x", role="nickname"),)}, "role"),
            ({"names": (NameRecord("x", source="nobody"),)}, "source"),
            ({"identifiers": (("geonames", "Q1"),)}, "identifiers"),
            ({"identifiers": (("isbn", "1"),)}, "identifiers"),
        ],
    )
    def test_what_cannot_be_names_its_field(self, filled, given, field):
        before = state(filled)
        with pytest.raises(InvalidInput) as caught:
            records.create(filled, town(**given), BY)
        assert caught.value.field == field
        assert state(filled) == before

    @pytest.mark.parametrize("by", [By("", "why"), By("who", " "), By("who", "\0")])
    def test_who_and_why_are_said(self, filled, by):
        with pytest.raises(InvalidInput):
            records.create(filled, town(), by)

    def test_who_is_no_novel(self, filled):
        with pytest.raises(LimitExceeded):
            records.create(filled, town(), By("x" * 101, "why"))

    def test_an_unknown_unit_is_not_found(self, filled):
        with pytest.raises(NotFound) as caught:
            records.create(filled, town(), BY, within=["nowhere"])
        assert caught.value.field == "within"


class TestChange:
    def test_the_fields_given_change_and_no_others(self, filled):
        edited = records.change(filled, HAWIJA, {"lat": 35.32, "lon": 43.77, "population": None}, BY)

        found = entities.get(filled, HAWIJA)
        assert (found.lat, found.population, found.type, found.country) == (35.32, None, "settlement", "IQ")
        assert found.changed.generation == edited.generation

    def test_the_history_tells_what_was_and_what_is(self, filled):
        position = state(filled)[1]
        records.change(filled, HAWIJA, {"population": 5, "country": "IQ"}, BY)

        (entry,) = since(filled, position).entries
        assert (entry.before, entry.after) == ({"population": 100}, {"population": 5})

    def test_an_edit_stands_against_the_next_load(self, filled):
        """And what the edit does not speak of follows the load."""
        records.change(filled, HAWIJA, {"population": None}, BY)
        load(filled, GEONAMES, [place("Hawija", "geonames:3", type="camp", population=777)])

        found = entities.get(filled, HAWIJA)
        assert (found.population, found.type) == (None, "camp")

    def test_a_new_name_to_go_by_is_among_the_names(self, filled):
        records.change(filled, HAWIJA, {"name": "Al-Hawija"}, BY)

        found = entities.get(filled, HAWIJA)
        assert found.name == "Al-Hawija"
        assert {"Al-Hawija", "Hawija"} <= {each.text for each in found.names}

    def test_units_are_exchanged_for_good(self, filled):
        """The next load says the old unit again, to no effect."""
        records.change(filled, HAWIJA, {"within": [IRAQ]}, BY)
        loaded(filled)

        assert [each.id for each in entities.get(filled, HAWIJA).parents] == [IRAQ]

    def test_a_unit_struck_out_can_come_back(self, filled):
        for units in ([], [KIRKUK]):
            records.change(filled, HAWIJA, {"within": units}, BY)

        assert [each.id for each in entities.get(filled, HAWIJA).parents] == [KIRKUK, IRAQ]

    @pytest.mark.parametrize("unit", [HAWIJA, KIRKUK])
    def test_nothing_lies_within_itself(self, filled, unit):
        with pytest.raises(InvalidInput, match="leads back"):
            records.change(filled, KIRKUK, {"within": [HAWIJA, unit]}, BY)

    def test_a_higher_identifier_gives_a_new_id_and_the_old_one_redirects(self, filled):
        made = records.create(filled, town(), BY)
        edited = records.change(filled, made.id, {"identifiers": [("geonames", "77")]}, BY)

        assert edited.id == identity.mint(("geonames", "77"))
        with pytest.raises(Merged) as caught:
            entities.get(filled, made.id)
        assert caught.value.survivor == edited.id

    def test_what_is_so_already_writes_nothing(self, filled):
        before = state(filled)
        edited = records.change(filled, HAWIJA, {"population": 100, "within": [KIRKUK]}, BY)

        assert not edited.changed
        assert state(filled) == before

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"nmae": "x"}, "nmae"),
            ({"name": None}, "name"),
            ({"kind": "person"}, "type"),
            ({"lat": None}, "lat"),
            ({"identifiers": [("geonames", "x")]}, "identifiers"),
        ],
    )
    def test_what_cannot_be_names_its_field(self, filled, given, field):
        with pytest.raises(InvalidInput) as caught:
            records.change(filled, HAWIJA, given, BY)
        assert caught.value.field == field

    def test_an_edit_of_what_changed_since_is_a_conflict(self, filled):
        seen = entities.get(filled, HAWIJA).changed.generation
        records.change(filled, HAWIJA, {"population": 5}, By("ana", "counted", seen))

        with pytest.raises(Conflict) as caught:
            records.change(filled, HAWIJA, {"population": 6}, By("ben", "counted", seen))
        assert caught.value.field == "version"
        assert entities.get(filled, HAWIJA).population == 5

    def test_an_unknown_record_is_not_found(self, filled):
        for id in ("nothing", "\0"):
            with pytest.raises(NotFound):
                records.change(filled, id, {"population": 5}, BY)


class TestRetire:
    def test_a_retired_record_can_be_read_and_not_edited(self, filled):
        records.retire(filled, HAWIJA, BY)

        assert entities.get(filled, HAWIJA).status == "retired"
        with pytest.raises(Conflict, match="is retired"):
            records.change(filled, HAWIJA, {"population": 5}, BY)

    def test_no_load_brings_it_back(self, filled):
        records.retire(filled, HAWIJA, BY)
        loaded(filled)

        assert entities.get(filled, HAWIJA).status == "retired"


class TestMerge:
    def test_the_id_of_higher_rank_lives_on_whichever_is_named_first(self, filled):
        made = records.create(filled, town(names=(NameRecord("Hawiga", "en"),)), BY)
        edited = records.merge(filled, HAWIJA, made.id, BY)

        assert edited.id == HAWIJA
        assert "Hawiga" in {each.text for each in entities.get(filled, HAWIJA).names}
        with pytest.raises(Merged):
            entities.get(filled, made.id)

    def test_the_history_names_both(self, filled):
        made = records.create(filled, town(), BY)
        position = state(filled)[1]
        records.merge(filled, made.id, HAWIJA, BY)

        (entry,) = since(filled, position).entries
        assert (entry.action, entry.entity, entry.other) == ("merge", HAWIJA, made.id)

    def test_a_merged_record_cannot_be_edited(self, filled):
        made = records.create(filled, town(), BY)
        records.merge(filled, made.id, HAWIJA, BY)

        with pytest.raises(Merged):
            records.retire(filled, made.id, BY)

    def test_a_name_struck_out_of_one_is_a_name_of_both_if_the_other_has_it(self, filled):
        load(filled, CITIES, [place("Hawijeh", "wikidata:Q8", names=("Hawijeh", "Hauija"))])
        assert records.merge(filled, identity.mint(("wikidata", "Q8")), HAWIJA, BY).id == HAWIJA
        assert "Hauija" in {each.text for each in entities.get(filled, HAWIJA).names}

    def test_a_record_is_not_merged_with_itself_nor_with_another_kind(self, filled):
        person = records.create(filled, Record("person", "Sean Ryan", ()), BY)
        with pytest.raises(InvalidInput):
            records.merge(filled, HAWIJA, HAWIJA, BY)
        with pytest.raises(Conflict):
            records.merge(filled, HAWIJA, person.id, BY)
