"""Query strings: read strictly."""

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.api.query_string import parameters
from gazetteer.errors import InvalidInput

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.dictionaries(TEXT, TEXT))
def test_what_was_encoded_is_read(given_parameters):
    assert parameters(urlencode(given_parameters).encode()) == given_parameters


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (b"", {}),
        (b"&&", {}),
        (b"a", {"a": ""}),
        (b"a=b=c", {"a": "b=c"}),
        (b"a=%2B+%20", {"a": "+  "}),
        (b"a=%", {"a": "%"}),
        (b"a=%zz", {"a": "%zz"}),
        ("name=الحويجة".encode(), {"name": "الحويجة"}),
        (b"a=1;b=2", {"a": "1;b=2"}),
    ],
)
def test_the_edges_of_the_encoding(query, found):
    assert parameters(query) == found


@pytest.mark.parametrize("query", [b"a=%FF", b"a=\xff", b"%FF=1", b"a=%ED%A0%80", b"a=%C0%80", b"a=1&a=1", b"a&a"])
def test_bytes_that_are_not_utf8_and_repetition_are_refused(query):
    with pytest.raises(InvalidInput):
        parameters(query)
