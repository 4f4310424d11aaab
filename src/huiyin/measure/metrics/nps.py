"""Net promoter score: 9–10 minus 0–6 of a 0–10 question, in signed points."""

from __future__ import annotations

from huiyin.codebook.contracts import Column, Role, Scale
from huiyin.codebook.cuts import NPS_LOWEST, NPS_MAXIMUM
from huiyin.core.text import Text
from huiyin.measure.contracts import Unit, UnsuitableScaleError
from huiyin.measure.metric import Elsewhere, Form, Metric, MetricRules, Reading, Value

LABEL = Text("NPS", "NPS")
FORMULA = Text(
    "推荐者(9–10)占比 − 贬损者(0–6)占比，乘 100，单位点，不是百分比",
    "share of promoters (9–10) minus share of detractors (0–6), times 100, in points, never %",
)
ODD_LABEL = Text("非标准 NPS(1–10)", "non-standard NPS (1–10)")
ODD_NOTE = Text(
    "这道题的量表是 1–10，不是 0–10：不能与 0–10 的 NPS 相比",
    "this question was asked on 1–10, not 0–10: not comparable with an NPS from 0–10",
)
MEANING = Text(
    "推荐者比贬损者多几个点，从 −100 到 100。是点数，不是百分比；只用于 0–10 的推荐题",
    "how many points promoters lead detractors by, from −100 to 100; points, never %, and "
    "only for a 0–10 recommendation question",
)


def _check(column: Column, rules: MetricRules) -> Scale:
    scale = column.scale
    lowest = NPS_LOWEST if rules.odd_nps is Elsewhere.NON_STANDARD else NPS_LOWEST[:1]
    if scale is None or scale.maximum != NPS_MAXIMUM or scale.minimum not in lowest:
        found = "?" if scale is None else f"{scale.minimum:g}–{scale.maximum:g}"
        raise UnsuitableScaleError(
            Text(
                "列“{name}”的量表是 {found}，NPS 只用于 0–10。可改问 satisfied 或 score",
                "Column “{name}” has the scale {found}; NPS needs 0–10. Ask satisfied or score",
            ).format(name=column.name, found=found)
        )
    return scale


def read(column: Column, _value: str | None, rules: MetricRules) -> Reading:
    """Read NPS on a 0–10 column; on 1–10 it is named non-standard."""
    scale = _check(column, rules)
    odd = scale.minimum != 0
    high, low = (9.0, 10.0), (scale.minimum, 6.0)
    if scale.direction < 0:
        high, low = (scale.minimum, scale.minimum + 1), (scale.minimum + 4, 10.0)
    return Reading(
        values=(Value(column.name, Form.NPS, high=high, low=low, factor=100.0),),
        shares=(1.0,),
        label=ODD_LABEL if odd else LABEL,
        formula=FORMULA,
        unit=Unit.NPS,
        delta=rules.delta_nps,
        notes=(ODD_NOTE,) if odd else (),
        please_check=odd or scale.direction < 0,
        comparable=not odd,
    )


METRIC = Metric(
    "nps",
    1,
    LABEL,
    FORMULA,
    Unit.NPS,
    ((Role.NPS,),),
    read,
    meaning=MEANING,
    expression="100 · (n(9–10) − n(0–6)) / n",
    rule_keys=("nps",),
)
