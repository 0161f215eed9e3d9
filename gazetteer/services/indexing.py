"""Building, describing and checking snapshots."""

import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from gazetteer.db.index_rows import index_rows
from gazetteer.db.sessions import generation, reading
from gazetteer.errors import BadSnapshot, Conflict
from gazetteer.index import format
from gazetteer.index.build import build as build_arrays
from gazetteer.index.filing import Progress
from gazetteer.matching.keys import fingerprint
from gazetteer.services.collector import paused_collector


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was built: where, of which generation, how much, and in what time."""

    path: Path
    generation: int
    entities: int
    names: int
    bytes: int
    seconds: float


def build(
    sessions: sessionmaker[Session],
    index: Path,
    *,
    without: Collection[str] = (),
    output: Path | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Build the snapshot of the database as it is now, and make it the current one of the `index` folder.

    `without` are GeoNames ids to leave out. With `output` the snapshot is written there instead, and nothing is made
    current; Conflict where something is there already.
    """
    started = perf_counter()
    if output is not None and output.exists():
        raise Conflict(f"{output} is there already", field="output")
    staged = format.staging(index if output is None else output.parent)
    try:
        with paused_collector(), reading(sessions) as session:
            manifest = build_arrays(index_rows(session, without), staged, progress)
        path = format.publish(index, staged, manifest.generation) if output is None else staged.rename(output)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return BuildReport(
        path=path,
        generation=manifest.generation,
        entities=manifest.counts["entities"],
        names=manifest.counts["names"],
        bytes=sum(each["bytes"] for each in manifest.files.values()),
        seconds=perf_counter() - started,
    )


def is_current(sessions: sessionmaker[Session], path: Path) -> bool:
    """The snapshot at `path` holds just what the database does, under the keys that this version looks up."""
    try:
        manifest = format.Manifest.read(path)
    except BadSnapshot:
        return False
    with reading(sessions) as session:
        return manifest.generation == generation(session) and manifest.keys == fingerprint()


def info(path: Path) -> dict[str, Any]:
    """What a snapshot holds; BadSnapshot where there is none."""
    manifest = format.Manifest.read(path)
    return {
        "path": str(path.resolve()),
        "generation": manifest.generation,
        "created": manifest.created,
        **manifest.counts,
        "bytes": sum(each["bytes"] for each in manifest.files.values()),
        "files": len(manifest.files),
        "format": manifest.format,
    }


def verify(path: Path) -> list[str]:
    """Everything wrong with a snapshot; empty when it is sound."""
    return format.problems(path)
