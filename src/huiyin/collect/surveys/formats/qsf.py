"""Qualtrics’ survey file (``.qsf``): JSON of blocks and questions.

Written and read by what public files show (see docs/methods); not tried against a live account.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from huiyin.collect.surveys.contracts import OTHER, Kind, SurveyError
from huiyin.collect.surveys.definition import Definition, Page, Test, Words, say, tests
from huiyin.collect.surveys.formats.drafts import (
    AGREE,
    AGREE_WORDS,
    NA_WORDS,
    Codes,
    Draft,
    judged,
    least_and_most,
    level_words,
    number_between,
    options,
    plain,
    rating,
    refuse_many,
    split_off_na,
)
from huiyin.collect.surveys.formats.picks import (
    values_of,
)
from huiyin.collect.surveys.formats.qsf_flow import blocks_of, branches_of, left_of_flow
from huiyin.collect.surveys.formats.qsf_logic import LogicReader, Offer, skips_of
from huiyin.collect.surveys.formats.qsf_rules import write_flow, write_shown, write_skips
from huiyin.collect.surveys.formats.raw import json_of
from huiyin.core.text import EN, ZH, Text

_NO_QSF = Text("这不是 Qualtrics 的问卷文件（.qsf）。", "This is no Qualtrics survey file (.qsf).")
_TONGUES = {ZH: "ZH-S", EN: "EN"}
_TAGS = {"ZH-S": ZH, "ZH-CN": ZH, "EN": EN, "EN-GB": "en-GB", "ZH-T": "zh-TW"}
_SEVERAL = frozenset({"MAVR", "MAHR", "MACOL", "MSB"})
_CONTACT = {
    "name": "姓名",
    "phone": "手机号",
    "email": "邮箱",
    "wechat": "微信号",
    "company": "单位",
}
Payload = Mapping[str, Any]


def write_qsf(definition: Definition) -> bytes:
    """Write a questionnaire as Qualtrics imports it: questions, options, languages, pages."""
    first = definition.languages[0]
    numbers = {question.id: f"QID{n}" for n, question in enumerate(definition.questions, 1)}
    blocks = [_block(definition, n, page, numbers) for n, page in enumerate(definition.pages, 1)]
    flow = [
        write_flow(definition, page, numbers, (block["ID"], n))
        for n, (page, block) in enumerate(zip(definition.pages, blocks, strict=True), 1)
    ]
    elements = [
        _element("BL", "Survey Blocks", blocks),
        _element("FL", "Survey Flow", {"Type": "Root", "FlowID": "FL_1", "Flow": flow}),
        *(
            _element("SQ", numbers[question.id], _payload(question, numbers, definition))
            for question in definition.questions
        ),
    ]
    entry = {
        "SurveyID": "SV_000000000000000",
        "SurveyName": say(definition.title, first),
        "SurveyLanguage": _tongue(first),
        "SurveyStatus": "Inactive",
    }
    document = {"SurveyEntry": entry, "SurveyElements": elements}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _element(kind: str, primary: str, payload: Any) -> dict[str, Any]:
    return {
        "SurveyID": "SV_000000000000000",
        "Element": kind,
        "PrimaryAttribute": primary,
        "SecondaryAttribute": None,
        "Payload": payload,
    }


def _tongue(tag: str) -> str:
    return _TONGUES.get(tag, tag.upper())


def _block(
    definition: Definition, number: int, page: Page, numbers: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "Type": "Standard" if number > 1 else "Default",
        "Description": page.id,
        "ID": f"BL_{number}",
        "BlockElements": [
            {"Type": "Question", "QuestionID": numbers[one.id]}
            | write_skips(definition, page, one, numbers)
            for one in page.questions
        ],
    }


def _payload(question: Any, numbers: Mapping[str, str], definition: Definition) -> dict[str, Any]:
    first, *others = definition.languages
    payload: dict[str, Any] = {
        "QuestionID": numbers[question.id],
        "DataExportTag": question.id,
        "QuestionText": _escaped(question.title, first),
        "Validation": {"Settings": {"ForceResponse": "ON" if question.required else "OFF"}},
        **_form(question, first),
    }
    page = next(one for one in definition.pages if question in one.questions)
    here = {one.id for one in page.questions}
    asked = (
        {test.code for test in tests(question.show_if) if isinstance(test, Test)}
        if (question.show_if)
        else set()
    )
    logic = write_shown(definition, question.show_if, numbers, in_page=bool(asked & here))
    if logic is not None:
        payload["DisplayLogic"] = logic
    payload["Language"] = {
        _tongue(tag): {"QuestionText": _escaped(question.title, tag), **_translated(question, tag)}
        for tag in others
    }
    return payload


def _escaped(words: Words, tag: str) -> str:
    return say(words, tag).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _form(question: Any, tag: str) -> dict[str, Any]:
    kind, selector, sub = _SELECTORS[Kind(question.kind)]
    form: dict[str, Any] = {"QuestionType": kind, "Selector": selector}
    if sub:
        form["SubSelector"] = sub
    if question.kind == Kind.SINGLE and question.as_list:
        form["Selector"] = "DL"
    if question.kind == Kind.TEXT and not question.long:
        form["Selector"] = "SL"
    if question.kind == Kind.DATE:
        form["Validation"] = {
            "Settings": {
                "ForceResponse": "ON" if question.required else "OFF",
                "ContentType": "ValidDate",
            }
        }
    if question.kind == Kind.MULTIPLE and (question.least or question.most):
        ends = {"MinChoices": question.least or None, "MaxChoices": question.most}
        form["Validation"] = {
            "Settings": {
                "ForceResponse": "ON" if question.required else "OFF",
                "Type": "ChoiceRange",
                **{name: str(end) for name, end in ends.items() if end is not None},
            }
        }
    if question.kind == Kind.SLIDER:
        form["Configuration"] = {
            "CSSliderMin": question.minimum,
            "CSSliderMax": question.maximum,
            "GridLines": max((question.maximum - question.minimum) // question.step, 1),
        }
    return form | _choices(question, tag)


_SELECTORS: Mapping[Kind, tuple[str, str, str]] = {
    Kind.NPS: ("MC", "NPS", ""),
    Kind.CSAT: ("MC", "SAHR", "TX"),
    Kind.CES: ("MC", "SAHR", "TX"),
    Kind.SINGLE: ("MC", "SAVR", "TX"),
    Kind.MULTIPLE: ("MC", "MAVR", "TX"),
    Kind.CONSENT: ("MC", "MAVR", "TX"),
    Kind.MATRIX: ("Matrix", "Likert", "SingleAnswer"),
    Kind.RANKING: ("RO", "DND", "TX"),
    Kind.SLIDER: ("Slider", "HSLIDER", ""),
    Kind.TEXT: ("TE", "ESTB", ""),
    Kind.DATE: ("TE", "SL", ""),
    Kind.CONTACT: ("TE", "FORM", ""),
    Kind.FILE: ("FileUpload", "FileUpload", ""),
    Kind.NOTE: ("DB", "TB", ""),
}


def _choices(question: Any, tag: str) -> dict[str, Any]:
    """Give choices, their order and their codes, as the kind needs them."""
    listed = _listed(question)
    made: dict[str, Any] = {}
    if listed:
        made["Choices"] = {key: _choice(one, words, tag) for key, one, words in listed}
        made["ChoiceOrder"] = [key for key, _, _ in listed]
    codes = {key: one.code for key, one, _ in listed if hasattr(one, "code")}
    if codes:
        made["VariableNaming"] = codes
    if getattr(question, "random_order", False):
        made["Randomization"] = {"Type": "All", "Advanced": None, "TotalRandSubset": ""}
    if question.kind == Kind.MATRIX:
        levels = _levels(question)
        made["Answers"] = {key: {"Display": _escaped(words, tag)} for key, words in levels}
        made["AnswerOrder"] = [key for key, _ in levels]
    return made


def _listed(question: Any) -> list[tuple[str, Any, Words]]:
    """List what is chosen from: key, option or row or None, words."""
    if question.kind in {Kind.NPS, Kind.CSAT, Kind.CES}:
        levels = _levels(question)
        return [(key, None, words) for key, words in levels]
    if question.kind == Kind.CONSENT:
        return [("1", None, dict(AGREE_WORDS))]
    if question.kind == Kind.CONTACT:
        named = ({ZH: _CONTACT[name], EN: name} for name in question.fields)
        return [(str(n), None, words) for n, words in enumerate(named, 1)]
    parts = (*getattr(question, "options", ()), *getattr(question, "rows", ()))
    return [(str(n), one, one.label) for n, one in enumerate(parts, 1)]


def _levels(question: Any) -> list[tuple[str, Words]]:
    named = list(zip((str(one) for one in question.levels), level_words(question), strict=True))
    if question.not_applicable:
        named.append(("99", dict(NA_WORDS)))
    return named


def _choice(one: Any, words: Words, tag: str) -> dict[str, Any]:
    choice: dict[str, Any] = {"Display": _escaped(words, tag)}
    if getattr(one, "exclusive", False):
        choice["ExclusiveAnswer"] = True
    if getattr(one, "code", "") == OTHER:
        choice["TextEntry"] = "true"
    return choice


def _translated(question: Any, tag: str) -> dict[str, Any]:
    made: dict[str, Any] = {}
    listed = _listed(question)
    if listed:
        made["Choices"] = {key: {"Display": _escaped(words, tag)} for key, _, words in listed}
    if question.kind == Kind.MATRIX:
        levels = _levels(question)
        made["Answers"] = {key: {"Display": _escaped(words, tag)} for key, words in levels}
    return made


def read_qsf(raw: bytes) -> tuple[Draft, list[Text]]:
    """Read a Qualtrics file as a draft of a definition, and say what was left behind.

    Raises
    ------
    SurveyError
        It is no such file.
    """
    survey = _load(raw)
    entry = survey.get("SurveyEntry")
    elements = survey.get("SurveyElements")
    if not isinstance(entry, dict) or not isinstance(elements, list):
        raise SurveyError(_NO_QSF)
    language = _tag(entry.get("SurveyLanguage"))
    asked = dict(_asked(elements))
    for name, skips in _block_skips(elements):
        if name in asked:
            asked[name] = {**asked[name], "SkipLogic": skips}
    refuse_many(len(asked))
    left = list(left_of_flow(elements, asked))
    codes = Codes()
    reader = LogicReader(left, branches_of(elements))
    pages: list[Draft] = []
    for number, (block, names) in enumerate(_pages(elements, asked), 1):
        page: Draft = {"id": f"p{number}", **reader.branch(block, number), "questions": []}
        reader.begin(page, block, names)
        for name in names:
            draft = _question(asked[name], language, codes, left)
            if draft:
                offer = _offer(asked[name], language, draft)
                page["questions"].append(draft | reader.display(asked[name], draft["title"]))
                reader.learn(name, draft, offer)
                reader.skips(asked[name], page, draft["title"])
        pages.append(page)
    reader.aim(pages)
    spoken = {tag for page in pages for one in page["questions"] for tag in one["title"]}
    title = {language: plain(entry.get("SurveyName")) or "Qualtrics"}
    tongues = [language, *sorted(spoken - {language})]
    return {"title": title, "languages": tongues, "pages": pages}, left


def _load(raw: bytes) -> dict[str, Any]:
    try:
        survey = json_of(raw)
    except (ValueError, RecursionError) as error:
        raise SurveyError(_NO_QSF) from error
    if not isinstance(survey, dict):
        raise SurveyError(_NO_QSF)
    return survey


def _tag(tongue: object) -> str:
    name = str(tongue or "EN").upper().replace("_", "-")
    found = re.fullmatch(r"([A-Z]{2,3})(-[A-Z0-9]{2,8}){0,2}", name)
    return _TAGS.get(name, f"{found[1].lower()}{found[2] or ''}" if found else EN)


def _asked(elements: Sequence[Any]) -> Iterator[tuple[str, Payload]]:
    for element in elements:
        if isinstance(element, dict) and element.get("Element") == "SQ":
            payload = element.get("Payload")
            if isinstance(payload, dict):
                yield str(element.get("PrimaryAttribute")), payload


def _pages(
    elements: Sequence[Any], asked: Mapping[str, Payload]
) -> Iterator[tuple[str, list[str]]]:
    """Give block and question ids of each page: blocks, page breaks, and where one skips."""
    seen: set[str] = set()
    aims = {str(skip.get("SkipToDestination")) for one in asked.values() for skip in skips_of(one)}
    for block in blocks_of(elements):
        names: list[str] = []
        inside = block.get("BlockElements")
        for one in inside if isinstance(inside, list) else ():
            name = str(one.get("QuestionID")) if isinstance(one, dict) else ""
            ends = isinstance(one, dict) and one.get("Type") == "Page Break"
            if names and (ends or (name in aims and name not in seen)):
                yield str(block.get("ID")), names
                names = []
            if name in asked and name not in seen:
                seen.add(name)
                names.append(name)
            if names and name in asked and skips_of(asked[name]):
                yield str(block.get("ID")), names
                names = []
        yield str(block.get("ID")), names


def _block_skips(elements: Sequence[Any]) -> Iterator[tuple[str, object]]:
    """Give where questions lead to: blocks say so, beside the questions."""
    for block in blocks_of(elements):
        inside = block.get("BlockElements")
        for one in inside if isinstance(inside, list) else ():
            if isinstance(one, dict) and one.get("SkipLogic"):
                yield str(one.get("QuestionID")), one["SkipLogic"]


def _offer(payload: Payload, language: str, draft: Draft) -> Offer:
    """Say which key of the file is which row and which choice of the question."""
    labels = _labels(payload, language, "Choices", "ChoiceOrder")
    rows = {}
    if draft["kind"] == "matrix":
        rows = {key: row["code"] for (key, _), row in zip(labels, draft["rows"], strict=False)}
        labels = _labels(payload, language, "Answers", "AnswerOrder")
    keys = [key for key, _ in labels]
    return Offer(draft["kind"], rows, dict(zip(keys, values_of(draft), strict=False)))


def _question(payload: Payload, language: str, codes: Codes, left: list[Text]) -> Draft | None:
    title = _words(payload, language, "QuestionText")
    name = Text.same(next(iter(title.values()), "")[:60] or str(payload.get("DataExportTag"))[:60])
    form = judged(_read_form(payload, title, language), title, name, left)
    if form is None:
        return None
    validation = _mapping(_mapping(payload.get("Validation")).get("Settings"))
    required = validation.get("ForceResponse") == "ON" and form["kind"] != "note"
    code = codes.give(payload.get("DataExportTag"), "q")
    return {"id": code, "title": title, "required": required, **form}


def _mapping(one: Any) -> Mapping[str, Any]:
    return one if isinstance(one, dict) else {}


def _words(payload: Payload, language: str, name: str) -> Words:
    words = {language: plain(payload.get(name))}
    for tongue, one in _mapping(payload.get("Language")).items():
        if isinstance(one, dict) and one.get(name):
            words.setdefault(_tag(tongue), plain(one[name]))
    return words


def _labels(payload: Payload, language: str, name: str, order: str) -> list[tuple[str, Words]]:
    """Give the keys and words of choices or answers, in the order they are shown."""
    found = payload.get(name)
    if isinstance(found, list):
        found = {str(n): one for n, one in enumerate(found, 1)}
    choices = _mapping(found)
    listed = payload.get(order)
    keys = [str(key) for key in listed] if isinstance(listed, list) else list(choices)
    labels = []
    for key in dict.fromkeys(keys):
        if key in choices:
            words = {language: plain(_mapping(choices[key]).get("Display"))}
            for tongue, one in _mapping(payload.get("Language")).items():
                other = _mapping(_mapping(_mapping(one).get(name)).get(key)).get("Display")
                if other:
                    words.setdefault(_tag(tongue), plain(other))
            labels.append((key, words))
    return labels


def _read_form(payload: Payload, title: Words, language: str) -> Draft | None:
    kind, selector = str(payload.get("QuestionType")), str(payload.get("Selector"))
    labels = _labels(payload, language, "Choices", "ChoiceOrder")
    form: Draft | None = None
    if kind == "MC":
        several = selector in _SEVERAL
        form = _several(payload, labels) if several else _one(payload, title, labels, selector)
    elif kind == "Matrix" and payload.get("SubSelector") != "MultipleAnswer":
        form = _matrix(payload, language, labels)
    elif kind == "RO" and labels:
        form = {"kind": "ranking", "options": _options(payload, labels)}
    elif kind == "Slider":
        form = _slider(payload)
    elif kind in {"TE", "FileUpload", "DB"}:
        form = _plain_form(kind, selector, payload, labels)
    return form


def _plain_form(
    kind: str, selector: str, payload: Payload, labels: list[tuple[str, Words]]
) -> Draft:
    settings = _mapping(_mapping(payload.get("Validation")).get("Settings"))
    if kind == "FileUpload":
        return {"kind": "file"}
    if kind == "DB":
        return {"kind": "note"}
    if selector == "FORM" and labels:
        return {"kind": "contact", "fields": contact_fields([words for _, words in labels])}
    if settings.get("ContentType") == "ValidDate":
        return {"kind": "date"}
    return {"kind": "text", "long": selector != "SL"}


def contact_fields(labels: Sequence[Words]) -> list[str]:
    """Tell which contact facts some labels ask for: in order, each once; telephone if none."""
    found = [
        name
        for words in labels
        for name, chinese in _CONTACT.items()
        if any(chinese in one or name in one.lower() for one in words.values())
    ]
    return list(dict.fromkeys(found)) or ["phone"]


def _options(payload: Payload, labels: list[tuple[str, Words]]) -> list[Draft]:
    named = _mapping(payload.get("VariableNaming"))
    choices = payload.get("Choices")
    choices = _mapping(choices)
    drafts = options((named.get(key), words) for key, words in labels)
    for draft, (key, _) in zip(drafts, labels, strict=True):
        choice = _mapping(choices.get(key))
        if choice.get("ExclusiveAnswer"):
            draft["exclusive"] = True
        if choice.get("TextEntry") and all(one["code"] != OTHER for one in drafts):
            draft["code"] = OTHER
    return drafts


def _random(payload: Payload) -> Draft:
    shuffled = _mapping(payload.get("Randomization")).get("Type") == "All"
    return {"random_order": True} if shuffled else {}


def _several(payload: Payload, labels: list[tuple[str, Words]]) -> Draft | None:
    if len(labels) == 1 and any(AGREE.match(one) for one in labels[0][1].values()):
        return {"kind": "consent"}
    if not labels:
        return None
    settings = _mapping(_mapping(payload.get("Validation")).get("Settings"))
    asked = least_and_most(settings.get("MinChoices"), settings.get("MaxChoices"), len(labels))
    return {"kind": "multiple", "options": _options(payload, labels), **asked, **_random(payload)}


def _one(
    payload: Payload, title: Words, labels: list[tuple[str, Words]], selector: str
) -> Draft | None:
    levels, lets_out = split_off_na(labels)
    scale = rating(title, [words for _, words in levels])
    if scale and not payload.get("VariableNaming"):
        return scale | ({"not_applicable": True} if lets_out else {})
    if selector == "NPS":
        return {"kind": "nps"}
    if not labels:
        return None
    as_list = {"as_list": True} if selector == "DL" else {}
    return {"kind": "single", "options": _options(payload, labels), **as_list, **_random(payload)}


def _matrix(payload: Payload, language: str, labels: list[tuple[str, Words]]) -> Draft | None:
    levels, lets_out = split_off_na(_labels(payload, language, "Answers", "AnswerOrder"))
    scale = rating({}, [words for _, words in levels])
    if not labels or not scale or scale["kind"] != "csat":
        return None
    rows = [{k: v for k, v in one.items() if k != "exclusive"} for one in _options(payload, labels)]
    lets = {"not_applicable": True} if lets_out else {}
    return scale | {"kind": "matrix", "rows": rows} | lets | _random(payload)


def _slider(payload: Payload) -> Draft:
    ends = _mapping(payload.get("Configuration"))
    low, high, lines = (ends.get(name) for name in ("CSSliderMin", "CSSliderMax", "GridLines"))
    if not isinstance(low, int) or not isinstance(high, int) or low >= high:
        return {"kind": "slider"}
    found = number_between(low, high)
    if found["kind"] == "text":
        return found
    step = (high - low) // lines if isinstance(lines, int) and 0 < lines <= high - low else 1
    return found | {"step": max(step, 1)}
