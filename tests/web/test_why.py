"""Why and what-if over HTTP: the command's shape, the viewer's rows, kept, and in one sentence."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest
from importing import add_dataset
from typer.testing import CliRunner

from huiyin.app.cli.main import app
from huiyin.people.contracts import Role

CHANGE = {"metric": "score:总体满意度", "since": "2025-02-01", "until": "2025-02-28"}


@pytest.fixture(scope="module")
def survey_file(tmp_path_factory):
    """Write a survey in which 华南 falls in February."""
    rng = np.random.default_rng(5)
    lines = ["编号,答题时间,大区,总体满意度,服务满意度,意见"]
    for i in range(3000):
        late = rng.random() < 0.5
        region = rng.choice(["华东", "华南", "华北"])
        mood = rng.normal() - 1.0 * (late and region == "华南")
        total, service = (int(np.clip(round(3.4 + mood + rng.normal() / 2), 1, 5)) for _ in "ab")
        day = date(2025, 2 if late else 1, int(rng.integers(1, 28)))
        lines.append(f"{i},{day} 10:00,{region},{total},{service},{region}第{i}条意见写在这里")
    path = tmp_path_factory.mktemp("why") / "满意度.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture
def dataset_id(cast, analyst, survey_file):
    return add_dataset(cast, analyst, survey_file)[0]


def test_the_answer_is_that_of_the_command_and_is_kept(cast, analyst, dataset_id, survey_file):
    address = f"/api/v1/datasets/{dataset_id}/why"
    answer = analyst.post(address, json=CHANGE)
    assert answer.status_code == 200, answer.text
    mine = answer.json()
    first = mine["contributors"][0]
    assert (first["dimension"], first["value"], first["call"]) == ("大区", "华南", "real")
    assert "华南" in mine["finding"]["zh-CN"]
    assert all(v["text"].startswith("华南") for v in mine["voices"])
    words = ["why", str(survey_file), "--metric", CHANGE["metric"], "--json"]
    done = CliRunner().invoke(app, [*words, "--since", "2025-02", "--until", "2025-02"])
    theirs = json.loads(done.stdout)
    assert set(theirs) == set(mine)
    for one, other in zip(mine["contributors"], theirs["contributors"], strict=True):
        assert one["value"] == other["value"]
        assert one["contribution"] == pytest.approx(other["contribution"], rel=1e-9)
    files = list(cast.system.folders.cache.glob("*/*.json.gz"))
    assert analyst.post(address, json=CHANGE).json() == mine
    assert list(cast.system.folders.cache.glob("*/*.json.gz")) == files


def test_a_change_is_taken_apart_over_many_dimensions(cast, analyst, tmp_path):
    """Each by itself: that groups of many columns at once cannot be hidden does not concern it."""
    names = [f"属性{at}" for at in range(8)]
    lines = [",".join(["编号", "答题时间", "总体满意度", *names])]
    for i in range(400):
        values = [f"{name}{i % (2 + at)}" for at, name in enumerate(names)]
        lines.append(",".join([str(i), f"2025-0{1 + i % 2}-10", str(1 + i % 5), *values]))
    path = tmp_path / "很多属性.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    many, _ = add_dataset(cast, analyst, path, name="很多属性")
    answer = analyst.post(f"/api/v1/datasets/{many}/why", json=CHANGE)
    assert answer.status_code == 200, answer.text
    assert len({one["dimension"] for one in answer.json()["contributors"]}) == len(names)
    by = {"metrics": [CHANGE["metric"]], "by": names[:7]}
    refused = analyst.post(f"/api/v1/datasets/{many}/query", json=by)
    assert "最多按 6 列" in refused.json()["error"]["sentence"]["zh-CN"]


def test_who_sees_scores_only_hears_nobody(cast, dataset_id):
    viewer = cast.signed_in(Role.VIEWER)
    found = viewer.post(f"/api/v1/datasets/{dataset_id}/why", json=CHANGE).json()
    assert found["contributors"][0]["value"] == "华南"
    assert found["voices"] == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"since": None}, "给起止日期"),
        ({"compare": "rest"}, "previous"),
        ({"compare": "2025-01-20..2025-02-03"}, "重叠"),
        ({"by": ["没有"]}, "没有"),
        ({"metric": "index"}, "index"),
        ({"metric": "nps"}, "请在码本里指明"),
        ({"metric": "score:大区"}, "请在码本里给它选评分"),
    ],
)
def test_a_fault_is_one_sentence(analyst, dataset_id, body, said):
    answer = analyst.post(f"/api/v1/datasets/{dataset_id}/why", json=CHANGE | body)
    assert answer.status_code == 422, answer.text
    sentence = answer.json()["error"]["sentence"]
    assert said in sentence["zh-CN"]
    assert "--" not in sentence["zh-CN"] + sentence["en"]


def test_what_if_over_the_interface(analyst, dataset_id):
    address = f"/api/v1/datasets/{dataset_id}/what-if"
    body = {"aspect": "服务满意度", "points": 5, "bootstrap": 100}
    found = analyst.post(address, json=body).json()
    assert found["target"] == "总体满意度"
    assert 0 < found["change"]["low"] < found["change"]["estimate"] < found["change"]["high"] < 5
    assert "不是因果" in found["caution"]["zh-CN"]
    refused = analyst.post(address, json=body | {"points": 0})
    assert refused.status_code == 422
    assert "−100" in refused.json()["error"]["sentence"]["zh-CN"]


def test_a_gap_to_a_competitor_is_that_of_the_command(cast, analyst, tmp_path):
    rng = np.random.default_rng(7)
    lines = ["编号,答题时间,大区,价格满意度,竞品价格满意度,意见"]
    for i in range(900):
        region, mood = rng.choice(["华东", "华南", "华北"]), rng.normal()
        ours, theirs = (
            int(np.clip(round(3.2 + mood + shift + rng.normal() / 2), 1, 5))
            for shift in (-1.5 * (region == "华南"), 0.0)
        )
        both = rng.random() < 0.6
        day = date(2025, 2, int(rng.integers(1, 28)))
        lines.append(
            f"{i},{day} 10:00,{region},{ours},{theirs if both else ''},{region}第{i}条意见"
        )
    path = tmp_path / "竞品.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    rated, _ = add_dataset(cast, analyst, path, name="竞品")
    answer = analyst.post(f"/api/v1/datasets/{rated}/why", json={"compare": "competitor"})
    assert answer.status_code == 200, answer.text
    mine = answer.json()
    done = CliRunner().invoke(app, ["why", str(path), "--compare", "competitor", "--json"])
    theirs = json.loads(done.stdout)
    assert set(mine) == set(theirs)
    assert mine["gap"]["theirs"] == pytest.approx(theirs["gap"]["theirs"], rel=1e-9)
    assert (
        mine["gap"]["n_behind"]
        == theirs["gap"]["n_behind"]
        == len([1 for line in lines[1:] if (c := line.split(","))[4] and int(c[3]) < int(c[4])])
    )
    assert mine["contributors"][0]["value"] == "华南"
    assert len(mine["voices"]) > 0
    printed = CliRunner().invoke(app, ["why", str(path), "--compare", "competitor"]).stdout
    assert "给竞品打分更高的人" in printed
    assert "同一批人" in printed
    viewer = cast.signed_in(Role.VIEWER)
    scores = viewer.post(f"/api/v1/datasets/{rated}/why", json={"compare": "competitor"}).json()
    assert scores["voices"] == []
    assert scores["gap"]["n_behind"] == mine["gap"]["n_behind"]
    assert any("没有您能看的评论" in note["zh-CN"] for note in scores["notes"])
    none = analyst.post(f"/api/v1/datasets/{rated}/why", json={"compare": "previous"})
    assert none.status_code == 422


@pytest.mark.parametrize(
    "metric", ["resolution_rate", "resolution_time", "score:总体满意度", "index"]
)
def test_a_number_tells_whether_its_change_can_be_taken_apart(cast, analyst, tmp_path, metric):
    rng = np.random.default_rng(3)
    lines = ["工单编号,答题时间,创建时间,解决时间,渠道,总体满意度,服务满意度,价格满意度"]
    for i in range(400):
        month, hour = 1 + i % 2, int(rng.integers(9, 20))
        solved = f"2025-0{month}-11 {hour}:00:00" if rng.random() < 0.8 else ""
        rated = ",".join(str(int(one)) for one in rng.integers(1, 6, 3))
        opened = f"2025-0{month}-10 {hour}:00:00"
        lines.append(f"W{i},{opened},{opened},{solved},{rng.choice(['电话', '网页'])},{rated}")
    path = tmp_path / "工单.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    at = f"/api/v1/datasets/{add_dataset(cast, analyst, path)[0]}"
    asked = analyst.post(f"{at}/query", json={"metrics": [metric], "where": []})
    assert asked.status_code == 200, asked.text
    (told,) = asked.json()["definition"]
    taken = analyst.post(f"{at}/why", json={**CHANGE, "metric": metric})
    assert (taken.status_code == 200) == told["decomposable"], taken.text
    there = {
        one["id"]: one["decomposable"] for one in analyst.get(f"{at}/codebook").json()["operations"]
    }
    assert there.get(metric, told["decomposable"]) == told["decomposable"]
    assert there["resolution_rate"]
    assert not there["resolution_time"]
