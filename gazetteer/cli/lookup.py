"""`gazetteer lookup`: one name, to be read by a person or as JSON."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gazetteer.cli.context import context, query, snapshot_option
from gazetteer.cli.explanation import print_candidate, print_lead, print_reading
from gazetteer.cli.installation import open_snapshot, read_settings
from gazetteer.cli.terminal import print_json, table

if TYPE_CHECKING:
    from gazetteer.matching.types import Candidate, Result

HEADERS = ("score", "name", "type", "country", "admin1", "lat, lon", "matched name", "geonames", "id")


@click.command()
@click.argument("name")
@context
@click.option("--limit", type=int, default=5, show_default=True, help="Candidates to show.")
@click.option("--explain", is_flag=True, help="Say what it was read as, what each piece of evidence added, and why.")
@click.option("--json", "as_json", is_flag=True, help="As the JSON that GET /v1/lookup answers.")
@snapshot_option
def lookup(limit: int, explain: bool, as_json: bool, snapshot: Path | None, **asked: Any) -> None:
    """Find the record that NAME means.

    \b
      gazetteer lookup Hawijah --country IQ
      gazetteer lookup 'دير الزور' --type admin1 --explain
      gazetteer lookup Haditha --lat 34.1 --lon 42.4 --json | jq .match.id

    The decision is `match`, `ambiguous` (several are as likely) or `none`; the candidates are what came nearest.
    A NAME that begins with a dash goes after `--`.
    """
    from gazetteer.services import answers, resolve

    result = resolve.one(open_snapshot(read_settings(), snapshot), query(**asked), limit=limit, explain=explain)
    if as_json:
        print_json(answers.result(result, explain=explain))
    else:
        print_result(result, explain=explain)


def print_result(result: "Result", *, explain: bool) -> None:
    """The decision and its reason, the candidates, and the evidence for each where it was asked for."""
    click.secho(result.decision.value, bold=True, nl=False)
    click.echo(f": {result.reason}")
    if result.candidates:
        table(HEADERS, [row(each) for each in result.candidates])
    if explain and result.reading:
        print_reading(result.reading)
        for each in result.candidates:
            print_candidate(each)
        if result.runner_up:
            print_lead(result.runner_up)


def row(found: "Candidate") -> tuple[str, ...]:
    """A candidate as cells."""
    name = found.matched_name
    about = ", ".join(filter(None, (name.language, name.role, name.source)))
    return (
        f"{found.score:.3f}",
        found.name,
        found.type or found.kind,
        found.country or "",
        found.admin1 or "",
        "" if found.lat is None or found.lon is None else f"{found.lat:.3f}, {found.lon:.3f}",
        f"{name.text} ({about})",
        found.identifiers.get("geonames", ""),
        found.id,
    )
