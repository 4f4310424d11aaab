"""How long it takes to come to a stage (到达环节用时): the median."""

from __future__ import annotations

from huiyin.core.text import Text
from huiyin.measure.contracts import Counted, Unit
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.stages import reached_look

METRIC = operational(
    "stage_reached",
    Text("到达环节用时中位数", "time to reach a stage, median"),
    Text(
        "从同一件事的第一个环节开始，到进入这个环节的中位时长；没走到的不算在内",
        "median time from the first event of a case to its entry into the stage; cases that "
        "never came there are left out",
    ),
    reached_look,
    meaning=Text(
        "走到这个环节的事用了多久；也说明环节的先后。没走到的不在里面，所以后面的环节会显得快",
        "how long cases that came to a stage took, and so the order of stages; those that never "
        "came are not in it, which makes late stages look fast",
    ),
    expression="med(t(stage) − t(first))",
    unit=Unit.SECONDS,
    higher_is_better=False,
    counted=Counted.CASES,
)
