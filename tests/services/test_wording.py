"""Wording of messages."""

import pytest

from gazetteer.services.wording import LONGEST_SHOWN, led, shown


class TestShown:
    def test_a_text_is_quoted_and_cut(self):
        """However long it was."""
        assert shown("Hawija") == "'Hawija'"
        assert len(shown("a" * 1_000_000)) == LONGEST_SHOWN + 3

    @pytest.mark.parametrize("text", ["\x1b[31m", "\n", "\u202e", "\0"])
    def test_nothing_in_it_is_obeyed_by_a_terminal(self, text):
        """Escapes, line ends and turns of direction are spelt out."""
        assert shown(text).isprintable()


class TestLed:
    @pytest.mark.parametrize(
        ("message", "field", "line"),
        [
            ("lat is out of range", "lat", "lat is out of range"),
            ("there is no name", "name", "there is no name"),
            ("the value is invalid", "id", "id: the value is invalid"),
            ("Unknown field.", "colour", "colour: Unknown field."),
            ("there is no record", None, "there is no record"),
            ("not known", "", "not known"),
        ],
    )
    def test_the_field_is_named_once(self, message, field, line):
        """Whether the message does so or we do."""
        assert led(message, field) == line
