"""Compiled loops: numba's `njit`, with a cache on disk that knows all the files that loops call each other from.

numba tells a compiled loop that is out of date by the file of that loop alone, though it holds the code of loops of
other files within it. So the cache lies in a folder named by a digest of them all: in the package's `__pycache__`, else
in the user's own cache; where neither can be written, loops are compiled anew in each process. `NUMBA_CACHE_DIR`
stands.
"""

import os
from importlib.resources import files
from pathlib import Path
from typing import Any

from numba import config, njit, types
from numba.extending import intrinsic
from xxhash import xxh3_64

LOOPS = (
    "matching/units.py",
    "matching/alignment.py",
    "matching/ranking.py",
    "index/search.py",
    "index/sieve.py",
    "index/likeliest.py",
    "index/likeness.py",
    "index/towns.py",
)


def digest() -> str:
    """A digest of the source of all compiled loops."""
    package = files("gazetteer")
    found = xxh3_64()
    for path in ("matching/compiled.py", *LOOPS):
        found.update(package.joinpath(path).read_bytes())
    return str(found.hexdigest())


def cache_folder() -> Path | None:
    """The first folder that compiled loops can be kept in; None where there is none."""
    beside = Path(__file__).parents[1] / "__pycache__"
    own = Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")) / "gazetteer"
    return next((folder for each in (beside, own) if writable(folder := each / f"loops-{digest()}")), None)


def writable(folder: Path) -> bool:
    """Whether files can be made in a folder, which is made if need be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def cached() -> bool:
    """Point numba to the folder; False where nothing can be kept."""
    if not config.CACHE_DIR:  # type: ignore[attr-defined]  # numba sets its settings at run time
        config.CACHE_DIR = str(cache_folder() or "")  # type: ignore[attr-defined]
    return bool(config.CACHE_DIR)  # type: ignore[attr-defined]


# Dividing by zero is what numpy makes of it: a loop that may raise is not worked several numbers at once.
compiled = njit(cache=cached(), nogil=True, error_model="numpy")


def bits_set(_context, _word):  # type: ignore[no-untyped-def]
    """How many bits of a 64-bit word are set: the processor's own instruction, where it has one."""

    def code(context, builder, _signature, words):  # type: ignore[no-untyped-def]
        return builder.trunc(builder.ctpop(words[0]), context.get_value_type(types.int32))

    return types.int32(types.uint64), code


ones: Any = intrinsic(bits_set)
