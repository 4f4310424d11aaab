"""Share of a stage in all time."""

from __future__ import annotations

from huiyin.core.text import Text
from huiyin.measure.contracts import Counted, Unit
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.stages import stage_share

METRIC = operational(
    "stage_share",
    Text("环节耗时占比", "share of a stage in all time"),
    Text(
        "这个环节用掉的时间 ÷ 所有环节用掉的时间",
        "time in this stage ÷ time in all stages",
    ),
    stage_share,
    meaning=Text(
        "整件事的时间有多少花在这个环节。占得最多、又分得出的就是瓶颈",
        "how much of the whole goes by in this stage: the largest that can be told is the "
        "bottleneck",
    ),
    expression="Σ t(stage) / Σ t",
    unit=Unit.SHARE,
    higher_is_better=False,
    counted=Counted.RECORDS,
)
