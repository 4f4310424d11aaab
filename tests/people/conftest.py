from datetime import UTC, datetime, timedelta

import pytest

from huiyin.people.contracts import Role
from huiyin.people.staff import StaffFields, do_add_staff
from huiyin.people.units import UnitFields, do_add_unit
from huiyin.store.contracts import Actor
from huiyin.store.unit_of_work import unit_of_work

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class House:
    """A store with a clock that a test moves."""

    def __init__(self, database) -> None:
        self.database = database
        self.now = START

    def later(self, **delta):
        self.now += timedelta(**delta)

    def uow(self, address="203.0.113.9"):
        actor = Actor("Alice", None, address, "r-1")
        return unit_of_work(self.database, actor, clock=lambda: self.now)

    def reading(self):
        return self.database.reading()

    def person(self, login, role=Role.VIEWER, password=None, **facts):
        fields = StaffFields(login=login, name=facts.pop("name", login), role=role, **facts)
        with self.uow() as uow:
            return do_add_staff(uow, fields, password)

    def unit(self, name, parent=None, code=None):
        with self.uow() as uow:
            return do_add_unit(uow, UnitFields(name, parent.id if parent else None, code))


@pytest.fixture
def house(database):
    """On SQLite and on PostgreSQL."""
    return House(database)


@pytest.fixture
def one_house(sqlite_database):
    """Where the kind of database does not matter."""
    return House(sqlite_database)
