"""How Alembic reaches the database: the connection it is handed, or the engine of the Flask app (`flask db …`)."""

from alembic import context
from sqlalchemy import Connection

from gazetteer.db.models import Base
from gazetteer.db.sessions import ACCESS, WRITE


def migrate(connection: Connection) -> None:
    """Run in one transaction; SQLite's DDL is transactional since BEGIN is ours (gazetteer.db.sessions)."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def online() -> None:
    handed = context.config.attributes.get("connection")
    if handed is not None:
        migrate(handed)
        return
    from flask import current_app  # only `flask db …` comes here

    engine = current_app.extensions["migrate"].db.get_engine()
    with engine.connect().execution_options(**{ACCESS: WRITE}) as connection, connection.begin():
        migrate(connection)


def offline() -> None:
    """Print the SQL instead of running it (`flask db upgrade --sql`)."""
    from flask import current_app

    url = current_app.extensions["migrate"].db.get_engine().url
    context.configure(url=url, target_metadata=Base.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    offline()
else:
    online()
