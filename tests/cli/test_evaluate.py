"""`gazetteer evaluate`."""

import json

import pytest

ROWS = (
    {"query": "Hawijah", "gn_id": 390188, "country": "IQ", "seen": True},
    {"query": "Tal Afar", "gn_id": 390188, "country": "IQ", "seen": True},
)


@pytest.fixture
def labelled(tmp_path):
    """Two names, one of them labelled wrongly."""
    path = tmp_path / "names.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), "utf-8")
    return path


def test_the_shares_are_printed(installation, labelled):
    """One row for each file, context and part."""
    result = installation.run("evaluate", labelled)

    assert result.exit_code == 0
    assert "names" in result.stdout
    assert "0.500" in result.stdout


def test_json_has_the_rows_that_went_wrong(installation, labelled):
    """To be looked at."""
    (measure,) = json.loads(installation.run("evaluate", labelled, "--json").stdout)

    assert measure["first"] == 0.5
    assert [row["query"] for row in measure["failures"]] == ["Tal Afar"]


def test_an_unknown_context_is_a_usage_error(installation, labelled):
    """The ones there are, are said."""
    result = installation.run("evaluate", labelled, "--context", "weather")

    assert result.exit_code == 2
    assert "country+point" in result.stderr


def test_a_file_of_something_else_is_said_with_its_line(installation, tmp_path):
    """Not a traceback."""
    path = tmp_path / "names.jsonl"
    path.write_text("[]\n")
    result = installation.run("evaluate", path)

    assert result.exit_code == 2
    assert "line 1" in result.stderr
