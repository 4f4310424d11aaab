"""Datasets put away and brought back, and deleted with everything that holds their rows."""

import pytest
from guests import invite_everybody, plan
from importing import add_dataset, ask
from respondent import Respondent
from sqlalchemy import delete, select

from huiyin.app.wiring import build_worker
from huiyin.app.work import deleting
from huiyin.app.work.sweeping import order_syncs
from huiyin.collect.sending.contracts import MailingStatus
from huiyin.collect.sending.mailings import do_create_mailing
from huiyin.collect.surveys.changes import do_archive_survey, do_publish
from huiyin.people.contracts import Role
from huiyin.store.tables import (
    Contact,
    Customer,
    CustomerField,
    CustomerKey,
    DataModel,
    Job,
    Mailing,
    Survey,
    SurveyInvitation,
    Table,
)
from huiyin.store.tables import Dataset as DatasetRow

HEAD = "编号,手机号,总体满意度,您有多大可能向朋友推荐我们,意见"


@pytest.fixture
def boss(cast_on_both):
    cast_on_both.show_small_groups()
    return cast_on_both.signed_in(Role.ADMINISTRATOR)


def write_answers(path, first=0, n=30):
    rows = [
        f"{i},1390000{i:04d},{1 + i % 5},{i % 11},{path.stem}第{i}条意见很好"
        for i in range(first, first + n)
    ]
    path.write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")
    return path


def bytes_with(cast, word):
    files = (path for path in cast.system.folders.root.rglob("*") if path.is_file())
    return [path for path in files if word.encode() in path.read_bytes()]


def names(browser, **params):
    return {one["name"] for one in browser.get("/api/v1/datasets", params=params).json()["items"]}


def add_union(cast, browser, *datasets):
    union = {"sources": [{"dataset_id": one} for one in datasets]}
    made = browser.post("/api/v1/models", json={"name": "合", "union": union})
    build_worker(cast.system).run_until_idle()
    return made.json()["dataset_id"]


def test_an_archived_dataset_is_hidden_and_comes_back_whole(cast_on_both, boss, tmp_path):
    dataset_id, _ = add_dataset(cast_on_both, boss, write_answers(tmp_path / "a.csv"), name="甲")
    before = ask(boss, dataset_id, metrics=["nps"])["cells"]
    revision = boss.get(f"/api/v1/datasets/{dataset_id}").json()["revision"]
    address = f"/api/v1/datasets/{dataset_id}"
    assert boss.post(f"{address}/archive", json={"revision": revision + 1}).status_code == 409
    assert boss.post(f"{address}/archive", json={"revision": revision}).status_code == 200
    assert (names(boss), names(boss, archived=True)) == (set(), {"甲"})
    assert boss.get("/api/v1/customers").json()["total"] == 0
    assert boss.post(f"{address}/restore").json()["archived_at"] is None
    assert names(boss) == {"甲"}
    assert boss.get("/api/v1/customers").json()["total"] == 30
    assert ask(boss, dataset_id, metrics=["nps"])["cells"] == before


def test_what_others_are_made_from_is_not_archived_under_them(cast_on_both, boss, tmp_path):
    first, _ = add_dataset(cast_on_both, boss, write_answers(tmp_path / "a.csv"), name="甲")
    second, _ = add_dataset(cast_on_both, boss, write_answers(tmp_path / "b.csv", 30), name="乙")
    add_union(cast_on_both, boss, first, second)
    revision = boss.get(f"/api/v1/datasets/{first}").json()["revision"]
    refused = boss.post(f"/api/v1/datasets/{first}/archive", json={"revision": revision})
    assert refused.json()["error"]["code"] == "dataset_in_use"
    assert "合" in refused.json()["error"]["sentence"]["zh-CN"]


def test_a_deleted_dataset_leaves_no_row_and_no_byte(cast_on_both, boss, tmp_path):
    cast = cast_on_both
    source = tmp_path / "source"
    source.mkdir()
    first, _ = add_dataset(cast, boss, write_answers(source / "甲.csv"), name="甲")
    second, _ = add_dataset(cast, boss, write_answers(source / "乙.csv", 20), name="乙")
    result = add_union(cast, boss, first, second)
    ask(boss, first, metrics=["nps"])
    for file in source.iterdir():
        file.unlink()
    address = f"/api/v1/datasets/{first}"
    shown = boss.get(f"{address}/deletion").json()
    assert [one["name"] for one in shown["derived"]] == ["合"]
    told = {key: shown[key] for key in ("rows", "imports", "files", "customers")}
    assert told == {"rows": 30, "imports": 1, "files": 1, "customers": 20}
    body = {"name": "甲", "reason": "客户要求", "derived": [result]}
    assert boss.post(f"{address}/delete", json=body | {"name": "乙"}).status_code == 422
    assert boss.post(f"{address}/delete", json=body | {"reason": " "}).status_code == 422
    gone = boss.post(f"{address}/delete", json=body | {"derived": []})
    assert gone.json()["error"]["code"] == "other_derived"
    analyst = cast.signed_in(Role.ANALYST)
    assert analyst.post(f"{address}/delete", json=body).status_code == 403
    assert boss.post(f"{address}/delete", json=body).status_code == 200
    assert boss.post(f"{address}/restore").json()["error"]["code"] == "being_deleted"
    build_worker(cast.system).run_until_idle()
    assert boss.get(address).status_code == 404
    assert (names(boss), names(boss, archived=True)) == ({"乙"}, set())
    assert_gone(cast, {first, result})
    with cast.system.database.reading() as session:
        counts = [session.query(t).count() for t in (Customer, CustomerKey, CustomerField)]
    assert counts == [30, 30, 30]
    assert not bytes_with(cast, "甲第3条意见")
    assert bytes_with(cast, second) or (cast.system.folders.root / "lake" / second).exists()
    assert ask(boss, second, metrics=["nps"])["cells"][0]["n"] == 30


def test_customers_who_were_invited_go_with_their_dataset(cast_on_both, boss, tmp_path):
    cast = cast_on_both
    dataset_id, _ = add_dataset(cast, boss, write_answers(tmp_path / "甲.csv"), name="甲")
    with cast.uow() as uow:
        invite_everybody(uow)
    body = {"name": "甲", "reason": "客户要求", "derived": []}
    assert boss.post(f"/api/v1/datasets/{dataset_id}/delete", json=body).status_code == 200
    build_worker(cast.system).run_until_idle()
    with cast.system.database.reading() as session:
        tables = (Customer, CustomerKey, SurveyInvitation, Contact)
        assert [session.query(t).count() for t in tables] == [0, 0, 0, 0]


def test_a_dataset_that_a_questionnaire_fills_is_refused_before_anything_is_done(
    cast_on_both, boss
):
    cast = cast_on_both
    guest = Respondent(cast)
    guest.open()
    guest.send(rec="9")
    order_syncs(cast.system)
    build_worker(cast.system).run_until_idle()
    dataset_id = guest.survey.dataset_id
    with cast.uow() as uow:
        mailing = do_create_mailing(uow, guest.survey.id, "回访", plan())
        mailing.status = MailingStatus.RUNNING
    body = {"name": "试", "reason": "不用了", "derived": []}
    refused = boss.post(f"/api/v1/datasets/{dataset_id}/delete", json=body)
    assert refused.status_code == 422
    said = refused.json()["error"]["sentence"]["zh-CN"]
    assert "问卷“试”" in said
    assert "发送“回访”" in said
    assert ask(boss, dataset_id, metrics=["nps"])["cells"][0]["n"] == 1
    with cast.uow() as uow:
        survey = uow.session.get(Survey, guest.survey.id)
        uow.session.get(Mailing, mailing.id).status = MailingStatus.STOPPED
        do_archive_survey(uow, survey.id, survey.revision, archived=True)
    assert boss.post(f"/api/v1/datasets/{dataset_id}/delete", json=body).status_code == 200
    build_worker(cast.system).run_until_idle()
    assert_gone(cast, {dataset_id})
    with cast.uow() as uow:
        survey = uow.session.get(Survey, guest.survey.id)
        do_archive_survey(uow, survey.id, survey.revision, archived=False)
        do_publish(uow, survey.id, survey.revision)
        assert survey.dataset_id not in {None, dataset_id}


def assert_gone(cast, ids):
    """No table has a row of these datasets, except the log of what was done."""
    left = {}
    with cast.system.database.reading() as session:
        for table in Table.metadata.sorted_tables:
            named = [c for c in table.columns if "dataset_id" in c.name]
            for column in named:
                values = session.scalars(select(column)).all()
                if any(
                    one in ids
                    for value in values
                    for one in ([value] if isinstance(value, str) else value or [])
                ):
                    left[table.name] = column.name
        assert session.query(DataModel).count() == 0
        assert not {*session.scalars(select(DatasetRow.id))} & ids
    assert left == {}
    folders = cast.system.folders
    assert not [one for one in ids if (folders.root / "lake" / one).exists()]


@pytest.mark.parametrize("step", ["_delete_rows", "empty_results"])
def test_a_deletion_that_stops_is_finished_by_the_next(
    cast_on_both, boss, tmp_path, monkeypatch, step
):
    cast = cast_on_both
    source = write_answers(tmp_path / "甲.csv")
    dataset_id, _ = add_dataset(cast, boss, source, name="甲")
    source.unlink()

    def stop(*_):
        raise RuntimeError

    body = {"name": "甲", "reason": "不用了", "derived": []}
    with monkeypatch.context() as broken:
        broken.setattr(deleting, step, stop)
        boss.post(f"/api/v1/datasets/{dataset_id}/delete", json=body)
        build_worker(cast.system).run_until_idle()
    with cast.uow() as work:
        work.session.execute(delete(Job))
        work.enqueue("delete_dataset", {"dataset_ids": [dataset_id]})
    build_worker(cast.system).run_until_idle()
    assert_gone(cast, {dataset_id})
    assert not bytes_with(cast, "甲第3条意见")
