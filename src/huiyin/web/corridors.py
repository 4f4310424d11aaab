"""A person's corridor over a dataset: their rows and the smallest group they may see."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from time import sleep
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from huiyin.codebook.contracts import Codebook, Role
from huiyin.codebook.cuts import Cuts
from huiyin.collect.datasets.reading import fetch_version, snapshot_of
from huiyin.core.text import Text
from huiyin.lake.contracts import VersionGoneError
from huiyin.measure.contracts import MAXIMUM_SAMPLE_ROWS, Filter, Viewer
from huiyin.measure.definitions.rules import metric_rules, metric_rules_on
from huiyin.measure.definitions.words import day_of
from huiyin.measure.made.keeping import with_made
from huiyin.measure.metric import HOUSE_RULES, MetricRules
from huiyin.measure.task import allowed
from huiyin.people.contracts import Person, RowRule
from huiyin.people.settings import fetch_setting
from huiyin.people.share_links import SharedView
from huiyin.people.viewing import DatasetShape, row_rule_for, score_rule_for
from huiyin.web.complaints import complaint_sources

if TYPE_CHECKING:
    from datetime import date, datetime

    from huiyin.engine.contracts import Snapshot
    from huiyin.engine.duck import Engine
    from huiyin.measure.complaint_sources import ComplaintSource
    from huiyin.measure.contracts import (
        CrossProducts,
        Query,
        Result,
        RowSample,
        Side,
        SideSums,
        Waves,
    )
    from huiyin.measure.cubes.cube import Cube
    from huiyin.measure.run import CorridorOverSnapshot
    from huiyin.store.tables import DatasetVersion
    from huiyin.web.system import System

NOBODY = Filter("_row", "<", ("0",), of_rule=True)
"""What a viewer who sees nothing is given: no row meets it."""

PUBLISHED_SOON = (0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds to wait for the version that an erasure has made and that readers are not told of yet."""
SHARED = "share link"
EVERYBODY = "everybody"
"""Name of the viewer who holds a share link."""


@dataclass(frozen=True, slots=True)
class View:
    """What one person sees of one version of a dataset.

    Attributes
    ----------
    version : DatasetVersion
    snapshot : Snapshot
    scores, rows : Viewer
        Whose rows the scores are made of, and whose rows, verbatims and customers are shown.
    rules : MetricRules
        The version of the metric rules that the numbers go by.
    """

    version: DatasetVersion
    snapshot: Snapshot
    scores: Viewer
    rows: Viewer
    rules: MetricRules = HOUSE_RULES

    @property
    def minimum_n(self) -> int:
        """The smallest group whose numbers this person may see, by setting and metric rules."""
        return allowed(self.scores, self.rules).minimum_n

    def part_beside(self, where: Iterable[Filter]) -> list[dict[str, Any]] | None:
        """Give the part of the rows that a person may read, where a question asks about more.

        Parameters
        ----------
        where : iterable of Filter
            Conditions of the question.

        Returns
        -------
        list of dict or None
            Conditions that the question does not keep to by itself; empty where no row may be
            read, None where all that are asked about may.
        """
        if NOBODY in self.rows.rows:
            return []
        asked = [one for one in where if one.operator == "="]
        part = [
            {"column": one.column, "operator": one.operator, "values": list(one.values)}
            for one in self.rows.rows
            if not any(a.column == one.column and {*a.values} <= {*one.values} for a in asked)
        ]
        return part or None

    def named(self, name: str) -> View:
        """Give the same for somebody else who sees the same."""
        scores, rows = replace(self.scores, name=name), replace(self.rows, name=name)
        return replace(self, scores=scores, rows=rows)

    def under(self, rules: MetricRules) -> MetricRules:
        """Give other rules with the metrics made for the dataset and its complaints."""
        return replace(rules, formulas=self.rules.formulas, complaints=self.rules.complaints)

    @property
    def plain(self) -> View:
        """The same without the groups and metrics that people made, and without complaints.

        Reports are of the file alone, on the server as from the command line.
        """
        snapshot = replace(self.snapshot, groupings=())
        return replace(
            self, snapshot=snapshot, rules=replace(self.rules, formulas={}, complaints=())
        )

    def key(self, *parts: object) -> str:
        """Name a result by all that it stands on."""
        return self._named(_plain(self.scores), _plain(self.rows), *parts)

    def score_key(self, *parts: object) -> str:
        """Name a result that no row is shown of, whoever's rows these would be."""
        return self._named(_plain(self.scores), *parts)

    def _named(self, *parts: object) -> str:
        facts = [
            self.version.dataset_id,
            self.version.version,
            self.snapshot.id,
            self.rules.version,
            *self._made(),
            *parts,
        ]
        words = json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(words.encode()).hexdigest()

    def _made(self) -> list[str]:
        rules = self.rules
        made = (*self.snapshot.groupings, *rules.formulas.values(), *rules.complaints)
        return [repr(one) for one in made]


def _plain(viewer: Viewer) -> list[Any]:
    rows = [[one.column, one.operator, list(one.values)] for one in viewer.rows]
    return [viewer.minimum_n, rows, viewer.sees_rows]


def open_view(
    session: Session,
    system: System,
    person: Person,
    dataset_id: str,
    version: int | None = None,
    *,
    rules_version: int | None = None,
) -> View:
    """Give what a person sees of a dataset: at a version, by the metric rules of a version.

    Without a version it is the newest state, by the rules that hold today.

    Raises
    ------
    NotFoundError, NoDataYetError, VersionGoneError
        There is nothing to see.
    """
    opened = open_dataset(session, system, dataset_id, version, rules_version=rules_version)
    return view_of(session, person, opened)


@dataclass(frozen=True, slots=True)
class Opened:
    """A version of a dataset, ready to be seen by somebody; `View` says what each part is."""

    version: DatasetVersion
    snapshot: Snapshot
    rules: MetricRules
    minimum_n: int


def open_dataset(
    session: Session,
    system: System,
    dataset_id: str,
    version: int | None = None,
    *,
    rules_version: int | None = None,
) -> Opened:
    """Open a dataset for `view_of`: what is the same whoever sees it.

    Raises
    ------
    NotFoundError, NoDataYetError, VersionGoneError
        There is nothing to see.
    """
    if version is None:
        row, snapshot = _current(session, system, dataset_id)
    else:
        row = fetch_version(session, dataset_id, version)
        snapshot = _snapshot(session, system, row)
    rules = rules_for(session, system, rules_version)
    snapshot, rules = _with_made(session, row, snapshot, rules)
    told = complaint_sources(session, system, dataset_id, snapshot.codebook)
    rules = replace(rules, complaints=told)
    return Opened(
        row,
        snapshot,
        rules,
        int(fetch_setting(session, "minimum_n")),
    )


def view_of(session: Session, person: Person, opened: Opened) -> View:
    """Give what a person sees of an opened dataset."""
    shape = shape_of(opened.version.dataset_id, opened.snapshot.codebook)
    scored, seen = score_rule_for(session, person, shape), row_rule_for(session, person, shape)
    scores = _scorer(person.login, scored, opened.minimum_n)
    rules = replace(opened.rules, complaints=_open_complaints(session, person, opened.rules))
    return View(
        opened.version,
        opened.snapshot,
        scores=replace(scores, sees_rows=scored == seen),
        rows=_viewer(person.login, seen, opened.minimum_n),
        rules=rules,
    )


def _open_complaints(
    session: Session, person: Person, rules: MetricRules
) -> tuple[ComplaintSource, ...]:
    """Give the complaints whose dataset a person's scores are made of to the last row."""
    return tuple(
        one
        for one in rules.complaints
        if score_rule_for(session, person, shape_of(one.dataset_id, one.snapshot.codebook))
        == RowRule.everything()
    )


def everybodys_view(
    session: Session, system: System, dataset_id: str, unshown: DatasetVersion | None = None
) -> View:
    """Give what those see of a dataset whom no rule holds back.

    Parameters
    ----------
    session : Session
    system : System
    dataset_id : str
    unshown : DatasetVersion, optional
        A version that lies in the lake and that readers are to see next; else the newest they see.

    Raises
    ------
    NotFoundError, NoDataYetError
        There is nothing to see.
    """
    if unshown is None:
        row, snapshot = _current(session, system, dataset_id)
    else:
        row, snapshot = unshown, _snapshot(session, system, unshown)
    minimum = int(fetch_setting(session, "minimum_n"))
    scores = Viewer(EVERYBODY, minimum, sees_answers=False, sees_rows=True)
    rows = Viewer(EVERYBODY, minimum)
    snapshot, rules = _with_made(session, row, snapshot, rules_for(session, system))
    told = complaint_sources(session, system, dataset_id, snapshot.codebook)
    return View(row, snapshot, scores, rows, replace(rules, complaints=told))


def frozen_view(session: Session, system: System, shared: SharedView) -> View:
    """Give what a share link shows: the version, rows and metric rules of the day it was made.

    Raises
    ------
    NotFoundError, VersionGoneError
        The dataset or that version of it is there no longer.
    """
    frozen = shared.frozen
    row = fetch_version(session, frozen.dataset_id or "", frozen.version)
    rules = rules_for(session, system, frozen.payload.get("rules_version"))
    snapshot = _snapshot(session, system, row)
    snapshot, rules = _with_made(session, row, snapshot, rules, shared.made_at)
    return View(
        row,
        snapshot,
        scores=_scorer(SHARED, frozen.score_rule, shared.minimum_n),
        rows=_viewer(SHARED, frozen.row_rule, shared.minimum_n),
        rules=rules,
    )


def _current(session: Session, system: System, dataset_id: str) -> tuple[DatasetVersion, Snapshot]:
    """Give the version that readers see; where an erasure has just ended it, the one after it."""
    row = fetch_version(session, dataset_id)
    for seconds in PUBLISHED_SOON:
        try:
            return row, _snapshot(session, system, row)
        except VersionGoneError:
            sleep(seconds)
        with system.database.reading() as fresh:
            row = fetch_version(fresh, dataset_id)
    return row, _snapshot(session, system, row)


def _snapshot(session: Session, system: System, row: DatasetVersion) -> Snapshot:
    return snapshot_of(session, row, system.files_of(row.dataset_id, row.version))


def _with_made(
    session: Session,
    row: DatasetVersion,
    snapshot: Snapshot,
    rules: MetricRules,
    at: datetime | None = None,
) -> tuple[Snapshot, MetricRules]:
    """Put in the dimensions and metrics that people made for the dataset, as they hold or held."""
    groupings, rules = with_made(session, row.dataset_id, snapshot.codebook, rules, at)
    return replace(snapshot, groupings=groupings), rules


def rules_for(session: Session, system: System, version: int | None = None) -> MetricRules:
    """Give the metric rules of a version, or those that hold today.

    Raises
    ------
    NotFoundError
        There is no such version.
    """
    if version is not None:
        return metric_rules(session, version).rules
    return metric_rules_on(session, day_of(system.clock())).rules


def shape_of(dataset_id: str, codebook: Codebook) -> DatasetShape:
    """Tell the rules which columns there are, and which hold units and staff."""
    unit, staff = codebook.first(Role.UNIT), codebook.first(Role.STAFF)
    return DatasetShape(
        dataset_id,
        frozenset(column.name for column in codebook),
        unit.name if unit else None,
        staff.name if staff else None,
    )


def _scorer(name: str, rule: RowRule, minimum: int) -> Viewer:
    """Give the viewer of scores: nobody's words or ids can be asked by through them."""
    return replace(_viewer(name, rule, minimum), sees_answers=False)


def _viewer(name: str, rule: RowRule, minimum: int) -> Viewer:
    rows = tuple(Filter(one.column, "=", one.values) for one in rule.conditions)
    return Viewer(name, minimum, (NOBODY,) if rule.sees_nothing else rows)


@dataclass(frozen=True, slots=True)
class TwofoldCorridor:
    """The corridor of a report: scores by one viewer, verbatims by another."""

    scores: CorridorOverSnapshot
    rows: CorridorOverSnapshot

    def asking(self, query: Query) -> TwofoldCorridor:
        """Give the corridor with the weights, flags and design of a query."""
        return TwofoldCorridor(self.scores.asking(query), self.rows.asking(query))

    @property
    def codebook(self) -> Codebook:
        """The codebook of the dataset."""
        return self.scores.codebook

    @property
    def cuts(self) -> Cuts:
        """Where the metric rules cut a scale into good and bad."""
        return self.scores.cuts

    @property
    def index_weights(self) -> Mapping[str, float]:
        """Weights of the index by the metric rules; empty where they name none."""
        return self.scores.index_weights

    def answer(self, query: Query) -> Result:
        """Answer a query."""
        return self.scores.answer(query)

    def ends(self, query: Query) -> date | None:
        """Give the last day of the data, where the days of a query go on after it."""
        return self.scores.ends(query)

    def lacks(self, metric: str) -> Text | None:
        """Say what the columns lack for a metric; None where they have it."""
        return self.scores.lacks(metric)

    def sides(self, query: Query) -> tuple[Side, Side]:
        """Give the two sides that a query compares."""
        return self.scores.sides(query)

    def side_sums(self, query: Query) -> tuple[SideSums, ...]:
        """Give the sums of one metric on the two sides that a query compares, by each column."""
        return self.scores.side_sums(query)

    def waves(self, query: Query, bands: Sequence[tuple[Filter, ...]]) -> Waves:
        """Count the customers of both windows of a query by their band before and after."""
        return self.scores.waves(query, bands)

    def cross_products(
        self, columns: Sequence[str], *, where: Sequence[Filter] = ()
    ) -> CrossProducts:
        """Give pairwise moments of numeric columns."""
        return self.scores.cross_products(columns, where=where)

    def row_sample(
        self,
        columns: Sequence[str],
        *,
        texts: Sequence[str] = (),
        where: Sequence[Filter] = (),
        maximum: int = MAXIMUM_SAMPLE_ROWS,
        seed: int = 0,
    ) -> RowSample:
        """Give a sample: of one's own rows where what customers wrote is among it."""
        written = {column.name for column in self.codebook.with_role(Role.TEXT)}
        side = self.rows if written & set(texts) else self.scores
        return side.row_sample(columns, texts=texts, where=where, maximum=maximum, seed=seed)

    def has_column(self, column: str) -> bool:
        """Say whether the rows have a column."""
        return self.scores.has_column(column)

    def level_counts(
        self, column: str, *, where: Sequence[Filter] = ()
    ) -> tuple[tuple[str | None, int, float], ...]:
        """Count a column's values."""
        return self.scores.level_counts(column, where=where)

    def hidden_groups(
        self,
        groups: Sequence[tuple[Filter, ...]],
        *,
        crossed: Sequence[tuple[Filter, ...]] = (),
        among: Sequence[tuple[Filter, ...]] = (),
    ) -> frozenset[tuple[int, ...]]:
        """Find the groups that must not be seen in a table."""
        return self.scores.hidden_groups(groups, crossed=crossed, among=among)


def shown_counts(corridor: TwofoldCorridor, column: str) -> dict[str, int | None]:
    """Count the rows by the values of a column, most frequent first; rows without one stay out.

    Parameters
    ----------
    corridor : TwofoldCorridor
    column : str

    Returns
    -------
    dict
        Value → rows; None in place of the number where the viewer must not see it: too few, or one
        that the total and the others would tell.
    """
    counted = [(value, n) for value, n, _ in corridor.level_counts(column) if value is not None]
    hidden = corridor.hidden_groups([(Filter(column, "=", (value,)),) for value, _ in counted])
    return {value: None if (i,) in hidden else n for i, (value, n) in enumerate(counted)}


def shown_total(corridor: TwofoldCorridor) -> int | None:
    """Count the rows that a viewer's scores are made of; None where they are too few to be told."""
    if corridor.hidden_groups([()]):
        return None
    return corridor.row_sample((), maximum=0).n_total


def corridor_over(engine: Engine, view: View, cube: Cube | None = None) -> TwofoldCorridor:
    """Give the one way from a question to a number, for the person of a view."""
    from huiyin.measure.run import CorridorOverSnapshot

    scores, rows = (
        CorridorOverSnapshot(engine, view.snapshot, viewer).with_cube(cube).under(view.rules)
        for viewer in (view.scores, view.rows)
    )
    return TwofoldCorridor(scores, rows)


@contextmanager
def opened_corridor(system: System, view: View) -> Iterator[TwofoldCorridor]:
    """Lend a warm engine and give the corridor over it."""
    with system.engines.lent() as engine:
        yield corridor_over(engine, view, system.cubes.of(view.snapshot))
