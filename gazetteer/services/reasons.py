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

    `candidates` are those that the reason may name; `aside` is what else was found out: what the match does not fit,
    what would tell the rivals of an ambiguous query apart, or why there is none. `notes` say what of the query was set
    aside.
    """

    query: Query
    decision: Decision
    candidates: Sequence[Candidate]
    aside: Sequence[str] = ()
    notes: Sequence[str] = ()


def reason(case: Case) -> str:
    """The sentence."""
    return "; ".join([SENTENCES[case.decision](case), *case.notes])


def why_match(case: Case) -> str:
    """The name that settled it, and that nothing else comes near."""
    first, name = case.candidates[0], case.candidates[0].matched_name
    known = f"{told(name)} of {described(first)}{in_use(name, case.query.as_of)}"
    if is_asked(case, first):
        return "; ".join([f"{shown(name.text)} is {known}", *case.aside])
    said = [f"{shown(case.query.name)} is closest to {shown(name.text)}, {known}", *case.aside]
    if len(case.candidates) > 1 and case.candidates[1].score >= NEXT:
        return "; ".join([*said, f"far behind comes {described(case.candidates[1])}"])
    return "; ".join([*said, "nothing else comes near"])


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


def why_ambiguous(case: Case) -> str:
    """The rivals, and what would tell them apart."""
    rivals = rivals_among(case.candidates)
    if len(rivals) == 1:
        name = rivals[0].matched_name.text
        said = f"{described(rivals[0])} comes closest, by {shown(name)}, but is not close enough to be sure"
    else:
        said = f"{shown(case.query.name)} may mean {', '.join(map(described, rivals))}"
    return "; ".join([said, *case.aside])


def rivals_among(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that an ambiguous query may well mean."""
    return [each for each in candidates if each.score >= CLOSE] or list(candidates[:1])


def why_none(case: Case) -> str:
    """What came nearest, if anything did."""
    name = shown(case.query.name)
    if case.candidates and is_asked(case, case.candidates[0]):
        return f"{described(case.candidates[0])} has this name, but the rest of what is known speaks against it"
    if case.aside:
        return "; ".join(case.aside)
    if not case.candidates:
        return f"no name{bound(case.query)} resembles {name}"
    first = case.candidates[0]
    return f"no name{bound(case.query)} is close to {name}; nearest is {shown(first.matched_name.text)} ({first.name})"


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


def is_asked(case: Case, candidate: Candidate) -> bool:
    """The candidate has the very name that was asked for, marks and punctuation aside."""
    ours, theirs = case.query.name.strip(), candidate.matched_name.text
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
SENTENCES = {Decision.MATCH: why_match, Decision.AMBIGUOUS: why_ambiguous, Decision.NONE: why_none}
