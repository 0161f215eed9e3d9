"""Entities: the full record of one, as the database has it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import Session, aliased, sessionmaker

from gazetteer.db.models import Change, Entity, Identifier, Name, Relation, Source
from gazetteer.db.sessions import reading
from gazetteer.errors import Merged, NotFound
from gazetteer.services.wording import shown

DEEPEST = 20  # steps up or along redirects that are followed: a ring in the data is left
UNDETERMINED = "und"


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """Where something came from."""

    slug: str
    title: str
    licence: str
    url: str | None
    version: str | None


@dataclass(frozen=True, slots=True)
class NameRecord:
    """One spelling; `source` is a slug of the record's sources. Dates are ISO 8601 of any precision."""

    text: str
    language: str | None
    script: str | None
    role: str
    valid_from: str | None
    valid_to: str | None
    source: str


@dataclass(frozen=True, slots=True)
class IdentifierRecord:
    """The entity's id in another scheme; one of each scheme is preferred."""

    scheme: str
    value: str
    preferred: bool
    source: str


@dataclass(frozen=True, slots=True)
class RelatedRecord:
    """Another entity, and how this one relates to it."""

    relation: str
    id: str
    name: str
    kind: str
    type: str | None
    source: str


@dataclass(frozen=True, slots=True)
class ParentRecord:
    """A unit that the entity lies within; the nearest come first."""

    id: str
    name: str
    kind: str
    type: str | None


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """The change that last wrote the record: an edit of its own, or the run of a source."""

    generation: int
    at: str
    actor: str
    action: str


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """Everything that is known of an entity."""

    id: str
    name: str
    kind: str
    type: str | None
    country: str | None
    lat: float | None
    lon: float | None
    population: int | None
    valid_from: str | None
    valid_to: str | None
    status: str
    names: tuple[NameRecord, ...]
    identifiers: tuple[IdentifierRecord, ...]
    parents: tuple[ParentRecord, ...]
    relations: tuple[RelatedRecord, ...]
    sources: tuple[SourceRecord, ...]
    changed: ChangeRecord
    url: str


def get(sessions: sessionmaker[Session], public_id: str) -> EntityRecord:
    """The record of this id. NotFound where there is none; Merged, with the survivor, where it lives on in another."""
    with reading(sessions) as session:
        entity = held(session, select(Entity).where(Entity.public_id == public_id), public_id)
        if entity is None:
            raise NotFound(f"no record has the id {shown(public_id)}", field="id")
        survivor = follow(session, entity)
        if survivor is not entity:
            raise Merged(f"{public_id} was merged into {survivor.public_id}", survivor=survivor.public_id)
        return record(session, entity)


def by_identifier(sessions: sessionmaker[Session], scheme: str, value: str) -> EntityRecord:
    """The record that has this identifier; NotFound where none has."""
    wanted = select(Entity).join(Identifier).where(Identifier.scheme == scheme, Identifier.value == value)
    with reading(sessions) as session:
        entity = held(session, wanted, scheme, value)
        if entity is None:
            raise NotFound(f"no record has the {shown(scheme)} id {shown(value)}", field="value")
        return record(session, follow(session, entity))


def held(session: Session, wanted: Select[Entity], *texts: str) -> Entity | None:
    """The entity, if there is one; none is held under a text with NUL, which PostgreSQL cannot even be asked for."""
    return None if any("\0" in text for text in texts) else session.scalar(wanted)


def follow(session: Session, entity: Entity) -> Entity:
    """The record that a merged one lives on in."""
    for _ in range(DEEPEST):
        if entity.merged_into_id is None:
            return entity
        entity = session.get_one(Entity, entity.merged_into_id)
    return entity


def record(session: Session, entity: Entity) -> EntityRecord:
    """A live entity with all that belongs to it."""
    slugs = {source.id: source for source in session.scalars(select(Source))}
    names = names_of(session, entity, slugs)
    identifiers = identifiers_of(session, entity, slugs)
    relations = relations_of(session, entity, slugs)
    said = {slugs[entity.source_id].slug} | {each.source for each in names}
    said |= {each.source for each in identifiers} | {each.source for each in relations}
    return EntityRecord(
        id=entity.public_id,
        name=entity.name,
        kind=entity.kind,
        type=entity.type,
        country=entity.country,
        lat=entity.lat,
        lon=entity.lon,
        population=entity.population,
        valid_from=entity.valid_from,
        valid_to=entity.valid_to,
        status=entity.status,
        names=names,
        identifiers=identifiers,
        parents=parents_of(session, entity),
        relations=relations,
        sources=tuple(described(each) for each in by_rank(slugs.values()) if each.slug in said),
        changed=changed(session.get_one(Change, entity.change_id)),
        url=f"/v1/entities/{entity.public_id}",
    )


def names_of(session: Session, entity: Entity, slugs: dict[int, Source]) -> tuple[NameRecord, ...]:
    """Its names, the preferred ones first, then by language; one that several loads brought is told once."""
    found = session.scalars(select(Name).where(Name.entity_id == entity.id, ~Name.retired))
    ordered = sorted(found, key=lambda each: (each.role != "preferred", each.language, each.role, each.text, each.id))
    told = dict.fromkeys(
        NameRecord(
            text=each.text,
            language=None if each.language == UNDETERMINED else each.language,
            script=each.script,
            role=each.role,
            valid_from=each.valid_from,
            valid_to=each.valid_to,
            source=slugs[each.source_id].slug,
        )
        for each in ordered
    )
    return tuple(told)


def identifiers_of(session: Session, entity: Entity, slugs: dict[int, Source]) -> tuple[IdentifierRecord, ...]:
    """Its identifiers by scheme, the preferred one of each first."""
    found = session.scalars(select(Identifier).where(Identifier.entity_id == entity.id))
    ordered = sorted(found, key=lambda each: (each.scheme, not each.preferred, each.value))
    return tuple(
        IdentifierRecord(each.scheme, each.value, each.preferred, slugs[each.source_id].slug) for each in ordered
    )


def relations_of(session: Session, entity: Entity, slugs: dict[int, Source]) -> tuple[RelatedRecord, ...]:
    """The entities that it says something of, but those it lies within, which are its parents."""
    related = select(Relation, Entity).join(Entity, Entity.id == Relation.to_id)
    found = session.execute(related.where(Relation.from_id == entity.id, Relation.kind != "within", ~Relation.retired))
    return tuple(
        RelatedRecord(each.kind, other.public_id, other.name, other.kind, other.type, slugs[each.source_id].slug)
        for each, other in sorted(found, key=lambda pair: (pair[0].kind, pair[1].name, pair[1].id))
    )


def parents_of(session: Session, entity: Entity) -> tuple[ParentRecord, ...]:
    """The units that it lies within, however far up, nearest first, in one query."""
    above = select(Relation.to_id, Relation.from_id).where(Relation.kind == "within", ~Relation.retired)
    chain = (
        above.add_columns(literal(1).label("depth")).where(Relation.from_id == entity.id).cte("chain", recursive=True)
    )
    step = aliased(Relation)
    further = select(step.to_id, step.from_id, chain.c.depth + 1).join(chain, step.from_id == chain.c.to_id)
    chain = chain.union(further.where(step.kind == "within", ~step.retired, chain.c.depth < DEEPEST))
    nearest = select(chain.c.to_id, func.min(chain.c.depth).label("depth")).group_by(chain.c.to_id).subquery()
    rows = select(Entity, nearest.c.depth).join(nearest, nearest.c.to_id == Entity.id).where(Entity.id != entity.id)
    found = session.execute(rows.order_by(nearest.c.depth, Entity.name, Entity.id))
    return tuple(ParentRecord(each.public_id, each.name, each.kind, each.type) for each, _ in found)


def by_rank(sources: Iterable[Source]) -> list[Source]:
    """Sources in the order in which their values stand."""
    return sorted(sources, key=lambda each: (-each.rank, each.slug))


def described(source: Source) -> SourceRecord:
    """A source as a record lists it."""
    return SourceRecord(source.slug, source.title, source.licence, source.url, source.version)


def changed(change: Change) -> ChangeRecord:
    """A change as a record tells it."""
    return ChangeRecord(change.generation, change.at.isoformat(), change.actor, change.action)
