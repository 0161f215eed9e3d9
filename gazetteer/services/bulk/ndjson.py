"""NDJSON: one item per line in, one result per line out, in constant memory.

A line that is not JSON, not UTF-8, or longer than a line may be answers for itself, as does one whose item cannot be
used; the answer says its number, blank lines counted. Blank lines are
skipped, so a file that ends in two newlines gets no answer it did not ask for. A byte order mark before the first
line is passed over. Only a body with no line in it at all is refused.
"""

from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from gazetteer.errors import GazetteerError, LimitExceeded, Unreadable
from gazetteer.services.bulk.answer import Answer, Many, Teller, batch_of
from gazetteer.services.strict_json import loads

LINE = 1024**2
BATCH_BYTES = 1024**2
BOM = b"\xef\xbb\xbf"


def normalise(stream: BinaryIO, many: Many, *, limit: int, explain: bool = False) -> Answer:
    """The answer to a stream of items; it is read as the answer is taken."""
    lines = read(stream)
    try:
        first = next(lines)
    except StopIteration:
        raise Unreadable("the body is empty: one JSON object per line is expected") from None
    teller = Teller(many, explain=explain)

    def chunks(summary: Counter[str]) -> Iterator[bytes]:
        for batch in batches(first, lines, batch_of(limit)):
            weight = sum(len(line) for _, line in batch if isinstance(line, bytes))
            items = [parsed(line) for _, line in batch]
            numbers = [number for number, _ in batch]
            yield b"\n".join(teller.lines(items, summary, weight, numbers)) + b"\n"

    return Answer(chunks)


# The number of a line, and the line, or what is wrong with it.
Line = tuple[int, bytes | GazetteerError]


def read(stream: BinaryIO) -> Iterator[Line]:
    """The lines that say something; one that is too long is an error, and passed over without being held."""
    line, number = stream.readline(LINE + 1).removeprefix(BOM), 0
    while line:
        number += 1
        if len(line) > LINE and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(LINE)
            yield number, LimitExceeded(f"the line is longer than {LINE} bytes")
        elif line := line.strip():
            yield number, line
        line = stream.readline(LINE + 1)


def batches(first: Line, lines: Iterator[Line], most: int) -> Iterator[list[Line]]:
    """Lines in batches of at most `most`, cut earlier where they are long."""
    batch, size = [first], 0
    for number, line in lines:
        if len(batch) >= most or size > BATCH_BYTES:
            yield batch
            batch, size = [], 0
        batch.append((number, line))
        size += len(line) if isinstance(line, bytes) else 0
    yield batch


def parsed(line: bytes | GazetteerError) -> object:
    """The item of a line, or why there is none."""
    if isinstance(line, GazetteerError):
        return line
    try:
        return loads(line)
    except GazetteerError as error:
        return error
