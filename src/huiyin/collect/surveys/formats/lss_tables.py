"""The tables of a LimeSurvey file (``.lss``) as they stand in it, found by what they belong to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError, fromstring

from huiyin.collect.surveys.contracts import SurveyError
from huiyin.collect.surveys.definition import Words
from huiyin.collect.surveys.formats.drafts import plain_lines
from huiyin.core.text import EN, ZH, Text
from huiyin.core.text_files import text_of

NO_LSS = Text("这不是 LimeSurvey 的问卷文件（.lss）。", "This is no LimeSurvey survey file (.lss).")
_REFUSED = ("<!DOCTYPE", "<!ENTITY", "\x00")
_TAGS = {"zh-Hans": ZH, "zh-Hant-TW": "zh-TW"}
Row = Mapping[str, str]
TOLD = {
    "title": "surveyls_title",
    "intro": "surveyls_welcometext",
    "thanks": "surveyls_endtext",
    "privacy": "surveyls_policy_notice",
}
"""What is said around the questions → the column that says it there."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Rows of each table, and those that belong to a question."""

    rows: Mapping[str, list[Row]]
    answers: Mapping[str, list[Row]]
    parts: Mapping[str, list[Row]]
    """Sub-questions, by the question they stand under."""
    attributes: Mapping[str, list[Row]]

    def __getitem__(self, table: str) -> list[Row]:
        return self.rows.get(table, [])


def load_tables(raw: bytes) -> Tables:
    """Read the tables of a file.

    Raises
    ------
    SurveyError
        It is no such file, or declares entities.
    """
    try:
        text = text_of(raw)
        if any(one in text for one in _REFUSED):
            raise SurveyError(NO_LSS)
        root = fromstring(text)  # noqa: S314 -- size bounded by the reader, entities refused above
    except (ParseError, ValueError, LookupError) as error:
        raise SurveyError(NO_LSS) from error
    rows: dict[str, list[Row]] = defaultdict(list)
    for table in root:
        for row in table.iterfind("rows/row"):
            rows[table.tag].append({cell.tag: cell.text or "" for cell in row})
    return Tables(
        rows,
        rows_by(rows["answers"], "qid"),
        rows_by([*rows["subquestions"], *rows["questions"]], "parent_qid"),
        rows_by(rows["question_attributes"], "qid"),
    )


def rows_by(rows: Sequence[Row], column: str) -> dict[str, list[Row]]:
    """Give the rows of each value of a column."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.get(column, "")].append(row)
    return found


def tag_of(tongue: object) -> str:
    """Give our language tag for that of a file."""
    name = str(tongue or EN)
    return _TAGS.get(
        name, name if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", name) else EN
    )


def place_of(row: Row) -> int:
    """Give the place of a row among its like; 0 where none is readable."""
    words = row.get("question_order") or row.get("sortorder") or row.get("group_order") or "0"
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else 0  # noqa: PLR2004 -- no number of a survey is longer


def words_of_rows(rows: Sequence[Row], language: str, column: str) -> Words:
    """Give what a column says in each language, line by line; not where it says nothing."""
    said: Words = {}
    for row in rows:
        words = plain_lines(row.get(column))
        if words:
            said.setdefault(tag_of(row.get(language)), words)
    return said
