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
from gazetteer.matching.asked import ANY, Asked, Batch
from gazetteer.matching.keys import deletions, key, loosen, skeleton

BUCKET = 4000  # cores of one step that are looked at, the likeliest first
KEPT = 60  # cores of one query that are compared in full, the most alike first
NAMES = 400  # names of one query that are compared in full
ENOUGH = 0.90  # likeness from which no wider step is taken
RARE = 6  # trigrams of a query whose cores are looked at, the rarest first


def widen(snapshot: Snapshot, batch: Batch, place: int) -> Found:
    """The pairs of one query, found by the first step that suffices."""
    search = Search(snapshot, batch, place)
    for step in (same, near, far):
        for form, text in enumerate(search.texts):
            search.take(form, step(snapshot, search.asked, text))
        if search.best >= ENOUGH:
            break
    return search.found()


def same(snapshot: Snapshot, asked: Asked, text: str) -> Column:  # noqa: ARG001 - a step, called as the others are
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


def near(snapshot: Snapshot, asked: Asked, text: str) -> Column:  # noqa: ARG001 - a step, called as the others are
    """Cores whose skeleton is one deletion away: theirs longer, ours longer, or one letter exchanged."""
    cores = snapshot.cores
    own = skeleton(text)
    shorter = keys(*sorted(deletions(own)))
    longer = cores.by_deletion.find(np.append(shorter, keys(own)))[1]
    _, less = cores.by_skeleton.places(shorter)
    _, taken = expand(cores.by_skeleton.begins, distinct(np.concatenate([longer, less])))
    return cores.by_skeleton.value[taken]


def far(snapshot: Snapshot, asked: Asked, text: str) -> Column:
    """All cores of the country, or those that share rare trigrams."""
    if asked.country != ANY:
        everywhere = snapshot.cores.of_country(NO_COUNTRY)
        return np.concatenate([snapshot.cores.of_country(asked.country), everywhere])
    lists = sorted((snapshot.cores.with_trigram(int(code)) for code in trigrams(text)), key=len)
    if not lists:
        return np.zeros(0, dtype=np.uint32)
    cores, shared = np.unique(np.concatenate([each[:BUCKET] for each in lists[:RARE]]), return_counts=True)
    return cores[np.argsort(-shared, kind="stable")[:BUCKET]]


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

    @property
    def best(self) -> float:
        """The likeness of the most alike core."""
        return max((likeness for likeness, _ in self.likeness.values()), default=0.0)

    def take(self, form: int, cores: Column) -> None:
        """Compare new cores with a form of the query, and keep the most alike that a binding admits."""
        cores = self.admitted(cores)
        values = self.compare(self.texts[form], cores)
        for place in np.argsort(-values, kind="stable")[:KEPT]:
            core, value = int(cores[place]), float(values[place])
            if value > self.likeness.get(core, (-1.0, 0))[0]:
                self.likeness[core] = (value, form)

    def admitted(self, cores: Column) -> Column:
        """The cores that are a name of an admitted record, each once, in order."""
        cores = distinct(cores)
        if self.unbound:
            return cores[:BUCKET]
        owner, names = self.names(cores)
        entity = self.snapshot.names.entity[names]
        stays = admitted(self.snapshot, self.batch, np.full(len(entity), self.place), entity)
        return np.asarray(cores[distinct(owner[stays])])

    @property
    def unbound(self) -> bool:
        """Nothing binds this query."""
        asked = self.asked
        return asked.country == ANY and asked.kind == ANY and asked.type == ANY and not asked.strict

    def names(self, cores: Column) -> tuple[Column, Column]:
        """The names of cores: the place of each one's core, and the name."""
        owner, taken = expand(self.snapshot.cores.name_begins, cores)
        return owner, self.snapshot.cores.name[taken]

    def compare(self, text: str, cores: Column) -> Column:
        """How alike the text and each core are: the mean over letters and over consonants."""
        stored = self.snapshot.cores
        letters = cdist([text], stored.text.take(cores), scorer=Indel.normalized_similarity)[0]
        consonants = stored.skeleton_text.take(stored.skeleton[cores])
        return np.asarray(letters + cdist([skeleton(text)], consonants, scorer=Indel.normalized_similarity)[0]) / 2

    def found(self) -> Found:
        """The pairs of the most alike cores with all their admitted names."""
        ranked = sorted(self.likeness, key=lambda core: (-self.likeness[core][0], core))[:KEPT]
        cores = np.array(ranked, dtype=np.int64)
        owner, names = self.names(cores)
        query = np.full(len(names), self.place)
        stays = np.flatnonzero(admitted(self.snapshot, self.batch, query, self.snapshot.names.entity[names]))[:NAMES]
        forms = np.array([self.likeness[core][1] for core in ranked], dtype=np.int64)
        return Found(query[stays], names[stays], cores[owner[stays]], forms[owner[stays]])
