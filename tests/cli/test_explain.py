"""`gazetteer explain` and `gazetteer features`."""

import json

import pytest

from gazetteer.services.identity import mint
from tests.api.conftest import fill

HAWIJA = mint(("geonames", "390188"))
TAL_ABYAD = mint(("geonames", "170652"))


def asked(installation, *arguments: str) -> dict:
    """The explanation as JSON."""
    result = installation.run("explain", *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_match_is_explained(installation):
    """With the shape of the HTTP answer."""
    answer = asked(installation, "Hawijah", HAWIJA, "--country", "IQ")
    assert (answer["rank"], answer["candidate"]["id"]) == (1, HAWIJA)


def test_it_is_readable(installation):
    """The verdict first, then what was read, then the evidence."""
    said = installation.run("explain", "Tal Abyad", TAL_ABYAD, "--country", "IQ").stdout
    assert said.startswith("Tell Abiad (settlement, SY) is no candidate: it is in SY, not in IQ")
    assert "read as talabyad" in said
    assert "because" in said


def test_the_options_reach_the_query(installation):
    options = ("--lat", "34.1", "--lon", "43.1", "--radius-km", "5", "--kind", "place", "--strict")
    query = asked(installation, "Hawija", HAWIJA, *options)["query"]
    assert query == {"name": "Hawija", "lat": 34.1, "lon": 43.1, "radius_km": 5.0, "kind": "place", "strict": True}


@pytest.mark.parametrize("name", ["!!!", "\u202e", "中文"])
def test_whatever_is_asked_is_printed(installation, name):
    assert installation.run("explain", name, HAWIJA).exit_code == 0


@pytest.mark.parametrize("id", ["nobody", "é", "a" * 300])
def test_an_unknown_id_is_a_failure_in_one_line(installation, id):
    result = installation.run("explain", "Hawija", id)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "entity" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_the_id_of_a_merged_record_leads_to_the_one_it_lives_on_in(nothing):
    """And says so on stderr."""
    nothing.run("db", "upgrade")
    fill(f"sqlite:///{nothing.data / 'gazetteer.db'}")
    nothing.run("index", "build")
    result = nothing.run("explain", "Hawija", mint(("slug", "hawija")), "--json")
    assert json.loads(result.stdout)["candidate"]["id"] == HAWIJA
    assert "was merged into" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (("", HAWIJA), "name"),
        (("Hawija", ""), "entity"),
        (("Hawija", "a\0b"), "entity"),
        (("\udcff", HAWIJA), "name"),
        (("Hawija", HAWIJA, "--country", "Atlantis"), "country"),
        (("Hawija", HAWIJA, "--lat", "35"), "lon"),
    ],
)
def test_a_value_that_cannot_be_used_is_said_with_its_field(installation, arguments, field):
    result = installation.run("explain", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert field in result.stderr.splitlines()[-1]


def test_explain_on_lookup_says_the_reading_and_the_runner_up(installation):
    said = installation.run("lookup", "Al Bu Hamad", "--explain").stdout
    assert "read as" in said
    assert "nothing tells Al Bu Hamad" in said


def test_the_features_are_listed(installation):
    """In words and in JSON."""
    listed = json.loads(installation.run("features", "--json").stdout)["features"]
    said = installation.run("features").stdout
    assert {each["name"] for each in listed} >= {"same_spelling"}
    assert all(f"{each['name']}  weight" in said for each in listed)
