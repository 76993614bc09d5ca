"""How Alembic runs inside the house: on the engine it is handed, in one transaction."""

from alembic import context

from votingapp.store.tables import metadata

engine = context.config.attributes["engine"]

with engine.execution_options(writes=True).connect() as connection:
    context.configure(
        connection=connection, target_metadata=metadata, render_as_batch=connection.dialect.name == "sqlite"
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
