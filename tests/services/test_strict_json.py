"""Strict JSON: what is refused, and what survives."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.errors import Unreadable
from gazetteer.services.strict_json import Doubled, dumps, loads

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=20,
)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[NaN]",
        b"[Infinity]",
        b"[-Infinity]",
        b"[1e400]",
        b"[" + b"9" * 5000 + b"]",
        b'["\\ud800"]',
        b'["\xff"]',
        b"\xff\xfe[\x00]\x00",
        b'{"a": 1} {"a": 2}',
        b"{'a': 1}",
        b"[1,]",
    ],
)
def test_what_is_not_json_is_unreadable(body):
    with pytest.raises(Unreadable):
        loads(body)


def test_deep_nesting_is_read_or_refused_but_never_breaks():
    """Two parsers with two limits: between them nothing else may come out."""
    for depth in range(500, 1100):
        with suppress(Unreadable):
            loads(b"[" * depth + b"]" * depth)


def test_ten_thousand_levels_are_unreadable():
    with pytest.raises(Unreadable):
        loads(b"[" * 10_000 + b"]" * 10_000)


def test_a_key_given_twice_is_told():
    value = loads(b'{"a": {"b": 1, "b": 2}, "c": 3}')
    assert isinstance(value["a"], Doubled)
    assert value["a"].field == "b"
    assert not isinstance(value, Doubled)


@given(VALUES)
def test_a_value_comes_back_as_it_went(value):
    """A caller's key is echoed whatever it is, whole numbers beyond 64 bits among them."""
    assert loads(dumps(value)) == value
