"""What satisfied and dissatisfied customers did: outcomes by satisfaction band, with intervals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from huiyin.analyse.ports import Corridor
from huiyin.codebook.bands import BAND, BAND_WORDS, stretches
from huiyin.codebook.contracts import RATING_ROLES, Codebook, Column, Role
from huiyin.codebook.rows import are_answers
from huiyin.core.surface import TextBySurface
from huiyin.core.text import Text
from huiyin.measure.contracts import Against, Cell, Compare, Filter, Query, QueryError, Result

COMPLAINED_ORDERS, COMPLAINTS = "complained_orders", "complaint_rate"
OPERATIONS = (
    "conversion", "sales_cycle", "repurchase", "churn", "renewal_rate", "renewal_amount",
    "referral_rate", COMPLAINED_ORDERS, COMPLAINTS,
)  # fmt: skip
"""As they are listed; a metric stands here where the columns of the dataset can give it."""
OF_ORDERS = frozenset({"repurchase", "churn", "order_repurchase", "period_repurchase"})
"""They count rows as orders: answers to a questionnaire are none."""
OF_CONTACTS = frozenset({"first_contact"})
"""They count rows as contacts: answers that are rated, and never over, are none."""
OTHER_ROWS = frozenset({"churn"})
"""They count rows of their own and are asked by themselves."""
_WHOLE = (Role.OVERALL, Role.CSAT, Role.NPS, Role.INTENT)
_ASKED_ROLES = (Role.ASPECT, Role.TEXT, Role.INTENT)
MOST_OUTCOMES = 12
NO_RATING = TextBySurface(
    Text(
        "用 --set “列=overall:1-5” 指明评分列；评分在另一份数据里的，"
        "用 huiyin serve 导入两份再关联",
        "say which column rates with --set “COLUMN=overall:1-5”; where ratings are in other data, "
        "import both with huiyin serve and link them",
    ),
    Text(
        "在“数据 › 关联与合并”里把满意度挂上来",
        "link satisfaction to these rows under “Data › Linked data”",
    ),
).within(
    Text(
        "这份数据里没有评分，分不出满意和不满意；{how}",
        "There is no rating here to tell satisfied from dissatisfied: {how}",
    )
)
ANSWERS = TextBySurface(
    Text(
        "订单在另一份数据里的，用 huiyin serve 导入两份再关联",
        "where the orders are in other data, import both with huiyin serve and link them",
    ),
    Text(
        "在“数据 › 关联与合并”里把答卷之后的订单挂上来",
        "link the orders after each answer under “Data › Linked data”",
    ),
).within(
    Text(
        "这里的一行是一份答卷，不是一张订单；{how}",
        "A row here is an answer, not an order: {how}",
    )
)
TOGETHER = Text(
    "分档之间的差别只说明两者同向或反向变动，不说明谁影响谁。",
    "Differences between bands say that the two go together, not that one makes the other.",
)


@dataclass(frozen=True, slots=True)
class Absent:
    """An outcome that the data cannot give, and what they lack."""

    metric: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Outcomes by the bands of one rating.

    Attributes
    ----------
    rating : Column
    bands : tuple of (str, Text)
        How each band stands in the cells, and how it is said.
    tables : tuple of Result
        Of rows with a rating. Each cell is a band, compared with the unhappiest one that is there.
    absent : tuple of Absent
    """

    rating: Column
    bands: tuple[tuple[str, Text], ...]
    tables: tuple[Result, ...]
    absent: tuple[Absent, ...]

    def to_json(self) -> dict[str, Any]:
        """Give the documented JSON shape (``docs/contracts.md``)."""
        return {
            "rating": {"name": self.rating.name, "label": dict(self.rating.label)},
            "bands": {value: dict(words) for value, words in self.bands},
            "tables": [one.to_json() for one in self.tables],
            "absent": [{"metric": a.metric, "reason": dict(a.reason)} for a in self.absent],
            "note": dict(TOGETHER),
        }


def ratings_of(codebook: Codebook) -> tuple[Column, ...]:
    """List the columns that bands can be cut from, those of the whole first."""
    first = [c for role in _WHOLE for c in codebook.with_role(role)]
    others = [c for c in codebook.with_role(*RATING_ROLES) if c not in first]
    return tuple(c for c in (*first, *others) if stretches(c))


def find_outcomes(corridor: Corridor, rating: str | None, asked: Query) -> Outcomes:
    """Set every outcome against the satisfaction bands of a rating.

    Parameters
    ----------
    corridor : Corridor
    rating : str or None
        Column; None: the first of `ratings_of`.
    asked : Query
        Its window, filters and level hold; metrics and groups are set here.

    Returns
    -------
    Outcomes
        Differences from the unhappiest band are corrected together within a table. Cells are
        suppressed as everywhere.

    Raises
    ------
    QueryError
        There is no rating.
    """
    column = _rating(corridor.codebook, rating)
    wanted, absent = _wanted(corridor)
    band = f"{BAND}{column.name}"
    rated = Filter(column.name, ">=", (f"{column.scale.minimum:g}",)) if column.scale else None
    where = (*asked.where, *([rated] if rated else []))
    asked = replace(asked, by=(band,), where=where, compare=None, grain=None)
    tables = []
    for metrics in _askings(wanted):
        table, untold = _told(corridor, replace(asked, metrics=metrics), column)
        tables += [table] if table else []
        absent += untold
    return Outcomes(column, _bands(corridor, column), tuple(map(_once, tables)), tuple(absent))


def _told(corridor: Corridor, asked: Query, column: Column) -> tuple[Result | None, list[Absent]]:
    """Ask metrics together; one that cannot be told takes none of the others with it."""
    try:
        return _compared(corridor, asked, column), []
    except QueryError as error:
        together = [Absent(metric, error.sentence) for metric in asked.metrics]
    if len(together) == 1:
        return None, together
    alone = [_told(corridor, replace(asked, metrics=(one,)), column) for one in asked.metrics]
    untold = [one for _, found in alone for one in found]
    without = {one.metric for one in untold}
    rest = tuple(one for one in asked.metrics if one not in without)
    if not without or not rest:
        return None, untold or together
    table, more = _told(corridor, replace(asked, metrics=rest), column)
    return table, [*untold, *more]


def _bands(corridor: Corridor, column: Column) -> tuple[tuple[str, Text], ...]:
    """Say each band in words: ``4–5 满意``, ``4–5 satisfied``."""
    language = corridor.codebook.language
    found = stretches(column, corridor.cuts)
    said = (BAND_WORDS.format(words=one.words, label=one.label) for one in found)
    return tuple((words.say(language), words) for words in said)


def _once(table: Result) -> Result:
    """Leave out an outcome that stands there already by the name of its metric."""
    numbers: dict[str, list[tuple[object, ...]]] = {}
    for cell in table.cells:
        numbers.setdefault(cell.metric, []).append((cell.n, cell.estimate))
    named = [numbers[one] for one in numbers if one in OPERATIONS]
    twice = {one for one, found in numbers.items() if one not in OPERATIONS and found in named}
    return replace(
        table,
        definition=tuple(one for one in table.definition if one.metric not in twice),
        cells=tuple(cell for cell in table.cells if cell.metric not in twice),
        query=replace(
            table.query, metrics=tuple(one for one in table.query.metrics if one not in twice)
        ),
    )


def _rating(codebook: Codebook, name: str | None) -> Column:
    found = ratings_of(codebook)
    if name is not None:
        found = tuple(column for column in found if column.name == name)
    if not found:
        raise QueryError(NO_RATING)
    return found[0]


def takes_answers_for_records(book: Codebook, metric: str) -> bool:
    """Tell that a metric of orders or contacts would count the answers to a questionnaire."""
    records = metric in OF_ORDERS or (metric in OF_CONTACTS and are_answers(book))
    return records and bool(book.with_role(*_ASKED_ROLES))


def _wanted(corridor: Corridor) -> tuple[list[str], list[Absent]]:
    book = corridor.codebook
    wanted, absent = [], []
    for metric in _operations(book):
        reason = ANSWERS if takes_answers_for_records(book, metric) else corridor.lacks(metric)
        if reason is None:
            wanted.append(metric)
        else:
            absent.append(Absent(metric, reason))
    outcomes = book.with_role(Role.OUTCOME)
    wanted += [f"share:{column.name}={column.events[0]}" for column in outcomes if column.events]
    return wanted[:MOST_OUTCOMES], absent


def _operations(book: Codebook) -> tuple[str, ...]:
    """List the metrics by cohort: where there are orders, those complained of, else customers."""
    unlike = COMPLAINTS if book.with_role(Role.ORDER) else COMPLAINED_ORDERS
    return tuple(metric for metric in OPERATIONS if metric != unlike)


def _askings(wanted: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """Ask together what counts the same rows, so that its tests are corrected together."""
    own = [metric for metric in wanted if metric in OTHER_ROWS]
    rest = tuple(metric for metric in wanted if metric not in OTHER_ROWS)
    return [*([rest] if rest else []), *((metric,) for metric in own)]


def _compared(corridor: Corridor, asked: Query, rating: Column) -> Result:
    plain = corridor.answer(asked)
    band = asked.by[0]
    shown = {cell.by[band] for cell in plain.cells if _is_shown(cell)}
    order = [one.words for one in stretches(rating, corridor.cuts)]
    values = sorted((v for v in shown if v), key=lambda value: order.index(value.split(" ")[0]))
    if len(values) < 2:  # noqa: PLR2004 -- nothing to compare
        return plain
    return corridor.answer(replace(asked, compare=Compare(Against.GROUP, band, values[0])))


def _is_shown(cell: Cell) -> bool:
    return cell.n > 0 and cell.not_estimable is None
