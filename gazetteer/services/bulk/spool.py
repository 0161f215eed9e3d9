"""A body kept on disk until it is answered.

The whole body is taken before the answer begins, so a client that sends all before it reads never waits for a
server that waits for it. The file has no name: whatever becomes of the process, nothing is left behind.
"""

import tempfile
from pathlib import Path
from typing import BinaryIO

from gazetteer.errors import LimitExceeded, Unavailable

BLOCK = 64 * 1024  # shorter than a line may be, so a line beyond its limit always goes over blocks


def spooled(stream: BinaryIO, folder: Path, most: int, line: int | None = None) -> BinaryIO:
    """The body, from its beginning; LimitExceeded when it is longer than `most` bytes, or a line of it than `line`.

    The caller closes it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        kept = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  # it outlives this function: the caller closes it
    except OSError as error:
        raise Unavailable(f"the body cannot be kept: {error.strerror}") from error
    try:
        fill(kept, stream, most, line)
    except BaseException:
        kept.close()
        raise
    return kept


def fill(kept: BinaryIO, stream: BinaryIO, most: int, line: int | None) -> None:
    """Copy the stream, watching its limits."""
    size = run = 0
    while block := stream.read(BLOCK):
        size += len(block)
        if size > most:
            raise LimitExceeded(f"the body is longer than {most} bytes", field="body")
        if line is not None:
            run = checked_run(block, run, line)
        try:
            kept.write(block)
        except OSError as error:
            raise Unavailable(f"the body cannot be kept: {error.strerror}") from error
    kept.seek(0)


def checked_run(block: bytes, run: int, line: int) -> int:
    """How long the line is that the block ends in, `run` being that of the block before."""
    first, last = ends(block)
    if run + first >= line:
        raise LimitExceeded(f"a line is longer than {line} bytes: this is no table", field="body")
    return run + len(block) if last < 0 else len(block) - last - 1


def ends(block: bytes) -> tuple[int, int]:
    """Where the first and the last line of a block end; its length and -1 where none does."""
    first = min((at for at in (block.find(b"\n"), block.find(b"\r")) if at >= 0), default=len(block))
    return first, max(block.rfind(b"\n"), block.rfind(b"\r"))
