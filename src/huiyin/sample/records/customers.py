"""Consumers, with made-up contact data that looks real enough to be masked."""

from __future__ import annotations

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.company import (
    AGES,
    GIVEN,
    PHONES,
    SEGMENTS,
    SURNAMES,
    TIERS,
    Customers,
)
from huiyin.sample.draws import lasting
from huiyin.sample.folder import Folder
from huiyin.sample.months import DAY, Ints, seconds_of
from huiyin.sample.places import CITIES, REGIONS, SHOPS
from huiyin.sample.tables import Field, Table, days, joined, numbered, taken, words
from huiyin.sample.world import CHUNK, World

MOBILE_PREFIX = "142"
"""A range of mobile numbers that is given to nobody."""
MAIL_DOMAIN = "example.com"
"""Kept free for examples by RFC 2606."""
_JOINED_DAYS = 1500

CUSTOMERS = Table(
    "customers",
    Text("客户", "customers"),
    (
        Field("客户编号", "customer", Text("客户编号", "customer")),
        Field("姓名", "contact", Text("姓名", "name")),
        Field("手机", "contact", Text("手机", "mobile")),
        Field("邮箱", "contact", Text("邮箱", "mail")),
        Field("客群", "dimension", Text("客群", "segment")),
        Field("会员等级", "dimension", Text("会员等级", "member tier")),
        Field("年龄段", "dimension", Text("年龄段", "age")),
        Field("手机品牌", "dimension", Text("手机品牌", "phone brand")),
        Field("大区", "dimension", Text("大区", "region")),
        Field("城市", "dimension", Text("城市", "city")),
        Field("常去门店", "unit", Text("常去门店", "home shop")),
        Field("入会日", "time", Text("入会日", "joined on")),
    ),
)


def write_customers(world: World, folder: Folder, customers: Customers) -> None:
    """Write every consumer."""
    file = folder.open(CUSTOMERS)
    for start in range(1, customers.n + 1, CHUNK):
        number = np.arange(start, min(start + CHUNK, customers.n + 1))
        file.add(_rows(world, customers, number))


def _rows(world: World, customers: Customers, number: Ints) -> dict[str, object]:
    seed = world.settings.seed
    shop = customers.shop(number)
    city = np.array([CITIES.index(place.city) for place in SHOPS])
    age = (lasting(number, seed, "joined") * _JOINED_DAYS).astype(np.int64)
    digits = (lasting(number, seed, "mobile") * 10**8).astype(np.int64)
    mail = joined(numbered("c", number), MAIL_DOMAIN, between="@")
    return {
        "客户编号": numbered("C", number),
        "姓名": _names(seed, number),
        "手机": numbered(MOBILE_PREFIX, digits, 8),
        "邮箱": mail,
        "客群": words(customers.segment(number), SEGMENTS),
        "会员等级": words(customers.tier(number), TIERS),
        "年龄段": words(customers.age(number), AGES),
        "手机品牌": words(customers.phone(number), PHONES),
        "大区": words(world.company.region_of_shop[shop], REGIONS),
        "城市": words(city[shop], CITIES),
        "常去门店": words(shop, [place.shop for place in SHOPS]),
        "入会日": days(seconds_of(world.months[0].first) - age * DAY),
    }


def _names(seed: int, number: Ints) -> object:
    first = (lasting(number, seed, "surname") * len(SURNAMES)).astype(np.int64)
    given = (lasting(number, seed, "given") * len(GIVEN)).astype(np.int64)
    return joined(taken(SURNAMES, first), taken(GIVEN, given))
