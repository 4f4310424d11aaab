"""Renewal rate by amount (金额续约率)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from huiyin.codebook.contracts import Codebook, Role
from huiyin.core.text import Text, listed
from huiyin.measure.contracts import Counted, Query, QueryError
from huiyin.measure.metric import Form, Metric, MetricRules, Reading, Value
from huiyin.measure.metrics.renewal_rate import WORDS
from huiyin.measure.operations.columns import event_column, happened, role_column
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.rates import share_reading
from huiyin.measure.row_facts import Fact

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset

MOST_NAMED = 5
CURRENCIES = Text(
    "金额有几种币种（{found}），不能相加；请先筛选一种",
    "The amounts are in several currencies ({found}) and are not added up: filter one first",
)


def look(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
    """Read the amount renewed over the amount due."""
    renewed = event_column(codebook, rest, WORDS, metric.id, metric.label)
    amount = role_column(codebook, (Role.AMOUNT,), metric.id, metric.label)
    currency = codebook.first(Role.CURRENCY)
    name = f"_renewal_amount:{renewed.name}:{amount.name}"
    below = f"{name}:due"

    def put(_dataset: Dataset, rows: Any) -> Any:
        import ibis

        said = happened(rows, renewed)
        due = ibis.ifelse(said.notnull(), rows[amount.name].cast("float64"), None)
        return rows.mutate(**{name: ibis.ifelse(said, due, 0.0), below: due})

    def check(dataset: Dataset, query: Query) -> None:
        if currency is not None:
            _refuse_several(dataset, query, currency.name)

    reading = share_reading(metric, Fact(name, put, check=check), rules, [renewed, amount])
    return replace(reading, values=(Value(name, Form.RATIO, base=below),))


def _refuse_several(dataset: Dataset, query: Query, currency: str) -> None:
    """Refuse a sum across currencies: one must be asked for, or each shown by itself."""
    chosen = any(
        one.column == currency and one.operator == "=" and len(one.values) == 1
        for one in query.where
    )
    if chosen or (currency in query.by and not query.subtotals):
        return
    found = dataset.words(currency, MOST_NAMED)
    if len(found) > 1:
        raise QueryError(CURRENCIES.format(found=listed(found)))


METRIC = operational(
    "renewal_amount",
    Text("金额续约率", "renewal rate by amount"),
    Text("续约的金额 ÷ 当期到期的金额；只用一种币种", "amount renewed ÷ amount due in the period"),
    look,
    meaning=Text(
        "到期的钱里续下来多少。大合同占的分量大，和按份数的续约率可以差很多",
        "how much of the money due was renewed; large contracts weigh more than in the renewal "
        "rate by count",
    ),
    expression="Σ amount(renewed) / Σ amount(due)",
    counted=Counted.CONTRACTS,
)
