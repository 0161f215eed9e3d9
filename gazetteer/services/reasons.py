"""Reasons: one sentence for a person on why a query was decided as it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gazetteer.matching.types import Candidate, Decision, MatchedName, Query, Role
from gazetteer.services.wording import shown, titled
from gazetteer.text.normalise import fold

NEXT = 0.02  # score from which a runner-up of a match is worth naming
CLOSE = 0.05  # score from which a rival is worth naming
RIVALS = 4  # candidates that a reason may name


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be given a reason for.

    `first` is the first candidate, `others` are those behind it that a reason should name, in words; `aside` is what
    else was found out: what the match does not fit, what would tell the rivals of an ambiguous query apart, or why
    there is none. `notes` say what of the query was set aside.
    """

    query: Query
    decision: Decision
    first: Candidate | None = None
    others: Sequence[str] = ()
    aside: Sequence[str] = ()
    notes: Sequence[str] = ()


def reason(case: Case) -> str:
    """The sentence."""
    if case.decision is Decision.NONE or case.first is None:
        return "; ".join([*why_none(case, case.first), *case.notes])
    why = why_match if case.decision is Decision.MATCH else why_ambiguous
    return "; ".join([*why(case, case.first), *case.notes])


def why_match(case: Case, first: Candidate) -> list[str]:
    """The name that settled it, and that nothing else comes near."""
    name = first.matched_name
    known = f"{told(name)} of {described(first)}{in_use(name, case.query.as_of)}"
    if is_asked(case.query, name):
        return [f"{shown(name.text)} is {known}", *case.aside]
    near = f"far behind comes {case.others[0]}" if case.others else "nothing else comes near"
    return [f"{shown(case.query.name)} is closest to {shown(name.text)}, {known}", *case.aside, near]


def told(name: MatchedName) -> str:
    """What a name is to its record."""
    return TOLD.get(Role(name.role), "a known spelling")


def in_use(name: MatchedName, day: date | None) -> str:
    """The years in which a name was in use, and whether the day asked about is one of theirs.

    Of a name that is current and has no dates nothing is said.
    """
    years = period(name)
    if day is None:
        return f", in use {years}" if years else ""
    if not years:
        return f", but when it was in use is not known, on {day} or not" if name.role == Role.HISTORICAL else ""
    was = (name.valid_from or date.min) <= day <= (name.valid_to or date.max)
    return f", in use {years}, {'also' if was else 'but not'} on {day}"


def period(name: MatchedName) -> str:
    """From when to when a name was in use, as far as it is known: "1925 to 1961", "since 2003"."""
    first, last = name.valid_from, name.valid_to
    if first and last:
        return f"{first.year} to {last.year}"
    return f"since {first.year}" if first else f"until {last.year}" if last else ""


def why_ambiguous(case: Case, first: Candidate) -> list[str]:
    """The rivals, and what would tell them apart."""
    if case.others:
        return [f"{shown(case.query.name)} may mean {', '.join([described(first), *case.others])}", *case.aside]
    name = shown(first.matched_name.text)
    return [f"{described(first)} comes closest, by {name}, but is not close enough to be sure", *case.aside]


def why_none(case: Case, first: Candidate | None) -> list[str]:
    """What came nearest, if anything did."""
    name = shown(case.query.name)
    if first is not None and is_asked(case.query, first.matched_name):
        return [f"{described(first)} has this name, but the rest of what is known speaks against it"]
    if case.aside:
        return list(case.aside)
    if first is None:
        return [f"no name{bound(case.query)} resembles {name}"]
    nearest = shown(first.matched_name.text)
    fits = " and fits what else is known" if placed(case.query) else ""
    return [f"no name{bound(case.query)} is close to {name}{fits}; nearest is {nearest} ({first.name})"]


def placed(query: Query) -> bool:
    """A unit or a point was given, which may speak against the very record of the name."""
    return query.within is not None or query.lat is not None


def bound(query: Query) -> str:
    """What no candidate could go beyond, as a sentence says it."""
    said = [f" of {field} {value}" for field in ("kind", "type") if (value := getattr(query, field)) is not None]
    if query.country is not None:
        said.append(f" in {query.country}")
    if query.strict and query.within is not None:
        said.append(f" within {shown(query.within)}")
    if query.strict and query.lat is not None:
        said.append(" around the point")
    return "".join(said)


def is_asked(query: Query, name: MatchedName) -> bool:
    """It is the very name that was asked for, marks and punctuation aside."""
    ours, theirs = query.name.strip(), name.text
    return ours.casefold() == theirs.casefold() or fold(ours) == fold(theirs) != ""


def described(candidate: Candidate) -> str:
    """A candidate in a few words: Tripoli (settlement, LB)."""
    return titled(candidate.name, candidate.type or candidate.kind, candidate.admin1, candidate.country)


TOLD = {
    Role.HISTORICAL: "a historical name",
    Role.MISSPELLING: "a known misspelling",
    Role.ABBREVIATION: "an abbreviation",
    Role.EXONYM: "an exonym",
    Role.OFFICIAL: "an official name",
}
