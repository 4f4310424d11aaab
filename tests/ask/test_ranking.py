"""Ends of a ranking and bounds are told by intervals, not by noise."""

from __future__ import annotations

import pytest

from huiyin.ask.contracts import Rank, Threshold
from huiyin.ask.outcomes import in_data, said_values
from huiyin.ask.ranking import past_bound, rank_groups
from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.core.text import Text
from huiyin.core.units import Unit
from huiyin.measure.contracts import (
    Cell,
    DataFacts,
    Definition,
    Filter,
    Query,
    Result,
)

LABEL = Text("满意度", "satisfaction")


def cell(name, estimate, error):
    return Cell(
        by={"门店": name},
        metric="score:总体",
        label=LABEL,
        unit=Unit.POINTS,
        estimate=estimate,
        low=estimate - 2 * error,
        high=estimate + 2 * error,
        level=0.95,
        n=50,
        n_customers=50,
        n_effective=50.0,
        method="t",
        standard_error=error,
    )


def result(*cells, higher=True):
    definition = Definition("score:总体", 1, LABEL, LABEL, "总体", 2.0, higher)
    facts = DataFacts(100, 100, {}, None, None, "s")
    return Result(Query(("score:总体",), ("门店",)), (definition,), facts, cells)


CELLS = (cell("甲", 80, 1), cell("乙", 60, 1), cell("丙", 55, 25), cell("丁", 59, 1))


def test_an_unsure_group_is_not_the_worst_by_its_raw_number():
    found = rank_groups(result(*CELLS), Rank(best=False, n=2))
    assert [place.cell.by["门店"] for place in found.places] == ["丁", "乙"]
    assert [place.tier for place in found.places] == [1, 1]


@pytest.mark.parametrize(("best", "wanted"), [(False, "丙"), (True, "丁")])
def test_groups_that_only_chance_parts_keep_the_order_of_their_numbers(best, wanted):
    cells = (cell("甲", 81, 6), cell("乙", 79, 6), cell("丙", 70, 7), cell("丁", 85, 6))
    found = rank_groups(result(*cells), Rank(best=best, n=1))
    assert [place.cell.by["门店"] for place in found.places] == [wanted]
    assert found.places[0].tier == 1


def test_the_lowest_effort_is_the_best():
    found = rank_groups(result(*CELLS, higher=False), Rank(best=False, n=1))
    assert found.places[0].cell.by["门店"] == "甲"


@pytest.mark.parametrize(
    ("operator", "real", "open_"),
    [("<", {"乙", "丁"}, {"丙"}), (">", {"甲"}, {"丙"})],
)
def test_past_a_bound_for_real_or_nobody_can_tell(operator, real, open_):
    found = past_bound(result(*CELLS), Threshold(operator, 65))
    assert {c.by["门店"] for c in found.real} == real
    assert {c.by["门店"] for c in found.cannot_tell} == open_


def test_an_outcome_is_said_in_words_and_asked_in_numbers():
    column = Column("复购", Role.OUTCOME, Text.same("复购"), events=("是",))
    assert said_values(column, ("1", "0")) == ("是", "否")
    asked = Query(("nps",), where=(Filter("复购", "=", ("否",)),))
    found = in_data(asked, Codebook((column,)))
    assert found.where[0].values == ("0",)
