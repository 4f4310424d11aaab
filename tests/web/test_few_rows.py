"""Whose rows are fewer than the smallest group: no surface tells a number of them."""

from __future__ import annotations

import pytest
from importing import add_dataset

from huiyin.people.contracts import Role
from huiyin.people.settings import do_change_setting

FEW = 9
METRIC = "score:总体满意度"
WINDOW = {"since": "2025-02-01", "until": "2025-02-28"}


@pytest.fixture
def viewer(cast, tmp_path):
    """See the nine answers of one small shop only, of 240; gives how to ask about them."""
    analyst, root = cast.signed_in(Role.ANALYST), cast.signed_in(Role.ADMINISTRATOR, "root")
    lines = [
        f"{i},2025-0{1 + i % 2}-{1 + i % 27:02d} 10:00,{'孤店' if i < FEW else f'店{i % 3}'},"
        f"K{i},{1 + i * 7 % 5},{1 + (i * 7 + i // 5) % 5},{i % 11}"
        for i in range(240)
    ]
    path = tmp_path / "满意度.csv"
    head = "编号,答题时间,门店,客户,总体满意度,服务满意度,推荐意愿"
    path.write_text("\n".join([head, *lines]) + "\n", "utf-8")
    dataset_id, _ = add_dataset(cast, analyst, path)
    with cast.uow() as uow:
        do_change_setting(uow, "share_scores_with_everyone", False, 0)
    rule = {"column": "门店", "values": ["孤店"], "role": "viewer", "dataset_id": dataset_id}
    assert root.post("/api/v1/row-rules", json=rule).status_code == 201
    browser = cast.signed_in(Role.VIEWER)

    def ask(surface, **body):
        answer = browser.post(f"/api/v1/datasets/{dataset_id}/{surface}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return ask


def test_numbers_of_the_whole_are_hidden(viewer):
    for found in (
        viewer("query", metrics=[METRIC])["cells"],
        [viewer("why", metric=METRIC, **WINDOW)["whole"]],
    ):
        assert [cell["not_estimable"] for cell in found] == ["suppressed"]
        assert {cell["n"] for cell in found} == {0}


def test_why_says_that_the_number_itself_is_not_shown(viewer):
    said = viewer("why", metric=METRIC, **WINDOW)["finding"]
    assert "拆不开" in said["zh-CN"]
    assert "人数太少" in said["zh-CN"]
    assert "各组" not in said["zh-CN"]
    assert said["en"].count(".") == 1


def test_what_goes_together_is_hidden(viewer):
    drivers = viewer("drivers", target="总体满意度", drivers=["服务满意度", "推荐意愿"])
    raised = viewer("what-if", aspect="服务满意度", points=5)
    for found in (drivers, raised):
        assert (found["not_estimable"], found["n"], found["drivers"]) == ("suppressed", 0, [])
    assert drivers["n_total"] == 0
    related = viewer("ask", question="满意度和推荐意愿有关吗")
    assert related["relation"] is None
    assert "人数太少" in related["sentence"]["zh-CN"]
    assert str(FEW) not in related["sentence"]["zh-CN"]
