"""JSON as RFC 8259 has it, read without forgiveness and written without loss.

`orjson` judges: it refuses NaN, Infinity, numbers beyond a double, lone surrogates, invalid UTF-8 and
nesting beyond 1024. The standard library then reads: it keeps whole numbers of any size, and lets us
see a key that was given twice, which `orjson` would settle in silence.
"""

import json
from typing import Any

import orjson

from gazetteer.errors import Unreadable


class Doubled(dict[str, Any]):
    """An object in which `field` was given more than once; whoever reads the object must refuse it."""

    field = ""


def loads(data: bytes) -> Any:
    """The value of a JSON text. An object with a key given twice comes as `Doubled`."""
    try:
        orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Unreadable(f"not JSON: {error}") from None
    try:
        return json.loads(data, object_pairs_hook=paired)
    except RecursionError:
        raise Unreadable("not readable as JSON: nested too deep") from None


def paired(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object from its pairs, marked where a key came twice."""
    whole = dict(pairs)
    if len(whole) == len(pairs):
        return whole
    seen: set[str] = set()
    doubled = Doubled(whole)
    for key, _ in pairs:
        if key in seen:
            doubled.field = key
        seen.add(key)
    return doubled


def dumps(value: Any) -> bytes:
    """The JSON text of a value; whole numbers beyond 64 bits, which `orjson` refuses, are written in full."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
