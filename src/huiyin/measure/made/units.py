"""The unit of a metric in words, of a made one too: what a target of it may be."""

from __future__ import annotations

from sqlalchemy.orm import Session

from huiyin.core.text import Text
from huiyin.measure.catalogue import metric_of
from huiyin.measure.contracts import Unit
from huiyin.measure.made.contracts import MADE, MadeError
from huiyin.measure.made.definition import Form, MadeMetric
from huiyin.measure.made.formulas import CALCULATED
from huiyin.measure.made.keeping import made_from_row, standing_made
from huiyin.store.contracts import NotFoundError

_WHOSE = Text(
    "“{metric}”是自建指标，属于一份数据：请选是哪个数据集",
    "“{metric}” was made for one dataset: choose which",
)


def unit_of(session: Session, metric: str, dataset_id: str | None) -> Unit:
    """Give the unit of a metric.

    Parameters
    ----------
    session : Session
    metric : str
        ``score:COLUMN``, ``nps``, ``calc:NAME``.
    dataset_id : str or None
        Whose made metrics are meant.

    Raises
    ------
    QueryError
        There is no such metric.
    MadeError
        It is a made metric, and no dataset is named.
    NotFoundError
        The dataset has no made metric of that name.
    """
    kind, _, name = (part.strip() for part in metric.partition(":"))
    if kind != CALCULATED:
        return metric_of(kind).unit
    if dataset_id is None:
        raise MadeError(_WHOSE.format(metric=metric))
    made = made_from_row(standing_made(session, dataset_id, name))
    if not isinstance(made, MadeMetric):
        raise NotFoundError(MADE, name)
    return _unit(made)


def _unit(made: MadeMetric) -> Unit:
    """Give it as `formula_reading` does: differences and quotients have a scale of their own."""
    if made.form is Form.SHARE:
        return Unit.SHARE
    if made.form is Form.AVERAGE:
        return metric_of(made.metrics[0].partition(":")[0].strip()).unit
    return Unit.SCALE
