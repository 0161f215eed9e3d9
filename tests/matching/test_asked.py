"""Queries made ready."""

from hypothesis import given
from hypothesis import strategies as st

from gazetteer.matching.asked import exact_key
from gazetteer.matching.keys import spell


@given(st.text(max_size=40))
def test_a_spelling_has_the_key_that_an_analysed_name_is_filed_under(text):
    """A known spelling is found without taking the name apart."""
    assert exact_key(text) == spell(text).exact
