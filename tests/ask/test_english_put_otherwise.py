"""English questions in other words than the first that come to mind."""

from __future__ import annotations

import pytest
from gold_queries import asked

from huiyin.ask.contracts import Answerable, AskBack, Kind, Refusal, Why


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("Put the regions in order of NPS", "rank the regions by NPS"),
        ("how has NPS unfolded this year", "how has NPS developed this year"),
        ("show me the story of satisfaction in 2026", "show me the trend of satisfaction in 2026"),
        ("NPS momentum this year", "NPS trend this year"),
        ("NPS by the month", "NPS by month"),
        ("shops not hitting 55 NPS", "shops below 55 NPS"),
        ("NPS of the 26 to 35 bracket", "NPS of customers aged 26-35"),
        ("what has the biggest bearing on NPS", "what has the biggest influence on NPS"),
        ("what pulled NPS down in May", "why did NPS fall in May"),
        ("sample comments for Chengdu", "comments for Chengdu"),
        ("where are we at with NPS", "what is NPS"),
        (
            "list regions from the most to the least satisfied",
            "rank the regions by satisfaction",
        ),
        ("regions that top an NPS of 30", "regions with an NPS above 30"),
        ("NPS of returning gift buyers", "NPS of gift buyers who bought again"),
        ("NPS curve for the last half year", "NPS trend for the last half year"),
        ("satisfaction across every channel other than SMS", "satisfaction excluding SMS"),
        ("What was NPS in the previous quarter?", "NPS last quarter"),
        (
            "What is the reason satisfaction in Q1 was below that of a year earlier?",
            "Why was satisfaction in Q1 lower than a year ago?",
        ),
        (
            "Did service get better from March 2025 to March 2026?",
            "Was service better in March 2026 than in March 2025?",
        ),
        (
            "What part of North China's customers last month held gold cards?",
            "share of customers in North China last month who are gold members",
        ),
        (
            "regular members: how many percent are satisfied with the price",
            "what percentage of regular members were satisfied with price",
        ),
        ("How satisfied are customers who never came back?", "satisfaction of churned customers"),
        ("how large is the share of families?", "share of families"),
        ("is there a difference in NPS between member tiers?", "NPS by member tier"),
        ("How big is the typical order of a black gold member?", "average order of black gold"),
        ("What score does checkout get?", "checkout score"),
        (
            "Does the speed of the checkout have any bearing on overall satisfaction?",
            "Does checkout speed affect overall satisfaction?",
        ),
        (
            "Does poor price perception lead to low overall satisfaction?",
            "Is price perception related to overall satisfaction?",
        ),
        (
            "Where should we put our effort first if we want a better NPS?",
            "what drives NPS",
        ),
        ("what counts most for families", "what matters most to families"),
        ("the words of our promoters", "comments of promoters"),
        ("What are people who left bad reviews complaining about?", "what do the bad reviews say"),
        ("satisfaction for the whole country in 2025.", "satisfaction in 2025"),
        ("NPS collected via SMS", "NPS of SMS"),
        ("From April to May, did NPS fall?", "Did NPS fall in May compared with April?"),
        ("Which improvements would help NPS most?", "what drives NPS"),
        ("mean rating of checkout, one line per shop", "mean checkout rating by shop"),
        ("NPS, SMS left out", "NPS excluding SMS"),
        ("Was satisfaction in Q1 better than a year before?", "satisfaction in Q1 year over year"),
        (
            "In 2025, how many gift buyers bought again, in percent?",
            "repurchase rate of gift buyers in 2025",
        ),
        (
            "what share is satisfied and what share dissatisfied?",
            "satisfaction rate and dissatisfaction rate",
        ),
        ("NPS less families", "NPS excluding families"),
        ("How much does NPS vary across member tiers?", "NPS by member tier"),
        (
            "What do the detractors among gift buyers talk about?",
            "what do gift buyers who are detractors say",
        ),
        ("overall satisfied and dissatisfied rates", "satisfaction rate and dissatisfaction rate"),
        (
            "The board wants to know satisfaction company-wide last quarter",
            "satisfaction last quarter",
        ),
        (
            "One basic question: how many of our customers are satisfied?",
            "how many of our customers are satisfied",
        ),
        ("Does anyone know our satisfied rate in Wuhan?", "satisfied rate in Wuhan"),
        ("What is our NPS driven by?", "what drives NPS"),
        ("What do sad customers write?", "what do unhappy customers write"),
        ("Which regions suffer most on delivery?", "which regions are worst on delivery"),
        (
            "Which stores have the greatest problems with checkout?",
            "which stores are worst on checkout",
        ),
        ("Stores below our standard of 80 on tidiness", "stores below 80 on tidiness"),
        (
            "Greatest improvement in NPS since March, by city",
            "biggest improvement in NPS since March, by city",
        ),
        (
            "The drop in satisfaction in May, what is it attributed to?",
            "why did satisfaction drop in May",
        ),
        (
            "How many points did NPS gain from March to April?",
            "how much did NPS change in April versus March",
        ),
        (
            "Six months of the satisfied rate, week by week",
            "the last six months of the satisfied rate, week by week",
        ),
        ("NPS this half year", "NPS in h1"),
        (
            "Both NPS and overall for families in May",
            "NPS and overall satisfaction for families in May",
        ),
        (
            "Customers leaving bad scores in May: what did they say?",
            "what did unhappy customers say in May",
        ),
        ("Messages customers left yesterday", "comments of customers yesterday"),
        ("Cut satisfaction into pieces by tier", "satisfaction by tier"),
        ("What have we learned from promoters?", "what do promoters say"),
        ("Thanks to what did NPS improve in April?", "why did NPS improve in April"),
        ("NPS by week of May", "NPS by week in May"),
        (
            "Satisfaction dropping in which region most since April?",
            "which region dropped most in satisfaction since April",
        ),
        (
            "Which region's NPS is falling the most in May?",
            "which region's NPS fell the most in May",
        ),
        ("Silver card members, satisfied or not?", "satisfaction of silver card members"),
        (
            "Metrics for Nanjing please: NPS, overall, price",
            "NPS, overall satisfaction, price in Nanjing",
        ),
    ],
)
def test_it_means_what_the_plain_words_mean(surveys, question, plain):
    assert asked(surveys, question) == asked(surveys, plain)


@pytest.mark.parametrize(
    "question",
    ["monthly NPS this year vs last year", "this year's monthly NPS next to last year's"],
)
def test_by_month_is_not_dropped_where_years_are_set_apart(surveys, question):
    found = surveys.ask(question)
    assert not (isinstance(found, Answerable) and found.understood.kind is not Kind.TREND)


def test_two_months_in_a_row_are_taken_together_where_nothing_sets_them_apart(surveys):
    together = asked(surveys, "NPS in April and May")
    assert together == asked(surveys, "NPS from April to May")
    assert asked(surveys, "compare NPS in April and May").kind is Kind.COMPARE


def test_who_improved_most_since_last_year_is_asked_back(surveys):
    found = surveys.ask("Which city has improved most on satisfaction since last year?")
    assert isinstance(found, AskBack), found


def test_those_on_time_are_the_other_side(surveys):
    found = asked(
        surveys,
        "How does satisfaction with late deliveries compare with those on time?",
        "物流签收",
    )
    assert found.compare is not None
    assert (found.compare.column, found.compare.value) == ("是否准时", "是")


def test_a_percentage_in_a_region_is_of_what_is_named_after_it(surveys):
    found = asked(surveys, "In South China last month, what percentage were silver members?")
    assert found.metrics == ("share:会员等级=银卡",)


def test_mobile_numbers_are_personal(surveys):
    found = surveys.ask("Give me the mobile numbers of those who rated us 0")
    assert isinstance(found, Refusal)
    assert found.reason is Why.PERSONAL


def test_which_of_two_ratings_is_lower_shows_both(surveys):
    found = asked(surveys, "Service and price, which one rates lower?")
    assert found.kind is Kind.NUMBER
    assert len(found.metrics) == 2


@pytest.mark.parametrize("who", ["the youth", "retirees"])
def test_who_is_meant_by_a_loose_word_is_asked_back(surveys, who):
    found = surveys.ask(f"NPS of {who}")
    assert isinstance(found, AskBack), found


@pytest.mark.parametrize("dataset", ["门店满意度", "应用NPS"])
@pytest.mark.parametrize("word", ["opposing", "small", "mostly", "farmers", "computers"])
def test_another_english_word_is_no_slip_of_one_of_ours(surveys, dataset, word):
    found = surveys.ask(f"NPS of {word}", dataset)
    assert not (isinstance(found, Answerable) and found.understood.where)


def test_a_kind_of_people_is_never_passed_over(surveys):
    assert not isinstance(surveys.ask("heavy spenders, NPS?"), Answerable)
