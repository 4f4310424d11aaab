"""Writing Qualtrics’ survey file (``.qsf``): JSON of blocks and questions.

By what public files show (see docs/methods); not tried against a live account.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from huiyin.collect.surveys.contracts import OTHER, Kind
from huiyin.collect.surveys.definition import Definition, Page, Test, Words, say, tests
from huiyin.collect.surveys.formats.drafts import (
    AGREE_WORDS,
    CONTACT_WORDS,
    NA_WORDS,
    level_words,
)
from huiyin.collect.surveys.formats.qsf_rules import write_flow, write_shown, write_skips
from huiyin.core.text import EN, ZH

_TONGUES = {ZH: "ZH-S", EN: "EN"}


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
        named = ({ZH: CONTACT_WORDS[name], EN: name} for name in question.fields)
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
