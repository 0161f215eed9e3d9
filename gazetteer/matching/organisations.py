"""Are two spellings the name of one organisation? `organisation_alike(asked, stored)` says how well they agree.

Names are compared term by term, in any order and across languages: terms agree that say the same ("Forces", "قوات",
"Güçleri"), and names that no lexicon knows agree by their letters. What is left over on one side alone costs by its
sort, a legal word next to nothing; two terms of one sort that differ cost more, for the Iraqi Army is not the Syrian
Army, and the 9th Division is not the 10th. Operations are named as organisations are.

The value is the weight of what agrees among that of all (a weighted Jaccard index, with weights by hand in place of the
inverse frequencies of Cohen, Ravikumar & Fienberg 2003, "A comparison of string distance metrics for name-matching
tasks": an index of some hundred organisations is too small to count them in).

Interface: both arguments are texts as they are written; the terms of either are remembered. 1 is the same name; from
0.75 on it is one organisation's if nothing else speaks; below 0.6 is evidence against; None says nothing.
"""

from collections.abc import Sequence

from rapidfuzz.distance import Indel

from gazetteer.matching.organisation_terms import Sort, Term, terms
from gazetteer.matching.words import word_alike

AGREES = {Sort.LEGAL: 0.15, Sort.FORM: 0.6, Sort.LAND: 0.6, Sort.NUMBER: 0.8, Sort.WORD: 1.0, Sort.NAME: 1.4}
MISSING = {Sort.LEGAL: 0.05, Sort.FORM: 0.3, Sort.LAND: 0.25, Sort.NUMBER: 0.8, Sort.WORD: 0.7, Sort.NAME: 1.2}
DIFFERS = {Sort.FORM: 1.2, Sort.LAND: 1.6, Sort.NUMBER: 3.0}  # for both together, where both sides have one
MISSPELT = 0.85  # likeness from which a word is a known one, misspelt: "Syiran" Democratic Forces
TURNED = 0.97  # the same terms in another order: Free Syrian Army / Syrian Free Army, which is a translation or another
RUN_TOGETHER = 0.94  # likeness from which names count as one that is parted otherwise: Roundup / Round Up


def organisation_alike(asked: str, stored: str) -> float | None:
    """How well two names agree as names of one organisation; None where one of them says nothing."""
    left, right = terms(asked), terms(stored)
    if not left or not right:
        return None
    return max(by_terms(left, right), run_together(left, right))


def by_terms(left: Sequence[Term], right: Sequence[Term]) -> float:
    """The weight of the terms that agree among that of all."""
    found = pairings(left, right)
    agrees = sum(likeness * weight(left[ours], right[theirs]) for ours, theirs, likeness in found)
    ours = [each.sort for place, each in enumerate(left) if place not in {pair[0] for pair in found}]
    theirs = [each.sort for place, each in enumerate(right) if place not in {pair[1] for pair in found}]
    differs = missing = 0.0
    for sort in Sort:
        more, both = abs(ours.count(sort) - theirs.count(sort)), min(ours.count(sort), theirs.count(sort))
        missing += more * MISSING.get(sort, 0.0)
        differs += both * DIFFERS.get(sort, 2 * MISSING.get(sort, 0.0))
    order = 1.0 if [pair[1] for pair in sorted(found)] == sorted(pair[1] for pair in found) else TURNED
    whole = sum(weight(left[ours], right[theirs]) for ours, theirs, _ in found) + missing + differs
    return order * agrees / whole if agrees else 0.0


def weight(left: Term, right: Term) -> float:
    """What the agreement of two terms weighs."""
    return min(AGREES[left.sort], AGREES[right.sort])


def pairings(left: Sequence[Term], right: Sequence[Term]) -> list[tuple[int, int, float]]:
    """Which terms answer each other, each at most once, the most alike first."""
    possible = [
        (place, other, likeness)
        for place, term in enumerate(left)
        for other, theirs in enumerate(right)
        if (likeness := term_alike(term, theirs)) > 0
    ]
    found: list[tuple[int, int, float]] = []
    for each in sorted(possible, key=lambda each: (-each[2], each)):
        if all(each[0] != other[0] and each[1] != other[1] for other in found):
            found.append(each)
    return found


def term_alike(left: Term, right: Term) -> float:
    """How alike two terms are, 0 where they say different things; acronyms are the same or not."""
    if left.concepts & right.concepts or left.word.folded == right.word.folded:
        return 1.0
    known = left.concepts or right.concepts
    if (left.concepts and right.concepts) or left.capitals or right.capitals or (known and misread(left, right)):
        return 0.0
    likeness = word_alike(left.word, right.word)
    return likeness if likeness >= MISSPELT or not known else 0.0


def misread(left: Term, right: Term) -> bool:
    """The words are of two scripts: what looks like a known word, misspelt, is another word then."""
    return left.word.folded.isascii() != right.word.folded.isascii()


def run_together(left: Sequence[Term], right: Sequence[Term]) -> float:
    """The agreement of the names written as one word, where one side parts what the other joins; else 0."""
    if len(left) == len(right):
        return 0.0
    ours, theirs = (
        "".join([each.word.level for each in side if each.sort is not Sort.LEGAL]) for side in (left, right)
    )
    return Indel.normalized_similarity(ours, theirs, score_cutoff=RUN_TOGETHER)
