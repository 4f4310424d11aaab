"""Words of views: titles, captions, what does not fit and why."""

# ruff: noqa: E501 -- one sentence a line

from __future__ import annotations

from collections.abc import Iterable, Mapping

from huiyin.core.text import EN, Text, begun
from huiyin.report.words import WORDS

OWN: Mapping[str, Text] = {
    "title.by": Text("{metrics}（按{by}）", "{metrics} by {by}"),
    "title.answers": Text("“{column}”各个回答的占比", "shares of the answers to “{column}”"),
    "answer": Text("选“{value}”", "“{value}”"),
    "title.of": Text("{group}：{metrics}", "{group}: {metrics}"),
    "caption.none": Text("没有可以显示的数。", "There is no number to show."),
    "caption.all_small": Text("每一组的人都太少，都不显示：把时间拉长，或换个大些的分组。", "Every group is too small to be shown: take a longer time, or larger groups."),
    "caption.of_metric": Text("{group}的{metric}", "{group}: {metric}"),
    "caption.no_call": Text("按{by}看，最高的是{best}（{high}），最低的是{worst}（{low}）；各组之间的差别没有检验，要检验请选“和其余比”。", "By {by}, {best} is highest ({high}) and {worst} lowest ({low}); the differences between groups were not tested: compare with the rest to do so."),
    "caption.of_first": Text("“{metric}”：{said}", "{metric}: {said}"),
    "caption.metrics": Text("{best}最高（{high}），{worst}最低（{low}）。", "{best} is highest ({high}), {worst} lowest ({low})."),
    "caption.untold": Text("按{by}看，最高的是{best}（{high}），最低的是{worst}（{low}）。{why}", "By {by}, {best} is highest ({high}) and {worst} lowest ({low}).{why}"),
    "caption.why_small": Text("有的组人太少、不显示，各组的差别也就不下结论。", " Some groups are too small to be shown, so differences are not called either."),
    "caption.why_note": Text("各组的差别没有下结论：{note}。", " Differences are not called: {note}."),
    "caption.real": Text("和{against}比，{parts}。", "Against {against}, {parts}."),
    "caption.told": Text("{name}（{value}）", "{name} ({value})"),
    "caption.better": Text("{which}真的更好", "{which} is really better"),
    "caption.worse": Text("{which}真的更差", "{which} is really worse"),
    "caption.better_many": Text("{which}真的更好", "{which} are really better"),
    "caption.worse_many": Text("{which}真的更差", "{which} are really worse"),
    "caption.stable": Text("和{against}比，都基本持平。", "Against {against}, no meaningful difference anywhere."),
    "caption.nothing": Text("和{against}比，没有一个差别能确认是真的。", "Against {against}, no difference can be confirmed."),
    "caption.and": Text("，", "; "), "caption.etc": Text("等 {n} 个", " and others ({n})"),
    "caption.chance": Text("{said}。", "{said}."),
    "caption.left": Text("只画出 {shown} 个，共 {total} 个。", "{shown} of {total} are drawn."),
    "caption.left_small": Text("画出 {shown} 组，另外 {rest} 组人太少、不显示。", "{shown} are drawn; the other {rest} are too small to be shown."),
    "caption.both_ends": Text("组太多，只画最好的 {best} 组和最差的 {worst} 组，共 {total} 组；要全部请看数据表。", "Too many groups: the best {best} and the worst {worst} of {total} are drawn; the table of data has them all."),
    "caption.missed": Text("没达到目标的：{which}。", "Target missed: {which}."),
    "caption.one": Text("{metric} {value}，{interval}，{n}。", "{metric} {value} {interval}, {n}."),
    "caption.against": Text("和{against}比：{call}。", "Against {against}: {call}."),
    "caption.moved": Text("最近一期（{period}）{metric} {value}，和{against}比：{call}。", "In the last period ({period}) {metric} is {value}; against {against}: {call}."),
    "caption.last": Text("最近一期（{period}）{metric} {value}，{interval}。", "In the last period ({period}) {metric} is {value} {interval}."),
    "caption.lines": Text("画出答卷最多的 {n} 条线，共 {total} 条。", "The {n} lines with most answers are drawn, of {total}."),
    "caption.target": Text("和{target}比：{call}。", "Against the {target}: {call}."),
    "caption.pareto": Text("{total} 组里，人数最多的 {n} 组（{names}）合起来占全部的 {share}。", "{n} of {total} groups ({names}) together hold {share} of all that are counted."),
    "caption.funnel": Text("一条有多宽，看它有多少份答卷。", "A bar is as wide as its number of answers."),
    "caption.dots": Text("等", " and others"),
    "caption.box": Text("箱子是中间一半的回答，两臂是中间八成；{number}。", "The box holds the middle half of the answers, its arms the middle 80%. {number}."),
    "caption.violin": Text("越宽的地方回答越密，各组面积一样大；箱子是中间一半，中间的竖线是中位数；{number}。两端各 5%（人少时 10%）不画，那是少数几个人的数。", "The wider, the closer together the answers lie; all areas are equal. The box holds the middle half, its line is the median. {number}. The last 5% at either end (10% of few answers) are not drawn: they are a few people's own."),
    "caption.diamond": Text("菱形是均值和它的区间", "the diamond is the mean with its interval"),
    "caption.number_beside": Text("右边的数是{metric}和它的区间", "the number on the right is the {metric} with its interval"),
    "caption.box_clocks": Text("箱子是中间一半的时长，两臂是中间八成，没结束的按还在计时算；菱形是{metric}和它的区间。", "The box holds the middle half of the durations, its arms the middle 80%; what is open counts as still running. The diamond is the {metric} with its interval."),
    "caption.violin_clocks": Text("越宽的地方时长越密，各组按同一尺度画；没结束的按还在计时算。箱子是中间一半，中间的竖线是中位数，菱形是{metric}和它的区间。形状由每 5% 一个分位数画成，只画到定得下来的地方。", "The wider, the closer together durations lie, all drawn by one measure; what is open counts as still running. The box holds the middle half, its line is the median, the diamond the {metric} with its interval. The shape is drawn from the quantiles at every 5%, as far as they can be told."),
    "caption.box_open": Text("虚线的箱子一边定不下来（没结束的太多，或单数太少），只画到定得下来的地方。", "A dashed box has an end that cannot be told (too many are open, or there are too few): it is drawn as far as it can be."),
    "caption.no_median": Text("{which}的中位数定不下来（没结束的太多，或单数太少），没有画。", "The median of {which} cannot be told (too many are open, or there are too few): not drawn."),
    "caption.steps": Text("每一档的宽度是选它的占比，只画真有的档，不抹平；箱子是中间一半，中间的竖线是中位数；{number}。", "The width of a step is the share of answers on it: only steps that exist, nothing is smoothed. The box holds the middle half, its line is the median. {number}."),
    "caption.beyond": Text("{periods}超出控制限（{low} 到 {high}）：不是平常的起伏，值得去查。", "{periods} lies outside the control limits ({low} to {high}): more than the usual ups and downs."),
    "caption.run": Text("从 {period} 起连续 8 期以上在中线同一侧：水平变了（控制限 {low} 到 {high}）。", "From {period} on, eight or more periods lie on one side of the centre: the level has moved (limits {low} to {high})."),
    "caption.steady": Text("各期都在控制限（{low} 到 {high}）之内，没有长串偏在一侧：都是平常的起伏。", "All periods lie within the control limits ({low} to {high}) and none run along one side: the usual ups and downs."),
    "caption.importance": Text("重要性是和“{target}”一起变化的程度，不是因果；这些因素合起来解释了差异的 {r2}{interval}，{n}。", "Importance is how much an aspect goes with “{target}”, never a cause; together they explain {r2}{interval} of its differences, {n}."),
    "caption.no_drivers": Text("算不出重要性：{why}。", "Importance cannot be told: {why}."),
    "caption.no_matrix": Text("有得分的因素不到两个，排不出先后。", "Fewer than two aspects have a score: there is nothing to rank."),
    "control.high": Text("上限", "upper"), "control.low": Text("下限", "lower"), "control.centre": Text("中线", "centre"),
    "box.middle": Text("中位数 {middle}，中间一半 {low} 到 {high}", "median {middle}, middle half {low} to {high}"),
    "box.untold": Text("定不下来", "not told"),
    "box.arms": Text("中间八成 {low} 到 {high}", "middle 80% {low} to {high}"),
    "violin.median": Text("中位数", "Median"), "violin.half": Text("中间一半", "Middle half"), "violin.most": Text("中间八成", "Middle 80%"), "violin.range": Text("{low} 到 {high}", "{low} to {high}"), "violin.group": Text("分组", "Group"), "violin.all": Text("全部", "All"), "violin.n": Text("答卷", "Answers"),
    "pareto.part": Text("占全部的 {part}，{n}", "{part} of all, {n}"),
    "pareto.together": Text("加上前面的一共 {share}", "{share} with those before"),
    "waterfall.before": Text("以前", "before"), "waterfall.after": Text("现在", "now"),
    "waterfall.rest": Text("其余 {n} 组", "{n} others"), "waterfall.folded": Text("人数少的 {n} 组合计", "{n} small groups together"),
    "total": Text("合计", "total"),
    "told": Text("{column}为“{group}”的", "{column} “{group}”"),
    "target": Text("目标 {value}", "target {value}"),
    # why a kind does not fit
    "fit.group": Text("这种图要先放一个分组", "This chart needs a group first"),
    "fit.time": Text("这种图要先选时间粒度（按月、按周…）", "This chart needs a length of period first (months, weeks…)"),
    "fit.nothing": Text("没有一份答卷可以放到时间上", "No answer can be set on a line of time"),
    "fit.no_time": Text("这种图不画时间：请去掉时间粒度", "This chart has no time in it: take the length of period away"),
    "fit.one_unit": Text("这些指标单位不同，不能画在一根轴上", "These metrics have different units and cannot share an axis"),
    "fit.one_metric": Text("这种图只画一个指标", "This chart draws one metric"),
    "fit.few_groups": Text("分组太多：最多 {n} 个分组列", "Too many groups: {n} grouping columns at most"),
    "fit.many": Text("分组有 {n} 个，画不下；请用表格", "{n} groups do not fit here; use a table"),
    "fit.one": Text("只有一个数时才用大字显示", "Only a single number is shown in big type"),
    "fit.gauge": Text("仪表只画一个数：一个指标，不分组、不按时间", "A gauge shows one number: one metric, neither grouped nor over time"),
    "fit.two": Text("这种图至少要两个数", "This chart needs two numbers at least"),
    "fit.two_dimensions": Text("热力图要两个分组，或一个分组加时间粒度", "A heat map needs two groupings, or one and a length of period"),
    "fit.heat_metrics": Text("几个指标的热力图要正好一个分组，不按时间", "A heat map of several metrics needs exactly one grouping and no length of period"),
    "fit.one_group": Text("这种图要正好一个分组", "This chart needs exactly one grouping"),
    "fit.share": Text("帕累托图要一个占比指标（如不满意率）", "A Pareto chart needs one share (the dissatisfied, say)"),
    "fit.ends": Text("仪表要一个有上下限的指标（占比、0–100 分、NPS）", "A gauge needs a metric with ends (a share, 0–100 points, NPS)"),
    "fit.funnel": Text("漏斗要几个占比指标，或一个指标按一个分组（各步）", "A funnel needs several shares, or one metric by one grouping (its steps)"),
    "fit.likert": Text("分布图要几个评分指标，或一个评分指标按一个分组", "This chart needs several ratings, or one rating by one grouping"),
    "fit.rating": Text("分布图只画评分题的指标", "This chart draws ratings"),
    "fit.column": Text("箱线图要一个数值列或时长的指标，最多两个分组", "A box plot needs one metric of a column or of durations, by two groupings at most"),
    "fit.violin": Text("小提琴图要一个数值列或时长的指标，最多两个分组", "A violin plot needs one metric of a column or of durations, by two groupings at most"),
    "fit.alone": Text("控制图只画一个指标、不分组", "A control chart draws one metric without groups"),
    "fit.periods": Text("控制图至少要 {n} 期", "A control chart needs {n} periods at least"),
    "fit.waterfall": Text("瀑布图要一个指标、一个分组、一段时间，并和上期或去年同期比", "A waterfall needs one metric, one grouping, a window, and a comparison with an earlier one"),
    "cohort.age.month": Text("第 {n} 个月", "month {n}"), "cohort.age.quarter": Text("第 {n} 季", "quarter {n}"),
    "cohort.age.week": Text("第 {n} 周", "week {n}"), "cohort.age.year": Text("第 {n} 年", "year {n}"), "cohort.age.day": Text("第 {n} 天", "day {n}"),
    "cohort.cell": Text("{first} 首答 · {age}（{period}）", "first in {first} · {age} ({period})"),
    "caption.cohort": Text("每一行是首次作答在同一期的客户，往右是过了几期；每格的人数在提示和数据表里。", "A row holds the customers who first answered in one period, its columns how many periods later; each cell's answers stand in its tip and in the table."),
    "caption.cohort_untold": Text("{age}之后每格人数都太少，没有画。", "After {age} every cell has too few answers; those are not drawn."),
    "caption.cohort_unknown": Text("认不出客户的答卷没有画。", "Answers without a known customer are not drawn."),
    "fit.cohort": Text("分批跟踪图（按首次作答）只画一个指标，按周、月、季或年，不另外分组", "Cohorts draw one metric by weeks, months, quarters or years, without other groups"),
    "sankey.before": Text("之前\n{since} 至 {until}", "before\n{since} to {until}"), "sankey.after": Text("之后\n{since} 至 {until}", "after\n{since} to {until}"),
    "sankey.from": Text("从", "From"), "sankey.to": Text("到", "To"), "sankey.customers": Text("客户", "Customers"), "sankey.share": Text("占出发一档", "Share of those from there"),
    "sankey.hidden": Text("人太少，不显示", "too few to be shown"),
    "sankey.only_before": Text("只在之前答过", "answered before only"), "sankey.only_after": Text("只在之后答过", "answered after only"),
    "caption.sankey": Text("两期都答过的客户有 {n} 位：{net}", "{n} customers answered in both periods: {net}"),
    "caption.sankey_untold": Text("各有多少位两期都答过、只答过一期不给出：其中有的人太少；{net}", "How many answered in both periods or in one alone is not told, as some of these are too few: {net}"),
    "caption.sankey_none": Text("两期都答过的客户太少，看不出同一批人怎么变；把时间拉长再看。", "Too few customers answered in both periods to show how they moved: take a longer time."),
    "caption.sankey_up": Text("上升的真的比下降的多，净 {net}。", "really more went up than down, net {net}."),
    "caption.sankey_down": Text("下降的真的比上升的多，净 {net}。", "really more went down than up, net {net}."),
    "caption.sankey_even": Text("上升和下降的分不出多少，净 {net}。", "whether more went up than down cannot be told, net {net}."),
    "caption.sankey_hidden": Text("有的流向人太少没有画，净变化也不给出。", "some flows are too small to be drawn, so the net change is not told."),
    "caption.sankey_others": Text("只在之前答过的 {before} 位、只在之后答过的 {after} 位不在图里；每位客户按各期最后一次作答算。", "{before} who answered before only and {after} after only are not in the figure; each customer counts by the last answer of a period."),
    "fit.sankey": Text("桑基图要一个评分指标、一段时间，并和上期或去年同期比；不分组、不按时间切", "A Sankey needs one rating and a window compared with an earlier one, without groups or periods"),
    "words.word": Text("词", "Word"), "words.n": Text("写到的答卷", "Answers"), "words.share": Text("占有文字的答卷", "Share"),
    "caption.words": Text("{n} 份有文字的答卷里写得最多的是{which}；字的面积按写到的答卷数，少于最小人数的词不出现。", "In {n} answers with words, most often written: {which}. The area of a word goes by the answers that hold it; words of fewer customers than the smallest group do not appear."),
    "caption.words_none": Text("没有够多人写到同一个词，或这份数据没有原话。", "No word was written by enough customers, or there are no verbatims."),
    "caption.words_sampled": Text("从 {total} 份里随机读了 {most} 份。", "A random {most} of {total} answers were read."),
    "caption.words_small": Text("太小看不清的 {n} 个词只在表里。", "{n} words too small to read stand in the table only."),
    "fit.words": Text("词云要一个指标（它的答卷里的原话），不分组、不按时间", "A word cloud needs one metric (the verbatims of its answers), without groups or periods"),
    "caption.map": Text("一格一个省级行政区，位置是示意，不画边界。", "A tile is a province-level unit; places are a sketch, no boundary is drawn."),
    "caption.map_left": Text("有 {n} 组没有画（{names}）：不是省级名称，或同一个省的另一种写法。", "{n} groups are not drawn ({names}): no names of provinces, or second spellings of one."),
    "fit.map": Text("地图要一个指标、一个分组，分组的值是省份名", "A map needs one metric by one grouping whose values are names of provinces"),
    "fit.importance": Text("重要性–表现图要一个评分指标作目标，后面可以再放要比较的评分；不分组、不按时间", "This chart needs one rating as its target (the ratings to compare may follow), without groups or periods"),
    "fit.pivot": Text("表格要有分组或时间", "A table needs groups or periods"),
}  # fmt: skip

_INSIDE = frozenset(
    {
        "caption.better",
        "caption.better_many",
        "caption.worse",
        "caption.worse_many",
        "caption.why_small",
        "caption.why_note",
        "caption.and",
        "caption.etc",
        "caption.dots",
        "caption.sankey_up",
        "caption.sankey_down",
        "caption.sankey_even",
        "caption.sankey_hidden",
    }
)


def text(key: str, **facts: object) -> Text:
    """Give a text of a view, in both languages."""
    found = OWN.get(key) or WORDS[key]
    return found.format(**facts) if facts else found


def say(key: str, language: str, **facts: object) -> str:
    """Say a word of a view, or of a report, in `language`, its places filled."""
    said = text(key, **facts).say(language)
    return begun(said) if key.startswith("caption.") and key not in _INSIDE else said


def sentences(parts: Iterable[str], language: str) -> str:
    """Set sentences one behind the other; empty ones are none."""
    return (" " if language == EN else "").join(part for part in parts if part)
