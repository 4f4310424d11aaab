"""Conversion (转化率): by the day of entry, within a window."""

from __future__ import annotations

from huiyin.core.text import Text
from huiyin.measure.contracts import Counted
from huiyin.measure.operations.deals import conversion_look
from huiyin.measure.operations.declaring import operational

METRIC = operational(
    "conversion",
    Text("转化率", "conversion"),
    Text(
        "从进线起时间窗内成交的 ÷ 当期进线、时间窗已走完的；按进线日归期",
        "won within the window from entry ÷ entries of the period whose window is over; by the "
        "day of entry",
    ),
    conversion_look,
    meaning=Text(
        "同一批线索里最后成了多少，不是当期成交除以当期线索。默认 {conversion_days} 天，"
        "conversion:30d 换时间窗",
        "how many of the same entries were won, not this period’s deals over this period’s "
        "entries. {conversion_days} days by default, conversion:30d for another window",
    ),
    expression="n(won ≤ window) / n(entries: window over)",
    window=Text("{conversion_days} 天，可改", "{conversion_days} days, may be changed"),
    rule_keys=("windows.conversion_days",),
    counted=Counted.LEADS,
)
