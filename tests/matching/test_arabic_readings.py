import pytest

from gazetteer.matching.arabic_readings import arabic_readings, telling
from gazetteer.text.lexicon import WordRole
from gazetteer.text.tokens import WORDS, analyse


def cores(name: str) -> set[str]:
    return {each.core for each in arabic_readings(analyse(name))}


class TestArabicReadings:
    @pytest.mark.parametrize(
        ("name", "core"),
        [
            ("Alearish", "earish"),
            ("Juar Alubaid", "juarubaid"),
            ("Hilwa middle", "hilwawusta"),
            ("Hilwa lower", "hilwatahtani"),
            ("Upper Hilwa village", "hilwaulya"),
            ("Al Zakat", "zakah"),
            ("Salamet village", "salamah"),
        ],
    )
    def test_the_name_may_be_all_arabic(self, name, core):
        assert core in cores(name)

    @pytest.mark.parametrize("name", ["Hilwa", "Alia", "Hit", "Lower", "Old Lower Hilwa", "Hilwa Wusta"])
    def test_others_have_no_such_reading(self, name):
        """Of two telling words none is left out, and what is Arabic stays."""
        assert not cores(name)

    def test_words_of_one_row_say_the_same(self):
        """In English as in Arabic: "lower" and "sufla" are one concept, or they would count against each other."""
        for word, others in telling().items():
            concept = WORDS[word].concept if word in WORDS else None
            for other in others:
                assert WORDS[other].role is WordRole.MODIFIER
                assert concept in (None, WORDS[other].concept)
