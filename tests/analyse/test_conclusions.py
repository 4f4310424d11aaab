import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from huiyin.analyse.actions import suggest_actions
from huiyin.analyse.conclusion_words import NO_FIX_FIRST
from huiyin.analyse.conclusions import conclude
from huiyin.analyse.contracts import Driver, DriverResult, Quadrant, Trend
from huiyin.analyse.findings import find_everything
from huiyin.analyse.measures import suggested_measure
from huiyin.analyse.priorities import gain, ranked
from huiyin.analyse.scorecard import AS_GIVEN
from huiyin.analyse.verbatims import LONGEST, PER_BAND, sample_verbatims, shortened
from huiyin.analyse.wording import MOST_CHARACTERS, difference_words, short
from huiyin.clean.contracts import Ledger
from huiyin.codebook.contracts import Codebook, Role
from huiyin.core.text import EN, ZH, Text
from huiyin.measure.contracts import Call, Cell, Comparison, Unit


def driver(name, share, score, half=0.02, **more) -> Driver:
    return Driver(
        name, Text.same(name), 500, 0.0, share, share - half, share + half, 0.5, 0.4, 0.6, 0.3,
        0.2, 0.4, score, score - 1, score + 1, Quadrant.UNCERTAIN, **more,
    )  # fmt: skip


def result(*drivers) -> DriverResult:
    placed, cuts = ranked(drivers)
    return DriverResult("总体", Text.same("总体"), "lmg", 500, 500, 0.5, 0.4, 0.6, placed, 1000, 0,
                        0.95, cuts.importance, cuts.performance)  # fmt: skip


@pytest.fixture
def findings(survey):
    """Give findings of a small survey, to be changed part by part."""
    corridor = survey(seed=2, n=300)
    return find_everything(
        corridor, Ledger(300, 300, ()), title="t", sources=(), profile="plain",
        generated_on=date(2026, 1, 1),
    )  # fmt: skip


def said(findings, kind=None) -> str:
    return " ".join(c.sentence.say() for c in conclude(findings) if kind in {None, c.kind})


def trend(call, difference=3.0) -> Trend:
    half = None if call is None else 1.0
    step = Comparison("previous", 70.0, difference, difference - 1, difference + 1, 0.01, 0.01,
                      2.0, 1, call, n_more=120 if call is Call.CANNOT_TELL else None)  # fmt: skip
    cells = [
        Cell({"period": f"2025-0{m}-01"}, "score:总体", Text.same("总体"), Unit.POINTS, 70.0, 69.0,
             71.0, 0.95, 100, 100, 100.0, "t", comparison=step if m == 2 and half else None)
        for m in (1, 2)
    ]  # fmt: skip
    return Trend("score:总体", Text("满意度得分", "score"), Unit.POINTS, "month", tuple(cells))


@pytest.mark.parametrize(
    ("call", "words", "never"),
    [
        (Call.REAL, "真变化", "无法判断"),
        (Call.STABLE, "基本持平", "真变化"),
        (Call.CANNOT_TELL, "无法判断", "真变化"),
        (None, "没有发现", "真变化"),
    ],
)
def test_a_change_is_claimed_only_as_far_as_its_call(findings, call, words, never):
    text = said(replace(findings, trends=(trend(call),)), "trend")
    assert words in text
    assert never not in text


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"n_more": 90_000, "beyond_reach": True}, "若只差 2.0 分，再多 10 倍也分不清"),
        ({"n_more": 90, "only_alone": True}, "单看像有差别，但同时比了 9 处，校正后不算"),
        ({"n_more": 90}, "约再有 90 份才够"),
    ],
)
def test_why_a_change_cannot_be_told_is_said(findings, facts, words):
    found = trend(Call.CANNOT_TELL)
    *first, last = found.cells
    step = replace(last.comparison, delta=2.0, family=9, **facts)
    cells = (*first, replace(last, comparison=step))
    assert words in said(replace(findings, trends=(replace(found, cells=cells),)), "trend")


def test_the_last_whole_period_is_judged_where_the_last_has_only_begun(findings):
    found = trend(Call.REAL)
    rest = replace(found.cells[-1], by={"period": "2025-03-01"}, comparison=None)
    begun = replace(found, cells=(*found.cells, rest), begun=True)
    text = said(replace(findings, trends=(begun,)), "trend")
    assert "最近的整期（2025-02-01）" in text
    assert "真变化" in text
    assert "2025-03-01" not in text


def test_falling_is_not_called_rising(findings):
    assert "下降" in said(replace(findings, trends=(trend(Call.REAL, -3.0),)), "trend")
    assert "上升" in said(replace(findings, trends=(trend(Call.REAL, 3.0),)), "trend")


def test_overlapping_leaders_and_no_clear_priority_are_said(findings):
    close = result(driver("甲", 0.51, 70), driver("乙", 0.49, 70.5))
    text = said(replace(findings, drivers=close), "driver")
    assert "分不清" in text
    assert NO_FIX_FIRST.say() in text


def test_what_to_mend_first_is_named(findings):
    clear = result(driver("甲", 0.7, 50), driver("乙", 0.2, 80), driver("丙", 0.1, 85))
    assert "先改“甲”" in said(replace(findings, drivers=clear), "driver")


def test_a_rule_that_moves_the_score_is_named(findings):
    from huiyin.analyse.contracts import LedgerScore

    given, label = findings.scorecard.cells[0], Text.same("speeder")
    moved = replace(given, estimate=given.estimate + 9)
    scores = (
        LedgerScore(given.metric, None, given, AS_GIVEN),
        LedgerScore(given.metric, "speeder", moved, label),
    )
    assert "speeder" in said(replace(findings, ledger_scores=scores), "quality")
    same = (scores[0], LedgerScore(given.metric, "speeder", given, label))
    assert "speeder" not in said(replace(findings, ledger_scores=same), "quality")


def test_doubtful_columns_are_listed(findings, plain):
    book = Codebook((*findings.codebook.columns, plain("谜", confidence=0.2)))
    assert "谜" in said(replace(findings, codebook=book), "caution")


def test_groups_beyond_the_first_three_are_counted_without_them(findings):
    (found, *_) = findings.groups
    five = replace(found, worst=("一店", "二店", "三店", "四店", "五店"), best=())
    sentence = said(replace(findings, groups=(five,)), "group")
    assert "三店”和另外 2 组" in sentence


def test_gain_is_low_share_times_least_room():
    assert gain(driver("甲", 0.4, 60)) == pytest.approx(0.38 * 39)
    assert gain(driver("甲", 0.4, 60, flags=("sign_differs",))) is None
    assert gain(replace(driver("甲", 0.4, 60), correlation_low=-0.1)) is None
    assert gain(replace(driver("甲", 0.4, 60), performance=None)) is None


def test_priorities_are_1_2_3_by_gain():
    placed, _ = ranked([driver("甲", 0.3, 90), driver("乙", 0.5, 60), driver("丙", 0.2, 50)])
    assert {d.column: d.priority for d in placed} == {"乙": 1, "丙": 2, "甲": 3}


def test_quadrants_of_clear_drivers():
    corners = (("甲", 0.4, 40), ("乙", 0.4, 90), ("丙", 0.1, 40), ("丁", 0.1, 90))
    placed, _ = ranked([driver(*corner) for corner in corners])
    assert [d.quadrant for d in sorted(placed, key=lambda d: "甲乙丙丁".index(d.column))] == [
        Quadrant.FIX_FIRST, Quadrant.KEEP_UP, Quadrant.LOW_PRIORITY, Quadrant.POSSIBLE_OVERKILL,
    ]  # fmt: skip


def test_actions_leave_strengths_out_and_number_from_one():
    actions = suggest_actions(
        Codebook(()),
        result(driver("甲", 0.5, 90), driver("乙", 0.4, 40), driver("丙", 0.1, 45)),
        None,
    )
    assert [(a.priority, a.aspect) for a in actions] == [(1, "乙"), (2, "丙")]
    assert "40.0" in actions[0].evidence.say()
    assert "（" not in actions[0].evidence.say(EN)


def test_without_drivers_only_surely_weak_aspects_are_acted_on(findings):
    cells = findings.aspects.cells
    weak = replace(cells[0], estimate=20.0, low=18.0, high=22.0)
    actions = suggest_actions(
        findings.codebook, None, replace(findings.aspects, cells=(weak, *cells[1:]))
    )
    assert [a.aspect for a in actions] == [weak.metric.partition(":")[2]]


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("服务态度", "情景"), ("收银排队", "收银"), ("物流配送", "承诺"), ("售后", "48"),
        ("价格", "收费"), ("产品质量", "批次"), ("店内环境", "标准"), ("响应速度", "时限"),
        ("网络覆盖与信号强度", "点位"), ("App 易用性", "真实用户"), ("天书", "天书"),
        ("Cleanliness", "标准"), ("Checkin service", "真实用户"), ("Food and drink", "差评"),
    ],
)  # fmt: skip
def test_measures_fit_the_aspect(name, word):
    measure = suggested_measure(name, Text.same(name))
    assert word in measure[ZH]
    assert re.search("[a-z]", measure[EN])


def test_verbatims_are_few_per_band_distinct_and_repeatable(make_corridor, rating, plain):
    n = 400
    rng = np.random.default_rng(0)
    words = np.array([f"意见内容 {i % 50}" for i in range(n)], dtype=object)
    words[::7] = None
    words[1::7] = "好"
    data = {"总体": rng.integers(1, 6, n).astype(float), "意见": words,
            "店": rng.choice(["大店", "小店"], n, p=[0.95, 0.05]).astype(object)}  # fmt: skip
    corridor = make_corridor(
        [rating("总体", Role.OVERALL), plain("意见", Role.TEXT), plain("店")], data
    )
    book = corridor.codebook
    found = sample_verbatims(corridor, book["总体"], (book["店"],))
    assert found == sample_verbatims(corridor, book["总体"], (book["店"],))
    assert len({v.text for v in found}) == len(found)
    assert {v.band for v in found} == {"1–2", "3", "4–5"}
    assert all(sum(v.band == b for v in found) <= PER_BAND for b in ("1–2", "3", "4–5"))
    assert sum(v.by["店"] == "小店" for v in found) >= 2
    assert "好" not in {v.text for v in found}


def test_long_comments_and_labels_are_cut_visibly():
    assert len(shortened("长" * 1000)) == LONGEST + 1
    assert short(Text.same("x" * 100)).say().endswith("…")
    assert len(short(Text.same("x" * 100)).say()) == MOST_CHARACTERS


def test_differences_of_shares_are_percentage_points():
    assert difference_words(Unit.SHARE, -0.051).say() == "5.1 个百分点"
    assert "百分" not in difference_words(Unit.NPS, 5).say()
    assert difference_words(Unit.SCALE, -0.456).say("en") == "0.46 points"
    assert difference_words(Unit.AMOUNT, -12345.6).say("en") == "12,346"
