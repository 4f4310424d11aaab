"""A role's board fits the data there are: by roles of columns and words of aspects."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from huiyin.analyse.boards.contracts import COLUMNS, TileKind
from huiyin.analyse.boards.definition import Tile
from huiyin.analyse.boards.fitting import (
    Source,
    column_for,
    evened,
    filled,
    fit_board,
    placed,
    suits,
)
from huiyin.analyse.boards.gallery import ORDER, read_plan, role_boards
from huiyin.analyse.views.contracts import Period
from huiyin.analyse.views.definition import Question, View
from huiyin.codebook.contracts import Codebook, Column, Role, Scale
from huiyin.core.text import EN, ZH, Text

TODAY = date(2026, 3, 10)
VIEW = View(dataset="d", query=Question(metrics=("nps",)))
FIVE = Scale(1, 5)


def column(name, role, **more):
    return Column(name, role, Text(name, more.pop("en", name)), **more)


def source(*columns, newest=date(2026, 2, 1), name="数据"):
    return Source(name, name, Codebook(columns), newest)


FULL = source(
    column("时间", Role.TIME), column("推荐", Role.NPS, scale=Scale(0, 10)),
    column("总体", Role.OVERALL, scale=FIVE), column("意愿", Role.INTENT, scale=FIVE),
    column("费力", Role.CES, scale=Scale(1, 7)), column("交付效率", Role.ASPECT, scale=FIVE),
    column("服务体验", Role.ASPECT, scale=FIVE), column("门店", Role.UNIT),
    column("店员", Role.STAFF), column("大区", Role.DIMENSION), column("渠道", Role.CHANNEL),
    column("解决", Role.OUTCOME, events=("是",), en="solved"), column("意见", Role.TEXT),
)  # fmt: skip
BARE = source(column("总体", Role.OVERALL, scale=FIVE), newest=None, name="只有总体")


def test_a_reference_finds_by_role_then_by_words_then_by_the_name_itself():
    book = FULL.codebook
    assert column_for(book, "@unit,staff").name == "门店"
    assert column_for(book, "@staff,unit").name == "店员"
    assert column_for(book, "@aspect~配送|交付").name == "交付效率"
    assert column_for(book, "@aspect~价格") is None
    assert column_for(book, "@dimension~=区") is None
    assert column_for(book, "@dimension~=大区").name == "大区"
    assert column_for(book, "@outcome~solved").name == "解决"


@pytest.mark.parametrize("role", ORDER)
def test_every_role_has_a_board_in_two_languages_with_what_to_do(role):
    plan = read_plan(role)
    board = fit_board(plan, role, [FULL], TODAY)
    assert set(board.name) == {ZH, EN}
    kinds = {tile.kind for tile in board.tiles}
    assert TileKind.TODO in kinds
    for tile in board.tiles:
        assert set(tile.title) == {ZH, EN}
        if tile.goal is not None:
            assert set(tile.act) == {ZH, EN}
        assert tile.x + tile.w <= COLUMNS
    assert len(board.tiles) + len(board.left_out) == len(plan["tiles"])


def test_what_the_data_cannot_fill_is_left_out_and_said():
    board = fit_board(read_plan("service"), "service", [BARE], TODAY)
    asked = [tile.view for tile in board.tiles if tile.view is not None]
    assert {view.query.metrics for view in asked} == {("satisfied:总体",)}
    assert all(view.query.period is None for view in asked)
    assert all(view.query.compare is None for view in asked)
    words = " ".join(one[ZH] for one in board.left_out)
    assert "客户确认解决率" in words
    assert "走势" in words


def test_a_tile_comes_from_the_first_dataset_that_has_all_it_needs():
    board = fit_board(read_plan("management"), "management", [BARE, FULL], TODAY)
    found = [(tile.view.query.metrics[0], tile.view.dataset) for tile in board.tiles if tile.view]
    assert found[:2] == [("nps:推荐", "数据"), ("satisfied:总体", "只有总体")]
    assert filled(read_plan("management"), FULL, TODAY) > filled(
        read_plan("management"), BARE, TODAY
    )


ORDERS = source(
    column("单号", Role.ORDER), column("下单日", Role.TIME), column("客户", Role.CUSTOMER),
    column("金额", Role.AMOUNT), name="订单",
)  # fmt: skip
TICKETS = source(
    column("工单", Role.TICKET), column("创建", Role.TIME), column("客户", Role.CUSTOMER),
    column("类型", Role.TOUCHPOINT), column("首次响应", Role.FIRST_RESPONSE),
    column("解决", Role.RESOLVED), name="工单",
)  # fmt: skip
RATED_ORDERS = source(*ORDERS.codebook, column("总体", Role.OVERALL, scale=FIVE), name="答卷")


DEALS = source(
    column("创建", Role.TIME), column("客户单位", Role.ACCOUNT), column("结果", Role.STATUS),
    column("关闭", Role.RESOLVED), column("是否成交", Role.OUTCOME, events=("是",)),
    column("大区", Role.UNIT), column("跟进", Role.CSAT, scale=FIVE), name="商机",
)  # fmt: skip


def log_of(name, *whose):
    return source(
        *whose, column("单号", Role.TICKET), column("环节", Role.STAGE), column("开始", Role.TIME),
        column("完成", Role.RESOLVED), column("感受", Role.CSAT, scale=FIVE), name=name,
    )  # fmt: skip


REPAIRS = log_of("工单流转", column("客户", Role.CUSTOMER))
LEAD_STEPS = log_of("商机跟进", column("客户单位", Role.ACCOUNT))


def placed_from(role, *sources):
    board = fit_board(read_plan(role), role, sources, TODAY)
    found = {t.view.query.metrics[0]: t.view.dataset for t in board.tiles if t.view}
    return found, " ".join(one[ZH] for one in board.left_out)


def test_operational_tiles_stand_on_the_records_that_have_what_they_need():
    found, said = placed_from("service", FULL, ORDERS, TICKETS)
    assert {
        found[one] for one in ("first_response_within", "resolution_time", "first_contact")
    } == {"工单"}
    found, _ = placed_from("management", FULL, TICKETS, ORDERS)
    assert found["repurchase"] == found["churn"] == "订单"
    assert "准时率" not in said


def test_complaints_are_counted_over_orders_that_were_placed_not_over_their_deliveries():
    deliveries = source(
        column("订单", Role.ORDER), column("发货", Role.TIME), column("客户", Role.CUSTOMER),
        column("承诺", Role.PROMISED), column("签收", Role.DELIVERED), name="配送",
    )  # fmt: skip
    both = [replace(one, complaints=True) for one in (deliveries, ORDERS)]
    for role in ("operations", "management", "service", "word_of_mouth"):
        assert placed_from(role, *both)[0]["complaint_rate"] == "订单"
        assert placed_from(role, both[0])[0]["complaint_rate"] == "配送"


@pytest.mark.parametrize("role", ["operations", "service", "technology", "word_of_mouth"])
def test_leads_and_steps_are_not_counted_as_tickets(role):
    found, _ = placed_from(role, DEALS, LEAD_STEPS, REPAIRS, TICKETS)
    assert found["resolution_rate"] == "工单"
    assert "resolution_rate" not in placed_from(role, DEALS)[0]


def test_deals_and_steps_that_are_rated_are_records_all_the_same():
    found, _ = placed_from("sales", FULL, REPAIRS, LEAD_STEPS, DEALS)
    assert found["conversion"] == found["sales_cycle"] == "商机"
    assert found["stage_time"] == found["satisfied:感受"] == "商机跟进"
    assert found["satisfied:总体"] == FULL.id


def test_deals_are_set_against_how_satisfied_the_customers_are():
    board = fit_board(read_plan("sales"), "sales", [FULL, DEALS], TODAY)
    by = {t.view.query.metrics[0]: t.view for t in board.tiles if t.view and t.view.query.by}
    assert by["sales_cycle"].query.by == by["conversion"].query.by == ("band:跟进",)
    unrated = source(*(c for c in DEALS.codebook if c.role is not Role.CSAT), name="商机")
    board = fit_board(read_plan("sales"), "sales", [FULL, unrated], TODAY)
    said = " ".join(one[ZH] for one in board.left_out)
    assert re.search(r"“成交周期，按满意度”没有放上：数据里没有这样的列（[^）]*）", said)


def test_each_role_is_shown_the_steps_of_its_own_cases():
    found, _ = placed_from("service", FULL, LEAD_STEPS, REPAIRS)
    assert found["stage_time"] == found["satisfied:感受"] == "工单流转"


def test_a_log_fills_less_of_a_board_than_the_survey_beside_it():
    plan = read_plan("performance")
    survey = source(*FULL.codebook)
    assert filled(plan, survey, TODAY) > filled(plan, LEAD_STEPS, TODAY)


def test_a_list_of_active_customers_is_counted_whole():
    clients = source(
        column("到期", Role.TIME), column("客户单位", Role.ACCOUNT),
        column("是否转介绍", Role.OUTCOME, events=("是",)), name="客户单位",
    )  # fmt: skip
    for role in ("marketing", "word_of_mouth"):
        board = fit_board(read_plan(role), role, [FULL, clients], TODAY)
        tile = next(t for t in board.tiles if t.view and t.view.query.metrics == ("referral_rate",))
        assert (tile.view.dataset, tile.view.query.period) == ("客户单位", None)


def test_answers_are_no_orders_and_it_is_said():
    found, said = placed_from("management", RATED_ORDERS)
    assert "repurchase" not in found
    assert "“复购率”没有放上：数据里没有这样的列（订单、工单这类业务记录，不是答卷）。" in said
    _, said = placed_from("sales", RATED_ORDERS, ORDERS, TICKETS)
    assert "“转化率”没有放上：数据里没有这样的列（成交）。" in said


def test_what_was_left_out_names_the_group_and_keeps_apart_what_is_needed():
    board = fit_board(read_plan("management"), "management", [RATED_ORDERS], TODAY)
    said = " ".join(one[ZH] for one in board.left_out)
    assert "…" not in said
    assert "；" in said


def test_what_was_left_out_is_named_in_either_language():
    data = [RATED_ORDERS, ORDERS, TICKETS]
    found = fit_board(read_plan("sales"), "sales", data, TODAY).left_out
    said = {tag: " ".join(one[tag] for one in found) for tag in (ZH, EN)}
    assert "没有这样的列（成交）" in said[ZH]
    assert "(won)" in said[EN]
    assert not re.search(r"\([^)]*[一-鿿]", said[EN])


def test_windows_that_take_ninety_days_are_not_cut_to_three_months():
    board = fit_board(read_plan("sales"), "sales", [FULL, ORDERS], TODAY)
    periods = {t.view.query.metrics[0]: t.view.query.period for t in board.tiles if t.view}
    assert periods["repurchase"] is Period.LAST_12_MONTHS
    assert periods["churn"] is None


def test_old_answers_are_shown_whole_not_as_an_empty_quarter():
    old = source(*FULL.codebook, newest=date(2024, 5, 1))
    for one, period in ((FULL, Period.LAST_3_MONTHS), (old, Period.ALL)):
        board = fit_board(read_plan("agent"), "agent", [one], TODAY)
        assert board.tiles[0].view.query.period is period


def test_a_board_about_staff_takes_no_data_of_customers_by_itself():
    plan = read_plan("administration")
    assert not suits(plan, FULL)
    assert suits(plan, source(column("员工编号", Role.CUSTOMER)))
    assert suits(read_plan("sales"), FULL)


def test_tiles_stand_in_rows_and_never_on_each_other():
    sizes = [(3, 3), (3, 2), (6, 7), (12, 1), (5, 4), (8, 2)]
    tiles = [Tile(id=f"t{i}", kind=TileKind.TEXT, w=w, h=h) for i, (w, h) in enumerate(sizes)]
    taken = set()
    for tile in placed(tiles):
        cells = {
            (x, y) for x in range(tile.x, tile.x + tile.w) for y in range(tile.y, tile.y + tile.h)
        }
        assert not taken & cells
        taken |= cells


def test_the_last_tile_alone_in_its_row_is_as_wide_as_the_board():
    def widths(n):
        tiles = [Tile(id=f"t{i}", kind=TileKind.TODO, w=6, h=8) for i in range(n)]
        return [tile.w for tile in placed(tiles)]

    assert widths(3) == [6, 6, COLUMNS]
    assert widths(4) == [6, 6, 6, 6]


@pytest.mark.parametrize(
    ("name", "title"),
    [("大区", "各大区的满意率"), ("近 30 天出过故障", "各“近 30 天出过故障”的满意率")],
)
def test_a_title_quotes_only_names_that_do_not_read_as_one_word(name, title):
    tile = {
        "kind": "view",
        "title": ["各{column}的满意率", "Satisfied by {column}"],
        "chart": "bar",
    }
    asked = {"metrics": ["satisfied:@overall"], "by": ["@dimension"]}
    plan = {"name": ["板", "Board"], "about": ["", ""], "tiles": [tile | asked]}
    data = source(
        column("时间", Role.TIME),
        column("满意", Role.OVERALL, scale=FIVE),
        column(name, Role.DIMENSION),
    )
    assert fit_board(plan, "management", [data], TODAY).tiles[0].title[ZH] == title


def test_templates_are_offered_in_order():
    assert [one.id for one in role_boards()] == list(ORDER)


@pytest.mark.parametrize("n", range(1, 13))
def test_the_numbers_of_a_board_fill_their_rows(n):
    numbers = [Tile(id=f"n{i}", kind="number", view=VIEW, w=3, h=4) for i in range(n)]
    found = placed(evened([*numbers, Tile(id="z", kind="todo", w=6, h=8)]))
    rows = {}
    for tile in found[:n]:
        rows.setdefault(tile.y, []).append(tile.w)
    assert all(len(row) <= 4 for row in rows.values())
    if n >= 3:
        assert all(sum(row) == COLUMNS for row in rows.values())


def test_what_is_rated_of_a_competitor_too_is_set_beside_it():
    """Only those; where nothing is, the tile is left out and says what it needs."""
    rating = {"scale": Scale(1, 5)}
    rival = column("竞品价格", Role.META, group="竞品", **rating)
    own = [column(name, Role.ASPECT, group="各方面", **rating) for name in ("价格", "服务")]
    plan = read_plan("competitors")
    board = fit_board(plan, "competitors", [source(*own, rival)], TODAY)
    (beside,) = [
        t.view.query for t in board.tiles if t.view and t.view.query.compare == "competitor"
    ]
    assert beside.metrics == ("score:价格",)
    alone = fit_board(plan, "competitors", [source(*own, column("x", Role.NPS))], TODAY)
    assert any("竞品" in one["zh-CN"] and "同一批人" in one["zh-CN"] for one in alone.left_out)


def test_the_competitors_board_takes_no_brand_for_its_own_job():
    brands = source(*FULL.codebook, column("品牌", Role.DIMENSION), name="对比")
    board = fit_board(read_plan("competitors"), "competitors", [brands], TODAY)
    by_brand = [one for one in board.tiles if one.view and one.view.query.by == ("品牌",)]
    assert by_brand
    assert not any(one.advises for one in by_brand)
    assert all(one.act for one in board.tiles if one.kind is TileKind.NUMBER)


@pytest.mark.parametrize("role", ORDER)
def test_every_tile_that_lists_weak_groups_says_what_to_do_with_them(role):
    tiles = [one for one in read_plan(role)["tiles"] if one.get("compare") == "rest"]
    advising = [one for one in tiles if one.get("advises", True)]
    assert [one["title"] for one in advising if len(one.get("act", ())) != 2] == []
