"""A change of the complaint rate taken apart: by hand, against the corridor, without orders."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from complaint_cases import ASK, OWNER, at, under

from huiyin.analyse.why.run import explain_change
from huiyin.measure.contracts import Against, Compare, Query, Viewer, Weighting
from huiyin.measure.run import CorridorOverSnapshot
from huiyin.stats.mix_rate import mix_and_rate

JANUARY = Compare(Against.WINDOW, since=date(2025, 1, 1), until=date(2025, 1, 31))
CHANGE = Query(("complaint_rate",), by=("店",), since=date(2025, 2, 1), until=date(2025, 2, 28),
               compare=JANUARY)  # fmt: skip
BOUGHT = [("a", at(1), "甲店"), ("b", at(2), "甲店"), ("c", at(3), "乙店"), ("d", at(40), "甲店"),
          ("e", at(57), "乙店")]  # fmt: skip
TOLD = [("a", at(5), "投诉", "x", ""), ("a", at(36), "投诉", "x", ""),
        ("b", at(40), "投诉", "x", ""), ("c", at(41), "投诉", "x", "")]  # fmt: skip


@pytest.fixture
def corridor(shops, engine, tickets):
    """Give the corridor over orders (customer, moment, shop) and the tickets about them."""

    def build(bought, told, viewer=OWNER):
        over = CorridorOverSnapshot(engine, shops(bought), viewer)
        return over.under(under(tickets([*ASK, *told])))

    return build


def test_mix_and_rate_by_hand(corridor):
    """Shop 甲 goes from 1 of 2 to 2 of 1 orders, shop 乙 from 0 of 1 to 1 of 1."""
    (sums,) = corridor(BOUGHT, TOLD).side_sums(CHANGE)
    found = mix_and_rate(sums.weights, sums.sums)
    assert sums.labels == ("乙店", "甲店")
    assert sums.n.tolist() == [[1, 2], [1, 1]]
    assert found.mean.estimate == pytest.approx([1 / 3, 3 / 2])
    assert found.mix.estimate == pytest.approx([-5 / 72, -1 / 18])
    assert found.rate.estimate == pytest.approx([5 / 12, 7 / 8])


def drawn(rng):
    bought = [(f"C{rng.integers(90)}", at(int(rng.integers(58)), int(rng.integers(24))),
               "甲乙丙"[int(rng.integers(3))]) for _ in range(600)]  # fmt: skip
    told = [(f"C{rng.integers(90)}", at(int(rng.integers(58)), 12), "投诉", str(i), "")
            for i in range(200)]  # fmt: skip
    return bought, told


@pytest.mark.parametrize("weighting", [None, Weighting("权重")])
def test_the_parts_are_those_of_the_corridor_and_add_up_to_the_change(corridor, weighting):
    made = corridor(*drawn(np.random.default_rng(3)))
    query = replace(CHANGE, weighting=weighting)
    (sums,) = made.side_sums(query)
    found = mix_and_rate(sums.weights, sums.sums)
    for side, window in enumerate(((JANUARY.since, JANUARY.until), (query.since, query.until))):
        asked = replace(query, since=window[0], until=window[1], compare=None)
        cells = {cell.by["店"]: cell for cell in made.answer(asked).cells}
        assert [cells[label].n for label in sums.labels] == sums.n[side].tolist()
        rates = [cells[label].estimate for label in sums.labels]
        assert found.means[side] == pytest.approx(rates)
    (whole,) = made.answer(replace(query, by=())).cells
    assert found.contribution.estimate.sum() == pytest.approx(whole.comparison.difference)
    error = np.hypot(*found.mean.standard_error)
    assert found.change.standard_error == pytest.approx(error, rel=0.35)


def test_why_names_the_shop_that_complaints_come_from(corridor):
    bought, told = drawn(np.random.default_rng(5))
    bought += [(f"X{i}", at(5 + 31 * (i % 2)), "丁") for i in range(120)]
    told += [(f"X{i}", at(45), "投诉", f"s{i}", "") for i in range(120) if i % 4]
    why = explain_change(corridor(bought, told, Viewer("lead", minimum_n=10)), CHANGE)
    first = why.contributors[0]
    assert (first.value, first.call.value) == ("丁", "real")
    assert first.rate > abs(first.mix)


def test_a_shop_with_complaints_and_no_orders_stands_together_with_another(corridor):
    """Shop 丙 sold in January only; its complaint of February is in the change all the same."""
    bought = [*BOUGHT, ("f", at(4), "丙店"), ("g", at(50), "甲店"), ("h", at(6), "甲店")]
    made = corridor(bought, [*TOLD, ("f", at(45), "投诉", "x", "")])
    (sums,) = made.side_sums(CHANGE)
    assert (sums.labels, sums.n_folded) == (("甲店",), 2)
    found = mix_and_rate(sums.weights, sums.sums)
    (whole,) = made.answer(replace(CHANGE, by=())).cells
    assert found.contribution.estimate.sum() == pytest.approx(whole.comparison.difference)
