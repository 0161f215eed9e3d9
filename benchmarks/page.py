"""Write what `make bench` measured into docs/performance.md, between its markers, and print it.

    python -m benchmarks.page [FOLDER]

FOLDER (default var/bench) holds what the benchmarks wrote: building.json, alone.json, beside.json, http.json, edits.txt
and growth.json. One that is not there was not measured, and is said to be so.
"""

import json
import math
import os
import platform
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.beside import OURS
from benchmarks.measure import Figure
from benchmarks.peers import BULK, CDIST, EXTRACT, NAMES, ONE_BY_ONE, TRIGRAM
from docs.markers import between

PAGE = Path(__file__).resolve().parents[1] / "docs/performance.md"
BEGIN, END = "<!-- measured: written by `make bench` -->", "<!-- end of what is measured -->"
NOTHING = "–"
UNSEEN_WORLD = ("unseen", "none")

# What is wanted of the service over HTTP, by the words that its benchmark names the figures with: least, most.
HTTP = {
    "rows with country, rows/s": (12_000, None),
    "rows without country, rows/s": (4_000, None),
    "one by one, p50, ms": (None, 3),
    "one by one, p99, ms": (None, 20),
    "clients, look-ups/s": (600, None),
    "clients, p99, ms": (None, 150),
    "clients, errors": (None, 0),
}
Measured = dict[str, Any]
Row = Sequence[str]


def main(folder: Path) -> None:
    """Rewrite the page's block."""
    said = block(folder)
    print(said)
    PAGE.write_text(replaced(PAGE.read_text("utf-8"), said), "utf-8")


def replaced(page: str, inside: str) -> str:
    """The page with another block between its markers."""
    return between(page, inside, BEGIN, END, PAGE)


def block(folder: Path) -> str:
    """All tables, each under its heading."""
    beside: list[Measured] = read(folder / "beside.json") or []
    growth: list[Measured] = read(folder / "growth.json") or []
    figures = [Figure(**each) for name in ("building", "alone") for each in read(folder / f"{name}.json") or []]
    figures += list(over_http(read(folder / "http.json") or {}))
    figures += [*against(beside), *grown(growth)]
    edits = (folder / "edits.txt").read_text("utf-8").strip() if (folder / "edits.txt").is_file() else ""
    wanted = [each for each in figures if each.least is not None or each.most is not None]
    others = [each for each in figures if each not in wanted]
    sections = {
        "What is wanted": table(("what", "wanted", "measured", "reached"), map(judged, wanted)),
        "The peers": peers(beside),
        "Growth": sizes(growth),
        "What else was measured": table(("what", "measured"), ((each.what, shown(each)) for each in others)),
        "Live edits": f"```text\n{edits}\n```" if edits else "",
    }
    there = (f"### {heading}\n\n{text or 'Not measured in this run.'}" for heading, text in sections.items())
    return "\n\n".join((machine(), *there))


def machine() -> str:
    """Where it was measured."""
    load = os.getloadavg()[2]
    words = (
        f" Other work kept the machine busy (load average {load:.0f}): what is timed as it passes, and CPU time too,"
        " since caches and cores were shared, is longer than on a quiet machine; by how much was not measured."
    )
    busy = words if load > 2 * (os.cpu_count() or 1) else ""
    return f"Measured on {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}.{busy}"


def read(path: Path) -> Any:
    """What one of them wrote, None where it did not."""
    return json.loads(path.read_bytes()) if path.is_file() and path.stat().st_size else None


def table(header: Row, rows: Iterable[Row]) -> str:
    """A table of Markdown; nothing where it has no rows."""
    lines = [f"| {' | '.join(cells)} |" for cells in rows]
    return "\n".join((f"| {' | '.join(header)} |", f"|{' --- |' * len(header)}", *lines)) if lines else ""


def judged(figure: Figure) -> Row:
    """A figure beside what is wanted of it."""
    wanted = f"≥ {figure.least:,g}" if figure.least is not None else f"≤ {figure.most:,g}"
    return (figure.what, f"{wanted} {figure.unit}", shown(figure), reached(figure))


def shown(figure: Figure) -> str:
    """A figure with as many digits as tell something."""
    digits = 0 if abs(figure.value) >= 100 else 1 if abs(figure.value) >= 10 else 2 if abs(figure.value) >= 1 else 3
    return f"{figure.value:,.{digits}f} {figure.unit}".rstrip()


def reached(figure: Figure) -> str:
    """Whether it is what is wanted, else how far off."""
    if figure.least is not None:
        return "yes" if figure.value >= figure.least else f"short: {figure.value / figure.least:.0%} of it"
    most = figure.most or 0
    return "yes" if figure.value <= most else f"over: {figure.value / most:.1f} times" if most else "over"


def over_http(said: dict[str, float]) -> Iterator[Figure]:
    """The figures of the service over HTTP."""
    for what, value in said.items():
        least, most = next((asked for ending, asked in HTTP.items() if what.endswith(ending)), (None, None))
        yield Figure(f"HTTP: {what.strip()}", value, "", least=least, most=most)


def against(beside: list[Measured]) -> Iterator[Figure]:
    """How many times as fast as the peers, and by how much better."""
    by = {(each["who"], each["how"], each["part"], each["context"]): each for each in beside}
    for peer, how, theirs, least in (
        (CDIST, BULK, BULK, 50),
        (EXTRACT, ONE_BY_ONE, ONE_BY_ONE, 50),
        (TRIGRAM, ONE_BY_ONE, ONE_BY_ONE, 20),
    ):
        one, other = by.get((OURS, how, *UNSEEN_WORLD)), by.get((peer, theirs, *UNSEEN_WORLD))
        if one and other:
            what = f"against {peer}, {how}, unseen, whole world"
            yield Figure(f"{what}: rate", one["rate"] / other["rate"], "times", least=least)
            yield Figure(f"{what}: R@1 more than its {other['at_1']:.3f}", one["at_1"], "", least=other["at_1"] + 0.001)


def peers(beside: list[Measured]) -> str:
    """A row for each set of names and each way of asking: ours, and how many times as fast as each peer we are."""
    by = {(each["who"], each["how"], each["part"], each["context"]): each for each in beside}
    rows = []
    for each in beside:
        if each["who"] == OURS:
            label = (each["part"], each["context"])
            theirs = [by.get((peer, each["how"], *label)) or by.get((peer, ONE_BY_ONE, *label)) for peer in NAMES]
            theirs = [None if each["how"] == ONE_BY_ONE and one and one["how"] == BULK else one for one in theirs]
            named = (*label, each["how"], f"{each['rows']:,}", f"{each['rate']:,.0f}/s, {each['at_1']:.3f}")
            rows.append((*named, *(times(each, other) for other in theirs)))
    return table(("names", "context", "asked", "rows", f"{OURS}: rate, R@1", *NAMES), rows)


def times(ours: Measured, theirs: Measured | None) -> str:
    """How many times as fast ours is, with what the peer reached itself."""
    if theirs is None:
        return NOTHING
    ratio = ours["rate"] / theirs["rate"]
    return f"**{ratio:,.{0 if ratio >= 10 else 1}f} ×** ({theirs['rate']:,.4g}/s, {theirs['at_1']:.3f})"


def sizes(growth: list[Measured]) -> str:
    """A row for each size."""
    if not growth:
        return ""
    parts = list(growth[0]["microseconds"])
    header = (
        "entities",
        "names",
        *(f"{each}, µs" for each in parts),
        "built, s",
        "at most, MB",
        "disk, MB",
        "private, MB",
    )
    rows = [
        (
            *(f"{each['entities']:,}", f"{each['names']:,}"),
            *(f"{each['microseconds'][part]:,.0f}" for part in parts),
            *(f"{each[what]:,.0f}" for what in ("build_seconds", "build_megabytes")),
            *(f"{each[what]:,.0f}" for what in ("disk_megabytes", "private_megabytes")),
        )
        for each in growth
    ]
    return table(header, rows)


def grown(growth: list[Measured]) -> Iterator[Figure]:
    """By how much a query takes longer where there are ten times the entities, from each size to the next."""
    for one, other in pairwise(growth):
        tenfold = math.log10(other["entities"] / one["entities"])
        for part, before in one["microseconds"].items():
            factor = (other["microseconds"][part] / before) ** (1 / tenfold)
            what = f"ten times the entities, {one['entities']:,} to {other['entities']:,}, {part}"
            yield Figure(what, factor, "times", most=1.3 if part.startswith("seen") else 2)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE.parents[1] / "var/bench")
