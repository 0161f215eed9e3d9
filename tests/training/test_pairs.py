import random
from dataclasses import replace

import pytest

from gazetteer.index.rows import EntityRow, NameRow
from gazetteer.matching.alignment import ARABIC_LATIN, LATIN_ROUTE
from tests.index.small import rows, snapshot
from training.pairs import OF_WORDS, WORDS, arabic_pairs, pairs


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """Towns of Jordan, of Poland, and of Syria, whose records are judged."""
    towns = {
        ("JO", "Mushayrifah"): "Msherfa مشيرفة",
        ("PL", "Luków"): "Lukow",
        ("SY", "Salihiyah"): "Salehiya صالحية",
    }
    entities, names = [], []
    for row, ((country, name), others) in enumerate(towns.items(), start=90):
        entities.append(EntityRow(row, f"town-{row}", "place", "settlement", country, name, 30.0, 30.0, None, 30))
        names += [NameRow(row, text, "und", "variant", None, None, "x") for text in (name, *others.split())]
    given = replace(rows(), entities=entities, names=names, identifiers=[], parents=[])
    return snapshot(tmp_path_factory.mktemp("index") / "pairs", given)


@pytest.fixture
def folder(tmp_path):
    """The lists of words."""
    for file in WORDS:
        (tmp_path / file).write_text("en\tar\tn\nkarim\tكريم\t1\n", encoding="utf-8")
    return tmp_path


class TestPairs:
    def test_nothing_is_learnt_from_a_record_that_is_judged(self, world, folder):
        found = pairs(world, random.Random(1)) + arabic_pairs(world, folder)
        assert not [each for each in found if "salihiyah" in each]
        assert (LATIN_ROUTE, "lukow", "lukow") in found


class TestArabicPairs:
    def test_latin_spellings_of_arab_countries_are_learnt_from_apart(self, world, folder):
        """Against the most alike of the other spellings, and against the most alike that is Arabic."""
        found = arabic_pairs(world, folder)
        assert found[(ARABIC_LATIN, "mushayrifah", "msherfa")] == 1
        assert found[(ARABIC_LATIN, "mushayrifah", "mshirfa")] == 1
        assert {route for route, _, _ in found} == {ARABIC_LATIN}
        assert not [each for each in found if "lukow" in each]

    def test_a_word_counts_less_than_a_place_and_once(self, world, folder):
        assert arabic_pairs(world, folder)[(ARABIC_LATIN, "karim", "krim")] == OF_WORDS
