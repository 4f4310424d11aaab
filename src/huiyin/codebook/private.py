"""A column of contact data is not made a group by saying so: its values would be shown."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.codebook.contracts import GROUP_ROLES, Codebook, CodebookError, ColumnProfile, Role
from huiyin.codebook.facts import find_facts
from huiyin.codebook.values import contact_kind
from huiyin.core.text import Text

SHOWN_ROLES = GROUP_ROLES | {Role.CHOICE_SET, Role.OUTCOME}
"""Roles whose values stand in tables and charts."""
_KINDS = {
    "email": Text("邮箱", "mail addresses"),
    "ip": Text("IP 地址", "IP addresses"),
    "phone": Text("电话号码", "telephone numbers"),
    "citizen id": Text("身份证号", "identity numbers"),
}


class ContactShownError(CodebookError):
    """A column of contact data was given a role whose values are shown."""

    def __init__(self, name: str, role: Role, kind: str) -> None:
        super().__init__(
            Text(
                "列“{name}”里是{kind}，不能设为 {role}：这个角色的取值会写进报告。"
                "要按人计数，请设为 customer；要保密，请设为 contact",
                "The column “{name}” holds {kind} and cannot be {role}: the values of that role "
                "are shown. To count people make it customer; to keep it private make it contact",
            ).format(name=name, role=role.value, kind=_KINDS[kind])
        )


def refuse_shown_contacts(codebook: Codebook, profiles: Iterable[ColumnProfile]) -> None:
    """Refuse a codebook that would show contact data as groups or answers.

    Parameters
    ----------
    codebook : Codebook
    profiles : iterable of ColumnProfile
        What the columns hold.

    Raises
    ------
    ContactShownError
        A column whose values are contact data has one of `SHOWN_ROLES`.
    """
    shown = {column.name: column.role for column in codebook if column.role in SHOWN_ROLES}
    for profile in profiles:
        role = shown.get(profile.name)
        kind = contact_kind(find_facts(profile)) if role else None
        if role and kind:
            raise ContactShownError(profile.name, role, kind)
