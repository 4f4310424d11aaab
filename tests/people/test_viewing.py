from dataclasses import replace

import pytest
from sqlalchemy import select

from huiyin.people.contracts import PeopleRuleError, Right, Role, RowCondition
from huiyin.people.row_rules import (
    RowRuleFields,
    do_add_row_rule,
    do_change_row_rule,
    do_remove_row_rule,
)
from huiyin.people.sessions import person_of
from huiyin.people.settings import do_change_setting
from huiyin.people.viewing import DatasetShape, row_rule_for, score_rule_for
from huiyin.store.contracts import NotFoundError
from huiyin.store.tables import AuditRow, DataModel, Dataset

SHAPE = DatasetShape("d1", frozenset({"门店", "地区", "店员", "渠道"}), "门店", "店员")
FLAT = DatasetShape("d2", frozenset({"地区", "渠道"}))


def rule(house, column, *values, **whom):
    with house.uow() as uow:
        return do_add_row_rule(uow, RowRuleFields(column, values, **whom))


def seen(house, staff, shape=SHAPE):
    with house.reading() as session:
        found = row_rule_for(session, person_of(staff), shape)
    return None if found.sees_nothing else {c.column: c.values for c in found.conditions}


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ANALYST])
def test_without_rules_these_roles_have_no_limit(house, role):
    assert seen(house, house.person("bob", role)) == {}


def test_who_may_see_scores_only_sees_no_row(house):
    viewer = house.person("bob", Role.VIEWER)
    assert seen(house, viewer) is None
    with house.reading() as session:
        assert score_rule_for(session, person_of(viewer), SHAPE).conditions == ()
        scores = {Right.SEE_SCORES, Right.SEE_ROWS}
        for rights, nothing in ((scores, False), ({Right.SEE_SCORES}, True)):
            token = replace(person_of(viewer), role=Role.ANALYST, rights=frozenset(rights))
            assert row_rule_for(session, token, SHAPE).sees_nothing == nothing


def test_a_token_held_to_another_dataset_sees_neither_rows_nor_scores(house):
    bob = person_of(house.person("bob", Role.ANALYST))
    with house.reading() as session:
        for held, nothing in ((("other",), True), (("d1", "other"), False), (None, False)):
            token = replace(bob, dataset_ids=held)
            assert row_rule_for(session, token, SHAPE).sees_nothing == nothing
            assert score_rule_for(session, token, SHAPE).sees_nothing == nothing


def test_only_region_east(house):
    bob = house.person("bob", Role.ANALYST)
    rule(house, "地区", "华东", staff_id=bob.id)
    assert seen(house, bob) == {"地区": ("华东",)}
    assert seen(house, house.person("eve", Role.ANALYST)) == {}


def test_a_manager_sees_the_unit_and_below_by_name_or_code(house):
    east = house.unit("华东", code="E")
    shop = house.unit("上海一店", east, code="S1")
    house.unit("华北")
    boss = house.person("boss", Role.MANAGER, unit_id=east.id)
    local = house.person("local", Role.MANAGER, unit_id=shop.id)
    assert set(seen(house, boss)["门店"]) == {"华东", "E", "上海一店", "S1"}
    assert set(seen(house, local)["门店"]) == {"上海一店", "S1"}


def test_a_manager_without_a_unit_or_on_data_without_units_sees_nothing(house):
    east = house.unit("华东")
    assert seen(house, house.person("a1", Role.MANAGER)) is None
    boss = house.person("b1", Role.MANAGER, unit_id=east.id)
    assert seen(house, boss, FLAT) is None
    rule(house, "地区", "华东", staff_id=boss.id)
    assert seen(house, boss, FLAT) == {"地区": ("华东",)}


def test_front_line_sees_its_own(house):
    bob = house.person("bob", Role.FRONT_LINE, name="王伟", external_key="A17")
    assert seen(house, bob) == {"店员": ("王伟", "bob", "A17")}
    assert seen(house, bob, FLAT) is None
    rule(house, "地区", "华东", role=Role.FRONT_LINE)
    assert seen(house, bob, FLAT) == {"地区": ("华东",)}
    assert seen(house, bob) == {"地区": ("华东",), "店员": ("王伟", "bob", "A17")}


def test_a_rule_for_the_role_never_widens_the_roles_own_limit(house):
    shop = house.unit("上海一店")
    boss = house.person("boss", Role.MANAGER, unit_id=shop.id)
    rule(house, "门店", "上海一店", "北京一店", role=Role.MANAGER)
    with house.reading() as session:
        found = row_rule_for(session, person_of(boss), SHAPE)
    assert not found.allows({"门店": "北京一店"})
    assert found.allows({"门店": "上海一店"})
    rule(house, "门店", "北京一店", staff_id=boss.id)
    assert seen(house, boss) == {"门店": ("北京一店",)}


def test_the_nearest_rule_on_a_column_counts_and_equals_add_up(house):
    east = house.unit("华东")
    shop = house.unit("上海一店", east)
    bob = house.person("bob", Role.ANALYST, unit_id=shop.id)
    rule(house, "渠道", "全部")
    assert seen(house, bob) == {"渠道": ("全部",)}
    rule(house, "渠道", "角色", role=Role.ANALYST)
    assert seen(house, bob) == {"渠道": ("角色",)}
    rule(house, "渠道", "大区", unit_id=east.id)
    assert seen(house, bob) == {"渠道": ("大区",)}
    rule(house, "渠道", "门店", unit_id=shop.id)
    assert seen(house, bob) == {"渠道": ("门店",)}
    rule(house, "渠道", "电话", staff_id=bob.id)
    rule(house, "渠道", "网上", staff_id=bob.id)
    assert set(seen(house, bob)["渠道"]) == {"电话", "网上"}
    rule(house, "地区", "华东", role=Role.ANALYST)
    assert set(seen(house, bob)) == {"渠道", "地区"}


def test_a_rule_on_a_column_that_is_not_there_hides_everything(house):
    bob = house.person("bob", Role.ANALYST)
    rule(house, "城市", "上海", staff_id=bob.id)
    assert seen(house, bob) is None


def test_everybody_sees_all_scores_until_that_is_switched_off(house):
    bob = house.person("bob", Role.VIEWER)
    rule(house, "地区", "华东", staff_id=bob.id)
    with house.reading() as session:
        assert score_rule_for(session, person_of(bob), SHAPE).conditions == ()
    with house.uow() as uow:
        do_change_setting(uow, "share_scores_with_everyone", value=False, revision=0)
    with house.reading() as session:
        found = score_rule_for(session, person_of(bob), SHAPE)
    assert found.conditions == (RowCondition("地区", ("华东",)),)


def test_a_missing_value_meets_no_condition(house):
    bob = house.person("bob", Role.ANALYST)
    rule(house, "地区", "华东", staff_id=bob.id)
    with house.reading() as session:
        found = row_rule_for(session, person_of(bob), SHAPE)
    assert found.allows({"地区": "华东"})
    assert not found.allows({"地区": None})
    assert not found.allows({})


def test_rules_are_checked_changed_removed_and_written_down(house):
    bob = house.person("bob")
    for bad in (
        RowRuleFields(" ", ("x",)),
        RowRuleFields("地区", (" ",)),
        RowRuleFields("地区", ("华东",), staff_id=bob.id, role=Role.VIEWER),
    ):
        with pytest.raises(PeopleRuleError), house.uow() as uow:
            do_add_row_rule(uow, bad)
    with pytest.raises(NotFoundError):
        rule(house, "地区", "华东", dataset_id="gone")
    made = rule(house, "地区", " 华东 ", "华东", staff_id=bob.id)
    assert made.values == ["华东"]
    with house.uow() as uow:
        changed = RowRuleFields("地区", ("华北",), staff_id=bob.id)
        made = do_change_row_rule(uow, made.id, changed, made.revision)
        do_remove_row_rule(uow, made.id, made.revision)
    with house.reading() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.noun == "row_rule")).all()
    assert [row.action for row in rows] == ["add", "change", "remove"]
    assert rows[1].before["values"] == ["华东"]
    assert rows[1].after["values"] == ["华北"]


def test_what_is_made_of_what_was_made_shows_no_more_than_the_first_of_them(house):
    """Answers linked to orders, and that to tickets: a rule on the orders holds there."""
    bob = house.person("bob", Role.ANALYST)
    with house.uow() as uow:
        for name in ("answers", "orders", "tickets", "once", "twice"):
            uow.session.add(Dataset(id=name, name=name, zone="Asia/Shanghai", created_by="x"))
        uow.session.flush()
        for parents, result in ((["answers", "orders"], "once"), (["once", "tickets"], "twice")):
            uow.session.add(
                DataModel(
                    kind="link",
                    name=result,
                    base_dataset_id=parents[0],
                    definition={},
                    parents=parents,
                    result_dataset_id=result,
                    job_id=None,
                )
            )
    rule(house, "地区", "华东", staff_id=bob.id, dataset_id="orders")
    twice = DatasetShape("twice", frozenset({"地区", "渠道"}))
    assert seen(house, bob, twice) == {"地区": ("华东",)}
    assert seen(house, bob, replace(twice, dataset_id="tickets")) == {}
