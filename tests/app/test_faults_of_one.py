"""What ails one questionnaire holds up none of those whose answers come with its own."""

import shutil

import pytest
from asking import Asked
from cast import Cast

from huiyin.app.work import taking_in
from huiyin.lake import standing
from huiyin.store.tables import CodebookVersion, Submission


@pytest.fixture
def cast_here(sqlite_database, tmp_path):
    return Cast(sqlite_database, tmp_path / "data")


def folder_of(asked):
    return asked.cast.system.lake.table(asked.dataset_id).folder


def broken_log(asked):
    for file in (folder_of(asked) / "_delta_log").iterdir():
        file.write_text("{cut sho", "utf-8")


def lost_table(asked):
    shutil.rmtree(folder_of(asked))


def file_for_folder(asked):
    lost_table(asked)
    folder_of(asked).write_bytes(b"")


def unsealed_wrongly(asked):
    with asked.cast.uow() as work:
        for row in work.session.query(Submission).filter_by(dataset_id=asked.dataset_id):
            row.payload = {"_sealed": "AAAA"}


def odd_payload(asked):
    with asked.cast.uow() as work:
        for row in work.session.query(Submission).filter_by(dataset_id=asked.dataset_id):
            row.payload = {"_sealed": "no base64, no mapping"}


def broken_codebook(asked):
    with asked.cast.uow() as work:
        for row in work.session.query(CodebookVersion).filter_by(dataset_id=asked.dataset_id):
            row.text = "columns: ["


FAULTS = [broken_log, lost_table, file_for_folder, unsealed_wrongly, odd_payload, broken_codebook]


@pytest.mark.parametrize("ruin", FAULTS)
def test_the_others_are_counted(cast_here, ruin):
    bad, *good = asked = [Asked(cast_here) for _ in range(3)]
    for one in asked:
        one.begin()
    for one in asked:
        one.answer({"rec": 4})
    ruin(bad)
    standing._held.clear()
    good[0].look()
    assert [len(one.rows()) for one in good] == [2, 2]


def test_what_cannot_be_kept_for_one_is_tried_again_and_comes_once(cast_here, monkeypatch):
    bad, *good = asked = [Asked(cast_here) for _ in range(3)]
    for one in asked:
        one.begin()
    for one in asked:
        one.answer({"rec": 4})
    keep = taking_in.keep_staged

    def full(folders, key, import_id, rows):
        if not kept:
            kept.append(import_id)
            raise OSError(28, "No space left on device")
        keep(folders, key, import_id, rows)

    kept = []
    with monkeypatch.context() as at_work:
        at_work.setattr(taking_in, "keep_staged", full)
        good[0].look()
    assert [len(one.rows()) for one in asked] == [1, 2, 2]
    bad.look()
    bad.work()
    assert [len(one.rows()) for one in asked] == [2, 2, 2]
