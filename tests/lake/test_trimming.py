"""However many small writes a table takes, its log and files stay few; kept versions open."""

import datetime as dt

import pyarrow.parquet as pq
import pytest

from huiyin.lake.contracts import Batch, VersionGoneError
from huiyin.lake.trimming import LogFiles

NOW = dt.timedelta(0)
N = 60
KEPT = (4, 33)


@pytest.fixture
def trimmed(one, rows):
    """Take many small batches, put them together now and then, and tidy up."""
    with one.lake.writer(one.table.dataset_id, one.lease) as writer:
        writer.begin(rows({"a0": 0.0}), batch=Batch.whole("answers"), metadata={})
        for number in range(1, N):
            more = rows({f"a{number}": 0.0})
            if number % 10:
                writer.extend(more, batch=Batch.whole("answers"), metadata={})
            else:
                writer.compact(batch=Batch.whole("job"), metadata={})
        writer.vacuum(NOW, keep=KEPT)
        one.n_gone = writer.trim(NOW, keep=KEPT)
    return one


def test_the_log_is_short_and_what_is_kept_opens(trimmed):
    log = LogFiles.of(trimmed.table.folder)
    assert trimmed.n_gone > 0
    assert trimmed.table.n_commits() == len(log.commits) < 50
    found = {version: trimmed.table.snapshot(version).n_rows for version in (*KEPT, None)}
    assert found == {4: 5, 33: 31, None: 55}
    assert len(trimmed.contents(33)) == 31
    assert trimmed.table.versions(N)[0].n_rows == 55
    gone = [version for version in range(N) if not log.holds(version)]
    assert set(gone) >= {34, 38}
    for version in gone:
        with pytest.raises(VersionGoneError):
            trimmed.table.snapshot(version)


def test_one_may_go_back_to_a_kept_version_and_what_is_of_late_stays(trimmed, rows):
    number = trimmed.do("rollback", 33)
    assert set(trimmed.contents()) == set(trimmed.contents(33))
    trimmed.do("extend", rows({"new": 1.0}))
    assert len(trimmed.contents()) == 32
    assert trimmed.table.version() == number + 1
    before = trimmed.table.n_commits()
    with trimmed.lake.writer(trimmed.table.dataset_id, trimmed.lease) as writer:
        assert writer.trim(dt.timedelta(hours=1)) == 0
    assert trimmed.table.n_commits() == before


def test_a_checkpoint_forgets_batches_that_are_made_only_once(one, rows):
    one.do("append", rows({"a": 1.0}), app="import")
    table = one.table.opened()
    days = table.metadata().configuration["delta.setTransactionRetentionDuration"]
    assert days == "interval 7 days"
    with one.lake.writer(one.table.dataset_id, one.lease) as writer:
        writer.extend(rows({"b": 1.0}), batch=Batch.whole("answers"), metadata={})
    one.table.opened().create_checkpoint()
    (file,) = (one.table.folder / "_delta_log").glob("*.checkpoint*")
    told = [row["txn"] for row in pq.read_table(file).to_pylist() if row["txn"]]
    assert {one["appId"].split(":")[0]: one["lastUpdated"] is None for one in told} == {
        "import": True, "answers": False,
    }  # fmt: skip
