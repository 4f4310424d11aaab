from datetime import date, timedelta

import numpy as np
import pytest

from huiyin.analyse.trends import choose_grain, find_trends, period_end
from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Call, Grain


@pytest.fixture
def dated(make_corridor, rating, plain):
    """Give a function (seed, start, days, n, step at day) -> corridor."""

    def make(seed=0, start=date(2025, 3, 1), days=365, n=2000, step=0.0, at=180):
        rng = np.random.default_rng(seed)
        day = rng.integers(0, days, n)
        latent = rng.normal(size=n) + step * (day >= at)
        when = np.array([start + timedelta(days=int(d)) for d in day], dtype=object)
        data = {"时间": when, "总体": np.digitize(latent, (-1, -0.3, 0.4, 1.2)) + 1.0}
        return make_corridor([plain("时间", Role.TIME), rating("总体", Role.OVERALL)], data)

    return make


def trend_of(corridor):
    (found,), _ = find_trends(corridor, ("score:总体",))
    return found


def test_planted_step_is_found_in_its_month(dated):
    found = trend_of(dated(step=0.5, at=184))  # from 2025-09-01 on
    assert found.grain == "month"
    (change,) = found.change_points
    assert change.period == "2025-09-01"
    assert change.call is Call.REAL
    assert change.low > 0
    assert change.before < change.after


def test_a_step_that_may_be_larger_than_delta_is_no_standstill(make_corridor, rating, plain):
    """1.8 points, surely between 1 and 2.6: less than Δ = 2 by itself, but not surely so."""
    months = [date(2025, m, 1 + d % 28) for m in range(1, 13) for d in range(1000)]
    high = [500 if m <= 6 else 572 for m in range(1, 13)]
    data = {
        "时间": np.array(months, dtype=object),
        "总体": np.array([5.0 if i < h else 4.0 for h in high for i in range(1000)]),
    }
    found = trend_of(make_corridor([plain("时间", Role.TIME), rating("总体", Role.OVERALL)], data))
    (change,) = found.change_points
    assert change.difference == pytest.approx(1.8)
    assert change.high > 2
    assert change.call is Call.REAL


def test_noise_has_hardly_any_change(dated):
    changes = sum(len(trend_of(dated(seed=s, n=600)).change_points) for s in range(10))
    assert changes <= 2


def test_each_period_is_compared_with_the_one_before(dated):
    cells = trend_of(dated()).cells
    assert cells[0].comparison is None
    assert all(c.comparison.against == "previous" for c in cells[1:])


def test_partial_periods_are_said(dated):
    notes = [n.say() for n in trend_of(dated(start=date(2025, 3, 14), days=330)).notes]
    assert any("2025-03-01" in n and "不满一期" in n for n in notes)
    assert any("末期" in n for n in notes)
    whole = [n.say() for n in trend_of(dated(days=365)).notes]
    assert not any("不满一期" in n for n in whole)


def test_a_last_period_that_has_only_begun_is_not_judged(dated):
    begun = trend_of(dated(start=date(2025, 3, 1), days=330))
    assert begun.begun
    assert begun.cells[-1].comparison is None
    assert begun.cells[-1].n > 0
    assert begun.cells[-2].comparison.against == "previous"
    whole = trend_of(dated(days=365))
    assert not whole.begun
    assert whole.cells[-1].comparison is not None


def test_spring_festival_is_said_for_chinese_data_only(dated):
    over = trend_of(dated(start=date(2024, 12, 1), days=120))
    assert any("2025-01-29" in n.say() for n in over.notes)
    summer = trend_of(dated(start=date(2025, 5, 1), days=120))
    assert not any("春节" in n.say() for n in summer.notes)


def test_no_time_and_one_period_say_so(dated, make_corridor, rating):
    alone = make_corridor([rating("总体", Role.OVERALL)], {"总体": np.ones(30)})
    assert find_trends(alone, ("score:总体",))[1][0].say()
    trends, notes = find_trends(dated(days=1, n=50), ("score:总体",))
    assert trends == ()
    assert notes


def test_thin_periods_are_said(dated):
    found = trend_of(dated(n=60))
    assert any("不足" in n.say() for n in found.notes)


@pytest.mark.parametrize(
    ("first", "last", "n", "grain"),
    [
        (date(2025, 1, 1), date(2025, 1, 1), 5000, Grain.DAY),
        (date(2025, 1, 1), date(2025, 5, 1), 5000, Grain.WEEK),
        (date(2025, 1, 1), date(2025, 12, 1), 600, Grain.MONTH),
        (date(2022, 1, 1), date(2025, 12, 1), 100_000, Grain.MONTH),
        (date(2016, 1, 1), date(2025, 12, 1), 100_000, Grain.QUARTER),
        (date(1990, 1, 1), date(2025, 12, 1), 100_000, Grain.YEAR),
        (date(2025, 1, 1), date(2025, 12, 1), 100, Grain.QUARTER),
    ],
)
def test_grain_follows_span_and_answers(first, last, n, grain):
    assert choose_grain(first, last, n) is grain


@pytest.mark.parametrize(
    ("start", "grain", "end"),
    [
        (date(2024, 2, 1), Grain.MONTH, date(2024, 2, 29)),
        (date(2025, 10, 1), Grain.QUARTER, date(2025, 12, 31)),
        (date(2025, 1, 1), Grain.YEAR, date(2025, 12, 31)),
        (date(2025, 3, 3), Grain.WEEK, date(2025, 3, 9)),
        (date(2025, 3, 3), Grain.DAY, date(2025, 3, 3)),
    ],
)
def test_period_ends(start, grain, end):
    assert period_end(start, grain) == end
