"""The way through a questionnaire, against an interpreter written another way.

The reference knows plain dictionaries alone. It goes through one flat list of steps, evaluates
conditions by three tables, and looks up what was answered each time anew; it shares no line with
`logic`. Where the two differ, one of them is wrong.
"""

import json
import re
import subprocess
import sys
from importlib.resources import files

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from huiyin.collect.surveys.checks import check
from huiyin.collect.surveys.classes import TooManyWaysError
from huiyin.collect.surveys.definition import Definition
from huiyin.collect.surveys.logic import find_way
from huiyin.collect.surveys.reach import explore

FEWER = settings(max_examples=150, suppress_health_check=list(HealthCheck))
EXAMPLES = settings(max_examples=400, suppress_health_check=list(HealthCheck))
OPS = ["is", "is_not", "at_least", "at_most", "includes", "excludes", "answered", "unanswered"]
CODES = ["a", "b", "c"]
KINDS = ["nps", "single", "multiple", "matrix", "date", "consent", "text", "note"]
DAYS = ["2026-01-01", "2026-01-02", "2026-12-31"]


def reference(document, answers, facts):  # noqa: C901 -- naive on purpose
    """Walk the steps one by one; returns the pages with their questions, and the ending."""
    steps, start = [], {}
    for page in document["pages"]:
        start[page["id"]] = len(steps)
        steps.append(("page", page))
        steps += [("ask", question) for question in page["questions"]]
        steps.append(("leave", page))
    at, seen, given_so_far = 0, [], {}
    while at < len(steps):
        what, part = steps[at]
        at += 1
        if what == "page":
            seen.append((part["id"], []))
            if "show_if" in part and not true(part["show_if"], given_so_far, facts):
                at = start[part["id"]] + len(part["questions"]) + 2
        elif what == "ask":
            if "show_if" not in part or true(part["show_if"], given_so_far, facts):
                seen[-1][1].append(part["id"])
                if part["kind"] != "note":
                    given_so_far[part["id"]] = answers.get(part["id"])
        else:
            for jump in part.get("jumps", []):
                if "when" not in jump or true(jump["when"], given_so_far, facts):
                    if "end" in jump:
                        return [stop for stop in seen if stop[1]], jump["end"]
                    at = start[jump["to"]]
                    break
    return [stop for stop in seen if stop[1]], "complete"


def true(condition, answers, facts):
    if "all" in condition:
        return False not in [true(part, answers, facts) for part in condition["all"]]
    if "any" in condition:
        return True in [true(part, answers, facts) for part in condition["any"]]
    if "no" in condition:
        return not true(condition["no"], answers, facts)
    value = condition.get("value")
    if "field" in condition:
        have = facts.get(condition["field"])
        if (
            isinstance(value, (int, float))
            and have
            and re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", have)
        ):
            have = float(have)
    elif "." in condition["question"]:
        name, row = condition["question"].split(".")
        whole = answers.get(name)
        have = whole.get(row) if isinstance(whole, dict) else None
    else:
        have = answers.get(condition["question"])
    return judge(have, condition["op"], value)


def judge(have, op, value):
    nothing = have is None or have in ("", [], {})
    if op in ("answered", "unanswered"):
        return nothing == (op == "unanswered")
    if nothing:
        return False
    if op in ("includes", "excludes"):
        among = have if isinstance(have, list) else [have]
        return (key(value) in [key(one) for one in among]) == (op == "includes")
    if op in ("is", "is_not"):
        return not isinstance(have, list) and (key(have) == key(value)) == (op == "is")
    a, b = rank(have), rank(value)
    if a is None or b is None or a[0] != b[0]:
        return False
    return a[1] >= b[1] if op == "at_least" else a[1] <= b[1]


def key(value):
    """Tell truths, words and numbers apart, and no kinds of number."""
    if isinstance(value, bool):
        return "truth", value
    if isinstance(value, (int, float)):
        return "number", float(value)
    return type(value).__name__, str(value)


def rank(value):
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return "number", value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return "day", value
    return None


VALUES = st.one_of(
    st.integers(0, 10), st.sampled_from(CODES), st.sampled_from(DAYS), st.booleans(), st.none(),
    st.sampled_from(["na", "1", "x"]),
)  # fmt: skip


def conditions(names):
    tested = st.sampled_from([*names, *(f"{name}.r" for name in names), "q99"])
    test = st.fixed_dictionaries({"question": tested, "op": st.sampled_from(OPS), "value": VALUES})
    fact = st.fixed_dictionaries(
        {
            "field": st.sampled_from(["f", "g"]),
            "op": st.sampled_from(OPS),
            "value": st.integers(0, 10) | st.sampled_from(["x", "3", "2026-01-01"]),
        }
    )
    return st.recursive(
        test | fact,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
            inner.map(lambda part: {"no": part}),
        ),
        max_leaves=4,
    )


def question(kind, name):
    plain = {"kind": kind, "id": name, "title": {"en": name}}
    if kind in ("single", "multiple"):
        plain["options"] = [{"code": code, "label": {"en": code}} for code in CODES]
    if kind == "matrix":
        plain |= {"rows": [{"code": "r", "label": {"en": "r"}}], "not_applicable": True}
    return plain


@st.composite
def documents(draw):
    """Questionnaires with any logic, sensible or not."""
    sizes = draw(st.lists(st.integers(0, 3), min_size=1, max_size=4))
    names = [f"q{n}" for n in range(1, sum(sizes) + 1)] or ["q1"]
    some = st.none() | conditions(names)
    waiting, pages = list(names), []
    for number, size in enumerate(sizes):
        page = {"id": f"p{number}", "questions": []}
        for name in waiting[:size]:
            asked = question(draw(st.sampled_from(KINDS)), name)
            condition = draw(some)
            page["questions"].append(asked | ({"show_if": condition} if condition else {}))
        waiting = waiting[size:]
        condition = draw(some)
        page |= {"show_if": condition} if condition else {}
        page["jumps"] = draw(st.lists(jumps(number, len(sizes), some), max_size=2))
        pages.append(page)
    return {"title": {"en": "t"}, "languages": ["en"], "fields": ["f", "g"], "pages": pages}


@st.composite
def jumps(draw, number, pages, some):
    later = [{"to": f"p{n}"} for n in range(number + 1, pages)]
    aim = draw(st.sampled_from([*later, {"end": "complete"}, {"end": "screened_out"}]))
    condition = draw(some)
    return aim | ({"when": condition} if condition else {})


ANSWER = {
    "nps": st.integers(0, 10),
    "single": st.sampled_from(CODES),
    "multiple": st.lists(st.sampled_from(CODES), max_size=3, unique=True),
    "matrix": st.dictionaries(st.just("r"), st.integers(1, 5) | st.just("na")),
    "date": st.sampled_from(DAYS),
    "consent": st.booleans(),
    "text": st.sampled_from(["", "x", "1", "2026-01-02"]),
    "note": st.none(),
}
FACTS = st.dictionaries(
    st.sampled_from(["f", "g"]), st.sampled_from(["", "x", "3", "-1.5", "2026-01-01"])
)


def answered(data, document):
    asked = [one for page in document["pages"] for one in page["questions"]]
    return {one["id"]: data.draw(st.none() | ANSWER[one["kind"]]) for one in asked}


def define(document):
    try:
        return Definition.model_validate(document)
    except ValidationError:
        return assume(condition=False)


def both_ways(document, answers, facts):
    way = find_way(Definition.model_validate(document), answers, facts)
    found = [(stop.page, list(stop.questions)) for stop in way.stops]
    return (found, str(way.ending)), reference(document, answers, facts)


@EXAMPLES
@given(documents(), FACTS, st.data())
def test_both_interpreters_go_the_same_way(document, facts, data):
    define(document)
    ours, theirs = both_ways(document, answered(data, document), facts)
    assert ours == theirs


@FEWER
@given(documents(), FACTS, st.data())
def test_whatever_is_reached_is_known_to_be_reachable(document, facts, data):
    """What the checks call unreachable, no answers reach; and the checks never fail."""
    survey = define(document)
    check(survey)
    try:
        reach = explore(survey)
    except TooManyWaysError:
        assume(condition=False)
    way = find_way(survey, answered(data, document), facts)
    assert {stop.page for stop in way.stops} <= reach.pages
    assert {name for stop in way.stops for name in stop.questions} <= reach.questions
    assert way.ending in reach.endings


@given(st.sampled_from(OPS), VALUES, VALUES | st.lists(st.sampled_from(CODES), max_size=2))
@example("is", 1, True)
@example("is", "1", 1)
@example("includes", "a", [])
def test_both_interpreters_compare_alike(op, value, have):
    show = {"question": "q1", "op": op, "value": value}
    first, second = question("text", "q1"), question("text", "q2") | {"show_if": show}
    document = {"title": {}, "pages": [{"id": "p", "questions": [first, second]}]}
    ours, theirs = both_ways(document, {"q1": have}, {})
    assert ours == theirs


@pytest.mark.parametrize("value", ["3", 3, "03", 3.0, "2026-01-01"])
@pytest.mark.parametrize("fact", ["3", "3.0", "03", "x", "", "2026-01-01"])
@pytest.mark.parametrize("op", OPS)
def test_both_interpreters_read_facts_alike(op, fact, value):
    asked = question("text", "q1") | {"show_if": {"field": "f", "op": op, "value": value}}
    document = {"title": {}, "fields": ["f"], "pages": [{"id": "p", "questions": [asked]}]}
    ours, theirs = both_ways(document, {}, {"f": fact})
    assert ours == theirs


ENGINE = """
import json, sys
from py_mini_racer import MiniRacer

context = MiniRacer()
context.eval(open(sys.argv[1], encoding="utf-8").read())
for line in sys.stdin:
    print(context.eval(f"JSON.stringify({json.loads(line)})"), flush=True)
"""


@pytest.fixture(scope="module")
def browser():
    """The script of the answer pages, in an engine that has no page.

    The engine has a process of its own: V8 wants to be used by the thread that began it, which
    in the process of the tests is the one that draws charts.
    """
    script = str(files("huiyin.web.answer").joinpath("answer.js"))
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
    with subprocess.Popen([sys.executable, "-c", ENGINE, script], **pipes) as engine:
        yield engine
        engine.stdin.close()


def shown_in(browser, page, before, answers, facts):
    words = ", ".join(json.dumps(one) for one in (page["questions"], before, answers, facts))
    print(json.dumps(f"huiyinLogic.shown({words})"), file=browser.stdin, flush=True)
    return json.loads(browser.stdout.readline())


@FEWER
@given(documents(), FACTS, st.data())
def test_the_browser_shows_what_the_server_asks(browser, document, facts, data):
    """Page by page: the same questions, given the answers that count before it."""
    survey, answers = define(document), answered(data, document)
    way = find_way(survey, answers, facts)
    pages = {page["id"]: page for page in document["pages"]}
    before = {}
    for stop in way.stops:
        assert shown_in(browser, pages[stop.page], before, answers, facts) == list(stop.questions)
        before |= {name: way.answers[name] for name in stop.questions if name in way.answers}


@given(st.sampled_from(OPS), VALUES, VALUES | st.lists(st.sampled_from(CODES), max_size=2))
@example("is", 1, True)
@example("includes", "a", [])
def test_the_browser_compares_like_the_server(browser, op, value, have):
    show = {"question": "q1", "op": op, "value": value}
    first, second = question("text", "q1"), question("text", "q2") | {"show_if": show}
    page = {"id": "p", "questions": [first, second]}
    way = find_way(Definition.model_validate({"title": {}, "pages": [page]}), {"q1": have}, {})
    assert shown_in(browser, page, {}, {"q1": have}, {}) == list(way.stops[0].questions)
