"""Taking names apart: articles, generic and discriminating words, qualifiers, cores."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazetteer.text.tokens import analyse

ANY_TEXT = st.text(st.characters(), max_size=40)
NAME_TEXT = st.text(st.sampled_from("aleznrsh dAÎşč'-,()/ ال حويجةهئء محافظة город ез Эль 市県バダ서울시"), max_size=30)


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
    def test_with_a_letter_has_a_core(self, text):
        """A name of nothing but articles and generic words keeps them."""
        analysis = analyse(text)

        assert bool(analysis.core) >= bool(analysis.roman)
        assert bool(analysis.bare) == bool(analysis.core)

    @given(NAME_TEXT)
    def test_is_analysed_the_same_twice(self, text):
        assert analyse(text) == analyse(text)

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
