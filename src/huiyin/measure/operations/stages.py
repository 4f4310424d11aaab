"""Stages of a case from a log of events: how long each takes, waited and worked, and its share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.core.text import Text, listed
from huiyin.engine.contracts import FLAGS_COLUMN
from huiyin.measure.contracts import Query, QueryError, Unit
from huiyin.measure.metric import (
    Form,
    Look,
    Metric,
    MetricRules,
    Reading,
    Value,
)
from huiyin.measure.operations.clocks import (
    ODD,
    RUNNING,
    Timing,
    at_share,
    clock_fact,
    timing_of,
    within_fact,
    within_words,
)
from huiyin.measure.operations.columns import role_column
from huiyin.measure.operations.moments import literal, moment, reaches_until
from huiyin.measure.operations.rates import STANDS_ON, share_reading
from huiyin.measure.operations.windows import put_next
from huiyin.measure.row_facts import Clock, Fact

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset

CASE_ROLES = (Role.TICKET, Role.ORDER, Role.ID, Role.ACCOUNT, Role.CUSTOMER)
STAGE_ROLES = (Role.STAGE, Role.TOUCHPOINT, Role.STATUS)
OF_EVENTS = frozenset(
    {"stage_time", "stage_time_p90", "stage_within", "stage_over", "stage_share", "stage_reached"}
)
"""Metrics of a log that needs no end of each event: any case, stage and moment would do."""
NATURAL = Timing(working=False)
MEDIAN = 0.5
NO_STAGE = Text(
    "写成 stage_share:环节名，如 stage_share:审核",
    "Write it as stage_share:STAGE, say stage_share:audit",
)
_WHO, _AT, _BEFORE = "_who", "_when", "_before"


def stage_columns(codebook: Codebook, metric: Metric) -> tuple[Column, Column, Column]:
    """Give the case, the stage and the moment of each event of a log.

    Raises
    ------
    QueryError
        One of them is missing.
    """
    case = role_column(codebook, CASE_ROLES, metric.id, metric.label)
    stage = role_column(codebook, STAGE_ROLES, metric.id, metric.label)
    start = role_column(codebook, (Role.TIME, Role.OPENED), metric.id, metric.label)
    return case, stage, start


def stage_clock(codebook: Codebook, metric: Metric) -> tuple[Fact, tuple[Column, ...]]:
    """Give the clock of a stage, and the columns it stands on.

    With an end of each event it is waiting and work: from the end of the event before to its own.
    """
    columns = stage_columns(codebook, metric)
    end = codebook.first(Role.RESOLVED)
    if end is None:
        return stage_fact(*columns), columns
    return passage_fact(*columns, end), (*columns, end)


def passage_fact(case: Column, stage: Column, start: Column, end: Column) -> Fact:
    """Make the clock of a stage from waiting and work; a stage without an end still runs."""
    wait, work = wait_fact(case, stage, start, end), clock_fact(start, end, NATURAL)
    name = f"_passage:{case.name}:{stage.name}:{start.name}:{end.name}"

    def put(dataset: Dataset, rows: Any) -> Any:
        if name in rows.columns:
            return rows
        rows = work.put(dataset, wait.put(dataset, rows))
        stopped = rows[f"{work.name}:stopped"]
        seconds = rows[work.name] + rows[wait.name].coalesce(0.0)
        return rows.mutate(**{name: seconds, f"{name}:stopped": stopped})

    return Fact(name, put, work.counted)


def stage_fact(case: Column, stage: Column, start: Column) -> Fact:
    """Make the clock of a stage: from its event to the next of the case.

    Stages that no event ever follows are ends, not stages: they have no duration.
    """
    name = f"_stage:{case.name}:{stage.name}:{start.name}"
    stopped, running, following = (f"{name}:{part}" for part in ("stopped", "running", "next"))

    def put(dataset: Dataset, rows: Any) -> Any:
        import ibis

        if name in rows.columns:
            return rows
        rows = put_next(dataset, rows, [case.name], lambda t: moment(t, start.name), following)
        ends = dataset.keep(("ends", name), lambda: _ends(dataset, rows, stage.name, following))
        over = rows[following].notnull()
        to = rows[following].coalesce(literal(reaches_until(dataset)))
        seconds = to.epoch_seconds() - moment(rows, start.name).epoch_seconds()
        counts = rows[stage.name].notnull() & rows[case.name].notnull()
        if ends:
            counts = counts & rows[stage.name].notin(ends)
        shown = ibis.ifelse(counts, seconds.cast("float64"), None)
        return rows.mutate(**{name: shown, stopped: over.cast("float64"), running: counts & ~over})

    return Fact(name, put, {running: RUNNING})


def _ends(dataset: Dataset, rows: Any, stage: str, following: str) -> list[str]:
    """List the stages that nothing ever follows."""
    counted = rows.group_by(rows[stage]).aggregate(followed=rows[following].count())
    found = dataset.engine.run(counted).to_pylist()
    return [one[stage] for one in found if one[stage] is not None and not one["followed"]]


def stage_quantile(share: float) -> Look:
    """Give how a quantile of the time in a stage is read."""

    def look(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
        clock, columns = stage_clock(codebook, metric)
        return _timed(metric, clock, columns, rest, rules, share)

    return look


def _timed(
    metric: Metric,
    fact: Fact,
    columns: tuple[Column, ...],
    rest: str,
    rules: MetricRules,
    usual: float = MEDIAN,
) -> Reading:
    """Read the quantile of a duration that `rest` asks for, else its usual one."""
    share = timing_of(rest, NATURAL).share
    named = at_share(metric, share)
    value = Value(fact.name, Form.NUMBER, origin=0.0)
    reading = Reading.of(value, named.label, named.formula, Unit.SECONDS, rules.delta_duration)
    return replace(
        reading,
        higher_is_better=False,
        facts=(fact,),
        clock=Clock(share or usual, f"{fact.name}:stopped"),
        notes=(STANDS_ON.format(columns=listed(column.name for column in columns)),),
    )


def stage_within(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
    """Read the share of stages that are over within a target; ``stage_within:4h``."""
    reading, timing = _in_target(metric, codebook, rest, rules)
    return replace(reading, label=within_words(metric, timing))


def stage_over(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
    """Read the share of stages that took longer than a target; ``stage_over:4h``."""
    reading, timing = _in_target(metric, codebook, rest, rules)
    values = tuple(replace(value, high=(0.0, 0.0)) for value in reading.values)
    return replace(reading, values=values, label=within_words(metric, timing, over=True))


def _in_target(
    metric: Metric, codebook: Codebook, rest: str, rules: MetricRules
) -> tuple[Reading, Timing]:
    timing = timing_of(rest, Timing(working=False, target=48 * 3600.0))
    clock, columns = stage_clock(codebook, metric)
    fact = within_fact(clock, timing.target or 0.0)
    fact = replace(fact, counted={k: v for k, v in fact.counted.items() if v is not ODD})
    return share_reading(metric, fact, rules, [*columns]), timing


def stage_share(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
    """Read the part of all time in stages that one stage takes; ``stage_share:审核``."""
    clock, columns = stage_clock(codebook, metric)
    if not rest:
        raise QueryError(NO_STAGE)
    stage = columns[1].name
    name = f"{clock.name}:of {rest}"

    def put(dataset: Dataset, rows: Any) -> Any:
        import ibis

        rows = clock.put(dataset, rows)
        mine = (rows[stage] == rest).fill_null(False)  # noqa: FBT003 -- a value
        return rows.mutate(**{name: ibis.ifelse(mine, rows[clock.name], 0.0)})

    def check(dataset: Dataset, _query: Query) -> None:
        from huiyin.measure.filters import check_words

        check_words(dataset, stage, (rest,))

    fact = Fact(name, put, clock.counted, check)
    reading = share_reading(metric, fact, rules, [*columns])
    label = Text("{m}（{s}）", "{m} ({s})").format(m=metric.label, s=rest)
    value = Value(name, Form.RATIO, base=clock.name)
    return replace(reading, values=(value,), label=label)


def worked_columns(codebook: Codebook, metric: Metric) -> tuple[Column, Column, Column, Column]:
    """Give case, stage, start and end of the work of each event."""
    end = role_column(codebook, (Role.RESOLVED,), metric.id, metric.label)
    return *stage_columns(codebook, metric), end


def work_look(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
    """Read the median time of work: from the start of an event to its end."""
    columns = worked_columns(codebook, metric)
    return _timed(metric, clock_fact(columns[2], columns[3], NATURAL), columns, rest, rules)


def wait_look(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
    """Read the median wait before a stage: from the end of the one before to its start."""
    columns = worked_columns(codebook, metric)
    return _timed(metric, wait_fact(*columns), columns, rest, rules)


def reached_look(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
    """Read the median time from the first event of a case to its entry into a stage."""
    columns = stage_columns(codebook, metric)
    return _timed(metric, reached_fact(*columns), columns, rest, rules)


def reached_fact(case: Column, stage: Column, start: Column) -> Fact:
    """Make the fact: seconds from the first valid event of the case to this one's start."""
    name = f"_reached:{case.name}:{stage.name}:{start.name}"

    def put(dataset: Dataset, rows: Any) -> Any:
        import ibis

        mask = ibis.literal(dataset.mask(Query(())), type="int64")
        valid = (rows[FLAGS_COLUMN] & mask) == 0
        at = moment(rows, start.name)
        first = ibis.ifelse(valid, at, None).min().over(ibis.window(group_by=case.name))
        counts = rows[case.name].notnull() & rows[stage.name].notnull() & (at >= first)
        seconds = (at.epoch_seconds() - first.epoch_seconds()).cast("float64")
        shown = ibis.ifelse(counts, seconds, None)
        return rows.mutate(**{name: shown, f"{name}:stopped": shown.notnull().cast("float64")})

    return Fact(name, put)


def wait_fact(case: Column, stage: Column, start: Column, end: Column) -> Fact:
    """Make the wait: seconds from the end of the case's event before to this one's start.

    The first event of a case waits for nothing that the log knows; work that overlaps is no wait.
    """
    name = f"_wait:{case.name}:{stage.name}:{start.name}:{end.name}"

    def put(dataset: Dataset, rows: Any) -> Any:
        import ibis

        if name in rows.columns:
            return rows
        mask = ibis.literal(dataset.mask(Query(())), type="int64")
        valid = rows.filter((rows[FLAGS_COLUMN] & mask) == 0)
        seen = valid.select(
            **{
                _WHO: valid[case.name],
                _AT: moment(valid, start.name),
                _BEFORE: moment(valid, end.name),
            }
        )
        seen = seen.group_by([_WHO, _AT]).aggregate(**{_BEFORE: seen[_BEFORE].max()})
        order = ibis.window(group_by=_WHO, order_by=seen[_AT])
        found = seen.mutate(**{_BEFORE: seen[_BEFORE].lag().over(order)})
        own = rows.mutate(**{_AT: moment(rows, start.name)})
        on = [own[case.name] == found[_WHO], own[_AT] == found[_AT]]
        joined = own.left_join(found, on).select(*rows.columns, _AT, _BEFORE)
        gap = joined[_AT].epoch_seconds() - joined[_BEFORE].epoch_seconds()
        waited = gap.cast("float64").clip(lower=0.0)
        return joined.mutate(
            **{name: waited, f"{name}:stopped": waited.notnull().cast("float64")}
        ).drop(_AT, _BEFORE)

    return Fact(name, put)


def waiting_look(metric: Metric, codebook: Codebook, _rest: str, rules: MetricRules) -> Reading:
    """Read the part of waiting in waiting and working time together."""
    columns = worked_columns(codebook, metric)
    wait, work = wait_fact(*columns), clock_fact(columns[2], columns[3], NATURAL)
    name = f"{wait.name}:waiting"
    base = f"{name}:both"

    def put(dataset: Dataset, rows: Any) -> Any:
        rows = work.put(dataset, wait.put(dataset, rows))
        waited = rows[wait.name].coalesce(0.0)
        return rows.mutate(**{name: waited, base: waited + rows[work.name].coalesce(0.0)})

    reading = share_reading(metric, Fact(name, put, work.counted), rules, [*columns])
    return replace(reading, values=(Value(name, Form.RATIO, base=base),))
