"""Log lines."""

import json
import logging
import sys

import pytest

from gazetteer.serving.logs import ABOUT, CURRENT, Identified, Json, Text, request_id


def record(**about: object) -> logging.LogRecord:
    """Something logged."""
    made = logging.LogRecord("gazetteer.access", logging.INFO, __file__, 1, "request %d", (7,), None)
    if about:
        setattr(made, ABOUT, about)
    return made


def test_json_is_one_object_a_line():
    line = Json().format(record(status=200, route="/v1/lookup"))
    said = json.loads(line)
    assert "\n" not in line
    assert (said["message"], said["status"], said["level"]) == ("request 7", 200, "info")


def test_a_traceback_stays_on_the_line_of_its_record():
    try:
        raise ValueError("so\nwhat")
    except ValueError:
        made = logging.LogRecord("x", logging.ERROR, __file__, 1, "broken", (), sys.exc_info())
    assert "ValueError" in json.loads(Json().format(made))["exception"]


def test_text_has_the_fields_behind_the_message():
    assert Text().format(record(status=200, rows=None)).endswith("gazetteer.access: request 7 status=200")


def test_what_is_logged_about_a_request_has_its_id():
    """Not only the line of the request itself."""
    made = record()
    token = CURRENT.set("abc")
    Identified().filter(made)
    CURRENT.reset(token)
    assert json.loads(Json().format(made))["request_id"] == "abc"


@pytest.mark.parametrize("given", ["abc", "0f.A_b:c+d=/-", "a" * 128])
def test_an_id_that_can_be_one_is_kept(given):
    assert request_id(given) == given


@pytest.mark.parametrize("given", [None, "", "-a", "a b", "a\nb", "a" * 129, "ä"])
def test_what_cannot_be_an_id_is_not(given):
    assert request_id(given) != given
