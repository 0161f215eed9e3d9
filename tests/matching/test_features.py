from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazetteer.index.gather import pairs
from gazetteer.matching import features
from gazetteer.matching.asked import Batch
from gazetteer.matching.distance import kilometres
from gazetteer.matching.score import RECIPE
from gazetteer.matching.types import Query
from gazetteer.services.query import Limits, Reader
from tests.index.small import snapshot

BAGHDAD, MOSUL = (33.3406, 44.4009), (36.335, 43.11889)


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    opened = snapshot(tmp_path_factory.mktemp("index") / "small")
    reader = Reader(opened, Limits(), lambda name, country: frozenset())
    return lambda query: pairs(opened, Batch([reader.read(query)]))


class TestEveryFeature:
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(name=st.text(min_size=1, max_size=30).filter(lambda text: text.strip() and "\0" not in text))
    def test_values_lie_between_0_and_1_or_say_nothing(self, asked, name):
        """NaN is no evidence, 0 is evidence against, 1 evidence for; nothing else is."""
        if name != name.encode("utf-8", "ignore").decode():
            return
        found = asked(Query(name, country="IQ", lat=36.0, lon=43.0))
        for weighted in RECIPE:
            values = weighted.feature(found)
            assert len(values) == len(found)
            said = values[~np.isnan(values)]
            assert ((said >= 0) & (said <= 1)).all(), weighted.name


class TestSpelling:
    def test_a_known_spelling_is_alike_in_every_way(self, asked):
        found = asked(Query("Hawija"))
        for feature in (features.same_spelling, features.letters_alike, features.same_consonants):
            assert feature(found).max() == 1.0

    def test_alignment_forgives_what_writers_exchange_more_than_what_they_do_not(self, asked):
        """Where as many letters differ."""
        exchanged, strange = (features.query_explained(asked(Query(name))).max() for name in ("Haweja", "Hawbja"))
        assert exchanged > strange


class TestTellingWords:
    def test_old_on_one_side_only_is_evidence_against(self, asked):
        assert features.telling_words(asked(Query("Ancient Hawija"))).min() == 0.0

    def test_no_such_word_is_no_evidence(self, asked):
        assert np.isnan(features.telling_words(asked(Query("Hawija")))).all()


class TestContext:
    def test_without_a_point_distance_says_nothing(self, asked):
        assert np.isnan(features.near(asked(Query("Mosul")))).all()

    def test_nearness_is_one_half_at_the_radius(self, asked):
        found = asked(Query("Mosul", lat=36.335 + 30 / 111.195, lon=43.119))
        assert features.near(found).max() == pytest.approx(0.5, abs=0.01)

    def test_undated_names_say_nothing_of_a_day(self, asked):
        assert np.isnan(features.in_use(asked(Query("Sadr City", as_of=date(1990, 1, 1))))).all()
        assert features.in_use(asked(Query("Saddam City", as_of=date(1990, 1, 1)))).max() == 1.0
        assert features.in_use(asked(Query("Saddam City", as_of=date(2020, 1, 1)))).max() == 0.0


class TestKilometres:
    def test_a_known_distance(self):
        """Baghdad to Mosul is 353 km along the great circle."""
        assert kilometres(*BAGHDAD, *MOSUL) == pytest.approx(353, abs=2)

    def test_the_date_line_is_no_wall(self):
        assert kilometres(0.0, 179.9, 0.0, -179.9) == pytest.approx(22.2, abs=0.1)

    def test_an_unknown_coordinate_gives_no_distance(self):
        assert np.isnan(kilometres(np.nan, 0.0, 1.0, 1.0))
