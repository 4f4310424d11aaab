import signal
import subprocess
import sys
from pathlib import Path

from huiyin.core.work_folders import LOCK, WorkFolder, sweep

HOLD = (
    "import sys; from pathlib import Path; from huiyin.core.work_folders import WorkFolder;"
    "folder = WorkFolder('kind-', Path(sys.argv[1])); (folder.path / 'data').write_text('x');"
    "print(folder.path, flush=True); sys.stdin.read()"
)


def held(parent):
    command = [sys.executable, "-c", HOLD, parent]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    return process, Path(process.stdout.readline().strip())


def test_a_folder_goes_with_its_process_and_a_killed_one_is_swept(tmp_path):
    process, folder = held(tmp_path)
    sweep("kind-", tmp_path)
    assert (folder / "data").exists()
    process.kill()
    assert process.wait() == -signal.SIGKILL
    assert (folder / "data").exists()
    sweep("kind-", tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_process_that_ends_by_itself_leaves_nothing(tmp_path):
    process, folder = held(tmp_path)
    assert folder.exists()
    process.communicate("")
    assert not list(tmp_path.iterdir())


def test_folders_of_others_are_left_alone(tmp_path):
    mine = WorkFolder("kind-", tmp_path)
    (tmp_path / "kind-without-lock").mkdir()
    (tmp_path / "other-kind").mkdir()
    (tmp_path / "other-kind" / LOCK).touch()
    (tmp_path / "kind-file").touch()
    with WorkFolder("kind-", tmp_path) as another:
        assert another.path != mine.path
        assert mine.path.exists()
    assert {path.name for path in tmp_path.iterdir()} == {
        mine.path.name, "kind-without-lock", "other-kind", "kind-file",
    }  # fmt: skip
    mine.close()
    mine.close()
    assert not mine.path.exists()
