"""Builds the small gazetteer and asks it; in a process of its own when it is run.

python -m tests.properties.fresh FOLDER
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from gazetteer.index import format
from gazetteer.services.resolve import Resolver, many
from tests.index.small import snapshot
from tests.properties.asked import ASKED, said


def report(folder: Path) -> Iterator[str]:
    """What was written, and what was said."""
    resolver = Resolver(snapshot(folder))
    manifest = format.Manifest.read(folder)
    yield from (f"{name} {file}" for name, file in sorted(manifest.files.items()))
    yield str(manifest.lists)
    yield from (ascii(said(answer)) for answer in many(resolver, ASKED, limit=50, explain=True))


if __name__ == "__main__":
    print(*report(Path(sys.argv[1])), sep="\n")
