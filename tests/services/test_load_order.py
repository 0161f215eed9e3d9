"""Rules of loading that hold for any sources in any order, found out by trying."""

from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazetteer.importers.record import Link, NameRecord, Record, Source
from gazetteer.services.load import load
from tests.services.loading import dump, empty, live

KEYS = [(scheme, value) for scheme in ("geonames", "wikidata", "iso3166", "slug", "osm") for value in ("1", "2", "10")]
RANKS = {"curated": 100, "geonames": 60, "cities": 30, "towns": 30}

keys = st.lists(st.sampled_from(KEYS), min_size=1, max_size=3, unique=True).map(tuple)
names = st.builds(
    NameRecord,
    text=st.sampled_from(["Hawija", "Hawijah", "الحويجة"]),
    language=st.sampled_from([None, "en"]),
    role=st.sampled_from(["variant", "official"]),
    valid_from=st.none(),
)
links = st.builds(lambda key, kind: Link(kind, *key), st.sampled_from(KEYS), st.sampled_from(["within", "part_of"]))
records = st.builds(
    Record,
    kind=st.sampled_from(["place", "facility"]),
    name=st.sampled_from(["A", "B", "C"]),
    identifiers=keys,
    type=st.sampled_from([None, "settlement"]),
    country=st.sampled_from([None, "IQ", "SY"]),
    population=st.sampled_from([None, 1, 2]),
    names=st.lists(names, max_size=2).map(tuple),
    links=st.lists(links, max_size=2).map(tuple),
)


def told(most: int):
    """What some of the sources say, at most so many records each."""
    return st.dictionaries(
        st.sampled_from(sorted(RANKS)), st.lists(records, min_size=1, max_size=most), min_size=2, max_size=3
    )


def load_all(sessions, told, order, batch=100):
    """Load the sources in this order; whether anything changed."""
    changed = False
    for slug in order:
        source = Source(slug, slug, "CC0-1.0", rank=RANKS[slug])
        complete = frozenset({"country"} if slug == "curated" else ())
        changed |= load(sessions, source, told[slug], batch=batch, complete=complete).changed
    return changed


def said(sessions, *parts):
    """Of each live entity, by public id, these parts."""
    return {id: [each[part] for part in parts] for id, each in live(sessions).items()}


thorough = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class TestAnyOrder:
    @thorough
    @given(told=told(4))
    def test_the_same_entities_with_the_same_names(self, sessions, told):
        """The order in which sources are loaded settles nothing: same public ids, names, identifiers."""
        found = []
        for order in permutations(sorted(told)):
            empty(sessions)
            load_all(sessions, told, order)
            found.append(said(sessions, "names", "identifiers"))

        assert all(each == found[0] for each in found)

    @thorough
    @given(told=told(1))
    def test_the_same_values(self, sessions, told):
        """Each field shows what the highest source says of it, whoever spoke first."""
        found = []
        for order in permutations(sorted(told)):
            empty(sessions)
            load_all(sessions, told, order)
            found.append(said(sessions, "values"))

        assert all(each == found[0] for each in found)

    @thorough
    @given(told=told(5), batch=st.integers(1, 3))
    def test_batches_have_no_opinion(self, sessions, told, batch):
        """Where a batch ends is an accident."""
        empty(sessions)
        load_all(sessions, told, sorted(told))
        whole = said(sessions, "names", "identifiers")
        empty(sessions)
        load_all(sessions, told, sorted(told), batch)

        assert said(sessions, "names", "identifiers") == whole

    @thorough
    @given(told=told(3))
    def test_the_same_relations_the_second_time(self, sessions, told):
        """A link whose target comes from a later source is found when its own source is loaded again."""
        found = []
        for order in permutations(sorted(told)):
            empty(sessions)
            load_all(sessions, told, order)
            load_all(sessions, told, order)
            found.append(said(sessions, "relations"))

        assert all(each == found[0] for each in found)


class TestTwice:
    @thorough
    @given(told=told(4), batch=st.sampled_from([1, 2, 100]))
    def test_a_second_load_of_everything_changes_no_row(self, sessions, told, batch):
        """Once links that led nowhere had the chance to find what came later."""
        empty(sessions)
        load_all(sessions, told, sorted(told), batch)
        load_all(sessions, told, sorted(told), batch)
        before = dump(sessions)

        assert not load_all(sessions, told, sorted(told), batch)
        assert dump(sessions) == before

    @pytest.mark.parametrize("batch", [1, 100])
    def test_no_link_has_to_wait_within_one_source(self, sessions, batch):
        """A source whose links stay within it is complete after one load."""
        rows = [
            Record("place", f"P{n}", (("geonames", str(n)),), links=(Link("within", "geonames", str(n + 1)),))
            for n in range(1, 9)
        ]
        load_all(sessions, {"cities": rows}, ["cities"], batch)

        assert not load_all(sessions, {"cities": rows}, ["cities"], batch)
