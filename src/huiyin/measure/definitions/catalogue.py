"""The metric catalogue: what each metric means by a version of the rules, and who uses it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy.orm import Session

from huiyin.core.text import Text
from huiyin.measure.catalogue import INDEX, metric_catalogue
from huiyin.measure.contracts import Unit
from huiyin.measure.definitions.benchmarks import benchmark_rows
from huiyin.measure.definitions.contracts import RulesVersion
from huiyin.measure.definitions.rules import metric_rules_versions
from huiyin.measure.definitions.targets import targets
from huiyin.measure.definitions.weight_sets import weight_sets
from huiyin.measure.metric import Better, Metric, MetricRules

UNIT_TEXT = {
    Unit.NPS: Text("点，−100 到 100", "points, −100 to 100"),
    Unit.POINTS: Text("分，0 到 100", "points, 0 to 100"),
    Unit.SHARE: Text("百分比", "per cent"),
    Unit.SCALE: Text("与题目的量表相同", "as the question’s scale"),
    Unit.AMOUNT: Text("与数据相同", "as in the data"),
    Unit.SECONDS: Text("时长（JSON 里是秒）", "a duration (seconds in JSON)"),
}
BETTER_TEXT = {
    Better.HIGHER: Text("越高越好", "higher is better"),
    Better.LOWER: Text("越低越好", "lower is better"),
    Better.AS_ASKED: Text("看题目原话", "as the question is worded"),
}
DELTA_TEXT = {
    Unit.NPS: Text("±{d:g} 点", "±{d:g} points"),
    Unit.POINTS: Text("±{d:g} 分", "±{d:g} points"),
    Unit.SHARE: Text("±{d:g} 个百分点", "±{d:g} percentage points"),
    Unit.SCALE: Text("±量表宽度的 {d:g}%", "±{d:g}% of the scale’s width"),
    Unit.SECONDS: Text("±对比时长的 {d:g}%", "±{d:g}% of the duration it is compared with"),
}
PER_CENT = 100
PARTS = frozenset({Unit.SHARE, Unit.SCALE, Unit.SECONDS})
"""Units whose margin is a part of something, shown as per cent."""
_PLACES = re.compile(r"( by)?\s*[:：]?\s*{\w+}")


@dataclass(frozen=True, slots=True)
class Use:
    """Something kept that stands on a metric: a target, a weight set, a benchmark table."""

    kind: str
    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """A version of the rules that changed a metric, and by which keys; the first has none."""

    version: int
    valid_from: date
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One metric of the catalogue.

    Attributes
    ----------
    meaning, formula : Text
        In words; `expression` is the formula in symbols.
    window : Text or None
        The window that belongs to the definition.
    delta : float
        Margin of indifference in the unit (shares as proportions; raw means as a part of the
        scale’s width); `delta_words` says it.
    better : Better
        The good end by the rules; `exceptions` are columns with another one.
    version, rules_version : int
        Of the metric in the program, and of the metric rules.
    rule_keys : tuple of str
        Keys of the rules that can change the metric.
    used_by : tuple of Use
    history : tuple of Change
        Versions of the rules in which the metric is another one, newest first.
    """

    id: str
    label: Text
    meaning: Text
    formula: Text
    expression: str
    window: Text | None
    unit: Unit
    unit_words: Text
    delta: float
    delta_words: Text
    better: Better
    better_words: Text
    exceptions: Mapping[str, Better]
    version: int
    rules_version: int
    rule_keys: tuple[str, ...]
    used_by: tuple[Use, ...]
    history: tuple[Change, ...]


def catalogue(session: Session, rules: RulesVersion) -> tuple[Entry, ...]:
    """List every metric as it is defined by a version of the rules.

    Parameters
    ----------
    session : Session
        Where targets, weight sets and benchmark tables are kept.
    rules : RulesVersion

    Returns
    -------
    tuple of Entry
        In the order of the metrics' ids.
    """
    uses, versions = _uses(session), metric_rules_versions(session)[::-1]
    return tuple(
        _entry(metric, rules.rules, uses.get(metric.id, ()), _history(metric, versions))
        for metric in sorted(metric_catalogue().values(), key=lambda one: one.id)
    )


def _entry(
    metric: Metric, rules: MetricRules, used_by: Iterable[Use], history: tuple[Change, ...]
) -> Entry:
    better = rules.better.get(metric.id, metric.better)
    column, windows = f"{metric.id}:", rules.windows
    delta = _delta(metric.unit, rules)
    shown = delta * PER_CENT if metric.unit in PARTS else delta
    return Entry(
        id=metric.id,
        label=metric.label,
        meaning=windows.said(metric.meaning),
        formula=_plain(windows.said(metric.formula)),
        expression=windows.fill(metric.expression),
        window=windows.said(metric.window) if metric.window else None,
        unit=metric.unit,
        unit_words=UNIT_TEXT[metric.unit],
        delta=delta,
        delta_words=DELTA_TEXT[metric.unit].format(d=shown),
        better=better,
        better_words=BETTER_TEXT[better],
        exceptions={k: v for k, v in rules.better.items() if k.startswith(column)},
        version=metric.version,
        rules_version=rules.version,
        rule_keys=_keys(metric),
        used_by=tuple(used_by),
        history=history,
    )


def _keys(metric: Metric) -> tuple[str, ...]:
    return (*metric.rule_keys, _delta_key(metric.unit), "better", "minimum_n")


def _history(metric: Metric, versions: Sequence[RulesVersion]) -> tuple[Change, ...]:
    """List the versions, given oldest first, in which what the metric stands on changed."""
    first = versions[0]
    found = [Change(first.version, first.valid_from, ())]
    for before, after in pairwise(versions):
        old, new = _rule_facts(metric, before.rules), _rule_facts(metric, after.rules)
        changed = tuple(key for key in _keys(metric) if old[key] != new[key])
        if changed:
            found.append(Change(after.version, after.valid_from, changed))
    return tuple(found[::-1])


def _rule_facts(metric: Metric, rules: MetricRules) -> dict[str, Any]:
    """Give what stands under each key of the rules, as far as it concerns the metric."""
    cuts = rules.cuts
    fine = (cuts.other_share, cuts.fine_levels, cuts.fine_cut, cuts.settled)
    own = {name: end for name, end in rules.better.items() if name.split(":")[0] == metric.id}
    return {
        "satisfied": (dict(cuts.satisfied), *fine),
        "easy": (dict(cuts.easy), cuts.other_share),
        "score": (rules.level_points, dict(rules.points_tables), rules.other_scales),
        "nps": rules.odd_nps,
        "index_weights": dict(rules.index_weights),
        "aspects": rules.aspects,
        "delta.nps": rules.delta_nps,
        "delta.share": rules.delta_share,
        "delta.points": rules.delta_points,
        "delta.duration": rules.delta_duration,
        **{f"windows.{key}": days for key, days in rules.windows.days().items()},
        "better": own,
        "minimum_n": rules.minimum_n,
    }


def _plain(formula: Text) -> Text:
    """Leave out the places that only a dataset fills."""
    return Text.of({tag: _PLACES.sub("", words) for tag, words in formula.items()})


def _delta(unit: Unit, rules: MetricRules) -> float:
    if unit is Unit.NPS:
        return rules.delta_nps
    if unit is Unit.SHARE:
        return rules.delta_share
    if unit is Unit.SECONDS:
        return rules.delta_duration
    return rules.delta_points / PER_CENT if unit is Unit.SCALE else rules.delta_points


_DELTA_KEYS = {
    Unit.NPS: "delta.nps",
    Unit.SHARE: "delta.share",
    Unit.SECONDS: "delta.duration",
}


def _delta_key(unit: Unit) -> str:
    return _DELTA_KEYS.get(unit, "delta.points")


def _uses(session: Session) -> dict[str, list[Use]]:
    found: dict[str, list[Use]] = {}

    def add(metric: str, use: Use) -> None:
        known = found.setdefault(metric.partition(":")[0].strip(), [])
        if use not in known:
            known.append(use)

    for target in targets(session):
        group = "、".join(f"{k}={v}" for k, v in target.where.items())
        words = f"{target.metric} {group}".strip()
        add(target.metric, Use("target", target.id, words))
    for weights in weight_sets(session):
        add(INDEX, Use("weight_set", weights.id, f"{weights.scene} v{weights.version}"))
    for row in benchmark_rows(session):
        add(row.metric, Use("benchmarks", row.table_name, row.table_name))
    return found
