"""A worker is killed while it takes in answers of several questionnaires: each comes, and once."""

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from asking import Asked
from cast import Cast

SCRIPT = Path(__file__).with_name("dying_in_a_look.py")


@pytest.fixture
def cast(database, tmp_path):
    return Cast(database, tmp_path / "data")


def look_and_die(cast, where):
    address = cast.database.url.render_as_string(hide_password=False)
    command = [sys.executable, SCRIPT, address, cast.system.folders.root, where]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL


@pytest.mark.parametrize(
    ("where", "shown", "next_shown"),
    [
        ("1", [1, 1, 1], [1, 2, 2]),
        ("3", [1, 1, 1], [1, 1, 1]),
        ("commit", [1, 1, 1], [1, 1, 1]),
        ("done", [2, 2, 2], [2, 2, 2]),
    ],
    ids=["one lies in the lake", "all lie in the lake", "before the commit", "behind the commit"],
)
def test_answers_of_a_killed_look_come_once(cast, where, shown, next_shown):
    asked = [Asked(cast) for _ in range(3)]
    for one in asked:
        one.begin()
    later = [one.answer({"rec": 4}) for one in asked]
    look_and_die(cast, where)
    assert [one.version().n_rows for one in asked] == shown
    asked[0].late += timedelta(minutes=1)  # the leases of the dead are over
    asked[0].look()
    # What lies in the lake unseen is left to an import, which reads the whole anew.
    assert [len(one.rows()) for one in asked] == next_shown
    asked[0].work()
    assert [one.version().n_rows for one in asked] == [2] * 3
    assert all(own in one.rows() for one, own in zip(asked, later, strict=True))
    assert asked[0].look() == 0


def test_first_answers_of_a_killed_look_come_once(cast):
    asked = [Asked(cast) for _ in range(3)]
    first = [one.answer({"rec": 9}) for one in asked]
    look_and_die(cast, "2")
    asked[0].late += timedelta(minutes=1)
    asked[0].look()
    asked[0].work()
    assert [{*one.rows()} for one in asked] == [{own} for own in first]
    assert [one.version().n_rows for one in asked] == [1] * 3
