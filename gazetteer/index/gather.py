"""From the candidates of a batch to the columns that features read."""

from functools import lru_cache

import numpy as np

from gazetteer.index.arrays import Column
from gazetteer.index.candidates import Found, exact, within
from gazetteer.index.forms import Written
from gazetteer.index.inside import inside
from gazetteer.index.named import named
from gazetteer.index.pools import RADII
from gazetteer.index.snapshot import Snapshot
from gazetteer.index.towns import TOWNS, towns, types
from gazetteer.index.widen import Wide, widen
from gazetteer.matching.asked import Batch
from gazetteer.matching.concepts import implied_types
from gazetteer.matching.distance import kilometres
from gazetteer.matching.keys import GENERIC
from gazetteer.matching.pairs import Pairs, Text
from gazetteer.matching.types import Kind, Role
from gazetteer.matching.vocabulary import inhabited

SILENT, AGAINST, AKIN, FOR = np.nan, 0.0, 0.5, 1.0  # what a query's generic words say of a record's type


def pairs(snapshot: Snapshot, batch: Batch) -> Pairs:
    """All pairs of a batch that are worth comparing, in order of query."""
    return gather(snapshot, batch, *find(snapshot, batch))


def resembling(snapshot: Snapshot, batch: Batch, taken: Column) -> Pairs:
    """All pairs of a batch whose spellings resemble, but for those `taken`: of a query (upper half) and a record, in
    order."""
    batch.read(np.arange(len(batch)))
    wide = widen(snapshot, batch, np.arange(len(batch)))
    pair = wide.found.query << 32 | snapshot.names.entity[wide.found.name].astype(np.int64)
    return gather(snapshot, batch, wide.found.only(~np.isin(pair, taken)), wide.written, wide.derived)


def find(snapshot: Snapshot, batch: Batch) -> Wide:
    """The candidates of all queries in order of query, and the forms of those that were looked for widely.

    An exact spelling settles a query, unless it names a unit or a point where no record has that spelling.
    """
    spelled = exact(snapshot, batch)
    settled = np.zeros(len(batch), dtype=bool)
    settled[spelled.query[where_asked(snapshot, batch, spelled)]] = True
    rest = np.flatnonzero(~settled)
    batch.read(np.intersect1d(rest, spelled.query))  # those not known were read before
    wide = widen(snapshot, batch, rest)
    return wide._replace(found=joined(spelled, wide.found))


def where_asked(snapshot: Snapshot, batch: Batch, spelled: Found) -> Column:
    """Which records lie in the unit, or around the point, that their query names; all where it names none."""
    query, entity = spelled.query, snapshot.names.entity[spelled.name]
    stays: Column = ~batch.has_within[query] & np.isnan(batch.lat[query])
    asked = np.flatnonzero(~stays)
    if len(asked):
        query, entity = query[asked], entity[asked]
        records = snapshot.entities
        away = kilometres(batch.lat[query], batch.lon[query], records.lat[entity], records.lon[entity])
        stays[asked] = (within(snapshot, batch, query, entity) == 1.0) | (away <= RADII * batch.radius[query])
    return stays


def joined(first: Found, then: Found) -> Found:
    """The pairs of both in order of query."""
    both = Found(*(np.concatenate([getattr(part, each) for part in (first, then)]) for each in Found.__slots__))
    return both.only(np.argsort(both.query, kind="stable"))


def gather(snapshot: Snapshot, batch: Batch, found: Found, written: Written, derived: Column) -> Pairs:
    """What the snapshot says of each pair; `written` are the forms that pairs speak of.

    `derived` are the pairs to be compared word by word however far they are: those that derived keys brought together.
    """
    likeness = text(snapshot, found, written)
    names, records = snapshot.names, snapshot.entities
    entity = names.entity[found.name]
    type_number = records.type[entity]
    return Pairs(
        batch=batch,
        query=found.query,
        name=found.name,
        entity=entity,
        order=records.order(entity),
        text=likeness,
        country=records.country[entity],
        coded=coded(snapshot, found.name, entity),
        prior=records.prior[entity],
        names=records.count_names(entity),
        scripts=records.scripts[entity],
        lat=records.lat[entity],
        lon=records.lon[entity],
        role=names.role[found.name],
        first_day=names.first_day[found.name],
        last_day=names.last_day[found.name],
        concepts=names.concepts[found.name],
        modifiers=names.modifiers[found.name],
        implied=implied(snapshot, batch, found.query, type_number),
        unsaid=unsaid(snapshot, batch, found, type_number),
        itself=countries(snapshot, type_number) & (records.country[entity] == batch.country[found.query]),
        within=inside(snapshot, batch, found.query, entity),
        town=towns(snapshot, found, entity),
        named=named(snapshot, batch, found, likeness, derived),
    )


def text(snapshot: Snapshot, found: Found, written: Written) -> Text:
    """How the two sides of each pair are written; nothing of it is read for an exact spelling."""
    exact = found.form < 0
    loose = np.flatnonzero(~exact)
    form, core = found.form[loose], found.core[loose]
    columns = np.ones((5, len(exact)))
    run, again = runs(form, core)  # the names of one core stand together, and compare alike
    columns[:, loose] = snapshot.cores.compared(written.forms, form[run], core[run])[:, again]
    sounds = np.ones(len(exact), dtype=bool)
    heard = written.sound[form]
    sounds[loose] = (heard == snapshot.cores.sound[core]) & (heard != 0)
    evidence, to_win, to_cover, letters, consonants = columns
    reading = np.zeros(len(exact), dtype=bool)
    reading[loose] = written.reading[form]
    return Text(
        exact=exact,
        evidence=evidence,
        to_win=to_win,
        to_cover=to_cover,
        letters=letters,
        consonants=consonants,
        sounds=sounds,
        reading=reading,
        main=main_alike(snapshot, found, written),
        form=found.form,
        core=found.core,
        forms=[each.core for each in written.form],
    )


def runs(form: Column, core: Column) -> tuple[Column, Column]:
    """Where each run of equal pairs begins, and which run each pair is in."""
    begins = np.ones(len(form), dtype=bool)
    begins[1:] = (form[1:] != form[:-1]) | (core[1:] != core[:-1])
    return np.flatnonzero(begins), np.cumsum(begins) - 1


def main_alike(snapshot: Snapshot, found: Found, written: Written) -> Column:
    """How alike each query is to the main name of the record; of a known spelling, whether it is that name."""
    entity = snapshot.names.entity[found.name]
    loose = np.flatnonzero(found.form >= 0)
    alike = (found.name == snapshot.entities.main[entity]).astype(float)
    begins, cores = snapshot.cores_of_main(entity[loose])
    alike[loose] = snapshot.cores.best_of_each(written.forms, found.form[loose], begins, cores)
    return np.asarray(np.clip(alike, 0.0, 1.0))


def coded(snapshot: Snapshot, name: Column, entity: Column) -> Column:
    """Which names are codes of places, such as an airport's; "UAE" and "USA" are what their countries are called."""
    records = snapshot.entities
    place = records.kind[entity] == snapshot.kinds.index(Kind.PLACE)
    place &= ~countries(snapshot, records.type[entity])
    return np.asarray(place & (snapshot.names.role[name] == snapshot.roles.index(Role.ABBREVIATION)))


def implied(snapshot: Snapshot, batch: Batch, query: Column, type_number: Column) -> Column:
    """Whether the query's generic words are said of each record's type: SILENT, AGAINST, AKIN or FOR."""
    types = tuple(snapshot.types)
    concepts, place = np.unique(batch.concepts, return_inverse=True)
    silent = (SILENT,) * len(types)
    said = np.array([(types_said(each, types) if each else None) or silent for each in concepts.tolist()])
    return np.asarray(said.reshape(-1, len(types))[place[query], type_number])


def countries(snapshot: Snapshot, type_number: Column) -> Column:
    """Which records are countries."""
    return np.asarray(type_number == (snapshot.types.index("country") if "country" in snapshot.types else -1))


def unsaid(snapshot: Snapshot, batch: Batch, found: Found, type_number: Column) -> Column:
    """Which stored names have a generic word while the query has none: "Erbil Airport" for Erbil.

    What a town is called by way of address, "Qaryat Jahūnī", counts as said.
    """
    stored = snapshot.names.concepts[found.name] & np.uint64(GENERIC)
    silent = (stored != 0) & (batch.concepts[found.query] & np.uint64(GENERIC) == 0) & (found.form >= 0)
    town = types(tuple(snapshot.types), TOWNS)[type_number]
    for concepts in np.unique(stored[silent & town]).tolist():
        if not inhabited().isdisjoint(implied_types(int(concepts))):
            silent &= ~(town & (stored == concepts))
    return np.asarray(silent)


@lru_cache(maxsize=1024)
def types_said(concepts: int, types: tuple[str | None, ...]) -> tuple[float, ...] | None:
    """For each type whether one of the concepts is said of it; None where they say nothing of types.

    Towns and units are akin: "Jangsu County" may well be the town of Jangsu, "Erbil Airport" is not Erbil.
    """
    named = implied_types(concepts)
    if not named:
        return None
    among = not inhabited().isdisjoint(named)
    return tuple(FOR if each in named else AKIN if among and each in inhabited() else AGAINST for each in types)
