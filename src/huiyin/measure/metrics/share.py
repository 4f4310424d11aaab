"""Share of one value (占比): a word, a level, or an option of a multi-select."""

from __future__ import annotations

from huiyin.codebook.contracts import NUMBER_ROLES, RATING_ROLES, Column
from huiyin.core.text import Text
from huiyin.measure.contracts import QueryError, Unit
from huiyin.measure.metric import Form, Metric, MetricRules, Reading, Value

LABEL = Text("占比", "share")
CHOSEN = Text("“{column}”选“{value}”的占比", "share with “{column}” = “{value}”")
HAPPENED = Text("“{column}”的占比", "share with “{column}”")
FORMULA = Text(
    "选了该值的人数 ÷ 回答了这一列的人数", "answers with this value ÷ answers to this column"
)
FORMULA_OF = Text(
    "选“{value}”的人数 ÷ 回答了“{column}”的人数", "answers “{value}” ÷ answers to “{column}”"
)
MEANING = Text(
    "选了某个值（某个选项、某一档）的占多少，分母是回答了这一列的人",
    "how many chose one value, of those who answered the column",
)


def _number(column: Column, value: str) -> float:
    code = column.code_of(value)
    try:
        return float(value) if code is None else code
    except ValueError as error:
        raise QueryError(
            Text(
                "列“{c}”里都是数，没有“{v}”这个值", "Column “{c}” holds numbers, not “{v}”"
            ).format(c=column.name, v=value)
        ) from error


def read(column: Column, value: str | None, rules: MetricRules) -> Reading:
    """Read the share of `value` among the answers to `column`."""
    words = value or ""
    named = HAPPENED if column.events in {("1",), (words,)} else CHOSEN
    label = named.format(column=column.label, value=words)
    if column.role in RATING_ROLES | NUMBER_ROLES:
        code = _number(column, words)
        counted = Value(column.name, Form.SHARE, high=(code, code))
    else:
        counted = Value(column.name, Form.SHARE, words=(words,))
    formula = FORMULA_OF.format(column=column.label, value=words)
    return Reading.of(counted, label, formula, Unit.SHARE, rules.delta_share)


METRIC = Metric(
    "share",
    1,
    LABEL,
    FORMULA,
    Unit.SHARE,
    (),
    read,
    needs_scale=False,
    needs_value=True,
    meaning=MEANING,
    expression="n(x = value) / n",
)
