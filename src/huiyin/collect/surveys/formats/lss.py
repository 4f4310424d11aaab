"""LimeSurvey’s survey file (``.lss``): XML tables of groups, questions, answers and their words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, ParseError, SubElement, fromstring, tostring

from huiyin.collect.surveys.contracts import OTHER, Kind, SurveyError
from huiyin.collect.surveys.definition import Condition, Definition, Words, say
from huiyin.collect.surveys.formats.drafts import (
    AGREE,
    AGREE_WORDS,
    LEFT_LOGIC,
    LEFT_PAGE_LOGIC,
    LEFT_QUESTION,
    NA_WORDS,
    Codes,
    Draft,
    level_words,
    options,
    own_words,
    plain,
    rating,
    split_off_na,
)
from huiyin.collect.surveys.formats.lss_logic import OWN, Named, Relevance, write_relevance
from huiyin.collect.surveys.formats.picks import (
    Pick,
    UnsayableError,
    clauses_of,
    picks_of,
    values_of,
)
from huiyin.collect.surveys.formats.qsf import contact_fields
from huiyin.core.text import EN, ZH, Text

_NO_LSS = Text(
    "这不是 LimeSurvey 的问卷文件（.lss）。", "This is no LimeSurvey survey file (.lss)."
)
_CODE = re.compile(r"[^A-Za-z0-9]")
_TONGUES = {ZH: "zh-Hans"}
_TAGS = {"zh-Hans": ZH, "zh-Hant-TW": "zh-TW"}
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
_OTHER_WORDS = {ZH: "其他", EN: "Other"}
Row = Mapping[str, str]


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
        clauses_of(tree)
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
    return say(words, tag).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


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
    for name, value in _attributes(question):
        tables.add("question_attributes", qid=qid, attribute=name, value=value)
    own_codes = Codes()
    for table, code, words in _parts(question):
        longest = _LONGEST_ANSWER_CODE if table == "answers" else _LONGEST_CODE
        code_there = own_codes.give(_code(code, longest), f"A{_number(tables)}")
        is_row = question.kind == Kind.MATRIX and table == "subquestions"
        tables.parts[question.id, f"row {code}" if is_row else code] = code_there
        _write_part(tables, definition, table, (qid, code_there), words)


def _type(question: Any) -> str:
    if question.kind == Kind.SINGLE and question.as_list:
        return "!"
    if question.kind == Kind.TEXT and not question.long:
        return "S"
    return _TYPES[Kind(question.kind)]


def _code(wished: str, longest: int) -> str:
    return _CODE.sub("", wished)[:longest]


def _attributes(question: Any) -> Iterator[tuple[str, Any]]:
    if getattr(question, "random_order", False):
        yield "random_order", 1
    if question.kind == Kind.SLIDER:
        yield "min_num_value_n", question.minimum
        yield "max_num_value_n", question.maximum
    alone = [one.code for one in getattr(question, "options", ()) if one.exclusive]
    if question.kind == Kind.MULTIPLE and alone:
        yield "exclude_all_others", ";".join(alone)


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


def read_lss(raw: bytes) -> tuple[Draft, list[Text]]:
    """Read a LimeSurvey file as a draft of a definition, and say what was left behind.

    Raises
    ------
    SurveyError
        It is no such file, or declares entities.
    """
    tables = _load(raw)
    asked = [row for row in tables["questions"] if row.get("parent_qid", "0") in {"", "0"}]
    if not asked:
        raise SurveyError(_NO_LSS)
    words = _words(tables)
    codes, left = Codes(), list[Text]()
    pages: list[Draft] = []
    relevance = Relevance()
    for gid in _groups(tables, asked):
        rows = sorted((row for row in asked if row.get("gid", "") == gid), key=_order)
        number = len(pages) + 1
        group = next((row for row in tables["groups"] if row.get("gid") == gid), {})
        name = LEFT_PAGE_LOGIC.format(q=number)
        page: Draft = {"id": f"p{number}"}
        page |= _shown(relevance, group.get("grelevance", ""), left, name)
        reading = _Reading(tables, words, codes, left, relevance)
        drafts = [reading.question(row) for row in rows]
        pages.append(page | {"questions": [one for one in drafts if one]})
    tongues = _tongues(tables, words)
    title = {
        _tag(row.get("surveyls_language")): plain(row.get("surveyls_title"))
        for row in tables["surveys_languagesettings"]
    }
    anonymous = any(row.get("anonymized") == "Y" for row in tables["surveys"])
    draft = {"title": title or {tongues[0]: "LimeSurvey"}, "languages": tongues, "pages": pages}
    return draft | ({"anonymous": True} if anonymous else {}), left


def _load(raw: bytes) -> dict[str, list[Row]]:
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw or b"\x00" in raw:
        raise SurveyError(_NO_LSS)
    try:
        root = fromstring(raw)  # noqa: S314 -- size bounded by the reader, entities refused above
    except (ParseError, ValueError, LookupError) as error:
        raise SurveyError(_NO_LSS) from error
    tables: dict[str, list[Row]] = defaultdict(list)
    for table in root:
        for row in table.iterfind("rows/row"):
            tables[table.tag].append({cell.tag: cell.text or "" for cell in row})
    return tables


def _tag(tongue: object) -> str:
    name = str(tongue or EN)
    return _TAGS.get(
        name, name if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", name) else EN
    )


def _order(row: Row) -> int:
    words = row.get("question_order") or row.get("sortorder") or "0"
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else 0  # noqa: PLR2004 -- no number of a survey is longer


def _groups(tables: Mapping[str, list[Row]], asked: Sequence[Row]) -> list[str]:
    listed = sorted(
        tables["groups"], key=lambda row: _order({"sortorder": row.get("group_order", "")})
    )
    return list(
        dict.fromkeys([row.get("gid", "") for row in listed] + [r.get("gid", "") for r in asked])
    )


def _words(tables: Mapping[str, list[Row]]) -> dict[tuple[str, str], Words]:
    """Give the words of each question and answer, by table and id, in each language."""
    words: dict[tuple[str, str], Words] = defaultdict(dict)
    for table, number, column in (
        ("question_l10ns", "qid", "question"),
        ("answer_l10ns", "aid", "answer"),
    ):
        for row in tables[table]:
            words[table, row.get(number, "")][_tag(row.get("language"))] = plain(row.get(column))
    return words


def _tongues(tables: Mapping[str, list[Row]], words: Mapping[tuple[str, str], Words]) -> list[str]:
    named = [
        _tag(tongue)
        for row in tables["surveys"]
        for tongue in (row.get("language"), *(row.get("additional_languages") or "").split())
    ]
    spoken = sorted({tag for one in words.values() for tag in one})
    return list(dict.fromkeys(named + spoken))[:20] or [EN]


@dataclass(frozen=True, slots=True)
class _Reading:
    tables: Mapping[str, list[Row]]
    words: Mapping[tuple[str, str], Words]
    codes: Codes
    left: list[Text]
    relevance: Relevance

    def question(self, row: Row) -> Draft | None:
        qid = row.get("qid", "")
        title = self.words.get(("question_l10ns", qid)) or {
            _tag(row.get("language")): plain(row.get("question"))
        }
        name = Text.same(next(iter(title.values()), "") or row.get("title", ""))
        about = _About(self.tables, self.words, row, title)
        form = about.form()
        if form is None:
            self.left.append(LEFT_QUESTION.format(q=name))
            return None
        required = row.get("mandatory") == "Y" and form["kind"] != "note"
        code = self.codes.give(row.get("title"), "q")
        draft = {"id": code, "title": title, "required": required, **form}
        sentence = LEFT_LOGIC.format(q=name)
        draft |= _shown(self.relevance, row.get("relevance", ""), self.left, sentence)
        self.relevance.learn(row.get("title", ""), qid, about.named(draft))
        return draft


def _shown(relevance: Relevance, words: str, left: list[Text], sentence: Text) -> Draft:
    if words.strip() in {"", "1"}:
        return {}
    try:
        return {"show_if": relevance.read(words)}
    except UnsayableError:
        left.append(sentence)
        return {}


@dataclass(frozen=True, slots=True)
class _About:
    tables: Mapping[str, list[Row]]
    words: Mapping[tuple[str, str], Words]
    row: Row
    title: Words

    def form(self) -> Draft | None:
        kind = self.row.get("type", "")
        makers: Mapping[str, Callable[[], Draft | None]] = {
            **dict.fromkeys("L!O", self._one),
            **dict.fromkeys("MP", self._several),
            **dict.fromkeys("FABH", self._matrix),
            "R": self._ranking,
            "N": self._number,
        }
        return makers[kind]() if kind in makers else self._plain(kind)

    def named(self, draft: Draft) -> Named:
        """Say what the codes of the file mean in the question that was read."""
        values: dict[str, Any] = {}
        rows: dict[str, Any] = {}
        kind, offered = self.row.get("type", ""), values_of(draft)
        if draft["kind"] == "multiple":
            rows = dict(zip((code for code, _ in self._rows()), offered, strict=False))
            rows |= {"other": OTHER} if OTHER in offered else {}
        elif draft["kind"] == "consent":
            rows = dict(zip((code for code, _ in self._rows()), offered, strict=False))
        elif kind == "Y":
            values = {"Y": "yes", "N": "no"}
        elif kind in {"5", "A", "B"}:
            values = {str(one): one for one in offered}
        elif offered:
            values = dict(zip((code for code, _ in self._answers()), offered, strict=False))
            values |= {OWN: OTHER} if OTHER in offered else {}
        if draft["kind"] == "matrix":
            codes = (row["code"] for row in draft["rows"])
            rows = dict(zip((code for code, _ in self._rows()), codes, strict=False))
        return Named(draft, values, rows)

    def _ranking(self) -> Draft | None:
        found = options(self._answers())
        return {"kind": "ranking", "options": found} if found else None

    def _plain(self, kind: str) -> Draft | None:
        if kind == "Q":
            return {"kind": "contact", "fields": contact_fields([w for _, w in self._rows()])}
        if kind == "Y":
            yes_no = [("yes", {ZH: "是", EN: "Yes"}), ("no", {ZH: "否", EN: "No"})]
            return {"kind": "single", "options": options(yes_no)}
        simple: dict[str, Draft] = {
            "5": {"kind": "csat", "points": 5},
            "T": {"kind": "text"}, "U": {"kind": "text"}, "S": {"kind": "text", "long": False},
            "D": {"kind": "date"}, "|": {"kind": "file"}, "X": {"kind": "note"},
        }  # fmt: skip
        return simple.get(kind)

    def _answers(self) -> list[tuple[str, Words]]:
        qid = self.row.get("qid")
        own = sorted((row for row in self.tables["answers"] if row.get("qid") == qid), key=_order)
        return [
            (row.get("code", ""), self.words.get(("answer_l10ns", row.get("aid", "")))
             or {_tag(row.get("language")): plain(row.get("answer"))})
            for row in own
        ]  # fmt: skip

    def _rows(self) -> list[tuple[str, Words]]:
        qid = self.row.get("qid")
        listed = [*self.tables["subquestions"], *self.tables["questions"]]
        own = sorted((row for row in listed if row.get("parent_qid") == qid), key=_order)
        return [
            (row.get("title", ""), self.words.get(("question_l10ns", row.get("qid", "")))
             or {_tag(row.get("language")): plain(row.get("question"))})
            for row in own
        ]  # fmt: skip

    def _attribute(self, name: str) -> str:
        qid = self.row.get("qid")
        own = (row for row in self.tables["question_attributes"] if row.get("qid") == qid)
        return next((row.get("value", "") for row in own if row.get("attribute") == name), "")

    def _random(self) -> Draft:
        return {"random_order": True} if self._attribute("random_order") == "1" else {}

    def _one(self) -> Draft | None:
        answers = self._answers()
        levels, lets_out = split_off_na(answers)
        scale = rating(self.title, [words for _, words in levels])
        coded = all(
            code.lstrip("A").lstrip("0").isdigit() or code in {"0", "A0"} for code, _ in levels
        )
        if scale and coded:
            return scale | ({"not_applicable": True} if lets_out else {})
        if not answers:
            return None
        found = own_words(options(answers), self.row.get("other") == "Y", _OTHER_WORDS)
        as_list = {"as_list": True} if self.row.get("type") == "!" else {}
        return {"kind": "single", "options": found, **as_list, **self._random()}

    def _several(self) -> Draft | None:
        rows = self._rows()
        if len(rows) == 1 and any(AGREE.match(one) for one in rows[0][1].values()):
            return {"kind": "consent"}
        if not rows:
            return None
        alone = set(self._attribute("exclude_all_others").split(";"))
        found = [
            one | ({"exclusive": True} if one["code"] in alone else {}) for one in options(rows)
        ]
        found = own_words(found, self.row.get("other") == "Y", _OTHER_WORDS)
        return {"kind": "multiple", "options": found, **self._random()}

    def _matrix(self) -> Draft | None:
        rows = options(self._rows())
        points = {"A": 5, "B": 10}.get(self.row.get("type", ""))
        if points and rows:
            return {"kind": "matrix", "rows": rows, "points": points}
        levels, lets_out = split_off_na(self._answers())
        scale = rating({}, [words for _, words in levels])
        if not rows or not scale or scale["kind"] != "csat":
            return None
        lets = {"not_applicable": True} if lets_out else {}
        return scale | {"kind": "matrix", "rows": rows} | lets | self._random()

    def _number(self) -> Draft:
        low, high = (self._attribute(f"{end}_num_value_n") for end in ("min", "max"))
        whole = re.compile(r"-?\d{1,4}", re.ASCII)
        if whole.fullmatch(low) and whole.fullmatch(high) and int(low) < int(high):
            return {"kind": "slider", "minimum": int(low), "maximum": int(high)}
        return {"kind": "text", "long": False}
