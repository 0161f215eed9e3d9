"""Readings: what a query's name was taken apart into, and what its context was taken for."""

from gazetteer.index.forms import forms_of
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.asked import ANY, Asked
from gazetteer.matching.explanation import Addition, Form, Reading, ReadWord, Unit
from gazetteer.matching.types import Query
from gazetteer.text.lexicon import Word, WordRole
from gazetteer.text.normalise import fold, normalise, separate
from gazetteer.text.qualifiers import split_qualifiers
from gazetteer.text.tokens import Analysis, is_article, roles_of, words_of

UNITS = 10  # units of a `within` that are listed
# How a form came about; the others are the traditions of spelling, `data/readings`.
WHOLE, BARE, UNMARKED = "whole name", "without generic words", "marks dropped"
TYPED = "as it was typed"  # where words are taken for those that were meant: "sifaya vilage"
# What a word was taken for, and what an addition.
ROLES = NAME, ARTICLE, GENERIC, TELLING, LINK = "name", "article", "generic word", "telling word", "link"
TAKEN_FOR = CONTEXT, _, PART, NOTHING = "within", GENERIC, "part of the name", "nothing"


def reading(snapshot: Snapshot, query: Query, asked: Asked) -> Reading:
    """What a query was read as."""
    analysis = asked.analysis
    head, added = split_qualifiers(normalise(analysis.text))
    known = bool(analysis.qualifiers) and snapshot.exact.knows(asked.exact)
    used = CONTEXT if query.within is None and asked.within is not None else NOTHING
    return Reading(
        normalised=normalise(query.name),
        folded=analysis.folded,
        script=analysis.script,
        romanised=analysis.roman,
        core=analysis.core,
        words=words(head, analysis),
        additions=tuple(addition(each, analysis, PART if known else used) for each in added),
        forms=forms(snapshot, analysis, asked),
        numbers=analysis.numbers,
        country=None if asked.country == ANY else snapshot.countries[asked.country],
        within=None if asked.within is None else units(snapshot, asked.within),
    )


def forms(snapshot: Snapshot, analysis: Analysis, asked: Asked) -> tuple[Form, ...]:
    """The forms that a query is compared in, each with how it came about."""
    plain = {analysis.unmarked: UNMARKED, analysis.bare: BARE, analysis.core: WHOLE}
    return tuple(
        Form(each.core, each.tradition or plain.get(each.core, TYPED)) for each in forms_of(snapshot, 0, asked)
    )


def words(head: str, analysis: Analysis) -> tuple[ReadWord, ...]:
    """The words of a name without its additions, each with what it was taken for."""
    folded, romans, _ = words_of(separate(head))
    roles = roles_of(folded, romans)
    read = []
    for place, (text, roman) in enumerate(zip(folded, romans, strict=True)):
        if text:
            article = is_article(place, roles, romans)
            role, concept = (ARTICLE, None) if article else taken_for(roles[place], analysis)
            read.append(ReadWord(text, roman, role, concept))
    return tuple(read)


def taken_for(word: Word | None, analysis: Analysis) -> tuple[str, str | None]:
    """The role of a word that is no article; where a name is made of nothing else, generic words are the name."""
    if word is not None and word.role is WordRole.GENERIC and analysis.generics:
        return GENERIC, word.concept or None
    if word is not None and word.role is WordRole.MODIFIER and analysis.modifiers:
        return TELLING, word.concept or None
    return (LINK if word is not None and word.role is WordRole.LINK else NAME), None


def addition(text: str, analysis: Analysis, otherwise: str) -> Addition:
    """An addition: of generic or telling words alone, it is one; else it counts as told."""
    folded = fold(text)
    return Addition(folded, otherwise if folded in analysis.qualifiers else GENERIC)


def only_generic(name: str) -> bool:
    """A name is made of nothing but words for what a thing is: "city", "the village"."""
    folded, romans, _ = words_of(separate(normalise(name)))
    roles = roles_of(folded, romans)
    return all(roles) and any(word is not None and word.role is WordRole.GENERIC for word in roles)


def units(snapshot: Snapshot, within: frozenset[int]) -> tuple[Unit, ...]:
    """The likeliest of the units that count as inside."""
    records = snapshot.entities
    return tuple(
        Unit(records.id[each].decode(), records.name[each], snapshot.types[int(records.type[each])])
        for each in records.ordered(within)[:UNITS]
    )
