"""``huiyin ask`` prints the query and the result, or one sentence."""

from __future__ import annotations

import json
import random

import pytest
from typer.testing import CliRunner

from huiyin.app.cli.main import app


@pytest.fixture(scope="module")
def survey(tmp_path_factory):
    draw = random.Random(3)  # noqa: S311 -- a test's data
    lines = ["编号,日期,门店,总体满意度,意见"]
    for i in range(600):
        shop = draw.choice(["东门店", "西门店", "南门店"])
        level = draw.choice([1, 2, 3, 3]) if shop == "西门店" else draw.choice([3, 4, 5, 5])
        lines.append(
            f"{i},2025-0{draw.randint(1, 3)}-{draw.randint(1, 28):02d},{shop},{level},第{i}条意见"
        )
    path = tmp_path_factory.mktemp("ask") / "门店.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return str(path)


def run(*words):
    return CliRunner().invoke(app, ["ask", *words])


def test_the_query_and_the_result_are_printed_as_json(survey):
    done = run("2025年2月东门店的满意度", "--dataset", survey, "--json")
    found = json.loads(done.stdout)
    assert found["query"]["where"] == [{"column": "门店", "operator": "=", "values": ["东门店"]}]
    assert found["result"]["cells"][0]["n"] > 0


def test_a_ranking_shows_tiers_and_says_how_many_really_stand_out(survey):
    done = run("满意度最差的门店", survey)
    assert "西门店" in done.stdout
    assert "真正差于其余的有 1 组" in done.stdout


def test_a_follow_up_and_a_question_back(survey):
    done = run("2025年2月东门店的满意度", survey, "--then", "西门店呢", "--json")
    assert json.loads(done.stdout)["query"]["where"][0]["values"] == ["西门店"]
    assert "哪段时间" in run("最近的满意度", survey).stdout


def test_a_bound_tells_those_for_sure_from_those_nobody_can_tell(survey):
    done = run("满意度低于60的门店", survey, "--json")
    assert json.loads(done.stdout)["bounded"]["real"] == [{"门店": "西门店"}]


def test_without_data_it_is_said_what_to_do():
    assert isinstance(run("满意度").exception, Exception)
