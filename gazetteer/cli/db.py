"""`gazetteer db`: the database's schema, its health, its backup."""

from pathlib import Path

import click

from gazetteer.cli.installation import open_engine, read_settings
from gazetteer.cli.terminal import say


@click.group()
def db() -> None:
    """Make, check and back up the database.

    It is SQLite in the data folder unless GAZETTEER_DATABASE_URL names another (PostgreSQL in production).
    """


@db.command()
def upgrade() -> None:
    """Bring the schema up to this version, making the database if there is none. Safe to run again.

    \b
      gazetteer db upgrade
    """
    from gazetteer.db.engine import upgrade

    upgrade(read_settings().url)
    say("The schema is current.")


@db.command()
def check() -> None:
    """Check that the database can be reached, has this version's schema, and that its data are sound.

    Each problem is a line on stdout, and makes the exit code 1.

    \b
      gazetteer db check
    """
    from gazetteer.db.engine import caveat, check

    engine = open_engine(read_settings())
    if caution := caveat(engine):
        say(f"Note: {caution}.")
    problems = check(engine)
    for problem in problems:
        click.echo(problem)
    if problems:
        raise click.exceptions.Exit(1)
    say("The database is sound.")


@db.command()
@click.argument("out", type=click.Path(path_type=Path))
def backup(out: Path) -> None:
    """Copy the SQLite database to the file OUT, while it is in use. For PostgreSQL use pg_dump.

    \b
      gazetteer db backup backups/2026-11-21.db
    """
    from gazetteer.db.engine import backup

    backup(open_engine(read_settings()), out)
    click.echo(out)
