"""Conditions and jumps go to other systems and come back asking the same people the same things."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.collect.surveys.definition import Definition
from huiyin.collect.surveys.formats.files import SurveyFormat, left_out, read_survey, write_survey
from huiyin.collect.surveys.formats.lss_reading import read_lss
from huiyin.collect.surveys.logic import find_way

QUICK = settings(max_examples=80, suppress_health_check=list(HealthCheck))
LOGICAL = [SurveyFormat.QSF, SurveyFormat.LSS]
AIMS = [["complete", "p4"], ["p4"], ["complete"], []]
OPTIONS = [{"code": one, "label": {"en": f"option {one}"}} for one in "abc"]
ASKED = {
    "nps": {"kind": "nps"},
    "csat": {"kind": "csat", "points": 5, "not_applicable": True},
    "one": {"kind": "single", "options": OPTIONS},
    "many": {"kind": "multiple", "options": OPTIONS},
    "may": {"kind": "consent"},
    "grid": {"kind": "matrix", "rows": OPTIONS[:2], "points": 5},
}
ANSWERS = {
    "nps": st.integers(0, 10),
    "csat": st.sampled_from([1, 2, 3, 4, 5, "na"]),
    "one": st.sampled_from("abc"),
    "many": st.lists(st.sampled_from("abc"), min_size=1, max_size=3, unique=True),
    "may": st.booleans(),
    "grid": st.fixed_dictionaries({}, optional={"a": st.integers(1, 5), "b": st.integers(1, 5)}),
}
ANSWERING = st.fixed_dictionaries({}, optional=ANSWERS)
OF = {
    "nps": st.integers(1, 9), "csat": st.integers(2, 4), "one": st.sampled_from("abc"),
    "many": st.sampled_from("abc"), "grid.a": st.integers(2, 4), "grid.b": st.integers(2, 4),
}  # fmt: skip
OPS = {"one": ["is", "is_not"], "many": ["includes", "excludes"]}
ORDERED = ["is", "is_not", "at_least", "at_most"]


@st.composite
def comparisons(draw):
    name = draw(st.sampled_from(sorted(OF)))
    if draw(st.integers(0, 4)) == 0:
        return {"question": name, "op": draw(st.sampled_from(["answered", "unanswered"]))}
    if draw(st.integers(0, 6)) == 0:
        return {"question": "may", "op": "is", "value": True}
    op = draw(st.sampled_from(OPS.get(name, ORDERED)))
    return {"question": name, "op": op, "value": draw(OF[name])}


CONDITIONS = st.recursive(
    comparisons(),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=2).map(lambda some: {"all": some}),
        st.lists(inner, min_size=1, max_size=2).map(lambda some: {"any": some}),
        inner.map(lambda one: {"no": one}),
    ),
    max_leaves=3,
)


def survey(*pages):
    first = {
        "id": "p1",
        "questions": [{"id": n, "title": {"en": f"about {n}"}} | q for n, q in ASKED.items()],
    }
    whole = {"title": {"en": "x"}, "languages": ["en"], "pages": [first, *pages]}
    return Definition.model_validate(whole)


def asked(definition, answers):
    way = find_way(definition, answers, {})
    return [name for stop in way.stops for name in stop.questions], way.ending


def note(name, **more):
    return {"kind": "text", "id": name, "title": {"en": f"words of {name}"}} | more


@pytest.mark.parametrize("kind", LOGICAL)
@QUICK
@given(condition=CONDITIONS, answers=ANSWERING)
def test_a_condition_asks_the_same_people(kind, condition, answers):
    page = {"id": "p2", "questions": [note("why", show_if=condition)]}
    after = {"id": "p3", "show_if": condition, "questions": [note("more")]}
    here = survey(page, after)
    back, left = read_survey(write_survey(here, kind), f"x.{kind}")
    named = left_out(here, kind)
    assert left == []
    if not any("why" in text.say("en") for text in named):
        assert asked(back, answers) == asked(here, answers)


@QUICK
@given(answers=ANSWERING)
def test_jumps_lead_the_same_way_in_a_qualtrics_file(answers):
    ask = {"id": "p2", "questions": [note("a"), ASKED["one"] | {"id": "x", "title": {"en": "x"}}]}
    ask["jumps"] = [
        {"when": {"question": "x", "op": "is", "value": "a"}, "to": "p4"},
        {"when": {"question": "x", "op": "is", "value": "b"}, "end": "complete"},
    ]
    rest = [{"id": f"p{n}", "questions": [note(f"n{n}")]} for n in (3, 4)]
    here = survey(ask, *rest)
    back, left = read_survey(write_survey(here, SurveyFormat.QSF), "x.qsf")
    assert left == []
    for choice in ("a", "b", "c", None):
        with_choice = answers | ({"x": choice} if choice else {})
        assert asked(back, with_choice) == asked(here, with_choice)


@pytest.mark.parametrize("how", ["all", "any"])
def test_a_tick_that_is_named_twice_still_asks_for_the_tick(how):
    ticked = {"question": "may", "op": "is", "value": True}
    twice = {how: [{"no": ticked}, {"no": ticked}]}
    here = survey({"id": "p2", "questions": [note("why", show_if=twice)]})
    back, _ = read_survey(write_survey(here, "lss"), "x.lss")
    for answers in ({}, {"may": False}, {"may": True}):
        assert asked(back, answers) == asked(here, answers)


def test_a_condition_that_is_too_long_once_written_out_is_named():
    """Eleven levels that are not chosen, times two, times the levels of another question."""
    known = {"question": "csat", "op": "answered"}
    others = {"all": [known, {"question": "csat", "op": "is_not", "value": 2}]}
    condition = {"any": [{"question": "nps", "op": "unanswered"}, others]}
    here = survey({"id": "p2", "questions": [note("why", show_if=condition)]})
    for kind in LOGICAL:
        _, left = read_survey(write_survey(here, kind), f"x.{kind}")
        assert left == []
        assert any("why" in text.say("en") for text in left_out(here, kind))


def test_levels_in_a_row_come_back_as_one_comparison():
    condition = {"question": "nps", "op": "at_most", "value": 6}
    here = survey({"id": "p2", "questions": [note("why", show_if=condition)]})
    for kind in LOGICAL:
        back, _ = read_survey(write_survey(here, kind), f"x.{kind}")
        assert back.question("why").show_if == here.question("why").show_if
        assert left_out(here, kind)[:1] != []


def test_each_rule_that_is_lost_is_a_sentence():
    facts = {"field": "shop", "op": "is", "value": "x"}
    page = {"id": "p2", "questions": [note("why", show_if=facts), note("more", show_if=facts)]}
    here = survey(page)
    here = here.model_copy(update={"fields": ("shop",)})
    for kind in (*LOGICAL, SurveyFormat.WJX):
        lost = [text.say("en") for text in left_out(here, kind)]
        assert sum("words of why" in one for one in lost) == 1
        assert sum("words of more" in one for one in lost) == 1


def test_the_logic_of_a_real_file_is_read_or_named(shared):
    folder = shared / "data/exports/qualtrics"
    path = folder / "Survey Logic" / "Survey_Logic_EVERYWHERE.qsf"
    survey, left = read_survey(path)
    said = [text.say("en") for text in left]
    aims = [[jump.end or jump.to for jump in page.jumps] for page in survey.pages]
    assert aims == AIMS
    assert any("condition" in one for one in said)


UNKNOWN = {"LogicType": "Question", "Operator": "Selected"}
UNKNOWN["ChoiceLocator"] = "q://QID9/SelectableChoice/1"


@pytest.mark.parametrize(
    "logic", [[], "x", {"0": "x"}, {"0": {"0": {"LogicType": "Device"}}}, {"0": {"0": UNKNOWN}}]
)
def test_logic_that_cannot_be_read_is_named(logic):
    page = {"id": "p2", "questions": [note("why")]}
    document = json.loads(write_survey(survey(page), SurveyFormat.QSF))
    asked = next(
        one
        for one in document["SurveyElements"]
        if one["Element"] == "SQ" and one["Payload"]["DataExportTag"] == "why"
    )
    asked["Payload"]["DisplayLogic"] = logic
    back, left = read_survey(json.dumps(document).encode(), "x.qsf")
    assert back.question("why").show_if is None
    assert len(left) == (1 if logic else 0)


RELEVANT = [
    (b'nps.NAOK == "1"', {"question": "nps", "op": "is", "value": 1}),
    (b"nps.NAOK &gt;= 9", {"question": "nps", "op": "at_least", "value": 9}),
    (b"!is_empty(one.NAOK)", {"question": "one", "op": "answered"}),
    (b"many_a == 'Y'", {"question": "many", "op": "includes", "value": "a"}),
    (b'grid_b.NAOK != ""', {"question": "grid.b", "op": "answered"}),
    (b'((100000X1X2001.NAOK == "b"))', {"question": "one", "op": "is", "value": "b"}),
    (b"if(nps &gt; 3, 1, 0)", None), (b"nps +", None), (b"((((", None), (b"later == 1", None),
    (b"(" * 3_000, None), (b"nps.NAOK == 77", None),
]  # fmt: skip


@pytest.mark.parametrize(("words", "condition"), RELEVANT)
def test_relevance_as_people_write_it_is_read_or_named(words, condition):
    here = survey({"id": "p2", "questions": [note("why"), note("later")]})
    raw = write_survey(here, SurveyFormat.LSS)
    place = raw.index(b"<relevance>", raw.index(b"<title>why</title>")) + len(b"<relevance>")
    raw = raw[:place] + words + raw[place + 1 :]
    back, left = read_survey(raw, "x.lss")
    found = back.question("why").show_if
    if condition is None:
        assert (found, len(left)) == (None, 1)
    else:
        assert found.model_dump(mode="json", exclude_none=True) == condition


def test_the_relevance_of_a_real_file_is_read(shared):
    path = shared / "data/exports/limesurvey/rse2017_uk_core_survey.lss"
    draft, left = read_lss(path.read_bytes())
    shown = [one["id"] for page in draft["pages"] for one in page["questions"] if "show_if" in one]
    lost = [one.say("en") for one in left if "condition" in one.say("en")]
    assert (len(shown), len(lost)) == (11, 0)
