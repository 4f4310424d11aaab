"""English questions whose verb says what is counted, and words that say what customers met."""

from __future__ import annotations

import pytest
from gold_queries import asked, of, parts_of

from huiyin.ask.contracts import AskBack, Kind, Missing, Refusal, Why
from huiyin.measure.contracts import Filter


@pytest.mark.parametrize(
    ("question", "counted", "whose"),
    [
        ("How many percent of customers in South China are gold members?", "会员等级=金卡", "大区"),
        ("What percentage of customers in East China are families?", "客群=家庭客", "大区"),
        ("what percent of office workers come through SMS", "渠道=短信", "客群"),
        ("Of the customers in South China, how many percent are families?", "客群=家庭客", "大区"),
        ("what percentage of customers who use an iPhone are families", "客群=家庭客", "手机品牌"),
        ("share of families in South China", "客群=家庭客", "大区"),
        ("what is the share of families in South China", "客群=家庭客", "大区"),
    ],
)
def test_what_the_verb_says_is_counted_of_whoever_stands_before(surveys, question, counted, whose):
    found = asked(surveys, question)
    assert found.metrics == (f"share:{counted}",)
    assert [one.column for one in found.where] == [whose]


def test_of_whom_a_share_is_satisfied_is_not_counted(surveys):
    found = asked(surveys, "what percentage of customers in South China are satisfied")
    assert found.metrics == ("satisfied:总体满意度",)


def test_how_many_are_promoters_counts_no_group(surveys):
    found = surveys.ask("what percentage of customers in South China are promoters")
    assert isinstance(found, AskBack)
    assert found.reason is Missing.METRIC


@pytest.mark.parametrize(
    ("question", "trouble"),
    [
        ("NPS of users annoyed by crashes", "闪退"),
        ("NPS of users bothered by too many ads", "广告太多"),
        ("NPS of users frustrated with login problems", "登录不上"),
        ("NPS of users unable to find a function", "找不到功能"),
        ("NPS of users who cannot find what they are looking for", "找不到功能"),
    ],
)
def test_who_is_annoyed_by_a_trouble_met_it(surveys, question, trouble):
    found = asked(surveys, question, "应用NPS")
    assert found.where == (Filter("遇到的问题", "=", (trouble,)),)


def test_who_is_annoyed_by_the_price_rated_it_badly(surveys):
    found = asked(surveys, "NPS of customers annoyed with the price")
    assert found.where == (Filter("价格感知", "=", ("1", "2")),)


@pytest.mark.parametrize(
    ("question", "dataset", "first", "second"),
    [
        ("product quality: us or them?", "竞品对比", "示例公司", "竞品甲"),
        ("who is better on service, us or the competitor?", "竞品对比", "示例公司", "竞品甲"),
        ("satisfaction: gold or silver members?", "门店满意度", "金卡", "银卡"),
        ("NPS, Android or iOS", "应用NPS", "安卓", "iOS"),
    ],
)
def test_one_or_the_other_is_a_comparison(surveys, question, dataset, first, second):
    found = asked(surveys, question, dataset)
    assert (found.kind, found.where[0].values) == (Kind.COMPARE, (first,))
    assert found.compare.value == second


def test_better_or_worse_are_no_groups(surveys):
    found = asked(surveys, "May NPS: better or worse than April?")
    assert (found.kind, found.where) == (Kind.COMPARE, ())
    three = asked(surveys, "NPS: East, South or North China?")
    assert (three.kind, three.by) == (Kind.NUMBER, ("大区",))


@pytest.mark.parametrize(
    ("question", "grain"),
    [
        ("satisfaction rate by region and month this year", "month"),
        ("satisfaction rate per region and quarter this year", "quarter"),
    ],
)
def test_by_a_group_and_a_stretch_of_time_is_a_series(surveys, question, grain):
    found = asked(surveys, question)
    assert (found.kind, found.by, found.grain.value) == (Kind.TREND, ("大区",), grain)


def test_by_region_and_channel_this_month_is_no_series(surveys):
    assert asked(surveys, "NPS by region and channel this month").kind is Kind.NUMBER


@pytest.mark.parametrize(
    ("question", "metric", "by"),
    [
        ("average effort per service", "ces", "业务"),
        ("mean waiting time rating by service", "mean:等候时间", "业务"),
        ("average staff attitude score per branch", "mean:柜员态度", "网点"),
    ],
)
def test_a_bank_is_asked_by_service_and_branch(surveys, question, metric, by):
    found = surveys.ask(question, "银行开户")
    assert parts_of(found) == of("number", metric, by=[by])


def test_twenty_percent_up_on_last_year_may_be_a_share_or_points(surveys):
    found = surveys.ask("Was NPS up 20% on last year in Q1?")
    assert isinstance(found, AskBack)
    assert found.reason is Missing.RELATIVE_OR_ABSOLUTE
    assert asked(surveys, "Was NPS up on last year in Q1?").kind is Kind.COMPARE


@pytest.mark.parametrize(
    "question",
    [
        "Does the evidence show that the new shop design made customers happier?",
        "Can the numbers tell us whether the new layout raised NPS?",
        "Did NPS go up because of the new layout?",
        "Is there any sign that the new checkout raised NPS?",
    ],
)
def test_whether_something_else_made_it_so_is_refused(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, Refusal)
    assert found.reason is Why.CAUSAL


@pytest.mark.parametrize(
    "question",
    ["Is there evidence that NPS improved in May?", "Do the data show that NPS improved in May?"],
)
def test_whether_a_number_moved_is_answered(surveys, question):
    assert asked(surveys, question).kind is Kind.COMPARE


@pytest.mark.parametrize(
    "question",
    [
        "what themes come up among families",
        "what did families find disturbing",
        "what ideas did families leave us",
        "what message do the comments of families send",
        "experiences that families reported",
        "what is making families tired of us",
    ],
)
def test_what_they_say_is_asked_in_many_words(surveys, question):
    assert parts_of(surveys.ask(question)) == {
        "kind": "voices",
        "where": [("客群", "=", ["家庭客"])],
    }


def test_an_adverb_of_degree_rates_no_price(surveys):
    assert asked(surveys, "were families reasonably happy").metrics == ("score:总体满意度",)


def test_a_case_that_is_open_is_not_solved(surveys):
    found = asked(surveys, "how satisfied were people whose problem was still open", "售后回访")
    assert found.where == (Filter("是否解决", "=", ("否",)),)


@pytest.mark.parametrize(
    "question",
    ["drivers of repeat purchase in the South", "what influences whether people buy again"],
)
def test_no_drivers_are_found_of_what_people_did(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, AskBack)
    assert found.reason is Missing.METRIC


@pytest.mark.parametrize(
    ("question", "metric"),
    [
        ("what puts customers off coming again", "intent"),
        ("what keeps people from recommending us", "nps"),
    ],
)
def test_what_holds_people_off_drives_their_intent(surveys, question, metric):
    assert parts_of(surveys.ask(question)) == of("drivers", metric)


@pytest.mark.parametrize("question", ["what do women complain about", "complaints from students"])
def test_who_says_something_must_be_in_the_data(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, Refusal)
    assert found.reason is Why.NO_SUCH_COLUMN


@pytest.mark.parametrize(
    "question",
    [
        "things that families liked",
        "what went down well with families",
        "what rubbed families up the wrong way",
        "what's the buzz among families",
        "most frequent complaints of families",
    ],
)
def test_what_they_liked_is_in_what_they_say(surveys, question):
    found = asked(surveys, question)
    assert (found.kind, found.where) == (Kind.VOICES, (Filter("客群", "=", ("家庭客",)),))


@pytest.mark.parametrize(
    ("question", "dataset", "metric", "where"),
    [
        ("late share of carrier A", "物流签收", "share:是否准时=否", ("承运", "快运甲")),
        ("how willing are B tier clients to renew", "企业客户", "intent", ("客户等级", "B 级")),
        ("NPS in Wuhan: more than 40 or not", "门店满意度", "nps", ("城市", "武汉")),
        (
            "are 80% of black gold members satisfied",
            "门店满意度",
            "satisfied:总体满意度",
            ("会员等级", "黑金"),
        ),
        (
            "how often do iOS users hit a payment failure",
            "应用NPS",
            "share:遇到的问题=支付失败",
            ("操作系统", "iOS"),
        ),
    ],
)
def test_one_group_has_one_number_however_it_is_asked(surveys, question, dataset, metric, where):
    found = surveys.ask(question, dataset)
    assert parts_of(found) == of("number", metric, where=[(where[0], "=", [where[1]])])


@pytest.mark.parametrize(
    ("question", "dataset", "value"),
    [
        ("families in Q1 versus families in Q4: satisfied share", "门店满意度", "previous"),
        ("Chengdu and the rest of the Southwest - NPS", "门店满意度", "rest"),
        ("are late parcels rated worse on packing too", "物流签收", "group"),
    ],
)
def test_one_group_is_set_against_what_is_left_or_was(surveys, question, dataset, value):
    found = asked(surveys, question, dataset)
    assert (found.kind, found.compare.against.value) == (Kind.COMPARE, value)


@pytest.mark.parametrize(
    "question", ["how many families answered", "which shop has the most customers"]
)
def test_how_many_answered_is_no_number_here(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, Refusal)
    assert found.reason is Why.NO_SUCH_METRIC
