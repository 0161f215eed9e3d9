"""Persons, organisations and operations in the index: found by derived keys, compared word by word."""

import numpy as np
import pytest

from gazetteer.index.gather import pairs
from gazetteer.index.rows import EntityRow, NameRow
from gazetteer.matching import features
from gazetteer.matching.asked import Batch
from gazetteer.matching.decide import Policy
from gazetteer.matching.types import Decision, Query
from gazetteer.services.query import Limits, Reader
from gazetteer.services.resolve import Resolver, one
from tests.index.small import rows, snapshot

SHANAHAN, RYAN, SDF, SNA, SHIELD = range(900, 905)
NAMED = [
    (SHANAHAN, "shanahan", "person", None, ["Patrick M. Shanahan"]),
    (RYAN, "ryan", "person", None, ["Sean Ryan"]),
    (SDF, "sdf", "organisation", "armed_group", ["Syrian Democratic Forces", "قوات سوريا الديمقراطية"]),
    (SNA, "sna", "organisation", "armed_group", ["Syrian National Army"]),
    (SHIELD, "shield", "operation", "military_operation", ["Operation Euphrates Shield"]),
]


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    entities = [
        EntityRow(row, id, kind, type, None, names[0], None, None, None, 100) for row, id, kind, type, names in NAMED
    ]
    names = [
        NameRow(row, text, "und", "variant" if place else "preferred", None, None, "curated")
        for row, _, _, _, texts in NAMED
        for place, text in enumerate(texts)
    ]
    return snapshot(tmp_path_factory.mktemp("index") / "named", rows(entities, names))


@pytest.fixture(scope="module")
def resolver(opened):
    return Resolver(opened, Policy())


class TestOneWord:
    def test_one_word_alone_means_nobody_by_resemblance(self, resolver):
        """Keda, a town, is not al-Qaeda; an acronym is one word, and is meant."""
        lone = one(resolver, Query("Shanahanne"), explain=True)
        assert lone.decision is not Decision.MATCH
        assert weights_of(lone)["more_than_a_word"] < 0
        assert weights_of(one(resolver, Query("S.D.F."), explain=True))["more_than_a_word"] == 0
        assert weights_of(one(resolver, Query("Shanahan, Pat"), explain=True))["more_than_a_word"] == 0


def weights_of(result):
    """What each feature added for the first candidate."""
    return {each.feature: each.weight for each in result.candidates[0].explanation}


class TestFound:
    @pytest.mark.parametrize(
        ("name", "id"),
        [
            ("Army Col. Sean Ryan", "ryan"),
            ("العقيد شون رايان", "ryan"),
            ("Shanahan, Pat", "shanahan"),
            ("Acting Defense Secretary Patrick Shanahan", "shanahan"),
            ("SDF", "sdf"),
            ("S.D.F.", "sdf"),
            ("ISIS militants", "isis"),
            ("Suriye Demokratik Güçleri", "sdf"),
            ("Сирийские демократические силы", "sdf"),
            ("الجيش الوطني السوري", "sna"),
            ("Fırat Kalkanı Harekâtı", "shield"),
        ],
    )
    def test_names_that_rules_derive_are_matches(self, resolver, name, id):
        result = one(resolver, Query(name))
        assert result.match is not None, result.reason
        assert result.match.id == id

    @pytest.mark.parametrize(
        "name", ["Paul Ryan", "Ryan Shanahan", "Shanahan", "SNC", "Syrian Democratic Council", "Euphrates Storm"]
    )
    def test_others_of_a_family_or_a_form_are_none(self, resolver, name):
        assert one(resolver, Query(name)).decision is not Decision.MATCH


class TestCompared:
    def test_words_speak_where_there_are_words_and_letters_where_there_are_none(self, opened):
        reader = Reader(opened, Limits())
        found = pairs(opened, Batch([reader.read(Query("Shanahan, Pat")), reader.read(Query("Haweeja"))]))
        by_words = found.named.by_words
        assert by_words.any()
        assert not by_words.all()
        assert np.isnan(features.letters_alike(found)[by_words]).all()
        assert np.isnan(features.person_alike(found)[~by_words]).all()
