"""The blocks of pages that scripts write, between two markers each."""

from pathlib import Path


def between(page: str, inside: str, begin: str, end: str, name: Path) -> str:
    """The page with another block between its markers; SystemExit, naming the page, where they are lost."""
    before, _, rest = page.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise SystemExit(f"{name} has lost its markers, {begin} and {end}")
    return f"{before}{begin}\n\n{inside}\n\n{end}{after}"
