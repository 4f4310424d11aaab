"""A view's answer over HTTP: the numbers of the query, the viewer's rows, and a figure."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from importing import add_dataset, ask

from huiyin.analyse.views.definition import read_view
from huiyin.collect.datasets.changes import do_create_dataset
from huiyin.people.contracts import Role
from huiyin.people.settings import do_change_setting
from huiyin.report.palette import BAD, GOOD, GREY_PALE
from huiyin.report.views.draw import all_kinds

METRIC = "score:总体满意度"
PROVINCES = ("广东省", "浙江", "新疆维吾尔自治区", "台湾", "Beijing", "火星")
WORDS = ("物流太慢了", "客服态度很好，物流也快", "价格有点贵", "质量不错，下次还来")
QUESTION = {"metrics": [METRIC], "by": ["大区"], "compare": "rest"}


@pytest.fixture(scope="module")
def survey_file(tmp_path_factory):
    """Write a survey in which 华南 is worse, and 小店 has too few answers to be shown."""
    rng, more = np.random.default_rng(7), np.random.default_rng(8)
    lines = ["编号,答题时间,大区,渠道,门店,总体满意度,服务满意度,环境满意度,客户编号,省份,意见"]
    for i in range(1200):
        region = rng.choice(["华东", "华南", "华北"])
        mood = rng.normal() - 0.9 * (region == "华南")
        total, service = (int(np.clip(round(3.6 + mood + rng.normal() / 2), 1, 5)) for _ in "ab")
        day = f"2025-{int(rng.integers(1, 7)):02d}-{int(rng.integers(1, 28)):02d}"
        channel, shop = rng.choice(["门店", "官网"]), "小店" if i < 4 else f"店{i % 3}"
        room = int(np.clip(round(3.2 + mood / 2 + more.normal()), 1, 5))
        place, words = more.choice(PROVINCES), more.choice(WORDS)
        own = f"{room},C{i % 400},{place},{f'{words}（第{i}次）' if i % 3 else ''}"
        lines.append(f"{i},{day} 10:00,{region},{channel},{shop},{total},{service},{own}")
    path = tmp_path_factory.mktemp("views") / "满意度.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture
def dataset_id(cast, analyst, survey_file):
    return add_dataset(cast, analyst, survey_file)[0]


def answer(browser, dataset_id, query=QUESTION, expect=200, lang="zh", **view):
    body = {"view": {"dataset": dataset_id, "query": query, **view}, "lang": lang}
    found = browser.post("/api/v1/views/answer", json=body)
    assert found.status_code == expect, found.text
    return found.json()


def test_the_numbers_are_those_of_the_query_and_each_mark_names_its_cell(analyst, dataset_id):
    found = answer(analyst, dataset_id)
    assert found["result"] == ask(analyst, dataset_id, **QUESTION)
    assert found["chart"] == "bar" == found["kinds"][0]
    assert "华南" in found["caption"]
    assert "更差" in found["caption"]
    for datum in found["option"]["series"][0]["data"]:
        cell = found["result"]["cells"][datum["cell"]]
        assert datum["tip"][0] == cell["by"]["大区"]
        if "not_estimable" in cell:
            assert datum["value"][0] == "-"


def test_a_group_that_is_too_small_is_in_no_part_of_the_figure(analyst, dataset_id):
    found = answer(analyst, dataset_id, {**QUESTION, "by": ["门店"]})
    cells = found["result"]["cells"]
    small = next(i for i, cell in enumerate(cells) if cell["by"]["门店"] == "小店")
    assert cells[small]["not_estimable"] == "suppressed"
    datum = next(d for d in found["option"]["series"][0]["data"] if d["cell"] == small)
    assert datum["value"][0] == "-"
    assert "4" not in "".join(datum["tip"])
    assert "不显示" in found["caption"]


def test_a_caption_of_several_metrics_says_whose_which_number_is(analyst, dataset_id):
    both = {"metrics": [METRIC, "score:服务满意度"], "by": ["大区"], "compare": "rest"}
    for chart in ("table", "pivot"):
        caption = answer(analyst, dataset_id, both, chart=chart)["caption"]
        assert "华南的总体满意度" in caption


def test_one_group_is_drawn_alone_against_the_rest_of_all(analyst, dataset_id):
    query = {"metrics": [METRIC, "score:服务满意度"], "by": ["大区"], "compare": "rest"}
    found = answer(analyst, dataset_id, query, options={"only": ["华南"], "sort": "worst"})
    assert found["chart"] == "bar"
    assert found["title"].startswith("华南：")
    data = found["option"]["series"][0]["data"]
    cells = found["result"]["cells"]
    assert [cells[one["cell"]]["by"] for one in data] == [{"大区": "华南"}] * 2
    whole = answer(analyst, dataset_id, query, chart="table")["result"]["cells"]
    assert whole == cells
    assert "总体满意度" in found["caption"]
    answer(analyst, dataset_id, query, chart="bar", expect=422)


def test_a_pivot_of_one_group_shows_no_other(analyst, dataset_id):
    query = {"metrics": [METRIC], "by": ["大区"], "compare": "rest", "subtotals": True}
    found = answer(analyst, dataset_id, query, chart="pivot", options={"only": ["华南"]})
    groups = {found["result"]["cells"][one["cell"]]["by"].get("大区") for one in _cells(found)}
    assert groups - {None} == {"华南"}


def _cells(found):
    rows = found["table"]["rows"]
    return [one for row in rows for one in row["cells"] if one["cell"] is not None]


def test_where_every_group_is_too_small_a_sentence_stands_for_the_chart(analyst, dataset_id):
    query = {**QUESTION, "since": "2025-03-03", "until": "2025-03-03"}
    found = answer(analyst, dataset_id, query, chart="bar")
    assert found["option"] is None
    assert "人都太少" in found["caption"]
    english = answer(analyst, dataset_id, query, chart="bar", lang="en")
    assert "too small" in english["caption"]


def test_over_time_a_line_is_proposed_and_a_named_period_becomes_days(analyst, dataset_id):
    query = {"metrics": [METRIC], "grain": "month", "compare": "previous", "period": "all"}
    found = answer(analyst, dataset_id, query, lang="en")
    assert found["chart"] == "line"
    assert "2025-06" in found["caption"]
    assert found["view"]["query"]["period"] == "all"
    assert "period" not in found["query"]
    band, width, line = found["option"]["series"]
    assert len(line["data"]) == 6
    assert all(w > 0 for w in width["data"])
    assert len(band["data"]) == 6


def test_a_kind_that_does_not_fit_says_why(analyst, dataset_id):
    found = answer(analyst, dataset_id)
    assert "粒度" in found["unfit"]["line"]["zh-CN"]
    refused = answer(analyst, dataset_id, chart="line", expect=422)
    assert "粒度" in refused["error"]["sentence"]["zh-CN"]


def test_a_kept_target_is_drawn_and_judged(analyst, dataset_id):
    goal = {"metric": METRIC, "value": 99.0, "valid_from": "2020-01-01"}
    assert analyst.post("/api/v1/targets", json=goal).status_code == 201
    query = {"metrics": [METRIC], "compare": "target"}
    found = answer(analyst, dataset_id, query)
    assert found["judged"] == [{"cell": 0, "goal": 99.0, "attainment": "missed"}]


def test_a_typed_target_judges_every_group_and_goes_before_the_kept_one(analyst, dataset_id):
    goal = {"metric": METRIC, "value": 99.0, "valid_from": "2020-01-01"}
    assert analyst.post("/api/v1/targets", json=goal).status_code == 201
    query = {"metrics": [METRIC], "by": ["大区"], "compare": "target"}
    found = answer(analyst, dataset_id, query, options={"target": 55.0})
    by_region = {
        found["result"]["cells"][one["cell"]]["by"]["大区"]: one["attainment"]
        for one in found["judged"]
    }
    assert by_region == {"华东": "reached", "华北": "reached", "华南": "missed"}
    assert {one["goal"] for one in found["judged"]} == {55.0}
    assert "没达到目标的：华南" in found["caption"]


def test_ratings_by_group_stand_in_the_order_that_was_asked(analyst, dataset_id):
    for sort, place in (("best", -1), ("worst", 0)):
        options = {"sort": sort}
        found = answer(analyst, dataset_id, QUESTION, chart="likert", options=options)
        names, numbers = (axis["data"] for axis in found["option"]["yAxis"])
        assert names[place] == "华南"
        cell = next(one for one in found["result"]["cells"] if one["by"]["大区"] == "华南")
        assert f"{{small|[{cell['low']:.1f}, {cell['high']:.1f}]}}" in numbers[place]
        assert f"{cell['estimate']:.1f}" in numbers[place]


def test_who_sees_no_row_sees_no_number(cast, dataset_id):
    with cast.uow() as uow:
        do_change_setting(uow, "share_scores_with_everyone", False, 0)
    viewer = cast.signed_in(Role.FRONT_LINE)
    cells = answer(viewer, dataset_id)["result"]["cells"]
    assert not any("estimate" in cell for cell in cells)


SHARE = {"metrics": ["dissatisfied:总体满意度"], "by": ["大区"]}
BOTH = {"metrics": [METRIC, "score:服务满意度"]}
ALL = {"metrics": [METRIC, "score:服务满意度", "score:环境满意度"]}
MONTHS = {"metrics": [METRIC], "grain": "week"}
WINDOW = {**QUESTION, "since": "2025-04-01", "until": "2025-06-30", "compare": "previous"}
DRAWN = {
    "number": BOTH,
    "bar": QUESTION,
    "line": {**MONTHS, "by": ["大区"]},
    "heat": {**QUESTION, "by": ["大区", "渠道"]},
    "multiples": {**MONTHS, "by": ["大区"]},
    "gauge": {"metrics": [METRIC]},
    "pareto": SHARE,
    "funnel": {"metrics": ["satisfied:总体满意度", "satisfied:服务满意度"]},
    "likert": BOTH,
    "box": {"metrics": ["mean:总体满意度"], "by": ["大区"]},
    "violin": {"metrics": ["mean:总体满意度"], "by": ["大区"]},
    "control": MONTHS,
    "waterfall": WINDOW,
    "importance": ALL,
    "sankey": {**WINDOW, "by": []},
    "map": {**QUESTION, "by": ["省份"]},
    "words": {"metrics": [METRIC]},
    "cohort": {"metrics": [METRIC], "grain": "month"},
    "pivot": {**QUESTION, "by": ["大区", "渠道"]},
    "table": QUESTION,
}


def test_every_kind_draws_what_fits_it_in_both_languages(analyst, dataset_id):
    for kind, query in DRAWN.items():
        for lang in ("zh", "en"):
            check_drawn(kind, answer(analyst, dataset_id, query, chart=kind, lang=lang))


def check_drawn(kind, found):
    assert found["chart"] == kind
    assert kind in found["kinds"]
    assert 10 < len(found["caption"]) < 500
    assert found["height"] > 60, kind
    words = json.dumps(found["option"], ensure_ascii=False)
    assert "NaN" not in words
    assert (found["option"] is None) == (kind in {"number", "table", "pivot"}), kind
    marks = set(re.findall(r'"cell": (\d+)', words))
    assert marks <= {str(i) for i in range(len(found["result"]["cells"]))}
    if found["option"] is not None:
        assert marks or found["beside"], kind
        assert re.search(r"\[[^\]\"]+, [^\]\"]+\]", words), f"{kind} tells no interval"


def test_every_kind_there_is_has_a_question_above():
    assert {kind.value for kind in all_kinds()} == set(DRAWN)


def test_levels_without_room_for_their_number_carry_none_on_a_phone(analyst, dataset_id):
    found = answer(analyst, dataset_id, QUESTION, chart="likert")
    wide = [one for series in found["option"]["series"] for one in series["data"]]
    (phone,) = found["option"]["media"]
    narrow = [one for series in phone["option"]["series"] for one in series["data"]]
    assert [one["value"] for one in narrow] == [one["value"] for one in wide]
    on_wide, on_phone = (
        [int(one["label"]["formatter"].rstrip("%")) for one in some if one["label"]["show"]]
        for some in (wide, narrow)
    )
    assert min(on_wide) >= 8
    assert min(on_phone) >= 15


def test_shares_of_single_answers_name_their_question_once(analyst, dataset_id):
    levels = {"metrics": [f"share:总体满意度={level}" for level in (1, 5)]}
    found = answer(analyst, dataset_id, levels, chart="bar")
    assert found["title"] == "“总体满意度”各个回答的占比"
    assert {"选“1”", "选“5”"} == set(found["option"]["yAxis"][0]["data"])
    lines = answer(analyst, dataset_id, {**levels, "grain": "week"}, chart="line", lang="en")
    assert lines["title"] == "Shares of the answers to “总体满意度” by week"
    named = [one for one in lines["option"]["series"] if "name" in one]
    assert {one["label"]["formatter"] for one in named} == {"“1”", "“5”"}
    for one in named:  # the last point of a line carries its name
        assert [d["label"]["show"] for d in one["data"]][-1:] == [True]
        assert sum(d["label"]["show"] for d in one["data"]) == 1
        assert one["labelLayout"]["moveOverlap"] == "shiftY"  # and none lies on another
        assert "x" in one["labelLayout"]
    alone = answer(analyst, dataset_id, {"metrics": levels["metrics"][:1]})
    assert alone["title"] == "“总体满意度”选“1”的占比"


def test_answers_that_hold_an_equals_sign_are_named_whole(cast, analyst, tmp_path):
    lines = ["编号,渠道"] + [f"{i},{('A=门店', 'B=网店')[i % 2]}" for i in range(80)]
    path = tmp_path / "渠道.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    both = {"metrics": ["share:渠道=A=门店", "share:渠道=B=网店"]}
    found = answer(analyst, add_dataset(cast, analyst, path)[0], both, chart="bar")
    assert found["title"] == "“渠道”各个回答的占比"
    assert set(found["option"]["yAxis"][0]["data"]) == {"选“A=门店”", "选“B=网店”"}


def test_words_of_a_step_are_no_wider_than_its_bar(analyst, dataset_id):
    """What has no room is left to the tooltip and the table: the interval without n, or neither."""
    levels = [f"share:总体满意度={level}" for level in (1, 2, 3, 4, 5)]
    found = answer(analyst, dataset_id, {"metrics": levels}, chart="funnel")
    wide = found["option"]["series"][1]["data"]
    narrow = found["option"]["media"][0]["option"]["series"][1]["data"]
    widest = max(one["value"] for one in wide)
    told = [len(one["label"]["formatter"].split("\n")) for one in wide]
    assert {1, 2} >= set(told)
    assert told[[one["value"] for one in wide].index(widest)] == 2
    for one, phone in zip(wide, narrow, strict=True):
        assert " · " in one["tip"][1]
        written = phone["label"]["formatter"].partition("{small|")[2]
        assert 5 * len(written) <= 220 * one["value"] / widest
    assert any("{small|" not in one["label"]["formatter"] for one in narrow)


@pytest.mark.parametrize("kind", ["box", "violin"])
def test_a_spread_tells_the_number_its_interval_and_its_call(analyst, dataset_id, kind):
    """A score of 0–100 has no place on the axis of its 1–5: it stands at the end of the row."""
    found = answer(analyst, dataset_id, QUESTION | {"compare": "rest"}, chart=kind)
    assert "右边的数是满意度得分" in found["caption"]
    assert "菱形" not in found["caption"]
    assert not any(one["type"] == "scatter" for one in found["option"]["series"])
    names, numbers = (found["option"]["yAxis"][place]["data"] for place in (0, -1))
    for cell in found["result"]["cells"]:
        row = next(at for at, name in enumerate(names) if name.startswith(cell["by"]["大区"]))
        assert f"{cell['estimate']:.1f}\n{{small|[{cell['low']:.1f}," in numbers[row]
        assert ("▼" in numbers[row]) == (cell["by"]["大区"] == "华南")
    of_mean = answer(analyst, dataset_id, DRAWN[kind], chart=kind)
    assert "菱形是均值和它的区间" in of_mean["caption"]
    assert any(one["type"] == "scatter" for one in of_mean["option"]["series"])


def test_a_bar_from_a_zero_that_is_not_on_the_axis_is_a_mark(analyst, dataset_id):
    option = answer(analyst, dataset_id, WINDOW, chart="waterfall")["option"]
    axis, (feet, bars) = option["xAxis"], option["series"]
    assert axis["min"] > 0
    assert (axis["max"] - axis["min"]) % axis["interval"] == 0
    for place in (0, -1):
        assert feet["data"][place] > axis["min"]
        assert bars["data"][place]["value"] < (axis["max"] - axis["min"]) / 50


def test_the_finding_of_a_waterfall_begins_as_a_sentence(analyst, dataset_id):
    asked = WINDOW | {"metrics": ["satisfied:总体满意度"]}
    caption = answer(analyst, dataset_id, asked, chart="waterfall", lang="en")["caption"]
    assert caption.startswith("Satisfied share")


def test_a_step_of_a_waterfall_is_its_group(analyst, dataset_id):
    found = answer(analyst, dataset_id, WINDOW, chart="waterfall")
    names, bars = found["option"]["yAxis"][0]["data"], found["option"]["series"][1]["data"]
    marks = {name: bar["cell"] for name, bar in zip(names, bars, strict=True) if "cell" in bar}
    cells = found["result"]["cells"]
    assert marks == {cell["by"]["大区"]: place for place, cell in enumerate(cells)}
    assert len(marks) == len(names) - 2  # before and now are of all


def test_groups_that_are_surely_alike_are_told_alike(cast, analyst, tmp_path):
    rows = [f"{i},2025-03-{1 + i % 28:02d},{'南北'[i % 2]},{4 + i // 2 % 2}" for i in range(8000)]
    path = tmp_path / "一样.csv"
    path.write_text("\n".join(["编号,答题时间,地区,总体满意度(1-5)", *rows]) + "\n", "utf-8")
    alike = add_dataset(cast, analyst, path)[0]
    asked = {"metrics": ["score:总体满意度(1-5)"], "by": ["地区"], "compare": "rest"}
    caption = answer(analyst, alike, asked)["caption"]
    assert caption.startswith("和其余各组比，都基本持平。")


def test_only_steps_that_surely_stand_out_are_coloured(analyst, dataset_id):
    option = answer(analyst, dataset_id, WINDOW, chart="waterfall")["option"]
    labels, bars = option["yAxis"][1]["data"][1:-1], option["series"][1]["data"][1:-1]
    told = [bar["itemStyle"]["color"] in {GOOD, BAD} for bar in bars]
    assert told == [label[-1] in "▲▼" for label in labels]
    assert {bar["itemStyle"]["color"] for bar in bars} <= {GOOD, BAD, GREY_PALE}


def test_a_pivot_has_its_subtotals_and_a_grand_total(analyst, dataset_id):
    found = answer(analyst, dataset_id, DRAWN["pivot"], chart="pivot")
    table = found["table"]
    assert table["columns"][-1] == "合计"
    assert table["rows"][-1]["names"] == ["合计"]
    assert all(cell["text"] for cell in table["rows"][-1]["cells"])
    south = next(row for row in table["rows"] if row["names"] == ["华南"])
    assert south["cells"][-1]["shade"] < 0
    assert south["cells"][-1]["tone"] == "bad"
    assert re.search("，华南（[^）]*）、华南 · 官网", found["caption"])  # first what a total shows
    place = south["cells"][0]["cell"]
    assert found["result"]["cells"][place]["by"] == {"大区": "华南", "渠道": table["columns"][0]}


def test_what_is_weighted_is_not_counted(analyst, dataset_id):
    margins = {"大区": {"华东": 0.4, "华南": 0.3, "华北": 0.3}}
    refused = answer(analyst, dataset_id, {**SHARE, "margins": margins}, chart="pareto", expect=422)
    assert "加权" in refused["error"]["sentence"]["zh-CN"]


def test_a_view_is_kept_and_opened_by_others_only_when_it_is_shared(cast, analyst, dataset_id):
    view = {"dataset": dataset_id, "query": QUESTION, "chart": "bar"}
    made = analyst.post("/api/v1/views", json={"name": " 大区 ", "view": view})
    assert made.status_code == 201, made.text
    kept = made.json()
    assert (kept["name"], kept["view"], kept["shared"]) == ("大区", view, False)
    place = f"/api/v1/views/{kept['id']}"
    text = analyst.get(f"{place}/yaml").text
    assert read_view(text).to_document() == view
    assert analyst.post("/api/v1/views/file", json={"yaml": text}).json() == {"view": view}
    refused = analyst.post("/api/v1/views/file", json={"yaml": "- 1"})
    assert refused.status_code == 422
    assert "dataset" in refused.json()["error"]["sentence"]["zh-CN"]
    other = cast.signed_in(Role.VIEWER)
    assert other.get(place).status_code == 404
    assert other.get("/api/v1/views").json()["items"] == []
    change = {"name": "各大区", "view": view, "shared": True, "revision": kept["revision"]}
    assert other.put(place, json=change).status_code == 404
    changed = analyst.put(place, json=change).json()
    assert other.get(place).json()["name"] == "各大区"
    refused = other.put(place, json={**change, "revision": changed["revision"]})
    assert refused.status_code == 403
    assert "另存" in refused.json()["error"]["sentence"]["zh-CN"]
    assert analyst.delete(place, params={"revision": kept["revision"]}).status_code == 409
    assert analyst.delete(place, params={"revision": changed["revision"]}).json()["removed"]
    assert analyst.get("/api/v1/views").json()["items"] == []


def test_a_number_alone_says_what_it_was_compared_with(analyst, dataset_id):
    window = {"since": "2025-04-01", "until": "2025-06-30", "compare": "previous"}
    found = answer(analyst, dataset_id, {"metrics": [METRIC], **window})
    assert found["chart"] == "number"
    assert "和上期比：" in found["caption"]


@pytest.mark.parametrize("name", ["", "  ", "长" * 201, "名\u200b字\u0007"])
def test_a_view_needs_a_name_that_can_be_read(analyst, dataset_id, name):
    view = {"dataset": dataset_id, "query": QUESTION}
    assert analyst.post("/api/v1/views", json={"name": name, "view": view}).status_code == 422


def test_importance_is_against_the_first_metric_and_names_what_is_no_cell(analyst, dataset_id):
    found = answer(analyst, dataset_id, ALL, chart="importance")
    names = [row[0] for row in found["beside"]["rows"]]
    assert sorted(names) == ["服务满意度", "环境满意度"]
    assert "不是因果" in found["caption"]
    assert all(re.search(r"\[.+, .+\]", row[1] + row[2]) for row in found["beside"]["rows"])
    by_itself = answer(analyst, dataset_id, {"metrics": [METRIC]}, chart="importance")
    assert len(by_itself["beside"]["rows"]) == 2


def test_importance_of_too_few_is_not_told(analyst, dataset_id):
    found = answer(analyst, dataset_id, {**ALL, "where": ["门店=小店"]}, chart="importance")
    assert found["beside"] is None
    assert found["option"] is None


def test_what_a_figure_reckons_of_rows_is_weighted_as_the_question_is(analyst, dataset_id):
    query = {"metrics": ["mean:总体满意度"]}
    margins = {"大区": {"华东": 0.05, "华南": 0.9, "华北": 0.05}}
    plain, weighted = (
        answer(analyst, dataset_id, asked, chart="box")["option"]["series"][0]["data"][0]["value"]
        for asked in (query, {**query, "margins": margins})
    )
    assert sum(weighted) < sum(plain)


def test_cohorts_hold_the_customers_of_one_month_and_open_their_answers(analyst, dataset_id):
    query = {"metrics": [METRIC], "grain": "month"}
    found = answer(analyst, dataset_id, query, chart="cohort")
    cells = found["result"]["cells"]
    assert {cell["by"]["@first_answer"] for cell in cells} >= {"2025-01", "2025-02"}
    assert found["query"]["by"] == []
    columns = found["option"]["series"]
    first = [column["data"][0] for column in columns]
    assert len(first) == 6
    assert "2025-01 首答 · 第 2 个月（2025-03）" in first[2]["tip"][0]
    last = columns[5]["data"][1]
    assert last["tip"] == []
    cell = cells[first[1]["cell"]]
    body = {"view": found["view"], "metric": METRIC, "by": cell["by"]}
    behind = analyst.post("/api/v1/views/rows", json=body).json()
    assert behind["total"] == cell["n"]
    assert {row["answered_on"][:7] for row in behind["items"]} == {"2025-02"}


def test_the_same_customers_before_and_after_small_flows_left_out(analyst, dataset_id):
    found = answer(analyst, dataset_id, {**WINDOW, "by": []}, chart="sankey")
    links = found["option"]["series"][0]["links"]
    assert links
    assert all(one["value"] >= 10 for one in links)
    assert "两期都答过的客户有" in found["caption"]
    rows = found["beside"]["rows"]
    assert len(rows) == 9 + 2
    drawn = {(f"{one['tip'][0]}", one["tip"][1]) for one in links}
    assert {(f"{row[0]} → {row[1]}", row[2]) for row in rows[:9] if row[2].isdigit()} >= drawn


def test_a_token_held_to_datasets_reads_and_keeps_views_of_these_alone(cast, analyst, dataset_id):
    with cast.uow() as uow:
        other = do_create_dataset(uow, "别的").id
    kept = {
        of: analyst.post(
            "/api/v1/views",
            json={"name": of, "view": {"dataset": of, "query": QUESTION}, "shared": True},
        ).json()
        for of in (dataset_id, other)
    }
    body = {"name": "x", "scope": ["see_scores"], "days": 1, "dataset_ids": [dataset_id]}
    made = analyst.post("/api/v1/tokens", json=body).json()
    caller = cast.browser(headers={"authorization": f"Bearer {made['secret']}"})
    assert answer(caller, dataset_id)["result"] == ask(analyst, dataset_id, **QUESTION)
    answer(caller, other, expect=403)
    listed = caller.get("/api/v1/views").json()["items"]
    assert [one["id"] for one in listed] == [kept[dataset_id]["id"]]
    assert caller.get(f"/api/v1/views/{kept[dataset_id]['id']}").status_code == 200
    elsewhere = {"name": "x", "view": {"dataset": other, "query": QUESTION}}
    assert caller.post("/api/v1/views", json=elsewhere).status_code == 403
    for path in ("", "/yaml"):
        assert caller.get(f"/api/v1/views/{kept[other]['id']}{path}").status_code == 403
    moved = {**elsewhere, "view": {"dataset": dataset_id, "query": QUESTION}, "revision": 1}
    assert caller.put(f"/api/v1/views/{kept[other]['id']}", json=moved).status_code == 403
    gone = caller.delete(f"/api/v1/views/{kept[other]['id']}", params={"revision": 1})
    assert gone.status_code == 403


def test_a_word_opens_exactly_the_answers_that_hold_it(cast, analyst, dataset_id):
    found = answer(analyst, dataset_id, {"metrics": [METRIC]}, chart="words")
    words = {one["word"]: one for one in found["words"]}
    cell = found["result"]["cells"][0]
    body = {"view": found["view"], "metric": METRIC, "by": cell["by"], "word": "物流"}
    behind = analyst.post("/api/v1/views/rows", json=body).json()
    assert behind["total"] == words["物流"]["n"] > 100
    assert all("物流" in row["texts"][0]["value"] for row in behind["items"])
    sizes = [(one["size"] ** 2 / one["n"]) for one in found["words"]]
    assert max(sizes) == pytest.approx(min(sizes))
    assert found["beside"]["rows"][0][1] == f"{found['words'][0]['n']}"
    viewer = cast.signed_in(Role.VIEWER)
    refused = answer(viewer, dataset_id, {"metrics": [METRIC]}, chart="words", expect=403)
    assert "看答卷和原话" in refused["error"]["sentence"]["zh-CN"]


def test_a_map_places_provinces_and_names_what_is_none(analyst, dataset_id):
    found = answer(analyst, dataset_id, {**QUESTION, "by": ["省份"]}, chart="map")
    cells = found["result"]["cells"]
    tiles = [one for column in found["option"]["series"] for one in column["data"] if one["tip"]]
    assert {one["tip"][0]: cells[one["cell"]]["by"]["省份"] for one in tiles} == {
        "广东": "广东省", "浙江": "浙江", "新疆": "新疆维吾尔自治区", "台湾": "台湾",
        "北京": "Beijing",
    }  # fmt: skip
    names = json.dumps(found["option"], ensure_ascii=False)
    assert all(name in names for name in ("香港", "澳门", "黑龙江"))
    assert "1 组没有画（火星）" in found["caption"]
    english = answer(analyst, dataset_id, {**QUESTION, "by": ["省份"]}, chart="map", lang="en")
    narrow = json.dumps(english["option"]["media"])
    labels = re.findall(r'"formatter": "([^"]*)"', narrow)
    lines = [line for label in labels for line in label.split("\\n")]
    bounds = [line for line in lines if line.startswith("{narrow|")]
    assert len(bounds) == 2 * len(tiles)  # each tile has its interval, on two lines
    assert max(len(re.sub(r"\{narrow\||\}$", "", line)) for line in lines) <= 8
    broad = json.dumps(english["option"]["series"])
    labels = re.findall(r'"formatter": "([^"]*)"', broad)
    names = [re.sub(r"\{name\||\}$", "", line) for one in labels for line in one.split("\\n")]
    assert "Mongolia" in names
    assert max(len(line) for line in names if line.isalpha()) <= 11
    assert "省份名" in answer(analyst, dataset_id)["unfit"]["map"]["zh-CN"]


def test_a_violin_of_a_rating_has_its_steps_alone_and_no_small_group(analyst, dataset_id):
    asked = {"metrics": ["mean:总体满意度"], "by": ["门店"]}
    found = answer(analyst, dataset_id, asked, chart="violin")
    halves = [one for one in found["option"]["series"] if one["type"] == "line"]
    drawn = {round(x) for half in halves for x, y in half["data"] if y != "-"}
    assert drawn == {1, 2, 3, 4, 5}
    axis = found["option"]["xAxis"]
    assert (axis["min"], axis["max"], axis["axisLabel"]["customValues"]) == (
        0.5,
        5.5,
        [1, 2, 3, 4, 5],
    )
    beside = found["beside"]
    assert beside["heads"][-5:] == ["1", "2", "3", "4", "5"]
    cells = found["result"]["cells"]
    told = {cell["by"]["门店"] for cell in cells if "estimate" in cell}
    assert {row[0] for row in beside["rows"]} == told < {"店0", "店1", "店2", "小店"}
    assert "小店" not in told
    shares = [float(share.rstrip("%")) for share in beside["rows"][0][-5:]]
    assert sum(shares) == pytest.approx(100.0, abs=0.3)
    assert "不抹平" in found["caption"]


def test_a_header_that_is_a_question_stands_in_sentences_by_what_it_asks(cast, analyst, tmp_path):
    rng = np.random.default_rng(5)
    lines = ["编号,答题时间,您所在的城市是？,总体满意度"]
    for i in range(300):
        city = ("上海", "广州", "北京")[i % 3]
        level = int(np.clip(round(3.5 + rng.normal() - (city == "广州")), 1, 5))
        lines.append(f"{i},2025-03-{1 + i % 28:02d} 10:00,{city},{level}")
    path = tmp_path / "城市.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    dataset_id, _ = add_dataset(cast, analyst, path)
    column = "您所在的城市是？"
    found = answer(analyst, dataset_id, {"metrics": [METRIC], "by": [column]})
    assert found["names"] == {column: "城市"}
    assert found["asked"] == {column: column}  # in full, for a tooltip
    assert "您所在" not in found["title"] + found["caption"]
    assert "城市" in found["title"]
