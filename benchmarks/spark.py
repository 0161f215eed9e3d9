"""A million rows through Spark on this machine, with a Python worker for each of two cores.

    python -m benchmarks.spark --snapshot var/bench/index/current [--rows 1000000] [--output FILE]

70 % spellings that the snapshot holds, 20 % that it does not, 10 % of nothing; a third of the rows are repeats. Every
answer is read, as Parquet would be written.
"""

import os
import random
import sys
import time
from pathlib import Path
from typing import Any

import click

from benchmarks.measure import SEED, Figure, plain, say, write
from benchmarks.names import nothing, seen, unseen
from gazetteer import spark
from gazetteer.index.snapshot import Snapshot

CORES = 2
PARTITIONS = 16


@click.command()
@click.option("--snapshot", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--rows", default=1_000_000)
@click.option(
    "--context", "contexts", type=click.Choice(["country", "none"]), multiple=True, default=("country", "none")
)
@click.option("--output", type=click.Path(path_type=Path))
def main(snapshot: Path, rows: int, contexts: tuple[str, ...], output: Path | None) -> None:
    """Write the figures as JSON."""
    session = started()
    table = session.createDataFrame(frame(Snapshot(snapshot), rows)).repartition(PARTITIONS).cache()
    table.count()
    figures = [say(measured(table, rows, snapshot.resolve(), context)) for context in contexts]
    session.stop()
    write(plain(figures), output)


def started() -> Any:
    """Spark, on this machine alone."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable  # else the workers are of the system's Python, which knows nothing
    builder = SparkSession.builder.master(f"local[{CORES}]").appName("gazetteer")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "2g",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def frame(snapshot: Snapshot, rows: int) -> Any:
    """The rows, as a pandas frame."""
    import pandas as pd

    chance = random.Random(SEED)
    distinct = rows * 2 // 3
    names = seen(snapshot, distinct * 7 // 10, chance) + unseen(snapshot, distinct * 2 // 10, chance)
    names += nothing(distinct - len(names), chance)
    names += [chance.choice(names) for _ in range(rows - len(names))]
    chance.shuffle(names)
    return pd.DataFrame({"place": [each.name for each in names], "country": [each.country for each in names]})


def measured(table: Any, rows: int, snapshot: Path, context: str) -> Figure:
    """Rows a second, as time passes."""
    begun = time.perf_counter()
    country = "country" if context == "country" else None
    answered = spark.normalise(table, country=country, snapshot=snapshot)
    decided = {row["gz_decision"]: row["count"] for row in answered.groupBy("gz_decision").count().collect()}
    seconds = time.perf_counter() - begun
    if sum(decided.values()) != rows:
        raise click.ClickException(f"{sum(decided.values())} rows answered of {rows}")
    print(decided, file=sys.stderr)
    said = "with country" if country else "without country"
    return Figure(f"Spark, local[{CORES}], {rows:,} rows {said}", rows / seconds, "rows/s")


if __name__ == "__main__":
    main()
