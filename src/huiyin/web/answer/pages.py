"""Sets a page of a questionnaire as HTML: what is asked, what was answered, what is still wrong."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from huiyin.collect.surveys.contracts import MOST_SPREAD, OTHER, Kind, Look
from huiyin.collect.surveys.definition import LANGUAGE_NAMES, Contact, Definition, Page, own_option
from huiyin.collect.surveys.definition import say as say_words
from huiyin.collect.surveys.files import MEGABYTE, TOO_LARGE
from huiyin.collect.surveys.filling import fill, gather
from huiyin.collect.surveys.logic import Way, find_way
from huiyin.collect.surveys.logos import is_logo_id
from huiyin.core.text import EN, LANGUAGES, Text
from huiyin.web.answer.guards import WORK_BITS
from huiyin.web.answer.prompts import prompt
from huiyin.web.answer.words import face, how_many, word

if TYPE_CHECKING:
    from jinja2 import Environment

_ACCEPTS = {"image": "image/*", "pdf": "application/pdf"}
_INPUTS = {
    "name": ("text", "name", Text("姓名", "Name")),
    "phone": ("tel", "tel", Text("手机号", "Phone")),
    "email": ("email", "email", Text("邮箱", "E-mail")),
    "wechat": ("text", "off", Text("微信号", "WeChat")),
    "company": ("text", "organization", Text("单位", "Company")),
}


@dataclass(frozen=True)
class Shown:
    """What a page is drawn from.

    Attributes
    ----------
    definition : Definition
    page_id, language, token, action : str
    answers, own, fields : mapping
        What is answered so far, written beside ``other``, and came with the respondent.
    errors : mapping of str to Text
        Question id → what is wrong.
    seed : int
        Of the random order.
    notice : str
        A sentence above the questions.
    """

    definition: Definition
    page_id: str
    language: str
    token: str
    action: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, Text] = field(default_factory=dict)
    seed: int = 0
    notice: str = ""
    resumed: bool = False
    confirm: bool = False
    sites: tuple[str, ...] | None = None
    """Whose pages frame this one; None where it stands by itself."""
    prompts: bool = False
    """Whether an agent reads it out, and is told how."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Question id → the words that stand for the file sent before."""
    noted: str = ""
    """Which of its steps were counted already (`tally.SIGNS`)."""
    minutes: int = 0
    """How long it takes, said on the first page; 0: not said."""

    @cached_property
    def known(self) -> Mapping[str, str]:
        """What ``{{name}}`` in words is filled with."""
        way = find_way(self.definition, self.answers, self.fields)
        return gather(self.definition, way.answers, self.fields, self.language, self.own)

    def say(self, words: Mapping[str, str]) -> str:
        """Say words of the questionnaire in the language of the page, filled."""
        said = say_words(dict(words), self.language)
        return fill(said, self.known) if "{{" in said else said


@cache
def asset(name: str) -> bytes:
    """Give a file that stands beside the pages."""
    return files("huiyin.web.answer").joinpath(name).read_bytes()


@cache
def asset_mark(name: str) -> str:
    """Give the mark that changes when the file does."""
    return hashlib.sha256(asset(name)).hexdigest()[:10]


@cache
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("huiyin.web.answer"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.globals["word"] = word
    return made


def draw_said(
    definition: Definition | None,
    language: str,
    said: str,
    more: str = "",
    *,
    link: Mapping[str, str] | None = None,
    sites: tuple[str, ...] | None = None,
    refused: bool = False,
) -> str:
    """Set a page that says one thing: thanks, closed, already answered.

    `link` names where one may go: ``again`` to answer once more, or ``leads_on`` elsewhere.
    """
    framed = _framed(sites, "no" if refused else "done")
    links = {"again": "", "leads_on": ""} | dict(link or {})
    facts = {"title": said, "said": said, "more": more, "link": links, "js": ""}
    page = _templates().get_template("said.html")
    return page.render(_frame(definition, language) | facts | framed)


def _framed(sites: tuple[str, ...] | None, state: str) -> dict[str, Any]:
    """Give what a page within another one says of itself, and to whom."""
    if sites is None:
        return {"framed": False}
    return {
        "framed": True,
        "state": state,
        "sites": " ".join(sites),
        "frame_js": asset_mark("frame.js"),
    }


def draw_stop(definition: Definition | None, language: str, action: str) -> str:
    """Set the page that asks whether no more messages shall come."""
    said = word("stop", language)
    facts = {"title": said, "said": said, "action": action, "js": ""}
    page = _templates().get_template("stop.html")
    return page.render(_frame(definition, language) | facts)


def draw_again(language: str, said: str, action: str, sent: Mapping[str, Sequence[str]]) -> str:
    """Set the page that sends the same once more, with all that was entered."""
    facts = {"title": said, "said": said, "action": action, "sent": sent, "js": ""}
    page = _templates().get_template("again.html")
    return page.render(_frame(None, language) | facts)


def _frame(definition: Definition | None, language: str) -> dict[str, Any]:
    theme = definition.theme if definition else None
    return {
        "language": language,
        "color": theme.color if theme else "#3B5BDB",
        "logo": f"/s/-/logo/{theme.logo}" if theme and is_logo_id(theme.logo) else "",
        "css": asset_mark("answer.css"),
        "js": asset_mark("answer.js"),
        "framed": False,
    }


def draw_page(shown: Shown) -> str:
    """Set a page of questions.

    Parameters
    ----------
    shown : Shown

    Returns
    -------
    str
        HTML; every word of the questionnaire and of the respondent escaped.
    """
    definition, language = shown.definition, shown.language
    way = find_way(definition, shown.answers, shown.fields)
    page = next(one for one in definition.pages if one.id == shown.page_id)
    asked = _asked(way, page.id)
    questions = [_question(shown, one, one.id in asked) for one in _in_order(shown, page)]
    stops = [stop.page for stop in way.stops]
    number = stops.index(page.id) + 1 if page.id in stops else 1
    say = shown.say

    return (
        _templates()
        .get_template("ask.html")
        .render(
            _frame(definition, language)
            | {
                "title": say(definition.title),
                "intro": say(definition.intro) if number == 1 else "",
                "privacy": say(definition.privacy),
                "languages": _languages(definition) if number == 1 and shown.sites is None else [],
                "page_title": say(page.title),
                "questions": questions,
                "titles": {one["id"]: one["title"] for one in questions},
                "errors": {one: text.say(language) for one, text in shown.errors.items()},
                "notice": shown.notice,
                "minutes": shown.minutes if number == 1 else 0,
                "resumed": shown.resumed,
                "prompt": prompt("lead", language) if shown.prompts and number == 1 else "",
                "confirm": shown.confirm,
                "work_bits": WORK_BITS if definition.proof_of_work else 0,
                "action": shown.action,
                "token": shown.token,
                "noted": shown.noted,
                "page_id": page.id,
                "seen": ",".join(asked),
                "n_pages": number + len(definition.pages) - definition.pages.index(page) - 1,
                "page_number": number,
                "can_go_back": number > 1,
                "last": _is_last(definition, page),
                "has_file": any(one.kind == Kind.FILE for one in page.questions),
                "logic": _logic(shown, page),
            }
            | _framed(shown.sites, "ask")
        )
    )


def _asked(way: Way, page_id: str) -> tuple[str, ...]:
    return next((stop.questions for stop in way.stops if stop.page == page_id), ())


def _is_last(definition: Definition, page: Page) -> bool:
    return definition.pages[-1].id == page.id


def _languages(definition: Definition) -> list[tuple[str, str]]:
    return [(tag, LANGUAGE_NAMES.get(tag, tag)) for tag in definition.languages]


def _in_order(shown: Shown, page: Page) -> Sequence[Any]:
    if not page.random_order:
        return page.questions
    return _shuffled(shown.seed, page.id, list(page.questions))


def _shuffled(seed: int, what: str, things: list[Any]) -> list[Any]:
    """Shuffle the same way for one respondent each time; what is `fixed` keeps its place."""
    draw = random.Random(f"{seed} {what}")  # noqa: S311 -- an order, no secret
    loose = [thing for thing in things if not _fixed(thing)]
    draw.shuffle(loose)
    rest = iter(loose)
    return [thing if _fixed(thing) else next(rest) for thing in things]


def _fixed(thing: Any) -> bool:
    return bool(getattr(thing, "fixed", False) or getattr(thing, "exclusive", False)) or (
        getattr(thing, "code", "") == OTHER
    )


def _question(shown: Shown, question: Any, asked: bool) -> dict[str, Any]:  # noqa: FBT001 -- one of two looks
    answer = shown.answers.get(question.id)
    error = shown.errors.get(question.id)
    view: dict[str, Any] = {
        "id": question.id,
        "kind": str(question.kind),
        "title": shown.say(question.title),
        "help": shown.say(question.help),
        "required": question.required,
        "error": error.say(shown.language) if error else "",
        "hidden": not asked,
        "answer": answer,
        "as_list": getattr(question, "pulled_down", False),
        "scrolled": len(getattr(question, "options", ())) > MOST_SPREAD,
        "has_other": own_option(question),
        "other": shown.own.get(question.id, ""),
        "most": getattr(question, "most", None) if question.kind == Kind.MULTIPLE else None,
        "how_many": _how_many(question, shown.language),
        "not_applicable": getattr(question, "not_applicable", False),
        "prompt": prompt(str(question.kind), shown.language) if shown.prompts else "",
    }
    for name in ("low", "high"):
        view[name] = shown.say(getattr(question, name, {}))
    for name in ("long", "longest", "minimum", "maximum", "step"):
        view[name] = getattr(question, name, None)
    return view | _parts(shown, question, answer)


def _how_many(question: Any, language: str) -> str:
    offered = len(getattr(question, "options", ()))
    most = getattr(question, "most", None)
    least = getattr(question, "least", 0)
    return how_many(question.kind, least, most if most and most < offered else None, language)


def _parts(shown: Shown, question: Any, answer: Any) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    if hasattr(question, "levels"):
        parts |= {"look": str(question.look), "levels": _levels(shown, question)}
    if hasattr(question, "options"):
        parts["options"] = _options(shown, question, answer)
        parts["places"] = range(1, (getattr(question, "most", None) or len(question.options)) + 1)
    if question.kind == Kind.MATRIX:
        parts["rows"] = [
            {
                "code": row.code,
                "label": shown.say(row.label),
                "answer": (answer or {}).get(row.code, ""),
            }
            for row in _rows(shown, question)
        ]
    if isinstance(question, Contact):
        parts["fields"] = [_field(shown, name, answer or {}) for name in question.fields]
    if question.kind == Kind.FILE:
        parts["accepts"] = ",".join(_ACCEPTS[one] for one in question.accepts)
        parts["kept"] = shown.files.get(question.id, "")
        parts["largest"] = question.megabytes * MEGABYTE
        parts["limits"] = word(
            "file_limits_" + "_".join(sorted(set(question.accepts))),
            shown.language,
            n=question.megabytes,
        )
        parts["too_large"] = TOO_LARGE.format(n=question.megabytes).say(
            shown.language if shown.language in LANGUAGES else EN
        )
    return parts


def _rows(shown: Shown, question: Any) -> Sequence[Any]:
    rows = list(question.rows)
    return _shuffled(shown.seed, question.id, rows) if question.random_order else rows


def _field(shown: Shown, name: str, answer: Mapping[str, str]) -> dict[str, str]:
    kind, autocomplete, label = _INPUTS[name]
    return {
        "name": name,
        "type": kind,
        "autocomplete": autocomplete,
        "label": label.say(shown.language),
        "answer": answer.get(name, ""),
    }


def _options(shown: Shown, question: Any, answer: Any) -> list[dict[str, Any]]:
    options = list(question.options)
    if question.random_order:
        options = _shuffled(shown.seed, question.id, options)
    chosen = answer if isinstance(answer, list) else [answer]
    return [
        {
            "code": option.code,
            "label": shown.say(option.label),
            "exclusive": option.exclusive,
            "chosen": option.code in chosen,
            "place": chosen.index(option.code) + 1 if option.code in chosen else 0,
        }
        for option in options
    ]


def _levels(shown: Shown, question: Any) -> list[dict[str, Any]]:
    levels, words = list(question.levels), getattr(question, "words", ())
    return [
        _level(shown, question, level, words[place] if words else {}) | {"value": level}
        for place, level in enumerate(levels)
    ]


def _level(shown: Shown, question: Any, level: int, words: Mapping[str, str]) -> dict[str, str]:
    said = shown.say(words)
    if question.look is Look.WORDS and said:
        return {"sign": said, "words": "", "spoken": ""}
    if question.look is Look.STARS:
        return {"sign": "★", "words": said, "spoken": word("stars", shown.language, n=level)}
    if question.look is Look.FACES:
        spoken = said or word("of", shown.language, n=level)
        return {"sign": face(level, len(question.levels)), "words": said, "spoken": spoken}
    return {"sign": str(level), "words": said, "spoken": ""}


def _logic(shown: Shown, page: Page) -> str:
    """Give the rules of this page for the script, as JSON that no HTML can break out of."""
    if not any(question.show_if for question in page.questions):
        return ""
    way = find_way(shown.definition, shown.answers, shown.fields)
    here = {question.id for question in page.questions}
    earlier = {q.id for one in _before(shown.definition, page) for q in one.questions}
    rules = {
        "page": [_rule(question) for question in page.questions],
        "before": {k: v for k, v in way.answers.items() if k in earlier and k not in here},
        "fields": {name: shown.fields.get(name, "") for name in _named_fields(page)},
    }
    return json.dumps(rules, ensure_ascii=True).replace("<", "\\u003c").replace("&", "\\u0026")


def _before(definition: Definition, page: Page) -> list[Page]:
    return list(definition.pages[: definition.pages.index(page)])


def _named_fields(page: Page) -> set[str]:
    from huiyin.collect.surveys.definition import FieldTest, tests

    return {
        test.field
        for question in page.questions
        if question.show_if
        for test in tests(question.show_if)
        if isinstance(test, FieldTest)
    }


def _rule(question: Any) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": question.id, "kind": str(question.kind)}
    if question.show_if:
        rule["show_if"] = question.show_if.model_dump(mode="json")
    if hasattr(question, "options"):
        rule["options"] = [option.code for option in question.options]
    if hasattr(question, "rows"):
        rule["rows"] = [row.code for row in question.rows]
    if isinstance(question, Contact):
        rule["fields"] = list(question.fields)
    return rule
