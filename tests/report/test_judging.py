"""What a document calls good or bad, and what it leaves open."""

from dataclasses import replace

from huiyin.analyse.contracts import LevelShare
from huiyin.codebook.contracts import Role
from huiyin.core.text import EN, ZH, Text
from huiyin.measure.contracts import Against, Call, Unit
from huiyin.report.charts.labels import wrapped
from huiyin.report.charts.likert import same_scale
from huiyin.report.charts.linkage import linkage_chart
from huiyin.report.charts.matrix import matrix_chart
from huiyin.report.charts.rows import Look, Row, axis_ends, axis_step
from huiyin.report.code_names import call_name, flag_names, method_name
from huiyin.report.html import render_html
from huiyin.report.slides_page import Area, Entry, Grid
from huiyin.report.workbook_cells import call_shown


def happened(question, name):
    levels = tuple(
        LevelShare(said.say(EN), code, 50, 0.5, 0.4, 0.6, said)
        for said, code in ((Text("否", "no"), 0.0), (Text("是", "yes"), 1.0))
    )
    return replace(question, column=name, role=Role.OUTCOME, levels=levels)


def test_what_happened_is_drawn_as_neither_good_nor_bad(findings):
    """Churn “yes” among the ratings would stand in the colour of the happy."""
    events = [happened(findings.questions[0], name) for name in ("churn", "left")]
    assert same_scale(events) == []


def test_a_real_difference_of_an_outcome_is_not_judged(findings):
    link = next(
        k for k in findings.linkages
        if k.bands and k.bands[-1].comparison and k.bands[-1].comparison.call is Call.REAL
    )  # fmt: skip
    option = linkage_chart(link, EN).option
    words = "".join(option["yAxis"][1]["data"])
    assert "real difference" in words
    assert "{good|" not in words
    assert "{bad|" not in words


def test_the_workbook_does_not_judge_an_outcome_either():
    assert call_shown(Call.REAL, 2.0, EN, higher_is_better=None).tone is None
    assert call_shown(Call.REAL, 2.0, EN).tone == "good"


def test_about_the_same_is_said_of_an_outcome_that_is(findings):
    link = next(k for k in findings.linkages if k.bands and k.bands[-1].comparison)
    *first, last = link.bands
    same = replace(last, comparison=replace(last.comparison, call=Call.STABLE))
    assert linkage_chart(replace(link, bands=(*first, same)), EN).caption.endswith(
        "about the same."
    )


def test_ticks_of_an_axis_are_round():
    """From 77.5 to 86.6 a step of two became one of five, and ticks stood at 76, 81, 86."""
    rows = [Row("a", 80.1, 77.5, 82.8, "80.1"), Row("b", 85.9, 85.2, 86.6, "85.9")]
    low, high = axis_ends(rows, Look(Unit.POINTS))
    assert (low, high, axis_step(low, high)) == (75.0, 90.0, 5.0)


def test_each_method_has_a_name():
    assert method_name("chi_square_permutation").say(EN) != "chi_square_permutation"


def test_one_driver_makes_no_matrix(findings):
    alone = replace(findings.drivers, drivers=findings.drivers.drivers[:1])
    assert matrix_chart(findings.drivers, EN) is not None
    assert matrix_chart(alone, EN) is None


def test_groups_differ_where_time_changes():
    assert call_name(Call.REAL, 2.0, Against.REST).say(EN) == "▲ real difference"
    assert call_name(Call.REAL, -2.0, Against.PREVIOUS).say(EN) == "▼ real change"
    assert call_name(Call.REAL, 2.0, Against.SAME_WEEKDAYS).say(EN) == "▲ real change"
    assert call_name(Call.REAL, 2.0, "2024-01-01..2024-03-31").say(EN) == "▲ real change"
    assert call_name(Call.REAL, 2.0, "渠道=a..b").say(EN) == "▲ real difference"
    assert call_name(Call.STABLE, 0.1, Against.REST).say(EN) == "● about the same"


def test_flags_are_listed_with_the_marks_of_their_language():
    assert flag_names(("small_sample", "weighted"), EN) == "small sample; weighted"
    assert flag_names(("small_sample", "weighted"), ZH) == "小样本；已加权"


def test_a_label_breaks_between_words_not_within():
    assert wrapped("Product dissatisfaction") == "Product\ndissatisfaction"


def test_notes_that_all_outcomes_share_stand_once(findings):
    note = Text("都一样的说明。", "The same note for all.")
    link = next(replace(k, notes=(note,)) for k in findings.linkages if k.bands)
    links = (link, replace(link, outcome_label=Text("投诉", "complaints")))
    page = render_html(replace(findings, linkages=links), ZH)
    assert page.count("都一样的说明。") == 1


def test_rows_are_shared_out_evenly_over_slides():
    rows = tuple((Entry(f"row {i}"),) for i in range(12))
    grid = Grid(("name",), rows, (1.0,), size=12)
    header, heights = grid.heights(Area().width)
    room = replace(Area(), height=header + 10 * heights[0])
    assert [len(page.rows) for page in grid.pages(room)] == [6, 6]
