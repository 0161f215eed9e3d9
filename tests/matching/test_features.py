from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazetteer.index.gather import pairs
from gazetteer.index.rows import EntityRow, NameRow
from gazetteer.matching import features, keys
from gazetteer.matching.asked import Batch
from gazetteer.matching.distance import kilometres
from gazetteer.matching.score import RECIPE
from gazetteer.matching.types import Query
from gazetteer.services.query import Limits, Reader
from tests.index.small import rows, snapshot

BAGHDAD, MOSUL = (33.3406, 44.4009), (36.335, 43.11889)


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    opened = snapshot(tmp_path_factory.mktemp("index") / "small")
    reader = Reader(opened, Limits())
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


class TestFame:
    def test_whether_both_have_an_article(self, asked):
        found = asked(Query("al-Hauijah", country="IQ"))
        said, values = (found.concepts & np.uint64(keys.ARTICLE)) != 0, features.same_article(found)
        told = ~np.isnan(values)
        assert (values[told] == said[told]).all()
        assert set(values[told]) == {0.0, 1.0}

    def test_names_that_agree_are_counted(self, asked):
        """One name of Hawija resembles it closely; of most records none does."""
        values = features.names_agree(asked(Query("Hauija", country="IQ")))
        assert values.max() >= np.log2(1 + 1) / features.SEVERAL
        assert values.min() == 0.0

    def test_a_by_name_is_less_than_the_main_name(self, asked):
        assert features.main_name(asked(Query("Hawija"))).tolist() == [1.0]
        assert features.main_name(asked(Query("الحويجة"))).tolist() == [0.0]

    def test_a_script_in_which_a_record_has_no_name(self, asked):
        assert features.first_in_script(asked(Query("Хавиджа", country="IQ"))).max() == 1.0
        assert features.first_in_script(asked(Query("Hauija", country="IQ"))).max() == 0.0

    def test_the_country_itself_is_not_in_it(self, asked):
        assert np.nanmin(features.country_itself(asked(Query("Irakk", country="IQ")))) == 0.0
        assert np.isnan(features.country_itself(asked(Query("Irakk")))).all()


class TestGenericWords:
    def test_towns_and_units_are_akin_and_airports_are_not(self, asked):
        town = asked(Query("Mosul district", country="IQ", type="settlement"))
        assert set(features.generic_word(town)) == {0.5}
        assert set(features.generic_word(asked(Query("Mosul airport", country="IQ", type="settlement")))) == {0.0}

    def test_a_village_that_is_called_one_leaves_nothing_unsaid(self, tmp_path):
        """A governorate does: its bare name means the town."""
        village = EntityRow(700, "jahuni", "place", "settlement", "IQ", "Qaryat Jahuni", 33.0, 44.0, None, 30)
        name = NameRow(700, "Qaryat Jahuni", "und", "preferred", None, None, "geonames")
        opened = snapshot(tmp_path / "village", rows([village], [name]))
        reader = Reader(opened, Limits())

        def unsaid(text: str, id: str) -> list[float]:
            found = pairs(opened, Batch([reader.read(Query(text, country="IQ"))]))
            return features.unsaid_word(found)[found.entity == opened.entities.find(id)].tolist()

        assert np.isnan(unsaid("Jahunni", "jahuni")).all()
        assert 0.0 in unsaid("Kirkukk", "kirkuk-p")


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
