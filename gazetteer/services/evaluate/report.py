"""The whole evaluation: what is to be measured, and what came of it."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from gazetteer.services.evaluate.asking import Outcome, Progress, ask
from gazetteer.services.evaluate.calibration import Calibration, calibration
from gazetteer.services.evaluate.compare import Asked, Compared, compared
from gazetteer.services.evaluate.failures import Failure, failures
from gazetteer.services.evaluate.inventory import geonames_of
from gazetteer.services.evaluate.mixture import Decided, decided, missing, mix
from gazetteer.services.evaluate.rows import NIL, Row, draw, parts, read
from gazetteer.services.evaluate.shares import Recall, recalls
from gazetteer.services.resolve import Resolver

ALL = "all"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be measured.

    `parts` are those asked, all where empty; `sample` the most rows of each part of each file; `by` the breakdowns;
    `nil` a file of names whose records the snapshot was built without; `compare` the peers to ask the same.
    """

    files: Sequence[Path]
    contexts: Sequence[str] = ("country",)
    parts: Sequence[str] = ()
    by: Sequence[str] = ()
    sample: int | None = None
    nil: Path | None = None
    compare: Sequence[str] = ()
    postgres: str | None = None


@dataclass
class Report:
    """What was measured, of one generation of the records."""

    generation: int
    sample: int | None
    recall: list[Recall] = field(default_factory=list)
    decisions: list[Decided] = field(default_factory=list)
    calibration: list[Calibration] = field(default_factory=list)
    peers: list[Compared] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


def evaluate(resolver: Resolver, plan: Plan, progress: Progress | None = None) -> Report:
    """Measure each part of each file with each sort of context, then the peers."""
    report = Report(resolver.generation, plan.sample)
    rows = [(file.stem, list(chosen(file, plan))) for file in plan.files]
    if plan.compare:  # first, so that ours too is timed with nothing worked before
        report.peers.extend(compared(resolver, sets(rows, plan), plan.compare, plan.postgres, progress))
    nil = list(read(plan.nil)) if plan.nil else []
    held = {id for id in geonames_of(resolver.snapshot) if id} if plan.nil else None
    for context in plan.contexts:
        absent = ask(resolver, absent_of(nil, rows), context, progress, NIL)
        for file, asked in rows:
            add(report, plan, (file, context), ask(resolver, asked, context, progress, file), Held(absent, held))
        if plan.nil and held is not None:
            report.failures.extend(failures(plan.nil.stem, context, missing(absent, held)))
    return report


@dataclass(frozen=True, slots=True)
class Held:
    """What came of the names held out, and the GeoNames ids that the snapshot holds; None where none were held out."""

    absent: Sequence[Outcome]
    ids: Set[str] | None


def chosen(file: Path, plan: Plan) -> Iterator[Row]:
    """The rows of a file that are to be asked."""
    for part, rows in parts(read(file)).items():
        if not plan.parts or part in plan.parts:
            yield from draw(rows, plan.sample)


def sets(rows: Sequence[tuple[str, list[Row]]], plan: Plan) -> list[Asked]:
    """What ours and the peers are asked."""
    return [
        Asked((file, context, part), members)
        for file, asked in rows
        for part, members in parts(asked).items()
        for context in plan.contexts
        if part != NIL
    ]


def absent_of(nil: Sequence[Row], rows: Sequence[tuple[str, list[Row]]]) -> list[Row]:
    """The names of no record that some file can be mixed with: those of its countries."""
    countries = {row.country for _, asked in rows for row in asked}
    return [row for row in nil if row.country in countries]


def add(report: Report, plan: Plan, of: tuple[str, str], outcomes: Sequence[Outcome], held: Held) -> None:
    """Add what came of one file with one sort of context."""
    file, context = of
    by_part: dict[str, list[Outcome]] = {}
    for each in outcomes:
        by_part.setdefault(each.row.part, []).append(each)
    for part, members in by_part.items():
        if part != NIL:
            report.recall.extend(recalls((file, context, part), members, plan.by))
    for part, members in ({ALL: list(outcomes)} | by_part).items():
        mixture = mix(members, held.absent, held.ids)
        if (part == ALL and len(by_part) == 1) or not (mixture.answerable or mixture.nil):
            continue
        report.decisions.append(decided((file, context, part), mixture))
        report.calibration.append(calibration((file, context, part), mixture))
    report.failures.extend(failures(file, context, outcomes))
