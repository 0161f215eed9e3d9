"""An entity in the hands of a batch: what is stored of it, and what the records add to that."""

from dataclasses import dataclass, field

from gazetteer.importers.record import Record
from gazetteer.services import identity
from gazetteer.services.identity import Key
from gazetteer.services.load_run import Run
from gazetteer.services.values import FIELDS, Values, combine, fresh, silent, told_by

UNKNOWN_LANGUAGE = "und"
PREFERRED = "preferred"
NOTHING: frozenset[str] = frozenset()
SETTLED = frozenset(FIELDS)

Said = tuple[int, str, str, str]  # what makes a name one: its source, text, language, role
Dates = tuple[str | None, str | None]


@dataclass(slots=True)
class KnownIdentifier:
    """An identifier of the entity; `row` is None until it is stored. `stored`: what follows, as the row has it."""

    row: int | None
    source: int
    leads: bool
    preferred: bool = False
    stored: tuple[int, bool, bool] | None = None


@dataclass(slots=True)
class Held:
    """One entity. `names` are those of this run's source alone; other sources' names stay as they are."""

    id: int
    public_id: str
    minted_from: Key
    values: Values | None = None
    stored: bool = False
    written: bool = False
    identifiers: dict[Key, KnownIdentifier] = field(default_factory=dict)
    unsettled: bool = False
    names: dict[Said, tuple[int | None, Dates]] = field(default_factory=dict)
    relations: dict[tuple[int, str], tuple[int | None, int]] = field(default_factory=dict)
    new_names: list[tuple[Said, Dates]] = field(default_factory=list)
    dated_names: list[tuple[str | None, str | None, int]] = field(default_factory=list)
    new_relations: list[tuple[int, str]] = field(default_factory=list)
    claimed_relations: list[int] = field(default_factory=list)


def told(run: Run, held: Held, record: Record, *, first: bool) -> bool:
    """Bring in what a record says; whether that is news. `first`: no record of this run spoke of the entity before."""
    news = state(run, held, record, first=first)
    news = name(run, held, record, first=first) or news
    return identify(run, held, record, first=first) or news


def state(run: Run, held: Held, record: Record, *, first: bool) -> bool:
    """The values."""
    said = fresh(told_by(record), run.source_id, run.complete)
    known = held.values
    if known is None:
        held.values = said
    elif first:
        held.values = combine(known, said, run.standing)
        run.unsaid.missed(held.id, silent(known, said))
    else:
        missed = run.unsaid.fields.get(held.id, NOTHING)
        held.values = combine(known, said, run.standing, yielding=SETTLED if not missed else SETTLED - missed)
        if missed:
            run.unsaid.missed(held.id, missed & silent(known, said))
    return held.values != known


def name(run: Run, held: Held, record: Record, *, first: bool) -> bool:
    """The names; those that the source no longer lists are noted as gone."""
    news = False
    said = names_of(run, record)
    for key, dates in said.items():
        known = held.names.get(key)
        if known is None:
            held.names[key] = (None, dates)
            held.new_names.append((key, dates))
            news = True
        elif known[0] is not None:
            if known[1] != dates and (first or known[0] in run.unsaid.rows["names"]):
                held.dated_names.append((*dates, known[0]))
                news = True
            run.unsaid.rows["names"].discard(known[0])
    if first and len(held.names) > len(said):
        run.unsaid.rows["names"].update(
            row for key, (row, _) in held.names.items() if row is not None and key not in said
        )
    return news


def names_of(run: Run, record: Record) -> dict[Said, Dates]:
    """The names of a record, each once; its own name is among them."""
    own, slugs = run.source_id, run.slugs
    said: dict[Said, Dates] = {}
    for each in record.names:
        source = own if each.source is None else slugs[each.source]
        key = (source, each.text, each.language or UNKNOWN_LANGUAGE, each.role)
        if key not in said:
            said[key] = (each.valid_from, each.valid_to)
    if not any(each.text == record.name for each in record.names):
        said[own, record.name, UNKNOWN_LANGUAGE, PREFERRED] = (None, None)
    return said


def identify(run: Run, held: Held, record: Record, *, first: bool) -> bool:
    """The identifiers. A source of higher standing takes over what another has said as well."""
    news = False
    schemes: set[str] = set()
    for key in record.identifiers:
        leads = key[0] not in schemes
        schemes.add(key[0])
        known = held.identifiers.get(key)
        if known is None:
            held.identifiers[key] = KnownIdentifier(None, run.source_id, leads)
            held.unsettled = news = True
            continue
        if known.row is not None:
            run.unsaid.rows["identifiers"].discard(known.row)
        if run.standing[run.source_id] > run.standing[known.source]:
            known.source, known.leads = run.source_id, leads
            held.unsettled = news = True
        elif known.source == run.source_id and first and known.leads != leads:
            known.leads = leads
            held.unsettled = True
    if first and len(held.identifiers) > len(record.identifiers):
        lose_identifiers(run, held, record)
    return news


def lose_identifiers(run: Run, held: Held, record: Record) -> None:
    """Note what the source no longer says."""
    for key, known in held.identifiers.items():
        if known.row is not None and known.source == run.source_id and key not in record.identifiers:
            run.unsaid.rows["identifiers"].add(known.row)


def relate(run: Run, held: Held, targets: set[tuple[int, str]], *, first: bool) -> bool:
    """The relations, as (entity, kind)."""
    news = False
    for key in targets:
        known = held.relations.get(key)
        if known is None:
            held.relations[key] = (None, run.source_id)
            held.new_relations.append(key)
            news = True
        elif known[0] is not None:
            run.unsaid.rows["relations"].discard(known[0])
            if run.standing[run.source_id] > run.standing[known[1]]:
                held.relations[key] = (known[0], run.source_id)
                held.claimed_relations.append(known[0])
                news = True
    if first and len(held.relations) > len(targets):
        run.unsaid.rows["relations"].update(
            row
            for key, (row, source) in held.relations.items()
            if row is not None and source == run.source_id and key not in targets
        )
    return news


def best(held: Held) -> Key:
    """The identifier that the public id should come from."""
    return identity.best([held.minted_from, *held.identifiers])
