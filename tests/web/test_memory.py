"""What is held in memory is what the store would say now."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import anyio

from huiyin.people.contracts import Role
from huiyin.web.last_seen import LastSeen
from huiyin.web.memory import MISSING, Memory


def counting(values):
    made = iter(values)
    return lambda: next(made)


def test_a_value_is_read_once_until_something_is_committed(cast_on_both):
    memory = Memory(cast_on_both.database)
    read = counting([1, 2])
    assert [memory.held("key", read), memory.held("key", read)] == [1, 1]
    assert memory.recall("key") == 1
    cast_on_both.person(Role.VIEWER)
    assert memory.recall("key") is MISSING
    assert memory.held("key", read) == 2


def test_what_was_read_while_somebody_wrote_is_not_kept(cast_on_both):
    memory = Memory(cast_on_both.database)

    def read():
        cast_on_both.person(Role.VIEWER)
        return "of before"

    memory.held("key", read)
    assert memory.recall("key") is MISSING


def test_nothing_is_held_where_the_state_of_the_store_is_unknown(cast, monkeypatch):
    memory = Memory(cast.database)
    memory.held("key", lambda: 1)
    monkeypatch.setattr(type(cast.database), "mark", lambda _: None)
    read = counting([2, 3])
    assert [memory.held("key", read), memory.held("key", read)] == [2, 3]


def test_the_one_used_longest_ago_is_forgotten(cast):
    memory = Memory(cast.database, most=2)
    for key in "ab":
        memory.held(key, lambda: key)  # noqa: B023 -- called at once
    memory.recall("a")
    memory.held("c", lambda: "c")
    assert [memory.recall(key) is MISSING for key in "abc"] == [False, True, False]


def test_what_is_held_is_given_without_a_thread(cast):
    memory = Memory(cast.database)
    here = threading.get_ident()

    async def ask():
        return await memory.soon("key", threading.get_ident)

    assert anyio.run(ask) != here
    held = memory.recall("key")
    assert anyio.run(ask) == held


def test_uses_of_sessions_are_written_together_once_a_minute():
    now = datetime(2026, 5, 1, 9, tzinfo=UTC)
    seen = LastSeen()
    assert seen.note("a", now)
    assert seen.taken(now) == {"a": now}
    soon, later = now + timedelta(seconds=40), now + timedelta(seconds=61)
    assert not seen.note("b", soon)
    assert seen.note("c", later)
    assert seen.taken(later) == {"b": soon, "c": later}
    assert seen.taken(later) == {}


def test_many_readers_of_a_minute_make_one_write(cast):
    from huiyin.store.tables import Session

    browsers = [cast.signed_in(Role.VIEWER, name) for name in ("ann", "bob", "cem")]
    start = cast.system.clock()
    object.__setattr__(cast.system, "clock", lambda: start + timedelta(minutes=5))
    marks = []
    for browser in browsers:
        assert browser.get("/api/v1/me").status_code == 200
        marks.append(cast.database.mark())
    assert marks[0] == marks[1] == marks[2]
    object.__setattr__(cast.system, "clock", lambda: start + timedelta(minutes=6, seconds=1))
    assert browsers[0].get("/api/v1/me").status_code == 200
    with cast.database.reading() as session:
        seen = [row.last_seen_at for row in session.query(Session)]
    assert min(seen) >= start + timedelta(minutes=5)


def test_what_many_ask_for_at_once_is_read_once(cast):
    memory, begun, over = Memory(cast.database), threading.Event(), threading.Event()
    reads = []

    def read():
        reads.append(1)
        begun.set()
        over.wait(0.2)
        return "found"

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(memory.held, "key", read)
        begun.wait()
        others = [pool.submit(memory.held, "key", read) for _ in range(3)]
    assert [one.result() for one in (first, *others)] == ["found"] * 4
    assert len(reads) == 1


def test_who_comes_after_a_commit_is_not_given_what_was_begun_before_it(cast):
    memory, begun, committed = Memory(cast.database), threading.Event(), threading.Event()

    def before():
        begun.set()
        committed.wait()
        return "of before"

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(memory.held, "key", before)
        begun.wait()
        cast.person(Role.VIEWER)
        second = pool.submit(memory.held, "key", lambda: "of after")
        committed.set()
    assert (first.result(), second.result()) == ("of before", "of after")
    assert memory.recall("key") == "of after"


def test_what_is_large_is_weighed_and_forgotten_first_come_first_gone(cast):
    memory = Memory(cast.database, most_bytes=100)
    for name in "abc":
        memory.held(name, lambda: "found", lambda _: 40)
    assert [memory.recall(name) for name in "abc"] == [MISSING, "found", "found"]
    memory.held("small", lambda: "found")
    memory.held("too large", lambda: "found", lambda _: 101)
    assert all(memory.recall(name) is MISSING for name in ("b", "c", "small", "too large"))
    memory.held("d", lambda: "found", lambda _: 100)
    assert memory.recall("d") == "found"
