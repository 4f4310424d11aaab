"""First response time (首次响应时长): the median."""

from __future__ import annotations

from huiyin.codebook.contracts import Role
from huiyin.core.text import Text
from huiyin.measure.contracts import Counted, Unit
from huiyin.measure.operations.clocks import Timing, clock_quantile_of
from huiyin.measure.operations.declaring import operational

METRIC = operational(
    "first_response",
    Text("首次响应时长中位数", "first response time, median"),
    Text(
        "从创建到首次人工响应的中位时长；还没响应的按还在计时算（Kaplan–Meier）",
        "median time from opening to the first human reply; what is not answered yet counts as "
        "still running (Kaplan–Meier)",
    ),
    clock_quantile_of(Role.FIRST_RESPONSE, 0.5, Timing(working=True)),
    meaning=Text(
        "一半的工单在多久内有人回。机器人自动回复不算；默认算工作时间，first_response:natural 是"
        "自然时间",
        "half the tickets had a human reply within this time; robots do not count. Working time "
        "by default, first_response:natural for natural time",
    ),
    expression="inf{t: F(t) ≥ 1/2}",
    unit=Unit.SECONDS,
    higher_is_better=False,
    counted=Counted.TICKETS,
)
