"""Are two spellings the name of one person? `person_alike(asked, stored)` says how well they agree.

Personal names are compared part by part, in any order, for what a part is to the name decides what its difference means
(Christen 2006, "A comparison of personal name matching: techniques and practical issues"; Patman & Thompson 2003 on
Arabic names):

    the family name must agree; two names that share only a given name are two persons
    a given name that differs makes two of them, however alike the letters (Hassan / Hussein)
    short forms (Pat / Patrick) and initials (P.) stand for given names; an initial tells less
    a part that only one side has costs little; one that both have and that differs costs much
    a family name alone may be any of the family

"Omar al-Shishani" and "Abu Omar al-Shishani" are two names by their meaning, Omar and Omar's father; but writers drop
"Abu", and both were written of one man. So the pair is held to be open: plausible, and no match without a record.

Interface: both arguments are texts as they are written; the parts of either are remembered. 1 is the same name; from
0.8 on it is one person's if nothing else speaks; 0.4 to 0.7 is open; less is evidence against; None says nothing.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from rapidfuzz.distance import Indel

from gazetteer.matching.person_parts import Bond, Part, person
from gazetteer.matching.words import word_alike

SHORT_FORM = 0.97  # Pat / Patrick
INITIAL = 0.88  # P. / Patrick: so may Paul's be
WITHOUT_ABU = 0.80  # Omar / Abu Omar
CUT_OFF = 0.82  # Ash / Ashton
SHORTEST_CUT = 3
CALLED_BY = 0.98  # J. Patrick Work / Pat Work: the one's first name is the other's second
LEAST, MOST = 0.70, 0.95  # likeness of a part that counts as none, and as all

FAMILY_ALONE = 0.60  # asked "Shanahan", stored "Pat Shanahan"
GIVEN_ALONE = 0.45  # asked "Saddam", stored "Saddam Hussein"
MIDDLE_ALONE = 0.30
MORE_THAN_STORED = 0.65  # of these, where the name asked for says more: asked "Ivanka Trump", stored "Trump"
ONLY_GIVEN = 0.25  # Ryan Dillon / Ryan Crocker
OTHER_GIVEN = 0.20  # Sean Ryan / Paul Ryan
OTHER_MIDDLE = 0.60  # for each that differs: John A. Smith / John B. Smith
MISSING = 0.97  # for each that one side lacks
CUT_SHORT = 0.85  # Saddam Hussein / Saddam Hussein al-Tikriti
TURNED = 0.98  # Abdi Mazloum / Mazloum Abdi, without a comma
OTHER_RANK = 0.40  # George Bush Jr. / George Bush Sr.
RUN_TOGETHER = 0.94  # likeness from which names are one that is parted otherwise: Alireza / Ali Reza


class Pairing(NamedTuple):
    """A part of the name asked for and one of the stored name that answer each other: their places, and how well."""

    asked: int
    stored: int
    likeness: float


def person_alike(asked: str, stored: str) -> float | None:
    """How well two names agree as names of one person; None where one of them has no word."""
    left, right = person(asked), person(stored)
    if not left.parts or not right.parts:
        return None
    value = max(by_parts(left.parts, right.parts), run_together(left.parts, right.parts))
    if left.rank and right.rank and left.rank is not right.rank:
        value *= OTHER_RANK
    return value


def by_parts(asked: Sequence[Part], stored: Sequence[Part]) -> float:
    """The agreement of two names, part by part."""
    found = pairings(asked, stored)
    asked, stored, found = counted(asked, stored, found)
    if not found:
        return 0.0
    if len(asked) == 1 or len(stored) == 1:
        return by_one(asked, stored, found[0])
    order = family_agrees(asked, stored, found)
    if not order:
        return ONLY_GIVEN * found[0].likeness
    given = given_agrees(asked, stored, found)
    if not given:
        return OTHER_GIVEN
    family = [each.likeness for each in found if each.asked == len(asked) - 1 or each.stored == len(stored) - 1]
    lacking = len(asked) - len(found), len(stored) - len(found)
    return (
        sqrt(scaled(min(family, default=1.0)) * scaled(given))
        * order
        * (OTHER_MIDDLE ** min(lacking) * MISSING ** (max(lacking) - min(lacking)))
    )


def by_one(asked: Sequence[Part], stored: Sequence[Part], pairing: Pairing) -> float:
    """The agreement where one side is a single name: the family's, or a given name."""
    if len(asked) == len(stored):
        return scaled(pairing.likeness)
    more, place = (asked, pairing.asked) if len(stored) == 1 else (stored, pairing.stored)
    value = FAMILY_ALONE if place == len(more) - 1 else GIVEN_ALONE if place == 0 else MIDDLE_ALONE
    return scaled(pairing.likeness) * value * (MORE_THAN_STORED if more is asked else 1.0)


def family_agrees(asked: Sequence[Part], stored: Sequence[Part], found: Sequence[Pairing]) -> float:
    """1 where the last parts answer each other, less where they stand elsewhere, 0 where they do not.

    A long Arabic name may be cut short behind the second name: then all that the shorter has must be in the longer, in
    its order and from its first.
    """
    of_asked, of_stored = {each.asked: each.stored for each in found}, {each.stored: each.asked for each in found}
    last = len(asked) - 1, len(stored) - 1
    if of_asked.get(last[0]) == last[1]:
        return 1.0
    if last[0] in of_asked and last[1] in of_stored:
        return TURNED
    ordered = sorted(found)
    in_order = all(before.stored < after.stored for before, after in pairwise(ordered))
    whole = len(found) == min(len(asked), len(stored))
    return CUT_SHORT if whole and in_order and of_asked.get(0) == 0 else 0.0


def given_agrees(asked: Sequence[Part], stored: Sequence[Part], found: Sequence[Pairing]) -> float:
    """How alike the given names are: those that come first, or one that comes first on one side; 0 for others."""
    last = len(asked) - 1, len(stored) - 1
    first = [each for each in found if each.asked == 0 or each.stored == 0]
    given = [each for each in first if (each.asked, each.stored) != last]
    return max((each.likeness * (1.0 if each.asked == each.stored else CALLED_BY) for each in given), default=0.0)


def counted(
    asked: Sequence[Part], stored: Sequence[Part], found: Sequence[Pairing]
) -> tuple[list[Part], list[Part], list[Pairing]]:
    """The names without their spare parts that nothing answers, and the pairings by the places that are left."""
    ours = [place for place, part in enumerate(asked) if not part.spare or any(each.asked == place for each in found)]
    theirs = [
        place for place, part in enumerate(stored) if not part.spare or any(each.stored == place for each in found)
    ]
    again = [Pairing(ours.index(each.asked), theirs.index(each.stored), each.likeness) for each in found]
    return [asked[place] for place in ours], [stored[place] for place in theirs], again


def pairings(asked: Sequence[Part], stored: Sequence[Part]) -> list[Pairing]:
    """Which parts answer each other, each at most once, the most alike first; among equals the same end of the name."""
    possible = [
        Pairing(place, other, likeness)
        for place, part in enumerate(asked)
        for other, theirs in enumerate(stored)
        if (likeness := part_alike(part, theirs)) > 0 and not (place == other == 0 and feminine(part, theirs))
    ]
    possible.sort(key=lambda each: (-each.likeness, abs(each.asked / len(asked) - each.stored / len(stored)), each))
    found: list[Pairing] = []
    for each in possible:
        if all(each.asked != other.asked and each.stored != other.stored for other in found):
            found.append(each)
    return found


def part_alike(left: Part, right: Part) -> float:
    """How alike two names of a person are, 0 where they are two."""
    if left.word.initial or right.word.initial:
        same = left.word.level[:1] == right.word.level[:1] and left.bond is right.bond
        return (1.0 if left.word.initial and right.word.initial else INITIAL) if same else 0.0
    if {left.bond, right.bond} == {Bond.FATHER, Bond.MOTHER}:
        return 0.0
    factor = WITHOUT_ABU if (left.bond in PARENTS) != (right.bond in PARENTS) else 1.0
    if left.names and right.names:
        known = 1.0 if left.word.folded == right.word.folded else SHORT_FORM
        return factor * known if left.names & right.names else 0.0
    return factor * max(word_alike(left.word, right.word), shortened(left, right))


def shortened(left: Part, right: Part) -> float:
    """One name may be the beginning of the other, cut off by its bearer: Ash / Ashton."""
    short, long = sorted((left.word.roman, right.word.roman), key=len)
    return CUT_OFF if len(short) >= SHORTEST_CUT and long.startswith(short) else 0.0


def feminine(left: Part, right: Part) -> bool:
    """One name is the other with an a behind it, a woman's: Eric / Erika, Karim / Karima."""
    short, long = sorted((left.word.level, right.word.level), key=len)
    return long == short + "a" and not left.word.abjad and not right.word.abjad


PARENTS = frozenset({Bond.FATHER, Bond.MOTHER})


def run_together(asked: Sequence[Part], stored: Sequence[Part]) -> float:
    """The agreement of the names written as one word, where one side parts what the other joins; else 0."""
    if len(asked) == len(stored):
        return 0.0
    ours, theirs = ("".join([part.word.level for part in side if not part.spare]) for side in (asked, stored))
    return Indel.normalized_similarity(ours, theirs, score_cutoff=RUN_TOGETHER)


def scaled(likeness: float) -> float:
    """A likeness of parts as agreement."""
    return min(1.0, max(0.0, (likeness - LEAST) / (MOST - LEAST)))
