"""Answers join their dataset one by one as they would with the whole of it, and only once."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from asking import OPTIONS, Asked
from cast import Cast

from huiyin.app.work import settling, taking_in
from huiyin.app.work.settling import SETTLE_JOB
from huiyin.app.work.taking_in import take_in_answers
from huiyin.collect.surveys.changes import do_publish
from huiyin.collect.surveys.keeping import half_id
from huiyin.collect.surveys.reading import fetch_surveys
from huiyin.core.ids import new_id
from huiyin.core.text import Text
from huiyin.store.contracts import StoreError
from huiyin.store.sealed_rows import RowSeal
from huiyin.store.tables import DatasetVersion, SavedReport, Submission

SAID = [
    "很好",
    " 前后有空格 ",
    "电话13812345678，请回电",
    "我叫张伟",
    "好\n二",
    "",
    "0",
    "　",
    "🙂",
]


@pytest.fixture
def cast(database, tmp_path):
    return Cast(database, tmp_path / "data")


@pytest.fixture
def cast_here(sqlite_database, tmp_path):
    return Cast(sqlite_database, tmp_path / "data")


PLACES = ("_row", "_source", "_flags", "_import_id")
"""Where a row stands and what the rules said: another matter with the whole dataset."""


def plain(rows):
    return {
        one: {name: cell for name, cell in row.items() if name not in PLACES and cell is not None}
        for one, row in rows.items()
    }


def some_answers(chance):
    """Answer some of the questions, sometimes oddly."""
    codes = [option["code"] for option in OPTIONS]
    all_of_them = {
        "rec": chance.randint(0, 10),
        "sat": chance.randint(1, 5),
        "easy": chance.choice([1, 7, "na"]),
        "one": chance.choice(codes),
        "gone": chance.choice(codes),
        "why": chance.sample(codes, chance.randint(1, 3)),
        "top": chance.sample(codes, 3),
        "m": {"fast": chance.choice([1, 5, "na"]), "kind": 3},
        "mark": chance.choice([0, 7, 999.5, 1000]),
        "say": chance.choice(SAID),
        "day": "2026-11-26",
    }
    return {name: one for name, one in all_of_them.items() if chance.random() < 0.8}


def test_a_row_that_joins_is_what_the_whole_dataset_makes_of_it(cast):
    seed = random.SystemRandom().randrange(2**32)
    chance = random.Random(seed)  # noqa: S311 -- no secret
    asked = Asked(cast)
    asked.begin()
    for _ in range(3):
        for _ in range(12):
            asked.answer(
                some_answers(chance), {"one": "自己写的"}, seconds=chance.choice([None, 8])
            )
        assert asked.look() == 1, seed
    assert asked.jobs("sync_pushed_rows") == 0
    joined, types = plain(asked.rows()), asked.types()
    assert len(joined) == 37
    asked.settle()
    assert asked.version().reason == "merge"
    assert plain(asked.rows()) == joined, seed
    assert asked.types() == types


def test_the_first_answers_make_the_dataset_as_an_import_would(cast):
    asked = Asked(cast)
    asked.answer({"rec": 9, "say": "电话13812345678，请回电"}, seconds=None)
    tried = asked.answer({"rec": 3, "say": "测试"}, seconds=None)
    assert asked.look() == 1
    first, found, types = asked.version(), plain(asked.rows()), asked.types()
    assert (first.reason, first.n_rows, first.ledger["n_valid"]) == ("append", 2, 2)
    assert asked.jobs("sync_pushed_rows") == 0
    assert asked.look() == 0
    asked.settle()
    settled = asked.version()
    assert plain(asked.rows()) == found
    assert asked.types() == types
    assert asked.rows()[tried]["_flags"] != 0
    assert [one["rule_id"] for one in first.legend] == [one["rule_id"] for one in settled.legend]


def test_a_first_write_that_was_never_shown_is_read_by_an_import(cast_here, monkeypatch):
    asked = Asked(cast_here)
    asked.answer({"rec": 9})
    with monkeypatch.context() as broken:
        broken.setattr(taking_in, "do_publish_versions", broken_publish)
        asked.look()
    asked.look()
    asked.work()
    assert asked.version().reason == "import"
    assert len(asked.rows()) == 1


@pytest.mark.parametrize("why", ["a customer", "half-finished", "begun long ago"])
def test_first_answers_that_are_not_plain_are_read_by_an_import(cast_here, why):
    asked = Asked(cast_here)
    NOT_PLAIN[why](asked)
    assert asked.look() == 1
    assert asked.jobs("sync_pushed_rows") == 1
    asked.work()
    assert asked.version().reason == "import"


def test_what_may_name_a_person_is_masked_and_flags_come_when_the_whole_is_looked_over(cast_here):
    asked = Asked(cast_here)
    asked.begin()
    called = asked.answer({"rec": 3, "say": "电话13812345678，请回电"})
    tried = asked.answer({"rec": 3, "say": "测试"})
    asked.look()
    rows = asked.rows()
    assert rows[called]["say"] == "电话***，请回电"
    assert rows[tried]["_flags"] == 0
    version = asked.version()
    assert (version.reason, version.ledger["n_rows"], version.ledger["n_valid"]) == ("append", 3, 3)
    asked.settle()
    assert asked.rows()[tried]["_flags"] != 0
    assert asked.version().ledger["n_valid"] == 2


def test_two_looks_in_a_row_are_one_version_for_each_two_seconds(cast_here):
    asked = Asked(cast_here)
    asked.begin()
    asked.answer({"rec": 1})
    asked.look()
    asked.answer({"rec": 2})
    assert take_in_answers(asked.system) == 0
    assert len(asked.rows()) == 2
    assert asked.look() == 1
    assert len(asked.rows()) == 3


def half(asked):
    own = asked.answer({"rec": 4})
    with asked.cast.uow() as work:
        row = work.session.query(Submission).filter_by(id=own).one()
        seal = RowSeal(asked.cast.system.key)
        payload = dict(seal.open(own, row.payload)) | {"finished": "no"}
        row.id, row.payload = half_id(own), seal.close(half_id(own), payload)


def long_ago(asked):
    begun = int((datetime.now(UTC) - timedelta(hours=13)).timestamp() * 1000)
    asked.answer({"rec": 4}, row_id=f"{begun:012x}"[:8] + "-" + f"{begun:012x}"[8:] + new_id()[13:])


def other_words(asked):
    place = new_id()
    asked.keep(place, {"response_id": place, "answered_at": "gestern", "rec": "4"})


def new_version(asked):
    with asked.cast.uow() as work:
        (survey,) = fetch_surveys(work.session)
        draft = {**survey.draft, "fields": ["shop", "staff"]}
        survey.draft = draft
        work.session.flush()
        do_publish(work, survey.id, survey.revision)
    asked.answer({"rec": 4})


NOT_PLAIN = {
    "a customer": lambda asked: asked.answer({"rec": 4}, customer="C1"),
    "half-finished": half,
    "begun long ago": long_ago,
    "a time in words": other_words,
    "another codebook": new_version,
}


@pytest.mark.parametrize("why", NOT_PLAIN)
def test_what_is_not_plain_goes_the_way_of_every_import(cast_here, why):
    asked = Asked(cast_here)
    asked.begin()
    NOT_PLAIN[why](asked)
    assert asked.look() == 1
    assert asked.version().reason == "append"
    asked.work()
    assert asked.version().reason == "import"
    assert len(asked.rows()) == 2
    assert asked.look() == 0


def test_a_write_that_was_never_shown_does_not_come_twice(cast_here, monkeypatch):
    asked = Asked(cast_here)
    asked.begin()
    asked.answer({"rec": 4})
    with monkeypatch.context() as broken:
        broken.setattr(taking_in, "do_publish_versions", broken_publish)
        asked.look()
    assert len(asked.rows()) == 1
    asked.look()
    asked.work()
    assert len(asked.rows()) == 2


def test_one_that_cannot_be_shown_holds_up_no_other_of_its_commit(cast_here, monkeypatch):
    good, bad = Asked(cast_here), Asked(cast_here)
    good.begin()
    bad.begin()
    for one in (good, bad):
        one.answer({"rec": 4})
    whole = taking_in.do_publish_versions

    def broken(work, versions):
        if bad.dataset_id in {row.dataset_id for row, _ in versions}:
            raise ValueError
        whole(work, versions)

    with monkeypatch.context() as at_work:
        at_work.setattr(taking_in, "do_publish_versions", broken)
        assert bad.look() == 2
    assert (len(good.rows()), len(bad.rows())) == (2, 1)
    assert bad.jobs("sync_pushed_rows") == 1
    bad.work()
    assert (len(good.rows()), len(bad.rows())) == (2, 2)


def test_who_waits_longest_comes_first_and_what_nobody_answered_stays_as_it_is(
    cast_here, monkeypatch
):
    asked = [Asked(cast_here) for _ in range(4)]
    for one in asked:
        one.begin()
    before = asked[1].version().version
    for k in (2, 0, 3, 2):
        asked[k].answer({"rec": 4})
    whole, groups = taking_in._show_all, []

    def noted(system, written):
        groups.append([one.place.dataset.id for one in written])
        whole(system, written)

    monkeypatch.setattr(taking_in, "_show_all", noted)
    monkeypatch.setattr(taking_in, "AT_ONCE", 2)
    assert asked[0].look() == 3
    own = [one.dataset_id for one in asked]
    assert groups == [[own[2], own[0]], [own[3]]]
    assert [len(one.rows()) for one in asked] == [2, 1, 3, 2]
    assert asked[1].version().version == before


def test_the_report_that_stands_ready_waits_for_the_look_at_the_whole(cast_here):
    asked = Asked(cast_here)
    asked.answer({"rec": 4})
    asked.look()
    assert asked.jobs("make_standing_report") == 0
    asked.settle()
    assert asked.jobs("make_standing_report") == 1


def broken_publish(*_, **__):
    raise ValueError


def test_who_holds_the_dataset_is_waited_for(cast_here):
    asked = Asked(cast_here)
    asked.begin()
    asked.answer({"rec": 4})
    with asked.system.lake.writer(asked.dataset_id, asked.system.leases):
        assert asked.look() == 0
    assert asked.look() == 1
    assert asked.jobs("sync_pushed_rows") == 0


def test_one_look_over_waits_for_a_dataset_and_old_states_are_forgotten(cast_here):
    asked = Asked(cast_here)
    asked.begin()
    for score in (1, 2, 3):
        asked.answer({"rec": score})
        asked.look()
    assert asked.jobs(SETTLE_JOB) == 1
    asked.late += timedelta(hours=2)
    asked.work()
    with cast_here.database.reading() as session:
        assert [one.reason for one in session.query(DatasetVersion)] == ["merge"]
    assert len(asked.rows()) == 4


def test_however_many_answers_come_the_lake_stays_small_and_what_is_named_opens(
    cast_here, monkeypatch
):
    asked = Asked(cast_here)
    asked.begin()
    for name, value in (("LONG_LOG", 10), ("APPENDED_KEPT", timedelta(0))):
        monkeypatch.setattr(settling, name, value)
    folder = cast_here.system.lake.table(asked.dataset_id).folder
    named = None
    for _ in range(2):
        for score in range(24):
            asked.answer({"rec": score % 11})
            asked.look()
        if named is None:
            named, before = asked.version().version, asked.rows()
            with cast_here.uow() as work:
                link_to(work, asked.dataset_id, named)
        asked.settle()
    assert len(asked.rows()) == 49
    assert sum(1 for path in folder.rglob("*") if path.is_file()) < 80
    files = cast_here.system.lake.snapshot(asked.dataset_id, named)
    assert files.n_rows == len(before) == 25
    asked.answer({"rec": 4})
    asked.look()
    assert len(asked.rows()) == 50


def link_to(work, dataset_id, version):
    report = {"rules_version": 1, "title": "留着", "options": {}, "created_at": work.now}
    work.session.add(SavedReport(dataset_id=dataset_id, version=version, **report))


def test_a_store_that_cannot_be_read_is_looked_at_again(cast_here, monkeypatch):
    asked = Asked(cast_here)

    def fail(_):
        raise StoreError(Text.same("锁住了"))

    with monkeypatch.context() as broken:
        broken.setattr(taking_in, "fetch_waiting_datasets", fail)
        assert asked.look() == 0
