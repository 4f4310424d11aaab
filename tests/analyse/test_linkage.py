from dataclasses import replace

import numpy as np
import pytest

from huiyin.analyse.bands import band_of, satisfaction_bands
from huiyin.analyse.linkage import LEAK, find_linkages, is_leaked
from huiyin.codebook.contracts import Column, Role, Scale
from huiyin.codebook.cuts import dissatisfied_range, satisfied_range
from huiyin.core.absence import Reason
from huiyin.core.text import Text
from huiyin.measure.contracts import Call, Unit


@pytest.fixture
def linked(make_corridor, rating, plain):
    """Give a function (seed, slope) -> corridor with 复购 rising by `slope` per level."""

    def make(seed=0, slope=0.1, n=1500, **columns):
        rng = np.random.default_rng(seed)
        overall = rng.integers(1, 6, n).astype(float)
        bought = (rng.random(n) < 0.2 + slope * (overall - 1)).astype(float)
        data = {"总体": overall, "复购": bought, **columns}
        listed = [rating("总体", Role.OVERALL), plain("复购", Role.OUTCOME, events=("是",))]
        return make_corridor(listed, data)

    return make


def only(corridor):
    (link,) = find_linkages(corridor, corridor.codebook["总体"])
    return link


def test_planted_link_is_real_in_its_bands(linked):
    link = only(linked(slope=0.15))
    assert [b.by["band"] for b in link.bands] == ["1–2", "3", "4–5"]
    assert link.unit is Unit.SHARE
    comparison = link.bands[-1].comparison
    assert comparison.call is Call.REAL
    assert comparison.difference == pytest.approx(0.45, abs=0.08)
    assert comparison.low < comparison.difference < comparison.high
    assert link.correlation_low > 0.2
    assert link.q < 1e-6


def test_no_link_is_hardly_ever_called_real(linked):
    calls = [only(linked(seed=s, slope=0.0, n=500)).bands[-1].comparison.call for s in range(40)]
    assert calls.count(Call.REAL) <= 5


def test_an_outcome_decided_by_the_score_is_a_leak(linked):
    corridor = linked()
    decided = (corridor.data["总体"] >= 3).astype(float)
    link = only(replace(corridor, data={**corridor.data, "复购": decided}))
    assert is_leaked(link)
    assert LEAK.format(outcome=link.outcome_label, rating=link.satisfaction_label) in link.notes
    assert not is_leaked(only(corridor))


def test_several_links_are_one_family(linked, plain):
    corridor = linked(slope=0.15)
    rng = np.random.default_rng(9)
    data = {**corridor.data, "花费": rng.gamma(2, 50, corridor.n_rows)}
    book = replace(corridor.book, columns=(*corridor.book.columns, plain("花费", Role.AMOUNT)))
    wide = replace(corridor, data=data, book=book)
    links = find_linkages(wide, book["总体"])
    assert [link.outcome for link in links] == ["复购", "花费"]
    assert all(link.bands[-1].comparison.family == 2 for link in links)
    assert links[1].unit is Unit.AMOUNT
    assert links[0].q == pytest.approx(2 * links[0].p)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (np.full(100, np.nan), Reason.NO_ANSWERS),
        (np.full(100, 1.0), Reason.CONSTANT),
        (np.r_[1.0, np.full(99, np.nan)], Reason.ONE_ANSWER),
        (np.r_[1.0, 0.0, 1.0, np.full(97, np.nan)], Reason.TOO_FEW_ROWS),
    ],
)
def test_what_cannot_be_linked_says_why(linked, values, reason):
    corridor = linked(n=100)
    link = only(replace(corridor, data={**corridor.data, "复购": values}))
    assert link.not_estimable.reason is reason
    assert link.bands == ()


def test_reversed_scale_keeps_unhappy_first_and_the_sign(linked):
    corridor = linked(slope=0.15)
    scale = Scale(1, 5, -1)
    book = replace(
        corridor.book, columns=(replace(corridor.book["总体"], scale=scale), corridor.book["复购"])
    )
    turned = replace(corridor, book=book, data={**corridor.data, "总体": 6 - corridor.data["总体"]})
    straight, reverse = only(corridor), only(turned)
    assert [b.estimate for b in reverse.bands] == pytest.approx(
        [b.estimate for b in straight.bands]
    )
    assert reverse.correlation == pytest.approx(straight.correlation)


@pytest.mark.parametrize(
    "scale",
    [Scale(1, k) for k in (2, 3, 4, 5, 7, 10)] + [Scale(0, 10), Scale(0, 100), Scale(1, 100),
     Scale(1, 5, -1), Scale(0, 100, -1), Scale(1, 7, -1)],
)  # fmt: skip
def test_bands_agree_with_the_satisfied_and_dissatisfied_shares(scale):
    column = Column("q", Role.CSAT, Text.same("q"), scale)
    bands = satisfaction_bands(column)
    codes = np.arange(scale.minimum, scale.maximum + 1)
    for (low, high), band in (
        (dissatisfied_range(scale), bands[0]),
        (satisfied_range(scale), bands[-1]),
    ):
        assert [c for c in codes if band.holds(c)] == [c for c in codes if low <= c <= high]
    assert all(sum(b.holds(c) for b in bands) == 1 for c in codes)


def test_nps_bands_are_detractors_passives_promoters():
    column = Column("q", Role.NPS, Text.same("q"), Scale(0, 10))
    bands = satisfaction_bands(column)
    assert [b.words for b in bands] == ["0–6", "7–8", "9–10"]
    assert band_of(bands, float("nan")) is None
    assert satisfaction_bands(Column("q", Role.TEXT, Text.same("q"))) == ()


def test_fractional_codes_fall_into_one_band():
    bands = satisfaction_bands(Column("q", Role.OVERALL, Text.same("q"), Scale(0, 100)))
    assert all(sum(b.holds(c) for b in bands) == 1 for c in (20.5, 79.9, 33.3, 0.0, 100.0))


def test_outcomes_come_before_amounts(linked, plain):
    corridor = linked(slope=0.15, n=300)
    rng = np.random.default_rng(1)
    amounts = {f"额{i}": rng.gamma(2, 50, 300) for i in range(8)}
    columns = (*(plain(name, Role.AMOUNT) for name in amounts), *corridor.book.columns)
    wide = replace(
        corridor, data={**amounts, **corridor.data}, book=replace(corridor.book, columns=columns)
    )
    assert "复购" in [link.outcome for link in find_linkages(wide, wide.book["总体"])]


def test_without_a_rating_of_the_whole_the_aspects_are_linked(linked):
    corridor = linked(slope=0.15)
    aspect = replace(corridor.book["总体"], role=Role.ASPECT)
    only_parts = replace(
        corridor, book=replace(corridor.book, columns=(aspect, corridor.book["复购"]))
    )
    (link,) = find_linkages(only_parts, only_parts.book["复购"])
    assert link.satisfaction == "总体"
