"""Each base row looks at the rows of another dataset inside its window: planned, never paired.

Both sides are laid on one line per key. Pairs are not formed, so a key that is frequent on both
sides costs time, but neither memory nor a wrong n.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huiyin.collect.links.columns import MONEY_ROLES, Taken
from huiyin.collect.links.contracts import AMOUNTS, NO, PICKS, YES, How, Link, Side, Take
from huiyin.collect.links.slim import KEY, MOMENT, N, write_slim
from huiyin.engine.columns import as_words
from huiyin.engine.duck import Engine
from huiyin.engine.numbers import MONEY_TYPE
from huiyin.engine.startup import import_ibis

RANK = "_rank"
"""BIGINT, order of the other dataset's rows within a key, by moment."""
KNOWN = "_known"
"""BOOLEAN, the base row has a key, a moment and a complete window."""
FOUND = "_found"
"""BOOLEAN, at least one row was found."""


def value_names(link: Link) -> dict[str, str]:
    """Give the columns of the other dataset that are needed, with the names they have meanwhile."""
    columns = dict.fromkeys(take.column for take in link.take if take.column is not None)
    return {column: f"v_{i}" for i, column in enumerate(columns)}


def value_name(link: Link, take: Take) -> str:
    """Give the name that a taken column has meanwhile."""
    return value_names(link)[take.column or ""]


@dataclass(frozen=True, slots=True)
class Looking:
    """Each base row looks at the rows inside its window.

    Parameters
    ----------
    engine : Engine
    link : Link
    known : ibis.Table
        Base rows: `N, KEY, MOMENT, KNOWN`.
    others : ibis.Table
        `KEY, MOMENT, RANK`, the columns of `value_names`, and `currency` where there is one.
    unit : int
        Of `MOMENT`, in a day.
    taken : tuple of Taken
    folder : Path
    """

    engine: Engine
    link: Link
    known: Any
    others: Any
    unit: int
    taken: tuple[Taken, ...]
    folder: Path

    def columns(self) -> Any:
        """Plan `N` and the new columns, in their final types."""
        windowed = self.link.window is not None
        found = self._in_windows() if windowed else self._by_key()
        path = self.folder / "found.parquet"
        found = write_slim(self.engine, found, path)
        picked = self._picked(found)
        return picked.select(
            N,
            **{FOUND: (picked["count"].fill_null(0) > 0) & picked[KNOWN]},
            **{one.column.name: self._final(picked, one, i) for i, one in enumerate(self.taken)},
        )

    def _by_key(self) -> Any:
        """Gather the rows of each key once: every base row of the key gets them."""
        rows = self.others.filter(self.others[KEY].notnull())
        dated = rows[MOMENT].notnull()
        first = rows[RANK].min(where=dated).coalesce(rows[RANK].min())
        gathered = rows.group_by(k2=KEY).agg(
            **self._totals(rows, lambda value: value),
            first=first,
            last=rows[RANK].max(),
        )
        joined = self.known.left_join(gathered, self.known[KEY] == gathered.k2)
        return joined.drop("k2")

    def _in_windows(self) -> Any:
        line = self._line()
        frame = self._frame(self._bounds())
        values = self._totals(line, lambda value: value.over(frame))
        values |= {
            "first": line[RANK].min().over(frame),
            "last": line[RANK].max().over(frame),
        }
        if self.link.window is not None and self.link.window.side is Side.AROUND:
            values |= self._both_sides(line)
        looked = line.mutate(**values)
        return looked.filter(looked[N].notnull()).select(N, KEY, MOMENT, KNOWN, *values)

    def _line(self) -> Any:
        """Lay base rows and other rows on one line; what a side lacks is NULL."""
        ibis = import_ibis()
        own = self.others.filter(self.others[KEY].notnull() & self.others[MOMENT].notnull())
        names = [n for n in own.columns if n not in {N, KEY, MOMENT}]
        kinds = own.schema()
        base = self.known.filter(self.known[KNOWN]).select(
            N, KEY, MOMENT, KNOWN, **{n: ibis.null(kinds[n]) for n in names}
        )
        other = own.select(
            **{
                N: ibis.null("int64"),
                KEY: own[KEY],
                MOMENT: own[MOMENT],
                KNOWN: ibis.null("boolean"),
            },
            **{n: own[n] for n in names},
        )
        return ibis.union(base, other)

    def _bounds(self) -> dict[str, Any]:
        window = self.link.window
        assert window is not None  # noqa: S101 -- asked only with one
        length = None if window.days is None else window.days * self.unit
        bounds: dict[Side, dict[str, Any]] = {
            Side.AFTER: {"following": (1, length)},
            Side.BEFORE: {"preceding": (length, 1)},
            Side.AROUND: {"preceding": length, "following": length},
        }
        return bounds[window.side]

    def _frame(self, bounds: Mapping[str, Any]) -> Any:
        return import_ibis().range_window(group_by=KEY, order_by=MOMENT, **bounds)

    def _both_sides(self, line: Any) -> dict[str, Any]:
        length = self._bounds()["following"]
        before, after = (
            self._frame({"preceding": (length, 0)}),
            self._frame({"following": (1, length)}),
        )
        return {
            "near_before": line[RANK].max().over(before),
            "near_before_t": line[MOMENT].max(where=line[RANK].notnull()).over(before),
            "near_after": line[RANK].min().over(after),
            "near_after_t": line[MOMENT].min(where=line[RANK].notnull()).over(after),
        }

    def _totals(self, rows: Any, over: Any) -> dict[str, Any]:
        """Plan what is computed from all rows that are found, by the number of its column."""
        totals = {"count": over(rows[RANK].count())}
        for i, one in enumerate(self.taken):
            if one.take.how is How.DAYS:
                day = (rows[MOMENT] // self.unit).cast("int64")
                totals[f"x_{i}"] = over(rows[RANK].notnull().ifelse(day, None).nunique())
            elif one.take.how in AMOUNTS:
                totals |= self._amount(rows, i, one, over)
        return totals

    def _amount(self, rows: Any, i: int, one: Taken, over: Any) -> dict[str, Any]:
        value = rows[value_name(self.link, one.take)]
        counted = rows[RANK]
        if one.currency is not None:
            mine = rows["currency"] == one.currency
            value, counted = mine.ifelse(value, None), mine.ifelse(counted, None)
        computed = {
            How.SUM: value.sum,
            How.MEAN: value.cast("float64").mean,
            How.MINIMUM: value.min,
            How.MAXIMUM: value.max,
        }[one.take.how]()
        return {f"x_{i}": over(computed), f"c_{i}": over(counted.count())}

    def _picked(self, found: Any) -> Any:
        """Fetch the values of the rows that were picked: each base row has one rank at most."""
        for how in dict.fromkeys(one.take.how for one in self.taken if one.take.how in PICKS):
            mine = [i for i, one in enumerate(self.taken) if one.take.how is how]
            values = {
                f"x_{i}": self.others[value_name(self.link, self.taken[i].take)] for i in mine
            }
            ranked = self.others.filter(self.others[KEY].notnull())
            ranked = ranked.select(
                k2=KEY, r2=RANK, **{n: ranked[v.get_name()] for n, v in values.items()}
            )
            wanted = found.mutate(want=self._wanted(found, how))
            joined = wanted.left_join(
                ranked, [wanted[KEY] == ranked.k2, wanted["want"] == ranked.r2]
            )
            found = joined.drop("k2", "r2", "want")
        return found

    def _wanted(self, found: Any, how: How) -> Any:
        if how is How.FIRST:
            return found["first"]
        window = self.link.window
        if how is How.LAST or (window is not None and window.side is Side.BEFORE):
            return found["last"]
        if window is not None and window.side is Side.AFTER:
            return found["first"]
        back = found[MOMENT] - found["near_before_t"]
        on = found["near_after_t"] - found[MOMENT]
        nearer = found["near_after"].isnull() | (back <= on)
        return nearer.ifelse(
            found["near_before"].coalesce(found["near_after"]), found["near_after"]
        )

    def _final(self, found: Any, one: Taken, i: int) -> Any:
        how, known = one.take.how, found[KNOWN]
        n_found = found["count"].fill_null(0)
        if how is How.COUNT:
            value = n_found
        elif how is How.ANY:
            return known.ifelse(self._any(n_found > 0, one), None)
        elif how is How.DAYS:
            value = found[f"x_{i}"].fill_null(0)
        elif how is How.SUM:
            value = (found[f"c_{i}"].fill_null(0) == 0).ifelse(0, found[f"x_{i}"])
        else:
            value = found[f"x_{i}"]
        return known.ifelse(_typed(value, one), None)

    def _any(self, happened: Any, one: Taken) -> Any:
        return happened.ifelse(YES, NO) if one.as_words else happened.ifelse(1.0, 0.0)


def _typed(value: Any, one: Taken) -> Any:
    kind = value.type()
    if one.as_words:
        return value.strftime("%Y-%m-%d %H:%M") if kind.is_timestamp() else as_words(value)
    if one.column.role in MONEY_ROLES:
        return value.cast(MONEY_TYPE)
    return value.cast("float64") if kind.is_numeric() else value
