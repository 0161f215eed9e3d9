"""A glance at a query: may it be filed under a derived key at all?

To take a name apart, as one of a person and as one of an organisation, costs as much as to find a place by it, and
nearly all queries mean places. So a query is first looked at word by word. Where each of its words stands for itself,
no title, bond or short form among them, a stored person that it is filed with has one of its words among the later
names; and a name without a word of organisations is filed with one only as its acronym. Where none of these keys is
known, none of `gazetteer.matching.derived` is.
"""

import re
from collections.abc import Sequence
from functools import cache

from gazetteer.matching.acronyms import acronym_candidate
from gazetteer.matching.derived import ORGANISATION, PERSON
from gazetteer.matching.organisation_terms import AND_THE, ELIDED, concepts_of, load
from gazetteer.matching.person_parts import Bond, bonds, given_names
from gazetteer.matching.words import consonants, read_again, words
from gazetteer.text.scripts import scripts_of_letters
from gazetteer.text.tokens import GLUED, Analysis

APART = re.compile("[,،;()\\[\\]（）]")  # names of other scripts are read otherwise where they are parted
ELISION = re.compile("['’]")
# Small words may be glued to a name ("abu", "abd", "-ddin"), or a number be a word.
GLUED_TO = re.compile(r"\b(?:abd|ebd|abu|abou|ebu)|(?:d(?:i|ee|iy|ai)ne?|ttin)\b|\b[0-9]+[a-z]{0,3}\b")


def glance(text: str, analysis: Analysis) -> set[str] | None:
    """Keys of which one is known if any that the text is `sought` under is; None where it must be taken apart.

    >>> from gazetteer.text.tokens import analyse
    >>> glance("Haweeja", analyse("Haweeja")), glance("Syrian Army", analyse("Syrian Army"))
    ({'person:name:hg'}, None)
    """
    if GLUED_TO.search(analysis.roman) or (ELISION.search(text) and ELIDED.search(text)):
        return None
    folded, romans = looked_at(text, analysis)
    if folded is None or not binding().isdisjoint(folded) or any(map(concepts_of, folded)):
        return None
    if sum(len(each) == 1 for each in folded) > 1:  # letters that may be one word
        return None
    keys = {f"{PERSON}:name:{consonants(each)}" for each in romans}
    for each in romans:
        if (again := read_again(each)) != each:
            keys.add(f"{PERSON}:name:{consonants(again)}")
    acronym = acronym_candidate(text)
    if acronym:
        keys.add(f"{ORGANISATION}:acronym:{acronym}")
    return keys


def looked_at(text: str, analysis: Analysis) -> tuple[Sequence[str] | None, Sequence[str]]:
    """The folded and the romanised words of a text; None where small words are written with others."""
    romans = analysis.roman.split(" ")
    if text.isascii():
        return romans, romans
    if APART.search(text):
        return None, romans
    if GLUED.keys().isdisjoint(scripts_of_letters(set(analysis.folded))):
        return analysis.folded.split(" "), romans
    folded = [each.folded for each in words(text)]
    return (None if any(each.startswith(AND_THE) for each in folded) else folded), romans


@cache
def binding() -> frozenset[str]:
    """Words that bind a name to the next, given names, and words that phrases of organisations begin with."""
    binds = [each for each, bond in bonds().items() if bond in (Bond.SERVANT, Bond.FAITH)]
    phrases = [phrase[0] for phrase in load().whole if len(phrase) > 1]
    return frozenset([*binds, *given_names(), *phrases])
