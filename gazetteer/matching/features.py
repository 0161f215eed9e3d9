"""The evidence: each feature looks at pairs of a query and a stored name, and gives a value a pair.

A value lies in [0, 1]; NaN says that there is no evidence, 0.0 is evidence against. The docstring of a feature is its
documentation towards users.
"""

from collections.abc import Callable

import numpy as np

from gazetteer.matching import keys
from gazetteer.matching.asked import ANY, NO_COUNTRY
from gazetteer.matching.distance import kilometres
from gazetteer.matching.pairs import Column, Pairs, spread
from gazetteer.matching.ranking import records_of
from gazetteer.matching.types import Role

Feature = Callable[[Pairs], Column]

ROLES = list(Role)
ARTICLE = np.uint64(keys.ARTICLE)
LATIN = np.uint64(keys.script_bit("Latn"))
WRITES_ARTICLES = np.uint64(keys.script_bit("Latn") | keys.script_bit("Arab"))
LEAST = 1.0  # log-odds: names that could win less are not measured against themselves
GREAT = 0.75  # readiness beyond which a rough spelling means a record no more: a country is not meant by what is near
AGREEING = 0.7  # of what there is to explain, from which two names resemble each other closely
SEVERAL = 4.0  # doublings: 15 names
MANY = 7.0  # doublings: 128 names
STRONG = 40.0  # log-odds of a long name that agrees in full
FAR_KM, FAR_RADII = 500.0, 10.0  # beyond both a point was not meant for the record: a district off is 50 km


def any_record(pairs: Pairs) -> Column:
    """Every record starts behind: before anything is compared, a name more likely means none of them."""
    return of_letters(pairs, np.ones(len(pairs)))


def any_named(pairs: Pairs) -> Column:
    """Persons, organisations and operations start behind as well, less so: their names are compared word by word."""
    return np.where(pairs.named.by_words, 1.0, np.nan)


def same_spelling(pairs: Pairs) -> Column:
    """The record is known by this very spelling (case, accents and punctuation aside)."""
    return pairs.text.exact.astype(float)


def query_explained(pairs: Pairs) -> Column:
    """How much of the query its best alignment with the stored name explains, as writers exchange letters."""
    return explained(pairs, pairs.text.to_win)


def name_explained(pairs: Pairs) -> Column:
    """How much of the stored name its best alignment with the query explains."""
    return explained(pairs, pairs.text.to_cover)


def explained(pairs: Pairs, most: Column) -> Column:
    """The evidence of alignment as a share of the most that there could be; all of it for a known spelling."""
    share = np.clip(pairs.text.evidence / np.maximum(most, LEAST), 0.0, 1.0)
    return of_letters(pairs, np.where(pairs.text.exact, 1.0, share))


def evidence(pairs: Pairs) -> Column:
    """How strongly the alignment speaks for one name rather than two that agree by chance; short names say little."""
    return of_letters(pairs, np.where(pairs.text.exact, np.nan, np.clip(pairs.text.evidence / STRONG, 0.0, 1.0)))


def letters_alike(pairs: Pairs) -> Column:
    """How alike the romanised names are, articles aside: 1 less the insertions and deletions per letter."""
    return of_letters(pairs, pairs.text.letters)


def same_consonants(pairs: Pairs) -> Column:
    """The consonants are the same, with those counted as one that writers of one name interchange."""
    return of_letters(pairs, (pairs.text.consonants >= 1.0).astype(float))


def sounds_alike(pairs: Pairs) -> Column:
    """The names have the same phonetic code."""
    return of_letters(pairs, pairs.text.sounds.astype(float))


def names_agree(pairs: Pairs) -> Column:
    """How many spellings of the record the query resembles closely: one alone may do so by chance."""
    both = explained(pairs, (pairs.text.to_win + pairs.text.to_cover) / 2)
    record = records_of(pairs.query, pairs.entity)
    close = np.bincount(record, weights=np.nan_to_num(both) >= AGREEING)
    return np.where(pairs.text.exact, np.nan, np.clip(np.log2(1.0 + close[record]) / SEVERAL, 0.0, 1.0))


def main_name(pairs: Pairs) -> Column:
    """How alike the query is to the name that the record goes by: what resembles only a by-name means it less often."""
    return of_letters(pairs, pairs.text.main)


def plain_reading(pairs: Pairs) -> Column:
    """The query was read as it stands, not by the spelling of some language (Polish sz, German z, French ch …)."""
    return of_letters(pairs, np.where(pairs.text.reading, 0.0, np.nan))


def of_letters(pairs: Pairs, values: Column) -> Column:
    """What the letters of whole names say; nothing where names are compared word by word."""
    return np.where(pairs.named.by_words, np.nan, values)


def person_alike(pairs: Pairs) -> Column:
    """How well the names agree as names of one person: family name, given names, short forms and initials."""
    return pairs.named.persons


def organisation_alike(pairs: Pairs) -> Column:
    """How well the names agree as names of one organisation or operation, word by word and across languages."""
    return pairs.named.organisations


def more_than_a_word(pairs: Pairs) -> Column:
    """The query is more than one word: by resemblance alone a single one seldom means a person or a group."""
    alone = (spread(pairs.batch.words, pairs) == 1) & pairs.named.by_words & np.isnan(pairs.named.acronyms)
    return np.where(alone, 0.0, np.nan)


def acronym(pairs: Pairs) -> Column:
    """One name may be the acronym of the other; the surer the more letters it has, and in a script with capitals."""
    return pairs.named.acronyms


def generic_word(pairs: Pairs) -> Column:
    """A generic word of the query (province, river …) is said of records of this type; ½ for a town and its unit."""
    said = (spread(pairs.batch.concepts, pairs) & np.uint64(keys.GENERIC) & ~pairs.concepts) == 0
    return np.where(said & (pairs.implied < 1.0), np.nan, pairs.implied)


def unsaid_word(pairs: Pairs) -> Column:
    """The stored name has a generic word (airbase, citadel, district …) of which the query says nothing."""
    return np.where(pairs.unsaid, 0.0, np.nan)


def country_itself(pairs: Pairs) -> Column:
    """The record is the very country that the query was said to lie in, known by another spelling than this."""
    return np.where(pairs.itself & ~pairs.text.exact, 0.0, np.nan)


def same_article(pairs: Pairs) -> Column:
    """Both names have an article or neither has; evidence only in scripts whose languages write one."""
    asked, stored = spread(pairs.batch.concepts, pairs) & ARTICLE, pairs.concepts & ARTICLE
    writes = (spread(pairs.batch.script, pairs) & WRITES_ARTICLES) != 0
    return of_letters(pairs, np.where(writes & ~pairs.text.exact, (asked == stored).astype(float), np.nan))


def telling_words(pairs: Pairs) -> Column:
    """Words that tell two places apart (Old, New, Upper, North …) stand on both sides or on neither."""
    asked = spread(pairs.batch.modifiers, pairs)
    silent = (asked == 0) & (pairs.modifiers == 0)
    return np.where(silent, np.nan, (asked == pairs.modifiers).astype(float))


def plain_name(pairs: Pairs) -> Column:
    """The spelling is a current name of the record, not a former one, an abbreviation or a misspelling."""
    former = pairs.role == ROLES.index(Role.HISTORICAL)
    wrong = (pairs.role == ROLES.index(Role.MISSPELLING)) & ~pairs.text.exact
    return np.where(former | wrong, 0.0, np.nan)


def code(pairs: Pairs) -> Column:
    """The spelling is a code of a place, such as an airport's: letters that mostly mean something else."""
    return np.where(pairs.coded, 0.0, np.nan)


def in_use(pairs: Pairs) -> Column:
    """The name was in use on the day asked about; unknown where the name has no dates."""
    day = spread(pairs.batch.day, pairs)
    dated = (pairs.first_day > -(2**31)) | (pairs.last_day < 2**31 - 1)
    used = (pairs.first_day <= day) & (day <= pairs.last_day)
    return np.where((day > 0) & dated, used.astype(float), np.nan)


def inside(pairs: Pairs) -> Column:
    """The record lies within the unit that the query names; less the farther outside, for a neighbour may be meant."""
    return pairs.within


def near(pairs: Pairs) -> Column:
    """How near the record is to the query's point: 1 at the point, ½ at the radius (30 km if none is given)."""
    radius = spread(pairs.batch.radius, pairs)
    with np.errstate(invalid="ignore"):
        return np.asarray(1.0 / (1.0 + (distance_km(pairs) / radius) ** 2))


def readily_meant(pairs: Pairs) -> Column:
    """How readily this spelling means the record: by its people, its rank, and whether it was curated by hand."""
    return np.where(pairs.text.exact, readiness(pairs), np.nan)


def readily_meant_roughly(pairs: Pairs) -> Column:
    """How readily the record is meant by what resembles its name: a great place not by whatever does so a little."""
    return np.where(from_abroad(pairs) | pairs.text.exact, np.nan, np.minimum(readiness(pairs), GREAT))


def readily_meant_abroad(pairs: Pairs) -> Column:
    """How readily the record is meant in other scripts than Latin: great places are written there, hamlets seldom."""
    return np.where(from_abroad(pairs) & ~pairs.text.exact, np.minimum(readiness(pairs), GREAT), np.nan)


def from_abroad(pairs: Pairs) -> Column:
    """Which queries are in another script than Latin."""
    return np.asarray(spread(pairs.batch.script, pairs) != LATIN)


def readiness(pairs: Pairs) -> Column:
    """The prior of each record, from 0 to 1."""
    return np.clip((pairs.prior + 4.0) / 16.0, 0.0, 1.0)


def well_known(pairs: Pairs) -> Column:
    """How many names the record has: a place that many languages have a name for is written in more ways."""
    return np.where(from_abroad(pairs) | pairs.text.exact, np.nan, fame(pairs))


def well_known_abroad(pairs: Pairs) -> Column:
    """How many names the record has, for a spelling in another script than Latin."""
    return np.where(from_abroad(pairs) & ~pairs.text.exact, fame(pairs), np.nan)


def fame(pairs: Pairs) -> Column:
    """How many names each record has, from 0 for one to 1 for a hundred."""
    return np.asarray(np.clip(np.log2(pairs.names) / MANY, 0.0, 1.0))


def first_in_script(pairs: Pairs) -> Column:
    """No other name of the record is in the script of the query: where one is, a second spelling is less likely."""
    there = (pairs.scripts & spread(pairs.batch.script, pairs)) != 0
    return np.where(pairs.text.exact, np.nan, (~there).astype(float))


def same_country(pairs: Pairs) -> Column:
    """The record lies in the query's country; ½ for one of no country, a river or a group, known by this spelling."""
    asked = spread(pairs.batch.country, pairs)
    known = (asked != ANY) & (pairs.country == NO_COUNTRY) & pairs.text.exact
    return np.select([asked == pairs.country, known], [1.0, 0.5], np.nan)


def town_first(pairs: Pairs) -> Column:
    """A unit stands behind the town in it that bears the same name, unless a word or the type asks for the unit."""
    asked = (pairs.implied == 1.0) | (spread(pairs.batch.type, pairs) >= 0)
    behind = (pairs.town >= 0) & ~asked
    likeness = letters_alike(pairs)
    behind &= likeness[pairs.town] >= likeness
    return np.where(behind, 0.0, np.nan)


def far_off(pairs: Pairs) -> Column:
    """The record is hundreds of kilometres from the query's point, and many times its radius."""
    with np.errstate(invalid="ignore"):
        away = distance_km(pairs) > np.maximum(FAR_KM, FAR_RADII * spread(pairs.batch.radius, pairs))
    return np.where(away, 0.0, np.nan)


def distance_km(pairs: Pairs) -> Column:
    """Kilometres between the query's point and the record, NaN where either is unknown."""
    batch = pairs.batch
    if not batch.has_points:
        return np.full(len(pairs), np.nan)
    return kilometres(spread(batch.lat, pairs), spread(batch.lon, pairs), pairs.lat, pairs.lon)
