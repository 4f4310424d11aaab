"""Rows over their time go to the last byte; what stays is the same as before, also if killed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq
import pytest
from cast import Cast
from guests import invite_everybody
from importing import add_dataset, ask
from sqlalchemy import delete

from huiyin.app.wiring import build_worker, plan_housekeeping
from huiyin.app.work import retaining
from huiyin.collect.datasets.changes import do_create_dataset
from huiyin.core.clock import system_clock
from huiyin.lake.contracts import Batch
from huiyin.people.contracts import Role
from huiyin.store.sealed_rows import RowSeal
from huiyin.store.tables import (
    AuditRow,
    Contact,
    Customer,
    CustomerField,
    CustomerKey,
    Dataset,
    Job,
    Submission,
    SurveyInvitation,
    Upload,
)
from huiyin.web.system import System


def today():
    """Give the day in the company's zone: a run of the tests may pass midnight there."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


TODAY = today()
# No first of a month: the lake keeps the months of its folders in its log.
OLD = str((TODAY - timedelta(days=300)).replace(day=15))
YOUNG = str(TODAY - timedelta(days=20))
HEAD = "编号,手机号,总体满意度,您有多大可能向朋友推荐我们,答题时间,意见"


@pytest.fixture
def cast(database, tmp_path):
    made = Cast(database, tmp_path / "data")
    made.show_small_groups()
    plan_housekeeping(made.system)
    return made


@pytest.fixture
def boss(cast):
    return cast.signed_in(Role.ADMINISTRATOR)


def write_answers(path, n=40, old=10):
    """Write answers: the first `old` of them are of a year ago, by people of their own."""
    rows = [
        f"{i},1390000{i:04d},{1 + i % 5},{i % 11},{OLD if i < old else YOUNG} 10:00:00,"
        f"第{i}条意见很好"
        for i in range(n)
    ]
    path.write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")
    return path


def next_day(at):
    return datetime.fromisoformat(at).astimezone(ZoneInfo("Asia/Shanghai")).date()


def lake_rows(cast, dataset_id):
    with cast.system.database.reading() as session:
        number = session.get_one(Dataset, dataset_id).current_version
    files = cast.system.lake.snapshot(dataset_id, number).files
    return [row for file in files for row in pq.read_table(file).to_pylist()]


def set_period(browser, dataset_id, days):
    shown = browser.get(f"/api/v1/datasets/{dataset_id}/retention?days={days}").json()
    body = {"days": days, "rows": shown["preview"]["rows"], "revision": shown["revision"]}
    answer = browser.put(f"/api/v1/datasets/{dataset_id}/retention", json=body)
    assert answer.status_code == 200, answer.text
    return shown


def remove(cast):
    with cast.uow() as work:
        work.enqueue("keep_retention", {})
    build_worker(cast.system).run_until_idle()


def bytes_with(cast, word):
    raw = word.encode()
    files = (path for path in cast.system.folders.root.rglob("*") if path.is_file())
    return [path for path in files if raw in path.read_bytes()]


def counts(cast):
    with cast.system.database.reading() as session:
        return [session.query(t).count() for t in (Customer, CustomerKey, CustomerField)]


def test_a_period_is_previewed_and_removes_exactly_that_to_the_last_byte(cast, boss, tmp_path):
    source = write_answers(tmp_path / "a.csv")
    dataset_id, _ = add_dataset(cast, boss, source)
    source.unlink()
    before = {row["_response_id"]: row for row in lake_rows(cast, dataset_id)}
    gone = {key for key, row in before.items() if str(row["_answered_on"]) == OLD}
    assert len(gone) == 10
    shown = set_period(boss, dataset_id, 180)["preview"]
    assert (shown["rows"], shown["total"], shown["customers"]) == (10, 40, 10)
    first_kept = next_day(shown["next_on"]) - timedelta(days=180)
    assert (shown["cutoff"], shown["oldest_on"]) == (str(first_kept), OLD)
    assert len(lake_rows(cast, dataset_id)) == 40  # nothing goes before its time
    ask(boss, dataset_id, metrics=["nps"])
    remove(cast)
    after = {row["_response_id"]: row for row in lake_rows(cast, dataset_id)}
    assert after == {key: row for key, row in before.items() if key not in gone}
    for key in gone:
        assert not bytes_with(cast, key)
    assert not bytes_with(cast, "第3条意见")
    assert counts(cast) == [30, 30, 30]
    with cast.system.database.reading() as session:
        assert session.query(Upload).filter(Upload.deleted_at.is_(None)).count() == 0
        noted = session.query(AuditRow).filter_by(action="retention").one()
        assert noted.after == {
            "rows": 10,
            "customers": 10,
            "before": str(today() - timedelta(days=180)),
            "days": 180,
        }
    page = boss.get(f"/api/v1/datasets/{dataset_id}").json()
    assert (page["version"]["rows"], page["version"]["reason"]) == (30, "retention")
    assert ask(boss, dataset_id, metrics=["nps"])["cells"][0]["n"] == 30
    with cast.uow() as work:
        work.enqueue("rebuild_dataset", {"dataset_id": dataset_id})
    build_worker(cast.system).run_until_idle()
    assert {row["_response_id"] for row in lake_rows(cast, dataset_id)} == set(after)


def test_who_was_invited_goes_too_with_their_links(cast, boss, tmp_path):
    dataset_id, _ = add_dataset(cast, boss, write_answers(tmp_path / "a.csv"))
    with cast.uow() as uow:
        invite_everybody(uow)
    set_period(boss, dataset_id, 180)
    remove(cast)
    assert counts(cast) == [30, 30, 30]
    with cast.system.database.reading() as session:
        assert [session.query(t).count() for t in (SurveyInvitation, Contact)] == [30, 30]


def test_a_second_night_changes_nothing(cast, boss, tmp_path):
    dataset_id, _ = add_dataset(cast, boss, write_answers(tmp_path / "a.csv"))
    set_period(boss, dataset_id, 180)
    remove(cast)
    version = boss.get(f"/api/v1/datasets/{dataset_id}").json()["current_version"]
    remove(cast)
    assert boss.get(f"/api/v1/datasets/{dataset_id}").json()["current_version"] == version
    assert len(lake_rows(cast, dataset_id)) == 30


def test_pushed_rows_go_by_their_own_day_and_undated_ones_by_when_they_came(cast, boss):
    with cast.uow() as work:
        pushed = do_create_dataset(work, "推送").id
    rows = [
        {
            "id": f"P{i}",
            "总体满意度": 1 + i % 5,
            "答题时间": f"{OLD if i < 4 else YOUNG} 09:00:00",
        }
        for i in range(30)
    ]
    rows += [{"id": f"U{i}", "总体满意度": 1 + i % 5} for i in range(5)]
    address = f"/api/v1/datasets/{pushed}/rows"
    assert boss.post(address, json={"rows": rows}).status_code < 300
    build_worker(cast.system).run_until_idle()
    set_period(boss, pushed, 180)
    remove(cast)
    assert len(lake_rows(cast, pushed)) == 31
    with cast.system.database.reading() as session:
        kept = {one.native_id for one in session.query(Submission)}
    mark = RowSeal(b"k" * 32).mark
    assert kept == {
        mark(one) for one in [f"P{i}" for i in range(4, 30)] + [f"U{i}" for i in range(5)]
    }
    cast.system = System(
        cast.database,
        cast.system.folders,
        b"k" * 32,
        clock=lambda: system_clock() + timedelta(days=181),
    )
    remove(cast)
    assert lake_rows(cast, pushed) == []
    with cast.system.database.reading() as session:
        assert session.query(Submission).count() == 0


@pytest.mark.parametrize("step", ["from_submissions", "from_lake", "_forget_people", "publish"])
def test_a_run_that_stops_anywhere_is_finished_by_the_next(cast, boss, tmp_path, monkeypatch, step):
    dataset_id, _ = add_dataset(cast, boss, write_answers(tmp_path / "a.csv"))
    set_period(boss, dataset_id, 180)

    class StoppedError(Exception):
        pass

    def stop(*_, **__):
        raise StoppedError

    with monkeypatch.context() as broken:
        if step == "publish":
            broken.setattr(retaining, "publish_shrunk", stop)
        else:
            broken.setattr(retaining._Remover, step, stop)
        remove(cast)
    assert boss.get(f"/api/v1/datasets/{dataset_id}").json()["version"]["rows"] == 40
    with cast.uow() as work:
        work.session.execute(delete(Job))
    remove(cast)
    assert len(lake_rows(cast, dataset_id)) == 30
    assert counts(cast) == [30, 30, 30]
    assert not bytes_with(cast, "第3条意见")
    with cast.system.database.reading() as session:
        assert session.query(AuditRow).filter_by(action="retention").one().after["rows"] == 10


def test_a_write_that_nobody_was_shown_is_not_shown_by_it(cast, boss, tmp_path):
    dataset_id, _ = add_dataset(cast, boss, write_answers(tmp_path / "a.csv"))
    set_period(boss, dataset_id, 180)
    files = cast.system.lake.snapshot(dataset_id).files
    rows = pq.read_table(files[0]).slice(0, 3)
    with cast.system.lake.writer(dataset_id, cast.system.leases) as writer:
        writer.replace(rows, batch=Batch.whole("a stopped import"), metadata={})
    remove(cast)
    assert len(lake_rows(cast, dataset_id)) == 30


def test_what_is_made_from_it_loses_the_rows_too(cast, boss, tmp_path):
    first, _ = add_dataset(cast, boss, write_answers(tmp_path / "a.csv"), name="甲")
    second, _ = add_dataset(cast, boss, write_answers(tmp_path / "b.csv", old=0), name="乙")
    union = {"sources": [{"dataset_id": first}, {"dataset_id": second}]}
    made = boss.post("/api/v1/models", json={"name": "合", "union": union})
    assert made.status_code == 200, made.text
    build_worker(cast.system).run_until_idle()
    result = made.json()["dataset_id"]
    assert len(lake_rows(cast, result)) == 80
    refused = boss.put(
        f"/api/v1/datasets/{result}/retention", json={"days": 9, "rows": 0, "revision": 1}
    )
    assert refused.json()["error"]["code"] == "derived_retention"
    assert set_period(boss, first, 180)["derived"] == ["合"]
    remove(cast)
    assert len(lake_rows(cast, result)) == 70
    old = [r for r in lake_rows(cast, result) if str(r["_answered_on"]) == OLD]
    assert old == []
    assert not bytes_with(cast, OLD)


def test_a_preview_that_is_stale_or_not_ones_right_sets_nothing(cast, boss, tmp_path):
    dataset_id, _ = add_dataset(cast, boss, write_answers(tmp_path / "a.csv"))
    address = f"/api/v1/datasets/{dataset_id}/retention"
    body = {"days": 180, "rows": 9, "revision": boss.get(address).json()["revision"]}
    assert boss.put(address, json=body).json()["error"]["code"] == "other_rows"
    analyst = cast.signed_in(Role.ANALYST)
    assert analyst.get(f"{address}?days=180").json()["preview"]["rows"] == 10
    assert analyst.put(address, json=body | {"rows": 10}).status_code == 403
    assert boss.put(address, json=body | {"rows": 10, "revision": 99}).status_code == 409
    assert boss.get(address).json()["set"] is None
    assert boss.put(
        address, json={"days": None, "rows": 0, "revision": body["revision"]}
    ).is_success


def test_a_version_whose_rows_are_gone_is_told_and_not_brought_back(cast, boss, tmp_path):
    dataset_id, _ = add_dataset(cast, boss, write_answers(tmp_path / "a.csv"))
    set_period(boss, dataset_id, 180)
    remove(cast)
    address = f"/api/v1/datasets/{dataset_id}"
    newest, *earlier = boss.get(f"{address}/versions").json()["items"]
    assert (newest["current"], newest["readable"]) == (True, True)
    assert earlier
    assert not any(one["readable"] for one in earlier)
    refused = boss.post(f"{address}/rollback", json={"version": earlier[-1]["version"]})
    assert refused.status_code == 422
    assert "只有第 2 版可用" in refused.json()["error"]["sentence"]["zh-CN"]
    jobs = [job["kind"] for job in boss.get("/api/v1/jobs").json()["items"]]
    assert "roll_back_dataset" not in jobs
