"""CSV: the same table back, every original cell as it came, with what we know of each row appended.

Rows are sent back in the text they came in. Only two are written anew, cell by cell: a row whose quote is
never closed, and all rows when old answers are overwritten. A row with more or fewer cells than the
header is an error of that row; it keeps its cells, and is filled up to the header's width. Blank lines stay blank.
"""

from collections import Counter, deque
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import replace
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import BinaryIO, NamedTuple

from gazetteer.errors import GazetteerError, InvalidInput, Unreadable
from gazetteer.services.bulk import layout as layouts
from gazetteer.services.bulk.answer import ENTRY, Answer, Many
from gazetteer.services.bulk.cells import NEWLINES, appended
from gazetteer.services.bulk.items import from_cells
from gazetteer.services.bulk.jobs import Cells, Job, Told, told
from gazetteer.services.bulk.lanes import Lanes, Result
from gazetteer.services.bulk.layout import Layout, Table
from gazetteer.services.bulk.records import Record, is_text
from gazetteer.services.bulk.store import Store
from gazetteer.services.outcome import APPENDED

BATCH_ROWS = 2000
BATCH_CHARACTERS = 2 * 1024**2
MEMORY = 8 * 1024**2  # bytes of answers that are in memory

COMING = Told("", "")  # stands for an answer that is on its way
TEXT = attrgetter("text")
DECISION = attrgetter("decision")

Asks = Cells | GazetteerError


class Ahead(NamedTuple):
    """A batch of rows whose answers are on their way."""

    rows: list[Record]
    asks: list[Asks]
    new: list[Cells]
    answers: Result
    known: dict[Cells, Told]
    old: dict[Cells, Told]


def normalise(
    stream: BinaryIO,
    layout: Layout,
    many: Many,
    *,
    lanes: Lanes | None = None,
    generation: int = 0,
    folder: Path | None = None,
) -> Answer:
    """The answer to a table; raises where it cannot be read as a whole, before the first row is worked.

    Parts of it are worked in `lanes`, where they are given, by the `generation` that `many` answers from; answers are
    kept in a file in `folder` for rows that come again.
    """
    from_cells({"name": "any", **layout.defaults})
    table = layouts.read(stream, layout)
    work = Work(table, many, lanes or Lanes(), generation, Store(folder))

    def chunks(summary: Counter[str]) -> Iterator[bytes]:
        yield table.bom + table.followed(table.header, appended(APPENDED, table.delimiter)).encode()
        with closing(work.store):
            for text in work.answered(summary):
                yield text.encode("utf-8", "surrogateescape")

    return Answer(chunks)


class Work:
    """The rows of a table worked, some batches ahead of what is read of the answer; equal rows are worked once.

    The last answers are in memory, those before in a file.
    """

    def __init__(self, table: Table, many: Many, lanes: Lanes, generation: int, store: Store) -> None:
        self.table = table
        self.many = many
        self.lanes = lanes
        self.job = Job(tuple(table.columns), dict(table.layout.defaults), table.delimiter, generation, ())
        self.known: dict[Cells, Told] = {}
        self.size = 0
        self.full: list[dict[Cells, Told]] = []
        self.store = store

    def answered(self, summary: Counter[str]) -> Iterator[str]:
        """The text of each batch with its answers."""
        width = self.lanes.width()
        most = 2 * width if width > 1 else 0
        ahead: deque[Ahead] = deque()
        for rows in batches(self.table.rows):
            self.put_away(ahead)
            ahead.append(self.begun(rows))
            if len(ahead) > most:
                yield self.finished(ahead.popleft(), summary)
        while ahead:
            yield self.finished(ahead.popleft(), summary)

    def put_away(self, ahead: Collection[Ahead]) -> None:
        """Put answers that are too many for the memory into the file, once no batch waits for any of them."""
        if self.size > MEMORY:
            self.full.append(self.known)
            self.known, self.size = {}, 0
        for known in [each for each in self.full if all(batch.known is not each for batch in ahead)]:
            self.store.add(known)
            self.full = [each for each in self.full if each is not known]

    def begun(self, rows: list[Record]) -> Ahead:
        """Begin a batch: what is not known yet, nor asked by a batch before, is given to a lane."""
        known = self.known
        asks = list(queries(self.table, [row for row in rows if row.cells]))
        unknown = [each for each in dict.fromkeys(asks) if isinstance(each, tuple) and each not in known]
        old = self.store.find(unknown)
        new = [each for each in unknown if each not in old]
        known.update(dict.fromkeys(new, COMING))
        answers = self.lanes.begin(replace(self.job, asked=new), self.many) if new else list
        return Ahead(rows, asks, new, answers, known, old)

    def finished(self, batch: Ahead, summary: Counter[str]) -> str:
        """Wait for the answers of a batch, and put them behind its rows; a blank line has none."""
        known, old = batch.known, batch.old
        answers = batch.answers()
        known.update(zip(batch.new, answers, strict=True))
        self.size += sum(map(len, map(TEXT, answers))) + len(answers) * ENTRY
        delimiter = self.table.delimiter
        said = [
            (known.get(each) or old[each]) if isinstance(each, tuple) else told(each, delimiter) for each in batch.asks
        ]
        summary.update(map(DECISION, said))
        return joined(self.table, batch.rows, list(map(TEXT, said)))


def joined(table: Table, rows: list[Record], answers: list[str]) -> str:
    """Rows with the text of their answers behind them."""
    if table.plain and len(rows) == len(answers):
        width = table.width
        return "".join(
            [
                f"{row.raw[:-1]}{answer}\n"
                if row.raw[-1] == "\n" and row.raw[-2:-1] not in NEWLINES and len(row.cells) == width
                else table.followed(row, answer)
                for row, answer in zip(rows, answers, strict=True)
            ]
        )
    texts = iter(answers)
    return "".join([table.followed(row, next(texts)) if row.cells else row.raw for row in rows])


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


def queries(table: Table, rows: list[Record]) -> Iterator[Asks]:
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
