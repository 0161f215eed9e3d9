"""Edits: why a change was made and what it touched, and statements of sources that an editor has struck out.

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-21

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATED = ("names", "relations")


def upgrade():
    op.add_column("changes", sa.Column("reason", sa.String(length=500), nullable=True))
    op.add_column("changes", sa.Column("other_id", sa.Integer(), nullable=True))
    for table in STATED:
        op.add_column(table, sa.Column("retired", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade():
    for table in STATED:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("retired")
    with op.batch_alter_table("changes") as batch:
        batch.drop_column("other_id")
        batch.drop_column("reason")
