"""Write what `make evaluate` measured into docs/matching.md, between its markers, and draw docs/reliability.svg.

    python docs/measured.py [FOLDER]

FOLDER (default var/evaluate) holds what `gazetteer evaluate --json` said: cities.json, nil.json, villages.json and
peers.json.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a script, from anywhere

from docs.markers import between
from docs.reliability import diagram

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/matching.md"
DIAGRAM = ROOT / "docs/reliability.svg"
BEGIN, END = "<!-- measured: written by `make evaluate` -->", "<!-- end of what is measured -->"
MANY = 30  # rows from which a script is judged
LEAST = 0.60  # R@1 that no such script may be below
ERROR = 0.03  # expected calibration error at most
ACCEPTED = 0.03  # share of names of no record that may be matched
NOTHING = "–"

# file, part, context: R@1 and R@10 at least
RECALL = {
    ("cities_syiq", "seen", "country"): (0.99, 1.0),
    ("cities_syiq", "unseen", "country"): (0.95, 0.985),
    ("cities_syiq", "unseen", "none"): (0.70, 0.90),
    ("cities_world", "unseen", "country"): (0.85, 0.94),
    ("cities_world", "unseen", "none"): (0.65, 0.82),
    ("villages_syiq", "unseen", "country"): (0.70, 0.96),
    ("villages_syiq", "unseen", "country+within"): (0.83, 0.96),
    ("villages_syiq", "unseen", "country+point"): (0.97, 0.99),
}
DECISIONS = {"cities_syiq": (0.96, 0.88), "cities_world": (0.93, 0.65)}  # precision and recall at least

Measured = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """A table of Markdown: its header's cells and its rows'."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]

    def __str__(self) -> str:
        ruled = ["---"] * len(self.header)
        return "\n".join(f"| {' | '.join(cells)} |" for cells in (self.header, ruled, *self.rows))


def main(folder: Path) -> None:
    """Rewrite the page's block and the diagram."""
    said = {name: read(folder / f"{name}.json") for name in ("cities", "nil", "villages", "peers")}
    PAGE.write_text(replaced(PAGE.read_text("utf-8"), block(said)), "utf-8")
    DIAGRAM.write_text(diagram(said["nil"]["calibration"]), "utf-8")


def read(path: Path) -> Measured:
    """What one run said."""
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError:
        raise SystemExit(f"no {path}: `make evaluate` writes it") from None


def replaced(page: str, inside: str) -> str:
    """The page with another block between its markers."""
    return between(page, inside, BEGIN, END, PAGE)


def block(said: dict[str, Measured]) -> str:
    """All tables, each under its heading."""
    sections = {
        "The right record first, or among the first ten": recall(said["cities"]["recall"] + said["villages"]["recall"]),
        "The decision `match`, half of the names meaning no record": decisions(said["nil"]["decisions"]),
        "Calibration": calibration(said["nil"]["calibration"]),
        "Scripts": scripts(said["cities"]["recall"]),
        "Languages": languages(said["cities"]["recall"]),
        "Peers": peers(said["peers"]["peers"]),
    }
    return "\n\n".join(f"### {heading}\n\n{text}" for heading, text in sections.items())


def recall(measured: Iterable[Measured]) -> str:
    """Each file, part and context, beside what is asked of it."""
    header = ("set", "part", "context given", "rows", "R@1 asked", "R@1", "R@10 asked", "R@10", "reached")
    return str(Table(header, [recalled(each) for each in measured if each["by"] == "all"]))


def recalled(of: Measured) -> Sequence[str]:
    """A row of it."""
    asked = RECALL.get((of["file"], of["part"], of["context"]))
    first, ten = asked or (None, None)
    named = (of["file"], of["part"], of["context"], f"{of['rows']:,}")
    shares = (wanted(first), share(of["at_1"]), wanted(ten), share(of["at_10"]))
    return (*named, *shares, reached(*short((first, of["at_1"]), (ten, of["at_10"]))) if asked else NOTHING)


def decisions(measured: Iterable[Measured]) -> str:
    """Each mixture, beside what is asked of it."""
    header = ("set", "part", "rows", "of no record", "precision asked", "precision", "recall asked", "recall")
    return str(Table((*header, "ambiguous", f"no record matched (≤ {ACCEPTED})", "reached"), [*map(decided, measured)]))


def decided(of: Measured) -> Sequence[str]:
    """A row of it."""
    precision, recall = DECISIONS.get(of["file"], (None, None))
    weighed = "" if of["nil_weight"] == 1 else f" × {of['nil_weight']:.2f}"
    accepted = of["nil_accepted"]
    lacking = short((precision, of["precision"]), (recall, of["recall"]))
    lacking += [accepted["value"] - ACCEPTED] if accepted and accepted["value"] > ACCEPTED else []
    return (
        *(of["file"], of["part"], f"{of['rows']:,}", f"{of['nil']:,}{weighed}"),
        *(wanted(precision), share(of["precision"]), wanted(recall), share(of["recall"])),
        *(share(of["ambiguous"]), share(accepted), reached(*lacking)),
    )


def calibration(measured: Sequence[Measured]) -> str:
    """The errors, then the bins of the mixtures over whole files, and the diagram."""
    errors = [
        (of["file"], of["part"], f"{of['rows']:,}", f"{ERROR}", f"{of['error']:.4f}", reached(*over(of["error"])))
        for of in measured
    ]
    bins = [
        (of["file"], of["part"], *binned(bin))
        for of in measured
        if of["part"] in ("all", "unseen")
        for bin in of["bins"]
    ]
    return "\n\n".join(
        (
            str(Table(("set", "part", "rows with a candidate", "ECE at most", "ECE", "reached"), errors)),
            "![Share right by score](reliability.svg)",
            str(Table(("set", "part", "score", "rows", "weight", "mean score", "share right"), bins)),
        )
    )


def binned(bin: Measured) -> Sequence[str]:
    """A bin of scores."""
    figures = (f"{bin[name]:.3f}" for name in ("weight", "score", "right"))
    return (f"{bin['low']:.1f}–{bin['high']:.1f}", f"{bin['rows']:,}", *figures)


def over(error: float) -> list[float]:
    """By how much an error is too large."""
    return [error - ERROR] if error > ERROR else []


def scripts(measured: Iterable[Measured]) -> str:
    """Every script with rows enough, the weakest first."""
    found = sorted(groups(measured, "script", MANY), key=lambda of: of["at_1"]["value"])
    header = ("script", "set", "rows", f"R@1 (≥ {LEAST:.2f})", "R@10", "reached")
    return str(Table(header, [(*grouped(of), reached(*short((LEAST, of["at_1"])))) for of in found]))


def languages(measured: Iterable[Measured]) -> str:
    """The languages that most rows are in."""
    found = sorted(groups(measured, "language", 5 * MANY), key=lambda of: of["at_1"]["value"])
    return str(Table(("language", "set", "rows", "R@1", "R@10"), [grouped(of) for of in found]))


def groups(measured: Iterable[Measured], by: str, least: int) -> Iterator[Measured]:
    """The breakdown of the unseen names whose country is known."""
    for of in measured:
        if (of["by"], of["part"], of["context"]) == (by, "unseen", "country") and of["rows"] >= least and of["group"]:
            yield of


def grouped(of: Measured) -> Sequence[str]:
    """A group and what was reached in it."""
    return (of["group"], of["file"], f"{of['rows']:,}", share(of["at_1"]), share(of["at_10"]))


def peers(measured: Iterable[Measured]) -> str:
    """Ours and the peers, the same names of the same index in the same run."""
    ordered = sorted(measured, key=lambda of: (of["file"], of["context"]))
    header = ("set", "part", "context given", "rows", "peer", "R@1", "R@10", "rows/s")
    return str(Table(header, [compared(of) for of in ordered]))


def compared(of: Measured) -> Sequence[str]:
    """One of them on one set."""
    named = (of["file"], of["part"], of["context"], f"{of['rows']:,}", of["peer"])
    return (*named, share(of["at_1"]), share(of["at_10"]), f"{of['rate']:,.0f}")


def share(of: Measured | None) -> str:
    """A share with its interval."""
    return NOTHING if of is None else f"{of['value']:.3f} ({of['low']:.3f}–{of['high']:.3f})"


def wanted(least: float | None) -> str:
    """What is asked for, if anything is."""
    return NOTHING if least is None else f"{least:g}"


def short(*pairs: tuple[float | None, Measured | None]) -> list[float]:
    """By how much each share is short of what is asked for; those that are not are left out."""
    return [least - of["value"] for least, of in pairs if least is not None and of and of["value"] < least]


def reached(*lacking: float) -> str:
    """Whether nothing is lacking, else by how much the worst falls short."""
    return f"short by {max(lacking):.3f}" if lacking else "yes"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "var/evaluate")
