"""Edits of a gazetteer written down as rows, and the view that shows them."""

from dataclasses import replace

from gazetteer.index.build import ancestors, arrays_of
from gazetteer.index.overlay import Delta, Overlay
from gazetteer.index.rows import Rows
from gazetteer.index.snapshot import Snapshot
from gazetteer.index.view import View


def in_memory(rows: Rows) -> Snapshot:
    """A snapshot of rows."""
    made = arrays_of(rows)
    return Snapshot.of(made.arrays, made.lists, rows.generation)


def view(base: Snapshot, before: Rows, after: Rows) -> View:
    """The snapshot of the rows before, with what the rows after change over it."""
    delta = difference(before, after)
    return View(base, Overlay(base, delta), after.generation)


def difference(before: Rows, after: Rows) -> Delta:
    """What a reader of the history would find to have changed."""
    was, now = said(before), said(after)
    edited = {row for row in now if was.get(row) != now[row]}
    ids = {each.row: each.id for each in after.entities}
    units = {row: ranked(before, above(before, row)) for row in was}
    rows = replace(
        after,
        entities=[each for each in after.entities if each.row in edited],
        names=[each for each in after.names if each.row in edited],
        identifiers=[each for each in after.identifiers if each.row in edited],
        parents=[],
    )
    lists = {row: above(after, row) for row in now}
    return Delta(
        rows=rows,
        gone=[each.id for each in before.entities if each.id not in ids.values()],
        above={
            ids[row]: found for row, found in lists.items() if row in edited or units.get(row) != ranked(after, found)
        },
    )


def said(rows: Rows) -> dict[int, tuple]:
    """Everything that is said of each live record, but for the units that it lies in."""
    return {
        each.row: (
            each,
            frozenset(name for name in rows.names if name.row == each.row),
            frozenset(key for key in rows.identifiers if key.row == each.row),
        )
        for each in rows.entities
    }


def ranked(rows: Rows, units: list[str]) -> list[tuple[str, bool]]:
    """Units, with whether each is one of the first order."""
    first = {each.id for each in rows.entities if each.type == "admin1"}
    return [(each, each in first) for each in units]


def above(rows: Rows, row: int) -> list[str]:
    """The ids of the units that a record lies in, nearest first."""
    ids = {each.row: each.id for each in rows.entities}
    direct: dict[int, list[int]] = {}
    for each in rows.parents:
        if each.row in ids and each.parent in ids:
            direct.setdefault(each.row, []).append(each.parent)
    return [ids[each] for each in ancestors(row, direct)]
