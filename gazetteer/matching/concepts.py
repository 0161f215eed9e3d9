"""Generic and telling words as bits: "province" is said of first-order units, "old" tells two places apart.

The lexicons (`data/lexicon/generics.toml`, `modifiers.toml`) know the words of each concept and the types it is said
of. A concept's bit is its place in the lexicon's order, so that a set of concepts is one number.
"""

from functools import cache

from gazetteer.errors import BadData
from gazetteer.matching.vocabulary import types
from gazetteer.text.tables import lexicon

GENERICS = "lexicon/generics.toml"
MODIFIERS = "lexicon/modifiers.toml"
MOST = 63  # concepts of a lexicon: a set of them is a 64-bit number, whose last bit is for an article


@cache
def numbers(path: str) -> dict[str, int]:
    """The bit of each concept of a lexicon."""
    concepts = list(lexicon(path))
    if len(concepts) > MOST:
        raise BadData(f"{path}: {len(concepts)} concepts, at most {MOST}")
    return {concept: place for place, concept in enumerate(concepts)}


def concept_bit(concept: str) -> int:
    """The bit of a generic concept."""
    return numbers(GENERICS)[concept]


def modifier_bit(modifier: str) -> int:
    """The bit of a telling word's concept."""
    return numbers(MODIFIERS)[modifier]


@cache
def implied_types(concepts: int) -> frozenset[str]:
    """The types that a set of generic concepts is said of."""
    found: set[str] = set()
    for concept, place in numbers(GENERICS).items():
        if concepts >> place & 1:
            found.update(said_of(concept))
    return frozenset(found)


def said_of(concept: str) -> list[str]:
    """The types that one concept is said of; BadData where one is not a type."""
    said: list[str] = lexicon(GENERICS)[concept].get("types", [])
    for each in said:
        if each not in types():
            raise BadData(f"{GENERICS}: [{concept}] is said of {each!r}, which is no type")
    return said
