"""Qualtrics: three header rows (tag, text, ImportId), or the older two (V1… over texts)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import takewhile

from huiyin.codebook.contracts import ColumnHint, Role, Scale
from huiyin.collect.files.table import Cells
from huiyin.collect.names import one_line, unique_names
from huiyin.collect.profiles.layout import SURE, Head, Layout, Recognition
from huiyin.collect.profiles.qsf import Asked, read_questions_beside
from huiyin.collect.profiles.spread import column_cells, spread_hints
from huiyin.core.text import Text

_ROLES: dict[Role, str] = {
    Role.ID: "responseid recordid",
    Role.TIME: "recordeddate",
    Role.DURATION: "duration duration(inseconds)",
    Role.CONTACT: "ipaddress recipientlastname recipientfirstname recipientemail emailaddress name",
    Role.CUSTOMER: "externalreference externaldatareference",
    Role.CHANNEL: "distributionchannel",
    Role.META: "responseset responsesetid startdate enddate status progress finished userlanguage "
    "locationlatitude locationlongitude locationaccuracy",
}
META = {name: role for role, names in _ROLES.items() for name in names.split()}
_IMPORT_ID = re.compile(r"[\"']ImportId[\"']\s*:\s*[\"'](?P<id>[^\"']+)[\"']")
_QUESTION_ID = re.compile(r"(?P<question>QID\d+(?:#\d+)?)(?P<rest>.*)")
_LEGACY = re.compile(r"V\d+")
_TAG_STEM = re.compile(r"(?P<stem>.+?)_[-\w]+")
_MIN_LEGACY = 5
_MIN_SPREAD = 2
_NPS_SCALE = Scale(0, 10)


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    text: str
    question: str
    is_text: bool


def n_header_rows(head: Head) -> int:
    """Count Qualtrics header rows: 3, 2, or 0 where the file is not from Qualtrics."""
    third = [cell for cell in head.row(2) if cell]
    if third and sum(bool(_IMPORT_ID.search(cell)) for cell in third) > len(third) / 2:
        return 3
    first, second = head.row(0), [_squeezed(cell) for cell in head.row(1)]
    legacy = sum(bool(_LEGACY.fullmatch(cell or "")) for cell in first)
    if legacy >= _MIN_LEGACY and {"responseid", "responseset"} <= set(second):
        return 2
    return 0


def _squeezed(cell: str | None) -> str:
    return re.sub(r"[\s_]", "", one_line(cell)).lower()


class Qualtrics:
    """Qualtrics results; labels come from the ``.qsf`` beside the file where there is one."""

    name = "qualtrics"
    title = Text("Qualtrics 结果：三行表头", "Qualtrics results: three header rows")

    def recognise(self, head: Head) -> Recognition | None:
        """Look for the ImportId row, or for V1… over ResponseID…."""
        n_rows = n_header_rows(head)
        if n_rows == 3:  # noqa: PLR2004 -- the current layout
            return Recognition(SURE, _CURRENT)
        return Recognition(SURE, _OLD) if n_rows else None

    def lay_out(self, head: Head) -> Layout:
        """Name columns by export tag; take question and option from the second row."""
        n_rows = n_header_rows(head) or (3 if _IMPORT_ID.search(head.row(2)[0] or "") else 1)
        tags, texts = head.row(0), head.row(1) if n_rows > 1 else head.row(0)
        names = unique_names(
            text if _LEGACY.fullmatch(tag or "") else tag
            for tag, text in zip(tags, texts, strict=True)
        )
        ids = head.row(2) if n_rows == 3 else (None,) * head.width  # noqa: PLR2004 -- ditto
        columns = [_column(*row) for row in zip(names, texts, ids, strict=True)]
        return Layout(n_rows, names, _hints(head, columns, n_rows))


_CURRENT = Text(
    "三行表头，第三行是 Qualtrics 的 ImportId",
    "three header rows, the third with Qualtrics ImportIds",
)
_OLD = Text(
    "两行表头，V1、V2… 下面是 ResponseID，是 Qualtrics 旧版写法",
    "two header rows, V1, V2… over ResponseID, as Qualtrics wrote before",
)


def _column(name: str, text: str | None, import_id: str | None) -> _Column:
    found = _IMPORT_ID.search(import_id or "")
    native = found["id"] if found else ""
    question = _QUESTION_ID.fullmatch(native)
    is_text = bool(re.search(r"_TEXT( \(\d+\))?$", name)) or native.endswith("TEXT")
    stem = _TAG_STEM.fullmatch(name)
    key = question["question"] if question else (stem["stem"] if stem else name)
    return _Column(name, one_line(text), key, is_text)


def _hints(head: Head, columns: list[_Column], n_rows: int) -> dict[str, ColumnHint]:
    asked = read_questions_beside(
        head.path, {c.question for c in columns} | {c.name for c in columns}
    )
    hints: dict[str, ColumnHint] = {}
    groups: dict[str, list[int]] = {}
    for position, column in enumerate(columns):
        role = _own_role(column)
        if role is not None:
            hints[column.name] = ColumnHint(role=role, reason=_OWN)
            continue
        hints[column.name] = _single(column, asked.get(column.question.partition("#")[0]))
        if not column.is_text:
            groups.setdefault(column.question, []).append(position)
    for key, positions in groups.items():
        if len(positions) >= _MIN_SPREAD:
            several = asked.get(key.partition("#")[0])
            hints |= _spread(head.rows[n_rows:], columns, positions, several, hints)
    return _one_time(hints, columns)


_OWN = Text("Qualtrics 自带的列", "a column Qualtrics adds itself")


def _own_role(column: _Column) -> Role | None:
    if column.name.endswith("_NPS_GROUP"):
        return Role.IGNORE
    if column.name.endswith((" - Topics", " - Parent Topics", " - Sentiment")):
        return Role.META
    return META.get(_squeezed(column.name))


def _one_time(hints: dict[str, ColumnHint], columns: list[_Column]) -> dict[str, ColumnHint]:
    """Take the end date as the time where no recorded date stands in the file."""
    if any(hint.role is Role.TIME for hint in hints.values()):
        return hints
    for column in columns:
        if _squeezed(column.name) == "enddate":
            hints[column.name] = replace(hints[column.name], role=Role.TIME)
    return hints


def _single(column: _Column, asked: Asked | None) -> ColumnHint:
    if column.is_text:
        return ColumnHint(question=column.text, role=Role.TEXT, reason=_FREE)
    if asked is None:
        return ColumnHint(question=column.text)
    if asked.nps:
        return ColumnHint(question=asked.text, role=Role.NPS, scale=_NPS_SCALE, reason=_NPS)
    return ColumnHint(
        question=column.text if len(column.text) >= len(asked.text) else asked.text,
        labels=asked.labels,
        missing_codes=_no_basis(asked),
    )


_FREE = Text("题目后面的文字框", "the text box of a question")
_NPS = Text("问卷里定义为推荐意愿题", "the survey defines it as the recommendation question")


def _no_basis(asked: Asked) -> tuple[str, ...]:
    return tuple(code for code in asked.labels if code.startswith("-"))


def _spread(
    rows: tuple[Cells, ...],
    columns: list[_Column],
    positions: list[int],
    asked: Asked | None,
    hints: dict[str, ColumnHint],
) -> dict[str, ColumnHint]:
    texts = [columns[i].text for i in positions]
    question = _shared_question(texts)
    options = {
        columns[i].name: (_rest(columns[i].text, question), column_cells(rows, i))
        for i in positions
    }
    defined = asked is not None and (asked.several or bool(asked.labels))
    several = asked.several if asked is not None and defined else None
    spread = spread_hints(question or texts[0], options, several=several)
    return {
        name: replace(hint, labels=hints[name].labels, missing_codes=hints[name].missing_codes)
        if hint.option is None
        else hint
        for name, hint in spread.items()
    }


def _shared_question(texts: list[str]) -> str:
    same = takewhile(lambda letters: len(set(letters)) == 1, zip(*texts, strict=False))
    shared = "".join(letters[0] for letters in same)
    cut = shared.rfind("-")
    return shared[:cut].strip() if cut > 0 else shared.strip()


def _rest(text: str, question: str) -> str:
    return text.removeprefix(question).lstrip(" -") or text


PROFILES = (Qualtrics(),)
