"""A table that was kept open is given out only as it stands on the disk."""

import shutil

import pytest

from huiyin.lake import standing
from huiyin.lake.contracts import Batch
from huiyin.lake.delta import open_table


@pytest.fixture
def add(one, rows):
    """Add a row of that name as answers are added; gives the version."""

    def add(name):
        with one.lake.writer(one.table.dataset_id, one.lease) as writer:
            write = writer.begin if writer.version() is None else writer.extend
            return write(rows({name: 0.0}), batch=Batch.whole("answers"), metadata={})

    return add


def test_few_rows_after_each_other_open_the_log_once(one, add, monkeypatch):
    opened = []
    monkeypatch.setattr(
        standing.delta, "open_table", lambda *some: opened.append(some) or open_table(*some)
    )
    for name in "abc":
        add(name)
    n = len(opened)
    assert add("d") == 3
    assert len(opened) == n
    assert len(one.rows()) == 4


def test_what_another_wrote_is_seen(one, add, rows):
    add("a")
    one.do("append", rows({"b": 0.0}))
    assert add("c") == 2
    assert len(one.rows()) == 3


@pytest.mark.parametrize("n_after", [0, 1, 2])
def test_a_table_that_was_put_back_is_opened_anew(one, add, tmp_path, n_after):
    folder = one.table.folder
    add("a")
    shutil.copytree(folder, tmp_path / "before")
    for number in range(n_after):
        add(f"lost{number}")
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "before", folder)
    assert add("b") == 1
    assert len(one.rows()) == 2


def test_a_table_that_is_gone_is_begun_again(one, add):
    add("a")
    shutil.rmtree(one.table.folder)
    assert add("b") == 0
    assert len(one.rows()) == 1
