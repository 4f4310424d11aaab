"""What the analyses need from outside: the one corridor to numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

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


class Corridor(Protocol):
    """The way from a question to a number; built by ``app`` around ``measure.run``.

    The viewer, the cleaning flags and the weighting are inside: nobody else reads the data.
    """

    @property
    def codebook(self) -> Codebook:
        """The codebook of the dataset behind the corridor."""
        ...

    @property
    def cuts(self) -> Cuts:
        """Where the metric rules cut a scale into good and bad."""
        ...

    @property
    def index_weights(self) -> Mapping[str, float]:
        """Weights of the index by the metric rules; empty where they name none."""
        ...

    def answer(self, query: Query) -> Result:
        """Answer a query."""
        ...

    def ends(self, query: Query) -> date | None:
        """Give the last day of the data, where the days of a query go on after it."""
        ...

    def lacks(self, metric: str) -> Text | None:
        """Say what the columns lack for a metric; None where they have it."""
        ...

    def sides(self, query: Query) -> tuple[Side, Side]:
        """Give the two sides that a query compares: before (or the other group), and after."""
        ...

    def side_sums(self, query: Query) -> tuple[SideSums, ...]:
        """Give the sums of one metric on the two sides that a query compares, by each column."""
        ...

    def waves(self, query: Query, bands: Sequence[tuple[Filter, ...]]) -> Waves:
        """Count the customers of both windows of a query by their band before and after."""
        ...

    def cross_products(
        self, columns: Sequence[str], *, where: Sequence[Filter] = ()
    ) -> CrossProducts:
        """Give pairwise moments of numeric columns."""
        ...

    def row_sample(
        self,
        columns: Sequence[str],
        *,
        texts: Sequence[str] = (),
        where: Sequence[Filter] = (),
        maximum: int = 200_000,
        seed: int = 0,
    ) -> RowSample:
        """Give a seeded sample of rows, at most 200,000: numbers as float, `texts` as words."""
        ...

    def level_counts(
        self, column: str, *, where: Sequence[Filter] = ()
    ) -> tuple[tuple[str | None, int, float], ...]:
        """Count a column's values: (value as words or None, rows, total weight), any order.

        A multi-select counts each option once per row that chose it.
        """
        ...

    def hidden_groups(
        self,
        groups: Sequence[tuple[Filter, ...]],
        *,
        crossed: Sequence[tuple[Filter, ...]] = (),
        among: Sequence[tuple[Filter, ...]] = (),
    ) -> frozenset[tuple[int, ...]]:
        """Find the groups that the viewer must not see; of two groupings, the cells.

        Each group is given by its conditions. Only rows in any of `among` count. What is left
        out cannot be found from what is shown and the totals.
        """
        ...
