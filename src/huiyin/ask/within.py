"""The corridor inside some rows: an analysis without conditions keeps to those asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from huiyin.analyse.ports import Corridor
from huiyin.codebook.contracts import Codebook
from huiyin.codebook.cuts import Cuts
from huiyin.core.text import Text
from huiyin.measure.contracts import (
    CrossProducts,
    Filter,
    Query,
    Result,
    RowSample,
    Side,
    SideSums,
    Waves,
)


class Within:
    """`analyse.ports.Corridor` that adds conditions to everything that is asked of it."""

    def __init__(self, corridor: Corridor, where: Sequence[Filter]) -> None:
        self._corridor = corridor
        self._where = tuple(where)

    @property
    def codebook(self) -> Codebook:
        """The codebook of the dataset behind the corridor."""
        return self._corridor.codebook

    @property
    def cuts(self) -> Cuts:
        """Where the metric rules cut a scale into good and bad."""
        return self._corridor.cuts

    @property
    def index_weights(self) -> Mapping[str, float]:
        """Weights of the index by the metric rules; empty where they name none."""
        return self._corridor.index_weights

    def _inside(self, query: Query) -> Query:
        return replace(query, where=(*query.where, *self._where))

    def answer(self, query: Query) -> Result:
        """Answer a query on these rows."""
        return self._corridor.answer(self._inside(query))

    def ends(self, query: Query) -> date | None:
        """Give the last day of the data, where the days of a query go on after it."""
        return self._corridor.ends(query)

    def lacks(self, metric: str) -> Text | None:
        """Say what the columns lack for a metric; None where they have it."""
        return self._corridor.lacks(metric)

    def sides(self, query: Query) -> tuple[Side, Side]:
        """Give the two sides that a query compares, of these rows."""
        return self._corridor.sides(self._inside(query))

    def side_sums(self, query: Query) -> tuple[SideSums, ...]:
        """Give the sums of one metric on the two sides that a query compares, of these rows."""
        return self._corridor.side_sums(self._inside(query))

    def waves(self, query: Query, bands: Sequence[tuple[Filter, ...]]) -> Waves:
        """Count the customers of both windows of a query by their band before and after."""
        return self._corridor.waves(self._inside(query), bands)

    def cross_products(
        self, columns: Sequence[str], *, where: Sequence[Filter] = ()
    ) -> CrossProducts:
        """Give pairwise moments of numeric columns, of these rows."""
        return self._corridor.cross_products(columns, where=(*where, *self._where))

    def row_sample(
        self,
        columns: Sequence[str],
        *,
        texts: Sequence[str] = (),
        where: Sequence[Filter] = (),
        maximum: int = 200_000,
        seed: int = 0,
    ) -> RowSample:
        """Give a seeded sample of these rows."""
        inside = (*where, *self._where)
        return self._corridor.row_sample(
            columns, texts=texts, where=inside, maximum=maximum, seed=seed
        )

    def level_counts(
        self, column: str, *, where: Sequence[Filter] = ()
    ) -> tuple[tuple[str | None, int, float], ...]:
        """Count a column's values in these rows."""
        return self._corridor.level_counts(column, where=(*where, *self._where))

    def hidden_groups(
        self,
        groups: Sequence[tuple[Filter, ...]],
        *,
        crossed: Sequence[tuple[Filter, ...]] = (),
        among: Sequence[tuple[Filter, ...]] = (),
    ) -> frozenset[tuple[int, ...]]:
        """Find the groups of these rows that the viewer must not see."""
        inside = [(*one, *self._where) for one in among] or [self._where]
        return self._corridor.hidden_groups(groups, crossed=crossed, among=inside)
