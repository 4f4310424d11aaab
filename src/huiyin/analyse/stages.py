"""Where time goes in a log of stages: each stage, and the bottleneck if it can be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from huiyin.analyse.ports import Corridor
from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.core.absence import Reason
from huiyin.core.numbers import share
from huiyin.core.surface import TextBySurface
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell, Query, QueryError, Result

CASE_ROLES = (Role.TICKET, Role.ORDER, Role.ID, Role.ACCOUNT, Role.CUSTOMER)
STAGE_ROLES = (Role.STAGE, Role.TOUCHPOINT, Role.STATUS)
TIMES = ("stage_time", "stage_time_p90")
REACHED = "stage_reached"
WORKED = ("stage_wait", "stage_work", "waiting_share")
IN_TARGET = ("stage_within", "stage_over")
SHARE = "stage_share"
SHARE_LABEL = Text("环节耗时占比", "share of a stage in all time")
MOST_STAGES = 19
NO_LOG = TextBySurface(
    Text(
        "用 --set 工单=ticket --set 环节=stage 指明",
        "name them: --set CASE=ticket --set STEP=stage",
    ),
    Text("请在码本里指明", "name them in the codebook"),
).within(
    Text(
        "事件日志要有三列：同一件事的编号、环节、时间；{how}",
        "A log of events takes three columns: the case, the stage, the time; {how}",
    )
)
BOTTLENECK = Text(
    "瓶颈是“{stage}”：用掉全部时间的 {share}（区间 {low} 至 {high}），比其他环节都多",
    "The bottleneck is “{stage}”: {share} of all time ({low} to {high}), more than any other stage",
)
NOT_TOLD = Text(
    "“{stage}”用掉的时间最多（{share}），但和“{other}”分不出高下",
    "“{stage}” takes most of the time ({share}), but cannot be told apart from “{other}”",
)


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """The stage that takes most of the time; `sure` where its interval lies above all others."""

    stage: str
    share: float
    low: float
    high: float
    sure: bool
    other: str | None

    @property
    def sentence(self) -> Text:
        """Name the bottleneck with its interval, or say what it cannot be told from."""
        facts = {
            "stage": self.stage,
            "share": share(self.share),
            "low": share(self.low),
            "high": share(self.high),
            "other": self.other or "",
        }
        return (BOTTLENECK if self.sure else NOT_TOLD).format(**facts)

    def to_json(self) -> dict[str, Any]:
        """Give the documented JSON shape (``docs/contracts.md``)."""
        return asdict(self) | {"sentence": dict(self.sentence)}


@dataclass(frozen=True, slots=True)
class Stages:
    """Times of each stage, the parts of all time, and the bottleneck (None: nothing to name).

    `order` lists the stages as they follow each other, without ends, which take no time.
    """

    stage_column: str
    order: tuple[str, ...]
    times: Result
    shares: Result | None
    bottleneck: Bottleneck | None

    def to_json(self) -> dict[str, Any]:
        """Give the documented JSON shape (``docs/contracts.md``)."""
        return {
            "stage_column": self.stage_column,
            "order": list(self.order),
            "times": self.times.to_json(),
            "shares": self.shares.to_json() if self.shares else None,
            "bottleneck": self.bottleneck.to_json() if self.bottleneck else None,
        }


def find_stages(corridor: Corridor, asked: Query, target: str | None = None) -> Stages:
    """Measure every stage of a log and name the bottleneck.

    Parameters
    ----------
    corridor : Corridor
    asked : Query
        Its window, filters and level hold; metrics and groups are set here.
    target : str, optional
        ``4h``, ``2d``: also the share of each stage over within it.

    Returns
    -------
    Stages
        Shares are of the stages that the viewer may see; errors are clustered by case.

    Raises
    ------
    QueryError
        The table is no log of events.
    """
    book = corridor.codebook
    case, stage = _first_of(book, CASE_ROLES), _first_of(book, STAGE_ROLES)
    if case is None or stage is None:
        raise QueryError(NO_LOG)
    within = tuple(f"{metric}:{target}" if target else metric for metric in IN_TARGET)
    worked = WORKED if book.first(Role.RESOLVED) else ()
    metrics = (*TIMES, *within, *worked, REACHED)
    asked = replace(asked, metrics=metrics, by=(stage.name,), cluster=case.name, compare=None)
    times = corridor.answer(asked)
    names = _in_order(times, stage) if _follow_each_other(times) else ()
    if not names:
        return Stages(stage.name, (), times, None, None)
    times = _sorted(times, stage, names)
    parts = tuple(f"{SHARE}:{name}" for name in names[:MOST_STAGES])
    shares = corridor.answer(replace(asked, metrics=parts, by=()))
    return Stages(stage.name, names, times, shares, _bottleneck(shares.cells))


def is_brief(metric: str) -> bool:
    """Tell whether a metric is one of those that tell of a log in brief."""
    return metric.partition(":")[0] in {SHARE, *TIMES}


def in_order(order: Sequence[str], column: str, times: Result, shares: Result | None) -> Result:
    """Give all numbers of a log as one result.

    Stage after stage its part of all time, median and P90 come first, then all others.

    Parameters
    ----------
    order, column, times, shares
        As `Stages` has them.
    """
    parts = shares.cells if shares else ()
    placed = [
        replace(one, by={column: one.metric.partition(":")[2]}, label=SHARE_LABEL) for one in parts
    ]
    place = {stage: at for at, stage in enumerate(order)}
    brief = [one for one in (*placed, *times.cells) if is_brief(one.metric)]
    brief.sort(key=lambda one: place.get(one.by[column] or "", len(place)))
    others = [one for one in times.cells if not is_brief(one.metric)]
    definition = (*(shares.definition if shares else ()), *times.definition)
    return replace(times, cells=(*brief, *others), definition=definition)


def _first_of(book: Codebook, roles: Sequence[Role]) -> Column | None:
    """Find the column with the first of the roles that any has, wherever in the file it stands."""
    return next((found for role in roles if (found := book.first(role))), None)


def _sorted(times: Result, stage: Column, names: Sequence[str]) -> Result:
    """Put the cells of each metric in the order of the stages; what has none of them comes last."""
    place = {name: at for at, name in enumerate(names)}
    at = {metric: i for i, metric in enumerate(times.query.metrics)}

    def key(cell: Cell) -> tuple[int, int]:
        return at[cell.metric], place.get(cell.by[stage.name] or "", len(names))

    return replace(times, cells=tuple(sorted(times.cells, key=key)))


def _in_order(times: Result, stage: Column) -> tuple[str, ...]:
    """List the stages that are shown: as the codebook lists them, else as cases come to them."""
    listed = list(dict.fromkeys(stage.labels.values()))
    reached = {c.by[stage.name]: c.estimate or 0.0 for c in times.cells if c.metric == REACHED}
    names = [str(cell.by[stage.name]) for cell in times.cells if _is_shown(cell, stage.name)]

    def place(name: str) -> tuple[int, float]:
        at = listed.index(name) if name in listed else len(listed)
        return at, reached.get(name, 0.0)

    return tuple(sorted(names, key=place))


def _follow_each_other(times: Result) -> bool:
    """Tell whether any case comes to a second stage: tickets of one row each pass through none."""
    waits = [cell for cell in times.cells if cell.metric == WORKED[0]]
    alone = [c for c in waits if c.not_estimable and c.not_estimable.reason is Reason.NO_ANSWERS]
    return not waits or len(alone) < len(waits)


def _is_shown(cell: Cell, stage: str) -> bool:
    return cell.metric == TIMES[0] and cell.n > 0 and cell.by[stage] is not None


def _bottleneck(cells: Sequence[Cell]) -> Bottleneck | None:
    """Name the stage with the largest part; sure where its lower end lies above all upper ends."""
    found = [cell for cell in cells if cell.estimate is not None]
    if not found:
        return None
    first, *others = sorted(found, key=lambda cell: -(cell.estimate or 0.0))
    low, high = first.low or 0.0, first.high or 1.0
    rival = max(others, key=lambda cell: cell.high or 0.0, default=None)
    sure = rival is None or low > (rival.high or 0.0)
    stage = first.metric.partition(":")[2]
    other = None if rival is None else rival.metric.partition(":")[2]
    return Bottleneck(stage, first.estimate or 0.0, low, high, sure, other)
