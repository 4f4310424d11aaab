"""Stages over within a target."""

from __future__ import annotations

from huiyin.core.text import Text
from huiyin.measure.contracts import Counted, Unit
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.stages import stage_within

METRIC = operational(
    "stage_within",
    Text("环节按时率", "stage in target"),
    Text(
        "目标时间内离开环节的 ÷ 已离开或已超过目标的；还没超过也没离开的不算在内",
        "left the stage within the target ÷ left it or over the target; what is neither yet is "
        "left out",
    ),
    stage_within,
    meaning=Text(
        "多少事没在这个环节超时。默认 48 自然小时，stage_within:4h 换目标；超时的占比是它的余数",
        "how many did not stay too long: 48 natural hours by default, stage_within:4h for "
        "another; the rest are over the target",
    ),
    expression="n(t ≤ target) / n(left or t > target)",
    unit=Unit.SHARE,
    higher_is_better=True,
    counted=Counted.CASES,
)
