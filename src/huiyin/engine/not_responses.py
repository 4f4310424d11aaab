"""Rows of a table that nobody answered: totals and means, notes, a header written again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from huiyin.core.patterns import later
from huiyin.engine.columns import any_of, as_words, joined
from huiyin.engine.contracts import ROW_COLUMN, SOURCE_COLUMN
from huiyin.engine.duck import Engine
from huiyin.engine.startup import import_ibis

FIRST_COLUMNS = 3
"""Columns in whose first filled one a total or a note is named."""
TAIL_ROWS = 30
"""Rows at the end of a file in which notes and means are looked for."""
MOST_TOTALS_SHARE = 0.2
"""A word in more rows than this is a value of its column, not the name of totals."""
_TOTALS = (
    "合计", "总计", "小计", "共计", "总和", "汇总", "总数", "总合计", "合計", "總計", "小計",
    "合计：", "合计:", "总计：", "总计:", "小计：", "小计:",
)  # fmt: skip
_ROUGHLY = later(
    r"(?:合\s*[计計]|[总總]\s*[计計]|小\s*[计計]|共\s*计|总\s*和|汇\s*总|grand totals?|"
    r"sub-? ?totals?)"
    r"\s*(?:[:：].*|[（(].*[)）])?",
    re.IGNORECASE,
)
_UNSURE = later(
    r"(?:平\s*均(?:值|分|数|得分)?|均\s*值|totals?|sum|average|avg\.?|mean)\s*(?:[:：].*|[（(].*[)）])?",
    re.IGNORECASE,
)
"""May be an answer as well: taken for totals where a number of the row tells."""
_NOTE = later(
    r"(?:注|备注|附注|说明|数据来源|资料来源|来源|制表|填表|统计|审核|复核|导出|打印|note|notes|source|prepared|"
    r"generated)[^:：]{0,6}[:：].*|[*※注]\s*\d*[、.．:：]?\s*\S{4,}.*",
    re.IGNORECASE | re.DOTALL,
)
_MOST_FOUND = 2_000
_MOST_LOOKED_AT = 400
"""Columns of a row that are looked at."""
_MOST_CELLS_OF_NOTE = 2

Key = tuple[int, int]


def first_columns(table: Any) -> list[str]:
    """Give the text columns whose first filled one names a total or a note."""
    names = [n for n in table.columns if n not in (ROW_COLUMN, SOURCE_COLUMN)]
    return [n for n in names[:FIRST_COLUMNS] if table[n].type().is_string()]


def find_no_responses(engine: Engine, table: Any, loose: Collection[str]) -> Any:
    """Find the rows that are no responses.

    Parameters
    ----------
    engine : Engine
    table : ibis.Table
        Raw rows as text, with `ROW_COLUMN` and `SOURCE_COLUMN`.
    loose : collection of str
        Those of `first_columns` in which blanks stand around some word.

    Returns
    -------
    boolean Ibis column or None
        True for those rows; None where there are none.
    """
    names = [n for n in table.columns if n not in (ROW_COLUMN, SOURCE_COLUMN)]
    first = first_columns(table)
    if not first:
        return None
    part = engine.narrow(table, [SOURCE_COLUMN, ROW_COLUMN, *first])
    ends = _ends(engine, part)
    words = {n: as_words(part[n]) if n in loose else part[n] for n in first}
    rows = _candidates(engine, part, words, ends)
    n_rows = sum(ends.values())
    found = [key for key, cells in rows.items() if _repeats_header(first, cells, len(names))]
    totals = [key for key, cells in rows.items() if _says(cells, _ROUGHLY)]
    if len(totals) <= max(1.0, MOST_TOTALS_SHARE * n_rows):
        found += totals
    unsure = [k for k, cells in rows.items() if k not in found and _may_be_none(k, cells, ends)]
    if unsure:
        found += _told_by_row(engine, table, names[:_MOST_LOOKED_AT], unsure, found)
    return _is_one_of(table, sorted(found)) if found else None


def _ends(engine: Engine, table: Any) -> dict[int, int]:
    counted = table.group_by(SOURCE_COLUMN).agg(last=table[ROW_COLUMN].max())
    rows = engine.run(counted).to_pylist()
    return {int(row[SOURCE_COLUMN]): int(row["last"]) for row in rows}


def _candidates(
    engine: Engine, table: Any, words: Mapping[str, Any], ends: Mapping[int, int]
) -> dict[Key, list[str | None]]:
    wanted = [said.isin([*_TOTALS, name]) for name, said in words.items()]
    tails = [
        (table[SOURCE_COLUMN] == source) & (table[ROW_COLUMN] > last - TAIL_ROWS)
        for source, last in ends.items()
    ]
    shown = {f"w{i}": one for i, one in enumerate(words.values())}
    asked = table.filter(any_of([*(w.fill_null(False) for w in wanted), *tails]))  # noqa: FBT003
    rows = engine.run(asked.select(SOURCE_COLUMN, ROW_COLUMN, **shown).limit(_MOST_FOUND))
    return {
        (int(row[SOURCE_COLUMN]), int(row[ROW_COLUMN])): [row[name] for name in shown]
        for row in rows.to_pylist()
    }


def _first_filled(cells: Iterable[str | None]) -> str:
    return next((cell for cell in cells if cell), "")


def _says(cells: Sequence[str | None], words: re.Pattern[str]) -> bool:
    return words.fullmatch(_first_filled(cells)) is not None


def _repeats_header(first: Sequence[str], cells: Sequence[str | None], width: int) -> bool:
    alike = sum(cell == name for name, cell in zip(first, cells, strict=True))
    return alike >= min(2, width) and alike == sum(cell is not None for cell in cells)


def _may_be_none(key: Key, cells: Sequence[str | None], ends: Mapping[int, int]) -> bool:
    source, row = key
    return row > ends[source] - TAIL_ROWS and (_says(cells, _UNSURE) or _says(cells, _NOTE))


def _told_by_row(
    engine: Engine, table: Any, names: Sequence[str], unsure: Sequence[Key], found: Sequence[Key]
) -> list[Key]:
    """Look at the whole rows: a note stands alone, a mean or total is a number like no other."""
    here = table.filter(_is_one_of(table, unsure)).select(SOURCE_COLUMN, ROW_COLUMN, *names)
    rows = engine.run(here).to_pylist()
    others = table.filter(~_is_one_of(table, [*unsure, *found]))
    usual = _usual_numbers(engine, others, [n for n in names if any(_number(r[n]) for r in rows)])
    told = []
    for row in rows:
        filled = [str(row[name]).strip() for name in names if str(row[name] or "").strip()]
        noted = _NOTE.fullmatch(filled[0]) is not None and len(filled) <= _MOST_CELLS_OF_NOTE
        odd = any(_is_like_no_other(row[name], known) for name, known in usual.items())
        if (noted and len(names) > len(filled)) or (odd and _UNSURE.fullmatch(filled[0])):
            told.append((int(row[SOURCE_COLUMN]), int(row[ROW_COLUMN])))
    return told


def _usual_numbers(
    engine: Engine, others: Any, names: Sequence[str]
) -> dict[str, tuple[float, bool]]:
    """Give the largest number of each column, and whether all are whole."""
    if not names:
        return {}
    asked: dict[str, Any] = {}
    for i, name in enumerate(names):
        number = as_words(others[name]).try_cast("float64")
        asked |= {f"top_{i}": number.max(), f"whole_{i}": (number % 1 == 0).all()}
    row = engine.run(others.agg(**asked)).to_pylist()[0]
    return {
        name: (float(row[f"top_{i}"]), bool(row[f"whole_{i}"]))
        for i, name in enumerate(names)
        if row[f"top_{i}"] is not None
    }


def _number(cell: object) -> float | None:
    try:
        return float(str(cell))
    except ValueError:
        return None


def _is_like_no_other(cell: object, known: tuple[float, bool]) -> bool:
    number = _number(cell)
    top, all_whole = known
    return number is not None and (number > top or (all_whole and number % 1 != 0))


def _is_one_of(table: Any, keys: Sequence[Key]) -> Any:
    by_source: dict[int, list[int]] = {}
    for source, row in keys:
        by_source.setdefault(source, []).append(row)
    each = [
        (table[SOURCE_COLUMN] == source) & table[ROW_COLUMN].isin(rows)
        for source, rows in by_source.items()
    ]
    return joined(lambda a, b: a | b, each) if each else import_ibis().literal(False)  # noqa: FBT003
