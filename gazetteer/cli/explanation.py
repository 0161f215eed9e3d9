"""Explanations as a person reads them: what was read, what each piece of evidence added, what made the difference."""

from typing import TYPE_CHECKING

import click

from gazetteer.cli.terminal import table

if TYPE_CHECKING:
    from gazetteer.matching.explanation import Lead, Reading
    from gazetteer.matching.types import Candidate, Contribution


def print_reading(read: "Reading") -> None:
    """What the query was read as."""
    click.echo(f"read as {read.core or 'nothing'} ({read.script}, romanised {read.romanised or 'to nothing'})")
    told = [f"{each.text}: {each.concept or each.role}" for each in read.words if each.role != "name"]
    told += [f"{each.text}: {each.taken_for}" for each in read.additions]
    if told:
        click.echo(f"  words    {', '.join(told)}")
    click.echo(f"  forms    {', '.join(f'{each.text} ({each.read_as})' for each in read.forms) or 'none'}")
    if read.country:
        click.echo(f"  country  {read.country}")
    if read.within is not None:
        click.echo(f"  within   {', '.join(f'{each.name} ({each.id})' for each in read.within)}")


def print_candidate(found: "Candidate") -> None:
    """The evidence for a candidate, and how it becomes the score."""
    click.echo(f"{found.name} ({found.id}) {found.score:.3f}")
    how = found.compared
    if how:
        held = "the same spelling" if how.known_spelling else f"{how.form} held against {how.core}"
        click.echo(f"  {found.matched_name.text}: {held}; {how.log_odds:+.2f} in log-odds, a share of {how.share:.3f}")
    told = [evidence(part) for part in found.explanation if part.value is not None]
    table(("evidence", "value", "added", "because"), told)


def print_lead(lead: "Lead") -> None:
    """What keeps one candidate behind another."""
    click.echo(lead.because)


def evidence(part: "Contribution") -> tuple[str, ...]:
    """A contribution as cells."""
    return part.feature, f"{part.value:.3f}", f"{part.weight:+.2f}", part.because
