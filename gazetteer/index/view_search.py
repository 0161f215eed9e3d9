"""The wider search over a view: the snapshot and the overlay are searched one after the other, and the best of
both are kept.

So that the answer is that of one snapshot: cores that no name has any more are taken out of the pools, a core that both
have counts once, and of each pool as many are kept as one search would keep.
"""

from typing import NamedTuple

import numpy as np

from gazetteer.index.arrays import Column
from gazetteer.index.forms import Written, near_skeletons, numbers
from gazetteer.index.overlay import among
from gazetteer.index.pools import Part, cores_in, few, pools, there
from gazetteer.index.search import BEST, Pools, best_cores
from gazetteer.index.snapshot import Snapshot
from gazetteer.index.view import View
from gazetteer.matching.alignment import alignment
from gazetteer.matching.asked import Batch
from gazetteer.matching.keys import skeleton


class Best(NamedTuple):
    """The best aligned cores of some pools: what pools are ordered by, form, core, and how well it is aligned."""

    pool: Column
    form: Column
    core: Column
    value: Column


def best_of_both(view: View, batch: Batch, written: Written) -> tuple[Column, Column, Column]:
    """The best aligned cores of each form, best first: the form and the core of each, and how well it is aligned."""
    pointed: dict[int, tuple[Column, Column]] = {}

    def at(query: int) -> tuple[Column, Column]:
        if query not in pointed:
            pointed[query] = view.entities.apart(there(view, batch, query))
        return pointed[query]

    def known(codes: Column) -> Column:
        return view.base.cores.common(codes) + view.over.cores.common(codes)

    def chosen(country: int, kind: int, type: int) -> Column | None:
        wide = few(view.base.chosen(country, kind, type)) is None
        return None if wide else view.over.chosen(country, kind, type)

    base = Part(
        view.base.cores,
        lambda query: view.base.cores_of(at(query)[0]),
        lambda *bound: few(view.base.chosen(*bound)),
        known,
    )
    over = Part(view.over.cores, lambda query: view.over.cores_of(at(query)[1]), chosen, known)
    first = best(base, batch, written, view.dead)
    then = best(over, batch, again(view.over, written), np.zeros(0, dtype=np.int64))
    return merged(view, first, then._replace(core=view.cores.known(then.core)))


def again(over: Snapshot, written: Written) -> Written:
    """What was written for the snapshot, in the overlay's numbers."""
    skeletons = [skeleton(each.core) for each in written.form]
    near, begins = near_skeletons(over, skeletons, written.anywhere)
    forms = written.forms._replace(skeleton=numbers(over, skeletons), near=near, near_begins=begins)
    return written._replace(forms=forms)


def best(part: Part, batch: Batch, written: Written, dead: Column) -> Best:
    """The best aligned cores of a part, but those that are dead; a pool in which one comes up is searched without."""
    made, order = pools(part, batch, written)
    pool, core, value = best_cores(part.cores.stored, written.forms, made, alignment().odds)
    lost = np.unique(pool[among(dead, core)])
    if len(lost):
        without = less(made, lost, dead)
        stays = ~np.isin(pool, lost)
        more, its, worth = best_cores(part.cores.stored, written.forms, without, alignment().odds)
        pool, core = np.concatenate([pool[stays], lost[more]]), np.concatenate([core[stays], its])
        value = np.concatenate([value[stays], worth])
        ordered = np.argsort(pool, kind="stable")
        pool, core, value = pool[ordered], core[ordered], value[ordered]
    return Best(order[pool], made.form[pool], core, value)


def less(made: Pools, which: Column, dead: Column) -> Pools:
    """Some pools without some cores, each a list of its own."""
    lists = []
    for place in which.tolist():
        cores = cores_in(made, place)
        lists.append(cores[~among(dead, cores)].astype(np.uint32))
    ends = np.cumsum([len(each) for each in lists])
    together = np.concatenate(lists)
    together.flags.writeable = False
    return made._replace(
        turns=np.arange(len(which)),
        form=made.form[which],
        merged=made.merged[which],
        range_begins=np.arange(len(which) + 1),
        source=np.zeros(len(which), dtype=made.source.dtype) + len(made.lists) - 1,
        weak=np.zeros(len(which), dtype=bool),
        first=ends - [len(each) for each in lists],
        last=ends,
        lists=(*made.lists[:-1], together),
    )


def merged(view: View, first: Best, then: Best) -> tuple[Column, Column, Column]:
    """The cores of both in the order of pools, in each the best aligned first, as many as one search would keep."""
    if not len(then.core):
        return first.form, first.core, first.value
    both = Best(*(np.concatenate(each) for each in zip(first, then, strict=True)))
    _, once = np.unique(np.stack([both.pool, both.core]), axis=1, return_index=True)
    both = Best(*(each[np.sort(once)] for each in both))
    order = np.lexsort((prior_order(view, both.core), -both.value, both.pool))
    pool = both.pool[order]
    kept = order[np.arange(len(pool)) - np.searchsorted(pool, pool) < BEST]
    return both.form[kept], both.core[kept], both.value[kept]


def prior_order(view: View, cores: Column) -> Column:
    """What cores stand in the order of: the likeliest record that has each."""
    owner, name = view.cores.names_under(cores)
    begins = np.searchsorted(owner, np.arange(len(cores)))
    found = np.full(len(cores), np.iinfo(np.int64).max)
    held = begins < np.searchsorted(owner, np.arange(len(cores)), side="right")
    found[held] = view.entities.order(view.names.entity[name[begins[held]]])
    return found
