"""Tables with two header rows: the question, then the option; SurveyMonkey's exports first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from huiyin.codebook.contracts import ColumnHint, Role
from huiyin.collect.files.table import Cells
from huiyin.collect.names import one_line, unique_names
from huiyin.collect.profiles.layout import LIKELY, POSSIBLE, SURE, Head, Layout, Recognition
from huiyin.collect.profiles.spread import OPEN_ENDED, column_cells, spread_hints
from huiyin.core.text import Text

META: dict[str, Role] = {
    "respondentid": Role.ID, "collectorid": Role.CHANNEL, "startdate": Role.META,
    "enddate": Role.TIME, "ipaddress": Role.CONTACT, "emailaddress": Role.CONTACT,
    "firstname": Role.CONTACT, "lastname": Role.CONTACT, "customdata1": Role.CUSTOMER,
    "datecreated": Role.META, "datemodified": Role.TIME, "customvalue": Role.META,
}  # fmt: skip
_RESPONSE = frozenset({"response", "open-ended response", "回复", "开放式回复"})
_CODED = re.compile(r"(?P<question>q\d{4})_(?P<option>\d{4})", re.IGNORECASE)
_NOT_SELECTED = "Not selected"
_MIN_SPREAD = 2


def squeezed(cell: str | None) -> str:
    """Bring a header to lower case without blanks, to know it in any spelling."""
    return re.sub(r"[\s_]", "", one_line(cell)).lower()


def has_option_row(head: Head) -> bool:
    """Tell whether the second row holds options of the questions in the first."""
    above, below = head.row(0), head.row(1)
    if not any(below) or len(head.rows) < _MIN_SPREAD:
        return False
    words = [one_line(cell).lower() for cell in below if cell]
    if any(word in _RESPONSE or word in OPEN_ENDED for word in words):
        return True
    carried = [i for i in range(head.width) if not above[i] and below[i]]
    is_title = sum(map(bool, above)) == 1  # one cell over the whole table
    blank_meta = above[0] and not below[0] and not is_title
    return bool(blank_meta) and len(carried) >= max(_MIN_SPREAD, head.width // 10)


class TwoRows:
    """Question above, option below; questions are written once and carried to the right."""

    name = "two_header_rows"
    title = Text(
        "两行表头：上面是题目，下面是选项", "two header rows: question above, option below"
    )

    def recognise(self, head: Head) -> Recognition | None:
        """Look for options under blank question cells."""
        if not has_option_row(head):
            return None
        return Recognition(
            POSSIBLE,
            Text("表头有两行：上面是题目，下面是选项", "two header rows: question, then option"),
        )

    def lay_out(self, head: Head) -> Layout:
        """Carry each question over its options, and name columns by both."""
        asked = list(_asked(head))
        names = unique_names(f"{q} [{o}]" if o else q for q, o in asked)
        return Layout(2, names, _hints(head, names, asked))


def _asked(head: Head) -> Iterator[tuple[str, str | None]]:
    """Give question and option of each column; no option where the question has one column."""
    above, below = head.row(0), head.row(1)
    question = ""
    pairs: list[tuple[str, str | None]] = []
    for top, bottom in zip(above, below, strict=True):
        question = one_line(top) if top else question
        option = one_line(bottom) or None
        pairs.append((question if top or option else "", option))
    for position, (asked, option) in enumerate(pairs):
        follows = position + 1 < len(above) and not above[position + 1]
        alone = above[position] and not (follows and pairs[position + 1][1])
        plain = option is not None and option.lower() in _RESPONSE
        yield asked, None if (alone or plain) and above[position] else option


def _hints(
    head: Head, names: tuple[str, ...], asked: list[tuple[str, str | None]]
) -> dict[str, ColumnHint]:
    rows = head.rows[2:]
    hints: dict[str, ColumnHint] = {}
    groups: dict[str, list[int]] = {}
    for position, (question, option) in enumerate(asked):
        groups.setdefault(question, []).append(position)
        hints[names[position]] = _plain_hint(head.row(1)[position], question, option)
    for question, positions in groups.items():
        spread = [i for i in positions if asked[i][1] and not _is_open(asked[i][1], rows, i)]
        if len(spread) >= _MIN_SPREAD:
            options = {names[i]: (asked[i][1] or "", column_cells(rows, i)) for i in spread}
            hints |= spread_hints(question, options)
    return _with_meta(hints, names, [question for question, _ in asked])


def _is_open(option: str | None, rows: tuple[Cells, ...], position: int) -> bool:
    words = (option or "").lower()
    if words not in OPEN_ENDED:
        return False
    return any(cell.lower() != words for cell in column_cells(rows, position))


def _plain_hint(below: str | None, question: str, option: str | None) -> ColumnHint:
    words = one_line(below).lower()
    if words in OPEN_ENDED:
        return ColumnHint(
            question=f"{question} [{option}]" if option else question,
            role=Role.TEXT,
            reason=Text("表头写明是开放回答", "the header says it is an open answer"),
        )
    return ColumnHint(question=question)


def _with_meta(
    hints: dict[str, ColumnHint], names: tuple[str, ...], questions: list[str]
) -> dict[str, ColumnHint]:
    for name, question in zip(names, questions, strict=True):
        if (role := META.get(squeezed(question))) is not None:
            hints[name] = ColumnHint(
                role=role, reason=Text("平台自带的列", "a column the platform adds itself")
            )
    return hints


class SurveyMonkey:
    """SurveyMonkey: two header rows, or one where someone took the second away."""

    name = "surveymonkey"
    title = Text("SurveyMonkey 结果：两行表头", "SurveyMonkey results: two header rows")

    def recognise(self, head: Head) -> Recognition | None:
        """Look for its own columns, the words ``Response``, or its question codes."""
        header = [squeezed(cell) for cell in head.row(0)]
        two = has_option_row(head)
        below = [one_line(cell).lower() for cell in head.row(1)]
        if two and any(word in _RESPONSE for word in below):
            return Recognition(SURE, _TWO)
        if two and "respondentid" in header:
            return Recognition(SURE, _TWO)
        if header[:1] == ["respondentid"] or {"respondentid", "collectorid"} <= set(header):
            return Recognition(LIKELY, _ONE)
        if sum(bool(_CODED.fullmatch(cell or "")) for cell in head.row(0)) > _MIN_SPREAD:
            return Recognition(LIKELY, _CODES)
        return None

    def lay_out(self, head: Head) -> Layout:
        """Lay out by one header row or two."""
        if has_option_row(head):
            return TwoRows().lay_out(head)
        names = unique_names(head.row(0))
        hints = _with_meta({}, names, [one_line(cell) for cell in head.row(0)])
        return Layout(1, names, hints | _coded_hints(head, names))


_TWO = Text(
    "两行表头，第二行有 Response 或选项，是 SurveyMonkey 的写法",
    "two header rows with Response or options in the second, as SurveyMonkey writes",
)
_ONE = Text("第一列是 RespondentID，只有一行表头", "starts with RespondentID, one header row")
_CODES = Text(
    "列名是 SurveyMonkey 的题号（q0004_0001）", "columns carry SurveyMonkey's codes (q0004_0001)"
)


def _coded_hints(head: Head, names: tuple[str, ...]) -> dict[str, ColumnHint]:
    groups: dict[str, dict[str, tuple[str, list[str]]]] = {}
    for position, name in enumerate(names):
        if found := _CODED.fullmatch(name):
            cells = [c for c in column_cells(head.rows[1:], position) if c != "NA"]
            words = [c for c in cells if c != _NOT_SELECTED]
            single = set(words) if len(set(words)) == 1 and len(words) < len(cells) else set()
            label = next(iter(single), "" if words else found["option"])
            groups.setdefault(found["question"], {})[name] = (label, cells)
    hints: dict[str, ColumnHint] = {}
    for question, options in groups.items():
        if len(options) >= _MIN_SPREAD:
            hints |= spread_hints(question, options)
    return {
        name: replace(hint, question=hint.question if hint.option else name)
        for name, hint in hints.items()
    }


PROFILES = (TwoRows(), SurveyMonkey())
