"""Orders, and tickets with the complaints on them."""

from __future__ import annotations

import pyarrow as pa
import pytest

from huiyin.codebook.contracts import Role
from huiyin.measure.complaint_sources import ComplaintSource


@pytest.fixture
def orders(make, column):
    def build(rows):
        """Rows are (customer, moment)."""
        columns = [column("订单", Role.ORDER), column("下单", Role.TIME)]
        columns.append(column("客户", Role.CUSTOMER))
        data = {
            "订单": [f"O{i}" for i in range(len(rows))],
            "下单": pa.array([when for _, when in rows], pa.timestamp("us")),
            "客户": [who for who, _ in rows],
        }
        return make(pa.table(data), columns, days=[when.date() for _, when in rows])

    return build


@pytest.fixture
def tickets(make, column):
    def build(rows, key="客户", role=Role.CUSTOMER, **changes):
        """Rows are (key, moment, kind, matter, status)."""
        names = [(key, role), ("创建", Role.TIME), ("类别", Role.DIMENSION)]
        names += [("问题", Role.TOUCHPOINT), ("状态", Role.STATUS)]
        columns = [column(*one) for one in [("工单", Role.TICKET), *names]]
        parts = list(zip(*rows, strict=True))
        data = {"工单": [f"T{i}" for i in range(len(rows))]}
        data |= {name: list(part) for (name, _), part in zip(names, parts, strict=True)}
        data["创建"] = pa.array(data["创建"], pa.timestamp("us"))
        snapshot = make(pa.table(data), columns, days=[when.date() for when in parts[1]])
        facts = {"mine": "客户", "other": key, "by_order": role is Role.ORDER} | changes
        return ComplaintSource("t1", "工单", 3, snapshot, **facts)

    return build


@pytest.fixture
def shops(make, column):
    """Orders with a shop and a weight: rows are (customer, moment, shop)."""

    def build(rows):
        columns = [column("订单", Role.ORDER), column("下单", Role.TIME)]
        columns += [column("客户", Role.CUSTOMER), column("店", Role.UNIT)]
        columns.append(column("权重", Role.WEIGHT))
        data = {
            "订单": [f"O{i}" for i in range(len(rows))],
            "下单": pa.array([when for _, when, _ in rows], pa.timestamp("us")),
            "客户": [who for who, *_ in rows],
            "店": [shop for *_, shop in rows],
            "权重": pa.array([1.0 + i % 3 for i in range(len(rows))], pa.float64()),
        }
        return make(pa.table(data), columns, days=[when.date() for _, when, _ in rows])

    return build
