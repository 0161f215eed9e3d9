"""Columns of two parts that read as one: a snapshot's, and those of an overlay."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from gazetteer.index.arrays import Column
from gazetteer.index.strings import Strings


class Placed:
    """Numbers of records, told apart: which are the overlay's, and where those stand there."""

    def __init__(self, base: int, number: Column) -> None:
        self.base = base
        self.local_of = {each: local for local, each in enumerate(number.tolist())}
        order = np.argsort(number, kind="stable")
        self._number, self._local = number[order], order

    def split(self, index: Column) -> tuple[Column, Column]:
        """The places of `index` that hold a record of the overlay, and its place there."""
        if not len(self._number):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        at = np.minimum(np.searchsorted(self._number, index), len(self._number) - 1)
        hit = np.flatnonzero(self._number[at] == index)
        return hit, self._local[at[hit]]


class Behind:
    """Numbers of names and of cores: the overlay's come behind."""

    def __init__(self, base: int) -> None:
        self.base = base

    def split(self, index: Column) -> tuple[Column, Column]:
        """The places of `index` that are the overlay's, and their places there."""
        hit = np.flatnonzero(index >= self.base)
        return hit, index[hit].astype(np.int64) - self.base


class Joined:
    """An array of two parts, to be read by number or by many numbers at once."""

    def __init__(self, parts: Placed | Behind, base: Column, over: Column) -> None:
        self._parts, self._base, self._over = parts, base, over

    def __getitem__(self, index: Any) -> Any:
        numbers = np.asarray(index)
        flat = np.atleast_1d(numbers)
        hit, local = self._parts.split(flat)
        if not len(hit):
            return self._base[index]
        found = np.empty(len(flat), dtype=self._base.dtype)
        rest = np.ones(len(flat), dtype=bool)
        rest[hit] = False
        found[rest] = self._base[flat[rest]]
        found[hit] = self._over[local]
        return found if numbers.ndim else found[0]

    @property
    def dtype(self) -> Any:
        """What it holds."""
        return self._base.dtype


class JoinedStrings(Sequence[str]):
    """Strings of two parts."""

    def __init__(self, parts: Placed | Behind, base: Strings, over: Strings) -> None:
        self._parts, self._base, self._over = parts, base, over

    def __len__(self) -> int:
        return len(self._base) + len(self._over)

    def __getitem__(self, index: Any) -> Any:
        hit, local = self._parts.split(np.array([index]))
        return self._over[int(local[0])] if len(hit) else self._base[index]

    def take(self, indices: Column) -> list[str]:
        """The strings at these places."""
        hit, local = self._parts.split(indices)
        if not len(hit):
            return self._base.take(indices)
        found: list[str] = [""] * len(indices)
        rest = np.setdiff1d(np.arange(len(indices)), hit)
        for place, text in zip(rest.tolist(), self._base.take(indices[rest]), strict=True):
            found[place] = text
        for place, text in zip(hit.tolist(), self._over.take(local), strict=True):
            found[place] = text
        return found
