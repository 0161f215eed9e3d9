"""What a load did, in words."""

from typing import TYPE_CHECKING

import click

from gazetteer.cli.terminal import say

if TYPE_CHECKING:
    from gazetteer.services.load_run import Report

SHOWN = 10  # rejected rows said one by one


def tell(report: "Report") -> None:
    """The counts on stdout; the first of the rows that could not be used on stderr."""
    for each in report.rejections[:SHOWN]:
        say(f"{each.file or report.source}, line {each.row}: {each.reason}")
    if report.rejected > SHOWN:
        say(f"… and {report.rejected - SHOWN:,} more rows that cannot be used.")
    click.echo(f"{report.source}: {summary(report)}")


def summary(report: "Report") -> str:
    """The counts of one load, those of nought left out; a load that wrote nothing says so."""
    if report.skipped:
        return "not read, as it was loaded already"
    counts = {name: count for name, count in report.counts().items() if count and name != "read"}
    told = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counts.items())
    change = "" if report.changed else "; no row changed"
    return f"{report.read:,} records read" + (f": {told}" if told else "") + change
