"""A view: one question in the words of ``huiyin query``, and how its answer is drawn.

It is what an address carries, what is saved, and what a tile of a board holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from huiyin.analyse.views.contracts import (
    LONGEST_TITLE,
    LONGEST_WORDS,
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
_UNREADABLE = Text("这个视图看不懂：{where}{fault}。", "This view cannot be read: {where}{fault}.")
_NO_YAML = Text("这不是 YAML。", "This is no YAML.")
_NO_VIEW = Text(
    "这不是一个视图：要有 dataset 和 query。", "This is no view: give dataset and query."
)
_AT = Text("“{field}”", "“{field}”: ")
_FAULTS: Mapping[str, Text] = {
    "missing": Text("没有写", "it is missing"),
    "extra_forbidden": Text("不认识这一项", "it is unknown"),
    "too_short": Text("至少要一个", "it needs at least one"),
    "too_long": Text("太多了", "there are too many"),
    "string_too_long": Text("太长", "it is too long"),
}
_OTHER = Text("的值不对", "its value does not fit")

Words = Annotated[str, Field(max_length=LONGEST_WORDS)]
Share = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Number = Annotated[int, Field(ge=0, le=LARGEST_NUMBER)]


class Part(BaseModel):
    """What every part of a view is: frozen, and nothing unknown in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=LONGEST_WORDS)


class Question(Part):
    """The question, word for word as ``POST /datasets/{id}/query`` takes it.

    `period` names days by today (``last_3_months``) in place of `since` and `until`.
    """

    metrics: tuple[Words, ...] = Field(min_length=1, max_length=MOST_METRICS)
    by: tuple[Words, ...] = Field(default=(), max_length=MOST_GROUPS)
    where: tuple[Words, ...] = Field(default=(), max_length=MOST_FILTERS)
    period: Period | None = None
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
    version: Number | None = None
    rules_version: Number | None = None
    scene: Words | None = None
    benchmark_table: Words | None = None


class Options(Part):
    """How the chart is drawn.

    Attributes
    ----------
    sort : str
        ``best`` or ``worst`` first, by ``name``, by ``n``, or in the order of the ``data``.
    top : int or None
        Draw so many groups; the others are counted in the caption, never silently dropped.
    target : float or None
        What the metric should reach, in its unit (shares as proportions); None: the kept target.
    zero : bool
        Begin the axis at zero.
    """

    sort: Literal["best", "worst", "name", "n", "data"] = "best"
    top: Annotated[int, Field(ge=1, le=200)] | None = None
    target: Annotated[float, Field(allow_inf_nan=False)] | None = None
    zero: bool = False


class View(Part):
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

    def to_document(self) -> dict[str, Any]:
        """Give what was said, and nothing of what holds without being said."""
        return self.model_dump(mode="json", exclude_defaults=True)

    def to_yaml(self) -> str:
        """Write it as YAML; `read_view` gives the same view back."""
        return yaml.safe_dump(self.to_document(), allow_unicode=True, sort_keys=False, width=100)


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
    if len(words) > LONGEST_YAML:
        raise ViewError(_NO_VIEW)
    try:
        document = yaml.safe_load(words)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ViewError(_NO_YAML) from error
    return view_of(document)


def view_of(document: object) -> View:
    """Read a view from what JSON or YAML gave.

    Raises
    ------
    ViewError
        One sentence that names what cannot be read.
    """
    if not isinstance(document, dict):
        raise ViewError(_NO_VIEW)
    try:
        return View.model_validate_json(_as_json(document))
    except ValidationError as error:
        raise ViewError(_sentence(error)) from error


def _as_json(document: Mapping[Any, Any]) -> str:
    """Write a document as JSON: YAML reads days as dates, which words of a query are not."""
    import json

    return json.dumps({str(key): value for key, value in document.items()}, default=str)


def _sentence(error: ValidationError) -> Text:
    fault = error.errors(include_url=False)[0]
    field = ".".join(str(one) for one in fault["loc"])[:80]
    what = _FAULTS.get(fault["type"], _OTHER)
    return _UNREADABLE.format(where=_AT.format(field=field), fault=what)
