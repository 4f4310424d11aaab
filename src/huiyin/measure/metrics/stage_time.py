"""Time in a stage (环节时长): the median."""

from __future__ import annotations

from huiyin.core.text import Text
from huiyin.measure.contracts import Counted, Unit
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.stages import stage_quantile

METRIC = operational(
    "stage_time",
    Text("环节时长中位数", "time in a stage, median"),
    Text(
        "从进入一个环节到同一件事进入下一环节的中位时长；还没走完的按还在计时算（Kaplan–Meier）",
        "median time from entering a stage to the next event of the same case; what is not over "
        "counts as still running (Kaplan–Meier)",
    ),
    stage_quantile(0.5),
    meaning=Text(
        "一半的事在这个环节停多久，要按环节分组看。含排队和办理；还没往下走的也算进来",
        "half the cases stay this long in a stage: group by stage. Waiting and working "
        "together; cases that have not moved on count too",
    ),
    expression="inf{t: F(t) ≥ 1/2}",
    unit=Unit.SECONDS,
    higher_is_better=False,
    counted=Counted.CASES,
)
