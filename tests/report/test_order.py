"""Which groups a figure draws: all, unless most of them have no number to show."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from huiyin.report.views.order import ordered

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
