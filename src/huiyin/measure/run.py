"""The corridor: a query in, a result out; and the other needs that analyses may declare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Self

from huiyin.codebook.contracts import Codebook
from huiyin.codebook.cuts import Cuts
from huiyin.core.absence import Reason
from huiyin.core.text import Text
from huiyin.engine.contracts import Snapshot
from huiyin.measure.answering import answer_and_standing, answer_on
from huiyin.measure.bands import as_levels
from huiyin.measure.catalogue import find_metric
from huiyin.measure.comparing.change_sides import change_sides, common_where
from huiyin.measure.comparing.paired_sums import paired_sums_of
from huiyin.measure.comparing.two_sides import side_sums_of
from huiyin.measure.comparing.waves import waves_of
from huiyin.measure.contracts import (
    MAXIMUM_SAMPLE_ROWS,
    Against,
    CrossProducts,
    Filter,
    Query,
    QueryError,
    Result,
    RowSample,
    Side,
    SideSums,
    Viewer,
    Waves,
    Weighting,
)
from huiyin.measure.dataset import Dataset
from huiyin.measure.ending import ends_before
from huiyin.measure.hiding.small_groups import hidden_groups_of
from huiyin.measure.metric import HOUSE_RULES, MetricRules
from huiyin.measure.needs import Outlook, cross_products_of, level_counts_of, row_sample_of
from huiyin.measure.operations.moments import first_and_last_day
from huiyin.measure.periods import Window
from huiyin.measure.standing import Standing, rows_apart
from huiyin.measure.task import allowed

if TYPE_CHECKING:
    from huiyin.engine.duck import Engine
    from huiyin.measure.cubes.cube import Cube


def answer(
    engine: Engine,
    snapshot: Snapshot,
    query: Query,
    viewer: Viewer,
    rules: MetricRules = HOUSE_RULES,
) -> Result:
    """Answer a query on a snapshot, for a viewer.

    Parameters
    ----------
    engine : Engine
    snapshot : Snapshot
    query : Query
    viewer : Viewer
        Their row rule and smallest group hold; there is no default.
    rules : MetricRules
        The version of the metric rules that holds; the house's by default.

    Returns
    -------
    Result

    Raises
    ------
    QueryError
        The query names something that does not exist or does not fit.
    EngineError
        Time limit, cancelled, a file vanished.
    """
    return answer_on(Dataset(engine, snapshot), query, viewer, rules)


class CorridorOverSnapshot:
    """The corridor over one snapshot: `analyse.ports.Corridor`.

    Parameters
    ----------
    engine : Engine
    snapshot : Snapshot
    viewer : Viewer
        Whose row rule and smallest group hold for everything asked here.
    weighting : Weighting, optional
        Holds wherever a query names none of its own.
    include_flagged : bool or tuple of str
        As in `Query`; a query that names some of its own wins.
    strata, cluster : str, optional
        Design columns, likewise.
    """

    def __init__(
        self,
        engine: Engine,
        snapshot: Snapshot,
        viewer: Viewer,
        *,
        weighting: Weighting | None = None,
        include_flagged: bool | tuple[str, ...] = False,
        strata: str | None = None,
        cluster: str | None = None,
    ) -> None:
        defaults = Query(
            metrics=(),
            weighting=weighting,
            include_flagged=include_flagged,
            strata=strata,
            cluster=cluster,
        )
        self._rules = HOUSE_RULES
        self._stood: list[Standing] = []
        self._outlook = Outlook(Dataset(engine, snapshot), defaults, viewer)

    @property
    def codebook(self) -> Codebook:
        """The codebook of the snapshot."""
        return self._outlook.dataset.codebook

    def under(self, rules: MetricRules) -> Self:
        """Give the corridor over the same rows by other metric rules than the house's."""
        other = copy(self)
        other._rules = rules  # noqa: SLF001 -- its own class
        return other

    def asking(self, query: Query) -> Self:
        """Give the corridor over the same rows with the weights, flags and design of a query."""
        design = Query(
            metrics=(),
            weighting=query.weighting,
            include_flagged=query.include_flagged,
            exclude_flagged=query.exclude_flagged,
            strata=query.strata,
            cluster=query.cluster,
        )
        mine = self._outlook.dataset
        other = copy(self)
        other._outlook = Outlook(  # noqa: SLF001 -- its own class
            Dataset(mine.engine, mine.snapshot, cube=mine.cube), design, self._outlook.viewer
        )
        return other

    def with_cube(self, cube: Cube | None) -> Self:
        """Give the corridor over the same rows; what their cube can answer is asked of it."""
        other, mine = copy(self), self._outlook
        dataset = Dataset(mine.dataset.engine, mine.dataset.snapshot, cube=cube)
        other._outlook = replace(mine, dataset=dataset)  # noqa: SLF001 -- its own class
        return other

    @property
    def rules(self) -> MetricRules:
        """The metric rules that hold for everything asked here."""
        return self._rules

    @property
    def cuts(self) -> Cuts:
        """Where the metric rules cut a scale into good and bad."""
        return self._rules.cuts

    @property
    def index_weights(self) -> Mapping[str, float]:
        """Weights of the index by the metric rules; empty where they name none."""
        return self._rules.index_weights

    def answer(self, query: Query) -> Result:
        """Answer a query; what it leaves open of the design is filled in."""
        mine = self._outlook
        result, stood = answer_and_standing(
            mine.dataset, self._filled(query), mine.viewer, self._rules
        )
        self._stood.extend(stood)
        return result

    @property
    def stood(self) -> tuple[Standing, ...]:
        """The rows that the answers given here stand on, also those of corridors made of this one.

        Their counts are true ones: nobody who asks may be shown them.
        """
        return tuple(self._stood)

    def rows_apart(self, one: Standing, others: Sequence[Standing]) -> list[int]:
        """Count, for each of others among the same rows, the rows of only one of the two."""
        mine = self._outlook
        return rows_apart(mine.dataset, mine.viewer, self._rules, one, others)

    def lacks(self, metric: str) -> Text | None:
        """Say what the columns lack for a metric; None where they have it."""
        try:
            found = find_metric(metric, self.codebook, Query((metric,)), self._rules).reading
        except QueryError as error:
            return error.sentence
        return found.notes[0] if found.absent is Reason.NOT_LINKED else None

    def ends(self, query: Query) -> date | None:
        """Give the last day of the data, where the days of a query go on after it."""
        if query.since is None and query.until is None:
            return None
        days = first_and_last_day(self._outlook.dataset)
        return ends_before(Window(query.since, query.until), days and days[1])

    def _filled(self, query: Query) -> Query:
        mine = self._outlook.query
        return replace(
            query,
            weighting=query.weighting or mine.weighting,
            include_flagged=query.include_flagged or mine.include_flagged,
            exclude_flagged=query.exclude_flagged or mine.exclude_flagged,
            strata=query.strata or mine.strata,
            cluster=query.cluster or mine.cluster,
        )

    def sides(self, query: Query) -> tuple[Side, Side]:
        """Give the two sides that a query compares: before (or the other group), and after.

        Raises
        ------
        QueryError
            Nothing says what is compared.
        """
        return change_sides(query)

    def side_sums(self, query: Query) -> tuple[SideSums, ...]:
        """Give the sums of a metric on the two sides that a query compares, by each column.

        Beside a competitor the sides are the competitor and us, over those who rated both.

        Raises
        ------
        QueryError
            Something does not exist, or cannot be taken apart.
        """
        viewer = allowed(self._outlook.viewer, self._rules)
        by_pairs = query.compare is not None and query.compare.against is Against.COMPETITOR
        sides = None if by_pairs else change_sides(query)
        where = [
            level
            for one in common_where(query)
            for level in as_levels(self.codebook, one, self.cuts)
        ]
        filled = replace(self._filled(query), where=tuple(where))
        if sides is None:
            return paired_sums_of(self._outlook.dataset, filled, viewer, self._rules)
        return side_sums_of(self._outlook.dataset, filled, sides, viewer, self._rules)

    def waves(self, query: Query, bands: Sequence[tuple[Filter, ...]]) -> Waves:
        """Count the customers of both windows of a query by their band before and after.

        Raises
        ------
        QueryError
            Nothing says what is compared, there are no customers, or the query is weighted.
        """
        viewer = allowed(self._outlook.viewer, self._rules)
        filled = replace(self._filled(query), where=common_where(query))
        return waves_of(self._outlook.dataset, filled, change_sides(query), bands, viewer)

    def cross_products(
        self, columns: Sequence[str], *, where: Sequence[Filter] = ()
    ) -> CrossProducts:
        """Give pairwise moments of numeric columns, weighted, in one plan.

        Raises
        ------
        QueryError
            A column does not exist or holds no numbers.
        """
        return cross_products_of(self._outlook, columns, where)

    def row_sample(
        self,
        columns: Sequence[str],
        *,
        texts: Sequence[str] = (),
        where: Sequence[Filter] = (),
        maximum: int = MAXIMUM_SAMPLE_ROWS,
        seed: int = 0,
    ) -> RowSample:
        """Give at most 200,000 rows, the same ones for the same seed in every run.

        `row` numbers the rows over all sources; options of a multi-select stand in one text,
        parted by ``┋``.

        Raises
        ------
        QueryError
            A column does not exist, or one of `columns` holds no numbers.
        """

        def fetch() -> RowSample:
            return row_sample_of(self._outlook, columns, texts, where, maximum=maximum, seed=seed)

        if columns or texts:
            return fetch()
        # Asked again and again for the number of rows and whether they are clustered.
        return self._outlook.dataset.keep(("rows", tuple(where), maximum, seed), fetch)

    def has_column(self, column: str) -> bool:
        """Say whether the rows have a column: one without any value may be in the codebook only."""
        return self._outlook.dataset.has_column(column)

    def level_counts(
        self, column: str, *, where: Sequence[Filter] = ()
    ) -> tuple[tuple[str | None, int, float], ...]:
        """Count a column's values: (value as words or None, rows, total weight)."""
        return self._outlook.dataset.keep(
            ("levels", column, tuple(where)), lambda: level_counts_of(self._outlook, column, where)
        )

    def hidden_groups(
        self,
        groups: Sequence[tuple[Filter, ...]],
        *,
        crossed: Sequence[tuple[Filter, ...]] = (),
        among: Sequence[tuple[Filter, ...]] = (),
    ) -> frozenset[tuple[int, ...]]:
        """Find the groups, or the cells of two groupings, too small for the viewer to see."""
        mine = self._outlook
        viewer = allowed(mine.viewer, self._rules)
        return hidden_groups_of(mine.dataset, mine.query, viewer, groups, crossed, among)
