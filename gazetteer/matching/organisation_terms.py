"""Names of organisations, taken apart: `terms(text)` reads one, `gazetteer.matching.organisations` compares two.

Each word is what it says: "Syrian", "سوريا" and "Suriye" are one concept of `data/lexicon/organisations.toml`, which
also knows what sort of word a concept is. A word that the lexicon does not know is a name and stands for itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from gazetteer.errors import BadData
from gazetteer.matching.words import RECENT, Word, joined, words
from gazetteer.text.normalise import fold
from gazetteer.text.tables import lexicon
from gazetteer.text.tokens import is_article, roles_of

ORGANISATIONS = "lexicon/organisations.toml"
CLASS = "class"  # the attribute of a concept that is no language
REMEMBERED = 100_000  # names kept taken apart
LONGEST_ENDING = 5  # letters that an ending may have
CAPITALS = re.compile(r"(?<!\w)[^\W\d_]{2,6}(?!\w)")
ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|e|er|eme)?")
ELIDED = re.compile(r"(?<!\w)[dlDL]['’](?=\w{3})")  # d'État, l'union
FEMININE = "ة"
AND_THE = "وال"  # Arabic writes "and" with the next word


class Sort(Enum):
    """What a word is to a name of an organisation; NAME is what no concept knows."""

    LEGAL = "legal"
    FORM = "form"
    LAND = "land"
    NUMBER = "number"
    LINK = "link"
    WORD = "word"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a name, or a phrase: what it says, of what sort that is, and whether it was written in capitals."""

    word: Word
    sort: Sort
    concepts: frozenset[str] = frozenset()
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The concepts of words and phrases, whole or by what they begin with, and the sort of each concept."""

    whole: dict[tuple[str, ...], frozenset[str]]
    stems: dict[str, frozenset[str]]
    sorts: dict[str, Sort]
    longest: int


@lru_cache(maxsize=REMEMBERED)
def terms(text: str) -> tuple[Term, ...]:
    """The words of a name that say something, in their order.

    >>> [sorted(term.concepts) or term.word.roman for term in terms("the Syrian Democratic Forces")]
    [['syria'], ['democratic'], ['forces']]
    """
    capitals = {fold(each) for each in CAPITALS.findall(text) if each.isupper()}
    return tuple([each for each in read(significant(text), capitals) if each.sort is not Sort.LINK])


def single_name(text: str) -> bool:
    """One word, and one that no lexicon knows: nothing but its letters can be compared."""
    return [each.sort for each in terms(text)] == [Sort.NAME]


@lru_cache(maxsize=RECENT)
def significant(text: str) -> tuple[Word, ...]:
    """The words of a text without articles; letters with points are one word."""
    found = list(parted(words(ELIDED.sub(" ", text))))
    if len(found) == 1:  # an article stands before something
        return tuple(found)
    roles = roles_of([each.folded for each in found], [each.roman for each in found])
    romans = [each.roman for each in found]
    kept = [each for place, each in enumerate(found) if not is_article(place, roles, romans)]
    return tuple(letters_joined(kept))


def parted(found: Sequence[Word]) -> Iterator[Word]:
    """The words with the Arabic "and" off those that have an article behind it."""
    for each in found:
        if each.folded.startswith(AND_THE) and len(each.folded) > len(AND_THE) + 1:
            yield from words(each.folded[1:])
        else:
            yield each


def letters_joined(found: Sequence[Word]) -> Iterator[Word]:
    """The words with single letters in a row as one: S.D.F. is SDF, and U.S. is US."""
    row: list[Word] = []
    for each in found:
        if each.initial and each.folded not in LETTERS_THAT_ARE_WORDS:
            row.append(each)
            continue
        if row:
            yield joined(row)
        row = []
        yield each
    if row:
        yield joined(row)


LETTERS_THAT_ARE_WORDS = frozenset("و")


def read(found: Sequence[Word], capitals: set[str]) -> Iterator[Term]:
    """The terms of words: phrases before single words, the longest first."""
    known = load()
    place = 0
    while place < len(found):
        for length in range(min(known.longest, len(found) - place), 1, -1):
            concepts = known.whole.get(tuple([each.folded for each in found[place : place + length]]))
            if concepts:
                yield Term(joined(found[place : place + length]), sort_of(concepts), concepts)
                place += length
                break
        else:
            yield term(found[place], capitals)
            place += 1


def term(word: Word, capitals: set[str]) -> Term:
    """One word as a term."""
    number = ORDINAL.fullmatch(word.roman)
    concepts = frozenset({number[1]}) if number else concepts_of(word.folded)
    sort = Sort.NUMBER if number else sort_of(concepts)
    return Term(word, sort, concepts, word.folded in capitals)


@lru_cache(maxsize=REMEMBERED)
def concepts_of(folded: str) -> frozenset[str]:
    """What a word says: by itself, by the longest stem that it begins with, or as the masculine of an Arabic word."""
    known = load()
    found = known.whole.get((folded,))
    for cut in range(LONGEST_ENDING + 1):
        found = found or known.stems.get(folded[: len(folded) - cut])
    if not found and folded.endswith(FEMININE):
        return concepts_of(folded.removesuffix(FEMININE))
    return found or frozenset()


@cache
def sort_of(concepts: frozenset[str]) -> Sort:
    """The sort of what a word may say; the weightier where there are several."""
    sorts = {load().sorts[each] for each in concepts}
    return next((each for each in (Sort.WORD, *Sort) if each in sorts), Sort.NAME)


@cache
def load() -> Lexicon:
    """The lexicon of the package; BadData where a concept is of no known class."""
    concepts = lexicon(ORGANISATIONS)
    whole: dict[tuple[str, ...], set[str]] = {}
    stems: dict[str, set[str]] = {}
    for concept, lists in concepts.items():
        for text in [text for language, texts in lists.items() if language != CLASS for text in texts]:
            if text.endswith("*"):
                stems.setdefault(fold(text), set()).add(concept)
            else:
                whole.setdefault(tuple(each.folded for each in significant(text)), set()).add(concept)
    return Lexicon(
        whole={text: frozenset(found) for text, found in whole.items()},
        stems={text: frozenset(found) for text, found in stems.items()},
        sorts={
            concept: sort_of_class(concept, lists.get(CLASS, [Sort.WORD.value])) for concept, lists in concepts.items()
        },
        longest=max(map(len, whole)),
    )


def sort_of_class(concept: str, classes: Sequence[str]) -> Sort:
    """The sort that a class names."""
    if len(classes) != 1 or classes[0] not in {each.value for each in Sort}:
        raise BadData(
            f"{ORGANISATIONS}: [{concept}] class {classes} is not one of {', '.join(each.value for each in Sort)}"
        )
    return Sort(classes[0])
