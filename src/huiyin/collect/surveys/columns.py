"""What the answers to a questionnaire become: the columns of its dataset, and their meaning.

Nothing is guessed: the definition says the role, the scale and the labels. A column belongs to one
question with one scale and one set of choices; where a new version asks on another scale, the
question gets a new column, and a mere rewording keeps it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.codebook.contracts import Codebook, Column, Role, Scale
from huiyin.collect.surveys.contracts import NOT_APPLICABLE, Kind
from huiyin.collect.surveys.definition import (
    Asked,
    Ces,
    Contact,
    Csat,
    Definition,
    Matrix,
    Multiple,
    Nps,
    Ranking,
    Single,
    Slider,
    Words,
    own_option,
)
from huiyin.core.text import ZH, Text

RESPONSE_ID = "response_id"
ANSWERED_AT = "answered_at"
CUSTOMER = "customer"
CHANNEL = "channel"
MODE = "mode"
LANGUAGE = "language"
VERSION = "version"
SECONDS = "seconds"
FINISHED = "finished"
ENTERED_BY = "entered_by"
SEPARATOR = "┋"
YES, NO = "yes", "no"
PROFILE = "survey"
_REASON = Text("问卷里就是这样定义的", "as the questionnaire defines it")
_CONTACT_LABELS = {
    "name": Text("姓名", "name"),
    "phone": Text("手机号", "phone"),
    "email": Text("邮箱", "e-mail"),
    "wechat": Text("微信号", "WeChat"),
    "company": Text("单位", "company"),
}
_OWN_WORDS = Text("{title}（自己填写的）", "{title} (own words)")
_PLACE = Text("{title}：{option}排第几", "{title}: place of {option}")
_FIRST = Text("{title}：排第一的", "{title}: first place")
_FILE_BYTES = Text("{title}（文件字节数）", "{title} (bytes of the file)")
_FILE_DIGEST = Text("{title}（文件的 SHA-256）", "{title} (SHA-256 of the file)")
_ROW = Text("{title}：{row}", "{title}: {row}")

FACTS: tuple[Column, ...] = (
    Column(RESPONSE_ID, Role.ID, Text("答卷编号", "answer"), reason=_REASON),
    Column(ANSWERED_AT, Role.TIME, Text("答题时间", "answered at"), reason=_REASON),
    Column(CHANNEL, Role.CHANNEL, Text("渠道", "channel"), reason=_REASON),
    Column(
        MODE,
        Role.DIMENSION,
        Text("作答方式", "mode"),
        reason=_REASON,
        labels={
            "self": "自己填写",
            "widget": "网页组件",
            "phone": "电话代填",
            "mail": "邮件内作答",
            "api": "接口",
        },
    ),
    Column(LANGUAGE, Role.DIMENSION, Text("作答语言", "language"), reason=_REASON),
    Column(VERSION, Role.META, Text("问卷版本", "version of the questionnaire"), reason=_REASON),
    Column(SECONDS, Role.DURATION, Text("用时（秒）", "seconds taken"), reason=_REASON),
    Column(
        FINISHED,
        Role.STATUS,
        Text("是否答完", "finished"),
        reason=_REASON,
        labels={YES: "已答完", NO: "未答完"},
    ),
    Column(ENTERED_BY, Role.META, Text("代填人", "entered by"), reason=_REASON),
)
"""Columns that every questionnaire has."""
_CUSTOMER = Column(CUSTOMER, Role.CUSTOMER, Text("客户", "customer"), reason=_REASON)
_FIELD_ROLES = {
    "shop": Role.UNIT, "store": Role.UNIT, "门店": Role.UNIT, "unit": Role.UNIT, "部门": Role.UNIT,
    "staff": Role.STAFF, "员工": Role.STAFF, "坐席": Role.STAFF, "agent": Role.STAFF,
    "product": Role.PRODUCT, "产品": Role.PRODUCT, "order": Role.ORDER, "订单号": Role.ORDER,
    "ticket": Role.TICKET, "工单号": Role.TICKET, "stage": Role.STAGE, "环节": Role.STAGE,
    "touchpoint": Role.TOUCHPOINT, "触点": Role.TOUCHPOINT, "counter": Role.TOUCHPOINT,
}  # fmt: skip

_ASPECT_NAMES = {
    "产品质量": Text("产品质量", "product quality"),
    "服务体验": Text("服务体验", "service"),
    "价格感知": Text("价格感知", "price"),
    "交付效率": Text("交付效率", "delivery"),
    "售后支持": Text("售后支持", "after-sales"),
}
"""The five aspects that everybody may use; a company’s own have one name."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one answer beside what was answered.

    `fields` are the facts that came with the respondent; `seconds` is None where nobody knows;
    `entered_by` is who filled it in for somebody on the telephone.
    """

    response_id: str
    answered_at: str
    channel: str
    mode: str
    language: str
    version: int
    finished: bool
    seconds: float | None = None
    customer: str | None = None
    fields: Mapping[str, str] | None = None
    entered_by: str | None = None


def name_columns(definition: Definition, earlier: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Name the column of each question: its id, numbered where an earlier version asked otherwise.

    Parameters
    ----------
    definition : Definition
    earlier : sequence of mapping
        What this gave for each earlier version, oldest first: ``id`` → ``column|signature``.

    Returns
    -------
    dict of str to str
        Question id → ``column|signature``.
    """
    named: dict[str, str] = {}
    for question in definition.questions:
        if question.kind == Kind.NOTE:
            continue
        mark = _signature(question)
        known = [one[question.id] for one in earlier if question.id in one]
        same = next((one for one in reversed(known) if one.partition("|")[2] == mark), None)
        others = len({one.partition("|")[0] for one in known})
        column = question.id if not others else f"{question.id}_{others + 1}"
        named[question.id] = same or f"{column}|{mark}"
    return named


def _signature(question: Asked) -> str:
    """Give what must be the same for two versions of a question to share a column."""
    facts: dict[str, Any] = {"kind": str(getattr(question, "kind", ""))}
    for name in ("points", "direction", "minimum", "maximum", "step", "role", "aspect", "fields"):
        if hasattr(question, name):
            facts[name] = getattr(question, name)
    if hasattr(question, "options"):
        facts["options"] = sorted(option.code for option in question.options)
    if isinstance(question, Matrix):
        facts["rows"] = [row.code for row in question.rows]
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, default=list)


def build_codebook(definition: Definition, named: Mapping[str, str]) -> Codebook:
    """Build the codebook of the dataset that a version answers into.

    Parameters
    ----------
    definition : Definition
    named : mapping
        What `name_columns` gave.

    Returns
    -------
    Codebook
        Every column with confidence 1.
    """
    columns = list(FACTS)
    if not definition.anonymous:
        columns.append(_CUSTOMER)
        columns += [_field(name) for name in definition.fields]
    for question in definition.questions:
        if question.kind != Kind.NOTE:
            columns += _columns(question, _column_of(named, question.id))
    return Codebook(tuple(columns), PROFILE, definition.languages[0])


def _column_of(named: Mapping[str, str], question_id: str) -> str:
    return named[question_id].partition("|")[0]


def _field(name: str) -> Column:
    role = _FIELD_ROLES.get(name, Role.DIMENSION)
    return Column(field_column(name), role, Text.same(name), reason=_REASON)


def field_column(name: str) -> str:
    """Name the column of a fact that came with the respondent."""
    return f"field:{name}" if name in _TAKEN else name


_TAKEN = frozenset(
    {
        RESPONSE_ID,
        ANSWERED_AT,
        CUSTOMER,
        CHANNEL,
        MODE,
        LANGUAGE,
        VERSION,
        SECONDS,
        FINISHED,
        ENTERED_BY,
    }
)


def _columns(question: Any, column: str) -> list[Column]:
    title = _text(question.title) or Text.same(question.id)
    made = _MAKE[Kind(question.kind)](question, column, title)
    return made + (_own(question, column, title) if own_option(question) else [])


def _one(column: str, role: Role, label: Text, **more: Any) -> list[Column]:
    return [Column(column, role, label, reason=_REASON, **more)]


def _nps(_: Nps, column: str, title: Text) -> list[Column]:
    return _one(column, Role.NPS, title, scale=Scale(0, 10))


def _csat(question: Csat, column: str, title: Text) -> list[Column]:
    scale = Scale(1, question.points)
    return _one(column, question.role, _aspect(question, title), scale=scale)


def _ces(question: Ces, column: str, title: Text) -> list[Column]:
    scale = Scale(1, question.points, question.direction)
    return _one(column, Role.CES, title, scale=scale)


def _slider(question: Slider, column: str, title: Text) -> list[Column]:
    if question.role is Role.OUTCOME:
        return _one(column, Role.OUTCOME, title)
    scale = Scale(question.minimum, question.maximum)
    return _one(column, question.role, _aspect(question, title), scale=scale)


def _single(question: Single, column: str, title: Text) -> list[Column]:
    labels, events = _labels(question), _events(question)
    return _one(column, question.role, title, labels=labels, events=events)


def _multiple(question: Multiple, column: str, title: Text) -> list[Column]:
    labels = _labels(question)
    return _one(column, Role.CHOICE_SET, title, separator=SEPARATOR, labels=labels)


def _matrix(question: Matrix, column: str, title: Text) -> list[Column]:
    return [_row(question, row, column, title) for row in question.rows]


def _contact(question: Contact, column: str, _: Text) -> list[Column]:
    return [
        Column(f"{column}_{name}", Role.CONTACT, _CONTACT_LABELS[name], reason=_REASON)
        for name in question.fields
    ]


def _words(_: Any, column: str, title: Text) -> list[Column]:
    return _one(column, Role.TEXT, title)


def _other(_: Any, column: str, title: Text) -> list[Column]:
    return _one(column, Role.META, title)


def _file(_: Any, column: str, title: Text) -> list[Column]:
    made = _one(column, Role.META, title)
    made += _one(f"{column}_bytes", Role.META, _both(_FILE_BYTES, title))
    return made + _one(f"{column}_sha256", Role.META, _both(_FILE_DIGEST, title))


def _aspect(question: Any, title: Text) -> Text:
    return _aspect_name(question.aspect) if question.aspect else title


def _aspect_name(name: str) -> Text:
    return _ASPECT_NAMES.get(name) or Text.same(name)


def _row(question: Matrix, row: Any, column: str, title: Text) -> Column:
    label = _aspect_name(row.aspect) if row.aspect else _text(row.label)
    return Column(
        f"{column}_{row.code}",
        question.role,
        label or _both(_ROW, title, row=row.code),
        Scale(1, question.points),
        reason=_REASON,
        group=column,
    )


def _ranks_of(question: Ranking, column: str, title: Text) -> list[Column]:
    labels = _labels(question)
    first = Column(
        f"{column}_first", Role.DIMENSION, _both(_FIRST, title), reason=_REASON, labels=labels
    )
    return [first] + [
        Column(
            f"{column}_{option.code}",
            Role.META,
            _both(_PLACE, title, option=_text(option.label) or option.code),
            reason=_REASON,
        )
        for option in question.options
    ]


def _own(_: Any, column: str, title: Text) -> list[Column]:
    return [Column(f"{column}_own", Role.TEXT, _both(_OWN_WORDS, title), reason=_REASON)]


def _both(sentence: Text, title: Text, **facts: Any) -> Text:
    return sentence.format(title=title, **facts)


def _text(words: Words) -> Text | None:
    return Text.of(words) if words else None


def _labels(question: Any) -> dict[str, str]:
    """Give the words of each code, in the language of the questionnaire that comes first."""
    return {
        option.code: (option.label.get(ZH) or next(iter(option.label.values()), option.code))
        for option in question.options
    }


def _events(question: Single) -> tuple[str, ...]:
    labels = _labels(question)
    return tuple(labels[code] for code in question.events if code in labels)


_MAKE: Mapping[Kind, Callable[[Any, str, Text], list[Column]]] = {
    Kind.NPS: _nps,
    Kind.CSAT: _csat,
    Kind.CES: _ces,
    Kind.SLIDER: _slider,
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.MATRIX: _matrix,
    Kind.RANKING: _ranks_of,
    Kind.CONTACT: _contact,
    Kind.TEXT: _words,
    Kind.DATE: _other,
    Kind.FILE: _file,
    Kind.CONSENT: _other,
}


def build_row(
    definition: Definition,
    named: Mapping[str, str],
    answers: Mapping[str, Any],
    own: Mapping[str, str],
    kept: Kept,
) -> dict[str, str]:
    """Build the row of the dataset that one answer becomes; what was not answered is not in it.

    Parameters
    ----------
    definition : Definition
    named : mapping
        What `name_columns` gave for this version.
    answers : mapping
        Question id → answer, those that count (`logic.find_way`).
    own : mapping of str to str
        Question id → what was written beside the option ``other``.
    kept : Kept
    """
    row = _facts(definition, kept)
    for question in definition.questions:
        answer = answers.get(question.id)
        if answer is None:
            continue
        column = _column_of(named, question.id)
        if type(answer) is str or type(answer) is int:  # nearly all of them
            if answer != NOT_APPLICABLE:
                row[column] = str(answer)
        else:
            row |= dict(_cells(question, column, answer))
        if own.get(question.id) and own_option(question):
            row[f"{column}_own"] = own[question.id]
    return row


def _facts(definition: Definition, kept: Kept) -> dict[str, str]:
    row = {
        RESPONSE_ID: kept.response_id,
        ANSWERED_AT: kept.answered_at,
        CHANNEL: kept.channel,
        MODE: kept.mode,
        LANGUAGE: kept.language,
        VERSION: str(kept.version),
        FINISHED: YES if kept.finished else NO,
    }
    if kept.seconds is not None:
        row[SECONDS] = f"{kept.seconds:.1f}"
    if definition.anonymous:
        return row
    if kept.customer:
        row[CUSTOMER] = kept.customer
    if kept.entered_by:
        row[ENTERED_BY] = kept.entered_by
    given = kept.fields or {}
    for name in definition.fields:
        if given.get(name):
            row[field_column(name)] = given[name]
    return row


def _cells(question: Any, column: str, answer: Any) -> Iterator[tuple[str, str]]:
    match answer:
        case dict() if question.kind == Kind.FILE:
            yield column, answer["name"]
            yield f"{column}_bytes", str(answer["size"])
            yield f"{column}_sha256", answer["sha256"]
        case dict():
            named = ((f"{column}_{name}", str(one)) for name, one in answer.items())
            yield from (cell for cell in named if cell[1] != NOT_APPLICABLE)
        case list() if isinstance(question, Ranking):
            yield f"{column}_first", answer[0]
            yield from ((f"{column}_{code}", str(place)) for place, code in enumerate(answer, 1))
        case list():
            yield column, SEPARATOR.join(answer)
        case bool():
            yield column, YES if answer else NO
        case _ if answer != NOT_APPLICABLE:
            yield column, str(answer)


def merge_codebooks(newest: Codebook, earlier: Sequence[Codebook]) -> Codebook:
    """Give one codebook for all versions: the newest says what a column means, old ones stay."""
    columns = {column.name: column for book in earlier for column in book}
    columns = {column.name: column for column in newest} | {
        name: column for name, column in columns.items() if name not in newest
    }
    return Codebook(tuple(columns.values()), newest.profile, newest.language)
