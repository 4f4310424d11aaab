"""Resolution as the customer says (客户确认解决率)."""

from __future__ import annotations

from huiyin.codebook.contracts import Codebook
from huiyin.codebook.rows import are_answers
from huiyin.core.text import Text
from huiyin.measure.metric import Metric, MetricRules, Reading
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.rates import event_rate

CONFIRMED = "确认.{0,4}解决|回访.{0,4}解决|客户.{0,4}解决|confirmed"
WORDS = f"{CONFIRMED}|是否.{{0,4}}解决|问题.{{0,4}}解决|solved|resolved"


def look(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
    """Read what customers say; in a log of staff a bare “solved” is what the staff say."""
    words = WORDS if are_answers(codebook) else CONFIRMED
    return event_rate(words)(metric, codebook, rest, rules)


METRIC = operational(
    "confirmed_resolution",
    Text("客户确认解决率", "resolution confirmed by the customer"),
    Text(
        "回访时答“解决了”的 ÷ 回访到的；没回访到的不算在内",
        "“solved” at the return visit ÷ reached; those not reached are left out",
    ),
    look,
    meaning=Text(
        "客户自己说解决了的占多少。和工单解决率是两回事：那是坐席说的",
        "how many customers say it is solved; the agents’ own view is the ticket resolution rate",
    ),
    expression="n(yes) / n(reached)",
    higher_is_better=True,
)
