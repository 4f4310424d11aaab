"""The columns of a version are coded before readers see it."""

from __future__ import annotations

import pytest
from importing import add_dataset, ask

from huiyin.app.work import coding, loading
from huiyin.core.text import Text
from huiyin.engine.contracts import EngineError
from huiyin.measure.contracts import QueryError
from huiyin.measure.cubes.cube import Cube
from huiyin.measure.dataset import Dataset as Measured
from huiyin.store.tables import Dataset, Erasure, Job
from huiyin.web.corridors import everybodys_view


@pytest.fixture
def survey_file(tmp_path):
    lines = ["编号,答题时间,大区,总体满意度"]
    lines += [f"{i},2025-03-{1 + i % 27:02d} 10:00,{'华东' if i % 3 else '华南'},{1 + i % 5}"
              for i in range(120)]  # fmt: skip
    path = tmp_path / "满意度.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_whoever_asks_first_reads_no_row(cast, analyst, survey_file, monkeypatch):
    seen = []

    def noted(system, context, version):
        with context.uow() as work:
            seen.append(work.session.get_one(Dataset, version.dataset_id).current_version)
            seen.append(work.session.get_one(Job, context.job_id).stage["zh-CN"])
        coding.code_unshown(system, context, version)

    monkeypatch.setattr(loading, "code_unshown", noted)
    dataset_id, done = add_dataset(cast, analyst, survey_file)
    assert (done["status"], seen) == ("done", [None, "为提问备好各列"])

    with cast.system.database.reading() as session:
        view = everybodys_view(session, cast.system, dataset_id)
    cube = cast.system.cubes.of(view.snapshot)
    monkeypatch.setattr(Cube, "_read", lambda *_: pytest.fail("a column was read anew"))
    fresh = Cube(cube.folder)
    with cast.system.engine() as engine:
        fresh.load(Measured(engine, view.snapshot, cube=fresh), ["大区", "总体满意度"])
    assert fresh.n_rows == 120


def test_what_the_data_cannot_give_holds_up_neither_import_nor_report(cast, analyst, tmp_path):
    lines = ["工单编号,答题时间,首次响应时间,解决时间,满意度"]
    for i in range(100):
        day = f"2025-03-{1 + i % 20:02d}"
        end = "2040-01-05 15:00" if i == 3 else f"{day} 15:00"  # no calendar of working days
        lines.append(f"W{i},{day} 10:00,{day} 10:20,{end},{1 + i % 5}")
    path = tmp_path / "工单.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    dataset_id, done = add_dataset(cast, analyst, path)
    assert done["status"] == "done"
    with cast.system.database.reading() as session:
        view = everybodys_view(session, cast.system, dataset_id)
    coding.code_view(cast.system, view)
    answer = ask(analyst, dataset_id, metrics=["resolution_time:natural"])
    assert answer["cells"][0]["estimate"] is not None


@pytest.mark.parametrize(
    "fault",
    [EngineError(Text("满了", "full")), QueryError(Text("没有", "none")), OSError("full")],
)
def test_columns_that_cannot_be_coded_hold_up_no_import(
    cast, analyst, survey_file, monkeypatch, fault
):
    def fails(*_):
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr(coding, "code_view", fails)
        dataset_id, done = add_dataset(cast, analyst, survey_file)
    assert done["status"] == "done"
    answer = ask(analyst, dataset_id, metrics=["mean:总体满意度"])
    assert answer["data"]["used"] == 120


def test_columns_coded_while_a_customer_was_erased_are_forgotten(
    cast, analyst, survey_file, monkeypatch
):
    kept = []

    def erased_meanwhile(system, context, version):
        kept.append([*cast.system.cubes.folder.iterdir()])
        coding.code_unshown(system, context, version)
        if len(kept) == 1:
            with context.uow() as work:
                done = {"asked_at": work.now, "finished_at": work.now, "facts": {}}
                work.session.add(Erasure(surrogate_hash="x", reason="request", **done))

    monkeypatch.setattr(loading, "code_unshown", erased_meanwhile)
    add_dataset(cast, analyst, survey_file)
    coded = [*cast.system.cubes.folder.iterdir()]
    assert (kept, coded) == ([[]], [])
