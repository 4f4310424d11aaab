"""A view: one question in the words of ``huiyin query``, and how its answer is drawn.

It is what an address carries, what is saved, and what a tile of a board holds.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from huiyin.analyse.documents import (
    LONGEST_WORDS,
    Document,
    DocumentFaults,
    Part,
    read_document,
    read_yaml,
)
from huiyin.analyse.views.contracts import (
    LONGEST_TITLE,
    MOST_FILTERS,
    MOST_GROUPS,
    MOST_METRICS,
    ChartKind,
    Period,
    ViewError,
)
from huiyin.core.text import Text
from huiyin.measure.contracts import DEFAULT_LEVEL

LARGEST_NUMBER = 2**31 - 1
LONGEST_YAML = 100_000
MOST_ORDERED = 100
Words = Annotated[str, Field(max_length=LONGEST_WORDS)]
Share = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Number = Annotated[int, Field(ge=0, le=LARGEST_NUMBER)]


class QueryWords(Part):
    """A question in the words of ``huiyin query``: what a view keeps and what the API takes.

    `version` asks an earlier state, `rules_version` by earlier metric rules, `scene` for the
    index by the weight set that holds for that scene on the last day asked about;
    `benchmark_table` limits ``compare: benchmark`` to one of the kept tables. `margins` holds
    the known shares (or counts) of a column's values, to weight the answers to.
    """

    metrics: tuple[Words, ...] = Field(min_length=1, max_length=MOST_METRICS)
    by: tuple[Words, ...] = Field(default=(), max_length=MOST_GROUPS)
    where: tuple[Words, ...] = Field(default=(), max_length=MOST_FILTERS)
    since: Words | None = None
    until: Words | None = None
    grain: Words | None = None
    compare: Words | None = None
    weight: Words | None = None
    margins: dict[str, dict[str, Share]] | None = None
    strata: Words | None = None
    cluster: Words | None = None
    index_weights: dict[str, float] = Field(default_factory=dict)
    points: Words | None = None
    level: float = Field(DEFAULT_LEVEL, gt=0, lt=1)
    include_flagged: bool | tuple[Words, ...] = False
    exclude_flagged: tuple[Words, ...] = ()
    subtotals: bool = False
    column_totals: bool = False
    version: Number | None = None
    rules_version: Number | None = None
    scene: Words | None = None
    benchmark_table: Words | None = None


class Question(QueryWords):
    """The question of a view: `period` names days by today in place of `since` and `until`."""

    period: Period | None = None


class Options(Part):
    """How the chart is drawn.

    Attributes
    ----------
    sort : str
        ``best`` or ``worst`` first, by ``name``, by ``n``, or in the order of the ``data``.
    order : tuple of str
        Groups in the order of ``data`` as they are to stand, say the stages of a case.
    top : int or None
        Draw so many groups; the others are counted in the caption, never silently dropped.
    target : float or None
        What the metric should reach, in its unit (shares as proportions); None: the kept target.
    zero : bool
        Begin the axis at zero.
    only : tuple of str
        Of one grouping, the groups that are drawn; the others are asked all the same, so that the
        rest is that of all.
    """

    sort: Literal["best", "worst", "name", "n", "data"] = "best"
    order: tuple[Words, ...] = Field(default=(), max_length=MOST_ORDERED)
    top: Annotated[int, Field(ge=1, le=200)] | None = None
    target: Annotated[float, Field(allow_inf_nan=False)] | None = None
    zero: bool = False
    only: tuple[Words, ...] = Field(default=(), max_length=MOST_ORDERED)


class View(Document):
    """A question and how its answer is drawn.

    Attributes
    ----------
    dataset : str
        Its id.
    query : Question
    chart : ChartKind
    options : Options
    title : dict of str to str
        Language tag → words; empty: the metric and its groups.
    """

    dataset: Annotated[str, Field(min_length=1, max_length=64)]
    query: Question
    chart: ChartKind = ChartKind.AUTO
    options: Options = Options()
    title: dict[str, Annotated[str, Field(max_length=LONGEST_TITLE)]] = Field(
        default_factory=dict, max_length=20
    )


_FAULTS = DocumentFaults(
    ViewError,
    no_yaml=Text("这不是 YAML。", "This is no YAML."),
    no_document=Text(
        "这不是一个视图：要有 dataset 和 query。", "This is no view: give dataset and query."
    ),
    unreadable=Text(
        "这个视图看不懂：{where}{fault}。", "This view cannot be read: {where}{fault}."
    ),
)


def read_view(words: str) -> View:
    """Read a view from YAML.

    Parameters
    ----------
    words : str
        Whoever wrote it need not be trusted.

    Raises
    ------
    ViewError
        One sentence that names what cannot be read.
    """
    return read_yaml(View, words, LONGEST_YAML, _FAULTS)


def view_of(document: object) -> View:
    """Read a view from what JSON or YAML gave.

    Raises
    ------
    ViewError
        One sentence that names what cannot be read.
    """
    return read_document(View, document, _FAULTS)
