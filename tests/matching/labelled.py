"""Labelled pairs of names (`tests/matching/cases/*.csv`): the same, not the same, or open."""

import csv
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "cases"
COLUMNS = ["group", "query", "name", "same", "why"]


class Case(NamedTuple):
    """A pair of names, whether they are one entity's ("yes", "no", "open"), and why."""

    group: str
    query: str
    name: str
    same: str
    why: str


def cases(file: str) -> list[Case]:
    """The pairs of a file, each once."""
    with (FOLDER / file).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    assert rows[0] == COLUMNS
    found = [Case(*row) for row in rows[1:]]
    assert {each.same for each in found} <= {"yes", "no", "open"}
    assert len({(each.query, each.name) for each in found}) == len(found)
    return found
