"""A board on paper: its pages are full, and a table has only rows that say something."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pytest
from aspects import of_aspects
from pptx import Presentation
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from huiyin.analyse.boards.contracts import TileKind
from huiyin.core.absence import NotEstimable, Reason
from huiyin.measure.contracts import Call, Comparison, Unit
from huiyin.report.boards.paper import BoardPaper, Duty, PaperTile, Quote
from huiyin.report.boards.pdf import NARROWEST_PLOT, PAGE_PIXELS, _pictures, board_pdf
from huiyin.report.boards.sheets import board_xlsx
from huiyin.report.boards.slides import board_pptx
from huiyin.report.charts.rows import Look, Row, rows_height, rows_option
from huiyin.report.html import asset
from huiyin.report.slides_measure import points
from huiyin.report.slides_page import CARD_PAD, Words
from huiyin.report.views.kinds import heat

GROUPS = 10


def pages(*tiles):
    paper = BoardPaper("运营", "", "zh-CN", (("时间", "全部时间"),), tiles)
    return [one.extract_text() for one in PdfReader(BytesIO(board_pdf(paper))).pages]


def chart(title):
    rows = [Row(f"{title}{i}", 0.5, 0.4, 0.6, "50.0%", "[40.0%, 60.0%]") for i in range(GROUPS)]
    option = rows_option(rows, Look(Unit.SHARE, "bar"), "zh-CN")
    height = rows_height(GROUPS)
    return PaperTile(TileKind.VIEW, title, 6, caption="发现一句。", option=option, height=height)


def test_two_rows_of_charts_fill_a_page():
    told = pages(*(chart(f"图{i}") for i in range(4)))
    assert len(told) == 1
    assert "图3" in told[0]


def test_words_beside_nothing_run_across_and_leave_no_gap_before_them():
    duties = tuple(Duty(f"第{i}个数没达标。", f"做第{i}件事。") for i in range(6))
    tiles = (
        chart("甲"),
        PaperTile(TileKind.TODO, "先做什么", 6, duties=duties),
        chart("乙"),
        PaperTile(TileKind.VOICES, "原话", 6, quotes=(Quote("排队久", "华南"),) * 5),
    )
    paper = BoardPaper("运营", "", "zh-CN", (), tiles)
    assert [[(one.title, one.width) for one in row] for row in paper.rows] == [
        [("甲", 6), ("乙", 6)],
        [("先做什么", 12)],
        [("原话", 12)],
    ]
    assert len(pages(*tiles)) == 1


@pytest.mark.parametrize(
    ("heard", "silent", "told"),
    [
        (4, 0, "没有未达标的，也没有真的变差的。"),
        (4, 2, "没有未达标的，也没有真的变差的。另有 2 块没有数可看，不在其内。"),
        (0, 3, "看板上还没有一块有数可看，说不出先做什么。"),
    ],
)
def test_files_say_what_nothing_to_do_stands_on(heard, silent, told):
    tile = PaperTile(TileKind.TODO, "先做什么", 6, heard=heard, silent=silent)
    paper = BoardPaper("运营", "", "zh-CN", (), (tile,))
    slides = Presentation(BytesIO(board_pptx(paper))).slides
    cells = [cell.text for slide in slides for shape in slide.shapes if shape.has_table
             for row in shape.table.rows for cell in row.cells]  # fmt: skip
    book = CalamineWorkbook.from_filelike(BytesIO(board_xlsx(paper)))
    lines = [str(cell) for name in book.sheet_names
             for row in book.get_sheet_by_name(name).to_python() for cell in row]  # fmt: skip
    (page,) = pages(tile)
    assert told in "".join(page.split()).replace("另有2块", "另有 2 块")
    assert told in cells
    assert told in lines


def test_a_table_prints_what_can_be_read_and_says_how_many_groups_it_leaves_out(findings):
    (known, *_), few = findings.scorecard.cells, NotEstimable(Reason.SUPPRESSED, 4, 10)
    hidden = replace(known, estimate=None, low=None, high=None, not_estimable=few)

    def table(*cells):
        result = replace(findings.scorecard, cells=cells)
        return PaperTile(TileKind.VIEW, "各店", 6, result=result, caption="每一组都太少。")

    (only,) = pages(table(*[hidden] * 400))
    assert "不显示" not in only
    (some,) = pages(table(*[hidden] * 400, *[known] * 15))
    assert some.count("+31.2") == 12
    assert "另有 403 组" in some


def test_a_number_is_printed_with_what_it_counts(findings):
    one = replace(findings.scorecard, cells=findings.scorecard.cells[:1])
    (page,) = pages(PaperTile(TileKind.NUMBER, "NPS", 6, result=one))
    assert f"口径：{one.definition[0].formula.say()}" in page.replace("\n", "")


def test_a_number_of_a_workbook_says_of_which_days_and_data_it_is(findings):
    one = replace(findings.scorecard, cells=findings.scorecard.cells[:1])
    tile = PaperTile(TileKind.NUMBER, "NPS", 6, result=one, note="2026-08-01 至 2026-10-31")
    book = board_xlsx(BoardPaper("销售", "", "zh-CN", (), (tile,)))
    (sheet,) = CalamineWorkbook.from_filelike(BytesIO(book)).sheet_names
    rows = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_name(sheet).to_python()
    (at,) = [place for place, row in enumerate(rows) if "看板块" in row]
    line = dict(zip(rows[at], rows[at + 1], strict=True))
    assert (line["看板块"], line["时间和数据"]) == ("NPS", "2026-08-01 至 2026-10-31")


def test_long_words_of_a_number_stay_on_its_card(findings):
    one = replace(findings.scorecard, cells=findings.scorecard.cells[:1])
    title = "Satisfied with internal services of all sites"
    note = "2026-08-01 to 2026-10-31 · " * 9
    deck = Presentation(
        BytesIO(
            board_pptx(
                BoardPaper("HR", "", "en", (), (
                    PaperTile(TileKind.NUMBER, "NPS", 3, result=one),
                    PaperTile(TileKind.NUMBER, title, 3, result=one, note=note),
                ))
            )
        )
    )  # fmt: skip
    cards = [s for s in deck.slides[-1].shapes if s.has_text_frame and "n = " in s.text_frame.text]
    for card in cards:
        lines = [
            Words(run.text, run.font.size.pt, bold=bool(run.font.bold))
            for part in card.text_frame.paragraphs
            for run in part.runs
        ]
        room = points(card.width - 2 * CARD_PAD)
        assert sum(line.height(room) for line in lines) <= points(card.height)
    plain, long = (card.text_frame.paragraphs[0].runs[0].font.size.pt for card in cards)
    assert (plain, long < plain) == (13, True)


def test_rows_of_several_metrics_say_which_and_their_call_in_both_files(findings):
    one = findings.scorecard
    step = Comparison("rest", 1.0, 3.0, 1.0, 5.0, 0.01, 0.02, 2.0, 2, Call.REAL)
    cells = [replace(c, by={"品牌": "示例"}, comparison=step) for c in one.cells[:2]]
    result = replace(one, cells=tuple(cells), definition=one.definition[:2])
    tile = PaperTile(TileKind.VIEW, "各方面", 12, result=result)
    slide = Presentation(BytesIO(board_pptx(BoardPaper("竞品", "", "zh-CN", (), (tile,))))).slides[
        -1
    ]
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    on_slide = [cell.text for row in table.rows for cell in row.cells]
    (page,) = pages(tile)
    for cell in cells:
        assert f"示例 · {cell.label.say()}" in on_slide
        assert f"示例 · {cell.label.say()}" in page.replace("\n", "")
    assert sum("真差别" in words for words in on_slide) == page.count("真差别") == 2


def test_a_slide_leaves_out_hidden_groups_and_says_how_many(findings):
    (known, *_), few = findings.scorecard.cells, NotEstimable(Reason.SUPPRESSED, 4, 10)
    hidden = replace(known, estimate=None, low=None, high=None, not_estimable=few)
    result = replace(findings.scorecard, cells=(*[hidden] * 40, *[known] * 14))
    tile = PaperTile(TileKind.VIEW, "各店", 12, result=result, caption="各店不同。")
    deck = Presentation(BytesIO(board_pptx(BoardPaper("运营", "", "zh-CN", (), (tile,)))))
    shapes = [shape for slide in list(deck.slides)[1:] for shape in slide.shapes]
    rows = [row for one in shapes if one.has_table for row in list(one.table.rows)[1:]]
    assert len(rows) == 12
    assert not any("不显示" in cell.text for row in rows for cell in row.cells)
    assert any("另有 42 组" in one.text_frame.text for one in shapes if one.has_text_frame)


@pytest.mark.parametrize("n_events", [1, 14])
def test_what_is_told_above_a_chart_on_a_slide_ends_before_it(n_events):
    told = "虚线是当时的事：" + "；".join(
        f"{i} 五一促销（2025-05-01 – 2025-05-05）" for i in range(1, n_events + 1)
    )
    paper = BoardPaper("运营", "", "zh-CN", (), (replace(chart("走势"), note=told),))
    shapes = list(Presentation(BytesIO(board_pptx(paper))).slides[-1].shapes)
    (lead,) = [one for one in shapes if one.has_text_frame and told in one.text_frame.text]
    (picture,) = [one for one in shapes if hasattr(one, "image")]
    needed = Words(lead.text_frame.text, 13).height(points(lead.width))
    assert needed <= points(lead.height)
    assert lead.top + lead.height <= picture.top
    assert points(picture.height) > 150


@pytest.mark.parametrize(("call", "scaled"), [("", False), ("真差别 +15.6 个百分点", True)])
def test_bars_beside_long_words_keep_their_room_in_half_a_page(call, scaled):
    row = Row("华东", 0.8, 0.7, 0.9, "84.6%", "[77.9%, 89.5%] · 149 份", chip=call)
    option = rows_option([row], Look(Unit.SHARE, "bar"), "zh-CN")
    tile = PaperTile(TileKind.VIEW, "各大区", 6, option=option, height=rows_height(1))
    svg = str(_pictures("serif")(tile))
    width = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])
    assert width - option["grid"]["left"] - option["grid"]["right"] >= NARROWEST_PLOT
    assert (width > PAGE_PIXELS / 2) is scaled


def test_a_field_of_a_heat_map_prints_its_number_over_its_interval():
    """The PDF library leaves out what is set in the short form of CSS: the number itself."""
    figure = heat.draw(of_aspects())
    view = PaperTile(TileKind.VIEW, "各方面", 6, option=figure.option, height=figure.height)
    said = printed(view)
    assert said.count("[55.0, 65.0]") == 12
    assert all(f"{60 + i}.0" in said for i in range(4))


@pytest.mark.parametrize(("n", "names", "whole"), [(3, "价格", True), (9, "价格", False)])
def test_a_heat_map_in_half_a_page_names_every_column_and_writes_what_fits(n, names, whole):
    figure = heat.draw(of_aspects(aspects=[f"价格{i}" for i in range(n)]))
    view = PaperTile(TileKind.VIEW, "各方面", 6, option=figure.option, height=figure.height)
    said = printed(view)
    assert all(f"{names}{i}" in said.replace("\n", "") for i in range(n))
    assert ("[55.0, 65.0]" in said) is whole


def printed(tile):
    return "".join(pages(tile))


def test_of_a_hidden_number_no_file_says_how_many_answers_there_are(findings):
    few = NotEstimable(Reason.SUPPRESSED, 0, 10)
    hidden = replace(
        findings.scorecard.cells[0],
        estimate=None,
        low=None,
        high=None,
        n=0,
        n_customers=0,
        not_estimable=few,
    )
    tile = PaperTile(TileKind.NUMBER, "NPS", 6, result=replace(findings.scorecard, cells=(hidden,)))
    (page,) = pages(tile)
    deck = Presentation(BytesIO(board_pptx(BoardPaper("销售", "", "zh-CN", (), (tile,)))))
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    slides = " ".join(one.text_frame.text for one in shapes if one.has_text_frame)
    for said in (page, slides):
        assert "少于 10 份，不显示" in said
        assert "0 份" not in said.replace("少于 10 份", "")
    view = replace(tile, kind=TileKind.VIEW, title="各店")
    book = board_xlsx(BoardPaper("销售", "", "zh-CN", (), (tile, view)))
    for sheet in ("看板", "各店"):
        rows = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_name(sheet).to_python()
        (at,) = [place for place, row in enumerate(rows) if "份数 n" in row]
        line = dict(zip(rows[at], rows[at + 1], strict=True))
        assert (line["份数 n"], line["客户数"]) == ("", "")


@pytest.mark.parametrize("sheet", ["board.css", "print.css"])
def test_quotation_marks_of_a_chinese_face_take_half_a_square_in_english(sheet):
    assert 'html:lang(en){font-feature-settings:"pwid"}' in asset(sheet)
