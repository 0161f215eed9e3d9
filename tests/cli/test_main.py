"""How a command ends: its exit code, and what is said on which stream."""

import errno
import os
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from gazetteer.cli.main import Commands, main
from gazetteer.errors import (
    BadSnapshot,
    GazetteerError,
    InvalidInput,
    LimitExceeded,
    NotFound,
    UnknownCountry,
    Unreadable,
)

PYTHON = (sys.executable, "-m", "gazetteer")


def ended(error: BaseException):
    """What is said when a command ends with the error."""

    @click.group(cls=Commands)
    def group():
        """A group."""

    @group.command()
    def fail():
        """Fail."""
        raise error

    return CliRunner().invoke(group, ["fail"])


class TestEnding:
    @pytest.mark.parametrize("error", [InvalidInput("no"), UnknownCountry("no", field="country"), LimitExceeded("no")])
    def test_a_wrong_value_is_a_usage_error(self, error):
        """The caller has the line to mend."""
        assert ended(error).exit_code == 2

    @pytest.mark.parametrize("error", [NotFound("no"), BadSnapshot("no"), Unreadable("no"), GazetteerError("no")])
    def test_what_else_goes_wrong_is_a_failure(self, error):
        """A file that is not what it says was asked for rightly."""
        assert ended(error).exit_code == 1

    def test_an_error_is_one_line_on_stderr_that_names_the_field(self):
        """No traceback; nothing on stdout, which is for results."""
        result = ended(InvalidInput("must be from -90 to 90", field="lat"))

        assert (result.stdout, result.stderr) == ("", "Error: lat: must be from -90 to 90\n")

    def test_a_message_that_names_its_field_is_not_led_by_it(self):
        """`lat: lat must be…` stutters."""
        assert ended(InvalidInput("lat must be a number", field="lat")).stderr == "Error: lat must be a number\n"

    def test_an_error_of_the_machine_is_one_line_with_the_file(self):
        """No permission, no space: the file and the reason."""
        result = ended(PermissionError(errno.EACCES, "Permission denied", "out.csv"))

        assert (result.exit_code, result.stderr) == (1, "Error: out.csv: Permission denied\n")

    def test_ctrl_c_is_quiet(self):
        """Whoever presses it knows."""
        result = ended(KeyboardInterrupt())

        assert (result.exit_code, result.output) == (130, "")

    def test_an_error_that_is_no_one_elses_is_not_hidden(self):
        """A bug of ours keeps its traceback."""
        assert isinstance(ended(ZeroDivisionError()).exception, ZeroDivisionError)


class TestSettings:
    def test_a_wrong_setting_stops_with_a_line_that_names_it(self, monkeypatch):
        """The one line says which."""
        monkeypatch.setenv("GAZETTEER_PORT", "http")
        result = CliRunner().invoke(main, ["settings"])

        assert result.exit_code == 2
        assert "GAZETTEER_PORT" in result.stderr
        assert result.stdout == ""

    def test_an_unknown_setting_stops_too(self, monkeypatch):
        """A slip of the pen is not silently another default."""
        monkeypatch.setenv("GAZETTEER_PROT", "5001")

        assert CliRunner().invoke(main, ["settings"]).exit_code == 2


class TestProcess:
    def test_the_module_is_the_command(self):
        """`python -m gazetteer` calls itself gazetteer."""
        done = subprocess.run([*PYTHON, "--help"], capture_output=True, text=True, check=True)

        assert done.stdout.startswith("Usage: gazetteer ")

    def test_help_loads_nothing_heavy(self):
        """Start-up stays fast: no database, no arrays, no web framework, no rich."""
        code = (
            "import sys; from gazetteer.cli.main import main; main(['--help'], standalone_mode=False);"
            "print(sorted({'sqlalchemy', 'numpy', 'flask', 'gunicorn', 'rich', 'marshmallow'} & set(sys.modules)))"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

        assert done.stdout.endswith("\n[]\n")

    def test_an_unknown_command_is_a_usage_error(self):
        """As click has it."""
        done = subprocess.run([*PYTHON, "lokup"], capture_output=True, text=True)

        assert done.returncode == 2
        assert done.stdout == ""

    def test_a_terminal_of_few_letters_is_no_error(self, installation):
        """What it cannot show is escaped."""
        environment = os.environ | installation.environment | {"PYTHONIOENCODING": "latin-1"}
        command = [*PYTHON, "lookup", "الحويجة", "--country", "IQ"]
        done = subprocess.run(command, capture_output=True, env=environment, check=True)

        assert done.stdout.startswith(b"match: ")
        assert rb"\u0627\u0644\u062d" in done.stdout

    def test_a_closed_pipe_is_quiet(self):
        """`gazetteer settings | head -0` says nothing of it."""
        with subprocess.Popen([*PYTHON, "settings"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdout.close()
            said = process.stderr.read()

        assert said == b""
