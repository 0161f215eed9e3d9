"""Why there is no answer."""

import pytest

from gazetteer.index.rows import EntityRow, NameRow, Rows
from gazetteer.matching.types import Decision, Query
from gazetteer.services.resolve import Resolver, one
from tests.index.small import snapshot


@pytest.fixture(scope="module")
def rivals(tmp_path_factory) -> Resolver:
    """Two places of one name in Iraq, and one in Libya whose name they resemble."""
    places = [("IQ", "Trippolo"), ("IQ", "Trippolo"), ("LY", "Tripolo")]
    entities = [
        EntityRow(row, f"r{row}", "place", "settlement", country, name, None, None, None, 30)
        for row, (country, name) in enumerate(places)
    ]
    names = [NameRow(row, name, "en", "preferred", None, None, "test") for row, (_, name) in enumerate(places)]
    return Resolver(snapshot(tmp_path_factory.mktemp("index") / "rivals", Rows(1, entities, names)))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (Query("!!!"), "'!!!' has no letter or digit to go by"),
        (Query("xq"), "'xq' is too short to be told from other names"),
        (Query("the village"), "'the village' says what a thing is, not what it is called"),
        (Query("قرية"), "'قرية' says what a thing is, not what it is called"),
        (Query("Mosul", country="SY"), "Mosul (settlement, IQ) is called 'Mosul', but it is in IQ, not in SY"),
        (Query("al-Mosul", country="SY"), "Mosul (settlement, IQ) is called 'al-Mosul', but it is in IQ, not in SY"),
        (Query("ISIS", kind="person"), "its kind is organisation, not person"),
        (Query("Mosul", type="camp"), "its type is settlement, not the one asked for"),
        (Query("Tripoli", country="IQ"), "Tripoli (settlement, LY) is called 'Tripoli', but it is in LY, not in IQ"),
        (Query("Hogsmeade", country="IQ"), "no name in IQ is close to 'Hogsmeade'"),
        (Query("Hogsmeade", kind="person"), "no name of kind person resembles 'Hogsmeade'"),
        (Query("Deir ez-Zor", within="kirkuk-p", strict=True), "it does not lie within Kirkuk Governorate"),
        (Query("Mosul", lat=35.0, lon=40.0, strict=True), "km from the point, beyond 30 km"),
    ],
    ids=repr,
)
def test_the_reason_is_given(small, query, said):
    found = one(small, query)
    assert found.decision is Decision.NONE
    assert said in found.reason


def test_a_name_that_is_a_word_for_things_is_a_name_where_a_record_has_it(small):
    """What is known outranks what is guessed from the words."""
    assert "says what a thing is" not in one(small, Query("Old Mosul")).reason


def test_an_ambiguous_resemblance_says_who_bears_the_name_elsewhere(rivals):
    """What is meant may be none of the rivals."""
    found = one(rivals, Query("Tripolo", country="IQ"))
    assert found.decision is Decision.AMBIGUOUS, found
    assert found.reason.endswith("Tripolo (settlement, LY) is called 'Tripolo', but it is in LY, not in IQ")
