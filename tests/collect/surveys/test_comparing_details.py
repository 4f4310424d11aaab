"""Whatever is changed of a questionnaire is said: no change is passed over in silence."""

import pytest

from huiyin.collect.surveys.comparing import compare_definitions
from huiyin.collect.surveys.definition import (
    Ces,
    Consent,
    Contact,
    Csat,
    DateAsked,
    Definition,
    FileAsked,
    Matrix,
    Multiple,
    Note,
    Nps,
    Option,
    Page,
    Quota,
    Ranking,
    Row,
    Single,
    Slider,
    TextAsked,
    Theme,
)

WORDS = {"zh-CN": "原来", "en": "before"}
OTHER = {"zh-CN": "现在", "en": "now"}
OPTIONS = [{"code": code, "label": WORDS} for code in "abc"]
NEVER = {"question": "first", "op": "at_most", "value": 6}
FIVE, ELSE = [WORDS] * 5, [WORDS, OTHER, *[WORDS] * 3]
NEEDED = {
    **{kind: {"options": OPTIONS} for kind in (Single, Multiple, Ranking)},
    Matrix: {"rows": [{"code": code, "label": WORDS} for code in "abc"]},
}
CHANGED = {
    "title": OTHER, "help": OTHER, "required": True, "show_if": NEVER, "look": "stars",
    "low": OTHER, "high": OTHER, "not_applicable": True, "points": 7, "aspect": "价格",
    "words": ELSE, "direction": -1, "minimum": -5, "maximum": 50, "step": 5,
    "options": OPTIONS[::-1], "random_order": True, "events": ["a"], "as_list": True, "least": 1,
    "most": 2, "rows": [{"code": "a", "label": OTHER}], "long": False, "longest": 9,
    "megabytes": 2, "accepts": ["pdf"], "fields": ["email"], "purpose": "marketing",
}  # fmt: skip
ROLES = {Csat: "aspect", Slider: "outcome", Single: "product", Matrix: "meta"}
KINDS = [
    Nps, Csat, Ces, Slider, Single, Multiple, Ranking, Matrix, TextAsked, DateAsked, FileAsked,
    Contact, Consent, Note,
]  # fmt: skip
CASES = [(kind, name) for kind in KINDS for name in kind.model_fields if name not in {"id", "kind"}]
FIRST = {"kind": "nps", "id": "first", "title": WORDS}


def define(*questions, **more):
    pages = [{"id": "p1", "questions": [FIRST]}, {"id": "p2", "questions": list(questions)}]
    own = {"title": WORDS, "pages": pages, "languages": ["zh-CN", "en"]}
    return Definition.model_validate(own | more)


def said(old, new):
    changes = compare_definitions(old, new)
    for one in changes:
        assert all(one.sentence.say(tag) for tag in ("zh-CN", "en"))
        assert "None" not in one.sentence.say("en")
    return [one.sentence.say() for one in changes]


@pytest.mark.parametrize(("kind", "name"), CASES, ids=[f"{k.__name__}-{n}" for k, n in CASES])
def test_every_attribute_of_every_kind_of_question(kind, name):
    own = kind.model_fields["kind"].annotation.__args__[0]
    base = {"kind": own, "id": "q", "title": WORDS, **NEEDED.get(kind, {})}
    if name == "words":
        base["words"] = FIVE
    changed = ROLES[kind] if name == "role" else CHANGED[name]
    if kind is Ces and name == "points":
        changed = 5
    assert said(define(base), define(base | {name: changed}))


@pytest.mark.parametrize("name", [one for one in Option.model_fields if one != "code"])
def test_every_attribute_of_an_option(name):
    base = {"kind": "multiple", "id": "q", "title": WORDS}
    changed = OPTIONS[0] | {name: OTHER if name == "label" else True}
    old, new = (define(base | {"options": [one, *OPTIONS[1:]]}) for one in (OPTIONS[0], changed))
    assert said(old, new)


@pytest.mark.parametrize("name", [one for one in Row.model_fields if one != "code"])
def test_every_attribute_of_a_row(name):
    base = {"kind": "matrix", "id": "q", "title": WORDS}
    changed = OPTIONS[0] | {name: OTHER if name == "label" else "价格"}
    old, new = (define(base | {"rows": [one, *OPTIONS[1:]]}) for one in (OPTIONS[0], changed))
    assert said(old, new)


PAGES = {"title": OTHER, "questions": [], "show_if": NEVER, "random_order": True,
         "jumps": [{"end": "complete"}]}  # fmt: skip


@pytest.mark.parametrize("name", [one for one in Page.model_fields if one != "id"])
def test_every_attribute_of_a_page(name):
    note = {"kind": "note", "id": "n", "title": WORDS}
    pages = [{"id": "p1", "questions": [FIRST]}, {"id": "p2", "questions": [note]}]
    changed = [pages[0], pages[1] | {name: PAGES[name]}]
    assert said(define(pages=pages), define(pages=changed))


@pytest.mark.parametrize("name", [one for one in Quota.model_fields if one != "id"])
def test_every_attribute_of_a_quota(name):
    quota = {"id": "x", "name": WORDS, "where": NEVER, "most": 5}
    changed = {"name": OTHER, "where": NEVER | {"value": 3}, "most": 50, "full": "complete"}
    new = quota | {name: changed.get(name, OTHER)}
    assert len(said(define(quotas=[quota]), define(quotas=[new]))) == 1


SURVEY = {
    "title": OTHER, "languages": ["zh-CN"], "intro": OTHER, "thanks": OTHER, "privacy": OTHER,
    "screened_out": OTHER, "fields": ["门店"], "anonymous": True, "proof_of_work": True,
    "redirect": "https://example.com/",
    "quotas": [{"id": "x", "name": WORDS, "where": NEVER, "most": 1}],
    "pages": [{"id": "p1", "questions": []}],
}  # fmt: skip


@pytest.mark.parametrize("name", [one for one in Definition.model_fields if one != "theme"])
def test_every_attribute_of_the_whole(name):
    assert said(define(), define(**{name: SURVEY[name]}))


@pytest.mark.parametrize("name", list(Theme.model_fields))
def test_every_attribute_of_the_looks(name):
    changed = {"color": "#0F7B75", "logo": "a" * 40}[name]
    assert len(said(define(), define(theme={name: changed}))) == 1


def test_words_are_quoted_and_a_purpose_is_told_apart():
    consent = {"kind": "consent", "id": "q", "title": WORDS}
    old = define(consent, thanks=WORDS)
    assert said(old, define(consent, thanks=OTHER)) == ["感谢语由“原来”改成了“现在”。"]
    assert said(old, define(consent)) == ["去掉了感谢语：“原来”。"]
    helped = define(consent | {"help": OTHER, "required": True}, thanks=WORDS)
    assert said(old, helped) == ["“原来”改成了必答。", "“原来”加了说明：“现在”。"]
    assert said(helped, define(consent | {"help": WORDS, "required": True}, thanks=WORDS)) == [
        "“原来”的说明由“现在”改成了“原来”。"
    ]
    assert said(old, define(consent, thanks=WORDS | {"en": "now"})) == ["感谢语变了。"]
    (purpose,) = said(old, define(consent | {"purpose": "marketing"}, thanks=WORDS))
    assert purpose.endswith("由“follow_up”改成了“marketing”；以前的同意只管以前的用途。")


def test_a_title_that_changed_in_one_language_names_no_change_that_a_reader_cannot_see():
    base = {"kind": "date", "id": "q", "title": WORDS}
    new = base | {"title": WORDS | {"en": "now"}}
    assert said(define(base), define(new)) == [
        "“原来”的文字在一种语言里改了；还是同一列，趋势照接。"
    ]


def test_a_question_on_another_page_in_the_same_order_has_moved():
    note = {"kind": "note", "id": "n", "title": WORDS}
    pages = [{"id": "p1", "questions": [FIRST, note]}, {"id": "p2", "questions": []}]
    assert said(define(note), define(pages=pages)) == ["“原来”换到了第 1 页。"]
