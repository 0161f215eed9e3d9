"""Labelled names, read from files of JSON lines: each a name with the GeoNames id it means.

    {"query": "Hawijah", "gn_id": 390188, "country": "IQ", "lat": 35.3, "lon": 43.8, "seen": true, "suspect": false}

`expected: "NIL"` says that no record is meant; `gn_id` is then the record that was held out. Rows marked `suspect`,
`colloquial` or `near_dup` are left out, and so are village rows whose label was not found by their own Arabic name
(`method` other than "ar_eq").
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import orjson

from gazetteer.errors import InvalidInput

SEEN, UNSEEN, NIL = "seen", "unseen", "nil"
SEED = 20260101  # of every draw, so that two runs ask the same names

Drawn = TypeVar("Drawn")


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled name: `geonames` is the id it means or, in the part `nil`, the id of the record held out.

    `part` says whether the index holds the spelling; `means` is a name of the record, for people to read.
    """

    query: str
    geonames: str | None
    part: str
    country: str | None = None
    within: str | None = None
    lat: float | None = None
    lon: float | None = None
    script: str | None = None
    language: str | None = None
    means: str | None = None


def read(file: Path) -> Iterator[Row]:
    """The rows of a file that count; InvalidInput, with the line, where one cannot be read."""
    with file.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                row = orjson.loads(line)
                if counts(row):
                    yield labelled(row)
            except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
                raise InvalidInput(f"{file}, line {number}: not a labelled name", field="file") from None


def counts(row: dict[str, Any]) -> bool:
    """The row's label can be trusted."""
    doubtful = row.get("suspect") or row.get("near_dup") or row.get("kind") == "colloquial"
    return not doubtful and row.get("method", "ar_eq") == "ar_eq"


def labelled(row: dict[str, Any]) -> Row:
    """A row of the file as what it means."""
    nil = row.get("expected") == "NIL"
    id = row.get("gn_id") if nil else row["gn_id"]
    return Row(
        query=row["query"],
        geonames=None if id is None else str(id),
        part=NIL if nil else SEEN if row.get("seen") else UNSEEN,
        country=row.get("country") or None,
        within=row.get("admin1") or None,
        lat=row.get("lat"),
        lon=row.get("lon"),
        script=row.get("script") or None,
        language=row.get("lang") or None,
        means=row.get("gn_name") or None,
    )


def parts(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows by part."""
    found: dict[str, list[Row]] = {}
    for each in rows:
        found.setdefault(each.part, []).append(each)
    return dict(sorted(found.items()))


def draw(rows: Sequence[Drawn], most: int | None) -> list[Drawn]:
    """At most so many of the rows, the same ones every time, in their order; all where None."""
    if most is None or len(rows) <= most:
        return list(rows)
    chosen = random.Random(SEED).sample(range(len(rows)), most)
    return [rows[place] for place in sorted(chosen)]
