"""NDJSON: order, keys, bad lines, and lines that are too long."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.errors import Unreadable
from gazetteer.services.bulk import ndjson
from tests.services.gazetteer_of_three import ThreeRecords


def answers(body: bytes, gazetteer: ThreeRecords | None = None) -> list[dict]:
    """The lines of the answer, parsed."""
    answer = ndjson.normalise(io.BytesIO(body), (gazetteer or ThreeRecords()).many, limit=1)
    return [json.loads(line) for line in b"".join(answer).splitlines()]


def test_one_result_a_line_with_its_key():
    body = b'{"name": "Hawija", "key": 1}\n{"name": "nobody", "key": {"row": "2"}}\n'
    first, second = answers(body)
    assert (first["key"], first["decision"], first["match"]["id"]) == (1, "match", "hawija")
    assert (second["key"], second["decision"], second["match"]) == ({"row": "2"}, "none", None)


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        (b"{", "unreadable", None),
        (b"[1]", "invalid", None),
        (b"null", "invalid", None),
        (b'{"name": "\xff"}', "unreadable", None),
        (b'{"name": "\\ud800"}', "unreadable", None),
        (b'{"name": NaN}', "unreadable", None),
        (b'{"name": "a", "lat": NaN}', "unreadable", None),
        (b'{"name": "a\\u0000"}', "invalid", "name"),
        (b'{"nmae": "a"}', "invalid", "nmae"),
        (b'{"name": "a", "name": "b"}', "invalid", "name"),
        (b"[" * 10_000, "unreadable", None),
        (b'{"name": "' + b"a" * ndjson.LINE + b'"}', "limit_exceeded", None),
        (b'{"name": "' + b"a" * 5 * ndjson.LINE + b'"}', "limit_exceeded", None),
    ],
)
def test_a_bad_line_answers_for_itself_alone(line, code, field):
    good = b'{"name": "Hawija", "key": "good"}'
    before, bad, after = answers(good + b"\n" + line + b"\n" + good)
    assert before == after
    assert before["decision"] == "match"
    assert bad["decision"] == "error"
    assert (bad["error"]["code"], bad["error"]["field"]) == (code, field)
    assert bad["error"]["detail"]
    assert bad["key"] is None


def test_a_bad_line_says_its_number():
    """Blank lines are counted, as an editor counts them; what was answered needs no number."""
    said = answers(b'\n{"name": "Hawija"}\n\n{}\n' + b'{"name": "Hawija"}\n' * 3000 + b"{\n")
    assert [each["line"] for each in said if "line" in each] == [4, 3005]
    assert [each["decision"] for each in said if "line" in each] == ["error", "error"]


def test_a_bad_item_still_has_its_key():
    (bad,) = answers(b'{"key": 12345678901234567890123, "colour": "red"}')
    assert bad["key"] == 12345678901234567890123
    assert bad["error"]["field"] == "colour"


def test_blank_lines_byte_order_mark_and_carriage_returns_are_passed_over():
    body = b'\xef\xbb\xbf\r\n{"name": "Hawija"}\r\n\n  \n{"name": "Baghuz"}'
    assert [each["match"]["id"] for each in answers(body)] == ["hawija", "baghuz"]


@pytest.mark.parametrize("body", [b"", b"\n\n", b" \r\n", b"\xef\xbb\xbf"])
def test_a_body_without_a_line_is_refused(body):
    with pytest.raises(Unreadable):
        ndjson.normalise(io.BytesIO(body), ThreeRecords().many, limit=1)


def test_the_summary_counts_what_was_said():
    body = b'{"name": "Hawija"}\n{"name": "twins"}\n{"name": "x"}\n{}\n{}\n'
    answer = ndjson.normalise(io.BytesIO(body), ThreeRecords().many, limit=1)
    list(answer)
    assert answer.summary == {"match": 1, "ambiguous": 1, "none": 1, "error": 2}


def test_equal_queries_are_worked_once_even_far_apart():
    gazetteer = ThreeRecords()
    lines = answers(b'{"name": "Hawija"}\n{"name": "Baghuz"}\n' * 5000, gazetteer)
    assert len(lines) == 10_000
    assert sum(len(batch) for batch in gazetteer.asked) == 2


@given(st.lists(st.sampled_from(["Hawija", "Baghuz", "twins", "nobody", ""]), min_size=1, max_size=40))
def test_order_is_kept(names):
    body = b"\n".join(json.dumps({"name": name, "key": at}).encode() for at, name in enumerate(names))
    lines = answers(body)
    assert [line["key"] for line in lines] == list(range(len(names)))
    assert [line["query"]["name"] if "query" in line else "" for line in lines] == names
