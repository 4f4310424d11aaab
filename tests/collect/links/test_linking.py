"""Linking against a plain loop over all pairs: every value, and every base row exactly once."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.codebook.contracts import Role
from huiyin.collect.links.build import Place, build_model
from huiyin.collect.links.contracts import (
    Condition,
    How,
    Key,
    Link,
    LinkPlan,
    ModelError,
    Parent,
    Side,
    Take,
    Window,
)
from huiyin.engine.contracts import FlagMeaning

START = datetime(2024, 1, 1)  # noqa: DTZ001 -- wall-clock time, as the lake keeps it
NOW = datetime(2025, 1, 1, tzinfo=UTC)
EVERYTHING = (
    Take("行数", How.COUNT),
    Take("天数", How.DAYS),
    Take("有无", How.ANY, role=Role.OUTCOME),
    Take("金额合计", How.SUM, "金额"),
    Take("金额平均", How.MEAN, "金额"),
    Take("最小", How.MINIMUM, "金额"),
    Take("最大", How.MAXIMUM, "金额"),
    Take("首个品类", How.FIRST, "品类"),
    Take("最近品类", How.LAST, "品类"),
)


def parent(dataset_id, snapshot):
    return Parent(dataset_id, f"数据集 {dataset_id}", 0, snapshot, {})


@pytest.fixture
def base_and_other(make, column):
    def build(answers, orders, *, legend=(), flags=None):
        """answers: (customer, hours or None); orders: (customer, hours or None, amount, goods)."""
        moments = [None if h is None else START + timedelta(hours=h) for _, h in answers]
        base = make(
            pa.table(
                {
                    "编号": [f"A{i}" for i in range(len(answers))],
                    "客户": pa.array([c for c, _ in answers], pa.string()),
                    "时间": pa.array(moments, pa.timestamp("us")),
                    "推荐": pa.array([float(i % 11) for i in range(len(answers))]),
                }
            ),
            [
                column("编号", Role.ID),
                column("客户", Role.CUSTOMER),
                column("时间", Role.TIME),
                column("推荐", Role.NPS, (0, 10)),
            ],
            n_files=min(3, max(1, len(answers))),
        )
        moments = [None if o[1] is None else START + timedelta(hours=o[1]) for o in orders]
        other = make(
            pa.table(
                {
                    "客户号": pa.array([o[0] for o in orders], pa.string()),
                    "下单": pa.array(moments, pa.timestamp("us")),
                    "金额": pa.array(
                        [None if o[2] is None else Decimal(o[2]) for o in orders],
                        pa.decimal128(18, 4),
                    ),
                    "品类": pa.array([o[3] for o in orders], pa.string()),
                }
            ),
            [
                column("客户号", Role.CUSTOMER),
                column("下单", Role.TIME),
                column("金额", Role.AMOUNT),
                column("品类", Role.PRODUCT),
            ],
            flags=flags,
            legend=legend,
            n_files=min(2, max(1, len(orders))),
        )
        return {"base": parent("base", base), "other": parent("other", other)}

    return build


def linked(engine, folder, parents, window, take=EVERYTHING, first=None, **more):
    link = Link("other", (Key("客户", "客户号"),), take, window, **more)
    place = Place(engine, folder, NOW)
    model = build_model(place, LinkPlan("base", (link,)), parents, first=first)
    rows = engine.run(model.rows.order_by("编号")).to_pylist()
    return {row["编号"]: row for row in rows}, model


def by_hand(answers, orders, window):
    """The same by a loop over all pairs; None where key, moment or part of the window lacks."""
    moments = [h * 3600 for _, h, *_ in orders if h is not None]
    span = (min(moments) // 86400 * 86400, max(moments)) if moments else None
    return {
        f"A{i}": found_for(customer, hours, orders, window, span)
        for i, (customer, hours) in enumerate(answers)
    }


def found_for(customer, hours, orders, window, span):
    if customer is None or (window is not None and (hours is None or span is None)):
        return None
    mine = [o for o in orders if o[0] == customer]
    if window is None:
        return mine
    at, length = hours * 3600, None if window.days is None else window.days * 86400
    if length is not None:
        too_late = window.side is not Side.BEFORE and at + length > span[1]
        too_early = window.side is not Side.AFTER and at - length < span[0]
        if too_late or too_early:
            return None
    return [o for o in mine if o[1] is not None and inside(o[1] * 3600 - at, window.side, length)]


def inside(gap, side, length):
    if side is Side.AFTER:
        return 0 < gap <= length
    if side is Side.BEFORE:
        return gap < 0 and (length is None or -gap <= length)
    return abs(gap) <= length


def check(rows, wanted):
    assert rows.keys() == wanted.keys()
    for key, mine in rows.items():
        theirs = wanted[key]
        if theirs is None:
            assert all(mine[t.name] is None for t in EVERYTHING), (key, mine)
            continue
        amounts = [Decimal(o[2]) for o in theirs if o[2] is not None]
        assert mine["行数"] in {float(len(theirs)), str(len(theirs))}
        days = len({o[1] // 24 for o in theirs if o[1] is not None})
        assert mine["天数"] in {float(days), str(days)}
        assert mine["有无"] == float(bool(theirs))
        total = sum(amounts) if amounts or not theirs else None
        assert mine["金额合计"] == total
        assert mine["最小"] == min(amounts, default=None)
        assert mine["最大"] == max(amounts, default=None)
        mean = sum(amounts) / len(amounts) if amounts else None
        assert (mine["金额平均"] is None) == (mean is None)
        assert mean is None or abs(mine["金额平均"] - mean) < Decimal("0.001")
        dated = [(o[1], i, o) for i, o in enumerate(theirs) if o[1] is not None]
        dated = dated or [(0, i, o) for i, o in enumerate(theirs)]
        assert mine["首个品类"] == (min(dated)[2][3] if dated else None)
        assert mine["最近品类"] == (max(dated)[2][3] if dated else None)


customers = st.sampled_from(["甲", "乙", "甲", "乙", None])
# Few moments, so that rows often meet at the very ends of a window.
hours = st.sampled_from([*range(0, 24 * 5, 12), None])
ANSWERS = st.lists(st.tuples(customers, hours), min_size=3, max_size=12)
AMOUNT = st.one_of(st.none(), st.integers(-50, 50).map(str))
GOODS = st.one_of(st.none(), st.sampled_from(["鱼", "米"]))
ORDERS = st.lists(st.tuples(customers, hours, AMOUNT, GOODS), min_size=3, max_size=25)
WINDOWS = st.one_of(
    st.sampled_from([None, Window(Side.BEFORE)]),
    st.builds(Window, st.sampled_from(list(Side)), st.integers(1, 3)),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=ANSWERS, orders=ORDERS, window=WINDOWS, covered=st.sampled_from([True, True, False]))
def test_every_base_row_once_with_what_a_loop_over_all_pairs_finds(
    engine, base_and_other, tmp_path, answers, orders, window, covered
):
    # Without rows long before and after, hardly a window would be complete.
    orders = orders + [("边", -240, "1", "头"), ("边", 480, "1", "尾")] * covered
    answers = [(c, None if h is None else h + 0.25) for c, h in answers]
    orders = [(c, None if h is None else h + 0.25, a, g) for c, h, a, g in orders]
    # Moments of two orders of a customer are told apart, so that first and last are defined.
    seen = set()
    orders = [o for o in orders if (o[0], o[1]) not in seen and not seen.add((o[0], o[1]))]
    parents = base_and_other(answers, orders)
    rows, model = linked(engine, tmp_path, parents, window)
    check(rows, by_hand(answers, orders, window))
    assert model.facts[0]["base_rows"] == len(answers)


def many_to_many(seed, n_answers=300, n_orders=900):
    rng = random.Random(seed)  # noqa: S311 -- a seeded test
    who = [f"C{rng.randrange(40)}" for _ in range(50)] + [None] * 3
    answers = [(rng.choice(who), rng.randrange(24 * 200) + 0.25) for _ in range(n_answers)]
    orders = [
        (rng.choice(who), rng.randrange(24 * 200) + 0.5, str(rng.randrange(100)), "鱼")
        for _ in range(n_orders)
    ]
    return answers, orders


@pytest.mark.parametrize("seed", range(3))
def test_a_fan_out_changes_no_n(engine, base_and_other, tmp_path, seed):
    answers, orders = many_to_many(seed)
    parents = base_and_other(answers, orders)
    rows, model = linked(engine, tmp_path, parents, Window(Side.AFTER, 30))
    assert len(rows) == len(answers)
    facts = model.facts[0]
    assert facts["cardinality"] == "n:m"
    pairs = sum(a[0] is not None and a[0] == o[0] for a in answers for o in orders)
    assert facts["n_pairs"] == pairs > 10 * len(answers)
    assert facts["base_without_key"] == sum(a[0] is None for a in answers)
    wanted = by_hand(answers, orders, Window(Side.AFTER, 30))
    known = [len(v) for v in wanted.values() if v is not None]
    assert sum(r["行数"] for r in rows.values() if r["行数"] is not None) == sum(known)
    assert facts["base_incomplete"] == len(answers) - len(known) - facts["base_without_key"]
    assert facts["base_with_rows"] == sum(n > 0 for n in known)


def test_the_nearest_row_in_time_wins_and_the_earlier_of_two_equally_near(
    engine, base_and_other, tmp_path
):
    answers = [("甲", 100), ("乙", 100), ("丙", 100), ("丁", 100)]
    orders = [
        ("甲", 90, "1", "前"), ("甲", 105, "1", "后"),
        ("乙", 95, "1", "前"), ("乙", 105, "1", "后"),
        ("丙", 100, "1", "同时"), ("丙", 99, "1", "前"),
        ("边", 0, "1", "头"), ("边", 400, "1", "尾"),
    ]  # fmt: skip
    take = (Take("最近", How.NEAREST, "品类"),)
    rows, _ = linked(
        engine, tmp_path, base_and_other(answers, orders), Window(Side.AROUND, 2), take
    )
    assert [rows[f"A{i}"]["最近"] for i in range(4)] == ["后", "前", "同时", None]


def test_an_open_window_gives_null_and_is_counted(engine, base_and_other, tmp_path):
    answers = [("甲", 0), ("甲", 24 * 20), ("甲", 24 * 50), ("乙", 0)]
    orders = [("甲", 24 * 21, "5", "鱼"), ("丙", 24 * 60, "5", "鱼")]
    take = (Take("再买", How.ANY), Take("单数", How.COUNT))
    parents = base_and_other(answers, orders)
    rows, model = linked(engine, tmp_path, parents, Window(Side.AFTER, 30), take)
    assert [rows[f"A{i}"]["再买"] for i in range(4)] == [1.0, 1.0, None, 0.0]
    assert [rows[f"A{i}"]["单数"] for i in range(4)] == [1.0, 1.0, None, 0.0]
    assert model.facts[0]["base_incomplete"] == 1
    book = model.codebook
    assert (book["再买"].role, book["再买"].events) == (Role.OUTCOME, ("是",))
    until = Window(Side.AFTER, 30, until=date(2024, 3, 31))
    rows, model = linked(engine, tmp_path, parents, until, take)
    assert rows["A2"]["再买"] == 0.0
    assert model.facts[0]["base_incomplete"] == 0


def test_dates_are_compared_by_day(engine, base_and_other, tmp_path):
    answers = [("甲", 240)]
    orders = [
        ("甲", 240, "1", "当天"),
        ("甲", 264, "1", "次日"),
        ("乙", 0, "1", "x"),
        ("乙", 960, "1", "x"),
    ]
    take = (Take("单数", How.COUNT, role=Role.OUTCOME),)
    parents = base_and_other(answers, orders)
    rows, model = linked(engine, tmp_path, parents, Window(Side.AFTER, 1), take)
    assert model.facts[0]["compared_by"] == "day"
    assert rows["A0"]["单数"] == 1.0
    rows, _ = linked(engine, tmp_path, parents, Window(Side.AROUND, 1), take)
    assert rows["A0"]["单数"] == 2.0


def test_rows_that_cleaning_leaves_out_do_not_count(engine, base_and_other, tmp_path):
    legend = (FlagMeaning("duplicate", 1, True, 1), FlagMeaning("speeder", 1, False, 1))
    orders = [("甲", 1, "1", "鱼"), ("甲", 2, "1", "鱼"), ("甲", 3, "1", "鱼")]
    parents = base_and_other([("甲", 0)], orders, legend=legend, flags=[0, 1, 2])
    take = (Take("单数", How.COUNT, role=Role.DIMENSION),)
    rows, model = linked(engine, tmp_path, parents, None, take)
    assert rows["A0"]["单数"] == "2"
    assert model.facts[0]["other_left_out"] == 1
    where = (Condition("品类", ("米",)),)
    rows, model = linked(engine, tmp_path, parents, None, take, where=where)
    assert rows["A0"]["单数"] == "0"
    assert model.facts[0]["other_left_out"] == 3


@pytest.fixture
def money(make, column):
    def build(currencies, keys=("1001", "1001", "1002")):
        base = make(
            {"编号": ["A0", "A1"], "单号": [1001.0, 1003.0]},
            [column("编号", Role.ID), column("单号", Role.OUTCOME)],
        )
        other = make(
            pa.table(
                {
                    "单号": pa.array(keys),
                    "金额": pa.array([Decimal(2)] * 3, pa.decimal128(18, 4)),
                    "币种": pa.array(currencies, pa.string()),
                }
            ),
            [
                column("单号", Role.ORDER),
                column("金额", Role.AMOUNT),
                column("币种", Role.CURRENCY),
            ],
        )
        return {"base": parent("base", base), "other": parent("other", other)}

    return build


def by_order(engine, folder, parents, *take, window=None):
    link = Link("other", (Key("单号", "单号"),), take, window)
    model = build_model(Place(engine, folder, NOW), LinkPlan("base", (link,)), parents)
    return {row["编号"]: row for row in engine.run(model.rows).to_pylist()}, model


def test_currencies_are_never_added_up(engine, money, tmp_path):
    total = Take("合计", How.SUM, "金额")
    rows, model = by_order(engine, tmp_path, money(["CNY", "CNY", "USD"]), total)
    assert [rows[k]["合计"] for k in ("A0", "A1")] == [4, 0]
    assert model.codebook["合计"].role is Role.AMOUNT
    mixed = money(["CNY", "USD", "USD"])
    with pytest.raises(ModelError, match="CNY, USD"):
        by_order(engine, tmp_path, mixed, total)
    with pytest.raises(ModelError, match="several currencies"):
        by_order(engine, tmp_path, money(["CNY", None, "CNY"]), total)
    apart = Take("合计", How.SUM, "金额", per_currency=True)
    rows, _ = by_order(engine, tmp_path, mixed, apart)
    assert [rows["A0"][f"合计（{c}）"] for c in ("CNY", "USD")] == [2, 2]
    assert [rows["A1"][f"合计（{c}）"] for c in ("CNY", "USD")] == [0, 0]


def test_a_number_and_a_word_are_the_same_key(engine, money, tmp_path):
    rows, model = by_order(engine, tmp_path, money(["CNY"] * 3), Take("单数", How.COUNT))
    assert [rows[k]["单数"] for k in ("A0", "A1")] == ["2", "0"]
    assert model.facts[0]["cardinality"] == "1:n"
    assert model.facts[0]["base_unmatched"] == 1


@pytest.mark.parametrize(
    ("take", "why"),
    [
        (Take("x", How.LAST, "币种"), "several rows of one key"),
        (Take("x", How.NEAREST, "币种"), "needs a time window"),
        (Take("x", How.DAYS), "counts days"),
        (Take("x", How.SUM, "币种"), "holds no numbers"),
        (Take("x", How.SUM), "must name the column"),
        (Take("x", How.SUM, "没有"), "no column"),
        (Take("编号", How.COUNT), "is taken"),
        (Take("_x", How.COUNT), "underscore"),
        (Take("x", How.COUNT, role=Role.NPS), "outcome, dimension or meta"),
    ],
)
def test_what_cannot_be_made_is_said(engine, money, tmp_path, take, why):
    with pytest.raises(Exception, match=why) as error:
        by_order(engine, tmp_path, money(["CNY"] * 3), take)
    assert error.value.sentence["zh-CN"]


def test_a_window_needs_moments_and_a_key_is_no_rating(engine, money, base_and_other, tmp_path):
    with pytest.raises(ModelError, match="no column of moments"):
        by_order(
            engine, tmp_path, money(["CNY"] * 3), Take("x", How.COUNT), window=Window(Side.BEFORE)
        )
    parents = base_and_other([("甲", 0)], [("甲", 1, "1", "鱼")])
    link = Link("other", (Key("推荐", "客户号"),), (Take("x", How.COUNT),))
    with pytest.raises(ModelError, match="cannot be a key"):
        build_model(Place(engine, tmp_path, NOW), LinkPlan("base", (link,)), parents)


def test_a_preview_shows_the_first_rows_as_they_will_be(engine, base_and_other, tmp_path):
    answers, orders = many_to_many(7)
    parents = base_and_other(answers, orders)
    window = Window(Side.AFTER, 30)
    whole, model = linked(engine, tmp_path, parents, window)
    (tmp_path / "p").mkdir()
    shown, preview = linked(engine, tmp_path / "p", parents, window, first=20)
    assert len(shown) == 20
    assert all(whole[key] == row for key, row in shown.items())
    assert preview.facts[0] | {"base_with_rows": 0} == model.facts[0] | {"base_with_rows": 0}


def test_clocks_of_two_zones_are_compared_at_the_same_moment(engine, base_and_other, tmp_path):
    orders = [("甲", 23.5, "1", "早"), ("甲", 25.5, "1", "晚"), ("乙", 900.5, "1", "尾")]
    parents = base_and_other([("甲", 32.5)], orders)
    take = (Take("单数", How.COUNT, role=Role.OUTCOME), Take("首", How.FIRST, "品类"))
    window = Window(Side.AFTER, 1)
    rows, _ = linked(engine, tmp_path, parents, window, take)
    assert (rows["A0"]["单数"], rows["A0"]["首"]) == (0.0, None)
    # 25:30 in London is 33:30 in Shanghai, an hour after the answer.
    away = replace(parents["other"].snapshot, zone="Europe/London")
    parents["other"] = replace(parents["other"], snapshot=away)
    rows, _ = linked(engine, tmp_path, parents, window, take)
    assert (rows["A0"]["单数"], rows["A0"]["首"]) == (1.0, "晚")


def test_two_links_and_two_keys_stand_beside_each_other(engine, base_and_other, tmp_path):
    parents = base_and_other(
        [("甲", 1), ("乙", 2)], [("甲", 3, "1", "鱼"), ("甲", 4, "2", "米"), ("乙", 5, "3", "米")]
    )
    by_goods = Link(
        "other",
        (Key("客户", "客户号"),),
        (Take("米数", How.COUNT, role=Role.OUTCOME),),
        where=(Condition("品类", ("米",)),),
    )
    money = Link("other", (Key("客户", "客户号"),), (Take("花费", How.SUM, "金额"),))
    twice = Link(
        "other",
        (Key("客户", "客户号"), Key("编号", "品类")),
        (Take("没有", How.ANY, role=Role.DIMENSION),),
    )
    plan = LinkPlan("base", (by_goods, money, twice))
    model = build_model(Place(engine, tmp_path, NOW), plan, parents)
    rows = {row["编号"]: row for row in engine.run(model.rows).to_pylist()}
    assert [(rows[k]["米数"], rows[k]["花费"], rows[k]["没有"]) for k in ("A0", "A1")] == [
        (1.0, 3, "否"),
        (1.0, 3, "否"),
    ]
    assert [one["cardinality"] for one in model.facts] == ["1:1", "1:n", "none"]


@pytest.mark.parametrize(
    ("window", "found"),
    [
        (Window(Side.AFTER, 1), ["后一小时", "后一天"]),
        (Window(Side.BEFORE, 1), ["前一天", "前一小时"]),
        (Window(Side.BEFORE), ["头", "前一天", "前一小时"]),
        (Window(Side.AROUND, 1), ["前一天", "前一小时", "同时", "后一小时", "后一天"]),
    ],
)
def test_which_ends_of_a_window_count(engine, base_and_other, tmp_path, window, found):
    """The very moment of the answer is neither before nor after it; the last moment counts."""
    gaps = {
        "头": -99, "前一天": -24, "前一小时": -1, "同时": 0, "后一小时": 1, "后一天": 24,
        "后一天多": 25, "尾": 99,
    }  # fmt: skip
    orders = [("甲", 200.25 + gap, "1", name) for name, gap in gaps.items()]
    take = (
        Take("单数", How.COUNT, role=Role.OUTCOME),
        Take("首", How.FIRST, "品类"),
        Take("末", How.LAST, "品类"),
    )
    rows, _ = linked(engine, tmp_path, base_and_other([("甲", 200.25)], orders), window, take)
    assert rows["A0"]["单数"] == len(found)
    assert (rows["A0"]["首"], rows["A0"]["末"]) == (found[0], found[-1])


@pytest.mark.parametrize(
    ("window", "answer", "known"),
    [
        (Window(Side.AFTER, 2), 100.5 - 48, True),
        (Window(Side.AFTER, 2), 100.75 - 48, False),
        (Window(Side.BEFORE, 2), 48.0, True),
        (Window(Side.BEFORE, 2), 47.75, False),
        (Window(Side.AROUND, 2), 50.0, True),
        (Window(Side.AROUND, 2), 53.0, False),
    ],
)
def test_a_window_is_complete_to_the_last_row_and_from_the_first_day(
    engine, base_and_other, tmp_path, window, answer, known
):
    orders = [("乙", 10.5, "1", "头"), ("乙", 100.5, "1", "尾")]
    take = (Take("单数", How.COUNT, role=Role.OUTCOME),)
    parents = base_and_other([("甲", answer), ("丙", 60.25)], orders)
    rows, _ = linked(engine, tmp_path, parents, window, take)
    assert rows["A0"]["单数"] == (0.0 if known else None)
