"""`gazetteer seed`: the seeds into the database, and a new index."""

import click

from gazetteer.cli.index import refresh_snapshot
from gazetteer.cli.installation import open_sessions, read_settings, seeds_folder
from gazetteer.cli.loaded import tell
from gazetteer.cli.terminal import progress


@click.command()
@click.option("--no-index", is_flag=True, help="Leave the snapshot as it is.")
@click.option("--if-changed", is_flag=True, help="Read nothing where the seeds are those that were loaded last.")
def seed(no_index: bool, if_changed: bool) -> None:
    """Load or refresh the seeds, then the index.

    The seeds are the curated records of `seeds/`, the world's countries, their subdivisions, and 234,908 cities.
    Loading them again changes nothing, and says so.

    \b
      gazetteer seed
    """
    from gazetteer.services.seed import seed

    settings = read_settings()
    sessions = open_sessions(settings)
    with progress("Seeding") as bar:
        more = (lambda _, rows: bar.more(rows)) if bar else None
        reports = seed(sessions, seeds_folder(), if_changed=if_changed, progress=more)
    for report in reports:
        tell(report)
    if not no_index:
        refresh_snapshot(settings, sessions)
