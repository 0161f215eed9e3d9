"""Generic and telling words as reports misspell them: "sifaya vilage", "Tal Samer AlKaber", "Markez Al-Saniya".

The lexicons know how such words are written. Whoever types thousands of names in a hurry writes them in more ways, and
glues their article to them. A query is read with the words that were meant; stored names stand as they are.
"""

import re
from functools import cache, lru_cache

from gazetteer.matching.keys import Spelling, spelled
from gazetteer.matching.vocabulary import inhabited
from gazetteer.matching.words import REMEMBERED, level
from gazetteer.text.lexicon import GENERICS, MODIFIERS, WordRole
from gazetteer.text.normalise import fold
from gazetteer.text.tables import lexicon, table
from gazetteer.text.tokens import WORDS, Analysis, analyse

WORD = re.compile(r"[A-Za-z]+")
GLUED = re.compile(r"^(?:al|el|ul)(?=[a-z]{4})")
LONG_TELLING, LONG_GENERIC = 5, 6  # levelled letters from which one word of the lexicons is meant, and no name
ROLES = (WordRole.GENERIC, WordRole.MODIFIER)


def as_meant(analysis: Analysis, spelling: Spelling) -> tuple[Analysis, Spelling]:
    """A query as its writer meant it: its exact spelling stays, its words are those that were meant.

    It may be compared as it stands as well, for what looks like a misspelling may be the name.
    """
    meant = respelled(analysis.text)
    if meant == analysis.text:
        return analysis, spelling
    analysis = analyse(meant)
    again = spelled(analysis)
    cores = tuple(dict.fromkeys(again.cores + spelling.cores))
    return analysis, again._replace(exact=spelling.exact, head=spelling.head, cores=cores)


def respelled(name: str) -> str:
    """A name with generic and telling words as the lexicons write them.

    >>> respelled("sifaya vilage"), respelled("Tal Samer AlKaber")
    ('sifaya village', 'Tal Samer al kabir')
    """
    if not name.isascii() or " " not in name:
        return name
    return WORD.sub(lambda found: meant(found[0].lower()) or found[0], name)


@lru_cache(maxsize=REMEMBERED)
def meant(word: str) -> str | None:
    """The word of the lexicons that was meant, with the article that was glued to it; None for other words."""
    if word in WORDS:
        return None
    found = of_lexicons(word)
    if found:
        return found
    bare = GLUED.sub("", word)
    if bare == word:
        return None
    known = WORDS.get(bare)
    found = bare if known is not None and known.role in ROLES else of_lexicons(bare)
    return f"al {found}" if found else None


def of_lexicons(word: str) -> str | None:
    """The word of the lexicons of the same letters, but for those that writers exchange; it begins alike."""
    typed = misspelt().get(word)
    if typed:
        return typed
    found = levelled().get(level(word))
    return found if found and found[0] == word[0] else None


@cache
def misspelt() -> dict[str, str]:
    """Words as they are typed, and what was meant."""
    return {typed: word for typed, word, _ in table("readings/words.tsv", "typed", "meant", "example")}


@cache
def levelled() -> dict[str, str]:
    """The long telling words of Arabic, and generic ones of settlements, by their levelled letters."""
    words = [(word, LONG_TELLING) for lists in lexicon(MODIFIERS).values() for word in lists.get("ar-Latn", ())]
    for lists in lexicon(GENERICS).values():
        if not inhabited().isdisjoint(lists["types"]):
            words += [(word, LONG_GENERIC) for word in lists.get("en", ())]
    found: dict[str, str] = {}
    for word, least in words:
        folded = fold(word)
        if folded.isalpha() and len(level(folded)) >= least:
            found.setdefault(level(folded), folded)
    return found
