"""`gazetteer normalise`: a file of names, through the same service as `POST /v1/normalise`."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from gazetteer.cli.installation import open_snapshot, read_settings
from gazetteer.cli.terminal import progress, say

if TYPE_CHECKING:
    from gazetteer.services.bulk import Answer, Many

CSV, NDJSON = "csv", "ndjson"
ENDINGS = {".ndjson": NDJSON, ".jsonl": NDJSON}  # every other one is a table


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option("--column", metavar="COLUMN", help="Column of the names (CSV).")
@click.option("--country-column", metavar="COLUMN", help="Column of the countries; they bind.")
@click.option("--within-column", metavar="COLUMN", help="Column of the districts or provinces; evidence.")
@click.option("--lat-column", metavar="COLUMN", help="Column of the latitudes; evidence.")
@click.option("--lon-column", metavar="COLUMN", help="Column of the longitudes.")
@click.option("--delimiter", help="What separates the cells; found out when not given.")
@click.option("--overwrite", is_flag=True, help="Replace the columns of an earlier run.")
@click.option("--format", "form", type=click.Choice([CSV, NDJSON]), help="By the file's ending when not given.")
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="OUT", help="Write there, when all is done.")
@click.option("--snapshot", type=click.Path(path_type=Path), metavar="DIR", help="Ask this snapshot, not the current.")
def normalise(file: BinaryIO, form: str | None, output: Path | None, snapshot: Path | None, **given: Any) -> None:
    """Find the record for every name of FILE (- for stdin).

    A CSV comes back with every cell as it was and the columns gz_decision, gz_score, gz_id … gz_reason appended.
    Each line of NDJSON is an item such as {"key": 1, "name": "Hawijah", "country": "IQ"}; a result comes back for each.
    A row that cannot be read answers for itself, and makes the exit code 1.

    \b
      gazetteer normalise reports.csv --column place --country-column country -o out.csv
      gazetteer normalise items.ndjson > results.ndjson
      cut -f 3 log.tsv | gazetteer normalise - --column place | head
    """
    form = form or ENDINGS.get(Path(file.name).suffix.lower(), CSV)
    check_options(form, given)
    resolver = open_snapshot(read_settings(), snapshot)
    answer = ask(form, file, given, resolver)
    with written(output) as out:
        copy(answer, file, out)
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


def ask(form: str, file: BinaryIO, given: dict[str, Any], resolver: Any) -> "Answer":
    """The answer on its way; raises here where the file cannot be read as a whole."""
    from gazetteer.services import bulk_csv, bulk_ndjson, resolve
    from gazetteer.services.bulk_csv_table import Layout

    if form == NDJSON:
        return bulk_ndjson.normalise(file, partial(resolve.many, resolver, limit=1), limit=1)
    many: Many = partial(resolve.many, resolver, limit=bulk_csv.CANDIDATES)
    columns = {"name": given["column"]}
    for field in ("country", "within", "lat", "lon"):
        if named := given[f"{field}_column"]:
            columns[field] = named
    layout = Layout(columns, delimiter=given["delimiter"], overwrite=given["overwrite"])
    return bulk_csv.normalise(file, layout, many)


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


def copy(answer: "Answer", source: BinaryIO, out: BinaryIO) -> None:
    """Write the answer as it comes, with a bar that goes by the bytes read of the source."""
    size = os.fstat(source.fileno()).st_size if source.seekable() else None
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
