"""What Ask says: how it read a question, what it asks back, why it refuses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from huiyin.analyse.wording import short
from huiyin.ask.contracts import AskBack, Kind, Missing, Refusal, Threshold, Understood, Why
from huiyin.ask.several import questions_in
from huiyin.codebook.bands import group_text
from huiyin.codebook.contracts import Codebook
from huiyin.codebook.rivals import GAP
from huiyin.core.numbers import number_text
from huiyin.core.text import LANGUAGES, Text, listed
from huiyin.measure.catalogue import metric_catalogue, metric_of
from huiyin.measure.condition_words import Titles, column_text, condition_text
from huiyin.measure.contracts import Against, Compare, Filter, Grain, Unit

ASK_TEXT = {
    Missing.METRIC: Text(
        "想看哪个指标？例如：{options}", "Which metric do you want to see? For example: {options}"
    ),
    Missing.COLUMN: Text("“{word}”按哪一列来分？{options}", "“{word}”: by which column? {options}"),
    Missing.VALUE: Text(
        "“{word}”可以指好几样，是哪一个？{options}",
        "“{word}” may be several things, which one is meant? {options}",
    ),
    Missing.PERIOD: Text(
        "要看哪段时间？可以说上个月、近三个月、2026年Q1、3月到5月",
        "Which period? Say for example last month, the past 3 months, Q1 2026, March to May",
    ),
    Missing.RELATIVE_OR_ABSOLUTE: Text(
        "百分之几是相对原来的幅度，还是差了几个百分点（分）？",
        "Is the percentage relative to the earlier number, or a difference in points?",
    ),
    Missing.WHAT: Text(
        "没看懂“{word}”。可以这样问：上个月各大区的满意度、为什么5月NPS下降了",
        "“{word}” is not understood. Ask for example: satisfaction by region last month, why did "
        "NPS fall in May",
    ),
}
NO_METRIC_AT_ALL = Text(
    "想看哪个指标？各题的回答可以看报告里的“逐题结果”",
    "Which metric do you want to see? The report shows the answers of each question",
)
REFUSAL_TEXT = {
    Why.NO_SUCH_METRIC: Text(
        "这份数据里没有“{word}”，算不出来",
        "This data does not hold “{word}”, so it cannot be given",
    ),
    Why.NO_SUCH_COLUMN: Text(
        "这份数据里没有“{word}”这一列，没法按它分", "This data has no column “{word}” to go by"
    ),
    Why.NO_SUCH_VALUE: Text("这份数据里没有“{word}”", "There is no “{word}” in this data"),
    Why.FUTURE: Text(
        "数据里只有已经发生的，还没发生的事答不了",
        "The data holds what has happened: what is still to come cannot be answered",
    ),
    Why.CAUSAL: Text(
        "答卷只能说明一起变化，不能证明因果，也推不出“如果”；可以问两者有没有关系",
        "Answers show what goes together, not what causes what, nor what would be if; ask whether "
        "two things are related",
    ),
    Why.PERSONAL: Text(
        "这里只回答一群客户的数字，不查某一个人，也不给联系方式",
        "Only numbers of groups are answered here, nobody in person and no contact details",
    ),
    Why.NOT_A_QUESTION: Text(
        "请问一个和这份数据有关的问题，例如：上个月的满意度是多少",
        "Please ask something about this data, for example: what was satisfaction last month",
    ),
    Why.OUT_OF_SCOPE: Text(
        "这件事不归这里管：这里只回答这份数据里的指标",
        "That is not done here: only the metrics of this data are answered",
    ),
}
COUNTED = re.compile(
    r"(?:多少|几)(?:[条份位名]|[条份个位名]?(?:人|客户|顾客|反馈|答卷|问卷|评价|评论|留言|意见|回复|差评|好评))"
    r"|答卷数|样本[量数]|人数|客户数|回访了"
    r"|\bhow many\b|\b(?:number|count) of (?:answers|responses|reviews|customers|people)\b"
    r"|\bsample sizes?\b"
)
"""How many there are is asked, not how they answered."""
NO_COUNTS = Text(
    "“{word}”：份数和人数不单独作答，每个数字旁边的 n 就是它的答卷数。按组看就问“各门店的满意度”，"
    "按月看就问“满意度按月走势”",
    "“{word}”: counts are no metric here; n beside every number says how many answers it has. Ask "
    "for example satisfaction by store, or satisfaction by month",
)
WHICH_DAYS = re.compile(
    r"哪(?:一|几)?个?(?:月|季度?|周|星期|礼拜|天|年|段时间|段日子|阵子)|(?:什么|啥)时候|何时"
    r"|历史最[高低好差]|(?<![\d月])几[号月](?!前|后|到)|"
    r"(?:最[高低好差]|峰值|低谷)[^,，]{0,6}的?(?:那个?|是)?(?:月份?|季度|周|一天)$"
    r"|\b(?:which|what|whichever) (?:month|week|quarter|day|year)s?\b|^(?:and |so )?when\b"
    r"|\b(?:best|worst|highest|lowest) (?:month|week|quarter|day)\b"
)
PEAK = Text(
    "不单独挑出最高或最低的那一段时间。问“今年NPS按月走势”，图上就能看出是哪个月、差别是不是真的",
    "The best or worst month is not picked out. Ask for example NPS by month this year: the chart "
    "shows which it is and whether the difference is real",
)
ONE_AT_A_TIME = Text(
    "一次答一个问题。先问“{first}？”，看到答案再接着问“{next}？”",
    "One question at a time: ask “{first}?” first, and go on with “{next}?” when it is answered",
)
KIND_TEXT = {
    Kind.NUMBER: Text("数值", "number"),
    Kind.TREND: Text("走势", "trend"),
    Kind.COMPARE: Text("对比", "comparison"),
    Kind.RANKING: Text("排名", "ranking"),
    Kind.THRESHOLD: Text("过线的", "past a bound"),
    Kind.WHY: Text("变化的原因", "why it changed"),
    Kind.DRIVERS: Text("影响因素", "drivers"),
    Kind.RELATION: Text("有没有关系", "relation"),
    Kind.VOICES: Text("客户原话", "what customers say"),
}
AGAINST_TEXT = {
    Against.PREVIOUS: Text("和上一期比", "against the period before"),
    Against.YEAR_AGO: Text("和去年同期比", "against a year ago"),
    Against.YEAR_AGO_LUNAR: Text("和去年同期比（按农历）", "against a year ago (lunar)"),
    Against.REST: Text("和其余的比", "against the rest"),
    Against.BENCHMARK: Text("和基准比", "against the benchmark"),
    Against.COMPETITOR: Text(
        "和竞品比（两家都评过的人）", "against the competitor, among who rated both"
    ),
    Against.GROUP: Text("和{column}为{value}的比", "against {column} {value}"),
}
GRAIN_TEXT = {
    Grain.DAY: Text("按天", "by day"),
    Grain.WEEK: Text("按周", "by week"),
    Grain.MONTH: Text("按月", "by month"),
    Grain.QUARTER: Text("按季度", "by quarter"),
    Grain.YEAR: Text("按年", "by year"),
}
BOUND_TEXT = {
    "<": Text("低于 {value}", "below {value}"),
    "<=": Text("不高于 {value}", "at most {value}"),
    ">": Text("高于 {value}", "above {value}"),
    ">=": Text("不低于 {value}", "at least {value}"),
}
BY_TEXT = Text("按{columns}分", "by {columns}")
WORST_TEXT, BEST_TEXT = Text("最差 {n} 个", "worst {n}"), Text("最好 {n} 个", "best {n}")
ALL_DAYS = Text("全部时间", "all days")
DAYS = Text("{since} 至 {until}", "{since} to {until}")
OPEN_END, OPEN_START = Text("{since} 起", "from {since}"), Text("{until} 前", "until {until}")
SHOWN_OPTIONS = 6


UNUSED_TEXT = Text("没有看懂、没有用到：{words}", "not understood and not used: {words}")


def reading_of(understood: Understood, codebook: Codebook, unused: Sequence[str] = ()) -> Text:
    """Say how a question was read: kind, metrics, rows, groups, days, comparison; what was not."""
    titles = titles_of(codebook)
    parts = [KIND_TEXT[understood.kind or Kind.NUMBER]]
    if is_why_behind(understood):
        parts = [WHERE_BEHIND]
    if is_why_behind(understood) and len(understood.metrics) > 1:
        parts.append(FURTHEST)
    elif understood.metrics:
        parts.append(metrics_text(understood.metrics, titles))
    parts += [_condition(one, titles) for one in understood.where]
    if understood.by:
        parts.append(groups_text(understood.by, titles))
    parts.append(days_text(understood))
    if understood.grain:
        parts.append(GRAIN_TEXT[understood.grain])
    if understood.compare:
        parts.append(against_text(understood.compare, titles))
    if understood.rank:
        text = BEST_TEXT if understood.rank.best else WORST_TEXT
        parts.append(text.format(n=understood.rank.n))
    if understood.threshold:
        metric = next(iter(understood.metrics), "").partition(":")[0]
        known = metric_catalogue().get(metric)
        parts.append(bound_text(understood.threshold, known.unit if known else None))
    if unused:
        parts.append(UNUSED_TEXT.format(words=listed(unused)))
    return Text.of({tag: " · ".join(part.say(tag) for part in parts) for tag in LANGUAGES})


def titles_of(codebook: Codebook) -> Titles:
    """Give what the columns of a dataset are called."""

    def title(name: str) -> Text:
        return short(codebook[name].label) if name in codebook else Text.same(name)

    return title


def groups_text(by: Sequence[str], titles: Titles) -> Text:
    """Say by which columns an answer is parted."""
    return BY_TEXT.format(columns=listed(column_text(name, titles) for name in by))


def against_text(compare: Compare, titles: Titles) -> Text:
    """Say what a number is set against."""
    column, value = compare.column or "", compare.value or ""
    return AGAINST_TEXT[compare.against].format(
        column=column_text(column, titles), value=group_text(column, value)
    )


def bound_text(bound: Threshold, unit: Unit | None) -> Text:
    """Say a bound in the unit of its metric."""
    value = number_text(bound.value, unit) if unit else Text.same(f"{bound.value:g}")
    return BOUND_TEXT[bound.operator].format(value=value)


def is_why_behind(understood: Understood) -> bool:
    """Tell 为什么不如竞品: of what, it need not say."""
    rival = understood.compare is not None and understood.compare.against is Against.COMPETITOR
    return rival and understood.kind is Kind.WHY


WHERE_BEHIND = Text("差在哪里", "where the gap is")
FURTHEST = Text("差得最多的一项", "what is furthest behind")
GAP_TEXT = {
    "<": Text("“{column}”给竞品打分更高的人", "who rate the competitor higher on “{column}”"),
    ">": Text("“{column}”给我们打分更高的人", "who rate us higher on “{column}”"),
}
WITH_COLUMN = Text("{label}（{column}）", "{label} ({column})")
METRIC_TEXT = {
    "nps": Text("NPS", "NPS"),
    "ces": Text("费力度", "effort"),
    "easy": Text("轻松率", "easy share"),
    "intent": Text("意愿", "intent"),
    "index": Text("综合指数", "index"),
    "response_rate": Text("回收率", "response rate"),
}
MEASURE_TEXT = {
    "score": Text("{column}得分", "{column} score"),
    "satisfied": Text("{column}的满意率", "satisfied share of {column}"),
    "dissatisfied": Text("{column}的不满意率", "dissatisfied share of {column}"),
    "mean": Text("{column}均值", "mean of {column}"),
    "share": Text("“{column}”的占比", "share of “{column}”"),
    "calc": Text("{column}", "{column}"),
}


def metrics_text(metrics: Sequence[str], titles: Titles) -> Text:
    """Say metrics in words: score:收银效率 is 收银效率得分."""
    said = []
    for metric in metrics:
        name, _, column = metric.partition(":")
        known = MEASURE_TEXT.get(name) if column else METRIC_TEXT.get(name)
        stands_on = _stands_on(column, titles)
        said.append(known.format(column=stands_on) if known else _operation(name, stands_on))
    between = {"zh-CN": "、", "en": ", "}
    return Text.of({tag: between[tag].join(one.say(tag) for one in said) for tag in LANGUAGES})


def _stands_on(words: str, titles: Titles) -> Text:
    """Say the column of a metric, or the value that it counts: 城市=武汉."""
    column, equals, value = words.partition("=")
    if equals:
        return condition_text(Filter(column, "=", (value,)), titles)
    return column_text(words, titles)


def _operation(name: str, column: Text) -> Text:
    """Say a metric of orders, tickets and the like: repurchase is 周期内复购率."""
    label = metric_of(name).label
    return WITH_COLUMN.format(label=label, column=column) if column.say() else label


def _condition(one: Filter, titles: Titles) -> Text:
    if one.column.startswith(GAP) and one.operator in GAP_TEXT:
        return GAP_TEXT[one.operator].format(
            column=column_text(one.column.removeprefix(GAP), titles)
        )
    return condition_text(one, titles)


def days_text(understood: Understood) -> Text:
    """Say the days that are asked about."""
    since, until = understood.since, understood.until
    if since and until:
        return DAYS.format(since=since, until=until)
    if since:
        return OPEN_END.format(since=since)
    return OPEN_START.format(until=until) if until else ALL_DAYS


def ask_back(
    reason: Missing, understood: Understood, word: str = "", options: Sequence[str] = ()
) -> AskBack:
    """Ask for what is missing, with what could be said."""
    shown = tuple(options[:SHOWN_OPTIONS])
    return AskBack(reason, ask_text(reason, word, shown), shown, understood, word)


def ask_text(reason: Missing, word: str, options: Sequence[str | Text]) -> Text:
    """Say what is asked back."""
    asked = questions_in(word) if reason is Missing.WHAT else []
    if len(asked) > 1:
        return ONE_AT_A_TIME.format(first=asked[0], next=asked[1])
    if reason is Missing.WHAT and WHICH_DAYS.search(word):
        return PEAK
    bare = reason is Missing.METRIC and not options
    pattern = NO_METRIC_AT_ALL if bare else ASK_TEXT[reason]
    return pattern.format(word=word, options=listed(options))


def refuse(reason: Why, word: str = "") -> Refusal:
    """Refuse, with the reason."""
    return Refusal(reason, refusal_text(reason, word), word)


def refusal_text(reason: Why, word: str) -> Text:
    """Say why it is refused; how many answers there are stands beside every number."""
    if reason is Why.NO_SUCH_METRIC and COUNTED.search(word):
        return NO_COUNTS.format(word=word)
    return REFUSAL_TEXT[reason].format(word=word)
