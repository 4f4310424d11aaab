"""Which groups a figure draws: all, unless most of them have no number to show."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from huiyin.analyse.views.reckoning import Reckoned
from huiyin.report.views.order import as_named, ordered

OPTIONS = SimpleNamespace(sort="best", top=None)
SHOWN = SimpleNamespace(options=OPTIONS, lower_is_better=frozenset(), groups=("门店",))


@dataclass(frozen=True)
class Number:
    """A cell, as far as its order goes."""

    estimate: float | None
    metric: str = "score:a"
    n: int = 20


@pytest.mark.parametrize(
    ("estimates", "drawn"),
    [
        ([0.5, None, 0.7], [0.7, 0.5, None]),
        ([0.5, None, 0.7, None], [0.7, 0.5, None, None]),
        ([0.5, None, None], [0.5]),
        ([None, None], []),
    ],
)
def test_groups_without_a_number_are_left_out_where_they_are_most(estimates, drawn):
    cells = list(enumerate(map(Number, estimates)))
    found = ordered(SHOWN, cells)
    assert [cell.estimate for _, cell in found.cells] == drawn
    assert found.total == len(estimates)


@pytest.mark.parametrize(
    ("named", "drawn"),
    [((), ["查勘", "赔付", "报案", "其他"]), (("赔付",), ["赔付", "其他", "报案", "查勘"])],
)
def test_steps_stand_as_they_follow_each_other_unless_the_view_names_an_order(named, drawn):
    options = SimpleNamespace(order=named)
    extras = SimpleNamespace(reckoned=Reckoned(steps=("查勘", "赔付", "报案")))
    shown = SimpleNamespace(options=options, extras=extras, language="zh-CN")
    cells = [SimpleNamespace(by={"环节": name}) for name in ("其他", "报案", "查勘", "赔付")]
    found = as_named(shown, list(enumerate(cells)))
    assert [cell.by["环节"] for _, cell in found] == drawn
