"""Findings as documents tell them: what is cut, renamed and called otherwise."""

from dataclasses import replace

import pytest

from huiyin.analyse.contracts import LevelShare, Verbatim
from huiyin.core.text import EN, ZH, Text
from huiyin.measure.contracts import Call, Unit
from huiyin.report.telling import as_told, told_groups


def ends(cell):
    return cell.low, cell.high


def test_an_interval_ends_where_its_unit_ends(findings):
    score = next(c for c in findings.scorecard.cells if c.unit is Unit.NPS)
    aspect = next(c for c in findings.aspects.cells if c.estimate is not None)
    beyond = replace(
        findings,
        scorecard=replace(findings.scorecard, cells=(replace(score, low=-150.0, high=40.0),)),
        aspects=replace(findings.aspects, cells=(replace(aspect, low=30.0, high=137.5),)),
    )
    told = as_told(beyond, ZH)
    assert ends(told.scorecard.cells[0]) == (-100.0, 40.0)
    assert ends(told.aspects.cells[0]) == (30.0, 100.0)
    assert ends(beyond.aspects.cells[0]) == (30.0, 137.5)


def test_the_interval_of_a_mean_ends_where_its_scale_ends(findings):
    name = next(c.name for c in findings.codebook.columns if c.scale is not None)
    scale = findings.codebook[name].scale
    cell = replace(
        findings.aspects.cells[0], metric=f"mean:{name}", unit=Unit.SCALE, not_estimable=None,
        estimate=scale.maximum, low=scale.minimum - 2, high=scale.maximum + 3,
    )  # fmt: skip
    told = as_told(replace(findings, aspects=replace(findings.aspects, cells=(cell,))), EN)
    assert ends(told.aspects.cells[0]) == (scale.minimum, scale.maximum)


def test_our_words_among_the_answers_are_in_the_language_of_the_document(findings):
    level = LevelShare("3 others", None, 4, 0.1, 0.05, 0.2, Text("其余 3 项", "3 others"))
    question = replace(findings.questions[0], levels=(level,))
    table = replace(findings.cross_tables[0], row_rest=True)
    table = replace(table, row_values=(*table.row_values[:-1], "others"))
    changed = replace(findings, questions=(question,), cross_tables=(table,))
    zh, en = as_told(changed, ZH), as_told(changed, EN)
    assert zh.questions[0].levels[0].label == "其余 3 项"
    assert en.questions[0].levels[0].label == "3 others"
    assert zh.cross_tables[0].row_values[-1] == "其他"
    assert en.cross_tables[0].row_values[-1] == "Others"


def test_bands_say_whether_their_end_is_in_them(findings):
    link = findings.linkages[0]
    bands = tuple(
        replace(c, by={"band": words})
        for c, words in zip(link.bands, ("0–<80", "80–100"), strict=False)
    )
    voice = Verbatim("a comment", "q", 50.0, ">20–<80")
    changed = replace(findings, linkages=(replace(link, bands=bands),), verbatims=(voice,))
    zh, en = as_told(changed, ZH), as_told(changed, EN)
    assert [c.by["band"] for c in zh.linkages[0].bands] == ["0 至不到 80", "80–100"]
    assert [c.by["band"] for c in en.linkages[0].bands] == ["0 to under 80", "80–100"]
    assert zh.verbatims[0].band == "高于 20、不到 80"
    assert en.verbatims[0].band == "over 20, under 80"


def test_metrics_begin_with_a_capital_in_english(findings):
    cell = replace(findings.scorecard.cells[0], label=Text("满意率", "satisfied share"))
    changed = replace(findings, scorecard=replace(findings.scorecard, cells=(cell,)))
    assert as_told(changed, EN).scorecard.cells[0].label.say(EN) == "Satisfied share"


def test_a_group_that_is_not_named_is_not_called_really_different(findings):
    groups = next(
        g for g in findings.groups
        if any(c.comparison and c.comparison.call is Call.REAL for c in g.cells)
    )  # fmt: skip
    told = told_groups(replace(groups, best=(), worst=()))
    assert not any(c.comparison and c.comparison.call is Call.REAL for c in told.cells)


@pytest.mark.parametrize("language", [ZH, EN])
def test_what_needs_no_cut_stays(findings, language):
    told = as_told(findings, language)
    assert [ends(c) for c in told.aspects.cells] == [ends(c) for c in findings.aspects.cells]
