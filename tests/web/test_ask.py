"""Ask over HTTP: the command's shape, the thread, the viewer's rows, nothing beyond the data."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import numpy as np
import pytest
from importing import add_dataset

from huiyin.people.contracts import Role
from huiyin.web.routers import ask as ask_route

N_FAR, TOO_FEW = 40, 3


@pytest.fixture(scope="module")
def survey_file(tmp_path_factory):
    return write_survey(tmp_path_factory, N_FAR)


def write_survey(folders, n_far):
    """Write a survey in which 华南 is unhappy, and 西藏 has so many customers."""
    rng = np.random.default_rng(5)
    lines = ["编号,答题时间,大区,客户,总体满意度,服务态度,意见"]
    for i in range(1500):
        region = "西藏" if i < n_far else str(rng.choice(["华东", "华南", "华北"]))
        mood = rng.normal() - 1.0 * (region == "华南")
        level = int(np.clip(round(3.4 + mood), 1, 5))
        day = date(2025, int(rng.integers(1, 4)), int(rng.integers(1, 28)))
        lines.append(
            f"{i},{day} 10:00,{region},K{i:05d},{level},{6 - level},{region}第{i}条意见写在这里"
        )
    path = folders.mktemp("ask") / "满意度.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture
def dataset_id(cast, analyst, survey_file):
    return add_dataset(cast, analyst, survey_file)[0]


@pytest.fixture
def asking(analyst, dataset_id):
    def asked(question, *thread, who=analyst):
        body = {"question": question, "thread": list(thread)}
        answer = who.post(f"/api/v1/datasets/{dataset_id}/ask", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return asked


def test_a_question_gives_its_query_and_the_number_of_the_query(asking, analyst, dataset_id):
    found = asking("2025年2月华南的满意度是多少")
    assert (found["answer"], found["kind"]) == ("query", "number")
    assert found["query"]["since"] == "2025-02-01"
    words = {
        "metrics": found["query"]["metrics"],
        "where": ["大区=华南"],
        "since": "2025-02-01",
        "until": "2025-02-28",
    }
    plain = analyst.post(f"/api/v1/datasets/{dataset_id}/query", json=words).json()
    assert found["result"]["cells"] == plain["cells"]
    assert f"{plain['cells'][0]['n']:,} 份答卷" in found["sentence"]["zh-CN"]


@pytest.mark.parametrize(
    "kind", ["满意度是多少", "哪个大区满意度最低", "满意度为什么变了", "华南客户怎么说"]
)
def test_days_after_the_last_answer_are_said_to_lie_beyond_the_data(asking, kind):
    empty = asking(f"2025年5月{kind}")
    assert "数据到 2025-03-27 为止。" in empty["sentence"]["zh-CN"]
    assert empty["ends"] == "2025-03-27"
    led_on = asking("2025-02-26 到 2025-03-27 呢？", f"2025年5月{kind}")
    assert (led_on["kind"], led_on["query"]["since"]) == (empty["kind"], "2025-02-26")
    assert led_on["ends"] is None
    assert "为止" not in led_on["sentence"]["zh-CN"]


def test_what_is_still_to_come_is_not_said_to_be_after_yesterday(asking):
    assert "昨天" not in asking("下个月满意度会升吗")["text"]["zh-CN"]


def test_a_thread_changes_only_what_is_said(asking):
    found = asking("那华东呢", "2025年2月华南的满意度是多少")
    assert found["query"]["where"][0]["values"] == ["华东"]
    assert found["query"]["since"] == "2025-02-01"


def test_what_a_question_keeps_of_those_before_it_is_said(asking):
    found = asking("那华东呢", "2025年2月华南的满意度是多少")
    assert "2025-02-01" in found["carried"]["zh-CN"]
    assert "大区" not in found["carried"]["zh-CN"]
    assert found["stands_alone"] is False
    assert "carried" not in asking("2025年2月华南的满意度是多少")


def test_a_ranking_says_who_is_really_below(asking):
    found = asking("除了西藏，满意度最低的大区")
    assert found["ranking"]["places"][0]["by"] == {"大区": "华南"}
    assert found["ranking"]["places"][0]["call"] == "real"
    assert found["ranking"]["n_real"] == 1
    assert "真正差于其余的有 1 组" in found["sentence"]["zh-CN"]


def test_an_english_sentence_begins_with_a_capital(asking):
    for question in ("满意度最低的大区", "满意度低于90的大区", "各大区的满意度"):
        assert asking(question)["sentence"]["en"][0].isupper(), question


def test_groups_that_an_answer_showed_are_meant_by_there_and_they(asking):
    ranked = "除了西藏，满意度最低的大区"
    said = asking("那里的客户怎么说", ranked)
    assert said["kind"] == "voices"
    assert said["query"]["where"][0]["values"] == ["华南"]
    assert all(one["text"].startswith("华南") for one in said["voices"])
    assert said["concerns"]["written"] >= len(said["voices"])
    assert [one["column"] for one in said["concerns"]["items"]] == ["服务态度"]
    assert all(set(one["about"]) <= {"服务态度"} for one in said["voices"])
    both = asking("华南、华东的客户说了什么")["voices"]
    assert {one["by"]["大区"] for one in both} == {"华南", "华东"}
    assert all(one["text"].startswith(one["by"]["大区"]) for one in both)
    why = asking("它们差在哪", ranked)
    assert why["query"]["metrics"] == ["score:服务态度"]
    conditions = [(one["operator"], one["values"]) for one in why["query"]["where"]]
    assert conditions == [("!=", ["西藏"]), ("=", ["华南"])]
    assert why["result"]["cells"][0]["comparison"]["against"] == "rest"
    assert why["query"]["compare"]["against"] == "rest"
    assert asking("why?", ranked)["query"] == why["query"]
    again = asking("那里的客户怎么说", ranked, "它们差在哪")
    assert again["query"]["where"] == said["query"]["where"]


def test_the_worst_groups_are_set_beside_all_others_not_beside_each_other(
    asking, analyst, dataset_id
):
    ranked = "除了西藏，满意度最低的两个大区"
    worst = [one["by"]["大区"] for one in asking(ranked)["ranking"]["places"]]
    found = asking("他们为什么差", ranked)
    words = {
        "metrics": ["score:服务态度"],
        "by": ["大区"],
        "where": ["大区!=西藏"],
        "compare": "rest",
    }
    cells = analyst.post(f"/api/v1/datasets/{dataset_id}/query", json=words).json()["cells"]
    assert len(worst) == 2
    assert found["result"]["cells"] == [cell for cell in cells if cell["by"]["大区"] in worst]
    english = asking("why are they bad?", "the two worst 大区 by satisfaction, without 西藏")
    assert english["result"]["cells"] == found["result"]["cells"]


@pytest.mark.parametrize(
    ("question", "choices"),
    [
        ("最差的两个大区", {"满意度", "满意率"}),
        ("the two worst 大区", {"satisfaction", "satisfied share"}),
    ],
)
def test_metrics_to_choose_from_are_in_the_language_of_the_question_and_lead_on(
    asking, question, choices
):
    back = asking(question)
    assert (back["reason"], choices <= {*back["options"]}) == ("metric", True)
    for choice in back["options"]:
        found = asking(choice, question)
        assert (found["kind"], found["rank"], found["query"]["by"]) == (
            "ranking", {"worst": 2}, ["大区"],
        )  # fmt: skip


def test_a_group_too_small_to_be_shown_cannot_even_be_named(cast, analyst, tmp_path_factory):
    path = write_survey(tmp_path_factory, TOO_FEW)
    few = add_dataset(cast, analyst, path)[0]
    viewer = cast.signed_in(Role.VIEWER)
    found = viewer.post(f"/api/v1/datasets/{few}/ask", json={"question": "西藏的满意度"}).json()
    assert (found["answer"], found["reason"]) == ("refuse", "no_such_value")


def test_groups_that_with_all_others_tell_a_small_one_are_not_all_ranked(
    cast, analyst, tmp_path_factory
):
    few = add_dataset(cast, analyst, write_survey(tmp_path_factory, TOO_FEW))[0]
    question = {"question": "除了西藏，各大区的满意度"}
    found = analyst.post(f"/api/v1/datasets/{few}/ask", json=question).json()
    shown = [cell.get("estimate") for cell in found["result"]["cells"]]
    assert len(shown) == 3
    assert shown.count(None) == 1


def test_who_sees_scores_only_hears_nobody(asking, cast):
    viewer = cast.signed_in(Role.VIEWER)
    assert asking("华南客户说了什么", who=viewer)["voices"] == []
    assert all(v["text"].startswith("华南") for v in asking("华南客户说了什么")["voices"])


@pytest.mark.parametrize(
    ("question", "answer", "reason"),
    [
        ("最近的满意度", "ask_back", "period"),
        ("各大区的投诉率", "refuse", "no_such_metric"),
        ("打1分的客户手机号", "refuse", "personal"),
        ("'; DROP TABLE answers; --", "refuse", "out_of_scope"),
    ],
)
def test_what_is_no_query_gives_no_number(asking, question, answer, reason):
    found = asking(question)
    assert (found["answer"], found["reason"]) == (answer, reason)
    assert "result" not in found


def test_a_question_too_long_is_a_fault(analyst, dataset_id):
    answer = analyst.post(f"/api/v1/datasets/{dataset_id}/ask", json={"question": "问" * 501})
    assert answer.status_code == 422


def test_a_group_is_compared_with_another_and_with_the_rest(asking):
    pair = asking("华南和华东的满意度比一下")
    sides = {cell["by"]["大区"]: cell for cell in pair["result"]["cells"]}
    assert set(sides) == {"华南", "华东"}
    assert sides["华南"]["comparison"]["call"] == "real"
    assert "华南" in pair["sentence"]["zh-CN"]
    assert "华东" in pair["sentence"]["zh-CN"]
    rest = asking("除了西藏，华南比其他大区的满意度差多少")
    (cell,) = rest["result"]["cells"]
    assert (cell["by"], cell["comparison"]["against"]) == ({"大区": "华南"}, "rest")
    assert cell["comparison"]["difference"] < 0


def test_who_sees_a_part_is_told_whose_comments_there_are(cast, asking):
    staff = cast.signed_in(Role.MANAGER)
    rule = {"staff_id": staff.staff.id, "column": "大区", "values": ["华南"]}
    root = cast.signed_in(Role.ADMINISTRATOR, "root")
    assert root.post("/api/v1/row-rules", json=rule).status_code == 201
    east = cast.signed_in(Role.MANAGER, "east")
    own = {"staff_id": east.staff.id, "column": "大区", "values": ["华东"]}
    assert root.post("/api/v1/row-rules", json=own).status_code == 201
    assert asking("华东的客户说了什么", who=east)["voices"], "not told on to others"
    elsewhere = asking("华东的客户说了什么", who=staff)
    assert elsewhere["voices"] == []
    assert elsewhere["words_of"] == [{"column": "大区", "operator": "=", "values": ["华南"]}]
    within = asking("华南的客户说了什么", who=staff)
    assert within["voices"]
    assert "words_of" not in within
    beyond = asking("客户说了什么", who=staff)
    assert beyond["voices"]
    assert beyond["words_of"] == elsewhere["words_of"]
    assert asking("华东的客户说了什么", who=cast.signed_in(Role.VIEWER))["words_of"] == []
    assert "words_of" not in asking("华东的客户说了什么")


def test_questions_that_come_at_once_build_the_words_of_a_version_once(asking, monkeypatch):
    built, whole = [], ask_route.build_vocabulary

    def slowly(*args, **more):
        built.append(1)
        time.sleep(0.3)
        return whole(*args, **more)

    monkeypatch.setattr(ask_route, "build_vocabulary", slowly)
    ask_route._from_key.cache_clear()
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(asking, ["2025年2月华南的满意度是多少"] * 3))
    assert len(built) == 1
    assert len({one["sentence"]["zh-CN"] for one in found}) == 1
