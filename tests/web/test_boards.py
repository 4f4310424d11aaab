"""Boards over HTTP: made for a role, filtered, kept under guard, talked about, taken along."""

from __future__ import annotations

import io
import json
import re
import zipfile

import numpy as np
import pytest
from importing import add_dataset, ask
from pptx import Presentation

from huiyin.people.contracts import Role
from huiyin.people.settings import do_change_setting
from huiyin.web import boards

API = "/api/v1/boards"
NAME = {"zh-CN": "我的", "en": "mine"}


@pytest.fixture(scope="module")
def survey_file(tmp_path_factory):
    """Write a survey of 2025 in which 华南 is worse."""
    rng = np.random.default_rng(3)
    lines = ["编号,答题时间,大区,门店,总体满意度,意见"]
    for i in range(900):
        region = rng.choice(["华东", "华南", "华北"])
        mood = rng.normal() - 1.1 * (region == "华南")
        level = int(np.clip(round(3.4 + mood), 1, 5))
        day = f"2025-{int(rng.integers(1, 7)):02d}-{int(rng.integers(1, 28)):02d}"
        lines.append(
            f"{i},{day} 10:00,{region},店{i % 4},{level},{region}的意见{i}，打我 13800138000"
        )
    path = tmp_path_factory.mktemp("boards") / "满意度.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture
def dataset_id(cast, analyst, survey_file):
    return add_dataset(cast, analyst, survey_file)[0]


def made(browser, role="management", **body):
    answer = browser.post(f"{API}/role", json={"role": role, **body})
    assert answer.status_code == 201, answer.text
    return answer.json()


def tiles(browser, board, **body):
    answer = browser.post(f"{API}/{board['id']}/answers", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def blank(browser, **definition):
    answer = browser.post(API, json={"definition": {"name": NAME, **definition}})
    assert answer.status_code == 201, answer.text
    return answer.json()


def shared(browser, board):
    body = {"revision": board["revision"], "definition": board["definition"], "shared": True}
    answer = browser.put(f"{API}/{board['id']}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_roles_board_shows_the_numbers_of_the_query_and_what_to_do(analyst, dataset_id):
    board = made(analyst)
    found = tiles(analyst, board)
    satisfied = next(
        one for one in found if one["kind"] == "number" and "满意率" in one["answer"]["title"]
    )
    words = {k: v for k, v in satisfied["answer"]["query"].items() if v not in (None, [], {})}
    asked = ask(analyst, dataset_id, **words)
    assert satisfied["answer"]["result"] == asked
    assert satisfied["light"]["attainment"] == "missed"
    lines = next(one for one in found if one["kind"] == "todo")["lines"]
    assert lines[0]["urgency"] == "missed"
    assert any("华南" in line["sentence"]["zh-CN"] for line in lines)
    assert "NPS" in " ".join(one["en"] for one in board["definition"]["left_out"])


def test_tiles_of_long_times_are_answered_first_and_stand_where_they_stood(
    analyst, dataset_id, monkeypatch
):
    def tile(name, kind, period):
        query = {"metrics": ["satisfied:总体满意度"], "period": period}
        return {"id": name, "kind": kind, "view": {"dataset": dataset_id, "query": query}}

    asked = [
        tile("month", "number", "last_month"),
        tile("chart", "view", "last_month"),
        tile("year", "number", "last_12_months"),
        tile("whole", "view", "all"),
    ]
    begun, whole = [], boards._answerer

    def noted(look, filters):
        answer = whole(look, filters)
        return lambda tile: begun.append(tile.id) or answer(tile)

    monkeypatch.setattr(boards, "_answerer", noted)
    monkeypatch.setattr(boards, "AT_ONCE", 1)
    shown = [one["id"] for one in tiles(analyst, blank(analyst, tiles=asked))]
    assert shown == ["month", "chart", "year", "whole"]
    assert begun == ["whole", "year", "chart", "month"]


@pytest.mark.usefixtures("dataset_id")
def test_filters_act_on_all_tiles_but_those_whose_data_have_no_such_column(analyst):
    board = made(analyst)
    whole = tiles(analyst, board)
    south = tiles(analyst, board, where=["大区=华南", "班组=一"])
    for before, after in zip(whole, south, strict=True):
        if before["kind"] in {"number", "view"}:
            assert after["unfiltered"] == ["班组=一"]
            n = [one["answer"]["result"]["data"]["rows"] for one in (before, after)]
            used = [one["answer"]["result"]["query"]["where"] for one in (before, after)]
            assert n[0] == n[1]
            assert used == [[], [{"column": "大区", "operator": "=", "values": ["华南"]}]]
    voices = next(one for one in south if one["kind"] == "voices")["voices"]
    assert voices
    assert all("华南" in voice["text"] and "138" not in voice["text"] for voice in voices)


def test_a_tile_says_of_which_days_it_speaks(analyst, dataset_id):
    words = {"metrics": ["score:总体满意度"]}
    asked = {
        "all": words,
        "spring": {**words, "since": "2025-03-01", "until": "2025-05-31"},
        "since": {**words, "since": "2025-03-01"},
        "course": {**words, "grain": "month"},
    }
    made_of = [
        {"id": name, "kind": "view", "view": {"dataset": dataset_id, "query": query}}
        for name, query in asked.items()
    ]
    found = {one["id"]: one.get("days") for one in tiles(analyst, blank(analyst, tiles=made_of))}
    assert found["all"] == {"zh-CN": "全部时间", "en": "all days"}
    assert found["spring"]["zh-CN"] == "2025-03-01 至 2025-05-31"
    assert found["since"]["en"] == "from 2025-03-01"
    assert found["course"] is None


def test_a_tile_says_where_its_data_ends_before_its_days(analyst, dataset_id):
    words = {"metrics": ["score:总体满意度"], "since": "2025-06-01", "until": "2025-07-31"}
    made_of = [
        {"id": name, "kind": kind, "view": {"dataset": dataset_id, "query": words | more}}
        for name, kind, more in (
            ("both", "view", {}),
            ("course", "view", {"grain": "month"}),
            ("voices", "voices", {}),
        )
    ]
    found = {one["id"]: one["days"] for one in tiles(analyst, blank(analyst, tiles=made_of))}
    assert found["both"]["zh-CN"] == "2025-06-01 至 2025-07-31（数据到 2025-06-27 为止）"
    assert found["voices"] == found["both"]
    assert found["course"]["en"] == "The data ends on 2025-06-27"


def test_a_board_is_filtered_by_a_satisfaction_band(analyst, dataset_id):
    band = "band:总体满意度"
    view = {"dataset": dataset_id, "query": {"metrics": ["score:总体满意度"], "by": [band]}}
    board = blank(analyst, tiles=[{"id": "a", "kind": "view", "view": view}])
    cells = tiles(analyst, board)[0]["answer"]["result"]["cells"]
    assert len(cells) == 3
    (one,) = tiles(analyst, board, where=[f"{band}={cells[0]['by'][band]}"])
    assert one["unfiltered"] == []
    assert [cell["n"] for cell in one["answer"]["result"]["cells"]] == [cells[0]["n"]]
    assert one["answer"]["names"] == {band: "总体满意度（分档）"}


@pytest.mark.parametrize("chart", ["bar", "pivot", "table"])
def test_bands_are_said_in_the_language_of_the_page_and_the_file(analyst, dataset_id, chart):
    band = "band:总体满意度"
    query = {
        "metrics": ["score:总体满意度"], "by": ["大区", band], "compare": f"{band}=1–2 不满意",
    }  # fmt: skip
    view = {"dataset": dataset_id, "query": query, "chart": chart}
    held = {"where": [f"{band}=1–2 不满意|4–5 满意"], "lang": "en"}
    board = blank(analyst, tiles=[{"id": "a", "kind": "view", "view": view}])
    (one,) = tiles(analyst, board, **held)
    drawn = json.dumps([one["answer"][k] for k in ("option", "table", "caption", "title")],
                       ensure_ascii=False)  # fmt: skip
    assert "4–5 满意" not in drawn
    assert "band:" not in drawn
    assert chart == "table" or "4–5 satisfied" in drawn
    assert "Against 1–2 dissatisfied" in one["answer"]["caption"]
    made_file = analyst.post(f"{API}/{board['id']}/file", params={"format": "xlsx"}, json=held)
    sheets = zipfile.ZipFile(io.BytesIO(made_file.content)).read("xl/sharedStrings.xml").decode()
    assert "总体满意度 is 1–2 dissatisfied, 4–5 satisfied" in sheets
    assert "总体满意度 (bands)" in sheets
    assert "band:" not in sheets
    assert "4–5 满意" not in sheets


def test_a_tile_that_cannot_be_answered_says_why_and_spoils_no_other(analyst, dataset_id):
    gone = {"dataset": "00000000-0000-0000-0000-000000000000", "query": {"metrics": ["nps"]}}
    good = {"dataset": dataset_id, "query": {"metrics": ["score:总体满意度"]}}
    board = blank(
        analyst,
        tiles=[{"id": i, "kind": "number", "view": v} for i, v in (("a", gone), ("b", good))],
    )
    first, second = tiles(analyst, board)
    assert "找不到" in first["refused"]["zh-CN"]
    assert second["answer"]["result"]["cells"][0]["n"] == 900


@pytest.mark.usefixtures("dataset_id")
def test_numbers_and_voices_are_those_of_whoever_looks(cast, analyst):
    board = made(analyst)
    assert shared(analyst, board)["shared"] is True
    with cast.uow() as uow:
        do_change_setting(uow, "share_scores_with_everyone", False, 0)
    viewer = cast.signed_in(Role.VIEWER)
    rule = {"staff_id": viewer.staff.id, "column": "大区", "values": ["华东"]}
    assert cast.signed_in(Role.ADMINISTRATOR).post("/api/v1/row-rules", json=rule).status_code < 300
    for before, after in zip(tiles(analyst, board), tiles(viewer, board), strict=True):
        if before["kind"] == "number":
            cells = [one["answer"]["result"]["cells"][0]["n"] for one in (before, after)]
            assert cells[1] < cells[0]
        if before["kind"] == "voices":
            assert "看答卷和原话" in after["refused"]["zh-CN"]
    document = board["definition"]
    refused = viewer.put(f"{API}/{board['id']}", json={"revision": 2, "definition": document})
    assert refused.status_code == 403


@pytest.mark.usefixtures("dataset_id")
def test_voices_of_a_board_that_others_have_read_are_of_ones_own_rows(cast, analyst):
    board, root = shared(analyst, made(analyst)), cast.signed_in(Role.ADMINISTRATOR)
    for place in (1, 2):
        staff = cast.signed_in(Role.MANAGER, f"shop{place}")
        rule = {"staff_id": staff.staff.id, "column": "门店", "values": [f"店{place}"]}
        assert root.post("/api/v1/row-rules", json=rule).status_code < 300
        found = next(one for one in tiles(staff, board) if one["kind"] == "voices")["voices"]
        rows = [int(re.search(r"意见(\d+)", voice["text"])[1]) for voice in found]
        assert {row % 4 for row in rows} == {place}


def test_a_board_of_ones_own_is_nobody_elses(cast, analyst):
    board = blank(analyst)
    other = cast.signed_in(Role.MANAGER)
    assert other.get(f"{API}/{board['id']}").status_code == 404
    assert other.get(API).json()["items"] == []


def test_every_state_is_kept_and_can_be_put_back(analyst):
    board = blank(analyst, tiles=[{"id": "a", "kind": "text", "text": {"en": "one"}}])
    place, document = f"{API}/{board['id']}", board["definition"]
    document["tiles"][0]["x"] = 5
    changed = analyst.put(place, json={"revision": 1, "definition": document, "note": "右移"})
    assert changed.json()["revision"] == 2
    assert analyst.put(place, json={"revision": 1, "definition": document}).status_code == 409
    states = analyst.get(f"{place}/versions").json()["items"]
    assert [(one["version"], one["note"]) for one in states] == [(2, "右移"), (1, "")]
    back = analyst.post(f"{place}/restore", json={"revision": 2, "version": 1}).json()
    assert (back["revision"], back["definition"]["tiles"][0]["x"]) == (3, 0)
    assert analyst.get(f"{place}/versions/2").json()["definition"]["tiles"][0]["x"] == 5
    assert analyst.post(f"{place}/restore", json={"revision": 3, "version": 9}).status_code == 404
    assert analyst.delete(place, params={"revision": 3}).json() == {"removed": True}
    assert analyst.get(place).status_code == 404


@pytest.mark.usefixtures("dataset_id")
def test_a_board_is_arranged_for_another_industry_and_back(analyst):
    board = made(analyst, industry="none")
    definition = board["definition"]
    own = {"id": "mine", "kind": "text", "text": NAME, "y": 90}
    definition["tiles"].append(own)
    body = {"revision": board["revision"], "definition": definition | {"name": NAME}}
    board = analyst.put(f"{API}/{board['id']}", json=body).json()
    place = f"{API}/{board['id']}"
    said = {"tile": board["definition"]["tiles"][0]["id"], "words": "看这里"}
    analyst.post(f"{place}/comments", json=said)
    words = {"revision": board["revision"], "industry": "retail"}
    retail = analyst.post(f"{place}/industry", json=words)
    assert retail.status_code == 200, retail.text
    arranged = retail.json()["definition"]
    fresh = made(analyst, industry="retail")["definition"]
    assert arranged["industry"] == "retail"
    assert arranged["name"] == NAME
    assert [shown(one) for one in arranged["tiles"]] == [*map(shown, fresh["tiles"]), shown(own)]
    assert len({one["id"] for one in arranged["tiles"]}) == len(arranged["tiles"])
    ids = {shown(one): one["id"] for one in arranged["tiles"]}
    stood = definition["tiles"][0]
    assert ids.get(shown(stood), stood["id"]) == stood["id"]  # it kept its comment
    again = {"revision": retail.json()["revision"], "industry": "none"}
    back = analyst.post(f"{place}/industry", json=again).json()["definition"]
    assert [*map(shown, back["tiles"])] == [*map(shown, definition["tiles"])]
    versions = analyst.get(f"{place}/versions").json()["items"]
    told = [one["note_text"]["zh-CN"] for one in versions]
    assert told == ["不分行业重排", "按“零售门店”重排", "", ""]
    assert versions[1]["note_text"]["en"] == "arranged for Retail shops"


GROUPS = {"网点", "柜员", "银行卡", "坐席"}


def test_a_service_board_is_first_of_all_about_the_service_centre(cast, analyst, tmp_path):
    """A bank's branches fill more tiles; the board is about calls and tickets all the same."""
    branch = "编号,答题时间,网点,柜员,银行卡,总体满意度,等候时间,办理效率,开户费力度"
    centre = "编号,答题时间,坐席,总体满意度,响应速度"

    def dataset(head, name):
        lines = [head]
        for i in range(200):
            columns = head.split(",")[2:]
            values = {key: str(1 + i * k % 5) for k, key in enumerate(columns, start=1)}
            values |= {key: f"{key}{i % 4}" for key in columns if key in GROUPS}
            lines.append(",".join([str(i), f"2025-0{1 + i % 6}-11 10:00", *values.values()]))
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return add_dataset(cast, analyst, path, name=name)[0]

    def satisfied():
        definition = made(analyst, role="service")["definition"]
        tile = next(t for t in definition["tiles"] if t["title"].get("zh-CN") == "服务满意率")
        return tile["view"]["dataset"], definition["industry"]

    bank = dataset(branch, "银行开户")
    assert satisfied() == (bank, "bank")
    calls = dataset(centre, "客服回访")
    assert satisfied() == (calls, None)


def shown(tile):
    return tile["kind"], str((tile.get("view") or {}).get("query")), str(tile.get("text") or {})


def test_only_who_may_change_a_role_board_arranges_it(cast, analyst, dataset_id):
    board = shared(analyst, made(analyst, datasets=[dataset_id]))
    words = {"revision": board["revision"], "industry": "retail"}
    viewer = cast.signed_in(Role.VIEWER)
    assert viewer.post(f"{API}/{board['id']}/industry", json=words).status_code == 403
    stale = words | {"revision": board["revision"] - 1}
    assert analyst.post(f"{API}/{board['id']}/industry", json=stale).status_code == 409
    nowhere = words | {"industry": "nowhere"}
    assert analyst.post(f"{API}/{board['id']}/industry", json=nowhere).status_code == 404
    plain = blank(analyst)
    words = {"revision": plain["revision"], "industry": "retail"}
    assert analyst.post(f"{API}/{plain['id']}/industry", json=words).status_code == 422


def test_a_board_goes_out_as_yaml_and_comes_back(analyst):
    board = blank(analyst, where=["大区=华东"], period="last_month")
    words = analyst.get(f"{API}/{board['id']}/yaml").json()["yaml"]
    again = analyst.post(f"{API}/file", json={"yaml": words}).json()
    assert again["definition"] == board["definition"]
    assert analyst.post(f"{API}/file", json={"yaml": "- 1"}).status_code == 422


def test_who_is_mentioned_finds_it_on_the_first_page(cast, analyst):
    board = blank(analyst, tiles=[{"id": "a", "kind": "text"}])
    manager = cast.signed_in(Role.MANAGER, name="王芳")
    ids = {one["name"]: one["id"] for one in analyst.get(f"{API}/people").json()["items"]}
    body = {"tile": "a", "words": "@王芳 请看", "mentions": [ids["王芳"], "nobody"]}
    said = analyst.post(f"{API}/{board['id']}/comments", json=body)
    assert said.json()["mentions"] == [ids["王芳"]]
    assert manager.get("/api/v1/home/today").json()["mentions"] == []
    shared(analyst, board)
    assert [one["words"] for one in manager.get("/api/v1/home/today").json()["mentions"]] == [
        "@王芳 请看"
    ]
    place = f"{API}/{board['id']}/comments"
    assert manager.delete(f"{place}/{said.json()['id']}").status_code == 403
    assert analyst.delete(f"{place}/{said.json()['id']}").json() == {"removed": True}
    for fault in ({"words": " "}, {"tile": "b"}):
        assert analyst.post(place, json=body | fault).status_code == 422


@pytest.mark.usefixtures("dataset_id")
def test_todays_page_reckons_from_the_visit_before(analyst):
    made(analyst)
    today = analyst.get("/api/v1/home/today").json()
    assert today["first"] is True
    assert [one["light"]["attainment"] for one in today["missed"]] == ["missed"] * len(
        today["missed"]
    )
    assert today["missed"]
    assert len(today["voices"]) == 5
    assert analyst.post("/api/v1/home/visit", json={}).json() == {"noted": True}
    assert analyst.post("/api/v1/home/visit", json={}).json() == {"noted": False}
    assert analyst.get("/api/v1/home/today").json()["first"] is True


@pytest.mark.usefixtures("dataset_id")
def test_the_whole_board_is_taken_along_with_its_filters(analyst):
    board = made(analyst)

    def file(form, lang="zh"):
        body = {"lang": lang, "where": ["大区=华南"], "period": "all"}
        answer = analyst.post(f"{API}/{board['id']}/file", params={"format": form}, json=body)
        assert answer.status_code == 200, answer.text
        return answer.content

    assert file("pdf").startswith(b"%PDF")
    for form, part in (("xlsx", "xl/sharedStrings.xml"), ("pptx", "ppt/slides/slide1.xml")):
        with zipfile.ZipFile(io.BytesIO(file(form))) as packed:
            words = re.sub(r"<[^>]+>", " ", packed.read(part).decode())
            assert "大区为华南" in words
            assert "全部时间" in words
            if form == "xlsx":
                assert re.search(r"打 [1-5] 分 · 华南", words)
    with zipfile.ZipFile(io.BytesIO(file("xlsx", "en"))) as packed:
        assert re.search(r"rated [1-5] · 华南", packed.read("xl/sharedStrings.xml").decode())


def test_events_are_drawn_on_the_trends_of_a_boards_files(analyst, dataset_id):
    query = {"metrics": ["satisfied:总体满意度"], "grain": "month"}
    view = {"dataset": dataset_id, "query": query, "chart": "line"}
    board = blank(analyst, tiles=[{"id": "t1", "kind": "view", "view": view, "y": 0, "h": 8}])

    def words():
        url, body = f"{API}/{board['id']}/file", {"lang": "zh"}
        answer = analyst.post(url, params={"format": "pptx"}, json=body)
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            names = [one for one in packed.namelist() if re.fullmatch(r"ppt/slides/\w+.xml", one)]
            return " ".join(re.sub(r"<[^>]+>", " ", packed.read(one).decode()) for one in names)

    asked = analyst.post(f"/api/v1/datasets/{dataset_id}/query", json=query).json()
    day = asked["cells"][0]["by"]["period"]
    assert "虚线" not in words()
    event = {"kind": "incident", "title": "支付中断", "since": day}
    assert analyst.post("/api/v1/calendar", json=event).status_code == 201
    assert f"虚线是当时的事：1 支付中断（{day}）" in words()


def test_in_files_of_a_board_of_several_data_each_tile_names_its_own(
    cast, analyst, dataset_id, survey_file
):
    other = add_dataset(cast, analyst, survey_file, name="电话回访")[0]
    query = {"metrics": ["satisfied:总体满意度"], "by": ["大区"]}

    def tile(place, dataset):
        view = {"dataset": dataset, "query": query}
        return {"id": f"t{place}", "kind": "view", "view": view, "y": 8 * place, "h": 8}

    def slides(*datasets):
        found = blank(analyst, tiles=[tile(at, one) for at, one in enumerate(datasets)])
        url, body = f"{API}/{found['id']}/file", {"lang": "zh", "where": ["渠道=电话"]}
        answer = analyst.post(url, params={"format": "pptx"}, json=body)
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            names = [one for one in packed.namelist() if re.fullmatch(r"ppt/slides/\w+.xml", one)]
            return " ".join(re.sub(r"<[^>]+>", " ", packed.read(one).decode()) for one in names)

    both = slides(dataset_id, other)
    assert both.count("数据：电话回访") == 1
    assert both.count("全部时间 · 数据：") == 2
    assert both.count("数据：") == both.count("不受筛选影响：渠道为电话") == 2
    assert "数据：" not in slides(dataset_id)


def test_no_data_no_board(analyst):
    answer = analyst.post(f"{API}/role", json={"role": "management"})
    assert answer.status_code == 422
    assert "没有数据集" in answer.json()["error"]["sentence"]["zh-CN"]
    assert analyst.post(f"{API}/role", json={"role": "pope"}).status_code == 404


def test_a_tile_of_stages_names_the_bottleneck_on_the_page_and_in_the_files(
    cast, analyst, tmp_path
):
    lines = ["工单编号,环节,创建时间,解决时间"]
    for i in range(60):
        hours = f"{9 + i % 3}:00:00", f"{10 + i % 3}:00:00"
        for stage, day in (("受理", 1 + i % 5), ("审核", 3 + i % 5)):
            begun, ended = (f"2026-03-0{day} {hour}" for hour in hours)
            lines.append(f"W{i},{stage},{begun},{ended}")
    path = tmp_path / "流转.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    log = add_dataset(cast, analyst, path, name="流转")[0]
    view = {"dataset": log, "query": {"metrics": ["stage_time"]}}
    board = blank(analyst, tiles=[{"id": "a", "kind": "stages", "view": view, "w": 6, "h": 8}])
    (tile,) = tiles(analyst, board)
    assert tile["stages"]["bottleneck"]["stage"] == "审核"
    made_file = analyst.post(f"{API}/{board['id']}/file", params={"format": "xlsx"}, json={})
    assert made_file.status_code == 200, made_file.text
    with zipfile.ZipFile(io.BytesIO(made_file.content)) as parts:
        texts = "".join(parts.read(n).decode("utf-8") for n in parts.namelist() if "xml" in n)
    assert "审核" in texts
    # On paper as on the page: each stage with its part of all time, median and P90.
    paper = analyst.post(f"{API}/{board['id']}/file", params={"format": "pptx"}, json={})
    slides = [
        [cell.text for cell in row.cells]
        for slide in Presentation(io.BytesIO(paper.content)).slides
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
    ]
    names = [row[0] for row in slides if row[1]]
    times = [[f"{stage} · 环节时长中位数", f"{stage} · 环节时长 P90"] for stage in ("受理", "审核")]
    assert names == [*times[0], "审核 · 环节耗时占比", *times[1]]  # all cases are 受理 alike


@pytest.fixture
def staff_dataset_id(cast, analyst, tmp_path):
    """Load what the company's own staff say, later than what customers say."""
    rng = np.random.default_rng(4)
    lines = ["编号,答题时间,部门,办公地点,内部服务满意度,员工推荐意愿(0-10),原因"]
    for i in range(300):
        level, day = int(rng.integers(1, 6)), f"2025-06-{int(rng.integers(1, 28)):02d} 10:00"
        lines.append(f"{i},{day},部门{i % 3},总部,{level},{int(rng.integers(0, 11))},食堂的话{i}")
    path = tmp_path / "内部服务.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return add_dataset(cast, analyst, path)[0]


def datasets_on(board):
    views = [tile.get("view") for tile in board["definition"]["tiles"]]
    return {view["dataset"] for view in views if view}


def test_what_the_staff_say_is_on_their_own_board_alone(analyst, dataset_id, staff_dataset_id):
    assert datasets_on(made(analyst, "administration")) == {staff_dataset_id}
    for role in ("management", "performance", "service"):
        assert datasets_on(made(analyst, role)) == {dataset_id}
    chosen = made(analyst, "management", datasets=[staff_dataset_id])
    assert datasets_on(chosen) == {staff_dataset_id}
