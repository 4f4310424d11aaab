"""A mark that was chosen on a tile filters the other tiles of its board, for whoever looks."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from importing import add_dataset, ask

from huiyin.people.contracts import Role
from huiyin.people.settings import do_change_setting

API = "/api/v1/boards"
SCORE = "score:总体满意度"
EAST = {"tile": "regions", "where": ["大区=华东"]}
MARCH = {"tile": "months", "since": "2025-03-01", "until": "2025-03-31"}


def survey(path, head, n, row):
    path.write_text("\n".join([head, *(row(i) for i in range(n))]) + "\n", "utf-8")
    return path


@pytest.fixture
def shops(cast, analyst, tmp_path):
    """Import 1200 answers: 华东 has 240 of them, two in 店9, which only 华东 has."""

    def row(i):
        region = "华东" if i % 5 == 0 else "华南"
        shop = "店9" if i in {0, 5} else f"店{i % 3}"
        day = f"2025-0{1 + i % 6}-11 10:00"
        return f"{i},{day},{region},{shop},{1 + i % 5},{region}的第{i}位客户说排队久"

    head = "编号,答题时间,大区,门店,总体满意度,意见"
    return add_dataset(cast, analyst, survey(tmp_path / "门店.csv", head, 1200, row))[0]


@pytest.fixture
def phones(cast, analyst, tmp_path):
    """Import 100 answers that name no region and no day."""
    head = "编号,坐席,总体满意度"
    path = survey(tmp_path / "电话.csv", head, 100, lambda i: f"{i},坐席{i % 4},{1 + i % 5}")
    return add_dataset(cast, analyst, path, name="电话")[0]


@pytest.fixture
def board(analyst, shops, phones):
    """Keep a board of both: by region, by month, by shop, voices; and the phones."""

    def tile(name, kind, dataset, **query):
        view = {"dataset": dataset, "query": {"metrics": [SCORE], **query}}
        return {"id": name, "kind": kind, "view": view}

    tiles = [
        tile("regions", "view", shops, by=["大区"]),
        tile("months", "view", shops, grain="month"),
        tile("shops", "view", shops, by=["门店"]),
        tile("said", "voices", shops),
        tile("phones", "number", phones),
    ]
    definition = {"name": {"zh-CN": "门店", "en": "shops"}, "tiles": tiles}
    return analyst.post(API, json={"definition": definition}).json()


def tiles(browser, board, **body):
    answer = browser.post(f"{API}/{board['id']}/answers", json=body)
    assert answer.status_code == 200, answer.text
    return {one["id"]: one for one in answer.json()["items"]}


def groups(tile):
    return [(*cell["by"].values(), cell["n"]) for cell in tile["answer"]["result"]["cells"]]


def total(tile):
    return sum(cell["n"] for cell in tile["answer"]["result"]["cells"])


def test_a_chosen_mark_filters_the_other_tiles_and_leaves_its_own(analyst, board, shops):
    before, after = tiles(analyst, board), tiles(analyst, board, picks=[EAST])
    assert after["regions"]["answer"]["result"] == before["regions"]["answer"]["result"]
    asked = ask(analyst, shops, metrics=[SCORE], by=["门店"], where=["大区=华东"])
    assert after["shops"]["answer"]["result"] == asked
    assert total(after["months"]) == 240
    assert after["said"]["voices"]
    assert all("华东" in voice["text"] for voice in after["said"]["voices"])


def test_a_tile_whose_data_have_no_such_column_or_no_days_says_so(analyst, board):
    after = tiles(analyst, board, picks=[EAST, MARCH])
    assert after["phones"]["unfiltered"] == ["大区=华东"]
    assert after["phones"]["undated"] is True
    assert total(after["phones"]) == 100
    assert after["shops"]["unfiltered"] == []
    assert after["shops"]["undated"] is False
    assert tiles(analyst, board, period="last_month")["phones"]["undated"] is True
    assert tiles(analyst, board)["phones"]["undated"] is False


def test_a_chosen_period_stands_in_place_of_the_days_of_the_other_tiles(analyst, board):
    after = tiles(analyst, board, picks=[MARCH], period="all")
    assert groups(after["regions"]) == [("华东", 40), ("华南", 160)]
    assert total(after["months"]) == 1200


def test_marks_of_several_tiles_hold_together(analyst, board):
    after = tiles(analyst, board, picks=[EAST, MARCH])
    assert total(after["shops"]) == 40
    assert total(after["regions"]) == 200
    assert total(after["months"]) == 240


def test_a_group_that_only_the_mark_makes_small_is_hidden(cast, analyst, board):
    """店9 has two answers; to whom the smallest group is ten, the mark shows them no more."""
    shared = {"revision": 1, "definition": board["definition"], "shared": True}
    assert analyst.put(f"{API}/{board['id']}", json=shared).status_code == 200
    pick = {"tile": "shops", "where": ["门店=店9"]}
    found = tiles(cast.signed_in(Role.VIEWER), board, picks=[pick])
    for name in ("regions", "months"):
        cells = found[name]["answer"]["result"]["cells"]
        reasons = {cell["not_estimable"] for cell in cells}
        assert "suppressed" in reasons
        assert reasons <= {"suppressed", "no_answers"}
        assert total(found[name]) == 0


def held_to_the_south(cast, analyst, board):
    """Show the board to somebody who may see 华南 alone."""
    shared = {"revision": 1, "definition": board["definition"], "shared": True}
    assert analyst.put(f"{API}/{board['id']}", json=shared).status_code == 200
    with cast.uow() as uow:
        do_change_setting(uow, "share_scores_with_everyone", False, 0)
    viewer = cast.signed_in(Role.VIEWER)
    rule = {"staff_id": viewer.staff.id, "column": "大区", "values": ["华南"]}
    assert cast.signed_in(Role.ADMINISTRATOR).post("/api/v1/row-rules", json=rule).status_code < 300
    return viewer


def test_no_file_prints_rows_that_a_rule_keeps_from_whoever_takes_it(cast, analyst, board):
    def words(browser, form):
        url = f"{API}/{board['id']}/file"
        answer = browser.post(url, params={"format": form}, json={"lang": "zh"})
        assert answer.status_code == 200, answer.text
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            return " ".join(packed.read(one).decode("utf-8", "ignore") for one in packed.namelist())

    viewer = held_to_the_south(cast, analyst, board)
    for form in ("xlsx", "pptx"):
        assert "华东" in words(analyst, form)
        own = words(viewer, form)
        assert "华东" not in own
        assert "的第" not in own  # nor what customers wrote


def test_a_mark_opens_no_rows_that_a_rule_keeps_from_whoever_looks(cast, analyst, board):
    viewer = held_to_the_south(cast, analyst, board)
    found = tiles(viewer, board, picks=[EAST])
    assert total(found["regions"]) == 960
    assert all(cell["n"] == 0 for cell in found["months"]["answer"]["result"]["cells"])


def test_files_print_the_marks_and_where_they_were_chosen(analyst, board):
    body = {"lang": "zh", "picks": [EAST, MARCH]}
    answer = analyst.post(f"{API}/{board['id']}/file", params={"format": "pptx"}, json=body)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        names = [one for one in packed.namelist() if re.fullmatch(r"ppt/slides/\w+.xml", one)]
        words = " ".join(re.sub(r"<[^>]+>", " ", packed.read(one).decode()) for one in names)
    assert "筛选：大区为华东 · 2025-03-01 至 2025-03-31" in words
    assert words.count("在这块选了“大区为华东”，只筛选其他块") == 1
    assert words.count("这块的数据没有日期，不受时间影响") == 1
