"""GeoNames dumps: a country's (IQ.txt), cities*.txt or allCountries.txt, plain or zipped; 19 tab-separated columns.

    geonameid  name  asciiname  alternatenames  latitude  longitude  feature class  feature code  country code  cc2
    admin1 code  admin2 code  admin3 code  admin4 code  population  elevation  dem  timezone  modification date

Each row becomes a record under its GeoNames id, of the type its feature code has in `data/types.toml`; features that
people build are facilities, the rest are places. The `name` column is the display name, whatever else is flagged as
preferred; the ASCII name is kept where it says more than the name without its marks. A population of nought means
unknown. A place lies within its admin2 and admin1 unit and its country.

Further files, each optional:

- alternate names (`gazetteer.importers.geonames_names`) bring language, role and dates. The `alternatenames` column is
  a copy of them without all that, and cuts names at their commas: it is read only for a row that has none there.
  Names without language that a machine made are left out of both, as `gazetteer.importers.geonamescache` says.
- admin1CodesASCII.txt and admin2Codes.txt (`gazetteer.importers.geonames_units`) give units their codes. A unit is one
  record with its row in the dump; units without one come last, for countries that the dump had a row of. Without these
  files the codes come from the rows of ADM1 and ADM2 features, the first row with a code.

Rows are read one at a time. Neither order nor completeness is relied on, and a row that cannot be read comes out as
`Rejected` with its file and line: another number of columns, bytes that are not UTF-8, NUL, an id that is no number
above nought or was there before, no name, coordinates that are none or out of range, an unknown country, a bad
population.
"""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from gazetteer.importers import country_codes, geonames_units, geonamescache, spelling
from gazetteer.importers.geonames_names import AlternateNames
from gazetteer.importers.geonames_units import Unit, Units
from gazetteer.importers.identifiers import is_identifier
from gazetteer.importers.lines import rows
from gazetteer.importers.record import Link, NameRecord, Record, Rejected, Source
from gazetteer.matching.types import Kind
from gazetteer.matching.vocabulary import type_of_feature, types

SOURCE = Source("geonames", "GeoNames", "CC BY 4.0", "https://www.geonames.org/", rank=60)
COLUMNS = 19
NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?")
POPULATION = re.compile(r"[0-9]{0,11}")
WHOLE_COUNTRY = "00"  # GeoNames' admin1 code for "no unit in particular"
LEVELS = {"ADM1": 1, "ADM2": 2}
FARTHEST = 1 << 24  # bytes of the table of ids: beyond 134 million they are kept singly
GROWTH = 1 << 16


@dataclass(frozen=True, slots=True)
class Files:
    """What to read: dumps, and what goes with them. `scratch` is a folder for what is put aside meanwhile."""

    dumps: tuple[Path, ...]
    alternate_names: tuple[Path, ...] = ()
    admin1: Path | None = None
    admin2: Path | None = None
    scratch: Path | None = None


def records(files: Files) -> Generator[Record | Rejected, None, None]:
    """All records of the dumps, then the units that no dump had a row of."""
    units = Units()
    for level, path in enumerate((files.admin1, files.admin2), start=1):
        if path is not None:
            yield from units.fill(path, level)
    with AlternateNames(files.scratch) as alternate:
        yield from alternate.fill(files.alternate_names)
        reader = Reader(alternate, units)
        for path in files.dumps:
            yield from reader.dump(path)
        yield from reader.rest()


class Reader:
    """Reads dumps, knowing the alternate names and units, and which ids it has seen."""

    def __init__(self, alternate: AlternateNames, units: Units) -> None:
        self.alternate = alternate
        self.units = units
        self.seen = Ids()
        self.codes = set(units.codes)
        self.countries: set[str] = set()

    def dump(self, path: Path) -> Iterator[Record | Rejected]:
        """The records of one dump."""
        for line in rows(path, COLUMNS):
            if isinstance(line, Rejected):
                yield line
                continue
            row, cells = line
            fault = fault_of(cells)
            if fault is None and not self.seen.add(cells[0]):
                fault = f"geonameid {cells[0]} was there before"
            yield Rejected(row, fault, path.name) if fault else self.record(row, cells)

    def rest(self) -> Iterator[Record]:
        """The units without a row, of countries that had one."""
        for unit in self.units.by_id.values():
            if unit.country in self.countries and unit.geonames_id not in self.seen:
                yield geonames_units.record(unit, *self.alternate.of(unit.geonames_id))

    def record(self, row: int, cells: list[str]) -> Record:
        """One row without fault."""
        place, name, plain, column, lat, lon, feature_class, code, country = cells[:9]
        kind = type_of_feature(feature_class, code)
        unit = self.units.by_id.get(place)
        own = unit.code if unit else self.code_of(cells)
        self.countries.add(country)
        alternate, also = self.alternate.of(place)
        identifiers = [("geonames", place), *also]
        if own:
            identifiers.append(("geonames_code", own))
        display = spelling.trimmed(name)
        return Record(
            kind=types()[kind].kind if kind else Kind.PLACE,
            name=display,
            identifiers=tuple(identifiers),
            type=f"admin{unit.level}" if unit else kind,
            country=country or None,
            lat=float(lat),
            lon=float(lon),
            population=int(cells[14] or 0) or None,
            names=tuple(names(display, spelling.trimmed(plain), alternate or column_names(column), unit)),
            links=geonames_units.links(own) if own else links(country, cells[10], cells[11]),
            row=row,
        )

    def code_of(self, cells: list[str]) -> str | None:
        """The code of a unit that no file of units names: its row's own, if no other row had it."""
        level = LEVELS.get(cells[7]) if cells[6] == "A" else None
        if level is None or self.units.codes:
            return None
        parts = (cells[8], cells[10], cells[11])[: level + 1]
        code = ".".join(parts)
        if not is_identifier("geonames_code", code) or parts[1] == WHOLE_COUNTRY or code in self.codes:
            return None
        self.codes.add(code)
        return code


class Ids:
    """GeoNames ids, a bit each: twelve million take less than two megabytes."""

    def __init__(self) -> None:
        self.bits = bytearray()
        self.far: set[int] = set()

    def __contains__(self, geonames_id: str) -> bool:
        number = int(geonames_id)
        place = number >> 3
        if place > FARTHEST:
            return number in self.far
        return place < len(self.bits) and bool(self.bits[place] >> (number & 7) & 1)

    def add(self, geonames_id: str) -> bool:
        """Note an id; whether it is new."""
        if geonames_id in self:
            return False
        number = int(geonames_id)
        place = number >> 3
        if place > FARTHEST:
            self.far.add(number)
            return True
        if place >= len(self.bits):
            self.bits.extend(bytes(place + GROWTH - len(self.bits)))
        self.bits[place] |= 1 << (number & 7)
        return True


def fault_of(cells: list[str]) -> str | None:
    """Why a row cannot be read."""
    if not is_identifier("geonames", cells[0]):
        return f"geonameid {cells[0][:20]!r} is not a number above nought"
    for place, limit, what in ((4, 90.0, "latitude"), (5, 180.0, "longitude")):
        if not NUMBER.fullmatch(cells[place]):
            return f"{what} {cells[place][:20]!r} is not a number"
        if not abs(float(cells[place])) <= limit:
            return f"{what} {cells[place][:20]} is out of range"
    if cells[8] and cells[8] not in country_codes.ever():
        return f"unknown country {cells[8][:20]!r}"
    if not POPULATION.fullmatch(cells[14]):
        return f"population {cells[14][:20]!r} is not a whole number"
    return spelling.fault(spelling.trimmed(cells[1]))


def links(country: str, admin1: str, admin2: str) -> tuple[Link, ...]:
    """What a place lies within, the smallest first."""
    if not country:
        return ()
    code = f"{country}.{admin1}"
    inside = [f"{code}.{admin2}", code] if admin2 else [code]
    units = inside if admin1 and admin1 != WHOLE_COUNTRY else []
    return (*(Link("within", "geonames_code", each) for each in units), Link("within", "iso3166", country))


def names(display: str, plain: str, alternate: list[NameRecord], unit: Unit | None) -> Iterator[NameRecord]:
    """The display name, those of the unit, the ASCII one if it is another, and the alternate names."""
    yield NameRecord(display, role="preferred")
    said = [display]
    for text in [unit.name, unit.ascii, plain] if unit else [plain]:
        if spelling.fault(text) is None and not any(spelling.alike(text, other) for other in said):
            said.append(text)
            yield NameRecord(text)
    fresh = dict.fromkeys(name for name in alternate if name.language or name.text not in said)
    yield from geonamescache.worth_keeping(list(fresh))


def column_names(column: str) -> list[NameRecord]:
    """The names of the `alternatenames` column."""
    texts = map(spelling.trimmed, column.split(","))
    return [NameRecord(text) for text in texts if spelling.fault(text) is None]
