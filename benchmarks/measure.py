"""What measuring needs: one core, CPU time, the memory of processes, and figures with what is wanted of them."""

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

SEED = 20260101


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement: what, how much of which unit, and what is wanted: at least, or at most."""

    what: str
    value: float
    unit: str
    least: float | None = None
    most: float | None = None


def say(figure: Figure) -> Figure:
    """A figure, told to who watches while the rest is still measured."""
    print(f"{figure.what:<76} {figure.value:>12,.1f} {figure.unit}", file=sys.stderr, flush=True)
    return figure


def write(found: Any, output: Path | None) -> None:
    """What was found as JSON, on stdout where no file is named."""
    text = json.dumps(found, indent=1, ensure_ascii=False)
    if output is None:
        print(text)
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text + "\n", "utf-8")


def plain(figures: list[Figure]) -> list[dict[str, Any]]:
    """Figures as JSON has them."""
    return [asdict(each) for each in figures]


def on_one_core() -> None:
    """Keep this process, and those it starts from now on, on one core."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def rate(count: int, work: Callable[[], object]) -> float:
    """How many a second of CPU time."""
    begun = time.process_time()
    work()
    return count / (time.process_time() - begun)


def share(ordered: list[float], of: float) -> float:
    """The value that this share of the values is below."""
    return ordered[min(int(len(ordered) * of), len(ordered) - 1)]


def memory(process: int | str, *fields: str) -> float:
    """Megabytes of a process: the sum of these fields of its `smaps_rollup`; none once it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith(fields)) / 1024


def private(process: int | str = "self") -> float:
    """Megabytes that a process has to itself: those that it wrote, and pages of files that nobody else has mapped."""
    return memory(process, "Private_Dirty:", "Private_Clean:")


def family(process: int) -> Iterator[int]:
    """A process and all that it started."""
    yield process
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return
    for child in children:
        yield from family(int(child))


def worked(process: int) -> float:
    """Seconds of CPU time of one process; none once it has ended."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Watched:
    """A process and its children: the most megabytes that they take at once, pages that they share counted once, and
    their seconds of CPU time together."""

    def __init__(self, process: int, every: float = 0.5) -> None:
        self.process = process
        self.every = every
        self.most = 0.0
        self.seconds_of: dict[int, float] = {}
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)

    @property
    def seconds(self) -> float:
        """Of those that have ended, too, up to when they were last looked at."""
        return sum(self.seconds_of.values())

    def watch(self) -> None:
        """Look now and then."""
        while not self.over.wait(self.every):
            processes = list(family(self.process))
            self.most = max(self.most, sum(memory(each, "Pss:") for each in processes))
            for each in processes:
                self.seconds_of[each] = max(self.seconds_of.get(each, 0.0), worked(each))

    def __enter__(self) -> "Watched":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()
