"""Bulk items: a mapping or a row of cells becomes a query, or an error that answers for that row alone."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from numbers import Real
from typing import Any

from gazetteer.errors import GazetteerError, InvalidInput
from gazetteer.matching.types import Query
from gazetteer.services.strict_json import Doubled
from gazetteer.services.wording import shown

TEXTS = ("name", "country", "within", "kind", "type")
NUMBERS = ("lat", "lon", "radius_km")
FIELDS = (*TEXTS, *NUMBERS, "as_of", "strict")
# What a table may have a column for beside the names; `strict` is of the whole table.
COLUMNS = tuple(field for field in FIELDS if field not in ("name", "strict"))

# What float() takes beyond a plain decimal number (1_000, ١٢, inf, nan) is a slip of the row, not a coordinate.
NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
COUNT = re.compile(r"[+-]?[0-9]{1,18}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def query_or_error(item: object) -> Query | GazetteerError:
    """The query of an item, or why it has none; an item that is an error already stays that error."""
    if isinstance(item, GazetteerError):
        return item
    try:
        return from_mapping(item)
    except GazetteerError as error:
        return error


def from_mapping(item: object) -> Query:
    """A query from a JSON item. `key` is the caller's own and not looked at; null is the same as absent."""
    if not isinstance(item, dict):
        raise InvalidInput("an item is an object with at least a name")
    if isinstance(item, Doubled):
        raise InvalidInput(f"{shown(item.field)} is given twice", field=item.field)
    read: dict[str, Any] = {}
    for field, value in item.items():
        if field == "key":
            continue
        reader = READERS.get(field)
        if reader is None:
            there = f"key, {', '.join(FIELDS)}"
            raise InvalidInput(f"there is no field {shown(str(field))}; there are: {there}", field=str(field))
        if value is not None:
            read[field] = reader(value, field)
    return named(read)


def from_cells(cells: Mapping[str, str]) -> Query:
    """A query from text alone: cells of a row, parameters of an address. An empty cell says nothing."""
    read: dict[str, Any] = {}
    for field, cell in cells.items():
        if field == "name":
            read[field] = cell
        elif cell := cell.strip():
            read[field] = CELL_READERS.get(field, text)(cell, field)
    return named(read)


def named(read: dict[str, Any]) -> Query:
    """The query, which must have a name."""
    if not read.get("name", "").strip():
        raise InvalidInput("there is no name", field="name")
    return Query(**read)


def key_of(item: object) -> Any:
    """The caller's own key of an item, None where there is none."""
    return item.get("key") if isinstance(item, dict) else None


def text(value: object, field: str) -> str:
    """Text as it is."""
    if not isinstance(value, str):
        raise InvalidInput(f"{field} must be text", field=field)
    return value


def number(value: object, field: str) -> float:
    """A finite number; a number written as text is not one."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise InvalidInput(f"{field} must be a number", field=field)
    try:
        return finite(float(value), field)
    except OverflowError:
        raise InvalidInput(f"{field} is out of range", field=field) from None


def written_number(cell: str, field: str) -> float:
    """A number from its decimal notation."""
    if not NUMBER.fullmatch(cell):
        raise InvalidInput(f"{field} is not a number: {shown(cell)}", field=field)
    return finite(float(cell), field)


def written_count(cell: str, field: str) -> int:
    """A whole number from its digits."""
    if not COUNT.fullmatch(cell):
        raise InvalidInput(f"{field} is not a whole number: {shown(cell)}", field=field)
    return int(cell)


def finite(value: float, field: str) -> float:
    """The value, if it is a finite one: 1e999 is not."""
    if not math.isfinite(value):
        raise InvalidInput(f"{field} is out of range", field=field)
    return value


def day(value: object, field: str) -> date:
    """A date in ISO 8601, year to day; a caller in the same process may have made it one already."""
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    try:
        if isinstance(value, str) and DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise InvalidInput(f"{field} must be a date such as 2017-10-05", field=field)


def flag(value: object, field: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise InvalidInput(f"{field} must be true or false", field=field)
    return value


def written_flag(cell: str, field: str) -> bool:
    """True or false, in words."""
    if cell not in ("true", "false"):
        raise InvalidInput(f"{field} must be true or false", field=field)
    return cell == "true"


READERS: dict[str, Callable[[object, str], Any]] = {
    **dict.fromkeys(TEXTS, text),
    **dict.fromkeys(NUMBERS, number),
    "as_of": day,
    "strict": flag,
}
CELL_READERS: dict[str, Callable[[str, str], Any]] = {
    **dict.fromkeys(NUMBERS, written_number),
    "as_of": day,
    "strict": written_flag,
}
