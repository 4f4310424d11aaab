"""The migrations give just the tables that the code knows, and may be run again."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from huiyin.store.contracts import OldStoreError
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


def test_a_store_from_before_the_newest_tables_gets_them_and_keeps_what_it_has(database):
    """Boards, views and words for asking came after stores had been made."""
    later = ("tile_comments", "board_versions", "boards", "visits", "views", "ask_words", "logos")
    with database.writer.begin() as connection:
        for name in later:
            connection.execute(text(f"DROP TABLE {name}"))
        connection.execute(
            text(
                "INSERT INTO settings (key, value, revision, created_at, updated_at) "
                "VALUES ('company_name', '\"回音\"', 1, '2026-01-01', '2026-01-01')"
            )
        )
    database.migrate()
    with database.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []
        assert connection.execute(text("SELECT count(*) FROM settings")).scalar() == 1


def test_a_store_with_other_columns_is_told_in_a_sentence_and_left_alone(database):
    with database.writer.begin() as connection:
        connection.execute(text("DROP TABLE views"))
        connection.execute(text("ALTER TABLE boards DROP COLUMN shared"))
    with pytest.raises(OldStoreError, match="boards"):
        database.migrate()
    with database.writer.connect() as connection:
        assert not database.writer.dialect.has_table(connection, "views")
