"""Settings of the installation that people with the right may change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from huiyin.core.errors import BadInputError
from huiyin.core.text import Text
from huiyin.store.contracts import EditConflictError
from huiyin.store.tables import Setting
from huiyin.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class SettingKind:
    """One setting: what it is for, what holds until somebody decides, and its bounds."""

    default: bool | int | str
    text: Text
    least: int | None = None
    most: int | None = None


SETTINGS: dict[str, SettingKind] = {
    "company_name": SettingKind("", Text("公司名称", "name of the company"), most=80),
    "public_address": SettingKind(
        "",
        Text(
            "对外网址，如 https://huiyin.example.com；邀请、分享和扫码登录用它",
            "address seen from outside, say https://huiyin.example.com; used by invitations, "
            "share links and sign-in",
        ),
        most=200,
    ),
    "share_scores_with_everyone": SettingKind(
        default=True,
        text=Text(
            "全员共享得分：人人看得到所有单位的得分；答卷、原话、客户仍按数据权限",
            "everybody sees the scores of all units; rows, verbatims and customers still follow "
            "the row rules",
        ),
    ),
    "minimum_n": SettingKind(
        10,
        Text("少于多少份不显示", "groups with fewer answers are not shown"),
        least=1,
        most=1000,
    ),
    "allow_private_addresses": SettingKind(
        default=False,
        text=Text(
            "允许取数和推送访问内网地址",
            "data sources and messages may reach addresses of private networks",
        ),
    ),
    "source_folders": SettingKind(
        "",
        Text(
            "可以自动取数的服务器文件夹，完整路径，多个用分号隔开",
            "folders of the server that data may be fetched from: whole paths, semicolons between",
        ),
        most=2000,
    ),
    "source_hosts": SettingKind(
        "",
        Text(
            "可以自动取数的主机（网址或数据库），多个用分号隔开；*.example.com 包括所有子域名；"
            "写了端口就只允许那个端口，如 db.example.com:5433、[fd00::7]:8443",
            "hosts that data may be fetched from, web or database: semicolons between; "
            "*.example.com stands for every name below; with a port only that port: "
            "db.example.com:5433, [fd00::7]:8443",
        ),
        most=2000,
    ),
    "session_idle_minutes": SettingKind(
        720, Text("多少分钟不操作就退出登录", "minutes without use until signed out"), 5, 43_200
    ),
    "session_days": SettingKind(
        14, Text("一次登录最多保持几天", "days until a sign-in ends in any case"), 1, 90
    ),
    "invitation_days": SettingKind(
        7, Text("邀请链接几天内有效", "days an invitation holds"), 1, 90
    ),
}  # fmt: skip
"""Every setting; the manual's table is made from this."""


class BadSettingValueError(BadInputError):
    """The setting does not exist, or the value does not fit it."""


@dataclass(frozen=True, slots=True)
class SettingState:
    """A setting as it stands: `revision` is 0 until somebody has changed it."""

    key: str
    value: Any
    revision: int


def fetch_setting(session: Session, key: str) -> Any:
    """Give the value of one setting, or what holds by default."""
    row = session.get(Setting, key)
    return SETTINGS[key].default if row is None else row.value


def fetch_settings(session: Session) -> list[SettingState]:
    """Give every setting that people may change."""
    states = []
    for key, kind in SETTINGS.items():
        row = session.get(Setting, key)
        states.append(
            SettingState(key, kind.default, 0)
            if row is None
            else SettingState(key, row.value, row.revision)
        )
    return states


def do_change_setting(uow: UnitOfWork, key: str, value: Any, revision: int) -> SettingState:
    """Change one setting.

    Parameters
    ----------
    uow : UnitOfWork
    key : str
    value : bool, int or str
    revision : int
        As it was read; 0 for one that nobody changed yet.

    Raises
    ------
    BadSettingValueError
        There is no such setting, or the value does not fit.
    EditConflictError
        Somebody else changed it meanwhile.
    """
    _check(key, value)
    row = write_setting(uow, key, value, revision)
    return SettingState(key, row.value, row.revision)


def write_setting(
    uow: UnitOfWork, key: str, value: Any, revision: int, *, shown: bool = True
) -> Setting:
    """Write a value under optimistic locking and into the audit log.

    Parameters
    ----------
    shown : bool
        False: the value holds secrets, and the audit log tells only that it changed.
    """
    row = uow.session.get(Setting, key)
    before = None if row is None else row.value
    if row is None:
        if revision != 0:
            raise EditConflictError(None, uow.now)
        row = Setting(key=key, value=value)
        uow.session.add(row)
    else:
        uow.guard(row, revision)
        row.value = value
    facts = ({"value": before}, {"value": value}) if shown else (None, None)
    uow.audit("change", "setting", key, before=facts[0], after=facts[1])
    uow.session.flush()
    return row


def _check(key: str, value: Any) -> None:
    kind = SETTINGS.get(key)
    if kind is None:
        raise BadSettingValueError(
            Text("没有“{key}”这个设置。", "There is no setting “{key}”.").format(key=key)
        )
    if type(value) is not type(kind.default) or not _within(kind, value):
        raise BadSettingValueError(
            Text(
                "设置“{name}”不能是“{value}”{bounds}。",
                "The setting “{name}” cannot be “{value}”{bounds}.",
            ).format(name=kind.text, value=str(value)[:80], bounds=_bounds(kind))
        )


def _within(kind: SettingKind, value: Any) -> bool:
    size = len(value) if isinstance(value, str) else int(value)
    return (kind.least is None or size >= kind.least) and (kind.most is None or size <= kind.most)


def _bounds(kind: SettingKind) -> Text:
    if kind.least is None or kind.most is None:
        return Text.same("")
    return Text("，范围 {low} 到 {high}", ": from {low} to {high}").format(
        low=kind.least, high=kind.most
    )
