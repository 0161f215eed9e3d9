"""Where the cores are looked for that a form of a query may mean.

    the country    all cores of its names: few enough to look at each
    the world      those filed under the form's keys: the same consonants or one less or more, the same sound, or its
                   rarest trigrams
    what is there  those of the records in the unit, or near the point, that the query names

Each costs a bounded amount: cores stand in order of prior, and long lists are cut.
"""

from collections.abc import Iterator

import numpy as np

from gazetteer.index.arrays import Column, distinct
from gazetteer.index.candidates import admitted
from gazetteer.index.forms import Written
from gazetteer.index.ngrams import trigrams
from gazetteer.index.search import POOL, Pools
from gazetteer.index.snapshot import NO_COUNTRY, Snapshot
from gazetteer.matching.asked import ANY, Batch
from gazetteer.matching.distance import kilometres

SAME = 4000  # cores of one skeleton, or of one sound, that are looked at, the likeliest first
NEAR = 500  # cores of each skeleton a deletion away
NEARBY = 8000  # cores of all of them
RARE = 8  # trigrams of a form whose cores are looked at, the rarest first
SHARING = 3000  # cores of each
THERE = 5000  # records in a unit or near a point that are looked at
KM_PER_DEGREE = 111.2  # of latitude
RADII = 2.0  # how far around a point, in its radii


class Gathered:
    """Pools over lists of cores that are gathered one after the other."""

    def __init__(self) -> None:
        self.form: list[int] = []
        self.parts: list[Column] = []

    def add(self, form: int, cores: Column) -> None:
        """One pool more."""
        if len(cores):
            self.form.append(form)
            self.parts.append(cores)

    def pools(self) -> Pools:
        """All of them, as the search reads them."""
        ends = np.cumsum([0, *map(len, self.parts)])
        cores = np.concatenate([np.zeros(0, dtype=np.uint32), *self.parts]).astype(np.uint32)
        cores.flags.writeable = False  # as mapped ones are: one compiled search for both
        return Pools(np.array(self.form, dtype=np.int64), cores, np.arange(len(ends)), ends[:-1], ends[1:])


def pools(snapshot: Snapshot, batch: Batch, written: Written) -> Iterator[Pools]:
    """The pools of all forms: those over a country's cores first, then those over gathered lists."""
    lists = Gathered()
    countries = []
    for form, query in enumerate(written.query.tolist()):
        asked = batch.asked[query]
        strict = asked.strict and (asked.within is not None or asked.point is not None)
        if asked.within is not None or asked.point is not None:
            lists.add(form, there(snapshot, batch, query))
        if strict:
            continue
        if asked.kind != ANY or asked.type != ANY:
            chosen = snapshot.chosen(asked.country, asked.kind, asked.type)
            if len(chosen) <= POOL:
                lists.add(form, chosen)
                continue
        if asked.country != ANY:
            countries.append(form)
        else:
            lists.add(form, world(snapshot, written, form))
    yield of_countries(snapshot, batch, written, countries)
    yield lists.pools()


def of_countries(snapshot: Snapshot, batch: Batch, written: Written, forms: list[int]) -> Pools:
    """Pools of all cores of the countries of some forms, and of the records of no country."""
    country = batch.country[written.query[forms]]
    cores = snapshot.cores
    ranges = np.stack([country, np.full(len(forms), NO_COUNTRY)], axis=1).ravel()
    first, last = cores.country_ranges(ranges)
    return Pools(np.array(forms, dtype=np.int64), cores.country_core, 2 * np.arange(len(forms) + 1), first, last)


def world(snapshot: Snapshot, written: Written, form: int) -> Column:
    """The cores that are filed under a key of a form."""
    cores, forms = snapshot.cores, written.forms
    found = [near_cores(snapshot, forms.near[forms.near_begins[form] : forms.near_begins[form + 1]])]
    if forms.skeleton[form] >= 0:
        found.append(cores.by_skeleton.under(int(forms.skeleton[form]))[:SAME])
    if written.sound[form]:
        found.append(cores.by_sound.find(written.sound[form : form + 1])[1][:SAME])
    known = (cores.with_trigram(int(code)) for code in trigrams(written.form[form].core))
    found += [each[:SHARING] for each in sorted((each for each in known if len(each)), key=len)[:RARE]]
    return distinct(np.concatenate(found))


def near_cores(snapshot: Snapshot, skeletons: Column) -> Column:
    """The cores of some skeletons, the likeliest of each."""
    by_skeleton = snapshot.cores.by_skeleton
    begins = by_skeleton.begins[skeletons].astype(np.int64)
    lengths = np.minimum(by_skeleton.begins[skeletons + 1].astype(np.int64) - begins, NEAR)
    ends = np.cumsum(lengths)
    fits = int(np.searchsorted(ends, NEARBY, side="right"))
    lengths, begins, ends = lengths[:fits], begins[:fits], ends[:fits]
    within = np.arange(int(ends[-1]) if fits else 0) - np.repeat(ends - lengths, lengths)
    return np.asarray(by_skeleton.value[np.repeat(begins, lengths) + within])


def there(snapshot: Snapshot, batch: Batch, query: int) -> Column:
    """The cores of the admitted records in the unit, or near the point, of a query."""
    asked = batch.asked[query]
    found = []
    if asked.within is not None:
        found += [snapshot.entities.members(unit)[:THERE].astype(np.int64) for unit in sorted(asked.within)]
    if asked.point is not None:
        found.append(around(snapshot, *asked.point))
    entities = distinct(np.concatenate([np.zeros(0, dtype=np.int64), *found]))
    stays = admitted(snapshot, batch, np.full(len(entities), query), entities)
    return snapshot.cores_of(entities[stays])


def around(snapshot: Snapshot, lat: float, lon: float, radius: float) -> Column:
    """The records around a point, the nearest first."""
    entities = snapshot.entities
    far = RADII * radius
    band = np.searchsorted(entities.lat_sorted, (lat - far / KM_PER_DEGREE, lat + far / KM_PER_DEGREE))
    inside = entities.by_lat[int(band[0]) : int(band[1])].astype(np.int64)
    away = kilometres(lat, lon, entities.lat[inside], entities.lon[inside])
    order = np.argsort(away, kind="stable")
    return np.asarray(inside[order[: int(np.searchsorted(away[order], far, side="right"))]][:THERE])
