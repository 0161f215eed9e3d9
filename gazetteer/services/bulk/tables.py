"""CSV: the same table back, every original cell as it came, with what we know of each row appended.

Rows are sent back in the text they came in. Only two are written anew, cell by cell: a row whose quote is
never closed, and all rows when old answers are overwritten. A row with more or fewer cells than the
header is an error of that row; it keeps its cells, and is filled up to the header's width. Blank lines stay blank.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import BinaryIO

from gazetteer.errors import GazetteerError, InvalidInput, Unreadable
from gazetteer.services.bulk import layout as layouts
from gazetteer.services.bulk.answer import Answer, Asked, Many, Memory, Said
from gazetteer.services.bulk.cells import appended, outcome_cells
from gazetteer.services.bulk.items import from_cells
from gazetteer.services.bulk.layout import Layout, Table
from gazetteer.services.bulk.records import Record, is_text
from gazetteer.services.outcome import APPENDED, decision_of

BATCH_ROWS = 2000
BATCH_CHARACTERS = 2 * 1024**2

# What a row asks: the cells its query is made of, or why it has none.
Cells = tuple[str, ...] | GazetteerError


def normalise(stream: BinaryIO, layout: Layout, many: Many) -> Answer:
    """The answer to a table; raises where it cannot be read as a whole, before the first row is worked."""
    from_cells({"name": "any", **layout.defaults})
    table = layouts.read(stream, layout)
    memory: Memory[Cells, str] = Memory(worker(table, many))

    def chunks(summary: Counter[str]) -> Iterator[bytes]:
        yield table.bom + table.followed(table.header, appended(APPENDED, table.delimiter)).encode()
        for batch in batches(table.rows):
            yield answered(table, batch, memory, summary).encode("utf-8", "surrogateescape")

    return Answer(chunks)


def worker(table: Table, many: Many) -> Callable[[list[Cells]], list[Said[str]]]:
    """What turns the cells of distinct queries into the text to append."""
    fields = tuple(table.columns)
    defaults = table.layout.defaults

    def query(cells: Cells) -> Asked:
        if isinstance(cells, GazetteerError):
            return cells
        own = {asked: cell for asked, cell in zip(fields, cells, strict=True) if asked == "name" or cell.strip()}
        try:
            return from_cells({**defaults, **own})
        except GazetteerError as error:
            return error

    def work(asked: list[Cells]) -> list[Said[str]]:
        outcomes = many([query(cells) for cells in asked])
        return [
            Said(
                decision_of(outcome),
                appended(outcome_cells(outcome), table.delimiter),
            )
            for outcome in outcomes
        ]

    return work


def batches(rows: Iterator[Record]) -> Iterator[list[Record]]:
    """Rows in batches, cut early where they are long."""
    batch: list[Record] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += len(row.raw)
        if len(batch) >= BATCH_ROWS or size > BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def answered(table: Table, batch: list[Record], memory: Memory[Cells, str], summary: Counter[str]) -> str:
    """A batch of rows with their answers; a blank line has none."""
    weight = sum(len(row.raw) for row in batch)
    said = memory.answers(list(queries(table, [row for row in batch if row.cells])), weight)
    summary.update(each.decision for each in said)
    texts = (each.text for each in said)
    return "".join([table.followed(row, next(texts)) if row.cells else row.raw for row in batch])


def queries(table: Table, rows: list[Record]) -> Iterator[Cells]:
    """What each row asks, as cells, or why it asks nothing."""
    pick = cells_at(list(table.columns.values()))
    width = table.width
    damaged = not is_text("".join([row.raw for row in rows]))
    for row in rows:
        if row.error:
            yield row.error
        elif len(row.cells) != width:
            yield InvalidInput(f"the row has {len(row.cells)} cells, the header {width}")
        elif damaged and not is_text(row.raw):
            yield Unreadable("the row is not UTF-8")
        else:
            yield pick(row.cells)


def cells_at(places: list[int]) -> Callable[[list[str]], tuple[str, ...]]:
    """A function that picks cells; `itemgetter` does it fastest, but gives one cell bare."""
    if len(places) > 1:
        return itemgetter(*places)
    (only,) = places
    return lambda cells: (cells[only],)
