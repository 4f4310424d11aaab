"""The workbook read back: the same numbers, no formula, nothing the data could smuggle in."""
# ruff: noqa: E501 -- tables of columns read best unbroken

import re
from dataclasses import replace
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from huiyin.analyse.contracts import Verbatim
from huiyin.core.absence import NotEstimable, Reason
from huiyin.core.text import Text
from huiyin.measure.contracts import Call, Comparison, Unit
from huiyin.report import workbook_words as w
from huiyin.report.characters import display_width
from huiyin.report.query_file import query_table
from huiyin.report.workbook import write_xlsx
from huiyin.report.workbook_cells import call_shown
from huiyin.report.workbook_page import NARROWEST, WIDEST

SHEETS = (w.SUMMARY, w.METRICS, w.TREND, w.ASPECTS, w.DRIVERS, w.MATRIX, w.GROUPS, w.LINKAGE,
          w.CROSS, w.QUESTIONS, w.VERBATIMS, w.LEDGER, w.ACTIONS, w.METHOD)  # fmt: skip
ATTACKS = (
    "=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1+1", "\n=1+1", "'=1", '=HYPERLINK("http://evil")',
    "=cmd|' /C calc'!A0", "Sheet1!A1", "http://evil.example", "mailto:a@b.example", "{=SUM(A1)}", "1.5",
)  # fmt: skip


@pytest.fixture(scope="module", params=["zh", "en"])
def book(findings, request, tmp_path_factory):
    path = tmp_path_factory.mktemp(request.param) / "report.xlsx"
    write_xlsx(findings, path, request.param)
    return path, {"zh": "zh-CN", "en": "en"}[request.param]


def written(findings, tmp_path, language="zh"):
    path = tmp_path / "report.xlsx"
    write_xlsx(findings, path, language)
    return path


def sheet(path, text, language="zh-CN"):
    return (
        CalamineWorkbook.from_path(path)
        .get_sheet_by_name(text.say(language))
        .to_python(skip_empty_area=False)
    )


def tables(rows, *headers):
    """Give every table that has these headers, as dictionaries."""
    found = []
    for i, row in enumerate(rows):
        if all(header in row for header in headers):
            table = []
            for line in rows[i + 1 :]:
                if sum(value != "" for value in line) <= 1:
                    break
                table.append({h: v for h, v in zip(row, line, strict=True) if h != ""})
            found.append(table)
    return found


def parts(path, pattern):
    with ZipFile(path) as archive:
        return {n: archive.read(n).decode() for n in archive.namelist() if re.search(pattern, n)}


def assert_cells(rows, cells, language):
    """Each cell's numbers stand in its row, as numbers, unrounded."""
    say = lambda text: text.say(language)  # noqa: E731 -- short for a column
    for row, cell in zip(rows, cells, strict=True):
        assert row[say(w.METRIC)] == cell.label.say(language)
        assert row[say(w.N)] == cell.n
        assert row[say(w.CUSTOMERS)] == cell.n_customers
        assert row[say(w.METRIC_ID)] == cell.metric
        for header, value in ((w.ESTIMATE, cell.estimate), (w.LOW, cell.low), (w.HIGH, cell.high),
                              (w.EFFECTIVE, cell.n_effective)):  # fmt: skip
            assert row[say(header)] == ("" if value is None else pytest.approx(value, rel=1e-14))
        if cell.not_estimable is not None:
            assert row[say(w.WHY_NOT)] == cell.not_estimable.say(language)
        if cell.comparison is not None:
            found = cell.comparison
            for header, value in ((w.DIFFERENCE, found.difference), (w.P, found.p), (w.Q, found.q),
                                  (w.DIFFERENCE_LOW, found.low), (w.DIFFERENCE_HIGH, found.high),
                                  (w.DELTA, found.delta), (w.FAMILY, found.family)):  # fmt: skip
                assert row[say(header)] == (
                    "" if value is None else pytest.approx(value, rel=1e-14)
                )
            assert row[say(w.CALL)] != ""


def test_every_chapter_has_its_sheet_in_reading_order(book):
    path, language = book
    assert CalamineWorkbook.from_path(path).sheet_names == [s.say(language) for s in SHEETS]


def test_scores_aspects_and_trends_are_the_numbers_of_the_findings(book, findings):
    path, language = book
    headers = (w.METRIC.say(language), w.ESTIMATE.say(language))
    for text, cells in ((w.METRICS, [findings.scorecard.cells]), (w.ASPECTS, [findings.aspects.cells]),
                        (w.TREND, [t.cells for t in findings.trends]),
                        (w.GROUPS, [g.cells for g in findings.groups]),
                        (w.LINKAGE, [k.bands for k in findings.linkages if k.bands]),
                        (w.LEDGER, [[s.cell for s in findings.ledger_scores]])):  # fmt: skip
        found = tables(sheet(path, text, language), *headers)
        for table, expected in zip(found, cells, strict=True):
            assert_cells(table, expected, language)


def test_drivers_stand_with_every_interval(book, findings):
    path, language = book
    (table,) = tables(
        sheet(path, w.DRIVERS, language), w.DRIVER.say(language), w.BETA.say(language)
    )
    for row, driver in zip(table, findings.drivers.drivers, strict=True):
        expected = {
            w.IMPORTANCE: driver.share, w.IMPORTANCE_LOW: driver.low, w.IMPORTANCE_HIGH: driver.high,
            w.CORRELATION: driver.correlation, w.CORRELATION_LOW: driver.correlation_low,
            w.CORRELATION_HIGH: driver.correlation_high, w.BETA: driver.beta,
            w.BETA_LOW: driver.beta_low, w.BETA_HIGH: driver.beta_high,
            w.PERFORMANCE: driver.performance, w.PERFORMANCE_LOW: driver.performance_low,
            w.PERFORMANCE_HIGH: driver.performance_high, w.N: driver.n,
            w.MISSING: driver.missing_share,
        }  # fmt: skip
        assert {h: row[h.say(language)] for h in expected} == pytest.approx(expected, rel=1e-14)


def test_every_level_of_every_question_is_there(book, findings):
    path, language = book
    (table,) = tables(sheet(path, w.QUESTIONS, language), w.OPTION.say(language))
    expected = [(level.n, level.share, level.low, level.high)
                for q in findings.questions for level in q.levels]  # fmt: skip
    names = [h.say(language) for h in (w.COUNT, w.SHARE, w.LOW, w.HIGH)]
    assert [tuple(row[h] for h in names) for row in table] == [pytest.approx(e) for e in expected]


def test_cross_tables_show_counts_and_shares(book, findings):
    path, language = book
    rows = sheet(path, w.CROSS, language)
    table = findings.cross_tables[0]
    found = tables(rows, table.row_label.say(language), table.column_values[0])
    for block, values in zip(found, (table.counts, table.row_shares, table.residuals), strict=True):
        assert [list(row.values())[1:] for row in block] == [pytest.approx(list(v)) for v in values]


def test_nothing_is_a_formula_and_nothing_leads_outside(book):
    path, _ = book
    for name, xml in parts(path, r"worksheets/sheet\d+\.xml$").items():
        assert not re.search(r"<c [^>]*><f|<f>", xml), name
    for name, xml in parts(path, r"\.rels$").items():
        assert 'TargetMode="External"' not in xml, name
    assert not parts(path, "externalLink|vbaProject")


def test_charts_read_only_this_workbook(book):
    path, _ = book
    charts = parts(path, r"charts/chart\d+\.xml$")
    assert len(charts) >= 6
    for xml in charts.values():
        for reference in re.findall(r"<c:f>(.*?)</c:f>", xml):
            assert re.fullmatch(r"'?[^'!\[\]]+'?!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?", reference)


def test_whiskers_reach_to_the_ends_of_the_intervals(book, findings):
    path, language = book
    (table,) = tables(sheet(path, w.ASPECTS, language), w.BELOW.say(language))
    for row, cell in zip(table, findings.aspects.cells, strict=True):
        if cell.estimate is not None:
            assert row[w.BELOW.say(language)] == pytest.approx(cell.estimate - cell.low)
            assert row[w.ABOVE.say(language)] == pytest.approx(cell.high - cell.estimate)
    charts = parts(path, r"charts/chart\d+\.xml$").values()
    assert all("<c:errBars>" in xml for xml in charts)


def test_the_call_of_a_real_change_takes_the_tone_of_its_direction():
    up = {"difference": 2.0, "language": "zh-CN"}
    assert call_shown(Call.REAL, **up).tone == "good"
    assert call_shown(Call.REAL, **up, higher_is_better=False).tone == "bad"
    assert call_shown(Call.REAL, -2.0, "zh-CN").tone == "bad"
    assert call_shown(Call.STABLE, 2.0, "zh-CN").tone is None
    assert call_shown(None, None, "zh-CN").content is None


def test_how_many_more_answers_is_left_open_where_nobody_should_wait_for_them(findings):
    cell = findings.groups[0].cells[0]
    far, near = (
        replace(cell, comparison=Comparison(
            "rest", None, 4.1, 1.0, 7.0, 0.2, 0.2, 5.0, 3, Call.CANNOT_TELL, 14_109, beyond_reach=far
        ))
        for far in (True, False)
    )  # fmt: skip
    table = query_table(replace(findings.aspects, cells=(far, near)), "zh-CN")
    at = table.headers.index(w.N_MORE.say("zh-CN"))
    assert [row[at].content for row in table.rows] == [None, 14_109]


def hostile(findings, attack):
    text = Text.same(attack)
    cells = tuple(replace(c, label=text, by={attack: attack}) for c in findings.groups[0].cells)
    group = replace(findings.groups[0], label=text, cells=cells, best=(attack,))
    drivers = replace(
        findings.drivers,
        target_label=text,
        drivers=tuple(replace(d, label=text) for d in findings.drivers.drivers),
    )
    return replace(
        findings, title=attack, groups=(group,), drivers=drivers, sources=(attack,),
        trends=tuple(replace(t, label=text) for t in findings.trends),
        verbatims=(Verbatim(attack, attack, None, attack, {attack: attack}),),
        conclusions=(replace(findings.conclusions[0], sentence=text),),
    )  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_texts_stay_texts_whatever_they_begin_with(findings, attack, tmp_path):
    path = written(hostile(findings, attack), tmp_path)
    test_nothing_is_a_formula_and_nothing_leads_outside((path, "zh-CN"))
    test_charts_read_only_this_workbook((path, "zh-CN"))
    (row,) = tables(sheet(path, w.VERBATIMS), w.WORDS.say("zh-CN"))[0]
    assert row[w.WORDS.say("zh-CN")] == attack


def test_a_text_that_looks_like_a_formula_is_marked_as_a_text(findings, tmp_path):
    path = written(hostile(findings, "=1+1"), tmp_path)
    (styles,) = parts(path, "styles.xml").values()
    assert 'quotePrefix="1"' in styles


def test_illegal_characters_and_overlong_texts_are_survived(findings, tmp_path):
    text = "好\x00\x0b\x1f评\ud800\ufffe" + "长" * 40_000
    made = replace(findings, verbatims=(Verbatim(text, "意见", float("nan"), None),), title=text)
    path = written(made, tmp_path)
    (row,) = tables(sheet(path, w.VERBATIMS), w.WORDS.say("zh-CN"))[0]
    shown = row[w.WORDS.say("zh-CN")]
    assert shown.startswith("好评长")
    assert shown.endswith("…")


def test_not_estimable_is_an_empty_cell_with_its_reason(findings, tmp_path):
    row = tables(sheet(written(findings, tmp_path), w.METRICS), w.ESTIMATE.say("zh-CN"))[0][-1]
    assert row[w.ESTIMATE.say("zh-CN")] == ""
    assert row[w.WHY_NOT.say("zh-CN")] == NotEstimable(Reason.NO_ANSWERS).say("zh-CN")


def test_a_number_that_is_none_leaves_the_cell_empty(findings, tmp_path):
    cells = (replace(findings.scorecard.cells[0], estimate=float("nan"), high=float("inf")),)
    made = replace(findings, scorecard=replace(findings.scorecard, cells=cells))
    row = tables(sheet(written(made, tmp_path), w.METRICS), w.ESTIMATE.say("zh-CN"))[0][0]
    assert row[w.ESTIMATE.say("zh-CN")] == ""
    assert row[w.HIGH.say("zh-CN")] == ""


def test_shares_carry_a_percent_format_and_scores_a_sign(book):
    path, _ = book
    (styles,) = parts(path, "styles.xml").values()
    for number_format in ("0.0%", "+0.0;"):
        assert f'formatCode="{number_format}' in styles


def test_headers_stay_in_view_and_tables_can_be_filtered(book):
    path, _ = book
    for name, xml in parts(path, r"worksheets/sheet\d+\.xml$").items():
        assert "<pane " in xml, name
        assert "fitToWidth" not in xml or 'fitToHeight="0"' in xml, name
        assert '<pageSetUpPr fitToPage="1"/>' in xml, name
    found = parts(path, r"tables/table\d+\.xml$")
    assert found
    assert all("<autoFilter " in xml for xml in found.values())
    (workbook,) = parts(path, r"^xl/workbook\.xml$").values()
    assert "_xlnm.Print_Titles" in workbook


def test_columns_are_wide_enough_for_chinese_and_not_endless(book):
    path, _ = book
    for xml in parts(path, r"worksheets/sheet\d+\.xml$").values():
        widths = [float(x) for x in re.findall(r'<col [^>]*width="([\d.]+)"', xml)]
        assert all(NARROWEST <= width <= 72 for width in widths)


def test_chinese_counts_double_and_long_text_gets_more_lines(findings, tmp_path):
    path = written(findings, tmp_path)
    xml = parts(path, r"worksheets/sheet2\.xml$").popitem()[1]
    first = float(re.search(r'<col min="1" max="1" width="([\d.]+)"', xml)[1])
    assert display_width("综合满意度指数（加权）") < first <= WIDEST + 1
    xml = parts(path, r"worksheets/sheet4\.xml$").popitem()[1]
    heights = [float(h) for h in re.findall(r'<row [^>]* ht="([\d.]+)"', xml)]
    assert max(heights) > 30


def test_the_summary_leads_to_every_sheet(book):
    path, language = book
    first = parts(path, r"worksheets/sheet1\.xml$").popitem()[1]
    for text in SHEETS[1:]:
        assert re.search(rf"location=\"'?{text.say(language)}'?!A1\"", first), text


def test_owner_and_deadline_are_left_open(book, findings):
    path, language = book
    (table,) = tables(sheet(path, w.ACTIONS, language), w.OWNER.say(language))
    assert len(table) == len(findings.actions)
    assert all(row[w.OWNER.say(language)] == row[w.DEADLINE.say(language)] == "" for row in table)


def test_what_there_is_not_has_no_sheet(bare_findings, tmp_path):
    path = written(bare_findings, tmp_path)
    names = CalamineWorkbook.from_path(path).sheet_names
    assert names == [t.say("zh-CN") for t in (w.SUMMARY, w.DRIVERS, w.LEDGER, w.METHOD)]
    shown = [value for row in sheet(path, w.DRIVERS) for value in row]
    assert bare_findings.drivers.not_estimable.say("zh-CN") in shown


def test_no_drivers_at_all_leave_no_sheet(findings, tmp_path):
    names = CalamineWorkbook.from_path(
        written(replace(findings, drivers=None), tmp_path)
    ).sheet_names
    assert w.DRIVERS.say("zh-CN") not in names
    assert w.MATRIX.say("zh-CN") not in names


def test_groups_named_like_our_columns_do_not_collide(findings, tmp_path):
    cells = tuple(replace(c, by={"指标": "a", "估计值": "b"}) for c in findings.groups[0].cells)
    made = replace(findings, groups=(replace(findings.groups[0], cells=cells),))
    rows = sheet(written(made, tmp_path), w.GROUPS)
    header = next(row for row in rows if "估计值" in row)
    assert header[:4] == ["指标（客群）", "估计值（客群）", "指标", "估计值"]


def test_a_performance_that_is_unknown_stays_out_of_the_matrix(findings, tmp_path):
    drivers = findings.drivers.drivers
    odd = replace(drivers[0], performance=None, performance_low=None, performance_high=None)
    made = replace(findings, drivers=replace(findings.drivers, drivers=(odd, *drivers[1:])))
    path = written(made, tmp_path)
    (table,) = tables(sheet(path, w.MATRIX), w.QUADRANT.say("zh-CN"))
    assert len(table) == len(drivers) - 1
    assert len(tables(sheet(path, w.DRIVERS), w.BETA.say("zh-CN"))[0]) == len(drivers)


def test_generated_data_is_said_on_the_first_sheet(sampled, tmp_path):
    shown = [v for row in sheet(written(sampled(), tmp_path), w.SUMMARY) for v in row]
    assert w.SAMPLE.say("zh-CN") in shown


def test_an_unknown_language_is_refused(findings, tmp_path):
    with pytest.raises(ValueError, match="fr"):
        write_xlsx(findings, tmp_path / "x.xlsx", "fr")


def test_groups_of_the_same_name_in_another_case_do_not_collide(findings, tmp_path):
    cells = tuple(replace(c, by={"Shop": "a", "SHOP": "b"}) for c in findings.groups[0].cells)
    made = replace(findings, groups=(replace(findings.groups[0], cells=cells),))
    rows = sheet(written(made, tmp_path), w.GROUPS)
    assert next(row for row in rows if "Shop" in row)[:2] == ["Shop", "SHOP (2)"]


def test_every_unit_has_its_formats():
    from huiyin.report.workbook_values import GAP_FORMAT, PLAIN_FORMAT

    assert set(PLAIN_FORMAT) == set(GAP_FORMAT) == set(Unit)


def test_a_file_of_numbers_heads_groups_as_people_call_them(findings):
    (cell, *_) = findings.aspects.cells
    shop = replace(cell, by={"门店": "甲", "均值": "乙"})
    names = {"门店": Text("门店", "shop"), "均值": Text("均值", "Estimate")}
    heads = query_table(replace(findings.aspects, cells=(shop,)), "en", names).headers
    assert heads[0] == "shop"
    assert heads[1] != "Estimate"
    assert "Estimate" in heads[1]
    assert heads.count("Estimate") == 1
