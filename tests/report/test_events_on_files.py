"""Events on the trends of files: where their lines stand, and what the numbers say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

from pptx import Presentation
from pypdf import PdfReader

from huiyin.analyse.contracts import Happened
from huiyin.core.text import EN, ZH
from huiyin.report.charts.marked import marked
from huiyin.report.charts.trend import trend_chart, with_events
from huiyin.report.content import content
from huiyin.report.page import Figure
from huiyin.report.palette import PAPER
from huiyin.report.pdf import render_pdf, without_outlines
from huiyin.report.slides import write_pptx

LINE_Z = 3
"""Of a line of ECharts that names none."""
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


def test_lines_of_events_run_over_the_bands_and_under_the_values(findings):
    first, *_ = findings.trends
    day = next(date.fromisoformat(c.by["period"]) for c in first.cells if c.by["period"])
    drawn = trend_chart(first, ZH)
    *bands, curve, events = with_events(drawn, first, [Happened("", day, day)], ZH)[0].option[
        "series"
    ]
    assert max(band.get("z", LINE_Z) for band in bands) < events["markLine"]["z"] < curve["z"]
    on_paper = without_outlines({"series": [curve]})["series"][0]["label"]
    assert on_paper["backgroundColor"] == PAPER, "dashes show between two figures"


def test_what_began_before_the_chart_stands_at_its_beginning():
    option, _ = marked(OPTION, MONTHS, [Happened("旧", date(2024, 1, 1), date(2025, 2, 1))], ZH)
    assert lines(option) == [(0, "1")]


def test_where_nothing_happened_nothing_is_drawn():
    assert marked(OPTION, MONTHS, [], ZH) == (OPTION, "")


def test_a_reports_trends_mark_what_happened_along_them(findings):
    first, *_ = findings.trends
    days = [date.fromisoformat(cell.by["period"]) for cell in first.cells if cell.by["period"]]
    within = Happened("支付中断", days[1], days[1])
    before = Happened("旧事", days[0] - timedelta(days=400), days[0] - timedelta(days=390))
    after = Happened("后事", days[-1] + timedelta(days=400), days[-1] + timedelta(days=400))
    told = replace(findings, events=(before, within, after))
    chapter = next(one for one in content(told, ZH).chapters if one.anchor == "trend")
    figures = [one for one in chapter.blocks if isinstance(one, Figure)]
    assert lines(figures[0].chart.option) == [(1, "1")]
    legend = f"虚线是当时的事：1 支付中断（{days[1]}）"
    assert figures[0].note == legend
    printed = "".join(one.extract_text() for one in PdfReader(BytesIO(render_pdf(told, ZH))).pages)
    assert "1 支付中断" in printed
    plain = next(one for one in content(findings, ZH).chapters if one.anchor == "trend")
    assert "虚线" not in repr(plain)


def test_a_deck_of_a_report_says_what_its_dashed_lines_are(findings, tmp_path):
    day = next(
        date.fromisoformat(cell.by["period"])
        for cell in findings.trends[0].cells
        if cell.by["period"]
    )
    write_pptx(replace(findings, events=(Happened("支付中断", day, day),)), tmp_path / "a.pptx", ZH)
    slides = Presentation(str(tmp_path / "a.pptx")).slides
    said = " ".join(s.text_frame.text for one in slides for s in one.shapes if s.has_text_frame)
    assert f"1 支付中断（{day}）" in said
