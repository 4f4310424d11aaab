"""A dataset in Python and behind every command: read, check, query, find drivers, report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huiyin.app.sample_design import Design
from huiyin.app.settings import Settings
from huiyin.app.understood import AnyPath, ReadSettings, UnderstoodFiles, bare_name, readable_name
from huiyin.codebook.contracts import Role
from huiyin.core.progress import Progress, no_progress
from huiyin.core.text import language_tag
from huiyin.measure.contracts import Query, Result, Viewer

if TYPE_CHECKING:
    from huiyin.analyse.contracts import DriverResult, Findings, LedgerScore
    from huiyin.analyse.why.shapes import Why
    from huiyin.engine.contracts import Snapshot
    from huiyin.measure.run import CorridorOverSnapshot


class Dataset(UnderstoodFiles):
    """One survey or feedback table, read, understood and checked.

    Use `read` to make one. Temporary files live as long as the object; close it, or use it in a
    ``with`` block, to free them sooner.
    """

    def _drawn(self, design: Design | None) -> Design:
        drawn = design or Design()
        weight, strata, cluster = (
            name and self._as_written(name) for name in (drawn.weight, drawn.strata, drawn.cluster)
        )
        return replace(drawn, weight=weight, strata=strata, cluster=cluster)

    def corridor(
        self,
        *,
        design: Design | None = None,
        viewer: Viewer | None = None,
        named: Mapping[str, Role] | None = None,
        rules: frozenset[str] | None = None,
        as_view: bool = False,
    ) -> CorridorOverSnapshot:
        """Give the one way from a question to a number over this dataset.

        `named` are columns that somebody asked to compute with, and what for: they count as
        confirmed. `rules` limits the cleaning rules to those that matter for the question;
        `as_view` writes no typed files, for a single question.
        """
        drawn = self._drawn(design)
        confirmed = dict(named or {}) | ({drawn.weight: Role.WEIGHT} if drawn.weight else {})
        book = self._confirmed(confirmed) if confirmed else self.codebook
        return self._corridor_over(self._cleaned(book, rules, as_view=as_view)[0], drawn, viewer)

    def _corridor_over(
        self, snapshot: Snapshot, drawn: Design, viewer: Viewer | None = None
    ) -> CorridorOverSnapshot:
        from huiyin.measure.run import CorridorOverSnapshot

        return CorridorOverSnapshot(
            self.engine,
            snapshot,
            viewer or Viewer.owner(),
            weighting=drawn.weighting(),
            strata=drawn.strata,
            cluster=drawn.cluster,
        )

    def query(self, *metrics: str, query: Query | None = None, **words: Any) -> Result:
        """Measure.

        Parameters
        ----------
        *metrics : str
            ``"nps"``, ``"satisfied:服务"``, ``"index"``…
        query : Query, optional
            A complete query instead of words.
        **words
            As on the command line: ``by=["渠道"]``, ``where=["地区=华东"]``,
            ``since="2024-01-01"``, ``until``, ``grain="month"``, ``compare="previous"``,
            ``weight``, ``margins``,
            ``strata``, ``cluster``, ``level``, ``include_flagged``, ``benchmarks``.

        Returns
        -------
        Result

        Raises
        ------
        QueryError
            A column, value or option does not exist or does not fit.
        """
        from huiyin.measure.parse import parse_query

        named = {metric.partition(":")[2]: Role.OUTCOME for metric in metrics if ":" in metric}
        if words.get("weight"):
            named[words["weight"]] = Role.WEIGHT
        book = self._confirmed(named) if named else self.codebook
        asked = query or parse_query(book, metrics, **words)
        self._n_asked += 1
        as_view = self._is_own_parquet or self._n_asked == 1
        corridor = self.corridor(named=named, rules=_rules_that_matter(asked), as_view=as_view)
        return corridor.answer(_weighted(self, asked))

    def why(self, metric: str | None = None, *, seed: int = 0, **words: Any) -> Why:
        """Find where a change, or a gap to a competitor, sits: which groups brought it.

        Parameters
        ----------
        metric : str, optional
            ``"nps"``, ``"score:服务"``… None only beside a competitor: what is furthest behind.
        seed : int
            Of the verbatims' draw.
        **words
            As for `query`: ``since``, ``until``, ``where``, ``weight``, ``cluster``, ``level``;
            ``compare`` (``"previous"``, ``"year_ago"``, ``"2025-01-01..2025-01-31"``, a group,
            ``"competitor"``);
            ``by`` names the dimensions to look at, all by default.

        Returns
        -------
        Why
        """
        from huiyin.analyse.why.run import explain_change
        from huiyin.measure.parse import parse_query

        metrics = () if metric is None else (metric,)
        named = {one.partition(":")[2]: Role.OUTCOME for one in metrics if ":" in one}
        if words.get("weight"):
            named[words["weight"]] = Role.WEIGHT
        asked = parse_query(self._confirmed(named), metrics, **words)
        return explain_change(self.corridor(named=named), asked, seed=seed)

    def drivers(
        self,
        target: str | None = None,
        drivers: Sequence[str] | None = None,
        *,
        bootstrap: int = 1000,
        seed: int = 0,
        level: float = 0.95,
    ) -> DriverResult:
        """Find what goes with the target, and how sure that is.

        Parameters
        ----------
        target : str, optional
            Column to explain; the overall rating by default.
        drivers : sequence of str, optional
            Columns that may explain it; the aspects by default.
        bootstrap, seed : int
            Resamples, and the seed that makes them repeatable.
        level : float
            Confidence level.

        Returns
        -------
        DriverResult
        """
        from huiyin.analyse.drivers import find_drivers

        target = target and self._as_written(target)
        drivers = drivers and [self._as_written(name) for name in drivers]
        named = {name: Role.OUTCOME for name in (target, *(drivers or ())) if name}
        return find_drivers(
            self.corridor(named=named), target, drivers, bootstrap=bootstrap, seed=seed, level=level
        )

    def findings(
        self,
        *,
        purpose: str = "general",
        level: float = 0.95,
        title: str | None = None,
        design: Design | None = None,
    ) -> Findings:
        """Find everything a report shows; the title is the first file's name unless given.

        Of a file of very many columns the first of each role are taken, and a note says so.
        """
        from huiyin.analyse.contracts import Purpose
        from huiyin.analyse.findings import find_everything
        from huiyin.codebook.narrow import narrow

        drawn = self._drawn(design)
        book = self._confirmed({drawn.weight: Role.WEIGHT}) if drawn.weight else self.codebook
        book, narrowed = narrow(book, drawn.columns)
        snapshot, ledger = self._cleaned(book)
        findings = find_everything(
            self._corridor_over(snapshot, drawn),
            ledger,
            purpose=Purpose(purpose),
            title=title or bare_name(self.paths[0]),
            sources=tuple(readable_name(path.name) for path in self.paths),
            profile=self.staged.profile,
            level=level,
            is_sample=self.is_sample,
            progress=self._progress,
        )
        return replace(findings, notes=(narrowed, *findings.notes)) if narrowed else findings

    def ledger_scores(self, *, level: float = 0.95) -> tuple[LedgerScore, ...]:
        """Give each headline score as it is, and with the rows back that one rule leaves out."""
        from huiyin.analyse.purposes import pick_target, scorecard_metrics
        from huiyin.analyse.scorecard import ledger_scores

        metrics = scorecard_metrics(self.codebook, pick_target(self.codebook))
        return ledger_scores(self.corridor(), self.ledger, metrics, level)

    def report(
        self,
        folder: AnyPath = "reports",
        *,
        formats: Sequence[str] = ("html",),
        purpose: str = "general",
        lang: str = "zh",
        title: str | None = None,
        design: Design | None = None,
    ) -> list[Path]:
        """Write a report; gives the paths of the files.

        Parameters
        ----------
        folder : path
            Where the files go; made if it is not there.
        formats : sequence of str
            Of ``html``, ``pdf``, ``xlsx``, ``pptx``.
        purpose : str
            ``repurchase``, ``churn``, ``process`` or ``general``: picks target and order.
        lang : str
            ``zh`` or ``en``.
        title : str, optional
            Else the first file's name.
        design : Design, optional
            Weights or margins, strata, clusters.
        """
        from huiyin.report.run import write_report

        findings = self.findings(purpose=purpose, title=title, design=design)
        return write_report(
            findings, Path(folder), formats=tuple(formats), language=language_tag(lang)
        )


def _weighted(dataset: Dataset, query: Query) -> Query:
    """Let the drivers weigh the index where nobody gave weights."""
    if not any(metric.split(":")[0] == "index" for metric in query.metrics):
        return query  # without the imports of the drivers
    from huiyin.analyse.index_weights import with_index_weights

    return with_index_weights(dataset.corridor(), query)


def _rules_that_matter(query: Query) -> frozenset[str] | None:
    """Give the rules that can change this query's numbers; None, all, where one is unknown."""
    from huiyin.clean.rules import all_rules

    kept = () if isinstance(query.include_flagged, bool) else query.include_flagged
    named = {*kept, *query.exclude_flagged}
    if named - {rule.id for rule in all_rules()}:
        return None
    return frozenset(r.id for r in all_rules() if r.excludes or r.id in named)


def read(
    *paths: AnyPath,
    codebook: AnyPath | None = None,
    overrides: Sequence[str] | Mapping[str, str] = (),
    profile: str | None = None,
    sheets: Sequence[str] | None = None,
    progress: Progress = no_progress,
) -> Dataset:
    """Read one survey or feedback table from one or several files.

    Parameters
    ----------
    *paths : path
        CSV, TSV, XLSX, XLS, Parquet or SPSS files; several are read as one table.
    codebook : path, optional
        A saved ``codebook.yaml``.
    overrides : sequence of str, or mapping
        ``["Q7=aspect:1-5"]`` or ``{"Q7": "aspect:1-5"}``.
    profile : str, optional
        Layout to force.
    sheets : sequence of str, optional
        Worksheets to read as one.
    progress : Progress, optional
        Told how far the work is.

    Returns
    -------
    Dataset

    Raises
    ------
    BadInputError
        A file cannot be read, has no rows, or a named column does not exist.

    Examples
    --------
    >>> import huiyin as hy
    >>> with hy.read("examples/garden_nps/nps.csv") as survey:  # doctest: +SKIP
    ...     survey.query("nps").to_pandas()
    """
    words = (
        tuple(f"{k}={v}" for k, v in overrides.items())
        if isinstance(overrides, Mapping)
        else tuple(overrides)
    )
    how = ReadSettings(
        profile=profile,
        sheets=tuple(sheets) if sheets else None,
        codebook=Path(codebook) if codebook else None,
        overrides=words,
    )
    return Dataset([Path(p) for p in paths], how, Settings.from_environment(), progress)
