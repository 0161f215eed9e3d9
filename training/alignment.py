"""Learn the log-odds of alignment, by expectation-maximisation over pairs of spellings of one record.

    python -m training.alignment --snapshot var/index/current --pairs ../shared/bench/pairs

The model is a memoryless transducer (Ristad & Yianilos 1998): a pair of names is made by steps, each of which writes a
unit on both sides or on one. First it is learnt from all pairs together; then for each route from its own, with
the first as prior, so that a route of few pairs stays near what is true of all. Arabic names in Latin letters have that
of Latin letters as prior. Seeded; half a minute on one core.
"""

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numba import njit

import gazetteer.matching.alignment as learnt
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.units import MOST, cut, names
from training.pairs import Pair, arabic_pairs, pairs

SEED = 1998
ROUNDS = 8  # after which the likelihood rises by less than a thousandth
PRIOR = 2000.0  # steps that the prior counts for
AGAIN = 0.05  # what a pair of equal names counts: spellings that are not known mostly differ from those that are
OFTEN = 3  # a pair that many records share counts as this many at most
SAME, GONE, OTHER = 1.0, 0.02, 1e-5  # where the first round begins: a unit kept, lost, exchanged
UNSEEN = 1e-9  # of a step that never happened
RARE = 1e-6  # of a unit that never stood there
TARGET = Path(learnt.__file__).parent.parent / "data" / learnt.FILE


class Sample:
    """Pairs as units of both sides, with the weight of each."""

    def __init__(self, counted: Sequence[tuple[Pair, int]]) -> None:
        self.query, self.query_begins = cut_texts([asked for (_, asked, _), _ in counted])
        self.stored, self.stored_begins = cut_texts([stored for (_, _, stored), _ in counted])
        self.weight = np.array(
            [min(count, OFTEN) * (AGAIN if asked == stored else 1.0) for (_, asked, stored), count in counted]
        )


def cut_texts(texts: Sequence[str]):  # type: ignore[no-untyped-def]
    """The units of texts, and where those of each begin."""
    begins = np.zeros(len(texts) + 1, dtype=np.uint32)
    np.cumsum([len(text) for text in texts], out=begins[1:])
    made = cut(np.frombuffer("".join(texts).encode(), dtype=np.uint8), begins)
    return made.units, made.begins


def learn(counted: Counter[Pair]) -> dict[str, np.ndarray]:
    """The probabilities of all steps, by route; `other` is that of all together."""
    rows = sorted(counted.items())
    together = [
        each for each in rows if each[0][0] != learnt.ARABIC_LATIN
    ]  # most of whose pairs are Latin ones as well
    everything = rounds(Sample(together), first(), np.full(first().shape, 0.01))
    found = {learnt.OTHER: everything}
    for route in sorted({route for (route, _, _), _ in rows} - {learnt.OTHER}):
        own = [each for each in rows if each[0][0] == route]
        before = found.get(learnt.LATIN_ROUTE, everything) if route == learnt.ARABIC_LATIN else everything
        found[route] = rounds(Sample(own), before, PRIOR * before)
        print(f"{route}: {len(own):,} pairs")
    return found


def first() -> np.ndarray:
    """Probabilities to begin with: a unit most likely stays."""
    size = len(names())
    steps = np.full((size, size), OTHER)
    np.fill_diagonal(steps, SAME)
    steps[0, :] = steps[:, 0] = GONE
    steps[0, 0] = 0.0
    return steps / steps.sum()


def rounds(sample: Sample, steps: np.ndarray, prior: np.ndarray) -> np.ndarray:
    """The probabilities after some rounds of expectation and maximisation; `prior` are counts added to each."""
    for _ in range(ROUNDS):
        counts = prior.copy()
        counts[0, 0] = 0.0
        expect(
            sample.query, sample.query_begins, sample.stored, sample.stored_begins, sample.weight, steps + 1e-12, counts
        )
        steps = counts / counts.sum()
    return steps


@njit(cache=True)
def expect(query, query_begins, stored, stored_begins, weight, steps, counts):  # type: ignore[no-untyped-def]
    """Add how often each step is expected in each pair, by the forward and backward sums over all alignments."""
    forward = np.zeros((MOST + 1, MOST + 1))
    backward = np.zeros((MOST + 1, MOST + 1))
    for pair in range(len(weight)):
        ours = query[query_begins[pair] : query_begins[pair + 1]]
        theirs = stored[stored_begins[pair] : stored_begins[pair + 1]]
        n, m = len(ours), len(theirs)
        for i in range(n + 1):
            for j in range(m + 1):
                total = 1.0 if i == 0 and j == 0 else 0.0
                if i > 0:
                    total += forward[i - 1, j] * steps[ours[i - 1], 0]
                if j > 0:
                    total += forward[i, j - 1] * steps[0, theirs[j - 1]]
                if i > 0 and j > 0:
                    total += forward[i - 1, j - 1] * steps[ours[i - 1], theirs[j - 1]]
                forward[i, j] = total
        if not forward[n, m] > 0.0:
            continue
        share = weight[pair] / forward[n, m]
        for i in range(n, -1, -1):
            for j in range(m, -1, -1):
                total = 1.0 if i == n and j == m else 0.0
                here = share * forward[i, j]
                if i < n:
                    step = steps[ours[i], 0] * backward[i + 1, j]
                    counts[ours[i], 0] += here * step
                    total += step
                if j < m:
                    step = steps[0, theirs[j]] * backward[i, j + 1]
                    counts[0, theirs[j]] += here * step
                    total += step
                if i < n and j < m:
                    step = steps[ours[i], theirs[j]] * backward[i + 1, j + 1]
                    counts[ours[i], theirs[j]] += here * step
                    total += step
                backward[i, j] = total


def log_odds(steps: np.ndarray) -> np.ndarray:
    """Each step against chance: units standing on either side independently, as often as they do at all."""
    query, stored = steps.sum(axis=1), steps.sum(axis=0)
    query[0] = stored[0] = 0.0
    query, stored = query / query.sum(), stored / stored.sum()
    query[0] = stored[0] = 1.0  # a gap is not drawn
    odds = np.log(steps + UNSEEN) - np.log(query + RARE)[:, None] - np.log(stored + RARE)[None, :]
    odds[0, 0] = 0.0
    return odds


def main() -> None:
    """Read the arguments, learn, and write the data file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--snapshot", type=Path, required=True, help="whose names are learnt from")
    parser.add_argument("--pairs", type=Path, required=True, help="the folder of words with their spelling in Arabic")
    parser.add_argument("--output", type=Path, default=TARGET, help="the data file to write (default: the package's)")
    given = parser.parse_args()
    snapshot = Snapshot(given.snapshot)
    found = learn(pairs(snapshot, random.Random(SEED)) + arabic_pairs(snapshot, given.pairs))
    routes = sorted(found)
    odds = np.stack([log_odds(found[route]) for route in routes]).astype(np.float16)
    np.savez_compressed(given.output, units=np.array(names()), routes=np.array(routes), odds=odds)
    print(f"{given.output}: {len(routes)} routes of {len(names()) - 1} units")


if __name__ == "__main__":
    main()
