"""Versions of the metric rules: kept to the byte, never overwritten, found by day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial

import pytest
from at_once import at_once
from sqlalchemy import select

from huiyin.measure.definitions.contracts import DefinitionError, RulesTextError
from huiyin.measure.definitions.rules import (
    do_keep_house_rules,
    do_save_metric_rules,
    metric_rules,
    metric_rules_on,
    metric_rules_versions,
)
from huiyin.measure.definitions.writing import house_text
from huiyin.measure.metric import HOUSE_RULES
from huiyin.store.contracts import Actor, EditConflictError, NotFoundError
from huiyin.store.tables import AuditRow, MetricRulesVersion
from huiyin.store.unit_of_work import unit_of_work

ALICE = Actor("Alice", address="10.0.0.9")
TEXT = house_text().replace("  nps: 5", "  nps: 4") + "# 末尾的注释与空格  \r\n\n"


def save(database, text=TEXT, base=1, actor=ALICE, **more):
    with unit_of_work(database, actor) as work:
        return do_save_metric_rules(work, text, base_version=base, **more)


def test_store_without_rules_goes_by_the_house(database):
    with database.reading() as session:
        assert metric_rules(session).rules == HOUSE_RULES
        assert metric_rules_on(session, date(2025, 1, 1)).version == 1
        assert [one.version for one in metric_rules_versions(session)] == [1]


def test_house_rules_are_kept_once(database):
    for _ in range(2):
        with unit_of_work(database, ALICE) as work:
            do_keep_house_rules(work)
    with database.reading() as session:
        (row,) = session.scalars(select(MetricRulesVersion))
    assert (row.version, row.text) == (1, house_text())


def test_text_comes_back_to_the_byte(database):
    made = save(database, note="NPS 收紧")
    assert (made.version, made.text, made.rules.delta_nps) == (2, TEXT, 4)
    with database.reading() as session:
        kept = metric_rules(session, 2)
        assert kept.text == TEXT
        assert kept.rules.version == 2
        assert (kept.created_by, kept.note) == ("Alice", "NPS 收紧")
        assert metric_rules(session, 1).text == house_text()
        assert [one.version for one in metric_rules_versions(session)] == [2, 1]


def test_who_saved_which_version_is_in_the_audit(database):
    save(database)
    with database.reading() as session:
        (row,) = session.scalars(select(AuditRow))
    assert (row.actor, row.action, row.noun, row.noun_id) == ("Alice", "save", "metric_rules", "2")
    assert (row.before["version"], row.after["version"]) == (1, 2)


def test_a_save_on_an_old_version_is_refused_with_who_was_first(database):
    save(database)
    with pytest.raises(EditConflictError, match="Alice"):
        save(database, house_text().replace("  nps: 5", "  nps: 6"), actor=Actor("Bob"))
    with database.reading() as session:
        assert metric_rules(session).version == 2


def test_of_two_saves_at_once_one_is_told(database):

    def one(name):
        text = TEXT + f"# {name}\n"
        try:
            return save(database, text, actor=Actor(name)).version
        except EditConflictError:
            return "told"

    with unit_of_work(database, ALICE) as work:
        do_keep_house_rules(work)
    outcomes = at_once(*(partial(one, name) for name in ("Alice", "Bob")))
    assert sorted(outcomes, key=str) == [2, "told"]


def test_text_that_cannot_be_read_leaves_nothing(database):
    with pytest.raises(RulesTextError):
        save(database, "delta: 5")
    with database.reading() as session:
        assert session.scalars(select(MetricRulesVersion)).all() == []


def test_unchanged_text_is_no_new_version(database):
    with pytest.raises(DefinitionError, match="version 1"):
        save(database, house_text())


def test_note_without_control_characters(database):
    with pytest.raises(DefinitionError, match="control"):
        save(database, note="a\x00b")


def test_version_of_a_day_is_the_one_with_the_latest_start(database):
    texts = [TEXT + f"# {i}\n" for i in range(4)]
    starts = [date(2025, 6, 1), date(2025, 6, 1), date(2025, 3, 1), date(2030, 1, 1)]
    for i, (text, start) in enumerate(zip(texts, starts, strict=True)):
        save(database, text, base=i + 1, valid_from=start)
    asked = {
        date(2024, 12, 31): 1, date(2025, 3, 1): 4, date(2025, 5, 31): 4, date(2025, 6, 1): 3,
        date(2029, 12, 31): 3, date(2030, 1, 1): 5,
    }  # fmt: skip
    with database.reading() as session:
        assert {day: metric_rules_on(session, day).version for day in asked} == asked
        assert metric_rules(session).version == 5


def test_a_version_holds_from_the_companys_day_on(database):
    late = datetime(2025, 6, 1, 17, 0, tzinfo=UTC)  # already the 2nd in Shanghai
    with unit_of_work(database, ALICE, clock=lambda: late) as work:
        made = do_save_metric_rules(work, TEXT, base_version=1)
    assert made.valid_from == date(2025, 6, 2)


def test_version_that_is_not_there(database):
    with database.reading() as session, pytest.raises(NotFoundError, match="9"):
        metric_rules(session, 9)
