"""The finding of a figure as one sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from huiyin.analyse.ranked import chance_of_places
from huiyin.core.absence import Reason
from huiyin.measure.contracts import Call, Cell
from huiyin.measure.definitions.attainment import Judged
from huiyin.measure.definitions.contracts import Attainment
from huiyin.report.charts.labels import short
from huiyin.report.code_names import against_name
from huiyin.report.numbers import answers, cell_interval, chip, estimate
from huiyin.report.views.contracts import Placed, Shown
from huiyin.report.views.order import BY_MERIT, Chosen, period_of, told_name
from huiyin.report.views.words import say, sentences

MOST_NAMES = 3


def groups_caption(shown: Shown, cells: Placed, name: Callable[[Cell], str] | None = None) -> str:
    """Name the groups that really differ, else the highest and the lowest."""
    named = name or (lambda cell: _named(shown, cell))
    known = [cell for _, cell in cells if cell.estimate is not None]
    if not known:
        return nothing_caption(shown, cells)
    if len(known) == 1:
        return one_caption(shown, known[0])
    compared = [cell for cell in known if cell.comparison and cell.comparison.call]
    if compared:
        return _called(shown, compared, named)
    return _ends(shown, known, named) if _alike(shown) else _of_first(shown, known)


def _alike(shown: Shown) -> bool:
    """Tell whether the numbers of all metrics can be set against each other."""
    return len({(one.unit, one.metric in shown.lower_is_better) for one in _firsts(shown)}) <= 1


def _firsts(shown: Shown) -> list[Cell]:
    """Give a cell of each metric, in the order they were asked for."""
    of = {cell.metric: cell for _, cell in reversed(shown.drawn)}
    return [of[one.metric] for one in shown.definitions if one.metric in of]


def _of_first(shown: Shown, cells: Sequence[Cell]) -> str:
    """Speak of the first metric by its groups; of several numbers alone, of each by itself."""
    language = shown.language
    if len({cell.metric for cell in cells}) == len(cells):
        return sentences([one_caption(shown, cell) for cell in cells[:MOST_NAMES]], language)
    first = next(one for one in shown.definitions if any(c.metric == one.metric for c in cells))
    mine = [cell for cell in cells if cell.metric == first.metric]
    if len(mine) == 1:
        return one_caption(shown, mine[0])
    said = _ends(shown, mine, lambda cell: told_name(shown, cell))
    return say("caption.of_first", language, metric=first.label.say(language), said=said)


def nothing_caption(shown: Shown, cells: Placed) -> str:
    """Say that there is no number, and what helps where every group is too small."""
    small = bool(cells) and all(_too_small(cell) for _, cell in cells)
    return say("caption.all_small" if small and shown.groups else "caption.none", shown.language)


def _named(shown: Shown, cell: Cell) -> str:
    group = told_name(shown, cell)
    if len(shown.definitions) == 1:
        return group
    return say(
        "caption.of_metric", shown.language, group=group, metric=shown.metric_name(cell.metric)
    )


def _called(shown: Shown, cells: Sequence[Cell], named: Callable[[Cell], str]) -> str:
    language = shown.language
    first = cells[0].comparison
    against = _side(shown, first.against if first else "")
    real = [c for c in cells if c.comparison and c.comparison.call is Call.REAL]
    real.sort(key=_apart, reverse=True)
    if not real:
        flat = all(c.comparison and c.comparison.call is Call.STABLE for c in cells)
        return say("caption.stable" if flat else "caption.nothing", language, against=against)
    better = [cell for cell in real if _good(shown, cell)]
    worse = [cell for cell in real if not _good(shown, cell)]
    parts = [
        say(
            f"{key}_many" if len(cells) > 1 else key,
            language,
            which=_with_evidence(cells, named, language),
        )
        for key, cells in (("caption.better", better), ("caption.worse", worse))
        if cells
    ]
    joined = say("caption.and", language).join(parts)
    return say("caption.real", language, against=against, parts=joined)


def _side(shown: Shown, against: str) -> str:
    """Name what is compared with: a group of a column that is drawn by its value alone."""
    column, _, value = against.partition("=")
    if value and column in shown.groups:
        return shown.group(column, value)
    return against_name(against).say(shown.language)


def _with_evidence(cells: Sequence[Cell], named: Callable[[Cell], str], language: str) -> str:
    """List groups; of the first, the most apart, with its number, interval and answers."""
    first, *others = cells
    told = say("caption.told", language, name=short(named(first)), value=_told(first, language))
    return listed_names([told, *(short(named(cell)) for cell in others)], language, whole=True)


def _told(cell: Cell, language: str) -> str:
    number = " ".join(
        part for part in (estimate(cell, language), cell_interval(cell, language)) if part
    )
    return f"{number} · {answers(cell.n, language, cell.counted)}"


def _apart(cell: Cell) -> float:
    """Give how far a cell is from what it is compared with, in what counts as no difference."""
    compared = cell.comparison
    return 0.0 if compared is None else abs(compared.difference or 0.0) / (compared.delta or 1.0)


def _good(shown: Shown, cell: Cell) -> bool:
    rises = ((cell.comparison and cell.comparison.difference) or 0.0) > 0
    return rises != (cell.metric in shown.lower_is_better)


def listed_names(names: Sequence[str], language: str, *, whole: bool = False) -> str:
    """List the first names, and say how many there are where that is not all.

    With `whole` they are not shortened: they already are.
    """
    said = say("list", language).join(n if whole else short(n) for n in names[:MOST_NAMES])
    if len(names) <= MOST_NAMES:
        return said
    return said + say("caption.etc", language, n=len(names))


def _ends(shown: Shown, cells: Sequence[Cell], named: Callable[[Cell], str]) -> str:
    language = shown.language
    best = max(cells, key=lambda cell: cell.estimate or 0.0)
    worst = min(cells, key=lambda cell: cell.estimate or 0.0)
    by = say("list", language).join(shown.name(column) for column in shown.groups)
    asked = shown.result.query.compare is not None
    key = "caption.untold" if asked else "caption.no_call" if by else "caption.metrics"
    return say(
        key,
        language,
        by=by or say("col.metric", language),
        best=short(named(best)),
        worst=short(named(worst)),
        high=_told(best, language),
        low=_told(worst, language),
        why=_why_untold(shown, cells) if asked else "",
    )


def _why_untold(shown: Shown, cells: Sequence[Cell]) -> str:
    """Say why what was compared has no call: what the comparison says, else small groups."""
    notes = [cell.comparison.note for cell in cells if cell.comparison and cell.comparison.note]
    if notes:
        return say("caption.why_note", shown.language, note=notes[0].say(shown.language))
    small = any(_too_small(cell) for _, cell in shown.whole)
    return say("caption.why_small", shown.language) if small else ""


def _too_small(cell: Cell) -> bool:
    return cell.not_estimable is not None and cell.not_estimable.reason is Reason.SUPPRESSED


def chance_caption(shown: Shown, chosen: Chosen, name: Callable[[Cell], str]) -> str:
    """Say which of the groups that are drawn by merit have their places by chance alone."""
    if not shown.groups or shown.options.sort not in BY_MERIT:
        return ""
    places = [(c, short(name(c))) for _, c in chosen.cells if c.estimate is not None]
    said = chance_of_places(places).say(shown.language)
    return say("caption.chance", shown.language, said=said) if said else ""


def left_out(shown: Shown, chosen: Chosen) -> str:
    """Say how many groups are drawn of how many; nothing where all are."""
    n = len(chosen.cells)
    if n == chosen.total:
        return ""
    if chosen.n_first is None:
        rest = chosen.total - n
        key = "caption.left_small" if rest == _n_hidden(shown, chosen) else "caption.left"
        return say(key, shown.language, shown=n, total=chosen.total, rest=rest)
    first, last = chosen.n_first, n - chosen.n_first
    best, worst = (first, last) if shown.options.sort == "best" else (last, first)
    key = "caption.both_ends"
    return say(key, shown.language, best=best, worst=worst, total=chosen.total)


def _n_hidden(shown: Shown, chosen: Chosen) -> int:
    """Count the groups that are not drawn because they are too small to be shown."""
    drawn = {place for place, _ in chosen.cells}
    return sum(place not in drawn and _too_small(cell) for place, cell in shown.whole)


def missed_caption(shown: Shown, name: Callable[[Cell], str]) -> str:
    """Name those whose whole interval misses its target, the farthest from it first."""
    missed = [one for one in shown.extras.judged if one.attainment is Attainment.MISSED]
    if not missed:
        return ""

    def gap(one: Judged) -> float:
        return -abs((one.cell.estimate or 0.0) - one.goal.value)

    names = [name(one.cell) for one in sorted(missed, key=gap)]
    which = listed_names(names, shown.language)
    return say("caption.missed", shown.language, which=which)


def one_caption(shown: Shown, cell: Cell) -> str:
    """Say one number with its interval and its answers, and its call where it has one."""
    language = shown.language
    said = say(
        "caption.one",
        language,
        metric=cell.label.say(language),
        value=estimate(cell, language),
        interval=cell_interval(cell, language),
        n=answers(cell.n, language, cell.counted),
    )
    better = cell.metric not in shown.lower_is_better
    mark = chip(cell, language, higher_is_better=better)
    if mark is None or cell.comparison is None or cell.comparison.call is None:
        return said
    against = _side(shown, cell.comparison.against)
    called = say("caption.against", language, against=against, call=str(mark))
    return sentences([said, called], language)


def last_caption(shown: Shown, cells: Sequence[Cell]) -> str:
    """Say the last period that has a number, and whether it really moved."""
    known = [cell for cell in cells if cell.estimate is not None and cell.by.get("period")]
    if not known:
        return say("caption.none", shown.language)
    last, language = known[-1], shown.language
    facts = {
        "period": period_of(shown, last.by["period"]),
        "metric": last.label.say(language),
        "value": estimate(last, language),
    }
    better = last.metric not in shown.lower_is_better
    mark = chip(last, language, higher_is_better=better)
    if mark is None or last.comparison is None:
        return say("caption.last", language, interval=cell_interval(last, language), **facts)
    against = _side(shown, last.comparison.against)
    return say("caption.moved", language, against=against, call=str(mark), **facts)
