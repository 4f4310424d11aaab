"""An upgrade shows no number that the build before it computed."""

import pytest

from huiyin.app import builds
from huiyin.app.builds import ASKED, forget_other_builds, this_build
from huiyin.app.settings import Settings
from huiyin.app.wiring import opened_system
from huiyin.store.folders import Folders
from huiyin.web.kept_results import kept


def number(folders, value):
    return kept(folders.cache, "ab" * 32, lambda: value)


def test_results_of_another_build_are_computed_anew(tmp_path):
    folders = Folders(tmp_path)
    forget_other_builds(folders, "old")
    assert number(folders, 1) == 1
    for name in ("cubes", ASKED):
        (folders.cache / name).mkdir()
        (folders.cache / name / "one").write_text("…")
    forget_other_builds(folders, "old")
    assert number(folders, 2) == 1
    forget_other_builds(folders, "new")
    assert number(folders, 2) == 2
    assert not (folders.cache / "cubes").exists()
    assert (folders.cache / ASKED / "one").exists()


def test_what_cannot_be_removed_is_not_taken_for_this_build_s(tmp_path, monkeypatch):
    folders = Folders(tmp_path)
    forget_other_builds(folders, "old")
    (folders.cache / "cubes").mkdir()

    def held(folder, *, ignore_errors=False):
        if not ignore_errors:
            raise PermissionError(folder)

    monkeypatch.setattr(builds.shutil, "rmtree", held)
    with pytest.raises(PermissionError, match="cubes"):
        forget_other_builds(folders, "new")
    assert (folders.cache / builds.MARKER).read_text("utf-8") == "old"


def test_a_server_that_starts_forgets_what_another_build_computed(tmp_path):
    settings = Settings.from_environment({"HUIYIN_DATA": str(tmp_path)})
    with opened_system(settings) as system:
        number(system.folders, 1)
    with opened_system(settings) as system:
        assert number(system.folders, 2) == 1
        (system.folders.cache / "build").write_text("of last year", "utf-8")
    with opened_system(settings) as system:
        assert number(system.folders, 2) == 2


def test_a_build_is_named_by_all_its_code(tmp_path):
    (tmp_path / "a.py").write_text("x = 1\n")
    before = this_build(tmp_path)
    assert this_build(tmp_path) == before
    (tmp_path / "a.py").write_text("x = 2\n")
    changed = this_build(tmp_path)
    (tmp_path / "rules.yaml").write_text("x: 3\n")
    assert len({before, changed, this_build(tmp_path)}) == 3
