"""Of the names that were found, those of the likeliest records are kept, as a plain way of it keeps them."""

import numpy as np
import pytest

from gazetteer.index.likeliest import ALIGNED, FAR, LISTED, OWN_FAR, READY, RECORDS, SPELLINGS, likeliest


def plainly(entity, name, value, prior):
    """Which pairs of one query are kept."""
    rows, value, prior = range(len(entity)), value.astype(float), prior.astype(float)
    of = {each: [row for row in rows if entity[row] == each] for each in sorted(set(entity.tolist()))}
    valued = {each: [row for row in rows_of if not np.isnan(value[row])] for each, rows_of in of.items()}
    best = {each: max([value[row] for row in rows_of], default=-1.0) for each, rows_of in valued.items()}
    worth = {each: ALIGNED * best[each] + READY * prior[rows_of[0]] for each, rows_of in of.items()}
    ranked = sorted(of, key=lambda each: -worth[each])
    near = [each for each in ranked[:RECORDS] if worth[each] >= worth[ranked[0]] - FAR]
    kept = {row for row in rows if np.isnan(value[row])}
    for each in {*ranked[:LISTED], *near}:
        names = {}
        for row in sorted(valued[each], key=lambda row: -value[row]):
            if value[row] >= best[each] - OWN_FAR:
                names.setdefault(name[row], row)
        kept.update(list(names.values())[:SPELLINGS])
    return [row in kept for row in rows]


@pytest.mark.parametrize("records", [1, 5, LISTED, 90])
@pytest.mark.parametrize("seed", range(4))
def test_the_names_of_the_likeliest_records_are_kept(records, seed):
    chance = np.random.default_rng(seed)
    count = records * 7
    entity = chance.integers(0, records, count)
    name = entity * 100 + chance.integers(0, 30, count)
    value = np.round(chance.random(count), 2).astype(np.float32)
    value[chance.random(count) < 0.1] = np.nan
    prior = chance.normal(0, 3, records).astype(np.float32)[entity]

    kept = likeliest(np.zeros(count, np.int64), entity, name, value, prior, np.zeros(1, bool))

    assert kept.tolist() == plainly(entity, name, value, prior)


def test_queries_do_not_touch_each_other_and_free_ones_keep_all():
    query = np.repeat(np.arange(3), 60)
    entity = np.tile(np.arange(60), 3)
    value = np.tile(np.linspace(0.1, 0.9, 60), 3).astype(np.float32)
    prior = np.zeros(180, np.float32)

    kept = likeliest(query, entity, entity, value, prior, np.array([False, True, False])).reshape(3, 60)

    assert kept[1].all()
    assert kept[0].tolist() == kept[2].tolist() == plainly(entity[:60], entity[:60], value[:60], prior[:60])
