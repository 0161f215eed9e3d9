"""`gazetteer lookup`."""

import json

import pytest


def asked(installation, *arguments: str) -> dict:
    """The answer as JSON."""
    result = installation.run("lookup", *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_known_spelling_is_a_match(installation):
    """The plain case, with the shape of the HTTP answer."""
    answer = asked(installation, "Hawijah", "--country", "IQ")

    assert answer["query"] == {"name": "Hawijah", "country": "IQ"}
    assert answer["decision"] == "match"
    assert answer["match"]["identifiers"]["geonames"] == "390188"


def test_two_records_of_one_name_are_ambiguous(installation):
    """And a result is a result: the exit code is 0."""
    assert asked(installation, "Al Bu Hamad", "--country", "IQ")["decision"] == "ambiguous"


def test_nonsense_is_none(installation):
    """Not knowing is no failure."""
    assert asked(installation, "Xqzwvk Plmtr")["decision"] == "none"


def test_the_options_reach_the_query(installation):
    """Each option is the field of its name."""
    options = ("--lat", "34.1", "--lon", "43.1", "--radius-km", "5", "--kind", "place", "--type", "settlement")
    query = asked(installation, "Al Bu Hamad", *options, "--as-of", "2017-10-05", "--strict")["query"]

    assert query == {
        "name": "Al Bu Hamad",
        "lat": 34.1,
        "lon": 43.1,
        "radius_km": 5.0,
        "kind": "place",
        "type": "settlement",
        "as_of": "2017-10-05",
        "strict": True,
    }


def test_limit_bounds_the_candidates(installation):
    """One is one."""
    assert len(asked(installation, "Al Bu Hamad", "--limit", "1")["candidates"]) == 1


def test_explain_says_the_evidence(installation):
    """In JSON and in words."""
    assert asked(installation, "Hawijah", "--explain")["candidates"][0]["explanation"]
    assert "because" in installation.run("lookup", "Hawijah", "--explain").stdout


def test_the_table_shows_what_matters(installation):
    """Decision, name, ids."""
    said = installation.run("lookup", "الحويجة", "--country", "IQ").stdout

    assert said.startswith("match: ")
    assert "Hawija" in said
    assert "390188" in said


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (("",), "name"),
        (("x" * 301,), "name"),
        (("a\0b",), "name"),
        (("\udcff",), "name"),
        (("Hawija", "--country", "Atlantis"), "country"),
        (("Hawija", "--lat", "91", "--lon", "43"), "lat"),
        (("Hawija", "--lat", "nan", "--lon", "43"), "lat"),
        (("Hawija", "--lat", "35"), "lon"),
        (("Hawija", "--type", "spaceship"), "type"),
        (("Hawija", "--kind", "ghost"), "kind"),
        (("Hawija", "--limit", "51"), "limit"),
    ],
)
def test_a_value_that_cannot_be_used_is_said_with_its_field(installation, arguments, field):
    """One line on stderr, exit code 2, nothing on stdout."""
    result = installation.run("lookup", *arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert field in result.stderr.splitlines()[-1]
    assert isinstance(result.exception, SystemExit)


def test_without_a_snapshot_the_command_that_makes_one_is_named(nothing):
    """Not a traceback about a missing file."""
    result = nothing.run("lookup", "Hawija")

    assert result.exit_code == 1
    assert "gazetteer index build" in result.stderr
