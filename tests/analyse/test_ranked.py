"""A ranking says which of its places may be chance, by the calls of its groups."""

import pytest

from huiyin.analyse.ranked import chance_of_places
from huiyin.core.text import Text
from huiyin.core.units import Unit
from huiyin.measure.contracts import Against, Call, Cell, Comparison

LABEL = Text("满意度", "satisfaction")


def place(name, call, against=Against.REST):
    compared = Comparison(against.value, 70.0, -5.0, -8.0, -2.0, 0.01, 0.02, 2.0, 9, call)
    facts = {"low": 60.0, "high": 70.0, "level": 0.95, "n": 50, "n_customers": 50}
    return Cell(
        {"门店": name}, "score", LABEL, Unit.POINTS, 65.0, **facts, n_effective=50.0,
        method="t", comparison=compared if call else None,
    ), name  # fmt: skip


REAL, UNSURE, STABLE = Call.REAL, Call.CANNOT_TELL, Call.STABLE


@pytest.mark.parametrize(
    ("calls", "zh", "en"),
    [
        ([REAL, UNSURE, STABLE], "店1、店2和其余各组分不出高低", "店1, 店2 cannot be told"),
        (
            [REAL, *[UNSURE] * 5],
            "店1、店2、店3等 5 组和其余",
            "店1, 店2, 店3 and others (5)",
        ),
        ([UNSURE, UNSURE], "列出的 2 组和其余各组都分不出", "none of the 2 listed"),
        ([REAL, REAL], "", ""),
        ([UNSURE], "", ""),
        ([REAL, None], "", ""),
    ],
)
def test_the_sentence_names_whose_place_may_be_chance(calls, zh, en):
    said = chance_of_places([place(f"店{i}", call) for i, call in enumerate(calls)])
    assert said.say("zh-CN").startswith(zh)
    assert said.say("en").startswith(en)
    assert bool(said.say("en")) is bool(en)


def test_comparisons_without_any_call_say_nothing_of_places():
    places = [place(f"店{i}", UNSURE) for i in range(3)]
    for cell, _ in places:
        object.__setattr__(cell.comparison, "call", None)
    assert not chance_of_places(places).say()


def test_a_comparison_over_time_says_nothing_of_places():
    places = [place(f"店{i}", UNSURE, Against.PREVIOUS) for i in range(3)]
    assert not chance_of_places(places).say()
