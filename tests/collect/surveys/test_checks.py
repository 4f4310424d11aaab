"""What can go wrong in a questionnaire is found; what is right is left alone."""

import pytest

from huiyin.collect.surveys.checks import can_be_published, check
from huiyin.collect.surveys.definition import Definition

NPS = {"kind": "nps", "id": "q1", "title": {"zh-CN": "推荐吗"}}
OPTIONS = [{"code": c, "label": {"zh-CN": c}} for c in ("a", "b", "c")]
ALONE = OPTIONS[2] | {"exclusive": True}
SINGLE = {"kind": "single", "id": "q2", "title": {"zh-CN": "哪个"}, "options": OPTIONS}
MULTIPLE = SINGLE | {"kind": "multiple", "id": "q3"}
MATRIX = {
    "kind": "matrix", "id": "q4", "title": {"zh-CN": "各方面"}, "not_applicable": True,
    "rows": [{"code": "s", "label": {"zh-CN": "速度"}}],
}  # fmt: skip
CONSENT = {"kind": "consent", "id": "q5", "title": {"zh-CN": "同意吗"}}
DATE = {"kind": "date", "id": "q6", "title": {"zh-CN": "哪天"}}
NOTE = {"kind": "note", "id": "q7", "title": {"zh-CN": "您好"}}
ALL = [NPS, SINGLE, MULTIPLE, MATRIX, CONSENT, DATE, NOTE]


def ask(name, op, value=None):
    return {"question": name, "op": op, "value": value}


def text(name="why", **more):
    return {"kind": "text", "id": name, "title": {"zh-CN": "为什么"}, **more}


def page(number, *questions, **more):
    return {"id": f"p{number}", "questions": list(questions), **more}


def define(*pages, **more):
    return Definition.model_validate({"title": {"zh-CN": "试"}, "pages": list(pages), **more})


def codes(survey):
    return {found.code for found in check(survey)}


def test_nothing_is_found_where_all_is_well():
    unhappy = text(show_if=ask("q1", "at_most", 6))
    happy = text("praise", show_if=ask("q1", "at_least", 9))
    jump = {"when": ask("q2", "is", "a"), "to": "p3"}
    survey = define(
        page(1, *ALL, unhappy, happy, jumps=[jump]), page(2, text("x")), page(3, text("y"))
    )
    assert check(survey) == ()
    assert can_be_published(check(survey))


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (ask("q99", "answered"), "unknown_question"),
        (ask("late", "answered"), "later_question"),
        (ask("why", "answered"), "later_question"),
        (ask("q7", "answered"), "no_answer"),
        (ask("q1.s", "is", 3), "no_rows"),
        (ask("q4.z", "is", 3), "unknown_row"),
        (ask("q4", "at_least", 3), "row_missing"),
        (ask("q4.s", "is", 6), "off_scale"),
        (ask("q1", "at_most", 11), "off_scale"),
        (ask("q1", "is", "3"), "off_scale"),
        (ask("q1", "is", "na"), "off_scale"),
        (ask("q1", "is"), "value_missing"),
        (ask("q2", "is", "z"), "unknown_option"),
        (ask("q2", "at_least", "a"), "cannot_compare"),
        (ask("q3", "is", "a"), "cannot_compare"),
        (ask("q5", "is", "yes"), "cannot_compare"),
        (ask("q6", "at_least", "2026-02-30"), "no_day"),
        ({"field": "门店", "op": "is", "value": "一店"}, "unknown_field"),
        ({"all": [ask("q1", "at_least", 7), ask("q1", "at_most", 3)]}, "never_true"),
        ({"all": [ask("q2", "is", "a"), ask("q2", "is", "b")]}, "never_true"),
        ({"any": [ask("q1", "unanswered"), ask("q1", "at_least", 0)]}, "always_true"),
        ({"no": {"all": [ask("q6", "at_least", "2026-02-01"), ask("q6", "at_most", "2026-01-01")]}},
         "always_true"),
    ],
)  # fmt: skip
def test_a_condition_that_cannot_be_meant_is_found(condition, code):
    survey = define(page(1, *ALL), page(2, text(show_if=condition)), page(3, text("late")))
    found = check(survey)
    assert [one.code for one in found] == [code]
    assert (found[0].page, found[0].question) == ("p2", "why")
    assert can_be_published(found) == (code == "always_true")
    assert "why" not in found[0].sentence.say()


def test_what_earlier_logic_rules_out_is_proved():
    """Each condition alone can be true; together with the way there it cannot."""
    unhappy = text(show_if=ask("q1", "at_most", 3))
    then = text("then", show_if={"all": [ask("why", "answered"), ask("q1", "at_least", 4)]})
    survey = define(page(1, NPS, unhappy), page(2, then))
    assert codes(survey) == {"never_true"}


def test_a_required_question_is_always_answered():
    after = text(show_if=ask("q1", "answered"))
    assert codes(define(page(1, NPS | {"required": True}), page(2, after))) == {"always_true"}
    assert codes(define(page(1, NPS), page(2, after))) == set()


def test_a_page_that_is_always_jumped_over_is_found():
    survey = define(page(1, NPS, jumps=[{"to": "p3"}]), page(2, text()), page(3, DATE))
    assert [(one.code, one.page) for one in check(survey)] == [("unreachable_page", "p2")]


def test_jumps_that_cover_all_answers_are_seen_together():
    jumps = [
        {"when": ask("q1", "at_most", 6), "to": "p3"},
        {"when": ask("q1", "at_least", 7), "to": "p3"},
    ]
    asked = NPS | {"required": True}
    survey = define(page(1, asked, jumps=jumps), page(2, text()), page(3, DATE))
    assert [(one.code, one.page) for one in check(survey)] == [("unreachable_page", "p2")]
    assert codes(define(page(1, NPS, jumps=jumps), page(2, text()), page(3, DATE))) == set()


def test_a_jump_behind_one_that_always_goes_is_found():
    jumps = [{"to": "p2"}, {"when": ask("q1", "is", 3), "to": "p3"}]
    survey = define(page(1, NPS, jumps=jumps), page(2, text()), page(3, DATE))
    assert codes(survey) == {"unreachable_jump"}


def test_a_dead_end_is_found():
    survey = define(page(1, NPS, jumps=[{"end": "screened_out"}]))
    assert codes(survey) == {"dead_end"}


def test_a_quota_that_nobody_meets_is_found():
    jump = {"when": ask("q2", "is", "a"), "end": "screened_out"}
    quota = {"id": "x", "name": {"zh-CN": "甲"}, "where": ask("q2", "is", "a"), "most": 10}
    survey = define(page(1, SINGLE, jumps=[jump]), quotas=[quota])
    assert [(one.code, one.quota) for one in check(survey)] == [("never_true", "x")]
    assert codes(define(page(1, SINGLE), quotas=[quota])) == set()


def test_crossed_quotas_are_fine():
    asked = [SINGLE, SINGLE | {"id": "r2"}]
    quotas = [
        {"id": f"{a}{b}", "name": {"zh-CN": "甲"}, "most": 10,
         "where": {"all": [ask("q2", "is", a), ask("r2", "is", b)]}}
        for a in "abc" for b in "abc"
    ]  # fmt: skip
    assert codes(define(page(1, *asked), quotas=quotas)) == set()


@pytest.mark.parametrize("address", ["https://[::1", "https://a..b/", "https://h:99999/"])
def test_an_address_that_cannot_be_led_to_is_found_before_it_is_published(address):
    survey = define(page(1, NPS), redirect=address)
    assert not can_be_published(check(survey))
    assert codes(survey) == {"bad_redirect"}


def test_facts_of_the_respondent_may_be_anything():
    young = text(show_if={"field": "年龄", "op": "at_most", "value": 30})
    both = {
        "all": [
            {"field": "年龄", "op": "at_most", "value": 30},
            {"field": "年龄", "op": "at_least", "value": 31},
        ]
    }
    assert codes(define(page(1, young), fields=["年龄"])) == set()
    assert codes(define(page(1, text(show_if=both)), fields=["年龄"])) == {"never_true"}
    between = {
        "all": [
            {"field": "年龄", "op": "at_least", "value": 30},
            {"field": "年龄", "op": "at_most", "value": 31},
        ]
    }
    assert codes(define(page(1, text(show_if=between)), fields=["年龄"])) == set()


def test_too_many_ways_are_said_and_each_condition_still_checked():
    many = [MULTIPLE | {"id": f"m{n}"} for n in range(12)]
    named = [ask(f"m{n}", "includes", code) for n in range(12) for code in "abc"]
    never = {"all": [ask("q1", "at_least", 7), ask("q1", "at_most", 3)]}
    survey = define(
        page(1, NPS, *many), page(2, text(show_if={"any": named}), text("never", show_if=never))
    )
    assert codes(survey) == {"not_checked", "never_true"}


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (MULTIPLE | {"least": 3, "most": 2}, "least_most"),
        (MULTIPLE | {"least": 3, "options": [*OPTIONS[:2], ALONE]}, "least"),
        (MULTIPLE | {"options": [o | {"exclusive": True} for o in OPTIONS]}, "all_exclusive"),
        (MULTIPLE | {"most": 9}, "most"),
        (SINGLE | {"options": [OPTIONS[0], OPTIONS[1] | {"exclusive": True}]}, "exclusive"),
        (SINGLE | {"options": OPTIONS[:1]}, "one_option"),
        (SINGLE | {"role": "outcome"}, "no_event"),
        (SINGLE | {"role": "outcome", "events": ["z"]}, "unknown_event"),
        (SINGLE | {"options": [*OPTIONS, {"code": "d", "label": {"zh-CN": "a"}}]}, "same_label"),
        (SINGLE | {"options": [*OPTIONS, {"code": "d", "label": {}}]}, "no_label"),
        (CONSENT | {"required": True}, "forced_consent"),
        ({"kind": "contact", "id": "c", "title": {"zh-CN": "电话"}}, "contact_without_consent"),
        ({"kind": "slider", "id": "s", "title": {"zh-CN": "几分"}, "step": 500}, "step"),
        (NPS | {"title": {}}, "no_title"),
        (NPS | {"title": {"en": "Recommend?"}}, "missing_language"),
        (NPS | {"id": "version"}, "column_clash"),
        (NPS | {"title": {"zh-CN": "{{nobody}}，推荐吗"}}, "unknown_place"),
        (NPS | {"title": {"zh-CN": "{{门店}}怎么样"}}, "place_without_fallback"),
        (NPS | {"title": {"zh-CN": "{{late}}怎么样"}}, "later_place"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_found(question, code):
    survey = define(page(1, question), page(2, text("late")), fields=["门店"])
    found = check(survey)
    assert [one.code for one in found] == [code]
    for one in found:
        assert one.sentence.say("zh-CN")
        assert one.sentence.say("en")
        assert "{" not in one.sentence.say("en").replace("{{", "")


def test_what_is_filled_in_from_before_is_fine():
    asked = SINGLE | {"required": True}
    later = NPS | {"title": {"zh-CN": "{{q2}}好吗，{{门店|您}}"}}
    assert codes(define(page(1, asked), page(2, later), fields=["门店"])) == set()


def test_an_anonymous_questionnaire_asks_for_no_contact():
    contact = {"kind": "contact", "id": "c", "title": {"zh-CN": "电话"}}
    assert "anonymous_contact" in codes(define(page(1, NPS, CONSENT, contact), anonymous=True))


def test_a_page_in_random_order_cannot_depend_on_itself():
    why = text(show_if=ask("q1", "at_most", 6))
    assert codes(define(page(1, NPS, why, random_order=True))) == {"random_order"}
