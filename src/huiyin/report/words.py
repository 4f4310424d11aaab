"""Every heading and label of the HTML and PDF report, in Chinese and English."""

# ruff: noqa: E501 -- one sentence a line

from __future__ import annotations

from collections.abc import Mapping

from huiyin.core.text import Text, begun

WORDS: Mapping[str, Text] = {
    # units, absence, calls
    "unit.share_points": Text(" 个百分点", " pp"),
    "unit.per_orders": Text("每万单 {n} [{low}, {high}]", "{n} [{low}, {high}] per 10,000 orders"),
    "absence.suppressed": Text("少于 {minimum} {of}，不显示", "fewer than {minimum} {of}, not shown"),
    "call.real": Text("真变化", "real change"),
    "call.stable": Text("基本持平", "no meaningful change"),
    "call.stable_group": Text("基本持平", "about the same"),
    "call.cannot_tell": Text("无法判断", "cannot tell"),
    "call.more": Text("（还差约 {n} {of}）", " (about {n} more {of} needed)"),
    "call.far": Text("（若只差 {delta}，再多 10 倍也分不清）", " (ten times as many would not tell a difference of {delta})"),
    "call.alone": Text("（单看像有差别，同时比了 {n} 处，校正后不算）", " (seems to differ, but not when corrected for {n} comparisons)"),
    "call.untested": Text("无法检验", "cannot test"),
    "call.real_group": Text("真差别", "real difference"),
    # cover
    "brand": Text("回音 Huiyin", "Huiyin"),
    "cover.kind": Text("客户满意度报告", "Customer satisfaction report"),
    "cover.purpose": Text("用途", "Purpose"),
    "cover.window": Text("时间范围", "Window"),
    "cover.answers": Text("有效答卷", "Valid answers"),
    "cover.of": Text("{used} / {rows} 份", "{used} of {rows}"),
    "cover.target": Text("分析目标", "Target"),
    "cover.sources": Text("数据来源", "Sources"),
    "cover.made": Text("生成日期", "Made on"),
    "cover.all_time": Text("数据里的全部时间", "all of the data's time"),
    "cover.no_window": Text("数据里没有时间", "no time in the data"),
    "cover.sample": Text("本报告使用生成的示例数据，不是真实客户。", "Made from generated sample data, not from real customers."),
    "conclusions": Text("先说结论", "Conclusions"),
    "conclusions.none": Text("数据还不足以得出结论。", "The data cannot support a conclusion yet."),
    "conclusions.see": Text("看证据", "See the evidence"),
    "contents": Text("目录", "Contents"),
    "skip": Text("跳到正文", "Skip to the content"),
    # chapters
    "scorecard": Text("核心指标", "Scorecard"),
    "trend": Text("趋势", "Trend"),
    "aspects": Text("满意度维度", "Aspects"),
    "drivers": Text("驱动因素：先改什么", "Drivers: what to fix first"),
    "groups": Text("客群差异", "Groups"),
    "linkage": Text("满意度与业务结果", "Satisfaction and outcomes"),
    "cross_tables": Text("交叉分析", "Cross-tables"),
    "actions": Text("行动表", "Actions"),
    "questions": Text("逐题结果", "Question by question"),
    "verbatims": Text("客户原话", "In their own words"),
    "ledger": Text("数据清洗台账", "Cleaning ledger"),
    "method": Text("口径与方法", "Definitions and methods"),
    "scorecard.lead": Text("客户有多满意？每个数都带误差范围：真实值有 {level} 的把握落在区间里。", "How satisfied are customers? Each number carries its interval at {level} confidence."),
    "trend.lead": Text("变好了还是变差了？色带是 {level} 区间；竖线是水平持久改变的时刻。", "Better or worse? The band is the {level} interval; a vertical line marks a lasting change of level."),
    "aspects.lead": Text("哪些方面好，哪些方面拖后腿？从高到低排列，横线是 {level} 区间。", "What is good and what lags? Best first; whiskers are {level} intervals."),
    "drivers.lead": Text("哪些方面与“{target}”关系最密切？重要性是各因素在可解释的差异里占多少，合计 100%。相关不等于因果。", "What goes with “{target}” most? Importance is each driver's part of the explained variance; all sum to 100%. Correlation is not cause."),
    "groups.lead": Text("谁更不满意？每个客群与其余客户比较，只有经多重比较校正后仍成立的差别才算“真差别”。", "Who is less satisfied? Each group is compared with the rest; only differences that survive correction for many comparisons count as real."),
    "linkage.lead": Text("满意的客户结果更好吗？这里只说明两者一起出现，不说明因果。", "Do satisfied customers do better? The two go together; this is not cause."),
    "cross_tables.lead": Text("哪些人群集中在哪里？色块是行内占比，▲▼ 表示明显偏多或偏少。", "Who is found where? Shades are shares of the row; ▲▼ mark cells clearly above or below."),
    "actions.lead": Text("按优先级排列。负责人和期限请在会上填写。", "In order of priority. Owner and deadline are to be filled in together."),
    "questions.lead": Text("每道题怎么答的。占比的分母是答了这道题的人。", "How each question was answered. Shares are of those who answered it."),
    "verbatims.lead": Text("随机抽取的原话，联系方式已遮盖。", "Comments drawn at random, contact data masked."),
    "ledger.lead": Text("没有删除任何一行：只标记。{rows} 行里，{valid} 行算有效答卷。", "No row was deleted, only flagged. Of {rows} rows, {valid} count as valid answers."),
    "method.lead": Text("每个数怎么来的，能说明什么，不能说明什么。", "Where each number comes from, what it can say and what it cannot."),

    # figures
    "figure.data": Text("数据表", "Data"),
    "figure.copy_picture": Text("复制图片", "Copy picture"),
    "figure.copy_data": Text("复制数据", "Copy data"),
    "figure.copied": Text("已复制", "Copied"),
    "figure.saved": Text("已保存", "Saved"),
    "figure.more": Text("只画出前 {shown} 个，共 {total} 个；全部见 XLSX。", "The first {shown} of {total} are drawn; the XLSX has all."),
    "table.more": Text("只列出 {shown} 行，共 {total} 行；全部见 XLSX。", "{shown} of {total} rows are listed; the XLSX has all."),
    "table.search": Text("搜索", "Search"),
    "table.sort": Text("按此列排序", "Sort by this column"),
    "trend.title": Text("{metric}按{grain}的趋势", "{metric} by {grain}"),
    "trend.change": Text("{period} 起 {difference}", "{difference} from {period}"),
    "aspects.title": Text("各维度得分", "Scores of the aspects"),
    "drivers.title": Text("对“{target}”的重要性", "Importance for “{target}”"),
    "matrix.title": Text("重要性 × 表现", "Importance and performance"),
    "matrix.x": Text("重要性（占可解释差异）→", "Importance (share of explained variance) →"),
    "matrix.y": Text("表现（0–100 分）", "Performance (0–100)"),
    "matrix.unnamed": Text("挤在一起的点没有写名字，名字见数据表。", "Points in a crowd are left unnamed; the data table names them."),
    "groups.title": Text("{metric}：按{dimension}", "{metric} by {dimension}"),
    "linkage.title": Text("{outcome}：按{satisfaction}分段", "{outcome} by {satisfaction}"),
    "cross.title": Text("{row} × {column}", "{row} × {column}"),
    "likert.title": Text("各题分布", "Distribution of the ratings"),
    "scorecard.title": Text("核心指标与区间：{unit}", "Headline scores with intervals: {unit}"),
    "others": Text("其他", "Others"), "all_others": Text("其余各项", "All others"),
    "unknown": Text("（未填写）", "(unknown)"),
    "folded": Text("中间 {n} 组未画出", "{n} groups between are not drawn"),
    "options.more": Text("另有 {n} 项，见数据表", "{n} more in the data table"),
    "grain.day": Text("日", "day"), "grain.week": Text("周", "week"),
    "grain.month": Text("月", "month"), "grain.quarter": Text("季度", "quarter"),
    "grain.year": Text("年", "year"),
    # captions: the finding in one sentence
    "list": Text("、", ", "),
    "caption.scorecard": Text("{metric} {value}，{interval}，{n}。", "{metric} {value} {interval}, {n}."),
    "caption.changed": Text("与{against}相比，{which}有真变化。", "Against {against}, {which} really changed."),
    "caption.unchanged": Text("与{against}相比，没有一项能说是真变化。", "Against {against}, nothing can be called a real change."),
    "caption.trend_step": Text("{metric}从 {period} 起{direction}了 {size}，并保持下来。", "From {period} on, {metric} {direction} by {size}, and stayed there."),
    "caption.trend_flat": Text("{metric}没有持久的水平变化；最近一期 {value}。", "{metric} shows no lasting change of level; the last period is {value}."),
    "caption.up": Text("升高", "rose"), "caption.down": Text("降低", "fell"),
    "caption.aspects": Text("{best}最好（{high}），{worst}最低（{low}）。", "{best} is best ({high}), {worst} lowest ({low})."),
    "caption.aspects_close": Text("{best}（{high}）与{worst}（{low}）的区间重叠，最高和最低还分不开。", "The intervals of {best} ({high}) and {worst} ({low}) overlap: best and lowest cannot be told apart."),
    "caption.aspects_one": Text("{best}：{high}。", "{best}: {high}."),
    "caption.drivers": Text("与“{target}”关系最密切的是{first}（{share}）。", "{first} goes with “{target}” most ({share})."),
    "caption.drivers_tie": Text("{first}（{share}）和{second}（{other}）的区间重叠，谁更重要还分不清。", "The intervals of {first} ({share}) and {second} ({other}) overlap: which matters more is open."),
    "caption.matrix": Text("先改：{which}——关系密切，得分偏低。", "Fix first: {which}. They matter much and score low."),
    "caption.matrix_none": Text("没有哪一项既明显重要又明显偏低。", "Nothing is both clearly important and clearly low."),
    "caption.groups": Text("按{dimension}看，{parts}。", "By {dimension}, {parts}."),
    "caption.best": Text("{which}明显更好", "{which} clearly above the rest"),
    "caption.worst": Text("{which}明显更差", "{which} clearly below the rest"),
    "caption.and": Text("，", "; "), "caption.etc": Text("等 {n} 组", " and others ({n} groups)"),
    "caption.groups_none": Text("按{dimension}看，没有哪一组能说与其余客户真有差别。", "By {dimension}, no group can be said to differ from the rest."),
    "caption.linkage_real": Text("“{top}”的客户，{outcome}是 {high}；“{bottom}”的客户是 {low}。差别是真的，但不等于因果。", "{outcome} is {high} among “{top}” and {low} among “{bottom}”: a real difference, but not cause."),
    "caption.linkage_same": Text("“{top}”的客户，{outcome}是 {high}；“{bottom}”的客户是 {low}，基本持平。", "{outcome} is {high} among “{top}” and {low} among “{bottom}”: about the same."),
    "caption.linkage_open": Text("“{top}”的客户，{outcome}是 {high}；“{bottom}”的客户是 {low}。这个差别还不能确认。", "{outcome} is {high} among “{top}” and {low} among “{bottom}”; the difference is not confirmed."),
    "caption.cross": Text("{row}里“{value}”的“{column}”明显{direction}（{share}）。", "{row}: “{value}” has clearly {direction} “{column}” ({share})."),
    "caption.more": Text("偏多", "more"), "caption.fewer": Text("偏少", "fewer"),
    "caption.cross_none": Text("{row}和{column}之间没有明显偏离的格子。", "No cell of {row} × {column} clearly stands out."),
    "caption.level": Text("最多的是“{level}”，占 {share}。", "“{level}” is most frequent: {share}."),
    "caption.likert": Text("“{best}”的好评最多，“{worst}”的差评最多。", "“{best}” has most good answers, “{worst}” most bad ones."),
    # columns
    "col.metric": Text("指标", "Metric"), "col.period": Text("期间", "Period"),
    "col.aspect": Text("维度", "Aspect"), "col.estimate": Text("数值", "Estimate"),
    "col.interval": Text("区间", "Interval"), "col.n": Text("份数", "Answers"),
    "col.customers": Text("客户数", "Customers"), "col.change": Text("与{against}比", "Against {against}"),
    "col.change_plain": Text("比较", "Comparison"), "col.driver": Text("驱动因素", "Driver"),
    "col.importance": Text("重要性", "Importance"), "col.performance": Text("表现", "Performance"),
    "col.correlation": Text("相关系数", "Correlation"), "col.beta": Text("标准化系数", "Std. coefficient"),
    "col.quadrant": Text("象限", "Quadrant"), "col.priority": Text("优先级", "Priority"),
    "col.group": Text("客群", "Group"), "col.band": Text("分段", "Band"),
    "col.level": Text("选项", "Option"), "col.share": Text("占比", "Share"),
    "col.rule": Text("规则", "Rule"), "col.effect": Text("处理", "Effect"),
    "col.flagged": Text("标记行数", "Rows flagged"), "col.why": Text("为什么查", "Why"),
    "col.evidence": Text("依据", "Evidence"), "col.measure": Text("建议措施", "Suggested measure"),
    "col.owner": Text("负责人", "Owner"), "col.deadline": Text("期限", "Deadline"),
    "col.formula": Text("怎么算", "Formula"), "col.delta": Text("无差异界限 Δ", "Margin Δ"),
    "col.notes": Text("说明", "Notes"), "col.column": Text("列", "Column"),
    "col.guess": Text("猜测", "Guess"), "col.reason": Text("原因", "Reason"),
    "col.value": Text("数值", "Value"),
    "col.average": Text("平均", "Average"), "col.smallest": Text("最小", "Smallest"),
    "col.missing": Text("缺失", "Missing"),
    # words inside chapters
    "customers": Text("{n} 位客户", "{n} customers"),
    "base": Text("{n} 人回答，{missing} 人未答", "{n} answered, {missing} did not"),
    "base.multiple": Text("{n} 人至少选了一项；可多选，占比合计会超过 100%", "{n} chose at least one; several choices, so shares exceed 100% in sum"),
    "mean": Text("均分 {value}", "mean {value}"),
    "text.question": Text("开放题：{n} 人写了内容，原话见“客户原话”。", "Open question: {n} people wrote something; see their own words."),
    "questions.more": Text("另有 {n} 道题没有列出，见 XLSX。", "{n} more questions are in the XLSX."),
    "drivers.r2": Text("这些因素一共解释了“{target}”{r2} 的差异{interval}，{n} 份答卷，{method}，{bootstrap} 次重抽样。", "Together these drivers explain {r2} of the variance of “{target}” {interval}, {n} answers, {method}, {bootstrap} resamples."),
    "drivers.dropped": Text("没有纳入：{which}", "Left out: {which}"),
    "groups.test": Text("整体检验 q {q}；效应量 {effect}", "test of the dimension q {q}; effect size {effect}"),
    "linkage.test": Text("秩相关 {r} {interval}，趋势 q {q}，{n} 份", "rank correlation {r} {interval}, trend q {q}, n = {n}"),
    "cross.test": Text("{method} = {statistic}（自由度 {df}），q {q}，Cramér V = {v}，{n} 份", "{method} = {statistic} (df {df}), q {q}, Cramér's V = {v}, n = {n}"),
    "rating": Text("评分 {value}", "rating {value}"),
    "ledger.excludes": Text("不计入", "Left out"), "ledger.warns": Text("只提示", "Kept, warned"),
    "ledger.not_applicable": Text("不适用：{note}", "Not applicable: {note}"),
    "ledger.rows": Text("例如第 {rows} 行", "rows {rows}, say"),
    "ledger.parameters": Text("参数：{parameters}", "parameters: {parameters}"),
    "ledger.toggle": Text("得分口径", "Score shown"),
    "ledger.as_given": Text("不计入（本报告）", "Left out (this report)"),
    "ledger.without": Text("计入（不用这条规则）", "Included (rule not used)"),
    "ledger.scores": Text("不用某条规则时，得分会变多少？", "How would the scores look without a rule?"),
    "ledger.no_difference": Text("没有哪条规则使答卷不计入，所以各项得分不受清洗影响。", "No rule left a row out, so the scores do not depend on the cleaning."),
    "ledger.as_given_row": Text("本报告采用", "As in this report"),
    "ledger.without_row": Text("不用“{rule}”", "Without “{rule}”"),
    "check": Text("请核对", "please check"),
    "level.points": Text("{value} 分", "rated {value}"),
}  # fmt: skip


_PARTS = frozenset(
    {"caption.up", "caption.down", "caption.best", "caption.worst", "caption.and", "caption.etc",
     "caption.more", "caption.fewer"}
)  # fmt: skip
"""Captions that stand inside another one."""


def word(key: str, language: str, **facts: object) -> str:
    """Say a word of the report in `language`, its places filled."""
    text = WORDS[key]
    said = (text.format(**facts) if facts else text).say(language)
    return begun(said) if _begins(key) else said


def _begins(key: str) -> bool:
    """Tell whether the words stand alone as a title or a sentence."""
    return key.endswith(".title") or (key.startswith("caption.") and key not in _PARTS)
