"""Columns that ask of a competitor what others ask of us."""

from __future__ import annotations

import re

from huiyin.codebook.contracts import Codebook, Column, Role

GAP = "gap:"
"""Begins the name of a gap in a condition."""
_NAMES = re.compile(r"竞品|竞争对手|对手|友商|同行|competitor|rival", re.IGNORECASE)
_OURS = re.compile(r"^(?:(?:我们|咱们|我司|本公司|本店|自家)(?:家)?的?|our )\s*", re.IGNORECASE)


def rivals_of(codebook: Codebook, own: Column) -> tuple[Column, ...]:
    """Find the columns that ask of a competitor what a column asks of us, on the same scale.

    A row of the competitor's block with the same name but for the block's, or a column of the
    same name with a word for a competitor.
    """
    return tuple(column for column in codebook if _asks_the_same(own, column))


def rivals_named(codebook: Codebook, own: Column, named: str | None) -> tuple[Column, ...]:
    """Find the columns that ask the same of the competitor that is named; of any where none is.

    Parameters
    ----------
    codebook : Codebook
    own : Column
        What is asked of us.
    named : str or None
        The block of questions about one competitor, or the column itself.
    """
    found = rivals_of(codebook, own)
    if named is None:
        return found
    of_block = tuple(column for column in found if column.group == named)
    return of_block or tuple(column for column in codebook if column.name == named)


def gap_name(own: Column, rival: Column) -> str:
    """Name, for a condition, what somebody gave us less what they gave the competitor."""
    return f"{GAP}{own.name}:{rival.name}"


def is_same_scale(own: Column, other: Column) -> bool:
    """Tell whether two ratings have a scale, and the same."""
    return own.scale is not None and _ends(own) == _ends(other)


def _ends(column: Column) -> tuple[float, float, int] | None:
    scale = column.scale
    return (scale.minimum, scale.maximum, scale.direction) if scale else None


def _asks_the_same(own: Column, other: Column) -> bool:
    if other.name == own.name or other.scale is None or _ends(other) != _ends(own):
        return False
    if other.role is Role.META and own.group and other.group and own.group != other.group:
        return other.name.removeprefix(other.group) == own.name.removeprefix(own.group)
    asked = _OURS.sub("", own.name) or own.name  # 我们的价格 beside 竞品的价格
    rest = other.name.replace(asked, "", 1)
    return rest != other.name and _NAMES.search(rest) is not None
