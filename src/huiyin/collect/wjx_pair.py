"""One 问卷星 survey exported twice, by option text and by option number, read as one.

By number the order of the options is kept and the titles of multi-selects are lost; by text it is
the other way round. Together they give codes with labels, and multi-selects with titles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from huiyin.collect.contracts import UnreadableFileError
from huiyin.collect.profiles.layout import Layout
from huiyin.collect.profiles.plain import is_value
from huiyin.collect.profiles.wjx import EMPTY_CODES, EMPTY_WORDS, SEPARATOR, read_heading
from huiyin.core.text import Text

TEXT, NUMBER = "wjx_text", "wjx_index"
KEY = "序号"
_OWN_WORDS = "〖"
_MISSING = frozenset({None, *EMPTY_CODES, *EMPTY_WORDS})


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two exports, staged."""

    place: str
    file: Path
    layout: Layout


def merge_pair(text: Half, number: Half, target: Path) -> Layout:
    """Put the two exports of one survey together by 序号.

    A question with one choice becomes its option number, labelled; what people wrote themselves,
    numbers, and multi-selects stay as text.

    Parameters
    ----------
    text, number : Half
    target : Path
        The Parquet file to write; rows are those of the export by text, in its order.

    Returns
    -------
    Layout
        Columns and hints of `target`.

    Raises
    ------
    UnreadableFileError
        The two do not hold the same answer sheets.
    """
    import pyarrow.parquet as pq

    words, codes = pq.read_table(text.file), pq.read_table(number.file)
    codes = codes.take(_same_order(text, number, words, codes))
    hints = dict(text.layout.hints)
    for name in text.layout.columns:
        if name not in codes.column_names or (question := hints.get(name)) is None:
            continue
        labels = option_labels(words.column(name).to_pylist(), codes.column(name).to_pylist())
        if labels and question.role is None:
            place = words.column_names.index(name)
            words = words.set_column(place, name, codes.column(name))
            missing = (*EMPTY_WORDS, *EMPTY_CODES)
            hints[name] = replace(question, labels=labels, missing_codes=missing)
    extra = _only_by_number(text.layout, number.layout)
    for name in extra:
        words = words.append_column(name, codes.column(name))
    pq.write_table(words, target)
    added = {name: number.layout.hints[name] for name in extra if name in number.layout.hints}
    return Layout(0, (*text.layout.columns, *extra), hints | added, (_note(text, number),))


def _same_order(text: Half, number: Half, words: Any, codes: Any) -> Any:
    """Find, for each sheet of the export by text, its row in the other."""
    import pyarrow as pa

    same = KEY in words.column_names and KEY in codes.column_names
    wanted = words.column(KEY).to_pylist() if same else []
    at = {key: row for row, key in enumerate(codes.column(KEY).to_pylist())} if same else {}
    if not same or len(set(wanted)) < len(wanted) or set(wanted) != set(at) or len(at) < len(codes):
        raise UnreadableFileError(
            Text(
                "“{a}”和“{b}”不是同一批答卷（序号对不上），不能合起来读。请在同一时间重新导出两份。",
                "“{a}” and “{b}” do not hold the same answer sheets (序号 differs) and cannot be "
                "read together. Export both again at the same time.",
            ).format(a=text.place, b=number.place)
        )
    return pa.array([at[key] for key in wanted], pa.int64())


def option_labels(words: Sequence[str | None], codes: Sequence[str | None]) -> Mapping[str, str]:
    """Learn which option number stands for which text.

    Parameters
    ----------
    words, codes : sequence of str or None
        The same answers by text and by number.

    Returns
    -------
    mapping of str to str
        Number to text, by rising number. Empty where the answers are people's own words, numbers,
        or several options in one cell.
    """
    pairs = {
        (code, word)
        for word, code in zip(words, codes, strict=True)
        if word not in _MISSING and code not in _MISSING
    }
    labels = {str(code): str(word) for code, word in pairs}
    own = any(SEPARATOR in word or _OWN_WORDS in word for word in labels.values())
    if own or len(labels) < len(pairs) or not all(code.isdigit() for code in labels):
        return {}
    if all(is_value(word) for word in labels.values()):
        return {}
    return dict(sorted(labels.items(), key=lambda pair: int(pair[0])))


def _only_by_number(text: Layout, number: Layout) -> tuple[str, ...]:
    """List columns of questions that the export by text does not have at all."""
    asked = {heading.number for name in text.columns if (heading := read_heading(name))}
    return tuple(
        name
        for name in number.columns
        if name not in text.columns
        and not ((heading := read_heading(name)) and heading.number in asked)
    )


def _note(text: Half, number: Half) -> Text:
    return Text(
        "“{a}”和“{b}”是同一份问卷的两种导出，已按序号合成一份。",
        "“{a}” and “{b}” are two exports of one survey, put together by 序号.",
    ).format(a=text.place, b=number.place)
