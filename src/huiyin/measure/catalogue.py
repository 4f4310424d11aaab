"""The metric catalogue, and which column a metric's words mean."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import cache

from huiyin.codebook.contracts import RATING_ROLES, Codebook, Column
from huiyin.codebook.missing import ratings_there
from huiyin.codebook.rows import are_answers
from huiyin.codebook.spoken import unasked
from huiyin.core.surface import TextBySurface
from huiyin.core.text import Text, listed
from huiyin.measure import metrics
from huiyin.measure.aspects import aspect_parts
from huiyin.measure.contracts import AmbiguousMetricError, Definition, Query, QueryError
from huiyin.measure.made.formulas import CALCULATED
from huiyin.measure.metric import Better, Metric, MetricRules, Reading
from huiyin.measure.named_columns import named_column
from huiyin.measure.operations.stages import OF_EVENTS
from huiyin.measure.unanswered import unanswered

INDEX = "index"
SCORE = "score"
Window = tuple[date | None, date | None]
"""First day of a question, and the day whose aspect tree holds."""
UNDATED: Window = (None, None)
RESPONSE_RATE = "response_rate"
OF_COMPLAINTS = frozenset({"complaint_rate", "complained_orders"})
BY_WORKING_TIME = frozenset({"first_response", "first_response_p90", "first_response_within"})
"""Clocks that stand still outside working hours unless natural time is asked for."""


@cache
def metric_catalogue() -> Mapping[str, Metric]:
    """Give every metric by id, in the order of their files' names.

    Examples
    --------
    >>> metric_catalogue()["nps"].unit.value
    'nps'
    """
    names = (found.name for found in pkgutil.iter_modules(metrics.__path__))
    modules = (importlib.import_module(f"{metrics.__name__}.{name}") for name in names)
    return {module.METRIC.id: module.METRIC for module in modules}


@dataclass(frozen=True, slots=True)
class Asked:
    """One metric of a query, with the column it was found to mean."""

    text: str
    metric: Metric
    column: Column | None
    reading: Reading
    rules_version: int = 1

    def definition(self) -> Definition:
        """Say what the metric means here."""
        return Definition(
            metric=self.text,
            version=self.metric.version,
            label=self.reading.label,
            formula=self.reading.formula,
            column=self.column.name if self.column else None,
            delta=self.reading.delta,
            higher_is_better=self.reading.higher_is_better,
            notes=self.reading.notes,
            please_check=self.reading.please_check,
            rules_version=self.rules_version,
            decomposable=self.reading.is_decomposable,
        )


def find_metric(
    text: str, codebook: Codebook, query: Query, rules: MetricRules, window: Window = UNDATED
) -> Asked:
    """Find what ``ID[:COLUMN[=VALUE]]`` means in a dataset.

    Parameters
    ----------
    text : str
        As typed: ``nps``, ``satisfied:服务``, ``share:渠道=门店``.
    codebook : Codebook
    query : Query
        For the weights of the index.
    rules : MetricRules
    window : (date or None, date or None)
        First day of the question, and the day whose aspect tree holds.

    Raises
    ------
    AmbiguousMetricError
        A bare id fits several columns.
    UnsuitableScaleError
        The metric is not defined on the column's scale.
    QueryError
        The metric, its column or its value does not exist.
    """
    name, _, rest = text.partition(":")
    if name.strip() == CALCULATED:
        found = _made(text, rest.strip(), codebook, query, rules, window)
    else:
        found = _find(text, codebook, query, rules, window)
    reading = _with_direction(found, rules)
    return replace(found, reading=reading, rules_version=rules.version)


def operational_metrics(codebook: Codebook, rules: MetricRules) -> tuple[Metric, ...]:
    """List the operational metrics that the columns of a dataset can give by themselves.

    Answers that name a touchpoint pass through no stages: of them none is listed.
    """
    answers = are_answers(codebook)

    def fits(metric: Metric) -> bool:
        if metric.look is None or (answers and metric.id in OF_EVENTS):
            return False
        try:
            found = metric.look(metric, codebook, "", rules)
        except AmbiguousMetricError:
            return metric.id in OF_COMPLAINTS and bool(rules.complaints)
        except QueryError:
            return False
        return found.absent is None

    return tuple(metric for metric in metric_catalogue().values() if fits(metric))


def natural_beside(
    metric: Metric, codebook: Codebook, rules: MetricRules
) -> tuple[str, Text] | None:
    """Give a clock of working time once more in natural time, and its name; None of others."""
    if metric.look is None or metric.id not in BY_WORKING_TIME:
        return None
    return f"{metric.id}:natural", metric.look(metric, codebook, "natural", rules).label


def takes_apart(metric: Metric, codebook: Codebook, rules: MetricRules) -> bool:
    """Tell whether a change of an operational metric of a dataset is taken apart by groups."""
    if metric.look is None:
        return False
    try:
        return metric.look(metric, codebook, "", rules).is_decomposable
    except AmbiguousMetricError:
        return metric.id in OF_COMPLAINTS


def _with_direction(found: Asked, rules: MetricRules) -> Reading:
    """Give the reading with the good end that the rules name for the metric, or its column."""
    column = found.column.name if found.column else ""
    named = rules.better.get(f"{found.metric.id}:{column}") or rules.better.get(found.metric.id)
    if named is None or named is Better.AS_ASKED:
        return found.reading
    return replace(found.reading, higher_is_better=named is Better.HIGHER)


def _find(text: str, codebook: Codebook, query: Query, rules: MetricRules, window: Window) -> Asked:
    name, _, rest = text.partition(":")
    metric = metric_of(name.strip())
    if metric.id == INDEX and not rest:
        from huiyin.measure.metrics.index import index_reading

        weights = query.index_weights or rules.index_weights
        return Asked(text, metric, None, index_reading(codebook, weights, rules, window))
    if metric.id == RESPONSE_RATE and not rest:
        return _response_rate(text, metric, codebook, rules)
    if metric.look is not None:
        return Asked(text, metric, None, metric.look(metric, codebook, rest.strip(), rules))
    if metric.needs_value:
        column, value = _column_and_value(metric, rest, codebook)
        return Asked(text, metric, column, metric.read(column, value, rules))
    if rest and rest.strip() not in codebook:
        reading = _of_aspect(metric, rest.strip(), codebook, rules, window)
        if reading is not None:
            return Asked(text, metric, None, reading)
    column = _column(metric, rest.strip(), codebook)
    nothing = column.empty and metric.needs_scale
    read = unanswered(metric, column, rules) if nothing else metric.read(column, None, rules)
    return Asked(text, metric, column, _named(read, column) if rest else _sure(read, column))


def _made(
    text: str, name: str, codebook: Codebook, query: Query, rules: MetricRules, window: Window
) -> Asked:
    """Read a metric that people made; those that it is made of are none of these."""
    from huiyin.measure.made.reading import formula_metric, formula_named, formula_reading

    formula = formula_named(name, rules)
    plain = replace(rules, formulas={})
    reading = formula_reading(
        formula, codebook, rules, lambda words: _find(words, codebook, query, plain, window).reading
    )
    return Asked(text, formula_metric(formula, reading.unit), None, reading)


def _of_aspect(
    metric: Metric, name: str, codebook: Codebook, rules: MetricRules, window: Window
) -> Reading | None:
    """Read the score of an aspect of the rules; None where there is no such aspect."""
    parts = aspect_parts(rules.aspects, name, codebook, window)
    if parts is None:
        return None
    if metric.id != SCORE:
        columns = listed(f"{metric.id}:{column.name}" for column, _ in parts.shares)
        raise QueryError(
            Text(
                "“{name}”是由几列组成的维度，只有 score:{name} 有定义。也可逐列问：{columns}",
                "“{name}” is an aspect made of columns: only score:{name} is defined. "
                "Or ask for its columns: {columns}",
            ).format(name=name, columns=columns)
        )
    from huiyin.measure.metrics.score import aspect_reading

    return aspect_reading(parts, rules)


def aspect_scores(codebook: Codebook, rules: MetricRules) -> list[tuple[str, Text, list[str]]]:
    """List the scores of aspects of the rules that a dataset can give, and what each is made of.

    Parameters
    ----------
    codebook : Codebook
    rules : MetricRules

    Returns
    -------
    list of (metric as it is written, its name, the scores of its indicators)
        Of aspects without an end. None where a column is called the same: that one is meant.
    """
    from huiyin.measure.metrics.score import aspect_reading

    found = []
    for name in dict.fromkeys(one.name for one in rules.aspects if one.name not in codebook):
        with suppress(QueryError):  # the data has none of its columns
            parts = aspect_parts(rules.aspects, name, codebook, (None, None))
            if parts is not None:
                made = [f"{SCORE}:{column.name}" for column, _ in parts.shares]
                found.append((f"{SCORE}:{name}", aspect_reading(parts, rules).label, made))
    return found


def _response_rate(text: str, metric: Metric, codebook: Codebook, rules: MetricRules) -> Asked:
    from huiyin.measure.metrics.response_rate import find_column, unknown

    column = find_column(codebook)
    reading = metric.read(column, None, rules) if column else unknown(rules)
    return Asked(text, metric, column, _sure(reading, column) if column else reading)


def _named(reading: Reading, column: Column) -> Reading:
    label = Text("{metric} · {column}", "{metric} · {column}").format(
        metric=reading.label, column=unasked(column.label)
    )
    return _sure(replace(reading, label=label), column)


def _sure(reading: Reading, column: Column) -> Reading:
    return replace(reading, please_check=reading.please_check or not column.usable)


_NEAR = Text("没有叫“{name}”的指标。相近的：{near}", "There is no metric “{name}”. Near it: {near}")
_NONE_NEAR = Text(
    "没有叫“{name}”的指标。可用的：{near}", "There is no metric “{name}”. There are: {near}"
)


def metric_of(name: str) -> Metric:
    """Give a metric by id.

    Raises
    ------
    QueryError
        There is no such metric; near names are listed, all where none is near.
    """
    known = metric_catalogue()
    if name not in known:
        near = get_close_matches(name, known, n=3, cutoff=0.4)
        said = _NEAR if near else _NONE_NEAR
        raise QueryError(said.format(name=name, near=listed(near or known)))
    return known[name]


def _column_and_value(metric: Metric, rest: str, codebook: Codebook) -> tuple[Column, str]:
    fits = [c for c in codebook if rest.startswith(f"{c.name}=")]
    fits += [
        replace(c, name=c.group)
        for c in codebook
        if c.group and c.option is not None and rest.startswith(f"{c.group}=")
    ]
    if fits:
        column = max(fits, key=lambda c: len(c.name))
        return column, rest[len(column.name) + 1 :]
    name, equals, _value = rest.partition("=")
    if equals:
        named_column(codebook, name.strip())
    raise QueryError(
        Text("请写成 {id}:列=值", "Write it as {id}:COLUMN=VALUE").format(id=metric.id)
    )


def _column(metric: Metric, name: str, codebook: Codebook) -> Column:
    if not name:
        return _column_by_role(metric, codebook)
    return named_column(codebook, name, rating=metric.needs_scale)


def _column_by_role(metric: Metric, codebook: Codebook) -> Column:
    for roles in metric.roles:
        found = codebook.with_role(*roles)
        if len(found) > 1:
            raise _ambiguous(metric, found)
        if found:
            return found[0]
    raise _missing(metric, codebook)


def _ambiguous(metric: Metric, found: tuple[Column, ...]) -> AmbiguousMetricError:
    choices = listed(f"{metric.id}:{column.name}" for column in found)
    return AmbiguousMetricError(
        Text(
            "“{id}”可指好几列，请挑一个：{choices}",
            "“{id}” fits several columns, name one: {choices}",
        ).format(id=metric.id, choices=choices)
    )


_MISSING = TextBySurface(
    Text(
        "写成 {id}:列名，或用 --set “列名={role}”指明",
        "Name it as {id}:COLUMN, or say which it is with --set “COLUMN={role}”",
    ),
    Text("请在码本里指明是哪一列", "Say in the codebook which it is"),
).within(
    Text(
        "没有可以算“{label}”（{id}）的列。{there}{how}",
        "No column for “{label}” ({id}). {there}{how}",
    )
)


def _missing(metric: Metric, codebook: Codebook) -> QueryError:
    roles = [role for group in metric.roles for role in group]
    there = Text("", "")
    if RATING_ROLES.intersection(roles):
        there = Text("{there}。", "{there}. ").format(there=ratings_there(codebook))
    role = roles[0].value if roles else "csat:1-5"
    return QueryError(_MISSING.format(label=metric.label, id=metric.id, role=role, there=there))
