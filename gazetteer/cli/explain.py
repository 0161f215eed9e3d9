"""`gazetteer explain`: why a name means a record, or why not; `gazetteer features`: what is looked at."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gazetteer.cli.context import context, query, snapshot_option
from gazetteer.cli.explanation import print_candidate, print_lead, print_reading
from gazetteer.cli.installation import open_sessions, open_snapshot, read_settings
from gazetteer.cli.terminal import print_json, say
from gazetteer.errors import Merged
from gazetteer.settings import Settings

if TYPE_CHECKING:
    from gazetteer.services.explain import Explained


@click.command()
@click.argument("name")
@click.argument("entity")
@context
@click.option("--json", "as_json", is_flag=True, help="As the JSON that GET /v1/explain answers.")
@snapshot_option
def explain(entity: str, as_json: bool, snapshot: Path | None, **asked: Any) -> None:
    """Say why NAME means the record with the id ENTITY, or why it does not.

    \b
      gazetteer explain Hawijah s5gds5uyoqbqw5co --country IQ
      gazetteer explain 'Tal Abyad' 7lndmocv74urlih2 --json | jq .verdict

    The record is compared with NAME whether it is among the candidates or not, and whatever of the context shuts it
    out. The id of a record that was merged leads to the one it lives on in.
    """
    from gazetteer.services import answers

    why = explained(entity, snapshot, asked)
    if as_json:
        print_json(answers.explained(why))
    else:
        print_explained(why)


def explained(entity: str, snapshot: Path | None, asked: dict[str, Any]) -> "Explained":
    """The explanation for the record of this id, or for the one that it lives on in."""
    from gazetteer.services.explain import one

    settings = read_settings()
    resolver = open_snapshot(settings, snapshot)
    try:
        return one(resolver, query(**asked), entity, partial(in_database, settings))
    except Merged as error:
        say(error.message)
        return one(resolver, query(**asked), error.survivor)


def in_database(settings: Settings, id: str) -> object:
    """The record of this id in the database, NotFound where it has none; Merged where it lives on in another."""
    from gazetteer.services import entities

    return entities.get(open_sessions(settings), id)


def print_explained(why: "Explained") -> None:
    """The verdict, what the name was read as, and the evidence."""
    click.echo(why.verdict)
    if why.answer.reading:
        print_reading(why.answer.reading)
    if why.candidate:
        print_candidate(why.candidate)
    if why.rank != 1 and why.answer.candidates:
        print_candidate(why.answer.candidates[0])
    if why.lead:
        print_lead(why.lead)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As the JSON that GET /v1/features answers.")
def features(as_json: bool) -> None:
    """List the features of the algorithm: what each looks at, and what it weighs.

    A feature adds its weight times (value less neutral) to the log-odds of a candidate, and nothing where it has no
    evidence. The first weight counts where the query's country is known, the second where it is not.

    \b
      gazetteer features
      gazetteer features --json | jq -r '.features[].name'
    """
    from gazetteer.services import algorithm

    listed = algorithm.features()
    if as_json:
        print_json({"features": listed})
        return
    for each in listed:
        click.secho(each.name, bold=True, nl=False)
        weights = f"{each.weight:+g} and {each.weight_anywhere:+g}"
        click.echo(f"  weights {weights}, neutral {each.neutral:g}, {', '.join(each.kinds)}")
        click.echo("".join(f"  {line}\n" for line in each.documentation.splitlines()))
