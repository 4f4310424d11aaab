"""Equal marks mean that nothing was committed in between."""

import pytest
from sqlalchemy import event, func, select, text

from huiyin.people.contracts import Role
from huiyin.people.staff import StaffFields, do_add_staff
from huiyin.store.contracts import Actor
from huiyin.store.database import Database
from huiyin.store.tables import Staff
from huiyin.store.unit_of_work import unit_of_work

ID_TAKEN = "SELECT pg_current_xact_id_if_assigned()::text"


@pytest.fixture
def postgresql_database(databases):
    made = databases.postgresql()
    yield made
    made.close()


def add(database, login):
    with unit_of_work(database, Actor.system()) as work:
        do_add_staff(work, StaffFields(login=login, name=login, role=Role.VIEWER), None)


def test_a_commit_changes_the_mark(database):
    before = database.mark()
    assert before is not None
    add(database, "ann")
    assert database.mark() != before


def test_reading_leaves_the_mark(sqlite_database):
    add(sqlite_database, "ann")
    before = sqlite_database.mark()
    with sqlite_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Staff)) == 1
    assert sqlite_database.mark() == before


def test_neither_reading_nor_asking_for_the_mark_takes_a_transaction_id(postgresql_database):
    """A snapshot is of the whole server: neighbours move it, reading never does."""
    taken = []

    @event.listens_for(postgresql_database.reader, "rollback")
    def _look(connection):
        taken.append(connection.exec_driver_sql(ID_TAKEN).scalar())

    with postgresql_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Staff)) == 0
    assert postgresql_database.mark() is not None
    assert taken == [None, None]


def test_a_writer_that_is_under_way_and_then_commits_changes_the_mark(postgresql_database):
    """What was read before a commit is void, whenever its transaction began."""
    with unit_of_work(postgresql_database, Actor.system()) as work:
        do_add_staff(work, StaffFields(login="ann", name="ann", role=Role.VIEWER), None)
        work.session.flush()
        assert work.session.scalar(text(ID_TAKEN)) is not None
        before = postgresql_database.mark()
    assert postgresql_database.mark() != before


def test_equal_snapshots_are_equal_marks(postgresql_database):
    def snapshot():
        with postgresql_database.reading() as session:
            return session.scalar(text("SELECT pg_current_snapshot()::text"))

    first, *marks, last = (
        snapshot(), postgresql_database.mark(), postgresql_database.mark(), snapshot(),
    )  # fmt: skip
    assert first != last or set(marks) == {first}


def test_a_commit_of_another_process_changes_it_too(database):
    before = database.mark()
    other = Database(database.url.render_as_string(hide_password=False))
    add(other, "bob")
    other.close()
    assert database.mark() != before


def test_a_store_that_is_not_there_has_no_mark(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'none.db'}")
    assert database.mark() is None


def test_a_mark_of_a_connection_that_was_closed_never_comes_back(sqlite_database):
    before = sqlite_database.mark()
    sqlite_database.close()
    assert sqlite_database.mark() != before
