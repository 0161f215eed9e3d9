"""A result as the JSON of the contract: one shape for the lookup, the bulk answers and the command line."""

from typing import Any

from gazetteer.errors import GazetteerError
from gazetteer.matching.types import Candidate, Contribution, Query, Result
from gazetteer.services.explain import Explained


def result(answer: Result, *, explain: bool = False) -> dict[str, Any]:
    """One result; what it was read as, and what made the difference, only where it was asked for."""
    match = answer.match
    said: dict[str, Any] = {
        "query": query(answer.query),
        "decision": answer.decision.value,
        "reason": answer.reason,
        "score": answer.score,
        "generation": answer.generation,
        "match": entity(match) if match else None,
        "candidates": [candidate(each, explain=explain) for each in answer.candidates],
    }
    if explain:
        said["reading"] = answer.reading
        said["runner_up"] = answer.runner_up
    return said


def explained(why: Explained) -> dict[str, Any]:
    """Why a query means a record, or does not."""
    answer = why.answer
    return {
        "query": query(answer.query),
        "verdict": why.verdict,
        "rank": why.rank,
        "excluded": list(why.excluded),
        "candidate": candidate(why.candidate, explain=True) if why.candidate else None,
        "lead": why.lead,
        "decision": answer.decision.value,
        "reason": answer.reason,
        "generation": answer.generation,
        "first": candidate(answer.candidates[0], explain=True) if answer.candidates else None,
        "reading": answer.reading,
    }


def error(fault: GazetteerError) -> dict[str, Any]:
    """What a bulk row says that could not be answered."""
    return {"decision": "error", "error": {"code": fault.code, "detail": fault.message, "field": fault.field}}


def query(asked: Query) -> dict[str, Any]:
    """What was asked, and nothing that was not."""
    given: dict[str, Any] = {"name": asked.name}
    for field in ("country", "within", "lat", "lon", "radius_km", "kind", "type", "as_of"):
        value = getattr(asked, field)
        if value is not None:
            given[field] = value
    if asked.strict:
        given["strict"] = True
    return given


def entity(found: Candidate) -> dict[str, Any]:
    """The record itself, without what it has to do with the query."""
    return {
        "id": found.id,
        "name": found.name,
        "kind": found.kind,
        "type": found.type,
        "country": found.country,
        "admin1": found.admin1,
        "lat": found.lat,
        "lon": found.lon,
        "population": found.population,
        "identifiers": found.identifiers,
        "url": f"/v1/entities/{found.id}",
    }


def candidate(found: Candidate, *, explain: bool = False) -> dict[str, Any]:
    """The record with its score and the name that brought it in."""
    name = found.matched_name
    shown = entity(found)
    shown["score"] = found.score
    shown["matched_name"] = {
        "text": name.text,
        "language": name.language,
        "role": name.role,
        "source": name.source,
    }
    if explain:
        shown["explanation"] = [contribution(each) for each in found.explanation]
        shown["compared"] = compared(found)
    return shown


def contribution(part: Contribution) -> dict[str, Any]:
    """One feature and what it added."""
    return {"feature": part.feature, "value": part.value, "weight": part.weight, "because": part.because}


def compared(found: Candidate) -> dict[str, Any] | None:
    """How the query and the stored name were compared, and when that name was in use."""
    how = found.compared
    if how is None:
        return None
    return {
        "known_spelling": how.known_spelling,
        "form": how.form,
        "core": how.core,
        "valid_from": found.matched_name.valid_from,
        "valid_to": found.matched_name.valid_to,
        "log_odds": how.log_odds,
        "share": how.share,
    }
