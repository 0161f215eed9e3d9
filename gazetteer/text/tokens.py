"""A name taken apart: articles, generic words, qualifiers, and the core that is left."""

import re
from functools import lru_cache
from typing import NamedTuple

from gazetteer.text.lexicon import Word, WordRole, load
from gazetteer.text.normalise import fold, normalise, separate, unmark
from gazetteer.text.qualifiers import split_qualifiers
from gazetteer.text.romanise import construct, romanise, romanise_in
from gazetteer.text.scripts import LATIN, most_common_script, script_of, scripts_of_letters

LEXICON = load()
WORDS = LEXICON.words
PHRASES = LEXICON.phrases
GLUED = LEXICON.glued
LAST = LEXICON.last
ARTICLE, ASSIMILATED, LINK = WordRole.ARTICLE, WordRole.ASSIMILATED, WordRole.LINK
GENERIC, MODIFIER = WordRole.GENERIC, WordRole.MODIFIER
SIBILANTS = frozenset("sz")
DIGITS = re.compile("[0-9]+")
RECENT = 4096  # texts whose words are kept
LONGEST_NUMBER = 9  # digits that are read
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


class Analysis(NamedTuple):
    """What a name is made of.

    `folded` is the exact key of the spelling, `head` that of the name without its additions; `roman` is the romanised
    whole, qualifiers kept, articles kept and parted from the words they were glued to. Without articles and
    qualifiers the roman words are `tokens`, and joined `core`; `bare` is the core less its generic words and the
    links beside them, or the core where nothing would be left. `unmarked` is the core with the marks of Latin
    letters dropped instead of read: "kosice", where the core of "Košice" is "koshice".

    `generics` and `modifiers` are the concepts of generic ("river") and discriminating words ("old"), in their
    order; a name made of nothing else has none, for there they are the name. `qualifiers` are the additions after
    commas, in brackets, after a dash or slash, folded; an addition of generic words only ("Aleppo (city)") counts
    among `generics` instead.

    `numbers` are those of the name without its additions, in order: "Camp 7", "Kilo 10", "H3", and a Roman one that is
    its last word ("Ramathibodi II"). Names with other numbers mean other things.
    `article` says that the name has one; it is no token.
    """

    text: str
    folded: str
    script: str
    roman: str
    core: str
    bare: str
    unmarked: str
    tokens: tuple[str, ...]
    generics: tuple[str, ...]
    modifiers: tuple[str, ...]
    qualifiers: tuple[str, ...]
    head: str
    numbers: tuple[int, ...] = ()
    article: bool = False


class Parts(NamedTuple):
    """The words of a name without its articles: where they stand in it, and what they say.

    `named` are those of the kept that are no generic words, nor links beside one.
    """

    kept: list[int]
    named: list[int]
    generics: tuple[str, ...]
    modifiers: tuple[str, ...]


def analyse(text: str) -> Analysis:
    """The parts of a name. Any text will do; one without a letter or digit has an empty core."""
    normalised = normalise(text)
    separated = separate(normalised)
    whole = words_of(separated)
    roman = " ".join(filter(None, whole.romans))
    head, additions = split_qualifiers(normalised)
    words, romans, _ = words_of(separate(head)) if additions else whole
    if additions and not any(romans):  # a head that no table reads: what can be read is the name
        (words, romans, _), additions = whole, []
    kept, named, generics, modifiers = take_apart(words, romans)
    qualifiers: tuple[str, ...] = ()
    if additions:
        qualifiers, also_generic, also_modifying = read_additions(additions)
        generics += also_generic
        modifiers += also_modifying
    tokens = tuple([romans[place] for place in kept])
    core = unmarked = "".join(tokens)
    bare = core if named is kept else "".join([romans[place] for place in named])
    if whole.script == LATIN and words is not romans:
        unmarked = romanise("".join([words[place] for place in kept]))
    folded = separated if separated.isascii() else unmark(separated)
    front = unmark(separate(head)) if additions else folded
    return Analysis(
        text=text,
        folded=folded,
        script=whole.script,
        roman=roman,
        core=core,
        bare=bare,
        unmarked=unmarked,
        tokens=tokens,
        generics=generics,
        modifiers=modifiers,
        qualifiers=qualifiers,
        head=front,
        numbers=numbers_of(front, words),
        article=len(kept) < sum(map(bool, romans)),
    )


def numbers_of(folded: str, words: list[str]) -> tuple[int, ...]:
    """The numbers of a name: digits wherever they stand, and a Roman numeral behind other words."""
    digits = [int(each[:LONGEST_NUMBER]) for each in DIGITS.findall(folded)]
    if len(words) > 1 and words[-1] in ROMAN:
        digits.append(ROMAN[words[-1]])
    return tuple(digits)


class Words(NamedTuple):
    """The folded and the romanised words of a text, of one length, and its script."""

    folded: list[str]
    romans: list[str]
    script: str


@lru_cache(maxsize=RECENT)
def words_of(separated: str) -> Words:
    """The words of a text; articles and generic words that were glued to a name are words of their own.

    Remembered for a while, since a name is read once as that of a place and once as that of a person or a group.
    """
    if separated.isascii():
        words = separated.split(" ")
        return Words(words, words, script_of(separated))
    letters = set(separated)
    scripts = scripts_of_letters(letters)
    for script in sorted(scripts):
        if script in GLUED:
            separated = GLUED[script].part(separated)
    words = unmark(separated).split(" ")
    romans = romanise_in(construct(separated), letters, scripts).split(" ")
    if len(words) != len(romans):  # a word of nothing but a hamza is gone
        words = [unmark(word) for word in separated.split(" ")]
    script = next(iter(scripts)) if len(scripts) == 1 else most_common_script(separated)
    return Words(words, romans, script)


def take_apart(words: list[str], romans: list[str]) -> Parts:
    """Which words are the core and which of them say what is meant."""
    roles = roles_of(words, romans)
    if not any(roles):
        kept = [place for place, roman in enumerate(romans) if roman]
        return Parts(kept, kept, (), ())
    for place in range(len(words) - 1):
        if roles[place] and (words[place] in LAST or romans[place] in LAST):
            roles[place] = None
    kept = [
        place for place, roman in enumerate(romans) if roman and not (roles[place] and is_article(place, roles, romans))
    ]
    if not kept:
        kept = [place for place, roman in enumerate(romans) if roman]
        return Parts(kept, kept, (), ())
    return weigh(kept, roles, romans)


def weigh(kept: list[int], roles: list[Word | None], romans: list[str]) -> Parts:
    """Which of the kept words are the name, and the concepts of the others; where none is a name, all are."""
    generic: list[int] = []
    modifying: list[int] = []
    links: list[int] = []
    for place in kept:
        word = roles[place]
        if word is not None:
            if word.role is GENERIC:
                generic.append(place)
            elif word.role is MODIFIER:
                modifying.append(place)
            elif word.role is LINK:
                links.append(place)
    if len(generic) + len(modifying) + len(links) == len(kept):
        return Parts(kept, kept, (), ())
    named = without(generic, links, kept, romans) if generic else kept
    return Parts(kept, named, concepts_at(generic, roles), concepts_at(modifying, roles))


def without(generic: list[int], links: list[int], kept: list[int], romans: list[str]) -> list[int]:
    """The kept words less the generic ones and the links beside them; all where digits alone would be left."""
    order = {place: rank for rank, place in enumerate(kept)}
    beside = {order[place] + step for place in generic for step in (-1, 1)}
    dropped = {*generic, *(place for place in links if order[place] in beside)}
    named = [place for place in kept if place not in dropped]
    if "".join([romans[place] for place in named]).isdigit():  # "Camp 7" is not "7"
        return kept
    return named


def roles_of(words: list[str], romans: list[str]) -> list[Word | None]:
    """The role of each word, by its own letters or as romanised; phrases before single words."""
    known = WORDS.get
    if words is romans:
        roles = [known(word) for word in words]
    else:
        roles = [known(word) or known(roman) for word, roman in zip(words, romans, strict=True)]
    if not PHRASES.keys().isdisjoint(words):
        mark_phrases(words, roles)
    return roles


def mark_phrases(words: list[str], roles: list[Word | None]) -> None:
    """Give the words of each phrase its role in place of their own; the concept stands at the first."""
    for place, word in enumerate(words):
        for phrase, role in PHRASES.get(word, ()):
            end = place + len(phrase)
            if tuple(words[place:end]) == phrase:
                roles[place:end] = [role] + [Word(role.role)] * (len(phrase) - 1)
                break


def is_article(place: int, roles: list[Word | None], romans: list[str]) -> bool:
    """An article before a word; an assimilated one only before its own consonant ("ez Zour"; "Эс-Зибадан" will do)."""
    role = roles[place]
    if role is None or place + 1 == len(roles):
        return False
    if role.role is ARTICLE:
        return True
    if role.role is not ASSIMILATED:
        return False
    ours, theirs = romans[place][1:2], romans[place + 1][:1]
    return ours == theirs or (ours in SIBILANTS and theirs in SIBILANTS)


def concepts_at(places: list[int], roles: list[Word | None]) -> tuple[str, ...]:
    """The concepts of the words at these places."""
    words = [roles[place] for place in places]
    return tuple([word.concept for word in words if word is not None and word.concept])


def read_additions(additions: list[str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The qualifiers among the additions to a name, and the concepts of those that are generic words.

    An addition that is an article moved behind ("Zubayr, Az") says nothing.
    """
    qualifiers: list[str] = []
    generics: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    for addition in additions:
        words, romans, _ = words_of(separate(addition))
        roles = roles_of(words, romans)
        if not all(roles):
            qualifiers.append(fold(addition))
            continue
        generics += tuple([word.concept for word in roles if word and word.role is GENERIC and word.concept])
        modifiers += tuple([word.concept for word in roles if word and word.role is MODIFIER and word.concept])
    return tuple(qualifiers), generics, modifiers


def without_generic(text: str, concept: str) -> str:
    """A name as it is written, less the words of one generic concept; itself where nothing else would be left.

    >>> without_generic("Deir ez-Zor Governorate", "province")
    'Deir ez-Zor'
    """
    words = text.split()
    kept = [word for word in words if not says(word, concept)]
    return " ".join(kept) if kept else text


def says(word: str, concept: str) -> bool:
    """The word is a generic one, of this concept."""
    found = WORDS.get(fold(word))
    return found is not None and found.role is GENERIC and found.concept == concept
