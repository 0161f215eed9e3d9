"""`gazetteer evaluate`."""

import json

import pytest

from gazetteer.cli.evaluate import CONTEXTS, PEERS
from gazetteer.services.evaluate import asking, peers

ROWS = (
    {"query": "Hawijah", "gn_id": 390188, "country": "IQ", "seen": True, "script": "Latn", "lang": "en"},
    {"query": "Tal Afar", "gn_id": 390188, "country": "IQ", "seen": True, "script": "Latn", "lang": "en"},
)
NIL = ({"query": "Hawijah", "gn_id": 390188, "country": "IQ", "expected": "NIL"},)
TELLS = ({"query": "Tal Afar", "gn_id": 90150, "country": "IQ"},)


def written(path, rows):
    """A file of labelled names."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture
def labelled(tmp_path):
    """Two names, one of them labelled wrongly."""
    return written(tmp_path / "names.jsonl", ROWS)


def test_the_shares_are_printed_with_their_intervals(installation, labelled):
    """One row for each file, context and part; then the decisions and the calibration."""
    result = installation.run("evaluate", labelled)

    assert result.exit_code == 0
    assert "0.500" in result.stdout
    assert "0.095–0.905" in result.stdout
    assert "ECE" in result.stdout


def test_json_holds_all_of_it(installation, labelled):
    """With the rows that went wrong, to be looked at."""
    report = json.loads(installation.run("evaluate", labelled, "--json", "--by", "script").stdout)

    whole, latin = report["recall"]
    assert whole["at_1"]["value"] == 0.5
    assert (latin["by"], latin["group"], latin["rows"]) == ("script", "Latn", 2)
    assert [row["query"] for row in report["failures"]] == ["Tal Afar"]


def test_failures_are_written_as_lines(installation, labelled, tmp_path):
    """With room for the cause, to be filled in by whoever judges."""
    path = tmp_path / "failures.jsonl"
    installation.run("evaluate", labelled, "--failures", path)

    (failure,) = map(json.loads, path.read_text("utf-8").splitlines())
    assert (failure["query"], failure["first"]["geonames"], failure["cause"]) == ("Tal Afar", "90150", "")


def test_a_snapshot_without_some_records_is_asked_about_them(installation, tmp_path):
    """`index build --without` and `evaluate --nil` belong together."""
    out, ids = tmp_path / "held-out", tmp_path / "ids.txt"
    ids.write_text("390188\n")
    installation.run("index", "build", "--without", ids, "--output", out)
    names = written(tmp_path / "names.jsonl", (*ROWS[:1], *TELLS))
    nil = written(tmp_path / "nil.jsonl", NIL)
    result = installation.run("evaluate", names, "--part", "unseen", "--nil", nil, "--snapshot", out, "--json")

    (decided,) = json.loads(result.stdout)["decisions"]
    assert (decided["rows"], decided["nil"], decided["nil_accepted"]["value"]) == (1, 1, 0.0)


def test_a_sample_bounds_the_rows_of_each_part(installation, labelled):
    """So that it ends."""
    report = json.loads(installation.run("evaluate", labelled, "--sample", "1", "--json").stdout)

    assert [each["rows"] for each in report["recall"]] == [1]


def test_a_peer_is_asked_the_same(installation, labelled):
    """And shown beside ours."""
    result = installation.run("evaluate", labelled, "--compare", "rapidfuzz")

    assert result.exit_code == 0
    assert "rapidfuzz" in result.stdout
    assert "rows/s" in result.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--context", "weather"), "country+point"),
        (("--compare", "rapidfuzz,elastic"), "'elastic' is not one of rapidfuzz, pg_trgm"),
        (("--by", "colour"), "script"),
        (("--sample", "0"), "--sample"),
    ],
)
def test_an_option_that_means_nothing_is_a_usage_error(installation, labelled, options, said):
    """The values there are, are said."""
    result = installation.run("evaluate", labelled, *options)

    assert result.exit_code == 2
    assert said in result.stderr


def test_a_file_of_something_else_is_said_with_its_line(installation, tmp_path):
    """Not a traceback."""
    path = tmp_path / "names.jsonl"
    path.write_text("[]\n")
    result = installation.run("evaluate", path)

    assert result.exit_code == 2
    assert "line 1" in result.stderr


def test_the_options_are_what_the_service_knows():
    """The lists stand twice so that `--help` loads nothing heavy; they are the same."""
    assert tuple(asking.CONTEXTS) == CONTEXTS
    assert peers.PEERS == PEERS
