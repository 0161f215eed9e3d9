"""Readings: a name by the spelling of one language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.errors import BadData
from gazetteer.text import readings as module
from gazetteer.text.normalise import fold
from gazetteer.text.readings import MOST, TRADITIONS, readings, tradition, traditions
from gazetteer.text.tables import table
from gazetteer.text.tokens import analyse

HEADER = (TRADITIONS, "tradition", "letters", "needed", "refused", "example")


def cores(name):
    return {reading.tradition: reading.core for reading in readings(analyse(name))}


class TestReadings:
    @pytest.mark.parametrize(
        ("name", "tradition", "core"),
        [
            ("Szal", "polish", "shal"),
            ("Kafr asz-Szajch", "polish", "kafrshaykh"),
            ("Kimdzse", "hungarian", "kimje"),
            ("Chelvatsjaoeri", "northern", "khelvachauri"),
            ("Sjevtsjenko", "northern", "shevchenko"),
            ("Nexhef", "albanian", "nejef"),
            ("Kutxan", "catalan", "kuchan"),
            ("Cava", "azerbaijani", "java"),
            ("Gŭangĝu", "esperanto", "gwangju"),
            ("Chobis", "baltic", "khob"),
            ("Jad Chana", "czech", "yadkhana"),
            ("Znori", "german", "tsnori"),
            ("Hatinohe", "japanese", "hachinohe"),
            ("Kumamoto-sṳ", "hakka", "kumamoto"),
            ("Suk-chhó-sṳ", "hakka", "sukcho"),
            ("Jobi", "iberian", "khobi"),
        ],
    )
    def test_follow_the_spelling_of_a_language(self, name, tradition, core):
        assert cores(name)[tradition] == core

    @pytest.mark.parametrize("name", ["Mosul", "Shatt", "الموصل", "Мосул", "", "東京", "Dayr"])
    def test_there_are_none_where_no_letter_asks_for_one(self, name):
        """Only Latin letters are read anew; a name without the letters of a tradition has its plain form alone."""
        assert readings(analyse(name)) == ()

    @pytest.mark.parametrize(
        ("name", "reading"),
        [
            ("Mosul in Iraq", ("mosul", "country", "iraq")),
            ("Mosul Iraq", ("mosul", "country", "iraq")),
            ("قنوات سوریه", ("qnwat", "country", fold("سوریه"))),
            ("Zeita i Tulkarm", ("zeita", "place", "tulkarm")),
            ("Neápoli på Kreta", ("neapoli", "place", "kreta")),
            ("Βίλια Αττικής", ("vilia", "place", "αττικησ")),
            ("Kale i Nova", ("kale", "place", "nova")),
        ],
    )
    def test_leave_out_what_may_say_where_it_is(self, name, reading):
        """As a reading, for the whole may be the name: Qala i Naw, Port Sudan."""
        assert reading in [tuple(each) for each in readings(analyse(name))]

    @pytest.mark.parametrize(
        "name", ["Rio de Janeiro", "Santiago de Cuba", "Kafr Zayt", "North Sudan", "South Korea", "Iraq", "Mosul, Iraq"]
    )
    def test_leave_out_nothing_where_no_name_would_be_left(self, name):
        """Nor where the addition is split off anyway; "de" and "of" tie words of one name."""
        assert [each for each in readings(analyse(name)) if each.qualifier] == []

    @pytest.mark.parametrize(
        ("name", "found"),
        [
            ("Kuzey Hartum", {"hartumnorth", "northhartum"}),
            ("Gerusalemme Ovest", {"gerusalemmewest", "westgerusalemme"}),
            ("Старе місто", {"oldcity", "oldtown"}),
            ("البلدة القديمة", {"oldcity", "oldtown"}),
            ("Новое село", {"newvillage"}),
            ("Old City", {"oldtown"}),
            ("Old Old", set()),
            ("City", set()),
        ],
    )
    def test_say_a_telling_word_in_english(self, name, found):
        """A translated word has no letters in common; languages part cities and towns differently."""
        assert {each.core for each in readings(analyse(name)) if each.tradition == "translated"} == found

    @pytest.mark.parametrize(
        ("name", "country", "found"),
        [
            ("長興郡", "KR", {"jangheung"}),
            ("世宗特別自治市", "KR", {"sejong"}),
            ("小山市", "JP", {"oyama", "koyama"}),
            ("田原本町", "JP", {"taharamoto", "taharahon"}),
            ("長興郡", "CN", set()),
            ("長興郡", None, set()),
            ("ながはま", "JP", set()),
        ],
    )
    def test_say_chinese_characters_as_the_country_does(self, name, country, found):
        """Which no writing tells: Mandarin, which romanising follows, is as good a guess as any without a country."""
        read = readings(analyse(name), country)

        assert {each.core for each in read if each.tradition == "characters"} == found

    @pytest.mark.parametrize(
        ("name", "country", "found"),
        [
            ("北喀土穆", "SD", {"northketumu", "ketumunorth"}),
            ("西エルサレム", "IL", {"westerusarem", "erusaremwest"}),
            ("북하르툼", "SD", {"northhartum", "hartumnorth"}),
            ("北京", "CN", set()),
            ("北京", None, set()),
            ("西贡", "LB", set()),
            ("新", "LB", set()),
        ],
    )
    def test_say_a_telling_word_that_is_glued_to_a_name_from_abroad(self, name, country, found):
        """Where characters are at home, it is part of the name: 北京 is no North Jing."""
        assert {each.core for each in readings(analyse(name), country)} == found

    @pytest.mark.parametrize(("country", "found"), [("GR", {"agnandero"}), ("IQ", set()), (None, set())])
    def test_leave_out_a_genitive_behind_a_name_in_greece(self, country, found):
        read = readings(analyse("Agnandero Karditsas"), country)

        assert {each.core for each in read if each.tradition == "place"} == found

    def test_keep_out_what_is_no_name(self):
        """Articles, generic words and additions have no part in a reading."""
        assert cores("Obóz Szal, Syria")["polish"] == "shal"

    def test_do_not_repeat_the_plain_forms(self):
        analysis = analyse("Dżabal")

        assert not {analysis.core, analysis.bare, analysis.unmarked} & {each.core for each in readings(analysis)}

    @given(st.text(st.sampled_from("aeioszcjxwqdhtygŭĝəłś -',"), max_size=30))
    def test_are_few_distinct_and_ascii(self, name):
        found = [reading.core for reading in readings(analyse(name))]

        assert len(found) <= MOST
        assert len(set(found)) == len(found)
        assert all(core.isascii() and core.isalnum() for core in found)


class TestTables:
    @pytest.mark.parametrize(("name", "example"), [(row[0], row[-1]) for row in table(*HEADER)])
    def test_each_tradition_reads_its_example(self, name, example):
        spelled, _, read = example.lower().partition(" = ")
        ours = {each.name: each for each in traditions()}[name]

        assert not ours.letters.isdisjoint(spelled)
        assert ours.spells(spelled)
        assert ours.read(spelled) == read.replace(" ", "")

    @pytest.mark.parametrize("name", [row[0] for row in table(*HEADER)])
    def test_each_letter_is_read_as_in_its_example(self, name):
        """The example has the letters; a row without one would be a rule that nobody needed."""
        rows = table(f"readings/{name}.tsv", *module.COLUMNS, keys=3)

        assert [row for row in rows if row[0] not in row[-1].lower()] == []

    def test_a_roman_must_be_ascii(self, monkeypatch):
        monkeypatch.setattr(module, "table", lambda *_, **__: (("sz", "", "", "š", "x"),))

        with pytest.raises(BadData, match="which is not a-z"):
            tradition("polish", "z", "sz", "")
