"""A role's board, fitted to the data there are: which dataset and columns fill each tile."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from huiyin.analyse.boards.contracts import COLUMNS, TileKind
from huiyin.analyse.boards.definition import Board, Tile
from huiyin.analyse.views.contracts import MOST_METRICS, Period
from huiyin.analyse.views.definition import Options, Question, View
from huiyin.analyse.views.periods import days_of
from huiyin.codebook.bands import BAND, stretches
from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.codebook.rivals import rivals_of
from huiyin.codebook.roles import ROLE_TEXT
from huiyin.codebook.rows import are_answers
from huiyin.core.text import EN, ZH, Text
from huiyin.measure.contracts import DEFAULT_LEVEL, Against

ASPECTS = "@aspects"
COMPLAINTS = "@complaints"
"""Complaints: a column that says so, or tickets of another dataset that are linked."""
_COMPLAINED = "@outcome,dimension~投诉|complain"
_OF_TICKETS = frozenset({"resolution_rate", "resolution_time", "resolved_within", "first_contact"})
"""They count rows as tickets: leads are none, and rows of a log of stages are parts of one."""
_DEALS = "@outcome~成交|赢单|won|deal"
MOST_ASPECTS = 12
MOST_IN_A_ROW, FEWEST_EVENED = 4, 3
"""Numbers side by side, and of how few on their rows are made full."""
_ONE_WORD = re.compile("[\u4e00-\u9fff]{1,4}")
"""A name of Chinese letters alone, short enough to read as one word within a title."""
_REFERENCE = re.compile(r"@([a-z_,]+)(?:~([^@]+))?")
_LEFT_OUT = Text(
    "“{title}”没有放上：数据里没有这样的列（{needed}）。",
    "“{title}” was left out: no dataset has such columns ({needed}).",
)
_NO_DAYS = Text("答卷的日期", "dates of the answers")
_NO_RECORDS = Text(
    "订单、工单这类业务记录，不是答卷", "records such as orders or tickets, not answers"
)
_OF_RIVAL = Text("对竞品的同样提问", "the same asked of a competitor")
_LINKED_COMPLAINTS = Text(
    "是否投诉，或能按客户、订单对上的投诉工单",
    "complaints, or tickets with complaints that meet its customers or orders",
)
Plan = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A dataset that may fill tiles.

    Attributes
    ----------
    id, name : str
    codebook : Codebook
    newest : date or None
        Day, or first day of the month, of the newest answers; None where they bear no date.
    complaints : bool
        Complaints of another dataset can be counted over its orders or customers.
    oldest : date or None
        First day of the month of the oldest answers.
    """

    id: str
    name: str
    codebook: Codebook
    newest: date | None
    complaints: bool = False
    oldest: date | None = None


@dataclass(slots=True)
class _Lacking:
    """What the references of a tile did not find in a dataset."""

    found: list[Text] = field(default_factory=list)


def fit_board(plan: Plan, role: str, sources: Sequence[Source], today: date) -> Board:
    """Build a role's board from the datasets there are.

    Parameters
    ----------
    plan : mapping
        The template, as `gallery.read_plan` gives it.
    role : str
        Its id.
    sources : sequence of Source
        Each tile takes the first that has all it needs.
    today : date

    Returns
    -------
    Board
        Tiles that no dataset fills are left out, and `left_out` names them with what they need. On
        a board that is arranged for an industry the same number stands once.
    """
    made: list[Tile] = []
    left_out: list[dict[str, str]] = []
    for number, one in enumerate(plan["tiles"], start=1):
        tile = _tile(one, f"t{number}", sources, plan, today)
        if isinstance(tile, Tile):
            if not (plan.get("industry") and _stands(tile, made)):
                made.append(tile)
        else:
            left_out.append(dict(tile))
    return Board(
        name=_words(plan["name"]),
        about=_words(plan["about"]),
        role=role,
        industry=plan.get("industry"),
        tiles=tuple(placed(evened(made))),
        left_out=tuple(left_out),
    )


def _stands(tile: Tile, made: Sequence[Tile]) -> bool:
    """Tell whether a number stands on the board already: an industry's own says it with its act."""
    return tile.kind is TileKind.NUMBER and any(
        one.kind is tile.kind and one.view == tile.view for one in made
    )


def filled(plan: Plan, source: Source, today: date) -> int:
    """Count the tiles with numbers that one dataset fills, and would not leave to another kind."""
    asking = [one for one in plan["tiles"] if "metrics" in one and not _leaves(one, source)]
    return sum(_view(one, source, plan, today, _Lacking()) is not None for one in asking)


def evened(tiles: Sequence[Tile]) -> list[Tile]:
    """Widen the numbers that a board begins with, so that their rows are full."""
    n = next((i for i, tile in enumerate(tiles) if tile.kind is not TileKind.NUMBER), len(tiles))
    if n < FEWEST_EVENED or any(tile.w != _SIZES[TileKind.NUMBER][0] for tile in tiles[:n]):
        return list(tiles)
    rows = -(-n // MOST_IN_A_ROW)
    each, more = divmod(n, rows)
    widths = [COLUMNS // k for row in range(rows) for k in [each + (row < more)] for _ in range(k)]
    widened = [t.model_copy(update={"w": w}) for t, w in zip(tiles, widths, strict=False)]
    return [*widened, *tiles[n:]]


def placed(tiles: Iterable[Tile]) -> list[Tile]:
    """Set tiles of given sizes on the grid, row after row, in their order.

    The last, where it stands alone, is as wide as the board: beside it would be nothing.
    """
    found: list[Tile] = []
    x = y = tallest = 0
    for tile in tiles:
        if x + tile.w > COLUMNS:
            x, y, tallest = 0, y + tallest, 0
        found.append(tile.model_copy(update={"x": x, "y": y}))
        x, tallest = x + tile.w, max(tallest, tile.h)
    if found and found[-1].x == 0 and found[-1].kind is not TileKind.NUMBER:
        found[-1] = found[-1].model_copy(update={"w": COLUMNS})
    return found


def column_for(codebook: Codebook, reference: str) -> Column | None:
    """Find the column that ``@role,role~word|word`` means: by role in this order, then words.

    Words are looked for in the name, the label and the group of a column; ``=word`` is the name or
    the label itself.
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    words = [word.casefold() for word in (match[2] or "").split("|") if word]
    for role in match[1].split(","):
        for column in codebook.with_role(Role(role)):
            if not words or any(_says(column, word) for word in words):
                return column
    return None


def _says(column: Column, word: str) -> bool:
    said = [part.casefold() for part in (column.name, *column.label.values(), column.group or "")]
    return word[1:] in said if word.startswith("=") else any(word in part for part in said)


def suits(plan: Plan, source: Source) -> bool:
    """Tell whether a dataset is of the kind a role's board is about (staff, say): by its words."""
    return not plan.get("only") or _speaks_of(plan["only"], source)


def prefers(plan: Plan, source: Source) -> bool:
    """Tell whether a role's board is first of all about a dataset (calls and tickets, say)."""
    return _speaks_of(plan.get("first", ()), source)


def _speaks_of(words: Iterable[object], source: Source) -> bool:
    said = " ".join((source.name, *(text for c in source.codebook for text in c.label.values())))
    return any(str(word).casefold() in said.casefold() for word in words)


def _tile(
    one: Plan, tile_id: str, sources: Sequence[Source], plan: Plan, today: date
) -> Tile | Text:
    kind = TileKind(one["kind"])
    lacking = _Lacking()
    view = column = None
    if "metrics" in one:
        fitted = _first_fit(one, sources, plan, today, lacking)
        if fitted is None:
            column_words = [
                _needed(words.removeprefix(BAND)) for words in one.get("by", ())[:1]
            ] or [Text.same("")]
            title = Text.of(_words(one["title"])).format(column=column_words[0])
            return _LEFT_OUT.format(title=title, needed=_all_of(lacking.found))
        view, column = fitted
    width, height = one.get("size") or _SIZES[kind]
    return Tile(
        id=tile_id,
        kind=kind,
        title=_titled(one.get("title"), column),
        view=view,
        text=_words(one.get("text")),
        act=_words(one.get("act")),
        advises=one.get("advises", True),
        goal=one.get("goal"),
        w=width,
        h=height,
    )


_SIZES = {
    TileKind.NUMBER: (3, 4), TileKind.VIEW: (6, 8), TileKind.TEXT: (4, 4),
    TileKind.TODO: (6, 8), TileKind.VOICES: (6, 8), TileKind.STAGES: (6, 8),
}  # fmt: skip
"""Width and height of a tile where the template names none."""


def _first_fit(
    one: Plan, sources: Sequence[Source], plan: Plan, today: date, lacking: _Lacking
) -> tuple[View, Column | None] | None:
    tries: list[list[Text]] = []
    for source in _rather(one, sources):
        tried = _Lacking()
        view = _view(one, source, plan, today, tried)
        if view is not None:
            first = next(iter(view.query.by), None)
            return view, next((one for one in source.codebook if one.name == first), None)
        tries.append(tried.found)
    lacking.found = min(tries, key=lambda found: (_NO_RECORDS in found, len(found)), default=[])
    return None


def _rather(one: Plan, sources: Sequence[Source]) -> Sequence[Source]:
    """Put first those with the column that a tile had rather, and tickets before their stages."""
    wanted = one.get("rather")

    def last(source: Source) -> tuple[bool, bool]:
        lacks = wanted is not None and column_for(source.codebook, wanted) is None
        return lacks, _leaves(one, source)

    return sorted(sources, key=last)


def _leaves(one: Plan, source: Source) -> bool:
    """Tell whether a tile counts tickets, and the dataset's rows may be the stages of some."""
    return _counts_tickets(one) and source.codebook.first(Role.STAGE) is not None


def _counts_tickets(one: Plan) -> bool:
    return bool(_OF_TICKETS.intersection(one["metrics"]))


def _view(one: Plan, source: Source, plan: Plan, today: date, lacking: _Lacking) -> View | None:
    book = source.codebook
    metrics = [m for words in one["metrics"] for m in _metric(book, words, lacking)]
    if one.get("compare") == Against.COMPETITOR.value:
        metrics = _with_rival(book, metrics, lacking)
    for words in one.get("needs", ()):
        if words != COMPLAINTS:
            _named(book, words, lacking)
        elif not (source.complaints or column_for(book, _COMPLAINED)):
            lacking.found.append(_LINKED_COMPLAINTS)
    by = [_named(book, words, lacking) for words in one.get("by", ())]
    where = [_condition(book, words, lacking) for words in one.get("where", ())]
    _look_at_rows(one, book, lacking)
    if one.get("grain") and source.newest is None:
        lacking.found.append(_NO_DAYS)
    if lacking.found:
        return None
    period = _period(one.get("period", plan.get("period")), source, today)
    compare = one.get("compare")
    if compare == "previous" and period in {None, Period.ALL} and not one.get("grain"):
        compare = None
    if compare == "rest" and not by:
        compare = None
    question = Question(
        metrics=tuple(metrics[:MOST_METRICS]),
        by=tuple(name for name in by if name),
        where=tuple(words for words in where if words),
        period=period,
        grain=one.get("grain"),
        compare=compare,
        level=DEFAULT_LEVEL,
    )
    options = Options(**one.get("options", {}))
    return View(dataset=source.id, query=question, chart=one.get("chart", "auto"), options=options)


def _look_at_rows(one: Plan, book: Codebook, lacking: _Lacking) -> None:
    """Note where the rows are not what the tile counts: deals are no tickets, answers no orders."""
    if _counts_tickets(one) and column_for(book, _DEALS) is not None:
        lacking.found.append(ROLE_TEXT[Role.TICKET])
    if one.get("records") and are_answers(book):
        lacking.found.append(_NO_RECORDS)


def _metric(book: Codebook, words: str, lacking: _Lacking) -> list[str]:
    name, _, reference = words.partition(":")
    if not reference.startswith("@"):
        return [words]
    if reference == ASPECTS:
        aspects = book.with_role(Role.ASPECT)[:MOST_ASPECTS]
        if not aspects:
            lacking.found.append(ROLE_TEXT[Role.ASPECT])
        return [f"{name}:{column.name}" for column in aspects]
    column = column_for(book, reference)
    if column is None or (name == "share" and not column.events):
        lacking.found.append(_needed(reference))
        return []
    value = f"={column.events[0]}" if name == "share" else ""
    return [f"{name}:{column.name}{value}"]


def _with_rival(book: Codebook, metrics: list[str], lacking: _Lacking) -> list[str]:
    """Keep the metrics of ratings that the questionnaire asks of one competitor too."""
    found = [m for m in metrics if len(rivals_of(book, book[m.partition(":")[2]])) == 1]
    if not found and not lacking.found:
        lacking.found.append(_OF_RIVAL)
    return found


def _named(book: Codebook, reference: str, lacking: _Lacking) -> str | None:
    """Name the column that is meant; of a rating after ``band:`` its satisfaction bands."""
    band, reference = reference.startswith(BAND), reference.removeprefix(BAND)
    column = column_for(book, reference)
    if column is None or (band and not stretches(column)):
        lacking.found.append(_needed(reference))
        return None
    return f"{BAND}{column.name}" if band else column.name


def _condition(book: Codebook, words: str, lacking: _Lacking) -> str | None:
    reference, operator, value = words.partition("=")
    name = _named(book, reference, lacking)
    return None if name is None else f"{name}{operator}{value}"


def _all_of(needed: Sequence[Text]) -> Text:
    """Write what is needed in a row; each may hold commas of its own."""
    said = dict.fromkeys((one.say(ZH), one.say(EN)) for one in needed)
    return Text("；".join(zh for zh, _ in said), "; ".join(en for _, en in said))


def _needed(reference: str) -> Text:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return Text.same(reference)
    if match[2]:
        words = [word.lstrip("=") for word in match[2].split("|")]
        return Text(words[0], next((word for word in words if word.isascii()), words[0]))
    return ROLE_TEXT[Role(match[1].split(",")[0])]


def _period(words: str | None, source: Source, today: date) -> Period | None:
    """Give the period, or one that has answers: they may all lie before it, or after it.

    A questionnaire that was sent this month has no whole month yet: the last 30 days are shown.
    """
    if words is None or source.newest is None:
        return None
    period = Period(words)
    since, until = days_of(period, today)
    if since is not None and source.newest < since:
        return Period.ALL
    if until is not None and source.oldest is not None and source.oldest > until:
        return Period.LAST_30_DAYS if period is Period.LAST_3_MONTHS else Period.ALL
    return period


def _titled(pair: Sequence[str] | None, column: Column | None) -> dict[str, str]:
    if not pair:
        return {}
    said = _in_title(column.label) if column is not None else Text.same("")
    return dict(Text.of(_words(pair)).format(column=said))


def _in_title(label: Text) -> Text:
    """Quote a Chinese name that would not read as one word: 各门店的…, 各“近 30 天出过故障”的…."""
    name = label.say(ZH)
    return label if _ONE_WORD.fullmatch(name) else Text.of({**label, ZH: f"“{name}”"})


def _words(pair: Sequence[str] | None) -> dict[str, str]:
    return {ZH: pair[0], EN: pair[1]} if pair else {}
