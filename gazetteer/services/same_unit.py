"""First-level units that two sources describe without sharing an identifier: ISO 3166-2 and GeoNames do not.

Within a country, a unit that has an ISO code and one that has none are one when a form of their names is alike and
neither is like any other: first as written, then without articles, then without words like "province"; first
the main names, then all. What is not unique on both sides is left alone. It looks at what is stored, so the order
of loading does not matter.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from gazetteer.db import bulk
from gazetteer.text.normalise import fold
from gazetteer.text.tokens import analyse

ADMIN1 = "admin1"
CODED = "iso3166"
MAIN_ROLES = ("preferred", "official")

FORMS: tuple[Callable[[str], str], ...] = (fold, lambda text: analyse(text).core, lambda text: analyse(text).bare)


@dataclass(frozen=True, slots=True)
class Unit:
    """A first-level unit: the schemes it is identified in, its main names and all of them."""

    id: int
    country: str
    schemes: frozenset[str]
    main: frozenset[str]
    all: frozenset[str]


def pairs(session: Session, countries: Collection[str]) -> Iterator[tuple[int, int]]:
    """The pairs of entities that are one unit."""
    by_country: dict[str, list[Unit]] = defaultdict(list)
    for unit in units(session, countries):
        by_country[unit.country].append(unit)
    for _, found in sorted(by_country.items()):
        yield from alike(found)


def units(session: Session, countries: Collection[str]) -> Iterator[Unit]:
    """The first-level units of countries where some have an ISO code and some have none."""
    rows = bulk.select(
        session, "entities", ("id", "country", "name"), "country", sorted(countries), type=ADMIN1, status="active"
    )
    ids = [row[0] for row in rows]
    schemes: dict[int, set[str]] = defaultdict(set)
    for id, scheme in bulk.select(session, "identifiers", ("entity_id", "scheme"), "entity_id", ids):
        schemes[id].add(scheme)
    sides: dict[str, set[bool]] = defaultdict(set)
    for id, country, _ in rows:
        sides[country].add(CODED in schemes[id])
    rows = [row for row in rows if len(sides[row[1]]) == 2]
    names: dict[int, set[str]] = defaultdict(set)
    main: dict[int, set[str]] = defaultdict(set)
    for id, text, role in bulk.select(
        session, "names", ("entity_id", "text", "role"), "entity_id", [row[0] for row in rows]
    ):
        names[id].add(text)
        if role in MAIN_ROLES:
            main[id].add(text)
    for id, country, name in rows:
        yield Unit(id, country, frozenset(schemes[id]), frozenset(main[id] | {name}), frozenset(names[id] | {name}))


def alike(found: list[Unit]) -> Iterator[tuple[int, int]]:
    """The pairs within one country, the surest forms of the names first; who is paired is out of the way of others."""
    left = {unit.id: unit for unit in found}
    for names in ({unit.id: unit.main for unit in found}, {unit.id: unit.all for unit in found}):
        for form in FORMS:
            keys = {id: {key for text in names[id] if (key := form(text))} for id in left}
            for coded, other in sure(left, keys):
                del left[coded], left[other]
                yield coded, other


def sure(left: Mapping[int, Unit], keys: Mapping[int, set[str]]) -> list[tuple[int, int]]:
    """The pairs in which each is the only one on the other side that is like it, and no scheme tells them apart."""
    holders: dict[str, set[int]] = defaultdict(set)
    for id, forms in keys.items():
        for form in forms:
            holders[form].add(id)
    near: dict[int, set[int]] = defaultdict(set)
    for id, forms in keys.items():
        coded = CODED in left[id].schemes
        near[id] = {other for form in forms for other in holders[form] if (CODED in left[other].schemes) != coded}
    return [
        (id, other)
        for id, others in near.items()
        if CODED in left[id].schemes and len(others) == 1
        for other in others
        if near[other] == {id} and not left[id].schemes & left[other].schemes
    ]
