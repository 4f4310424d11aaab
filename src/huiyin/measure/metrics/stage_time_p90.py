"""Time in a stage: P90."""

from __future__ import annotations

from huiyin.core.text import Text
from huiyin.measure.contracts import Counted, Unit
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.stages import stage_quantile

METRIC = operational(
    "stage_time_p90",
    Text("环节时长 P90", "time in a stage, P90"),
    Text(
        "九成的事在这个环节停留的时长；还没走完的按还在计时算（Kaplan–Meier）",
        "time within which nine in ten cases leave a stage; what is not over counts as still "
        "running (Kaplan–Meier)",
    ),
    stage_quantile(0.9),
    meaning=Text(
        "最慢的一成至少在这个环节停多久，要按环节分组看",
        "the slowest tenth stay at least this long in a stage: group by stage",
    ),
    expression="inf{t: F(t) ≥ 0.9}",
    unit=Unit.SECONDS,
    higher_is_better=False,
    counted=Counted.CASES,
)
