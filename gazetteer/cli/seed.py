"""`gazetteer seed`: the seeds into the database, and a new index."""

import click


@click.command()
@click.option("--no-index", is_flag=True, help="Leave the snapshot as it is.")
@click.option("--if-changed", is_flag=True, help="Do nothing if the seeds are those that were loaded last.")
def seed(no_index: bool, if_changed: bool) -> None:
    """Load or refresh the seeds, then the index.

    The seeds are the curated records of `seeds/`, the world's countries, their subdivisions, and 234,908 cities.
    Loading them again changes nothing, and says so.

    \b
      gazetteer seed
    """
    raise NotImplementedError(no_index, if_changed)
