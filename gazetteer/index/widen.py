"""The wider steps, for a query whose spelling is not known: where else could its name be filed?

    same      the same core, the same consonant skeleton, or the same phonetic code
    near      skeletons one consonant away, on either side or both
    far       all names of the country; without a country, the names that share its rarest trigrams

A step is taken only if the one before brought nothing nearly the same. Each costs a bounded amount: cores stand in
order of prior, and long lists are cut.
"""

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from gazetteer.index.arrays import Column, distinct, expand
from gazetteer.index.candidates import NO_COUNTRY, Found, admitted
from gazetteer.index.ngrams import trigrams
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.asked import ANY, Batch
from gazetteer.matching.keys import deletions, key, loosen, skeleton

BUCKET = 4000  # cores of one step that are looked at, the likeliest first
KEPT = 60  # cores of one query that are compared in full, the most alike first
NAMES = 400  # names of one query that are compared in full
ENOUGH = 0.90  # likeness from which no wider step is taken
RARE = 6  # trigrams of a query whose cores are looked at, the rarest first


def widen(snapshot: Snapshot, batch: Batch, place: int) -> Found:
    """The pairs of one query, found by the first step that suffices."""
    search = Search(snapshot, batch, place)
    for step in (Search.same, Search.near, Search.far):
        for form in range(len(search.texts)):
            step(search, form)
        if search.best >= ENOUGH:
            break
    return search.found()


def same(snapshot: Snapshot, text: str) -> Column:
    """Cores that are filed under a key of the text itself."""
    loose = loosen(text)
    cores = snapshot.cores
    return np.concatenate(
        [
            cores.by_key.find(keys(text))[1],
            cores.by_skeleton.find(keys(loose.skeleton))[1],
            cores.by_sound.find(keys(loose.phonetic) if loose.phonetic else keys())[1],
        ]
    )


def near(snapshot: Snapshot, text: str) -> Column:
    """Cores whose skeleton is one deletion away: theirs longer, ours longer, or one letter exchanged."""
    cores = snapshot.cores
    own = skeleton(text)
    shorter = keys(*sorted(deletions(own)))
    longer = cores.by_deletion.find(np.append(shorter, keys(own)))[1]
    _, less = cores.by_skeleton.places(shorter)
    _, taken = expand(cores.by_skeleton.begins, distinct(np.concatenate([longer, less])))
    return cores.by_skeleton.value[taken]


def far(snapshot: Snapshot, text: str) -> Column:
    """Cores that share rare trigrams, those that share most first."""
    known = (snapshot.cores.with_trigram(int(code)) for code in trigrams(text))
    lists = sorted((each for each in known if len(each)), key=len)
    if not lists:
        return np.zeros(0, dtype=np.uint32)
    cores, shared = np.unique(np.concatenate([each[:BUCKET] for each in lists[:RARE]]), return_counts=True)
    return cores[np.argsort(-shared, kind="stable")[:BUCKET]]


def most(values: Column, count: int) -> Column:
    """The places of the greatest values, greatest first; of equal ones the earlier first."""
    if len(values) > count:
        least = np.partition(values, -count)[-count]
        places = np.flatnonzero(values >= least)
        return np.asarray(places[np.argsort(-values[places], kind="stable")][:count])
    return np.asarray(np.argsort(-values, kind="stable"))


def keys(*texts: str) -> Column:
    """The keys of texts, as postings are asked for."""
    return np.array([key(each) for each in texts], dtype=np.uint64)


class Search:
    """What one query has found so far: cores, how alike each is, and which form of the query it was compared to."""

    def __init__(self, snapshot: Snapshot, batch: Batch, place: int) -> None:
        self.snapshot = snapshot
        self.batch = batch
        self.place = place
        self.asked = batch.asked[place]
        self.texts = self.asked.spelling.cores
        self.likeness: dict[int, tuple[float, int]] = {}

    def same(self, form: int) -> None:
        """What is filed under a key of the query itself."""
        self.take(form, same(self.snapshot, self.texts[form]))

    def near(self, form: int) -> None:
        """What is filed one consonant away."""
        self.take(form, near(self.snapshot, self.texts[form]))

    def far(self, form: int) -> None:
        """All of the country, or what shares rare trigrams."""
        if self.asked.country == ANY:
            self.take(form, far(self.snapshot, self.texts[form]))
            return
        for country in (self.asked.country, NO_COUNTRY):
            if self.narrow:
                self.take(form, self.snapshot.cores.of_country(country))
            else:
                self.keep(form, *self.snapshot.decoded(country, self.asked.kind))

    @property
    def best(self) -> float:
        """The likeness of the most alike core."""
        return max((likeness for likeness, _ in self.likeness.values()), default=0.0)

    def take(self, form: int, cores: Column) -> None:
        """Compare new cores with a form of the query, and keep the most alike that a binding admits."""
        cores = self.admitted(cores)
        stored = self.snapshot.cores
        self.keep(form, cores, stored.text.take(cores), stored.skeleton_text.take(stored.skeleton[cores]))

    def keep(self, form: int, cores: Column, texts: list[str], skeletons: list[str]) -> None:
        """Keep the cores that are most alike: the mean likeness over letters and over consonants."""
        text = self.texts[form]
        letters = cdist([text], texts, scorer=Indel.normalized_similarity)[0]
        values = (letters + cdist([skeleton(text)], skeletons, scorer=Indel.normalized_similarity)[0]) / 2
        for place in most(values, KEPT):
            core, value = int(cores[place]), float(values[place])
            if value > self.likeness.get(core, (-1.0, 0))[0]:
                self.likeness[core] = (value, form)

    def admitted(self, cores: Column) -> Column:
        """The cores that are a name of an admitted record, each once, in order."""
        cores = distinct(cores)
        if self.asked.country == ANY and self.asked.kind == ANY and not self.narrow:
            return cores[:BUCKET]
        owner, names = self.names(cores)
        entity = self.snapshot.names.entity[names]
        stays = admitted(self.snapshot, self.batch, np.full(len(entity), self.place), entity)
        return np.asarray(cores[distinct(owner[stays])])

    @property
    def narrow(self) -> bool:
        """More than country and kind binds this query."""
        return self.asked.type != ANY or self.asked.strict

    def names(self, cores: Column) -> tuple[Column, Column]:
        """The names of cores: the place of each one's core, and the name."""
        owner, taken = expand(self.snapshot.cores.name_begins, cores)
        return owner, self.snapshot.cores.name[taken]

    def found(self) -> Found:
        """The pairs of the most alike cores with all their admitted names."""
        ranked = sorted(self.likeness, key=lambda core: (-self.likeness[core][0], core))[:KEPT]
        cores = np.array(ranked, dtype=np.int64)
        owner, names = self.names(cores)
        query = np.full(len(names), self.place)
        stays = np.flatnonzero(admitted(self.snapshot, self.batch, query, self.snapshot.names.entity[names]))[:NAMES]
        forms = np.array([self.likeness[core][1] for core in ranked], dtype=np.int64)
        return Found(query[stays], names[stays], cores[owner[stays]], forms[owner[stays]])
