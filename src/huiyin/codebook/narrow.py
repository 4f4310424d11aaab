"""Of thousands of columns, those that a report is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from huiyin.codebook.advice import OTHER_COLUMNS
from huiyin.codebook.contracts import GROUP_ROLES, Codebook, Column, Role
from huiyin.core.text import Text

MOST_COLUMNS = 400
"""Up to so many columns a report takes them all: more than anybody reads page by page."""
_MOST_OF_ROLE = {
    Role.ASPECT: 30,
    Role.CHOICE_SET: 100,
    Role.CSAT: 20,
    Role.TEXT: 10,
    Role.META: 10,
    Role.IGNORE: 0,
}
_MOST_GROUPS = 40
_MOST_OF_OTHERS = 10
NARROWED = OTHER_COLUMNS.within(
    Text(
        "文件有 {n} 列，报告分析了其中 {kept} 列：每种角色按文件里的先后取前若干列"
        "（分项评分最多 30、分析维度最多 40、多选题选项最多 100），拿不准的列不取。"
        "其余 {left} 列没有进入报告，答卷检查也只看取到的列。"
        "想换一批列，{how}。",
        "The file has {n} columns and the report is made of {kept}: the first of each role in "
        "file order (at most 30 aspects, 40 dimensions, 100 options), none in doubt. The other "
        "{left} are neither reported nor looked at by the checks of answers. For other columns "
        "{how}.",
    )
)


def narrow(codebook: Codebook, keep: Collection[str] = ()) -> tuple[Codebook, Text | None]:
    """Leave out columns of a codebook that has more than `MOST_COLUMNS`.

    What somebody has decided (confidence 1) comes before what was guessed, and that in file order.

    Parameters
    ----------
    codebook : Codebook
    keep : collection of str
        Columns that stay in any case.

    Returns
    -------
    Codebook
        The same one where it is narrow enough.
    Text or None
        What was left out, for people; None where nothing was.
    """
    if len(codebook.columns) <= MOST_COLUMNS:
        return codebook, None
    chosen = {*keep, *_whole_questions(codebook.columns, _first_of_each_role(codebook.columns))}
    columns = tuple(column for column in codebook.columns if column.name in chosen)
    n, kept = len(codebook.columns), len(columns)
    note = NARROWED.format(n=f"{n:,}", kept=f"{kept:,}", left=f"{n - kept:,}")
    return replace(codebook, columns=columns), note


def _first_of_each_role(columns: Sequence[Column]) -> list[str]:
    taken: Counter[Role] = Counter()
    names = []
    for column in sorted(columns, key=lambda c: c.confidence < 1):
        kind = Role.DIMENSION if column.role in GROUP_ROLES else column.role
        most = _MOST_GROUPS if kind is Role.DIMENSION else _MOST_OF_ROLE.get(kind, _MOST_OF_OTHERS)
        if column.usable and taken[kind] < most:
            taken[kind] += 1
            names.append(column.name)
    return names


def _whole_questions(columns: Sequence[Column], names: Collection[str]) -> set[str]:
    """Leave out a multi-select that lost some of its options: its base would be wrong."""
    chosen = set(names)
    cut = {c.group for c in columns if c.option is not None and c.name not in chosen}
    return {
        c.name for c in columns if c.name in chosen and (c.option is None or c.group not in cut)
    }
