"""Public ids: the same everywhere, whatever was loaded first."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.services.identity import best, mint, read, written

keys = st.tuples(st.sampled_from(["geonames", "wikidata", "pcode", "iso3166", "slug", "osm"]), st.text(min_size=1))


class TestMint:
    def test_an_id_never_changes(self):
        """Links that people keep depend on it: this value is for ever."""
        assert mint(("geonames", "390188")) == "s5gds5uyoqbqw5co"

    @given(keys)
    def test_it_is_safe_in_a_url(self, key):
        """Letters and digits, always sixteen."""
        assert re.fullmatch("[a-z2-7]{16}", mint(key))

    @given(keys)
    def test_the_identifier_it_came_from_is_kept_in_one_text(self, key):
        """Read back, it is the same."""
        assert read(written(key)) == key


class TestBest:
    RANKED = (
        ("geonames", "9"), ("geonames", "10"), ("wikidata", "Q1"), ("pcode", "IQG13"), ("iso3166", "IQ-KI"),
        ("slug", "kirkuk"), ("iata", "KIK"), ("osm", "r1"),
    )  # fmt: skip

    @pytest.mark.parametrize("place", range(len(RANKED)))
    def test_the_scheme_decides_then_the_lower_value(self, place):
        """In whatever order they come."""
        assert best(reversed(self.RANKED[place:])) == self.RANKED[place]
