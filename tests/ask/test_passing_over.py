"""A word that nothing explains is passed over only where hardly anything else can be meant."""

from __future__ import annotations

from datetime import date

import pytest
from gold_queries import parts_of

from benchmarks.learn_passing_over import Hiding
from huiyin.ask.contracts import Answerable
from huiyin.ask.passing_over import DOUBTED, SURE, likely
from huiyin.ask.reading import without_strays
from huiyin.ask.sentences import with_doubt
from huiyin.core.text import Text

TODAY = date(2026, 6, 15)
TALK = [
    (
        "物流签收",
        "各家承运的准时率亮个底",
        {"kind": "number", "metrics": ["share:是否准时=是"], "by": ["承运"]},
    ),
    (
        "门店满意度",
        "摸一摸各城市净推荐值的底",
        {"kind": "number", "metrics": ["nps"], "by": ["城市"]},
    ),
    (
        "竞品对比",
        "竞品甲价格感知几斤几两",
        {
            "kind": "number",
            "metrics": ["score:价格感知"],
            "where": [("品牌", "=", ["竞品甲"])],
        },
    ),
    (
        "门店满意度",
        "cities moping under 70% satisfied",
        {
            "kind": "threshold",
            "metrics": ["satisfied:总体满意度"],
            "by": ["城市"],
            "threshold": ("<", 0.7),
        },
    ),
    (
        "门店满意度",
        "which levers sway intent to return",
        {"kind": "drivers", "metrics": ["intent"]},
    ),
]
NAMES = [
    ("门店满意度", "学生党的满意度"),
    ("门店满意度", "加盟店的NPS"),
    ("银行开户", "按揭客户的满意度"),
    ("保险理赔", "寿险的NPS"),
    ("竞品对比", "竞品乙的NPS"),
    ("应用NPS", "暗黑模式满意度"),
    ("门店满意度", "satisfaction among vegans"),
    ("门店满意度", "parking satisfaction"),
    ("企业客户", "startups' renewal rate"),
    ("银行开户", "mortgage customers' satisfaction"),
]
PICKING = [
    ("公开评论", "差评率爆表的前三家店"),
    ("门店满意度", "ranking of provinces by dissatisfied share, top three offenders"),
    ("竞品对比", "竞品甲哪方面比我们强"),
    ("门店满意度", "哪个大区高端的复购率最高"),
    ("门店满意度", "哪个大区抽样的复购率最高"),
    ("门店满意度", "which region has the lowest satisfaction of loyal customers"),
]


@pytest.mark.parametrize(("dataset", "question", "parts"), TALK)
def test_talk_that_nobody_wrote_down_is_passed_over_and_shown(surveys, dataset, question, parts):
    passed = without_strays(question, surveys.vocabulary(dataset), TODAY)
    found = surveys.ask(question, dataset)
    assert parts_of(found) == parts
    assert passed is not None
    assert found.unused == passed.words
    assert all(word in found.reading.say("zh-CN") for word in passed.words)


@pytest.mark.parametrize(("dataset", "question"), NAMES)
def test_a_word_that_may_be_about_the_data_is_not_passed_over(surveys, dataset, question):
    assert not isinstance(surveys.ask(question, dataset), Answerable)


@pytest.mark.parametrize(("dataset", "question"), PICKING)
def test_a_word_that_may_say_which_are_picked_is_not_passed_over(surveys, dataset, question):
    passed = without_strays(question, surveys.vocabulary(dataset), TODAY)
    assert passed is not None
    assert likely(passed.signs) >= SURE
    assert not isinstance(surveys.ask(question, dataset), Answerable)


@pytest.mark.parametrize(
    ("question", "word", "parts"),
    [
        (
            "看看五月各大区满意率的底裤",
            "底裤",
            {
                "kind": "number",
                "metrics": ["satisfied:总体满意度"],
                "by": ["大区"],
                "since": date(2026, 5, 1),
                "until": date(2026, 5, 31),
            },
        ),
        (
            "Is tidiness a CONUNDRUM in Wuhan?",
            "CONUNDRUM",
            {
                "kind": "number",
                "metrics": ["score:环境整洁"],
                "where": [("城市", "=", ["武汉"])],
            },
        ),
    ],
)
def test_a_word_that_is_likely_talk_is_left_out_and_named_first(surveys, question, word, parts):
    passed = without_strays(question, surveys.vocabulary("门店满意度"), TODAY)
    found = surveys.ask(question)
    assert passed is not None
    assert DOUBTED <= likely(passed.signs) < SURE
    assert parts_of(found) == parts
    assert found.doubted == (word,)
    assert with_doubt(Text("满意率 80%", "80% satisfied"), found.doubted) == Text(
        f"没看懂“{word}”，下面是不算它的结果：满意率 80%",
        f"“{word}” is not understood; this is without it. 80% satisfied",
    )


def test_what_is_sure_is_told_without_a_doubt(surveys):
    for dataset, question, _ in TALK:
        assert surveys.ask(question, dataset).doubted == ()
    assert with_doubt(Text("甲", "A"), ()) == Text("甲", "A")


def test_a_word_after_a_name_is_not_left_out(surveys):
    found = surveys.ask("reasons for low scores in Kunming Nanping Street")
    assert not isinstance(found, Answerable)


def test_in_a_thread_no_word_is_passed_over(surveys):
    first = surveys.ask("上个月各城市净推荐值")
    assert isinstance(first, Answerable)
    assert not isinstance(surveys.ask("摸一摸各城市净推荐值的底", before=first), Answerable)


def test_what_is_answered_or_lacks_something_else_has_no_word_to_pass(surveys):
    known = surveys.vocabulary("门店满意度")
    assert without_strays("各城市净推荐值", known, TODAY) is None
    assert without_strays("各城市的底", known, TODAY) is None


def test_the_more_surprising_a_reading_is_the_less_a_word_is_passed_over(surveys):
    passed = without_strays("摸一摸各城市净推荐值的底", surveys.vocabulary("门店满意度"), TODAY)
    assert passed is not None
    odd = passed.signs.copy()
    odd.update(["sp>0.3", "sp>0.7", "sp>1.5", "sp>2.5", "sp>4.0"])
    assert likely(passed.signs) >= SURE > likely(odd) > 0


def test_a_word_is_hidden_for_a_while_with_its_endings_and_its_sound(surveys):
    known = surveys.vocabulary("门店满意度")
    hiding = Hiding(known)
    asked = {"垫底": "服务体验垫底的门店", "worst": "which store is worst on service"}
    for word, question in asked.items():
        before = surveys.ask(question)
        with hiding.without(word):
            assert word not in known.exact
            assert surveys.ask(question) != before
        assert surveys.ask(question) == before
