"""Clocks from one moment to another: the fact of a row, its quantile, and the share in target."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.core.text import EN, ZH, Text, listed
from huiyin.measure.contracts import QueryError, Unit
from huiyin.measure.metric import (
    Form,
    Look,
    Metric,
    MetricRules,
    Reading,
    Value,
)
from huiyin.measure.operations.columns import role_column, start_column
from huiyin.measure.operations.moments import literal, moment, reaches_until
from huiyin.measure.operations.rates import STANDS_ON, share_reading
from huiyin.measure.operations.working_time import (
    HOUSE_HOURS,
    WorkingHours,
    calendar_rows,
    put_worked,
)
from huiyin.measure.row_facts import Clock, Fact

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset

_SECONDS = {"s": 1, "sec": 1, "秒": 1, "m": 60, "min": 60, "分": 60, "分钟": 60, "h": 3_600,
            "小时": 3_600, "d": 86_400, "天": 86_400}  # fmt: skip
_TARGET = re.compile(rf"(\d+(?:\.\d+)?)\s*({'|'.join(sorted(_SECONDS, key=len, reverse=True))})")
_HOURS = re.compile(r"(\d{1,2})\s*[-–—~]\s*(\d{1,2})")
_PART = re.compile(r"p(\d{1,2})")
QUANTILES = range(5, 100, 5)
"""The quantiles that may be asked for by name, in per cent: ``p25``."""
_DAILY = ("daily", "每天", "全周")
_WORKING = ("working", "工作时间", "工作")
_NATURAL = ("natural", "自然时间", "自然")
ODD = Text("{n} 行的结束早于开始，未计入", "{n} rows end before they begin and are left out")
UNDECIDED = Text(
    "{n} 行还在计时、也还没超过目标（数据到 {until}），未计入",
    "{n} clocks still run and are not over the target (the data reaches {until}): left out",
)
RUNNING = Text(
    "其中 {n} 行到 {until} 还没结束，按还在计时算",
    "{n} of them had not ended by {until} and count as still running",
)
BY_WORKING = Text("工作时间", "working time")
BY_NATURAL = Text("自然时间", "natural time")
HOURS = Text(
    "工作时间：法定工作日 {a}–{b} 点，其余时间不走表，那时来、那时就办完的算 0",
    "working time: {a} to {b} o’clock on China’s working days; the clock stands still else, what "
    "began and ended then counts as 0",
)
HOURS_DAILY = Text("工作时间：每天 {a}–{b} 点", "working time: {a} to {b} o’clock every day")
_OWN_QUANTILE = re.compile("中位数$|,? P90$|, median$")
_AT_SHARE = Text(
    "{p}% 的计时在多久内停下；还没停的按还在计时算（Kaplan–Meier）",
    "time within which {p}% of the clocks stopped; what has not stopped counts as still running "
    "(Kaplan–Meier)",
)
_WORDS = Text(
    "看不懂“{w}”。可写 working（工作时间）、natural（自然时间）、9-21（上班几点到几点）、daily（"
    "每天上班），时长还可写分位数（p5、p10……p95），及时率还可写目标（如 4h、30min、2d），"
    "用冒号隔开",
    "Cannot read “{w}”: write working, natural, 9-21 (working hours), daily (every day is worked), "
    "for a duration also a quantile (p5, p10 … p95), for a share in target a target (4h, 30min, "
    "2d), parted by colons",
)


@dataclass(frozen=True, slots=True)
class Timing:
    """How a clock is read: in working or natural time, against which target in seconds.

    `share` is the quantile that was asked for by name; None: the metric's own.
    """

    working: bool
    target: float | None = None
    hours: WorkingHours = HOUSE_HOURS
    share: float | None = None

    @property
    def words(self) -> Text:
        """Say which time it is."""
        return BY_WORKING if self.working else BY_NATURAL

    @property
    def key(self) -> str:
        """Tell this time from other times."""
        hours = self.hours
        days = "daily" if hours.daily else "working"
        return f"{days} {hours.opens}-{hours.closes}" if self.working else "natural"


def timing_of(rest: str, usual: Timing) -> Timing:
    """Read what follows the metric: ``4h``, ``natural``, ``30min:natural``, ``p25``.

    Raises
    ------
    QueryError
        A word is none of these.

    Examples
    --------
    >>> timing_of("30min:natural", Timing(working=True))
    Timing(working=False, target=1800.0)
    """
    for word in filter(None, (part.strip().lower() for part in rest.split(":"))):
        target = _TARGET.fullmatch(word)
        hours, part = _HOURS.fullmatch(word), _PART.fullmatch(word)
        if word in _WORKING or word in _NATURAL:
            usual = replace(usual, working=word in _WORKING)
        elif word in _DAILY:
            usual = replace(usual, working=True, hours=replace(usual.hours, daily=True))
        elif hours and int(hours[1]) < int(hours[2]) <= 24:  # noqa: PLR2004 -- of the clock
            found = replace(usual.hours, opens=int(hours[1]), closes=int(hours[2]))
            usual = replace(usual, working=True, hours=found)
        elif part and usual.target is None and int(part[1]) in QUANTILES:
            usual = replace(usual, share=int(part[1]) / 100.0)
        elif target and usual.target is not None:
            usual = replace(usual, target=float(target[1]) * _SECONDS[target[2]])
        else:
            raise QueryError(_WORDS.format(w=word))
    return usual


def clock_fact(start: Column, end: Column, timing: Timing) -> Fact:
    """Make the fact: seconds from `start` to `end`, or to where the data ends if it still runs."""
    name = f"_clock:{start.name}:{end.name}:{timing.key}"
    stopped, odd, running = (f"{name}:{part}" for part in ("stopped", "odd", "running"))

    def put(dataset: Dataset, rows: Any) -> Any:
        import ibis

        if name in rows.columns:  # two metrics of one clock
            return rows
        until = literal(reaches_until(dataset))
        rows = rows.mutate(**{stopped: rows[end.name].notnull().cast("float64")})
        at, to = moment(rows, start.name), moment(rows, end.name).coalesce(until)
        natural = to.epoch_seconds() - at.epoch_seconds()
        rows = rows.mutate(**{odd: natural < 0, running: (natural >= 0) & (rows[stopped] == 0)})
        if timing.working:
            days = _calendar(dataset, start, end, timing.hours)
            rows = put_worked(rows, days, (at, to), name, timing.hours)
        else:
            rows = rows.mutate(**{name: natural.cast("float64")})
        return rows.mutate(**{name: ibis.ifelse(rows[odd], None, rows[name])})

    return Fact(name, put, {odd: ODD, running: RUNNING})


def _calendar(dataset: Dataset, start: Column, end: Column, hours: WorkingHours) -> Any:
    """Give the working days from the first start to the last end, as a table of the engine."""

    def make() -> Any:
        import pyarrow as pa

        rows = dataset.rows
        ends = {
            "first": moment(rows, start.name).min(),
            "ended": moment(rows, end.name).min(),
            "last": moment(rows, end.name).max(),
            "begun": moment(rows, start.name).max(),
        }
        found = dataset.engine.run(rows.aggregate(**ends)).to_pylist()[0]
        days = [one.date() for one in (*found.values(), reaches_until(dataset)) if one is not None]
        days = [day for day in days if day > date.min] or [date(2020, 1, 1)]
        return dataset.engine.from_arrow(pa.table(calendar_rows(min(days), max(days), hours)))

    return dataset.keep(("working days", start.name, end.name, hours), make)


def clock_columns(codebook: Codebook, role: Role, metric: Metric) -> tuple[Column, Column]:
    """Give where a clock starts and where it stops."""
    start = start_column(codebook, metric.id, metric.label)
    return start, role_column(codebook, (role,), metric.id, metric.label)


def clock_quantile_of(role: Role, share: float, usual: Timing) -> Look:
    """Give how a quantile of the clocks that stop at a column of `role` is read."""

    def look(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
        timing = timing_of(rest, usual)
        columns = clock_columns(codebook, role, metric)
        named = at_share(metric, timing.share)
        return quantile_reading(named, columns, timing.share or share, timing, rules)

    return look


def quantile_reading(
    metric: Metric,
    columns: tuple[Column, Column],
    share: float,
    timing: Timing,
    rules: MetricRules,
    among: Callable[[Fact], Fact] | None = None,
) -> Reading:
    """Read a quantile of durations; clocks that still run count as such.

    `among` makes of the clock another one that has some of its rows only.
    """
    every = clock_fact(*columns, timing)
    fact = every if among is None else among(every)
    value = Value(fact.name, Form.NUMBER, origin=0.0)
    label = Text("{m}（{w}）", "{m} ({w})").format(m=metric.label, w=timing.words)
    reading = Reading.of(value, label, metric.formula, Unit.SECONDS, rules.delta_duration)
    return replace(
        reading,
        higher_is_better=False,
        facts=(fact,),
        clock=Clock(share, f"{every.name}:stopped"),
        notes=_notes(columns, timing),
        please_check=not all(column.usable for column in columns),
    )


def at_share(metric: Metric, share: float | None) -> Metric:
    """Name a metric of durations by another quantile than its own; None: as it is."""
    if share is None:
        return metric
    names = [metric.label.say(language) for language in (ZH, EN)]
    zh, en = (_OWN_QUANTILE.sub("", name) for name in names)
    percent = round(share * 100)
    label = Text(f"{zh} P{percent}", f"{en}, P{percent}")
    return replace(metric, label=label, formula=_AT_SHARE.format(p=percent))


def _notes(columns: tuple[Column, ...], timing: Timing) -> tuple[Text, ...]:
    used = STANDS_ON.format(columns=listed(column.name for column in columns))
    if not timing.working:
        return (used,)
    words = HOURS_DAILY if timing.hours.daily else HOURS
    return used, words.format(a=timing.hours.opens, b=timing.hours.closes)


def within_target(role: Role, usual: Timing) -> Look:
    """Give how the share of clocks that stop within a target is read."""

    def look(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
        timing = timing_of(rest, usual)
        columns = clock_columns(codebook, role, metric)
        clock = clock_fact(*columns, timing)
        reading = share_reading(metric, within_fact(clock, timing.target or 0.0), rules, [*columns])
        return replace(reading, label=within_words(metric, timing), notes=_notes(columns, timing))

    return look


def within_words(metric: Metric, timing: Timing, *, over: bool = False) -> Text:
    """Name a share in (or `over`) target with its target and kind of time."""
    label = Text("{m}（{t}内，{w}）", "{m} (within {t}, {w})")
    if over:
        label = Text("{m}（{t}以上，{w}）", "{m} (over {t}, {w})")
    return label.format(m=metric.label, t=_said(timing.target or 0.0), w=timing.words)


def within_fact(clock: Fact, target: float) -> Fact:
    """Make the fact: 1 stopped within `target` seconds, 0 over it (still running or not)."""
    name = f"{clock.name}:within {target:g}"
    undecided = f"{name}:open"

    def put(dataset: Dataset, rows: Any) -> Any:
        import ibis

        rows = clock.put(dataset, rows)
        shown, stopped = rows[clock.name], rows[f"{clock.name}:stopped"] > 0
        return rows.mutate(
            **{
                name: ibis.cases((shown > target, 0.0), (stopped & (shown <= target), 1.0)),
                undecided: ~stopped & (shown <= target),
            }
        )

    odd = f"{clock.name}:odd"
    return Fact(name, put, {odd: ODD, undecided: UNDECIDED})


def _said(seconds: float) -> Text:
    for length, zh, en in ((86_400, "天", "d"), (3_600, "小时", "h"), (60, "分钟", "min")):
        if seconds >= length and not seconds % length and (length < 86_400 or seconds > 172_800):  # noqa: PLR2004 -- 48 hours are said as such
            return Text(f"{seconds / length:g} {zh}", f"{seconds / length:g} {en}")
    return Text(f"{seconds:g} 秒", f"{seconds:g} s")
