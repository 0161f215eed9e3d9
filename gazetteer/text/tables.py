"""The one strict loader for the data of the text core: TSV tables and TOML lexicons.

A table begins with comments (`#`, at the start of a line), then a header that names its columns. A row may leave out
trailing cells; it may not have more cells than the header, and the same key may not come twice. A lexicon is one TOML
table per concept, of lists of words by language. What is read is cached for the life of the process.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from gazetteer.errors import BadData

Row = tuple[str, ...]


@cache
def table(path: str, *columns: str, keys: int = 1) -> tuple[Row, ...]:
    """The rows of a TSV table under `gazetteer/data`, each as long as the header.

    The first `keys` columns together are the key of a row. With `columns`, the header must be just these.
    """
    return parse_table(read(path), path, columns, keys)


@cache
def lexicon(path: str) -> dict[str, dict[str, Any]]:
    """A TOML lexicon under `gazetteer/data`: concept → language or attribute → list of texts."""
    return parse_lexicon(read(path), path)


def read(path: str) -> str:
    """The text of a data file; BadData where there is none or it is not UTF-8."""
    try:
        return files("gazetteer").joinpath("data", path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadData(f"{path}: cannot be read: {error}") from error


def parse_table(text: str, path: str, columns: tuple[str, ...] = (), keys: int = 1) -> tuple[Row, ...]:
    """The rows of a table; BadData with file and line where it is broken."""
    lines = [
        (number, tuple(line.split("\t")))
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip() and not line.startswith("#")
    ]
    if not lines:
        raise BadData(f"{path}: no header")
    _, header = lines[0]
    if columns and header != columns:
        raise BadData(f"{path}: columns are {header}, expected {columns}")
    rows: dict[Row, Row] = {}
    for number, cells in lines[1:]:
        if len(cells) > len(header):
            raise BadData(f"{path}:{number}: {len(cells)} cells in a table of {len(header)} columns")
        row = cells + ("",) * (len(header) - len(cells))
        if not row[0]:
            raise BadData(f"{path}:{number}: the first cell is empty")
        if row[:keys] in rows:
            raise BadData(f"{path}:{number}: {row[0]!r} comes twice")
        rows[row[:keys]] = row
    return tuple(rows.values())


def parse_lexicon(text: str, path: str) -> dict[str, dict[str, Any]]:
    """The concepts of a lexicon; BadData where it is not TOML, or a list of texts is not one."""
    try:
        concepts = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadData(f"{path}: {error}") from error
    for concept, lists in concepts.items():
        if not isinstance(lists, dict):
            raise BadData(f"{path}: {concept} is no table")
        for name, words in lists.items():
            if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
                raise BadData(f"{path}: [{concept}] {name} is no list of texts")
            if len(set(words)) != len(words):
                raise BadData(f"{path}: [{concept}] {name} has a word twice")
    return concepts
