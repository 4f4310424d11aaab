"""What is tidied away changes no number; what is still needed stays."""

import io
import threading
from dataclasses import replace
from datetime import timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image
from respondent import PAGE

from huiyin.app.wiring import build_worker, plan_housekeeping
from huiyin.app.work import housekeeping
from huiyin.collect.datasets.uploads import do_keep_upload, keep_file
from huiyin.people.contracts import Role
from huiyin.store.tables import (
    DatasetVersion,
    Import,
    Job,
    LogoPicture,
    SavedReport,
    Schedule,
    SignInAttempt,
    Upload,
)

NPS = "您有多大可能向朋友推荐我们"


@pytest.fixture
def analyst(cast_on_both):
    cast_on_both.show_small_groups()
    return cast_on_both.signed_in(Role.ANALYST)


def do(cast, kind, *, later=timedelta(0), **payload):
    """Run one job of a kind, with a clock that is ahead."""
    system = replace(cast.system, clock=lambda: cast.system.clock() + later)
    with cast.uow() as uow:
        job_id = uow.enqueue(kind, payload)
    build_worker(system).run_until_idle()
    with cast.system.database.reading() as session:
        job = session.get_one(Job, job_id)
        assert job.status == "done", (job.error, job.log)
        return job.result


def push(cast, browser, dataset_id, rows):
    answer = browser.post(f"/api/v1/datasets/{dataset_id}/rows", json={"rows": rows})
    assert answer.status_code == 200, answer.text
    build_worker(cast.system).run_until_idle()


def push_a_day(cast, browser, dataset_id):
    for number in range(4):
        rows = [
            {
                "id": number * 7 + i,
                NPS: (i * 3 + number) % 11,
                "门店": f"店{i % 3}",
                "意见": "还可以",
            }
            for i in range(10)
        ]
        if number > 1:
            rows = [row | {"渠道": f"渠道{number}"} for row in rows]
        push(cast, browser, dataset_id, rows)


def lake_rows(cast, dataset_id):
    """Every row as the lake has it, in order, without what a merge may change."""
    files = cast.system.lake.snapshot(dataset_id).files
    table = pa.concat_tables([pq.read_table(file) for file in files], promote_options="permissive")
    table = table.sort_by([("_source", "ascending"), ("_row", "ascending")])
    own = [n for n in sorted(table.column_names) if n not in {"_source", "_row", "_import_id"}]
    return table.select(own).to_pylist()


def ask(browser, dataset_id):
    body = {"metrics": ["nps"], "by": ["门店"]}
    found = browser.post(f"/api/v1/datasets/{dataset_id}/query", json=body).json()
    return found["cells"], found["data"]["rows"], found["data"]["excluded"]


def lineage(browser, dataset_id):
    return browser.get(f"/api/v1/datasets/{dataset_id}").json()["lineage"]


def test_a_day_of_pushes_becomes_one_import_with_the_same_rows(
    cast_on_both, analyst, pushed_dataset_id
):
    push_a_day(cast_on_both, analyst, pushed_dataset_id)
    before, numbers = lake_rows(cast_on_both, pushed_dataset_id), ask(analyst, pushed_dataset_id)
    assert (len(before), len(lineage(analyst, pushed_dataset_id))) == (31, 4)
    merged = do(cast_on_both, "merge_pushed_imports", dataset_id=pushed_dataset_id)
    assert merged["merged"] == 4
    assert lake_rows(cast_on_both, pushed_dataset_id) == before
    assert ask(analyst, pushed_dataset_id) == numbers
    assert [one["rows"] for one in lineage(analyst, pushed_dataset_id)] == [40]
    again = do(cast_on_both, "merge_pushed_imports", dataset_id=pushed_dataset_id)
    assert again["merged"] == 0
    push(cast_on_both, analyst, pushed_dataset_id, [{"id": 3, NPS: 9, "门店": "店0"}])
    assert ask(analyst, pushed_dataset_id)[1] == 31
    do(cast_on_both, "tidy_files", later=timedelta(days=10))
    do(cast_on_both, "rebuild_dataset", dataset_id=pushed_dataset_id)
    assert ask(analyst, pushed_dataset_id)[1] == 31, "the rows of the merged import are still there"


def tidy_beside_readers(cast, analyst, dataset_id, n_pushes):
    """Small imports and small files become few while somebody reads, whose numbers stay."""
    for number in range(n_pushes):
        ids = range(number * 10, number * 10 + 10)
        push(
            cast,
            analyst,
            dataset_id,
            [{"id": i, NPS: (i * 3 + number) % 11, "门店": f"店{i % 3}"} for i in ids],
        )
    before, numbers = lake_rows(cast, dataset_id), ask(analyst, dataset_id)
    opened = cast.system.lake.snapshot(dataset_id)
    over, seen = threading.Event(), []

    def read():
        while not over.is_set():
            seen.append(ask(analyst, dataset_id))
            over.wait(0.05)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        do(cast, "tidy_lake")
        do(cast, "tidy_files", later=timedelta(days=10))
    finally:
        over.set()
        reader.join()
    assert seen
    assert all(one == numbers for one in seen)
    assert lake_rows(cast, dataset_id) == before
    assert [one["rows"] for one in lineage(analyst, dataset_id)] == [n_pushes * 10]
    assert len(cast.system.lake.snapshot(dataset_id).files) == 1
    assert sum(pq.read_table(file).num_rows for file in opened.files) == n_pushes * 10


def test_tidying_many_pushes_hurts_no_reader(cast_on_both, analyst, pushed_dataset_id):
    tidy_beside_readers(cast_on_both, analyst, pushed_dataset_id, 4)


@pytest.mark.soak
def test_tidying_two_hundred_pushes_hurts_no_reader(cast_on_both, analyst, pushed_dataset_id):
    tidy_beside_readers(cast_on_both, analyst, pushed_dataset_id, 200)


def test_merged_imports_go_when_no_version_holds_them(
    cast_on_both, analyst, pushed_dataset_id, monkeypatch
):
    monkeypatch.setattr(housekeeping, "READERS_GRACE", timedelta(0))
    monkeypatch.setattr(housekeeping, "NEWEST_VERSIONS", 1)
    push_a_day(cast_on_both, analyst, pushed_dataset_id)
    before = lake_rows(cast_on_both, pushed_dataset_id)
    do(cast_on_both, "merge_pushed_imports", dataset_id=pushed_dataset_id)
    do(cast_on_both, "tidy_lake", later=timedelta(days=100))
    do(cast_on_both, "tidy_files", later=timedelta(days=100))
    with cast_on_both.system.database.reading() as session:
        imports = {one.id for one in session.query(Import)}
        assert session.query(DatasetVersion).count() == 1
    assert len(imports) == 1
    assert {path.name for path in cast_on_both.system.folders.staged.iterdir()} == imports
    assert lake_rows(cast_on_both, pushed_dataset_id) == before


def test_old_versions_go_except_those_that_somebody_needs(
    cast_on_both, analyst, pushed_dataset_id, monkeypatch
):
    monkeypatch.setattr(housekeeping, "READERS_GRACE", timedelta(0))
    monkeypatch.setattr(housekeeping, "NEWEST_VERSIONS", 1)
    push_a_day(cast_on_both, analyst, pushed_dataset_id)
    numbers = ask(analyst, pushed_dataset_id)
    address = f"/api/v1/datasets/{pushed_dataset_id}/versions"
    known = [one["version"] for one in analyst.get(address).json()["items"]]
    with cast_on_both.uow() as uow:
        report = {"title": "年报", "options": {}, "rules_version": 1, "created_at": uow.now}
        uow.session.add(SavedReport(dataset_id=pushed_dataset_id, version=known[-1], **report))
        noon = (uow.now - timedelta(days=3)).replace(hour=12)
        for number, row in enumerate(uow.session.query(DatasetVersion).order_by("version")):
            row.created_at = noon + timedelta(hours=number)  # all of one day
    for _ in range(2):
        result = do(cast_on_both, "tidy_lake")
        kept = [one["version"] for one in analyst.get(address).json()["items"]]
        assert [one for one in kept if one in known] == [known[0], known[-1]]
    assert result["files_removed"] == 0, "the second run finds nothing"
    assert ask(analyst, pushed_dataset_id) == numbers
    lake = cast_on_both.system.lake
    assert lake.snapshot(pushed_dataset_id, known[-1]).n_rows == 10
    gone = analyst.post(
        f"/api/v1/datasets/{pushed_dataset_id}/rollback", json={"version": known[1]}
    )
    assert gone.status_code == 422
    back = {"version": known[-1]}
    assert (
        analyst.post(f"/api/v1/datasets/{pushed_dataset_id}/rollback", json=back).status_code == 200
    )
    build_worker(cast_on_both.system).run_until_idle()
    assert ask(analyst, pushed_dataset_id)[1] == 10


def test_old_files_jobs_and_attempts_go_and_the_rest_stays(
    cast_on_both, analyst, pushed_dataset_id
):
    system = cast_on_both.system
    rows = [{"id": i, NPS: i % 11, "门店": f"店{i % 3}"} for i in range(30)]
    push(cast_on_both, analyst, pushed_dataset_id, rows)
    kept = [keep_file(system.folders, system.key, "a.csv", [b"a,b\n1,2\n"]) for _ in range(2)]
    with cast_on_both.uow() as uow:
        for file in kept:
            do_keep_upload(uow, file)
        used = {"status": "done", "source": "upload", "options": {"mode": "update"}}
        uow.session.add(
            Import(dataset_id=pushed_dataset_id, uploads=[kept[0].id], created_at=uow.now, **used)
        )
        attempt = {"login": "alice", "address": None, "succeeded": False}
        uow.session.add(SignInAttempt(at=uow.now, **attempt))
    (system.folders.reports / "old").mkdir()
    (system.folders.work / "left").mkdir()
    (system.folders.uploads / ".x.part").write_bytes(b"half")
    staged = {path.name for path in system.folders.staged.iterdir()}
    do(cast_on_both, "tidy_files")
    assert (system.folders.reports / "old").exists(), "not yet"
    for _ in range(2):
        do(cast_on_both, "tidy_files", later=timedelta(days=31))
    assert {path.name for path in system.folders.uploads.iterdir()} == {kept[0].id}
    assert not (system.folders.reports / "old").exists()
    assert not (system.folders.work / "left").exists()
    assert {path.name for path in system.folders.staged.iterdir()} == staged
    with system.database.reading() as session:
        assert session.query(SignInAttempt).count() == 0
        assert "sync_pushed_rows" not in {one.kind for one in session.query(Job)}
        assert session.get_one(Upload, kept[1].id).deleted_at is not None
    assert ask(analyst, pushed_dataset_id)[1] == 30


def test_housekeeping_is_planned_once(cast_on_both):
    for _ in range(2):
        plan_housekeeping(cast_on_both.system)
    with cast_on_both.system.database.reading() as session:
        assert {one.kind for one in session.query(Schedule)} == {
            "tidy_lake",
            "tidy_files",
            "keep_retention",
            "hand_on_answers",
            "answer_boards_ahead",
        }


def logo(designer, shade):
    out = io.BytesIO()
    Image.new("RGB", (40, 40), (shade, 0, 0)).save(out, "PNG")
    sent = designer.post("/api/v1/surveys/logos", files={"file": out.getvalue()})
    return sent.json()["id"]


def test_a_logo_that_no_questionnaire_shows_goes_after_a_week(cast_on_both, analyst):
    cast = cast_on_both
    drawn, asked, unused = (logo(analyst, shade) for shade in (10, 20, 30))
    draft = {"title": {"zh-CN": "试"}, "pages": [PAGE], "theme": {"logo": asked}}
    made = analyst.post("/api/v1/surveys", json={"name": "试", "draft": draft}).json()
    address = f"/api/v1/surveys/{made['id']}"
    out = analyst.post(f"{address}/publish", json={"revision": made["revision"]}).json()
    body = {"draft": draft | {"theme": {"logo": drawn}}, "revision": out["revision"], "name": "试"}
    kept = analyst.put(address, json=body)
    assert kept.is_success, kept.text

    def there():
        found = (cast.browser().get(f"/s/-/logo/{one}") for one in (drawn, asked, unused))
        return [one.status_code for one in found]

    assert do(cast, "tidy_files", later=timedelta(days=6))["logos"] == 0
    assert there() == [200, 200, 200]
    assert do(cast, "tidy_files", later=timedelta(days=8))["logos"] == 1
    assert there() == [200, 200, 404]


def test_a_logo_that_is_sent_again_counts_as_new(cast_on_both, analyst):
    one = logo(analyst, 10)
    with cast_on_both.uow() as work:
        work.session.get_one(LogoPicture, one).created_at -= timedelta(days=8)
    assert logo(analyst, 10) == one
    assert do(cast_on_both, "tidy_files")["logos"] == 0
    assert cast_on_both.browser().get(f"/s/-/logo/{one}").status_code == 200
