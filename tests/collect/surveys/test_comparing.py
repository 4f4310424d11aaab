"""What changed between two versions is said, and whether answers can still be compared."""

import pytest

from huiyin.collect.surveys.comparing import compare_definitions
from huiyin.collect.surveys.definition import Definition

OPTIONS = [{"code": c, "label": {"zh-CN": c}} for c in "ab"]
NPS = {"kind": "nps", "id": "q1", "title": {"zh-CN": "推荐吗"}}
CSAT = {"kind": "csat", "id": "q2", "title": {"zh-CN": "满意吗"}}
SINGLE = {"kind": "single", "id": "q3", "title": {"zh-CN": "哪个"}, "options": OPTIONS}
MORE = SINGLE | {"options": [*OPTIONS, {"code": "c", "label": {"zh-CN": "c"}}]}
RENAMED = SINGLE | {"options": [OPTIONS[0], OPTIONS[1] | {"label": {"zh-CN": "乙"}}]}
UNHAPPY = {"question": "q1", "op": "at_most", "value": 6}


def define(*questions, jumps=(), **more):
    pages = [
        {"id": "p1", "questions": list(questions), "jumps": jumps},
        {"id": "p2", "questions": []},
    ]
    return Definition.model_validate({"title": {"zh-CN": "试"}, "pages": pages, **more})


OLD = define(NPS, CSAT, SINGLE)


@pytest.mark.parametrize(
    ("new", "said", "comparable"),
    [
        (define(NPS, CSAT, SINGLE, CSAT | {"id": "q4"}), ["新增了“满意吗”。"], True),
        (define(NPS, SINGLE), ["删掉了“满意吗”。"], True),
        (
            define(NPS | {"title": {"zh-CN": "愿意推荐吗"}}, CSAT, SINGLE),
            ["“推荐吗”改成了“愿意推荐吗”；还是同一列，趋势照接。"],
            True,
        ),
        (
            define(NPS, CSAT | {"points": 7}, SINGLE),
            ["“满意吗”换了题型、量表或选项：另起一列，和以前的不能直接比。"],
            False,
        ),
        (
            define(NPS, CSAT, MORE),
            ["“哪个”换了题型、量表或选项：另起一列，和以前的不能直接比。", "“哪个”加了“c”。"],
            False,
        ),
        (
            define(NPS, CSAT, RENAMED),
            ["“哪个”里的“b”改成了“乙”。"],
            True,
        ),
        (define(SINGLE, NPS, CSAT), ["“哪个”换了位置。"], True),
        (define(NPS, CSAT | {"required": True}, SINGLE), ["“满意吗”改成了必答。"], True),
        (
            define(NPS, CSAT | {"show_if": UNHAPPY}, SINGLE),
            ["“满意吗”什么时候问变了：原来都问，现在“推荐吗”答 0–6 分。"],
            True,
        ),
        (
            define(NPS, CSAT, SINGLE, jumps=[{"end": "complete"}]),
            ["第 1 页加了跳转：答完这一页，问卷到此结束，算答完。"],
            True,
        ),
        (define(NPS, CSAT, SINGLE, anonymous=True), ["改成了匿名。"], True),
        (define(NPS, CSAT, SINGLE, languages=["zh-CN", "en"]), ["加了语言：en。"], True),
    ],
)  # fmt: skip
def test_a_change_is_said(new, said, comparable):
    changes = compare_definitions(OLD, new)
    assert [one.sentence.say() for one in changes] == said
    assert all(one.sentence.say("en") for one in changes)
    assert all(one.comparable for one in changes) == comparable


def test_nothing_changed():
    assert compare_definitions(OLD, OLD) == ()


def test_what_was_taken_back_is_said_the_other_way():
    quota = {"id": "x", "name": {}, "where": UNHAPPY, "most": 5}
    kinds = [one.kind for one in compare_definitions(define(NPS, quotas=[quota]), define(NPS))]
    assert kinds == ["logic"]
