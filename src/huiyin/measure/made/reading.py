"""A made metric as a reading: a fact of each row, or a combination of what others read.

Sums and differences of metrics are combinations with fixed weights, so their variance is that of
the weighted sum of the rows' linearised values, covariances included: on the same rows a
difference has the error of the paired difference. A quotient is linearised at its own value.

References
----------
Särndal, Swensson, Wretman (1992), Model Assisted Survey Sampling, 5.5-5.7.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from huiyin.codebook.contracts import NUMBER_ROLES, RATING_ROLES, Codebook, Role
from huiyin.core.text import EN, ZH, Text, listed
from huiyin.measure.condition_words import condition_text
from huiyin.measure.contracts import QueryError, Unit
from huiyin.measure.filters import condition, number_meant
from huiyin.measure.made.formulas import CALCULATED, Average, Formula, Gap, MeetShare
from huiyin.measure.metric import Form, Metric, MetricRules, Reading, Value
from huiyin.measure.named_columns import named_column
from huiyin.measure.row_facts import Fact

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset

Read = Callable[[str], Reading]
"""Gives the reading of a metric in words."""
PERCENT = 100.0
DELTA_QUOTIENT = 0.05
"""Of a quotient: what still counts as no difference."""
PRIVATE_ROLES = frozenset(
    {Role.TEXT, Role.ID, Role.ORDER, Role.TICKET, Role.META, Role.CONTACT, Role.CUSTOMER,
     Role.ACCOUNT}
)  # fmt: skip
"""Roles whose columns are no condition: they would tell a single answer apart."""
_NO_SUCH = Text(
    "这份数据没有叫“{name}”的自建指标。有：{known}",
    "This dataset has no calculated metric “{name}”. There are: {known}",
)
_UNLIKE = Text(
    "“{a}”和“{b}”单位不同，不能相加减；可以相除",
    "“{a}” and “{b}” have different units: they are not added or subtracted, but may be divided",
)
_NOT_COMBINED = Text(
    "“{m}”数的是别的行，或是时长的分位数，不能再拿来算；可以和别的指标一起问，并排看",
    "“{m}” counts other rows, or is a quantile of durations: nothing is made of it; it can be "
    "asked beside other metrics",
)
_PRIVATE = Text(
    "“{c}”是客户原话、联系方式或逐份的编号，不能作为指标的条件",
    "“{c}” holds customers' own words, contact data or codes of single answers: it is no "
    "condition of a metric",
)
_ALL_ANSWERED = Text(
    "同时满足 {conditions} 的份数 ÷ 这几列都答了的份数",
    "answers that meet {conditions} ÷ answers to all of these columns",
)
_PERCENT_POINTS = Text("单位：百分点", "in percentage points")
_MEANING = Text("用别的指标算出来的指标", "a metric made of others")


def formula_metric(formula: Formula, unit: Unit) -> Metric:
    """Give a made metric as an entry of the catalogue."""
    label = Text.same(formula.name)
    return Metric(
        CALCULATED,
        formula.version,
        label,
        label,
        unit,
        (),
        _never_read,
        higher_is_better=formula.higher_is_better,
        needs_scale=False,
        meaning=_MEANING,
        expression=formula.name,
    )


def _never_read(*_: object) -> Reading:
    raise QueryError(_MEANING)


def formula_named(name: str, rules: MetricRules) -> Formula:
    """Give a made metric by name.

    Raises
    ------
    QueryError
        There is none of that name; those that are there are listed.
    """
    if name not in rules.formulas:
        raise QueryError(_NO_SUCH.format(name=name, known=listed(rules.formulas) or "—"))
    return rules.formulas[name]


def formula_reading(
    formula: Formula, codebook: Codebook, rules: MetricRules, read: Read
) -> Reading:
    """Read a made metric on a dataset.

    Parameters
    ----------
    formula : Formula
    codebook : Codebook
    rules : MetricRules
    read : callable
        Reads the metrics that it is made of.

    Raises
    ------
    QueryError
        A column or metric is not there, or two of them do not go together.
    """
    form = formula.form
    if isinstance(form, MeetShare):
        made = _share(formula, form, codebook, rules)
    elif isinstance(form, Average):
        made = _average(form, [_combined(metric, read) for metric in form.metrics])
    elif isinstance(form, Gap):
        made = _gap(_combined(form.first, read), _combined(form.second, read))
    else:
        made = _quotient(_combined(form.first, read), _combined(form.second, read))
    return replace(made, label=Text.same(formula.name), higher_is_better=formula.higher_is_better)


def _share(formula: Formula, form: MeetShare, codebook: Codebook, rules: MetricRules) -> Reading:
    names = list(dict.fromkeys(one.column for one in form.conditions))
    for column in (named_column(codebook, name) for name in names):
        if column.role in PRIVATE_ROLES:
            raise QueryError(_PRIVATE.format(c=column.label))
    _refuse_words(form, codebook)
    name = f"_calc:{formula.name}:{formula.version}"

    def put(dataset: Dataset, rows: Any) -> Any:
        import ibis

        met = ibis.and_(*(condition(dataset, rows, one) for one in form.conditions))
        there = ibis.and_(*(rows[dataset.column_name(one)].notnull() for one in names))
        return rows.mutate(**{name: ibis.ifelse(there, ibis.ifelse(met, 1.0, 0.0), None)})

    met_by = [condition_text(one) for one in form.conditions]
    words = Text("，".join(map(Text.say, met_by)), " and ".join(one.say(EN) for one in met_by))
    value = Value(name, Form.SHARE, high=(1.0, 1.0))
    said = _ALL_ANSWERED.format(conditions=words)
    made = Reading.of(value, Text.same(formula.name), said, Unit.SHARE, rules.delta_share)
    return replace(made, facts=(Fact(name, put),))


def _refuse_words(form: MeetShare, codebook: Codebook) -> None:
    """Refuse a word where a column holds numbers, before a row is read: when it is made."""
    for one in form.conditions:
        column = named_column(codebook, one.column)
        if column.role in RATING_ROLES | NUMBER_ROLES:
            for word in one.values:
                number_meant(column, one, word)


def _combined(metric: str, read: Read) -> Reading:
    made = read(metric)
    if made.clock is not None or made.rows is not None or made.absent is not None:
        raise QueryError(_NOT_COMBINED.format(m=metric))
    return made


def _average(form: Average, parts: Sequence[Reading]) -> Reading:
    for one in parts[1:]:
        _refuse_unlike(parts[0], one)
    total = sum(form.weights)
    shares = [weight / total for weight in form.weights]
    said = {
        language: [f"{p.label.say(language)} {s:.0%}" for p, s in zip(parts, shares, strict=True)]
        for language in (ZH, EN)
    }
    words = Text("加权平均：" + "、".join(said[ZH]), "weighted average: " + ", ".join(said[EN]))
    return _sum(parts, shares, words)


def _gap(first: Reading, second: Reading) -> Reading:
    _refuse_unlike(first, second)
    words = Text("{a} − {b}", "{a} − {b}").format(a=first.label, b=second.label)
    percent = PERCENT if first.unit is Unit.SHARE else 1.0
    made = _sum([first, second], [percent, -percent], words)
    notes = (*made.notes, _PERCENT_POINTS) if first.unit is Unit.SHARE else made.notes
    return replace(made, unit=Unit.SCALE, delta=first.delta * percent, notes=notes)


def _refuse_unlike(first: Reading, second: Reading) -> None:
    if first.unit is not second.unit:
        raise QueryError(_UNLIKE.format(a=first.label, b=second.label))


def _sum(parts: Sequence[Reading], factors: Sequence[float], words: Text) -> Reading:
    values = tuple(value for part in parts for value in part.values)
    shares = tuple(
        factor * share for part, factor in zip(parts, factors, strict=True) for share in part.shares
    )
    return Reading(
        values=values,
        shares=shares,
        label=words,
        formula=words,
        unit=parts[0].unit,
        delta=max(part.delta for part in parts),
        notes=tuple(dict.fromkeys(note for part in parts for note in part.notes)),
        please_check=any(part.please_check for part in parts),
        comparable=all(part.comparable for part in parts),
        facts=tuple({fact.name: fact for part in parts for fact in part.facts}.values()),
    )


def _quotient(first: Reading, second: Reading) -> Reading:
    words = Text("{a} ÷ {b}", "{a} ÷ {b}").format(a=first.label, b=second.label)
    made = _sum([first, second], [1.0, 1.0], words)
    return replace(made, unit=Unit.SCALE, delta=DELTA_QUOTIENT, under=len(first.values))
