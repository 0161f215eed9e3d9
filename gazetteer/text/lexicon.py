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
from gazetteer.text.scripts import script_of
from gazetteer.text.tables import lexicon

ARTICLES = "lexicon/articles.toml"
GLUED = "lexicon/glued.toml"
GENERICS = "lexicon/generics.toml"
MODIFIERS = "lexicon/modifiers.toml"
LISTS = {ARTICLES: {"free", "assimilated", "links"}, GLUED: {"articles", "refused", "heads", "tails", "last"}}
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
class Glued:
    """What is written together with names in a script: group 1 of each pattern."""

    head: re.Pattern[str] | None
    tail: re.Pattern[str] | None

    def part(self, text: str) -> str:
        """The text with heads and tails as words of their own."""
        if self.head:
            text = self.head.sub(r"\1 ", text)
        return self.tail.sub(r" \1", text) if self.tail else text


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words by folded form; `phrases` by their first word, the longest first.

    `glued` is, by script, what finds a word written together with a name at its head, and at its end; `last` are the
    words that have their role only as the last of a name.
    """

    words: MappingProxyType[str, Word]
    phrases: MappingProxyType[str, tuple[tuple[tuple[str, ...], Word], ...]]
    glued: MappingProxyType[str, Glued]
    last: frozenset[str]


@cache
def load() -> Lexicon:
    """The lexicons of the package."""
    return build(lexicon(ARTICLES), lexicon(GLUED), lexicon(GENERICS), lexicon(MODIFIERS))


Concepts = dict[str, dict[str, Any]]


def build(articles: Concepts, glued: Concepts, generics: Concepts, modifying: Concepts) -> Lexicon:
    """The lexicon of four files; BadData where a word has two roles, or a file has a list that we do not know."""
    for path, lists in ((ARTICLES, articles), (GLUED, glued)):
        if lists.keys() != LISTS[path]:
            raise BadData(f"{path}: the lists are {sorted(lists)}, not {sorted(LISTS[path])}")
    found = roles(articles, glued, generics, modifying)
    parted = {name: [normalise(text) for text in flat(lists)] for name, lists in glued.items()}
    last = frozenset(map(fold, parted["last"]))
    for text in [*parted["heads"], *parted["tails"], *sorted(last)]:
        if found.get((text,), Word(WordRole.ARTICLE)).role is not WordRole.GENERIC:
            raise BadData(f"{GLUED}: {text!r} is a head, a tail or a last word but no generic word")
    return Lexicon(
        words=MappingProxyType({words[0]: word for words, word in found.items() if len(words) == 1}),
        phrases=MappingProxyType(by_first_word({words: word for words, word in found.items() if len(words) > 1})),
        glued=MappingProxyType(by_script(parted["articles"] + parted["heads"], parted["refused"], parted["tails"])),
        last=last,
    )


def roles(articles: Concepts, glued: Concepts, generics: Concepts, modifying: Concepts) -> dict[tuple[str, ...], Word]:
    """The role of each word or phrase, folded."""
    entries = [
        *((text, Word(WordRole.ARTICLE)) for text in flat(articles["free"]) + flat(glued["articles"])),
        *((text, Word(WordRole.ASSIMILATED)) for text in flat(articles["assimilated"])),
        *((text, Word(WordRole.LINK)) for text in flat(articles["links"])),
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
    return found


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


def by_script(heads: list[str], refused: list[str], tails: list[str]) -> dict[str, Glued]:
    """What is glued in each script that has any of it; Japanese sticks Chinese tails to its own letters."""
    scripts = {script_of(text) for text in heads + tails}
    return {
        script: Glued(
            head_pattern([text for text in heads if script_of(text) == script], refused),
            tail_pattern([text for text in tails if script_of(text) == script]),
        )
        for script in scripts
    }


def head_pattern(heads: list[str], refused: list[str]) -> re.Pattern[str] | None:
    """Finds a head glued to a word of two letters or more, unless the whole word is one of the refused."""
    if not heads:
        return None
    words = "|".join(map(re.escape, refused)) or "(?!)"
    return re.compile(rf"(?<!\S)(?={longest_first(heads)})(?!(?:{words})(?!\S))({longest_first(heads)})(?=\w\S)")


def tail_pattern(tails: list[str]) -> re.Pattern[str] | None:
    """Finds a tail glued to a word of two letters or more."""
    return re.compile(rf"(?<=\S\S)({longest_first(tails)})(?!\S)") if tails else None


def longest_first(texts: list[str]) -> str:
    """An alternation in which no text hides a longer one."""
    return f"(?:{'|'.join(map(re.escape, sorted(texts, key=lambda text: (-len(text), text))))})"
