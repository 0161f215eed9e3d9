"""GeoNames alternate names, V2: ten tab-separated columns, no header.

    alternateNameId  geonameid  isolanguage  name  isPreferredName  isShortName  isColloquial  isHistoric  from  to

They belong to rows of a dump by geonameid, and neither file promises an order. So they are first put into a database
on disk (the world has 18 million), then asked for row by row; memory does not grow with the file.

- isHistoric makes a name `historical`, isPreferredName (preferred in its language) `official`; short and colloquial
  names are variants. `from` and `to` are kept where they are a year, a month or a day, else left out: the name counts.
- A language is written as BCP 47 has it ("kur" is `ku`, "zh_tw" is `zh-TW`); none, or one that is none, is unknown.
- The pseudo-languages: `wkdt`, `iata`, `icao`, `unlc` are identifiers, `abbr` abbreviations, `fr_1793` names of the
  revolution. `link`, `post`, `phon`, `lauc`, `nuts`, `faac`, `tcid` are no names of a place and are left out.
- An identifier that the file gives to two records identifies neither (a city and its airport share "BGW"; loading
  would make them one): a code is kept as an abbreviation of both, a Wikidata id is left out.
"""

import re
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from gazetteer.importers import spelling
from gazetteer.importers.identifiers import is_identifier
from gazetteer.importers.languages import tag_of
from gazetteer.importers.lines import rows
from gazetteer.importers.record import NameRecord, Rejected
from gazetteer.text.dates import is_date

COLUMNS = 10
BATCH = 10_000
IDENTIFIERS = {"wkdt": "wikidata", "iata": "iata", "icao": "icao", "unlc": "unlocode"}
LEFT_OUT = {"link", "post", "phon", "lauc", "nuts", "faac", "tcid"}
REVOLUTION = "fr_1793"
DATE = re.compile(r"([0-9]{4})(?:-?([0-9]{2})(?:-?([0-9]{2}))?)?")

SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -65536;
CREATE TABLE names (place INTEGER, text TEXT, language TEXT, role TEXT, valid_from TEXT, valid_to TEXT);
CREATE TABLE codes (place INTEGER, scheme TEXT, value TEXT, shared INTEGER DEFAULT 0);
"""
INDEXES = """
CREATE INDEX names_of ON names (place);
CREATE INDEX codes_of ON codes (place);
UPDATE codes SET shared = 1 WHERE (scheme, value) IN
    (SELECT scheme, value FROM codes GROUP BY scheme, value HAVING count(DISTINCT place) > 1);
"""
NAMES_OF = "SELECT text, language, role, valid_from, valid_to FROM names WHERE place = ? ORDER BY rowid"
CODES_OF = "SELECT scheme, value, shared FROM codes WHERE place = ? ORDER BY rowid"

Row = tuple[str | None, ...]


class AlternateNames:
    """All alternate names of one or several files, on disk while the context lasts."""

    def __init__(self, scratch: Path | None = None) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="gazetteer-", dir=scratch)
        self.store = sqlite3.connect(Path(self.folder.name) / "alternate-names.db", isolation_level=None)
        self.store.executescript(SCHEMA)

    def __enter__(self) -> Self:
        """Start with what `__init__` has made."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Leave nothing on disk."""
        self.store.close()
        self.folder.cleanup()

    def fill(self, paths: tuple[Path, ...]) -> Iterator[Rejected]:
        """Read all files; rows that cannot be read come out. Must be run to its end before a name is asked for."""
        self.store.execute("BEGIN")
        names: list[Row] = []
        codes: list[Row] = []
        for path in paths:
            for line in rows(path, COLUMNS):
                fault = line if isinstance(line, Rejected) else sort_row(line[1], names, codes)
                if isinstance(fault, Rejected):
                    yield fault
                elif fault and not isinstance(line, Rejected):
                    yield Rejected(line[0], fault, path.name)
                if len(names) >= BATCH:
                    self.put(names, codes)
        self.put(names, codes)
        self.store.execute("COMMIT")
        self.store.executescript(INDEXES)

    def put(self, names: list[Row], codes: list[Row]) -> None:
        """Store what has gathered."""
        self.store.executemany("INSERT INTO names VALUES (?, ?, ?, ?, ?, ?)", names)
        self.store.executemany("INSERT INTO codes (place, scheme, value) VALUES (?, ?, ?)", codes)
        names.clear()
        codes.clear()

    def of(self, geonames_id: str) -> tuple[list[NameRecord], list[tuple[str, str]]]:
        """The alternate names of one record, in the order of the file, and the identifiers that are its alone."""
        place = (int(geonames_id),)
        names = [NameRecord(*row) for row in self.store.execute(NAMES_OF, place)]
        identifiers: list[tuple[str, str]] = []
        for scheme, value, shared in self.store.execute(CODES_OF, place):
            if not shared:
                identifiers.append((scheme, value))
            elif scheme != "wikidata":
                names.append(NameRecord(value, role="abbreviation"))
        return names, identifiers


def sort_row(cells: list[str], names: list[Row], codes: list[Row]) -> str | None:
    """Put one row where it belongs: a name, an identifier, or nowhere; or say why it cannot be read."""
    _, place, language, written, preferred, _short, _colloquial, historic, start, end = cells
    if not is_identifier("geonames", place):
        return f"geonameid {place[:20]!r} is not a number above nought"
    text = spelling.trimmed(written)
    if language in LEFT_OUT:
        return None
    if language in IDENTIFIERS:
        scheme = IDENTIFIERS[language]
        if not is_identifier(scheme, text):
            return f"{text[:40]!r} is not written as {scheme} writes it"
        if historic != "1":
            codes.append((place, scheme, text))
        return None
    fault = spelling.fault(text)
    if fault is None:
        role = role_of(language, preferred, historic)
        tag = "fr" if language == REVOLUTION else tag_of(language) if language not in ("", "abbr") else None
        names.append((place, text, tag, role, iso_date(start), iso_date(end)))
    return fault


def role_of(language: str, preferred: str, historic: str) -> str:
    """The role that the flags of a row give its name."""
    if historic == "1" or language == REVOLUTION:
        return "historical"
    if language == "abbr":
        return "abbreviation"
    return "official" if preferred == "1" else "variant"


def iso_date(written: str) -> str | None:
    """A year, a month or a day as ISO 8601 writes it; None for "c. 1850" and for days that are none."""
    found = DATE.fullmatch(written.strip())
    if not found:
        return None
    iso = "-".join(part for part in found.groups() if part)
    return iso if is_date(iso) else None
