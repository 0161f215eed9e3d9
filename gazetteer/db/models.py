"""The tables. The database is the truth; everything else is derived from it.

    Source ──< Name >── Entity ──< Identifier
                          │ └────< Relation >── Entity
                          └── Change ── Generation

Words as in docs/architecture.md. Dates of validity are ISO 8601 strings of any precision ("1982", "1982-03"):
sources know years more often than days.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    MetaData,
    String,
    TypeDecorator,
    UniqueConstraint,
    false,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

KINDS = ("place", "facility", "organisation", "person", "operation")
ROLES = ("preferred", "official", "variant", "exonym", "abbreviation", "historical", "misspelling")
RELATIONS = ("within", "part_of", "same_as", "different_from")
STATUSES = ("active", "retired", "merged")

NAME_LENGTH = 500  # an index row of PostgreSQL holds 2,704 bytes: 500 characters of up to 4 bytes fit
VALUE_LENGTH = 200
ACTOR_LENGTH, REASON_LENGTH = 100, 500
NO_ID_TWICE = {"sqlite_autoincrement": True}  # a load remembers ids: that of a deleted row must not come to a new one

Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class Utc(TypeDecorator[datetime]):
    """A moment, always aware and in UTC; SQLite forgets the zone, so it is put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (SQLAlchemy's signature)
        """Store UTC, whatever zone it was said in."""
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (SQLAlchemy's signature)
        """Read it back aware."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def one_of(column: str, words: tuple[str, ...]) -> CheckConstraint:
    """The column holds one of these words."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class Base(DeclarativeBase):
    """All constraints are named, so that migrations can take them away again."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Source(Base):
    """Where records and names come from.

    `rank` settles whose values stand on an entity that several sources describe: the higher wins.
    `version` and `loaded_at` are those of the last load that came to its end.
    """

    __tablename__ = "sources"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    licence: Mapped[str] = mapped_column(String(200))
    url: Mapped[str | None] = mapped_column(String(500))
    version: Mapped[str | None] = mapped_column(String(200))
    rank: Mapped[int] = mapped_column(default=0)
    loaded_at: Mapped[datetime | None] = mapped_column(Utc)


class Entity(Base):
    """One canonical record.

    `public_id` is minted from `minted_from` ("geonames:390188") and never changes hands: a record that
    gets another id, or is merged, leaves a row of status `merged` under the old one, which points on.
    `source_id` owns the values. `stated_by` names, per field, a source other than the owner whose value
    stands there (the owner did not say), or the owner where it says None and means it.
    `change_id` is the edit or the run that last wrote the row or its names, identifiers or relations.
    """

    __tablename__ = "entities"
    __table_args__ = (
        one_of("kind", KINDS),
        one_of("status", STATUSES),
        CheckConstraint("(status = 'merged') = (merged_into_id IS NOT NULL)", name="merged_into"),
        CheckConstraint("lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180", name="point"),
        CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="whole_point"),
        Index(None, "country", "type"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    minted_from: Mapped[str] = mapped_column(String(VALUE_LENGTH + 65))
    kind: Mapped[str] = mapped_column(String(16))
    type: Mapped[str | None] = mapped_column(String(32))
    country: Mapped[str | None] = mapped_column(String(2))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    lat: Mapped[float | None] = mapped_column(Double)
    lon: Mapped[float | None] = mapped_column(Double)
    population: Mapped[int | None] = mapped_column(BigInteger)
    valid_from: Mapped[str | None] = mapped_column(String(10))
    valid_to: Mapped[str | None] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(8), default="active")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("entities.id"), index=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    stated_by: Mapped[dict[str, int] | None] = mapped_column(Json)
    change_id: Mapped[int] = mapped_column(ForeignKey("changes.id"))

    source: Mapped[Source] = relationship()
    names: Mapped[list["Name"]] = relationship(back_populates="entity")
    identifiers: Mapped[list["Identifier"]] = relationship(back_populates="entity")


class Name(Base):
    """One spelling of an entity.

    `source_id` says where the spelling comes from, `loaded_by_id` whose load brought it: the curated seeds
    cite names of other sources, and a load takes away only what an earlier load of its own brought.
    An editor's word stands above a load's: a name that is `retired` stays as a row, so that no load brings it back.
    """

    __tablename__ = "names"
    __table_args__ = (
        UniqueConstraint("entity_id", "loaded_by_id", "source_id", "text", "language", "role", name="uq_names_said"),
        one_of("role", ROLES),
        NO_ID_TWICE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"))
    text: Mapped[str] = mapped_column(String(NAME_LENGTH))
    language: Mapped[str] = mapped_column(String(35), default="und")
    script: Mapped[str] = mapped_column(String(4))
    role: Mapped[str] = mapped_column(String(12), default="variant")
    valid_from: Mapped[str | None] = mapped_column(String(10))
    valid_to: Mapped[str | None] = mapped_column(String(10))
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    loaded_by_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    retired: Mapped[bool] = mapped_column(default=False, server_default=false())

    entity: Mapped[Entity] = relationship(back_populates="names")


class Identifier(Base):
    """The entity's id in another scheme. One value of a scheme is the entity's `preferred` one.

    It follows from the sources' ranks and from what each says of its own: `leads`, the value it names first.
    """

    __tablename__ = "identifiers"
    # the value first: a batch asks for thousands of values of one scheme, and PostgreSQL tries those of a second
    # column one by one
    __table_args__ = (UniqueConstraint("value", "scheme"), NO_ID_TWICE)

    id: Mapped[int] = mapped_column(primary_key=True)
    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"), index=True)
    scheme: Mapped[str] = mapped_column(String(64))
    value: Mapped[str] = mapped_column(String(VALUE_LENGTH))
    preferred: Mapped[bool] = mapped_column(default=True)
    leads: Mapped[bool] = mapped_column(default=True, server_default=true())
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))

    entity: Mapped[Entity] = relationship(back_populates="identifiers")


class Relation(Base):
    """One entity to another: `within` (a place in a larger one), `part_of`, `same_as`, `different_from`.

    One that is `retired` was struck out by an editor, as a name is.
    """

    __tablename__ = "relations"
    __table_args__ = (UniqueConstraint("from_id", "to_id", "kind"), one_of("kind", RELATIONS), NO_ID_TWICE)

    id: Mapped[int] = mapped_column(primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("entities.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("entities.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    valid_from: Mapped[str | None] = mapped_column(String(10))
    valid_to: Mapped[str | None] = mapped_column(String(10))
    retired: Mapped[bool] = mapped_column(default=False, server_default=false())


class Change(Base):
    """One entry of the append-only history: an edit of one entity, or a run of one source with its counts.

    `generation` orders the entries as they were committed. The entry of a run stays open while the run
    lasts (each of its batches brings generation and counts up to date); no other entry is ever rewritten.
    `reason` is why an editor made it; `other_id` the record that a merge made one with `entity_id`.
    """

    __tablename__ = "changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    generation: Mapped[int] = mapped_column(BigInteger, index=True)
    at: Mapped[datetime] = mapped_column(Utc)
    actor: Mapped[str] = mapped_column(String(ACTOR_LENGTH))
    action: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str | None] = mapped_column(String(REASON_LENGTH))
    entity_id: Mapped[int | None] = mapped_column(
        index=True
    )  # no constraint: the entity points here, and one must come first
    other_id: Mapped[int | None]
    source_id: Mapped[int | None] = mapped_column(ForeignKey("sources.id"))
    before: Mapped[dict[str, Any] | None] = mapped_column(Json)
    after: Mapped[dict[str, Any] | None] = mapped_column(Json)


class Generation(Base):
    """The counter of committed writes: one row. A writer moves it last, so numbers follow the order of commit."""

    __tablename__ = "generation"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[int] = mapped_column(BigInteger)
