"""The migrations give just the tables that the code knows, and may be run again."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from huiyin.store.migrations.run import newest
from huiyin.store.tables import Table


def test_migrated_tables_are_those_of_the_code(database):
    with database.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []
        assert context.get_current_revision() == newest()


def test_migrating_again_changes_nothing(database):
    database.migrate()
    with database.writer.connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == newest()
