"""From a file on the page to a number: the same number that the command line gives."""

from dataclasses import replace
from datetime import timedelta

import pytest
from importing import add_dataset, ask, upload
from sqlalchemy import select

import huiyin as hy
from huiyin.app.wiring import build_worker
from huiyin.core.clock import system_clock
from huiyin.people.contracts import Role
from huiyin.store.tables import Job

NPS = "您有多大可能向朋友推荐我们"
HEAD = f"编号,{NPS},总体满意度,门店,意见"


def write_survey(path, n=400, first=0, bump=0):
    rows = [
        f"{first + i},{(i * 7 + bump) % 11},{1 + (i * 3 + bump) % 5},店{i % 4},第{i}条意见写得不短"
        for i in range(n)
    ]
    path.write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")
    return path


@pytest.fixture
def analyst(cast):
    cast.show_small_groups()
    return cast.signed_in(Role.ANALYST)


def test_a_file_becomes_the_numbers_of_the_command_line(cast, analyst, tmp_path):
    path = write_survey(tmp_path / "门店.csv")
    dataset_id, made = add_dataset(cast, analyst, path)
    assert (made["status"], made["rows"], made["new"]) == ("done", 400, 400), made
    words = {"metrics": ["nps", "satisfied"], "by": ["门店"], "compare": "rest"}
    mine = ask(analyst, dataset_id, **words)
    with hy.read(path) as survey:
        theirs = survey.query("nps", "satisfied", by=["门店"], compare="rest").to_json()
    assert len(mine["cells"]) == 8
    for one, other in zip(mine["cells"], theirs["cells"], strict=True):
        assert one["n"] == other["n"]
        assert one["by"] == other["by"]
        assert one["estimate"] == pytest.approx(other["estimate"], rel=1e-9)
        assert one["low"] == pytest.approx(other["low"], rel=1e-9)
        assert one["comparison"]["call"] == other["comparison"]["call"]
    assert mine["data"]["excluded"] == theirs["data"]["excluded"]


def test_a_file_without_a_column_of_the_dataset_changes_nothing(cast, analyst, tmp_path):
    dataset_id, _ = add_dataset(cast, analyst, write_survey(tmp_path / "一月.csv"))
    other = tmp_path / "姓名.csv"
    other.write_text("姓名,城市\n" + "张三,北京\n" * 30, "utf-8")
    body = {"uploads": upload(analyst, other), "load": True}
    made = analyst.post(f"/api/v1/datasets/{dataset_id}/imports", json=body).json()
    build_worker(cast.system).run_until_idle()
    done = analyst.get(f"/api/v1/imports/{made['id']}").json()
    assert done["status"] == "failed", done
    assert "没有一列和数据集同名" in done["error"]["sentence"]["zh-CN"]
    book = analyst.get(f"/api/v1/datasets/{dataset_id}/codebook").json()["columns"]
    assert [column["name"] for column in book] == HEAD.split(",")
    assert analyst.get(f"/api/v1/datasets/{dataset_id}").json()["version"]["rows"] == 400


def test_a_second_import_updates_by_id_and_never_doubles(cast, analyst, tmp_path):
    dataset_id, _ = add_dataset(cast, analyst, write_survey(tmp_path / "一月.csv"))
    again = upload(analyst, write_survey(tmp_path / "二月.csv", n=300, first=200, bump=1))
    made = analyst.post(f"/api/v1/datasets/{dataset_id}/imports", json={"uploads": again}).json()
    build_worker(cast.system).run_until_idle()
    done = analyst.get(f"/api/v1/imports/{made['id']}").json()
    assert (done["status"], done["new"], done["updated"]) == ("done", 100, 200), done
    assert analyst.get(f"/api/v1/datasets/{dataset_id}").json()["version"]["rows"] == 500
    assert ask(analyst, dataset_id, metrics=["nps"])["data"]["rows"] == 500


def test_an_import_tells_what_it_changed_from_what_it_only_repeats(cast, analyst, tmp_path):
    first = write_survey(tmp_path / "一月.csv", n=300)
    dataset_id, _ = add_dataset(cast, analyst, first)
    lines = first.read_text("utf-8").splitlines()
    changed = write_survey(tmp_path / "改.csv", n=20, bump=1).read_text("utf-8").splitlines()
    more = write_survey(tmp_path / "多.csv", n=10, first=300).read_text("utf-8").splitlines()
    again = tmp_path / "二月.csv"
    again.write_text("\n".join(lines[:1] + changed[1:] + lines[21:] + more[1:]) + "\n", "utf-8")
    for counts in ((10, 20, 280), (0, 0, 310)):
        body = {"uploads": upload(analyst, again)}
        made = analyst.post(f"/api/v1/datasets/{dataset_id}/imports", json=body).json()
        build_worker(cast.system).run_until_idle()
        done = analyst.get(f"/api/v1/imports/{made['id']}").json()
        assert (done["new"], done["updated"], done["same"]) == counts, done


def add_more(cast, analyst, dataset_id, path):
    body = {"uploads": upload(analyst, path)}
    made = analyst.post(f"/api/v1/datasets/{dataset_id}/imports", json=body).json()
    build_worker(cast.system).run_until_idle()
    return analyst.get(f"/api/v1/imports/{made['id']}").json()


def test_an_id_that_stands_twice_is_told_and_the_next_import_takes_both_places(
    cast, analyst, tmp_path
):
    path = write_survey(tmp_path / "一月.csv", n=100)
    with path.open("a", encoding="utf-8") as file:
        file.write("7,10,5,店1,同一个编号又来了一次\n8,10,5,店1,这个编号也是\n8,0,1,店1,而且三次\n")
    dataset_id, made = add_dataset(cast, analyst, path)
    assert (made["status"], made["new"]) == ("done", 103)
    said = [note["en"] for note in made["notes"] if "more than once" in note["en"]]
    assert len(said) == 1
    assert "2 ids" in said[0]
    assert "3 rows" in said[0]
    same = add_more(cast, analyst, dataset_id, path)
    assert (same["new"], same["updated"], same["same"]) == (0, 0, 103)
    once = add_more(cast, analyst, dataset_id, write_survey(tmp_path / "二月.csv", n=8))
    assert not [note for note in once["notes"] if "more than once" in note["en"]]
    page = analyst.get(f"/api/v1/datasets/{dataset_id}").json()
    assert page["version"]["rows"] == 102  # 7 is one row again, 8 is still three


@pytest.mark.parametrize("kind", ["understand_files", "load_import"])
def test_an_import_whose_job_died_too_often_says_so_and_can_be_tried_again(
    cast, analyst, tmp_path, kind
):
    files = upload(analyst, write_survey(tmp_path / "a.csv"))
    body = {"name": "门店", "uploads": files, "load": True}
    made = analyst.post("/api/v1/datasets", json=body).json()["import"]
    worker = build_worker(cast.system)
    died = {}
    while not died:
        with cast.uow() as work:
            job = work.session.scalar(select(Job).where(Job.kind == kind))
            if job is not None:
                job.attempts, died = job.max_attempts, {"id": job.id}
        if not died:
            assert worker.run_one()
    worker.run_until_idle()
    given_up = analyst.get(f"/api/v1/imports/{made['id']}").json()
    assert given_up["status"] == "failed"
    assert "memory" in given_up["error"]["sentence"]["en"]
    assert analyst.post(f"/api/v1/jobs/{died['id']}/retry").status_code == 200
    worker.run_until_idle()
    done = analyst.get(f"/api/v1/imports/{made['id']}").json()
    assert (done["status"], done["error"], done["new"]) == ("done", None, 400)


def test_rolling_back_brings_the_earlier_numbers_back(cast, analyst, tmp_path):
    dataset_id, made = add_dataset(cast, analyst, write_survey(tmp_path / "一月.csv"))
    before = ask(analyst, dataset_id, metrics=["nps"])["cells"]
    again = upload(analyst, write_survey(tmp_path / "二月.csv", n=300, first=200, bump=1))
    analyst.post(f"/api/v1/datasets/{dataset_id}/imports", json={"uploads": again})
    build_worker(cast.system).run_until_idle()
    assert ask(analyst, dataset_id, metrics=["nps"])["cells"] != before
    body = {"version": made["version"]}
    assert analyst.post(f"/api/v1/datasets/{dataset_id}/rollback", json=body).status_code == 200
    build_worker(cast.system).run_until_idle()
    assert ask(analyst, dataset_id, metrics=["nps"])["cells"] == before
    reasons = [
        v["reason"] for v in analyst.get(f"/api/v1/datasets/{dataset_id}/versions").json()["items"]
    ]
    assert reasons == [f"rollback:{made['version']}", "import", "import"]


def test_a_failed_import_leaves_nothing_and_says_why(cast, analyst, tmp_path):
    path = tmp_path / "空.csv"
    path.write_text(HEAD + "\n", "utf-8")
    dataset_id, made = add_dataset(cast, analyst, path)
    assert made["status"] == "failed"
    assert "没有数据" in made["error"]["sentence"]["zh-CN"]
    answer = analyst.post(f"/api/v1/datasets/{dataset_id}/query", json={"metrics": ["nps"]})
    assert answer.status_code == 422
    assert not list(cast.system.folders.staged.iterdir())


def test_a_changed_codebook_reads_the_rows_anew(cast, analyst, tmp_path):
    dataset_id, _ = add_dataset(cast, analyst, write_survey(tmp_path / "门店.csv"))
    book = analyst.get(f"/api/v1/datasets/{dataset_id}/codebook").json()
    text = book["text"].replace(
        "name: 总体满意度\n  role: overall", "name: 总体满意度\n  role: aspect"
    )
    assert text != book["text"], book["text"]
    body = {"version": book["version"], "text": text}
    assert analyst.put(f"/api/v1/datasets/{dataset_id}/codebook", json=body).status_code == 200
    build_worker(cast.system).run_until_idle()
    stale = analyst.put(
        f"/api/v1/datasets/{dataset_id}/codebook", json=body | {"text": book["text"]}
    )
    assert stale.status_code == 409
    found = ask(analyst, dataset_id, metrics=["score:总体满意度"])
    assert found["cells"][0]["n"] > 300
    columns = analyst.get(f"/api/v1/datasets/{dataset_id}/codebook").json()["columns"]
    assert {c["name"]: c["role"] for c in columns}["总体满意度"] == "aspect"


def test_the_import_of_a_wjx_file_goes_the_whole_way(cast, analyst, shared):
    path = next((shared / "data" / "exports").rglob("*选项文本.xls"), None)
    if path is None:
        pytest.skip("no 问卷星 export among the shared data")
    _, made = add_dataset(cast, analyst, path)
    assert made["status"] == "done", made
    assert made["profile"].startswith("wjx")


def test_a_report_is_made_once_and_then_served(cast, analyst, tmp_path):
    dataset_id, _ = add_dataset(cast, analyst, write_survey(tmp_path / "门店.csv"))
    address = f"/api/v1/datasets/{dataset_id}/report"
    first = analyst.get(f"{address}/html?lang=zh")
    assert first.status_code == 202
    assert analyst.get(f"{address}/html?lang=zh").json()["job"]["id"] == first.json()["job"]["id"]
    build_worker(cast.system).run_until_idle()
    page = analyst.get(f"{address}/html?lang=zh")
    assert page.status_code == 200, page.text
    assert "门店满意度" in page.text
    assert "sandbox" in page.headers["content-security-policy"]
    assert analyst.get(address).json()["ready"] == ["html", "json"]
    assert analyst.get(f"{address}/xlsx").status_code == 202
    build_worker(cast.system).run_until_idle()
    book = analyst.get(f"{address}/xlsx")
    assert book.content[:2] == b"PK"
    assert "attachment" in book.headers["content-disposition"]


def test_drivers_are_those_of_the_command_line(cast, analyst, root):
    path = root / "examples" / "ev_test_drive" / "test_drive.xlsx"
    dataset_id, made = add_dataset(cast, analyst, path)
    assert made["status"] == "done", made
    mine = analyst.post(f"/api/v1/datasets/{dataset_id}/drivers", json={"bootstrap": 50}).json()
    with hy.read(path) as survey:
        theirs = survey.drivers(bootstrap=50).to_json()
    assert [d["column"] for d in mine["drivers"]] == [d["column"] for d in theirs["drivers"]]
    for one, other in zip(mine["drivers"], theirs["drivers"], strict=True):
        assert one["share"] == pytest.approx(other["share"], rel=1e-9)
        assert one["low"] == pytest.approx(other["low"], rel=1e-6)


def test_the_preview_shows_rows_as_they_came_without_contact_data(cast, analyst, tmp_path):
    path = tmp_path / "有电话.csv"
    rows = "\n".join(f"{i},1390000{i:04d},{1 + i % 5},请打 13800138000" for i in range(120))
    path.write_text(f"编号,手机号,总体满意度,意见\n{rows}\n", "utf-8")
    body = {"name": "回访", "uploads": upload(analyst, path)}
    made = analyst.post("/api/v1/datasets", json=body).json()["import"]
    assert analyst.get(f"/api/v1/imports/{made['id']}/preview").json()["rows"] == []
    build_worker(cast.system).run_until_idle()
    seen = analyst.get(f"/api/v1/imports/{made['id']}/preview?rows=5").json()
    assert seen["columns"] == ["编号", "手机号", "总体满意度", "意见"]
    assert len(seen["rows"]) == 5
    assert "13800138000" not in str(seen)
    assert "13900000001" not in str(seen)
    assert analyst.get(f"/api/v1/imports/{made['id']}").json()["status"] == "understood"
    assert analyst.post(f"/api/v1/imports/{made['id']}/load").status_code == 200
    build_worker(cast.system).run_until_idle()
    dataset = analyst.get(f"/api/v1/datasets/{made['dataset_id']}").json()
    assert dataset["version"]["grade"]["letter"] in "ABCD"
    assert dataset["lineage"][0]["files"] == ["有电话.csv"]


def test_the_page_and_its_json_are_made_together(cast, analyst, tmp_path):
    dataset_id, _ = add_dataset(cast, analyst, write_survey(tmp_path / "门店.csv"))
    address = f"/api/v1/datasets/{dataset_id}/report"
    asked = analyst.get(f"{address}/json")
    assert asked.status_code == 202, asked.text
    assert asked.json()["job"]["kind"] == "make_report"
    build_worker(cast.system).run_until_idle()
    assert {"html", "json"} <= set(analyst.get(address).json()["ready"])
    assert analyst.get(address).json()["job"] is None
    page = analyst.get(f"{address}/json").json()
    assert page["title"] == "门店满意度"
    assert page["chapters"]
    assert page["title"] in analyst.get(f"{address}/html").text


def test_some_columns_of_a_codebook_are_changed(cast, analyst, tmp_path):
    dataset_id, _ = add_dataset(cast, analyst, write_survey(tmp_path / "门店.csv"))
    address = f"/api/v1/datasets/{dataset_id}/codebook"
    before = analyst.get(address).json()
    column = {
        "name": NPS,
        "role": "nps",
        "scale": {"min": 0, "max": 10},
        "label": {"zh-CN": "推荐"},
    }
    after = analyst.put(address, json={"version": before["version"], "columns": [column]})
    assert after.status_code == 200, after.text
    kept = {one["name"]: one for one in analyst.get(address).json()["columns"]}
    assert kept[NPS]["label"]["zh-CN"] == "推荐"
    others = {one["name"]: one for one in before["columns"]}
    assert all(kept[name] == others[name] for name in others if name != NPS)
    stale = analyst.put(address, json={"version": before["version"], "columns": [column]})
    assert stale.status_code == 409, stale.text


def test_dates_that_fit_both_orders_are_among_the_doubts(cast, analyst, tmp_path):
    path = tmp_path / "日期.csv"
    rows = [f"{i},{1 + i % 12:02d}/{1 + i * 5 % 12:02d}/2024,{i % 11}" for i in range(60)]
    path.write_text("\n".join(["编号,提交日期,推荐分", *rows]) + "\n", "utf-8")
    dataset_id, _ = add_dataset(cast, analyst, path)
    book = analyst.get(f"/api/v1/datasets/{dataset_id}/codebook").json()
    assert book["doubts"] == ["提交日期"]
    column = next(one for one in book["columns"] if one["name"] == "提交日期")
    assert (column["role"], column["usable"], column["please_check"]) == ("time", True, True)
    said = {key: column[key] for key in ("name", "role", "label")}
    body = {"version": book["version"], "columns": [said | {"scale": None}]}
    assert analyst.put(f"/api/v1/datasets/{dataset_id}/codebook", json=body).status_code == 200
    assert analyst.get(f"/api/v1/datasets/{dataset_id}/codebook").json()["doubts"] == []


def test_the_report_is_ready_before_somebody_looks(cast, analyst, tmp_path):
    dataset_id, _ = add_dataset(cast, analyst, write_survey(tmp_path / "门店.csv"))
    with cast.database.reading() as session:
        waiting = session.scalars(select(Job).where(Job.status == "queued")).all()
    assert [job.kind for job in waiting] == ["make_standing_report"]
    late = replace(cast.system, clock=lambda: system_clock() + timedelta(minutes=1))
    build_worker(late).run_until_idle()
    ready = analyst.get(f"/api/v1/datasets/{dataset_id}/report").json()["ready"]
    assert ready == ["html", "json"]


@pytest.mark.parametrize("name", ["_response_id", "_import_id", "_customer", "_month"])
def test_a_column_that_is_called_as_ours_is_read_under_another_name(cast, analyst, tmp_path, name):
    path = tmp_path / "a.csv"
    rows = [f"{i},{i % 11},甲{i % 3}" for i in range(60)]
    path.write_text("\n".join([f"编号,{NPS},{name}", *rows]) + "\n", "utf-8")
    dataset_id, made = add_dataset(cast, analyst, path)
    assert (made["status"], made["rows"], made["new"]) == ("done", 60, 60), made
    assert f"{name} (2)" in str(made["notes"])
    assert len(ask(analyst, dataset_id, metrics=["nps"], by=[f"{name} (2)"])["cells"]) == 3
