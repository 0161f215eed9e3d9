"""An evaluation as tables for a person."""

from typing import TYPE_CHECKING

import click

from gazetteer.cli.terminal import table

if TYPE_CHECKING:
    from gazetteer.services.evaluate.calibration import Calibration
    from gazetteer.services.evaluate.compare import Compared
    from gazetteer.services.evaluate.mixture import Decided
    from gazetteer.services.evaluate.report import Report
    from gazetteer.services.evaluate.shares import Recall, Share

RECALL = ("file", "context", "part", "of", "rows", "R@1", "95 %", "R@5", "95 %", "R@10", "95 %")
DECISIONS = (
    "file",
    "context",
    "part",
    "rows",
    "nil",
    "precision",
    "95 %",
    "recall",
    "95 %",
    "ambiguous",
    "nil matched",
)
BINS = ("scores", "rows", "weight", "mean score", "right")
PEERS = ("peer", "file", "context", "part", "rows", "R@1", "95 %", "R@10", "95 %", "rows/s")


def show(report: "Report") -> None:
    """Print what was measured; what was not asked for is not there."""
    if report.recall:
        table(RECALL, [recall(each) for each in report.recall])
    if report.decisions:
        click.echo("The decision `match`:")
        table(DECISIONS, [decided(each) for each in report.decisions])
    for each in report.calibration:
        click.echo(f"Calibration of {each.file} ({each.part}, {each.context}): ECE {each.error:.4f}")
        table(BINS, bins(each))
    if report.peers:
        click.echo("Peers, asked the same:")
        table(PEERS, [compared(each) for each in report.peers])


def recall(of: "Recall") -> tuple[str, ...]:
    """How often the right record is near the top."""
    group = of.by if of.by == "all" else of.group or "not said"
    return (of.file, of.context, of.part, group, f"{of.rows:,}", *pair(of.at_1), *pair(of.at_5), *pair(of.at_10))


def decided(of: "Decided") -> tuple[str, ...]:
    """What the decision is worth; names of no record say how much each of them weighs, where it is not one."""
    weighed = "" if of.nil_weight == 1 else f" × {of.nil_weight:.2f}"
    counts = (f"{of.rows:,}", f"{of.nil:,}{weighed}" if of.nil else "")
    shares = (*pair(of.precision), *pair(of.recall), pair(of.ambiguous)[0], pair(of.nil_accepted)[0])
    return (of.file, of.context, of.part, *counts, *shares)


def bins(of: "Calibration") -> list[tuple[str, ...]]:
    """A reliability table."""
    return [
        (
            f"{each.low:.1f}–{each.high:.1f}",
            f"{each.rows:,}",
            *(f"{x:.3f}" for x in (each.weight, each.score, each.right)),
        )
        for each in of.bins
    ]


def compared(of: "Compared") -> tuple[str, ...]:
    """One of the peers, or ours."""
    reached = (*pair(of.at_1), *pair(of.at_10))
    return (of.peer, of.file, of.context, of.part, f"{of.rows:,}", *reached, f"{of.rate:,.0f}")


def pair(share: "Share | None") -> tuple[str, str]:
    """A share and its interval, or nothing twice."""
    return ("", "") if share is None else (f"{share.value:.3f}", f"{share.low:.3f}–{share.high:.3f}")
