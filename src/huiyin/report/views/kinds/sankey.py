"""The same customers before and after: from which band each went to which."""

from __future__ import annotations

from huiyin.analyse.views.contracts import ChartKind
from huiyin.analyse.views.reckoning import Moved
from huiyin.core.text import Text
from huiyin.measure.contracts import Side, Unit
from huiyin.report.charts.chart import Option, base_option, on_phone
from huiyin.report.numbers import count, difference, interval, share
from huiyin.report.palette import BAD_PALE, GOOD_PALE, GREY_PALE, INK, SOFT
from huiyin.report.views.contracts import Figure, Kind, Listing, Shown
from huiyin.report.views.kinds.waterfall import OVER_TIME
from huiyin.report.views.words import say, sentences, text
from huiyin.stats.proportions import wilson_share

HEIGHT = 380


def fits(shown: Shown) -> int | Text:
    """Fit one metric compared with an earlier time, neither grouped nor cut into periods."""
    compare = shown.result.query.compare
    alone = not shown.timed and not shown.groups and len(shown.definitions) == 1
    if not alone or compare is None or compare.against not in OVER_TIME:
        return text("fit.sankey")
    if shown.definitions[0].column is None:
        return text("fit.sankey")
    return 30


def draw(shown: Shown) -> Figure:
    """Draw a ribbon a flow, as wide as its customers; what is hidden has none."""
    moved = shown.extras.reckoned.moved
    drawn = moved is not None and any(n for line in moved.waves.flows for n in line)
    if moved is None or not (moved.waves.both or drawn):
        key = "caption.none" if moved is None else "caption.sankey_none"
        return Figure(None, HEIGHT, say(key, shown.language))
    said = _said(shown, moved)
    beside = _listing(shown, moved)
    if not drawn:
        return Figure(None, HEIGHT, said, beside=beside)
    return Figure(_option(shown, moved), HEIGHT, said, beside=beside)


def _said(shown: Shown, moved: Moved) -> str:
    language, waves = shown.language, moved.waves
    net = moved.net
    if net is None:
        told = say("caption.sankey_hidden", language)
    else:
        key = "up" if net.low > 0 else "down" if net.high < 0 else "even"
        ends = interval(net.low, net.high, Unit.SHARE, language)
        words = f"{difference(net.net, Unit.SHARE, language)} {ends}"
        told = say(f"caption.sankey_{key}", language, net=words)
    if waves.both is None:
        return say("caption.sankey_untold", language, net=told)
    facts = {"before": count(waves.only_before), "after": count(waves.only_after)}
    first = say("caption.sankey", language, n=count(waves.both), net=told)
    return sentences([first, say("caption.sankey_others", language, **facts)], language)


def _named(moved: Moved, place: int, language: str) -> str:
    return moved.bands[place].label.say(language)


def _days(shown: Shown, key: str, side: Side) -> str:
    return say(key, shown.language, since=side.since, until=side.until)


def _part(moved: Moved, one: int, other: int, language: str) -> str:
    """Say which part of a band went there, with its interval; empty where a flow is hidden."""
    line = [n for n in moved.waves.flows[one] if n is not None]
    n, whole = moved.waves.flows[one][other], sum(line)
    if n is None or len(line) < len(moved.bands) or not whole:
        return ""
    found = wilson_share([n], [whole])
    ends = interval(float(found.low[0]), float(found.high[0]), Unit.SHARE, language)
    return f"{share(n / whole)} {ends}"


def _listing(shown: Shown, moved: Moved) -> Listing:
    language = shown.language
    heads = tuple(say(f"sankey.{key}", language) for key in ("from", "to", "customers", "share"))
    rows = [
        (
            _named(moved, i, language),
            _named(moved, j, language),
            say("sankey.hidden", language) if n is None else count(n),
            _part(moved, i, j, language),
        )
        for i, line in enumerate(moved.waves.flows)
        for j, n in enumerate(line)
    ]
    others = [
        (say(f"sankey.{key}", language), "", count(getattr(moved.waves, key)), "")
        for key in ("only_before", "only_after")
    ]
    return Listing(heads, (*rows, *others))


def _option(shown: Shown, moved: Moved) -> Option:
    shared: Option = {
        "type": "sankey", "draggable": False, "layoutIterations": 0, "nodeGap": 18,
        "nodeWidth": 14, "left": 110, "right": 110, "top": 44, "bottom": 12,
        "emphasis": {"focus": "none"},
        "label": {"color": INK, "fontSize": 12, "lineHeight": 16},
    }  # fmt: skip
    option = base_option(
        title=[
            _head(_days(shown, "sankey.before", moved.before), {"left": 0}),
            _head(_days(shown, "sankey.after", moved.after), {"right": 0}),
        ],
        series=[{**shared, "data": _nodes(shown, moved), "links": _links(shown, moved)}],
    )
    narrow = {"title": [{"textStyle": {"fontSize": 10}}] * 2, "series": [{"left": 84, "right": 84}]}
    return on_phone(option, narrow)


def _head(words: str, place: Option) -> Option:
    style = {"fontSize": 12, "fontWeight": 400, "color": SOFT, "lineHeight": 16}
    return {"text": words, "top": 0, "textStyle": style, **place}


def _nodes(shown: Shown, moved: Moved) -> list[Option]:
    """Give a node a band and side, happy ones on top, where any of its flows is drawn."""
    last = len(moved.bands) - 1
    colours = {0: BAD_PALE, last: GOOD_PALE}
    nodes = []
    for side, position in ((0, "left"), (1, "right")):
        for place in range(last, -1, -1):
            flows = moved.waves.flows
            drawn = flows[place] if side == 0 else tuple(line[place] for line in flows)
            if not any(drawn):
                continue
            name = _named(moved, place, shown.language)
            whole = "" if None in drawn else count(sum(n or 0 for n in drawn))
            nodes.append({
                "name": f"{side}:{place}", "depth": side,
                "itemStyle": {"color": colours.get(place, GREY_PALE)},
                "label": {"position": position, "formatter": f"{name}\n{whole}".strip()},
                "tip": [part for part in (name, whole) if part],
            })  # fmt: skip
    return nodes


def _links(shown: Shown, moved: Moved) -> list[Option]:
    language = shown.language
    return [
        {
            "source": f"0:{i}", "target": f"1:{j}", "value": n,
            "lineStyle": {"color": _colour(i, j), "opacity": 0.55, "curveness": 0.5},
            "tip": [
                f"{_named(moved, i, language)} → {_named(moved, j, language)}",
                count(n),
                *([part] if (part := _part(moved, i, j, language)) else []),
            ],
        }
        for i, line in reversed(list(enumerate(moved.waves.flows)))
        for j, n in reversed(list(enumerate(line)))
        if n
    ]  # fmt: skip


def _colour(before: int, after: int) -> str:
    if before == after:
        return GREY_PALE
    return GOOD_PALE if after > before else BAD_PALE


KIND = Kind(ChartKind.SANKEY, fits, draw)
