"""English figures of speech, what is only counted, and what has no group to be told by."""

from __future__ import annotations

from datetime import date

import pytest
from gold_queries import asked, of, parts_of

from huiyin.ask.contracts import AskBack, Kind, Missing, Refusal, Why

OVERALL = "score:总体满意度"


@pytest.mark.parametrize(
    ("question", "bound"),
    [
        ("any shop south of 40 on NPS?", ("<", 40.0)),
        ("shops with an NPS north of 60", (">", 60.0)),
        ("are there any shops that don't even make 20 on NPS?", ("<", 20.0)),
        ("do any shops break the 50 mark on NPS", (">", 50.0)),
        ("are there shops with NPS in the red", ("<", 0.0)),
        ("shops that fail to clear 20 on NPS", ("<", 20.0)),
        ("which shops languish beneath 20 NPS", ("<", 20.0)),
        ("any shops that have yet to reach 20 NPS", ("<", 20.0)),
        ("shops that climb past 60 on NPS", (">", 60.0)),
        ("which shops can't get past 30 on NPS", ("<=", 30.0)),
    ],
)
def test_bounds_are_said_in_pictures(surveys, question, bound):
    found = parts_of(surveys.ask(question))
    assert found == of("threshold", "nps", by=["门店"], threshold=bound)


@pytest.mark.parametrize(
    ("question", "end"),
    [
        ("which city tops the league on tidiness", "best"),
        ("which city is the black sheep on tidiness", "worst"),
        ("which city props up the table on tidiness", "worst"),
        ("which city lets us down the most on tidiness", "worst"),
    ],
)
def test_ends_of_a_ranking_are_said_in_pictures(surveys, question, end):
    found = parts_of(surveys.ask(question))
    assert found == of("ranking", "score:环境整洁", by=["城市"], rank={end: 1})


def test_two_that_are_set_against_each_other_are_compared_with_no_third(surveys):
    found = surveys.ask("how do Chengdu and Chongqing stack up against each other on price")
    whole = of("compare", "score:价格感知", where=[("城市", "=", ["成都"])], compare="城市=重庆")
    assert parts_of(found) == whole


@pytest.mark.parametrize(
    "question",
    [
        "is it mostly the price that drags down satisfaction?",
        "is service or price the bigger factor in satisfaction",
        "what is eating into satisfaction",
    ],
)
def test_what_weighs_on_a_number_is_asked_in_pictures(surveys, question):
    assert parts_of(surveys.ask(question)) == of("drivers", OVERALL)


@pytest.mark.parametrize(
    "question",
    ["has checkout been on the slide since February?", "how has checkout held up since February"],
)
def test_how_a_number_went_is_said_in_pictures(surveys, question):
    days = {"since": date(2026, 2, 1), "until": date(2026, 6, 14)}
    assert parts_of(surveys.ask(question)) == of("trend", "score:收银效率", grain="month", **days)


def test_week_on_week_over_some_weeks_is_shown_by_week(surveys):
    found = parts_of(surveys.ask("week on week nps for the last two months"))
    days = {"since": date(2026, 4, 15), "until": date(2026, 6, 14)}
    assert found == of("trend", "nps", grain="week", **days)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("how many returns did we get last month", Why.NO_SUCH_METRIC),
        ("how much did we make in the South last month", Why.NO_SUCH_METRIC),
        ("satisfaction by day of the week", Why.NO_SUCH_COLUMN),
        ("are we going to hit 50 NPS in July", Why.FUTURE),
        ("did the loyalty programme bring people back", Why.CAUSAL),
        ("draft a reply to the angry customer from Nanjing", Why.OUT_OF_SCOPE),
        ("NPS for the next six months", Why.FUTURE),
        ("expected NPS in December", Why.FUTURE),
        ("what's customer C000001's rating", Why.PERSONAL),
        ("what happens to satisfaction if we open on Sundays", Why.CAUSAL),
        ("explain how NPS works", Why.OUT_OF_SCOPE),
        ("NPS by city tier", Why.NO_SUCH_COLUMN),
        ("which kind of shop does worst on delivery", Why.NO_SUCH_COLUMN),
    ],
)
def test_what_the_data_cannot_tell_is_refused(surveys, question, reason):
    found = surveys.ask(question)
    assert isinstance(found, Refusal)
    assert found.reason is reason


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("how do the different groups rate us on service", Missing.COLUMN),
        ("who is happier?", Missing.COLUMN),
        ("NPS for all levels", Missing.COLUMN),
        ("how do lower-tier members rate service", Missing.VALUE),
        ("split by type please, repurchase rate", Missing.COLUMN),
        ("how was delivery when it was busy", Missing.PERIOD),
        ("since which month has NPS been falling", Missing.WHAT),
        ("is delivery getting any quicker", Missing.PERIOD),
        ("has service improved by at least 3 in Q1", Missing.RELATIVE_OR_ABSOLUTE),
        ("are families 10% happier than gift buyers", Missing.RELATIVE_OR_ABSOLUTE),
        ("since the new manager took over, has the Wuhan shop got better?", Missing.PERIOD),
    ],
)
def test_what_is_left_open_is_asked_for(surveys, question, reason):
    found = surveys.ask(question)
    assert isinstance(found, AskBack)
    assert found.reason is reason


def test_two_numbers_that_are_listed_are_no_relation(surveys):
    found = parts_of(surveys.ask("tell me about checkout and price"))
    assert found == {"kind": "number", "metrics": ["score:价格感知", "score:收银效率"]}


def test_words_of_the_service_itself_name_the_rating_of_it(surveys):
    found = surveys.ask("what drives dissatisfaction with the service", "售后回访")
    assert parts_of(found) == of("drivers", "dissatisfied:服务满意度")


@pytest.mark.parametrize(
    "question",
    [
        "satisfaction from February until the end of April",
        "satisfaction since February, through the close of April",
    ],
)
def test_the_end_of_a_month_ends_the_days(surveys, question):
    days = {"since": date(2026, 2, 1), "until": date(2026, 4, 30)}
    assert parts_of(surveys.ask(question)) == of("number", OVERALL, **days)


def test_what_is_pinyin_of_a_place_is_no_slip_of_another(surveys):
    found = surveys.ask("nps in Hubei")
    assert parts_of(found) == of("number", "nps", where=[("省份", "=", ["湖北"])])


@pytest.mark.parametrize(
    "question",
    ["which city drags down satisfaction the most", "which city is last for satisfaction"],
)
def test_which_group_holds_a_number_back_is_the_worst(surveys, question):
    found = parts_of(surveys.ask(question))
    assert found == of("ranking", OVERALL, by=["城市"], rank={"worst": 1})


def test_happier_between_two_quarters_sets_them_apart(surveys):
    found = parts_of(surveys.ask("did families get happier between Q4 and Q1"))
    assert found["compare"] == "previous"
    assert (found["since"], found["until"]) == (date(2026, 1, 1), date(2026, 3, 31))


def test_what_is_new_is_no_news(surveys):
    found = surveys.ask("how did the new range go down with customers")
    assert not isinstance(found, Refusal) or found.reason is not Why.OUT_OF_SCOPE


def test_days_that_end_in_a_month_may_be_named_before_their_start(surveys):
    found = surveys.ask("by the end of May how had satisfaction developed since January")
    days = {"since": date(2026, 1, 1), "until": date(2026, 5, 31)}
    assert parts_of(found) == of("trend", OVERALL, grain="month", **days)


def test_what_ruins_a_number_is_related_to_it(surveys):
    found = parts_of(surveys.ask("does slow checkout ruin satisfaction"))
    assert found == {"kind": "relation", "metrics": [OVERALL, "score:收银效率"]}


@pytest.mark.parametrize("moved", ["drifting down", "ballooning", "tapering off", "crumbling"])
def test_verbs_of_movement_ask_how_a_number_moved(surveys, moved):
    found = parts_of(surveys.ask(f"has the dissatisfied rate been {moved} since March"))
    since = {"since": date(2026, 3, 1), "until": date(2026, 6, 14)}
    assert found == of("compare", "dissatisfied:总体满意度", compare="previous", **since)


def test_a_plateau_is_seen_over_time(surveys):
    found = parts_of(surveys.ask("satisfaction at checkout, has it plateaued?"))
    assert found == of("trend", "score:收银效率", grain="month")


def test_a_level_is_no_bound_of_a_share(surveys):
    found = surveys.ask("which shops have come-again intent below 4")
    assert isinstance(found, AskBack)


@pytest.mark.parametrize(
    "question",
    [
        "did delivery go to the dogs in April",
        "did delivery take a knock in April",
        "did delivery go backwards in April",
    ],
)
def test_pictures_of_a_fall_ask_how_a_number_moved(surveys, question):
    days = {"since": date(2026, 4, 1), "until": date(2026, 4, 30)}
    assert parts_of(surveys.ask(question)) == of(
        "compare", "score:交付效率", compare="previous", **days
    )


def test_at_or_over_reaches_the_bound(surveys):
    found = parts_of(surveys.ask("satisfied share at or over 90 percent, which cities"))
    assert found == of("threshold", "satisfied:总体满意度", by=["城市"], threshold=(">=", 0.9))


@pytest.mark.parametrize("vexed", ["what wound people up", "what irked customers"])
def test_what_vexed_people_is_in_what_they_say(surveys, vexed):
    found = surveys.ask(f"{vexed} in May").understood
    assert (found.kind, found.since) == (Kind.VOICES, date(2026, 5, 1))


@pytest.mark.parametrize(
    "question",
    [
        "fortnightly NPS since March",
        "what do the five largest provinces score on NPS",
    ],
)
def test_what_no_query_holds_is_asked_back(surveys, question):
    assert isinstance(surveys.ask(question), AskBack)


@pytest.mark.parametrize(
    ("question", "bound"),
    [
        ("shops rated 90 or more on tidiness", ("score:环境整洁", ">=", 90.0)),
        ("shops where no more than half would come again", ("intent", "<=", 0.5)),
    ],
)
def test_bounds_are_said_of_ratings_and_of_people(surveys, question, bound):
    metric, *told = bound
    found = parts_of(surveys.ask(question))
    assert found == of("threshold", metric, by=["门店"], threshold=tuple(told))


def test_a_share_that_is_up_five_may_be_of_itself_or_points(surveys):
    found = surveys.ask("satisfied share up 5 since Q1?")
    assert isinstance(found, AskBack)
    assert found.reason is Missing.RELATIVE_OR_ABSOLUTE


def test_what_moved_between_two_quarters_is_the_change_to_the_later(surveys):
    found = parts_of(surveys.ask("did anything move on price between Q4 and Q1"))
    days = {"since": date(2026, 1, 1), "until": date(2026, 3, 31)}
    assert found == of("compare", "score:价格感知", compare="previous", **days)


def test_through_a_year_is_within_it(surveys):
    found = parts_of(surveys.ask("how steady was NPS through 2025"))
    days = {"since": date(2025, 1, 1), "until": date(2025, 12, 31)}
    assert found == of("trend", "nps", grain="month", **days)


def test_a_holiday_this_year_and_last_is_compared(surveys):
    found = parts_of(surveys.ask("satisfaction over Spring Festival this year and last"))
    assert found["compare"] == "year_ago"


def test_a_question_at_the_end_asks_nothing_more(surveys):
    found = parts_of(surveys.ask("delivery has been wobbling, hasn't it? weekly since March"))
    assert (found["kind"], found["grain"]) == ("trend", "week")


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("which cities top 40 for NPS", "which cities are above 40 on NPS"),
        ("which cities are no worse than 40 on NPS", "which cities have at least 40 on NPS"),
        ("which cities are no better than 40 on NPS", "which cities have at most 40 on NPS"),
        ("which cities do not exceed 40 on NPS", "which cities have at most 40 on NPS"),
        ("which cities cannot get above 40 on NPS", "which cities have at most 40 on NPS"),
        ("which cities trail 40 on NPS", "which cities are below 40 on NPS"),
        ("which cities are a hair under 40 on NPS", "which cities are below 40 on NPS"),
        ("which cities are under 40 in NPS", "which cities are below 40 on NPS"),
        ("which cities meet 40 on NPS", "which cities have at least 40 on NPS"),
        ("which cities get 40+ on NPS", "which cities have at least 40 on NPS"),
        ("cities with a minimum of 40 in NPS", "cities with at least 40 in NPS"),
        ("which cities are in the black on NPS", "which cities are above 0 on NPS"),
        ("which cities are in double digits on NPS", "which cities have at least 10 on NPS"),
    ],
)
def test_a_bound_may_be_said_in_many_words(surveys, question, plain):
    assert asked(surveys, question) == asked(surveys, plain)


@pytest.mark.parametrize(
    "question",
    [
        "before my meeting: NPS of families in May",
        "NPS of families in May, for my presentation tomorrow",
        "for an email I'm writing, NPS of families in May",
        "NPS of families in May, I lost my notes",
        "excel is down: NPS of families in May",
        "NPS of families in May for next week's board meeting",
        "where are we on NPS with families in May",
        "what level is NPS at for families in May",
    ],
)
def test_what_the_number_is_needed_for_is_only_talk(surveys, question):
    assert asked(surveys, question) == asked(surveys, "NPS of families in May")


@pytest.mark.parametrize(
    ("question", "kind", "metrics"),
    [
        ("top three drivers of NPS", Kind.DRIVERS, ("nps",)),
        ("what drives people to come back", Kind.DRIVERS, ("intent",)),
        ("what makes NPS go up", Kind.DRIVERS, ("nps",)),
        ("what makes people give a high NPS", Kind.DRIVERS, ("nps",)),
        ("what explains satisfaction of gold members", Kind.DRIVERS, (OVERALL,)),
        ("does price or service drive NPS more", Kind.DRIVERS, ("nps",)),
        ("is NPS driven more by price or by service", Kind.DRIVERS, ("nps",)),
        ("how important is price for NPS", Kind.RELATION, ("score:价格感知", "nps")),
        (
            "what impact does delivery have on satisfaction",
            Kind.RELATION,
            ("score:交付效率", OVERALL),
        ),
        ("did delivery help satisfaction", Kind.RELATION, ("score:交付效率", OVERALL)),
    ],
)
def test_what_weighs_on_a_number_is_told_by_its_target(surveys, question, kind, metrics):
    found = asked(surveys, question)
    assert (found.kind, found.metrics) == (kind, metrics)


@pytest.mark.parametrize(
    "question",
    [
        "positive feedback on delivery from gold members",
        "criticism of our prices by families",
        "what do families like about delivery",
        "what do families want improved about the service",
        "what is the problem with delivery according to families",
    ],
)
def test_what_is_said_of_one_aspect_is_asked_back(surveys, question):
    assert surveys.ask(question).reason == "what"


@pytest.mark.parametrize(
    "question",
    [
        "by how much do families lead office workers on service in May",
        "do families lag office workers on service in May",
        "put families next to office workers on service in May",
        "service of families as opposed to office workers in May",
        "how different are families from office workers on service in May",
    ],
)
def test_two_groups_are_set_apart_in_many_words(surveys, question):
    found = asked(surveys, question)
    assert (found.kind, found.compare.value) == (Kind.COMPARE, "上班族")


def test_whether_one_rating_follows_another_is_a_relation(surveys):
    found = asked(surveys, "does satisfaction follow price")
    assert (found.kind, found.metrics) == (Kind.RELATION, (OVERALL, "score:价格感知"))
