"""English words that mean the same as those that Ask knows best, in the place of these."""

from __future__ import annotations

import pytest
from gold_queries import in_words

SAME = [
    # verbs of weighing, comparing, putting in order
    (
        "门店满意度",
        "What propels satisfaction among families?",
        "What drives satisfaction among families?",
    ),
    (
        "售后回访",
        "does professionalism dictate satisfaction",
        "does professionalism affect satisfaction",
    ),
    ("门店满意度", "match NPS of east and south", "compare NPS of east and south"),
    (
        "物流签收",
        "own delivery next to the rest on timeliness",
        "own delivery versus the rest on timeliness",
    ),
    ("竞品对比", "our NPS alongside the competitor", "our NPS versus the competitor"),
    (
        "门店满意度",
        "NPS margin between families and office workers",
        "NPS gap between families and office workers",
    ),
    (
        "门店满意度",
        "why does the South trail the North on NPS",
        "why is the South worse than the North on NPS",
    ),
    (
        "门店满意度",
        "arrange cities by repurchase rate in Q1",
        "rank cities by repurchase rate in Q1",
    ),
    # the best, the worst
    ("门店满意度", "3 most dreadful regions NPS", "3 worst regions NPS"),
    ("保险理赔", "which stage has the crappiest NPS?", "which stage has the worst NPS?"),
    (
        "企业客户",
        "which account manager has the finest renewal rate",
        "which account manager has the best renewal rate",
    ),
    (
        "门店满意度",
        "Which shop has the minimum satisfaction?",
        "Which shop has the lowest satisfaction?",
    ),
    # periods
    (
        "门店满意度",
        "bad reviews from the previous month by families",
        "bad reviews from last month by families",
    ),
    ("门店满意度", "NPS the previous week", "NPS last week"),
    (
        "门店满意度",
        "satisfaction by region the month just gone",
        "satisfaction by region last month",
    ),
    ("门店满意度", "NPS since the quarter began by city", "NPS this quarter by city"),
    ("门店满意度", "satisfaction nowadays", "satisfaction lately"),
    # left out
    ("门店满意度", "satisfaction ex Tibet", "satisfaction excluding Tibet"),
    (
        "门店满意度",
        "bar black gold, which tier spends most?",
        "excluding black gold, which tier spends most?",
    ),
    (
        "门店满意度",
        "NPS of all channels less the official account",
        "NPS of all channels except the official account",
    ),
    ("门店满意度", "bar chart of NPS by city", "chart of NPS by city"),
    # what people say, how they feel
    (
        "门店满意度",
        "what are the main grievances in Hangzhou",
        "what are the main complaints in Hangzhou",
    ),
    ("门店满意度", "testimonials from passives in April", "comments from passives in April"),
    ("应用NPS", "What do iOS users claim?", "What do iOS users say?"),
    (
        "应用NPS",
        "share of detractors who moan about ads",
        "share of detractors who complain about ads",
    ),
    ("门店满意度", "what do let down gold members say", "what do unhappy gold members say"),
    ("门店满意度", "what do less than happy gold members say", "what do unhappy gold members say"),
    ("门店满意度", "% disappointed customers by region", "% unhappy customers by region"),
    (
        "门店满意度",
        "how many of our families were pleased in May",
        "how many of our families were satisfied in May",
    ),
    (
        "门店满意度",
        "What slice of silver members buy again",
        "What share of silver members buy again",
    ),
    # names of what is rated
    (
        "门店满意度",
        "Does hygiene affect the intention to come back?",
        "Does tidiness affect the intention to come back?",
    ),
    ("门店满意度", "shops with the worst queues", "shops with the worst checkout"),
    ("门店满意度", "customer happiness by city", "customer satisfaction by city"),
    (
        "门店满意度",
        "average ticket of silver members this year",
        "average order value of silver members this year",
    ),
    (
        "保险理赔",
        "how did speed of settlement develop this year",
        "how did payout speed develop this year",
    ),
    ("银行开户", "turnaround by branch", "processing speed by branch"),
    ("物流签收", "wrapping in May", "packaging in May"),
    # names of groups
    ("门店满意度", "mean service rating by urban area", "mean service rating by city"),
    ("门店满意度", "top 5 sales outlets on NPS in May", "top 5 stores on NPS in May"),
    (
        "门店满意度",
        "NPS by card type in the first quarter",
        "NPS by member tier in the first quarter",
    ),
    ("门店满意度", "NPS in the various regions", "NPS by region"),
    (
        "售后回访",
        "who's my best advisor on professionalism this month",
        "who's my best agent on professionalism this month",
    ),
    (
        "企业客户",
        "worst account executive by satisfaction",
        "worst account manager by satisfaction",
    ),
    ("物流签收", "on-time rate by courier in May", "on-time rate by carrier in May"),
    ("应用NPS", "payment failures on build 5.1 in May", "payment failures on version 5.1 in May"),
    ("应用NPS", "Which area of the app is hardest to use?", "Which module is hardest to use?"),
    ("竞品对比", "purchase intent by competitor and age", "purchase intent by brand and age"),
    (
        "门店满意度",
        "How many percent of supporters are families?",
        "How many percent of promoters are families?",
    ),
    (
        "门店满意度",
        "% satisfied by audience, last 5 months",
        "% satisfied by customer type, last 5 months",
    ),
    ("门店满意度", "satisfaction by assistant's age bracket", "satisfaction by salesperson's age"),
    (
        "门店满意度",
        "What's spoiling satisfaction in the southwest?",
        "what drives satisfaction in the southwest?",
    ),
    (
        "门店满意度",
        "what should we strengthen first for office workers",
        "what should we improve first for office workers",
    ),
    ("门店满意度", "how much satisfied are gold members", "how satisfied are gold members"),
    ("门店满意度", "I am interested in the NPS for East China in May", "NPS for East China in May"),
    (
        "门店满意度",
        "will you look up East China's May NPS?",
        "can you look up East China's May NPS?",
    ),
    ("企业客户", "what did clients who jumped ship tell us", "what did churned clients tell us"),
    (
        "售后回访",
        "what do customers with pending issues say",
        "what do customers with unresolved issues say",
    ),
    (
        "售后回访",
        "of the returns and exchanges, what percentage got taken care of in q1",
        "of the returns and exchanges, what percentage got resolved in q1",
    ),
    ("物流签收", "without delay % carrier A vs carrier B", "on time % carrier A vs carrier B"),
    ("应用NPS", "nps of users without errors", "nps of users without faults"),
    (
        "门店满意度",
        "Rank segments by how willing they are to return",
        "Rank segments by how likely they are to return",
    ),
    (
        "门店满意度",
        "is cleanliness going together with return intent",
        "is cleanliness related to return intent",
    ),
]
"""What is asked, and the same in the words that are known best."""


@pytest.mark.parametrize(("dataset", "question", "plain"), SAME)
def test_it_means_what_the_word_beside_it_means(surveys, dataset, question, plain):
    assert in_words(surveys.ask(question, dataset)) == in_words(surveys.ask(plain, dataset))


def test_a_period_before_another_stays_one(surveys):
    found = surveys.ask("NPS in May vs the previous month", "门店满意度")
    assert in_words(found) == "compare; nps; 2026-05-01..2026-05-31; vs previous"


def test_the_previous_month_is_the_one_before_that_asked(surveys):
    march = surveys.ask("NPS for March by region", "门店满意度")
    found = surveys.ask("and the previous month?", "门店满意度", march)
    assert in_words(found) == "number; nps; by 大区; 2026-02-01..2026-02-28"


def test_a_word_behind_most_says_which_end(surveys):
    found = surveys.ask("renewal intent by industry, most gruesome three", "企业客户")
    assert in_words(found) == "what"
