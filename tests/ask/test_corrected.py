"""What is taken back in the same breath is not asked about; what it leaves unsaid stays."""

from __future__ import annotations

import pytest
from gold_queries import parts_of

from huiyin.ask.contracts import Answerable

SAME = [
    ("上个月华东的满意率，不对，华南的满意率", "上个月华南的满意率"),
    ("上个月华东，啊不，华南，NPS多少", "上个月华南NPS多少"),
    ("上个月NPS，我说的是满意度", "上个月满意度"),
    ("今年NPS最低的三家店，不对，五家", "今年NPS最低的五家店"),
    ("5月华东NPS，说错了，6月华南的满意率", "6月华南的满意率"),
    ("上个月华东各门店的NPS，不对，是各城市", "上个月华东各城市的NPS"),
    ("satisfaction for May, no wait, April", "satisfaction for April"),
    ("NPS for May in the East, no wait, in the South", "NPS for May in the South"),
    ("不是问5月，问4月的NPS", "4月的NPS"),
    ("我要的不是满意度，是满意率，上个月", "满意率，上个月"),
    ("别看华东了，看看华南的NPS", "华南的NPS"),
    ("别管满意度了，看复购率", "复购率"),
    ("不看短信渠道，看NPS多少", "除了短信渠道，NPS多少"),
    ("not the score, I want the satisfied share for May", "satisfied share for May"),
    ("don't show me the North, show me the South NPS", "NPS in the South"),
    ("不按门店，按城市看满意率", "按城市看满意率"),
    ("不要排名，要数字，各大区NPS", "各大区NPS"),
    ("不用告诉我为什么，告诉我多少，5月NPS", "5月NPS"),
    ("I don't need the reasons, just NPS in May", "NPS in May"),
    ("不管哪个渠道，NPS多少", "NPS多少"),
    ("not gold but silver members, repurchase rate", "silver members, repurchase rate"),
]


@pytest.mark.parametrize(("question", "meant"), SAME)
def test_what_is_meant_counts(surveys, question, meant):
    assert parts_of(surveys.ask(question)) == parts_of(surveys.ask(meant))


def test_nothing_is_taken_back_where_a_word_only_sounds_so(surveys):
    assert not isinstance(surveys.ask("有什么不对，帮我看看上个月NPS"), Answerable)
