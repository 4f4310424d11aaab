"""Share of waiting."""

from __future__ import annotations

from huiyin.core.text import Text
from huiyin.measure.contracts import Counted, Unit
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.stages import waiting_look

METRIC = operational(
    "waiting_share",
    Text("等待占比", "share of waiting"),
    Text(
        "等待的时间 ÷（等待 + 办理的时间）",
        "time waited ÷ time waited and worked",
    ),
    waiting_look,
    meaning=Text(
        "时间里有多少没人在办。要有每个环节的开始和结束时间",
        "how much of the time nobody worked on it; needs start and end of each stage",
    ),
    expression="Σ wait / Σ (wait + work)",
    unit=Unit.SHARE,
    higher_is_better=False,
    counted=Counted.CASES,
)
