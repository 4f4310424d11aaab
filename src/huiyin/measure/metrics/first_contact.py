"""One-contact resolution (一次解决率)."""

from __future__ import annotations

from huiyin.codebook.contracts import Codebook, Role
from huiyin.core.text import Text
from huiyin.measure.contracts import Counted
from huiyin.measure.metric import Metric, MetricRules, Reading
from huiyin.measure.named_columns import named_column
from huiyin.measure.operations.columns import role_column, start_column
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.rates import share_reading
from huiyin.measure.operations.windows import contact_fact


def look(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
    """Read the share of contacts that solved the matter; after the colon the column of matters."""
    who = role_column(codebook, (Role.CUSTOMER, Role.ACCOUNT), metric.id, metric.label)
    matter = (
        named_column(codebook, rest)
        if rest
        else role_column(codebook, (Role.TOUCHPOINT,), metric.id, metric.label)
    )
    start = start_column(codebook, metric.id, metric.label)
    solved, status = codebook.first(Role.RESOLVED), codebook.first(Role.STATUS)
    fact = contact_fact(who, matter, start, (solved, status), rules.windows)
    return share_reading(metric, fact, rules, [who, matter, start])


METRIC = operational(
    "first_contact",
    Text("一次解决率", "one-contact resolution"),
    Text(
        "{contact_days} 天内同一客户没为同一件事再来、也没转接的联系 ÷ 已满 {contact_days} 天的联"
        "系；还没解决的算没解决",
        "contacts not followed within {contact_days} days by another of the same customer on the "
        "same matter, "
        "and not transferred ÷ contacts at least {contact_days} days old; what is still open is "
        "not solved",
    ),
    look,
    meaning=Text(
        "一次就办成的占多少。看的是客户有没有再来，不是坐席有没有点“已解决”",
        "how many matters took one contact: what counts is whether the customer came back, not "
        "what the agent ticked",
    ),
    expression="n(no further contact ≤ {contact_days} d, not transferred) / "
    "n({contact_days} d over)",
    window=Text("{contact_days} 天", "{contact_days} days"),
    rule_keys=("windows.contact_days",),
    counted=Counted.TICKETS,
)
