"""Multi-select questions: one list of option labels from one cell or from a column per option."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from huiyin.codebook.contracts import Column
from huiyin.engine.columns import as_words
from huiyin.engine.startup import import_ibis

NOT_CHOSEN = (
    "0", "-1", "unchecked", "not selected", "no", "n", "false", "f", "否", "未选", "未选中",
    "未选择", "没选", "×",
)  # fmt: skip
"""What a column of one option holds where the option was offered and not chosen."""
NOT_ASKED = (
    "(空)", "（空）", "(跳过)", "（跳过）", "空", "跳过", "n/a", "na", "#null!", "-3", "-2",
)  # fmt: skip
"""What it holds where the question was not put: as good as an empty cell."""
WRITTEN_IN = r"〖[^〗]*〗"
"""What 问卷星 puts behind an option with a blank to fill in."""


def plan_cell(column: Any, meaning: Column) -> Any:
    """Plan the list of options of a multi-select that stands in one cell.

    Parameters
    ----------
    column : ibis.Column
        Words, or already a list.
    meaning : Column
        `separator` stands between the options; without one a cell is one option.

    Returns
    -------
    ibis.Column
        LIST(VARCHAR), NULL where not answered.
    """
    if column.type().is_array():
        return column.cast("array<string>")
    words = as_words(column)
    absent = [*NOT_ASKED, *meaning.missing_codes]
    words = words.lower().isin([code.lower() for code in absent]).ifelse(None, words)
    if not meaning.separator:
        return import_ibis().array([_labelled(words, meaning.labels)]).filter(_is_said)
    parts = words.re_replace(WRITTEN_IN, "").split(meaning.separator)
    options = parts.map(lambda part: _labelled(part.strip(), meaning.labels))
    return words.notnull().ifelse(options.filter(_is_said), None)


def _is_said(part: Any) -> Any:
    return part.notnull() & (part != "")


def _labelled(words: Any, labels: Mapping[str, str]) -> Any:
    return words.cases(*labels.items(), else_=words) if labels else words


def plan_group(table: Any, options: Sequence[Column]) -> Any:
    """Plan the list of options of a multi-select that has a column per option.

    Parameters
    ----------
    table : ibis.Table
        The raw rows.
    options : sequence of Column
        The columns of the question; `option` is the label of each.

    Returns
    -------
    ibis.Column
        LIST(VARCHAR) of labels; empty where the question was answered with none, NULL where
        every cell is empty.
    """
    cells = [_option_cell(table[option.name], option) for option in options]
    chosen = import_ibis().array([chosen for chosen, _ in cells])
    answered = cells[0][1]
    for _, is_answered in cells[1:]:
        answered = answered | is_answered
    return answered.ifelse(chosen.filter(lambda option: option.notnull()), None)


def _option_cell(column: Any, option: Column) -> tuple[Any, Any]:
    words = as_words(column).lower()
    absent = [code.lower() for code in (*NOT_ASKED, *option.missing_codes)]
    answered = words.notnull() & ~words.isin(absent)
    label = option.option or option.name
    not_chosen = [v for v in NOT_CHOSEN if v != label.lower()]
    not_chosen += [code.lower() for code, words_ in option.labels.items() if _is_no(words_, label)]
    is_chosen = answered & ~words.isin(not_chosen)
    return is_chosen.ifelse(label, None), answered


def _is_no(words: str, label: str) -> bool:
    return words.strip().lower() in NOT_CHOSEN and words.strip().lower() != label.lower()
