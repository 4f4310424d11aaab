"""What a cell is compared with is hidden as a cell is: a few before its days stay untold."""

from datetime import date

import pytest

from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Against, Compare, Query, Viewer
from huiyin.measure.run import answer

K = 10
STAFF = Viewer("staff", minimum_n=K)
BEFORE, JANUARY = date(2023, 12, 20), (date(2024, 1, 1), date(2024, 1, 31))
MAY = (date(2024, 5, 1), date(2024, 5, 31))


@pytest.fixture
def snapshot(make, column):
    """Three answers before January, forty in it, and thirty in May."""
    days = [BEFORE] * 3 + [JANUARY[0]] * 40 + [MAY[0]] * 30
    data = {"推荐": [float(i % 11) for i in range(len(days))]}
    return make(data, [column("推荐", Role.NPS, (0, 10))], days=days)


def reference(engine, snapshot, since):
    window = Compare(Against.WINDOW, since=since, until=JANUARY[1])
    query = Query(("nps",), since=MAY[0], until=MAY[1], compare=window)
    (cell,) = answer(engine, snapshot, query, STAFF).cells
    assert cell.estimate is not None
    return cell.comparison.reference


def test_a_reference_is_hidden_where_it_would_be_as_a_cell(engine, snapshot):
    """With December and without: what lies between is what three people said."""
    for since, is_shown in ((BEFORE, True), (JANUARY[0], False)):
        query = Query(("nps",), since=since, until=JANUARY[1])
        (cell,) = answer(engine, snapshot, query, STAFF).cells
        assert (cell.estimate is not None) is is_shown
        assert (reference(engine, snapshot, since) is not None) is is_shown
