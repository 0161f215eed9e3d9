"""Frames in your own process: a pandas or polars frame or an Arrow table in, the same with its answers behind it out.

>>> from gazetteer import frame
>>> frame.normalise(reports, name="place", country="country", snapshot="var/index/current")

The columns are those that the CSV answer appends, `gz_decision` to `gz_reason`, with numbers as numbers and nulls where
there is nothing to say. It needs pyarrow (`pip install -r requirements-frame.txt`).
"""

import os
import sys
from collections.abc import Hashable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from gazetteer.errors import InvalidInput, Unavailable
from gazetteer.services.outcome import CANDIDATES
from gazetteer.services.resolve import for_tables, open_resolver
from gazetteer.settings import Settings

if TYPE_CHECKING:
    from gazetteer.services.bulk.answer import Many
    from gazetteer.services.bulk.arrow import Layout

Frame = TypeVar("Frame")

ADVICE = "frames need pyarrow: pip install -r requirements-frame.txt"


class Opened(Protocol):
    """An open gazetteer, such as a `gazetteer.local.Gazetteer`."""

    def resolve_many(self, names: Iterable[Any], *, limit: int = 1, fill: bool = True) -> list[Any]:
        """The results for many queries, in their order."""


def normalise(
    df: Frame,
    name: Hashable = "place",
    *,
    country: Hashable | None = None,
    within: Hashable | None = None,
    lat: Hashable | None = None,
    lon: Hashable | None = None,
    radius_km: Hashable | None = None,
    kind: Hashable | None = None,
    type: Hashable | None = None,
    as_of: Hashable | None = None,
    defaults: Mapping[str, Any] | None = None,
    overwrite: bool = False,
    snapshot: Path | str | Opened | None = None,
) -> Frame:
    """The frame with the record for every name: of the same type, in the same order, its index and columns kept.

    `name` and the fields of the context are the labels of columns. `defaults` are values for the rows that have none of
    their own, such as `{"country": "IQ"}` (a field needs no column for it), or `{"strict": True}` for all. Columns
    called `gz_…` are an error unless `overwrite` drops them. `snapshot` is a folder or an open `Gazetteer`; None is the
    current one of the settings.

    A row that cannot be read has the decision `error` and says why in `gz_reason`. InvalidInput, naming the argument,
    where a column is not there or the frame is none; Unavailable where pyarrow is missing; BadSnapshot.
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
    columns = {field: label for field, label in given.items() if label is not None}
    work = adapted(df)
    return cast(Frame, work(df, arrow.Layout(columns, defaults or {}, overwrite), asked(snapshot)))


def service() -> Any:
    """The service, which needs pyarrow."""
    try:
        from gazetteer.services.bulk import arrow
    except ModuleNotFoundError as error:
        if error.name != "pyarrow":
            raise
        raise Unavailable(ADVICE) from None
    return arrow


def asked(snapshot: Path | str | Opened | None) -> "Many":
    """What answers queries."""
    if snapshot is None:
        snapshot = Settings.from_env(os.environ).current
    if isinstance(snapshot, Path | str):
        return for_tables(open_resolver(snapshot))
    return partial(snapshot.resolve_many, limit=CANDIDATES, fill=False)


def adapted(df: object) -> Any:
    """What works a frame of this sort. A library that is not loaded cannot have made it, so none is loaded here."""
    for library, sort, work in (
        ("pandas", "DataFrame", of_pandas),
        ("polars", "DataFrame", of_polars),
        ("pyarrow", "Table", of_arrow),
        ("pyarrow", "RecordBatch", of_batch),
    ):
        if library in sys.modules and isinstance(df, getattr(sys.modules[library], sort)):
            return work
    sort = f"{df.__class__.__module__}.{df.__class__.__qualname__}"
    raise InvalidInput(f"a pandas or polars DataFrame or an Arrow table is expected, not {sort}", field="df")


def of_arrow(table: Any, layout: "Layout", many: "Many") -> Any:
    """A table of Arrow's."""
    return service().appended(table, layout, many)


def of_batch(batch: Any, layout: "Layout", many: "Many") -> Any:
    """One batch of a table."""
    import pyarrow as pa

    table = of_arrow(pa.Table.from_batches([batch]), layout, many).combine_chunks()
    return next(iter(table.to_batches()), None) or pa.RecordBatch.from_pylist([], schema=table.schema)


def of_polars(df: Any, layout: "Layout", many: "Many") -> Any:
    """A frame of polars; a column of Python's objects is taken value by value."""
    import polars as pl

    places, old = service().places_of(df.columns, layout)
    columns = [df.to_series(place) for place in range(df.width)]
    values = {
        field: columns[place].to_list() if columns[place].dtype == pl.Object else columns[place].to_arrow()
        for field, place in places.items()
    }
    answers = pl.from_arrow(service().answers(values, layout.defaults, many))
    return df.drop([df.columns[place] for place in old]).hstack(answers)


def of_pandas(df: Any, layout: "Layout", many: "Many") -> Any:
    """A frame of pandas; its index, its other columns and its attributes stay."""
    places, old = service().places_of(df.columns, layout)
    answers = service().answers(
        {field: pandas_values(df.iloc[:, place]) for field, place in places.items()}, layout.defaults, many
    )
    kept = df.iloc[:, [place for place in range(df.shape[1]) if place not in old]].copy(deep=False)
    for label, column in answers.to_pandas().items():
        kept[label] = column.array  # by place: the index may name rows twice
    return kept


def pandas_values(column: Any) -> Any:
    """A column for Arrow; where its values are of several sorts, as a list of them."""
    import pyarrow as pa

    try:
        return pa.array(column, from_pandas=True)
    except (pa.ArrowException, ValueError, TypeError, OverflowError):
        missing = column.isna()
        return [None if none else value for value, none in zip(column.tolist(), missing, strict=True)]
