"""Multi-select questions: one list of option labels from one cell or from a column per option."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.codebook.contracts import Column
from huiyin.engine.columns import any_of, as_words, raw_words
from huiyin.engine.levels import tidy
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
    absent = [code.lower() for code in (*NOT_ASKED, *meaning.missing_codes)]
    words = words.lower().isin(absent).ifelse(None, words)
    if not meaning.separator:
        said = _labelled(words, meaning.labels)
        return said.notnull().ifelse(import_ibis().array([said]), None)
    parts = words.re_replace(WRITTEN_IN, "").split(meaning.separator)
    options = parts.map(lambda part: _labelled(part.strip(), meaning.labels))
    return words.notnull().ifelse(options.filter(lambda part: part != ""), None)


def _labelled(words: Any, labels: Mapping[str, str]) -> Any:
    return words.cases(*labels.items(), else_=words) if labels else words


def plan_group(
    table: Any, options: Sequence[Column], counts: Mapping[str, Mapping[str, int]]
) -> Any:
    """Plan the list of options of a multi-select that has a column per option.

    Parameters
    ----------
    table : ibis.Table
        The raw rows.
    options : sequence of Column
        The columns of the question; `option` is the label of each.
    counts : mapping of str to mapping
        Column → its frequent raw words: what stands for “not chosen” is frequent.

    Returns
    -------
    ibis.Column
        LIST(VARCHAR) of labels; empty where the question was answered with none, NULL where
        every cell is empty.
    """
    ibis = import_ibis()
    cells = [_OptionCell.of(table[o.name], o, counts.get(o.name, {})) for o in options]
    chosen = ibis.literal(_BETWEEN).join([cell.label for cell in cells])
    answered = any_of([cell.is_answered for cell in cells])
    listed = (chosen == "").ifelse(ibis.literal([], "array<string>"), chosen.split(_BETWEEN))
    return answered.ifelse(listed, None)


_BETWEEN = "\x1f"
"""The unit separator of ASCII: in no label."""


@dataclass(frozen=True, slots=True)
class _OptionCell:
    """One option: its label where chosen (else NULL), and whether the cell says anything."""

    label: Any
    is_answered: Any

    @classmethod
    def of(cls, column: Any, option: Column, counts: Mapping[str, int]) -> _OptionCell:
        label = option.option or option.name
        absent = {tidy(code) for code in (*NOT_ASKED, *option.missing_codes)} - {tidy(label)}
        refused = {tidy(code) for code in NOT_CHOSEN} - {tidy(label)}
        refused |= {tidy(code) for code, words in option.labels.items() if tidy(words) in refused}
        silent = [value for value in counts if not tidy(value) or tidy(value) in absent]
        not_chosen = [value for value in counts if tidy(value) in refused]
        words = raw_words(column)
        is_chosen = words.notnull()
        if silent or not_chosen:
            is_chosen = is_chosen & words.notin([*silent, *not_chosen])
        is_answered = words.notnull() & words.notin(silent) if silent else words.notnull()
        return cls(is_chosen.ifelse(label, None), is_answered)
