"""LimeSurvey: ``code[SQ001]. text [item]`` headers; labels from the ``.lss`` beside the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from huiyin.codebook.contracts import ColumnHint, Role
from huiyin.collect.names import one_line, unique_names
from huiyin.collect.profiles.layout import LIKELY, SURE, Head, Layout, Recognition
from huiyin.collect.profiles.lss import read_survey_beside
from huiyin.collect.profiles.spread import column_cells, spread_hints
from huiyin.core.text import Text

META: dict[str, Role] = {
    "id": Role.ID, "submitdate": Role.TIME, "lastpage": Role.META, "startlanguage": Role.META,
    "startdate": Role.META, "datestamp": Role.META, "token": Role.CUSTOMER, "seed": Role.META,
    "ipaddr": Role.CONTACT, "refurl": Role.META, "interviewtime": Role.DURATION,
}  # fmt: skip
_FULL = re.compile(
    r"(?P<code>[A-Za-z]\w*)(?:\[(?P<sub>\w+)\](?:\[\w+\])?)?\.\s+(?P<text>.*?)(?:\s*\[(?P<item>[^\[\]]*)\])*"
)
_CODE = re.compile(r"(?P<code>[A-Za-z]\w*)(?:\[(?P<sub>\w+)\](?:\[\w+\])?)?")
_LIKERT = re.compile(r"\[(?P<item>.*)\]\s*")
_MIN_META = 3
_MIN_SHARE = 0.6
_MIN_SPREAD = 2


@dataclass(frozen=True, slots=True)
class Question:
    """A header taken apart."""

    code: str
    sub: str | None
    text: str
    item: str


def read_header(header: str) -> Question | None:
    """Take a full header apart.

    Examples
    --------
    >>> read_header("rse3[SQ001]. Who uses your code? [Mostly me]")
    Question(code='rse3', sub='SQ001', text='Who uses your code?', item='Mostly me')
    """
    words = one_line(header)
    found = _FULL.fullmatch(words)
    if found is None:
        return None
    text, item = found["text"], found["item"] or ""
    if not text and (inside := _LIKERT.fullmatch(words.partition(". ")[2])):
        item = inside["item"]
    return Question(found["code"], found["sub"], text, item)


class LimeSurvey:
    """LimeSurvey results, headed by code and text or by code alone."""

    name = "limesurvey"
    title = Text(
        "LimeSurvey 结果：题号加题目，或只有题号",
        "LimeSurvey results: code and text, or code alone",
    )

    def recognise(self, head: Head) -> Recognition | None:
        """Look for its own columns, or codes before the questions."""
        header = [one_line(cell) for cell in head.row(0)]
        own = sum(_plain(cell) in META for cell in header)
        if own >= _MIN_META and {"submitdate", "startlanguage", "lastpage"} & {
            _plain(cell) for cell in header
        }:
            return Recognition(
                SURE, Text("有 LimeSurvey 自带的列", "has the columns LimeSurvey adds itself")
            )
        coded = sum(read_header(cell) is not None for cell in header)
        if coded < max(_MIN_META, _MIN_SHARE * len(header)):
            return None
        return Recognition(
            LIKELY,
            Text("题目前面有 LimeSurvey 的题号", "questions are headed by LimeSurvey codes"),
        )

    def lay_out(self, head: Head) -> Layout:
        """Group sub-questions and take labels from the survey file where there is one."""
        names = unique_names(head.row(0))
        hints: dict[str, ColumnHint] = {}
        groups: dict[tuple[str, str], dict[str, tuple[str, list[str]]]] = {}
        codes: dict[str, tuple[str, str | None]] = {}
        for position, name in enumerate(names):
            question = _question(name)
            if (role := META.get(_plain(name))) is not None:
                hints[name] = ColumnHint(role=role, reason=_OWN)
            elif question is not None:
                codes[name] = (question.code, question.sub)
                hints[name] = _hint(question)
                if question.sub and question.sub != "other":
                    cells = column_cells(head.rows[1:], position)
                    key = (question.code, question.text or question.code)
                    label = question.item or question.sub
                    groups.setdefault(key, {})[name] = (label, cells)
        for (_, text), options in groups.items():
            if len(options) >= _MIN_SPREAD:
                hints |= spread_hints(text, options)
        return Layout(1, names, _with_survey(head, hints, codes))


_OWN = Text("LimeSurvey 自带的列", "a column LimeSurvey adds itself")


def _plain(header: str) -> str:
    return one_line(header).partition(".")[0].lower()


def _question(name: str) -> Question | None:
    if (question := read_header(name)) is not None:
        return question
    found = _CODE.fullmatch(name)
    return Question(found["code"], found["sub"], "", "") if found else None


def _hint(question: Question) -> ColumnHint:
    text = question.text or question.item or question.code
    if question.sub == "other":
        return ColumnHint(
            question=f"{text} [other]",
            role=Role.TEXT,
            reason=Text("“其他”的补充说明", "the words beside “other”"),
        )
    return ColumnHint(question=text)


def _with_survey(
    head: Head, hints: dict[str, ColumnHint], codes: dict[str, tuple[str, str | None]]
) -> dict[str, ColumnHint]:
    survey = read_survey_beside(head.path, {code for code, _ in codes.values()})
    if survey is None:
        return hints
    for name, (code, sub) in codes.items():
        hint = hints[name]
        labels = survey.labels.get(code, {})
        text = survey.texts.get((code, sub)) or survey.texts.get((code, None))
        question = text if hint.question == code and text else hint.question
        hints[name] = replace(hint, labels=labels, question=question)
    return hints


PROFILES = (LimeSurvey(),)
