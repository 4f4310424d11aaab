"""Renewal rate (续约率) by count."""

from __future__ import annotations

from huiyin.core.text import Text
from huiyin.measure.contracts import Counted
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.rates import event_rate

WORDS = "续约|续费|续保|续签|renew"
METRIC = operational(
    "renewal_rate",
    Text("续约率", "renewal rate"),
    Text(
        "续约的 ÷ 当期到期的，按份数",
        "renewed ÷ due in the period, by count",
    ),
    event_rate(WORDS),
    meaning=Text(
        "到期的合同里续了多少份。按金额的是另一个指标：renewal_amount",
        "how many of the contracts due were renewed; by amount it is another metric: "
        "renewal_amount",
    ),
    expression="n(renewed) / n(due)",
    higher_is_better=True,
    counted=Counted.CONTRACTS,
)
