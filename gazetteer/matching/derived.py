"""Derived keys: what names of persons, organisations and operations are also filed under.

A stored name is filed under `filed(kind, text)`, beside its spelling; a query whose spelling is not known is looked up
under `sought(text, kind)`, with the kind if one was asked for. Both give texts that begin with what they are, so that
no key of one sort meets one of another; the index hashes them. They are few: some three for a person, some five for an
organisation. What they bring in is for the features to judge.

    person:all:…        all names, in any order, by their consonants
    person:name:…       each name but the first given one; a query asks for its last and its first
    organisation:all:…  all concepts and names without the legal words, in any order
    organisation:main:… the same without form and land
    organisation:acronym:…
"""

from collections.abc import Iterator, Sequence

from gazetteer.matching.acronyms import acronym_candidate, acronyms
from gazetteer.matching.organisation_terms import Sort, Term, terms
from gazetteer.matching.person_parts import Part, person
from gazetteer.matching.types import Kind

PERSON, ORGANISATION = "person", "organisation"
NAMED_AS_ORGANISATIONS = frozenset({Kind.ORGANISATION, Kind.OPERATION})
MOST_PARTS = 4  # names of a person that are filed one by one
SIDE = frozenset({Sort.FORM, Sort.LAND})


def filed(kind: str, text: str) -> frozenset[str]:
    """What a stored name of an entity of a kind is filed under; nothing for places and facilities."""
    if kind == Kind.PERSON:
        whole = person(text).full
        later = whole[1:] if len(whole) > 1 else whole
        return frozenset([*all_parts(whole), *name_keys(later[-MOST_PARTS:])])
    if kind in NAMED_AS_ORGANISATIONS:
        acronym = acronym_candidate(text)
        short = [*acronyms(text), *([acronym] if acronym else [])]
        return frozenset([*concept_keys(text), *(f"{ORGANISATION}:acronym:{each}" for each in short)])
    return frozenset()


def sought(text: str, kind: str | None = None) -> frozenset[str]:
    """What a query is looked up under, for a kind or for any; a name without a word of organisations is none's then."""
    found: list[str] = []
    if kind in (None, Kind.PERSON):
        whole = person(text).full
        found += all_parts(whole)
        found += name_keys((*whole[-1:], *whole[:1]))
    if kind is None or kind in NAMED_AS_ORGANISATIONS:
        acronym = acronym_candidate(text)
        found += [f"{ORGANISATION}:acronym:{acronym}"] if acronym else []
        if kind or any(each.concepts for each in terms(text)):
            found += concept_keys(text)
            found += [f"{ORGANISATION}:acronym:{each}" for each in acronyms(text)]
    return frozenset(found)


def all_parts(whole: tuple[Part, ...]) -> list[str]:
    """The key of all names together; a single name has none but its own."""
    return [f"{PERSON}:all:{' '.join(sorted(map(part_key, whole)))}"] if len(whole) > 1 else []


def name_keys(single: Sequence[Part]) -> list[str]:
    """The keys of names one by one, by the consonants of either reading."""
    read = [each.word for each in single] + [each.word.other for each in single if each.word.other]
    return [f"{PERSON}:name:{each.skeleton}" for each in read]


def part_key(part: Part) -> str:
    """One name by what it is known to be short for, the first of several; else by its consonants."""
    return min(part.names, default=part.word.skeleton)


def concept_keys(text: str) -> Iterator[str]:
    """The keys of what a name says, with and without what is often left out, where anything is left then."""
    said = [each for each in terms(text) if each.sort is not Sort.LEGAL]
    main = [each for each in said if each.sort not in SIDE]
    if said:
        yield f"{ORGANISATION}:all:{' '.join(sorted(map(term_key, said)))}"
    if main:
        yield f"{ORGANISATION}:main:{' '.join(sorted(map(term_key, main)))}"


def term_key(term: Term) -> str:
    """One term by its first concept, or by its consonants."""
    return min(term.concepts, default=term.word.skeleton)
