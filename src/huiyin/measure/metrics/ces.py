"""Customer effort (费力度): the raw mean, in the direction of the wording."""

from __future__ import annotations

from huiyin.codebook.contracts import Column, Role
from huiyin.core.text import Text
from huiyin.measure.contracts import Unit
from huiyin.measure.metric import Metric, MetricRules, Reading
from huiyin.measure.metrics.mean import scale_reading

LABEL = Text("CES 费力度(均分)", "CES (mean)")
FORMULA = Text("费力度题原始分的平均，方向按题目原话", "mean of the effort question as worded")
MEANING = Text(
    "客户办成一件事有多费力。只看原话的方向，不反转；要“越高越好”的数请看轻松率",
    "how hard it was to get something done; in the direction of the wording, never reversed: "
    "for “higher is better” see the easy share",
)


def read(column: Column, _value: str | None, rules: MetricRules) -> Reading:
    """Read the mean effort."""
    return scale_reading(column, METRIC, rules)


METRIC = Metric(
    "ces",
    1,
    LABEL,
    FORMULA,
    Unit.SCALE,
    ((Role.CES,),),
    read,
    meaning=MEANING,
    expression="Σ x / n",
)
