import pytest

from gazetteer.matching.keys import spelled
from gazetteer.matching.respelled import as_meant, misspelt, respelled
from gazetteer.text.tokens import WORDS, analyse


class TestRespelled:
    @pytest.mark.parametrize(
        ("name", "meant"),
        [
            ("sifaya vilage", "sifaya village"),
            ("Tarnada villlage", "Tarnada village"),
            ("Safiyah Vilalge", "Safiyah village"),
            ("Markez Al-Saniya", "markaz Al-Saniya"),
            ("Hamam Sagheir", "Hamam saghir"),
            ("Tall Talab ( Ulia )", "Tall Talab ( ulya )"),
        ],
    )
    def test_generic_and_telling_words_are_those_that_were_meant(self, name, meant):
        assert respelled(name) == meant

    @pytest.mark.parametrize(
        ("name", "meant"),
        [("Tal Samer AlKaber", "Tal Samer al kabir"), ("Juar alsharqiah", "Juar al sharqiyah")],
    )
    def test_an_article_that_was_glued_to_one_is_a_word(self, name, meant):
        assert respelled(name) == meant

    @pytest.mark.parametrize(
        "name",
        [
            "Tal Afar",
            "Shaykh Wali",  # a saint, no valley, though writers exchange the letters
            "Abd al Kadhim",  # a name, not "qadim"
            "Qaber Alsyd",  # a grave, not "kabir"
            "Kani Osta",  # a master, not the middle
            "Kbir",  # alone it is the name
            "Al Mosul vilâge",
            "قرية الحميدية",
        ],
    )
    def test_names_stay_as_they_are(self, name):
        assert respelled(name) == name

    def test_a_word_that_is_known_stays(self):
        assert respelled("Tall Kabira qaryat") == "Tall Kabira qaryat"

    def test_every_word_that_was_meant_is_one_of_the_lexicons(self):
        for typed, meant in misspelt().items():
            assert meant in WORDS
            assert typed not in WORDS


class TestAsMeant:
    def test_what_is_said_is_what_was_meant_and_the_spelling_stays(self):
        """ "Village" is a generic word however it is typed; the key is that of what was typed."""
        analysis = analyse("sifaya vilage")
        before = spelled(analysis)
        read, after = as_meant(analysis, before)
        assert read.generics == ("village",)
        assert (after.exact, after.head) == (before.exact, before.head)
        assert after.concepts == spelled(analyse("sifaya village")).concepts

    def test_it_is_compared_as_it_stands_as_well(self):
        """What looks like a misspelling may be the name."""
        analysis = analyse("Tal Samer AlKaber")
        _, spelling = as_meant(analysis, spelled(analysis))
        assert set(spelled(analysis).cores) <= set(spelling.cores)
        assert "talsamerkabir" in spelling.cores

    def test_others_are_read_as_they_stand(self):
        analysis = analyse("Tal Afar")
        assert as_meant(analysis, spelled(analysis)) == (analysis, spelled(analysis))
