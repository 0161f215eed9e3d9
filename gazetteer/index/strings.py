"""Many strings as two arrays: all their bytes, and where each begins."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Strings(Sequence[str]):
    """A read-only list of strings over mapped bytes; a string is decoded when it is asked for."""

    __slots__ = ("_begins", "_bytes")

    def __init__(self, data: NDArray[np.uint8], begins: NDArray[Any]) -> None:
        self._bytes = memoryview(data)  # type: ignore[arg-type]  # an array is a buffer
        self._begins = begins

    def __len__(self) -> int:
        return len(self._begins) - 1

    def __getitem__(self, index: Any) -> Any:
        return str(self._bytes[int(self._begins[index]) : int(self._begins[index + 1])], "utf-8")

    def take(self, indices: NDArray[Any]) -> list[str]:
        """The strings at these places."""
        data = self._bytes
        begins = self._begins[indices].tolist()
        ends = self._begins[indices + 1].tolist()
        return [str(data[begin:end], "utf-8") for begin, end in zip(begins, ends, strict=True)]


def pack(name: str, texts: Iterable[str | bytes]) -> dict[str, NDArray[Any]]:
    """The two arrays of `name`, to be written into a snapshot."""
    encoded = [text if isinstance(text, bytes) else text.encode("utf-8", "replace") for text in texts]
    begins = np.zeros(len(encoded) + 1, dtype=np.uint64)
    np.cumsum(np.fromiter(map(len, encoded), dtype=np.uint64, count=len(encoded)), out=begins[1:])
    if begins[-1] < 2**32:
        begins = begins.astype(np.uint32)
    return {f"{name}_bytes": np.frombuffer(bytearray().join(encoded), dtype=np.uint8), f"{name}_begins": begins}
