"""Solved in target (按时解决率)."""

from __future__ import annotations

from huiyin.codebook.contracts import Role
from huiyin.core.text import Text
from huiyin.measure.contracts import Counted, Unit
from huiyin.measure.operations.clocks import Timing, within_target
from huiyin.measure.operations.declaring import operational

METRIC = operational(
    "resolved_within",
    Text("按时解决率", "solved in target"),
    Text(
        "目标时间内解决的 ÷ 已解决或已超过目标的；还没超过也没解决的不算在内",
        "solved within the target ÷ solved or over the target; what is neither yet is left out",
    ),
    within_target(Role.RESOLVED, Timing(working=False, target=48 * 3600.0)),
    meaning=Text(
        "答应多久有结果就多久有结果的占多少。默认 48 自然小时，resolved_within:15d 换目标",
        "how many had their result in time: 48 natural hours by default, resolved_within:15d "
        "for another target",
    ),
    expression="n(t ≤ target) / n(stopped or t > target)",
    unit=Unit.SHARE,
    higher_is_better=True,
    counted=Counted.TICKETS,
)
