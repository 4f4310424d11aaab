"""Writing the files: whole or not at all."""

import subprocess
import sys
from pathlib import Path

import pytest

from huiyin.core.places import NoRoomError, PlaceError
from huiyin.report import run
from huiyin.report.run import UnknownFormatError, write_report


def test_files_are_named_by_format_and_replaced(findings, tmp_path):
    folder = tmp_path / "新 文件夹" / "a"
    written = write_report(findings, folder, formats=["html", "html"], language="zh")
    assert written == [folder / "report.html"]
    assert write_report(findings, folder, formats=["html"], language="en") == written
    assert '<html lang="en">' in written[0].read_text("utf-8")
    assert [path.name for path in folder.iterdir()] == ["report.html"]


def test_the_office_formats_are_written_too(findings, tmp_path):
    pytest.importorskip("huiyin.report.slides")
    written = write_report(findings, tmp_path, formats=["xlsx", "pptx"], language="zh")
    assert [path.read_bytes()[:2] for path in written] == [b"PK", b"PK"]


def test_an_unknown_format_is_named(findings, tmp_path):
    with pytest.raises(UnknownFormatError, match="docx"):
        write_report(findings, tmp_path, formats=["html", "docx"], language="zh")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_a_file_is_a_sentence(findings, tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("x")
    with pytest.raises(PlaceError, match="taken” is a file, not a folder"):
        write_report(findings, taken, formats=["html"], language="zh")


def test_a_fault_in_the_second_format_leaves_the_old_first_one(findings, tmp_path, monkeypatch):
    old = tmp_path / "report.html"
    old.write_text("old")

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run, "WRITERS", {**run.WRITERS, "pdf": full})
    with pytest.raises(NoRoomError, match="The disk is full"):
        write_report(findings, tmp_path, formats=["html", "pdf"], language="zh")
    assert old.read_text() == "old"
    assert list(tmp_path.iterdir()) == [old]


FULL_DISK = """
import pickle, resource, sys
from pathlib import Path
from huiyin.core.places import NoRoomError
from huiyin.report.run import write_report

findings = pickle.loads(Path(sys.argv[1]).read_bytes())
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    write_report(findings, Path(sys.argv[2]), formats=["html"], language="zh")
except NoRoomError as error:
    sys.exit(error.say("en"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a process' file size has no limit here")
def test_a_full_disk_leaves_nothing_behind(findings, tmp_path):
    import pickle

    stored, folder = tmp_path / "findings", tmp_path / "out"
    stored.write_bytes(pickle.dumps(findings))
    command = [sys.executable, "-c", FULL_DISK, str(stored), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "was not written" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(Path(folder).iterdir()) == []
