"""Importing other people's gazetteers: their files into the database.

An import can be broken off anywhere and run again. Batches are committed as they are read and records are known by
their identifiers, so the second run finds the rows of the first, leaves them as they are and goes on with what is
missing; it ends with the same database as a run that was never broken. So does a run over a newer file, except that
records which a source drops from its files stay: names, identifiers and relations go, entities are kept.
"""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session, sessionmaker

from gazetteer.errors import BadData
from gazetteer.importers import geonames
from gazetteer.services.load import Progress, load
from gazetteer.services.load_run import Report


def import_geonames(
    sessions: sessionmaker[Session],
    files: geonames.Files,
    *,
    actor: str = "system",
    strict: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Load GeoNames dumps with what belongs to them; the source gets the day of the newest file for a version.

    Rows that cannot be read are counted in the report, the first with file and line; with `strict` the first one
    raises `BadData`, and what was committed before it stays. `progress` hears after each batch how many more
    rows were read.
    """
    beside = [path for path in (files.admin1, files.admin2) if path is not None]
    source = replace(geonames.SOURCE, version=newest([*files.dumps, *files.alternate_names, *beside]))
    with closing(geonames.records(files)) as records:  # what is put aside goes with them, also where a row stops it all
        return load(sessions, source, records, actor=actor, action="import geonames", strict=strict, progress=progress)


def newest(files: Iterable[Path]) -> str:
    """The day on which the youngest of the files was last written."""
    try:
        latest = max(path.stat().st_mtime for path in files)
    except OSError as error:
        raise BadData(f"{error.filename}: cannot be read: {error.strerror}") from error
    return datetime.fromtimestamp(latest, UTC).date().isoformat()
