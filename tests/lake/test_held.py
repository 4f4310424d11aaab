"""Files that are held in memory are those that the log and the disk have now."""

import pytest

from huiyin.lake import tables
from huiyin.lake.contracts import VersionGoneError
from huiyin.lake.held import HeldFiles


@pytest.fixture
def opened(monkeypatch):
    """Count how often a log was read."""
    times, whole = [], tables.Table.snapshot

    def counted(table, version=None):
        times.append(version)
        return whole(table, version)

    monkeypatch.setattr(tables.Table, "snapshot", counted)
    return times


def test_a_log_is_read_once_until_it_changes(one, rows, opened):
    held = HeldFiles()
    one.do("append", rows({"a": 1.0}))
    first = held.of(one.table, 0)
    assert (held.of(one.table, 0), opened) == (first, [0])
    one.do("append", rows({"b": 1.0}))
    assert (held.of(one.table, 0).files, held.of(one.table, 1).n_rows) == (first.files, 2)
    assert opened == [0, 0, 1]


def test_files_that_went_are_not_given(one, rows):
    held = HeldFiles()
    one.do("append", rows({"a": 1.0}))
    held.of(one.table, 0)
    one.do("replace", rows({"a": 2.0}))
    one.vacuum()
    with pytest.raises(VersionGoneError):
        held.of(one.table, 0)


def test_the_version_asked_for_longest_ago_is_forgotten(one, rows, opened):
    held = HeldFiles(most=1)
    for _ in range(2):
        one.do("append", rows({"a": 1.0}))
    for version in (0, 1, 0):
        held.of(one.table, version)
    assert opened == [0, 1, 0]
