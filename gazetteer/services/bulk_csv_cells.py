"""The cells a CSV answer appends, and how they are written."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from gazetteer.errors import GazetteerError
from gazetteer.matching.types import Candidate, Result
from gazetteer.services.wording import led

APPENDED = (
    "gz_decision",
    "gz_score",
    "gz_id",
    "gz_name",
    "gz_country",
    "gz_admin1",
    "gz_lat",
    "gz_lon",
    "gz_geonames",
    "gz_alternatives",
    "gz_reason",
)
RIVALS = 3
NEWLINES = "\r\n"

# What a spreadsheet runs, or reads past to something it runs, at the start of a cell (OWASP, "CSV Injection").
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Quoted whatever the delimiter of the file: a spreadsheet that expects another would split the cell and run a part.
QUOTED = '",;|\t\r\n'


def outcome_cells(outcome: Result | GazetteerError) -> list[str]:
    """The appended cells, in their order, as plain text."""
    if isinstance(outcome, GazetteerError):
        return error_cells(outcome)
    score = "" if outcome.score is None else f"{outcome.score:.4f}"
    match = outcome.match
    rivals = outcome.candidates[1 if match else 0 :][:RIVALS]
    return [
        outcome.decision.value,
        score,
        *(match_cells(match) if match else [""] * 7),
        harmless("; ".join(rival(each) for each in rivals)),
        harmless(outcome.reason),
    ]


def error_cells(fault: GazetteerError) -> list[str]:
    """The appended cells of a row that could not be answered."""
    return ["error", *[""] * 9, harmless(led(fault.message, fault.field))]


def match_cells(match: Candidate) -> list[str]:
    """From `gz_id` to `gz_geonames`; the numbers stay numbers."""
    return [
        match.id,
        harmless(match.name),
        match.country or "",
        harmless(match.admin1 or ""),
        "" if match.lat is None else repr(match.lat),
        "" if match.lon is None else repr(match.lon),
        harmless(match.identifiers.get("geonames", "")),
    ]


def rival(candidate: Candidate) -> str:
    """A candidate in readable form: `Tal Afar (settlement, Nineveh, IQ) 0.41 [id]`."""
    about = ", ".join(each for each in (candidate.type or candidate.kind, candidate.admin1, candidate.country) if each)
    return f"{candidate.name} ({about}) {candidate.score:.2f} [{candidate.id}]"


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


def decision_of(outcome: Result | GazetteerError) -> str:
    """The decision, `error` among them."""
    return outcome.decision.value if isinstance(outcome, Result) else "error"
