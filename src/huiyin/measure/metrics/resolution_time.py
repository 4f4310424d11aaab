"""Resolution time (解决时长): the median."""

from __future__ import annotations

from huiyin.codebook.contracts import Role
from huiyin.core.text import Text
from huiyin.measure.contracts import Counted, Unit
from huiyin.measure.operations.clocks import Timing, clock_quantile_of
from huiyin.measure.operations.declaring import operational

METRIC = operational(
    "resolution_time",
    Text("解决时长中位数", "resolution time, median"),
    Text(
        "从创建到解决的中位时长；还没解决的按还在计时算（Kaplan–Meier）",
        "median time from opening to the solution; what is open counts as still running (Kaplan–"
        "Meier)",
    ),
    clock_quantile_of(Role.RESOLVED, 0.5, Timing(working=False)),
    meaning=Text(
        "一半的工单在多久内解决。只看已解决的会显得太快，所以没解决的也算进来；默认自然时间",
        "half the tickets were solved within this time; open ones count too, else it would look "
        "too fast. Natural time by default",
    ),
    expression="inf{t: F(t) ≥ 1/2}",
    unit=Unit.SECONDS,
    higher_is_better=False,
    counted=Counted.TICKETS,
)
