"""Acronyms: what a name may be shortened to, and what may be such a shortening.

`acronyms(text)` gives the initials of a name in its own letters: of all its words ("GoI", "DoD"), without those that
tie them, and without what writers leave out (a legal word, the country in front). So the Kurdish name of the YPG gives
YPG, the Arabic one of the Islamic State داعش, and the Russian one of the SDF СДС; none of another language does.
Schwartz & Hearst (2003), "A simple algorithm for identifying abbreviation definitions in biomedical text", find the
letters anywhere in a long form that they have; an index can only hold what is derived beforehand.

`acronym_alike(asked, stored)` takes both texts as they are written, for the capitals tell an acronym from a word.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from gazetteer.matching.organisation_terms import REMEMBERED, Sort, Term, concepts_of, significant, sort_of, terms
from gazetteer.matching.words import Word
from gazetteer.text.normalise import fold

SHORTEST, LONGEST = 2, 6
LETTERS = re.compile(r"[^\W\d_](?:[.\s]?[^\W\d_]){1,5}\.?")
COMPOUND = re.compile("(?:counter|anti)([a-z]{4,})")  # Counterterrorism is CT as Counter Terrorism is
SURE = {2: 0.8, 3: 1.0}  # by letters; 3 for those that have more
EXPANDED = 0.5  # asked for what a stored acronym may stand for
CASELESS = 0.6  # in scripts without capitals an acronym looks like any short word


def acronym_alike(asked: str, stored: str) -> float | None:
    """How surely one name is the acronym of the other; None where neither is.

    A long name that is asked for is less surely what a stored acronym stands for: the Islamic Society is not the IS,
    and whoever is meant by an acronym has a long name beside it.
    """
    return certainty(asked, stored) or EXPANDED * certainty(stored, asked) or None


def certainty(short: str, long: str) -> float:
    """How surely one text is the acronym of another, 0 where it is none."""
    found = acronym_candidate(short)
    if not found or found not in acronyms(long):
        return 0.0
    return SURE[min(len(found), max(SURE))] * (1.0 if any(map(str.isupper, short)) else CASELESS)


@lru_cache(maxsize=REMEMBERED)
def acronym_candidate(text: str) -> str | None:
    """The letters of what may be an acronym, folded: two to six, most of them capitals where there are any; else None.

    >>> acronym_candidate("S.D.F."), acronym_candidate("GoI"), acronym_candidate("قسد"), acronym_candidate("Homs")
    ('sdf', 'goi', 'قسد', None)
    """
    written = text.strip()
    if not LETTERS.fullmatch(written):
        return None
    letters = [each for each in written if each.isalpha()]
    capitals = sum(map(str.isupper, letters))
    cased = any(unicodedata.category(each) in ("Lu", "Ll") for each in letters)
    if cased and (capitals < SHORTEST or 2 * capitals < len(letters)):
        return None
    return fold("".join(letters)).replace(" ", "") if cased or " " not in written else None


@lru_cache(maxsize=REMEMBERED)
def acronyms(text: str) -> frozenset[str]:
    """The acronyms that a name may be known by, folded, in its own script."""
    all_words = significant(text)
    found = terms(text)
    without_legal = [each for each in found if each.sort is not Sort.LEGAL]
    lists = [all_words, content(all_words), content(spelled(without_legal, all_words))]
    if len(without_legal) > SHORTEST and without_legal[0].sort is Sort.LAND:
        lists.append(content(spelled(without_legal[1:], all_words)))
    initials = {"".join(map(initial, each)) for each in lists if len(each) >= SHORTEST}
    return frozenset(each for each in initials if SHORTEST <= len(each) <= LONGEST)


def content(found: Sequence[Word]) -> list[Word]:
    """The words that are no links."""
    return [each for each in found if sort_of(concepts_of(each.folded)) is not Sort.LINK]


def spelled(kept: Sequence[Term], all_words: Sequence[Word]) -> list[Word]:
    """The words of a text that belong to some of its terms."""
    letters = "".join([each.word.folded for each in kept])
    return [each for each in all_words if each.folded in letters]


def initial(word: Word) -> str:
    """What a word gives to an acronym."""
    compound = COMPOUND.fullmatch(word.folded)
    return word.folded[0] + compound[1][0] if compound else word.folded if word.folded.isdigit() else word.folded[0]
