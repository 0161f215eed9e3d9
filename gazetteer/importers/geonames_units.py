"""GeoNames admin1CodesASCII.txt and admin2Codes.txt: four tab-separated columns, no header.

    code  name  name in ASCII  geonameid

The code is the country's and the unit's, "IQ.13", or with the district's "IQ.13.98410": what the rows of a dump give
in their admin columns, and the identifier `geonames_code` here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gazetteer.importers import country_codes, spelling
from gazetteer.importers.identifiers import is_identifier
from gazetteer.importers.lines import rows
from gazetteer.importers.record import Link, NameRecord, Record, Rejected

COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: `code` with the country first, `level` 1 or 2."""

    code: str
    name: str
    ascii: str
    geonames_id: str
    row: int

    @property
    def level(self) -> int:
        """1 for a province, 2 for a district."""
        return 1 if self.code.count(".") == 1 else 2

    @property
    def country(self) -> str:
        """The country, ISO 3166-1 alpha-2."""
        return self.code[:2]


@dataclass(slots=True)
class Units:
    """The units of both files, by GeoNames id; codes are unique, so are ids."""

    by_id: dict[str, Unit] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)

    def fill(self, path: Path, level: int) -> Iterator[Rejected]:
        """Read one file; rows that cannot be read come out."""
        for line in rows(path, COLUMNS):
            if isinstance(line, Rejected):
                yield line
                continue
            row, (code, name, ascii_name, geonames_id) = line
            unit = Unit(code, spelling.trimmed(name), spelling.trimmed(ascii_name), geonames_id, row)
            fault = self.fault(unit, level)
            if fault:
                yield Rejected(row, fault, path.name)
            else:
                self.by_id[geonames_id] = unit
                self.codes.add(code)

    def fault(self, unit: Unit, level: int) -> str | None:
        """Why a row is no unit of this level."""
        if not is_identifier("geonames_code", unit.code) or unit.code.count(".") != level:
            return f"code {unit.code[:40]!r} is not a country's and {level} more, parted by dots"
        if unit.country not in country_codes.ever():
            return f"unknown country {unit.country!r}"
        if not is_identifier("geonames", unit.geonames_id):
            return f"geonameid {unit.geonames_id[:20]!r} is not a number above nought"
        if unit.code in self.codes or unit.geonames_id in self.by_id:
            return f"code {unit.code} or geonameid {unit.geonames_id} was there before"
        return spelling.fault(unit.name)


def links(code: str) -> tuple[Link, ...]:
    """What a unit lies within, by its code: the province of a district, and the country."""
    country, _, rest = code.partition(".")
    above = code.rpartition(".")[0]
    upper = (Link("within", "geonames_code", above),) if "." in rest else ()
    return (*upper, Link("within", "iso3166", country))


def record(unit: Unit, alternate: Iterable[NameRecord], identifiers: Iterable[tuple[str, str]]) -> Record:
    """A unit of which the dump has no row: named, placed in its country, and without a point."""
    names = [NameRecord(unit.name, role="preferred")]
    if unit.ascii and not spelling.alike(unit.name, unit.ascii):
        names.append(NameRecord(unit.ascii))
    return Record(
        kind="place",
        type=f"admin{unit.level}",
        name=unit.name,
        country=unit.country,
        identifiers=(("geonames", unit.geonames_id), *identifiers, ("geonames_code", unit.code)),
        names=(*names, *dict.fromkeys(alternate)),
        links=links(unit.code),
        row=unit.row,
    )
