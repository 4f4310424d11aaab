"""Churn (流失率): contracts not renewed, else customers who stopped ordering."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.core.text import Text
from huiyin.measure.contracts import Counted, QueryError
from huiyin.measure.metric import Metric, MetricRules, Reading
from huiyin.measure.metrics.renewal_rate import WORDS
from huiyin.measure.operations.active import churn_fact, customers_at_start
from huiyin.measure.operations.columns import event_column, happened, role_column
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.moments import literal, moment, reaches_until
from huiyin.measure.operations.rates import share_reading
from huiyin.measure.operations.void_orders import status_columns, void_note
from huiyin.measure.operations.windows import buyer_columns
from huiyin.measure.row_facts import Fact
from huiyin.measure.rule_windows import Windows

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset

CONTRACTS = Text(
    "到期后 {grace_days} 天内没续约的合同 ÷ 到期的合同；没续、又没过 {grace_days} 天的不算在内",
    "contracts not renewed within {grace_days} days of their end ÷ contracts due; not renewed "
    "and not "
    "{grace_days} days old is left out",
)
OPEN_CONTRACTS = Text(
    "{n} 份到期没续、但还没满 {grace_days} 天（数据到 {until}），未计入",
    "{n} contracts not renewed yet and not {grace_days} days old (the data reaches {until}) are "
    "left out",
)


def look(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
    """Read churn of contracts where the table holds renewals, else of customers who order."""
    if rest or not codebook.with_role(Role.ORDER):
        return _of_contracts(metric, codebook, rest, rules)
    who, order = buyer_columns(codebook, metric)
    status = status_columns(codebook)
    fact = churn_fact(who, rules.windows, status)
    reading = share_reading(metric, fact, rules, [who, order])
    values = tuple(replace(value, once=True) for value in reading.values)
    rows = customers_at_start(who, rules.windows, status)
    notes = (*reading.notes, *void_note(status))
    return replace(reading, values=values, rows=rows, notes=notes)


def _of_contracts(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
    try:
        renewed = event_column(codebook, rest, WORDS, metric.id, metric.label)
    except QueryError as error:
        raise QueryError(NEITHER) from error
    ends = role_column(codebook, (Role.TIME,), metric.id, metric.label)
    reading = share_reading(metric, _lost(renewed, ends, rules.windows), rules, [renewed, ends])
    return replace(reading, formula=rules.windows.said(CONTRACTS))


def _lost(renewed: Column, ends: Column, windows: Windows) -> Fact:
    name = f"_churn:{renewed.name}:{ends.name}:{windows.grace_days}"
    still_open = f"{name}:open"

    def put(dataset: Dataset, rows: Any) -> Any:
        import ibis

        said = happened(rows, renewed)
        grace = moment(rows, ends.name) + ibis.interval(days=windows.grace_days)
        over = grace <= literal(reaches_until(dataset))
        return rows.mutate(
            **{
                name: ibis.cases((said, 0.0), (~said & over, 1.0)),
                still_open: ~said & ~over,
            }
        )

    return Fact(name, put, {still_open: windows.said(OPEN_CONTRACTS)})


NEITHER = Text(
    "流失率要订单数据（订单编号、客户、日期），或续约数据（到期日和一列是否续约）",
    "Churn takes orders (order, customer, day) or contracts (day due, and a column of renewed "
    "or not)",
)
METRIC = operational(
    "churn",
    Text("流失率", "churn"),
    Text(
        "期初活跃（前 {active_days} 天下过单）、从期初起 {churn_days} 天没再下单的客户 ÷ 期初活跃"
        "的客户；{churn_days} 天没走完"
        "的期不算；"
        "合同：到期 {grace_days} 天内没续约的 ÷ 到期的",
        "customers active at the start (an order in the {active_days} days before) without an "
        "order in the "
        "{churn_days} days from then ÷ customers active at the start; starts less than "
        "{churn_days} days ago are left "
        "out. Contracts: not renewed within {grace_days} days ÷ due",
    ),
    look,
    meaning=Text(
        "期初还在买的客户里走了多少。按期初那天算，所以要按时间分段，或给起始日",
        "how many of those who still bought at the start have gone: counted from the first day of "
        "a period, so give a grain or a first day",
    ),
    expression="n(active at start, no order ≤ {churn_days} d) / n(active at start)",
    higher_is_better=False,
    window=Text(
        "{churn_days} 天（期初前 {active_days} 天内活跃）",
        "{churn_days} days (active in the {active_days} days before)",
    ),
    rule_keys=("windows.churn_days", "windows.active_days", "windows.grace_days"),
    counted=Counted.CONTRACTS,
)
