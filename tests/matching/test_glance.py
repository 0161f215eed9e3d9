"""A glance may not overlook a key that a query has in common with a stored name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.matching.derived import filed, sought
from gazetteer.matching.glance import glance
from gazetteer.matching.types import Kind
from gazetteer.text.tokens import analyse

PERSONS = [
    "Patrick M. Shanahan",
    "Sean Ryan",
    "Abu Omar al-Shishani",
    "أبو بكر البغدادي",
    "Nur al-Din Zengi",
    "Abd al-Rahman Mustafa",
    "Saddam Hussein al-Tikriti",
    "Мазлум Абди",
    "Shanahan",
]
GROUPS = [
    "Syrian Democratic Forces",
    "قوات سوريا الديمقراطية",
    "Hezbollah",
    "حزب الله",
    "9th Division",
    "U.S. Army",
    "Red Cross",
    "YPG",
    "داعش",
    "Coup d'État Council",
]
ASKED = [
    "Pat Shanahan",
    "Shanahan, Patrick",
    "Col. Sean Ryan",
    "Noureddine Zengi",
    "Abdurrahman Mustafa",
    "Hussein Saddam",
    "شاناهان",
    "Omar Shishani",
    "SDF",
    "S.D.F.",
    "جيش",
    "والجيش",
    "9. Division",
    "conseil d'état",
    "Haweeja",
    "San José",
    "U. S.",
    "(YPG)",
]


@pytest.mark.parametrize("asked", [*ASKED, *PERSONS, *GROUPS])
def test_what_is_filed_and_sought_alike_is_seen_at_a_glance(asked):
    overlooks_nothing(asked)


@given(st.lists(st.sampled_from([word for each in [*PERSONS, *GROUPS, *ASKED] for word in each.split()]), max_size=4))
def test_words_of_names_in_any_order_are_seen_at_a_glance(words):
    overlooks_nothing(" ".join(words) or "x")


def overlooks_nothing(asked):
    """Wherever a stored name has a key of the query's, the glance has one of its keys, or looks closer."""
    seen = glance(asked, analyse(asked))
    if seen is None:
        return
    for kind, names in ((Kind.PERSON, PERSONS), (Kind.ORGANISATION, GROUPS)):
        for name in names:
            held = filed(kind, name)
            assert not held & sought(asked) or held & seen, name


def test_a_name_of_a_place_is_not_taken_apart():
    assert glance("Haweeja", analyse("Haweeja")) == {"person:name:hg"}
