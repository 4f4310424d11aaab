"""English as it is typed in haste, and what small words beside a name may hide."""

from __future__ import annotations

import pytest
from gold_queries import asked

from huiyin.ask.contracts import Answerable, AskBack, Kind, Refusal, Why
from huiyin.ask.dictionary import loaded
from huiyin.ask.english_short_forms import written_out
from huiyin.ask.english_turns import in_plain_english
from huiyin.measure.contracts import Against, Filter

HARBIN = Filter("城市", "=", ("哈尔滨",))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("ppl w/ gold card", "people with gold card"),
        ("crash % per version", "crash share per version"),
        ("% of families", "share of families"),
        ("% unhappy customers", "share of unhappy customers"),
        ("ios v android", "ios vs android"),
        ("service sat by team", "service satisfaction by team"),
        ("nps up 10% in may", "nps up 10% in may"),
        ("% change in nps", "% change in nps"),
    ],
)
def test_what_is_typed_in_haste_is_written_in_full(typed, written):
    assert written_out(typed) == written


def test_a_quality_has_two_ends_and_nothing_else():
    for columns, ends in loaded("english.yaml")["qualities"].items():
        assert set(ends) == {"good", "bad"}, columns
        assert all(ends.values()), columns


def test_every_word_of_a_quality_is_known(surveys):
    assert asked(surveys, "how pricey do families find us").metrics == ("score:价格感知",)
    assert asked(surveys, "messiest shop in Wuhan").metrics == ("score:环境整洁",)


def test_a_name_with_a_slip_takes_no_small_word_beside_it(surveys):
    found = asked(surveys, "our 2 harbin stores side by side on nps")
    assert (found.by, found.where) == (("门店",), (HARBIN,))


@pytest.mark.parametrize("word", ["bar", "ignoring", "leaving aside", "with the exception of"])
def test_what_is_left_out_is_left_out_in_many_words(surveys, word):
    found = asked(surveys, f"nps of everyone {word} black gold members")
    assert found.where == (Filter("会员等级", "!=", ("黑金",)),)


def test_how_hard_it_is_is_effort_unless_a_rating_is_named(surveys):
    assert asked(surveys, "how painful are invoices", "售后回访").metrics == ("ces",)
    on_ios = asked(surveys, "is the ui easier on ios than on android", "应用NPS")
    assert on_ios.metrics == ("score:界面易用",)


@pytest.mark.parametrize(
    "question", ["how many claims were rejected", "how many shoppers did we lose"]
)
def test_how_many_there_are_is_no_metric(surveys, question):
    found = surveys.ask(question, "保险理赔")
    assert isinstance(found, Refusal)
    assert found.reason is Why.NO_SUCH_METRIC


def test_how_many_of_them_were_satisfied_is_a_share(surveys):
    found = asked(surveys, "how many of our families were satisfied in May")
    assert found.metrics == ("satisfied:总体满意度",)


def test_which_asks_for_one_or_for_several(surveys):
    several = asked(surveys, "which issue types make customers work hardest", "售后回访")
    one = asked(surveys, "which of the three carriers is weaker on packaging", "物流签收")
    assert several.rank.n > one.rank.n == 1


def test_a_number_in_stars_is_one_of_their_mean(surveys):
    found = asked(surveys, "which shops get under 3.5 stars", "公开评论")
    assert found.metrics == ("mean:星级",)


def test_what_moved_from_one_to_another_is_compared_with_the_first(surveys):
    found = asked(surveys, "did crashes go down from 5.0 to 5.1", "应用NPS")
    assert found.kind is Kind.COMPARE
    assert (found.where[-1].values, found.compare.value) == (("5.1",), "5.0")


def test_days_of_a_month_stand_before_or_after_it(surveys):
    first = asked(surveys, "nps 1-15 May")
    assert (first.since.day, first.until.day) == (1, 15)
    assert asked(surveys, "NPS 16-31 May vs 1-15 May").compare.against is Against.PREVIOUS


@pytest.mark.parametrize(
    ("question", "dataset"),
    [
        ("distribution of nps scores", "门店满意度"),
        ("where is competitor A ahead of us on price by region?", "竞品对比"),
        ("competitor b's nps", "竞品对比"),
    ],
)
def test_what_a_query_cannot_hold_is_asked_back(surveys, question, dataset):
    assert isinstance(surveys.ask(question, dataset), AskBack)


def test_a_condition_of_the_thread_is_taken_off(surveys):
    gold = surveys.ask("NPS of gold members in Harbin by channel")
    assert asked(surveys, "drop the gold filter", before=gold).where == (HARBIN,)
    assert asked(surveys, "remove the channel breakdown", before=gold).by == ()


def test_a_thread_about_one_group_is_set_against_the_rest(surveys):
    before = surveys.ask("NPS in Harbin")
    assert asked(surveys, "vs rest", before=before).compare.against is Against.REST


def test_who_is_unhappy_with_something_rated_just_that_badly(surveys):
    found = asked(surveys, "return intent of people unhappy with the price")
    assert (found.metrics, found.where) == (("intent",), (Filter("价格感知", "=", ("1", "2")),))


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        ("what annoys families most", "what do families say"),
        ("gift buyers: what do they love about us", "what do gift buyers say"),
        ("which of the two is weaker", "which of the two is worse"),
        ("did nps rise this year vs last", "did nps rise this year vs last year"),
        (
            "nps of people who repurchase vs those who did not",
            "nps of people who repurchase vs those who did not repurchase",
        ),
    ],
)
def test_a_turn_in_haste_is_said_in_plain_words(turn, said):
    assert in_plain_english(turn) == said


def test_the_days_of_an_outcome_are_no_period(surveys):
    fault = asked(surveys, "NPS of people who had a fault in the last 30 days", "应用NPS")
    again = asked(surveys, "what share of silver members buy again within 90 days?")
    assert (fault.since, again.since) == (None, None)
    assert again.metrics == ("share:90天内复购=是",)


def test_what_was_met_is_counted_and_not_who_met_it(surveys):
    found = asked(surveys, "What share of iOS users ran into login trouble?", "应用NPS")
    assert found.metrics == ("share:遇到的问题=登录不上",)
    assert found.where == (Filter("操作系统", "=", ("iOS",)),)


def test_last_may_beside_may_is_a_year_before(surveys):
    assert asked(surveys, "NPS may vs last may").compare.against is Against.YEAR_AGO


def test_what_is_hurting_a_number_drives_it(surveys):
    assert asked(surveys, "What's hurting NPS among families?").kind is Kind.DRIVERS


def test_to_end_up_somewhere_is_no_rise(surveys):
    assert asked(surveys, "how did we end up last year on NPS?").kind is Kind.NUMBER


def test_a_name_between_leave_and_out_is_left_out(surveys):
    found = asked(surveys, "leave Harbin out: NPS in May")
    assert found.where == (Filter("城市", "!=", ("哈尔滨",)),)


@pytest.mark.parametrize(
    "question",
    [
        "cities ranked 6 to 10 on NPS",
        "average order value of customers who said they would come back",
        "NPS of hardly satisfied families",
        "NPS in the remaining regions",
        "satisfaction of similar stores",
    ],
)
def test_a_word_that_picks_some_is_not_passed_over(surveys, question):
    assert not isinstance(surveys.ask(question), Answerable)


@pytest.mark.parametrize("question", ["session length by version", "screen brightness per brand"])
def test_a_measure_that_there_is_not_is_refused(surveys, question):
    found = surveys.ask(question, "应用NPS")
    assert isinstance(found, Refusal)
    assert found.reason is Why.NO_SUCH_METRIC


def test_names_of_customers_are_personal(surveys):
    assert surveys.ask("names of our happiest customers").reason is Why.PERSONAL


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        ("are b tier clients as happy as a tier", "are b tier clients happier than a tier"),
        ("what reasons do families give for low scores", "what do dissatisfied families say"),
        ("reviews with 5 stars", "reviews that gave 5"),
        ("neither families nor gift buyers", "excluding families and gift buyers"),
    ],
)
def test_more_turns_are_said_in_plain_words(turn, said):
    assert in_plain_english(turn) == said


@pytest.mark.parametrize(
    ("question", "dataset"),
    [
        ("which five shops dragged on checkout last month", "门店满意度"),
        ("satisfaction in the least tidy shops", "门店满意度"),
        ("NPS in healthcare and catering this year vs last year", "企业客户"),
    ],
)
def test_more_than_a_query_holds_is_asked_back(surveys, question, dataset):
    assert isinstance(surveys.ask(question, dataset), AskBack)


def test_how_far_we_are_behind_is_asked_of_us(surveys):
    found = asked(surveys, "how far behind competitor A are we on product quality", "竞品对比")
    assert found.where == (Filter("品牌", "=", ("示例公司",)),)
    assert found.compare.value == "竞品甲"


def test_a_word_for_several_is_said_once(surveys):
    found = asked(surveys, "Team 1, 2 and 5: handling outcome this month", "售后回访")
    assert set(found.where[0].values) == {"客服1组", "客服2组", "客服5组"}
    either = asked(surveys, "packaging: is carrier A or B better?", "物流签收")
    assert either.compare.value == "快运乙"
