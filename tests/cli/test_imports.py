"""`gazetteer import geonames`."""

from tests.cli.conftest import PLACES, dump


def test_an_import_is_found_at_once(nothing, tmp_path):
    """It ends by building the index."""
    places = dump(tmp_path / "IQ.txt", PLACES[:1])
    nothing.run("db", "upgrade")
    result = nothing.run("import", "geonames", places)

    assert result.exit_code == 0
    assert "1 created" in result.stdout
    assert nothing.run("lookup", "Hawijah", "--country", "IQ").stdout.startswith("match")


def test_a_second_time_changes_nothing_and_says_so(nothing, tmp_path):
    """Neither rows nor the index."""
    places = dump(tmp_path / "IQ.txt")
    nothing.run("db", "upgrade")
    nothing.run("import", "geonames", places)
    result = nothing.run("import", "geonames", places)

    assert "no row changed" in result.stdout
    assert "is current" in result.stderr


def test_the_index_can_be_left_alone(nothing, tmp_path):
    """For several imports in a row."""
    nothing.run("db", "upgrade")
    nothing.run("import", "geonames", dump(tmp_path / "IQ.txt"), "--no-index")

    assert not (nothing.data / "index").exists()


def test_a_bad_row_is_told_with_its_line_and_left_out(nothing, tmp_path):
    """The others are loaded, and the exit code is 0."""
    places = dump(tmp_path / "IQ.txt", PLACES[:2])
    with places.open("a") as file:
        file.write("three\tcells\tonly\n")
    nothing.run("db", "upgrade")
    result = nothing.run("import", "geonames", places, "--no-index")

    assert result.exit_code == 0
    assert "IQ.txt, line 3: " in result.stderr
    assert "1 rejected" in result.stdout


def test_strict_stops_at_it(nothing, tmp_path):
    """Exit code 1."""
    places = tmp_path / "IQ.txt"
    places.write_text("three\tcells\tonly\n")
    nothing.run("db", "upgrade")
    result = nothing.run("import", "geonames", places, "--strict")

    assert result.exit_code == 1
    assert "line 1" in result.stderr


def test_a_file_that_is_not_there_is_a_usage_error(nothing):
    """Before anything is opened."""
    assert nothing.run("import", "geonames", "nowhere.txt").exit_code == 2
