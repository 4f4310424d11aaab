"""Work in a stage: the median."""

from __future__ import annotations

from huiyin.core.text import Text
from huiyin.measure.contracts import Counted, Unit
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.stages import work_look

METRIC = operational(
    "stage_work",
    Text("环节办理时长中位数", "work in a stage, median"),
    Text(
        "一个环节从开始办到办完的中位时长；还没走完的按还在计时算（Kaplan–Meier）",
        "median time from the start to the end of the work of a stage; what is not over counts "
        "as still running (Kaplan–Meier)",
    ),
    work_look,
    meaning=Text(
        "真正在办的时间。和环节等待时长分开看，才知道该加人还是该理顺交接",
        "time really worked; beside the wait it tells whether to add hands or to mend the handover",
    ),
    expression="inf{t: F(t) ≥ 1/2}",
    unit=Unit.SECONDS,
    higher_is_better=False,
    counted=Counted.CASES,
)
