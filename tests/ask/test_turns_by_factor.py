"""What crossing factors at random showed to be missing: steadiness, wishes, what is left out."""

from __future__ import annotations

from datetime import date

import pytest
from gold_queries import of, parts_of

from huiyin.ask.contracts import AskBack, Missing, Refusal

THIS_YEAR = {"since": date(2026, 1, 1), "until": date(2026, 6, 14)}
HALF_YEAR = {"since": date(2025, 12, 15), "until": date(2026, 6, 14)}


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("近半年NPS稳不稳", of("trend", "nps", grain="month", **HALF_YEAR)),
        ("近一年满意度是否平稳", "score:总体满意度"),
        ("今年复购率每周占比稳定吗", "share:90天内复购=是"),
        ("今年NPS是不是忽高忽低", of("trend", "nps", grain="month", **THIS_YEAR)),
        ("has NPS stayed flat this year", of("trend", "nps", grain="month", **THIS_YEAR)),
        ("Was satisfaction stable week by week this year?", "score:总体满意度"),
        ("how volatile was NPS this year", of("trend", "nps", grain="month", **THIS_YEAR)),
    ],
)
def test_whether_a_number_is_steady_is_its_course(surveys, question, told):
    found = parts_of(surveys.ask(question))
    if isinstance(told, str):
        assert (found["kind"], found["metrics"]) == ("trend", [told])
    else:
        assert found == told


@pytest.mark.parametrize(
    "question", ["NPS最稳定的门店", "哪个大区的NPS最稳", "哪家店满意率稳定", "华东NPS比华南稳定吗",
                 "Which region has the most stable NPS?"]
)  # fmt: skip
def test_which_group_is_steadiest_is_asked_back(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, AskBack)
    assert found.reason is Missing.WHAT


@pytest.mark.parametrize("question", ["5.0版本稳定吗", "how stable is 5.0"])
def test_where_stability_is_rated_it_is_a_number(surveys, question):
    found = parts_of(surveys.ask(question, "应用NPS"))
    assert (found["kind"], found["metrics"]) == ("number", ["score:稳定流畅"])


@pytest.mark.parametrize(
    "question",
    ["NPS, gift buyers excluded", "NPS, gift buyers not counted", "with gift buyers set aside, NPS",
     "gift buyers left out, what is NPS"],
)  # fmt: skip
def test_what_is_said_to_be_left_out_after_its_name_is_left_out(surveys, question):
    assert parts_of(surveys.ask(question)) == of(
        "number", "nps", where=[("客群", "!=", ["送礼客"])]
    )


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("NPS in the first half", (date(2026, 1, 1), date(2026, 6, 14))),
        ("first half: NPS", (date(2026, 1, 1), date(2026, 6, 14))),
        ("NPS in the first half of 2025", (date(2025, 1, 1), date(2025, 6, 30))),
        ("NPS in the first half of May", (date(2026, 5, 1), date(2026, 5, 15))),
        ("NPS over the National Day holiday", (date(2025, 10, 1), date(2025, 10, 8))),
    ],
)
def test_a_bare_half_is_that_of_the_year(surveys, question, days):
    found = parts_of(surveys.ask(question))
    assert (found["kind"], found["since"], found["until"]) == ("number", *days)


@pytest.mark.parametrize(
    "question",
    ["家庭客希望我们做什么", "家庭客想要些什么", "家庭客有什么期望", "how do families describe us",
     "what would families like us to do", "what are families asking for"],
)  # fmt: skip
def test_what_customers_wish_for_is_what_they_say(surveys, question):
    assert parts_of(surveys.ask(question)) == {
        "kind": "voices",
        "where": [("客群", "=", ["家庭客"])],
    }


@pytest.mark.parametrize("question", ["想提升满意度，希望从哪改起", "怎么做才能让家庭客更满意"])
def test_what_raises_a_number_is_no_comment(surveys, question):
    assert parts_of(surveys.ask(question))["kind"] == "drivers"


def test_which_of_two_is_asked_of_each_group(surveys):
    pair = {"where": [("客群", "=", ["家庭客"])], "compare": "客群=上班族"}
    wanted = of("compare", "score:总体满意度", by=["大区"], **pair)
    for question in ("各大区家庭客和上班族谁的满意度高", "家庭客和上班族，分大区看谁的满意度高"):
        assert parts_of(surveys.ask(question)) == wanted


def test_shares_of_several_values_are_each_a_share(surveys):
    two = ["share:客群=家庭客", "share:客群=送礼客"]
    for question in ("家庭客和送礼客各占多少", "家庭客和送礼客的占比各多少"):
        assert parts_of(surveys.ask(question)) == {"kind": "number", "metrics": two}
    one = parts_of(surveys.ask("各大区家庭客占比"))
    assert one == of("number", "share:客群=家庭客", by=["大区"])


def test_down_south_is_a_place_and_no_fall(surveys):
    place = {"where": [("大区", "=", ["华南"])]}
    assert parts_of(surveys.ask("how's NPS down south")) == of("number", "nps", **place)
    fell = parts_of(surveys.ask("was NPS down in the south in May"))
    assert (fell["kind"], fell["compare"]) == ("compare", "previous")


def test_a_direction_from_one_month_to_another_is_a_course(surveys):
    found = parts_of(surveys.ask("is NPS going up or down from January to May"))
    days = {"since": date(2026, 1, 1), "until": date(2026, 5, 31)}
    assert found == of("trend", "nps", grain="month", **days)


def test_our_own_people_answer_where_departments_are_a_column(surveys):
    assert parts_of(surveys.ask("员工都抱怨什么", "内部服务")) == {"kind": "voices"}


@pytest.mark.parametrize("question", ["各区的NPS", "各区 NPS 黑金", "每个区NPS"])
def test_each_area_lacks_its_column(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, AskBack)
    assert found.reason is Missing.COLUMN
    assert parts_of(surveys.ask("各大区的NPS"))["by"] == ["大区"]


def test_who_is_least_happy_lacks_a_column_but_who_it_is_is_nobodys_business(surveys):
    found = surveys.ask("Who is the least happy with us?")
    assert isinstance(found, AskBack)
    assert found.reason is Missing.COLUMN
    assert isinstance(surveys.ask("who is the customer that gave a 0"), Refusal)


def test_a_place_that_names_begin_with_is_one_of_them(surveys):
    found = surveys.ask("重庆今年每月的星级", "公开评论")
    assert isinstance(found, AskBack)
    assert found.reason is Missing.VALUE
    assert set(found.options) == {"门店=重庆解放碑店", "门店=重庆观音桥店"}
    alone = parts_of(surveys.ask("上海的满意度", "内部服务"))
    assert alone["where"] == [("办公地点", "=", ["上海总部"])]
    assert parts_of(surveys.ask("成都的NPS"))["where"] == [("城市", "=", ["成都"])]


@pytest.mark.parametrize(
    ("question", "dataset"),
    [
        ("6月5日以来各操作系统商城模块每天的费力度", "应用NPS"),
        ("what's effort been doing day to day this month, iOS only", "应用NPS"),
        ("把近两周每天的满意率拉出来，短信渠道的别算", "门店满意度"),
    ],
)
def test_every_day_is_a_course(surveys, question, dataset):
    found = parts_of(surveys.ask(question, dataset))
    assert (found["kind"], found["grain"]) == ("trend", "day")
    assert found["where"]


def test_who_is_happier_with_something_is_asked_of_that_alone(surveys):
    pair = {"where": [("客群", "=", ["家庭客"])], "compare": "客群=上班族"}
    found = parts_of(surveys.ask("家庭客和上班族谁对环境更满意"))
    assert found == of("compare", "score:环境整洁", **pair)


@pytest.mark.parametrize("question", ["detractors, in their own words", "贬损者说是因为啥"])
def test_own_words_are_comments(surveys, question):
    assert parts_of(surveys.ask(question))["kind"] == "voices"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("周NPS 今年", of("trend", "nps", grain="week", **THIS_YEAR)),
        ("Draw NPS this year", of("trend", "nps", grain="month", **THIS_YEAR)),
        ("今年NPS每月是稳还是飘", of("trend", "nps", grain="month", **THIS_YEAR)),
        ("draw NPS by region this year", of("number", "nps", by=["大区"], **THIS_YEAR)),
        (
            "按季度看去年年初以来的NPS",
            of("trend", "nps", grain="quarter", since=date(2025, 1, 1), until=date(2026, 6, 14)),
        ),
    ],
)
def test_a_course_in_short_words(surveys, question, told):
    assert parts_of(surveys.ask(question)) == told


def test_who_came_that_way_and_is_not_wanted_is_left_out(surveys):
    for question, operator in (("短信来的不要，NPS多少", "!="), ("短信来的，NPS多少", "=")):
        where = [("渠道", operator, ["短信"])]
        assert parts_of(surveys.ask(question)) == of("number", "nps", where=where)


def test_apart_at_the_end_shows_each(surveys):
    both = [("客群", "=", ["家庭客", "送礼客"])]
    found = parts_of(surveys.ask("NPS of families and gift buyers apart"))
    assert found == of("number", "nps", by=["客群"], where=both)
    gap = parts_of(surveys.ask("how far are East and South China apart on NPS"))
    assert gap["compare"] == "大区=华南"


def test_faster_or_slower_than_before_is_a_change(surveys):
    found = parts_of(surveys.ask("1组这个季度比上个季度响应快了没", "售后回访"))
    assert (found["kind"], found["compare"]) == ("compare", "previous")


def test_the_period_that_is_asked_back_for_leads_on(surveys):
    asked = surveys.ask("和上次比，什么真的变了")
    assert asked.reason is Missing.PERIOD
    named = surveys.ask("上个月", before=asked)
    assert named.reason is Missing.METRIC
    days = {"since": date(2026, 5, 1), "until": date(2026, 5, 31)}
    told = parts_of(surveys.ask("满意度", before=named))
    assert told == of("compare", "score:总体满意度", compare="previous", **days)


@pytest.mark.parametrize("question", ["NPS最低的五个门店", "the five shops with the lowest NPS"])
def test_a_new_question_lets_go_what_was_asked_back(surveys, question):
    asked = surveys.ask("华东年轻人的NPS")
    assert asked.reason is Missing.VALUE
    told = parts_of(surveys.ask(question, before=asked))
    assert told == of("ranking", "nps", by=["门店"], rank={"worst": 5})
    answered = parts_of(surveys.ask("26-35岁", before=asked))
    assert answered["where"] == [("大区", "=", ["华东"]), ("年龄段", "=", ["26-35岁"])]
