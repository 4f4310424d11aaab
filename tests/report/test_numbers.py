"""How a number looks."""

from dataclasses import replace

import pytest

from huiyin.core.absence import NotEstimable, Reason
from huiyin.core.text import Text
from huiyin.measure.contracts import Against, Call, Cell, Comparison, Counted, Unit
from huiyin.report.numbers import (
    absence,
    answers,
    chip,
    difference,
    estimate,
    evidence,
    interval,
    number,
    p_stated,
    p_value,
    per_ten_thousand,
)


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (31.24, Unit.NPS, "+31.2"),
        (-3.0, Unit.NPS, "−3.0"),
        (0.0, Unit.NPS, "0.0"),
        (-0.04, Unit.NPS, "0.0"),
        (78.34, Unit.POINTS, "78.3"),
        (0.7124, Unit.SHARE, "71.2%"),
        (0.0, Unit.SHARE, "0.0%"),
        (3.918, Unit.SCALE, "3.92"),
        (1234.5, Unit.AMOUNT, "1,234"),
        (12.345, Unit.AMOUNT, "12.35"),
        (None, Unit.POINTS, "—"),
    ],
)
def test_estimates(value, unit, shown):
    assert number(value, unit, "zh-CN") == number(value, unit, "en") == shown


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (4.1, Unit.NPS, "+4.1", "+4.1"),
        (-3.02, Unit.POINTS, "−3.0", "−3.0"),
        (0.042, Unit.SHARE, "+4.2 个百分点", "+4.2 pp"),
        (-120.4, Unit.AMOUNT, "−120.4", "−120.4"),
        (-11_520.0, Unit.SECONDS, "−3.2 小时", "−3.2 h"),
    ],
)
def test_differences_say_their_unit(value, unit, zh, en):
    assert difference(value, unit, "zh-CN") == zh
    assert difference(value, unit, "en") == en


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [(0.0, "0 秒", "0 s"), (119.0, "119 秒", "119 s"), (184.0, "3.1 分钟", "3.1 min"),
     (7_200.0, "2.0 小时", "2.0 h"), (200_000.0, "2.3 天", "2.3 d")],
)  # fmt: skip
def test_durations_are_told_in_words(seconds, zh, en):
    assert number(seconds, Unit.SECONDS, "zh-CN") == zh
    assert number(seconds, Unit.SECONDS, "en") == en
    assert interval(seconds, seconds, Unit.SECONDS, "zh-CN") == f"[{zh}, {zh}]"


def cell_with(comparison, unit=Unit.NPS, **more):
    return Cell(
        {}, "x", Text.same("x"), unit, 1.0, 0.0, 2.0, 0.95, 99, 99, 99.0, "t",
        comparison=comparison, **more,
    )  # fmt: skip


def test_groups_differ_and_times_change():
    """The same call reads otherwise where nothing can have changed."""
    for against, zh, en in (
        (Against.PREVIOUS, "● 基本持平", "● no meaningful change"),
        (Against.REST, "● 基本持平", "● about the same"),
    ):
        compared = Comparison(against, 1.0, 0.1, -0.2, 0.3, 0.6, 0.7, 2.0, 1, Call.STABLE)
        cell = cell_with(compared, Unit.POINTS)
        assert str(chip(cell, "zh-CN")) == zh
        assert str(chip(cell, "en")) == en


def test_interval_and_count():
    assert interval(27.9, 34.5, Unit.NPS, "en") == "[27.9, 34.5]"
    assert interval(-1.0, 8.0, Unit.NPS, "en") == "[−1.0, 8.0]"
    assert interval(0.691, 0.733, Unit.SHARE, "en") == "[69.1%, 73.3%]"
    assert interval(None, 3.0, Unit.NPS, "en") == ""
    assert answers(1842, "zh-CN") == "1,842 份"
    assert answers(1842, "en") == "n = 1,842"


def test_p_is_never_zero():
    assert p_value(0.0) == "< 0.001"
    assert p_stated(0.0312) == "= 0.031"
    assert p_stated(1e-9) == "< 0.001"


def compared(
    call, difference=4.1, n_more=None, against="previous", *, far=False, alone=False
) -> Comparison:
    return Comparison(
        against, None, difference, 1.0, 7.0, 0.01, 0.01, 5.0, 3, call, n_more,
        beyond_reach=far, only_alone=alone,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("comparison", "zh", "en", "tone"),
    [
        (compared(Call.REAL), "▲ 真变化 +4.1", "▲ real change +4.1", "good"),
        (compared(Call.REAL, -3.0), "▼ 真变化 −3.0", "▼ real change −3.0", "bad"),
        (compared(Call.REAL, against="rest"), "▲ 真差别 +4.1", "▲ real difference +4.1", "good"),
        (compared(Call.STABLE), "● 基本持平", "● no meaningful change", "neutral"),
        (compared(Call.CANNOT_TELL, n_more=312), "◌ 无法判断（还差约 312 份）",
         "◌ cannot tell (about 312 more answers needed)", "unknown"),
        (compared(Call.CANNOT_TELL), "◌ 无法判断", "◌ cannot tell", "unknown"),
        (compared(Call.CANNOT_TELL, n_more=14_109, far=True),
         "◌ 无法判断（若只差 5.0，再多 10 倍也分不清）",
         "◌ cannot tell (ten times as many would not tell a difference of 5.0)", "unknown"),
        (compared(Call.CANNOT_TELL, n_more=312, alone=True),
         "◌ 无法判断（单看像有差别，同时比了 3 处，校正后不算）",
         "◌ cannot tell (seems to differ, but not when corrected for 3 comparisons)", "unknown"),
        (compared(None), "◌ 无法检验", "◌ cannot test", "unknown"),
    ],
)  # fmt: skip
def test_chips_have_shape_and_word(comparison, zh, en, tone):
    mark = chip(cell_with(comparison), "zh-CN")
    assert (str(mark), mark.tone) == (zh, tone)
    assert str(chip(cell_with(comparison), "en")) == en


def test_orders_are_no_answers():
    orders = cell_with(compared(Call.CANNOT_TELL, n_more=312), counted=Counted.ORDERS)
    assert evidence(orders, "zh-CN").endswith(" · 99 单")
    assert evidence(orders, "en").endswith(" · n = 99")
    assert str(chip(orders, "zh-CN")) == "◌ 无法判断（还差约 312 单）"
    assert str(chip(orders, "en")) == "◌ cannot tell (about 312 more orders needed)"
    few = NotEstimable(Reason.SUPPRESSED, 4, 10)
    hidden = replace(orders, counted=Counted.TICKETS, not_estimable=few)
    assert estimate(hidden, "zh-CN") == "— 少于 10 张工单，不显示"
    assert estimate(hidden, "en") == "— fewer than 10 tickets, not shown"


def test_a_rise_is_bad_where_lower_is_better():
    assert (
        chip(cell_with(compared(Call.REAL), Unit.SHARE), "en", higher_is_better=False).tone == "bad"
    )


def test_absence_is_a_dash_and_a_reason():
    assert absence(NotEstimable(Reason.SUPPRESSED, 4, 10), "zh-CN") == "— 少于 10 份，不显示"
    assert absence(NotEstimable(Reason.SUPPRESSED, 4, 25), "zh-CN") == "— 少于 25 份，不显示"
    assert absence(NotEstimable(Reason.SUPPRESSED), "en") == "— too few customers, not shown"
    assert absence(NotEstimable(Reason.NO_ANSWERS), "en") == "— no valid answers"


@pytest.mark.parametrize(
    ("metric", "estimate", "zh", "en"),
    [
        (
            "complaint_rate",
            0.00423,
            "每万单 42.3 [38.1, 46.9]",
            "42.3 [38.1, 46.9] per 10,000 orders",
        ),
        (
            "complained_orders:工单",
            0.0,
            "每万单 0.0 [38.1, 46.9]",
            "0.0 [38.1, 46.9] per 10,000 orders",
        ),
        ("complaint_rate", 0.01, "", ""),
        ("complaint_rate", None, "", ""),
        ("satisfied:总体", 0.004, "", ""),
    ],
)
def test_rare_complaints_are_said_per_ten_thousand_orders(metric, estimate, zh, en):
    ends = (None, None) if estimate is None else (0.00381, 0.00469)
    cell = Cell(
        by={}, metric=metric, label=Text("投诉率", "complaint rate"), unit=Unit.SHARE,
        estimate=estimate, low=ends[0], high=ends[1], level=0.95, n=90_000, n_customers=80_000,
        n_effective=None, method="score_rate",
    )  # fmt: skip
    assert per_ten_thousand(cell, "zh-CN") == zh
    assert per_ten_thousand(cell, "en") == en
    assert zh in evidence(cell, "zh-CN")
