"""Writes that meet share a commit; each is acknowledged after it, and fails alone."""

import threading
from concurrent.futures import wait

import pytest
from sqlalchemy import event, insert, select, text

from huiyin.core.text import Text
from huiyin.store.contracts import StoreError
from huiyin.store.intake import Intake, RefusedWriteError, Together
from huiyin.store.tables import Setting

SETTINGS = Setting.__table__


@pytest.fixture
def intake(database):
    made = Intake(database)
    yield made
    made.close()


def put(key, value=1):
    def write(connection):
        row = {"key": key, "value": value, "revision": 1}
        filled = {c.name: row.get(c.name, _filler(c)) for c in SETTINGS.columns}
        connection.execute(insert(SETTINGS).values(**filled))
        return key

    return write


def _filler(column):
    from datetime import UTC, datetime

    return datetime.now(UTC) if "at" in column.name.split("_") else None


def keys(database):
    with database.reading() as session:
        return set(session.scalars(select(Setting.key)))


def test_what_is_acknowledged_is_there(database, intake):
    done = [intake.keep(put(f"k{n}")) for n in range(50)]
    assert [one.result(30) for one in done] == [f"k{n}" for n in range(50)]
    assert keys(database) >= {f"k{n}" for n in range(50)}


def test_writes_that_meet_share_a_commit(database, intake):
    commits = []
    event.listen(database.writer, "commit", lambda _: commits.append(1))
    gate, begun = threading.Event(), threading.Event()
    first = intake.keep(lambda _: begun.set() or gate.wait(30))
    assert begun.wait(30)
    others = [intake.keep(put(f"k{n}")) for n in range(40)]
    gate.set()
    wait([first, *others], 30)
    assert all(one.result() for one in others)
    assert len(commits) == 2


def test_a_write_that_fails_fails_alone(database, intake):
    gate, begun = threading.Event(), threading.Event()
    intake.keep(lambda _: begun.set() or gate.wait(30))
    assert begun.wait(30)
    good, twice, after = (intake.keep(put(key)) for key in ("a", "a", "b"))
    gate.set()
    assert good.result(30) == "a"
    assert twice.exception(30) is not None
    assert after.result(30) == "b"
    assert keys(database) >= {"a", "b"}


def test_a_commit_that_fails_acknowledges_nothing(database, intake):
    def broken(_):
        raise StoreError(Text("满", "full"))

    event.listen(database.writer, "commit", broken, once=True)
    done = intake.keep(put("lost"))
    assert isinstance(done.exception(30), StoreError)
    assert "lost" not in keys(database)
    assert intake.keep(put("kept")).result(30) == "kept"


def test_closing_finishes_what_waits_and_takes_nothing_more(database):
    intake = Intake(database)
    done = [intake.keep(put(f"k{n}")) for n in range(20)]
    intake.close()
    assert all(one.done() for one in done)
    with pytest.raises(StoreError):
        intake.keep(put("late"))


def test_a_fault_of_ours_leaves_nobody_waiting_and_the_next_write_goes_on(intake):
    def wrong(_):
        raise ZeroDivisionError

    threading.excepthook, before = (lambda _: None), threading.excepthook
    try:
        assert isinstance(intake.keep(wrong).exception(30), StoreError)
        intake._thread.join(30)
    finally:
        threading.excepthook = before
    assert intake.keep(put("next")).result(30) == "next"


def test_one_of_many_in_a_statement_that_fails_takes_none_with_it(database):
    def do_all(connection, items):
        for item in items:
            connection.execute(text("INSERT INTO kept_numbers VALUES (:n)"), {"n": item})
            if item == 3:
                raise RefusedWriteError
        return [item * 10 for item in items]

    with database.writing() as session:
        session.execute(text("CREATE TABLE kept_numbers (n INTEGER)"))
    intake = Intake(database)
    gate = threading.Event()
    first = intake.keep(lambda _: gate.wait(10))  # the others meet while it holds the writer
    waiting = [intake.keep(Together(do_all, n)) for n in range(6)]
    gate.set()
    first.result(10)
    outcomes = [one.exception(10) or one.result() for one in waiting]
    intake.close()
    assert [one for one in outcomes if isinstance(one, int)] == [0, 10, 20, 40, 50]
    assert isinstance(outcomes[3], RefusedWriteError)
    with database.reading() as session:
        kept = session.scalars(text("SELECT n FROM kept_numbers ORDER BY n")).all()
    assert kept == [0, 1, 2, 4, 5]
