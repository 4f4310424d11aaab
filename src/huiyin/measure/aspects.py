"""The aspect tree: the indicators of each aspect, their columns, from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from huiyin.codebook.contracts import Codebook, Column
from huiyin.core.text import Text, listed
from huiyin.measure.contracts import QueryError

MISSING = Text("这份数据里没有的指标：{names}", "indicators that this data lacks: {names}")
CHANGED = Text(
    "“{aspect}”的构成在 {days} 变过；整段时间都按 {day} 的构成计算",
    "the make-up of “{aspect}” changed on {days}; the one of {day} is used for the whole window",
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One part of an aspect: the first of `columns` (name or label) that a dataset has."""

    name: str
    columns: tuple[str, ...]
    weight: float = 1.0
    since: date | None = None
    until: date | None = None

    def column(self, codebook: Codebook) -> Column | None:
        """Give the column that holds the indicator in a dataset, if any."""
        for words in self.columns:
            if words in codebook:
                return codebook[words]
            named = [c for c in codebook if c.usable and words in c.label.values()]
            if named:
                return named[0]
        return None


@dataclass(frozen=True, slots=True)
class Aspect:
    """One aspect for a stretch of time, both days included; None: open."""

    name: str
    label: Text
    indicators: tuple[Indicator, ...]
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """What an aspect is made of in one dataset: columns with shares that sum to 1, and notes."""

    aspect: Aspect
    shares: tuple[tuple[Column, float], ...]
    notes: tuple[Text, ...]


def holds(one: Aspect | Indicator, day: date | None) -> bool:
    """Tell whether an entry holds on a day; without a day: whether it has no end."""
    if day is None:
        return one.until is None
    return (one.since is None or one.since <= day) and (one.until is None or day <= one.until)


def find_aspect(aspects: Iterable[Aspect], name: str, day: date | None) -> Aspect | None:
    """Give the aspect of this name (or label) that holds on a day."""
    named = (one for one in aspects if name == one.name or name in one.label.values())
    return next((one for one in named if holds(one, day)), None)


def aspect_parts(
    aspects: Iterable[Aspect],
    name: str,
    codebook: Codebook,
    window: tuple[date | None, date | None],
) -> Parts | None:
    """Find the columns of an aspect in a dataset.

    Parameters
    ----------
    aspects : iterable of Aspect
    name : str
    codebook : Codebook
    window : (date or None, date or None)
        First day of the question, and the day whose tree holds.

    Returns
    -------
    Parts or None
        None where no aspect of this name holds.

    Raises
    ------
    QueryError
        The aspect holds, but the dataset has none of its columns.
    """
    tree = tuple(aspects)
    aspect = find_aspect(tree, name, window[1])
    if aspect is None:
        return None
    held = [one for one in aspect.indicators if holds(one, window[1])]
    found = [(column, one) for one in held if (column := one.column(codebook)) is not None]
    if not found:
        raise _nothing_of(aspect, held)
    total = sum(one.weight for _, one in found)
    known = {one.name for _, one in found}
    missing = [one.name for one in held if one.name not in known]
    notes = [MISSING.format(names=listed(missing))] if missing else []
    notes += _changes(tree, aspect, window)
    return Parts(aspect, tuple((c, one.weight / total) for c, one in found), tuple(notes))


def _nothing_of(aspect: Aspect, held: Iterable[Indicator]) -> QueryError:
    columns = [name for one in held for name in one.columns]
    return QueryError(
        Text(
            "这份数据里没有维度“{aspect}”的任何一列：{columns}。请在指标规则的 aspects 里补上列名",
            "The data has no column of the aspect “{aspect}”: {columns}. "
            "Add the column to it under aspects in the metric rules",
        ).format(aspect=aspect.name, columns=listed(columns) or "–")
    )


def _changes(
    tree: Iterable[Aspect], aspect: Aspect, window: tuple[date | None, date | None]
) -> list[Text]:
    """Say on which days inside the window the make-up changed; without days: nothing."""
    since, day = window
    if since is None or day is None:
        return []
    same = [one for one in tree if one.name == aspect.name]
    entries: list[Aspect | Indicator] = [*same, *(part for one in same for part in one.indicators)]
    changes = {one.since for one in entries if one.since}
    ends = {one.until for one in entries if one.until and one.until < day}
    changes |= {end + timedelta(days=1) for end in ends}
    inside = sorted(change for change in changes if since < change <= day)
    if not inside:
        return []
    return [CHANGED.format(aspect=aspect.name, days=listed(map(str, inside)), day=day)]
