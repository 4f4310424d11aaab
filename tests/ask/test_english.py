"""English words in all their forms, and turns of phrase that say a plain word at length."""

from __future__ import annotations

import pytest

from huiyin.ask.contracts import Answerable, AskBack, Kind, Missing, Refusal, Why
from huiyin.ask.english import degrees, verb_forms
from huiyin.ask.english_short_forms import written_out
from huiyin.ask.english_turns import in_plain_english


@pytest.mark.parametrize(
    ("said", "forms"),
    [
        ("slip", ("slip", "slips", "slipping", "slipped")),
        ("improve", ("improve", "improves", "improving", "improved")),
        ("weaken", ("weaken", "weakens", "weakening", "weakened")),
        ("carry", ("carry", "carries", "carrying", "carried")),
        (
            "fall off (fell fallen)",
            ("fall off", "falls off", "falling off", "fell off", "fallen off"),
        ),
        ("hurt (hurt)", ("hurt", "hurts", "hurting")),
    ],
)
def test_a_verb_has_its_forms(said, forms):
    assert verb_forms(said) == forms


@pytest.mark.parametrize(
    ("word", "more", "most"),
    [
        ("clean", "cleaner", "cleanest"),
        ("dirty", "dirtier", "dirtiest"),
        ("sad", "sadder", "saddest"),
        ("rude", "ruder", "rudest"),
        ("slow", "slower", "slowest"),
        ("annoyed", "more annoyed", "most annoyed"),
        ("expensive", "more expensive", "most expensive"),
    ],
)
def test_an_adjective_has_its_degrees(word, more, most):
    found_more, found_most, least = degrees(word)
    assert more in found_more
    assert most in found_most
    assert least == (f"least {word}",)


def test_short_forms_are_written_out():
    assert written_out("what's wrong, isn't it last qtr") == "what is wrong, is not it last quarter"


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        ("how do families rate our prices", "how do families find our prices"),
        ("are families happy with us", "how happy are families with us"),
        ("are families happy with our prices", "how happy are families with our prices"),
        ("shops no higher than 20%", "shops at most 20%"),
        ("nps at store level", "nps by store"),
        ("is nps up on last month", "is nps up versus last month"),
    ],
)
def test_a_turn_is_said_in_plain_words(turn, said):
    assert in_plain_english(turn) == said


@pytest.mark.parametrize(
    ("question", "metric", "column", "best"),
    [
        ("which region has the grumpiest customers", "score:总体满意度", "大区", False),
        ("which segment is the most disappointed", "score:总体满意度", "客群", False),
        ("cleanest shop in Wuhan", "score:环境整洁", "门店", True),
        ("dirtiest shop in Wuhan", "score:环境整洁", "门店", False),
        ("which segment finds us the most expensive", "score:价格感知", "客群", False),
        ("which region comes last on NPS", "nps", "大区", False),
    ],
)
def test_the_most_of_a_quality_is_an_end_of_a_ranking(surveys, question, metric, column, best):
    found = surveys.ask(question).understood
    assert (found.kind, found.metrics, found.by) == (Kind.RANKING, (metric,), (column,))
    assert found.rank.best is best


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("is NPS getting better this year?", "trend"),
        ("plot NPS over this year", "trend"),
        ("why did NPS tank in the East in May", "why"),
        ("what went wrong with NPS in May", "why"),
        ("what makes families happy", "drivers"),
        ("how can we get NPS up", "drivers"),
        ("do cleaner shops get better NPS?", "relation"),
        ("does price hurt NPS", "relation"),
        ("what do people in Hangzhou dislike", "voices"),
        ("is the North behind the South on NPS", "compare"),
        ("by how much did NPS fall in May", "compare"),
    ],
)
def test_english_verbs_tell_what_is_asked(surveys, question, kind):
    found = surveys.ask(question)
    assert isinstance(found, Answerable)
    assert found.understood.kind.value == kind


@pytest.mark.parametrize("word", ["aren't gold", "are not gold", "who don't have gold"])
def test_who_is_denied_is_left_out(surveys, word):
    found = surveys.ask(f"members {word}: satisfied share last month").understood
    assert [(one.column, one.operator, one.values) for one in found.where] == [
        ("会员等级", "!=", ("金卡",))
    ]


def test_what_is_denied_and_is_no_group_is_asked_about(surveys):
    found = surveys.ask("NPS of customers who did not use a card")
    assert isinstance(found, AskBack)
    assert found.reason is Missing.WHAT


def test_a_known_short_word_is_no_slip_of_a_longer_one(surveys):
    found = surveys.ask("which shops are at 80 or higher for service").understood
    assert found.by == ("门店",)


def test_the_best_of_all_groups_is_asked_in_a_thread_about_one(surveys):
    first = surveys.ask("NPS of silver members")
    found = surveys.ask("which of the tiers scores lowest", before=first).understood
    assert (found.kind, found.where) == (Kind.RANKING, ())


@pytest.mark.parametrize(
    "question",
    ["NPS for the good stores", "NPS of loyal customers", "NPS of first-time buyers"],
)
def test_some_of_a_group_that_no_value_names_are_no_whole_group(surveys, question):
    assert not isinstance(surveys.ask(question), Answerable)


def test_an_outcome_in_a_list_of_metrics_is_one_of_them(surveys):
    found = surveys.ask("NPS, satisfaction and repurchase by region for last month").understood
    assert sorted(found.metrics) == ["nps", "score:总体满意度", "share:90天内复购=是"]
    assert found.where == ()


@pytest.mark.parametrize(
    "question",
    ["overdraft fees by store", "mortgage brokers by region", "satisfaction with the car park"],
)
def test_a_measure_that_nothing_explains_is_refused(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, Refusal)
    assert found.reason is Why.NO_SUCH_METRIC
