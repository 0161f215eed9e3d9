"""The first tables: sources, entities with names, identifiers and relations, the history and its counter.

Revision ID: 0001
Revises:
Create Date: 2026-11-21

"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
KINDS = "kind IN ('place', 'facility', 'organisation', 'person', 'operation')"
ROLES = "role IN ('preferred', 'official', 'variant', 'exonym', 'abbreviation', 'historical', 'misspelling')"


def upgrade():
    op.create_table(
        "generation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_generation_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_generation")),
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("licence", sa.String(length=200), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.Column("version", sa.String(length=200), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("slug", name=op.f("uq_sources_slug")),
    )
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("generation", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=100), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("before", JSON, nullable=True),
        sa.Column("after", JSON, nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_changes_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    op.create_index(op.f("ix_changes_entity_id"), "changes", ["entity_id"])
    op.create_index(op.f("ix_changes_generation"), "changes", ["generation"])

    op.create_table(
        "entities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("minted_from", sa.String(length=265), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("population", sa.BigInteger(), nullable=True),
        sa.Column("valid_from", sa.String(length=10), nullable=True),
        sa.Column("valid_to", sa.String(length=10), nullable=True),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("stated_by", JSON, nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(status = 'merged') = (merged_into_id IS NOT NULL)", name=op.f("ck_entities_merged_into")),
        sa.CheckConstraint(KINDS, name=op.f("ck_entities_kind")),
        sa.CheckConstraint("status IN ('active', 'retired', 'merged')", name=op.f("ck_entities_status")),
        sa.CheckConstraint("(lat IS NULL) = (lon IS NULL)", name=op.f("ck_entities_whole_point")),
        sa.CheckConstraint("lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180", name=op.f("ck_entities_point")),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name=op.f("fk_entities_change_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["entities.id"], name=op.f("fk_entities_merged_into_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_entities_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entities")),
        sa.UniqueConstraint("public_id", name=op.f("uq_entities_public_id")),
    )
    op.create_index(op.f("ix_entities_country_type"), "entities", ["country", "type"])
    op.create_index(op.f("ix_entities_merged_into_id"), "entities", ["merged_into_id"])

    op.create_table(
        "identifiers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(length=64), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("preferred", sa.Boolean(), nullable=False),
        sa.Column("leads", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entities.id"], name=op.f("fk_identifiers_entity_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_identifiers_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identifiers")),
        sa.UniqueConstraint("value", "scheme", name=op.f("uq_identifiers_value_scheme")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_identifiers_entity_id"), "identifiers", ["entity_id"])

    op.create_table(
        "names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("script", sa.String(length=4), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("valid_from", sa.String(length=10), nullable=True),
        sa.Column("valid_to", sa.String(length=10), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("loaded_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(ROLES, name=op.f("ck_names_role")),
        sa.ForeignKeyConstraint(["entity_id"], ["entities.id"], name=op.f("fk_names_entity_id")),
        sa.ForeignKeyConstraint(["loaded_by_id"], ["sources.id"], name=op.f("fk_names_loaded_by_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_names_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_names")),
        sa.UniqueConstraint("entity_id", "loaded_by_id", "source_id", "text", "language", "role", name="uq_names_said"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "relations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.String(length=10), nullable=True),
        sa.Column("valid_to", sa.String(length=10), nullable=True),
        sa.CheckConstraint(
            "kind IN ('within', 'part_of', 'same_as', 'different_from')", name=op.f("ck_relations_kind")
        ),
        sa.ForeignKeyConstraint(["from_id"], ["entities.id"], name=op.f("fk_relations_from_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_relations_source_id")),
        sa.ForeignKeyConstraint(["to_id"], ["entities.id"], name=op.f("fk_relations_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relations")),
        sa.UniqueConstraint("from_id", "to_id", "kind", name=op.f("uq_relations_from_id_to_id_kind")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_relations_to_id"), "relations", ["to_id"])

    op.execute("INSERT INTO generation (id, value) VALUES (1, 0)")


def downgrade():
    op.drop_index(op.f("ix_relations_to_id"), "relations")
    op.drop_table("relations")
    op.drop_table("names")
    op.drop_index(op.f("ix_identifiers_entity_id"), "identifiers")
    op.drop_table("identifiers")
    op.drop_index(op.f("ix_entities_merged_into_id"), "entities")
    op.drop_index(op.f("ix_entities_country_type"), "entities")
    op.drop_table("entities")
    op.drop_index(op.f("ix_changes_generation"), "changes")
    op.drop_index(op.f("ix_changes_entity_id"), "changes")
    op.drop_table("changes")
    op.drop_table("sources")
    op.drop_table("generation")
