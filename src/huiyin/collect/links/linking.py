"""Rows of another dataset at the rows of a base: every base row once, whatever the keys do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from huiyin.codebook.contracts import Role
from huiyin.collect.links.columns import MONEY_ROLES, Taken, kept_column, taken_columns
from huiyin.collect.links.contracts import (
    AMOUNTS,
    MOST_CURRENCIES,
    PICKS,
    How,
    Link,
    LinkFacts,
    ModelError,
    Parent,
)
from huiyin.collect.links.looking import KNOWN, RANK, Looking, value_names
from huiyin.collect.links.slim import (
    KEY,
    MOMENT,
    Clock,
    Covered,
    N,
    find_clock,
    find_covered,
    key_words,
    numbered_rows,
    usable_rows,
    write_slim,
)
from huiyin.core.text import Text, listed
from huiyin.engine.columns import as_words
from huiyin.engine.duck import Engine
from huiyin.engine.startup import import_ibis

UNKNOWN_CURRENCY = "?"
_MIXED = Text(
    "“{take}”要合计的金额有多种币种（{currencies}），不能相加。请改为按币种分列。",
    "“{take}” would add up several currencies ({currencies}): ask for one column per currency.",
)
_SEVERAL = Text(
    "“{take}”取其中一行的值，但“{name}”同一个键有多行，又没有时间列来定先后。请加时间列或改成计数。",
    "“{take}” takes the value of one row, but “{name}” has several rows of one key and no column "
    "of moments to order them: name one, or count rows instead.",
)
_NEAREST = Text(
    "“{take}”要取时间最接近的一行，请设时间范围。",
    "“{take}” takes the nearest row in time: it needs a time window.",
)
_NO_DAYS = Text(
    "“{take}”要数天数，请给“{name}”设时间范围。",
    "“{take}” counts days: give “{name}” a time window.",
)


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking one dataset gives.

    Attributes
    ----------
    rows : ibis.Table
        `N` and the new columns; at most one row for each base row.
    taken : tuple of Taken
    facts : LinkFacts
    """

    rows: Any
    taken: tuple[Taken, ...]
    facts: LinkFacts


@dataclass(frozen=True, slots=True)
class Linking:
    """The work of linking one dataset to a base.

    Parameters
    ----------
    engine : Engine
    base, other : Parent
    link : Link
    folder : Path
        For what is written on the way; it must be there.
    now : datetime
        Wall-clock time in the base's zone.
    first : int or None
        Only the first base rows, for a preview; the facts are of all.
    """

    engine: Engine
    base: Parent
    other: Parent
    link: Link
    folder: Path
    now: datetime
    first: int | None = None

    def run(self) -> Linked:
        """Link.

        Raises
        ------
        ModelError, UnknownColumnError
            The link cannot be made as it is said.
        EngineError
            A limit was met.
        """
        clock = self._clock()
        currencies = self._currency_column()
        others = self._others(clock, currencies)
        bases = self._bases(clock)
        covered = self._covered(clock)
        found = _found_currencies(self.engine, bases, others) if currencies else ()
        taken = self._taken(found)
        facts = self._facts(bases, others, clock, covered)
        self._check_order(taken, facts, clock)
        wanted = bases if self.first is None else bases.order_by(N).limit(self.first)
        known = self._known(wanted, clock, covered)
        unit = 1 if clock is None else clock.unit
        rows = Looking(self.engine, self.link, known, others, unit, taken, self.folder).columns()
        path = self.folder / "linked.parquet"
        return Linked(write_slim(self.engine, rows, path), taken, facts)

    def _clock(self) -> Clock | None:
        if self.link.window is not None:
            return find_clock(self.engine, self.base, self.other, self.link.window)
        own = self.other.snapshot.codebook.first(Role.TIME)
        if own is None or own.name not in self._other_rows().columns:
            return None
        return Clock(own.name, own.name, self.other.snapshot.zone, by_day=False)

    def _other_rows(self) -> Any:
        return numbered_rows(self.engine, self.other)

    def _bases(self, clock: Clock | None) -> Any:
        rows = numbered_rows(self.engine, self.base)
        key = key_words(rows, self.base, [pair.base for pair in self.link.keys])
        moment = import_ibis().null("int64")
        if clock is not None and self.link.window is not None:
            moment = clock.moment(rows[clock.base], other=False)
        slim = rows.select(**{N: rows[N], KEY: key, MOMENT: moment})
        return write_slim(self.engine, slim, self.folder / "base.parquet")

    def _others(self, clock: Clock | None, currency: str | None) -> Any:
        ibis = import_ibis()
        rows = self._met(usable_rows(self._other_rows(), self.other))
        names = value_names(self.link)
        for name in names:
            kept_column(self.other.snapshot.codebook, name)
        moment = (
            ibis.null("int64") if clock is None else clock.moment(rows[clock.other], other=True)
        )
        slim = rows.select(
            **{N: rows[N], MOMENT: moment},
            **{KEY: key_words(rows, self.other, [pair.other for pair in self.link.keys])},
            **{short: rows[name] for name, short in names.items()},
            **(
                {"currency": as_words(rows[currency]).fill_null(UNKNOWN_CURRENCY)}
                if currency
                else {}
            ),
        )
        order = ibis.window(
            group_by=slim[KEY], order_by=[slim[MOMENT].asc(nulls_first=True), slim[N]]
        )
        ranked = slim.mutate(**{RANK: ibis.row_number().over(order).cast("int64")})
        return write_slim(self.engine, ranked, self.folder / "other.parquet")

    def _met(self, rows: Any) -> Any:
        for condition in self.link.where:
            kept_column(self.other.snapshot.codebook, condition.column)
            rows = rows.filter(as_words(rows[condition.column]).isin(list(condition.values)))
        return rows

    def _currency_column(self) -> str | None:
        book = self.other.snapshot.codebook
        asked = [t.column for t in self.link.take if t.how in AMOUNTS and t.column in book]
        money = any(book[name].role in MONEY_ROLES for name in asked if name is not None)
        column = book.first(Role.CURRENCY) if money else None
        return None if column is None else column.name

    def _covered(self, clock: Clock | None) -> Covered:
        if clock is None or self.link.window is None:
            return Covered(None, None)
        rows = self._other_rows()
        moments = rows.select(**{MOMENT: clock.moment(rows[clock.other], other=True)})
        return find_covered(self.engine, moments, self.link, clock, self.now)

    def _taken(self, currencies: Sequence[str]) -> tuple[Taken, ...]:
        base, other = self.base.snapshot.codebook, self.other.snapshot.codebook
        taken = taken_columns(self.link, base, other, self.other.name, currencies)
        for one in taken:
            money = one.column.role in MONEY_ROLES and one.take.how in AMOUNTS
            if money and one.currency is None and len(currencies) > 1:
                said = listed(currencies)
                raise ModelError(_MIXED.format(take=one.take.name, currencies=said))
        return taken

    def _check_order(self, taken: Sequence[Taken], facts: LinkFacts, clock: Clock | None) -> None:
        several = facts.cardinality in {"1:n", "n:m"}
        for take in (one.take for one in taken):
            facts_of = {"take": take.name, "name": self.other.name}
            if take.how is How.NEAREST and self.link.window is None:
                raise ModelError(_NEAREST.format(**facts_of))
            if take.how is How.DAYS and clock is None:
                raise ModelError(_NO_DAYS.format(**facts_of))
            if take.how in PICKS and clock is None and several:
                raise ModelError(_SEVERAL.format(**facts_of))

    def _known(self, bases: Any, clock: Clock | None, covered: Covered) -> Any:
        known = bases[KEY].notnull()
        if self.link.window is not None and clock is not None:
            inside = covered.covers(bases[MOMENT], self.link.window, clock)
            known &= bases[MOMENT].notnull() & inside
        return bases.mutate(**{KNOWN: known})

    def _facts(self, bases: Any, others: Any, clock: Clock | None, covered: Covered) -> LinkFacts:
        met = self.engine.run(_meetings(bases, others)).to_pylist()[0]
        n_all = self.other.snapshot.n_rows
        facts = _key_facts(self.other.dataset_id, {k: int(v or 0) for k, v in met.items()}, n_all)
        if self.link.window is None or clock is None:
            return facts
        known = self._known(bases, clock, covered)
        usual = bases[KEY].notnull() & bases[MOMENT].notnull()
        timed = self.engine.run(
            known.agg(
                without=(known[KEY].notnull() & known[MOMENT].isnull()).sum(),
                incomplete=(usual & ~known[KNOWN]).sum(),
            )
        ).to_pylist()[0]
        undated = self.engine.run(others[MOMENT].isnull().sum()).column(0)[0].as_py()
        return replace(
            facts,
            base_without_time=int(timed["without"] or 0),
            base_incomplete=int(timed["incomplete"] or 0),
            other_without_time=int(undated or 0),
            data_from=clock.said(covered.since),
            data_until=clock.said(covered.until),
            compared_by="day" if clock.by_day else "second",
        )


def _meetings(bases: Any, others: Any) -> Any:
    """Count keys and rows on both sides."""
    ours = bases.group_by(k=KEY).agg(nb=lambda t: t.count())
    theirs = others.group_by(k2=KEY).agg(no=lambda t: t.count())
    both = ours.outer_join(theirs, ours.k == theirs.k2)
    meets = both.nb.notnull() & both.no.notnull()
    no_key_b, no_key_o = both.k.isnull() & both.nb.notnull(), both.k2.isnull() & both.no.notnull()
    return both.agg(
        n_keys=meets.sum(),
        base_matched=both.nb.sum(where=meets),
        base_rows=both.nb.sum(),
        base_without_key=both.nb.sum(where=no_key_b),
        other_matched=both.no.sum(where=meets),
        other_rows=both.no.sum(),
        other_without_key=both.no.sum(where=no_key_o),
        n_pairs=(both.nb * both.no).sum(where=meets),
        most_b=both.nb.max(where=meets),
        most_o=both.no.max(where=meets),
    )


def _key_facts(dataset_id: str, met: Mapping[str, int], n_all: int) -> LinkFacts:
    sides = ("n" if met["most_b"] > 1 else "1", "n" if met["most_o"] > 1 else "1")
    several = {("n", "n"): "n:m"}.get(sides, ":".join(sides))
    return LinkFacts(
        dataset_id=dataset_id,
        cardinality=several if met["n_keys"] else "none",
        n_keys=met["n_keys"],
        base_rows=met["base_rows"],
        base_matched=met["base_matched"],
        base_unmatched=met["base_rows"] - met["base_matched"] - met["base_without_key"],
        base_without_key=met["base_without_key"],
        other_rows=met["other_rows"],
        other_matched=met["other_matched"],
        other_unmatched=met["other_rows"] - met["other_matched"] - met["other_without_key"],
        other_without_key=met["other_without_key"],
        other_left_out=n_all - met["other_rows"],
        n_pairs=met["n_pairs"],
    )


def _found_currencies(engine: Engine, bases: Any, others: Any) -> tuple[str, ...]:
    used = others.semi_join(bases.filter(bases[KEY].notnull()), KEY)
    rows = used.select("currency").distinct().order_by("currency").limit(MOST_CURRENCIES + 1)
    return tuple(str(word) for word in engine.run(rows).column(0).to_pylist())
