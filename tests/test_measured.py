"""docs/measured.py: what is measured stands beside what is asked, and nothing else of the page is touched."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from docs.measured import BEGIN, DECISIONS, END, RECALL, block, reached, replaced, short
from docs.reliability import diagram

PAGE = (Path(__file__).resolve().parents[1] / "docs/matching.md").read_text("utf-8")


def share(value):
    """A share, as `gazetteer evaluate --json` says it."""
    return {"value": value, "low": value, "high": value}


def recall(file="cities_syiq", part="unseen", context="country", by="all", group=None, value=0.5, rows=40):
    """The recall of some rows."""
    label = {"file": file, "part": part, "context": context, "by": by, "group": group, "rows": rows}
    return label | {f"at_{most}": share(value) for most in (1, 5, 10)}


def said(value=0.5):
    """What the four runs say, one row each."""
    label = {"file": "cities_syiq", "part": "unseen", "context": "country", "rows": 40}
    measures = {name: share(value) for name in ("precision", "recall", "ambiguous")} | {"nil_accepted": share(0.01)}
    bins = [{"low": 0.9, "high": 1.0, "rows": 40, "weight": 1.0, "score": 0.95, "right": value}]
    script = recall(by="script", group="Arab", value=value)
    return {
        "cities": {"recall": [recall(value=value), script]},
        "villages": {"recall": [recall("villages_syiq", context="country+point", value=value)]},
        "nil": {
            "decisions": [label | {"nil": 20, "nil_weight": 2.0} | measures],
            "calibration": [label | {"error": abs(0.95 - value), "bins": bins}],
        },
        "peers": {"peers": [label | {"peer": "gazetteer", "at_1": share(value), "at_10": share(value), "rate": 900.0}]},
    }


def lines(text, start):
    """The rows of tables that begin so."""
    return [line for line in text.splitlines() if line.startswith(f"| {start} |")]


def test_only_what_is_between_the_markers_is_written():
    """The prose is people's."""
    once = replaced(PAGE, block(said()))

    assert once.partition(BEGIN)[0] == PAGE.partition(BEGIN)[0]
    assert once.partition(END)[2] == PAGE.partition(END)[2]
    assert replaced(once, block(said())) == once


def test_a_page_without_its_markers_is_left_alone():
    """Rather than guessed at."""
    with pytest.raises(SystemExit, match="lost its markers"):
        replaced("# Matching\n", "")


def test_a_figure_that_falls_short_says_by_how_much():
    """The worst of those asked for; what is not asked for falls short of nothing."""
    assert reached(*short((0.95, share(0.93)), (0.985, share(0.9)))) == "short by 0.085"
    assert reached(*short((0.95, share(0.95)), (None, share(0.0)))) == "yes"


def test_asked_and_measured_stand_side_by_side():
    """In one row."""
    (row, *_) = lines(block(said()), "cities_syiq | unseen | country")

    assert "| 0.95 | 0.500 (0.500–0.500) | 0.985 |" in row
    assert row.endswith("| short by 0.485 |")


def test_names_of_no_record_say_what_they_weigh():
    """So that nobody takes 20 rows for 40."""
    assert "| 20 × 2.00 |" in block(said())


def test_only_scripts_with_rows_enough_are_judged():
    """A handful proves nothing."""
    few = said()
    few["cities"]["recall"].append(recall(by="script", group="Nkoo", rows=29))

    assert lines(block(few), "Arab")
    assert not lines(block(few), "Nkoo")


def test_the_diagram_is_svg_with_a_dot_a_bin():
    """At the share that is right, counted from below."""
    root = ElementTree.fromstring(diagram(said(value=1.0)["nil"]["calibration"]))

    (dot,) = root.iter("{http://www.w3.org/2000/svg}circle")
    assert float(dot.get("cy")) == 0


def test_everything_asked_for_has_its_row():
    """Once `make evaluate` has run, no target is without a figure."""
    asked, decided, *_ = PAGE.partition(BEGIN)[2].partition(END)[0].split("\n### ")[1:]

    assert all(len(lines(asked, " | ".join(each))) == 1 for each in RECALL)
    assert all(len(lines(decided, f"{file} | all")) == 1 for file in DECISIONS)
