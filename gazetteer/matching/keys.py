"""Blocking keys: what a name is filed under, so that its other spellings are found beside it.

Three families, from strict to loose: the exact spelling; the romanised core; and what spellings of one name have in
common across writers and scripts: the consonant skeleton, and the phonetic code of `jellyfish`. Skeletons that differ
by one consonant meet through their deletions (symmetric delete: the neighbours of a word are looked up, not
searched for; Mor & Fraenkel 1982).

Keys are 64-bit hashes: of a million keys two collide once in 37 million builds, and a collision only adds
a candidate that the features then refuse.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from xxhash import xxh3_64, xxh3_64_intdigest

from gazetteer.matching.concepts import concept_bit, modifier_bit
from gazetteer.text.phonetic import phonetic
from gazetteer.text.tables import table
from gazetteer.text.tokens import Analysis, analyse

LONGEST_SKELETON = 16  # consonants that are kept: what follows tells nothing more, and deletions stay few


class Spelling(NamedTuple):
    """One name as the index files it.

    `exact` is the key of its folded spelling, `head` that of the spelling without additions; `script` is the one it is
    written in. `cores` are its romanised forms, each once: whole, less its generic words, with the marks of Latin
    letters dropped; none for a name without a letter or digit. `concepts` and `modifiers` are bit sets of the generic
    and the telling words in it, an article among the former, its numbers among the latter. `qualifiers` are the
    additions after a comma or in brackets, which belong to no core.
    """

    exact: int
    head: int
    script: str
    cores: tuple[str, ...]
    concepts: int
    modifiers: int
    qualifiers: tuple[str, ...]


class Loose(NamedTuple):
    """What a core shares with other spellings of the same name."""

    skeleton: str
    phonetic: str


@cache
def fingerprint() -> str:
    """A fingerprint of the code and the tables that keys depend on: an index made by others would find nothing."""
    package = files("gazetteer")
    digest = xxh3_64()
    for folder, endings in DEPENDS:
        for each in sorted(package.joinpath(folder).iterdir(), key=lambda each: each.name):
            if each.name.endswith(endings):
                digest.update(each.name.encode() + each.read_bytes())
    return digest.hexdigest()


DEPENDS = (
    ("text", ".py"),
    ("matching", ("keys.py", "concepts.py", "prior.py", "units.py")),
    ("matching", ("derived.py", "words.py", "person_parts.py", "organisation_terms.py", "acronyms.py")),
    ("data", (".tsv", "types.toml", "countries.toml")),  # not the model: it weighs, and files nothing
    ("data/romanise", ".tsv"),
    ("data/lexicon", ".toml"),
)


def key(text: str) -> int:
    """The 64-bit key of a text."""
    return xxh3_64_intdigest(text.encode("utf-8", "replace"))


def spell(text: str) -> Spelling:
    """A name, analysed and keyed."""
    return spelled(analyse(text))


def spelled(analysis: Analysis) -> Spelling:
    """An analysed name, keyed."""
    exact = key(analysis.folded or analysis.text)
    return Spelling(
        exact=exact,
        head=key(analysis.head) if analysis.qualifiers else exact,
        script=analysis.script,
        cores=tuple(dict.fromkeys(filter(None, (analysis.core, analysis.bare, analysis.unmarked)))),
        concepts=bits(map(concept_bit, analysis.generics)) | (ARTICLE if analysis.article else 0),
        modifiers=bits(map(modifier_bit, analysis.modifiers)) | bits(map(number_bit, analysis.numbers)),
        qualifiers=analysis.qualifiers,
    )


ARTICLE = 1 << 63  # among the concepts of a name: it has an article
GENERIC = ARTICLE - 1  # the concepts that are words


def number_bit(number: int) -> int:
    """The bit of a number in a name, beyond those of the telling words: "Camp 7" is not "Camp 8"."""
    return NUMBERS + number % NUMBERS


NUMBERS = 32  # bits for telling words, and as many for numbers


def bits(positions: Iterable[int]) -> int:
    """A bit set."""
    found = 0
    for each in positions:
        found |= 1 << each
    return found


@cache
def script_bit(script: str) -> int:
    """The bit of a script in a set of scripts; those beyond the table of routes share the last."""
    known = [each for each, _, _ in table("routes.tsv", "script", "route", "example")]
    return 1 << (known.index(script) if script in known else len(known))


def loosen(core: str) -> Loose:
    """The skeleton and the phonetic code of a core."""
    return Loose(skeleton(core), phonetic(core))


def skeleton(core: str) -> str:
    """The consonant classes of a core, doubled ones once; the core itself where it has no consonant.

    >>> skeleton("hawijah"), skeleton("khavidzha"), skeleton("deirzour")
    ('hg', 'hfg', 'drzr')
    """
    group, classes = groups("skeleton.tsv")
    found = group.sub(lambda match: classes[match[0]], core.removesuffix("h"))
    return DOUBLED.sub(r"\1", found)[:LONGEST_SKELETON] or core


DOUBLED = re.compile(r"(.)\1+")


@cache
def groups(path: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """A table of groups of letters and what each becomes, and one pattern that finds the longest group first."""
    into = {group: becomes for group, becomes, _ in table(path)}
    longest = sorted(into, key=lambda group: (-len(group), group))
    return re.compile("|".join(longest)), into


def deletions(skeleton: str) -> set[str]:
    """The skeleton less one consonant, at each place; none of one consonant, which would find everything."""
    if len(skeleton) < 2:
        return set()
    return {skeleton[:place] + skeleton[place + 1 :] for place in range(len(skeleton))}
