"""First response time: P90."""

from __future__ import annotations

from huiyin.codebook.contracts import Role
from huiyin.core.text import Text
from huiyin.measure.contracts import Counted, Unit
from huiyin.measure.operations.clocks import Timing, clock_quantile_of
from huiyin.measure.operations.declaring import operational

METRIC = operational(
    "first_response_p90",
    Text("首次响应时长 P90", "first response time, P90"),
    Text(
        "九成工单在多久内有首次人工响应；还没响应的按还在计时算（Kaplan–Meier）",
        "time within which nine in ten tickets had their first human reply; what is not "
        "answered yet counts as still running (Kaplan–Meier)",
    ),
    clock_quantile_of(Role.FIRST_RESPONSE, 0.9, Timing(working=True)),
    meaning=Text(
        "最慢的一成至少等了多久。平均数会被几单拖歪，所以不用平均数",
        "the slowest tenth waited at least this long; a mean would be bent by a few",
    ),
    expression="inf{t: F(t) ≥ 0.9}",
    unit=Unit.SECONDS,
    higher_is_better=False,
    counted=Counted.TICKETS,
)
