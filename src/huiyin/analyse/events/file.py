"""A file of events, CSV as spreadsheets save it: all of it, or one sentence that names the line."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from io import StringIO

from huiyin.analyse.events.shapes import KIND_TEXT, EventError, EventFields, EventKind
from huiyin.core.text import LANGUAGES, Text, listed

COLUMNS: dict[str, tuple[str, ...]] = {
    "kind": ("kind", "类型"),
    "title": ("title", "名称", "事件"),
    "since": ("since", "start", "开始", "起始日"),
    "until": ("until", "end", "结束", "截止日"),
    "note": ("note", "说明", "备注"),
    "where": ("where", "scope", "范围"),
}
NEEDED = ("kind", "title", "since")
MOST_LINES = 5_000


def read_events(content: bytes, dataset_id: str | None = None) -> list[EventFields]:
    """Read events: columns ``kind,title,since,until,note,where`` or their Chinese names.

    ``where`` is ``COLUMN=VALUE``, several parted by ``;``. An empty last day is the first.

    Parameters
    ----------
    content : bytes
        CSV, UTF-8 or GB18030.
    dataset_id : str, optional
        The dataset that all of them concern.

    Raises
    ------
    EventError
        Names the line and what to do; nothing of the file is taken then.
    """
    rows = list(csv.reader(StringIO(_decoded(content))))
    if not rows:
        raise EventError(Text("文件是空的", "The file is empty"))
    place = _places(rows[0])
    if len(rows) - 1 > MOST_LINES:
        raise EventError(
            Text("一个文件最多 {n} 条事件", "A file holds {n} events at most").format(n=MOST_LINES)
        )
    found = [
        _event(_cells(row, place), line, dataset_id)
        for line, row in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in row)
    ]
    if not found:
        raise EventError(Text("文件里没有事件", "There is no event in the file"))
    return found


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise EventError(
        Text(
            "读不了这个文件：请另存为 CSV（UTF-8）", "Cannot read the file: save it as CSV (UTF-8)"
        )
    )


def _places(heads: Iterable[str]) -> dict[str, int]:
    names = [head.strip().casefold() for head in heads]
    place = {
        key: names.index(known)
        for key, words in COLUMNS.items()
        for known in words
        if known in names
    }
    missing = [key for key in NEEDED if key not in place]
    if missing:
        code, name = missing[0], COLUMNS[missing[0]][1]
        raise EventError(
            Text("第 1 行缺少“{name}”（{code}）这一列", "Line 1 lacks the column “{code}” ({name})")
            .format(name=name, code=code)
        )  # fmt: skip
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
    parts = words.replace("/", "-").replace(".", "-").split(" ")[0].split("T")[0].split("-")
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError as error:
        raise _fault(
            line,
            Text("“{w}”不是日期，请写成 2025-03-01", "“{w}” is no date, write 2025-03-01").format(
                w=words
            ),
        ) from error


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
