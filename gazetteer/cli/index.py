"""`gazetteer index`: the snapshot that lookups are answered from."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gazetteer.cli.installation import open_sessions, read_settings
from gazetteer.cli.terminal import progress, say, table
from gazetteer.errors import InvalidInput

if TYPE_CHECKING:
    from sqlalchemy.orm import Session, sessionmaker

    from gazetteer.services.indexing import BuildReport
    from gazetteer.settings import Settings

PATH = click.Path(path_type=Path)
WITHOUT = "Leave out the records with these GeoNames ids, one per line."
OUTPUT = "Write there instead, and leave the current snapshot alone."


@click.group()
def index() -> None:
    """Build, describe and check the snapshot.

    Lookups are answered from it. It is derived from the database, whole and immutable: a new one is built beside the
    old and put in its place in one step.
    """


@index.command()
@click.option("--without", type=PATH, metavar="IDS.txt", help=WITHOUT)
@click.option("--output", type=PATH, metavar="DIR", help=OUTPUT)
def build(without: Path | None, output: Path | None) -> None:
    """Build the snapshot from the database.

    Lookups are answered from it as soon as it is complete. Prints its folder.

    \b
      gazetteer index build
      gazetteer index build --without removed.txt --output var/held-out
    """
    left_out = read_ids(without) if without else frozenset[str]()
    settings = read_settings()
    report = build_snapshot(settings, open_sessions(settings), without=left_out, output=output)
    click.echo(report.path)


def build_snapshot(settings: "Settings", sessions: "sessionmaker[Session]", **given: Any) -> "BuildReport":
    """Build, with a bar, and say what came of it."""
    from gazetteer.services import indexing

    with progress("Building the index") as bar:
        report = indexing.build(sessions, settings.index, progress=bar, **given)
    say(
        f"Index of generation {report.generation}: {report.entities:,} entities, {report.names:,} names, "
        f"{report.bytes / 1e6:,.0f} MB, built in {report.seconds:.0f} s."
    )
    return report


def refresh_snapshot(settings: "Settings", sessions: "sessionmaker[Session]") -> None:
    """Build, unless the current snapshot holds just what the database does."""
    from gazetteer.services import indexing

    current = settings.index / "current"
    if indexing.is_current(sessions, current):
        say(f"The index of generation {indexing.info(current)['generation']} is current.")
    else:
        build_snapshot(settings, sessions)


def read_ids(path: Path) -> frozenset[str]:
    """GeoNames ids, one per line; empty lines and those that begin with # say nothing."""
    lines = [line.strip() for line in path.read_text("utf-8", errors="replace").splitlines()]
    found = frozenset(line for line in lines if line and not line.startswith("#"))
    for line in found:
        if not line.isdecimal():
            raise InvalidInput(f"{path}: {line!r} is not a GeoNames id", field="without")
    return found


@index.command()
@click.argument("path", type=PATH, required=False)
def info(path: Path | None) -> None:
    """Say what a snapshot holds: the one at PATH, else the current.

    \b
      gazetteer index info
    """
    from gazetteer.services import indexing

    about = indexing.info(path or read_settings().current)
    table(("what", "value"), [(name, str(value)) for name, value in about.items()])


@index.command()
@click.argument("path", type=PATH, required=False)
def verify(path: Path | None) -> None:
    """Check a snapshot against its checksums: the one at PATH, else the current.

    Each problem is a line on stdout, and makes the exit code 1.

    \b
      gazetteer index verify
    """
    from gazetteer.services import indexing

    path = path or read_settings().current
    problems = indexing.verify(path)
    for problem in problems:
        click.echo(problem)
    if problems:
        raise click.exceptions.Exit(1)
    say(f"{path} is sound.")
