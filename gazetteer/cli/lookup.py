"""`gazetteer lookup`: one name, to be read by a person or as JSON."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gazetteer.cli.installation import open_snapshot, read_settings
from gazetteer.cli.terminal import table
from gazetteer.matching.types import Kind, Query

if TYPE_CHECKING:
    from gazetteer.matching.types import Candidate, Contribution, Result

HEADERS = ("score", "name", "type", "country", "admin1", "lat, lon", "matched name", "geonames", "id")


@click.command()
@click.argument("name")
@click.option("--country", help="ISO 3166-1 code or a country's name; binds.")
@click.option("--within", help="Id or name of the district, province or country it lies in; evidence.")
@click.option("--lat", type=float, help="Latitude near which it lies, WGS 84; evidence.")
@click.option("--lon", type=float, help="Longitude, with --lat.")
@click.option("--radius-km", type=float, help="How near.")
@click.option("--strict", is_flag=True, help="Let --within and the point bind as well.")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="What sort of thing it is; binds.")
@click.option("--type", help="Type of a place or facility, such as settlement, river, camp; binds.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day the name was used.")
@click.option("--limit", type=int, default=5, show_default=True, help="Candidates to show.")
@click.option("--explain", is_flag=True, help="Say what each piece of evidence added to the score.")
@click.option("--json", "as_json", is_flag=True, help="As the JSON that GET /v1/lookup answers.")
@click.option(
    "--snapshot", type=click.Path(path_type=Path), metavar="DIR", help="Snapshot to ask instead of the current."
)
def lookup(
    limit: int, explain: bool, as_json: bool, snapshot: Path | None, as_of: datetime | None, **asked: Any
) -> None:
    """Find the record that NAME means.

    \b
      gazetteer lookup Hawijah --country IQ
      gazetteer lookup 'دير الزور' --type admin1 --explain
      gazetteer lookup Haditha --lat 34.1 --lon 42.4 --json | jq .match.id

    The decision is `match`, `ambiguous` (several are as likely) or `none`; the candidates are what came nearest.
    A NAME that begins with a dash goes after `--`.
    """
    from gazetteer.services import answers, resolve

    query = Query(**asked, as_of=as_of.date() if as_of else None)
    result = resolve.one(open_snapshot(read_settings(), snapshot), query, limit=limit, explain=explain)
    if as_json:
        print_json(answers.result(result, explain=explain))
    else:
        print_result(result, explain=explain)


def print_json(answer: dict[str, Any]) -> None:
    """The answer on one line, as UTF-8 whatever the terminal's locale."""
    import orjson

    click.echo(orjson.dumps(answer))


def print_result(result: "Result", *, explain: bool) -> None:
    """The decision and its reason, the candidates, and the evidence for each where it was asked for."""
    click.secho(result.decision.value, bold=True, nl=False)
    click.echo(f": {result.reason}")
    if result.candidates:
        table(HEADERS, [row(each) for each in result.candidates])
    if explain:
        for each in result.candidates:
            click.echo(f"{each.name} ({each.id}) {each.score:.3f}")
            told = [evidence(part) for part in each.explanation if part.value is not None]
            table(("evidence", "value", "added", "because"), told)


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


def evidence(part: "Contribution") -> tuple[str, ...]:
    """A contribution as cells."""
    return part.feature, f"{part.value:.3f}", f"{part.weight:+.2f}", part.because
