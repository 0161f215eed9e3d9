"""What is shown to a person: talk, tables, progress bars. Results go to stdout, all else to stderr."""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 2.0  # seconds of work before a bar appears
WIDE = 200  # columns of a table that no terminal bounds


def say(message: str) -> None:
    """One line of talk."""
    click.echo(message, err=True)


def print_json(answer: object) -> None:
    """An answer on one line, as UTF-8 whatever the terminal's locale."""
    import orjson

    click.echo(orjson.dumps(answer))


def table(headers: Sequence[str], rows: Iterable[Sequence[str]], *, lines: bool = False) -> None:
    """A table on stdout, in colour and as wide as the terminal where there is one."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=box.SIMPLE_HEAD, show_lines=lines and sys.stdout.isatty(), pad_edge=False)
    for header in headers:
        grid.add_column(header, overflow="fold")
    for row in rows:
        grid.add_row(*(Text(cell) for cell in row))
    Console(width=None if sys.stdout.isatty() else WIDE).print(grid)


class Bar:
    """A progress bar that shows itself once the work has taken long enough; called with what is done so far."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.started = time.monotonic()
        self.done = 0
        self.shown: Progress | None = None

    def __call__(self, done: int, total: int | None = None, note: str = "") -> None:
        """Say that `done` of `total` are done, None where nobody knows how many; `note` goes beside the label."""
        self.done = done
        if self.shown is None:
            if time.monotonic() - self.started < PATIENCE:
                return
            self.shown = show(self.label)
        task = self.shown.task_ids[0]
        self.shown.update(task, completed=done, total=total, description=f"{self.label} {note}".rstrip())

    def more(self, rows: int) -> None:
        """Say that so many rows more are done, of nobody knows how many."""
        self(self.done + rows, None, f"{self.done + rows:,} rows")

    def close(self) -> None:
        """Take the bar away."""
        if self.shown is not None:
            self.shown.stop()


def show(label: str) -> "Progress":
    """A bar on stderr with the rate and the time left."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    times = (TimeElapsedColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    bar = Progress(TextColumn("{task.description}"), BarColumn(), *times, console=console, transient=True)
    bar.add_task(label, total=None)
    bar.start()
    return bar


@contextmanager
def progress(label: str) -> Iterator[Bar | None]:
    """A bar for the work inside; None where stderr is no terminal."""
    bar = Bar(label) if sys.stderr.isatty() else None
    try:
        yield bar
    finally:
        if bar is not None:
            bar.close()
