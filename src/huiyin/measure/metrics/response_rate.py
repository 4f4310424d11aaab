"""Response rate (回收率): finished ÷ delivered, where the data knows who was reached."""

from __future__ import annotations

from huiyin.codebook.contracts import Column, Role
from huiyin.core.text import Text
from huiyin.measure.contracts import Unit
from huiyin.measure.metric import Form, Metric, MetricRules, Reading, Value

LABEL = Text("回收率", "response rate")
FORMULA = Text("完成 ÷ 送达；退回、未送达的不算在内", "finished ÷ delivered; bounced ones left out")
FINISHED = (
    "finished", "Finished", "FINISHED", "complete", "Complete", "COMPLETE", "completed", "Completed",
    "COMPLETED", "True", "TRUE", "true", "1", "100", "100%", "已完成", "完成", "完整", "已提交", "已回收", "提交",
)  # fmt: skip
NOT_REACHED = (
    "bounced", "Bounced", "failed", "Failed", "undelivered", "Undelivered", "未送达", "退回", "发送失败",
)  # fmt: skip


def read(column: Column, _value: str | None, rules: MetricRules) -> Reading:
    """Read the share of finished answers in a status column."""
    value = Value(column.name, Form.SHARE, words=FINISHED, outside=NOT_REACHED)
    return Reading.of(value, LABEL, FORMULA, Unit.SHARE, rules.delta_share)


METRIC = Metric(
    "response_rate", 1, LABEL, FORMULA, Unit.SHARE, ((Role.STATUS,),), read, needs_scale=False
)
