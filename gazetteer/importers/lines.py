"""The lines of a text file, plain or zipped, each with its number; what cannot be read is a value, not an exception.

Lines end in a newline and nothing else (a name may hold U+2028), are UTF-8, and are no longer than a megabyte: a file
without newlines must not end up in memory. Of a zip the member that bears its name is read ("IQ.zip": "IQ.txt"), else
the only text in it that is no read-me.
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from gazetteer.errors import BadData
from gazetteer.importers.record import Rejected

LONGEST = 1 << 20
BESIDE = {"readme.txt", "iso-languagecodes.txt"}
BYTE_ORDER_MARK = "\ufeff"


def lines(path: Path) -> Iterator[tuple[int, str] | Rejected]:
    """Number and text of each line, without its end."""
    with opened(path) as file:
        row = 0
        while raw := file.readline(LONGEST):
            row += 1
            if len(raw) == LONGEST and not raw.endswith(b"\n"):
                yield Rejected(row, f"longer than {LONGEST} bytes", path.name)
                skip_line(file)
                continue
            try:
                text = raw.decode("utf-8")
            except UnicodeDecodeError as error:
                yield Rejected(row, f"not UTF-8 at byte {error.start + 1}", path.name)
                continue
            text = text.rstrip("\r\n")
            yield row, text.removeprefix(BYTE_ORDER_MARK) if row == 1 else text


def rows(path: Path, columns: int) -> Iterator[tuple[int, list[str]] | Rejected]:
    """Number and cells of each line of a table without header, its cells parted by tabs."""
    for line in lines(path):
        if isinstance(line, Rejected):
            yield line
            continue
        row, text = line
        cells = text.split("\t")
        if len(cells) != columns:
            yield Rejected(row, f"expected {columns} columns, found {len(cells)}", path.name)
        elif "\x00" in text:
            yield Rejected(row, "a NUL character", path.name)
        else:
            yield row, cells


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, or of the member of a zip that holds the table."""
    try:
        if not zipfile.is_zipfile(path):
            with path.open("rb") as file:
                yield file
            return
        with zipfile.ZipFile(path) as archive, archive.open(member(path, archive)) as file:
            yield file
    except (OSError, zipfile.BadZipFile, RuntimeError) as error:  # RuntimeError: zipfile's word for a password
        raise BadData(f"{path}: cannot be read: {error}") from error


def member(path: Path, archive: zipfile.ZipFile) -> str:
    """The name of the member to read."""
    texts = [name for name in archive.namelist() if name.lower().endswith(".txt") and name.lower() not in BESIDE]
    if f"{path.stem}.txt" in texts:
        return f"{path.stem}.txt"
    if len(texts) != 1:
        raise BadData(f"{path}: holds {len(texts)} texts, must hold one: {', '.join(texts)}")
    return texts[0]


def skip_line(file: IO[bytes]) -> None:
    """Go to the start of the next line."""
    while (rest := file.readline(LONGEST)) and not rest.endswith(b"\n"):
        pass
