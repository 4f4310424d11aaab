"""People who sign in: added, changed, disabled; never removed, so that the audit log stays true."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from huiyin.core.text import LANGUAGES, ZH, Text
from huiyin.people.contracts import PeopleRuleError, Role
from huiyin.people.passwords import check_password, password_hash
from huiyin.people.sessions import do_close_all_sessions
from huiyin.people.units import UNIT
from huiyin.store.tables import Staff, Unit
from huiyin.store.unit_of_work import UnitOfWork

STAFF = Text("人员", "person")
_LOGIN = re.compile(r"[^\s\x00-\x1f<>\"'`\\]{2,120}")
_EMAIL = re.compile(r"[^\s@<>\"'`\\,;]+@[^\s@<>\"'`\\,;]+\.[^\s@<>\"'`\\,;]+")
_NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class StaffFields:
    """What is known about a person."""

    login: str
    name: str
    role: Role = Role.VIEWER
    email: str | None = None
    mobile: str | None = None
    unit_id: str | None = None
    language: str = ZH
    external_key: str | None = None
    source: str = "manual"


@dataclass(frozen=True, slots=True)
class StaffFilter:
    """Which people a list shows."""

    search: str = ""
    role: Role | None = None
    unit_ids: tuple[str, ...] | None = None
    disabled: bool | None = None


def fetch_staff(
    session: Session, wanted: StaffFilter, *, limit: int, after: str | None = None
) -> tuple[list[Staff], int]:
    """Give a page of people by login, and how many there are in all.

    Parameters
    ----------
    session : Session
    wanted : StaffFilter
    limit : int
    after : str or None
        The login that ended the page before.
    """
    where = _conditions(wanted)
    total = session.scalar(select(func.count()).select_from(Staff).where(where)) or 0
    page = select(Staff).where(where).order_by(Staff.login).limit(limit)
    if after is not None:
        page = page.where(Staff.login > after)
    return list(session.scalars(page)), total


def do_add_staff(uow: UnitOfWork, fields: StaffFields, password: str | None = None) -> Staff:
    """Add a person.

    Parameters
    ----------
    uow : UnitOfWork
    fields : StaffFields
    password : str or None
        None: they come in by an invitation or through a provider.

    Raises
    ------
    PeopleRuleError
        Login, name or mail address do not fit, or the login is taken.
    WeakPasswordError
    NotFoundError
        There is no such unit.
    """
    staff = Staff()
    _fill(uow, staff, fields)
    staff.source = fields.source
    if password is not None:
        check_password(password, staff.login, staff.name, staff.email)
        staff.password_hash = password_hash(password)
    uow.session.add(staff)
    uow.session.flush()
    uow.audit("add", "staff", staff.id, after=staff_facts(staff))
    return staff


def do_change_staff(uow: UnitOfWork, staff_id: str, fields: StaffFields, revision: int) -> Staff:
    """Change what is known about a person; a new role or unit ends their sessions.

    Raises
    ------
    PeopleRuleError
        As `do_add_staff`; or nobody would be left to administrate.
    EditConflictError
        Somebody else changed it meanwhile.
    """
    staff = uow.get(Staff, staff_id, STAFF)
    uow.guard(staff, revision)
    before = staff_facts(staff)
    if staff.role == Role.ADMINISTRATOR and fields.role != Role.ADMINISTRATOR:
        _keep_an_administrator(uow, staff)
    _fill(uow, staff, fields)
    if not uow.session.is_modified(staff):
        return staff
    uow.session.flush()
    after = staff_facts(staff)
    if (before["role"], before["unit_id"]) != (after["role"], after["unit_id"]):
        do_close_all_sessions(uow, staff.id)
    uow.audit("change", "staff", staff.id, before=before, after=after)
    return staff


def do_disable_staff(uow: UnitOfWork, staff_id: str, revision: int) -> Staff:
    """Shut a person out: sessions end at once, tokens stop working.

    Raises
    ------
    PeopleRuleError
        Nobody would be left to administrate.
    """
    staff = uow.get(Staff, staff_id, STAFF)
    uow.guard(staff, revision)
    if staff.disabled_at is None:
        _keep_an_administrator(uow, staff)
        staff.disabled_at = uow.now
        do_close_all_sessions(uow, staff.id)
        uow.audit("disable", "staff", staff.id, before=staff_facts(staff))
        uow.session.flush()
    return staff


def do_enable_staff(uow: UnitOfWork, staff_id: str, revision: int) -> Staff:
    """Let a person in again."""
    staff = uow.get(Staff, staff_id, STAFF)
    uow.guard(staff, revision)
    if staff.disabled_at is not None:
        staff.disabled_at = None
        uow.audit("enable", "staff", staff.id, after=staff_facts(staff))
        uow.session.flush()
    return staff


def do_set_password(
    uow: UnitOfWork, staff: Staff, password: str, *, keep_session: str | None = None
) -> None:
    """Give a person a new password; their other sessions end.

    Raises
    ------
    WeakPasswordError
    """
    check_password(password, staff.login, staff.name, staff.email)
    staff.password_hash = password_hash(password)
    do_close_all_sessions(uow, staff.id, but=keep_session)
    uow.audit("change_password", "staff", staff.id)


def staff_facts(staff: Staff) -> dict[str, Any]:
    """Give what the audit log keeps of a person: no password, no mobile number."""
    return {
        "login": staff.login,
        "name": staff.name,
        "role": staff.role,
        "unit_id": staff.unit_id,
        "source": staff.source,
    }


def clean_email(email: str | None) -> str | None:
    """Give a mail address in lower case, or None where there is none.

    Raises
    ------
    PeopleRuleError
        It is no mail address.
    """
    plain = (email or "").strip().lower()
    if not plain:
        return None
    if not _EMAIL.fullmatch(plain):
        raise PeopleRuleError(
            Text("“{email}”不是邮箱地址。", "“{email}” is no mail address.").format(
                email=plain[:80]
            )
        )
    return plain


def _conditions(wanted: StaffFilter) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [Staff.id.is_not(None)]
    if wanted.search.strip():
        like = f"%{_escaped(wanted.search.strip().lower())}%"
        conditions.append(
            or_(
                *(
                    func.lower(column).like(like, escape="\\")
                    for column in (Staff.name, Staff.login, Staff.email)
                )
            )
        )
    if wanted.role is not None:
        conditions.append(Staff.role == wanted.role)
    if wanted.unit_ids is not None:
        conditions.append(Staff.unit_id.in_(wanted.unit_ids))
    if wanted.disabled is not None:
        there = Staff.disabled_at.is_not(None) if wanted.disabled else Staff.disabled_at.is_(None)
        conditions.append(there)
    return and_(*conditions)


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _fill(uow: UnitOfWork, staff: Staff, fields: StaffFields) -> None:
    login, name = fields.login.strip().lower(), fields.name.strip()
    if not _LOGIN.fullmatch(login):
        raise PeopleRuleError(
            Text(
                "账号“{login}”不能用：2 到 120 个字符，不含空格和引号。",
                "The login “{login}” cannot be used: 2 to 120 characters without spaces or quotes.",
            ).format(login=login[:80])
        )
    if not 0 < len(name) <= _NAME_LENGTH:
        raise PeopleRuleError(
            Text("姓名要有 1 到 {n} 个字。", "A name has 1 to {n} characters.").format(
                n=_NAME_LENGTH
            )
        )
    taken = uow.session.scalar(select(Staff).where(Staff.login == login))
    if taken is not None and taken is not staff:
        raise PeopleRuleError(
            Text("账号“{login}”已有人用。", "The login “{login}” is taken.").format(login=login)
        )
    if fields.unit_id is not None:
        uow.get(Unit, fields.unit_id, UNIT)
    staff.login, staff.name, staff.role = login, name, fields.role.value
    staff.email, staff.mobile = clean_email(fields.email), (fields.mobile or "").strip() or None
    staff.unit_id, staff.external_key = fields.unit_id, fields.external_key or None
    staff.language = fields.language if fields.language in LANGUAGES else ZH


def _keep_an_administrator(uow: UnitOfWork, leaving: Staff) -> None:
    others = uow.session.scalar(
        select(Staff.id).where(
            Staff.role == Role.ADMINISTRATOR, Staff.disabled_at.is_(None), Staff.id != leaving.id
        )
    )
    if leaving.role == Role.ADMINISTRATOR and others is None:
        raise PeopleRuleError(
            Text(
                "“{name}”是唯一的管理员，请先让另一个人当管理员。",
                "“{name}” is the only administrator: make somebody else one first.",
            ).format(name=leaving.name)
        )
