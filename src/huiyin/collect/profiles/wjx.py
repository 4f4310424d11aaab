"""问卷星 (wjx.cn) exports: by option text, by option number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from huiyin.codebook.contracts import ColumnHint, Role, Scale
from huiyin.collect.files.table import Cells
from huiyin.collect.names import one_line, unique_names
from huiyin.collect.profiles.layout import LIKELY, SURE, Head, Layout, Recognition
from huiyin.collect.profiles.spread import column_cells, spread_hints
from huiyin.core.text import Text, listed

SEPARATOR = "┋"
EMPTY_WORDS = ("(空)", "(跳过)")
EMPTY_CODES = ("-2", "-3")
META: dict[str, Role] = {
    "序号": Role.ID, "提交答卷时间": Role.TIME, "所用时间": Role.DURATION, "来源": Role.CHANNEL,
    "来源详情": Role.META, "来自IP": Role.CONTACT, "总分": Role.META, "用户ID": Role.CUSTOMER,
    "昵称": Role.CONTACT, "姓名": Role.CONTACT, "自定义字段": Role.META,
}  # fmt: skip
_MARKS = frozenset({"提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"})
_MIN_MARKS = 2
_NUMBERED = re.compile(r"(?P<number>\d{1,3})\s*[、：:.．]\s*(?P<title>.*)")
_SPREAD = re.compile(
    r"第\s*(?P<number>\d{1,3})\s*题\s*[(（:：](?P<item>.*?)[)）]?|"
    r"(?P<bare>\d{1,3})\s*[:：(（](?P<choice>[^、]*?)[)）]?"
)
_IN_BRACKETS = re.compile(r"(?P<title>.+?)\s*[(（](?P<item>[^()（）]*)[)）]")
_AFTER_COLON = re.compile(r"(?P<title>.+?)\s*[:：](?P<item>[^:：]+)")
_WHOLE_NUMBER = re.compile(r"-?\d+")
_RECOMMEND = re.compile("推荐|介绍给")
_ELEVENTH = 11
_NUMBERS = Text(
    "按序号导出：数字是选项的序号，不一定是分值（0–10 分的题里 1 表示 0 分）。"
    "和按选项文本导出的一份一起读最可靠。",
    "Exported by option number: numbers are positions of options, not always points (on 0–10, "
    "1 stands for 0). Read together with the export by option text to be sure.",
)
_TICKS = frozenset({"0", "1", *EMPTY_CODES})


@dataclass(frozen=True, slots=True)
class Heading:
    """A question column's header: number, title of the question, sub-item where it has one."""

    number: str
    title: str
    item: str | None


def read_heading(header: str) -> Heading | None:
    """Take a question's header apart; None where it is no question.

    Examples
    --------
    >>> read_heading("第4题(网点环境)")
    Heading(number='4', title='第4题', item='网点环境')
    >>> read_heading("2、您的总体满意度 ")
    Heading(number='2', title='您的总体满意度', item=None)
    """
    words = one_line(header)
    if (found := _NUMBERED.fullmatch(words)) and not _is_bare_option(words):
        return Heading(found["number"], found["title"] or words, None)
    if found := _SPREAD.fullmatch(words):
        number = found["number"] or found["bare"]
        return Heading(number, f"第{number}题", found["item"] or found["choice"])
    return None


def _is_bare_option(words: str) -> bool:
    return re.fullmatch(r"\d{1,3}\s*[:：][^、]*", words) is not None


def recognise_wjx(head: Head) -> tuple[bool, Recognition] | None:
    """Tell whether the table is from 问卷星, and whether answers are option numbers."""
    header = [one_line(cell) for cell in head.row(0)]
    marks = _MARKS & set(header)
    headings = [h for cell in header if (h := read_heading(cell))]
    if not headings or len(marks) < _MIN_MARKS:
        return None
    by_number = _answers_are_numbers(head, header)
    shown = listed(sorted(marks))
    reason = Text(
        "有问卷星的列（{shown}）和 {n} 个编号的题目",
        "has the columns of 问卷星 ({shown}) and {n} numbered questions",
    ).format(shown=shown, n=len(headings))
    sure = SURE if "序号" in header else LIKELY
    return by_number, Recognition(sure, reason)


def _answers_are_numbers(head: Head, header: list[str]) -> bool:
    rows = head.rows[1:]
    questions = [i for i, cell in enumerate(header) if read_heading(cell)]
    cells = {i: column_cells(rows, i) for i in questions}
    seen = [cell for column in cells.values() for cell in column]
    if any(SEPARATOR in cell or cell in EMPTY_WORDS for cell in seen):
        return False
    items = [i for i in questions if (h := read_heading(header[i])) and h.item is not None]
    if any(cells[i] and set(cells[i]) <= _TICKS and "0" in cells[i] for i in items):
        return True
    whole = [c for c in cells.values() if c and all(map(_WHOLE_NUMBER.fullmatch, c))]
    filled = [c for c in cells.values() if c]
    return len(whole) > len(filled) * 0.7


@dataclass(frozen=True, slots=True)
class Wjx:
    """One of the two ways 问卷星 writes answers."""

    name: str
    title: Text
    by_number: bool

    def recognise(self, head: Head) -> Recognition | None:
        """Look for 问卷星's own columns and numbered questions."""
        seen = recognise_wjx(head)
        if seen is None or seen[0] is not self.by_number:
            return None
        return seen[1]

    def lay_out(self, head: Head) -> Layout:
        """Name the columns, mark the meta columns, group sub-items and options."""
        header = head.row(0)
        names = unique_names(header)
        hints: dict[str, ColumnHint] = {}
        for title, positions in _questions(header):
            hints |= self._question_hints(head, names, title, positions)
        for name, cell in zip(names, header, strict=True):
            if (role := META.get(one_line(cell))) is not None:
                hints[name] = ColumnHint(
                    role=role, reason=Text("问卷星自带的列", "a column 问卷星 adds itself")
                )
        return Layout(1, names, hints, (_NUMBERS,) if self.by_number else ())

    def _question_hints(
        self,
        head: Head,
        names: tuple[str, ...],
        title: str,
        positions: list[tuple[int, str | None]],
    ) -> dict[str, ColumnHint]:
        missing = EMPTY_CODES if self.by_number else EMPTY_WORDS
        rows = head.rows[1:]
        if len(positions) == 1 and positions[0][1] is None:
            cells = column_cells(rows, positions[0][0])
            eleven = self.by_number and _is_eleven_points(title, cells)
            name = names[positions[0][0]]
            return {name: _eleven(title) if eleven else _single(title, cells, missing)}
        options = {
            names[i]: (item or title, [c for c in column_cells(rows, i) if c not in missing])
            for i, item in positions
        }
        return {
            name: _with_missing(hint, missing)
            for name, hint in spread_hints(title, options).items()
        }


def _single(title: str, cells: list[str], missing: tuple[str, ...]) -> ColumnHint:
    marked = re.search("[(（\\[【]多选", title) is not None
    several = missing is EMPTY_WORDS and (marked or any(SEPARATOR in cell for cell in cells))
    return ColumnHint(
        question=title,
        group=title if several else None,
        separator=SEPARATOR if several else None,
        role=Role.CHOICE_SET if several else None,
        missing_codes=missing,
        reason=Text("多选题，选项用┋隔开", "multi-select, options joined by ┋")
        if several
        else None,
    )


def _is_eleven_points(title: str, cells: list[str]) -> bool:
    """Tell the recommendation question: its options 1 to 11 stand for 0 to 10 points."""
    codes = {int(cell) for cell in cells if cell.isdigit()}
    return _RECOMMEND.search(title) is not None and max(codes, default=0) == _ELEVENTH


def _eleven(title: str) -> ColumnHint:
    levels = {str(point + 1): float(point) for point in range(_ELEVENTH)}
    return ColumnHint(
        question=title,
        role=Role.NPS,
        scale=Scale(0, _ELEVENTH - 1, levels=levels),
        missing_codes=EMPTY_CODES,
        reason=Text(
            "按序号导出的 11 个选项，第 1 个是 0 分", "11 options by number: the first is 0 points"
        ),
    )


def _with_missing(hint: ColumnHint, missing: tuple[str, ...]) -> ColumnHint:
    from dataclasses import replace

    return replace(hint, missing_codes=missing)


def _questions(header: Cells) -> Iterator[tuple[str, list[tuple[int, str | None]]]]:
    by_number: dict[str, list[tuple[int, Heading]]] = {}
    for position, cell in enumerate(header):
        if (heading := read_heading(cell or "")) is not None:
            by_number.setdefault(heading.number, []).append((position, heading))
    for members in by_number.values():
        yield from _one_number(members)


def _one_number(
    members: list[tuple[int, Heading]],
) -> Iterator[tuple[str, list[tuple[int, str | None]]]]:
    """Split the columns of one question number into title and sub-items."""
    if len(members) == 1:
        position, heading = members[0]
        yield heading.item or heading.title, [(position, None)]
        return
    titles = [heading.title for _, heading in members]
    common = _common_title(titles)
    if all(heading.item is not None for _, heading in members) or common is None:
        yield titles[0], [(p, h.item or h.title) for p, h in members]
    else:
        yield common, [(p, h.item or _item_of(h.title)) for p, h in members]


def _common_title(titles: list[str]) -> str | None:
    for pattern in (_IN_BRACKETS, _AFTER_COLON):
        found = [pattern.fullmatch(title) for title in titles]
        words = {match["title"] for match in found if match}
        if len(words) == 1:
            return words.pop()
    return None


def _item_of(title: str) -> str:
    for pattern in (_IN_BRACKETS, _AFTER_COLON):
        if found := pattern.fullmatch(title):
            return found["item"]
    return title


PROFILES = (
    Wjx(
        "wjx_text",
        Text("问卷星，按选项文本导出", "问卷星 (wjx.cn), by option text"),
        by_number=False,
    ),
    Wjx(
        "wjx_index",
        Text("问卷星，按选项序号导出", "问卷星 (wjx.cn), by option number"),
        by_number=True,
    ),
)
