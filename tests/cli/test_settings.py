"""`gazetteer settings`."""

import json
from dataclasses import fields

from click.testing import CliRunner

from gazetteer.cli.main import main
from gazetteer.cli.settings import shown
from gazetteer.settings import Settings


def listed(*options: str) -> str:
    """What the command prints."""
    result = CliRunner().invoke(main, ["settings", *options], env={"GAZETTEER_PORT": "5001"})
    assert result.exit_code == 0
    return result.stdout


def test_every_setting_is_listed_with_its_help_default_and_value():
    """The list is the settings themselves."""
    rows = {row["name"]: row for row in json.loads(listed("--json"))}

    assert len(rows) == len(fields(Settings))
    assert rows["GAZETTEER_PORT"] == {
        "name": "GAZETTEER_PORT",
        "default": "5000",
        "value": "5001",
        "help": "The port to serve on.",
    }


def test_the_table_lists_them_too():
    """For people."""
    table = listed()

    assert all(f"GAZETTEER_{setting.name.upper()}" in table for setting in fields(Settings))


def test_a_password_is_not_shown():
    """Terminals are looked over shoulders and copied into reports."""
    assert shown("postgresql+psycopg://me:secret@db/names") == "postgresql+psycopg://me:***@db/names"
    assert shown("postgresql+psycopg://me:s@cr:et@db/names") == "postgresql+psycopg://me:***@db/names"
    assert shown("postgresql+psycopg://me@db/names") == "postgresql+psycopg://me@db/names"
    assert shown("sqlite:///var/a@b:c.db") == "sqlite:///var/a@b:c.db"
