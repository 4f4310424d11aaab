"""Events on the trends of a board's files: where their lines stand, and what the numbers say."""

from __future__ import annotations

from datetime import date

from huiyin.core.text import EN, ZH
from huiyin.report.boards.marked import Happened, marked

MONTHS = [date(2025, month, 1) for month in range(1, 13)]
OPTION = {"xAxis": {"data": [str(one) for one in MONTHS]}, "series": [{"type": "line"}]}
OUTAGE = Happened("支付中断", date(2025, 3, 15), date(2025, 3, 16))
SALE = Happened("618", date(2025, 6, 18), date(2025, 6, 18))


def lines(option):
    return [(one["xAxis"], one["label"]["formatter"])
            for one in option["series"][-1]["markLine"]["data"]]  # fmt: skip


def test_each_event_stands_in_its_period_and_is_told_below():
    option, legend = marked(OPTION, MONTHS, [OUTAGE, SALE], ZH)
    assert lines(option) == [(2, "1"), (5, "2")]
    assert legend == "虚线是当时的事：1 支付中断（2025-03-15 – 2025-03-16）；2 618（2025-06-18）"
    assert OPTION["series"] == [{"type": "line"}]
    assert marked(OPTION, MONTHS, [OUTAGE], EN)[1] == (
        "Dashed lines are events: 1 支付中断 (2025-03-15 – 2025-03-16)"
    )


def test_events_of_one_period_share_a_line_and_many_are_counted():
    many = [Happened(f"{n}", date(2025, 3, n), date(2025, 3, n)) for n in range(1, 16)]
    option, legend = marked(OPTION, MONTHS, many, ZH)
    assert lines(option) == [(2, "1–15")]
    assert legend.endswith("12 12（2025-03-12），另有 3 件")


def test_what_began_before_the_chart_stands_at_its_beginning():
    option, _ = marked(OPTION, MONTHS, [Happened("旧", date(2024, 1, 1), date(2025, 2, 1))], ZH)
    assert lines(option) == [(0, "1")]


def test_where_nothing_happened_nothing_is_drawn():
    assert marked(OPTION, MONTHS, [], ZH) == (OPTION, "")
