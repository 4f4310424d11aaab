"""A place that will not take a file is named, with the true reason."""

import errno
import os

import pytest

from huiyin.core.places import NoRoomError, PlaceError, check_file, check_folder, whole_file
from huiyin.core.places import written_at as written


def test_a_file_in_the_way_of_a_folder_is_named(tmp_path):
    (tmp_path / "taken").write_text("x")
    for folder in (tmp_path / "taken", tmp_path / "taken" / "deeper" / "still"):
        with pytest.raises(PlaceError, match="taken” is a file, not a folder"):
            check_folder(folder)
        with pytest.raises(PlaceError, match="taken” is a file, not a folder"), written(folder):
            folder.mkdir(parents=True)
    check_folder(tmp_path / "new" / "deeper")
    assert not (tmp_path / "new").exists()


def test_a_place_where_nothing_can_be_made_is_named_and_room_is_not_spoken_of():
    from pathlib import Path

    folder = Path("/proc/nothing-of-ours")
    with pytest.raises(PlaceError, match="cannot be written") as found, written(folder):
        folder.mkdir()
    assert "space" not in str(found.value)


def test_a_file_needs_a_folder_and_must_not_be_one(tmp_path):
    with pytest.raises(PlaceError, match="is a folder and cannot be written as a file"):
        check_file(tmp_path)
    with pytest.raises(PlaceError, match=r"There is no folder “.*nowhere”"):
        check_file(tmp_path / "nowhere" / "a.yaml")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_only_a_full_disk_speaks_of_room_and_leaves_no_half_file(tmp_path, number):
    file = tmp_path / "a.yaml"
    file.write_text("old")
    with pytest.raises(NoRoomError, match="disk is full"), whole_file(file) as draft:
        draft.write_text("half")
        raise OSError(number, os.strerror(number))
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_a_fault_of_another_file_is_not_blamed_on_the_place(tmp_path):
    with pytest.raises(FileNotFoundError), written(tmp_path / "out"):
        open("/nowhere/at/all")  # noqa: PTH123, SIM115
