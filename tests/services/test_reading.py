"""What a query was read as."""

import pytest

from gazetteer.matching.types import Query
from gazetteer.services.reading import only_generic
from gazetteer.services.resolve import one


def read(small, name: str, **context):
    """The reading of an explained look-up."""
    return one(small, Query(name, **context), explain=True).reading


def test_a_name_is_read_step_by_step(small):
    reading = read(small, "Ḩawījah")
    assert (reading.normalised, reading.folded, reading.script) == ("ḩawījah", "hawijah", "Latn")
    assert reading.core == reading.romanised == "hawijah"
    assert (reading.forms[0].text, reading.forms[0].read_as) == (reading.core, "whole name")


def test_a_reading_by_the_spelling_of_a_language_says_which(small):
    found = {each.text: each.read_as for each in read(small, "Szal").forms}
    assert found["shal"] in ("polish", "hungarian")


def test_the_numbers_of_a_name_are_told(small):
    assert read(small, "Camp 7").numbers == (7,)


def test_each_form_says_how_it_came_about(small):
    found = {each.text: each.read_as for each in read(small, "Košice province").forms}
    plain = {"koshiceprovince": "whole name", "koshice": "without generic words", "kosiceprovince": "marks dropped"}
    assert found | plain == found


def test_a_misspelt_generic_word_is_read_as_it_was_meant(small):
    """And the name as it was typed beside, should it be a name."""
    reading = read(small, "Hawija vilage")
    assert reading.normalised == "hawija vilage"
    assert ("village", "generic word", "village") in {(each.text, each.role, each.concept) for each in reading.words}
    found = {each.text: each.read_as for each in reading.forms}
    assert found["hawija"] == "without generic words"
    assert found["hawijavilage"] == "as it was typed"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("الحويجة", {"ال": ("article", None), "حويجة": ("name", None)}),
        ("Deir ez-Zor province", {"ez": ("article", None), "province": ("generic word", "province")}),
        ("Old Mosul", {"old": ("telling word", "old"), "mosul": ("name", None)}),
        ("city", {"city": ("name", None)}),
    ],
)
def test_each_word_says_what_it_was_taken_for(small, name, words):
    """A name of nothing but a generic word has it for a name."""
    found = {each.text: (each.role, each.concept) for each in read(small, name).words}
    assert {text: found[text] for text in words} == words


@pytest.mark.parametrize(
    ("name", "context", "taken_for"),
    [
        ("Hawija, Kirkuk Governorate", {}, "within"),
        ("Hawija, Xqzvbnm", {}, "nothing"),
        ("Hawija, Kirkuk", {"within": "Kirkuk"}, "nothing"),
        ("Mosul (city)", {}, "generic word"),
    ],
)
def test_an_addition_says_what_it_was_taken_for(small, name, context, taken_for):
    """A `within` of the caller's own leaves it no part to play."""
    assert [each.taken_for for each in read(small, name, **context).additions] == [taken_for]


def test_context_is_told_as_it_was_understood(small):
    reading = read(small, "Hawija", country="Iraq", within="Kirkuk")
    assert reading.country == "IQ"
    assert "kirkuk-p" in [each.id for each in reading.within]


def test_without_context_nothing_is_told_of_it(small):
    reading = read(small, "Hawija")
    assert (reading.country, reading.within) == (None, None)


def test_only_a_look_up_that_asks_for_it_is_told(small):
    assert one(small, Query("Hawija")).reading is None


@pytest.mark.parametrize("name", ["!!!", "中文", "x" * 300, "\u202e", "-" * 300, "a, b (c) - d / e"])
def test_whatever_is_asked_is_read(small, name):
    assert read(small, name).normalised is not None


@pytest.mark.parametrize(("name", "generic"), [("city", True), ("The City", True), ("New York", False), ("", False)])
def test_a_name_may_be_a_word_for_things_alone(name, generic):
    assert only_generic(name) is generic
