"""Business records beside the scores: what cannot be told takes none of the others with it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from cast import Cast
from importing import add_dataset
from in_browser import visited
from playwright.sync_api import expect

from huiyin.people.contracts import Role

pytestmark = pytest.mark.browser
# ruff: noqa: DTZ001 -- moments are of the local clock, as the data has them
FIRST = datetime(2025, 1, 1, 9)


def write(path, head, rows):
    path.write_text("\n".join([head, *(",".join(map(str, row)) for row in rows)]) + "\n", "utf-8")
    return path


@pytest.fixture
def house(sqlite_database, tmp_path):
    """Keep orders, and complaints of other people; every third order was cancelled."""
    cast = Cast(sqlite_database, tmp_path / "data")
    cast.root = cast.signed_in(Role.ADMINISTRATOR, "root", name="李明")
    days = [FIRST + timedelta(days=i % 300) for i in range(600)]
    orders = [
        (f"D{i:05d}", f"K{i % 211:04d}", day, 30 + i % 70, "已取消" if i % 3 == 0 else "已完成")
        for i, day in enumerate(days)
    ]
    cast.dataset, _ = add_dataset(
        cast,
        cast.root,
        write(tmp_path / "订单.csv", "订单编号,客户编号,下单时间,金额,订单状态", orders),
        name="订单",
    )
    tickets = [
        (f"T{i:05d}", f"X{i:04d}", day, day + timedelta(hours=1), "退货", ("投诉", "咨询")[i % 2])
        for i, day in enumerate(days[:200])
    ]
    head = "工单编号,客户编号,创建时间,解决时间,问题类型,类别"
    add_dataset(cast, cast.root, write(tmp_path / "工单.csv", head, tickets), name="工单")
    return cast


def test_a_rate_that_cannot_be_told_hides_no_other_number(house, visitor):
    page = visitor(refused=(422,))
    with visited(house, page, house.root) as address:
        page.goto(f"{address}/operations?dataset={house.dataset}")
        records = page.get_by_role("region", name="业务记录里的指标")
        for name in ("复购率", "订单复购率", "流失率"):
            expect(records.get_by_role("link", name=name, exact=True)).to_be_visible()
        expect(records.get_by_text("算不出投诉率")).to_be_visible()
        records.get_by_role("link", name="复购率", exact=True).click()
        page.wait_for_url("**/explore?**repurchase**")
        page.locator("figure details summary").last.click()
        expect(page.get_by_text("“订单状态”写着取消、退款、退货的单不算下单")).to_be_visible()
