"""First response in target (响应及时率)."""

from __future__ import annotations

from huiyin.codebook.contracts import Role
from huiyin.core.text import Text
from huiyin.measure.contracts import Counted, Unit
from huiyin.measure.operations.clocks import Timing, within_target
from huiyin.measure.operations.declaring import operational

METRIC = operational(
    "first_response_within",
    Text("响应及时率", "first response in target"),
    Text(
        "目标时间内有首次人工响应的 ÷ 已响应或已超过目标的；还没超过也没响应的不算在内",
        "answered by a human within the target ÷ answered or over the target; what is neither "
        "yet is left out",
    ),
    within_target(Role.FIRST_RESPONSE, Timing(working=True, target=4 * 3600.0)),
    meaning=Text(
        "说好多久回就多久回的占多少。默认 4 个工作小时，first_response_within:30min:natural 换目"
        "标和时间",
        "how many were answered in time: 4 working hours by default, "
        "first_response_within:30min:natural for others",
    ),
    expression="n(t ≤ target) / n(stopped or t > target)",
    unit=Unit.SHARE,
    higher_is_better=True,
    counted=Counted.TICKETS,
)
