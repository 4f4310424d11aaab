"""Groups by satisfaction band: the same numbers as conditions on the levels, and nobody more."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from huiyin.analyse.bands import satisfaction_bands
from huiyin.codebook.contracts import Role
from huiyin.codebook.cuts import HOUSE_CUTS
from huiyin.measure.bands import as_levels
from huiyin.measure.contracts import Against, Compare, Filter, Query, QueryError, Viewer
from huiyin.measure.run import answer

OWNER = Viewer.owner()
BAND = "band:总体"


RATINGS = ((Role.OVERALL, (1, 5), 1), (Role.NPS, (0, 10), 1), (Role.CES, (1, 7), -1))


@pytest.fixture(params=RATINGS, ids=lambda one: one[0].value)
def rated(request, make, column):
    """Answers of 400 customers; some without a rating, some without an outcome."""
    role, scale, direction = request.param
    rng = np.random.default_rng(5)
    codes = rng.integers(scale[0], scale[1] + 1, 400)
    ratings = [None if i % 29 == 0 else float(code) for i, code in enumerate(codes)]
    outcome = [None if i % 31 == 0 else float(rng.random() < 0.4) for i in range(400)]
    columns = [
        column("总体", role, scale=scale, direction=direction),
        column("再买", Role.OUTCOME, events=("是",)),
        column("客户", Role.CUSTOMER), column("店", Role.UNIT),
    ]  # fmt: skip
    data = {
        "总体": pa.array(ratings, pa.float64()),
        "再买": pa.array(outcome, pa.float64()),
        "客户": [f"k{i}" for i in range(400)],
        "店": [f"店{i % 2}" for i in range(400)],
    }
    return make(pa.table(data), columns)


def cells(engine, snapshot, viewer=OWNER, **query):
    return answer(engine, snapshot, Query(("share:再买=是",), **query), viewer).cells


def test_a_band_is_what_conditions_on_its_levels_give(engine, rated):
    found = cells(engine, rated, by=(BAND,))
    bands = satisfaction_bands(rated.codebook["总体"], HOUSE_CUTS)
    assert len(bands) == 3
    for band in bands:
        shown = next(c for c in found if (c.by[BAND] or "").startswith(band.words + " "))
        alone = cells(engine, rated, where=band.filters)[0]
        assert (shown.n, shown.estimate, shown.low) == (alone.n, alone.estimate, alone.low)
        said = Filter(BAND, "=", (shown.by[BAND],))
        assert cells(engine, rated, where=(said,))[0].n == alone.n
        levels = as_levels(rated.codebook, said, HOUSE_CUTS)
        assert cells(engine, rated, where=levels)[0].n == alone.n
    assert sum(c.n for c in found) == cells(engine, rated)[0].n  # who gave no rating stands apart


def test_bands_are_compared_and_crossed_like_any_group(engine, rated):
    shown = sorted(c.by[BAND] for c in cells(engine, rated, by=(BAND,)) if c.by[BAND])
    against = Compare(Against.GROUP, BAND, shown[0])
    found = cells(engine, rated, by=(BAND,), compare=against)
    assert [c.comparison is None for c in found if c.by[BAND] == shown[0]] == [True]
    assert all(c.comparison.call for c in found if c.by[BAND] in shown[1:])
    crossed = cells(engine, rated, by=("店", BAND))
    assert sum(c.n for c in crossed) == sum(c.n for c in found)


def test_small_bands_stay_hidden(engine, rated):
    viewer = Viewer("other", minimum_n=200)
    assert all(c.estimate is None for c in cells(engine, rated, viewer, by=(BAND,)))


@pytest.mark.parametrize("name", ["band:店", "band:没有这列", "band:再买"])
def test_what_is_no_rating_has_no_bands(engine, rated, name):
    with pytest.raises(QueryError):
        cells(engine, rated, by=(name,))


def test_a_band_that_is_not_there_is_named_with_those_that_are(rated):
    with pytest.raises(QueryError, match="no band"):
        as_levels(rated.codebook, Filter(BAND, "=", ("八分",)), HOUSE_CUTS)
    plain = Filter("店", "=", ("店1",))
    assert as_levels(rated.codebook, plain, HOUSE_CUTS) == (plain,)
