"""`gazetteer settings`: every setting with its help, its default and its value now."""

import json
from dataclasses import fields
from typing import Any

import click

from gazetteer.cli.installation import read_settings
from gazetteer.cli.terminal import table
from gazetteer.settings import PREFIX, Settings


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, one object per setting.")
def settings(as_json: bool) -> None:
    """List all settings and their values now.

    Every setting is an environment variable; a wrong value stops any command with one line that says which.

    \b
      gazetteer settings --json
      GAZETTEER_PORT=8000 gazetteer serve
      GAZETTEER_DATABASE_URL=postgresql+psycopg://gazetteer@db/gazetteer gazetteer db upgrade
    """
    rows = [row(spec, getattr(read_settings(), spec.name)) for spec in fields(Settings)]
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        table(("setting", "default", "now", "help"), [tuple(each.values()) for each in rows], lines=True)


def row(spec: Any, value: Any) -> dict[str, str]:
    """One setting in words; a password in a URL is not shown."""
    return {
        "name": PREFIX + spec.name.upper(),
        "default": shown(spec.default),
        "value": shown(value),
        "help": spec.metadata["help"],
    }


def shown(value: Any) -> str:
    """The value as text, without the password of a URL."""
    text = str(value)
    head, at, tail = text.rpartition("@")
    scheme, slashes, user = head.partition("://")
    if not at or not slashes or ":" not in user:
        return text
    return f"{scheme}://{user.partition(':')[0]}:***@{tail}"
