"""More answers from one device in seconds than a person can give."""

from __future__ import annotations

from typing import Any

from huiyin.clean.facts import Facts
from huiyin.clean.repeats import not_masked
from huiyin.clean.rule import Rule
from huiyin.core.text import Text
from huiyin.engine.startup import import_ibis

BURST_ROWS = 10
BURST_SECONDS = 10
"""Ten responses from one device within ten seconds: a response a second is beyond people, even
behind one shared address."""
MIN_SECONDS_SHARE = 0.5
"""Share of times with seconds other than 0 below which times are too coarse to tell."""


def _lacks(facts: Facts) -> Text | None:
    if not facts.devices or not facts.time or not facts.answers:
        return Text(
            "需要设备（或 IP）列、时间列和题目。",
            "A device (or IP) column, a time column and questions are needed.",
        )
    if facts.seconds_share < MIN_SECONDS_SHARE:
        return Text("时间没有精确到秒。", "The times carry no seconds.")
    return None


def _find(facts: Facts) -> Any:
    ibis = import_ibis()
    device, time = facts.devices[0], facts.time
    rows = facts.table.filter(not_masked(facts.table[device]) & facts.table[time].notnull())
    rows = rows.select(*facts.row_key, device=rows[device], at=rows[time].epoch_seconds())
    rows = rows.semi_join(_busy_devices(rows), "device")
    order = ["at", *facts.row_key]
    earlier = ibis.window(group_by="device", order_by=order)
    rows = rows.mutate(begun=rows["at"].lag(BURST_ROWS - 1).over(earlier))
    quick = rows["at"] - rows.begun <= BURST_SECONDS
    rows = rows.mutate(ends=quick.ifelse(1, 0))
    ahead = ibis.window(group_by="device", order_by=order, preceding=0, following=BURST_ROWS - 1)
    rows = rows.mutate(inside=rows.ends.max().over(ahead))
    return rows.filter(rows.inside == 1).select(*facts.row_key)


def _busy_devices(rows: Any) -> Any:
    """Plan the devices worth a look: a burst fills one of two neighbouring stretches by half."""
    placed = rows.select("device", stretch=rows["at"] // BURST_SECONDS)
    counted = placed.group_by("device", "stretch").agg(n=placed.count())
    return counted.filter(counted.n * 2 >= BURST_ROWS).select("device").distinct()


RULE = Rule(
    id="bot",
    version=1,
    title=Text("机器刷票", "bot"),
    explanation=Text(
        "同一设备在 10 秒内交了 10 份以上：人做不到。",
        "One device sent ten or more responses within ten seconds: no person can.",
    ),
    source=Text(
        "Griffin et al. (2022), Quality & Quantity 56；Storozuk et al. (2020), The Quantitative "
        "Methods for Psychology 16(5)：提交时间成串；门限取更严的值。",
        "Griffin et al. (2022), Quality & Quantity 56; Storozuk et al. (2020), The Quantitative "
        "Methods for Psychology 16(5): bursts of submissions; the cut here is stricter.",
    ),
    excludes=True,
    lacks=_lacks,
    find_set=_find,
    parameters={"burst_rows": BURST_ROWS, "burst_seconds": BURST_SECONDS},
)
