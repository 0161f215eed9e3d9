"""`gazetteer evaluate`: how good the answers are, on labelled names."""

import click


@click.command()
def evaluate() -> None:
    """Measure the answers on labelled names."""
