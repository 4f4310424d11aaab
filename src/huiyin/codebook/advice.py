"""How to say what a column is, on the command line and on the pages of a server.

All such advice stands here: a sentence takes it in at ``{how}``.
"""

from __future__ import annotations

from huiyin.codebook.contracts import Role
from huiyin.codebook.roles import ROLE_TEXT
from huiyin.core.surface import TextBySurface
from huiyin.core.text import Text, listed

LIST_COLUMNS = TextBySurface(
    Text("列名见 huiyin codebook 文件", "list them with huiyin codebook FILE"),
    Text("列名见这份数据的“码本”", "the data's codebook lists them"),
)
OTHER_COLUMNS = TextBySurface(
    Text(
        "用 --set “列=ignore” 去掉不要的，或用 --codebook 给出自己的码本",
        "set those you do not want to ignore with --set, or give your own codebook with --codebook",
    ),
    Text("在码本里把不要的列设为“不用”", "set those you do not want to “not used” in the codebook"),
)


def name_column(*roles: Role) -> TextBySurface:
    """Say how a column is given a role, or several columns one each."""
    command = " ".join(f"--set “{{c}}={role.value}”" for role in roles)
    return TextBySurface(
        Text(f"用 {command.format(c='列')} 指明", f"name it with {command.format(c='COLUMN')}"),
        Text(
            "请在码本里把那一列的含义选为“{what}”",
            "choose “{what}” as its meaning in the codebook",
        ).format(what=listed(ROLE_TEXT[role] for role in roles)),
    )


def rate_column(role: Role = Role.CSAT) -> TextBySurface:
    """Say how the column ``{name}`` becomes a rating of a kind; the name is filled in later."""
    said = f"--set “{{name}}={role.value}:1-5”"
    return TextBySurface(
        Text(f"用 {said} 指明", f"say so with {said}"),
        Text(
            "请在码本里给它选评分的含义和量表",
            "choose a rating's meaning and scale for it in the codebook",
        ),
    )


def option(name: str) -> TextBySurface:
    """Name a thing that is asked for: an option of the command line, a field elsewhere."""
    return TextBySurface(Text.same(f"--{name}"), Text.same(name))
