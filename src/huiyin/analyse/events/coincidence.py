"""Do low scores coincide with an event: the same weekdays before beside its own days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from huiyin.analyse.contracts import AnalysisError
from huiyin.analyse.events.shapes import Coincidence
from huiyin.analyse.ports import Corridor
from huiyin.analyse.purposes import pick_target
from huiyin.analyse.wording import difference_words
from huiyin.codebook.contracts import RATING_ROLES
from huiyin.codebook.cuts import dissatisfied_range, range_words
from huiyin.core.errors import BadInputError
from huiyin.core.numbers import number_text
from huiyin.core.text import Text
from huiyin.measure.contracts import Against, Call, Cell, Compare, Filter, Query
from huiyin.stats.multiple import benjamini_hochberg

MOST_EVENTS = 100
NO_RATING = Text(
    "没有可看低分的评分列（总体满意度、NPS 等）",
    "There is no rating (overall satisfaction, NPS…) whose low answers could be counted",
)
SAID = Text(
    "“{title}”的那几天，“{rating}”低分（{low}）占 {now}（{n:,} 份）；"
    "前四周同样的星期几是 {before}，"
    "相差 {size}，{call}。"
    "只是时间上重合，不等于是它造成的。",
    "In the days of “{title}” {now} of the answers to “{rating}” are low ({low}; {n:,} answers); "
    "on the same weekdays of the four weeks before it was {before}, a difference of {size}: "
    "{call}. They coincide in time; that does not make one the cause of the other.",
)
CALLS = {
    Call.REAL: Text("真变化", "a real change"),
    Call.STABLE: Text("基本持平", "no meaningful change"),
    Call.CANNOT_TELL: Text("无法判断", "cannot be told"),
}
NOTHING = Text(
    "“{title}”的那几天没有可比的答卷：{why}。",
    "There is nothing to compare in the days of “{title}”: {why}.",
)
NO_BEFORE = Text("前四周没有答卷或太少", "no or too few answers in the four weeks before")


@dataclass(frozen=True, slots=True)
class Days:
    """An event as it is looked at: id, title, first and last day, whom it concerns."""

    id: str
    title: str
    since: date
    until: date
    where: Mapping[str, str] = field(default_factory=dict)


def coincidences(
    corridor: Corridor, events: Sequence[Days], rating: str | None = None, *, level: float = 0.95
) -> tuple[Coincidence, ...]:
    """Compare the share of low answers in each event's days with the same weekdays before.

    Low: the worst levels of the scale by the metric rules; the sentences name them. Calls are
    corrected over all events looked at together.

    Parameters
    ----------
    corridor : Corridor
    events : sequence of Days
        At most `MOST_EVENTS`.
    rating : str, optional
        Column; the overall rating by default.
    level : float

    Returns
    -------
    tuple of Coincidence
        In the order of the events.

    Raises
    ------
    AnalysisError
        There is no such rating.
    """
    low = _low(corridor, rating)
    found = [_looked_at(corridor, one, low.metric, level) for one in events[:MOST_EVENTS]]
    p = [_p(cell) for cell, _ in found]
    q = benjamini_hochberg(p)
    return tuple(
        _judged(one, low, cell, refused, float(qi), level)
        for one, (cell, refused), qi in zip(events, found, q, strict=False)
    )


@dataclass(frozen=True, slots=True)
class _Low:
    """What is counted as low: its metric, the rating, the levels of it."""

    metric: str
    rating: Text
    levels: str


def _low(corridor: Corridor, rating: str | None) -> _Low:
    book = corridor.codebook
    column = book[rating] if rating else pick_target(book)
    if column is None or column.scale is None or column.role not in RATING_ROLES:
        raise AnalysisError(NO_RATING)
    levels = range_words(dissatisfied_range(column.scale, corridor.cuts))
    return _Low(f"dissatisfied:{column.name}", column.label, levels)


def _looked_at(
    corridor: Corridor, one: Days, metric: str, level: float
) -> tuple[Cell | None, Text | None]:
    query = Query(
        (metric,),
        where=tuple(Filter(column, "=", (value,)) for column, value in one.where.items()),
        since=one.since,
        until=one.until,
        compare=Compare(Against.SAME_WEEKDAYS),
        level=level,
    )
    try:
        return corridor.answer(query).cells[0], None
    except BadInputError as error:
        return None, error.sentence


def _p(cell: Cell | None) -> float:
    p = None if cell is None or cell.comparison is None else cell.comparison.p
    return float("nan") if p is None else p


def _judged(
    one: Days, low: _Low, cell: Cell | None, refused: Text | None, q: float, level: float
) -> Coincidence:
    if cell is None or cell.not_estimable is not None:
        why = refused or _reason(cell)
        return Coincidence(one.id, cell, None, None, NOTHING.format(title=one.title, why=why))
    compared = cell.comparison
    if compared is None or compared.call is None or compared.difference is None:
        return Coincidence(one.id, cell, None, None, NOTHING.format(title=one.title, why=NO_BEFORE))
    call = compared.call
    if call is not Call.STABLE:
        call = Call.REAL if q < 1 - level else Call.CANNOT_TELL
    sentence = SAID.format(
        title=one.title,
        rating=low.rating,
        low=low.levels,
        now=number_text(cell.estimate, cell.unit),
        n=cell.n,
        before=number_text(compared.reference, cell.unit),
        size=difference_words(cell.unit, compared.difference),
        call=CALLS[call],
    )
    corrected = replace(cell, comparison=replace(compared, q=q, call=call))
    return Coincidence(one.id, corrected, q, call, sentence)


def _reason(cell: Cell | None) -> Text:
    if cell is None or cell.not_estimable is None:
        return NO_BEFORE
    return Text.of({tag: cell.not_estimable.say(tag) for tag in ("zh-CN", "en")})
