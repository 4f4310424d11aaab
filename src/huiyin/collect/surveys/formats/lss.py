"""Writing LimeSurvey’s survey file (``.lss``): XML tables of groups, questions, answers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from huiyin.collect.surveys.contracts import OTHER, Kind
from huiyin.collect.surveys.definition import Condition, Definition, Words, say
from huiyin.collect.surveys.formats.drafts import AGREE_WORDS, NA_WORDS, Codes, level_words
from huiyin.collect.surveys.formats.lss_logic import OWN, write_relevance
from huiyin.collect.surveys.formats.picks import Pick, UnsayableError, clauses_of, picks_of
from huiyin.core.text import EN, ZH

_CODE = re.compile(r"[^A-Za-z0-9]")
_TONGUES = {ZH: "zh-Hans"}
_TYPES: Mapping[Kind, str] = {
    Kind.NPS: "L", Kind.CSAT: "L", Kind.CES: "L", Kind.SINGLE: "L", Kind.MULTIPLE: "M",
    Kind.CONSENT: "M", Kind.MATRIX: "F", Kind.RANKING: "R", Kind.SLIDER: "N", Kind.TEXT: "T",
    Kind.DATE: "D", Kind.CONTACT: "Q", Kind.FILE: "|", Kind.NOTE: "X",
}  # fmt: skip
_CONTACT = {
    "name": "姓名",
    "phone": "手机号",
    "email": "邮箱",
    "wechat": "微信号",
    "company": "单位",
}
_LONGEST_CODE, _LONGEST_ANSWER_CODE = 20, 5


def _tongue(tag: str) -> str:
    return _TONGUES.get(tag, tag)


@dataclass(slots=True)
class _Tables:
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    titles: dict[str, str] = field(default_factory=dict)
    parts: dict[tuple[str, str], str] = field(default_factory=dict)

    def said(self, pick: Pick) -> str:
        """Give the code of a choice there; “yes” of a consent."""
        value = "yes" if pick.value is True else str(pick.value)
        return self.parts.get((pick.question, value), value)

    def add(self, table: str, **row: Any) -> None:
        self.rows[table].append({name: str(value) for name, value in row.items()})


def write_lss(definition: Definition) -> bytes:
    """Write a questionnaire as LimeSurvey imports it: groups, questions, answers, languages."""
    tables, codes = _Tables(), Codes()
    first, *others = definition.languages
    tongues = " ".join(_tongue(tag) for tag in others)
    tables.add(
        "surveys",
        sid=100000,
        language=_tongue(first),
        additional_languages=tongues,
        anonymized="Y" if definition.anonymous else "N",
        showsurveypolicynotice=1 if definition.privacy else 0,
        format="G",
    )
    for tag in definition.languages:
        tables.add(
            "surveys_languagesettings",
            surveyls_survey_id=100000,
            surveyls_language=_tongue(tag),
            surveyls_title=say(definition.title, tag),
            surveyls_welcometext=_escaped(definition.intro, tag),
            surveyls_endtext=_escaped(definition.thanks, tag),
            surveyls_policy_notice=_escaped(definition.privacy, tag),
        )
    qid = 1
    for gid, page in enumerate(definition.pages, 1):
        tables.add("groups", gid=gid, sid=100000, group_order=gid)
        for tag in definition.languages:
            tables.add(
                "group_l10ns",
                id=gid,
                gid=gid,
                language=_tongue(tag),
                group_name=say(page.title, tag) or page.id,
            )
        for order, question in enumerate(page.questions, 1):
            _write_question(tables, definition, codes, question, (gid, order, qid))
            qid += 1000
    _write_relevance(tables, definition)
    return _xml(tables)


def _write_relevance(tables: _Tables, definition: Definition) -> None:
    """Say when groups and questions are shown, now that all have their codes."""
    asked = iter(row for row in tables.rows["questions"])
    for group, page in zip(tables.rows["groups"], definition.pages, strict=True):
        group["grelevance"] = _relevance(tables, definition, page.show_if) if page.show_if else ""
        for question, row in zip(page.questions, asked, strict=False):
            if question.show_if:
                row["relevance"] = _relevance(tables, definition, question.show_if) or "1"


def _relevance(tables: _Tables, definition: Definition, condition: Condition) -> str:
    """Write a condition; nothing where it cannot be said."""
    try:
        tree = picks_of(definition, condition)
        clauses_of(definition, tree)
    except UnsayableError:
        return ""

    def say_pick(pick: Pick) -> str:
        title, kind = tables.titles[pick.question], definition.question(pick.question)
        several = kind is not None and kind.kind in {Kind.MULTIPLE, Kind.CONSENT}
        if several and pick.value == OTHER:
            return f"{'!' if pick.selected else ''}is_empty({title}_other.NAOK)"
        value = OWN if pick.value == OTHER else tables.said(pick)
        sign = "==" if pick.selected else "!="
        if several:
            return f'{title}_{value}.NAOK {sign} "Y"'
        row = f"_{tables.parts[pick.question, f'row {pick.row}']}" if pick.row else ""
        return f'{title}{row}.NAOK {sign} "{value}"'

    return write_relevance(tree, say_pick)


def _escaped(words: Words, tag: str) -> str:
    escaped = say(words, tag).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\n", "<br />")


def _write_question(
    tables: _Tables, definition: Definition, codes: Codes, question: Any, at: tuple[int, int, int]
) -> None:
    gid, order, qid = at
    kind = _type(question)
    own = any(one.code == OTHER for one in getattr(question, "options", ()))
    title = codes.give(_code(question.id, _LONGEST_CODE), "Q")
    tables.titles[question.id] = title
    tables.add(
        "questions",
        qid=qid,
        parent_qid=0,
        sid=100000,
        gid=gid,
        type=kind,
        title=title,
        question_order=order,
        other="Y" if own and kind != "R" else "N",
        mandatory="Y" if question.required else "N",
        relevance="1",
    )
    for tag in definition.languages:
        tables.add(
            "question_l10ns",
            qid=qid,
            language=_tongue(tag),
            question=_escaped(question.title, tag),
            help=_escaped(question.help, tag),
        )
    own_codes = Codes()
    for table, code, words in _parts(question):
        longest = _LONGEST_ANSWER_CODE if table == "answers" else _LONGEST_CODE
        code_there = own_codes.give(_code(code, longest), f"A{_number(tables)}")
        is_row = question.kind == Kind.MATRIX and table == "subquestions"
        tables.parts[question.id, f"row {code}" if is_row else code] = code_there
        _write_part(tables, definition, table, (qid, code_there), words)
    for name, value in _attributes(question, tables):
        tables.add("question_attributes", qid=qid, attribute=name, value=value)


def _type(question: Any) -> str:
    if question.kind == Kind.SINGLE and question.as_list:
        return "!"
    if question.kind == Kind.TEXT and not question.long:
        return "S"
    return _TYPES[Kind(question.kind)]


def _code(wished: str, longest: int) -> str:
    return _CODE.sub("", wished)[:longest]


def _attributes(question: Any, tables: _Tables) -> Iterator[tuple[str, Any]]:
    if getattr(question, "random_order", False):
        yield "random_order", 1
    if question.kind == Kind.SLIDER:
        yield "min_num_value_n", question.minimum
        yield "max_num_value_n", question.maximum
    if question.kind != Kind.MULTIPLE:
        return
    alone = [one.code for one in question.options if one.exclusive]
    if alone:
        there = (tables.parts.get((question.id, code), code) for code in alone)
        yield "exclude_all_others", ";".join(there)
    if question.least:
        yield "min_answers", question.least
    if question.most is not None:
        yield "max_answers", question.most


def _parts(question: Any) -> Iterator[tuple[str, str, Words]]:
    """List the answers and sub-questions: table, code, words."""
    match Kind(question.kind):
        case Kind.NPS | Kind.CSAT | Kind.CES:
            yield from _levels(question)
        case Kind.MATRIX:
            yield from (("subquestions", row.code, row.label) for row in question.rows)
            yield from _levels(question)
        case Kind.CONSENT:
            yield "subquestions", "yes", dict(AGREE_WORDS)
        case Kind.CONTACT:
            for name in question.fields:
                yield "subquestions", name, {ZH: _CONTACT[name], EN: name}
        case Kind.MULTIPLE:
            yield from (
                ("subquestions", o.code, o.label) for o in question.options if o.code != OTHER
            )
        case Kind.SINGLE:
            yield from (("answers", o.code, o.label) for o in question.options if o.code != OTHER)
        case Kind.RANKING:
            yield from (("answers", one.code, one.label) for one in question.options)
        case _:
            return


def _levels(question: Any) -> Iterator[tuple[str, str, Words]]:
    for level, words in zip(question.levels, level_words(question), strict=True):
        yield "answers", str(level), words
    if question.not_applicable:
        yield "answers", "na", dict(NA_WORDS)


def _number(tables: _Tables) -> int:
    return sum(len(tables.rows[name]) for name in ("answers", "subquestions")) + 1


def _write_part(
    tables: _Tables, definition: Definition, table: str, at: tuple[int, str], words: Words
) -> None:
    number, (qid, code) = _number(tables), at
    if table == "answers":
        tables.add(table, aid=number, qid=qid, code=code, sortorder=number, scale_id=0)
        for tag in definition.languages:
            said = _escaped(words, tag)
            tables.add("answer_l10ns", aid=number, language=_tongue(tag), answer=said)
        return
    part = qid + sum(row["parent_qid"] == str(qid) for row in tables.rows[table]) + 1
    shared = {"sid": 100000, "type": "T", "scale_id": 0, "question_order": number}
    tables.add(table, qid=part, parent_qid=qid, title=code, **shared)
    for tag in definition.languages:
        said = _escaped(words, tag)
        tables.add("question_l10ns", qid=part, language=_tongue(tag), question=said, help="")


def _xml(tables: _Tables) -> bytes:
    root = Element("document")
    SubElement(root, "LimeSurveyDocType").text = "Survey"
    SubElement(root, "DBVersion").text = "638"
    filled = {name: rows for name, rows in tables.rows.items() if rows}
    for name, rows in filled.items():
        table = SubElement(root, name)
        listed = SubElement(table, "fields")
        for column in rows[0]:
            SubElement(listed, "fieldname").text = column
        body = SubElement(table, "rows")
        for row in rows:
            element = SubElement(body, "row")
            for column, value in row.items():
                SubElement(element, column).text = _printable(value)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _printable(value: str) -> str:
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", value)
