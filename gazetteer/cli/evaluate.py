"""`gazetteer evaluate`: how good the answers are, on labelled names."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gazetteer.cli.installation import open_snapshot, read_settings
from gazetteer.cli.terminal import table

if TYPE_CHECKING:
    from gazetteer.services.evaluate import Measure

HEADERS = ("file", "context", "part", "rows", "R@1", "95 %", "R@10", "precision", "recall", "matched", "ambiguous")
CONTEXT = "What the queries say beside the name: none, country, country+within, country+point. May be given again."


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--context", "contexts", multiple=True, default=("country",), show_default=True, help=CONTEXT)
@click.option("--json", "as_json", is_flag=True, help="As JSON, with every row that went wrong.")
@click.option("--snapshot", type=click.Path(path_type=Path), metavar="DIR", help="Ask this snapshot, not the current.")
def evaluate(files: tuple[Path, ...], contexts: tuple[str, ...], as_json: bool, snapshot: Path | None) -> None:
    """Measure the answers on labelled names.

    Each line of FILES is a name and the GeoNames id it means, such as {"query": "Hawijah", "gn_id": 390188}, with
    country, admin1, lat and lon where they are known; "expected": "NIL" says that no record is meant.

    R@1 and R@10 say how often the right record is first, or among the first ten; precision how many of the matches
    are right, recall how many of the names are matched rightly.

    \b
      gazetteer evaluate cities.jsonl --context none --context country
      gazetteer evaluate cities.jsonl --json | jq '.[0].failures[:5]'
    """
    from gazetteer.services.evaluate import CONTEXTS, evaluate

    for context in contexts:
        if context not in CONTEXTS:
            raise click.BadParameter(f"{context!r} is not one of {', '.join(CONTEXTS)}.", param_hint="--context")
    measures = evaluate(open_snapshot(read_settings(), snapshot), files, contexts)
    if as_json:
        import orjson

        click.echo(orjson.dumps([measure.as_dict() for measure in measures]))
    else:
        table(HEADERS, [row(measure) for measure in measures])


def row(measure: "Measure") -> tuple[str, ...]:
    """A measure as cells; what cannot be said of it stays empty."""
    return (
        measure.file,
        measure.context,
        measure.part,
        f"{measure.rows:,}",
        share(measure.first),
        "–".join(share(bound) for bound in measure.first_interval or ()),
        share(measure.among),
        share(measure.precision),
        share(measure.recall),
        share(measure.matched),
        share(measure.ambiguous),
    )


def share(value: float | None) -> str:
    """A share of one, or nothing."""
    return "" if value is None else f"{value:.3f}"
