"""How readily a name means an entity before anything is known of the query.

Said in log-odds and only ever compared: it settles what the name leaves open, nothing else.
"""

import math

from gazetteer.matching.vocabulary import types

PER_TENFOLD = 1.8  # log-odds for ten times the people: London (8.9 million) against London, Ontario is 2.4
UNKNOWN = 300  # people, where nobody counted: GeoNames says 0 for Hawija, which half a million know
PER_STEP = 1.0  # log-odds for each step of a type's prior (data/types.toml): a country before a town by 3
CURATED = 1.5  # a record that somebody wrote by hand is one that reports name
CURATED_RANK = 100
PLAIN = 3.0  # the type prior where the vocabulary has none: persons


def prior(kind: str, type: str | None, population: int | None, rank: int) -> float:
    """The prior of an entity in log-odds; `rank` is that of the source whose values stand."""
    known = types().get(type or "")
    step = known.prior if known else PLAIN
    people = PER_TENFOLD * math.log10(max(population or UNKNOWN, UNKNOWN) / UNKNOWN) if kind == "place" else 0.0
    return PER_STEP * (step - PLAIN) + people + (CURATED if rank >= CURATED_RANK else 0.0)
