"""A view's answer over HTTP: the numbers of the query, the viewer's rows, and a figure."""

from __future__ import annotations

import numpy as np
import pytest
from importing import add_dataset, ask

from huiyin.people.contracts import Role
from huiyin.people.settings import do_change_setting

METRIC = "score:总体满意度"
QUESTION = {"metrics": [METRIC], "by": ["大区"], "compare": "rest"}


@pytest.fixture(scope="module")
def survey_file(tmp_path_factory):
    """Write a survey in which 华南 is worse, and 小店 has too few answers to be shown."""
    rng = np.random.default_rng(7)
    lines = ["编号,答题时间,大区,渠道,门店,总体满意度,服务满意度"]
    for i in range(1200):
        region = rng.choice(["华东", "华南", "华北"])
        mood = rng.normal() - 0.9 * (region == "华南")
        total, service = (int(np.clip(round(3.6 + mood + rng.normal() / 2), 1, 5)) for _ in "ab")
        day = f"2025-{int(rng.integers(1, 7)):02d}-{int(rng.integers(1, 28)):02d}"
        channel, shop = rng.choice(["门店", "官网"]), "小店" if i < 4 else f"店{i % 3}"
        lines.append(f"{i},{day} 10:00,{region},{channel},{shop},{total},{service}")
    path = tmp_path_factory.mktemp("views") / "满意度.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture
def dataset_id(cast, analyst, survey_file):
    return add_dataset(cast, analyst, survey_file)[0]


@pytest.fixture
def analyst(cast):
    return cast.signed_in(Role.ANALYST)


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


def test_who_sees_no_row_sees_no_number(cast, dataset_id):
    with cast.uow() as uow:
        do_change_setting(uow, "share_scores_with_everyone", False, 0)
    viewer = cast.signed_in(Role.FRONT_LINE)
    cells = answer(viewer, dataset_id)["result"]["cells"]
    assert not any("estimate" in cell for cell in cells)
