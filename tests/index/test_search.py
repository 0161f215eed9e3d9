"""The compiled search finds what a plain one does that looks at everything."""

import numpy as np
import pytest

from gazetteer.index.forms import write
from gazetteer.index.pools import ANYWHERE, Ranges, cores_in, ordered, pools, whole
from gazetteer.index.search import AGREEING, BEST, FIRST, GOOD, best_cores
from gazetteer.matching.alignment import alignment, plain
from gazetteer.matching.asked import Asked, Batch, exact_key
from tests.index.small import rows, snapshot

ASKED = ["Haweeja", "Kerkuk", "Deyr ez Zour", "Tarabulus", "Мосул", "حويجة"]


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    return snapshot(tmp_path_factory.mktemp("index") / "search", rows())


@pytest.fixture(scope="module")
def written(opened):
    return write(opened, batch(), np.arange(len(ASKED)))


def batch():
    return Batch([Asked(each, exact_key(each)) for each in ASKED])


def over(written, lists, source):
    """A pool of whole lists for each form."""
    forms = np.repeat(np.arange(len(written.form)), len(lists))
    sources = np.tile(np.arange(len(lists)), len(written.form))
    last = np.array([len(lists[each]) for each in sources])
    step = np.full(len(forms), ANYWHERE)
    return ordered(Ranges(forms, step, sources + source, np.zeros_like(last), last), (lists[0],) * source + lists)[0]


def read_only(values):
    """A list as mapped ones are."""
    cores = np.array(values, dtype=np.uint32)
    cores.flags.writeable = False
    return cores


def shares(opened, written, form):
    """What every core has in common with a form, as the plain alignment says."""
    stored, forms = opened.cores.stored, written.forms
    odds = alignment().odds[forms.route[form]]
    query = forms.units[forms.units_begins[form] : forms.units_begins[form + 1]]
    found = []
    for core in range(len(stored.skeleton)):
        units = stored.units[stored.units_begins[core] : stored.units_begins[core + 1]]
        most = max(*(sum(float(odds[unit, unit]) for unit in each) for each in (query, units)), 1.0)
        found.append(plain(odds, query, units) / most)
    return np.array(found)


@pytest.mark.parametrize("source", [0, 1], ids=["listed", "merged"])
def test_the_best_of_all_cores_are_found_best_first(opened, written, source):
    """The small gazetteer has fewer cores than are aligned, so nothing may be missed."""
    cores = read_only(range(len(opened.cores.stored.skeleton)))
    assert len(cores) < AGREEING

    made = over(written, (cores,), source)
    pool, core, value = best_cores(opened.cores.stored, written.forms, made, alignment().odds)

    for place in range(len(made.form)):
        share = shares(opened, written, made.form[place])
        found, expected = share[core[pool == place]], np.sort(share)[::-1][:BEST]
        assert found[0] == expected[0]
        assert value[pool == place] == pytest.approx(found, abs=1e-4)
        assert (np.diff(found) <= 1e-4).all()
        if made.merged[place] or expected[0] < GOOD:  # else those that agree less need not be aligned
            assert found == pytest.approx(expected, abs=1e-4)
        else:
            assert len(found) == min(len(cores), BEST, FIRST)


def test_lists_that_overlap_are_merged(opened, written):
    """A core that is filed under several keys is one candidate, as if one list had all."""
    count = len(opened.cores.stored.skeleton)
    lists = (read_only(range(0, count, 2)), read_only(range(0, count, 3)))
    whole = (read_only(sorted({*range(0, count, 2), *range(0, count, 3)})),)

    found, expected = (
        best_cores(opened.cores.stored, written.forms, over(written, each, 1), alignment().odds)
        for each in (lists, whole)
    )

    assert [each.tolist() for each in found] == [each.tolist() for each in expected]


def test_cores_of_weak_lists_count_where_two_have_them(opened, written):
    """Names that share one trigram are strangers mostly; what is filed under another key is looked at anyway."""
    count = len(opened.cores.stored.skeleton)
    lists = [read_only(range(begin, count, step)) for begin, step in ((0, 7), (0, 2), (0, 3), (1, 5))]
    made = over(written, tuple(lists), 1)
    made = made._replace(weak=np.tile([False, True, True, True], len(written.form)))
    several = [core for core in range(count) if sum(core in each for each in map(set, lists[1:])) > 1]
    expected = sorted({*several, *lists[0].tolist()})

    found = best_cores(opened.cores.stored, written.forms, made, alignment().odds)
    plainly = best_cores(opened.cores.stored, written.forms, over(written, (read_only(expected),), 1), alignment().odds)

    assert cores_in(made, 0).tolist() == expected
    assert [each.tolist() for each in found] == [each.tolist() for each in plainly]


def test_pools_of_a_batch_are_those_of_its_queries_alone(opened, written):
    made, _ = pools(whole(opened, batch()), batch(), written)
    _, together, _ = best_cores(opened.cores.stored, written.forms, made, alignment().odds)

    alone = []
    for place in range(len(ASKED)):
        own = write(opened, batch(), np.array([place]))
        alone += best_cores(
            opened.cores.stored, own.forms, pools(whole(opened, batch()), batch(), own)[0], alignment().odds
        )[1].tolist()

    assert together.tolist() == alone
