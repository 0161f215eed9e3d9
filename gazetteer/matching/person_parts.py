"""Names of persons, taken apart: `person(text)` reads one, `gazetteer.matching.people` compares two.

What stands before and after the name (ranks, offices, degrees) is no part of it and goes; what the small words of
Arabic names say is kept: "Abu Bakr" is one name and not Bakr, "Abd al-Rahman" and "Abdurrahman" are one name, "Nur
al-Din" and "Noureddine" too, "bin" and "von" say nothing (Patman & Thompson 2003, "Names: a new frontier in text
mining"). The words stand in `data/lexicon/titles.toml`, `name_parts.toml` and `short_names.toml`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache, lru_cache
from itertools import chain

from gazetteer.matching.words import Word, joined, word, words_in
from gazetteer.text.normalise import fold, normalise
from gazetteer.text.qualifiers import BRACKETED
from gazetteer.text.tables import lexicon
from gazetteer.text.tokens import is_article, roles_of

TITLES = "lexicon/titles.toml"
PARTS = "lexicon/name_parts.toml"
SHORT = "lexicon/short_names.toml"
REMEMBERED = 100_000  # names kept taken apart


class Office(Enum):
    """What a word beside a name is to it; the concepts of `titles.toml` that are none of these are titles."""

    TITLE = "title"
    ALSO_NAME = "also_names"
    FIELD = "field"
    LINK = "link"
    JUNIOR = "junior"
    SENIOR = "senior"
    DEGREE = "degree"


class Bond(Enum):
    """What a small word makes of the word behind it."""

    FATHER = "father"
    MOTHER = "mother"
    SERVANT = "servant"
    FAITH = "faith"
    SON = "son"
    NOBILITY = "nobility"


BEHIND = frozenset({Office.JUNIOR, Office.SENIOR, Office.DEGREE})
BEFORE = frozenset({Office.TITLE, Office.FIELD, Office.LINK})


@dataclass(frozen=True, slots=True)
class Part:
    """One name of a person's.

    `bond` tells a kunya ("Abu Bakr") from a plain name; `names` are the given names that the word is known to be, or to
    be short for. `spare` parts may be missing: "Ben" of Ben-Gvir, "Al" of Al Gore and of al-Baghdadi.
    """

    word: Word
    bond: Bond | None = None
    names: frozenset[str] = frozenset()
    spare: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """The parts of a name in their order, given names first; the last is the family name, or what stands for it.

    `rank` among fathers and sons is JUNIOR, SENIOR or None.
    """

    parts: tuple[Part, ...]
    rank: Office | None = None

    @property
    def full(self) -> tuple[Part, ...]:
        """The parts that are whole names, neither initials nor spare."""
        return tuple([each for each in self.parts if not each.spare and not each.word.initial])


@lru_cache(maxsize=REMEMBERED)
def person(text: str) -> Person:
    """The name of a person, taken apart; without parts where there is no word.

    >>> [part.word.roman for part in person("Shanahan, Patrick M.").parts]
    ['patrick', 'm', 'shanahan']
    """
    whole = in_order(BRACKETED.sub(" ", normalise(text)))
    if len(whole) == 1:  # nothing stands beside it
        return Person((plain(whole[0]),))
    stripped, rank = without_suffixes(without_titles(whole))
    return Person(tuple(parts(stripped)), rank)


def single_part(text: str) -> bool:
    """One name alone: nothing but its letters can be compared."""
    return len(person(text).parts) == 1


def in_order(normalised: str) -> tuple[Word, ...]:
    """The words of a name with the family name last, where a comma parts it off; without a title behind a comma."""
    family, *rest = [words_in(piece) for piece in COMMA.split(normalised)]
    said = [{office(piece, place) for place in range(len(piece))} for piece in rest]
    given = [piece for piece, offices in zip(rest, said, strict=True) if None in offices]
    suffixes = [piece for piece, offices in zip(rest, said, strict=True) if offices <= BEHIND]
    return tuple(chain(*given, family, *suffixes))


def without_titles(name: tuple[Word, ...]) -> tuple[Word, ...]:
    """The name without what stands before it, at least one word of it, and two after what may itself be a name."""
    end = place = 0
    titled = False
    while place < len(name) - 1:
        found, length = office_at(name, place, titled)
        if found is Office.ALSO_NAME and len(name) - place - length < 2:
            break
        if found is None or (found not in BEFORE and found is not Office.ALSO_NAME):
            break
        titled = titled or found in (Office.TITLE, Office.ALSO_NAME)
        place += length
        if titled and found is not Office.LINK:
            end = place
    return name[min(max(end, last_title(name)), len(name) - 1) :] if name else name


def last_title(name: Sequence[Word]) -> int:
    """The place behind the last title within a name that two words still follow: "SDF commander Mazloum Abdi"."""
    places = [place + 1 for place in range(len(name) - 2) if office(name, place) is Office.TITLE]
    return places[-1] if places else 0


def office_at(name: Sequence[Word], place: int, titled: bool) -> tuple[Office | None, int]:
    """What the word at a place is before a name, and how many words that takes; the article is a link.

    Single letters are the U.S. only while no title has come: Gen. U. S. Grant.
    """
    pair = tuple(each.folded for each in name[place : place + 2])
    if pair in offices() and place + 2 < len(name):
        return offices()[pair], 2
    found = offices().get(pair[:1])
    if name[place].initial and titled:
        return None, 1
    return found, 1


def office(name: Sequence[Word], place: int) -> Office | None:
    """What one word is beside a name."""
    return offices().get((name[place].folded,))


def without_suffixes(name: tuple[Word, ...]) -> tuple[tuple[Word, ...], Office | None]:
    """The name without what stands behind it, and whether that was said of a father or a son."""
    rank = None
    while len(name) > 2 and (found := office(name, len(name) - 1)) in BEHIND:
        rank = rank or (found if found is not Office.DEGREE else None)
        name = name[:-1]
    return name, rank


def parts(name: Sequence[Word]) -> Iterator[Part]:
    """The parts of a name without titles; a word with what binds it to the next is one part."""
    roles = roles_of([each.folded for each in name], [each.roman for each in name])
    articles = [is_article(place, roles, [each.roman for each in name]) for place in range(len(name))]
    place, last = 0, len(name) - 1
    while place <= last:
        own = name[place]
        follows = next((each for each in range(place + 1, last + 1) if not articles[each]), None)
        bond = bonds().get(own.folded)
        if follows is not None and bond in (Bond.FATHER, Bond.MOTHER, Bond.SERVANT):
            yield bound(bond, name[follows])
            place = follows + 1
        elif follows is not None and not articles[place] and bonds().get(name[follows].folded) is Bond.FAITH:
            yield plain(joined((own, name[follows])))
            place = follows + 1
        elif follows is not None and (articles[place] or bond in (Bond.SON, Bond.NOBILITY)):
            if place == 0:
                yield replace(plain(own), spare=True)
            place += 1
        else:
            yield plain(own)
            place += 1


def bound(bond: Bond, own: Word) -> Part:
    """A name behind Abu, Umm or Abd."""
    if bond is Bond.SERVANT:
        return servant(own)
    return replace(plain(own), bond=bond)


def servant(own: Word) -> Part:
    """A name with Abd: the name of God behind it."""
    god = own.roman
    return Part(word("abd" + (of_god(god) if god.startswith("all") else god), None, own.abjad), Bond.SERVANT)


def of_god(glued: str) -> str:
    """What is left of a glued name of God without the article: "urrahman" is rahman, "elaziz" aziz."""
    return OF_GOD.sub("", glued) or glued


def plain(own: Word) -> Part:
    """One word that may have a small word glued to it."""
    roman = own.roman
    if found := GLUED_FATHER.fullmatch(roman):
        return replace(plain(word(found[1], None, own.abjad)), bond=Bond.FATHER)
    if roman.startswith(("abd", "ebd")) and len(roman) > SHORTEST_SERVANT:
        return Part(word("abd" + of_god(roman[3:]), None, own.abjad), Bond.SERVANT)
    if len(roman) > SHORTEST_FAITH and (found := GLUED_FAITH.fullmatch(roman)):
        own = word(found[1] + "din", None, own.abjad)
    return Part(own, names=given_names().get(own.folded, frozenset()))


GLUED_FATHER = re.compile("(?:abu|abou|ebu)([^aeiou].{2,})")
GLUED_FAITH = re.compile("(.{2,}?)(?:(?:[aeiou][ld])?d(?:i|ee|iy|ai)ne?|[aeiou]ttin)")
COMMA = re.compile("[,،;]")
OF_GOD = re.compile(r"^[aeiou]*(?:l|([^aeiou])(?=\1))?")
SHORTEST_SERVANT = 5  # Abdi, Abdo and Abduh are names by themselves
SHORTEST_FAITH = 6


@cache
def offices() -> dict[tuple[str, ...], Office]:
    """The words of `titles.toml`, folded."""
    known = {each.value: each for each in Office}
    return {
        tuple(fold(text).split()): known.get(concept, Office.TITLE)
        for concept, lists in lexicon(TITLES).items()
        for texts in lists.values()
        for text in texts
    }


@cache
def bonds() -> dict[str, Bond]:
    """The words of `name_parts.toml`, folded."""
    return {
        fold(text): Bond(concept)
        for concept, lists in lexicon(PARTS).items()
        for texts in lists.values()
        for text in texts
    }


@cache
def given_names() -> dict[str, frozenset[str]]:
    """The given names that a word may be, folded, from `short_names.toml`."""
    found: dict[str, set[str]] = {}
    for concept, lists in lexicon(SHORT).items():
        for texts in lists.values():
            for text in texts:
                found.setdefault(fold(text), set()).add(concept)
    return {text: frozenset(concepts) for text, concepts in found.items()}
