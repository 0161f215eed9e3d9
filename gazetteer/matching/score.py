"""The score: the probability that a record is what a query means.

A conditional logit (McFadden 1974) with one alternative more, that none of the records is meant: every pair has a
utility, the sum of its features' contributions in log-odds against "none"; a record has that of its best pair; and
the share of a record is

    exp(utility) / (1 + sum of exp(utility) over all records of the query).

So two homonyms that nothing tells apart get at most ½ each, and weak resemblance leaves the mass with "none".
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from gazetteer.matching import features
from gazetteer.matching.asked import ANY, NO_COUNTRY
from gazetteer.matching.features import Feature
from gazetteer.matching.model import Weight, model
from gazetteer.matching.pairs import Column, Pairs, spread
from gazetteer.matching.ranking import ranked, utilities
from gazetteer.matching.types import Contribution


@dataclass(frozen=True, slots=True)
class Weighted:
    """A feature with its weight in log-odds: `weight · (value - neutral)`, nothing where there is no evidence."""

    feature: Feature

    @property
    def name(self) -> str:
        """The feature's name, as explanations print it."""
        return self.feature.__name__

    @property
    def because(self) -> str:
        """What the feature says, in its own first sentence."""
        return (self.feature.__doc__ or "").split("\n")[0]

    @property
    def weight(self) -> Weight:
        """What the model has for it."""
        return model().weights[self.name]


RECIPE = tuple(
    Weighted(feature)
    for feature in (
        features.any_record,
        features.any_named,
        features.same_spelling,
        features.query_explained,
        features.name_explained,
        features.evidence,
        features.letters_alike,
        features.same_consonants,
        features.sounds_alike,
        features.main_name,
        features.names_agree,
        features.plain_reading,
        features.person_alike,
        features.organisation_alike,
        features.more_than_a_word,
        features.acronym,
        features.generic_word,
        features.unsaid_word,
        features.same_article,
        features.telling_words,
        features.plain_name,
        features.code,
        features.in_use,
        features.inside,
        features.near,
        features.far_off,
        features.same_country,
        features.country_itself,
        features.readily_meant,
        features.readily_meant_roughly,
        features.readily_meant_abroad,
        features.well_known,
        features.well_known_abroad,
        features.first_in_script,
        features.town_first,
    )
)
"""The algorithm: what is looked at. What each weighs is the model's (`data/model.toml`)."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One row for each (query, record): its best pair and its score; in order of query, then of rank.

    `share` is the record's among all of its query and "none", `score` the probability that the share is worth. `begins`
    holds where the rows of each query of the batch begin, and where the last ends. `placed` marks pairs whose query
    says its country, `settled` rows of queries whose country is said or makes no difference, for the first record has
    none; `values` has a row for each feature, in the order of the recipe, over all pairs.
    """

    pair: Column
    entity: Column
    share: Column
    score: Column
    begins: Column
    placed: Column
    settled: Column
    values: Column


def score(pairs: Pairs) -> Scored:
    """Score all records of all queries of a batch.

    Order is total: by utility, then by prior of the record, then by id.
    """
    values = np.stack([weighted.feature(pairs) for weighted in RECIPE])
    placed = spread(pairs.batch.country, pairs) != ANY
    utility = utilities(values, placed, *(each[:, 0] for each in weights()))
    pair, utility = best_pairs(pairs, utility)
    query = pairs.query[pair]
    begins = np.searchsorted(query, np.arange(len(pairs.batch) + 1))
    share = shares(utility, query, len(pairs.batch))
    first = pair[begins[query]]
    settled = placed[first] | (pairs.country[first] == NO_COUNTRY)
    score = calibrated(share, pairs.text.exact[first], settled, query, len(pairs.batch))
    return Scored(pair, pairs.entity[pair], share, score, begins, placed, settled, values)


def contributions(values: Column, placed: Column) -> Column:
    """What each feature adds to the log-odds of each pair: `weight · (value - neutral)`, nothing without evidence.

    `values` has a row for each feature, in the order of the recipe; `placed` marks pairs whose query says its country.
    """
    there, anywhere, neutral = weights()
    added = (values - neutral) * np.where(placed, there, anywhere)
    return np.asarray(np.where(np.isnan(added), 0.0, added))


@cache
def weights() -> tuple[Column, Column, Column]:
    """What the model has for the features of the recipe: weights where the country is said and where it is not, and
    neutral values, each as a column of as many rows."""
    of_each = [each.weight for each in RECIPE]
    columns = [
        [each.placed for each in of_each],
        [each.anywhere for each in of_each],
        [each.neutral for each in of_each],
    ]
    there, anywhere, neutral = (np.array(each)[:, None] for each in columns)
    return there, anywhere, neutral


def best_pairs(pairs: Pairs, utility: Column) -> tuple[Column, Column]:
    """The best pair of each (query, record), in order of query, then of falling utility, then as records are."""
    best = ranked(pairs.query, pairs.entity, pairs.order, pairs.name, utility)
    return best, utility[best]


def shares(utility: Column, query: Column, count: int) -> Column:
    """The share of each row among the rows of its query and "none", whose utility is 0."""
    most = np.zeros(count)
    np.maximum.at(most, query, utility)
    weight = np.exp(utility - most[query])
    total = np.exp(-most) + np.bincount(query, weights=weight, minlength=count)
    return np.asarray(weight / total[query])


def calibrated(share: Column, known: Column, settled: Column, query: Column, count: int) -> Column:
    """The probability that each share is worth: how often candidates of that share were right (Zadrozny & Elkan 2002).

    Queries whose first candidate is known by that spelling and those that merely resemble it have curves of their own,
    with a country and without; so the order of a query's candidates stays. Its scores sum to 1 at most.
    """
    curves = model().curves
    score = np.select(
        [known & settled, settled, known],
        [curves["known"](share), curves["resembling"](share), curves["known_anywhere"](share)],
        curves["resembling_anywhere"](share),
    )
    total = np.bincount(query, weights=score, minlength=count)
    return np.asarray(score / np.maximum(total, 1.0)[query])


def explain(scored: Scored, pair: int) -> tuple[Contribution, ...]:
    """What each feature saw in one pair and what it added to the log-odds, the strongest first."""
    values = scored.values[:, pair : pair + 1]
    added = contributions(values, scored.placed[pair : pair + 1])
    columns = zip(RECIPE, values[:, 0].tolist(), added[:, 0].tolist(), strict=True)
    found = [
        Contribution(weighted.name, None if value != value else value, weight, weighted.because)
        for weighted, value, weight in columns
    ]
    return tuple(sorted(found, key=lambda each: (-abs(each.weight), each.feature)))
