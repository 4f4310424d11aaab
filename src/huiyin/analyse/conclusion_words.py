"""Sentences that conclusions are made of."""

from __future__ import annotations

from huiyin.core.text import Text

LEVEL = Text(
    "{metric}：{value}（{interval}，{n:,} {of}）{meaning}。",
    "{metric} is {value} ({interval}, {n:,} {of}){meaning}.",
)
NO_LEVEL = Text("{metric}给不出：{reason}。", "{metric} cannot be given: {reason}.")
MAIN_ANSWER = Text(
    "{question}：选{answer}的最多，占 {share}"
    "（{level} 区间 {low} 至 {high}，{n:,} 份回答）{meaning}。",
    "{question}: the answer given most is {answer}, {share} ({level} interval {low} to {high}, "
    "{n:,} answers){meaning}.",
)
SECOND_AS_MUCH = Text(
    "；与第二位{answer}（{share}）分不出先后", "; it and {answer} ({share}) cannot be ranked"
)
FEW = Text("，样本偏小，只能看个大概", ", a small sample, so only roughly")
MORE_PROMOTERS = Text("，推荐者确实多于贬损者", ", surely more promoters than detractors")
MORE_DETRACTORS = Text("，贬损者确实多于推荐者", ", surely more detractors than promoters")
MOST_SATISFIED = Text("，确实过半", ", surely more than half")
MINORITY = Text("，确实不到一半", ", surely less than half")
STEP = Text(
    "{metric}从 {period} 起{way}到新的水平：{before} → {after}，相差 {size}，真变化。",
    "{metric} {way} to a new level from {period} on: {before} → {after}, by {size}: a real change.",
)
LAST = Text("最近一期", "last period")
LAST_WHOLE = Text("最近的整期", "last whole period")
LAST_REAL = Text(
    "{which}（{period}）{metric}比上一期{way} {size}，真变化。",
    "In the {which} ({period}) {metric} {way} by {size}: a real change.",
)
LAST_STABLE = Text(
    "{which}（{period}）{metric}与上一期基本持平。",
    "In the {which} ({period}) {metric} held steady.",
)
LAST_UNKNOWN = Text(
    "{which}（{period}）{metric}与上一期相比无法判断有没有变{more}。",
    "Whether {metric} changed in the {which} ({period}) cannot be told{more}.",
)
NO_STEP = Text(
    "{periods} 期以来，没有发现{metric}有持久的变化。",
    "No lasting change of {metric} was found over {periods} periods.",
)
DRIVERS = Text(
    "与“{target}”关系最密切的是{names}；全部 {k} 项合起来解释了它 {r2:.0%} 的差异。",
    "Most closely tied to “{target}” are {names}; all {k} together explain {r2:.0%} of its "
    "differences.",
)
ONE_DRIVER = Text(
    "能用来解释“{target}”的评分只有{name}一项，它解释了 {r2:.0%} 的差异。",
    "Only one rating could be set against “{target}”: {name} explains {r2:.0%} of its differences.",
)
DRIVER_SHARE = Text("{name}（占 {share:.0%}）", "{name} ({share:.0%})")
LEADER_UNSURE = Text(
    "第一名和第二名的先后分不清（区间重叠）。",
    "Which of the first two comes first cannot be told (their intervals overlap).",
)
FIX_FIRST = Text(
    "先改{names}：关系密切，得分又确实低于各方面平均。",
    "Mend {names} first: closely tied, and scoring really below the mean of the aspects.",
)
NO_FIX_FIRST = Text(
    "没有哪一项能确定既关系密切、得分又偏低，先改哪一项还无法判断。",
    "No aspect is surely both closely tied and low: what to mend first cannot be told.",
)
LITTLE = Text(
    "这些评分对“{target}”解释得很少，重要性排名只作参考。",
    "These ratings explain little of “{target}”: take their ranking as a hint.",
)
SAME_QUESTION = Text(
    "{names}与“{target}”几乎是同一个问题，它们排在前面说明不了多少。",
    "{names} nearly repeat the question “{target}”: that they lead says little.",
)
NO_DRIVERS = Text(
    "“{target}”的驱动因素给不出：{reason}。", "Drivers of “{target}” cannot be given: {reason}."
)
GROUP_WORST = Text(
    "按“{dimension}”看，{names}确实低于其余{size}（{metric}）。",
    "By “{dimension}”, {metric} of {names} is really below the rest{size}.",
)
GROUP_BEST = Text(
    "按“{dimension}”看，{names}确实高于其余{size}（{metric}）。",
    "By “{dimension}”, {metric} of {names} is really above the rest{size}.",
)
BY_SIZE = Text(" {size}", " (by {size})")
ONLY_REAL = Text(
    "没有真差别的组，先后可能只是波动，或者小到没有意义，不宜排名。",
    "Where no difference is real, the order may be chance or too slight to matter: better not rank "
    "such groups.",
)
NO_GROUPS = Text(
    "比较了 {n} 个维度，没有发现哪个组确实比其余更好或更差。",
    "Over {n} dimensions no group was found really better or worse than the rest.",
)
NO_GROUP_OF_ONE = Text(
    "比较了 1 个维度，没有发现哪个组确实比其余更好或更差。",
    "Over the one dimension no group was found really better or worse than the rest.",
)
LINK_REAL = Text(
    "“{rating}”打 {top} 分的客户，“{outcome}”为 {top_value}；打 {bottom} 分的为 {bottom_value}，"
    "确有差别（{size}）；谁影响谁，还说不准。",
    "“{outcome}” is {top_value} among customers rating “{rating}” {top}, {bottom_value} among "
    "those rating {bottom}: a real difference ({size}); which acts on which is open.",
)
LINK_STABLE = Text(
    "“{outcome}”在“{rating}”高分和低分客户之间基本持平。",
    "“{outcome}” is about the same among customers rating “{rating}” high and low.",
)
LINK_UNKNOWN = Text(
    "“{outcome}”在“{rating}”高分和低分客户之间有没有差别，无法判断。",
    "Whether “{outcome}” differs between customers rating “{rating}” high and low cannot be told.",
)
ROWS = Text(
    "{rows:,} 行里有 {out:,} 行按清洗规则未计入（{share:.1%}），数据本身没有删除。",
    "Of {rows:,} rows {out:,} were left out by cleaning rules ({share:.1%}); nothing was deleted.",
)
NO_ROWS_OUT = Text(
    "{rows:,} 行全部计入，没有一行触发“不计入”的清洗规则。",
    "All {rows:,} rows count: no excluding rule was met.",
)
RULE_MATTERS = Text(
    "清洗规则对结果有影响：{rule}，{metric}会从 {given} 变为 {without}。",
    "A cleaning rule matters: {rule}, {metric} goes from {given} to {without}.",
)
DOUBTS = Text(
    "有 {n} 列的含义没有把握，未用于计算，请核对：{names}。",
    "The meaning of {n} columns is not sure; they were not used, please check: {names}.",
)
AND_MORE = Text("{names}和另外 {n} 列", "{names} and {n} more")
AND_MORE_GROUPS = Text("{names}和另外 {n} 组", "{names} and {n} more")
DOUBT = Text(
    "有 1 列的含义没有把握，未用于计算，请核对：{names}。",
    "The meaning of 1 column is not sure; it was not used, please check: {names}.",
)
CHECK_CUTS = Text(
    "{names}的划线方式请核对（见方法页）。", "Please check the cuts of {names} (method page)."
)
RISE = Text("上升", "rose")
FALL = Text("下降", "fell")
