"""Answers as sentences: the number with n, interval, days, filters, call and definition."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from huiyin.analyse.contracts import DriverResult
from huiyin.analyse.ranked import chance_of_places
from huiyin.analyse.wording import difference_words, interval_words, list_words, what_it_lacks
from huiyin.ask.answers import Bounded, Ranking
from huiyin.ask.contracts import Rank, Threshold
from huiyin.ask.wording import bound_text
from huiyin.codebook.bands import group_text
from huiyin.codebook.contracts import Column
from huiyin.core.absence import REASON_TEXT, Reason
from huiyin.core.numbers import difference_text, number_text
from huiyin.core.text import EN, LANGUAGES, ZH, Text, listed
from huiyin.core.units import COUNTED_TEXT
from huiyin.measure.condition_words import Titles, conditions_text
from huiyin.measure.contracts import (
    WINDOW_MARK,
    Against,
    Call,
    Cell,
    Comparison,
    Counted,
    Result,
    Unit,
    is_over_time,
)
from huiyin.measure.ending import DATA_ENDS
from huiyin.stats.contracts import Association

MOST_NAMED = 5
ONE = Text("{label}：{value}（{interval}，{counted}）", "{label}: {value} ({interval}, {counted})")
ABSENT = Text("{label}：算不出，{why}", "{label}: not known, {why}")
UNKNOWN = Text("未填", "not given")
MANY = Text("{label}共 {n} 组", "{label}: {n} groups")
LISTED = Text("{label}：{named}", "{label}: {named}")
IN_GROUP = Text("{name} {value}（{interval}，{counted}）", "{name} {value} ({interval}, {counted})")
ANSWERED, COUNTED = Text("{n} 份答卷", "{n} answers"), Text("{n} {of}", "{n} {of}")
"""What a number stands on: answers, orders, tickets and the like."""
GROUPED = {"zh-CN": "、", "en": ", "}
OF_GROUP = Text("{name}{call}", "{name} is {call}")
PERIOD_KEY = "period"
COURSE = Text("{label}：从{first}到{last}", "{label}: from {first} to {last}")
DAYS = Text("时间 {since} 至 {until}", "days {since} to {until}")
ROWS = Text("只看{rows}", "only {rows}")
REAL = Text(
    "比{other}{way} {size}{within}，是真变化", "{size}{within} {way} than {other}, for real"
)
STABLE = Text("和{other}基本持平{gap}", "about the same as {other}{gap}")
CANNOT_TELL = Text(
    "和{other}的差别无法判断{more}{gap}",
    "whether it differs from {other} cannot be told{more}{gap}",
)
WITH_NUMBER = Text("{name}（{number}）", "{name} ({number})")
GAP = Text("（差 {difference}{within}）", " (difference {difference}{within})")
POINTS = Text("{difference} 个百分点", "{difference} percentage points")
RIVAL_REAL = Text(
    "比竞品{way} {size}，真有差别（两家都评过的 {n} 份）",
    "{size} {way} than the competitor, for real ({n} answers that rated both)",
)
RIVAL_STABLE = Text(
    "和竞品不相上下（两家都评过的 {n} 份）",
    "level with the competitor ({n} answers that rated both)",
)
RIVAL_CANNOT_TELL = Text(
    "和竞品的差别无法判断（两家都评过的 {n} 份）{more}",
    "whether it differs from the competitor cannot be told ({n} answers that rated both){more}",
)
ALL_REAL = Text(
    "{n} 个数里和{other}真有差别的有 {k} 个：{named}",
    "of {n} numbers {k} really differ from {other}: {named}",
)
MOST_REAL = Text(
    "{n} 个数里和{other}真有差别的有 {k} 个，最大的是{named}",
    "of {n} numbers {k} really differ from {other}, the most {named}",
)
NONE_REAL = Text("{n} 个数里没有一个能确认真有差别", "of {n} numbers none can be told to differ")
OTHERS = {
    Against.PREVIOUS.value: Text("上期", "the period before"),
    Against.YEAR_AGO.value: Text("去年同期", "the same period last year"),
    Against.YEAR_AGO_LUNAR.value: Text(
        "去年农历同期", "the same days last year by the lunar calendar"
    ),
    Against.SAME_WEEKDAYS.value: Text(
        "前四周同样的星期几", "the same weekdays of the four weeks before"
    ),
    Against.REST.value: Text("其余", "the rest"),
    Against.BENCHMARK.value: Text("基准", "the benchmark"),
    Against.COMPETITOR.value: Text("竞品", "the competitor"),
}
SPAN = Text("{since} 至 {until}", "{since} to {until}")
ONE_REAL = Text("{name}的{label}{way} {size}", "{label} of {name}, {size} {way}")
OF_ALL_REAL = Text("{label}{way} {size}", "{label}, {size} {way}")
HIGHER, LOWER = Text("高", "higher"), Text("低", "lower")
MEANS = Text("口径：{formula}", "it means: {formula}")
PULLED = Text(
    "名次把答卷少的组往总体拉近了再排，免得几份答卷定先后，所以和数值的大小不完全一致",
    "groups with few answers are drawn towards the whole before they are ranked, so that a few "
    "answers do not decide: the order is not quite that of the numbers",
)
RANKED = Text("{label}{end}：{names}。{standing}", "{label}, {end}: {names}. {standing}")
OF_THEM_REAL = Text(
    "{n} 组里真正{side}其余的有 {k} 组", "Of {n} groups {k} really stand {side} the rest"
)
UNTOLD = Text(
    "有的组人太少、不显示，各组和其余的差别因此没有判断，先后可能只是波动",
    "Some groups are too small to be shown, so none is called against the rest: the order may be "
    "chance",
)
ENDS = {
    True: (Text("最好的", "the best"), Text("好于", "above")),
    False: (Text("最差的", "the worst"), Text("差于", "below")),
}
NO_GROUPS = Text("没有能比的组", "there is no group to compare")
HIDDEN = Text("{n} 组人数太少，不显示", "{n} groups are too small to be shown")
BOUNDED = Text(
    "{label} {bound}：确定的 {k} 组{names}；还有 {m} 组说不准",
    "{label} {bound}: {k} groups for sure{names}; of {m} more it cannot be told",
)
NAMED = Text("（{names}）", " ({names})")
DRIVEN = Text(
    "和{target}关系最大的是{names}（{n} 份答卷）。相关不等于因果",
    "What goes with {target} most: {names} ({n} answers). Correlation, not cause",
)
RELATED = Text(
    "{first}和{second}{word}：秩相关 {value}（{level} 区间 {low} 至 {high}，{n} 份答卷）。"
    "相关不等于因果",
    "{first} and {second} {word}: rank correlation {value} ({level} interval {low} to {high}, {n} "
    "answers). Correlation, not cause",
)
TOGETHER = Text("一起升降", "rise and fall together")
OPPOSITE = Text("一个高、另一个低", "go opposite ways")
NOT_RELATED = Text("看不出有关系", "show no relation")
NO_RELATION = Text(
    "这两项放在一起算不出关系（{n} 份答卷）", "No relation can be given for these two ({n} answers)"
)
TOO_FEW_TO_RELATE = Text(
    "这两项放在一起算不出关系：人数太少，不显示。",
    "No relation can be given for these two: too few customers, not shown.",
)
VOICES = Text("挑了 {n} 条原话", "{n} comments were drawn")
NO_VOICES = Text(
    "没有可以显示的原话：没人写，或不在您能看的范围里",
    "there is no comment that can be shown: nobody wrote one, or they are not yours to see",
)


def joined(parts: Sequence[Text]) -> Text:
    """Put parts into one sentence."""
    marks = {"zh-CN": ("；", "。"), "en": ("; ", ".")}
    said = {}
    for tag in LANGUAGES:
        between, end = marks[tag]
        said[tag] = between.join(part.say(tag) for part in parts if part.say(tag)) + end
    return Text.of(said)


def number_sentence(result: Result, titles: Titles) -> Text:
    """Say a result: one number in full, of several how many there are."""
    cells = result.cells
    calls = _calls(cells)
    if not cells:
        head = [_nobody(result)]
    elif len(cells) <= len(result.definition):
        head = [_one(cell) for cell in cells]
    else:  # of several metrics, what stands out says how many there are
        told = calls and len(cells) > MOST_NAMED and len(result.definition) > 1
        head = [] if told else [_many(result)]
    return joined([*head, *calls, *_facts(result, titles)])


def _calls(cells: Sequence[Cell]) -> list[Text]:
    """Say how each of a few cells stands against the other side; of several, which one."""
    compared = [cell for cell in cells if cell.comparison]
    if len(cells) == 1:
        return [_call(cell) for cell in compared]
    if len(cells) > MOST_NAMED:
        return _standing_out(compared) if compared else []
    return [OF_GROUP.format(name=_called(cell), call=_call(cell)) for cell in compared]


def _standing_out(cells: Sequence[Cell]) -> list[Text]:
    """Say of many compared numbers which really differ, the largest differences first."""
    real = [cell for cell in cells if cell.comparison and cell.comparison.call is Call.REAL]
    if not real:
        return [NONE_REAL.format(n=len(cells))]
    real.sort(key=_size, reverse=True)
    named = _in_a_row([_difference(cell) for cell in real[:MOST_NAMED]])
    mark = MOST_REAL if len(real) > MOST_NAMED else ALL_REAL
    other = _other(real[0].comparison.against if real[0].comparison else "")
    return [mark.format(n=len(cells), k=len(real), named=named, other=other)]


def _in_a_row(parts: Sequence[Text]) -> Text:
    """Put parts one after another, without quotes."""
    return Text.of({tag: GROUPED[tag].join(part.say(tag) for part in parts) for tag in LANGUAGES})


def _size(cell: Cell) -> float:
    return abs(cell.comparison.difference or 0.0) if cell.comparison else 0.0


def _difference(cell: Cell) -> Text:
    difference = (cell.comparison.difference if cell.comparison else None) or 0.0
    way = HIGHER if difference > 0 else LOWER
    size = difference_words(cell.unit, difference)
    told = ONE_REAL if cell.by else OF_ALL_REAL
    return told.format(name=_group(cell), label=cell.label, way=way, size=size)


def _group(cell: Cell) -> Text:
    said = [UNKNOWN if one is None else group_text(name, one) for name, one in cell.by.items()]
    return Text(" · ".join(t.say(ZH) for t in said), " · ".join(t.say(EN) for t in said))


def _called(cell: Cell) -> Text:
    """Give the name of a group; of all answers that of the metric."""
    return _group(cell) if cell.by else cell.label


def _beside_rival(cell: Cell) -> bool:
    return cell.comparison is not None and cell.comparison.against == Against.COMPETITOR


def _one(cell: Cell) -> Text:
    if cell.not_estimable is not None:
        return ABSENT.format(label=cell.label, why=REASON_TEXT[cell.not_estimable.reason])
    value = number_text(cell.estimate, cell.unit)
    interval = interval_words(cell)
    return ONE.format(label=cell.label, value=value, interval=interval, counted=_counted(cell))


def _counted(cell: Cell) -> Text:
    told = ANSWERED if cell.counted is Counted.ANSWERS else COUNTED
    return told.format(n=f"{cell.n:,}", of=COUNTED_TEXT[cell.counted])


def _nobody(result: Result) -> Text:
    """Say that nobody answered: of groups there is none then."""
    labels = _in_a_row([one.label for one in result.definition])
    return ABSENT.format(label=labels, why=REASON_TEXT[Reason.NO_ANSWERS])


def _many(result: Result) -> Text:
    known = [cell for cell in result.cells if cell.estimate is not None and cell.by]
    courses = {_without_period(cell) for cell in known}
    if len(courses) == 1 and None not in courses and len(known) > MOST_NAMED:
        return COURSE.format(
            label=result.definition[0].label, first=_named(known[0]), last=_named(known[-1])
        )
    if 0 < len(known) <= MOST_NAMED and len(result.definition) == 1:
        named = _in_a_row([_named(cell) for cell in known])
        return LISTED.format(label=result.definition[0].label, named=named)
    labels = list_words(tuple(d.label for d in result.definition))
    return MANY.format(label=labels, n=len(result.cells))


def _without_period(cell: Cell) -> tuple[tuple[str, str | None], ...] | None:
    """Give the group of a cell of a course; None where it is of no period."""
    if PERIOD_KEY not in cell.by:
        return None
    return tuple(one for one in cell.by.items() if one[0] != PERIOD_KEY)


def _named(cell: Cell) -> Text:
    value = number_text(cell.estimate, cell.unit)
    interval = interval_words(cell)
    return IN_GROUP.format(
        name=_group(cell), value=value, interval=interval, counted=_counted(cell)
    )


def _call(cell: Cell) -> Text:
    found = cell.comparison
    if found is None or found.call is None:
        return found.note if found and found.note else Text("", "")
    marks = (REAL, STABLE, CANNOT_TELL)
    if _beside_rival(cell):
        marks = (RIVAL_REAL, RIVAL_STABLE, RIVAL_CANNOT_TELL)
    facts = _beside(found, cell.unit)
    if found.call is Call.STABLE:
        return marks[1].format(**facts)
    if found.call is Call.CANNOT_TELL:
        return marks[2].format(more=what_it_lacks(found, cell), **facts)
    difference = found.difference or 0.0
    way = HIGHER if difference > 0 else LOWER
    facts["within"] = _within(found, cell.unit, sign=1 if difference > 0 else -1)
    return marks[0].format(way=way, size=difference_words(cell.unit, difference), **facts)


def _within(found: Comparison, unit: Unit, *, sign: int = 1) -> Text:
    """Give the interval of a difference; with a sign of -1 of how much lower it is."""
    if found.low is None or found.high is None:
        return Text("", "")
    low, high = sorted((sign * found.low, sign * found.high))
    ends = [difference_text(end, unit) for end in (low, high)]
    return Text.of(
        {tag: f" [{', '.join(_unsigned(e.say(tag)) for e in ends)}]" for tag in LANGUAGES}
    )


def _unsigned(written: str) -> str:
    return written.removeprefix("+")


def _beside(found: Comparison, unit: Unit) -> dict[str, object]:
    """Give the other number, and the difference with its interval."""
    other = _other(found.against)
    if found.reference is not None:
        other = WITH_NUMBER.format(name=other, number=number_text(found.reference, unit))
    within, gap = _within(found, unit), Text("", "")
    if found.difference is not None:
        told = difference_text(found.difference, unit)
        told = POINTS.format(difference=told) if unit is Unit.SHARE else told
        gap = GAP.format(difference=told, within=within)
    return {"other": other, "within": within, "gap": gap, "n": f"{found.n_pairs or 0:,}"}


def _other(against: str) -> Text:
    """Name what a number is compared with; a group and days of their own speak for themselves."""
    if against in OTHERS:
        return OTHERS[against]
    if is_over_time(against):
        since, _, until = against.partition(WINDOW_MARK)
        return SPAN.format(since=since, until=until)
    return Text.same(against.partition("=")[2] or against)


def _facts(result: Result, titles: Titles) -> list[Text]:
    query = result.query
    facts = []
    if query.since and query.until:
        facts.append(DAYS.format(since=query.since, until=query.until))
    if query.where:
        facts.append(ROWS.format(rows=conditions_text(query.where, titles)))
    facts += [MEANS.format(formula=d.formula) for d in result.definition[:1]]
    return facts


def ranking_sentence(result: Result, found: Ranking, rank: Rank | None, titles: Titles) -> Text:
    """Say which groups are at the end that was asked for, and how many really are."""
    if not found.places:
        return joined([NO_GROUPS, *_hidden(found.n_hidden), *_facts(result, titles)])
    end, side = ENDS[rank is None or rank.best]
    names = [_name(place.cell) for place in found.places[:MOST_NAMED]]
    head = RANKED.format(
        label=result.definition[0].label,
        end=end,
        names=list_words(tuple(names)),
        standing=OF_THEM_REAL.format(n=found.n_groups, side=side, k=found.n_real)
        if any(place.call for place in found.places)
        else UNTOLD,
    )
    places = [(place.cell, _group(place.cell).say(ZH)) for place in found.places]
    chance = chance_of_places(places)
    return joined(
        [head, chance, *_pulled(found), *_hidden(found.n_hidden), *_facts(result, titles)]
    )


def _pulled(found: Ranking) -> list[Text]:
    """Say by what groups are put in order, where their plain numbers stand in another."""
    plain = [place.cell.estimate or 0.0 for place in found.places[:MOST_NAMED]]
    return [] if plain in (sorted(plain), sorted(plain, reverse=True)) else [PULLED]


def _name(cell: Cell) -> Text:
    words = " · ".join(value or "" for value in cell.by.values())
    return Text("{words} {value}", "{words} {value}").format(
        words=words, value=number_text(cell.estimate, cell.unit)
    )


def _hidden(n: int) -> list[Text]:
    return [HIDDEN.format(n=n)] if n else []


def bound_sentence(result: Result, found: Bounded, bound: Threshold, titles: Titles) -> Text:
    """Say which groups are past a bound for real, and of how many nobody can tell."""
    definition = result.definition[0]
    unit = result.cells[0].unit if result.cells else None
    names = list_words(tuple(_name(cell) for cell in found.real[:MOST_NAMED]))
    head = BOUNDED.format(
        label=definition.label,
        bound=bound_text(bound, unit),
        k=len(found.real),
        names=NAMED.format(names=names) if found.real else Text("", ""),
        m=len(found.cannot_tell),
    )
    return joined([head, *_hidden(found.n_hidden), *_facts(result, titles)])


def drivers_sentence(found: DriverResult) -> Text:
    """Say what goes with the target most."""
    if found.not_estimable is not None:
        return joined(
            [ABSENT.format(label=found.target_label, why=REASON_TEXT[found.not_estimable.reason])]
        )
    names = list_words(tuple(driver.label for driver in found.drivers[:3]))
    return joined([DRIVEN.format(target=found.target_label, names=names, n=f"{found.n:,}")])


def relation_sentence(found: Association | None, sides: Sequence[Column | None], n: int) -> Text:
    """Say how two things go together; that is never called a cause."""
    labels = [column.label for column in sides if column is not None]
    if found is None or len(labels) != len(sides):
        return joined([NO_RELATION.format(n=f"{n:,}")])
    clear = found.low > 0 or found.high < 0
    word = (TOGETHER if found.estimate > 0 else OPPOSITE) if clear else NOT_RELATED
    facts = {"value": found.estimate, "low": found.low, "high": found.high}
    written = {name: f"{value:.2f}" for name, value in facts.items()}
    return joined(
        [
            RELATED.format(
                first=labels[0], second=labels[1], word=word, level="95%", n=f"{n:,}", **written
            )
        ]
    )


def voices_sentence(n: int) -> Text:
    """Say how many comments are shown."""
    return joined([VOICES.format(n=n) if n else NO_VOICES])


LEFT_OUT = Text(
    "没看懂“{words}”，下面是不算它的结果：", "“{words}” is not understood; this is without it."
)


def with_doubt(sentence: Text, words: Sequence[str]) -> Text:
    """Begin with the words that are left out, though they may well matter."""
    if not words:
        return sentence
    doubt, gap = LEFT_OUT.format(words=listed(words)), {"zh-CN": "", "en": " "}
    return Text.of({tag: doubt.say(tag) + gap[tag] + sentence.say(tag) for tag in LANGUAGES})


def with_end(sentence: Text, ends: date | None) -> Text:
    """Add where the data ends, if the days asked for go on after that."""
    if ends is None:
        return sentence
    end, gap = joined([DATA_ENDS.format(day=ends)]).begun(), {"zh-CN": "", "en": " "}
    return Text.of({tag: sentence.say(tag) + gap[tag] + end.say(tag) for tag in LANGUAGES})
