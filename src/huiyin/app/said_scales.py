"""What a person says of a column's scale is held against the column's answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from huiyin.codebook.contracts import RATING_ROLES, Codebook, CodebookError, Column, ColumnProfile
from huiyin.core.text import Text, listed

if TYPE_CHECKING:
    from huiyin.engine.levels import Kind

LEAST_READ = 0.1
"""Share of the answers that a scale must hold for it to be one of theirs."""
_MOST_SHOWN = 3
_SHORT = 12

_ALL = Text(" {n:,} 个回答", "{n:,} answers")
_SOME = Text("抽看的 {n:,} 个回答", "{n:,} answers looked at")
_REFUSED = Text(
    "“{name}”的{looked}里只有 {read:,} 个能按 {low:g}–{high:g} 的量表读（有 {others}）。"
    "请核对列名、角色和量表。",
    "Of the {looked} in “{name}” only {read:,} can be read on a scale of {low:g}–{high:g} (there "
    "are {others}). Check the column, its role and its scale.",
)
_OUTSIDE = Text(
    "“{name}”的{looked}里有 {n:,} 个不在 {low:g}–{high:g} 的量表内（如 {others}），按缺失处理。",
    "Of the {looked} in “{name}” {n:,} are not on the scale of {low:g}–{high:g} (such as "
    "{others}) and are taken as missing.",
)


def held_against_answers(
    said: Iterable[Column], profiles: Mapping[str, ColumnProfile]
) -> tuple[Text, ...]:
    """Tell how many answers lie outside the scales that somebody gave.

    Parameters
    ----------
    said : iterable of Column
        As somebody described them; those that are no ratings are left alone.
    profiles : mapping of str to ColumnProfile
        What the columns hold, by name.

    Returns
    -------
    tuple of Text
        A sentence for each column with some such answers.

    Raises
    ------
    CodebookError
        None or nearly none of a column's answers can be read on its scale.
    """
    notes = (_held(column, profiles[column.name]) for column in said if column.name in profiles)
    return tuple(note for note in notes if note is not None)


def changed_columns(before: Codebook, after: Codebook) -> tuple[Column, ...]:
    """Give the columns that are not as they were."""
    old = {column.name: column for column in before}
    return tuple(column for column in after if old.get(column.name) != column)


def _held(column: Column, profile: ColumnProfile) -> Text | None:
    if column.role not in RATING_ROLES or column.scale is None:
        return None
    complete = len(profile.top) >= profile.n_distinct
    counts = dict(profile.top) if complete else dict(Counter(profile.sample))
    read, others = _parted(column, counts)
    unread = sum(counts[value] for value in others)
    if not unread:
        return None
    looked = (_ALL if complete else _SOME).format(n=read + unread)
    facts = {
        "name": column.name, "looked": looked, "n": unread, "read": read,
        "low": column.scale.minimum, "high": column.scale.maximum,
        "others": listed(_short(value) for value in others[:_MOST_SHOWN]),
    }  # fmt: skip
    if read < LEAST_READ * (read + unread):
        raise CodebookError(_REFUSED.format(**facts))
    return _OUTSIDE.format(**facts)


def _parted(column: Column, counts: Mapping[str, int]) -> tuple[int, list[str]]:
    """Count the answers on the scale, and list the values that are not, as the engine reads."""
    from huiyin.engine.levels import Kind, LevelReader
    from huiyin.engine.numbers import uses_decimal_comma

    assert column.scale is not None  # noqa: S101 -- `_held` asks
    reader = LevelReader(column.scale, column.missing_codes, comma=uses_decimal_comma(counts))
    kinds: dict[str, Kind] = {value: reader.read(value)[0] for value in counts}
    read = sum(counts[value] for value, kind in kinds.items() if kind is Kind.CODE)
    others = (Kind.OUTSIDE, Kind.UNREADABLE)
    return read, [value for value, kind in kinds.items() if kind in others]


def _short(value: str) -> str:
    from huiyin.core.masking import mask_contacts, mask_numbers

    words = mask_numbers(mask_contacts(" ".join(value.split())))
    return words if len(words) <= _SHORT else words[:_SHORT] + "…"
