"""The words of a name of a person or an organisation, ready to be compared across spellings and scripts.

Places are compared as one string, for writers part and join their words at will. In the names of persons and
organisations each word has an office of its own (a rank, a given name, a form of organisation), so they are compared
word by word: Christen (2006), "A comparison of personal name matching", finds that what the words are to the name
matters more than which measure of strings is chosen.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from gazetteer.matching.keys import DOUBLED, groups, skeleton
from gazetteer.text.normalise import normalise, separate
from gazetteer.text.tokens import words_of

ABJADS = frozenset({"Arab", "Hebr", "Syrc"})  # scripts that leave short vowels out
KURDISH = re.compile("[ێۆڵڕڤە]")  # which write them out, in letters of Arabic
REMEMBERED = 100_000  # distinct words kept ready
RECENT = 1_000  # texts whose words are kept, for the readings of one text follow each other
ALIKE = 0.76  # from here two words may be one: baghdadi / bagdady is 0.86, omar / amir 0.68
CLOSEST = 0.99  # of words spelled differently
ABJAD_CONSONANTS = 0.65  # their share where one side is an abjad; half elsewhere
CARRIED = "aiu"  # an abjad writes the vowel that a word begins with, by alif, yod or ayin


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name: as folded in its own script and romanised; levelled and its consonants when they are asked.

    `abjad` tells that its short vowels are not written: that it lacks one says nothing.
    """

    folded: str
    roman: str
    abjad: bool = False

    @property
    def level(self) -> str:
        """The word with the letters levelled that writers of one name exchange."""
        return level(self.roman)

    @property
    def open(self) -> str:
        """Levelled with e for the a that it is in Turkish and Kurdish spellings of Arabic names (Esed / Asad); in
        others it is i (Hamed / Hamid)."""
        return level(self.roman.replace("e", "a"))

    @property
    def skeleton(self) -> str:
        """The consonants of the word."""
        return consonants(self.roman)

    @property
    def other(self) -> "Word | None":
        """The word by the second reading of its letters, where they have one."""
        again = read_again(self.roman)
        return Word(self.folded, again, self.abjad) if again != self.roman else None

    @property
    def initial(self) -> bool:
        """A letter that stands for a name: "P.", "M"."""
        return len(self.folded) == 1 and self.folded.isalpha()


def word(roman: str, folded: str | None = None, abjad: bool = False) -> Word:
    """A word made ready."""
    return Word(folded or roman, roman, abjad)


@lru_cache(maxsize=REMEMBERED)
def read_again(roman: str) -> str:
    """The second reading of a word's letters; itself where they have none."""
    group, also = groups("word_readings.tsv")
    return group.sub(lambda match: also[match[0]], roman)


@lru_cache(maxsize=REMEMBERED)
def consonants(roman: str) -> str:
    """The consonants of a word."""
    return skeleton(roman)


@lru_cache(maxsize=REMEMBERED)
def level(roman: str) -> str:
    """A word with the letters levelled that writers of one name exchange; vowels stay.

    >>> level("khaled"), level("zawahiri"), level("soleimani")
    ('halid', 'zauahiri', 'sulimani')
    """
    group, levels = groups("word_letters.tsv")
    found = group.sub(lambda match: levels[match[0]], roman.removesuffix("h"))
    return DOUBLED.sub(r"\1", found) or roman


def words(text: str) -> tuple[Word, ...]:
    """The words of a text in their order, articles and additions included."""
    return words_in(normalise(text))


@lru_cache(maxsize=RECENT)
def words_in(normalised: str) -> tuple[Word, ...]:
    """The words of a normalised text."""
    separated = separate(normalised)
    folded, romans, script = words_of(separated)
    abjad = script in ABJADS and not KURDISH.search(separated)
    return tuple([word(roman, own, abjad) for own, roman in zip(folded, romans, strict=True) if roman])


@lru_cache(maxsize=REMEMBERED)
def word_alike(left: Word, right: Word) -> float:
    """How alike two words are, from 0 to 1; 0 below what may be one word in two spellings.

    The mean of the likeness over consonants and over all levelled letters; where one side leaves short vowels out,
    it is asked for the letters that it has.
    """
    if left.folded == right.folded or left.roman == right.roman:
        return 1.0
    if left.roman.isdigit() or right.roman.isdigit():
        return 0.0
    value = as_read(left, right)
    if value < CLOSEST and (left.other or right.other):
        value = max(
            value,
            *(as_read(ours, theirs) for ours in (left, left.other or left) for theirs in (right, right.other or right)),
        )
    return value if value >= ALIKE else 0.0


def as_read(left: Word, right: Word) -> float:
    """How alike two words are in their first readings."""
    consonants = Indel.normalized_similarity(left.skeleton, right.skeleton, score_cutoff=0.5)
    if not consonants:
        return 0.0
    share = ABJAD_CONSONANTS if left.abjad != right.abjad else 0.5
    return min(CLOSEST, share * consonants + (1 - share) * letters_alike(left, right))


def letters_alike(left: Word, right: Word) -> float:
    """How alike the levelled letters are, in the reading of e that brings them closest."""
    if left.abjad != right.abjad:
        abjad, full = (left, right) if left.abjad else (right, left)
        return max(held(abjad.level, full.level), held(abjad.level, full.open))
    plain = Indel.normalized_similarity(left.level, right.level)
    if plain == 1.0 or "e" not in left.roman + right.roman:
        return plain
    return max(
        plain,
        Indel.normalized_similarity(left.open, right.level),
        Indel.normalized_similarity(left.level, right.open),
    )


def held(abjad: str, full: str) -> float:
    """The share of the letters of an abjad spelling that a full one has, in their order; Arabic has no p.

    The first vowel of a word is written in an abjad too: رد is not ordu.
    """
    if not abjad or (full[:1] in CARRIED and abjad[:1] not in CARRIED):
        return 0.0
    missing = (Indel.distance(abjad, full.replace("p", "b")) - (len(full) - len(abjad))) / 2
    return 1.0 - missing / len(abjad)


def joined(parts: Sequence[Word]) -> Word:
    """Words written as one: Abu Bakr is Abubakr."""
    return word(
        "".join([each.roman for each in parts]),
        "".join([each.folded for each in parts]),
        any(each.abjad for each in parts),
    )
