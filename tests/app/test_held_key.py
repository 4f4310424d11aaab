"""A store stays with the key that it was sealed with, on both databases."""

import base64
from dataclasses import replace

import pytest
from cast import Cast
from sqlalchemy import func, select

from huiyin.app import backup as whole
from huiyin.app import restoring
from huiyin.app.held_key import MARK, KeyGoneError, WrongKeyError, held_key
from huiyin.collect.customers.boxes import Boxes
from huiyin.core.clock import system_clock
from huiyin.core.ids import new_id
from huiyin.people.contracts import Role
from huiyin.store.tables import Customer, Setting, Staff


@pytest.fixture
def cast(database, tmp_path):
    return Cast(database, tmp_path / "data")


def with_a_customer(cast, key):
    now, customer_id = system_clock(), new_id()
    [(wrapped, _)] = Boxes(key).made([customer_id])
    with cast.uow() as work:
        work.session.add(
            Customer(
                id=customer_id,
                wrapped_key=wrapped,
                attributes={},
                first_seen_at=now,
                last_seen_at=now,
            )
        )


def test_a_key_file_that_is_gone_is_not_replaced_by_a_new_one(cast, database, tmp_path):
    path = tmp_path / "key"
    key = held_key(database, path)
    path.unlink()
    assert held_key(database, path) != key  # nothing is sealed yet
    cast.person(Role.ADMINISTRATOR)
    held_key(database, path)
    away = path.rename(tmp_path / "elsewhere")
    with pytest.raises(KeyGoneError, match="HUIYIN_KEY_FILE"):
        held_key(database, path)
    assert not path.exists()
    assert held_key(database, away) == held_key(database, away)


def test_another_key_file_is_refused(cast, database, tmp_path):
    cast.person(Role.ADMINISTRATOR)
    held_key(database, tmp_path / "key")
    with pytest.raises(WrongKeyError, match="other"):
        held_key(database, _made(tmp_path / "other"))


def test_a_store_of_before_the_mark_is_told_by_its_customers(cast, database, tmp_path):
    path = tmp_path / "key"
    with_a_customer(cast, held_key(database, path))
    assert held_key(database, path)
    with pytest.raises(WrongKeyError):
        held_key(database, _made(tmp_path / "other"))
    path.unlink()
    with pytest.raises(KeyGoneError):
        held_key(database, path)
    with cast.database.reading() as session:
        assert session.get(Setting, MARK) is None


def test_a_backup_sealed_with_another_key_is_not_restored(cast, tmp_path):
    cast.person(Role.ADMINISTRATOR)
    with_a_customer(cast, cast.system.key)
    whole.backup(cast.system, tmp_path / "b.tar")
    cast.person(Role.VIEWER)
    elsewhere = replace(cast.system, key=b"o" * 32)
    with pytest.raises(whole.BadBackupError, match="key"):
        restoring.restore(elsewhere, tmp_path / "b.tar")
    with cast.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Staff)) == 2
    restoring.restore(cast.system, tmp_path / "b.tar")
    with cast.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Staff)) == 1


def _made(path):
    path.write_bytes(base64.b64encode(b"x" * 32))
    return path
