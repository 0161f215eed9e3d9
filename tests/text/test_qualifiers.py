"""Additions to a name."""

import pytest

from gazetteer.text.qualifiers import countries, country_behind, split_qualifiers


class TestSplitQualifiers:
    @pytest.mark.parametrize(
        ("normalised", "head", "additions"),
        [
            ("arad i israel", "arad", ["israel"]),
            ("hastings på new zealand", "hastings", ["new zealand"]),
            ("qala i naw", "qala i naw", []),
            ("i israel", "i israel", []),
        ],
    )
    def test_a_norwegian_title_ends_in_its_country(self, normalised, head, additions):
        """The word "i" stands in many names; only a country behind it tells."""
        assert split_qualifiers(normalised) == (head, additions)


class TestCountryBehind:
    @pytest.mark.parametrize(
        ("folded", "found"),
        [
            ("mosul in iraq", ("mosul", "iraq")),
            ("mosul iraq", ("mosul", "iraq")),
            ("алеппо сирия", ("алеппо", "сирия")),
            ("حلب سوريا", ("حلب", "سوريا")),
            ("suwon south korea", ("suwon", "south korea")),
            ("mosul", None),
            ("iraq", None),
            ("ciudad de guatemala", ("ciudad de", "guatemala")),
        ],
    )
    def test_goes_with_the_word_before_it(self, folded, found):
        """Only words for "in" go; "de" shows that the country is part of the name."""
        assert country_behind(folded) == found

    def test_two_letters_are_no_country(self):
        assert min(map(len, countries())) > 2
