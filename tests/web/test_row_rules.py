"""Row rules hold on every surface: rows, verbatims, reports; scores are everybody's by default."""

import pytest

from huiyin.app.wiring import build_worker
from huiyin.people.contracts import Role

NPS = "您有多大可能向朋友推荐我们"


@pytest.fixture
def shops(cast, tmp_path):
    """Four shops of 60 answers; each comment names its shop."""
    root = cast.signed_in(Role.ADMINISTRATOR, "root")
    cast.show_small_groups()
    rows = "\n".join(
        f"{i},{(i * 7) % 11},{1 + i % 5},店{i % 4},店{i % 4}的排队实在太久了希望改进第{i}次说"
        for i in range(240)
    )
    path = tmp_path / "门店.csv"
    path.write_text(f"编号,{NPS},总体满意度,门店,意见\n{rows}\n", "utf-8")
    sent = root.post("/api/v1/uploads", files=[("files", (path.name, path.read_bytes()))]).json()
    body = {"name": "门店", "uploads": [sent["items"][0]["id"]], "load": True}
    made = root.post("/api/v1/datasets", json=body).json()
    build_worker(cast.system).run_until_idle()
    unit = root.post("/api/v1/units", json={"name": "店1"}).json()["id"]
    return root, made, unit


def answers(browser, dataset_id, **words):
    body = {"metrics": ["nps"], **words}
    return browser.post(f"/api/v1/datasets/{dataset_id}/query", json=body).json()["cells"]


def report(cast, browser, dataset_id):
    address = f"/api/v1/datasets/{dataset_id}/report/json"
    assert browser.get(address).status_code == 202
    build_worker(cast.system).run_until_idle()
    page = browser.get(address)
    assert page.status_code == 200
    return page.text


def test_a_manager_reads_their_own_shop_and_sees_everybodys_scores(cast, shops):
    root, made, unit = shops
    boss = cast.signed_in(Role.MANAGER, "boss", unit_id=unit)
    assert answers(boss, made["id"]) == answers(root, made["id"])
    theirs = report(cast, boss, made["id"])
    assert "店1的排队" in theirs
    assert not [shop for shop in ("店0的排队", "店2的排队", "店3的排队") if shop in theirs]
    viewer = cast.signed_in(Role.VIEWER)
    assert "的排队" not in report(cast, viewer, made["id"])


def test_who_leads_a_region_reads_what_is_said_in_its_shops(cast, shops):
    """No answer carries the region's own name, nor the number of a shop."""
    root, made, _ = shops
    region = root.post("/api/v1/units", json={"name": "华东"}).json()["id"]
    child = {"name": "店2", "code": "S2", "parent_id": region}
    assert root.post("/api/v1/units", json=child).status_code == 201
    boss = cast.signed_in(Role.MANAGER, "boss", unit_id=region)
    asked = boss.post(f"/api/v1/datasets/{made['id']}/ask", json={"question": "客户怎么说"})
    assert asked.status_code == 200, asked.text
    assert {voice["text"][:2] for voice in asked.json()["voices"]} == {"店2"}


def test_with_shared_scores_off_a_manager_gets_the_scores_of_their_shop(cast, shops):
    root, made, unit = shops
    boss = cast.signed_in(Role.MANAGER, "boss", unit_id=unit)
    off = {"value": False, "revision": 0}
    root.put("/api/v1/settings/share_scores_with_everyone", json=off)
    (cell,) = answers(boss, made["id"])
    assert cell["n"] == 60
    assert [c["by"]["门店"] for c in answers(boss, made["id"], by=["门店"])] == ["店1"]
    nobody = cast.signed_in(Role.MANAGER, "nobody")
    assert all("not_estimable" in cell for cell in answers(nobody, made["id"]))


def test_an_analyst_who_is_held_to_some_rows_does_not_read_others_imports(cast, shops):
    root, made, _ = shops
    address = f"/api/v1/imports/{made['import']['id']}/preview"
    analyst = cast.signed_in(Role.ANALYST, "ana")
    assert analyst.get(address).status_code == 200
    rule = {"column": "门店", "values": ["店1"], "staff_id": analyst.staff.id}
    assert root.post("/api/v1/row-rules", json=rule).status_code == 201
    assert analyst.get(address).status_code == 403
    assert root.get(address).status_code == 200


def test_nobody_reads_what_customers_wrote_through_scores(cast, shops):
    _, made, _ = shops
    viewer = cast.signed_in(Role.VIEWER)
    address = f"/api/v1/datasets/{made['id']}/query"
    for words in ({"by": ["意见"]}, {"where": ["意见=排队"]}, {"by": ["编号"]}):
        answer = viewer.post(address, json={"metrics": ["nps"], **words})
        assert answer.status_code == 422
        assert "的排队" not in answer.text
    share = viewer.post(address, json={"metrics": ["share:意见=排队"]})
    assert share.status_code == 422
    assert "的排队" not in share.text


@pytest.mark.parametrize(
    "words",
    [{"by": ["门店", "门店"]}, {"by": ["门店"] * 20}, {"where": ["门店=店1"] * 3000}],
)
def test_questions_beyond_reason_are_refused_at_once(cast, shops, words):
    _, made, _ = shops
    viewer = cast.signed_in(Role.VIEWER)
    address = f"/api/v1/datasets/{made['id']}/query"
    assert viewer.post(address, json={"metrics": ["nps"], **words}).status_code == 422


def test_a_codebook_that_is_nested_without_end_gets_a_sentence(shops):
    root, made, _ = shops
    body = {"version": 1, "text": "columns: " + "[" * 20_000}
    answer = root.put(f"/api/v1/datasets/{made['id']}/codebook", json=body)
    assert answer.status_code == 422
    assert "nested too deeply" in answer.json()["error"]["sentence"]["en"]


def test_a_dataset_keeps_its_days_by_a_zone_that_exists(shops):
    root, _, _ = shops
    for zone in ("../../etc/passwd", "Asia/Nowhere", ""):
        answer = root.post("/api/v1/datasets", json={"name": "x", "uploads": [], "zone": zone})
        assert answer.status_code == 422
        assert answer.json()["error"]["code"] == "unknown_zone"


def test_a_namesake_does_not_read_another_persons_import(cast, shops):
    root, made, _ = shops
    namesake = cast.signed_in(Role.ANALYST, "other", name=root.staff.name)
    rule = {"column": "门店", "values": ["店1"], "staff_id": namesake.staff.id}
    assert root.post("/api/v1/row-rules", json=rule).status_code == 201
    assert namesake.get(f"/api/v1/imports/{made['import']['id']}/preview").status_code == 403
