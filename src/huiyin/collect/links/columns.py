"""What a column that comes over means in the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from huiyin.codebook.contracts import (
    NUMBER_ROLES,
    RATING_ROLES,
    Codebook,
    Column,
    Role,
)
from huiyin.collect.links.contracts import (
    AMOUNTS,
    PICKS,
    YES,
    How,
    Link,
    ModelError,
    Side,
    Take,
)
from huiyin.core.text import Text

MONEY_ROLES = frozenset({Role.AMOUNT, Role.COST})
_WORDED = frozenset({Role.DIMENSION, Role.META})
_COUNTED_ROLES = frozenset({Role.OUTCOME, *_WORDED})
_ONCE = frozenset({Role.CUSTOMER, Role.ACCOUNT, Role.CURRENCY})
"""Roles that a column keeps only where the base has none of its own."""
_TO_META = frozenset({Role.ID, Role.TIME, Role.WEIGHT, Role.STRATA, Role.CLUSTER})
_REASON = Text("由“{name}”关联得到", "linked from “{name}”")
_NOT_NAMED = Text("“{take}”要写明取哪一列。", "“{take}” must name the column it takes.")
_NO_NUMBERS = Text(
    "“{take}”要算{how}，但列“{column}”不是数。请改成计数，或取其中一行的值。",
    "“{take}” asks for the {how} of “{column}”, which holds no numbers: count rows, or take the "
    "value of one.",
)
_NO_CHOICES = Text(
    "多选题“{column}”暂不能带过来。请换一列。",
    "The multiple choice “{column}” cannot come over: take another column.",
)
_NOT_KEPT = Text(
    "列“{column}”标为不用，数据集里没有它。请先在码本里改它的角色。",
    "Column “{column}” is marked as not used and is not in the dataset: change its role first.",
)
_BAD_ROLE = Text(
    "“{take}”的角色只能是 outcome、dimension 或 meta。",
    "The role of “{take}” can be outcome, dimension or meta.",
)
_TAKEN_NAME = Text(
    "新列名“{take}”已经有了，或为空、或以下划线开头。请换一个。",
    "The name “{take}” is taken, empty, or begins with an underscore: choose another.",
)
HOW_TEXT = {
    How.COUNT: Text("行数", "number of rows"),
    How.DAYS: Text("天数", "number of days"),
    How.ANY: Text("有没有", "any"),
    How.SUM: Text("合计", "sum"),
    How.MEAN: Text("平均", "mean"),
    How.MINIMUM: Text("最小值", "minimum"),
    How.MAXIMUM: Text("最大值", "maximum"),
    How.FIRST: Text("最早一行的值", "value of the first row"),
    How.LAST: Text("最近一行的值", "value of the last row"),
    How.NEAREST: Text("时间最接近一行的值", "value of the nearest row"),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A column of the result, and how it is made.

    Attributes
    ----------
    column : Column
    take : Take
    currency : str or None
        Only rows of this currency.
    """

    column: Column
    take: Take
    currency: str | None = None

    @property
    def as_words(self) -> bool:
        """Tell whether the lake keeps it as words, whatever it was."""
        return self.column.role in _WORDED


def taken_columns(
    link: Link, base: Codebook, other: Codebook, other_name: str, currencies: Sequence[str]
) -> tuple[Taken, ...]:
    """Say what each column that comes over means.

    Parameters
    ----------
    link : Link
    base, other : Codebook
    other_name : str
        Of the dataset, for the reason.
    currencies : sequence of str
        Of the rows that are used; for `Take.per_currency`.

    Raises
    ------
    ModelError, UnknownColumnError
        A column is not there, holds no numbers, or cannot come over.
    """
    found: list[Taken] = []
    for take in link.take:
        column = replace(_column(link, take, base, other), reason=_REASON.format(name=other_name))
        if take.per_currency and take.how in AMOUNTS:
            found += [_of_currency(column, take, currency) for currency in currencies]
        else:
            found.append(Taken(column, take))
    return tuple(found)


def _of_currency(column: Column, take: Take, currency: str) -> Taken:
    name = f"{column.name}（{currency}）"
    return Taken(replace(column, name=name, label=Text.same(name)), take, currency)


def check_names(existing: Sequence[str], new: Sequence[str]) -> None:
    """Refuse a name that is empty, ours, or there already; the lake tells no cases apart.

    Raises
    ------
    ModelError
    """
    seen = {name.casefold() for name in existing}
    for name in new:
        if not name.strip() or name.startswith("_") or name.casefold() in seen:
            raise ModelError(_TAKEN_NAME.format(take=name))
        seen.add(name.casefold())


def typed_names(book: Codebook) -> list[str]:
    """List the names that a codebook's columns take up, groups included."""
    return [*(c.name for c in book), *{c.group for c in book if c.group}]


def _column(link: Link, take: Take, base: Codebook, other: Codebook) -> Column:
    if take.role is not None and take.role not in _COUNTED_ROLES:
        raise ModelError(_BAD_ROLE.format(take=take.name))
    if take.how in PICKS | AMOUNTS:
        if take.column is None:
            raise ModelError(_NOT_NAMED.format(take=take.name))
        source = kept_column(other, take.column)
        picked = take.how in PICKS
        return _picked(take, source, base) if picked else _computed(take, source)
    return _counted(link, take)


def kept_column(book: Codebook, name: str) -> Column:
    """Give a column that the lake holds under its own name.

    Raises
    ------
    UnknownColumnError, ModelError
        There is none, it is not used, or it is a multiple choice.
    """
    column = book[name]
    if column.role in {Role.IGNORE, Role.CONTACT}:
        raise ModelError(_NOT_KEPT.format(column=name))
    if column.role is Role.CHOICE_SET:
        raise ModelError(_NO_CHOICES.format(column=name))
    return column


def _counted(link: Link, take: Take) -> Column:
    later = link.window is not None and link.window.side is Side.AFTER
    usual = Role.DIMENSION if take.how is How.ANY else Role.META
    role = take.role or (Role.OUTCOME if later else usual)
    events = (YES,) if take.how is How.ANY and role is Role.OUTCOME else ()
    return Column(take.name, role, Text.same(take.name), events=events)


def _computed(take: Take, source: Column) -> Column:
    rating = source.role in RATING_ROLES
    if (not rating and source.role not in NUMBER_ROLES) or (rating and take.how is How.SUM):
        how = HOW_TEXT[take.how]
        raise ModelError(_NO_NUMBERS.format(take=take.name, how=how, column=source.name))
    if source.role in MONEY_ROLES or (rating and take.how is not How.MEAN):
        return Column(take.name, source.role, Text.same(take.name), scale=source.scale)
    return Column(take.name, Role.OUTCOME, Text.same(take.name))


def _picked(take: Take, source: Column, base: Codebook) -> Column:
    role = Role.META if source.role in _TO_META else source.role
    if role in _ONCE and base.first(role) is not None:
        role = Role.META
    role = take.role or role
    rated = role in RATING_ROLES
    return Column(
        take.name,
        role,
        Text.same(take.name),
        scale=source.scale if rated else None,
        confidence=max(source.confidence, 1.0 if take.role else 0.0),
        events=source.events if role is Role.OUTCOME else (),
    )
