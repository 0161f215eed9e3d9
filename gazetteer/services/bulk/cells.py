"""The cells a CSV answer appends, and how they are written."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from gazetteer.errors import GazetteerError
from gazetteer.matching.types import Result
from gazetteer.services.outcome import outcome_of

NEWLINES = "\r\n"

# What a spreadsheet runs, or reads past to something it runs, at the start of a cell (OWASP, "CSV Injection").
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Quoted whatever the delimiter of the file: a spreadsheet that expects another would split the cell and run a part.
QUOTED = '",;|\t\r\n'


def outcome_cells(answer: Result | GazetteerError) -> list[str]:
    """The appended cells, in their order, as plain text; the numbers stay numbers."""
    outcome = outcome_of(answer)
    return [
        outcome.decision,
        "" if outcome.score is None else f"{outcome.score:.4f}",
        outcome.id or "",
        harmless(outcome.name or ""),
        outcome.country or "",
        harmless(outcome.admin1 or ""),
        "" if outcome.lat is None else repr(outcome.lat),
        "" if outcome.lon is None else repr(outcome.lon),
        harmless(outcome.geonames or ""),
        harmless(outcome.alternatives or ""),
        harmless(outcome.reason),
    ]


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(RUNS) else text


def appended(cells: Iterable[str], delimiter: str) -> str:
    """Cells as they are put behind a record, the first delimiter included; in quotes where they need them."""
    needs_quotes = special(delimiter)
    return delimiter + delimiter.join([quoted(cell) if needs_quotes(cell) else cell for cell in cells])


@cache
def special(delimiter: str) -> Callable[[str], object]:
    """A function that finds what makes a cell need quotes."""
    return re.compile(f"[{re.escape(QUOTED + delimiter)}]").search


def quoted(cell: str) -> str:
    """A cell in quotes."""
    return '"' + cell.replace('"', '""') + '"'


def written(cells: Sequence[str], delimiter: str) -> str:
    """A whole record written anew, without a line end."""
    line = io.StringIO(newline="")
    # The writer quotes the line ends it is told of, and no others.
    csv.writer(line, delimiter=delimiter, lineterminator=NEWLINES).writerow(cells)
    return line.getvalue().removesuffix(NEWLINES)
