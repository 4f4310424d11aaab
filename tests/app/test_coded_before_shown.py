"""The columns of a version are coded before readers see it."""

from __future__ import annotations

import pytest
from importing import add_dataset, ask

from huiyin.app.work import coding, loading
from huiyin.core.text import Text
from huiyin.engine.contracts import EngineError
from huiyin.measure.cubes.cube import Cube
from huiyin.measure.dataset import Dataset as Measured
from huiyin.store.tables import Dataset
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
        coding.code_unshown(system, context, version)

    monkeypatch.setattr(loading, "code_unshown", noted)
    dataset_id, done = add_dataset(cast, analyst, survey_file)
    assert (done["status"], seen) == ("done", [None])

    with cast.system.database.reading() as session:
        view = everybodys_view(session, cast.system, dataset_id)
    cube = cast.system.cubes.of(view.snapshot)
    monkeypatch.setattr(Cube, "_read", lambda *_: pytest.fail("a column was read anew"))
    fresh = Cube(cube.folder)
    with cast.system.engine() as engine:
        fresh.load(Measured(engine, view.snapshot, cube=fresh), ["大区", "总体满意度"])
    assert fresh.n_rows == 120


@pytest.mark.parametrize("fault", [EngineError(Text("满了", "full")), OSError("full")])
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
