"""`gazetteer evaluate`: how good the answers are, on labelled names."""

from pathlib import Path
from typing import Any

import click

from gazetteer.cli.installation import open_snapshot, read_settings
from gazetteer.cli.terminal import progress

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
CONTEXTS = ("none", "country", "country+within", "country+point")
PEERS = ("rapidfuzz", "pg_trgm")


def listed(_context: click.Context, option: click.Parameter, value: str) -> tuple[str, ...]:
    """The peers of a list with commas."""
    names = tuple(name.strip() for name in value.split(",") if name.strip()) if value else ()
    for name in names:
        if name not in PEERS:
            raise click.BadParameter(f"{name!r} is not one of {', '.join(PEERS)}.", param=option)
    return names


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option(
    "--context",
    "contexts",
    multiple=True,
    type=click.Choice(CONTEXTS),
    default=("country",),
    show_default=True,
    help="What the queries say beside the name. May be given again.",
)
@click.option("--part", "parts", multiple=True, type=click.Choice(["seen", "unseen", "nil"]), help="Only these rows.")
@click.option("--by", multiple=True, type=click.Choice(["script", "language"]), help="Recall of each as well.")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="At most N rows of each part, the same every time.")
@click.option("--nil", type=FILE, metavar="FILE", help="Names of records left out of the snapshot, to be mixed in.")
@click.option("--compare", callback=listed, metavar="PEERS", help="Ask these too: rapidfuzz, pg_trgm.")
@click.option("--postgres-url", "postgres", metavar="URL", help="Server for pg_trgm, instead of a throw-away one.")
@click.option(
    "--failures", type=click.Path(path_type=Path), metavar="FILE", help="Write what went wrong as JSON lines."
)
@click.option("--json", "as_json", is_flag=True, help="All of it as JSON, with every row that went wrong.")
@click.option("--snapshot", type=click.Path(path_type=Path), metavar="DIR", help="Ask this snapshot, not the current.")
def evaluate(snapshot: Path | None, as_json: bool, failures: Path | None, **plan: Any) -> None:
    """Measure the answers on labelled names.

    Each line of FILES is a name and the GeoNames id it means, such as {"query": "Hawijah", "gn_id": 390188}, with
    country, admin1, lat and lon where they are known; "expected": "NIL" says that no record is meant.

    R@1, R@5 and R@10 say how often the right record is first, or among the first five or ten, with 95 % intervals;
    precision how many of the matches are right, recall how many of the names are matched rightly; the error of
    calibration how far scores are from the share that is right.

    With --nil, as many names of no record are mixed in, of the same countries. Their records are left out of a
    snapshot by `index build --without`.

    \b
      gazetteer evaluate cities.jsonl --context none --context country --by script
      gazetteer evaluate cities.jsonl --part unseen --sample 500 --compare rapidfuzz,pg_trgm
      gazetteer index build --without removed.txt --output var/held-out
      gazetteer evaluate cities.jsonl --nil nil.jsonl --snapshot var/held-out
    """
    from gazetteer.services.evaluate.report import Plan, evaluate

    resolver = open_snapshot(read_settings(), snapshot)
    with progress("Asking") as bar:
        report = evaluate(resolver, Plan(**plan), bar)
    if failures:
        write_lines(failures, report.failures)
    if as_json:
        import orjson

        click.echo(orjson.dumps(report))
    else:
        from gazetteer.cli.measures import show

        show(report)


def write_lines(path: Path, values: list[Any]) -> None:
    """Dataclasses, a line of JSON each."""
    import orjson

    path.write_bytes(b"".join(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE) for value in values))
