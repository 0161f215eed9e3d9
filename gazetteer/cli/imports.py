"""`gazetteer import`: other people's gazetteers into the database."""

import click


@click.group("import")
def imports() -> None:
    """Load records from files of other gazetteers."""


@imports.command()
def geonames() -> None:
    """Load GeoNames dumps."""
