"""Reads a list of staff and units from one Excel workbook; columns are found by their names."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.core.sheet_span import FarCellError, refuse_far_cells
from huiyin.core.text import Text
from huiyin.people.contracts import ROLE_TEXT, BadRosterError, PeopleRuleError, Role
from huiyin.people.roster import Roster, RosterPerson
from huiyin.people.roster_units import KnownUnits, UnitPath, note_unit
from huiyin.people.staff import clean_email

HEADS: Mapping[str, tuple[str, ...]] = {
    "name": ("姓名", "名字", "员工姓名", "name", "full name", "display name"),
    "login": ("账号", "帐号", "登录名", "用户名", "login", "account", "username", "user name"),
    "email": ("邮箱", "电子邮箱", "邮件", "企业邮箱", "email", "e-mail", "mail"),
    "mobile": ("手机", "手机号", "手机号码", "电话", "mobile", "phone", "mobile phone"),
    "role": ("角色", "权限", "role"),
    "unit": ("单位", "部门", "组织", "门店", "所属单位", "所属部门", "unit", "department", "org"),
    "external_key": ("工号", "员工编号", "人员编号", "employee id", "staff id", "employee number"),
    "status": ("状态", "在职状态", "status", "state"),
}
UNIT_HEADS: Mapping[str, tuple[str, ...]] = {
    "unit": ("单位", "单位名称", "部门", "部门名称", "名称", "unit", "department", "name"),
    "parent": ("上级", "上级单位", "上级部门", "父部门", "parent", "parent unit"),
    "code": ("编号", "单位编号", "部门编号", "编码", "code", "unit code"),
}
ROLE_WORDS: Mapping[Role, tuple[str, ...]] = {
    Role.ADMINISTRATOR: ("系统管理员", "admin"),
    Role.ANALYST: ("分析师",),
    Role.MANAGER: ("经理", "管理者", "主管"),
    Role.FRONT_LINE: ("一线", "前线", "frontline"),
}
"""What lists call the roles beside their names."""
LEFT = frozenset({"离职", "已离职", "停用", "禁用", "left", "disabled", "inactive"})
HEAD_ROWS = 5
MOST_PEOPLE = 50_000
_STEP = re.compile(r"\s*[/>\\＞／]\s*")

Cells = Sequence[Sequence[Any]]


def read_roster(content: bytes) -> Roster:
    """Read people and units from a workbook.

    Parameters
    ----------
    content : bytes
        XLSX, XLS or ODS. A sheet with names and a login, mail address or staff number is a list
        of people; one with units and their parents a list of units. ``华东/上海/一店`` is a path.

    Raises
    ------
    BadRosterError
        It is no workbook, has no list of people, or a row cannot be understood.
    """
    people: list[RosterPerson] = []
    units: dict[UnitPath, str | None] = {}
    for sheet, cells in _sheets(content):
        found = _heads(cells, UNIT_HEADS)
        if found and {"unit", "parent"} <= set(found[1]):
            units.update(_units(sheet, cells, *found))
    for sheet, cells in _sheets(content):
        found = _heads(cells, HEADS)
        if found and "name" in found[1] and {"login", "email", "external_key"} & set(found[1]):
            people += _people(sheet, cells, *found, KnownUnits(units))
    if not people:
        raise BadRosterError(
            Text(
                "没有找到人员表：要有“姓名”列，以及“账号”“邮箱”“工号”中的至少一列，且有数据行。",
                "No list of people was found: it needs a column “name”, one of “login”, “email” "
                "or “employee id”, and at least one row.",
            )
        )
    if len(people) > MOST_PEOPLE:
        raise BadRosterError(
            Text("一次最多导入 {n} 人。", "At most {n} people at once.").format(n=MOST_PEOPLE)
        )
    return Roster(tuple(people), units)


def _sheets(content: bytes) -> list[tuple[str, Cells]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        refuse_far_cells(io.BytesIO(content), "Excel")
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [(name, book.get_sheet_by_name(name).to_python()) for name in book.sheet_names]
    except FarCellError as fault:
        raise BadRosterError(fault.sentence) from fault
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as fault:
        raise BadRosterError(
            Text(
                "这不是能打开的 Excel 文件（xlsx、xls）。请另存为 xlsx 再试。",
                "This is not an Excel file that can be opened: save it as xlsx and try again.",
            )
        ) from fault


def _heads(
    cells: Cells, wanted: Mapping[str, tuple[str, ...]]
) -> tuple[int, dict[str, int]] | None:
    """Give the header's row and the column of each field, in the first rows of a sheet."""
    best: tuple[int, dict[str, int]] | None = None
    for n_row, row in enumerate(cells[:HEAD_ROWS]):
        words = [_word(cell).lower().rstrip("*＊:：") for cell in row]
        found = {
            field: words.index(name)
            for field, names in wanted.items()
            for name in names[::-1]
            if name in words
        }
        if found and (best is None or len(found) > len(best[1])):
            best = (n_row, found)
    return best


def _people(
    sheet: str,
    cells: Cells,
    head: int,
    columns: Mapping[str, int],
    units: KnownUnits,
) -> list[RosterPerson]:
    people = []
    for n_row, row in enumerate(cells[head + 1 :], start=head + 2):
        said = {field: _cell(row, n_column) for field, n_column in columns.items()}
        if any(said.values()):
            where = f"{sheet} {n_row}"
            people.append(_person(said, where, units))
    return people


def _person(said: Mapping[str, str], where: str, units: KnownUnits) -> RosterPerson:
    login = said.get("login") or said.get("email") or said.get("external_key") or ""
    if not login or not said.get("name"):
        raise BadRosterError(
            Text(
                "{where} 行：缺姓名，或账号、邮箱、工号一个都没有。",
                "Row {where}: the name is missing, or login, email and employee id all are.",
            ).format(where=where)
        )
    try:
        email = clean_email(said.get("email"))
    except PeopleRuleError as fault:
        raise BadRosterError(
            Text("{where} 行：{why}", "Row {where}: {why}").format(where=where, why=fault.sentence)
        ) from fault
    return RosterPerson(
        login=login.lower(),
        name=said["name"],
        email=email,
        mobile=said.get("mobile") or None,
        role=_role(said.get("role", ""), where),
        unit=units.placed(_steps(said.get("unit", "")), where) or None,
        external_key=said.get("external_key") or None,
        left=said.get("status", "").lower() in LEFT,
        where=where,
    )


def _units(
    sheet: str, cells: Cells, head: int, columns: Mapping[str, int]
) -> dict[UnitPath, str | None]:
    rows = []
    for n_row, row in enumerate(cells[head + 1 :], start=head + 2):
        said = {field: _cell(row, n_column) for field, n_column in columns.items()}
        if said["unit"]:
            code = said.get("code") or None
            rows.append(_UnitRow(said["unit"], _steps(said["parent"]), code, n_row))
    return _UnitRows(sheet, rows).paths()


@dataclass(frozen=True, slots=True)
class _UnitRow:
    name: str
    above: UnitPath
    code: str | None
    n_row: int


class _UnitRows:
    """A sheet of units, each with what it calls the one above."""

    def __init__(self, sheet: str, rows: Sequence[_UnitRow]) -> None:
        self.sheet = sheet
        self.rows = rows
        self._called: defaultdict[str, list[_UnitRow]] = defaultdict(list)
        self._found: dict[_UnitRow, UnitPath] = {}
        for row in rows:
            for word in {row.name, row.code} - {None}:
                self._called[str(word)].append(row)

    def paths(self) -> dict[UnitPath, str | None]:
        """Give the path and code of each unit.

        Raises
        ------
        BadRosterError
            A unit lies inside itself, has two codes, or several could be the one above it.
        """
        found: dict[UnitPath, str | None] = {}
        for row in self.rows:
            note_unit(found, self._path(row, ()), row.code)
        return found

    def _path(self, row: _UnitRow, passed: tuple[_UnitRow, ...]) -> UnitPath:
        if row not in self._found:
            if row in passed:
                raise self._circle(row)
            self._found[row] = (*self._above(row, (*passed, row)), row.name)
        return self._found[row]

    def _above(self, row: _UnitRow, passed: tuple[_UnitRow, ...]) -> UnitPath:
        """Give the path above a row: what rows say of its first unit comes before it."""
        if not row.above:
            return ()
        first, below = row.above[0], row.above[1:]
        whole = {self._path(one, passed) for one in self._called[first] if one != row}
        if len(whole) > 1:
            raise self._unclear(row, first, whole)
        return (*(next(iter(whole)) if whole else (first,)), *below)

    def _circle(self, row: _UnitRow) -> BadRosterError:
        return BadRosterError(
            Text(
                "表“{sheet}”：单位“{name}”的上级绕回了它自己。",
                "Sheet “{sheet}”: the unit “{name}” lies inside itself.",
            ).format(sheet=self.sheet, name=row.name)
        )

    def _unclear(self, row: _UnitRow, first: str, whole: set[UnitPath]) -> BadRosterError:
        return BadRosterError(
            Text(
                "{sheet} {n} 行：叫“{name}”的上级有几个，请从最上级写起，如 {example}。",
                "Row {sheet} {n}: several units above are called “{name}”: write it from the "
                "top, say {example}.",
            ).format(sheet=self.sheet, n=row.n_row, name=first, example="/".join(min(whole)))
        )


def _steps(words: str) -> UnitPath:
    return tuple(step for step in _STEP.split(words) if step)


def _role(words: str, where: str) -> Role | None:
    if not words:
        return None
    for role, text in ROLE_TEXT.items():
        said = {role.value, *(name.lower() for name in text.values()), *ROLE_WORDS.get(role, ())}
        if words.lower() in said:
            return role
    raise BadRosterError(
        Text(
            "{where} 行：没有“{role}”这个角色，可用：{known}。",
            "Row {where}: there is no role “{role}”; there are: {known}.",
        ).format(
            where=where,
            role=words,
            known=Text.of(
                {
                    tag: ", ".join(text.say(tag) for text in ROLE_TEXT.values())
                    for tag in ("zh-CN", "en")
                }
            ),
        )
    )


def _cell(row: Sequence[Any], n_column: int) -> str:
    return _word(row[n_column]) if n_column < len(row) else ""


def _word(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # staff numbers and mobiles that Excel took for numbers
    return str(cell).strip()
