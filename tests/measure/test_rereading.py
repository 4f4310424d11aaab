"""A result that was kept as JSON is the same result again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from huiyin.measure.contracts import Against, Benchmark, Compare, Filter, Query, Viewer, Weighting
from huiyin.measure.rereading import result_of
from huiyin.measure.run import answer

OUTSIDE = Benchmark("nps", 31.0, "2024", "行业报告", 900, {"region": "East"})
QUERIES = [
    Query(("nps", "score:csat"), by=("region",), compare=Compare(Against.REST), subtotals=True),
    Query(("nps",), by=("store",), weighting=Weighting("w"), strata="region", cluster="store"),
    Query(("nps",), compare=Compare(Against.BENCHMARK, benchmarks=(OUTSIDE,))),
    Query(("mean:spend",), where=(Filter("region", "!=", ("East",)),), level=0.9),
]


@pytest.mark.parametrize("query", QUERIES)
def test_what_was_kept_says_the_same_again(engine, csat_a, query):
    result = answer(engine, csat_a, query, Viewer("somebody", 30))
    kept = json.loads(json.dumps(result.to_json()))
    again = result_of(kept)
    assert again.to_json() == kept
    assert again.query == result.query
    assert again.definition == result.definition
    unkept = {"standard_error": None, "degrees_of_freedom": None}
    for one, other in zip(again.cells, result.cells, strict=True):
        assert one.not_estimable == other.not_estimable
        assert other.not_estimable or one == replace(other, **unkept)
