"""Taking names apart: articles, generic and discriminating words, qualifiers, cores."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazetteer.text.tables import parse_table
from gazetteer.text.tokens import analyse, without_generic

CASES = parse_table(Path(__file__).with_name("cases.tsv").read_text(encoding="utf-8"), "cases.tsv", keys=2)
FRAMED = {"baghuz", "hasakah", "hawija", "qamishli", "raqqa"}
ANY_TEXT = st.text(st.characters(), max_size=40)
NAME_TEXT = st.text(st.sampled_from("aleznrsh dAÎşč'-,()/ ال حويجةهئء محافظة город ез Эль 市県バダ서울시"), max_size=30)


def frame(core):
    """What cores of one name have in common; the skeletons of `gazetteer.matching.keys` are the real thing."""
    for group, letter in (("kh", "h"), ("gh", "g"), ("q", "k")):
        core = core.replace(group, letter)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyvw]|(?<!^)h", "", core))


class TestAnyText:
    @given(ANY_TEXT | NAME_TEXT)
    @example("\ud800")
    @example("a\x00b")
    @example("\U000e0fff\ufdd0")
    @example("ء")
    def test_is_analysed_into_ascii(self, text):
        """No text raises, and the romanised parts are lower-case ASCII letters, digits and single spaces."""
        analysis = analyse(text)

        assert re.fullmatch(r"([a-z0-9]+( [a-z0-9]+)*)?", analysis.roman)
        assert re.fullmatch(r"[a-z0-9]*", analysis.core + analysis.bare + analysis.unmarked)
        assert analysis.core == "".join(analysis.tokens)

    @given(ANY_TEXT | NAME_TEXT)
    @example("ء, Syria")
    def test_with_a_letter_has_a_core(self, text):
        """A name of nothing but articles and generic words keeps them."""
        analysis = analyse(text)

        assert bool(analysis.core) >= bool(analysis.roman)
        assert bool(analysis.bare) == bool(analysis.core)

    @given(NAME_TEXT)
    def test_is_analysed_the_same_twice(self, text):
        assert analyse(text) == analyse(text)

    def test_does_not_depend_on_the_hash_seed(self):
        """Sets of letters and scripts have no order; names of several scripts are where that would show."""
        names = [
            "Šibenik Šājchun Хавиджа الحويجة 北京市 خربة الجوز",
            "バグダッド県 ال dž дж город",
            "Hewîce дж ş ђ х ц",
        ]
        code = f"from gazetteer.text.tokens import analyse; print(ascii([analyse(name) for name in {names!a}]))"
        command = [sys.executable, "-c", code]
        answers = {
            subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
            for seed in ("1", "2", "3")
        }

        assert len(answers) == 1

    @pytest.mark.parametrize("text", ["a" * 100_000, "(" * 100_000, "ال " * 50_000, "\u0301" * 100_000, " - " * 40_000])
    def test_is_cut_before_anything_looks_at_it(self, text):
        assert len(analyse(text).folded) <= 1000


class TestArticles:
    @pytest.mark.parametrize(
        ("name", "tokens"),
        [
            ("al-Hawija", ("hawija",)),
            ("Ar Raqqah", ("raqqah",)),
            ("Deir ez-Zour", ("deir", "zour")),
            ("Deir Al Zor", ("deir", "zor")),
            ("ash-Sham", ("sham",)),
            ("aš-Šām", ("sham",)),
            ("Дейр-эз-Зор", ("deyr", "zor")),
            ("Эль-Хасака", ("khasaka",)),
            ("الحويجة", ("hwija",)),
            ("صلاح الدين", ("slah", "din")),
        ],
    )
    def test_are_no_part_of_the_core(self, name, tokens):
        assert analyse(name).tokens == tokens

    @pytest.mark.parametrize("name", ["An Khe", "Neustadt an der Aisch", "As Pontes", "ألبرتا", "الله", "Alabama"])
    def test_are_not_seen_where_there_are_none(self, name):
        """An assimilated article agrees with its word; a glued one leaves a word of two letters."""
        analysis = analyse(name)

        assert analysis.core == analysis.roman.replace(" ", "")

    @pytest.mark.parametrize("name", ["Al", "The", "ال", "el"])
    def test_alone_are_the_name(self, name):
        assert analyse(name).core


class TestCases:
    @pytest.mark.parametrize("case", CASES, ids=lambda case: case[1])
    def test_names_have_their_core(self, case):
        _, name, core, bare = case
        analysis = analyse(name)

        assert (analysis.core, analysis.bare) == (core, bare or core)

    @pytest.mark.parametrize("group", sorted({case[0] for case in CASES if "-" in case[0] or case[0] in FRAMED}))
    def test_spellings_of_one_name_share_a_frame(self, group):
        """Without vowels, w and h, doubled letters once, letters that writers interchange as one."""
        frames = {frame(case[3] or case[2]) for case in CASES if case[0] == group}

        assert len(frames) == 1


class TestWords:
    @pytest.mark.parametrize(
        ("name", "generics", "modifiers"),
        [
            ("Diyala Province", ("province",), ()),
            ("محافظة ديالى", ("province",), ()),
            ("Old City of Mosul", ("city",), ("old",)),
            ("Aleppo (city)", ("city",), ()),
            ("Sejong-si", ("city",), ()),
            ("Si Racha", (), ()),
            ("サダトシティ", ("city",), ()),
            ("אתוס החדשה", (), ("new",)),
            ("Выль Афон", (), ("new",)),
            ("Deir Ezzor Military Airport", ("airbase",), ()),
            ("قاعدة عين الأسد الجوية", ("base",), ()),
            ("Kafr Nabl al-Fawqani", (), ("upper",)),
            ("Madinah", (), ()),
            ("Old City", (), ()),
        ],
    )
    def test_say_what_is_meant(self, name, generics, modifiers):
        """In order; a name of nothing else is a name."""
        analysis = analyse(name)

        assert (analysis.generics, analysis.modifiers) == (generics, modifiers)

    @pytest.mark.parametrize(
        ("name", "numbers"),
        [
            ("Camp 7", (7,)),
            ("7 April", (7,)),
            ("حي ١٧ تموز", (17,)),
            ("H3", (3,)),
            ("km 16/17", (16, 17)),
            ("Ramathibodi II", (2,)),
            ("X", ()),
            ("Mosul, 5", ()),
            ("Mosul", ()),
        ],
    )
    def test_numbers_tell_names_apart(self, name, numbers):
        """Wherever digits stand in the name itself; a Roman numeral only behind other words."""
        assert analyse(name).numbers == numbers

    @pytest.mark.parametrize(
        ("name", "bare", "generics"),
        [
            ("Yanggu Kūn", "yanggu", ("district",)),
            ("So Kun Wat", "sokunwat", ()),
            ("Sumoto-chhī", "sumoto", ("city",)),
            ("Киев ош", "kiev", ("city",)),
            ("Ош", "osh", ()),
            ("Manchester-by-the-Sea", "manchesterbysea", ()),
            ("เทศบาลเมืองชัยนาท", "chainath", ("municipality",)),
            ("광주광역시", "gwangju", ("city",)),
            ("インセイン郡区", "insein", ("district",)),
            ("やいづし", "yaizu", ("city",)),
            ("ئەلتەل", "tel", ()),
            ("อัลมินยา", "minya", ()),
            ("ئەلمانیا", "elmanya", ()),
            ("Lungsod ng Fukui", "fukui", ("city",)),
            ("Präfektur Tokio", "tokio", ("province",)),
            ("Agia Paraskevi Municipal Unit", "agiaparaskevi", ("municipality",)),
            ("Don Mueang", "donmueang", ()),
        ],
    )
    def test_are_known_in_the_languages_of_the_data(self, name, bare, generics):
        """Free or glued; some only at the end of a name, for elsewhere they are a syllable of it."""
        analysis = analyse(name)

        assert (analysis.bare, analysis.generics) == (bare, generics)

    @pytest.mark.parametrize(
        ("name", "modifiers"),
        [
            ("Stari Banovci", ("old",)),
            ("Νέα Αρτάκη", ("new",)),
            ("Beitar Illit", ("upper",)),
            ("Šiaurės Chartumas", ("north",)),
            ("Mendebaldeko Jerusalem", ("west",)),
            ("النزله الشرقيه", ("east",)),
            ("Észak-Kartúm", ("north",)),
            ("Pătrăuții de Sus", ("upper",)),
            ("Nam Som", ()),
        ],
    )
    def test_that_tell_places_apart_are_known_too(self, name, modifiers):
        """They stay in the name, all words of a phrase."""
        analysis = analyse(name)

        assert (analysis.modifiers, analysis.bare) == (modifiers, analysis.core)

    @pytest.mark.parametrize(
        ("name", "core", "qualifiers"),
        [
            ("Qarah, Syria", "qarah", ("syria",)),
            ("Дума (Сирия)", "duma", ("сирия",)),
            ("عفک، عراق", "afk", ("عراق",)),
            ("Mosul - Iraq", "mosul", ("iraq",)),
            ("Mosul, Nineveh, Iraq", "mosul", ("nineveh", "iraq")),
            ("Kobani/Ayn al-Arab", "kobani", ("ayn al arab",)),
            ("Zubayr, Az", "zubayr", ()),
            ("(Hawija)", "hawija", ()),
            ("km 16/17", "km1617", ()),
            ("Deir-ez-Zor", "deirzor", ()),
            ("Arad i Israel", "arad", ("israel",)),
            ("Kyrínia på Kypros", "kyrinia", ("kypros",)),
            ("Qala i Naw", "qalainaw", ()),
            ("Kafr i Zayt", "kafrizayt", ()),
            ("Rio de Janeiro", "riodejaneiro", ()),
            ("al-Qaeda in Iraq", "qaedainiraq", ()),
        ],
    )
    def test_qualifiers_are_split_off(self, name, core, qualifiers):
        analysis = analyse(name)

        assert (analysis.core, analysis.qualifiers) == (core, qualifiers)

    def test_marks_can_be_read_or_dropped(self):
        """Košice is Koshice to a Russian and Kosice to a typist."""
        analysis = analyse("Košice")

        assert (analysis.core, analysis.unmarked) == ("koshice", "kosice")


class TestWithoutGeneric:
    @pytest.mark.parametrize(
        ("name", "less"),
        [
            ("Kirkuk Governorate", "Kirkuk"),
            ("Deir ez-Zor Governorate", "Deir ez-Zor"),
            ("محافظة كركوك", "كركوك"),
            ("Kurdistan Region", "Kurdistan Region"),
            ("Governorate", "Governorate"),
        ],
    )
    def test_only_words_of_the_concept_go_and_never_all(self, name, less):
        assert without_generic(name, "province") == less
