"""`gazetteer index`."""

import pytest
from click.testing import CliRunner

from gazetteer.cli.index import read_ids
from gazetteer.errors import InvalidInput


def test_build_prints_the_folder_of_the_snapshot(installation, tmp_path):
    """On stdout, for the next command."""
    out = tmp_path / "snapshot"
    result = installation.run("index", "build", "--output", out)

    assert (result.exit_code, result.stdout) == (0, f"{out}\n")
    assert "5 entities" in result.stderr


def test_records_can_be_left_out(installation, tmp_path):
    """To measure what happens with names that mean none of the records."""
    out = tmp_path / "snapshot"
    ids = tmp_path / "ids.txt"
    ids.write_text("# held out\n390188\n\n")

    assert "4 entities" in installation.run("index", "build", "--output", out, "--without", ids).stderr
    assert "390188" not in installation.run("lookup", "Hawijah", "--snapshot", out).stdout
    assert "390188" in installation.run("lookup", "Hawijah").stdout


def test_an_id_that_is_none_is_said(tmp_path):
    """A list of names given for ids would leave out nothing, in silence."""
    path = tmp_path / "ids.txt"
    path.write_text("390188\nHawija\n")

    with pytest.raises(InvalidInput, match="'Hawija' is not a GeoNames id"):
        read_ids(path)


def test_info_says_what_the_snapshot_holds(installation):
    """Its generation and its counts."""
    said = installation.run("index", "info").stdout

    assert "generation" in said
    assert "entities" in said


def test_a_sound_snapshot_verifies(installation):
    """Exit code 0, nothing on stdout."""
    result = installation.run("index", "verify")

    assert (result.exit_code, result.stdout) == (0, "")


def test_a_damaged_snapshot_does_not(installation, tmp_path):
    """Exit code 1, and the file on stdout."""
    out = tmp_path / "snapshot"
    installation.run("index", "build", "--output", out)
    largest = max((path for path in out.iterdir() if path.is_file()), key=lambda path: path.stat().st_size)
    content = bytearray(largest.read_bytes())
    content[-1] ^= 1
    largest.write_bytes(content)
    result = installation.run("index", "verify", out)

    assert result.exit_code == 1
    assert largest.name in result.stdout


@pytest.mark.parametrize("command", ["info", "verify"])
def test_no_snapshot_is_a_failure(nothing, command):
    """One line that says where none is."""
    result = nothing.run("index", command)

    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert str(nothing.data) in result.output


def test_the_help_of_a_group_lists_its_commands():
    """`gazetteer index` alone is a question."""
    from gazetteer.cli.main import main

    assert all(name in CliRunner().invoke(main, ["index", "--help"]).stdout for name in ("build", "info", "verify"))
