"""`gazetteer normalise`."""

import csv
import io
import json
import os
import subprocess
import sys

import pytest

from gazetteer.api.schemas import CsvSchema
from gazetteer.cli.normalise import normalise

TABLE = "row,place,country\n1,Hawijah,IQ\n2,Al Bu Hamad,IQ\n3,Xqzwvk Plmtr,IQ\n"
REPORT = "3 rows: 1 match, 1 ambiguous, 1 none, 0 error.\n"
OPTIONS = ("--column", "place", "--country-column", "country")


@pytest.fixture
def table(tmp_path):
    """A CSV of three rows."""
    path = tmp_path / "reports.csv"
    path.write_text(TABLE, "utf-8")
    return path


class TestTables:
    def test_rows_come_back_with_the_answer_appended(self, installation, table):
        """On stdout, the report on stderr."""
        result = installation.run("normalise", table, *OPTIONS)
        rows = list(csv.DictReader(io.StringIO(result.stdout)))

        assert (result.exit_code, result.stderr) == (0, REPORT)
        assert [row["gz_decision"] for row in rows] == ["match", "ambiguous", "none"]
        assert [row["place"] for row in rows] == ["Hawijah", "Al Bu Hamad", "Xqzwvk Plmtr"]
        assert rows[0]["gz_geonames"] == "390188"

    def test_a_dash_is_stdin(self, installation):
        """The command stands in a pipe."""
        assert installation.run("normalise", "-", *OPTIONS, given=TABLE).stderr == REPORT

    def test_a_file_of_answers_can_be_normalised_again(self, installation, table):
        """Only if it is said, for its columns are replaced."""
        out = table.with_name("out.csv")
        installation.run("normalise", table, *OPTIONS, "-o", out)

        assert installation.run("normalise", out, *OPTIONS).exit_code == 2
        again = installation.run("normalise", out, *OPTIONS, "--overwrite")
        assert again.stdout == out.read_text("utf-8")

    def test_a_row_in_error_makes_the_exit_code_1(self, installation, table):
        """And leaves its neighbours alone."""
        table.write_text(TABLE + "4,,IQ\n", "utf-8")
        result = installation.run("normalise", table, *OPTIONS)

        assert result.exit_code == 1
        assert result.stderr == "4 rows: 1 match, 1 ambiguous, 1 none, 1 error.\n"

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ((), "--column"),
            (("--column", "town"), "town"),
            (("--column", "place", "--lat-column", "y"), "y"),
            (("--column", "place", "--delimiter", "::"), "delimiter"),
        ],
    )
    def test_what_the_table_has_not_is_a_usage_error(self, installation, table, options, said):
        """The column or the option is named; nothing is written."""
        result = installation.run("normalise", table, *options)

        assert (result.exit_code, result.stdout) == (2, "")
        assert said in result.stderr.splitlines()[-1]

    @pytest.mark.parametrize("content", [b"", TABLE.encode("utf-16"), b"place\xff\n\xff\n"])
    def test_a_file_that_is_no_table_is_a_failure(self, installation, table, content):
        """One line, no output."""
        table.write_bytes(content)
        result = installation.run("normalise", table, *OPTIONS)

        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith("Error: ")

    def test_every_context_has_a_column_and_a_value_for_the_rest(self, installation, table):
        """A row's own cell comes first."""
        table.write_text("place,where\nTal Abyad,SY\nTal Afar,\n", "utf-8")
        options = ("--column", "place", "--country-column", "where", "--country", "IQ")
        rows = list(csv.DictReader(io.StringIO(installation.run("normalise", table, *options).stdout)))

        assert [row["gz_country"] for row in rows] == ["SY", "IQ"]

    def test_strict_lets_the_unit_bind(self, installation, table):
        """Where `within` is evidence a unit that nobody knows is passed over; where it binds it is an error."""
        options = ("--column", "place", "--within", "Xqzwvk Plmtr")
        mild = installation.run("normalise", table, *options)
        strict = installation.run("normalise", table, *options, "--strict")

        assert (mild.exit_code, strict.exit_code) == (0, 1)
        assert "3 error" in strict.stderr

    def test_the_options_are_the_parameters_of_http(self):
        """What can be asked through one door can be asked through the other; a snapshot is of one generation."""
        here = {each.name for each in normalise.params} - {"file", "form", "output", "snapshot"}
        assert here == {*CsvSchema().fields} - {"min_generation"}

    def test_tab_can_be_spelt_out(self, installation, table):
        """A tab is awkward to type in a shell."""
        table.write_text(TABLE.replace(",", "\t"), "utf-8")

        assert installation.run("normalise", table, *OPTIONS, "--delimiter", "tab").stderr == REPORT


class TestItems:
    def test_ndjson_is_known_by_its_ending(self, installation, tmp_path):
        """One result per line, each with the key of its item."""
        path = tmp_path / "items.ndjson"
        path.write_text('{"key": 7, "name": "Hawijah", "country": "IQ"}\n{"nme": "x"}\n', "utf-8")
        result = installation.run("normalise", path)
        first, second = map(json.loads, result.stdout.splitlines())

        assert (first["key"], first["decision"]) == (7, "match")
        assert second["error"]["field"] == "nme"
        assert result.exit_code == 1

    def test_the_format_can_be_said(self, installation):
        """Stdin has no ending."""
        result = installation.run(
            "normalise", "-", "--format", "ndjson", given='{"name": "Hawijah", "country": "IQ"}\n'
        )

        assert json.loads(result.stdout)["decision"] == "match"

    def test_a_column_is_refused(self, installation):
        """Items carry their own fields; an option that did nothing would deceive."""
        result = installation.run("normalise", "-", "--format", "ndjson", "--column", "place", given="{}")

        assert result.exit_code == 2


class TestOutput:
    def test_it_is_written_whole_or_not_at_all(self, installation, table):
        """What was there stays when the table turns out to be none; no part is left behind."""
        out = table.with_name("out.csv")
        out.write_text("precious")
        table.write_bytes(b"\xff\xfe\x00")

        assert installation.run("normalise", table, *OPTIONS, "-o", out).exit_code == 1
        assert out.read_text() == "precious"
        assert sorted(path.name for path in table.parent.iterdir()) == ["out.csv", "reports.csv"]

    def test_the_file_itself_can_be_replaced(self, installation, table):
        """It is read to its end before it is."""
        assert installation.run("normalise", table, *OPTIONS, "-o", table).exit_code == 0
        assert table.read_text("utf-8").startswith("row,place,country,gz_decision")

    def test_what_is_no_file_is_written_to_and_not_replaced(self, installation, table):
        """`-o /dev/null` must leave a device."""
        assert installation.run("normalise", table, *OPTIONS, "-o", os.devnull).exit_code == 0
        assert not os.path.isfile(os.devnull)

    def test_a_folder_that_is_not_there_is_said(self, installation, table):
        """One line that names the path."""
        result = installation.run("normalise", table, *OPTIONS, "-o", table.with_name("no") / "out.csv")

        assert result.exit_code == 1
        assert "No such file" in result.stderr

    def test_a_closed_pipe_is_quiet(self, installation, table):
        """`gazetteer normalise … | head -1`."""
        table.write_text(TABLE + "4,Tal Afar,IQ\n" * 20_000, "utf-8")
        command = [sys.executable, "-m", "gazetteer", "normalise", str(table), *OPTIONS]
        environment = os.environ | installation.environment
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
            process.stdout.readline()
            process.stdout.close()
            said = process.stderr.read()

        assert said == b""
        assert process.returncode == 1
