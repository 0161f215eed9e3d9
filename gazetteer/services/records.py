"""Records of the snapshot as answers show them: numbers become names, days and words, a column at a time."""

from datetime import date
from functools import lru_cache

import numpy as np

from gazetteer.index.arrays import Column
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.types import Candidate, MatchedName
from gazetteer.services.wording import titled
from gazetteer.text.tokens import without_generic

DIGITS = 4  # of a score: more would claim a certainty that no calibration has
DAYS = range(1, date.max.toordinal() + 1)  # what lies outside stands for "always" and "never"


def candidates(snapshot: Snapshot, entity: Column, name: Column, score: Column) -> list[Candidate]:
    """The candidates that some records are, each with the name that brought it in and its score."""
    records, listed = snapshot.entities, entity.tolist()
    columns = zip(
        records.id[entity].tolist(),
        records.name.take(entity),
        [snapshot.kinds[each] for each in records.kind[entity].tolist()],
        [snapshot.types[each] for each in records.type[entity].tolist()],
        [snapshot.countries[each] for each in records.country[entity].tolist()],
        admin1s(snapshot, entity),
        known(records.lat[entity]),
        known(records.lon[entity]),
        [each if each >= 0 else None for each in records.population[entity].tolist()],
        [records.identifiers(each) for each in listed],
        rounded(score).tolist(),
        matched_names(snapshot, name),
        strict=True,
    )
    return [Candidate(id.decode(), *others) for id, *others in columns]


def rounded(score: Column) -> Column:
    """Scores with as many digits as they are worth."""
    return np.asarray(np.round(score, DIGITS))


def matched_names(snapshot: Snapshot, name: Column) -> list[MatchedName]:
    """Some stored spellings."""
    names = snapshot.names
    columns = zip(
        names.text.take(name),
        [
            None if each == "und" else each
            for each in map(snapshot.languages.__getitem__, names.language[name].tolist())
        ],
        [snapshot.roles[each] for each in names.role[name].tolist()],
        [snapshot.sources[each] for each in names.source[name].tolist()],
        map(day, names.first_day[name].tolist()),
        map(day, names.last_day[name].tolist()),
        strict=True,
    )
    return [MatchedName(*each) for each in columns]


def described(snapshot: Snapshot, entity: int) -> str:
    """A record in a few words: Tripoli (settlement, LB)."""
    records = snapshot.entities
    what = snapshot.types[records.type[entity]] or snapshot.kinds[records.kind[entity]]
    (unit,) = admin1s(snapshot, np.array([entity]))
    return titled(records.name[entity], what, unit, snapshot.countries[records.country[entity]])


def admin1s(snapshot: Snapshot, entity: Column) -> list[str | None]:
    """The first-order unit that each record lies in, as an address has it."""
    units = snapshot.entities.admin1[entity].tolist()
    names = {each: unit_name(snapshot.entities.name[each]) for each in set(units) if each >= 0}
    return [names.get(each) for each in units]


@lru_cache(maxsize=8192)
def unit_name(name: str) -> str:
    """A first-order unit as an address has it: "Kirkuk", not "Kirkuk Governorate"."""
    return without_generic(name, "province")


def day(ordinal: int) -> date | None:
    """A day, None where it is not known."""
    return date.fromordinal(ordinal) if ordinal in DAYS else None


def known(coordinates: Column) -> list[float | None]:
    """Coordinates, None where they are not known."""
    return [None if each != each else each for each in coordinates.tolist()]
