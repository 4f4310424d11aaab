"""Sales cycle (成交周期): the median time from entry to a deal."""

from __future__ import annotations

from huiyin.core.text import Text
from huiyin.measure.contracts import Counted, Unit
from huiyin.measure.operations.deals import cycle_look
from huiyin.measure.operations.declaring import operational

METRIC = operational(
    "sales_cycle",
    Text("成交周期中位数", "sales cycle, median"),
    Text(
        "从进线到成交的中位时长；还没结果的按还在计时算（Kaplan–Meier），没谈成的不算",
        "median time from entry to the deal; what is undecided counts as still running "
        "(Kaplan–Meier), what was lost is left out",
    ),
    cycle_look,
    meaning=Text(
        "谈成的单一半在多久内谈成。还在谈的也算进来，不然近期的周期会显得太短",
        "half the deals are won within this time; open ones count too, else recent cycles would "
        "look too short",
    ),
    expression="inf{t: F(t) ≥ 1/2}",
    unit=Unit.SECONDS,
    higher_is_better=False,
    counted=Counted.LEADS,
)
