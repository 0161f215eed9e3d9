"""The options that commands about one name share: what may be known of it beside the name, and whom to ask."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from gazetteer.matching.types import Kind, Query

Command = Callable[..., None]

OPTIONS = (
    click.option("--country", help="ISO 3166-1 code or a country's name; binds."),
    click.option("--within", help="Id or name of the district, province or country it lies in; evidence."),
    click.option("--lat", type=float, help="Latitude near which it lies, WGS 84; evidence."),
    click.option("--lon", type=float, help="Longitude, with --lat."),
    click.option("--radius-km", type=float, help="How near."),
    click.option("--strict", is_flag=True, help="Let --within and the point bind as well."),
    click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="What sort of thing it is; binds."),
    click.option("--type", help="Type of a place or facility, such as settlement, river, camp; binds."),
    click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day the name was used."),
)
snapshot_option = click.option(
    "--snapshot", type=click.Path(path_type=Path), metavar="DIR", help="Snapshot to ask instead of the current."
)


def context(command: Command) -> Command:
    """Give a command the options of the context, in this order."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def query(name: str, as_of: datetime | None, **asked: Any) -> Query:
    """The query of a command's name and its options of the context."""
    return Query(name, **asked, as_of=as_of.date() if as_of else None)
