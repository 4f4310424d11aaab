"""Reading Qualtrics’ survey file (``.qsf``): blocks are pages, display logic is a condition.

By what public files show (see docs/methods); not tried against a live account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from huiyin.collect.surveys.contracts import OTHER, SurveyError
from huiyin.collect.surveys.definition import Words
from huiyin.collect.surveys.formats.drafts import (
    AGREE,
    Codes,
    Draft,
    contact_fields,
    judged,
    least_and_most,
    number_between,
    options,
    plain,
    rating,
    refuse_many,
    split_off_na,
)
from huiyin.collect.surveys.formats.json_files import json_of
from huiyin.collect.surveys.formats.picks import values_of
from huiyin.collect.surveys.formats.qsf_flow import blocks_of, branches_of, left_of_flow
from huiyin.collect.surveys.formats.qsf_logic import LogicReader, Offer, skips_of
from huiyin.core.text import EN, ZH, Text

_NO_QSF = Text("这不是 Qualtrics 的问卷文件（.qsf）。", "This is no Qualtrics survey file (.qsf).")
_TAGS = {"ZH-S": ZH, "ZH-CN": ZH, "EN": EN, "EN-GB": "en-GB", "ZH-T": "zh-TW"}
_SEVERAL = frozenset({"MAVR", "MAHR", "MACOL", "MSB"})
Payload = Mapping[str, Any]


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
