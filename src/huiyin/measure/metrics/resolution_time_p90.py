"""Resolution time: P90."""

from __future__ import annotations

from huiyin.codebook.contracts import Role
from huiyin.core.text import Text
from huiyin.measure.contracts import Counted, Unit
from huiyin.measure.operations.clocks import Timing, clock_quantile_of
from huiyin.measure.operations.declaring import operational

METRIC = operational(
    "resolution_time_p90",
    Text("解决时长 P90", "resolution time, P90"),
    Text(
        "九成工单在多久内解决；还没解决的按还在计时算（Kaplan–Meier）",
        "time within which nine in ten tickets were solved; what is open counts as still "
        "running (Kaplan–Meier)",
    ),
    clock_quantile_of(Role.RESOLVED, 0.9, Timing(working=False)),
    meaning=Text(
        "最慢的一成至少拖了多久。没解决的超过一成时，这个数定不下来",
        "the slowest tenth took at least this long; where more than a tenth stay open it cannot "
        "be told",
    ),
    expression="inf{t: F(t) ≥ 0.9}",
    unit=Unit.SECONDS,
    higher_is_better=False,
    counted=Counted.TICKETS,
)
