"""A view whose filters leave no answer is drawn, or refused in a sentence: whatever its kind."""

from __future__ import annotations

import pytest
from importing import add_dataset

from huiyin.analyse.views.contracts import ChartKind

SCORE, OTHER = "score:总体满意度", "score:服务满意度"
DAYS = {"since": "2025-02-01", "until": "2025-02-28"}
QUESTIONS = (
    {"metrics": [SCORE]},
    {"metrics": [SCORE, OTHER]},
    {"metrics": [SCORE], "compare": "previous", **DAYS},
    {"metrics": [SCORE], "by": ["大区"], "compare": "rest"},
    {"metrics": [SCORE], "by": ["大区"], "compare": "previous", **DAYS},
    {"metrics": ["dissatisfied:总体满意度"], "by": ["大区"]},
    {"metrics": [SCORE, OTHER], "by": ["大区"]},
    {"metrics": [SCORE], "by": ["省份"]},
    {"metrics": [SCORE], "by": ["大区", "省份"]},
    {"metrics": [SCORE], "grain": "month", "compare": "previous"},
    {"metrics": [SCORE], "by": ["大区"], "grain": "month"},
    {"metrics": [SCORE, OTHER], "grain": "month"},
)


@pytest.fixture
def dataset_id(cast, analyst, tmp_path):
    lines = ["编号,客户编号,答题时间,大区,省份,总体满意度,服务满意度,意见"]
    for i in range(240):
        region, place = ("华东", "浙江") if i % 2 else ("华南", "广东")
        day = f"2025-0{1 + i % 6}-11 10:00"
        lines.append(f"{i},C{i % 90},{day},{region},{place},{1 + i % 5},{1 + i % 4},排队{i}分钟")
    path = tmp_path / "满意度.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return add_dataset(cast, analyst, path)[0]


def test_no_kind_of_chart_fails_over_no_answers(analyst, dataset_id):
    drawn, faults = set(), []
    for question in QUESTIONS:
        for kind in ChartKind:
            query = {**question, "where": ["大区=华东", "省份=广东"]}
            view = {"dataset": dataset_id, "query": query, "chart": kind.value}
            answer = analyst.post("/api/v1/views/answer", json={"view": view, "lang": "zh"})
            expected = {200} if kind is ChartKind.AUTO else {200, 422}
            if answer.status_code not in expected:
                faults.append((question, kind.value, answer.text))
            elif answer.status_code == 200:
                drawn.add(answer.json()["chart"])
    assert faults == []
    assert drawn


def test_a_course_of_hidden_numbers_draws_no_empty_axis(analyst, dataset_id):
    query = {"metrics": [SCORE], "grain": "day", "since": "2025-01-11", "until": "2025-01-11",
             "where": ["服务满意度=1", "总体满意度=2"]}  # fmt: skip
    view = {"dataset": dataset_id, "query": query, "chart": "line"}
    answer = analyst.post("/api/v1/views/answer", json={"view": view, "lang": "zh"}).json()
    cells = answer["result"]["cells"]
    assert cells
    assert all(cell["not_estimable"] == "suppressed" for cell in cells)
    assert answer["option"] is None
    assert answer["caption"] == "没有可以显示的数。"
