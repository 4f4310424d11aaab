"""What stays hidden is found for as many groups as a question may have, each total judged once."""

import numpy as np
import pytest

from huiyin.measure.hiding import suppression
from huiyin.measure.hiding.suppression import hidden_cells

WIDTH = 6


def cells(n, width, seed=5):
    rng = np.random.default_rng(seed)
    counts = {}
    for row in rng.integers(4, size=(n, width)):
        key = tuple(f"{place}{value}" for place, value in enumerate(row))
        counts[key] = counts.get(key, 0) + 1
    return counts


def test_the_totals_over_the_same_groups_are_judged_once(monkeypatch):
    """There are 2 ** 6 sets of groups, and 6! orders in which these are reached."""
    judged = []
    whole = suppression._loosen_by
    monkeypatch.setattr(
        suppression, "_loosen_by", lambda known, *more: (judged.append(1), whole(known, *more))
    )
    (hidden,) = hidden_cells([cells(400, WIDTH)], 10, n_groups=[WIDTH])
    assert hidden
    assert 0 < len(judged) <= 4 * 2**WIDTH


@pytest.mark.parametrize("seed", range(30))
def test_what_totals_tell_is_what_the_pseudoinverse_says(seed):
    rng = np.random.default_rng(seed)
    system = (rng.random((rng.integers(3, 30), rng.integers(3, 30))) < 0.25).astype(float)
    system[0, 0] = 1.0
    told = np.diag(np.linalg.pinv(system) @ system) > 1 - 1e-9
    assert suppression._told_alone(system).tolist() == told.tolist()
