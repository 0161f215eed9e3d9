"""The lexicons: which words of a name are articles, links, generic or discriminating words.

The words stand in `data/lexicon/*.toml`, by language. They are compared folded; a word may have one role only, so that
what is said of a name does not depend on the order of files.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import Any

from gazetteer.errors import BadData
from gazetteer.text.normalise import fold, normalise
from gazetteer.text.tables import lexicon

ARTICLES = "lexicon/articles.toml"
GENERICS = "lexicon/generics.toml"
MODIFIERS = "lexicon/modifiers.toml"
LISTS = {"free", "assimilated", "glued", "not_glued", "tails", "links"}
TYPES = "types"  # the attribute of a generic concept that is no language


class WordRole(Enum):
    """What a word is to a name."""

    ARTICLE = "article"
    ASSIMILATED = "assimilated article"
    LINK = "link"
    GENERIC = "generic word"
    MODIFIER = "discriminating word"


@dataclass(frozen=True, slots=True)
class Word:
    """The role of a word; `concept` is what a generic or discriminating word says ("river", "old")."""

    role: WordRole
    concept: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words by folded form; `phrases` by their first word, the longest first.

    `glued` finds an article at the head of a word, `tails` the place before a generic word at its end.
    """

    words: MappingProxyType[str, Word]
    phrases: MappingProxyType[str, tuple[tuple[tuple[str, ...], Word], ...]]
    glued: re.Pattern[str]
    tails: re.Pattern[str]


def concepts() -> tuple[str, ...]:
    """The generic concepts, in the order of their file."""
    return tuple(lexicon(GENERICS))


def modifiers() -> tuple[str, ...]:
    """The discriminating concepts, in the order of their file."""
    return tuple(lexicon(MODIFIERS))


@cache
def types_of(concept: str) -> frozenset[str]:
    """The entity types that a generic concept is said of; none for a concept that is not known."""
    return frozenset(lexicon(GENERICS).get(concept, {}).get(TYPES, ()))


@cache
def load() -> Lexicon:
    """The lexicons of the package."""
    return build(lexicon(ARTICLES), lexicon(GENERICS), lexicon(MODIFIERS))


def build(articles: dict[str, Any], generics: dict[str, Any], modifying: dict[str, Any]) -> Lexicon:
    """The lexicon of three files; BadData where one word has two roles, or an article has a list we do not know."""
    if unknown := articles.keys() - LISTS:
        raise BadData(f"{ARTICLES}: no such list: {', '.join(sorted(unknown))}")
    entries = [
        *((text, Word(WordRole.ARTICLE)) for text in flat(articles.get("free", {}))),
        *((text, Word(WordRole.ARTICLE)) for text in flat(articles.get("glued", {}))),
        *((text, Word(WordRole.ASSIMILATED)) for text in flat(articles.get("assimilated", {}))),
        *((text, Word(WordRole.LINK)) for text in flat(articles.get("links", {}))),
        *((text, Word(WordRole.GENERIC, concept)) for concept in generics for text in flat(generics[concept])),
        *((text, Word(WordRole.MODIFIER, concept)) for concept in modifying for text in flat(modifying[concept])),
    ]
    found: dict[tuple[str, ...], Word] = {}
    for text, word in entries:
        folded = tuple(fold(text).split())
        if not folded:
            raise BadData(f"lexicon: {text!r} has no letter")
        if found.setdefault(folded, word) != word:
            raise BadData(f"lexicon: {text!r} is both {named(found[folded])} and {named(word)}")
    return Lexicon(
        words=MappingProxyType({words[0]: word for words, word in found.items() if len(words) == 1}),
        phrases=MappingProxyType(by_first_word({words: word for words, word in found.items() if len(words) > 1})),
        glued=glued(flat(articles.get("glued", {})), flat(articles.get("not_glued", {}))),
        tails=tails(flat(articles.get("tails", {})), found),
    )


def flat(languages: dict[str, list[str]]) -> list[str]:
    """The words of all languages."""
    return [text for language, texts in languages.items() if language != TYPES for text in texts]


def named(word: Word) -> str:
    """A word's role for a message."""
    return f"{word.role.value} {word.concept}".strip()


def by_first_word(phrases: dict[tuple[str, ...], Word]) -> dict[str, tuple[tuple[tuple[str, ...], Word], ...]]:
    """Phrases by their first word; of those, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Word]]] = {}
    for words in sorted(phrases, key=lambda words: (-len(words), words)):
        found.setdefault(words[0], []).append((words, phrases[words]))
    return {first: tuple(listed) for first, listed in found.items()}


def glued(articles: list[str], refused: list[str]) -> re.Pattern[str]:
    """Finds an article at the head of a word that has two letters or more without it, and is none of the refused."""
    heads = "|".join(re.escape(normalise(each)) for each in articles)
    words = "|".join(re.escape(normalise(each)) for each in refused)
    return re.compile(rf"(?<!\w)(?!(?:{words})(?!\w))({heads})(?=\w\w)")


def tails(words: list[str], known: dict[tuple[str, ...], Word]) -> re.Pattern[str]:
    """Finds the place before a generic word that ends a word; it has two letters or more without it."""
    for word in words:
        if known.get((word,), Word(WordRole.ARTICLE)).role is not WordRole.GENERIC:
            raise BadData(f"{ARTICLES}: {word!r} is a tail but no generic word")
    return re.compile(rf"(?<=\w\w)(?=(?:{'|'.join(map(re.escape, words))})(?!\w))" if words else r"(?!)")
