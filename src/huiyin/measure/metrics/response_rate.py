"""Response rate (回收率): finished ÷ delivered, where the data knows who was reached."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from huiyin.codebook.advice import name_column
from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.core.absence import Reason
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
UNANSWERED = (
    "delivered", "Delivered", "sent", "Sent", "opened", "Opened", "invited", "Invited",
    "no response", "No response", "not started", "Not started", "unanswered", "Unanswered",
    "已送达", "已发送", "已打开", "已邀请", "未答", "未答复", "未回答", "未填写", "未填", "未回收",
    "未提交", "未开始", "未打开", "未响应", "待答", "待填写",
)  # fmt: skip
"""Reached without an answer: only where rows say this, or `NOT_REACHED`, is delivery known."""

UNKNOWN = name_column(Role.STATUS).within(
    Text(
        "数据里看不出问卷送达了哪些人，算不出回收率（完成 ÷ 送达）；若有状态列，{how}",
        "the data does not say who was reached, so finished ÷ delivered cannot be given; if a "
        "column does, {how}",
    )
)
PROGRESS_LABEL = Text("完成率(完成 ÷ 开始)", "completion rate (finished ÷ started)")
STARTED_NOTE = Text(
    "状态列里没有“已送达未答”的人：这是完成率，不是回收率",
    "the status column holds nobody who was reached and did not answer: a completion rate, not a "
    "response rate",
)
PROGRESS_NOTE = Text(
    "只知道答题进度，不知道送达了多少：这是完成率，不是回收率",
    "only the progress is known, not who was reached: a completion rate, not a response rate",
)
WORDS = (*FINISHED, *UNANSWERED, *NOT_REACHED)
PROGRESS_NAMES = frozenset({"progress", "进度", "答题进度", "完成进度", "完成度"})
MEANING = Text(
    "送达的人里有多少答完。只有知道送达了多少才算得出；只知道开始和完成的叫完成率",
    "how many of those reached finished; needs known delivery, else it is a completion rate",
)


def read(column: Column, _value: str | None, rules: MetricRules) -> Reading:
    """Read the share of finished answers in a column of status, or of progress."""
    value = Value(column.name, Form.SHARE, words=FINISHED, outside=NOT_REACHED)
    reading = Reading.of(value, LABEL, FORMULA, Unit.SHARE, rules.delta_share)
    if column.name.strip().lower() not in PROGRESS_NAMES:
        return reading
    return _completion(reading, PROGRESS_NOTE)


def _completion(reading: Reading, note: Text) -> Reading:
    return replace(reading, label=PROGRESS_LABEL, notes=(note,), please_check=True)


def settle(reading: Reading, held: Collection[str], rules: MetricRules) -> Reading:
    """Say what a column of status can tell, by the words it holds.

    Parameters
    ----------
    reading : Reading
        From `read`.
    held : collection of str
        Which of `WORDS` the column holds.
    rules : MetricRules

    Returns
    -------
    Reading
        A response rate where delivery is known, a completion rate where only finished answers
        are, else the reading that nothing can be said (the status of tickets, say).
    """
    if not held:
        return unknown(rules)
    if reading.notes or not set(held).isdisjoint((*UNANSWERED, *NOT_REACHED)):
        return reading
    return _completion(reading, STARTED_NOTE)


def unknown(rules: MetricRules) -> Reading:
    """Give the reading where the data cannot say: a value that no row has."""
    nobody = Value(ROW_COLUMN, Form.NUMBER, points=((-1.0, 0.0),))
    reading = Reading.of(nobody, LABEL, FORMULA, Unit.SHARE, rules.delta_share)
    return replace(reading, notes=(UNKNOWN,), absent=Reason.NOT_KNOWN_WHO)


def find_column(codebook: Codebook) -> Column | None:
    """Find the column of status, else of progress."""
    named = (c for c in codebook if c.name.strip().lower() in PROGRESS_NAMES)
    return codebook.first(Role.STATUS) or next(named, None)


METRIC = Metric(
    "response_rate",
    1,
    LABEL,
    FORMULA,
    Unit.SHARE,
    ((Role.STATUS,),),
    read,
    needs_scale=False,
    meaning=MEANING,
    expression="n(finished) / n(delivered)",
)
