"""Records of the snapshot as answers show them: numbers become names, days and words."""

from datetime import date
from functools import lru_cache

import numpy as np

from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.types import MatchedName
from gazetteer.services.wording import titled
from gazetteer.text.tokens import without_generic

DAYS = range(1, date.max.toordinal() + 1)  # what lies outside stands for "always" and "never"


def described(snapshot: Snapshot, entity: int) -> str:
    """A record in a few words: Tripoli (settlement, LB)."""
    records = snapshot.entities
    what = snapshot.types[records.type[entity]] or snapshot.kinds[records.kind[entity]]
    return titled(records.name[entity], what, admin1(snapshot, entity), snapshot.countries[records.country[entity]])


def admin1(snapshot: Snapshot, entity: int) -> str | None:
    """The first-order unit that a record lies in, as an address has it."""
    unit = int(snapshot.entities.admin1[entity])
    return unit_name(snapshot.entities.name[unit]) if unit >= 0 else None


@lru_cache(maxsize=8192)
def unit_name(name: str) -> str:
    """A first-order unit as an address has it: "Kirkuk", not "Kirkuk Governorate"."""
    return without_generic(name, "province")


def matched_name(snapshot: Snapshot, name: int) -> MatchedName:
    """A stored spelling."""
    names = snapshot.names
    language = snapshot.languages[names.language[name]]
    return MatchedName(
        text=names.text[name],
        language=None if language == "und" else language,
        role=snapshot.roles[names.role[name]],
        source=snapshot.sources[names.source[name]],
        valid_from=day(int(names.first_day[name])),
        valid_to=day(int(names.last_day[name])),
    )


def day(ordinal: int) -> date | None:
    """A day, None where it is not known."""
    return date.fromordinal(ordinal) if ordinal in DAYS else None


def number(value: np.floating) -> float | None:
    """A coordinate, None where it is not known."""
    return None if np.isnan(value) else float(value)
