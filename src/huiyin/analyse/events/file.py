"""A file of events, CSV as spreadsheets save it: all of it, or one sentence that names the line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from difflib import get_close_matches
from io import StringIO

from huiyin.analyse.events.shapes import KIND_TEXT, EventError, EventFields, EventKind
from huiyin.core.text import LANGUAGES, Text, listed
from huiyin.core.text_files import text_of

COLUMNS: dict[str, tuple[str, ...]] = {
    "kind": ("kind", "类型", "type", "事件类型"),
    "title": ("title", "名称", "name", "事件名称", "标题", "event", "事件"),
    "since": (
        "since",
        "开始",
        "start",
        "from",
        "开始日期",
        "开始日",
        "起始日期",
        "起始日",
        "date",
        "日期",
    ),
    "until": ("until", "结束", "end", "to", "结束日期", "结束日", "截止日期", "截止日"),
    "note": ("note", "说明", "备注"),
    "where": ("where", "范围", "scope"),
}
"""The code of a column first, its Chinese name second, then what others call it."""
SYNONYMS: dict[EventKind, tuple[str, ...]] = {
    EventKind.RELEASE: ("发布", "版本发布", "上线", "版本"),
    EventKind.CAMPAIGN: ("促销", "大促", "营销活动", "市场活动", "promotion"),
    EventKind.PRICE: ("涨价", "降价", "价格调整", "price change"),
    EventKind.INCIDENT: ("事故", "宕机", "中断", "outage"),
    EventKind.HOLIDAY: ("节日", "假日", "假期", "放假"),
}
NEEDED = ("kind", "title", "since")
MOST_LINES = 5_000
_SEPARATORS = ",;\t"
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?(?:[ T].*)?")
_PLAIN = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")
_BEFORE_SERIALS = date(1899, 12, 30)
"""Day 0 of the day numbers that spreadsheets hold: 45731 is 2025-03-15."""


def read_events(content: bytes, dataset_id: str | None = None) -> list[EventFields]:
    """Read events: columns ``kind,title,since,until,note,where`` or their Chinese names.

    ``where`` is ``COLUMN=VALUE``, several parted by ``;``. An empty last day is the first. Days
    are 2025-03-01, 2025/3/1, 2025年3月1日, 20250301, or the number that a spreadsheet has for them;
    1/3/2025 is refused: nobody can tell the day from the month.

    Parameters
    ----------
    content : bytes
        CSV, UTF-8 or GB18030, or “Unicode text” (UTF-16); parted by commas, semicolons or tabs.
    dataset_id : str, optional
        The dataset that all of them concern.

    Raises
    ------
    EventError
        Names the line and what to do; nothing of the file is taken then.
    """
    rows = list(_rows(_decoded(content)))
    if not rows:
        raise EventError(Text("文件是空的", "The file is empty"))
    place = _places(*rows[0])
    if len(rows) - 1 > MOST_LINES:
        raise EventError(
            Text("一个文件最多 {n} 条事件", "A file holds {n} events at most").format(n=MOST_LINES)
        )
    found = [_event(_cells(row, place), line, dataset_id) for line, row in rows[1:]]
    if not found:
        raise EventError(Text("文件里没有事件", "There is no event in the file"))
    return found


def _rows(words: str) -> Iterator[tuple[int, list[str]]]:
    """Give the rows that hold anything, each with the line on which it begins."""
    first = next((line for line in words.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(StringIO(words, newline=""), delimiter=separator)
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise _fault(
            line,
            Text(
                "读不出这一行：有一格太长，或引号没有成对",
                "cannot be read: a cell is too long, or a quotation mark is not closed",
            ),
        ) from error


def _decoded(content: bytes) -> str:
    fault = EventError(
        Text(
            "读不了这个文件：请另存为 CSV（UTF-8）", "Cannot read the file: save it as CSV (UTF-8)"
        )
    )
    try:
        words = text_of(content)
    except ValueError as error:
        raise fault from error
    if "\0" in words:
        raise fault
    return words


def _places(line: int, heads: Iterable[str]) -> dict[str, int]:
    names = [head.strip().casefold() for head in heads]
    place = {
        key: names.index(found[0])
        for key, words in COLUMNS.items()
        if (found := [known for known in words if known in names])
    }
    missing = [key for key in NEEDED if key not in place]
    if missing:
        code, name = missing[0], COLUMNS[missing[0]][1]
        raise EventError(
            Text(
                "第 {n} 行缺少“{name}”（{code}）这一列",
                "Line {n} lacks the column “{code}” ({name})",
            ).format(n=line, name=name, code=code)
        )
    return place


def _cells(row: list[str], place: Mapping[str, int]) -> dict[str, str]:
    return {key: row[at].strip() if at < len(row) else "" for key, at in place.items()}


def _event(cells: Mapping[str, str], line: int, dataset_id: str | None) -> EventFields:
    since = _day(cells["since"], line)
    until = _day(cells["until"], line) if cells.get("until") else since
    if until < since:
        raise _fault(line, Text("截止日早于起始日", "the last day lies before the first"))
    if not cells["title"]:
        raise _fault(line, Text("没有名称", "there is no title"))
    return EventFields(
        kind=kind_of(cells["kind"], line),
        title=cells["title"],
        since=since,
        until=until,
        note=cells.get("note", ""),
        dataset_id=dataset_id,
        where=_scope(cells.get("where", ""), line),
    )


def kind_of(words: str, line: int) -> EventKind:
    """Read a kind by its code or its name in either language.

    Raises
    ------
    EventError
        It is none; close ones are named.
    """
    names = {kind.value: kind for kind in EventKind}
    names |= {text.say(tag): kind for kind, text in KIND_TEXT.items() for tag in LANGUAGES}
    names |= {word: kind for kind, others in SYNONYMS.items() for word in others}
    found = names.get(words.strip().casefold())
    if found is not None:
        return found
    near = get_close_matches(words, names, n=1, cutoff=0.5)
    known: list[str] | list[Text] = near or [KIND_TEXT[kind] for kind in EventKind]
    raise _fault(
        line,
        Text("不认识类型“{w}”，可用：{k}", "there is no kind “{w}”; use {k}").format(
            w=words, k=listed(known)
        ),
    )


def _day(words: str, line: int) -> date:
    if _SERIAL.fullmatch(words):
        return _BEFORE_SERIALS + timedelta(days=int(float(words)))
    found = _DATE.fullmatch(words) or _PLAIN.fullmatch(words)
    fault = _fault(
        line,
        Text("“{w}”不是日期，请写成 2025-03-01", "“{w}” is no date, write 2025-03-01").format(
            w=words
        ),
    )
    if found is None:
        raise fault
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise fault from error


def _scope(words: str, line: int) -> dict[str, str]:
    scope = {}
    for part in words.replace("；", ";").split(";"):
        if not part.strip():
            continue
        column, mark, value = part.replace("＝", "=").partition("=")
        if not mark or not column.strip() or not value.strip():
            raise _fault(
                line,
                Text("范围“{w}”请写成 列=值", "write the scope “{w}” as COLUMN=VALUE").format(
                    w=part.strip()
                ),
            )
        scope[column.strip()] = value.strip()
    return scope


def _fault(line: int, what: Text) -> EventError:
    return EventError(Text("第 {n} 行：{what}", "Line {n}: {what}").format(n=line, what=what))
