"""Every chart is valid: ECharts draws it, its texts fit, its axes are honest."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from huiyin.codebook.contracts import Codebook, Column, Role, Scale
from huiyin.core.absence import NotEstimable, Reason
from huiyin.core.text import Text
from huiyin.measure.contracts import Unit
from huiyin.report import studio
from huiyin.report.charts.aspects import aspects_chart
from huiyin.report.charts.cross import cell_mark
from huiyin.report.charts.groups import groups_chart
from huiyin.report.charts.labels import columns, without_shared_lead, wrapped
from huiyin.report.charts.likert import likert_chart, same_scale
from huiyin.report.charts.matrix import matrix_chart
from huiyin.report.charts.options import question_chart
from huiyin.report.charts.placing import Frame, place_labels
from huiyin.report.charts.rows import Look, Row, axis_ends, rows_option
from huiyin.report.charts.trend import period_name, trend_chart
from huiyin.report.content import content
from huiyin.report.draw import draw_png, draw_svg
from huiyin.report.html import figures
from huiyin.report.studio import DrawingError

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module", params=["zh-CN", "en"])
def charts(request, findings):
    return [figure.chart for figure in figures(content(findings, request.param))]


def test_each_kind_is_drawn(charts):
    kinds = {chart.kind for chart in charts}
    assert kinds == {
        "scorecard", "trend", "aspects", "drivers", "matrix", "groups", "linkage", "likert",
        "levels", "options", "cross",
    }  # fmt: skip


def test_options_are_plain_json_and_drawn_without_fault(charts):
    for chart in charts:
        json.dumps(chart.option, allow_nan=False)
        svg = draw_svg(chart.option, height=chart.height)
        assert svg.startswith("<svg")
        assert "NaN" not in svg, chart.kind
        assert "<script" not in svg


def test_each_caption_is_a_short_sentence(charts):
    for chart in charts:
        assert chart.caption.endswith(("。", ".")), chart.caption
        assert "{" not in chart.caption
        assert columns(chart.caption) < 280


def test_texts_stay_inside_the_picture(charts):
    """No text starts left of the picture or below it."""
    for chart in charts:
        svg = draw_svg(chart.option, height=chart.height)
        for x, y in re.findall(r"<text[^>]*translate\(([-\d.]+) ([-\d.]+)\)", svg):
            assert 0 <= float(x) <= 760, chart.kind
            assert 0 <= float(y) <= chart.height, chart.kind


def test_a_picture_has_letters(findings):
    """Without a named font the letters would be missing, and the picture smaller."""
    chart = aspects_chart(findings.aspects, "zh-CN")
    picture = draw_png(chart.option, height=chart.height)
    silent = json.loads(re.sub(r'"(data)": \["[^\]]*"\]', r'"\1": []', json.dumps(chart.option)))
    assert picture.startswith(PNG_SIGNATURE)
    assert len(picture) > 1.3 * len(draw_png(silent, height=chart.height))


def test_a_broken_option_is_a_sentence_and_the_next_chart_is_drawn():
    with pytest.raises(DrawingError):
        draw_svg({"series": [{"type": "bar", "data": [1]}]})
    assert draw_svg({"xAxis": {"data": ["a"]}, "yAxis": {}, "series": []}).startswith("<svg")


def test_charts_are_drawn_from_many_threads_while_the_context_is_renewed(monkeypatch):
    monkeypatch.setattr(studio, "RENEWED_AFTER", 3)
    option = {"xAxis": {"data": ["a"]}, "yAxis": {}, "series": [{"type": "bar", "data": [1]}]}
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(lambda _: draw_svg(option), range(24)))
    assert all(
        svg.startswith("<svg") and svg.count("<path") == drawn[0].count("<path") for svg in drawn
    )


def test_bars_start_at_zero_and_shares_stay_in_range():
    rows = [Row("", 0.9, 0.85, 0.99, ""), Row("", 0.8, 0.7, 0.9, "")]
    assert axis_ends(rows, Look(Unit.SHARE, mark="bar")) == (0.0, 100.0)
    low, high = axis_ends(rows, Look(Unit.SHARE))
    assert low >= 60
    assert high == 100.0
    assert axis_ends([], Look(Unit.NPS)) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("rows", "ticks"),
    [
        ([Row("a", 47_520, 36_000, 61_200, "13.2 h"), Row("b", None, None, None, "太少")],
         ["10 h", "12 h", "14 h", "16 h"]),
        ([Row("a", 95, 80, 110, "95 s")], ["80 s", "90 s", "100 s", "110 s"]),
        ([Row("a", 400_000, 300_000, 520_000, "4.6 d")], ["3 d", "4 d", "5 d"]),
    ],
)  # fmt: skip
def test_an_axis_of_durations_is_told_in_one_unit(rows, ticks):
    told = re.findall(
        r">([^<>]+ (?:s|min|h|d))</text>", draw_svg(rows_option(rows, Look(Unit.SECONDS), "en"))
    )
    assert [word for word in ticks if word in told] == ticks
    assert len({word.split()[1] for word in told}) == 1


def test_what_stands_beside_a_bar_has_the_room_it_takes():
    """The small words are drawn over 211 pixels."""
    small = "[79.6%, 100.0%] · n = 15 · small sample"
    rows = [Row("a", 0.99, 0.8, 1.0, "100.0%", small, chip="▲ real difference +20.4 pp")]
    rich = rows_option(rows, Look(Unit.SHARE), "en")["yAxis"][1]["axisLabel"]["rich"]
    assert rich["small"]["width"] > 211 + 8


def test_on_a_narrow_screen_an_absent_row_says_so():
    rows = [Row("a", 0.5, 0.4, 0.6, "50%"), Row("b", None, None, None, "少于 10 份，不显示")]
    (phone,) = rows_option(rows, Look(Unit.SHARE), "zh-CN")["media"]
    assert phone["option"]["yAxis"][1]["data"] == ["{main|50%}", "{main|—}"]


@pytest.mark.parametrize(
    ("chip", "tone", "sign"),
    [
        ("▲ 真差别 +8.4", "good", "▲"),
        ("◌ 无法判断", "unknown", "◌"),
        ("✗ 未达标  ▲ +3", "bad", "✗"),
    ],
)
def test_a_row_keeps_the_sign_of_its_call_on_a_phone(chip, tone, sign):
    rows = [Row("东店", 0.5, 0.4, 0.6, "50%", "", chip=chip, chip_tone=tone)]
    (phone,) = rows_option(rows, Look(Unit.SHARE), "zh-CN")["media"]
    assert phone["option"]["yAxis"][1]["data"] == [f"{{main|50%}} {{{tone}|{sign}}}"]


def test_an_absent_cell_draws_no_mark(findings):
    chart = aspects_chart(findings.aspects, "zh-CN")
    data = chart.option["series"][0]["data"]
    assert data[-1]["value"][0] == "-"
    assert "少于 10 份" in chart.option["yAxis"][1]["data"][-1]


def test_nothing_to_draw_is_no_chart(findings):
    absent = NotEstimable(Reason.NO_ANSWERS)
    cells = tuple(
        replace(c, estimate=None, low=None, high=None, not_estimable=absent)
        for c in findings.aspects.cells
    )
    assert aspects_chart(replace(findings.aspects, cells=cells), "zh-CN") is None
    assert matrix_chart(replace(findings.drivers, drivers=()), "en") is None
    trend = findings.trends[0]
    assert trend_chart(replace(trend, cells=trend.cells[:1]), "en") is None
    assert question_chart(findings.questions[-1], "en") is None


def test_many_groups_are_folded_and_counted(findings):
    shops = findings.groups[1]
    many = replace(shops, cells=shops.cells * 2)
    names = groups_chart(many, "zh-CN").option["yAxis"][1]["data"]
    assert len(names) == 25
    assert "24 组" in names[12]


def test_a_reversed_scale_is_turned_so_that_good_is_right(findings):
    questions = [q for q in findings.questions if len(q.levels) == 5][:2]
    book = Codebook(
        tuple(
            Column(q.column, Role.ASPECT, Text.same(q.column), Scale(1, 5, direction=-1))
            for q in questions
        )
    )
    assert same_scale(questions)[0][0].levels[0].code == 1
    assert same_scale(questions, book)[0][0].levels[0].code == 5


def test_likert_bars_add_up_on_both_sides(findings):
    group = same_scale(findings.questions)[0]
    series = likert_chart(group, "zh-CN").option["series"]
    total = sum(abs(s["data"][0]["value"]) for s in series)
    assert total == pytest.approx(100, abs=0.01)


@pytest.mark.parametrize(
    ("text", "width", "lines", "shown"),
    [
        ("交付", 22, 2, "交付"),
        ("从您下单到商品送达", 8, 2, "从您下单\n到商品…"),
        ("speed of the delivery", 12, 2, "speed of the\ndelivery"),
        ("x" * 30, 10, 1, "x" * 8 + "…"),
        ("", 10, 2, ""),
    ],
)
def test_labels_wrap_and_end_in_an_ellipsis(text, width, lines, shown):
    assert wrapped(text, width, lines) == shown


def test_names_of_near_points_take_different_sides():
    frame = Frame((0, 100), (0, 100), 600, 400)
    sides = place_labels([(50, 50), (52, 50), (51, 51)], ["交付效率"] * 3, frame)
    assert len(set(sides)) == 3
    crowd = place_labels([(50 + i / 10, 50) for i in range(9)], ["交付效率"] * 9, frame)
    assert crowd[0] is not None
    assert crowd[-1] is None


def test_names_drop_the_metric_they_share():
    assert without_shared_lead(["得分 · 质量", "得分 · 服务"]) == ["质量", "服务"]
    assert without_shared_lead(["得分 · 质量", "满意率 · 质量"]) == ["得分 · 质量", "满意率 · 质量"]
    assert without_shared_lead(["得分 · 质量"]) == ["得分 · 质量"]


def test_long_option_lists_are_cut_and_the_folded_rest_is_no_finding(findings):
    options = next(q for q in findings.questions if q.column == "了解途径")
    many = options.levels[1:] * 8 + options.levels[:1]
    chart = question_chart(replace(options, levels=many), "zh-CN")
    assert len(chart.option["series"][0]["data"]) == 16
    assert "短视频" in chart.caption


def test_names_at_the_right_edge_turn_left():
    frame = Frame((0, 100), (0, 100), 600, 400)
    assert place_labels([(99, 50)], ["a very long name"], frame)[0].startswith("left")


@pytest.mark.parametrize(
    ("period", "grain", "shown"),
    [
        ("2026-05-01", "month", "2026-05"),
        ("2026-04-01", "quarter", "2026 Q2"),
        ("2026-01-01", "year", "2026"),
        ("2026-05-04", "week", "2026-05-04"),
        (None, "month", "（未填写）"),
    ],
)
def test_periods_have_short_names(period, grain, shown):
    assert period_name(period, grain, "zh-CN") == shown


def test_every_interval_is_drawn_as_a_whisker(charts):
    for chart in charts:
        if chart.kind in {"aspects", "groups", "drivers", "linkage", "options", "levels"}:
            series = chart.option["series"][0]
            drawn = [d for d in series["data"] if d["value"] not in ("-", None)]
            drawn = [d for d in drawn if not (isinstance(d["value"], list) and "-" in d["value"])]
            pairs = [line for line in series["markLine"]["data"] if isinstance(line, list)]
            assert len(pairs) == len(drawn) > 0
            assert all(low["coord"][0] < high["coord"][0] for low, high in pairs)


def test_a_cell_above_expectation_is_marked_upwards(findings):
    table = findings.cross_tables[0]
    assert [cell_mark(table, 0, column) for column in range(3)] == ["▲", "", "▼"]


def test_a_name_keeps_off_the_whiskers_of_other_points():
    frame = Frame((0, 100), (0, 100), 700, 400)
    point, whisker = (50, 50), ((50, 53), (70, 53))
    assert place_labels([point], ["Delivery"], frame) == ["right top"]
    assert place_labels([point], ["Delivery"], frame, [whisker]) == ["left top"]
    words = [(*frame.pixel((20, 60)), *frame.pixel((49, 51)))]
    assert place_labels([point], ["Delivery"], frame, [whisker], words) == ["right bottom"]


def test_the_matrix_writes_a_name_whole_where_there_is_room(findings):
    name = "Departure and arrival time convenient"
    drivers = tuple(
        replace(driver, label=Text.same(name if i == 0 else f"Aspect {i}"))
        for i, driver in enumerate(findings.drivers.drivers)
    )
    chart = matrix_chart(replace(findings.drivers, drivers=drivers), "en")
    named = [d["name"] for d in chart.option["series"][0]["data"] if d["label"].get("show", True)]
    assert name in named


def test_on_a_phone_names_of_the_matrix_stay_in_the_picture(findings):
    chart = matrix_chart(findings.drivers, "zh-CN")
    narrow = chart.option["media"][0]["option"]["series"][0]["data"]
    (x_low, x_high) = (chart.option["xAxis"][end] for end in ("min", "max"))
    assert any(point["label"].get("show", True) for point in narrow)
    for point in narrow:
        if point["label"].get("show", True):
            left = (point["value"][0] - x_low) / (x_high - x_low) * 288
            width = columns(point["name"]) * 6.6 + 9
            end = left + width if point["label"]["position"] == "right" else left - width
            assert -5 <= end <= 293, point["name"]


def test_small_parts_of_a_rating_carry_no_number_on_a_phone(findings):
    (group, *_) = same_scale(findings.questions, findings.codebook)
    option = likert_chart(group, "zh-CN").option
    wide = [d for s in option["series"] for d in s["data"]]
    narrow = [d for s in option["media"][0]["option"]["series"] for d in s["data"]]
    assert [d["value"] for d in wide] == [d["value"] for d in narrow]
    shown = [abs(d["value"]) for d in narrow if d["label"]["show"]]
    assert len(shown) < sum(d["label"]["show"] for d in wide)
    assert all(value > 8 for value in shown)


def test_a_group_of_few_says_so_in_the_picture(findings):
    groups = findings.groups[0]
    flagged = replace(groups.cells[0], flags=("small_sample",))
    plain = replace(groups.cells[0], flags=())
    shown = json.dumps(
        groups_chart(replace(groups, cells=(flagged,)), "zh-CN").option, ensure_ascii=False
    )
    quiet = json.dumps(
        groups_chart(replace(groups, cells=(plain,)), "zh-CN").option, ensure_ascii=False
    )
    assert "小样本" in shown
    assert "小样本" not in quiet


def test_names_break_between_words():
    assert wrapped("neutral or dissatisfied").split("\n") == ["neutral or", "dissatisfied"]


def test_options_of_two_lines_get_room(findings):
    question = next(q for q in findings.questions if q.levels)
    level = question.levels[0]
    many = replace(question, levels=tuple(replace(level, label=f"选项{i}") for i in range(12)))
    long = replace(level, label="其他【请注明】：朋友赠送的，不是自己买的")
    tall = replace(many, levels=(*many.levels[:-1], long))
    assert question_chart(tall, "zh-CN").height > question_chart(many, "zh-CN").height


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_number_evidence_flag_and_call_fit_beside_the_plot(findings, language):
    """The widest row of a small group has room for all its words."""
    groups = next(g for g in findings.groups if any(c.comparison for c in g.cells))
    cells = tuple(replace(cell, n=49, flags=("small_sample",)) for cell in groups.cells)
    option = groups_chart(replace(groups, cells=cells), language).option
    words = option["yAxis"][1]
    rich = words["axisLabel"]["rich"]
    for row in words["data"]:
        parts = dict(re.findall(r"\{(\w+)\|([^}]*)\}", row))
        if "main" not in parts:
            continue
        chip = next((parts[t] for t in ("good", "bad", "neutral", "unknown") if t in parts), "")
        wide = 14 + rich["main"]["width"] + rich["small"]["width"] + columns(chip) * 5.6
        assert wide <= option["grid"]["right"] + 8, row


@pytest.mark.parametrize("kind", ["gauge", "boxplot", "sankey"])
def test_kinds_of_series_that_views_use_are_drawn_on_paper(kind):
    axes = {"xAxis": {"type": "value"}, "yAxis": {"type": "category", "data": ["a"]}}
    series = {
        "gauge": {"data": [{"value": 3}]},
        "boxplot": {"data": [[1, 2, 3, 4, 5]]},
        "sankey": {
            "nodes": [{"name": "a"}, {"name": "b"}],
            "links": [{"source": "a", "target": "b", "value": 1}],
        },
    }[kind]
    whole = axes if kind == "boxplot" else {}
    svg = draw_svg({**whole, "series": [{"type": kind, **series}]})
    empty = draw_svg({**whole, "series": []})
    assert svg.count("<path") > empty.count("<path")


def test_letters_that_xml_forbids_are_left_out_of_a_picture():
    option = {
        "xAxis": {"type": "category", "data": ["a\x01b\x1bc"]},
        "yAxis": {"type": "value"},
        "series": [{"type": "bar", "data": [3]}],
    }
    assert ">abc<" in draw_svg(option)
    assert draw_png(option).startswith(b"\x89PNG")


def test_a_name_that_looks_like_a_style_stays_as_it_is():
    option = {
        "xAxis": {"type": "category", "data": ["font: my own 12px text"]},
        "yAxis": {"type": "value"},
        "series": [
            {
                "type": "bar",
                "data": [3],
                "label": {"show": True, "formatter": "{x|3}", "rich": {"x": {"fontWeight": 600}}},
            }
        ],
    }
    svg = draw_svg(option)
    assert "font: my own 12px text" in svg
    assert "font-weight:600" in svg
    assert 'style="font:' not in svg
