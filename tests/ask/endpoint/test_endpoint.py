"""The language model: what is sent, what is taken, and everything else that is dropped."""

from __future__ import annotations

import json
from datetime import date

import pytest
from model_server import a_model

from huiyin.ask.contracts import Answerable, AskBack, ColumnValues, Kind, Refusal
from huiyin.ask.endpoint import asking
from huiyin.ask.endpoint.asking import ask_model, messages
from huiyin.ask.endpoint.checking import checked_reading
from huiyin.ask.endpoint.contracts import (
    DroppedReadingError,
    Endpoint,
    EndpointError,
    EndpointSettings,
)
from huiyin.ask.endpoint.helping import helped
from huiyin.ask.reading import ask
from huiyin.ask.vocabulary import build_vocabulary
from huiyin.codebook.files import parse_codebook

TODAY = date(2026, 6, 15)
BOOK = parse_codebook(
    """
columns:
- {name: 时间, role: time}
- {name: 手机号, role: customer}
- {name: 大区, role: dimension}
- {name: 店员, role: staff}
- {name: 总体满意度, role: overall, scale: {min: 1, max: 5}}
- {name: 意见, role: text}
""",
    "book",
)
VOCABULARY = build_vocabulary(
    BOOK, ColumnValues({"大区": ("华东", "华南"), "店员": ("黄磊459", "许晓燕383")})
)
PUZZLE = "华南客人的心情指数五月到多少了"
GOOD = {
    "kind": "number",
    "metrics": ["score:总体满意度"],
    "where": ["大区=华南"],
    "since": "2026-05-01",
    "until": "2026-05-31",
}


@pytest.fixture(scope="module")
def model():
    with a_model() as server:
        yield server


@pytest.fixture(autouse=True)
def plain(model):
    model.status, model.wait = 200, 0.0
    model.asked.clear()
    model.keys.clear()


def at(model, *, on=True, private=True, key="k-secret"):
    return Endpoint(EndpointSettings(on=on, url=model.url, model="m"), key, private)


def helping(model, question=PUZZLE, **how):
    own = ask(question, VOCABULARY, TODAY)
    return own, *helped(at(model, **how), own, VOCABULARY, TODAY, [question])


def test_a_reading_that_passes_the_checks_is_taken_and_marked(model):
    model.says(GOOD)
    own, found, dropped = helping(model)
    assert not isinstance(own, Answerable)
    assert dropped is None
    assert (found.kind, found.query.metrics) == (Kind.NUMBER, ("score:总体满意度",))
    assert "语言模型" in found.reading.say("zh-CN")
    assert model.asked[0][0] == "/v1/chat/completions"
    assert model.keys == ["Bearer k-secret"]


def test_a_fence_around_the_json_is_fine(model):
    model.says("```json\n" + json.dumps(GOOD) + "\n```")
    assert isinstance(helping(model)[1], Answerable)


def test_names_and_values_are_sent_but_no_person(model):
    model.says(GOOD)
    helping(model)
    sent = json.dumps(model.asked[0][1], ensure_ascii=False)
    assert "华南" in sent
    assert "店员" in sent
    assert "黄磊" not in sent
    assert "手机号" not in sent


def test_off_or_understood_already_or_personal_nothing_is_sent(model):
    model.says(GOOD)
    assert helping(model, on=False)[1:] == (helping(model, on=False)[0], None)
    helping(model, "上个月华东的满意度")
    personal = helping(model, "打1分的客户电话是多少")
    assert isinstance(personal[1], Refusal)
    assert model.asked == []


def test_a_private_address_is_not_reached_unless_allowed(model):
    model.says(GOOD)
    own, found, dropped = helping(model, private=False)
    assert (found, model.asked) == (own, [])
    assert dropped is not None


@pytest.mark.parametrize(
    "answer",
    [
        "SELECT * FROM answers; DROP TABLE answers",
        "{not json",
        "[" * 20_000,
        [],
        None,
        "",
        {"kind": "number", "metrics": ["score:总体满意度"], "sql": "select 1"},
        GOOD | {"metrics": ["score:手机号"]},
        GOOD | {"metrics": ["score:总体满意度; drop table x"]},
        GOOD | {"metrics": ["mean:店员"]},
        GOOD | {"metrics": []},
        GOOD | {"where": ["手机号=13800000000"]},
        GOOD | {"where": ["大区=西藏"]},
        GOOD | {"where": ["总体满意度>=1 OR 1=1"]},
        GOOD | {"where": ["总体满意度=9"]},
        GOOD | {"where": ["意见~骂"]},
        GOOD | {"by": ["手机号"]},
        GOOD | {"by": ["意见"]},
        GOOD | {"since": "2026-06-01", "until": "2026-12-31"},
        GOOD | {"since": "2026-05-31", "until": "2026-05-01"},
        GOOD | {"kind": "ranking", "rank": {"worst": 5}},
        GOOD | {"kind": "ranking", "by": ["大区"], "rank": {"worst": 10**9}},
        GOOD | {"kind": "threshold", "by": ["大区"], "threshold": "<60 or 1=1"},
        GOOD | {"kind": "compare"},
        GOOD | {"kind": "compare", "compare": "大区=西藏"},
        GOOD | {"kind": "voices"},
        GOOD | {"kind": "everything"},
        {"kind": None},
    ],
)
def test_anything_else_is_dropped_with_a_sentence(model, answer):
    model.says(answer if answer is not None else "null")
    own, found, dropped = helping(model)
    assert found == own
    assert isinstance(found, AskBack | Refusal)
    assert dropped.say("zh-CN")


def test_huge_and_refused_and_broken_replies_are_dropped(model):
    model.says("x" * 200_000)
    assert helping(model)[2] is not None
    model.says(GOOD)
    model.status = 500
    assert "500" in helping(model)[2].say("en")
    model.status, model.reply = 200, '{"choices": "none"}'
    assert helping(model)[2] is not None


@pytest.mark.parametrize(
    ("status", "said"),
    [(401, "不认这个密钥"), (404, "请检查接口地址和模型名"), (429, "额度"), (503, "那边出错了")],
)
def test_a_refusal_says_what_to_do(model, status, said):
    model.says(GOOD)
    model.status = status
    with pytest.raises(EndpointError) as found:
        ask_model(at(model), VOCABULARY, TODAY, [PUZZLE])
    assert said in found.value.sentence.say("zh-CN")
    assert str(status) in found.value.sentence.say("en")


def test_a_slow_reply_is_not_waited_for(model, monkeypatch):
    monkeypatch.setattr(asking, "REPLY_SECONDS", 0.1)
    model.says(GOOD)
    model.wait = 0.5
    with pytest.raises(EndpointError):
        ask_model(at(model), VOCABULARY, TODAY, [PUZZLE])


def test_what_a_viewer_may_not_see_is_neither_sent_nor_taken():
    few = build_vocabulary(BOOK, ColumnValues({"大区": ("华东",)}))
    assert "华南" not in json.dumps(messages(few, TODAY, ["心情"]), ensure_ascii=False)
    with pytest.raises(DroppedReadingError):
        checked_reading(GOOD, few, TODAY)


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({"kind": "ranking", "by": ["店员"], "rank": {"worst": 5}}, Kind.RANKING),
        ({"kind": "threshold", "by": ["大区"], "threshold": "<60"}, Kind.THRESHOLD),
        ({"kind": "compare", "compare": "year_ago"}, Kind.COMPARE),
        ({"kind": "compare", "compare": "大区=华东"}, Kind.COMPARE),
        ({"kind": "trend", "grain": "month"}, Kind.TREND),
        ({"kind": "voices", "metrics": [], "where": ["总体满意度=1|2"]}, Kind.VOICES),
    ],
)
def test_every_kind_passes_in_its_form(told, kind):
    assert checked_reading(GOOD | told, VOCABULARY, TODAY).kind is kind
