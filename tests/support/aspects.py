"""A view of the scores of several aspects in four shops."""

from huiyin.analyse.views.definition import Options
from huiyin.core.text import Text
from huiyin.core.units import Unit
from huiyin.measure.contracts import Cell, DataFacts, Definition, Query, Result
from huiyin.report.views.contracts import Extras, Shown

FACTS = DataFacts(500, 500, {}, None, None, "s")


def of_aspects(unit=Unit.POINTS, aspects=("价格", "服务", "环境"), **more):
    """Three aspects of four shops."""
    names = {f"score:{name}": f"满意度得分 · {name}" for name in aspects}
    cells = tuple(
        Cell(
            {"门店": f"店{i}"}, metric, Text.same(label), unit if "环境" in metric else Unit.POINTS,
            60.0 + i, 55.0, 65.0, 0.95, 200, 200, 200.0, "t",
        )
        for i in range(4)
        for metric, label in names.items()
    )  # fmt: skip
    meanings = tuple(
        Definition(m, 1, Text.same(label), Text.same(""), m, 2, higher_is_better=True)
        for m, label in names.items()
    )
    result = Result(Query(tuple(names), by=("门店",), **more), meanings, FACTS, cells)
    return Shown(result, Options(), "zh-CN", Extras())
