"""Readings of Latin names of places whose own names are Arabic: what the name would be if it were all Arabic.

Beside those of `gazetteer.text.readings`, on which stored keys depend: these are of queries alone.
"""

import re
from collections.abc import Iterator
from functools import cache

from gazetteer.text.readings import Reading
from gazetteer.text.tables import table
from gazetteer.text.tokens import WORDS, Analysis

BOUND = re.compile(r"(?<=[a-z]{3})[ae]t$")
BEFORE_VOWEL = re.compile(r"^al(?=[aeiou][a-z]{3})")


def arabic_readings(analysis: Analysis) -> tuple[Reading, ...]:
    """The other readings of a name that is written in Latin letters and asked for where names are Arabic.

    >>> from gazetteer.text.tokens import analyse
    >>> [each.core for each in arabic_readings(analyse("Hilwa middle"))]
    ['hilwawusta']
    """
    return (*unglued(analysis), *in_arabic(analysis), *bound(analysis))


def unglued(analysis: Analysis) -> Iterator[Reading]:
    """The name without the article that was typed as one word with it, before a vowel as well: "Alearish"."""
    bare = [BEFORE_VOWEL.sub("", word) for word in analysis.tokens]
    if bare != list(analysis.tokens):
        yield Reading("".join(bare), "article")


def in_arabic(analysis: Analysis) -> Iterator[Reading]:
    """The name with its English telling word in Arabic, which stands behind."""
    said = [word for word in analysis.tokens if word in telling()]
    rest = "".join([word for word in analysis.tokens if word not in WORDS])
    if len(said) == 1 and rest:
        for word in telling()[said[0]]:
            yield Reading(rest + word, "translated")


def bound(analysis: Analysis) -> Iterator[Reading]:
    """The name with an ending -ah for -at, which is said where another word follows: "Zakat" is Az Zakāh."""
    if BOUND.search(analysis.bare):
        yield Reading(BOUND.sub("ah", analysis.bare), "ending")


@cache
def telling() -> dict[str, tuple[str, ...]]:
    """English telling words, and the Arabic ones that they stand for."""
    rows = table("readings/telling_arabic.tsv", "word", "arabic", "example")
    return {word: tuple(arabic.split("|")) for word, arabic, _ in rows}
