"""Many strings as two arrays: all their bytes, and where each begins."""

from array import array
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
    data = bytearray()
    ends = array("Q", [0])
    for text in texts:
        data += text if isinstance(text, bytes) else text.encode("utf-8", "replace")
        ends.append(len(data))
    begins = np.frombuffer(ends, dtype=np.uint64)
    held = np.frombuffer(data, dtype=np.uint8)
    held.flags.writeable = False  # as the bytes of queries are: compiled loops tell the two apart
    return {
        f"{name}_bytes": held,
        f"{name}_begins": begins.astype(np.uint32) if len(data) < 2**32 else begins,
    }
