"""The score: the probability that a record is what a query means.

A conditional logit (McFadden 1974) with one alternative more, that none of the records is meant: every pair has a
utility, the sum of its features' contributions in log-odds against "none"; a record has that of its best pair; and
the score of a record is its share,

    exp(utility) / (1 + sum of exp(utility) over all records of the query).

So two homonyms that nothing tells apart get at most ½ each, and weak resemblance leaves the mass with "none".
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gazetteer.matching import features
from gazetteer.matching.features import Feature
from gazetteer.matching.pairs import Column, Pairs
from gazetteer.matching.types import Contribution


@dataclass(frozen=True, slots=True)
class Weighted:
    """A feature with its weight in log-odds: `weight · (value - neutral)`, nothing where there is no evidence."""

    feature: Feature
    weight: float
    neutral: float = 0.0

    @property
    def name(self) -> str:
        """The feature's name, as explanations print it."""
        return self.feature.__name__

    @property
    def because(self) -> str:
        """What the feature says, in its own first sentence."""
        return (self.feature.__doc__ or "").split("\n")[0]

    def contribution(self, values: Column) -> Column:
        """What the values add to the log-odds."""
        return np.nan_to_num(self.weight * (values - self.neutral))


RECIPE = (
    Weighted(features.any_record, -4.3),
    Weighted(features.same_spelling, 7.0),
    Weighted(features.letters_alike, 8.0, neutral=0.80),
    Weighted(features.aligned, 14.0, neutral=0.80),
    Weighted(features.closely_aligned, 0.0, neutral=0.0),
    Weighted(features.evidence, 2.0, neutral=0.3),
    Weighted(features.consonants_alike, 6.0, neutral=0.85),
    Weighted(features.sounds_alike, 1.0),
    Weighted(features.plain_reading, 0.7, neutral=1.0),
    Weighted(features.person_alike, 16.0, neutral=0.45),
    Weighted(features.organisation_alike, 16.0, neutral=0.45),
    Weighted(features.acronym, 13.0, neutral=0.5),
    Weighted(features.generic_word, 6.0, neutral=0.6),
    Weighted(features.unsaid_word, 2.0, neutral=1.0),
    Weighted(features.telling_words, 10.0, neutral=0.95),
    Weighted(features.plain_name, 1.0, neutral=1.0),
    Weighted(features.code, 17.0, neutral=1.0),
    Weighted(features.in_use, 3.0, neutral=0.5),
    Weighted(features.inside, 5.6, neutral=0.5),
    Weighted(features.near, 8.0, neutral=0.4),
    Weighted(features.far_off, 14.0, neutral=1.0),
    Weighted(features.same_country, 2.4),
    Weighted(features.readily_meant, 16.0, neutral=0.25),
    Weighted(features.readily_meant_roughly, 7.0, neutral=0.25),
    Weighted(features.well_known, 0.0, neutral=0.0),
    Weighted(features.first_in_script, 0.0, neutral=0.0),
    Weighted(features.town_first, 6.0, neutral=1.0),
)
"""The algorithm. The weights of likeness follow a fit on the development split: known names, new spellings and names of
nothing in equal parts; what the split is silent on (telling words, units, context) was set by hand."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One row for each (query, record): its best pair and its score; in order of query, then of rank.

    `begins` holds where the rows of each query of the batch begin, and where the last ends. `values` are the columns of
    the features over all pairs, in the order of the recipe.
    """

    pair: Column
    entity: Column
    score: Column
    begins: Column
    values: Sequence[Column]


def score(pairs: Pairs) -> Scored:
    """Score all records of all queries of a batch.

    Order is total: by utility, then by number of the record, which is by prior, then by id.
    """
    values = [weighted.feature(pairs) for weighted in RECIPE]
    utility = np.sum([weighted.contribution(column) for weighted, column in zip(RECIPE, values, strict=True)], axis=0)
    pair, utility = best_pairs(pairs, utility)
    query = pairs.query[pair]
    begins = np.searchsorted(query, np.arange(len(pairs.batch) + 1))
    return Scored(pair, pairs.entity[pair], shares(utility, query, len(pairs.batch)), begins, values)


def best_pairs(pairs: Pairs, utility: Column) -> tuple[Column, Column]:
    """The best pair of each (query, record), in order of query, then of falling utility, then of record."""
    order = np.lexsort((pairs.name, -utility, pairs.entity, pairs.query))
    query, entity = pairs.query[order], pairs.entity[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (query[1:] != query[:-1]) | (entity[1:] != entity[:-1])
    best = order[first]
    ranked = best[np.lexsort((pairs.entity[best], -utility[best], pairs.query[best]))]
    return ranked, utility[ranked]


def shares(utility: Column, query: Column, count: int) -> Column:
    """The share of each row among the rows of its query and "none", whose utility is 0."""
    most = np.zeros(count)
    np.maximum.at(most, query, utility)
    weight = np.exp(utility - most[query])
    total = np.exp(-most) + np.bincount(query, weights=weight, minlength=count)
    return np.asarray(weight / total[query])


def explain(scored: Scored, pair: int) -> tuple[Contribution, ...]:
    """What each feature saw in one pair and what it added to the log-odds, the strongest first."""
    found = []
    for weighted, column in zip(RECIPE, scored.values, strict=True):
        value = None if np.isnan(column[pair]) else float(column[pair])
        added = float(weighted.contribution(column[pair : pair + 1])[0])
        found.append(Contribution(weighted.name, value, added, weighted.because))
    return tuple(sorted(found, key=lambda each: (-abs(each.weight), each.feature)))
