"""Evaluation: how often is the right record first, and how often is a match right, on labelled names?

A file is JSON lines, each a name with the GeoNames id it means:

    {"query": "Hawijah", "gn_id": 390188, "country": "IQ", "lat": 35.3, "lon": 43.8, "seen": true, "suspect": false}

`expected: "NIL"` says that no record is meant. Rows marked `suspect`, `colloquial` or `near_dup` are left out, and so
are village rows whose label was not found by their own Arabic name (`method` other than "ar_eq").
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from math import sqrt
from pathlib import Path
from typing import Any

import orjson

from gazetteer.errors import GazetteerError, InvalidInput
from gazetteer.matching.types import Decision, Query, Result
from gazetteer.services.resolve import Resolver, many

DEEP = 10  # candidates looked at
CONTEXTS = {
    "none": (),
    "country": ("country",),
    "country+within": ("country", "within"),
    "country+point": ("country", "lat", "lon"),
}
NORMAL_95 = 1.96


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled name: `geonames` is the id it means, None where no record is meant."""

    query: str
    geonames: str | None
    part: str
    country: str | None = None
    within: str | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """What came of the rows of one part of a file, with one sort of context.

    `first` and `among` are recall at 1 and at 10 with a 95 % Wilson interval, None for names that mean no record;
    `precision` is the share of matches that are right, `recall` the share of rows matched rightly, `matched` the
    share of rows matched at all.
    """

    file: str
    context: str
    part: str
    rows: int
    first: float | None
    first_interval: tuple[float, float] | None
    among: float | None
    among_interval: tuple[float, float] | None
    precision: float | None
    recall: float | None
    matched: float
    ambiguous: float
    failures: tuple[dict[str, Any], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """As JSON prints it."""
        return asdict(self)


def evaluate(resolver: Resolver, files: Sequence[Path], contexts: Sequence[str] = ("country",)) -> list[Measure]:
    """Measure each part of each file with each sort of context."""
    return [
        measure(resolver, file.stem, context, part, rows)
        for file in files
        for part, rows in parts(read(file)).items()
        for context in contexts
    ]


def parts(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows by part."""
    found: dict[str, list[Row]] = {}
    for each in rows:
        found.setdefault(each.part, []).append(each)
    return dict(sorted(found.items()))


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
    return Row(
        query=row["query"],
        geonames=None if nil else str(row["gn_id"]),
        part="nil" if nil else "seen" if row.get("seen") else "unseen",
        country=row.get("country") or None,
        within=row.get("admin1") or None,
        lat=row.get("lat"),
        lon=row.get("lon"),
    )


def measure(resolver: Resolver, file: str, context: str, part: str, rows: Sequence[Row]) -> Measure:
    """Ask all rows and count."""
    given = CONTEXTS[context]
    queries = [Query(row.query, **{field: getattr(row, field) for field in given}) for row in rows]
    answers = many(resolver, queries, limit=DEEP)
    ranks = [rank(row, answer) for row, answer in zip(rows, answers, strict=True)]
    matched = [isinstance(answer, Result) and answer.decision is Decision.MATCH for answer in answers]
    right = sum(found and place == 0 for found, place in zip(matched, ranks, strict=True))
    ambiguous = sum(isinstance(answer, Result) and answer.decision is Decision.AMBIGUOUS for answer in answers)
    first = sum(place == 0 for place in ranks)
    among = sum(place is not None for place in ranks)
    nil = part == "nil"
    return Measure(
        file=file,
        context=context,
        part=part,
        rows=len(rows),
        first=None if nil else first / len(rows),
        first_interval=None if nil else wilson(first, len(rows)),
        among=None if nil else among / len(rows),
        among_interval=None if nil else wilson(among, len(rows)),
        precision=None if nil or not sum(matched) else right / sum(matched),
        recall=None if nil else right / len(rows),
        matched=sum(matched) / len(rows),
        ambiguous=ambiguous / len(rows),
        failures=tuple(failures(rows, answers, ranks)),
    )


def rank(row: Row, answer: Result | GazetteerError) -> int | None:
    """The place of the right record among the candidates; None where it is not among them."""
    if isinstance(answer, GazetteerError) or row.geonames is None:
        return None
    found = [candidate.identifiers.get("geonames") for candidate in answer.candidates]
    return found.index(row.geonames) if row.geonames in found else None


def failures(
    rows: Sequence[Row], answers: Sequence[Result | GazetteerError], ranks: Sequence[int | None]
) -> Iterator[dict[str, Any]]:
    """The rows whose right record was not first, and what was."""
    for row, answer, place in zip(rows, answers, ranks, strict=True):
        if place == 0 or (row.geonames is None and not (isinstance(answer, Result) and answer.match)):
            continue
        first = answer.candidates[0] if isinstance(answer, Result) and answer.candidates else None
        yield {
            "query": row.query,
            "country": row.country,
            "geonames": row.geonames,
            "rank": place,
            "first": first
            and {"name": first.name, "by": first.matched_name.text, "score": first.score}
            | {"geonames": first.identifiers.get("geonames")},
        }


def wilson(right: int, rows: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    share, square = right / rows, NORMAL_95**2
    middle = (share + square / (2 * rows)) / (1 + square / rows)
    half = NORMAL_95 * sqrt(share * (1 - share) / rows + square / (4 * rows**2)) / (1 + square / rows)
    return max(0.0, middle - half), min(1.0, middle + half)
