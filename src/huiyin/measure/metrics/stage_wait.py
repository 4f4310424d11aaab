"""Wait before a stage: the median."""

from __future__ import annotations

from huiyin.core.text import Text
from huiyin.measure.contracts import Counted, Unit
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.stages import wait_look

METRIC = operational(
    "stage_wait",
    Text("环节等待时长中位数", "wait before a stage, median"),
    Text(
        "同一件事从上一环节办完到这一环节开始办的中位时长；第一环节没有等待",
        "median time from the end of the work before to the start of this one; the first stage "
        "waits for nothing",
    ),
    wait_look,
    meaning=Text(
        "没人在办的时间。等得比办得久，多半是交接或排班的事",
        "time in which nobody worked on it: longer than the work, it mostly is handover or "
        "rostering",
    ),
    expression="median(start − end before)",
    unit=Unit.SECONDS,
    higher_is_better=False,
    counted=Counted.CASES,
)
