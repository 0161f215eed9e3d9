"""Where the cores are looked for that a form of a query may mean.

    the country    all cores of its names: few enough to look at each
    the world      those filed under the form's keys: the same consonants or one less or more, the same sound, or two of
                   its rarest trigrams
    what is there  those of the records in the unit, or near the point, that the query names

Each costs a bounded amount: cores stand in order of prior, and long lists are cut.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np

from gazetteer.index.arrays import Column, distinct, expand
from gazetteer.index.candidates import admitted
from gazetteer.index.forms import Written
from gazetteer.index.ngrams import trigrams
from gazetteer.index.search import POOL, Pools
from gazetteer.index.snapshot import Cores, Postings, Snapshot
from gazetteer.matching.asked import ANY, NO_COUNTRY, Batch
from gazetteer.matching.distance import kilometres

SAME = 4000  # cores of one skeleton, or of one sound, that are looked at, the likeliest first
NEAR = 500  # cores of each skeleton a deletion away
NEARBY = 8000  # cores of all of them
RARE = 8  # trigrams of a form whose cores are looked at, the rarest first
SHARING = 8000  # cores of each, of which those count that share two
THERE = 5000  # records in a unit or near a point that are looked at
KM_PER_DEGREE = 111.2  # of latitude
RADII = 2.0  # how far around a point, in its radii


COUNTRY, SKELETON, SOUND, TRIGRAM, GATHERED = range(5)  # the lists that ranges are of
FILED = (SKELETON, SOUND, TRIGRAM)


class Ranges(NamedTuple):
    """Ranges of lists, a row each: the form and the step it is for, the list, and where it begins and ends.

    Steps are taken in order, that over countries for all forms before any other.
    """

    form: Column
    step: Column
    source: Column
    first: Column
    last: Column


IN_COUNTRY, POINTED_AT, ANYWHERE = range(3)  # the steps


class Part(NamedTuple):
    """What pools are made of: the cores of a snapshot, or of a part of what is searched.

    `pointed` gives the cores of the records that a query points at; `chosen` those of all records of a country, kind
    and type, None where they are too many to look at each; `common` how many cores have each trigram.
    """

    cores: Cores
    pointed: Callable[[int], Column]
    chosen: Callable[[int, int, int], Column | None]
    common: Callable[[Column], Column]


def whole(snapshot: Snapshot, batch: Batch) -> Part:
    """A snapshot as the only part."""
    return Part(
        cores=snapshot.cores,
        pointed=cache(lambda query: snapshot.cores_of(there(snapshot, batch, query))),
        chosen=lambda *bound: few(snapshot.chosen(*bound)),
        common=snapshot.cores.common,
    )


def few(cores: Column) -> Column | None:
    """Cores, unless they are too many to look at each."""
    return cores if len(cores) <= POOL else None


class Gathered:
    """Lists of cores that are made for single forms; one that is known already is not kept twice."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, int, int, int, int]] = []
        self.parts: list[Column] = [np.zeros(0, dtype=np.uint32)]
        self.size = 0
        self.begin: dict[int, int] = {}

    def add(self, form: int, step: int, cores: Column) -> None:
        """A pool more."""
        if id(cores) not in self.begin:
            self.begin[id(cores)] = self.size
            self.parts.append(cores)
            self.size += len(cores)
        begin = self.begin[id(cores)]
        self.rows.append((form, step, GATHERED, begin, begin + len(cores)))

    def ranges(self) -> Ranges:
        """All pools, a range each."""
        return Ranges(*np.array(self.rows, dtype=np.int64).reshape(-1, 5).T)

    def cores(self) -> Column:
        """All lists, one after the other."""
        cores = np.concatenate(self.parts).astype(np.uint32)
        cores.flags.writeable = False  # as mapped ones are: one compiled search for both
        return cores


def pools(part: Part, batch: Batch, written: Written) -> tuple[Pools, Column]:
    """The pools of all forms: those over a country's cores first, then those over other lists; and their order."""
    lists = Gathered()
    seen: dict[tuple[object, ...], Column] = {}  # the cores of a unit, or around a point: reports name few
    countries: list[int] = []
    anywhere: list[int] = []
    for form, query in enumerate(written.query.tolist()):
        asked = batch.asked[query]
        pointed = asked.within is not None or asked.point is not None
        if pointed:
            where = (asked.within, asked.point, asked.country, asked.kind, asked.type, asked.strict)
            if where not in seen:
                seen[where] = part.pointed(query)
            lists.add(form, POINTED_AT, seen[where])
        if asked.strict and pointed:
            continue
        if asked.kind != ANY or asked.type != ANY:
            chosen = part.chosen(asked.country, asked.kind, asked.type)
            if chosen is not None:
                lists.add(form, ANYWHERE, chosen)
                continue
        (countries if asked.country != ANY else anywhere).append(form)
    country = np.array(countries, dtype=np.int64)
    parts = [of_countries(part.cores, batch.country[written.query[country]], country), lists.ranges()]
    parts += filed(part, written, np.array(anywhere, dtype=np.int64))
    cores = part.cores
    sources = (cores.country_core, cores.by_skeleton.value, cores.by_sound.value, cores.trigram_core, lists.cores())
    return ordered(Ranges(*(np.concatenate(each) for each in zip(*parts, strict=True))), sources)


def ordered(ranges: Ranges, lists: tuple[Column, ...]) -> tuple[Pools, Column]:
    """A pool for each form and step, those over countries first, then form by form; and what they are ordered by."""
    steps = ANYWHERE + 1
    past = np.where(ranges.step == IN_COUNTRY, 0, ranges.form.max(initial=0) + 1)
    pool = (past + ranges.form) * steps + ranges.step
    order = np.argsort(pool, kind="stable")
    kept, begins = np.unique(pool[order], return_index=True)
    first = order[begins]
    made = Pools(
        turns=np.argsort(ranges.first[first], kind="stable"),
        form=ranges.form[first],
        merged=np.isin(ranges.source[first], FILED),
        range_begins=np.append(begins, len(order)),
        source=ranges.source[order],
        weak=ranges.source[order] == TRIGRAM,
        first=ranges.first[order],
        last=ranges.last[order],
        lists=lists,
    )
    return made, kept


def cores_in(made: Pools, place: int) -> Column:
    """The cores of one pool, as the compiled search lists them."""
    ranges = range(int(made.range_begins[place]), int(made.range_begins[place + 1]))
    lists = [made.lists[made.source[each]][made.first[each] : made.last[each]] for each in ranges]
    if not made.merged[place]:
        return np.concatenate(lists)
    weak = [np.unique(cores) for each, cores in zip(ranges, lists, strict=True) if made.weak[each]]
    strong = [cores for each, cores in zip(ranges, lists, strict=True) if not made.weak[each]]
    shared, count = np.unique(np.concatenate([np.zeros(0, dtype=np.uint32), *weak]), return_counts=True)
    return np.unique(np.concatenate([shared[count > 1], *strong]))


def of_countries(cores: Cores, country: Column, forms: Column) -> Ranges:
    """All cores of the countries of some forms, and of the records of no country."""
    ranges = np.stack([country, np.full(len(forms), NO_COUNTRY)], axis=1).ravel()
    return rows(np.repeat(forms, 2), IN_COUNTRY, COUNTRY, *cores.country_ranges(ranges))


def rows(form: Column, step: int, source: int, first: Column, last: Column) -> Ranges:
    """Ranges of one list, for one step."""
    return Ranges(form, np.full(len(form), step), np.full(len(form), source), first, last)


def filed(part: Part, written: Written, forms: Column) -> list[Ranges]:
    """The cores that are filed under a key of some forms."""
    cores = part.cores
    same = forms[written.forms.skeleton[forms] >= 0]
    heard = forms[written.sound[forms] != 0]
    at, sound = cores.by_sound.places(written.sound[heard])
    alike = (
        (near(cores, written, forms), SKELETON),
        ((same, *under(cores.by_skeleton, written.forms.skeleton[same], SAME)), SKELETON),
        ((heard[at], *under(cores.by_sound, sound, SAME)), SOUND),
        (sharing(part, written, forms), TRIGRAM),
    )
    return [rows(form, ANYWHERE, source, first, last) for (form, first, last), source in alike]


def under(postings: Postings, places: Column, most: int) -> tuple[Column, Column]:
    """Where the values of the keys at some places begin and end, the first so many of each."""
    begins = postings.begins[places].astype(np.int64)
    return begins, np.minimum(postings.begins[places + 1], begins + most)


def near(cores: Cores, written: Written, forms: Column) -> tuple[Column, Column, Column]:
    """The likeliest cores of each skeleton a deletion away: the form, where they begin and end."""
    owner, taken = expand(written.forms.near_begins, forms)
    first, last = under(cores.by_skeleton, written.forms.near[taken], NEAR)
    ends = np.cumsum(last - first)
    before = np.append(0, ends)[np.searchsorted(owner, owner)]
    fits = ends - before <= NEARBY
    return forms[owner[fits]], first[fits], last[fits]


def sharing(part: Part, written: Written, forms: Column) -> tuple[Column, Column, Column]:
    """The likeliest cores that share a form's rarest trigrams: the form, where those of each trigram begin and end."""
    begins = part.cores.trigram_begins
    owner, codes = trigrams([written.form[form].core for form in forms.tolist()])
    pairs = distinct(owner << 32 | codes)
    owner, codes = pairs >> 32, pairs & 0xFFFFFFFF
    first, last = begins[codes].astype(np.int64), begins[codes + 1].astype(np.int64)
    lengths = part.common(codes)
    order = np.lexsort((lengths, owner))
    order = order[lengths[order] > 0]
    ordered_owner = owner[order]
    order = order[np.arange(len(order)) - np.searchsorted(ordered_owner, ordered_owner) < RARE]
    return forms[owner[order]], first[order], np.minimum(last, first + SHARING)[order]


def there(snapshot: Snapshot, batch: Batch, query: int) -> Column:
    """The admitted records in the unit, or near the point, of a query."""
    asked = batch.asked[query]
    found = []
    if asked.within is not None:
        most = None if asked.strict else THERE  # with `strict` nothing else is looked at
        found += [
            snapshot.entities.members(unit)[:most].astype(np.int64) for unit in snapshot.entities.ordered(asked.within)
        ]
    if asked.point is not None:
        found.append(around(snapshot, *asked.point))
    entities = distinct(np.concatenate([np.zeros(0, dtype=np.int64), *found]))
    stays = admitted(snapshot, batch, np.full(len(entities), query), entities)
    return np.asarray(entities[stays])


def around(snapshot: Snapshot, lat: float, lon: float, radius: float) -> Column:
    """The records around a point, the nearest first."""
    entities = snapshot.entities
    far = RADII * radius
    inside = entities.between(lat - far / KM_PER_DEGREE, lat + far / KM_PER_DEGREE)
    away = kilometres(lat, lon, entities.lat[inside], entities.lon[inside])
    near = np.flatnonzero(away <= far)
    if len(near) > THERE:
        near = near[away[near] <= np.partition(away[near], THERE)[THERE]]
    return np.asarray(inside[near[np.argsort(away[near], kind="stable")]][:THERE])
