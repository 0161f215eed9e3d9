"""`gazetteer normalise`: a file of names, through the same service as `POST /v1/normalise`."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from gazetteer.cli.installation import open_snapshot, read_settings
from gazetteer.cli.terminal import progress, say
from gazetteer.services.bulk.items import COLUMNS

if TYPE_CHECKING:
    from gazetteer.services.bulk.answer import Answer, Many

Command = Callable[..., Any]

CSV, NDJSON = "csv", "ndjson"
ENDINGS = {".ndjson": NDJSON, ".jsonl": NDJSON}  # every other one is a table
WHAT = {
    "country": "country; it binds",
    "within": "district or province it lies in; evidence",
    "lat": "latitude; evidence",
    "lon": "longitude",
    "radius_km": "radius around the point",
    "kind": "kind; it binds",
    "type": "type; it binds",
    "as_of": "day the name was used",
}


def context_options(command: Command) -> Command:
    """For each field of the context a column, and a value for the rows that have none of their own."""
    for field in reversed(COLUMNS):
        option = f"--{field.replace('_', '-')}"
        command = click.option(option, metavar="VALUE", help="The same for rows without one.")(command)
        command = click.option(f"{option}-column", metavar="COLUMN", help=f"Column of the {WHAT[field]}.")(command)
    return command


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--column", metavar="COLUMN", help="Column of the names (CSV).")
@context_options
@click.option("--strict", is_flag=True, help="Let the district or province and the point bind as well.")
@click.option("--delimiter", help="What separates the cells, or tab; found out when not given.")
@click.option("--overwrite", is_flag=True, help="Replace the columns of an earlier run.")
@click.option("--format", "form", type=click.Choice([CSV, NDJSON]), help="By the file's ending when not given.")
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="OUT", help="Write there, when all is done.")
@click.option("--snapshot", type=click.Path(path_type=Path), metavar="DIR", help="Ask this snapshot, not the current.")
def normalise(file: str, form: str | None, output: Path | None, snapshot: Path | None, **given: Any) -> None:
    """Find the record for every name of FILE (- for stdin).

    A CSV comes back with every cell as it was and the columns gz_decision, gz_score, gz_id … gz_reason appended.
    Each line of NDJSON is an item such as {"key": 1, "name": "Hawijah", "country": "IQ"}; a result comes back for each.
    A row that cannot be read answers for itself, and makes the exit code 1.

    \b
      gazetteer normalise reports.csv --column place --country-column country -o out.csv
      gazetteer normalise items.ndjson > results.ndjson
      cut -f 3 log.tsv | gazetteer normalise - --column place | head
    """
    form = form or ENDINGS.get(Path(file).suffix.lower(), CSV)
    check_options(form, given)
    resolver = open_snapshot(read_settings(), snapshot)
    with cast(BinaryIO, click.open_file(file, "rb")) as source:
        answer = ask(form, source, given, resolver)
        with written(output) as out:
            copy(answer, source, out, size=os.path.getsize(file) if os.path.isfile(file) else None)
    say(report(answer))
    if answer.summary["error"]:
        raise click.exceptions.Exit(1)


def check_options(form: str, given: dict[str, Any]) -> None:
    """A table needs the column of its names; items bring their own names and have no columns."""
    if form == CSV and not given["column"]:
        raise click.UsageError("A CSV needs --column: the column the names are in.")
    if form == NDJSON and any(given.values()):
        option = next(name for name, value in given.items() if value)
        raise click.UsageError(f"--{option.replace('_', '-')} is for CSV; the items of NDJSON carry their own fields.")


def ask(form: str, source: BinaryIO, given: dict[str, Any], resolver: Any) -> "Answer":
    """The answer on its way; raises here where the file cannot be read as a whole."""
    from gazetteer.services import resolve
    from gazetteer.services.bulk import ndjson, tables
    from gazetteer.services.bulk.layout import Layout

    if form == NDJSON:
        return ndjson.normalise(source, partial(resolve.many, resolver, limit=1), limit=1)
    many: Many = resolve.for_tables(resolver)
    columns = {field: given[f"{field}_column"] for field in COLUMNS if given[f"{field}_column"] is not None}
    defaults = {field: given[field] for field in COLUMNS if given[field] is not None}
    if given["strict"]:
        defaults["strict"] = "true"
    layout = Layout(
        columns={"name": given["column"], **columns},
        defaults=defaults,
        delimiter=given["delimiter"],
        overwrite=given["overwrite"],
    )
    return tables.normalise(source, layout, many)


@contextmanager
def written(path: Path | None) -> Iterator[BinaryIO]:
    """Where the answer goes: stdout, or a file that appears, or is replaced, only when all is written.

    What is no regular file (a terminal, a pipe, /dev/null) is written to as it is.
    """
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = path.resolve()
    if path.exists() and not path.is_file():
        with path.open("wb") as direct:
            yield direct
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as out:
            yield out
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def copy(answer: "Answer", source: BinaryIO, out: BinaryIO, size: int | None) -> None:
    """Write the answer as it comes, with a bar that goes by the bytes read of the source where its size is known."""
    with progress("Normalising") as bar:
        for chunk in answer:
            out.write(chunk)
            if bar is not None:
                rows = answer.summary.total()
                bar(source.tell() if size else rows, size, f"{rows:,} rows")


def report(answer: "Answer") -> str:
    """How the rows were decided, in one line."""
    counts = ", ".join(f"{count:,} {decision}" for decision, count in answer.summary.items())
    return f"{answer.summary.total():,} rows: {counts}."
