"""CSV records, each with the very text it was written in.

Python's reader takes lines as it needs them; keeping the lines it took gives the text of each record, so it
can be sent back byte for byte: its quoting, its line ends, its embedded newlines.

A quote that is opened and never closed would swallow all rows after it. So a record that runs over lines
and breaks off, or is longer than a record may be, is taken for one bad line, and the lines after it are
read afresh.
"""

import csv
import io
from collections import deque
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, NamedTuple

from gazetteer.errors import InvalidInput, LimitExceeded, Unreadable
from gazetteer.services.bulk.cells import NEWLINES, written

# Characters of one line; a line beyond it is no row of a table, and is not held in memory.
LINE = 4 * 1024**2
# Characters of one record that runs over lines.
RECORD = 1024**2
# Characters read afresh after bad lines, in all. Beyond it the lines of a bad record are read one by one,
# so that a file of nothing but opened quotes is still read in linear time.
PATIENCE = 64 * 1024**2
# Lines read at once.
TOGETHER = 500

# It holds for the whole process; the limits above are tighter, and are the ones that count.
csv.field_size_limit(LINE)


class Record(NamedTuple):
    """A record: its text with its line end, its cells, and why it cannot be used, if it cannot."""

    raw: str
    cells: list[str]
    error: InvalidInput | None = None


def lines_of(stream: BinaryIO) -> Iterator[str]:
    """Lines with their ends (LF, CRLF or CR); bytes that are not UTF-8 are kept as lone surrogates."""
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="surrogateescape", newline="")
    for line in iter(partial(text.readline, LINE), ""):
        if len(line) == LINE and line[-1] not in NEWLINES:
            raise LimitExceeded(f"a line is longer than {LINE} characters: this is no table")
        yield line


def is_text(text: str) -> bool:
    """No byte of it was kept as a lone surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class Feed:
    """Lines for the reader, remembered as they are taken, and given again when they were taken in error."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.again: deque[str] = deque()
        self.taken: list[str] = []
        self.size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.again.popleft() if self.again else next(self.lines)
        self.taken.append(line)
        self.size += len(line)
        if self.size > RECORD and len(self.taken) > 1:
            raise csv.Error("the record is too long")
        return line

    def forget(self) -> None:
        """The next line begins a record."""
        self.taken = []
        self.size = 0


def records(lines: Iterator[str], delimiter: str, together: int = TOGETHER) -> Iterator[Record]:
    """The records of a CSV, in order. A blank line is a record of no cells.

    Lines are read `together` as long as each is a record of its own, which is five times as fast as one by one.
    """
    feed = Feed(lines)
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    patience = PATIENCE
    while True:
        while not feed.again:
            taken = some(lines, together)
            if not taken:
                return
            cells_of_all = plain(taken, delimiter)
            if cells_of_all is None:
                feed.again.extend(taken)
            else:
                yield from map(Record, taken, cells_of_all)
        feed.forget()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            first, *rest = feed.taken
            yield alone(first, delimiter)
            if patience > 0:
                patience -= feed.size
                feed.again.extendleft(reversed(rest))
            else:
                yield from (alone(line, delimiter) for line in rest)
        else:
            taken = feed.taken
            yield Record(taken[0] if len(taken) == 1 else "".join(taken), cells)


def some(lines: Iterator[str], most: int) -> list[str]:
    """The next lines, fewer where they are long."""
    taken, size = [], 0
    for line in lines:
        taken.append(line)
        size += len(line)
        if len(taken) >= most or size > RECORD:
            break
    return taken


def plain(lines: list[str], delimiter: str) -> list[list[str]] | None:
    """The cells of lines that are a record each; None where a record runs over lines, or anything is wrong."""
    try:
        cells = list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return cells if len(cells) == len(lines) else None


def alone(line: str, delimiter: str) -> Record:
    """The record of one line, read leniently: text after a closing quote belongs to its cell.

    Where a quote stays open the line is written anew, its cells quoted as they should be: sent back as it came
    it would swallow what we append.
    """
    body = line.rstrip(NEWLINES)
    probe = list(csv.reader([body + "\n", "next"], delimiter=delimiter))
    if len(probe) == 2:
        return Record(line, probe[0])
    cells = next(csv.reader([body], delimiter=delimiter))
    raw = written(cells, delimiter) + line[len(body) :]
    return Record(raw, cells, Unreadable("a quote is opened and never closed"))
