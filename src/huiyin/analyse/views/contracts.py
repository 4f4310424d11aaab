"""What a view may say: kinds of charts, periods named by words, faults."""

from __future__ import annotations

from enum import StrEnum

from huiyin.core.errors import BadInputError
from huiyin.core.text import Text

MOST_GROUPS = 8
MOST_FILTERS = 50
MOST_METRICS = 20
LONGEST_TITLE = 200


class ChartKind(StrEnum):
    """How a view is drawn; `AUTO` leaves it to what fits the numbers best."""

    AUTO = "auto"
    NUMBER = "number"
    BAR = "bar"
    LINE = "line"
    HEAT = "heat"
    PIVOT = "pivot"
    MULTIPLES = "multiples"
    GAUGE = "gauge"
    PARETO = "pareto"
    FUNNEL = "funnel"
    LIKERT = "likert"
    BOX = "box"
    VIOLIN = "violin"
    CONTROL = "control"
    WATERFALL = "waterfall"
    IMPORTANCE = "importance"
    COHORT = "cohort"
    SANKEY = "sankey"
    WORDS = "words"
    MAP = "map"
    TABLE = "table"


class Period(StrEnum):
    """Days that are named by today."""

    ALL = "all"
    LAST_7_DAYS = "last_7_days"
    LAST_30_DAYS = "last_30_days"
    THIS_WEEK = "this_week"
    LAST_WEEK = "last_week"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    LAST_3_MONTHS = "last_3_months"
    LAST_12_MONTHS = "last_12_months"
    THIS_QUARTER = "this_quarter"
    LAST_QUARTER = "last_quarter"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"


TARGET = "target"
"""Compared with what the metric should reach: said by `Question.compare`."""

VIEW = Text("视图", "view")


class ViewError(BadInputError):
    """A view cannot be read, or what it wants drawn cannot be drawn."""
