"""An answer as a figure: the kind that was chosen, or the one that fits best."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from huiyin.analyse.views.contracts import ChartKind, ViewError
from huiyin.analyse.views.definition import Options, View
from huiyin.core.text import EN, Text, begun
from huiyin.measure.contracts import Result
from huiyin.report.charts.chart import in_english
from huiyin.report.charts.labels import LEAD_MARK
from huiyin.report.views import kinds
from huiyin.report.views.contracts import Extras, Figure, Kind, Shown
from huiyin.report.views.words import say


@cache
def all_kinds() -> dict[ChartKind, Kind]:
    """Give every kind of chart: one file each in ``kinds``."""
    names = sorted(module.name for module in iter_modules(kinds.__path__))
    found = [import_module(f"{kinds.__name__}.{name}").KIND for name in names]
    return {one.kind: one for one in found}


def propose(result: Result, options: Options | None = None) -> tuple[ChartKind, ...]:
    """Give the kinds that fit an answer, best first; there is always one.

    Parameters
    ----------
    result : Result
    options : Options, optional
        How it is to be drawn.
    """
    return tuple(kind for kind, fit in fits(result, options).items() if not isinstance(fit, Text))


def fits(result: Result, options: Options | None = None) -> dict[ChartKind, int | Text]:
    """Say of every kind how well it fits an answer, best first, or why it does not."""
    shown = Shown(result, options or Options(), EN)
    found = {kind: one.fits(shown) for kind, one in all_kinds().items()}
    return dict(sorted(found.items(), key=lambda one: _rank(one[1])))


def _rank(fit: int | Text) -> int:
    return 1 if isinstance(fit, Text) else -fit


def chosen_kind(result: Result, view: View) -> ChartKind:
    """Give the kind to draw: the view's own, or the best.

    Raises
    ------
    ViewError
        The view's own does not fit the answer.
    """
    found = fits(result, view.options)
    if view.chart is ChartKind.AUTO:
        return next(iter(found))
    fit = found[view.chart]
    if isinstance(fit, Text):
        raise ViewError(fit)
    return view.chart


def draw_view(result: Result, view: View, language: str, extras: Extras | None = None) -> Figure:
    """Draw an answer as its view says.

    Parameters
    ----------
    result : Result
    view : View
    language : str
        A language tag.
    extras : Extras, optional
        Names of columns, targets.

    Returns
    -------
    Figure
        Intervals and calls are part of it wherever there are some.

    Raises
    ------
    ViewError
        The kind does not fit the answer.
    """
    kind = chosen_kind(result, view)
    shown = Shown(result, view.options, language, extras or Extras())
    figure = all_kinds()[kind].draw(shown)
    if figure.option is None or language != EN:
        return figure
    return replace(figure, option=in_english(figure.option))


def title_of(result: Result, view: View, language: str, extras: Extras | None = None) -> str:
    """Give the title of a view: its own, else the metrics and what they are grouped by."""
    if view.title:
        return Text.of(view.title).say(language)
    shown = Shown(result, view.options, language, extras or Extras())
    metrics = _metrics(shown)
    only = [shown.group(shown.groups[0], value) for value in shown.only]
    groups = only or [shown.name(column) for column in shown.groups]
    by = say("list", language).join(groups)
    if shown.only and not shown.timed:
        return begun(say("title.of", language, metrics=metrics, group=by))
    if shown.result.query.grain:
        grain = say(f"grain.{shown.result.query.grain.value}", language)
        by = say("list", language).join(part for part in (grain, by) if part)
    return begun(say("title.by", language, metrics=metrics, by=by) if by else metrics)


def _metrics(shown: Shown) -> str:
    """Name the metrics of a view; what they share is said once."""
    if shown.answered:
        return say("title.answers", shown.language, column=shown.name(shown.answered))
    labels = [one.label.say(shown.language) for one in shown.definitions]
    names = [shown.metric_name(one.metric) for one in shown.definitions]
    listed = say("list", shown.language).join(names)
    if names == labels:
        return listed
    return labels[0].partition(LEAD_MARK)[0] + LEAD_MARK + listed
