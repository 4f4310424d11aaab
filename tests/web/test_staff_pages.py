"""What strangers can write into names does no harm; lists go along as files without formulas."""

import csv
import io

import openpyxl
import pytest
import xlsxwriter
from cast import PASSWORD

from huiyin.people.contracts import Role
from huiyin.web.lists import exported, harmless

SCRIPT = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://evil.example","x")'
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(rows):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("人员")
        for n_row, row in enumerate(rows):
            sheet.write_row(n_row, 0, row)
    return {"file": ("人员.xlsx", out.getvalue(), XLSX)}


def test_a_list_is_looked_at_then_applied(cast_on_both):
    root = cast_on_both.signed_in(Role.ADMINISTRATOR)
    rows = [["姓名", "账号", "部门"], ["张三", "zhangsan", "华东/一店"], ["李四", "lisi", "华东"]]
    seen = root.post("/api/v1/staff/preview", files=workbook(rows)).json()
    assert seen["counts"]["added"] == 2
    assert seen["units_added"] == [["华东"], ["华东", "一店"]]
    assert root.get("/api/v1/staff").json()["total"] == 1
    stale = {"fingerprint": "x"}
    assert root.post("/api/v1/staff/apply", files=workbook(rows), data=stale).status_code == 422
    form = {"fingerprint": seen["fingerprint"]}
    done = root.post("/api/v1/staff/apply", files=workbook(rows), data=form)
    assert done.status_code == 200, done.text
    assert root.get("/api/v1/staff").json()["total"] == 3
    units = {unit["name"]: unit["id"] for unit in root.get("/api/v1/units").json()["items"]}
    below = root.get("/api/v1/staff", params={"unit_id": units["华东"]}).json()
    assert [item["login"] for item in below["items"]] == ["lisi", "zhangsan"]
    bad = root.post("/api/v1/staff/preview", files={"file": ("x.xlsx", b"no", XLSX)})
    assert bad.status_code == 422


def test_script_in_names_stays_text(cast):
    root = cast.signed_in(Role.ADMINISTRATOR)
    root.post("/api/v1/units", json={"name": SCRIPT})
    root.post("/api/v1/staff", json={"login": "eve", "name": SCRIPT, "password": PASSWORD})
    for path in ("/api/v1/units", "/api/v1/staff", "/api/v1/audit"):
        answer = root.get(path)
        assert answer.headers["content-type"].startswith("application/json")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert SCRIPT in answer.text


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_of_an_export_is_a_formula(cast, form):
    root = cast.signed_in(Role.ADMINISTRATOR)
    for n, name in enumerate((FORMULA, "+1", "-1", "@x", "张三")):
        root.post("/api/v1/staff", json={"login": f"user{n}", "name": name})
    answer = root.get("/api/v1/staff", params={"format": form})
    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    names = names_in(answer.content, form)
    assert "张三" in names
    assert len(names) == 6
    if form == "csv":
        assert not [name for name in names if name.startswith(("=", "+", "-", "@"))]


def names_in(content, form):
    if form == "csv":
        text = content.decode("utf-8-sig")
        return [row["name"] for row in csv.DictReader(io.StringIO(text))]
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    rows = list(sheet.iter_rows())
    assert all(cell.data_type != "f" for row in rows for cell in row)
    return [row[2].value for row in rows[1:]]


def test_an_empty_export_and_harmless_text():
    assert exported([], "csv", "x").body == "\ufeff\r\n".encode()
    assert harmless("\tx") == "'\tx"


def test_the_audit_log_is_searched_paged_and_taken_along(cast_on_both):
    root = cast_on_both.signed_in(Role.ADMINISTRATOR, name="王芳")
    for name in ("华东", "华北", "西南_100%"):
        root.post("/api/v1/units", json={"name": name})
    found = root.get("/api/v1/audit", params={"search": "华北"}).json()
    assert [row["after"]["name"] for row in found["items"]] == ["华北"]
    assert found["items"][0]["actor"] == "王芳"
    assert found["items"][0]["address"] == "testclient"
    for search, n in (("_100%", 1), ("王芳", 5), ("SIGN_IN", 1), ("none-such", 0)):
        assert root.get("/api/v1/audit", params={"search": search}).json()["total"] == n, search
    page = root.get("/api/v1/audit", params={"noun": "unit", "limit": 2}).json()
    rest = root.get(
        "/api/v1/audit", params={"noun": "unit", "limit": 2, "cursor": page["next"]}
    ).json()
    seqs = [row["seq"] for row in page["items"] + rest["items"]]
    assert seqs == sorted(seqs, reverse=True)
    assert (len(seqs), page["total"], rest["next"]) == (3, 3, None)
    later = {"since": "2999-01-01T00:00:00Z"}
    assert root.get("/api/v1/audit", params=later).json()["total"] == 0
    for form in ("csv", "xlsx"):
        assert root.get("/api/v1/audit", params={"format": form}).status_code == 200
    assert root.get("/api/v1/audit", params={"action": "export"}).json()["total"] == 2


def test_the_second_of_two_editors_is_told_who_was_first(cast):
    first = cast.signed_in(Role.ADMINISTRATOR, "alice", name="Alice")
    second = cast.signed_in(Role.ADMINISTRATOR, "bob", name="Bob")
    unit = first.post("/api/v1/units", json={"name": "华东"}).json()
    change = {"name": "大华东", "revision": unit["revision"]}
    assert first.put(f"/api/v1/units/{unit['id']}", json=change).status_code == 200
    answer = second.put(f"/api/v1/units/{unit['id']}", json=change)
    assert answer.status_code == 409
    assert answer.json()["error"]["details"]["who"] == "Alice"


def test_one_person_is_shown_changed_shut_out_and_let_in(cast):
    root = cast.signed_in(Role.ADMINISTRATOR)
    bob = cast.signed_in(Role.ANALYST, "bob")
    address = f"/api/v1/staff/{bob.staff.id}"
    item = root.get(address).json()
    assert "password_hash" not in str(item)
    body = {"login": "bob", "name": "Bob", "role": "analyst", "revision": item["revision"]}
    item = root.put(address, json=body).json()
    assert bob.get("/api/v1/me").json()["staff"]["name"] == "Bob"
    item = root.post(f"{address}/disable", json={"revision": item["revision"]}).json()
    assert bob.get("/api/v1/me").status_code == 401
    item = root.post(f"{address}/enable", json={"revision": item["revision"]}).json()
    assert item["disabled_at"] is None
    assert root.post(f"{address}/sign-out").json() == {"signed_out": 0}
    assert root.get("/api/v1/staff/none").status_code == 404


def test_settings_are_read_and_changed(cast):
    root = cast.signed_in(Role.ADMINISTRATOR)
    items = {item["key"]: item for item in root.get("/api/v1/settings").json()["items"]}
    assert items["share_scores_with_everyone"]["value"] is True
    body = {"value": False, "revision": items["share_scores_with_everyone"]["revision"]}
    changed = root.put("/api/v1/settings/share_scores_with_everyone", json=body).json()
    assert changed["value"] is False
    assert root.put("/api/v1/settings/nothing", json=body).status_code == 422
    assert (
        root.put("/api/v1/settings/minimum_n", json={"value": "5", "revision": 0}).status_code
        == 422
    )
