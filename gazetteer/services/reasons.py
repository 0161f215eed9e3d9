"""Reasons: one sentence for a person on why a query was decided as it was."""

from collections.abc import Sequence

from gazetteer.matching.types import Candidate, Decision, Query, Role
from gazetteer.services.wording import shown

NEXT = 0.02  # score from which a runner-up of a match is worth naming
CLOSE = 0.05  # score from which a rival is worth naming


def reason(query: Query, decision: Decision, candidates: Sequence[Candidate], notes: Sequence[str]) -> str:
    """The sentence; `notes` say what of the query was set aside."""
    said = SENTENCES[decision](query, candidates)
    return "; ".join([said, *notes])


def why_match(query: Query, candidates: Sequence[Candidate]) -> str:
    """The name that settled it, and that nothing else comes near."""
    first = candidates[0]
    name = first.matched_name
    told = TOLD.get(Role(name.role), "a known spelling")
    if name.text.casefold() == query.name.strip().casefold():
        return f"{shown(name.text)} is {told} of {described(first)}"
    said = f"{shown(query.name)} is closest to {shown(name.text)}, {told} of {described(first)}"
    if len(candidates) > 1 and candidates[1].score >= NEXT:
        return f"{said}; far behind comes {described(candidates[1])}"
    return f"{said}; nothing else comes near"


def why_ambiguous(query: Query, candidates: Sequence[Candidate]) -> str:
    """The rivals, and what would tell them apart."""
    rivals = [each for each in candidates if each.score >= CLOSE] or list(candidates[:1])
    if len(rivals) == 1:
        name = rivals[0].matched_name.text
        return f"{described(rivals[0])} comes closest, by {shown(name)}, but is not close enough to be sure"
    listed = ", ".join(described(each) for each in rivals)
    return f"{shown(query.name)} may mean {listed}{telling(query, rivals)}"


def telling(query: Query, rivals: Sequence[Candidate]) -> str:
    """What the caller could add to tell the rivals apart."""
    for field, values in (
        ("kind", {each.kind for each in rivals}),
        ("country", {each.country for each in rivals}),
        ("type", {each.type for each in rivals}),
        ("within", {each.admin1 for each in rivals}),
    ):
        if getattr(query, field) is None and len(values) > 1:
            return f"; {field} would tell them apart" if len(values) == len(rivals) else f"; {field} would narrow it"
    return "; a point would tell them apart" if query.lat is None else ""


def why_none(query: Query, candidates: Sequence[Candidate]) -> str:
    """What came nearest, if anything did."""
    where = f" in {query.country}" if query.country else ""
    if not candidates:
        return f"no name{where} resembles {shown(query.name)}"
    first = candidates[0]
    if first.matched_name.text.casefold() == query.name.strip().casefold():
        return f"{described(first)} has this name, but the rest of what is known speaks against it"
    return f"no name{where} is close to {shown(query.name)}; nearest is {shown(first.matched_name.text)} ({first.name})"


def described(candidate: Candidate) -> str:
    """A candidate in a few words: Tripoli (settlement, LB)."""
    what = [candidate.type or candidate.kind, candidate.admin1, candidate.country]
    return f"{candidate.name} ({', '.join(each for each in what if each)})"


TOLD = {
    Role.HISTORICAL: "a historical name",
    Role.MISSPELLING: "a known misspelling",
    Role.ABBREVIATION: "an abbreviation",
    Role.EXONYM: "an exonym",
    Role.OFFICIAL: "an official name",
}
SENTENCES = {Decision.MATCH: why_match, Decision.AMBIGUOUS: why_ambiguous, Decision.NONE: why_none}
