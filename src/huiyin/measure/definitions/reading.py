"""Metric rules: text → value."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import pairwise

from huiyin.codebook.cuts import Cuts
from huiyin.core.text import EN, ZH, Text
from huiyin.measure.aspects import Aspect, Indicator
from huiyin.measure.catalogue import metric_catalogue
from huiyin.measure.definitions.nodes import Place, root_of
from huiyin.measure.metric import Better, Elsewhere, LevelPoints, MetricRules
from huiyin.measure.rule_windows import KEYS, Windows

FORMAT = 1
FEWEST_LEVELS, MOST_LEVELS = 2, 101
SMALLEST_GROUP = 2
MOST_CUSTOMERS = 1_000
LARGEST_WEIGHT = 1e9
TOP_KEYS = ("format", "satisfied", "easy", "score", "nps", "delta", "minimum_n", "better",
            "index_weights", "aspects")  # fmt: skip
LATER_KEYS = ("windows",)
"""Keys that the first texts do not have, any more than ``delta.duration``."""
FIRST_DURATION = 0.1
FIRST_WINDOWS = Windows(
    repurchase_days=90,
    churn_days=90,
    active_days=30,
    contact_days=7,
    grace_days=30,
    conversion_days=90,
    complaint_repeat_days=30,
    complaint_order_days=90,
)
"""What texts without these keys meant when they were written, whatever the house's are later."""
LONGEST_WINDOW = 3_660


@lru_cache(maxsize=64)
def read_rules(text: str, version: int = 1) -> MetricRules:
    """Read the text of the metric rules.

    Parameters
    ----------
    text : str
        YAML as `writing.rules_text` writes it; every key must be there, so that a later release
        with other defaults cannot change what the text means.
    version : int
        The number it is, or will be, kept under.

    Returns
    -------
    MetricRules

    Raises
    ------
    RulesTextError
        One sentence: line, key, what to do.
    """
    found = root_of(text).known(TOP_KEYS, LATER_KEYS)
    if found["format"].whole(1, 99) != FORMAT:
        found["format"].fault(
            "这个版本的回音只认得 format: 1", "this release reads `format: 1` only"
        )
    satisfied = found["satisfied"].known(
        ("top_levels", "other_share", "fine_levels", "fine_cut", "settled")
    )
    delta = found["delta"].known(("nps", "share", "points"), ("duration",))
    points, tables, other = _score(found["score"])
    return MetricRules(
        level_points=points,
        delta_nps=delta["nps"].number(0, 200, open_low=True),
        delta_share=delta["share"].number(0, 1, open_low=True),
        delta_points=delta["points"].number(0, 100, open_low=True),
        delta_duration=_duration(delta.get("duration")),
        windows=_windows(found.get("windows")),
        points_tables=tables,
        other_scales=other,
        cuts=Cuts(
            satisfied=_top_levels(satisfied["top_levels"]),
            easy=_top_levels(found["easy"].known(("top_levels",))["top_levels"]),
            other_share=satisfied["other_share"].number(0, 0.5, open_low=True),
            fine_levels=satisfied["fine_levels"].whole(12, MOST_LEVELS),
            fine_cut=satisfied["fine_cut"].number(0.5, 0.99),
            settled=frozenset(_levels(place) for place in satisfied["settled"].items()),
        ),
        odd_nps=found["nps"]
        .known(("on_1_to_10",))["on_1_to_10"]
        .one_of({"non_standard": Elsewhere.NON_STANDARD, "refused": Elsewhere.REFUSED}),
        better=_better(found["better"]),
        index_weights=_weights(found["index_weights"]),
        aspects=_aspects(found["aspects"]),
        minimum_n=found["minimum_n"].whole(SMALLEST_GROUP, MOST_CUSTOMERS),
        version=version,
    )


def _duration(place: Place | None) -> float:
    return FIRST_DURATION if place is None else place.number(0, 1, open_low=True)


def _windows(place: Place | None) -> Windows:
    if place is None:
        return FIRST_WINDOWS
    days = {key: one.whole(1, LONGEST_WINDOW) for key, one in place.known(KEYS).items()}
    return Windows(**days)


def _levels(place: Place) -> int:
    return place.whole(FEWEST_LEVELS, MOST_LEVELS)


def _level_key(name: str, place: Place) -> int:
    if not name.isdecimal() or not FEWEST_LEVELS <= int(name) <= MOST_LEVELS:
        place.fault(f"“{name}”应是档数（2–101）", f"“{name}” must be a number of levels, 2 to 101")
    return int(name)


def _top_levels(place: Place) -> dict[int, int]:
    found = {}
    for name, count in place.fields().items():
        levels = _level_key(name, count)
        found[levels] = count.whole(1, levels - 1)
    return found


def _score(
    place: Place,
) -> tuple[LevelPoints, dict[int, tuple[float, ...]], Elsewhere]:
    fields = place.known(("points", "other_scales"), ("tables",))
    points = fields["points"].one_of({one.value: one for one in LevelPoints})
    tables = {}
    if "tables" in fields:
        for name, table in fields["tables"].fields().items():
            tables[_level_key(name, table)] = _table(int(name), table)
    if points is LevelPoints.TABLE and not tables:
        fields["points"].fault(
            "points 写了 table，请在 tables 里给出分值表，如 5: [0, 30, 60, 80, 100]",
            "`points: table` needs `tables`, say 5: [0, 30, 60, 80, 100]",
        )
    if points is not LevelPoints.TABLE and tables:
        fields["tables"].fault(
            "给了分值表，points 却不是 table；请改 points 或删去 tables",
            "tables are given but `points` is not `table`; change points or drop tables",
        )
    known = {"refused": Elsewhere.REFUSED, "linear": Elsewhere.LINEAR}
    return points, tables, fields["other_scales"].one_of(known)


def _table(levels: int, place: Place) -> tuple[float, ...]:
    points = tuple(one.number(0, 100) for one in place.items())
    if len(points) != levels:
        place.fault(
            f"{levels} 档要 {levels} 个分值，这里有 {len(points)} 个",
            f"{levels} levels need {levels} points, here are {len(points)}",
        )
    if any(a > b for a, b in pairwise(points)) or points[0] == points[-1]:
        place.fault("分值应从最差一档到最好一档递增", "points must rise from the worst level on")
    return points


def _better(place: Place) -> dict[str, Better]:
    known = metric_catalogue()
    found = {}
    for name, word in place.fields().items():
        metric = known.get(name.partition(":")[0])
        if metric is None:
            word.fault(
                f"没有叫“{name}”的指标，可写：{', '.join(known)}",
                f"no metric “{name}”; there are {', '.join(known)}",
            )
        better = word.one_of({one.value: one for one in Better})
        if better is not metric.better:
            found[name] = better
    return found


def _weight(place: Place) -> float:
    return place.number(0, LARGEST_WEIGHT)


def _weights(place: Place) -> dict[str, float]:
    weights = place.by_name(_weight)
    if weights and not any(weights.values()):
        place.fault("权重不能全是 0；不要默认权重就写 {}", "all weights are 0; write {} for none")
    return weights


def _aspects(place: Place) -> tuple[Aspect, ...]:
    found: list[Aspect] = []
    for one in place.items():
        aspect = _aspect(one)
        if any(_overlap(aspect, other) for other in found if other.name == aspect.name):
            one.fault(
                f"“{aspect.name}”与前面同名的一段日期重叠，请改 from 或 until",
                f"the days of “{aspect.name}” overlap with those above; change from or until",
            )
        found.append(aspect)
    return tuple(found)


def _aspect(place: Place) -> Aspect:
    fields = place.known(("name", "indicators"), ("label", "from", "until"))
    since, until = _days(fields)
    name = fields["name"].word()
    indicators = tuple(_indicator(one) for one in fields["indicators"].items())
    if not indicators:
        fields["indicators"].fault("至少要有一个指标", "name at least one indicator")
    if not any(one.weight for one in indicators):
        fields["indicators"].fault("权重不能全是 0", "the weights must not all be 0")
    label = _label(fields["label"]) if "label" in fields else Text.same(name)
    return Aspect(name, label, indicators, since, until)


def _label(place: Place) -> Text:
    fields = place.known((ZH, EN))
    return Text.of({tag: one.word() for tag, one in fields.items()})


def _indicator(place: Place) -> Indicator:
    fields = place.known(("name",), ("columns", "weight", "from", "until"))
    since, until = _days(fields)
    name = fields["name"].word()
    columns: tuple[str, ...] = (name,)
    if "columns" in fields:
        columns = tuple(one.word() for one in fields["columns"].items())
    if not columns:
        fields["columns"].fault("至少写一个列名", "name at least one column")
    weight = _weight(fields["weight"]) if "weight" in fields else 1.0
    return Indicator(name, columns, weight, since, until)


def _days(fields: dict[str, Place]) -> tuple[date | None, date | None]:
    since = fields["from"].day() if "from" in fields else None
    until = fields["until"].day() if "until" in fields else None
    if since and until and until < since:
        fields["until"].fault("截止日早于起始日", "the last day lies before the first")
    return since, until


def _overlap(one: Aspect, other: Aspect) -> bool:
    starts = [aspect.since or date.min for aspect in (one, other)]
    ends = [aspect.until or date.max for aspect in (one, other)]
    return max(starts) <= min(ends)
