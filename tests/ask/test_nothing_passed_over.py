"""A word that picks some customers, shops or days is never passed over: it is asked about."""

from __future__ import annotations

import pytest

from huiyin.ask.contracts import Answerable

PICKING = """
新客 老客 女客户 男的 学生 晚上 周末 工作日 本地 外地 大额 小额 加盟店 直营店 新店 大店 供应商 店长
首次购买的 第一次来的 非会员 会员 VIP 一线城市 北方 促销期间 大促期间 高峰期 节假日 试用 重点 抽样
雨天 线上 堂食 团购 周六 已婚 外国 高端 真实
"""
PICKING_EN = """
new female weekend evening in-store loyal paying key premium student first-time married VIP recent
big elderly holiday online
"""
FRAMES = (
    "{}的NPS",
    "上个月{}满意度是多少",
    "各大区{}的满意率",
    "哪个大区{}的复购率最高",
    "{}的满意度低于60分的门店",
    "近半年{}满意度的走势",
)
FRAMES_EN = (
    "NPS of {} customers last month",
    "satisfaction of {} customers by region",
    "which region has the lowest satisfaction of {} customers",
)


PASSING = [(word, FRAMES) for word in PICKING.split()]
PASSING += [(word, FRAMES_EN) for word in PICKING_EN.split()]


@pytest.mark.parametrize(("word", "frames"), PASSING)
def test_what_picks_some_is_not_passed_over(surveys, word, frames):
    questions = [frame.format(word) for frame in frames]
    assert not [one for one in questions if isinstance(surveys.ask(one), Answerable)]


def test_days_of_an_event_that_no_calendar_knows_are_asked_for(surveys):
    for question in ("上季度促销期间的NPS", "8月大促期间的满意率", "NPS in May during the sale"):
        assert surveys.ask(question).reason.value == "period", question
    assert isinstance(surveys.ask("618大促期间的满意度"), Answerable)


def test_a_known_word_with_one_more_character_is_no_slip_of_another(surveys):
    assert not isinstance(surveys.ask("上个月周六满意度是多少"), Answerable)
    assert isinstance(surveys.ask("上个月总体满易度是多少"), Answerable)
