"""The table of a CSV: its delimiter found, its header read and judged; a bad row is the row's own affair."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from gazetteer.errors import InvalidInput, Unreadable
from gazetteer.services.bulk.cells import NEWLINES, written
from gazetteer.services.bulk.records import Record, is_text, lines_of, records
from gazetteer.services.outcome import APPENDED
from gazetteer.services.wording import shown

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD = 64 * 1024
SPELT_OUT = {"tab": "\t"}
DELIMITERS = (",", ";", "\t", "|")
BOM = b"\xef\xbb\xbf"
OTHER_ENCODINGS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"\x00\x00\xfe\xff": "UTF-32"}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in the table the queries are.

    `columns` maps a field of the query to the header of its column, `name` among them; `defaults` are the values of
    fields for rows that have none of their own. A `delimiter` of None is found out; `tab`, which is awkward to write in
    an address or a shell, may be spelt out.
    """

    columns: Mapping[str, str]
    defaults: Mapping[str, str] = field(default_factory=dict)
    delimiter: str | None = None
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header has been read, and the rows still to come.

    `columns` maps a field of the query to the place of its cell; `old` are the places of
    earlier answers, to be dropped.
    """

    layout: Layout
    bom: bytes
    delimiter: str
    header: Record
    columns: dict[str, int]
    old: frozenset[int]
    rows: Iterator[Record]

    @property
    def width(self) -> int:
        """How many cells a row should have."""
        return len(self.header.cells)

    @property
    def plain(self) -> bool:
        """The rows are sent back as they came, with answers behind them."""
        return not self.old

    def followed(self, row: Record, answer: str) -> str:
        """A row as it came, less earlier answers, with the text of its new ones behind it."""
        body = row.raw.rstrip(NEWLINES)
        end = row.raw[len(body) :]
        missing = self.width - len(row.cells)
        if self.old:
            cells = row.cells + [""] * missing
            kept = [cell for at, cell in enumerate(cells) if at not in self.old]
            return written(kept, self.delimiter) + answer + end
        return f"{body}{self.delimiter * missing}{answer}{end}"


def read(stream: BinaryIO, layout: Layout) -> Table:
    """The table of a stream; raises where it cannot be read as a whole. Its rows are read as they are taken."""
    given = given_delimiter(layout)
    head = stream.read(HEAD)
    text = readable(head)
    bom = BOM if head.startswith(BOM) else b""
    delimiter = given or found_delimiter(text, set(layout.columns.values()))
    rows = records(lines_of(io.BufferedReader(Rejoined(head[len(bom) :], stream), HEAD)), delimiter)
    header = judged(next(rows))
    columns = {asked: column(header.cells, named, asked) for asked, named in layout.columns.items()}
    return Table(layout, bom, delimiter, header, columns, earlier(header.cells, layout.overwrite), rows)


class Rejoined(io.RawIOBase):
    """A stream with what was read from it put back in front; the stream is not closed with it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self.head = head
        self.rest = rest

    def readable(self) -> bool:
        """It can only be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """The next bytes."""
        room = memoryview(buffer).cast("B")
        data, self.head = self.head[: len(room)], self.head[len(room) :]
        data = data or self.rest.read(len(room))
        room[: len(data)] = data
        return len(data)


def readable(head: bytes) -> str:
    """The first bytes of the table as text, or why it is none. What is no UTF-8 in them is for the rows to say."""
    for mark, encoding in OTHER_ENCODINGS.items():
        if head.startswith(mark):
            raise Unreadable(f"the table is {encoding}; send it as UTF-8", field="body")
    text = head.removeprefix(BOM).decode(errors="surrogateescape")
    if not text.strip():
        raise Unreadable("the table is empty: a header line is expected", field="body")
    return text


def judged(header: Record) -> Record:
    """The header, which must be text: without it no row can be read, and what is no table shows itself here."""
    if header.error:
        raise Unreadable(f"the header cannot be read: {header.error.message}", field="body")
    if not is_text(header.raw):
        raise Unreadable("the header is not UTF-8: is this a table in another encoding?", field="body")
    if "\0" in header.raw:
        raise Unreadable("the header holds NUL: this is no CSV in UTF-8", field="body")
    return header


def given_delimiter(layout: Layout) -> str | None:
    """The delimiter that was named, if one was; it must be told from what it parts."""
    if layout.delimiter is None:
        return None
    one = SPELT_OUT.get(layout.delimiter, layout.delimiter)
    if len(one) != 1 or not (one == "\t" or one.isprintable()) or one.isalnum() or one in '" ':
        raise InvalidInput("delimiter must be one character, neither letter, digit, space nor quote", field="delimiter")
    return one


def found_delimiter(head: str, wanted: set[str]) -> str:
    """The delimiter that splits the header into most cells, one that yields all the wanted columns first."""

    def fitness(delimiter: str) -> tuple[bool, int]:
        cells = next(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), [])
        return wanted <= set(cells), len(cells)

    return max(DELIMITERS, key=fitness)


def earlier(header: Sequence[str], overwrite: bool) -> frozenset[int]:
    """Where earlier answers are; they must be asked to be overwritten."""
    old = frozenset(at for at, cell in enumerate(header) if cell in APPENDED)
    if old and not overwrite:
        there = ", ".join(header[at] for at in sorted(old))
        raise InvalidInput(f"the table already has {there}; overwrite=true replaces them", field="overwrite")
    return old


def column(header: Sequence[str], named: str, asked: str) -> int:
    """Where a column is; it must be there, once."""
    parameter = "column" if asked == "name" else f"{asked}_column"
    if header.count(named) == 1:
        return header.index(named)
    if named in header:
        raise InvalidInput(f"{header.count(named)} columns are called {shown(named)}", field=parameter)
    there = ", ".join(shown(cell) for cell in header[:20])
    raise InvalidInput(f"there is no column {shown(named)}; there are: {there}", field=parameter)
