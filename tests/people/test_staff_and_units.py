import pytest
from sqlalchemy import select

from huiyin.people.contracts import PeopleRuleError, Role, WeakPasswordError
from huiyin.people.settings import (
    SETTINGS,
    BadSettingValueError,
    do_change_setting,
    fetch_setting,
    fetch_settings,
)
from huiyin.people.staff import (
    StaffFields,
    StaffFilter,
    do_add_staff,
    do_change_staff,
    do_disable_staff,
    do_enable_staff,
    do_set_password,
    fetch_staff,
)
from huiyin.people.units import (
    UnitFields,
    do_change_unit,
    do_remove_unit,
    fetch_units,
    units_above,
    units_below,
)
from huiyin.store.contracts import EditConflictError, NotFoundError
from huiyin.store.tables import AuditRow

GOOD = "correct horse battery"


def tree(house):
    east = house.unit("华东", code="E")
    shanghai = house.unit("上海", east)
    shop = house.unit("上海一店", shanghai, code="S1")
    north = house.unit("华北")
    return east, shanghai, shop, north


def test_units_come_parents_first_and_know_what_is_below_and_above(house):
    east, shanghai, shop, _ = tree(house)
    with house.reading() as session:
        units = fetch_units(session)
    assert [u.name for u in units] in (
        [["华东", "上海", "上海一店", "华北"], ["华北", "华东", "上海", "上海一店"]]
    )
    assert [u.id for u in units_below(units, shanghai.id)] == [shanghai.id, shop.id]
    assert units_above(units, shop.id) == [shop.id, shanghai.id, east.id]
    assert units_above(units, "gone") == []


def test_a_unit_moves_but_never_into_itself(house):
    east, shanghai, shop, north = tree(house)
    for parent in (east, shop):
        with pytest.raises(PeopleRuleError), house.uow() as uow:
            do_change_unit(uow, east.id, UnitFields("华东", parent.id), east.revision)
    with house.uow() as uow:
        moved = do_change_unit(uow, shanghai.id, UnitFields("上海", north.id), shanghai.revision)
    assert moved.parent_id == north.id
    with house.reading() as session:
        assert [u.id for u in units_below(fetch_units(session), east.id)] == [east.id]


def test_a_code_belongs_to_one_unit_and_a_name_is_needed(house):
    east, *_ = tree(house)
    with pytest.raises(PeopleRuleError):
        house.unit("另一个", code="E")
    with pytest.raises(PeopleRuleError):
        house.unit("  ")
    with house.uow() as uow:
        do_change_unit(uow, east.id, UnitFields("大华东", None, "E"), east.revision)


def test_a_unit_with_people_or_units_stays(house):
    east, _, shop, north = tree(house)
    house.person("bob", unit_id=shop.id)
    for unit in (east, shop):
        with pytest.raises(PeopleRuleError), house.uow() as uow:
            do_remove_unit(uow, unit.id, unit.revision)
    with house.uow() as uow:
        do_remove_unit(uow, north.id, north.revision)
    with house.reading() as session:
        assert len(fetch_units(session)) == 3


def test_the_second_of_two_editors_is_told(house):
    bob = house.person("bob")
    seen = bob.revision
    with house.uow() as uow:
        do_change_staff(uow, bob.id, StaffFields("bob", "Bob"), seen)
    with pytest.raises(EditConflictError) as fault, house.uow() as uow:
        do_change_staff(uow, bob.id, StaffFields("bob", "Robert"), seen)
    assert fault.value.who == "Alice"


def test_somebody_must_stay_to_administrate(house):
    root = house.person("root", Role.ADMINISTRATOR)
    with pytest.raises(PeopleRuleError), house.uow() as uow:
        do_disable_staff(uow, root.id, root.revision)
    with pytest.raises(PeopleRuleError), house.uow() as uow:
        do_change_staff(uow, root.id, StaffFields("root", "Root", Role.VIEWER), root.revision)
    house.person("second", Role.ADMINISTRATOR)
    with house.uow() as uow:
        root = do_disable_staff(uow, root.id, root.revision)
        assert root.disabled_at == house.now
        assert do_enable_staff(uow, root.id, root.revision).disabled_at is None


@pytest.mark.parametrize(
    ("login", "name", "email"),
    [("a", "A", None), ("a b", "A", None), ("<script>", "A", None), ("ok", "", None),
     ("ok", "x" * 81, None), ("ok", "A", "no-mail"), ("taken", "A", None), ("TAKEN", "A", None)],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_a_sentence(one_house, login, name, email):
    one_house.person("taken")
    with pytest.raises(PeopleRuleError) as fault:
        one_house.person(login, name=name, email=email)
    assert fault.value.say("zh-CN") != fault.value.say("en")


def test_unknown_units_and_weak_passwords_are_refused(one_house):
    with pytest.raises(NotFoundError):
        one_house.person("bob", unit_id="gone")
    with pytest.raises(WeakPasswordError):
        one_house.person("bob", password="1234567890")  # noqa: S106 -- refused


def test_people_are_searched_filtered_and_paged(house):
    _, _, shop, north = tree(house)
    for n in range(5):
        house.person(f"user{n}", name=f"王{n}", unit_id=shop.id if n % 2 else north.id)
    house.person("100%_true", Role.ANALYST, name="Percent")
    with house.reading() as session:
        rows, total = fetch_staff(session, StaffFilter(), limit=2)
        assert ([r.login for r in rows], total) == (["100%_true", "user0"], 6)
        rows, total = fetch_staff(session, StaffFilter(), limit=9, after="user3")
        assert [r.login for r in rows] == ["user4"]
        for search, n in (("王", 5), ("USER3", 1), ("%_", 1), ("%", 1), ("_", 1), ("none", 0)):
            assert fetch_staff(session, StaffFilter(search), limit=9)[1] == n, search
        assert fetch_staff(session, StaffFilter(unit_ids=(shop.id,)), limit=9)[1] == 2
        assert fetch_staff(session, StaffFilter(role=Role.ANALYST), limit=9)[1] == 1
        assert fetch_staff(session, StaffFilter(disabled=True), limit=9)[1] == 0


def test_the_audit_log_holds_neither_password_nor_mobile(house):
    bob = house.person("bob", password=GOOD, mobile="13812345678")
    with house.uow() as uow:
        staff = uow.session.merge(bob)
        do_set_password(uow, staff, "another fine sentence")
    with house.reading() as session:
        rows = session.scalars(select(AuditRow)).all()
    said = " ".join(f"{r.action} {r.before} {r.after}" for r in rows)
    assert "add" in said
    assert "change_password" in said
    assert not [word for word in ("13812345678", GOOD, "argon2") if word in said]


def test_settings_have_defaults_bounds_and_a_revision(house):
    with house.uow() as uow:
        assert fetch_setting(uow.session, "minimum_n") == 10
        state = do_change_setting(uow, "minimum_n", 5, 0)
        assert state.value == 5
    with pytest.raises(EditConflictError), house.uow() as uow:
        do_change_setting(uow, "minimum_n", 7, 0)
    with house.uow() as uow:
        do_change_setting(uow, "minimum_n", 7, state.revision)
    with house.reading() as session:
        assert {s.key: s.value for s in fetch_settings(session)}["minimum_n"] == 7
        assert len(fetch_settings(session)) == len(SETTINGS)


@pytest.mark.parametrize(
    ("key", "value"),
    [("no_such", 1), ("minimum_n", 0), ("minimum_n", True), ("minimum_n", "5"),
     ("share_scores_with_everyone", 1), ("company_name", "x" * 81), ("setup_token_hash", "x"),
     ("session_days", 91)],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_refused(one_house, key, value):
    with pytest.raises(BadSettingValueError), one_house.uow() as uow:
        do_change_setting(uow, key, value, 0)


def test_adding_is_all_or_nothing(house):
    with pytest.raises(PeopleRuleError), house.uow() as uow:
        do_add_staff(uow, StaffFields("first", "First"))
        do_add_staff(uow, StaffFields("first", "Again"))
    with house.reading() as session:
        assert fetch_staff(session, StaffFilter(), limit=9)[1] == 0
        assert session.scalars(select(AuditRow)).all() == []
