"""Memory given back to the system: glibc keeps what threads free, each in an arena of its own, for them to use again.

With a dozen threads that make and drop arrays of megabytes that is a hundred megabytes a worker. With another library
than glibc nothing is done.
"""

import ctypes
from contextlib import suppress

ARENAS = 2
M_ARENA_MAX = -8  # malloc.h


def few_arenas() -> None:
    """Let threads share arenas; to be called before there are any threads."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)


def give_back() -> None:
    """Give back what is free."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
