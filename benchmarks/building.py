"""Building the snapshot of a database: how long, and how much memory it takes with all its processes.

GAZETTEER_DATA=var/bench python -m benchmarks.building [--output FILE]
"""

import subprocess
import sys
import time
from pathlib import Path

import click

from benchmarks.measure import Figure, Watched, plain, say, write


@click.command()
@click.option("--output", type=click.Path(path_type=Path))
def main(output: Path | None) -> None:
    """Write the figures as JSON; the snapshot that is built becomes the current one."""
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "gazetteer", "index", "build"], stdout=subprocess.DEVNULL)
    with Watched(process.pid) as watched:
        code = process.wait()
    if code:
        raise click.ClickException("the snapshot was not built")
    seconds = time.perf_counter() - begun
    figures = [
        Figure("build the snapshot of the seeds", seconds, "s", most=60),
        Figure("its CPU time, all processes: half of it passes on two quiet cores", watched.seconds, "s"),
        Figure("its memory at most, all processes", watched.most, "MB", most=1500),
    ]
    write(plain([say(each) for each in figures]), output)


if __name__ == "__main__":
    main()
