"""Stages that took longer than a target (超时率)."""

from __future__ import annotations

from huiyin.core.text import Text
from huiyin.measure.contracts import Counted, Unit
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.stages import stage_over

METRIC = operational(
    "stage_over",
    Text("环节超时率", "stage over target"),
    Text(
        "停留超过目标时间的 ÷ 已离开或已超过目标的；还没超过也没离开的不算在内",
        "over the target ÷ left the stage or over the target; what is neither yet is left out",
    ),
    stage_over,
    meaning=Text(
        "多少事在这个环节拖过了头，还在拖的也算。默认 48 自然小时，stage_over:4h 换目标",
        "how many stayed too long, those that still stay counted: 48 natural hours by default, "
        "stage_over:4h for another",
    ),
    expression="n(t > target) / n(left or t > target)",
    unit=Unit.SHARE,
    higher_is_better=False,
    counted=Counted.CASES,
)
