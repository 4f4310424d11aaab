"""The calendar of events (campaigns, holidays, releases), incidents, and measures in shops."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from huiyin.core.text import Text
from huiyin.sample.company import RELEASES
from huiyin.sample.draws import stream
from huiyin.sample.folder import Folder
from huiyin.sample.months import Month, spring_festival
from huiyin.sample.places import REGIONS, SHOPS
from huiyin.sample.tables import Field, Table
from huiyin.sample.truths.release_theme import THEME, VERSION
from huiyin.sample.truths.seasons import FESTIVAL_DAYS
from huiyin.sample.world import World

_NAMED = (
    ("元旦", "节假日", 1, 1, 1), ("年货节", "促销", 1, 10, 12), ("三八节促销", "促销", 3, 5, 4),
    ("五一", "节假日", 5, 1, 5), ("618", "促销", 6, 1, 18), ("中元大促", "促销", 8, 10, 7),
    ("国庆", "节假日", 10, 1, 7), ("双11", "促销", 11, 1, 11), ("双12", "促销", 12, 10, 3),
)  # fmt: skip
"""Name, kind, month, first day, length in days."""
_INCIDENTS = (
    "收银系统故障",
    "仓库停电",
    "支付通道中断",
    "门店漏水",
    "冷链设备故障",
    "短信通道延迟",
)
_N_INCIDENTS = 18

EVENTS = Table(
    "events",
    Text("事件日历", "calendar of events"),
    (
        Field("事件", "dimension", Text("事件", "event")),
        Field("类型", "dimension", Text("类型", "kind")),
        Field("开始日", "time", Text("开始日", "first day")),
        Field("结束日", "meta", Text("结束日", "last day")),
        Field("范围", "dimension", Text("范围", "where")),
    ),
)
INCIDENTS = Table(
    "incidents",
    Text("突发事件", "incidents"),
    (
        Field("事件", "dimension", Text("事件", "incident")),
        Field("开始日", "time", Text("开始日", "first day")),
        Field("结束日", "meta", Text("结束日", "last day")),
        Field("范围", "dimension", Text("范围", "where")),
        Field("级别", "dimension", Text("级别", "severity")),
    ),
)
MEASURES = Table(
    "measures",
    Text("改进措施", "measures"),
    (
        Field("措施", "dimension", Text("措施", "measure")),
        Field("门店", "unit", Text("门店", "shop")),
        Field("开始日", "time", Text("开始日", "first day")),
        Field("负责人", "staff", Text("负责人", "owner")),
        Field("目标维度", "dimension", Text("目标维度", "aspect")),
    ),
)


def write_events(world: World, folder: Folder) -> None:
    """Write the three tables; the planted truths leave their traces in them."""
    _write(folder, EVENTS, sorted(_events(world), key=lambda row: (row[2], row[0])))
    _write(folder, INCIDENTS, sorted(_incidents(world), key=lambda row: (row[1], row[0])))
    _write(folder, MEASURES, list(_measures(world)))


def _write(folder: Folder, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    import pyarrow as pa

    columns = zip(*rows, strict=True)
    file = folder.open(table)
    file.add({f.name: pa.array(c) for f, c in zip(table.fields, columns, strict=True)})


def _events(world: World) -> Iterator[tuple[str, str, date, date, str]]:
    first, last = world.months[0].first, world.months[-1].last
    for year in range(first.year, last.year + 1):
        new_year = spring_festival(year)
        spans = [(name, kind, date(year, month, day), n) for name, kind, month, day, n in _NAMED]
        for name, kind, start, n in (*spans, ("春节", "节假日", new_year, FESTIVAL_DAYS)):
            if first <= start <= last:
                yield name, kind, start, start + timedelta(days=n - 1), "全国"
    for i, version in enumerate(RELEASES):
        day = world.company.release_day(i)
        yield f"应用 {version} 发布", "版本发布", day, day, "应用"
    day = world.plans.reworded.start.first
    yield "售后回访费力度题换问法", "问卷改版", day, day, "售后回访"


def _incidents(world: World) -> Iterator[tuple[str, date, date, str, str]]:
    delay, release = world.plans.delay, world.plans.release
    region = REGIONS[delay.region]
    yield f"{region}分拨中心爆仓", delay.month.first, delay.month.last, region, "重大"
    yield f"应用 {VERSION} {THEME}", release.since, release.until, "应用", "较大"
    rng = stream(world.settings.seed, "incidents")
    for _ in range(_N_INCIDENTS):
        month: Month = world.months[int(rng.integers(len(world.months)))]
        start = month.first + timedelta(days=int(rng.integers(month.n_days)))
        what = _INCIDENTS[int(rng.integers(len(_INCIDENTS)))]
        shop = SHOPS[int(rng.integers(len(SHOPS)))].shop
        yield what, start, start + timedelta(days=int(rng.integers(0, 2))), shop, "一般"


def _measures(world: World) -> Iterator[tuple[str, str, date, str, str]]:
    queue, idle, names = world.plans.queue, world.plans.idle, world.company.staff_names
    per_shop = len(names) // len(SHOPS)
    for what, aspect, plan in (("排队系统", "收银效率", queue), ("微笑服务培训", "服务体验", idle)):
        for shop in plan.shops:
            yield what, SHOPS[shop].shop, plan.start.first, names[shop * per_shop], aspect
