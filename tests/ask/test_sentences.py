"""Sentences of answers with many numbers: those that really differ are named, the largest first."""

from dataclasses import replace
from datetime import date

from huiyin.ask.answers import Place, Ranking
from huiyin.ask.contracts import Missing, Rank, Understood
from huiyin.ask.sentences import MOST_NAMED, number_sentence, ranking_sentence, with_end
from huiyin.ask.wording import ask_back
from huiyin.core.text import Text
from huiyin.measure.contracts import (
    Call,
    Cell,
    Comparison,
    Counted,
    DataFacts,
    Definition,
    Query,
    Result,
    Unit,
)

SCORE = Text("服务得分", "service score")


def cell(number, difference, call):
    against = Comparison("rest", 70.0, difference, -1.0, 1.0, 0.1, 0.1, 2.0, 7, call)
    return Cell(
        {"店": f"{number}店"}, "score:服务", SCORE, Unit.POINTS, 70.0 + difference, 60.0, 80.0,
        0.95, 99, 99, 99.0, "t", comparison=against,
    )  # fmt: skip


def said(*cells):
    meaning = Definition("score:服务", 1, SCORE, Text("均值", "mean"), "服务", 2.0, True)
    data = DataFacts(900, 900, {}, None, None, "s")
    return number_sentence(
        Result(Query(("score:服务",), by=("店",)), (meaning,), data, cells), Text.same
    )


def test_those_that_really_differ_are_named_the_largest_first():
    alike = [cell(i, 0.5, Call.CANNOT_TELL) for i in range(5)]
    found = said(*alike, cell(8, -3.0, Call.REAL), cell(9, 6.0, Call.REAL))
    told = "7 个数里和其余真有差别的有 2 个：9店的服务得分高 6.0 分、8店的服务得分低 3.0 分"
    assert told in found.say("zh-CN")
    assert "of 7 numbers 2 really differ from the rest: service score of 9店" in found.say("en")


def test_orders_and_tickets_are_not_called_answers():
    answers = cell(1, 0.5, Call.STABLE)
    tickets = replace(answers, counted=Counted.TICKETS)
    assert "99 份答卷" in said(answers).say("zh-CN")
    assert "99 张工单）" in said(tickets).say("zh-CN")
    assert "answers" not in said(tickets).say("en")


def test_where_none_can_be_told_it_is_said():
    found = said(*[cell(i, 0.5, Call.CANNOT_TELL) for i in range(6)])
    assert "6 个数里没有一个能确认真有差别" in found.say("zh-CN")


def test_why_one_difference_cannot_be_told_is_said():
    def one(**facts):
        unsure = cell(1, 2.5, Call.CANNOT_TELL)
        return said(replace(unsure, comparison=replace(unsure.comparison, **facts)))

    far = one(n_more=90_000, beyond_reach=True)
    assert "无法判断，若只差 2.0 分，再多 10 倍也分不清" in far.say("zh-CN")
    assert "would not tell a difference of 2.0 points" in far.say("en")
    alone = one(n_more=90, only_alone=True)
    assert "无法判断：单看像有差别，但同时比了 7 处，校正后不算" in alone.say("zh-CN")
    assert "7 were compared at once" in alone.say("en")


def test_a_number_beside_last_year_tells_the_earlier_number_and_the_difference():
    def one(call, **facts):
        last_year = replace(cell(1, 2.5, call).comparison, against="year_ago", **facts)
        return said(replace(cell(1, 2.5, call), by={}, comparison=last_year))

    real = one(Call.REAL)
    assert "比去年同期（70.0）高 2.5 分 [−1.0, 1.0]，是真变化" in real.say("zh-CN")
    higher = "2.5 points [−1.0, 1.0] higher than the same period last year (70.0), for real"
    assert higher in real.say("en")
    below = one(Call.REAL, difference=-2.5, low=-4.0, high=-1.0).say("zh-CN")
    assert "低 2.5 分 [1.0, 4.0]，是真变化" in below
    level = one(Call.STABLE)
    assert "和去年同期（70.0）基本持平（差 +2.5 [−1.0, 1.0]）" in level.say("zh-CN")
    unsure = one(Call.CANNOT_TELL, n_more=300).say("zh-CN")
    assert "和去年同期（70.0）的差别无法判断，约再有 300 份才够（差 +2.5 [" in unsure
    assert "无法判断（差 +2.5）" in one(Call.CANNOT_TELL, low=None, high=None).say("zh-CN")


def test_a_named_group_and_days_of_ones_own_speak_for_themselves():
    def beside(against):
        found = cell(1, 2.5, Call.STABLE)
        return said(replace(found, comparison=replace(found.comparison, against=against)))

    assert "和华南（70.0）基本持平" in beside("大区=华南").say("zh-CN")
    assert "the same as 2026-01-01 to 2026-01-31" in beside("2026-01-01..2026-01-31").say("en")


def test_a_difference_of_shares_is_in_percentage_points():
    found = replace(cell(1, 0.025, Call.STABLE), unit=Unit.SHARE, estimate=0.7)
    found = replace(found, comparison=replace(found.comparison, reference=0.675))
    assert "（差 +2.5 个百分点 [−100.0, 100.0]）" in said(found).say("zh-CN")


def test_where_the_data_ends_before_the_days_asked_for_it_is_said():
    told = with_end(Text("算不出。", "Not known."), date(2026, 10, 31))
    assert told.say("zh-CN") == "算不出。数据到 2026-10-31 为止。"
    assert told.say("en") == "Not known. The data ends on 2026-10-31."
    assert with_end(told, None) is told


def test_of_very_many_the_largest_are_named():
    found = said(*[cell(i, -float(i + 1), Call.REAL) for i in range(9)]).say("zh-CN")
    assert "真有差别的有 9 个，最大的是8店的服务得分低 9.0 分" in found
    assert found.count("服务得分低") == MOST_NAMED


def test_of_days_on_which_nobody_answered_it_is_said():
    assert said().say("zh-CN").startswith("服务得分：算不出，没有有效回答；")
    assert said().say("en").startswith("service score: not known, no valid answers; ")


def test_where_no_metric_can_be_offered_no_empty_list_is():
    asked = ask_back(Missing.METRIC, Understood())
    assert "逐题结果" in asked.text.say("zh-CN")
    assert "例如" not in asked.text.say("zh-CN")
    assert "NPS" in ask_back(Missing.METRIC, Understood(), options=("NPS",)).text.say("zh-CN")


def test_where_places_and_numbers_stand_in_another_order_it_is_said_why():
    def ranked(*numbers):
        cells = [replace(cell(i, 0.0, Call.CANNOT_TELL), estimate=n) for i, n in enumerate(numbers)]
        places = tuple(Place(one, 0.0, 1, None, worse=False) for one in cells)
        meaning = Definition("score:服务", 1, SCORE, Text("均值", "mean"), "服务", 2.0, True)
        data = DataFacts(900, 900, {}, None, None, "s")
        result = Result(Query(("score:服务",), by=("店",)), (meaning,), data, tuple(cells))
        return ranking_sentence(
            result, Ranking(places, len(cells), 0, 0), Rank(best=False, n=3), Text.same
        )

    assert "往总体拉近" in ranked(4.2, 6.8, 5.9).say("zh-CN")
    assert "drawn towards the whole" in ranked(4.2, 6.8, 5.9).say("en")
    assert "往总体拉近" not in ranked(4.2, 5.9, 6.8).say("zh-CN")
