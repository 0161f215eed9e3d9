"""A reliability diagram as SVG: the share of answers that are right, over the score they were given.

A dot a bin, its area the share of the rows; where scores are probabilities the dots lie on the diagonal.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from math import sqrt
from typing import Any

SIDE, MARGIN, GAP = 260, 44, 36  # of a panel's square, around it, between two
LARGEST = 14  # radius of a bin that holds every row
SERIES = {"all": ("#2b6cb0", "seen and unseen"), "unseen": ("#dd6b20", "unseen alone")}
TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)

Measured = dict[str, Any]


def diagram(measured: Sequence[Measured]) -> str:
    """A panel for each file, side by side."""
    files = list(dict.fromkeys(of["file"] for of in measured))
    width = MARGIN * 2 + len(files) * SIDE + max(0, len(files) - 1) * GAP
    height = SIDE + MARGIN * 2
    panels = [
        part
        for place, file in enumerate(files)
        for part in panel(file, MARGIN + place * (SIDE + GAP), [of for of in measured if of["file"] == file])
    ]
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
            f'height="{height}" font-family="sans-serif" font-size="11">',
            f'<rect width="{width}" height="{height}" fill="white"/>',
            *panels,
            "</svg>\n",
        )
    )


def panel(file: str, left: float, measured: Iterable[Measured]) -> Iterator[str]:
    """A square with its diagonal, its scales and the bins of each series."""
    yield f'<g transform="translate({left} {MARGIN})">'
    yield f'<rect width="{SIDE}" height="{SIDE}" fill="none" stroke="#888"/>'
    yield f'<line x1="0" y1="{SIDE}" x2="{SIDE}" y2="0" stroke="#bbb" stroke-dasharray="4 3"/>'
    yield from scales()
    yield f'<text x="0" y="-31" font-weight="bold">{escape(file)}</text>'
    shown = [of for of in measured if of["part"] in SERIES]
    for place, of in enumerate(shown):
        colour, words = SERIES[of["part"]]
        yield f'<text x="0" y="{place * 12 - 18}" fill="{colour}">{words}: ECE {of["error"]:.3f}</text>'
        yield from dots(of["bins"], colour)
    yield "</g>"


def scales() -> Iterator[str]:
    """What stands at the edges."""
    for tick in TICKS:
        at = tick * SIDE
        yield f'<text x="{at:g}" y="{SIDE + 14}" text-anchor="middle">{tick:g}</text>'
        yield f'<text x="-6" y="{SIDE - at + 4:g}" text-anchor="end">{tick:g}</text>'
    yield f'<text x="{SIDE / 2}" y="{SIDE + 30}" text-anchor="middle">mean score; height: share right</text>'


def dots(bins: Sequence[Measured], colour: str) -> Iterator[str]:
    """The bins of one series, joined by a line."""
    points = [(bin["score"] * SIDE, (1 - bin["right"]) * SIDE, bin["weight"]) for bin in bins]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
    yield f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-opacity="0.5"/>'
    for x, y, weight in points:
        radius = max(2.0, LARGEST * sqrt(weight))
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}" fill-opacity="0.7"/>'
