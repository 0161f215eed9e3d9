"""Names in Chinese characters, as the country they are in reads them.

Romanising reads characters as Mandarin does, which is right for China and for names written by their sound. Yet 長興 is
Jangheung in Korea and 長浜 Nagahama in Japan, in whichever language the text around it is. The tables are
`data/readings/hanja.tsv`, `kanji.tsv` and `variants.tsv`.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from gazetteer.text.normalise import normalise
from gazetteer.text.romanise import romanise
from gazetteer.text.tables import table

Read = TypeVar("Read", str, tuple[str, ...])
AGAIN = "々"
CHARACTER = re.compile(r"[々\u3400-\u9fff]")
HANGUL = ord("가")
RHYMES = 28  # syllables of one consonant and vowel
LEAD = 21 * RHYMES  # syllables of one first consonant
NIEUN, RIEUL, SILENT = 2, 5, 11  # first consonants by their order
PALATAL = frozenset({2, 3, 6, 7, 12, 17, 20})  # vowels with an i before them, and i


def korean(characters: str) -> tuple[str, ...]:
    """The Sino-Korean reading of a name, in Latin letters; none where a character has none.

    >>> korean("長興"), korean("梁山")
    (('jangheung',), ('yangsan',))
    """
    known = hanja()
    read = [known.get(each, "") for each in repeated(characters)]
    if not read or not all(read):
        return ()
    hangul = head_of_a_name(read[0]) + "".join(read[1:])
    return (romanise(normalise(hangul)).replace(" ", ""),)


def head_of_a_name(syllable: str) -> str:
    """The South Korean law of initials: before i and y an r or n falls, an r before other vowels is an n."""
    lead, rest = divmod(ord(syllable) - HANGUL, LEAD)
    if lead in {NIEUN, RIEUL}:
        lead = SILENT if rest // RHYMES in PALATAL else NIEUN
    return chr(HANGUL + lead * LEAD + rest)


def japanese(characters: str) -> tuple[str, ...]:
    """The likeliest Japanese readings of a name, at most two; none where a character has none. Kana read themselves.

    The second reads otherwise the first character that has another reading: 小山 is Oyama or Koyama.

    >>> japanese("小山"), japanese("広島")
    (('oyama', 'koyama'), ('hiroshima',))
    """
    heads, others = kanji()
    read = [
        (others if place else heads).get(each) or (() if CHARACTER.match(each) else (romanise(each),))
        for place, each in enumerate(repeated(characters))
    ]
    if not read or not all(read):
        return ()
    first = [each[0] for each in read]
    found = ["".join(first)]
    for place, each in enumerate(read):
        if len(each) > 1:
            found.append("".join([*first[:place], each[1], *first[place + 1 :]]))
            break
    return tuple(found)


READERS: dict[str, Callable[[str], tuple[str, ...]]] = {"JP": japanese, "KP": korean, "KR": korean}


def repeated(characters: str) -> str:
    """The characters with each sign of repetition as what it repeats."""
    return "".join(
        [characters[place - 1] if each == AGAIN and place else each for place, each in enumerate(characters)]
    )


@cache
def hanja() -> dict[str, str]:
    """The syllable of each character, in all its forms."""
    rows = table("readings/hanja.tsv", "syllable", "characters", "example")
    return in_all_forms({each: syllable for syllable, characters, _ in rows for each in characters})


@cache
def kanji() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """The readings of each character in all its forms, at the head of a name and elsewhere; kana read themselves."""
    rows = table("readings/kanji.tsv", "character", "head", "elsewhere", "example")
    heads = in_all_forms({character: tuple(head.split()) for character, head, _, _ in rows})
    others = in_all_forms({character: tuple((other or head).split()) for character, head, other, _ in rows})
    return heads, others


def in_all_forms(known: dict[str, Read]) -> dict[str, Read]:
    """What is known of characters, for their variants too."""
    found = dict(known)
    for character, variants, _ in table("readings/variants.tsv", "character", "variants", "example"):
        forms = character + variants
        read = next((known[each] for each in forms if each in known), None)
        if read is not None:
            found.update({each: read for each in forms if each not in known})
    return found
