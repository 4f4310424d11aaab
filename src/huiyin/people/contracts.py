"""Roles and rights, the person who asks, the rows they may see, and what can go wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from huiyin.core.errors import BadInputError, HuiyinError
from huiyin.core.text import ZH, Text
from huiyin.store.contracts import Actor


class Role(StrEnum):
    """What a person is here."""

    ADMINISTRATOR = "administrator"
    ANALYST = "analyst"
    MANAGER = "manager"
    FRONT_LINE = "front_line"
    VIEWER = "viewer"


class Right(StrEnum):
    """One thing that a person may be allowed to do."""

    SEE_SCORES = "see_scores"
    SEE_ROWS = "see_rows"
    SEE_CUSTOMERS = "see_customers"
    UNMASK = "unmask"
    IMPORT_DATA = "import_data"
    EDIT_CODEBOOK = "edit_codebook"
    DELETE_DATA = "delete_data"
    EDIT_METRICS = "edit_metrics"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_SETTINGS = "manage_settings"
    SEE_AUDIT = "see_audit"
    SHARE = "share"
    MANAGE_JOBS = "manage_jobs"
    PUSH_ROWS = "push_rows"
    MANAGE_OWN = "manage_own"
    EDIT_SURVEYS = "edit_surveys"
    SEND_SURVEYS = "send_surveys"
    ENTER_ANSWERS = "enter_answers"
    EDIT_CALENDAR = "edit_calendar"
    MAKE_GROUPS = "make_groups"
    KEEP_BOARDS = "keep_boards"


ROLE_TEXT = {
    Role.ADMINISTRATOR: Text("管理员", "administrator"),
    Role.ANALYST: Text("分析员", "analyst"),
    Role.MANAGER: Text("负责人", "manager"),
    Role.FRONT_LINE: Text("一线员工", "front line"),
    Role.VIEWER: Text("查看者", "viewer"),
}
ROLE_REACH = {
    Role.ADMINISTRATOR: Text("全部数据和设置", "all data and settings"),
    Role.ANALYST: Text("全部数据，不管人员和设置", "all data, but neither people nor settings"),
    Role.MANAGER: Text("本单位及下级的答卷和客户", "rows and customers of a unit and below"),
    Role.FRONT_LINE: Text("自己的客户", "own customers"),
    Role.VIEWER: Text("只看得分", "scores only"),
}
RIGHT_TEXT = {
    Right.SEE_SCORES: Text("看得分和报告", "see scores and reports"),
    Right.SEE_ROWS: Text("看答卷和原话", "see rows and verbatims"),
    Right.SEE_CUSTOMERS: Text("看客户", "see customers"),
    Right.UNMASK: Text("查看完整联系方式（记入日志）", "unmask contact data (logged)"),
    Right.IMPORT_DATA: Text("导入数据", "import data"),
    Right.EDIT_CODEBOOK: Text("改码本", "edit codebooks"),
    Right.DELETE_DATA: Text("删除数据、擦除客户", "delete data, erase customers"),
    Right.EDIT_METRICS: Text("改指标、目标和权重", "edit metrics, targets and weights"),
    Right.MANAGE_PEOPLE: Text("管理人员和权限", "manage people and what they may do"),
    Right.MANAGE_SETTINGS: Text("改系统设置", "change settings"),
    Right.SEE_AUDIT: Text("看审计日志", "see the audit log"),
    Right.SHARE: Text("生成分享链接", "make share links"),
    Right.MANAGE_JOBS: Text("管理后台任务", "manage jobs"),
    Right.PUSH_ROWS: Text("通过接口推送数据", "push rows by API"),
    Right.MANAGE_OWN: Text("管理自己的账号", "manage one's own account"),
    Right.EDIT_SURVEYS: Text("设计和发布问卷", "design and publish questionnaires"),
    Right.SEND_SURVEYS: Text("发送问卷", "send questionnaires"),
    Right.ENTER_ANSWERS: Text("电话代填", "enter answers by telephone"),
    Right.EDIT_CALENDAR: Text("记录事件", "keep the event calendar"),
    Right.MAKE_GROUPS: Text("自建分组和指标", "make groups and metrics of one's own"),
    Right.KEEP_BOARDS: Text("存看板和视图（含评论）", "keep boards and views, with comments"),
}

_EVERYBODY = frozenset({Right.SEE_SCORES, Right.MANAGE_OWN, Right.KEEP_BOARDS})
_OWN_CUSTOMERS = _EVERYBODY | {
    Right.SEE_ROWS,
    Right.SEE_CUSTOMERS,
    Right.UNMASK,
    Right.ENTER_ANSWERS,
}
ROLE_RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.ADMINISTRATOR: frozenset(Right),
    Role.ANALYST: _EVERYBODY
    | {
        Right.SEE_ROWS,
        Right.SEE_CUSTOMERS,
        Right.IMPORT_DATA,
        Right.EDIT_CODEBOOK,
        Right.EDIT_METRICS,
        Right.SHARE,
        Right.MANAGE_JOBS,
        Right.PUSH_ROWS,
        Right.EDIT_SURVEYS,
        Right.SEND_SURVEYS,
        Right.ENTER_ANSWERS,
        Right.EDIT_CALENDAR,
        Right.MAKE_GROUPS,
    },
    Role.MANAGER: _OWN_CUSTOMERS | {Right.SHARE, Right.EDIT_CALENDAR, Right.MAKE_GROUPS},
    Role.FRONT_LINE: _OWN_CUSTOMERS,
    Role.VIEWER: _EVERYBODY,
}
"""What each role may do; the manual's table is made from this."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks, made anew for each request.

    Attributes
    ----------
    staff_id, login, name : str
    role : Role
    rights : frozenset of Right
        Those of the role; with an API token only what its scope leaves of them.
    unit_id : str or None
    external_key : str or None
        The directory's own key, which data may carry in a staff column.
    language : str
    session_id, token_id : str or None
        By what they came in: exactly one is set.
    dataset_ids : tuple of str or None
        An API token may be held to these.
    address, request_id : str or None
    """

    staff_id: str
    login: str
    name: str
    role: Role
    rights: frozenset[Right]
    unit_id: str | None = None
    external_key: str | None = None
    language: str = ZH
    session_id: str | None = None
    token_id: str | None = None
    dataset_ids: tuple[str, ...] | None = None
    address: str | None = None
    request_id: str | None = None

    def may(self, right: Right) -> bool:
        """Say whether they may."""
        return right in self.rights

    def reaches(self, dataset_id: str) -> bool:
        """Say whether a token, if they came by one, is held to no other datasets than this."""
        return self.dataset_ids is None or dataset_id in self.dataset_ids

    @property
    def actor(self) -> Actor:
        """Give them as the store's actor, for a unit of work."""
        return Actor(self.name, self.staff_id, self.address, self.request_id)


@dataclass(frozen=True, slots=True)
class RowCondition:
    """A column must hold one of these values."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowRule:
    """The rows of one dataset that a person may see.

    Attributes
    ----------
    conditions : tuple of RowCondition
        All must hold; none: every row.
    sees_nothing : bool
        No row at all: a rule names a column that the dataset does not have, or the person has
        no unit. What cannot be decided is not shown.
    """

    conditions: tuple[RowCondition, ...] = ()
    sees_nothing: bool = False

    @classmethod
    def everything(cls) -> RowRule:
        """Give the rule of those who see every row."""
        return cls()

    @classmethod
    def nothing(cls) -> RowRule:
        """Give the rule of those who see none."""
        return cls(sees_nothing=True)

    def allows(self, row: Mapping[str, object]) -> bool:
        """Say whether a row, as a mapping, may be seen. A missing value meets no condition."""
        return not self.sees_nothing and all(
            row.get(c.column) is not None and str(row[c.column]) in c.values
            for c in self.conditions
        )


@dataclass(frozen=True, slots=True)
class OutsideIdentity:
    """Who a provider says has signed in.

    Attributes
    ----------
    provider, subject : str
        Together the identity; `subject` never changes at the provider.
    name : str
    email : str or None
        Only where the provider vouches for it.
    login : str or None
        A key that the company itself gives in that system (directory login, WeCom userid).
    """

    provider: str
    subject: str
    name: str
    email: str | None = None
    login: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


class SignInError(HuiyinError):
    """Nobody is signed in by this. The sentence never says which part was wrong."""


class WrongCredentialsError(SignInError):
    """Login or password do not fit; the same answer for both, and for a disabled account."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "账号或密码不对。忘了密码，请管理员给您一个重设链接。",
                "Login or password is wrong. Forgotten? Ask an administrator for a reset link.",
            )
        )


class WrongLinkPasswordError(SignInError):
    """A share link asks for a password, and this is not it."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "密码不对。请向发给您链接的人再要一次。",
                "Wrong password: ask whoever sent you the link.",
            )
        )


class TooManyAttemptsError(SignInError):
    """Too many failed attempts: wait."""

    def __init__(self, wait_seconds: int) -> None:
        super().__init__(
            Text(
                "尝试次数太多，请 {n} 秒后再试。", "Too many attempts: try again in {n} seconds."
            ).format(n=wait_seconds)
        )
        self.wait_seconds = wait_seconds


class SignInNotFinishedError(SignInError):
    """A sign-in at a provider did not end as it should: state, code or answer do not fit."""

    def __init__(self, reason: Text) -> None:
        super().__init__(
            Text("登录没有完成：{reason}请回到登录页重试。", "Sign-in did not finish: {reason} "
                 "Go back to the sign-in page and try again.").format(reason=reason)
        )  # fmt: skip


class UnknownIdentityError(SignInError):
    """The provider knows them, this installation does not."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(
                "“{name}”在这里还没有账号，请联系管理员开通。",
                "“{name}” has no account here yet: ask an administrator.",
            ).format(name=name)
        )


class NotSignedInError(HuiyinError):
    """The request comes from nobody."""

    sentence_of_nobody = Text("请先登录。", "Please sign in.")

    def __init__(self) -> None:
        super().__init__(self.sentence_of_nobody)


class TokenVoidError(NotSignedInError):
    """An API token came along that holds no longer, or never did: which of it is not told."""

    sentence_of_nobody = Text(
        "这个接口令牌不能用：抄错了，或者已到期、被作废、主人已停用。请在“设置 › 接口令牌”换一个。",
        "This API token does not hold: it is mistyped, has ended, was revoked, or its owner was "
        "disabled. Make another under Settings › API tokens.",
    )


class NotAllowedError(HuiyinError):
    """They are known, but may not do this."""

    sentence_of_right = Text(
        "您没有“{right}”的权限。需要的话，请联系管理员。",
        "You may not do this ({right}). If you need it, ask an administrator.",
    )

    def __init__(self, right: Right) -> None:
        super().__init__(self.sentence_of_right.format(right=RIGHT_TEXT[right]))
        self.right = right


class TokenScopeError(NotAllowedError):
    """Their API token was made without this right, or their role has lost it since."""

    sentence_of_right = Text(
        "这个接口令牌没有“{right}”的权限。请换一个有这项权限的令牌；您自己也没有的话，请联系管理员。",
        "This API token may not do this ({right}). Use one that may; if you may not yourself, ask "
        "an administrator.",
    )


class TokenNeverError(NotAllowedError):
    """No API token may do this, whatever its scope."""

    sentence_of_right = Text(
        "接口令牌不能做这件事（{right}）：请登录后在页面上做。",
        "No API token may do this ({right}): sign in and do it on the pages.",
    )


class TokenElsewhereError(NotAllowedError):
    """Their API token is held to some datasets, and this lies outside them."""

    sentence_of_right = Text(
        "这个接口令牌只用于指定的数据集，这里不在其中。请换一个令牌。",
        "This API token is held to some datasets, and this is outside them. Use another token.",
    )


class ForgedRequestError(HuiyinError):
    """A write by cookie without the right token: another site may have sent it."""

    def __init__(self) -> None:
        super().__init__(
            Text("页面已过期，请刷新后再试。", "This page is out of date: reload it and try again.")
        )


class WeakPasswordError(BadInputError):
    """The password is too easy to guess."""


class PeopleRuleError(BadInputError):
    """A change would break a rule about people: the last administrator, a unit inside itself."""


class LinkExpiredError(BadInputError):
    """A one-time link, an invitation or a share link no longer holds."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "链接已失效或已用过。请向发链接的人要一个新的。",
                "The link has expired or was used. Ask whoever sent it for a new one.",
            )
        )


class BadRosterError(BadInputError):
    """The staff list cannot be read: which row, and why."""


class ProviderNotReadyError(BadInputError):
    """A sign-in provider is unknown, switched off, or lacks a setting."""


__all__ = [
    "RIGHT_TEXT",
    "ROLE_REACH",
    "ROLE_RIGHTS",
    "ROLE_TEXT",
    "Actor",
    "BadRosterError",
    "ForgedRequestError",
    "LinkExpiredError",
    "NotAllowedError",
    "NotSignedInError",
    "OutsideIdentity",
    "PeopleRuleError",
    "Person",
    "ProviderNotReadyError",
    "Right",
    "Role",
    "RowCondition",
    "RowRule",
    "SignInError",
    "SignInNotFinishedError",
    "TooManyAttemptsError",
    "UnknownIdentityError",
    "WeakPasswordError",
    "WrongCredentialsError",
]  # fmt: skip
