"""Orders and their deliveries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.company import SEGMENTS, Customers
from huiyin.sample.draws import chance, lasting, pick, spread, stream
from huiyin.sample.folder import Folder
from huiyin.sample.months import DAY, Floats, Ints, moments, seconds_of
from huiyin.sample.places import REGIONS, SHOPS
from huiyin.sample.ratings import Bools
from huiyin.sample.tables import (
    Field,
    Table,
    TableFile,
    days,
    money,
    numbered,
    stamps,
    words,
    yes_no,
)
from huiyin.sample.world import World

CHANNELS = ("门店", "小程序", "应用")
GOODS = ("生鲜", "日用", "小家电", "家纺", "零食礼盒", "母婴", "数码配件")
GOODS_WEIGHTS = (0.26, 0.24, 0.10, 0.09, 0.16, 0.08, 0.07)
CARRIERS = ("自营配送", "快运甲", "快运乙")
PARCEL_SHARE = 0.65
ERROR_SHARES = (0.010, 0.012, 0.030)
"""Parcels with an error, by carrier."""
PROMISED_SECONDS = 2 * DAY
_HOUR = 3600
_LATE_HOURS, _EARLY_HOURS = (6.0, 60.0), (0.0, 24.0)
_SPEND = (4.3, 0.6)
"""Mean and spread of the logarithm of an order's amount: about 73 yuan at the median."""
_SEGMENT_SPEND = (0.25, 0.0, 0.55)
_SILENT_ORDERS = 1.4
"""Orders by a customer who never answers."""

ORDERS = Table(
    "orders",
    Text("订单", "orders"),
    (
        Field("订单编号", "order", Text("订单编号", "order")),
        Field("下单时间", "time", Text("下单时间", "ordered at")),
        Field("客户编号", "customer", Text("客户编号", "customer")),
        Field("大区", "dimension", Text("大区", "region")),
        Field("门店", "unit", Text("门店", "shop")),
        Field("客群", "dimension", Text("客群", "segment")),
        Field("下单渠道", "channel", Text("下单渠道", "channel")),
        Field("是否配送", "dimension", Text("是否配送", "delivered home")),
        Field("品类", "product", Text("品类", "goods")),
        Field("金额", "amount", Text("金额（元）", "amount, CNY")),
        Field("币种", "currency", Text("币种", "currency")),
    ),
)
DELIVERIES = Table(
    "deliveries",
    Text("配送", "deliveries"),
    (
        Field("订单编号", "order", Text("订单编号", "order")),
        Field("客户编号", "customer", Text("客户编号", "customer")),
        Field("大区", "dimension", Text("大区", "region")),
        Field("门店", "unit", Text("门店", "shop")),
        Field("承运", "dimension", Text("承运", "carrier")),
        Field("发货日", "time", Text("发货日", "sent on")),
        Field("承诺时间", "promised", Text("承诺时间", "promised at")),
        Field("签收时间", "delivered", Text("签收时间", "delivered at")),
        Field("是否准时", "dimension", Text("是否准时", "on time")),
        Field(
            "是否出差错",
            "dimension",
            Text("是否出差错（错发、漏发、破损）", "with an error (wrong, missing, damaged)"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Parcels:
    """Which orders were sent home, and when they were promised, delivered and late."""

    sent: Bools
    promised: Ints
    delivered: Ints
    late: Bools


def late_parcels(world: World, rng: np.random.Generator, region: Ints, due: Ints) -> Bools:
    """Draw which parcels due at these moments are late."""
    usual = world.plans.seasons.late_share(due)
    return chance(rng, len(due), world.plans.delay.late_share(region, due, usual))


def hours_off(rng: np.random.Generator, late: Bools) -> Ints:
    """Draw by how many seconds parcels miss the promise; negative where they are early."""
    n = len(late)
    hours = np.where(late, rng.uniform(*_LATE_HOURS, n), -rng.uniform(*_EARLY_HOURS, n))
    return (hours * _HOUR).astype(np.int64)


def amounts(rng: np.random.Generator, segment: Ints) -> Floats:
    """Draw what people spend, in yuan."""
    mean, deviation = _SPEND
    logs = mean + np.array(_SEGMENT_SPEND)[segment] + deviation * rng.standard_normal(len(segment))
    return np.asarray(np.round(np.exp(logs), 2), dtype=np.float64)


class OrderBook:
    """Takes orders, numbers them and writes them with their deliveries."""

    def __init__(self, world: World, folder: Folder, customers: Customers) -> None:
        self._world = world
        self._customers = customers
        self._orders: TableFile = folder.open(ORDERS)
        self._deliveries: TableFile = folder.open(DELIVERIES)
        self._n = 0
        self._end = seconds_of(world.months[-1].last) + DAY

    def add(
        self,
        rng: np.random.Generator,
        customer: Ints,
        ordered: Ints,
        spent: Floats,
        parcels: Parcels,
    ) -> Ints:
        """Take orders whose delivery is known; gives their numbers."""
        number = self._n + 1 + np.arange(len(customer))
        self._n += len(customer)
        shop = self._customers.shop(customer)
        region = self._world.company.region_of_shop[shop]
        channel = np.where(parcels.sent, 1 + pick(rng, len(shop), (0.6, 0.4)), 0)
        place = {
            "订单编号": numbered("O", number, 10),
            "客户编号": numbered("C", customer),
            "大区": words(region, REGIONS),
            "门店": words(shop, [p.shop for p in SHOPS]),
        }
        segment = self._customers.segment(customer)
        self._orders.add(
            place
            | {
                "下单时间": stamps(ordered),
                "客群": words(segment, SEGMENTS),
                "下单渠道": words(channel, CHANNELS),
                "是否配送": yes_no(parcels.sent),
                "品类": words(pick(rng, len(shop), GOODS_WEIGHTS), GOODS),
                "金额": money(spent),
                "币种": words(np.zeros(len(shop), dtype=np.int64), ("CNY",)),
            }
        )
        self._deliver(rng, number, place, ordered, parcels)
        return number

    def _deliver(
        self,
        rng: np.random.Generator,
        number: Ints,
        place: dict[str, object],
        ordered: Ints,
        parcels: Parcels,
    ) -> None:
        under_way = parcels.delivered >= self._end
        sent = np.flatnonzero(parcels.sent)
        carrier = pick(rng, len(ordered), (0.5, 0.3, 0.2))
        wrong = (
            lasting(number, self._world.settings.seed, "error") < np.array(ERROR_SHARES)[carrier]
        )
        self._deliveries.add(
            place
            | {
                "承运": words(carrier, CARRIERS),
                "发货日": days(ordered),
                "承诺时间": stamps(parcels.promised),
                "签收时间": stamps(parcels.delivered, under_way),
                "是否准时": yes_no(~parcels.late, under_way),
                "是否出差错": yes_no(wrong, under_way),
            },
            sent,
        )

    def add_later(self, rng: np.random.Generator, customer: Ints, ordered: Ints) -> None:
        """Take orders by the moment they are placed; those after the window are left out."""
        inside = (ordered < self._end) & (ordered >= seconds_of(self._world.months[0].first))
        customer, ordered = customer[inside], ordered[inside]
        n = len(customer)
        region = self._world.company.region_of_shop[self._customers.shop(customer)]
        sent = chance(rng, n, PARCEL_SHARE)
        promised = ordered + PROMISED_SECONDS
        late = sent & late_parcels(self._world, rng, region, promised)
        delivered = promised + hours_off(rng, late)
        spent = amounts(rng, self._customers.segment(customer))
        self.add(rng, customer, ordered, spent, Parcels(sent, promised, delivered, late))


def write_silent_orders(world: World, book: OrderBook, customers: Customers) -> None:
    """Write the orders of customers who never answer in the shops."""
    n = round(_SILENT_ORDERS * customers.n_silent)
    for chunk in world.chunks("silent orders", n):
        rng = stream(world.settings.seed, "silent orders", chunk.month.index, chunk.part, 1)
        row = chunk.before + np.arange(chunk.n)
        number = customers.n_answering + 1 + spread(row, customers.n_silent)
        book.add_later(rng, number, moments(rng, chunk.month, chunk.n))
