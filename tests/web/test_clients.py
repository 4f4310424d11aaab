"""Clients above their contacts: scores, who may see which, and a list of them from a file."""

import csv

import pytest
from importing import add_dataset, ask

from huiyin.people.contracts import Role
from huiyin.people.row_rules import RowRuleFields, do_add_row_rule
from huiyin.store.tables import AuditRow, Client, Customer, Setting

HEAD = "编号,客户编号,客户单位,地区,总体满意度,您有多大可能向朋友推荐我们,答题时间"


def write_answers(path, n=480):
    """Write two years of answers of four companies, 40 contacts; half of them in the east."""
    rows = []
    for i in range(n):
        company, late = i % 4, i >= n // 2
        day = f"{'2026' if late else '2025'}-{1 + i % 12:02d}-1{i % 9} 10:00:00"
        score = (10 if i % 5 else 3) if late and company == 1 else i * 7 % 11
        region = "华东" if company < 2 else "华北"
        rows.append(f"{i},C{i % 40:03d},公司{company},{region},{1 + i % 5},{score},{day}")
    path.write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")
    return path


@pytest.fixture
def analyst(cast_on_both):
    return cast_on_both.signed_in(Role.ANALYST)


@pytest.fixture
def dataset_id(cast_on_both, analyst, tmp_path):
    return add_dataset(cast_on_both, analyst, write_answers(tmp_path / "b2b.csv"))[0]


def clients(browser, **params):
    return browser.get("/api/v1/clients", params=params).json()


def test_a_list_shows_each_score_against_the_year_before(analyst, dataset_id):
    listed = clients(analyst)
    assert [(one["name"], one["customers"]) for one in listed["items"]] == [
        (f"公司{i}", 10) for i in range(4)
    ]
    scored = listed["scored"]
    assert (scored["metric"], scored["since"], scored["until"]) == (
        "nps",
        "2026-01-01",
        "2026-12-31",
    )
    words = {"metrics": ["nps", "score"], "by": ["客户单位"], "compare": "previous"}
    theirs = ask(analyst, dataset_id, **words, since="2026-01-01", until="2026-12-31")["cells"]
    by_name = {(c["by"]["客户单位"], c["metric"][:3]): c for c in theirs}
    for item in listed["items"]:
        own = by_name[item["name"], "nps"]
        for name in ("n", "n_customers", "estimate", "low", "high"):
            assert item["score"][name] == pytest.approx(own[name]), name
        assert item["score"]["comparison"]["call"] == own["comparison"]["call"]
        assert item["score"]["comparison"]["q"] == pytest.approx(own["comparison"]["q"])
    risen = listed["items"][1]["score"]["comparison"]
    assert (risen["call"], risen["difference"] > 0) == ("real", True)
    page = analyst.get(f"/api/v1/clients/{listed['items'][1]['id']}").json()
    assert page["scores"][0]["cells"][0] == listed["items"][1]["score"]


def test_a_list_is_sorted_searched_and_taken_along(analyst, dataset_id):
    best = clients(analyst, sort="-score")["items"]
    assert best[0]["name"] == "公司1"
    assert clients(analyst, sort="-name")["items"][0]["name"] == "公司3"
    found = clients(analyst, search="公司2")
    assert (found["total"], found["items"][0]["name"]) == (1, "公司2")
    assert len(clients(analyst, limit=3)["items"]) == 3
    taken = analyst.get("/api/v1/clients?format=csv&metric=score").text.splitlines()
    assert len(taken) == 5
    assert "客户单位,等级,合同,合同日期,续约日期,联系人数,负责人,指标,份数,得分" in taken[0]
    english = analyst.get("/api/v1/clients?format=csv&metric=score&lang=en").text.splitlines()
    assert "Account,Tier,Contract,Contract date,Renewal,Number of contacts,Owner" in english[0]
    taken = analyst.get("/api/v1/clients?format=csv&metric=nps").text.splitlines()
    line = dict(zip(*csv.reader(taken[:3:2]), strict=True))
    assert (line["客户单位"], line["判断"]) == ("公司1", "▲ 真变化")
    assert line["指标"].startswith("NPS")
    assert clients(analyst, metric="score")["scored"]["metric"] == "score"
    assert clients(analyst, dataset_id=dataset_id, months=6)["scored"]["since"] == "2026-07-01"


def test_a_file_holds_every_client(analyst):
    for number in range(60):
        body = {"key": f"k{number}", "name": f"公司{number:02d}"}
        assert analyst.post("/api/v1/clients", json=body).status_code == 201
    assert len(clients(analyst)["items"]) == 50
    taken = analyst.get("/api/v1/clients?format=csv").text.splitlines()
    assert len(taken) == 61
    part = analyst.get("/api/v1/clients?format=csv&limit=5&cursor=58").text.splitlines()
    assert part[1:] == taken[-2:]


@pytest.mark.usefixtures("dataset_id")
def test_a_small_group_is_not_shown(cast_on_both, analyst):
    with cast_on_both.uow() as uow:
        uow.session.add(Setting(key="minimum_n", value=100))
    for item in clients(analyst)["items"]:
        assert item["score"]["not_estimable"] == "suppressed"
        assert "estimate" not in item["score"]
    taken = analyst.get("/api/v1/clients?format=csv&lang=en").text
    assert "too few customers, not shown" in taken


@pytest.mark.usefixtures("dataset_id")
def test_who_is_held_to_some_rows_sees_the_clients_of_those(cast_on_both, analyst):
    other = cast_on_both.signed_in(Role.ANALYST, "limited")
    with cast_on_both.uow() as work:
        do_add_row_rule(work, RowRuleFields("地区", ("华东",), staff_id=other.staff.id))
    hidden = clients(analyst)["items"][3]
    assert [one["name"] for one in clients(other)["items"]] == ["公司0", "公司1"]
    assert clients(other)["total"] == 2
    address = f"/api/v1/clients/{hidden['id']}"
    assert other.get(address).status_code == 404
    body = {"key": "公司3", "name": "三", "revision": hidden["revision"]}
    assert other.put(address, json=body).status_code == 404
    own = body | {"owner_id": other.staff.id, "name": "公司3"}
    assert analyst.put(address, json=own).status_code == 200
    assert [one["customers"] for one in clients(other)["items"]] == [10, 10, 0]
    assert other.get(address).status_code == 200


@pytest.mark.usefixtures("dataset_id")
def test_a_contact_is_no_way_into_a_client_that_one_does_not_see(cast_on_both, analyst):
    hidden = clients(analyst)["items"][3]["id"]
    for role, status in ((Role.FRONT_LINE, 403), (Role.ANALYST, 404)):
        other = cast_on_both.signed_in(role, f"limited-{role}")
        with cast_on_both.uow() as work:
            do_add_row_rule(work, RowRuleFields("地区", ("华东",), staff_id=other.staff.id))
        mine = other.get("/api/v1/customers").json()["items"][0]
        address, own = f"/api/v1/customers/{mine['id']}", mine["client"]["id"]
        body = {"client_id": hidden, "was": {"client_id": own}}
        assert other.patch(address, json=body).status_code == status
        assert other.get(f"/api/v1/clients/{hidden}").status_code == 404
        assert other.get(address).json()["client"]["id"] == own


def bring(browser, kind, text, **form):
    files = {"file": ("名单.csv", text.encode())}
    return browser.post(f"/api/v1/clients/{kind}", files=files, data=form)


@pytest.mark.usefixtures("dataset_id")
def test_a_list_is_previewed_and_then_exactly_that_is_done(cast_on_both, analyst):
    cast = cast_on_both
    cast.person(Role.MANAGER, "wang", name="王芳")
    text = (
        "客户单位,等级,续约日期,负责人,客户编号\n"
        "公司1,金牌,2027-03-01,王芳,C000\n公司2,,,,\n新公司,银牌,,,C001、C999\n"
    )
    shown = bring(analyst, "preview", text).json()
    assert shown["counts"] == {"added": 1, "changed": 1, "unchanged": 1}
    assert shown["unknown"] == [{"where": "4", "contact": "C999"}]
    changed = shown["clients"][0]
    assert (changed["before"]["tier"], changed["after"]["tier"]) == (None, "金牌")
    assert changed["contacts"] == 1
    assert bring(analyst, "apply", text, fingerprint="x").status_code == 422
    done = bring(analyst, "apply", text, fingerprint=shown["fingerprint"])
    assert done.status_code == 200, done.text
    with cast.system.database.reading() as session:
        rows = {row.name: row for row in session.query(Client)}
        linked = session.query(Customer).filter_by(client_id=rows["新公司"].id).count()
        noted = session.query(AuditRow).filter_by(noun="client", action="change").one()
    assert (rows["公司1"].tier, str(rows["公司1"].renewal_on)) == ("金牌", "2027-03-01")
    assert linked == 1
    assert noted.after["tier"] == "金牌"
    items = {one["name"]: one for one in clients(analyst)["items"]}
    assert items["公司1"]["owner"]["name"] == "王芳"
    assert (items["公司1"]["customers"], items["新公司"]["customers"]) == (10, 1)
    again = bring(analyst, "preview", text).json()
    assert again["counts"] == {"added": 0, "changed": 0, "unchanged": 3}


@pytest.mark.usefixtures("dataset_id")
def test_a_list_names_the_row_that_cannot_be_done(cast_on_both, analyst):
    fault = bring(analyst, "preview", "客户单位,负责人\n公司1,\n公司2,没有这人\n").json()["error"]
    assert fault["sentence"]["zh-CN"].startswith("3 行：没有叫“没有这人”")
    other = cast_on_both.signed_in(Role.ANALYST, "limited")
    with cast_on_both.uow() as work:
        do_add_row_rule(work, RowRuleFields("地区", ("华东",), staff_id=other.staff.id))
    hidden = bring(other, "preview", "客户单位,等级\n公司3,金牌\n").json()["error"]
    assert hidden["sentence"]["zh-CN"].startswith("2 行")
    unknown = bring(other, "preview", "客户单位,客户编号\n公司1,C003\n").json()["unknown"]
    assert unknown == [{"where": "2", "contact": "C003"}]


@pytest.mark.usefixtures("dataset_id")
def test_contacts_under_another_client_count_for_it(analyst):
    text = "客户单位,客户编号\n大客户,C000\n"
    shown = bring(analyst, "preview", text).json()
    bring(analyst, "apply", text, fingerprint=shown["fingerprint"])
    items = {one["name"]: one for one in clients(analyst, months=12)["items"]}
    assert items["大客户"]["customers"] == 1
    assert items["公司0"]["customers"] == 9
