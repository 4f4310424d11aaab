"""Killed, raced, out of disk: a change is there whole or not at all, and never twice."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from huiyin.core.errors import HuiyinError
from huiyin.engine.contracts import EngineError

SCRIPT = Path(__file__).with_name("crashing.py")
N_ROWS = 20_000


def start(*arguments):
    return subprocess.Popen(
        [sys.executable, SCRIPT, *map(str, arguments)], stdout=subprocess.PIPE, text=True
    )


def kill_rounds(one, rounds):
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")  # noqa: T201 -- shown when it fails
    chance, told = random.Random(seed), 0  # noqa: S311 -- no secret
    for _ in range(rounds):
        child = start("write", one.lake.root, 10_000, N_ROWS)
        told = max(told, int(child.stdout.readline()))
        time.sleep(chance.uniform(0, 1))
        os.kill(child.pid, signal.SIGKILL)
        rest, _ = child.communicate()
        told = max([told, *map(int, rest.split())])
        found = Counter(one.contents().values())
        assert list(found.values()) == [N_ROWS], (seed, found)
        assert told <= next(iter(found)) <= told + 1, (seed, found, told)
    one.vacuum()
    on_disk = {p for p in one.table.folder.rglob("*") if p.suffix == ".parquet"}
    named = set(one.table.snapshot().files)
    assert {p for p in on_disk if p.parent.name != "_delta_log"} == named


def test_a_killed_write_is_whole_or_absent(one):
    kill_rounds(one, 2)


@pytest.mark.soak
def test_a_killed_write_is_whole_or_absent_many_times(one):
    kill_rounds(one, 20)


def test_two_writers_of_the_same_batches_never_double(one):
    children = [start("append", one.lake.root, "same", 8) for _ in range(2)]
    assert [child.wait(120) for child in children] == [0, 0]
    assert sorted(one.contents()) == sorted(f"same{i}" for i in range(1, 9))
    assert one.table.version() == 7
    assert len(list(one.table.folder.rglob("part-*"))) == 8


def test_two_writers_of_different_batches_lose_nothing(one):
    children = [start("append", one.lake.root, app, 8) for app in ("a", "b")]
    assert [child.wait(120) for child in children] == [0, 0]
    assert sorted(one.contents()) == sorted(f"{app}{i}" for app in "ab" for i in range(1, 9))
    assert len(list(one.table.folder.rglob("part-*"))) == 16


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "小盘"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can be mounted by root only")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk_leaves_the_table_as_it_was(small_disk, open_one, rows):
    one = open_one(small_disk)
    one.do("append", rows({"a": 1.0}))
    words = [random.Random(i).randbytes(24).hex() for i in range(200_000)]  # noqa: S311
    many = rows({f"r{i}": 1.0 for i in range(200_000)}, 话=words)
    for verb in ("append", "upsert", "replace"):
        with pytest.raises(EngineError, match="disk is full"):
            one.do(verb, many)
    assert one.contents() == {"a": 1.0}
    assert len(list(one.table.folder.rglob("part-*"))) == 1
    one.do("append", rows({"b": 2.0}))
    assert one.contents() == {"a": 1.0, "b": 2.0}


def test_a_full_disk_at_the_commit_leaves_the_table_as_it_was(small_disk, open_one, rows):
    one = open_one(small_disk)
    one.do("append", rows({"a": 1.0}))
    filler = small_disk / "filler"
    free = os.statvfs(small_disk)
    more = rows({"b": 2.0})
    for spared in range(0, 40_000, 4096):  # full at each step of the write in turn
        filler.write_bytes(b"x" * (free.f_bavail * free.f_frsize - spared))
        before = one.table.version()
        try:
            one.do("append", more, number=1000 + spared)
        except HuiyinError as error:
            assert "disk is full" in str(error)  # noqa: PT017 -- the last round succeeds
            assert one.table.version() == before
            assert one.contents() == {"a": 1.0}
            assert len(list(one.table.folder.rglob("part-*"))) == 1
        else:
            assert one.contents() == {"a": 1.0, "b": 2.0}
            return
        finally:
            filler.unlink()
    pytest.fail("it never fitted")


def test_a_hook_that_fails_after_the_commit_is_no_failure(one, rows, monkeypatch):
    from deltalake.exceptions import DeltaError

    from huiyin.lake import delta

    whole = delta.exchange

    def fails_after(*facts):
        whole(*facts)
        raise DeltaError("checkpoint: No space left on device")

    one.do("append", rows({"a": 1.0}))
    monkeypatch.setattr(delta, "exchange", fails_after)
    assert one.do("append", rows({"b": 2.0})) == 1
    assert one.contents() == {"a": 1.0, "b": 2.0}
