"""What a small group answered changes nothing that is shown: no figure, no table, no file tells it.

Two surveys are the same but for the answers of seven customers of one province, or of six in one
month. Whatever a view or a board of one shows, that of the other shows too.
"""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy

import pytest
from importing import add_dataset

from huiyin.people.contracts import Role

METRIC = "score:总体满意度"
SMALL, LATE = "西藏", "2025-10"
SURVEYS = ("", SMALL, LATE)
"""As it is, and with other answers of the small province or the small month."""
PLACES = ("上海", "江苏", "浙江", "广东", "四川")
OF_SMALL, OF_LATE = range(0, 420, 60), range(30, 420, 70)
HEAD = "编号,客户编号,答题时间,省份,门店,环节,总体满意度,服务满意度,推荐意愿,意见"


def line(i, moved):
    small, late = i in OF_SMALL, i in OF_LATE
    place = SMALL if small else PLACES[i % 5]
    day = f"{LATE}-05" if late else f"2025-{1 + i % 9:02d}-{1 + i % 27:02d}"
    total, service, nps = 1 + i * 7 % 5, 1 + i * 3 % 5, i % 11
    words = "排队太久" if i % 2 else "收银很慢"
    if small or late:
        other = moved == (SMALL if small else LATE)
        total, service, nps = (1, 2, 0) if other else (4, 5, 9)
        words = "门口停车困难" if other else "环境干净舒适"
    stage = ("售前", "售中", "售后")[i % 3]
    return f"{i},K{i % 390},{day} 10:00,{place},{place}一店,{stage},{total},{service},{nps},{words}"


@pytest.fixture(scope="module")
def surveys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    for moved in SURVEYS:
        lines = [HEAD, *(line(i, moved) for i in range(420))]
        (folder / f"{moved}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


@pytest.fixture
def ids(cast, analyst, surveys):
    return {
        moved: add_dataset(cast, analyst, surveys / f"{moved}.csv", name="调查")[0]
        for moved in SURVEYS
    }


GROUPED = {"metrics": [METRIC], "by": ["省份"]}
IN_TIME = {"metrics": [METRIC], "grain": "month"}
WITHIN = {"metrics": [METRIC], "where": [f"省份={SMALL}"]}
FIGURES = {
    "bar": GROUPED,
    "heat": {"metrics": [METRIC], "by": ["省份", "环节"]},
    "heat over time": IN_TIME | {"by": ["环节"]},
    "cohort": IN_TIME,
    "line": IN_TIME,
    "control": IN_TIME,
    "multiples": IN_TIME | {"by": ["环节"]},
    "funnel": GROUPED,
    "pareto": GROUPED | {"metrics": ["dissatisfied:总体满意度"]},
    "likert": GROUPED,
    "box": GROUPED | {"metrics": ["mean:总体满意度"]},
    "violin": GROUPED | {"metrics": ["mean:总体满意度"]},
    "map": GROUPED,
    "table": GROUPED | {"metrics": [METRIC, "nps:推荐意愿", "satisfied:总体满意度"]},
    "number": WITHIN,
    "gauge": WITHIN,
    "sankey": WITHIN | {"since": "2025-05-01", "until": "2025-09-30",
                        "compare": "2025-01-01..2025-04-30"},
    "waterfall": WITHIN | {"by": ["环节"], "since": "2025-05-01", "until": "2025-09-30",
                           "compare": "2025-01-01..2025-04-30"},
    "importance": {"metrics": [METRIC, "score:服务满意度"], "where": [f"省份={SMALL}"]},
    "words": WITHIN,
}  # fmt: skip


def views(dataset_id, moved):
    for name, query in FIGURES.items():
        if ("grain" in query) == (moved == LATE):
            yield name, {"dataset": dataset_id, "query": query, "chart": name.split()[0]}


def pairs(ids):
    for moved in (SMALL, LATE):
        asked = (list(views(ids[one], moved)) for one in ("", moved))
        yield from zip(*asked, strict=True)


def shown(browser, view):
    answer = browser.post("/api/v1/views/answer", json={"view": view})
    found = deepcopy(answer.json())
    if "error" in found:
        return answer.status_code, found["error"]["sentence"]
    del found["view"]
    for part in ("version", "data"):
        found["result"].pop(part, None)
    return answer.status_code, found


def test_no_figure_tells_what_a_small_group_answered(cast, analyst, ids):
    viewer = cast.signed_in(Role.VIEWER)
    for (name, first), (_, second) in pairs(ids):
        asker = analyst if name == "words" else viewer
        one, other = shown(asker, first), shown(asker, second)
        assert one == other, name
        assert one[0] == 200, (name, one)


def test_no_part_of_a_pivot_table_tells_it(cast, ids):
    viewer, by = cast.signed_in(Role.VIEWER), ["环节", "省份"]
    found = [
        shown(viewer, {"dataset": ids[one], "query": GROUPED | {"by": by}, "chart": "pivot"})[1]
        for one in ("", SMALL)
    ]
    one, other = (
        [cell for cell in answer["result"]["cells"] if cell["by"].get("省份")] for answer in found
    )
    assert one == other
    hidden = [cell for cell in one if cell.get("not_estimable") == "suppressed"]
    assert {cell["by"]["省份"] for cell in hidden} > {SMALL}
    assert len(hidden) < len(one)


def board_of(dataset_id, moved):
    tiles = [
        {"id": f"t{at}", "kind": "view", "x": 0, "y": 6 * at, "w": 6, "h": 6, "view": view}
        for at, (name, view) in enumerate(views(dataset_id, moved))
        if name != "words"
    ]
    return {"name": {"zh-CN": "板", "en": "Board"}, "tiles": tiles}


def file_of(browser, board, form):
    made = browser.post("/api/v1/boards", json={"definition": board})
    assert made.status_code == 201, made.text
    answer = browser.post(f"/api/v1/boards/{made.json()['id']}/file?format={form}", json={})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        return {one: file.read(one) for one in file.namelist() if one != "docProps/core.xml"}


@pytest.mark.parametrize("form", ["pptx", "xlsx"])
@pytest.mark.parametrize("moved", [SMALL, LATE])
def test_no_file_of_a_board_tells_what_a_small_group_answered(cast, ids, moved, form):
    viewer = cast.signed_in(Role.VIEWER)
    one, other = (file_of(viewer, board_of(ids[name], moved), form) for name in ("", moved))
    assert [name for name in one if one[name] != other.get(name)] == []
    assert len(one) > 10


def test_a_few_newcomers_are_not_the_difference_between_a_window_and_its_flows(
    cast, analyst, tmp_path
):
    both = [
        f"{month}-{i},K{i},2025-0{month}-10 10:00,{1 + i % 5}"
        for i in range(90)
        for month in (1, 2)
    ]
    once = [f"n{i},N{i},2025-02-11 10:00,5" for i in range(4)]
    lines = ["编号,客户编号,答题时间,总体满意度", *both, *once]
    (tmp_path / "两期.csv").write_text("\n".join(lines) + "\n", "utf-8")
    dataset_id = add_dataset(cast, analyst, tmp_path / "两期.csv", name="两期")[0]
    query = {"metrics": [METRIC], "since": "2025-02-01", "until": "2025-02-28",
             "compare": "previous"}  # fmt: skip
    found = shown(analyst, {"dataset": dataset_id, "query": query, "chart": "sankey"})[1]
    assert found["result"]["cells"][0]["n_customers"] == 94
    assert found["option"]["series"][0]["links"]
    assert "不给出" in found["caption"]
    assert not {"90", "94", "4"} & {row[2] for row in found["beside"]["rows"]}
    assert [row[2] for row in found["beside"]["rows"][-2:]] == ["—", "—"]
