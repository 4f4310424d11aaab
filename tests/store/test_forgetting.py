"""What is deleted leaves the log of the store, too, however many read meanwhile."""

import threading
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import delete, select, text

from huiyin.store import database as store
from huiyin.store.contracts import Actor, StoreError
from huiyin.store.tables import Setting
from huiyin.store.unit_of_work import unit_of_work

WORD = "to-be-forgotten-4711"


def keep(database, value):
    with unit_of_work(database, Actor.system()) as work:
        found = work.session.get(Setting, "note")
        if found is None:
            work.session.add(Setting(key="note", value={"v": value}, revision=1))
        else:
            found.value = {"v": value}


def bytes_of(database):
    path = database.url.database
    return b"".join(Path(path + end).read_bytes() for end in ("", "-wal"))


@pytest.fixture
def reader(sqlite_database):
    """Somebody who reads the state in which the word stands, until they are let go."""
    keep(sqlite_database, WORD)
    begun, end = threading.Event(), threading.Event()

    def read():
        with sqlite_database.reading() as session:
            session.scalars(select(Setting)).all()
            begun.set()
            end.wait(20)

    thread = threading.Thread(target=read)
    thread.start()
    begun.wait(20)
    yield end
    end.set()
    thread.join()


def test_it_waits_for_who_reads_an_older_state_and_others_write_on(sqlite_database, reader):
    keep(sqlite_database, "")
    job = threading.Thread(target=sqlite_database.forget)
    job.start()
    keep(sqlite_database, "written meanwhile")
    assert WORD.encode() in bytes_of(sqlite_database)
    assert job.is_alive()
    reader.set()
    job.join(20)
    assert not job.is_alive()
    assert WORD.encode() not in bytes_of(sqlite_database)


@pytest.mark.usefixtures("reader")
def test_it_says_so_where_it_cannot(sqlite_database, monkeypatch):
    keep(sqlite_database, "")
    monkeypatch.setattr(store, "FORGET_SECONDS", 0)
    with pytest.raises(StoreError, match="log"):
        sqlite_database.forget()
    with sqlite_database.writing() as session:
        assert session.scalar(text("PRAGMA busy_timeout")) == store.BUSY_MILLISECONDS


def test_no_copy_is_left_between_the_rows_of_a_page_that_was_parted(sqlite_database):
    """SQLite overwrites the row that is deleted, not what a parted page has left of it."""
    rng, keys = np.random.default_rng(3), [f"key-{i:05d}-mark" for i in range(3000)]
    in_any_order = [keys[i] for i in rng.permutation(len(keys))]
    for start in range(0, len(keys), 300):
        with unit_of_work(sqlite_database, Actor.system()) as work:
            work.session.add_all(
                Setting(key=key, value={"v": "x" * int(rng.integers(90))}, revision=1)
                for key in in_any_order[start : start + 300]
            )
    with sqlite_database.writing() as session:
        session.execute(delete(Setting).where(Setting.key.in_(keys[::7])))
    sqlite_database.forget()
    left = bytes_of(sqlite_database)
    assert not [key for key in keys[::7] if key.encode() in left]
    assert keys[1].encode() in left
