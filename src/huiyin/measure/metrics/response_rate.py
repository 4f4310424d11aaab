"""Response rate (回收率): finished ÷ delivered, where the data knows who was reached."""

from __future__ import annotations

from dataclasses import replace

from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.core.text import Text
from huiyin.engine.contracts import ROW_COLUMN
from huiyin.measure.contracts import Unit
from huiyin.measure.metric import Form, Metric, MetricRules, Reading, Value

LABEL = Text("回收率", "response rate")
FORMULA = Text("完成 ÷ 送达；退回、未送达的不算在内", "finished ÷ delivered; bounced ones left out")
FINISHED = (
    "finished", "Finished", "FINISHED", "complete", "Complete", "COMPLETE",
    "completed", "Completed", "COMPLETED", "True", "TRUE", "true", "1", "100", "100.0", "100%",
    "已完成", "完成", "完整", "已提交", "已回收", "提交",
)  # fmt: skip
NOT_REACHED = (
    "bounced", "Bounced", "failed", "Failed", "undelivered", "Undelivered",
    "未送达", "退回", "发送失败",
)  # fmt: skip


UNKNOWN = Text(
    "数据里没有送达或状态列，算不出回收率；若有，用 --set “列=status”指明",
    "the data does not say who was reached; if a column does, name it with --set “COLUMN=status”",
)
PROGRESS_LABEL = Text("完成率(完成 ÷ 开始)", "completion rate (finished ÷ started)")
PROGRESS_NOTE = Text(
    "只知道答题进度，不知道送达了多少：这是完成率，不是回收率",
    "only the progress is known, not who was reached: a completion rate, not a response rate",
)
PROGRESS_NAMES = frozenset({"progress", "进度", "答题进度", "完成进度", "完成度"})


def read(column: Column, _value: str | None, rules: MetricRules) -> Reading:
    """Read the share of finished answers in a column of status, or of progress."""
    value = Value(column.name, Form.SHARE, words=FINISHED, outside=NOT_REACHED)
    reading = Reading.of(value, LABEL, FORMULA, Unit.SHARE, rules.delta_share)
    if column.name.strip().lower() not in PROGRESS_NAMES:
        return reading
    return replace(reading, label=PROGRESS_LABEL, notes=(PROGRESS_NOTE,), please_check=True)


def unknown(rules: MetricRules) -> Reading:
    """Give the reading where the data cannot say: a value that no row has."""
    nobody = Value(ROW_COLUMN, Form.NUMBER, points=((-1.0, 0.0),))
    reading = Reading.of(nobody, LABEL, FORMULA, Unit.SHARE, rules.delta_share)
    return replace(reading, notes=(UNKNOWN,))


def find_column(codebook: Codebook) -> Column | None:
    """Find the column of status, else of progress."""
    named = (c for c in codebook if c.name.strip().lower() in PROGRESS_NAMES)
    return codebook.first(Role.STATUS) or next(named, None)


METRIC = Metric(
    "response_rate", 1, LABEL, FORMULA, Unit.SHARE, ((Role.STATUS,),), read, needs_scale=False
)
