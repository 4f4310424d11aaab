"""Results kept on the disk: computed once, however many ask at the same moment."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from huiyin.web import kept_results
from huiyin.web.kept_results import kept

ASKING = 4
LOOK_SECONDS = 0.2
KEY = "ab" + "0" * 62


def test_what_many_ask_for_at_once_is_computed_once(tmp_path: Path) -> None:
    begun, also_begun, computed = threading.Event(), threading.Event(), list[str]()

    def compute() -> str:
        computed.append("first")
        begun.set()
        also_begun.wait(LOOK_SECONDS)
        return "found"

    def compute_too() -> str:
        computed.append("another")
        also_begun.set()
        return "found again"

    with ThreadPoolExecutor(ASKING) as pool:
        first = pool.submit(kept, tmp_path, KEY, compute)
        begun.wait()
        others = [pool.submit(kept, tmp_path, KEY, compute_too) for _ in range(ASKING - 1)]
    assert computed == ["first"]
    assert [one.result() for one in (first, *others)] == ["found"] * ASKING


def test_nobody_waits_for_another_result(tmp_path: Path) -> None:
    def compute() -> str:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(kept, tmp_path, "cd" + KEY, lambda: "at once").result()

    assert kept(tmp_path, KEY, compute) == "at once"


def test_where_computing_fails_whoever_waited_tries_again(tmp_path: Path) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        kept(tmp_path, KEY, fail)
    assert kept(tmp_path, KEY, lambda: 7) == 7


def test_a_process_that_keeps_the_same_result_meanwhile_takes_no_file_away(tmp_path: Path) -> None:
    path = tmp_path / "result.json.gz"

    def write(part: Path) -> None:
        part.write_bytes(b"of one process")
        kept_results._put(path, lambda other: other.write_bytes(b"of another"))

    kept_results._put(path, write)
    assert path.read_bytes() == b"of one process"
    assert list(tmp_path.iterdir()) == [path]
