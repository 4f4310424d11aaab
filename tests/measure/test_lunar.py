"""A year ago by the lunar calendar, against a plain loop over the rows."""

from datetime import date, timedelta

import numpy as np
import pyarrow.parquet as pq
import pytest

from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Against, Compare, Grain, Query, QueryError, Viewer
from huiyin.measure.parse import parse_query
from huiyin.measure.run import answer

OWNER = Viewer.owner()
LUNAR = Compare(Against.YEAR_AGO_LUNAR)
FROM_2024_TO_2025 = timedelta(days=354)  # 2024-02-10 to 2025-01-29


@pytest.fixture
def winters(make, column):
    """1,500 answers from December 2022 to March 2025."""
    rng = np.random.default_rng(3)
    days = [date(2022, 12, 1) + timedelta(days=int(d)) for d in rng.integers(0, 850, 1500)]
    data = {"总体": [float(x) for x in rng.integers(1, 6, len(days))]}
    return make(data, [column("总体", Role.OVERALL, (1, 5))], days=days)


def mean_between(snapshot, first, last):
    rows = pq.read_table(snapshot.files[0]).to_pylist()
    return np.mean([row["总体"] for row in rows if first <= row["_answered_on"] <= last])


def test_a_window_is_as_far_from_the_festival_as_its_reference(engine, winters):
    since, until = date(2025, 1, 20), date(2025, 2, 12)
    query = Query(("mean",), since=since, until=until, compare=LUNAR)
    result = answer(engine, winters, query, OWNER)
    expected = mean_between(winters, since - FROM_2024_TO_2025, until - FROM_2024_TO_2025)
    assert result.cells[0].comparison.against == "year_ago_lunar"
    assert result.cells[0].comparison.reference == pytest.approx(expected)
    said = " ".join(note.say("zh-CN") for note in result.notes)
    assert "2024-02-01 至 2024-02-24" in said
    assert "2025-01-29" in said
    assert "2024-02-10" in said


@pytest.mark.parametrize("grain", [Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER])
@pytest.mark.parametrize(("year", "days"), [(2025, 354), (2024, 384)])
def test_periods_are_moved_day_by_day(engine, winters, grain, year, days):
    since, until = date(year, 1, 1), date(year, 3, 1) - timedelta(days=1)
    query = Query(("mean",), since=since, until=until, grain=grain, compare=LUNAR)
    length = {Grain.DAY: 1, Grain.WEEK: 7}.get(grain)
    seen = 0
    for cell in answer(engine, winters, query, OWNER).cells:
        first = date.fromisoformat(cell.by["period"])
        end = first + timedelta(days=length - 1) if length else until
        if grain is Grain.MONTH and first.month == 1:
            end = date(year, 1, 31)
        if cell.comparison is None or cell.comparison.reference is None:
            continue
        seen += 1
        back = timedelta(days=days)
        expected = mean_between(winters, max(first, since) - back, min(end, until) - back)
        assert cell.comparison.reference == pytest.approx(expected)
    assert seen >= {Grain.DAY: 20, Grain.WEEK: 8, Grain.MONTH: 2, Grain.QUARTER: 1}[grain]


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (None, None, "January and February"),
        (date(2025, 1, 1), None, "January and February"),
        (date(2025, 1, 1), date(2025, 3, 1), "January and February"),
        (date(2024, 2, 1), date(2025, 2, 1), "January and February"),
        (date(2036, 1, 1), date(2036, 1, 31), "2036"),
        (date(2005, 1, 1), date(2005, 1, 31), "2005 to 2035"),
    ],
)
def test_what_the_lunar_calendar_cannot_compare_is_refused(engine, winters, since, until, said):
    query = Query(("mean",), since=since, until=until, compare=LUNAR)
    with pytest.raises(QueryError, match=said):
        answer(engine, winters, query, OWNER)


@pytest.mark.parametrize(
    ("since", "until", "grain", "moved"),
    [
        (date(2025, 1, 1), date(2025, 1, 31), None, True),
        (date(2025, 1, 1), date(2025, 2, 28), None, False),  # both hold the whole festival week
        (date(2025, 1, 1), date(2025, 2, 28), Grain.MONTH, True),
        (date(2024, 6, 1), date(2024, 8, 31), Grain.MONTH, False),
        (None, None, Grain.MONTH, True),
        (None, None, Grain.QUARTER, False),
    ],
)
def test_a_festival_that_moved_is_said(engine, winters, since, until, grain, moved):
    query = Query(
        ("mean",), since=since, until=until, grain=grain, compare=Compare(Against.YEAR_AGO)
    )
    said = " ".join(note.say("zh-CN") for note in answer(engine, winters, query, OWNER).notes)
    assert ("春节不在同一天" in said) is moved
    assert ("year_ago_lunar" in said) is moved


def test_the_word_is_understood(winters):
    query = parse_query(winters.codebook, ["mean"], compare="year_ago_lunar")
    assert query.compare == LUNAR
    with pytest.raises(QueryError, match="year_ago_lunar"):
        parse_query(winters.codebook, ["mean"], compare="lunar")
    with pytest.raises(QueryError):
        parse_query(winters.codebook, ["mean"], compare="group")
