"""Answers that were given, kept on disk, so that a row which comes again a million rows later is not worked again.

In memory are 20 bytes for each: a hash of the row, and where its answer is in a file without a name. A hash is only a
hint: the row is kept with its answer and compared.
"""

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import orjson

from gazetteer.index.arrays import Column
from gazetteer.services.bulk.jobs import Cells, Told

MOST = 1024**3  # bytes of the file; what comes beyond is not kept


class Run(NamedTuple):
    """Where answers are, by rising hash of their rows."""

    hash: Column
    begin: Column
    size: Column


class Store:
    """The answers to rows. They are put in by the ten thousand and looked for by the thousand."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.file: int | None = None
        self.end = 0
        self.runs: list[Run] = []

    def add(self, answers: Mapping[Cells, Told]) -> None:
        """Keep answers, as long as there is room."""
        written = [orjson.dumps((row, *told)) for row, told in answers.items()]
        size = np.fromiter(map(len, written), dtype=np.uint32, count=len(written))
        if not written or self.end + int(size.sum()) > MOST:
            return
        try:
            self._write(b"".join(written))
        except OSError:  # a full disk costs speed, not answers
            return
        hashes = hashes_of(list(answers))
        begin = self.end + np.cumsum(size, dtype=np.int64) - size
        self.end += int(size.sum())
        order = np.argsort(hashes)
        self.runs.append(Run(hashes[order], begin[order], size[order]))
        while len(self.runs) > 1 and len(self.runs[-2].hash) <= 2 * len(self.runs[-1].hash):
            self.runs.append(merged(self.runs.pop(), self.runs.pop()))

    def find(self, rows: Sequence[Cells]) -> dict[Cells, Told]:
        """The answers to those rows that are kept."""
        found: dict[Cells, Told] = {}
        if not rows or not self.runs:
            return found
        hashes = hashes_of(rows)
        for run in self.runs:
            at = np.minimum(np.searchsorted(run.hash, hashes), len(run.hash) - 1)
            for place in np.flatnonzero(run.hash[at] == hashes).tolist():
                row, decision, text = self._read(run, int(at[place]))
                if tuple(row) == rows[place]:
                    found[rows[place]] = Told(decision, text)
        return found

    def close(self) -> None:
        """Forget all."""
        if self.file is not None:
            os.close(self.file)
        self.file, self.runs = None, []

    def _write(self, data: bytes) -> None:
        if self.file is None:
            with tempfile.TemporaryFile(dir=self.folder, buffering=0) as made:
                self.file = os.dup(made.fileno())
        left, at = memoryview(data), self.end
        while left:
            written = os.pwrite(self.file, left, at)
            left, at = left[written:], at + written

    def _read(self, run: Run, place: int) -> tuple[list[str], str, str]:
        assert self.file is not None
        read: tuple[list[str], str, str] = orjson.loads(
            os.pread(self.file, int(run.size[place]), int(run.begin[place]))
        )
        return read


def hashes_of(rows: Sequence[Cells]) -> Column:
    """A hash of each row."""
    return np.fromiter(map(hash, rows), dtype=np.int64, count=len(rows))


def merged(one: Run, other: Run) -> Run:
    """Two runs as one."""
    columns = [np.concatenate(each) for each in zip(one, other, strict=True)]
    order = np.argsort(columns[0], kind="stable")
    return Run(*(each[order] for each in columns))
