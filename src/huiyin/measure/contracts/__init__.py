"""The corridor's ends: a `Query` goes in, a `Result` comes out."""

from huiyin.core.absence import NotEstimable, Reason
from huiyin.core.units import Counted, Unit
from huiyin.measure.contracts.faults import AmbiguousMetricError, QueryError, UnsuitableScaleError
from huiyin.measure.contracts.query import (
    DEFAULT_LEVEL,
    MINIMUM_N,
    WINDOW_MARK,
    Against,
    Benchmark,
    Compare,
    Filter,
    Grain,
    Margin,
    Query,
    Viewer,
    Weighting,
    is_over_time,
)
from huiyin.measure.contracts.result import Call, Cell, Comparison, DataFacts, Definition, Result
from huiyin.measure.contracts.rows import (
    MAXIMUM_SAMPLE_ROWS,
    CrossProducts,
    RowSample,
    Side,
    SideSums,
    Waves,
)

__all__ = [
    "DEFAULT_LEVEL",
    "MAXIMUM_SAMPLE_ROWS",
    "MINIMUM_N",
    "WINDOW_MARK",
    "Against",
    "AmbiguousMetricError",
    "Benchmark",
    "Call",
    "Cell",
    "Compare",
    "Comparison",
    "Counted",
    "CrossProducts",
    "DataFacts",
    "Definition",
    "Filter",
    "Grain",
    "Margin",
    "NotEstimable",
    "Query",
    "QueryError",
    "Reason",
    "Result",
    "RowSample",
    "Side",
    "SideSums",
    "Unit",
    "UnsuitableScaleError",
    "Viewer",
    "Waves",
    "Weighting",
    "is_over_time",
]
