"""Equal marks mean that nothing was committed in between."""

from huiyin.people.contracts import Role
from huiyin.people.staff import StaffFields, do_add_staff
from huiyin.store.contracts import Actor
from huiyin.store.database import Database
from huiyin.store.unit_of_work import unit_of_work


def add(database, login):
    with unit_of_work(database, Actor.system()) as work:
        do_add_staff(work, StaffFields(login=login, name=login, role=Role.VIEWER), None)


def test_reading_leaves_the_mark_and_a_commit_changes_it(database):
    before = database.mark()
    assert before is not None
    with database.reading() as session:
        session.connection()
    assert database.mark() == before
    add(database, "ann")
    after = database.mark()
    assert after != before
    assert database.mark() == after


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
