"""`--snapshot DIR`: every command that answers can be asked of a snapshot other than the current."""

import json
import signal

import pytest

from tests.cli.test_serve import PATIENCE, free_port, get, started, wait_for

HAWIJA, TAL_AFAR = "390188", "90150"


@pytest.fixture(scope="module")
def held_out(installation, tmp_path_factory):
    """The installation's records, but Hawija."""
    folder = tmp_path_factory.mktemp("held-out")
    (folder / "ids.txt").write_text(f"{HAWIJA}\n")
    result = installation.run("index", "build", "--without", folder / "ids.txt", "--output", folder / "snapshot")
    assert result.exit_code == 0, result.output
    return folder / "snapshot"


def test_lookup_asks_it(installation, held_out):
    """The record left out is not found, the others are."""
    assert HAWIJA not in installation.run("lookup", "Hawija", "--snapshot", held_out).stdout
    assert TAL_AFAR in installation.run("lookup", "Tal Afar", "--snapshot", held_out).stdout


def test_normalise_asks_it(installation, held_out, tmp_path):
    """For every row of a table."""
    path = tmp_path / "places.csv"
    path.write_text("place\nHawija\nTal Afar\n")
    said = installation.run("normalise", path, "--column", "place", "--snapshot", held_out).stdout

    assert HAWIJA not in said
    assert TAL_AFAR in said


def test_evaluate_asks_it(installation, held_out, tmp_path):
    """What is measured is the snapshot named."""
    path = tmp_path / "names.jsonl"
    path.write_text(json.dumps({"query": "Hawija", "gn_id": int(HAWIJA)}) + "\n")
    report = json.loads(
        installation.run("evaluate", path, "--snapshot", held_out, "--context", "none", "--json").stdout
    )

    assert report["recall"][0]["at_10"]["value"] == 0


def test_serve_asks_it(installation, held_out):
    """Over HTTP too."""
    port = free_port()
    process = started(installation, "--port", str(port), "--workers", "1", "--snapshot", str(held_out))
    try:
        wait_for(port, process)
        answers = [get(port, f"/v1/lookup?name={name}&country=IQ")[2] for name in ("Hawija", "Tal+Afar")]
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)

    found = [{each["identifiers"].get("geonames") for each in answer["candidates"]} for answer in answers]
    assert HAWIJA not in found[0]
    assert TAL_AFAR in found[1]


def test_the_current_snapshot_is_left_alone(installation, held_out):
    """What others are answered from still has every record."""
    assert HAWIJA in installation.run("lookup", "Hawija").stdout
