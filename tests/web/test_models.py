"""Models over the web: previewed, kept, built, rebuilt when a parent changes, and who sees what."""

from datetime import datetime, timedelta

import pytest

from huiyin.app.wiring import build_worker
from huiyin.app.work import linking
from huiyin.codebook.files import parse_codebook
from huiyin.collect.datasets.changes import do_create_dataset, do_save_codebook
from huiyin.core.text import Text
from huiyin.people.contracts import Role
from huiyin.store.contracts import StoreError
from huiyin.store.tables import Dataset, Job, RowRule, Setting

NPS = "推荐意愿"
SURVEY = f"""
columns:
  - {{name: 编号, role: id}}
  - {{name: 客户, role: customer}}
  - {{name: 时间, role: time}}
  - {{name: {NPS}, role: nps, scale: {{min: 0, max: 10}}}}
  - {{name: 大区, role: dimension}}
"""
ORDERS = """
columns:
  - {name: 订单, role: order}
  - {name: 客户号, role: customer}
  - {name: 下单, role: time}
  - {name: 金额, role: amount}
  - {name: 币种, role: currency}
"""
DAY = datetime(2025, 1, 1, 9, 30)  # noqa: DTZ001 -- wall-clock time, as a file has it


def survey_csv(n, bump=0):
    rows = [
        f"A{i},C{i % 40},{DAY + timedelta(days=i % 60)},{(i * 7 + bump) % 11},{'东西'[i % 2]}区"
        for i in range(n)
    ]
    return "\n".join([f"编号,客户,时间,{NPS},大区", *rows]) + "\n"


def orders_csv(n, step=3, last=120):
    rows = [
        f"O{i},C{(i * step) % 60},{DAY + timedelta(days=i % last, hours=2)},{10 + i % 7},CNY"
        for i in range(n)
    ]
    return "\n".join(["订单,客户号,下单,金额,币种", *rows]) + "\n"


def fill(cast, browser, name, book, words, dataset_id=None):
    if dataset_id is None:
        with cast.uow() as uow:
            dataset_id = do_create_dataset(uow, name).id
            do_save_codebook(uow, dataset_id, 0, parse_codebook(book, "test"), rebuild=False)
    files = [("files", (f"{name}.csv", words.encode()))]
    sent = browser.post("/api/v1/uploads", files=files).json()["items"]
    body = {"uploads": [one["id"] for one in sent], "load": True, "mode": "replace"}
    made = browser.post(f"/api/v1/datasets/{dataset_id}/imports", json=body)
    assert made.status_code == 200, made.text
    build_worker(cast.system).run_until_idle()
    done = browser.get(f"/api/v1/imports/{made.json()['id']}").json()
    assert done["status"] == "done", done
    return dataset_id


def link_body(answers, orders, **window):
    span = {"side": "after", "days": 90} | window
    take = [
        {"name": "90天内复购", "how": "any"},
        {"name": "90天内单数", "how": "count"},
        {"name": "90天内消费", "how": "sum", "column": "金额"},
    ]
    link = {
        "dataset_id": orders,
        "keys": [{"base": "客户", "other": "客户号"}],
        "window": span,
        "take": take,
    }
    return {"link": {"base": answers, "links": [link]}}


def ask(browser, dataset_id, **words):
    answer = browser.post(f"/api/v1/datasets/{dataset_id}/query", json=words)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture
def shop(cast):
    cast.show_small_groups()
    browser = cast.signed_in(Role.ANALYST)
    answers = fill(cast, browser, "答卷", SURVEY, survey_csv(200))
    return browser, answers, fill(cast, browser, "订单", ORDERS, orders_csv(300))


def keep(cast, browser, body, name="答卷和订单"):
    made = browser.post("/api/v1/models", json={"name": name} | body)
    assert made.status_code == 200, made.text
    build_worker(cast.system).run_until_idle()
    return browser.get(f"/api/v1/models/{made.json()['id']}").json()


def test_a_link_is_previewed_kept_and_asked(cast_on_both):
    cast = cast_on_both
    cast.show_small_groups()
    browser = cast.signed_in(Role.ANALYST)
    answers = fill(cast, browser, "答卷", SURVEY, survey_csv(200))
    orders = fill(cast, browser, "订单", ORDERS, orders_csv(300))
    body = link_body(answers, orders)
    seen = browser.post("/api/v1/models/preview", json=body)
    assert seen.status_code == 200, seen.text
    facts = seen.json()["facts"][0]
    assert facts["cardinality"] == "n:m"
    assert (facts["base_rows"], facts["other_rows"]) == (200, 300)
    assert facts["base_unmatched"] == 200 - facts["base_matched"] > 0
    assert [c["role"] for c in seen.json()["columns"]] == ["outcome", "outcome", "amount"]
    preview = seen.json()["preview"]
    assert len(preview["rows"]) == 20
    assert preview["columns"][-3:] == ["90天内复购", "90天内单数", "90天内消费"]

    model = keep(cast, browser, body)
    assert model["job"]["status"] == "done", model["job"]
    assert (model["stale"], model["kind"]) == (False, "link")
    assert model["facts"][0]["base_with_rows"] > 0
    mine, theirs = (ask(browser, d, metrics=["nps"]) for d in (model["dataset_id"], answers))
    assert mine["cells"] == theirs["cells"]
    assert mine["data"]["rows"] == theirs["data"]["rows"] == 200
    assert mine["data"]["excluded"] == theirs["data"]["excluded"]
    assert mine["data"]["snapshot"] != theirs["data"]["snapshot"]
    share = ask(browser, model["dataset_id"], metrics=["share:90天内复购=是"])["cells"][0]
    assert share["n"] == 200 - facts["base_incomplete"] - facts["base_without_key"]
    dataset = browser.get(f"/api/v1/datasets/{model['dataset_id']}").json()
    assert dataset["version"]["grade"]["letter"] in "ABCD"
    assert [p["dataset_id"] for p in dataset["made_from"]["parents"]] == [answers, orders]


def test_the_result_follows_its_parents(cast, shop):
    browser, answers, orders = shop
    model = keep(cast, browser, link_body(answers, orders))
    before = ask(browser, model["dataset_id"], metrics=["mean:90天内单数"])["cells"]
    address = f"/api/v1/models/{model['id']}"
    fill(cast, browser, "订单", ORDERS, orders_csv(600), dataset_id=orders)
    again = browser.get(address).json()
    assert not again["stale"], again["job"]
    assert ask(browser, model["dataset_id"], metrics=["mean:90天内单数"])["cells"] != before
    versions = browser.get(f"/api/v1/datasets/{model['dataset_id']}/versions").json()["items"]
    assert [v["reason"] for v in versions] == ["model", "model"]
    # Asked again it is built again, although nothing changed; ordered twice by one cause, once.
    assert browser.post(f"{address}/rebuild").status_code == 200
    build_worker(cast.system).run_until_idle()
    versions = browser.get(f"/api/v1/datasets/{model['dataset_id']}/versions").json()["items"]
    assert len({v["snapshot"] for v in versions}) == 2
    assert len(versions) == 3


def test_a_build_that_stops_before_it_is_seen_is_made_again_and_seen(cast, shop, monkeypatch):
    browser, answers, orders = shop

    def stop(*_, **__):
        raise StoreError(Text("停", "stop"))

    monkeypatch.setattr(linking, "do_publish_version", stop)
    model = keep(cast, browser, link_body(answers, orders))
    dataset_id = model["dataset_id"]
    assert browser.get(f"/api/v1/datasets/{dataset_id}").json()["current_version"] is None
    written = cast.system.lake.table(dataset_id).snapshot()
    monkeypatch.undo()
    with cast.uow() as uow:
        uow.session.get_one(Job, model["job"]["id"]).run_at = uow.now
    build_worker(cast.system).run_until_idle()
    seen = browser.get(f"/api/v1/datasets/{dataset_id}").json()["version"]
    table = cast.system.lake.table(dataset_id)
    assert table.version() == seen["version"] > written.version, "others may have written since"
    assert table.snapshot().n_rows == seen["rows"] == written.n_rows
    assert not any(file.exists() for file in written.files), "what nobody saw is removed"


def test_until_it_is_built_anew_the_result_is_called_stale(cast, shop):
    browser, answers, orders = shop
    model = keep(cast, browser, link_body(answers, orders))
    with cast.uow() as uow:
        uow.session.get_one(Dataset, orders).current_version += 1
    assert browser.get(f"/api/v1/models/{model['id']}").json()["stale"]


def test_a_model_can_be_changed_and_put_away_but_not_by_an_old_page(cast, shop):
    browser, answers, orders = shop
    model = keep(cast, browser, link_body(answers, orders))
    address = f"/api/v1/models/{model['id']}"
    change = link_body(answers, orders, days=30) | {"name": "30 天", "revision": model["revision"]}
    assert browser.put(address, json=change).status_code == 200
    assert browser.put(address, json=change).status_code == 409
    build_worker(cast.system).run_until_idle()
    changed = browser.get(address).json()
    assert (changed["name"], changed["stale"]) == ("30 天", False)
    assert changed["facts"][0]["base_incomplete"] < model["facts"][0]["base_incomplete"]
    circle = link_body(model["dataset_id"], orders) | {"name": "x", "revision": changed["revision"]}
    refused = browser.put(address, json=circle)
    assert refused.status_code == 422
    assert "made from this very model" in refused.json()["error"]["sentence"]["en"]
    body = {"revision": changed["revision"]}
    assert browser.request("DELETE", address, json=body).status_code == 200
    assert browser.get(address).status_code == 404
    assert browser.get("/api/v1/models").json()["items"] == []


def test_a_dataset_made_from_others_takes_no_rows_of_its_own(cast, shop):
    browser, answers, orders = shop
    made = keep(cast, browser, link_body(answers, orders))["dataset_id"]
    pushed = browser.post(f"/api/v1/datasets/{made}/rows", json={"rows": [{"id": "1"}]})
    book = browser.get(f"/api/v1/datasets/{made}/codebook").json()
    saved = browser.put(
        f"/api/v1/datasets/{made}/codebook", json={k: book[k] for k in ("version", "text")}
    )
    files = [("files", ("x.csv", survey_csv(3).encode()))]
    upload = browser.post("/api/v1/uploads", files=files).json()["items"][0]["id"]
    body = {"uploads": [upload], "load": True}
    sent = browser.post(f"/api/v1/datasets/{made}/imports", json=body)
    for answer in (pushed, saved, sent):
        assert answer.status_code == 422, answer.text
        assert answer.json()["error"]["code"] == "derived_dataset"


def test_what_does_not_fit_is_said_before_and_after_saving(cast, shop):
    browser, answers, orders = shop
    wrong = link_body(answers, orders)
    wrong["link"]["links"][0]["keys"] = [{"base": "客户", "other": "没有这列"}]
    refused = browser.post("/api/v1/models/preview", json=wrong)
    assert refused.status_code == 422
    assert "没有这列" in refused.json()["error"]["sentence"]["zh-CN"]
    for body in (
        {},
        {"link": None},
        link_body(answers, orders, days=0),
        link_body(answers, orders, side="later"),
    ):
        assert browser.post("/api/v1/models/preview", json=body).status_code == 422
    model = keep(cast, browser, wrong, name="坏的")
    assert model["job"]["status"] == "failed"
    assert "没有这列" in model["job"]["error"]["sentence"]["zh-CN"]
    assert browser.get(f"/api/v1/datasets/{model['dataset_id']}").json()["current_version"] is None
    model = keep(cast, browser, link_body(answers, orders))
    with cast.uow() as uow:
        uow.session.get_one(Dataset, orders).archived_at = uow.now
    assert browser.post(f"/api/v1/models/{model['id']}/rebuild").status_code == 200
    build_worker(cast.system).run_until_idle()
    after = browser.get(f"/api/v1/models/{model['id']}").json()
    assert after["job"]["status"] == "failed"
    assert "订单" in after["job"]["error"]["sentence"]["zh-CN"]
    assert ask(browser, model["dataset_id"], metrics=["nps"])["data"]["rows"] == 200


def test_row_rules_of_a_parent_hold_in_the_result(cast, shop):
    browser, answers, orders = shop
    model = keep(cast, browser, link_body(answers, orders))
    viewer = cast.signed_in(Role.ANALYST, "east")
    with cast.uow() as uow:
        uow.session.add(Setting(key="share_scores_with_everyone", value=False))
        uow.session.add(
            RowRule(staff_id=viewer.staff.id, dataset_id=answers, column="大区", values=["东区"])
        )
    rows = [
        ask(viewer, d, metrics=["nps"])["cells"][0]["n"] for d in (answers, model["dataset_id"])
    ]
    assert rows == [100, 100]
    refused = viewer.post("/api/v1/models/preview", json=link_body(answers, orders))
    assert refused.json()["error"]["code"] == "partial_view"
    refused = viewer.post("/api/v1/models", json={"name": "x"} | link_body(answers, orders))
    assert refused.json()["error"]["code"] == "partial_view"
    with cast.uow() as uow:
        uow.session.add(
            RowRule(staff_id=viewer.staff.id, dataset_id=orders, column="币种", values=["CNY"])
        )
    nothing = ask(viewer, model["dataset_id"], metrics=["nps"])["cells"][0]
    assert nothing["n"] == 0  # the rule names a column that the result does not have


@pytest.fixture
def two_surveys(cast):
    cast.show_small_groups()
    browser = cast.signed_in(Role.ANALYST)
    shop = fill(cast, browser, "门店", SURVEY, survey_csv(200))
    other = SURVEY.replace(NPS, "推荐").replace("客户,", "会员,")
    words = survey_csv(50, bump=5).replace(NPS, "推荐", 1).replace("客户", "会员", 1)
    return browser, shop, fill(cast, browser, "应用", other, words)


def test_one_metric_over_two_surveys(cast, two_surveys):
    browser, shop, app = two_surveys
    body = {"union": {"sources": [{"dataset_id": shop}, {"dataset_id": app, "name": "应用内"}]}}
    seen = browser.post("/api/v1/models/preview", json=body)
    assert seen.status_code == 200, seen.text
    assert [f["n_rows"] for f in seen.json()["facts"]] == [200, 50]
    assert seen.json()["facts"][1]["columns"][NPS] == "推荐"
    model = keep(cast, browser, body, name="全渠道")
    assert model["job"]["status"] == "done", model["job"]
    found = ask(browser, model["dataset_id"], metrics=["nps"], by=["来源"], subtotals=True)
    n = {cell["by"].get("来源"): cell["n"] for cell in found["cells"]}
    assert (n["门店"], n["应用内"], n[None]) == (200, 50, 250)
    parts = [ask(browser, d, metrics=["nps"])["cells"][0] for d in (shop, app)]
    by_source = {c["by"].get("来源"): c["estimate"] for c in found["cells"]}
    assert by_source["门店"] == pytest.approx(parts[0]["estimate"], rel=1e-9)
    assert by_source["应用内"] == pytest.approx(parts[1]["estimate"], rel=1e-9)
    pooled = next(c for c in found["cells"] if c["by"].get("来源") is None)
    assert pooled["n_customers"] == 40  # the same forty people in both

    mix = browser.get(f"/api/v1/models/{model['id']}/mix?metric=nps")
    assert mix.status_code == 200, mix.text
    mix = mix.json()
    assert {s["name"]: s["share"] for s in mix["sources"]} == {"门店": 0.8, "应用内": 0.2}
    assert mix["pooled"]["estimate"] == pytest.approx(pooled["estimate"], rel=1e-9)
    equal = (parts[0]["estimate"] + parts[1]["estimate"]) / 2
    assert mix["equal"]["estimate"] == pytest.approx(equal, rel=1e-9)
    assert browser.get("/api/v1/models").json()["total"] == 1


def test_other_scales_are_refused_or_scored(cast, two_surveys):
    browser, shop, _ = two_surveys
    five = SURVEY.replace(
        "role: nps, scale: {min: 0, max: 10}", "role: csat, scale: {min: 1, max: 5}"
    )
    words = "\n".join(
        ["编号,客户,时间,推荐意愿,大区", *(f"B{i},C{i},,{1 + i % 5},东区" for i in range(50))]
    )
    short = fill(cast, browser, "回访", five, words + "\n")
    seven = five.replace("max: 5", "max: 7")
    long = fill(cast, browser, "热线", seven, words.replace("B", "D") + "\n")

    def union(*ids, **more):
        column = {"name": "满意", "columns": dict.fromkeys(ids, NPS)} | more
        sources = [{"dataset_id": one} for one in ids]
        body = {"union": {"sources": sources, "columns": [column]}}
        return browser.post("/api/v1/models/preview", json=body)

    refused = union(shop, short)
    assert refused.status_code == 422
    assert "0–10" in refused.json()["error"]["sentence"]["zh-CN"]
    refused = union(short, long)
    assert "1–5" in refused.json()["error"]["sentence"]["zh-CN"]
    assert "1–7" in refused.json()["error"]["sentence"]["en"]
    scored = union(short, long, as_score=True)
    assert scored.status_code == 200, scored.text
    assert scored.json()["columns"][1]["scale"]["max"] == 100
    assert {row[1] for row in scored.json()["preview"]["rows"]} <= {0, 25, 50, 75, 100}
    assert union(short, short).status_code == 422


def test_a_rating_of_another_scale_is_told_and_can_be_taken_as_a_score(cast, two_surveys):
    """It is not left out in silence: what stands apart is named, with why, before it is kept."""
    browser, shop, app = two_surveys
    csat = "role: csat, scale: {min: 1, max: %d}"
    rating = SURVEY.replace("role: nps, scale: {min: 0, max: 10}", csat % 5)
    words = "编号,客户,时间,推荐意愿,大区\n" + "".join(
        f"B{i},C{i},,{1 + i % 5},东区\n" for i in range(9)
    )
    five = fill(cast, browser, "回访", rating, words)
    longer = rating.replace("max: 5", "max: 10")
    ten = fill(cast, browser, "热线", longer, words.replace("B", "D"))

    def look(*ids, **more):
        plan = {"sources": [{"dataset_id": one} for one in ids]} | more
        seen = browser.post("/api/v1/models/preview", json={"union": plan})
        assert seen.status_code == 200, seen.text
        return seen.json()

    seen = look(five, ten)
    (apart,) = seen["apart"]
    assert apart["scorable"]
    assert "1–5" in apart["why"]["zh-CN"]
    assert "1–10" in apart["why"]["zh-CN"]
    assert apart["columns"] == {five: NPS, ten: NPS}
    assert NPS not in [column["name"] for column in seen["common"]]
    column = {key: apart[key] for key in ("name", "columns", "as_score")}
    scored = look(five, ten, columns=[*seen["common"], column])
    assert scored["apart"] == []
    assert scored["columns"][-1]["scale"]["max"] == 100
    assert look(shop, app)["apart"] == []
    (nps,) = look(shop, five)["apart"]
    assert not nps["scorable"]
    assert "NPS" in nps["why"]["zh-CN"]


def test_surveys_with_nothing_else_in_common_still_say_what_stands_apart(cast):
    """A look shows why and leaves the choice; what is kept without it fails with the sentence."""
    browser = cast.signed_in(Role.ANALYST)
    plain = "columns: [{name: 编号, role: id}, {name: 分, role: csat, scale: {min: 1, max: %d}}]\n"
    rows = "编号,分\n" + "".join(f"{i},{1 + i % 5}\n" for i in range(30))
    five = fill(cast, browser, "回访", plain % 5, rows)
    ten = fill(cast, browser, "热线", plain % 10, rows)
    body = {"union": {"sources": [{"dataset_id": five}, {"dataset_id": ten}]}}
    seen = browser.post("/api/v1/models/preview", json=body).json()
    assert [one["name"] for one in seen["apart"]] == ["分"]
    assert seen["common"] == []
    job = keep(cast, browser, body, name="合")["job"]
    assert job["status"] == "failed"
    assert "1–10" in job["error"]["sentence"]["zh-CN"]
