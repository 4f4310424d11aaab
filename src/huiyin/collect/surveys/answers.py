"""What a respondent sends, read as answers: from a form, or from JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from huiyin.collect.surveys.contracts import (
    LONGEST_ANSWER,
    NOT_APPLICABLE,
    OTHER,
    AnswerError,
    Kind,
)
from huiyin.collect.surveys.definition import (
    Consent,
    Contact,
    DateAsked,
    Definition,
    FileAsked,
    Matrix,
    Multiple,
    Ranking,
    Rating,
    Slider,
    TextAsked,
)
from huiyin.collect.surveys.files import SentFile, is_accepted
from huiyin.collect.surveys.logic import Fields, Way, find_way
from huiyin.core.text import Text

_NOT_ON_SCALE = Text("请选一个分数。", "Please choose one of the levels.")
_NO_OPTION = Text("请从选项里选。", "Please choose from the options.")
_NO_TEXT = Text("请写成文字。", "Please give it as text.")
_LEAST = Text("请至少选 {n} 项。", "Please choose at least {n}.")
_MOST = Text("最多选 {n} 项。", "Please choose at most {n}.")
_EXCLUSIVE = Text("“{option}”不能和其他选项一起选。", "“{option}” excludes the others.")
_TWICE = Text("每一项只能排一个位置。", "Each option has one place only.")
_TOO_LONG = Text("最多写 {n} 个字。", "At most {n} characters.")
_NO_DAY = Text("请写成 2026-11-26 这样的日期。", "Please give a day like 2026-11-26.")
_NEEDED = Text("这题需要回答。", "Please answer this question.")
_EVERY_ROW = Text("每一行都需要选。", "Please answer every row.")
_BAD_PHONE = Text("请检查手机号。", "Please check the phone number.")
_BAD_MAIL = Text("请检查邮箱地址。", "Please check the e-mail address.")
_NO_FILE = Text("请先传文件，再提交答卷。", "Please send the file first, then the answers.")
_UNKNOWN = Text("没有“{question}”这道题。", "There is no question “{question}”.")
_FEWEST_DIGITS, _MOST_DIGITS = 6, 15

Form = Mapping[str, Sequence[str]]
"""Name of a field → what was sent under it, in order."""


def read_form(question: Any, form: Form) -> Any:
    """Give the raw answer to a question as a browser sends it: words, or None.

    Parameters
    ----------
    question : Question
    form : mapping of str to sequence of str
        ``q1``, ``q1.other``, ``q1.row.<row>``, ``q1.place.<option>``, ``q1.field.<name>``.
    """

    def one(name: str) -> str | None:
        sent = form.get(name) or ("",)
        return sent[0].strip() or None

    match question:
        case Matrix(rows=rows):
            found = {row.code: one(f"{question.id}.row.{row.code}") for row in rows}
            return {code: level for code, level in found.items() if level} or None
        case Multiple():
            return list(form.get(question.id, ())) or None
        case Ranking(options=options):
            places = {o.code: one(f"{question.id}.place.{o.code}") for o in options}
            taken = [
                (int(place), code) for code, place in places.items() if place and _is_whole(place)
            ]
            return _in_places(question.id, taken)
        case Contact(fields=fields):
            found = {name: one(f"{question.id}.field.{name}") for name in fields}
            return {name: words for name, words in found.items() if words} or None
        case Consent():
            return one(question.id) is not None
        case _:  # a file comes beside the form
            return None if question.kind == Kind.FILE else one(question.id)


def read_other(question: Any, form: Form) -> str | None:
    """Give what was written beside the option ``other``, if it was chosen."""
    written = (form.get(f"{question.id}.other") or ("",))[0].strip()
    return written[:LONGEST_ANSWER] if written and OTHER in form.get(question.id, ()) else None


def _is_whole(words: str) -> bool:
    return words.isascii() and words.isdigit() and len(words) <= _MOST_DIGITS


def _in_places(question: str, taken: list[tuple[int, str]]) -> list[str] | None:
    if len({place for place, _ in taken}) < len(taken):
        raise AnswerError(question, _TWICE)
    return [code for _, code in sorted(taken)] or None


def accept(question: Any, raw: Any) -> Any:
    """Check an answer and give it as it is kept, None where there is none.

    Parameters
    ----------
    question : Question
    raw : str, number, bool, list, mapping or SentFile
        As a form or JSON sends it; a file as it was taken in.

    Raises
    ------
    AnswerError
        It does not fit the question.
    """
    if raw is None or raw in ("", [], {}):
        return None
    return _HOW[question.kind](question, raw)


def _level(question: Any, raw: Any, levels: range) -> int | str:
    if raw == NOT_APPLICABLE and question.not_applicable:
        return NOT_APPLICABLE
    level = int(raw) if isinstance(raw, str) and _is_whole(raw.strip()) else raw
    if isinstance(level, bool) or not isinstance(level, int) or level not in levels:
        raise AnswerError(question.id, _NOT_ON_SCALE)
    return level


def _rating(question: Any, raw: Any) -> int | str:
    return _level(question, raw, question.levels)


def _slider(question: Slider, raw: Any) -> int:
    try:
        number = int(raw) if not isinstance(raw, (bool, float)) else None
    except (TypeError, ValueError):
        number = None
    steps = range(question.minimum, question.maximum + 1, question.step)
    if number is None or number not in steps:
        raise AnswerError(question.id, _NOT_ON_SCALE)
    return number


def _option(question: Any, raw: Any) -> str:
    if isinstance(raw, str):
        for option in question.options:
            if option.code == raw:
                return raw
    raise AnswerError(question.id, _NO_OPTION)


def _options(question: Any, raw: Any) -> list[str]:
    if not isinstance(raw, (list, tuple)):
        raise AnswerError(question.id, _NO_OPTION)
    chosen = [_option(question, one) for one in raw]
    if len(set(chosen)) < len(chosen):
        raise AnswerError(question.id, _TWICE)
    if question.most is not None and len(chosen) > question.most:
        raise AnswerError(question.id, _MOST.format(n=question.most))
    return chosen


def _multiple(question: Multiple, raw: Any) -> list[str]:
    chosen = _options(question, [raw] if isinstance(raw, str) else raw)
    alone = next((o for o in question.options if o.exclusive and o.code in chosen), None)
    if alone is not None and len(chosen) > 1:
        raise AnswerError(question.id, _EXCLUSIVE.format(option=Text.of(alone.label)))
    if alone is None and len(chosen) < question.least:
        raise AnswerError(question.id, _LEAST.format(n=question.least))
    return [option.code for option in question.options if option.code in chosen]


def _matrix(question: Matrix, raw: Any) -> dict[str, int | str]:
    rows = {row.code for row in question.rows}
    if not isinstance(raw, Mapping) or not set(raw) <= rows:
        raise AnswerError(question.id, _NO_OPTION)
    return {
        row.code: _level(question, raw[row.code], question.levels)
        for row in question.rows
        if raw.get(row.code) not in (None, "")
    }


def _text(question: TextAsked, raw: Any) -> str | None:
    words = _words(question, raw, question.longest)
    return words.strip() or None


def _words(question: Any, raw: Any, most: int) -> str:
    if not isinstance(raw, str):
        raise AnswerError(question.id, _NO_TEXT)
    if len(raw) > most:
        raise AnswerError(question.id, _TOO_LONG.format(n=most))
    return raw.replace("\x00", "").encode("utf-8", "replace").decode()  # no half characters


def _day(question: DateAsked, raw: Any) -> str:
    words = _words(question, raw, 10)
    try:
        day = date.fromisoformat(words).isoformat()
    except ValueError as error:
        raise AnswerError(question.id, _NO_DAY) from error
    if day != words:
        raise AnswerError(question.id, _NO_DAY)
    return day


def _contact(question: Contact, raw: Any) -> dict[str, str]:
    if not isinstance(raw, Mapping) or not set(raw) <= set(question.fields):
        raise AnswerError(question.id, _NO_OPTION)
    found = {name: _words(question, words, 200).strip() for name, words in raw.items() if words}
    digits = [sign for sign in found.get("phone", "") if sign.isdigit()]
    if "phone" in found and not _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS:
        raise AnswerError(question.id, _BAD_PHONE)
    before, at, after = found.get("email", "").rpartition("@")
    if "email" in found and not (at and before and "." in after and " " not in found["email"]):
        raise AnswerError(question.id, _BAD_MAIL)
    return {name: words for name, words in found.items() if words}


def _consent(question: Consent, raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise AnswerError(question.id, _NO_OPTION)
    return raw


def _file(question: FileAsked, raw: Any) -> dict[str, Any]:
    if not isinstance(raw, SentFile) or not is_accepted(question, raw.kind):
        raise AnswerError(question.id, _NO_FILE)
    return asdict(raw)


def _note(question: Any, raw: Any) -> None:
    raise AnswerError(question.id, _UNKNOWN.format(question=question.id if raw else ""))


_HOW: Mapping[Kind, Callable[[Any, Any], Any]] = {
    Kind.NPS: _rating,
    Kind.CSAT: _rating,
    Kind.CES: _rating,
    Kind.SLIDER: _slider,
    Kind.SINGLE: _option,
    Kind.MULTIPLE: _multiple,
    Kind.RANKING: _options,
    Kind.MATRIX: _matrix,
    Kind.TEXT: _text,
    Kind.DATE: _day,
    Kind.FILE: _file,
    Kind.CONTACT: _contact,
    Kind.CONSENT: _consent,
    Kind.NOTE: _note,
}


def missing(question: Any, answer: Any) -> Text | None:
    """Say what a required question still lacks, None where it is answered."""
    if not question.required or question.kind == Kind.NOTE:
        return None
    if isinstance(question, Matrix) and answer and len(answer) < len(question.rows):
        return _EVERY_ROW
    if answer is None or (isinstance(question, Consent) and answer is not True):
        return _NEEDED
    return None


def accept_all(definition: Definition, raw: Mapping[str, Any], fields: Fields) -> Way:
    """Check a whole set of answers, as the JSON interface gets it, and find its way.

    Parameters
    ----------
    definition : Definition
    raw : mapping
        Question id → answer.
    fields : mapping

    Returns
    -------
    Way
        `answers` are those that count.

    Raises
    ------
    AnswerError
        An unknown question, an answer that does not fit, or a required one that is missing.
    """
    asked = {question.id: question for question in definition.questions}
    unknown = next((name for name in raw if name not in asked), None)
    if unknown is not None:
        raise AnswerError(unknown, _UNKNOWN.format(question=unknown))
    answers = {name: accept(asked[name], one) for name, one in raw.items()}
    way = find_way(definition, answers, fields)
    for stop in way.stops:
        for name in stop.questions:
            lack = missing(asked[name], way.answers.get(name))
            if lack is not None:
                raise AnswerError(name, lack)
    return way


def is_rating(question: Any) -> bool:
    """Tell whether a question is answered by a level."""
    return isinstance(question, (Rating, Slider, Matrix))
