"""Explaining: why a query means a record of the caller's choice, or why it does not."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gazetteer.errors import Merged, NotFound
from gazetteer.index import gather
from gazetteer.index.against import against
from gazetteer.index.arrays import Column, distinct
from gazetteer.index.candidates import Found
from gazetteer.index.forms import Written, write
from gazetteer.index.widen import Wide
from gazetteer.matching.asked import Batch
from gazetteer.matching.explanation import Lead
from gazetteer.matching.score import score
from gazetteer.matching.types import Candidate, Decision, Query, Result
from gazetteer.services import reasons, records
from gazetteer.services.binding import refusals
from gazetteer.services.dress import MOST, Dresser
from gazetteer.services.query import Limits, check_text
from gazetteer.services.resolve import Resolver
from gazetteer.services.wording import listed, shown

Held = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Explained:
    """Why, or why not.

    `answer` is what a look-up says, with its first candidate. `candidate` is the record asked about, compared as that
    one is; None where there is nothing to compare. `rank` is its place among the candidates; None where it is
    none, and then its score is what it would get as one. `excluded` says what shuts it out. `lead` is what keeps it
    behind the first candidate, or the runner-up behind it.
    """

    answer: Result
    verdict: str
    candidate: Candidate | None
    rank: int | None
    excluded: tuple[str, ...]
    lead: Lead | None


def one(resolver: Resolver, query: Query, id: str, held: Held | None = None) -> Explained:
    """The explanation for the record with this id.

    NotFound where the snapshot has none; `held` then asks those who know more, and raises Merged for an id that
    lives on in another. InvalidInput where the query cannot be used.
    """
    check_text("entity", id, Limits())
    batch = Batch([resolver.reader.read(query)])
    entity = resolver.snapshot.entities.find(id)
    if entity is None:
        raise missing(id, held)
    found = gather.find(resolver.snapshot, batch)
    plain = dresser(resolver, batch, *found)
    answer = plain.explained(query, 0, 1)
    row = plain.row_of(0, entity)
    if row is not None:
        return among(plain, answer, row)
    behind = plain.behind(0, entity)
    if behind is not None:
        rank, its, lead = behind
        return Explained(answer, standing(rank, answer, lead), its, rank, (), lead)
    excluded = refusals(resolver.snapshot, batch, 0, entity)
    candidate, kept = brought_in(resolver, batch, found, entity)
    why = listed(excluded, "and") if excluded else unseen(answer)
    verdict = (
        f"{records.described(resolver.snapshot, entity)} is no candidate: {why}; {compared(query, candidate, kept)}"
    )
    return Explained(answer, verdict, candidate, None, excluded, kept)


def among(dressed: Dresser, answer: Result, row: int) -> Explained:
    """The explanation for a record that is among the candidates; a query alone begins at row 0."""
    candidate = dressed.candidate(row)
    if row == 0:
        verdict = f"{reasons.described(candidate)} {FIRST[answer.decision]}: {answer.reason}"
        return Explained(answer, verdict, candidate, 1, (), answer.runner_up)
    lead = dressed.lead(0, row)
    return Explained(answer, standing(row + 1, answer, lead), candidate, row + 1, (), lead)


def standing(rank: int, answer: Result, lead: Lead) -> str:
    """Where a record stands that is not the first."""
    return f"candidate {rank}, behind {reasons.described(answer.candidates[0])}: {lead.because}"


def missing(id: str, held: Held | None) -> NotFound:
    """What is said of an id that the snapshot does not have."""
    try:
        if held is not None:
            held(id)
            return NotFound(f"the record {shown(id)} is newer than the snapshot", field="entity")
    except Merged:
        raise
    except NotFound as error:
        return NotFound(error.message, field="entity")
    return NotFound(f"no record has the id {shown(id)}", field="entity")


def dresser(resolver: Resolver, batch: Batch, found: Found, written: Written, derived: Column) -> Dresser:
    """Pairs, scored and ready to be shown; `derived` are those to be compared word by word however far they are."""
    pairs = gather.gather(resolver.snapshot, batch, found, written, derived)
    return Dresser(resolver.snapshot, resolver.policy, pairs, score(pairs), MOST)


def brought_in(resolver: Resolver, batch: Batch, found: Wide, entity: int) -> tuple[Candidate | None, Lead | None]:
    """A record as it were if it was among the candidates, and what would keep it behind the first of them."""
    written = write(resolver.snapshot, batch, np.arange(1))
    more = against(resolver.snapshot, batch, written, entity)
    derived = distinct(np.concatenate([found.derived, more.name]))  # of the one query, whose number is 0
    dressed = dresser(resolver, batch, gather.joined(found.found, more), written, derived)
    row = dressed.row_of(0, entity)
    if row is None:
        return None, None
    return dressed.candidate(row), dressed.lead(0, row) if row else None


def unseen(answer: Result) -> str:
    """Why a record that nothing shuts out was not even looked at."""
    first = answer.candidates[0].compared if answer.candidates else None
    if first is not None and first.known_spelling:
        return "others bear this very name, and none of its own comes near enough to stand behind them"
    return "none of its names is close enough to be looked at"


def compared(query: Query, candidate: Candidate | None, lead: Lead | None) -> str:
    """What comparing all the same says of a record that is no candidate."""
    if candidate is None:
        return f"it has no name that {shown(query.name)} could be compared with"
    place = "" if lead else " and come first"
    return f"as one it would get {candidate.score:.3f}{place}, by {shown(candidate.matched_name.text)}"


FIRST = {
    Decision.MATCH: "is the match",
    Decision.AMBIGUOUS: "is the likeliest, but not sure enough",
    Decision.NONE: "comes nearest, but not near enough",
}
