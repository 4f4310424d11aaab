"""Every list goes along as a file: flat rows, no formulas, and no more than its reader may see."""

import csv
import io

import openpyxl
import pytest

from huiyin.app.wiring import build_worker
from huiyin.people.contracts import Role
from huiyin.web.lists import exported

FORMULA = '=HYPERLINK("http://evil.example","x")'
NPS = "您有多大可能向朋友推荐我们"
LISTS = ("datasets", "datasets/{id}/imports", "jobs", "share-links", "tokens", "units", "metrics",
         "targets")  # fmt: skip


@pytest.fixture
def filled(cast, tmp_path):
    """Two shops of 60 answers, and something with a formula for a name in every list."""
    root = cast.signed_in(Role.ADMINISTRATOR, name=FORMULA)
    path = tmp_path / "a.csv"
    rows = "\n".join(f"{i},{i % 11},{FORMULA[:6]}{i % 2}" for i in range(120))
    path.write_text(f"编号,{NPS},=门店\n{rows}\n", "utf-8")
    sent = root.post("/api/v1/uploads", files=[("files", (path.name, path.read_bytes()))]).json()
    body = {"name": FORMULA, "uploads": [sent["items"][0]["id"]], "load": True}
    made = root.post("/api/v1/datasets", json=body).json()
    build_worker(cast.system).run_until_idle()
    root.post("/api/v1/datasets", json={**body, "name": "未导入", "load": False})
    root.post("/api/v1/units", json={"name": FORMULA})
    root.post("/api/v1/tokens", json={"name": FORMULA, "scope": ["see_scores"], "days": 9})
    target = {"metric": "nps", "value": 40, "where": {FORMULA: FORMULA}, "valid_from": "2026-01-01"}
    assert root.post("/api/v1/targets", json=target).status_code == 201
    shared = {"kind": "query", "dataset_id": made["id"], "payload": {"metrics": ["nps"]}}
    assert root.post("/api/v1/share-links", json=shared).status_code == 201
    return root, made["id"]


def cells_of(answer):
    """Read a file back as a spreadsheet does: heads, then a mapping for each row."""
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = list(sheet.iter_rows())
    assert not [cell for row in cells for cell in row if cell.data_type == "f"]
    heads, *rows = [[cell.value for cell in row] for row in cells] or [[]]
    return heads, [dict(zip(heads, row, strict=True)) for row in rows]


def test_every_list_goes_along_without_formulas(filled):
    root, dataset = filled
    for name in LISTS:
        path = f"/api/v1/{name.format(id=dataset)}"
        listed = root.get(path).json()
        text = root.get(path, params={"format": "csv"})
        assert text.headers["content-type"] == "text/csv; charset=utf-8", text.text
        heads, *rows = csv.reader(io.StringIO(text.content.decode("utf-8-sig")))
        assert len(rows) == listed["total"] > 0, name
        assert not [c for row in (heads, *rows) for c in row if c.startswith(("=", "+", "@"))]
        assert "id" in heads
        again, taken = cells_of(root.get(path, params={"format": "xlsx"}))
        assert again == heads
        assert [row["id"] for row in taken] == [item["id"] for item in listed["items"]]


def test_what_stands_within_a_part_gets_a_column_of_its_own(filled):
    root, dataset = filled
    _, rows = cells_of(root.get("/api/v1/datasets", params={"format": "xlsx"}))
    loaded = {row["id"]: row["version.rows"] for row in rows}
    assert loaded[dataset] == 120
    assert None in loaded.values(), "a dataset without rows has no number there"


def test_a_file_holds_what_its_reader_may_see(cast, filled):
    _, dataset = filled
    other = cast.signed_in(Role.ANALYST, "other")
    for name in ("tokens", "share-links"):
        assert cells_of(other.get(f"/api/v1/{name}", params={"format": "xlsx"}))[1] == []
    viewer = cast.signed_in(Role.VIEWER, "viewer")
    for name in ("jobs", f"datasets/{dataset}/imports", "share-links"):
        assert viewer.get(f"/api/v1/{name}", params={"format": "csv"}).status_code == 403


def test_the_file_of_a_query_keeps_to_the_row_rules(cast, filled):
    root, dataset = filled
    analyst = cast.signed_in(Role.ANALYST, "held")
    rule = {"column": "=门店", "values": [f"{FORMULA[:6]}1"], "staff_id": analyst.staff.id}
    assert root.post("/api/v1/row-rules", json=rule).status_code == 201
    root.put("/api/v1/settings/share_scores_with_everyone", json={"value": False, "revision": 0})
    body = {"metrics": ["nps"], "by": ["=门店"]}
    files = [
        who.post(f"/api/v1/datasets/{dataset}/query", params={"format": "xlsx"}, json=body)
        for who in (root, analyst)
    ]
    everything, own = (cells_of(file)[1] for file in files)
    assert [row["份数 n"] for row in everything] == [60, 60]
    assert [(row["=门店"], row["份数 n"]) for row in own] == [(f"{FORMULA[:6]}1", 60)]
    plain = analyst.post(f"/api/v1/datasets/{dataset}/query", params={"format": "csv"}, json=body)
    assert plain.content.decode("utf-8-sig").splitlines()[0].startswith("'=门店,")


def test_the_file_of_a_query_speaks_the_language_of_its_reader(filled):
    root, dataset = filled
    body = {"metrics": ["nps"], "by": ["=门店"], "compare": "rest"}
    path = f"/api/v1/datasets/{dataset}/query"
    for lang, metric, call, against in (
        ("zh", "指标", "判断", "其余各组"), ("en", "Metric", "Call", "the rest"),
    ):  # fmt: skip
        taken = root.post(path, params={"format": "csv", "lang": lang}, json=body)
        heads, *rows = csv.reader(io.StringIO(taken.content.decode("utf-8-sig")))
        assert metric in heads
        assert call in heads
        assert against in rows[0]
        words = {cell for row in (heads, *rows) for cell in row}
        assert not words & {"metric", "value", "verdict", "cannot_tell", "stable", "real", "rest"}
        sheet = root.post(path, params={"format": "xlsx", "lang": lang}, json=body)
        book = openpyxl.load_workbook(io.BytesIO(sheet.content))
        assert [cell.value for cell in book.worksheets[0][1]] == [
            head.removeprefix("'") for head in heads
        ]
        assert (
            book.sheetnames == {"zh": ["查询结果", "说明"], "en": ["Answer", "What it is of"]}[lang]
        )
        assert FORMULA in {cell.value for row in book.worksheets[1].rows for cell in row}


STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
WORDS = [
    "{}1+1", "{}cmd|' /C calc'!A0", '{}HYPERLINK("http://evil.example")', "{}SUM(A1:A9)*'x'!A1",
    "{}<script>alert(1)</script>", '{}","=1+1', "{}\r\n=1+1",
]  # fmt: skip


@pytest.mark.parametrize("start", STARTS)
def test_whatever_a_cell_or_a_head_begins_with_no_spreadsheet_computes_it(start):
    nasty = [word.format(start) for word in WORDS]
    items = [{word: word for word in nasty} | {"n": -1.5}]
    text = exported(items, "csv", "x").body.decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        *cells, number = row
        assert cells == [f"'{word}" for word in nasty]
        assert number in {"n", "-1.5"}
    book = openpyxl.load_workbook(io.BytesIO(exported(items, "xlsx", "x").body))
    kinds = {cell.data_type for row in book.active.iter_rows() for cell in row}
    assert kinds == {"s", "n"}
