"""Weights that would let a small group speak for all: whoever chooses them could hear it alone."""

from __future__ import annotations

from dataclasses import replace

from huiyin.codebook.contracts import Role
from huiyin.core.text import Text
from huiyin.measure.contracts import Filter, Query, QueryError, Viewer
from huiyin.measure.dataset import Dataset
from huiyin.measure.hiding.small_groups import hidden_groups_of

_SMALL_MARGIN = Text(
    "“{c}”里有的组不到 {n} 人，不能按它的构成加权：那样就等于单看这一组",
    "“{c}” has groups of fewer than {n} people: weighting by its margins would be to look at one "
    "of them alone",
)
_NO_WEIGHT = Text(
    "“{c}”不是权重列，不能用它加权。确实是权重的，请管数据的人在码本里标明",
    "“{c}” is no column of weights. If it is one, whoever keeps the data says so in the codebook",
)


def refuse_telling_weights(dataset: Dataset, query: Query, viewer: Viewer) -> None:
    """Refuse weights by which the number of all becomes that of a few.

    Parameters
    ----------
    dataset : Dataset
    query : Query
    viewer : Viewer
        Who lists the rows, or sees groups of one, is refused nothing.

    Raises
    ------
    QueryError
        A margin has groups that are too small to be seen, or the weights are another column of
        numbers than one of weights.
    """
    weighting = query.weighting
    if weighting is None or viewer.minimum_n <= 1 or viewer.sees_rows:
        return
    if weighting.column:
        found = dataset.codebook[weighting.column]
        if found.role is not Role.WEIGHT:
            raise QueryError(_NO_WEIGHT.format(c=found.name))
    plain = replace(query, weighting=None)
    for margin in weighting.margins:
        groups = [(Filter(margin.column, "=", (value,)),) for value in margin.shares]
        if hidden_groups_of(dataset, plain, viewer, groups, among=[query.where]):
            raise QueryError(_SMALL_MARGIN.format(c=margin.column, n=viewer.minimum_n))
