"""Data frames of Spark: the records for millions of names, on as many machines as there are.

>>> from gazetteer import spark
>>> spark.normalise(reports, name="place", country="country", snapshot="/mnt/gazetteer/index/17").write.parquet(…)

Each Python worker opens the snapshot once, however many tasks it works, and the workers of a machine share its pages;
`docs/clusters.md` tells how the folder gets to the machines. It needs pyspark and pyarrow on all of them
(`pip install -r requirements-spark.txt`), and this package.
"""

import os
from collections.abc import Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.errors import Unavailable
from gazetteer.services.outcome import APPENDED
from gazetteer.services.resolve import Resolver, for_tables, open_resolver
from gazetteer.settings import Settings

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

    from gazetteer.services.bulk.arrow import Layout

ADVICE = "data frames of Spark need pyspark and pyarrow: pip install -r requirements-spark.txt"


def normalise(
    df: "DataFrame",
    name: str = "place",
    *,
    country: str | None = None,
    within: str | None = None,
    lat: str | None = None,
    lon: str | None = None,
    radius_km: str | None = None,
    kind: str | None = None,
    type: str | None = None,
    as_of: str | None = None,
    defaults: Mapping[str, Any] | None = None,
    overwrite: bool = False,
    snapshot: Path | str | None = None,
) -> "DataFrame":
    """The data frame with the record for every name, in the columns that the CSV answer appends; nothing runs yet.

    `name` and the fields of the context are names of columns. `defaults` are values for the rows that have none of
    their own, such as `{"country": "IQ"}`, or `{"strict": True}` for all. Columns called `gz_…` are an error unless
    `overwrite` drops them. `snapshot` is a folder as the workers see it, or one that was sent along with `--archives`;
    None is the current one of the settings.

    A row that cannot be read has the decision `error` and says why in `gz_reason`. InvalidInput, naming the argument,
    where a column is not there; Unavailable where pyspark or pyarrow is missing.
    """
    arrow = service()
    given = {
        "name": name,
        "country": country,
        "within": within,
        "lat": lat,
        "lon": lon,
        "radius_km": radius_km,
        "kind": kind,
        "type": type,
        "as_of": as_of,
    }
    columns = {field: column for field, column in given.items() if column is not None}
    layout = arrow.Layout(columns, dict(defaults or {}), overwrite)
    _, old = arrow.places_of(df.columns, layout)
    arrow.check_defaults(layout.defaults)
    folder = str(Settings.from_env(os.environ).current.absolute() if snapshot is None else snapshot)
    return df.mapInArrow(partial(answered, layout, folder), schema(df, old))


def service() -> Any:
    """The service, which needs pyarrow, once it is known that pyspark is there too."""
    try:
        import pyspark  # noqa: F401  # asked for so that it is missed here, not within

        from gazetteer.services.bulk import arrow
    except ModuleNotFoundError as error:
        if error.name not in ("pyarrow", "pyspark"):
            raise
        raise Unavailable(ADVICE) from None
    return arrow


def schema(df: "DataFrame", old: frozenset[int]) -> "StructType":
    """The columns that come out."""
    from pyspark.sql.types import DoubleType, StringType, StructField, StructType

    from gazetteer.services.bulk.arrow import NUMBERS

    kept = [field for place, field in enumerate(df.schema.fields) if place not in old]
    return StructType(
        [*kept, *(StructField(each, DoubleType() if each in NUMBERS else StringType()) for each in APPENDED)]
    )


def answered(layout: "Layout", snapshot: str, batches: Iterator[Any]) -> Iterator[Any]:
    """The batches of a task with their answers; runs in the workers."""
    import pyarrow as pa

    ask = for_tables(opened(snapshot))
    for batch in batches:
        yield from service().appended(pa.Table.from_batches([batch]), layout, ask).combine_chunks().to_batches()


@cache
def opened(snapshot: str) -> Resolver:
    """The snapshot, once for each worker."""
    return open_resolver(located(snapshot))


def located(snapshot: str) -> Path:
    """The folder where a worker has it: at that very path, else among what was sent along with the job."""
    path = Path(snapshot)
    if not path.exists() and not path.is_absolute():
        from pyspark import SparkFiles

        sent = Path(SparkFiles.get(snapshot))
        return sent if sent.exists() else path
    return path
