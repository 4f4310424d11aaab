"""One metric over several datasets: their rows one below the other, meanings checked first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any

from huiyin.codebook.contracts import (
    NUMBER_ROLES,
    RATING_ROLES,
    TIME_ROLES,
    Codebook,
    Column,
    Role,
    Scale,
)
from huiyin.collect.links.columns import MONEY_ROLES, check_names, kept_column
from huiyin.collect.links.contracts import (
    SOURCE_NAME,
    CommonColumn,
    ModelError,
    Parent,
    SourceFacts,
    UnionPlan,
)
from huiyin.core.text import Text, listed
from huiyin.engine.columns import as_words
from huiyin.engine.contracts import FLAGS_COLUMN, SOURCE_COLUMN, FlagMeaning
from huiyin.engine.duck import Engine
from huiyin.engine.functions import between_zones
from huiyin.engine.numbers import MONEY_TYPE
from huiyin.engine.startup import import_ibis

SCORE_SCALE = Scale(0.0, 100.0)
SOLE_ROLES = (
    Role.TIME, Role.CUSTOMER, Role.ACCOUNT, Role.NPS, Role.OVERALL, Role.CSAT, Role.CES,
    Role.INTENT, Role.UNIT, Role.CHANNEL, Role.PRODUCT, Role.STAFF, Role.TOUCHPOINT, Role.STAGE,
    Role.AMOUNT, Role.CURRENCY,
)  # fmt: skip
"""Roles of which a dataset usually has one column: these are put together by role."""
_NEVER = frozenset({Role.IGNORE, Role.CONTACT, Role.CHOICE_SET, Role.ID, Role.WEIGHT})
_SOURCE_LABEL = Text("来源", "source")
_SOURCE_REASON = Text("合并时按数据集标注", "names the dataset each row is from")
_TWICE = Text("“{name}”在合并里出现了两次。", "“{name}” stands in the union twice.")
_FEW = Text("合并至少要两个数据集。", "A union needs at least two datasets.")
NOTHING = Text(
    "这几个数据集没有能对上的列。请写明哪些列是同一个意思。",
    "The datasets have no columns in common: say which columns mean the same.",
)
_SCALES = Text(
    "“{column}”的量表不一致：{first} 是 {one}，{second} 是 {other}，不能直接合并。"
    "可以改为换算成 0–100 分再合并。",
    "The scales of “{column}” differ: {one} in {first}, {other} in {second}. They cannot be put "
    "together as they are; the 0–100 score can.",
)
_NPS_ONLY = Text(
    "“{column}”在 {first} 和 {second} 里不都是同一量表的 NPS。NPS 只能和 0–10 的 NPS 合并。",
    "“{column}” is not an NPS of one scale in both {first} and {second}: "
    "an NPS goes only with an NPS on 0–10.",
)
_KINDS = Text(
    "“{column}”在 {first} 里是{one}，在 {second} 里是{other}，不能合并。",
    "“{column}” is {one} in {first} and {other} in {second}: they cannot be put together.",
)
_NO_SCORE = Text(
    "“{column}”不是评分，换算不了 0–100 分。", "“{column}” is no rating: it has no 0–100 score."
)
_KIND_TEXT = {
    "rating": Text("评分", "a rating"),
    "moment": Text("时间", "a moment"),
    "money": Text("金额", "an amount of money"),
    "event": Text("有没有发生", "whether something happened"),
    "number": Text("数", "a number"),
    "words": Text("文字", "words"),
}


def kind_of(column: Column) -> str:
    """Say how the lake keeps a column: only equal kinds are put together."""
    if column.role in RATING_ROLES:
        return "rating"
    if column.role in TIME_ROLES:
        return "moment"
    if column.role in MONEY_ROLES:
        return "money"
    if column.role is Role.OUTCOME and column.events:
        return "event"
    return "number" if column.role in NUMBER_ROLES else "words"


def propose_columns(books: Mapping[str, Codebook]) -> tuple[CommonColumn, ...]:
    """Put columns together: by name, by label, then the only one of a role; role and kind agree.

    Parameters
    ----------
    books : mapping of str to Codebook
        By dataset id, in order.

    Returns
    -------
    tuple of CommonColumn
        Those that at least two datasets have, in the order of the first.
    """
    free = {
        key: {c.name: c for c in book if c.role not in _NEVER and c.usable}
        for key, book in books.items()
    }
    found: list[CommonColumn] = []
    for same in (_same_name, _same_label, _same_role):
        found += _matched(free, same)
    return tuple(found)


def _matched(free: dict[str, dict[str, Column]], same: Any) -> Iterator[CommonColumn]:
    for key, columns in list(free.items()):
        for name, column in list(columns.items()):
            partners = {
                other: match
                for other, theirs in free.items()
                if other != key and (match := same(column, columns, theirs)) is not None
            }
            if partners and name in columns:
                for other, match in partners.items():
                    del free[other][match]
                del columns[name]
                yield CommonColumn(name, {key: name} | partners)


def _same_name(one: Column, _: Mapping[str, Column], theirs: Mapping[str, Column]) -> str | None:
    other = theirs.get(one.name)
    return one.name if other is not None and _alike(one, other) else None


def _same_label(one: Column, _: Mapping[str, Column], theirs: Mapping[str, Column]) -> str | None:
    fits = [c.name for c in theirs.values() if dict(c.label) == dict(one.label) and _alike(one, c)]
    return fits[0] if len(fits) == 1 else None


def _same_role(one: Column, ours: Mapping[str, Column], theirs: Mapping[str, Column]) -> str | None:
    if one.role not in SOLE_ROLES or sum(c.role is one.role for c in ours.values()) != 1:
        return None
    fits = [c.name for c in theirs.values() if c.role is one.role and _alike(one, c)]
    return fits[0] if len(fits) == 1 else None


def _alike(one: Column, other: Column) -> bool:
    if one.role is not other.role or kind_of(one) != kind_of(other):
        return False
    return one.scale is None or _same_scale(one, other)


def _same_scale(one: Column, other: Column) -> bool:
    if one.scale is None or other.scale is None:
        return one.scale is other.scale
    return (one.scale.minimum, one.scale.maximum, one.scale.direction) == (
        other.scale.minimum,
        other.scale.maximum,
        other.scale.direction,
    )


@dataclass(frozen=True, slots=True)
class Union:
    """The work of putting datasets one below the other.

    Parameters
    ----------
    engine : Engine
    plan : UnionPlan
    parents : mapping of str to Parent
    """

    engine: Engine
    plan: UnionPlan
    parents: Mapping[str, Parent]

    def names(self) -> dict[str, str]:
        """Give what the rows of each source are called, by dataset id.

        Raises
        ------
        ModelError
            A dataset or a name stands twice, or there is only one.
        """
        named = {
            source.dataset_id: source.name or self.parents[source.dataset_id].name
            for source in self.plan.sources
        }
        if len(self.plan.sources) < 2:  # noqa: PLR2004 -- several
            raise ModelError(_FEW)
        said = [named[source.dataset_id] for source in self.plan.sources]
        twice = next((name for name in said if said.count(name) > 1), None)
        if twice is not None:
            raise ModelError(_TWICE.format(name=twice))
        return named

    def columns(self) -> tuple[CommonColumn, ...]:
        """Give the columns that are put together: as said, or as proposed; maybe none."""
        books = {key: self.parents[key].snapshot.codebook for key in self.names()}
        return self.plan.columns or propose_columns(books)

    def source_column(self, common: Sequence[CommonColumn]) -> str:
        """Give a free name for the column that names the source."""
        used = {column.name.casefold() for column in common}
        return next(
            name
            for name in (SOURCE_NAME, *(f"{SOURCE_NAME}{i}" for i in range(2, len(used) + 3)))
            if name.casefold() not in used
        )

    def codebook(self) -> Codebook:
        """Say what the columns of the result mean.

        Raises
        ------
        ModelError, UnknownColumnError
            A column is not there, or scales and kinds do not agree.
        """
        common = self.columns()
        check_names((), [column.name for column in common])
        source = Column(
            self.source_column(common), Role.DIMENSION, _SOURCE_LABEL, reason=_SOURCE_REASON
        )
        return Codebook((source, *(self._common(column) for column in common)), profile="union")

    def check(self, common: CommonColumn) -> None:
        """Refuse a column whose scales or kinds do not agree.

        Raises
        ------
        ModelError
            In a sentence that names the sources and what each has.
        """
        first, *others = self._members(common)
        for other in others:
            self._check(common, first, other)

    def _common(self, common: CommonColumn) -> Column:
        self.check(common)
        mine = self._members(common)
        first = mine[0][1]
        levels = {
            word: code
            for _, c in reversed(mine)
            if c.scale
            for word, code in c.scale.levels.items()
        }
        scale = replace(first.scale, levels=levels) if first.scale else None
        if common.as_score:
            if first.role not in RATING_ROLES:
                raise ModelError(_NO_SCORE.format(column=common.name))
            scale = SCORE_SCALE
        where = listed(f"{self.names()[key]}“{column.name}”" for key, column in mine)
        plain = replace(first, group=None, labels={}, missing_codes=(), confidence=1.0)
        return replace(plain, name=common.name, scale=scale, reason=where)

    def _members(self, common: CommonColumn) -> list[tuple[str, Column]]:
        found = [
            (key, kept_column(self.parents[key].snapshot.codebook, common.columns[key]))
            for key in self.names()
            if key in common.columns
        ]
        if not found:
            raise ModelError(NOTHING)
        return found

    def _check(
        self, common: CommonColumn, one: tuple[str, Column], other: tuple[str, Column]
    ) -> None:
        names = self.names()
        facts: dict[str, Any] = {
            "column": common.name, "first": names[one[0]], "second": names[other[0]]
        }  # fmt: skip
        kinds = kind_of(one[1]), kind_of(other[1])
        if kinds[0] != kinds[1]:
            said = {"one": _KIND_TEXT[kinds[0]], "other": _KIND_TEXT[kinds[1]]}
            raise ModelError(_KINDS.format(**facts, **said))
        if kinds[0] != "rating":
            return
        same = _same_scale(one[1], other[1])
        is_nps = [column.role is Role.NPS for _, column in (one, other)]
        if any(is_nps) and not (all(is_nps) and same and not common.as_score):
            raise ModelError(_NPS_ONLY.format(**facts))
        if not same and not common.as_score:
            scales = {"one": _scale_words(one[1].scale), "other": _scale_words(other[1].scale)}
            raise ModelError(_SCALES.format(**facts, **scales))

    def legend(self) -> tuple[FlagMeaning, ...]:
        """Give the flags of all sources, each rule once."""
        merged: dict[tuple[str, int], FlagMeaning] = {}
        for key in self.names():
            for flag in self.parents[key].snapshot.legend:
                known = merged.get((flag.rule_id, flag.version))
                n_flagged = flag.n_flagged + (known.n_flagged if known else 0)
                merged[flag.rule_id, flag.version] = replace(flag, n_flagged=n_flagged)
        return tuple(merged.values())

    def rows(self) -> Any:
        """Plan the rows.

        Returns
        -------
        ibis.Table
            As the lake keeps them; `n` of the sources added up.
        """
        ibis = import_ibis()
        common, legend = self.columns(), self.legend()
        tables = {
            key: self.engine.read_parquet(self.parents[key].snapshot.files) for key in self.names()
        }
        own = _own_columns(tables.values())
        parts, offset = [], 0
        for key, table in tables.items():
            said = self._said(key, table, common)
            system = {
                name: (table[name] if name in table.columns else ibis.null(kind)).cast(kind)
                for name, kind in own.items()
            }
            system[SOURCE_COLUMN] = (table[SOURCE_COLUMN] + offset).cast("int32")
            system[FLAGS_COLUMN] = _moved_flags(table, self.parents[key].snapshot.legend, legend)
            parts.append(table.select(**system, **said))
            offset += max(1, len(self.parents[key].snapshot.sources))
        return ibis.union(*parts)

    def _said(self, key: str, table: Any, common: Sequence[CommonColumn]) -> dict[str, Any]:
        ibis = import_ibis()
        said = {self.source_column(common): ibis.literal(self.names()[key], "string")}
        for column in common:
            first = self._members(column)[0][1]
            kind = _LAKE_TYPES[kind_of(first)]
            if key not in column.columns:
                said[column.name] = ibis.null(kind)
                continue
            own = self.parents[key].snapshot.codebook[column.columns[key]]
            said[column.name] = self._value(key, table[own.name], own, column).cast(kind)
        return said

    def _value(self, key: str, value: Any, own: Column, common: CommonColumn) -> Any:
        zone, first = self.parents[key].snapshot.zone, self.parents[self.plan.parents[0]]
        if kind_of(own) == "moment" and zone != first.snapshot.zone:
            return between_zones(value, zone, first.snapshot.zone)
        if common.as_score and own.scale is not None:
            scale = own.scale
            share = (value - scale.minimum) / (scale.maximum - scale.minimum)
            return (share if scale.direction > 0 else 1 - share) * 100
        return as_words(value) if kind_of(own) == "words" else value

    def facts(self) -> tuple[SourceFacts, ...]:
        """Say what each source brings."""
        names, common = self.names(), self.columns()
        total = sum(self.parents[key].snapshot.n_rows for key in names)
        return tuple(
            SourceFacts(
                key,
                name,
                self.parents[key].snapshot.n_rows,
                self.parents[key].snapshot.n_rows / total,
                {c.name: c.columns[key] for c in common if key in c.columns},
            )
            for key, name in names.items()
        )


_LAKE_TYPES = {
    "rating": "float64",
    "moment": "timestamp(6)",
    "money": MONEY_TYPE,
    "event": "float64",
    "number": "float64",
    "words": "string",
}


def _scale_words(scale: Scale | None) -> str:
    if scale is None:
        return "?"
    back = "↓" if scale.direction < 0 else ""
    return f"{scale.minimum:g}–{scale.maximum:g}{back}"


def _own_columns(tables: Any) -> dict[str, Any]:
    """Give the system columns of all sources with their types."""
    found: dict[str, Any] = {}
    for table in tables:
        found |= {n: k for n, k in table.schema().items() if n.startswith("_") and n not in found}
    return found


def _moved_flags(table: Any, legend: Sequence[FlagMeaning], merged: Sequence[FlagMeaning]) -> Any:
    places = {(flag.rule_id, flag.version): i for i, flag in enumerate(merged)}
    moves = [(i, places[flag.rule_id, flag.version]) for i, flag in enumerate(legend)]
    flags = table[FLAGS_COLUMN]
    if all(old == new for old, new in moves):
        return flags.cast("int64")
    bits = [((flags & (1 << old)) != 0).ifelse(1 << new, 0).cast("int64") for old, new in moves]
    return reduce(or_, bits).cast("int64")
