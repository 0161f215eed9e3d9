"""Tables in memory, column by column: the cells that a CSV answer appends, typed, as Arrow columns.

A column is read once for each of its distinct values, a query worked once for each distinct row, and the answers are
handed out to all rows that ask the same; between these no row is touched by itself.
"""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from gazetteer.errors import GazetteerError, InvalidInput
from gazetteer.services.bulk.answer import Asked, Many
from gazetteer.services.bulk.items import CELL_READERS, READERS, from_mapping, named, text
from gazetteer.services.outcome import APPENDED, Outcome, outcome_of
from gazetteer.services.wording import shown

NUMBERS = {"gz_score", "gz_lat", "gz_lon"}
SCHEMA = pa.schema([(name, pa.float64() if name in NUMBERS else pa.string()) for name in APPENDED])
# While the answers are handed out a column may be longer than 2 GB, which plain strings cannot.
WIDE = pa.schema([(each.name, pa.large_string() if each.name not in NUMBERS else each.type) for each in SCHEMA])

WORKED = 8192  # distinct queries at a time
HANDED = 65_536  # rows at a time

Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in a table the queries are: of each field of the query the label of its column, `name` among them.

    `defaults` are the values of fields for rows that have none of their own; `overwrite` drops earlier answers.
    """

    columns: Mapping[str, Hashable]
    defaults: Mapping[str, Any]
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its distinct values: of each row the place of its value, and what each value says.

    What it says is the value of a field, None for nothing, or the error of all rows that have it.
    """

    place: Codes
    said: Sequence[Any]


def appended(table: pa.Table, layout: Layout, many: Many) -> pa.Table:
    """The table with its answers behind it."""
    places, old = places_of(table.column_names, layout)
    found = answers({field: table.column(place) for field, place in places.items()}, layout.defaults, many)
    kept = table.select([place for place in range(table.num_columns) if place not in old])
    for name, column in zip(found.column_names, found.columns, strict=True):
        kept = kept.append_column(found.schema.field(name), column)
    return kept


def places_of(labels: Iterable[Hashable], layout: Layout) -> tuple[dict[str, int], frozenset[int]]:
    """Where the column of each field is, and where earlier answers are; InvalidInput where it is not clear."""
    labels = list(labels)
    old = frozenset(place for place, label in enumerate(labels) if label in APPENDED)
    if old and not layout.overwrite:
        there = ", ".join(str(labels[place]) for place in sorted(old))
        raise InvalidInput(f"the table already has {there}; overwrite=True replaces them", field="overwrite")
    return {field: place_of(labels, label, field) for field, label in layout.columns.items()}, old


def place_of(labels: Sequence[Hashable], wanted: Hashable, field: str) -> int:
    """Where a column is; it must be there, once."""
    if labels.count(wanted) == 1:
        return labels.index(wanted)
    if wanted in labels:
        raise InvalidInput(f"{labels.count(wanted)} columns are called {shown(str(wanted))}", field=field)
    there = ", ".join(shown(str(label)) for label in labels[:20]) or "none at all"
    raise InvalidInput(f"there is no column {shown(str(wanted))}; there are: {there}", field=field)


def answers(columns: Mapping[str, Any], defaults: Mapping[str, Any], many: Many) -> pa.Table:
    """The appended columns for rows whose fields are in these columns: Arrow's, or lists of any values."""
    check_defaults(defaults)
    read = {field: column_of(field, values) for field, values in columns.items()}
    first, row = distinct_rows([each.place for each in read.values()])
    asked = [query({field: each.said[each.place[at]] for field, each in read.items()}, defaults) for at in first]
    worked = pa.Table.from_batches(
        [batch_of(map(outcome_of, many(asked[begin : begin + WORKED]))) for begin in range(0, len(asked), WORKED)], WIDE
    ).combine_chunks()
    handed = [worked.take(pa.array(row[begin : begin + HANDED])).cast(SCHEMA) for begin in range(0, len(row), HANDED)]
    return pa.concat_tables(handed) if handed else SCHEMA.empty_table()


def check_defaults(defaults: Mapping[str, Any]) -> None:
    """InvalidInput where a default cannot be used: it is wrong for all rows, and no row's own affair."""
    from_mapping({"name": "any", **defaults})


def batch_of(outcomes: Iterable[Outcome]) -> pa.RecordBatch:
    """Outcomes as columns."""
    columns = list(zip(*outcomes, strict=True))
    return pa.record_batch([pa.array(values, type=each.type) for values, each in zip(columns, WIDE, strict=True)], WIDE)


def query(said: Mapping[str, Any], defaults: Mapping[str, Any]) -> Asked:
    """The query of a row, or why it has none; a field of which the row says nothing has its default."""
    for each in said.values():
        if isinstance(each, GazetteerError):
            return each
    try:
        own = {field: value for field, value in said.items() if value is not None}
        return named({**read_defaults(defaults), **own})
    except GazetteerError as error:
        return error


def read_defaults(defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Defaults as a query holds them."""
    return {field: READERS[field](value, field) for field, value in defaults.items() if value is not None}


def column_of(field: str, values: Any) -> Column:
    """A column of a field: Arrow finds the distinct values, of those that it knows how to; else they are counted."""
    if isinstance(values, pa.ChunkedArray | pa.Array):
        try:
            place, distinct = encoded(values if isinstance(values, pa.ChunkedArray) else pa.chunked_array([values]))
        except (pa.ArrowNotImplementedError, pa.ArrowInvalid, ValueError):
            place, distinct = counted(values.to_pylist())
    else:
        place, distinct = counted(values)
    return Column(place, [said(field, each) for each in distinct])


def encoded(values: pa.ChunkedArray) -> tuple[Codes, list[Any]]:
    """Of each row the place of its value, and the distinct values; the last of them is None, for the rows of none."""
    if pa.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    if pa.types.is_timestamp(values.type):  # finer than Python's
        values = values.cast(pa.timestamp("us", values.type.tz), safe=False)
    chunks = values.dictionary_encode().unify_dictionaries().chunks
    known = chunks[0].dictionary.to_pylist() if chunks else []
    places = [each.indices.fill_null(len(known)).to_numpy(zero_copy_only=False) for each in chunks]
    return np.concatenate([np.zeros(0, dtype=np.int64), *places]).astype(np.int64), [*known, None]


def counted(values: Iterable[Any]) -> tuple[Codes, list[Any]]:
    """The same of values of any sort. True is not 1 here, and what cannot be hashed is like nothing else."""
    known: dict[Any, int] = {}
    distinct: list[Any] = []
    places = []
    for value in values:
        try:
            place = known.setdefault((type(value), value), len(distinct))
        except TypeError:
            place = len(distinct)
        if place == len(distinct):
            distinct.append(value)
        places.append(place)
    return np.array(places, dtype=np.int64), distinct


def said(field: str, value: Any) -> Any:
    """What a value says of a field: null, NaN and, but for the name, blank text say nothing.

    Text is read as a cell of a CSV is, other values as those of a JSON item are; an error is said as such.
    """
    if value is None or (isinstance(value, float | Decimal) and math.isnan(value)):
        return None
    try:
        if isinstance(value, str):
            return value if field == "name" else cell(field, value.strip())
        return READERS[field](float(value) if isinstance(value, Decimal) else value, field)
    except GazetteerError as error:
        return error


def cell(field: str, written: str) -> Any:
    """What a text says of a field."""
    return CELL_READERS.get(field, text)(written, field) if written else None


def distinct_rows(columns: Sequence[Codes]) -> tuple[list[int], Codes]:
    """Rows that stand for all that are equal to them, and which of these each row is equal to."""
    row = np.zeros(len(columns[0]), dtype=np.int64)
    first = row[:1]
    for place in columns:
        together = row * (int(place.max(initial=0)) + 1) + place
        _, first, row = np.unique(together, return_index=True, return_inverse=True)
    return first.tolist(), row
