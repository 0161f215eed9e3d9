"""Building a snapshot: rows in, arrays out.

Entities are numbered by falling prior, so that every list of entities or names, kept in order of number, has
the likeliest first and can be cut. What names are filed under is made in `gazetteer.index.filing`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from gazetteer.index import format
from gazetteer.index.arrays import Arrays, flatten
from gazetteer.index.filing import Progress, key_arrays, row_arrays, texts_of
from gazetteer.index.keyed import FRESH, Keyed
from gazetteer.index.rows import EntityRow, NameRow, Rows
from gazetteer.index.strings import pack
from gazetteer.matching.keys import fingerprint
from gazetteer.matching.prior import prior
from gazetteer.matching.types import Kind, Role
from gazetteer.text import dates

ALWAYS, NEVER = -(2**31), 2**31 - 1  # days, where a name's first or last day is not known
ROLES = [each.value for each in Role]
KINDS = [each.value for each in Kind]

Lists = dict[str, list[Any]]  # the vocabularies: what a number of an array stands for


class Made(NamedTuple):
    """The arrays of some rows, and the vocabularies that they point into; `entities` are the rows in their order."""

    entities: list[EntityRow]
    arrays: Arrays
    lists: Lists


def build(rows: Rows, folder: Path, progress: Progress | None = None) -> format.Manifest:
    """Write the snapshot of `rows` into a new folder.

    `progress` hears (done, of, step) now and then. Rows of names and identifiers whose entity is not among
    the entities are left out: a snapshot may leave records out on purpose.
    """
    made = arrays_of(rows, progress)
    return format.write(
        folder,
        made.arrays,
        generation=rows.generation,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        keys=fingerprint(),
        counts={"entities": len(made.entities), "names": len(made.arrays["name_entity"]), **rows.counts},
        lists=made.lists,
    )


def arrays_of(rows: Rows, progress: Progress | None = None, known: Lists | None = None, keyed: Keyed = FRESH) -> Made:
    """The arrays of rows, in memory. Words of vocabularies that are `known` keep their numbers."""
    say = progress or (lambda *_: None)
    lists: Lists = {**(known or {}), "kinds": KINDS, "roles": ROLES}
    entities = sorted(rows.entities, key=lambda each: (-prior_of(each), each.id))
    number = {each.row: place for place, each in enumerate(entities)}
    say(len(entities), len(entities), "entities")

    names = list(names_in_order(rows.names, number))
    arrays = entity_arrays(entities, lists)
    arrays |= parent_arrays(entities, number, rows)
    arrays |= identifier_arrays(len(entities), number, rows)
    arrays |= name_arrays(names, number, lists)
    arrays |= row_arrays(names, entities, arrays["name_entity"])
    texts = texts_of(names)
    names.clear()  # before most of the work: a row takes ten times what is kept of it
    arrays |= key_arrays(texts, arrays, say, keyed)
    return Made(entities, arrays, lists)


def prior_of(entity: EntityRow) -> float:
    """The prior of a row, as a snapshot holds it: in single precision, so that order can be told from it."""
    return float(np.float32(prior(entity.kind, entity.type, entity.population, entity.rank)))


def names_in_order(names: Iterable[NameRow], number: dict[int, int]) -> Iterator[NameRow]:
    """The names of the entities, in order of entity, each spelling of an entity once.

    Sources repeat each other: of the same spelling the row with the first role of the list stays.
    """
    kept = sorted((shared(each) for each in names if each.row in number), key=lambda each: number[each.row])
    for _, group in groupby(kept, key=attrgetter("row")):
        best: dict[str, NameRow] = {}
        for each in sorted(group, key=rank_of_name):
            best.setdefault(each.text, each)
        yield from best.values()


def shared(name: NameRow) -> NameRow:
    """The name with one copy in memory of the words that many names have."""
    return name._replace(language=intern(name.language), role=intern(name.role), source=intern(name.source))


def rank_of_name(name: NameRow) -> tuple[Any, ...]:
    """Preferred names first, dated before undated, with a language before without; then by text, to be stable."""
    undated = name.valid_from is None and name.valid_to is None
    return ROLES.index(name.role), undated, name.language == "und", name.text, name.language, name.source


def vocabulary(lists: Lists, name: str, values: Sequence[Any]) -> dict[Any, int]:
    """Give the distinct values numbers from 1 and keep them in the manifest; 0 stays for none.

    Where there is a list already, what is new comes behind it.
    """
    known = lists.get(name, [None])
    lists[name] = [*known, *sorted({each for each in values if each is not None} - {*known})]
    return {value: place for place, value in enumerate(lists[name])}


def entity_arrays(entities: Sequence[EntityRow], lists: Lists) -> Arrays:
    """A column for each field of the entities, and their ids in order for looking up."""
    types = vocabulary(lists, "types", [each.type for each in entities])
    countries = vocabulary(lists, "countries", [each.country for each in entities])
    ids = np.array([each.id for each in entities], dtype="S16")
    lat = np.array([np.nan if each.lat is None else each.lat for each in entities])
    by_lat = np.argsort(lat, kind="stable")[: int(np.count_nonzero(~np.isnan(lat)))]
    order = np.argsort(ids, kind="stable")

    def column(read: Callable[[EntityRow], Any], dtype: str) -> NDArray[Any]:
        return np.array([read(each) for each in entities], dtype=dtype)

    return {
        "entity_id": ids,
        "id_order": order.astype(np.uint32),
        "entity_kind": column(lambda each: KINDS.index(each.kind), "u1"),
        "entity_type": column(lambda each: types[each.type], "u1"),
        "entity_country": column(lambda each: countries[each.country], "u2"),
        "entity_lat": lat,
        "entity_by_lat": by_lat.astype(np.uint32),
        "entity_lat_sorted": lat[by_lat],
        "entity_lon": column(lambda each: np.nan if each.lon is None else each.lon, "f8"),
        "entity_population": column(lambda each: -1 if each.population is None else each.population, "i8"),
        "entity_prior": column(prior_of, "f4"),
        **pack("entity_name", (each.name for each in entities)),
    }


def parent_arrays(entities: Sequence[EntityRow], number: dict[int, int], rows: Rows) -> Arrays:
    """All units an entity lies within, however far up, and the first-order one among them."""
    direct: dict[int, list[int]] = {}
    for each in rows.parents:
        if each.row in number and each.parent in number:
            direct.setdefault(number[each.row], []).append(number[each.parent])
    first_order = {place for place, each in enumerate(entities) if each.type == "admin1"}
    admin1 = np.full(len(entities), -1, dtype=np.int32)
    lists: list[list[int]] = []
    for place in range(len(entities)):
        above = ancestors(place, direct)
        admin1[place] = next((each for each in above if each in first_order), -1)
        lists.append(above)
    begins, values = flatten(lists)
    inside = np.repeat(np.arange(len(entities)), np.diff(begins))
    order = np.lexsort((inside, values))
    return {
        "entity_admin1": admin1,
        "ancestor_begins": begins,
        "ancestor": values,
        "member_begins": np.searchsorted(values[order], np.arange(len(entities) + 1)).astype(np.uint32),
        "member": inside[order].astype(np.uint32),
    }


def ancestors(place: int, direct: dict[int, list[int]]) -> list[int]:
    """Everything above a place, nearest first; a ring in the data is walked once."""
    found: list[int] = []
    level = direct.get(place, [])
    while level:
        fresh = [each for each in level if each not in found and each != place]
        found += dict.fromkeys(fresh)
        level = list(chain.from_iterable(direct.get(each, []) for each in fresh))
    return found


def identifier_arrays(count: int, number: dict[int, int], rows: Rows) -> Arrays:
    """The preferred identifiers of each entity as a JSON object, as an answer prints them."""
    held: dict[int, dict[str, str]] = {}
    for each in rows.identifiers:
        if each.row in number:
            held.setdefault(number[each.row], {})[each.scheme] = each.value
    return pack(
        "entity_identifiers",
        (orjson.dumps(held.get(place, {}), option=orjson.OPT_SORT_KEYS) for place in range(count)),
    )


def name_arrays(names: Sequence[NameRow], number: dict[int, int], lists: Lists) -> Arrays:
    """A column for each field of the names."""
    languages = vocabulary(lists, "languages", [each.language for each in names])
    sources = vocabulary(lists, "sources", [each.source for each in names])

    def column(read: Callable[[NameRow], Any], dtype: str) -> NDArray[Any]:
        return np.array([read(each) for each in names], dtype=dtype)

    entity = column(lambda each: number[each.row], "u4")
    return {
        "name_entity": entity,
        "entity_names": np.searchsorted(entity, np.arange(len(number) + 1)).astype(np.uint32),
        "name_language": column(lambda each: languages[each.language], "u2"),
        "name_role": column(lambda each: ROLES.index(each.role), "u1"),
        "name_source": column(lambda each: sources[each.source], "u1"),
        "name_from": column(lambda each: first_day(each.valid_from), "i4"),
        "name_to": column(lambda each: last_day(each.valid_to), "i4"),
        **pack("name_text", (each.text for each in names)),
    }


def first_day(iso: str | None) -> int:
    """The first day that a date of any precision may mean, as an ordinal."""
    return ALWAYS if iso is None else dates.first_day(iso).toordinal()


def last_day(iso: str | None) -> int:
    """The last day that a date of any precision may mean, as an ordinal; the year 9999 has none."""
    last = None if iso is None else dates.last_day(iso)
    return NEVER if last is None else last.toordinal()
