"""The codes of the findings in words: calls, units, methods, flags, quadrants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from huiyin.analyse.contracts import DRIVER_FLAG_TEXT, QUADRANT_TEXT, Purpose, QuestionKind
from huiyin.codebook.bands import BAND
from huiyin.core.text import EN, Text
from huiyin.measure.bands import BY_BAND
from huiyin.measure.condition_words import side_typed_text
from huiyin.measure.contracts import Against, Call, Unit, is_over_time
from huiyin.measure.first_answers import FIRST_ANSWER, FIRST_ANSWER_TEXT

PURPOSE_NAME: Mapping[Purpose, Text] = {
    Purpose.REPURCHASE: Text("提升复购", "more repurchase"),
    Purpose.CHURN: Text("减少流失", "less churn"),
    Purpose.PROCESS: Text("改进流程", "better processes"),
    Purpose.GENERAL: Text("了解满意度全貌", "the whole picture of satisfaction"),
}
UNIT_NAME: Mapping[Unit, Text] = {
    Unit.NPS: Text("点（−100 到 100）", "points (−100 to 100)"),
    Unit.POINTS: Text("分（0–100）", "points (0–100)"),
    Unit.SHARE: Text("占比", "share"),
    Unit.SCALE: Text("量表分", "scale units"),
    Unit.AMOUNT: Text("数值", "amount"),
    Unit.SECONDS: Text("时长", "duration"),
}
KIND_NAME: Mapping[QuestionKind, Text] = {
    QuestionKind.SCALE: Text("量表题", "scale"),
    QuestionKind.CHOICE: Text("单选题", "one choice"),
    QuestionKind.MULTIPLE: Text("多选题", "several choices"),
    QuestionKind.NUMBER: Text("数值题", "number"),
    QuestionKind.TEXT: Text("开放题", "open text"),
}
QUADRANT_NAME = QUADRANT_TEXT
TONE_MARK: Mapping[str, Text] = {
    "good": Text("▲ 好", "▲ good"),
    "bad": Text("▼ 待改", "▼ to mend"),
    "neutral": Text("● 说明", "● note"),
    "unknown": Text("◌ 不确定", "◌ unsure"),
}
_AGAINST: Mapping[str, Text] = {
    Against.PREVIOUS: Text("上期", "previous period"),
    Against.YEAR_AGO: Text("去年同期", "same period last year"),
    Against.YEAR_AGO_LUNAR: Text("去年农历同期", "same days last year by the lunar calendar"),
    Against.REST: Text("其余各组", "the rest"),
    Against.GROUP: Text("指定客群", "named group"),
    Against.SAME_WEEKDAYS: Text("前四周同样的星期几", "same weekdays of the four weeks before"),
    Against.WINDOW: Text("指定时段", "named period"),
    Against.BENCHMARK: Text("基准", "benchmark"),
    Against.COMPETITOR: Text("竞品（两家都评过的人）", "competitor (those who rated both)"),
}
_GROUP: Mapping[str, Text] = {"period": Text("期间", "period"), FIRST_ANSWER: FIRST_ANSWER_TEXT}
_METHOD: Mapping[str, Text] = {
    "adjusted_wald": Text("NPS 的误差区间（调整 Wald）", "interval of NPS (adjusted Wald)"),
    "wilson": Text("占比的误差区间（Wilson）", "interval of a share (Wilson)"),
    "korn_graubard": Text(
        "按抽样设计的占比区间（Korn–Graubard）", "design-based interval of a share (Korn–Graubard)"
    ),
    "t": Text("由均值的误差得出的区间（t）", "interval from the error of the mean (t)"),
    "t, design-based": Text(
        "由按抽样设计的误差得出的区间（t）", "interval from the design-based error (t)"
    ),
    "t, widened for skewness": Text(
        "由均值的误差得出、按偏斜放宽的区间（t）",
        "interval from the error of the mean, widened for skewness (t)",
    ),
    "t, design-based, widened for skewness": Text(
        "由按抽样设计的误差得出、按偏斜放宽的区间（t）",
        "interval from the design-based error, widened for skewness (t)",
    ),
    "score_rate": Text("发生率的误差区间（score）", "interval of a rate (score)"),
    "order_statistics": Text(
        "分位数的误差区间（次序统计量）", "interval of a quantile (order statistics)"
    ),
    "kaplan_meier": Text(
        "时长的误差区间，未结束的也算（Kaplan–Meier）",
        "interval of a duration, open ones included (Kaplan–Meier)",
    ),
    "kaplan_meier, clustered": Text(
        "时长的误差区间，未结束的也算，按客户聚类（Kaplan–Meier）",
        "interval of a duration, open ones included, clustered by customer (Kaplan–Meier)",
    ),
    "woodruff": Text(
        "分位数的误差区间，按客户聚类（Woodruff）",
        "interval of a quantile, clustered by customer (Woodruff)",
    ),
    "chi_square": Text(
        "两项是否有关的检验（卡方）", "test whether two things go together (chi-square)"
    ),
    "chi_square_permutation": Text(
        "两项是否有关的检验，随机重排（卡方）",
        "test whether two things go together, by random tables (chi-square)",
    ),
    "rao_scott": Text(
        "两项是否有关的检验，按抽样设计（Rao–Scott 卡方）",
        "test whether two things go together, design-based (Rao–Scott chi-square)",
    ),
    "lmg": Text(
        "把解释力公平分给各因素（LMG，R² 的 Shapley 值）",
        "what is explained, shared fairly among the drivers (LMG, Shapley value of R²)",
    ),
    "relative_weights": Text(
        "各因素的相对权重（Johnson）", "relative weights of the drivers (Johnson)"
    ),
    "pairwise": Text(
        "两两使用，不整行丢弃（成对）", "pair by pair, no row is dropped as a whole (pairwise)"
    ),
}
_FLAG: Mapping[str, Text] = {
    "small_sample": Text("小样本", "small sample"),
    "weighted": Text("已加权", "weighted"),
    **DRIVER_FLAG_TEXT,
}
_CALL: Mapping[Call, Text] = {
    Call.STABLE: Text("● 基本持平", "● no meaningful change"),
    Call.CANNOT_TELL: Text("◌ 无法判断", "◌ cannot tell"),
}
_ALIKE = Text("● 基本持平", "● about the same")
_UP, _DOWN = Text("▲ 真变化", "▲ real change"), Text("▼ 真变化", "▼ real change")
_ABOVE, _BELOW = Text("▲ 真差别", "▲ real difference"), Text("▼ 真差别", "▼ real difference")


def call_name(call: Call, difference: float | None, against: str) -> Text:
    """Name a call with its mark: over time things change, groups differ; the mark points."""
    over_time, rises = is_over_time(against), (difference or 0.0) >= 0
    if call is Call.REAL:
        up, down = (_UP, _DOWN) if over_time else (_ABOVE, _BELOW)
        return up if rises else down
    if call is Call.STABLE and not over_time:
        return _ALIKE
    return _CALL[call]


def against_name(against: str) -> Text:
    """Name what a cell is compared with; a named group speaks for itself.

    Examples
    --------
    >>> against_name("band:总体满意度=1–2 不满意").say("en")
    '总体满意度 1–2 dissatisfied'
    """
    return _AGAINST.get(against) or side_typed_text(against)


def group_name(column: str) -> Text:
    """Name what numbers are grouped by: a column by its name, bands, periods and cohorts in words.

    Examples
    --------
    >>> group_name("band:总体满意度").say("zh-CN")
    '总体满意度（分档）'
    """
    if column.startswith(BAND):
        return BY_BAND.format(c=column.removeprefix(BAND))
    return _GROUP.get(column) or Text.same(column)


def method_name(method: str) -> Text:
    """Name a method by what it does, its own name in brackets; an unknown one is its code."""
    return _METHOD.get(method) or Text.same(method)


def flag_names(flags: Sequence[str], language: str) -> str:
    """Name all flags in one line."""
    return ("; " if language == EN else "；").join(
        (_FLAG.get(f) or Text.same(f)).say(language) for f in flags
    )
