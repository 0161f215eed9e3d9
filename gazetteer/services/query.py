"""Queries made ready: every rule and limit of a query lives here, whichever door it came through."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gazetteer.errors import GazetteerError, InvalidInput, LimitExceeded
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.asked import ANY, Asked, exact_key
from gazetteer.matching.types import Kind, Query
from gazetteer.matching.vocabulary import types
from gazetteer.services.country import Countries
from gazetteer.services.within import Units
from gazetteer.services.wording import shown
from gazetteer.text.qualifiers import country_behind
from gazetteer.text.tokens import Analysis

RADIUS_KM = 30.0  # where a point comes without one: reports are often a district off
WIDEST_KM = 20_040.0  # half the way around the Earth
NAME_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may have at the most."""

    name_length: int = NAME_LENGTH


def check(query: Query, limits: Limits) -> None:
    """Refuse what cannot be used: InvalidInput or LimitExceeded, with the field."""
    check_text("name", query.name, limits)
    if query.country is not None:
        check_text("country", query.country, limits)
    if query.within is not None:
        check_text("within", query.within, limits)
    check_point(query)
    if query.kind is not None and query.kind not in set(Kind):
        raise InvalidInput(f"kind {shown(query.kind)} is not one of {', '.join(Kind)}", field="kind")
    if query.type is not None and query.type not in types():
        raise InvalidInput(f"type {shown(query.type)} is not one of {', '.join(types())}", field="type")


def check_text(field: str, text: str, limits: Limits) -> None:
    """A text that a person could have written: not empty, not endless, encodable, without NUL."""
    if len(text) > limits.name_length:
        raise LimitExceeded(f"{field} has {len(text)} characters, at most {limits.name_length}", field=field)
    if not text.strip():
        raise InvalidInput(f"{field} is empty", field=field)
    if "\0" in text:
        raise InvalidInput(f"{field} has a NUL character", field=field)
    if text.isascii():
        return
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InvalidInput(f"{field} has a lone surrogate: it is not valid Unicode", field=field) from None


def check_point(query: Query) -> None:
    """A point is whole and on the Earth."""
    if query.lat is query.lon is query.radius_km is None:
        return
    for field, most in (("lat", 90.0), ("lon", 180.0)):
        value = getattr(query, field)
        if value is not None and not -most <= value <= most:
            raise InvalidInput(f"{field} is {value}, must be from {-most:g} to {most:g}", field=field)
    if (query.lat is None) != (query.lon is None):
        missing = "lat" if query.lat is None else "lon"
        raise InvalidInput(f"{missing} is missing: a point needs both lat and lon", field=missing)
    if query.radius_km is None:
        return
    if query.lat is None:
        raise InvalidInput("radius_km needs lat and lon", field="radius_km")
    if not (math.isfinite(query.radius_km) and 0 < query.radius_km <= WIDEST_KM):
        raise InvalidInput(f"radius_km is {query.radius_km}, must be above 0, at most {WIDEST_KM:g}", field="radius_km")


class Reader:
    """Makes queries ready for one snapshot."""

    def __init__(self, snapshot: Snapshot, limits: Limits) -> None:
        self._snapshot = snapshot
        self._limits = limits
        self.countries = Countries(snapshot)
        self._units = Units(snapshot, self.countries, self.read_all)
        self._types = {name: number for number, name in enumerate(snapshot.types) if name is not None}

    def read(self, query: Query) -> Asked:
        """The query, checked and resolved; InvalidInput where it cannot be used."""
        (asked,) = self.read_all([query])
        if isinstance(asked, GazetteerError):
            raise asked
        return asked

    def read_all(self, queries: Sequence[Query]) -> list[Asked | GazetteerError]:
        """Each query checked and resolved, or why it cannot be used.

        A name that is known as it stands has no additions, whatever it looks like, so it need not be taken apart.
        """
        asked = [self._begun(each) for each in queries]
        keys = [each.exact for each in asked if isinstance(each, Asked)]
        known = iter(self._snapshot.exact.known(np.array(keys, dtype=np.uint64)).tolist())
        lying = [
            (place, each, said)
            for place, each in enumerate(asked)
            if isinstance(each, Asked) and (said := self._said(queries[place], each, next(known)))
        ]
        meant = self._units.of((unit, each.country) for _, each, said in lying for unit in said)
        for place, each, said in lying:
            asked[place] = placed(queries[place], each, [meant[unit, each.country] for unit in said])
        return asked

    def _begun(self, query: Query) -> Asked | GazetteerError:
        """A query with all that needs no look at its name, or why it cannot be used."""
        try:
            check(query, self._limits)
            country = ANY if query.country is None else self.countries.number(query.country)
        except GazetteerError as error:
            return error
        asked = Asked(query.name, exact_key(query.name), country)
        if query.kind is not None:
            asked.kind = self._snapshot.kinds.index(query.kind)
        if query.type is not None:
            asked.type = self._types.get(query.type, UNHEARD)
        if query.lat is not None and query.lon is not None:
            asked.point = (query.lat, query.lon, query.radius_km or RADIUS_KM)
        if query.as_of is not None:
            asked.day = query.as_of.toordinal()
        asked.strict = query.strict
        return asked

    def _said(self, query: Query, asked: Asked, known: bool) -> tuple[str, ...]:
        """The names of what a query lies in: its `within`, else the additions to its name ("Paris (Texas)")."""
        if not known:
            asked.take_as_meant()
        if query.within is not None:
            return (query.within,)
        if known or query.strict:
            return ()
        additions = asked.spelling.qualifiers or said_behind(asked.analysis)
        most = self._limits.name_length  # which one that is normalised may exceed: ﷺ becomes 18 characters
        return tuple([each for each in additions[:QUALIFIERS] if len(each) <= most])


def placed(query: Query, asked: Asked, meant: Sequence[frozenset[int]]) -> Asked | GazetteerError:
    """The query with the units that it may lie in, by what each name of one means; or why it cannot be used.

    Additions to a name that mean nothing are left alone; a `within` that does is set aside, and said to be.
    """
    units = frozenset[int]().union(*meant)
    if units:
        asked.within = units
    elif query.within is not None and query.strict:
        return InvalidInput(f"within {shown(query.within)} means no record that is known", field="within")
    elif query.within is not None:
        asked.notes = (f"within {shown(query.within)} means nothing that is known and was ignored",)
    return asked


def said_behind(analysis: Analysis) -> tuple[str, ...]:
    """The country that a name is followed by: "Arad Israel", "Mosul in Iraq"."""
    behind = country_behind(analysis.folded) if " " in analysis.folded else None
    return (behind[1],) if behind else ()


QUALIFIERS = 3  # additions to a name that are looked at
UNHEARD = 255  # the number of a type that no record of the snapshot has
