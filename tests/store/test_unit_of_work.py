"""A change of state is whole or absent, audited, and never overwrites another's."""

from datetime import UTC, datetime
from functools import partial

import pytest
from at_once import at_once
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from huiyin.core.text import Text
from huiyin.store.contracts import Actor, EditConflictError, NotFoundError, StoreError
from huiyin.store.database import Database
from huiyin.store.tables import AuditRow, Job, Unit
from huiyin.store.unit_of_work import unit_of_work

ALICE = Actor("Alice", staff_id=None, address="10.0.0.9", request_id="r1")
UNIT = Text("部门", "unit")


def add_unit(database, name="门店"):
    with unit_of_work(database, ALICE) as work:
        unit = Unit(name=name)
        work.session.add(unit)
        work.session.flush()
        work.audit("add", "unit", unit.id, after={"name": name})
        work.enqueue("tell", {"unit": unit.id})
    return unit.id


def count(database, table):
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_a_change_its_audit_row_and_its_job_come_together(database):
    unit_id = add_unit(database)
    with database.reading() as session:
        row = session.scalars(select(AuditRow)).one()
        assert (row.actor, row.action, row.noun_id, row.address) == (
            "Alice", "add", unit_id, "10.0.0.9",
        )  # fmt: skip
        assert row.at.tzinfo is not None
        assert session.scalars(select(Job)).one().payload == {"unit": unit_id}


def test_a_fault_leaves_nothing(database):
    with pytest.raises(ZeroDivisionError), unit_of_work(database, ALICE) as work:
        work.session.add(Unit(name="一"))
        work.audit("add", "unit", "x")
        work.enqueue("tell", {})
        work.session.flush()
        raise ZeroDivisionError
    assert (count(database, Unit), count(database, AuditRow), count(database, Job)) == (0, 0, 0)


def test_the_second_of_two_edits_is_told(database):
    unit_id = add_unit(database)
    with unit_of_work(database, ALICE) as work:
        unit = work.get(Unit, unit_id, UNIT)
        work.guard(unit, 1)
        unit.name = "华东门店"
    with (
        pytest.raises(EditConflictError, match="Alice"),
        unit_of_work(database, Actor("Bob")) as work,
    ):
        unit = work.get(Unit, unit_id, UNIT)
        work.guard(unit, 1)
        unit.name = "华南门店"
    with database.reading() as session:
        unit = session.get_one(Unit, unit_id)
        assert (unit.name, unit.revision, unit.updated_by) == ("华东门店", 2, "Alice")


def test_when_the_other_edit_was_is_said_on_the_clock_of_the_house():
    told = EditConflictError("李明", datetime(2026, 11, 27, 16, 49, 27, tzinfo=UTC))
    assert told.say("zh").startswith("李明 在 2026-11-28 00:49（北京时间）改过这一项")
    assert "at 2026-11-28 00:49 (Beijing time)" in told.say("en")


def test_something_missing_is_named(database):
    with pytest.raises(NotFoundError, match="unit “nothing”"), unit_of_work(database, ALICE) as w:
        w.get(Unit, "nothing", UNIT)


def test_a_time_without_a_zone_is_refused(database):
    with pytest.raises(StatementError, match="zone"), unit_of_work(database, ALICE) as work:
        work.enqueue("tell", {}, run_at=datetime(2026, 1, 1))  # noqa: DTZ001 -- the point
        work.session.flush()


def test_a_reader_cannot_write(database):
    with database.reading() as session, pytest.raises(DBAPIError):
        session.execute(text("DELETE FROM units"))


def test_many_writers_at_once_all_get_through(database):
    def write(i):
        for j in range(10):
            add_unit(database, f"{i}-{j}")

    at_once(*(partial(write, i) for i in range(6)))
    assert count(database, Unit) == 60
    assert count(database, AuditRow) == 60


def test_sqlite_is_durable_and_concurrent(sqlite_database):
    with sqlite_database.writer.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_an_address_that_cannot_be_used_is_a_sentence():
    with pytest.raises(StoreError, match="mysql"):
        Database("mysql://a:secret@b/c")
    assert "secret" not in repr(Database("postgresql://a:secret@localhost/c"))
