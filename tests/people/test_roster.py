"""Staff from one Excel: what changes is shown, and exactly that is done."""

import io

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from huiyin.people.contracts import BadRosterError, PeopleRuleError, Role
from huiyin.people.directory import unit_of
from huiyin.people.roster import KnownPerson, Roster, RosterPerson, roster_changes
from huiyin.people.roster_apply import do_apply_roster, fetch_roster_changes
from huiyin.people.roster_file import read_roster
from huiyin.people.staff import do_disable_staff
from huiyin.people.units import fetch_units
from huiyin.store.tables import Staff


def workbook(**sheets):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for n_row, row in enumerate(rows):
                for n_column, cell in enumerate(row):
                    sheet.write(n_row, n_column, cell)
    return out.getvalue()


STAFF = [
    ["本表由人事导出"],
    ["姓名*", "工号", "邮箱", "手机号", "角色", "部门", "状态"],
    ["张三", 1001, "Zhang@Example.com", 13812345678, "负责人", "华东/上海", "在职"],
    ["李四", 1002, "li@example.com", "", "", "一店", "在职"],
    ["王五", 1003, "wang@example.com", "", "viewer", "", "离职"],
    ["", "", "", "", "", "", ""],
]
UNITS = [
    ["单位", "上级单位", "编号"],
    ["华东", "", "E"],
    ["上海", "华东", ""],
    ["一店", "上海", "S1"],
]


def preview(house, roster, *, disable_missing=False):
    with house.reading() as session:
        return fetch_roster_changes(
            session, roster, source="excel", disable_missing=disable_missing
        )


def apply(house, roster, changes, *, disable_missing=False):
    with house.uow() as uow:
        return do_apply_roster(
            uow,
            roster,
            source="excel",
            disable_missing=disable_missing,
            fingerprint=changes.fingerprint,
        )


def test_columns_are_found_by_name_in_chinese():
    roster = read_roster(workbook(人员=STAFF, 单位=UNITS))
    first, second, third = roster.people
    assert (first.login, first.external_key, first.mobile) == (
        "zhang@example.com", "1001", "13812345678",
    )  # fmt: skip
    assert (first.role, first.unit) == (Role.MANAGER, ("华东", "上海"))
    assert (second.role, second.unit) == (None, ("华东", "上海", "一店"))
    assert third.left
    assert roster.units[("华东", "上海", "一店")] == "S1"


def test_and_in_english():
    rows = [["Name", "Login", "Department", "Role"], ["Bob", "BOB", "East > Shop 1", "Analyst"]]
    (bob,) = read_roster(workbook(Staff=rows)).people
    assert (bob.login, bob.unit, bob.role) == ("bob", ("East", "Shop 1"), Role.ANALYST)


def test_a_role_goes_by_what_lists_call_it():
    words = ["一线", "经理", "分析师", "admin", "viewer"]
    rows = [["姓名", "账号", "角色"], *(["甲", f"p{n}", word] for n, word in enumerate(words))]
    assert [line.role for line in read_roster(workbook(人员=rows)).people] == [
        Role.FRONT_LINE, Role.MANAGER, Role.ANALYST, Role.ADMINISTRATOR, Role.VIEWER,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([["城市", "人口"], ["上海", 2400]], "姓名"),
        ([["姓名", "工号"]], "姓名"),
        ([["姓名", "工号"], ["", 5]], "人员 2"),
        ([["姓名", "工号"], ["张三", ""]], "人员 2"),
        ([["姓名", "邮箱"], ["张三", "no mail"]], "人员 2"),
        ([["姓名", "工号", "角色"], ["张三", 5, "老板"]], "老板"),
    ],
)
def test_what_cannot_be_read_is_named(rows, says):
    with pytest.raises(BadRosterError) as fault:
        read_roster(workbook(人员=rows))
    assert says in fault.value.say("zh-CN")


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04broken", b"name,login\nBob,bob", b"\x00" * 99]
)
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(BadRosterError):
        read_roster(content)


def test_a_unit_that_lies_inside_itself_is_refused():
    rows = [["单位", "上级单位"], ["A", "B"], ["B", "A"]]
    with pytest.raises(BadRosterError):
        read_roster(workbook(人员=STAFF, 单位=rows))


def test_added_then_nothing_then_moved_changed_disabled_enabled(house):
    house.person("root", Role.ADMINISTRATOR)
    roster = read_roster(workbook(人员=STAFF, 单位=UNITS))
    first = preview(house, roster)
    assert [c.kind for c in first.people] == ["added", "added"]
    assert first.units_added == (("华东",), ("华东", "上海"), ("华东", "上海", "一店"))
    apply(house, roster, first)
    again = preview(house, roster)
    assert (again.people, again.units_added, again.n_unchanged) == ((), (), 2)

    changed = [list(row) for row in STAFF]
    changed[2][5] = "华东/上海/一店"
    changed[3][0] = "李四四"
    roster = read_roster(workbook(人员=changed, 单位=UNITS))
    second = preview(house, roster)
    assert [(c.kind, dict(c.before), dict(c.after)) for c in second.people] == [
        ("moved", {"unit": ("华东", "上海")}, {"unit": ("华东", "上海", "一店")}),
        ("changed", {"name": "李四"}, {"name": "李四四"}),
    ]
    apply(house, roster, second)

    only_first = read_roster(workbook(人员=changed[:3], 单位=UNITS))
    assert preview(house, only_first).people == ()
    third = preview(house, only_first, disable_missing=True)
    assert [(c.kind, c.login) for c in third.people] == [("disabled", "li@example.com")]
    apply(house, only_first, third, disable_missing=True)
    with house.reading() as session:
        staff = {row.login: row for row in session.scalars(select(Staff))}
        assert staff["li@example.com"].disabled_at is not None
        assert staff["root"].disabled_at is None
        assert len(fetch_units(session)) == 3
        assert staff["zhang@example.com"].source == "excel"
        assert staff["zhang@example.com"].role == "manager"
    fourth = preview(house, roster)
    assert [c.kind for c in fourth.people] == ["enabled"]
    apply(house, roster, fourth)
    assert preview(house, roster).people == ()


def test_what_was_not_looked_at_is_not_done(house):
    roster = read_roster(workbook(人员=STAFF, 单位=UNITS))
    seen = preview(house, roster)
    house.person("li@example.com", name="Somebody")
    with pytest.raises(PeopleRuleError):
        apply(house, roster, seen)
    with house.reading() as session:
        assert len(session.scalars(select(Staff)).all()) == 1


def test_a_list_cannot_shut_out_the_last_administrator_and_then_does_nothing(house):
    rows = [["姓名", "账号", "角色"], ["甲", "first", "管理员"]]
    roster = read_roster(workbook(人员=rows))
    apply(house, roster, preview(house, roster))
    other = read_roster(workbook(人员=[["姓名", "账号"], ["乙", "second"]]))
    seen = preview(house, other, disable_missing=True)
    assert sorted(c.kind for c in seen.people) == ["added", "disabled"]
    with pytest.raises(PeopleRuleError):
        apply(house, other, seen, disable_missing=True)
    with house.reading() as session:
        assert [row.login for row in session.scalars(select(Staff))] == ["first"]


def department(*words):
    """Write a list of people who say no more than their department."""
    people = [["甲", f"p{n}", word] for n, word in enumerate(words)]
    return [["姓名", "账号", "部门"], *people]


def test_the_end_of_a_path_or_a_code_means_the_unit_that_is_here(house):
    first = read_roster(workbook(人员=STAFF, 单位=UNITS))
    apply(house, first, preview(house, first))
    later = read_roster(workbook(人员=department("一店", "上海/二店", "S1", "E/苏州", "华北")))
    seen = preview(house, later)
    assert [change.after["unit"] for change in seen.people] == [
        ("华东", "上海", "一店"), ("华东", "上海", "二店"), ("华东", "上海", "一店"),
        ("华东", "苏州"), ("华北",),
    ]  # fmt: skip
    assert seen.units_added == (("华北",), ("华东", "苏州"), ("华东", "上海", "二店"))
    apply(house, later, seen)
    assert preview(house, later).people == ()


def test_what_several_units_are_called_is_asked_about_in_full(house):
    first = read_roster(workbook(人员=department("华东/一店", "华北/一店")))
    apply(house, first, preview(house, first))
    later = read_roster(workbook(人员=department("一店")))
    with pytest.raises(BadRosterError, match=r"人员 2.*华东 / 一店"):
        preview(house, later)


def test_a_unit_has_one_code_however_often_the_list_names_it(house):
    twice = [
        ["单位", "上级单位", "编号"],
        ["华东", "", "E"],
        ["上海", "华东", "SH"],
        ["上海", "华东", ""],
    ]
    roster = read_roster(workbook(人员=department("上海"), 单位=twice))
    assert roster.units["华东", "上海"] == "SH"
    apply(house, roster, preview(house, roster))
    with pytest.raises(BadRosterError, match=r"华东 / 上海.*SH.*HS"):
        read_roster(workbook(人员=department("上海"), 单位=[*twice, ["上海", "华东", "HS"]]))
    called = Roster(roster.people, {("上海",): "HS", ("华东", "上海"): "SH"})
    with pytest.raises(BadRosterError, match=r"HS.*SH"):
        preview(house, called)


def test_a_parent_is_a_name_a_code_or_a_path_and_names_may_come_twice(house):
    rows = [
        ["单位", "上级单位", "编号"],
        ["华东", "", "E"], ["华北", "", "N"],
        ["一店", "E", "E1"], ["一店", "华北", "N1"], ["柜台", "华东/一店", ""],
    ]  # fmt: skip
    roster = read_roster(workbook(人员=department("N1"), 单位=rows))
    assert set(roster.units) == {
        ("华东",), ("华北",), ("华东", "一店"), ("华北", "一店"), ("华东", "一店", "柜台"),
    }  # fmt: skip
    assert roster.people[0].unit == ("华北", "一店")
    unclear = [*rows[:-1], ["柜台", "一店", ""]]
    with pytest.raises(BadRosterError, match="单位 6"):
        read_roster(workbook(人员=department("N1"), 单位=unclear))
    apply(house, roster, preview(house, roster))
    under_it = [["单位", "上级单位", "编号"], ["上海", "华东", "SH"], ["仓库", "上海", ""]]
    later = read_roster(workbook(人员=department("仓库"), 单位=under_it))
    assert preview(house, later).units_added == (("华东", "上海"), ("华东", "上海", "仓库"))


def test_a_code_in_the_list_reaches_a_unit_that_is_here(house):
    first = read_roster(workbook(人员=department("华东/一店")))
    apply(house, first, preview(house, first))
    coded = [["单位", "上级单位", "编号"], ["一店", "华东", "S1"]]
    later = read_roster(workbook(人员=department("华东/一店"), 单位=coded))
    seen = preview(house, later)
    assert (seen.units_added, dict(seen.unit_codes)) == ((), {("华东", "一店"): "S1"})
    apply(house, later, seen)
    with house.reading() as session:
        assert [(unit.name, unit.code) for unit in fetch_units(session)] == [
            ("华东", None), ("一店", "S1"),
        ]  # fmt: skip
    assert preview(house, later).unit_codes == {}


def known(login, *, key=None, source="excel", disabled=False):
    return KnownPerson(f"id-{login}", login, login, None, None, Role.VIEWER, None, key, source,
                       disabled)  # fmt: skip


def compare(lines, people, **options):
    roster = Roster(tuple(lines), {})
    options = {"source": "excel", "disable_missing": False, **options}
    return roster_changes(roster, people, {}, **options)


def test_the_key_finds_a_person_whose_login_changed():
    (change,) = compare(
        [RosterPerson("new", "old", external_key="7")], [known("old", key="7")]
    ).people
    assert (change.kind, dict(change.after)) == ("changed", {"login": "new"})


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        ([RosterPerson("aa", "A"), RosterPerson("aa", "B")], []),
        ([RosterPerson(x, x, external_key="1") for x in ("aa", "bb")], []),
        ([RosterPerson("bb", "A", external_key="1")], [known("aa", key="1"), known("bb")]),
        ([RosterPerson("aa", "A"), RosterPerson("zz", "B", external_key="1")],
         [known("aa", key="1")]),
    ],
)  # fmt: skip
def test_two_who_cannot_be_told_apart_are_refused(lines, people):
    with pytest.raises(BadRosterError):
        compare(lines, people)


def test_people_added_by_hand_are_never_shut_out_by_a_list():
    people = [known("hand", source="manual"), known("gone"), known("shut", disabled=True)]
    changes = compare([], people, disable_missing=True).people
    assert [c.login for c in changes] == ["gone"]


LOGINS = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(LOGINS, LOGINS, st.booleans())
@settings(max_examples=60)
def test_everybody_is_counted_once(listed, here, missing):
    lines = [RosterPerson(login, login, where=login) for login in listed]
    people = [known(login) for login in here]
    changes = compare(lines, people, disable_missing=missing)
    kinds = {
        kind: {c.login for c in changes.people if c.kind == kind} for kind in ("added", "disabled")
    }
    assert kinds["added"] == set(listed) - set(here)
    assert kinds["disabled"] == (set(here) - set(listed) if missing else set())
    assert changes.n_unchanged == len(set(listed) & set(here))


def test_units_of_a_directory_name():
    base = "dc=example,dc=com"
    assert unit_of("cn=x,dc=example,dc=com", base) is None
    assert unit_of("CN=x,OU=Shop\\, 1,OU=East,DC=example,DC=com", base) == ("East", "Shop, 1")


def test_a_person_shut_out_by_hand_comes_back_only_by_the_list_that_says_so(house):
    house.person("root", Role.ADMINISTRATOR)
    roster = read_roster(workbook(人员=STAFF, 单位=UNITS))
    apply(house, roster, preview(house, roster))
    with house.uow() as uow:
        row = uow.session.scalar(select(Staff).where(Staff.external_key == "1002"))
        do_disable_staff(uow, row.id, row.revision)
    left = [list(row) for row in STAFF]
    left[3][6] = "离职"
    assert preview(house, read_roster(workbook(人员=left, 单位=UNITS))).people == ()
