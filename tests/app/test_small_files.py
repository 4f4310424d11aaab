"""Answers that came one by one lie in many small files: the night joins them, the numbers stay."""

from datetime import timedelta

from cast import Cast
from respondent import Respondent

from huiyin.app.wiring import build_worker
from huiyin.app.work.housekeeping import TIDY_LAKE_JOB
from huiyin.app.work.taking_in import APART, take_in_answers
from huiyin.core.clock import system_clock
from huiyin.people.contracts import Role

N = 6


def test_a_night_makes_few_files_of_many_and_changes_no_number(sqlite_database, tmp_path):
    cast, ahead = Cast(sqlite_database, tmp_path / "data"), timedelta()
    object.__setattr__(cast.system, "clock", lambda: system_clock() + ahead)
    cast.show_small_groups()
    ann = cast.signed_in(Role.ANALYST)
    guest = Respondent(cast, link={"options": {"repeat": True}})
    dataset_id = guest.survey.dataset_id

    def n_files():
        return len(cast.system.lake.snapshot(dataset_id).files)

    def numbers():
        asked = {"metrics": ["nps"]}
        return ann.post(f"/api/v1/datasets/{dataset_id}/query", json=asked).json()["cells"]

    for number in range(N):
        guest.browser = cast.browser()
        guest.open()
        assert "谢谢" in guest.send(rec=7 + number % 4).text
        ahead += APART
        assert take_in_answers(cast.system) == 1
    before = numbers()
    assert (n_files(), before[0]["n"]) == (N, N)
    with cast.uow() as uow:
        uow.enqueue(TIDY_LAKE_JOB, {})
    assert build_worker(cast.system).run_one()  # that one: the look at the whole is due later
    assert (n_files(), numbers()) == (1, before)
