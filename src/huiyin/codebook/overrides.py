"""``--set "COLUMN=role[:min-max]"``: one column's meaning, said on the command line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from huiyin.codebook.contracts import (
    RATING_ROLES,
    Codebook,
    CodebookError,
    Column,
    Role,
    Scale,
    UnknownColumnError,
)
from huiyin.codebook.spelling import as_known
from huiyin.core.surface import TextBySurface
from huiyin.core.text import Text

_NUMBER = r"-?\d+(?:\.\d+)?"
_SCALE = re.compile(rf"({_NUMBER})\s*[-~–]\s*({_NUMBER})")
_SAID = Text("由你指定", "you said so")


_TWICE = Text(
    "“{name}”说了两种意思：{first} 和 {second}，请只留一个",
    "“{name}” is said to be {first} and {second}: keep one",
)
_NO_SCALE = TextBySurface(
    Text(
        "--set “{setting}”：量表应写成 最小-最大，如 1-5；低分好写成 5-1",
        "--set “{setting}”: write the scale as min-max, like 1-5; 5-1 if low is good",
    ),
    Text("“{name}”：量表的两端不能相同", "“{name}”: the ends of the scale must differ"),
)
_SCALE_MISSING = TextBySurface(
    Text(
        "--set “{setting}”：“{role}”是评分，请写上量表，如 {role}:1-5",
        "--set “{setting}”: “{role}” is a rating, please give its scale, like {role}:1-5",
    ),
    Text("“{name}”是评分，请选量表", "“{name}” is a rating: please choose its scale"),
)


def apply_overrides(codebook: Codebook, settings: Sequence[str]) -> Codebook:
    """Change what columns mean, as typed.

    Parameters
    ----------
    codebook : Codebook
    settings : sequence of str
        ``COLUMN=role`` or ``COLUMN=role:min-max``. Where the low number is the good end, the
        ends are typed the other way round: ``费力度=ces:7-1`` is a scale of 1 to 7 with direction
        -1. A column name may hold ``=`` and ``:``; the longest name that fits is taken.

    Returns
    -------
    Codebook
        With confidence 1 for the columns named.

    Raises
    ------
    UnknownColumnError
        The column does not exist.
    CodebookError
        The role does not exist, the scale cannot be read, a rating is left without a scale, or a
        column is said to be two things.

    Examples
    --------
    >>> from huiyin.codebook.infer import infer_codebook
    >>> apply_overrides(infer_codebook([], profile_name="plain"), []).columns
    ()
    """
    columns = {column.name: column for column in codebook.columns}
    said: dict[str, str] = {}
    for setting in settings:
        name, meaning = _split(setting, codebook)
        if said.setdefault(name, meaning) != meaning:
            raise CodebookError(_TWICE.format(name=name, first=said[name], second=meaning))
        columns[name] = _changed(columns[name], setting, meaning)
    return replace(codebook, columns=tuple(columns.values()))


def _split(setting: str, codebook: Codebook) -> tuple[str, str]:
    fitting = [column.name for column in codebook.columns if setting.startswith(column.name + "=")]
    if fitting:
        name = max(fitting, key=len)
        return name, setting[len(name) + 1 :].strip()
    name, equals, meaning = setting.rpartition("=")
    if not equals:
        raise CodebookError(
            Text(
                "--set “{setting}”看不懂，应写成 列名=角色 或 列名=角色:最小-最大",
                "--set “{setting}” cannot be read; write COLUMN=role or COLUMN=role:min-max",
            ).format(setting=setting)
        )
    known = tuple(column.name for column in codebook.columns)
    if (written := as_known(name.strip(), known)) in known:
        return written, meaning.strip()
    raise UnknownColumnError(name.strip(), known)


def _changed(column: Column, setting: str, meaning: str) -> Column:
    word, colon, ends = (part.strip() for part in meaning.partition(":"))
    try:
        role = Role(word.lower())
    except ValueError as fault:
        raise CodebookError(
            Text(
                "--set “{setting}”：没有角色“{word}”。可用的角色：{roles}",
                "--set “{setting}”: there is no role “{word}”. Roles: {roles}",
            ).format(setting=setting, word=word, roles=", ".join(Role))
        ) from fault
    scale = _typed_scale(column, setting, ends) if colon else _kept_scale(column, setting, role)
    return replace(column, role=role, scale=scale, confidence=1.0, reason=_SAID)


def _typed_scale(column: Column, setting: str, ends: str) -> Scale:
    found = _SCALE.fullmatch(ends)
    first, last = (float(found.group(1)), float(found.group(2))) if found else (0.0, 0.0)
    if first == last:
        raise CodebookError(_NO_SCALE.format(setting=setting, name=column.name))
    direction = 1 if first < last else -1
    low, high = sorted((first, last))
    old = column.scale or Scale(low, high)
    levels = {word: code for word, code in old.levels.items() if low <= code <= high}
    codes = tuple(c for c in old.missing_codes or column.missing_codes if not _within(c, low, high))
    return Scale(low, high, direction, levels, codes)


def _within(code: str, low: float, high: float) -> bool:
    try:
        return low <= float(code) <= high
    except ValueError:
        return False


def _kept_scale(column: Column, setting: str, role: Role) -> Scale | None:
    if role not in RATING_ROLES or column.scale is not None:
        return column.scale if role in RATING_ROLES else None
    if role is Role.NPS:
        return Scale(0.0, 10.0, missing_codes=column.missing_codes)
    raise CodebookError(_SCALE_MISSING.format(setting=setting, name=column.name, role=role.value))
