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
    Against.REST: Text("其余客群", "the rest"),
    Against.GROUP: Text("指定客群", "named group"),
    Against.SAME_WEEKDAYS: Text("前四周同样的星期几", "same weekdays of the four weeks before"),
    Against.WINDOW: Text("指定时段", "named period"),
    Against.BENCHMARK: Text("基准", "benchmark"),
    Against.COMPETITOR: Text("竞品（两家都评过的人）", "competitor (those who rated both)"),
}
_GROUP: Mapping[str, Text] = {"period": Text("期间", "period"), FIRST_ANSWER: FIRST_ANSWER_TEXT}
_METHOD: Mapping[str, Text] = {
    "adjusted_wald": Text("调整 Wald 法", "adjusted Wald"),
    "wilson": Text("Wilson 法", "Wilson"),
    "korn_graubard": Text("Korn–Graubard 法", "Korn–Graubard"),
    "t": Text("t 区间", "t interval"),
    "t, design-based": Text("按抽样设计的 t 区间", "design-based t interval"),
    "t, widened for skewness": Text("按偏度放宽的 t 区间", "t interval widened for skewness"),
    "t, design-based, widened for skewness": Text(
        "按抽样设计的 t 区间，按偏度放宽", "design-based t interval widened for skewness"
    ),
    "order_statistics": Text("次序统计量（二项）区间", "order statistics (binomial)"),
    "kaplan_meier": Text("Kaplan–Meier，log-log 区间", "Kaplan–Meier, log-log interval"),
    "woodruff": Text("Woodruff 法，按客户聚类", "Woodruff, clustered"),
    "kaplan_meier, clustered": Text(
        "Kaplan–Meier，log-log 区间，按客户聚类", "Kaplan–Meier, log-log interval, clustered"
    ),
    "chi_square": Text("卡方检验", "chi-square"),
    "chi_square_permutation": Text("卡方检验（按随机重排）", "chi-square by random tables"),
    "rao_scott_chi_square": Text("Rao–Scott 卡方检验", "Rao–Scott chi-square"),
    "lmg": Text("LMG（Shapley 分解 R²）", "LMG (Shapley value of R²)"),
    "relative_weights": Text("Johnson 相对权重", "Johnson's relative weights"),
    "pairwise": Text("成对使用，不整行丢弃", "pairwise, no row is dropped as a whole"),
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
    """Name a method; one without a name of its own stands as its code."""
    return _METHOD.get(method) or Text.same(method)


def flag_names(flags: Sequence[str], language: str) -> str:
    """Name all flags in one line."""
    return ("; " if language == EN else "；").join(
        (_FLAG.get(f) or Text.same(f)).say(language) for f in flags
    )
