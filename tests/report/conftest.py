"""One report's worth of findings, made up by hand: every chapter, every odd cell, long labels."""
# ruff: noqa: E501 -- a table of made-up figures reads best unbroken

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from huiyin.analyse.contracts import (
    Action,
    ChangePoint,
    Conclusion,
    CrossTable,
    Driver,
    DriverResult,
    Findings,
    GroupDifferences,
    LedgerScore,
    LevelShare,
    Linkage,
    Purpose,
    Quadrant,
    QuestionKind,
    QuestionSummary,
    Trend,
    Verbatim,
)
from huiyin.analyse.scorecard import AS_GIVEN
from huiyin.clean.contracts import Ledger, RuleUse
from huiyin.codebook.contracts import Codebook, Column, Role, Scale
from huiyin.core.absence import NotEstimable, Reason
from huiyin.core.text import Text
from huiyin.measure.contracts import (
    Call,
    Cell,
    Comparison,
    DataFacts,
    Definition,
    Filter,
    Query,
    Result,
    Unit,
)

HOSTILE = "<script>alert('x')</script>"
LONG = (
    "从您下单到商品送达您手中的整个过程（包括仓库出库、干线运输、末端派送和预约时间）"
    "您对我们交付效率的总体满意程度如何？"
)
LONG_EN = (
    "Thinking of the whole way from placing the order to receiving the goods, how satisfied "
    "are you with the speed of our delivery?"
)
DELTA = {Unit.NPS: 5.0, Unit.SHARE: 0.03, Unit.POINTS: 2.0, Unit.SCALE: 0.1, Unit.AMOUNT: 50.0}


def comparison(unit, against, difference, half, call, **more) -> Comparison:
    p = more.pop("p", 0.001 if call is Call.REAL else 0.3)
    return Comparison(
        against=against,
        reference=more.pop("reference", None),
        difference=difference,
        low=None if half is None else difference - half,
        high=None if half is None else difference + half,
        p=p,
        q=p,
        delta=DELTA[unit],
        family=12,
        call=call,
        **more,
    )


def cell(metric, label, unit, estimate, half, n, **more) -> Cell:
    absent = estimate is None
    return Cell(
        by=more.pop("by", {}),
        metric=metric,
        label=label,
        unit=unit,
        estimate=estimate,
        low=None if absent or half is None else estimate - half,
        high=None if absent or half is None else estimate + half,
        level=0.95,
        n=n,
        n_customers=more.pop("n_customers", max(0, n - n // 10)),
        n_effective=None if absent else n * 0.93,
        method=more.pop("method", "t"),
        **more,
    )


NPS = Text("净推荐值 NPS", "Net promoter score")
SATISFIED = Text("满意率", "Satisfied share")
SCORE = Text("满意度得分", "Satisfaction score")
INDEX = Text("综合满意度指数（加权）", "Weighted satisfaction index")
EASY = Text("轻松率", "Easy share")
INTENT = Text("回购意愿", "Repurchase intent")

ASPECTS = (
    ("质量", Text("产品质量", "Product quality"), 78.3, 0.9),
    ("服务", Text("服务体验", "Service"), 81.6, 0.8),
    ("价格", Text("价格感知", "Price"), 66.2, 1.1),
    ("交付", Text(LONG, LONG_EN), 58.9, 1.3),
    ("售后", Text("售后支持", "After-sales support"), 63.4, 1.7),
    ("门店", Text(f"门店环境{HOSTILE}", f"Shop {HOSTILE}"), 74.0, 2.6),
    ("安装", Text("上门安装", "Installation"), None, None),
)


def codebook() -> Codebook:
    zero_ten, one_five = Scale(0, 10), Scale(1, 5)
    ratings = tuple(Column(name, Role.ASPECT, label, one_five) for name, label, _, _ in ASPECTS)
    return Codebook(
        columns=(
            Column("编号", Role.ID, Text.same("编号")),
            Column("提交时间", Role.TIME, Text.same("提交时间")),
            Column("推荐", Role.NPS, Text("您有多大可能推荐我们？", "Would you recommend us?"),
                   zero_ten),
            Column("总体", Role.OVERALL, Text("总体满意度", "Overall satisfaction"), one_five),
            *ratings,
            Column("地区", Role.DIMENSION, Text("地区", "Region")),
            Column("渠道", Role.CHANNEL, Text("渠道", "Channel")),
            Column("意见", Role.TEXT, Text("其他意见", "Other remarks")),
            Column("备注2", Role.META, Text.same("备注2"), confidence=0.4,
                   reason=Text("像评分又像编号", "could be a rating or a number")),
        ),
        profile="wjx",
    )  # fmt: skip


def definition(metric, label, formula, delta, *, check=False, notes=()) -> Definition:
    return Definition(metric, 1, label, formula, None, delta, higher_is_better=True,
                      notes=notes, please_check=check)  # fmt: skip


DEFINITIONS = (
    definition("nps", NPS, Text("打 9–10 分的百分比减去打 0–6 分的百分比", "% of 9–10 minus % of 0–6"), 5.0),
    definition("satisfied", SATISFIED, Text("选 4 或 5（5 档）的份额", "share of 4 or 5 of 5"), 0.03),
    definition("score", SCORE, Text("(x−1)/4×100，最低档记 0 分", "(x−1)/4×100, lowest level = 0"), 2.0),
    definition("index", INDEX, Text("各维度得分按驱动权重加权", "aspect scores weighted by importance"), 2.0,
               check=True, notes=(Text("权重来自本次驱动分析，请确认", "weights come from this driver analysis; please check"),)),
)  # fmt: skip


def data_facts() -> DataFacts:
    return DataFacts(
        rows=2051, used=1842, excluded={"exact_duplicate": 121, "test_row": 88},
        since=date(2026, 1, 1), until=date(2026, 9, 30), snapshot="a3f9c1",
        weighting={"column": None, "margins": ["地区"], "design_effect": 1.21},
        design={"cluster": "客户编号", "answers_per_customer": 1.11},
    )  # fmt: skip


def scorecard() -> Result:
    previous = "previous"
    cells = (
        cell("nps", NPS, Unit.NPS, 31.2, 3.3, 1842, method="adjusted_wald",
             comparison=comparison(Unit.NPS, previous, 6.1, 3.9, Call.REAL, reference=25.1)),
        cell("satisfied", SATISFIED, Unit.SHARE, 0.712, 0.021, 1836, method="wilson",
             comparison=comparison(Unit.SHARE, previous, -0.042, 0.03, Call.REAL, reference=0.754)),
        cell("score", SCORE, Unit.POINTS, 72.6, 0.9, 1836,
             comparison=comparison(Unit.POINTS, previous, 0.3, 1.2, Call.STABLE, reference=72.3)),
        cell("index", INDEX, Unit.POINTS, 70.4, 1.0, 1771, flags=("weighted",)),
        cell("easy", EASY, Unit.SHARE, 0.634, 0.17, 31, flags=("small_sample",), method="wilson",
             comparison=comparison(Unit.SHARE, previous, 0.051, 0.2, Call.CANNOT_TELL, n_more=312)),
        cell("intent", INTENT, Unit.SHARE, None, None, 0,
             not_estimable=NotEstimable(Reason.NO_ANSWERS)),
    )  # fmt: skip
    return Result(Query(metrics=("nps", "satisfied", "score", "index", "easy", "intent"),
                        where=(Filter("渠道", "!=", ("测试",)),)),
                  DEFINITIONS, data_facts(), cells)  # fmt: skip


def trend() -> tuple[Trend, ...]:
    levels = (24.0, 22.5, 25.1, 23.9, 26.0, 31.9, 33.0, 30.8, 32.4)
    calls = (None, Call.STABLE, Call.CANNOT_TELL, Call.STABLE, Call.CANNOT_TELL, Call.REAL,
             Call.STABLE, Call.STABLE, Call.STABLE)  # fmt: skip
    cells = []
    for month, (level, call) in enumerate(zip(levels, calls, strict=True), start=1):
        step = level - levels[month - 2] if month > 1 else 0.0
        compared = call and comparison(
            Unit.NPS, "previous", step, 4.0, call,
            n_more=180 if call is Call.CANNOT_TELL else None,
        )  # fmt: skip
        cells.append(cell("nps", NPS, Unit.NPS, level, 3.6, 205,
                          by={"period": f"2026-{month:02d}-01"}, comparison=compared))  # fmt: skip
    cells.append(cell("nps", NPS, Unit.NPS, None, None, 4, by={"period": "2026-10-01"},
                      not_estimable=NotEstimable(Reason.SUPPRESSED, 4, 10)))  # fmt: skip
    step = ChangePoint("2026-06-01", 24.3, 32.0, 7.7, 4.1, 11.3, 0.0004, Call.REAL)
    second = tuple(
        cell("satisfied", SATISFIED, Unit.SHARE, 0.70 + 0.004 * m, 0.03, 204,
             by={"period": f"2026-{m:02d}-01"}) for m in range(1, 10))  # fmt: skip
    return (
        Trend("nps", NPS, Unit.NPS, "month", tuple(cells), (step,),
              (Text("2026-10 月未满，只作参考。", "October 2026 is not complete."),)),
        Trend("satisfied", SATISFIED, Unit.SHARE, "month", second),
    )  # fmt: skip


def aspects() -> Result:
    cells = []
    for i, (name, label, estimate, half) in enumerate(ASPECTS):
        metric = f"score:{name}"
        if estimate is None:
            cells.append(cell(metric, label, Unit.POINTS, None, None, 7,
                              not_estimable=NotEstimable(Reason.SUPPRESSED, 7, 10)))  # fmt: skip
            continue
        call = (Call.STABLE, Call.REAL, Call.REAL, Call.REAL, Call.CANNOT_TELL, Call.STABLE)[i]
        cells.append(cell(metric, label, Unit.POINTS, estimate, half, 1800 - 90 * i,
                          comparison=comparison(Unit.POINTS, "previous", (0.4, 3.1, -2.8, -5.2, -1.9, 0.2)[i],
                                                1.6, call, n_more=240 if i == 4 else None)))  # fmt: skip
    definitions = tuple(
        definition(f"score:{name}", label, Text("最低档记 0 分", "lowest level = 0"), 2.0)
        for name, label, _, _ in ASPECTS
    )
    return Result(Query(metrics=tuple(d.metric for d in definitions)), definitions, data_facts(),
                  tuple(cells))  # fmt: skip


def driver(i, name, label, share, performance, quadrant, priority=None, **more) -> Driver:
    return Driver(
        name, label, 1720 - 30 * i, 0.05 + 0.01 * i, share, share - 0.035, share + 0.035,
        0.2 + share, 0.15 + share, 0.25 + share, more.pop("beta", share), share - 0.05,
        share + 0.05, performance, performance - 1.4, performance + 1.4, quadrant, priority, **more,
    )  # fmt: skip


def drivers() -> DriverResult:
    labels = {name: label for name, label, _, _ in ASPECTS}
    found = (
        driver(0, "交付", labels["交付"], 0.312, 58.9, Quadrant.FIX_FIRST, 1),
        driver(1, "服务", labels["服务"], 0.254, 81.6, Quadrant.KEEP_UP),
        driver(2, "售后", labels["售后"], 0.187, 63.4, Quadrant.FIX_FIRST, 2),
        driver(3, "质量", labels["质量"], 0.139, 78.3, Quadrant.UNCERTAIN),
        driver(4, "价格", labels["价格"], 0.062, 66.2, Quadrant.LOW_PRIORITY),
        driver(5, "门店", labels["门店"], 0.046, 74.0, Quadrant.POSSIBLE_OVERKILL, beta=-0.03,
               flags=("sign_differs",)),
    )  # fmt: skip
    return DriverResult(
        "推荐", Text("您有多大可能推荐我们？", "Would you recommend us?"), "lmg", 1702, 1842,
        0.482, 0.447, 0.519, found, 1000, 0, 0.95, 1 / 6, 70.4,
        dropped={"安装": Text("有效回答少于 30 份", "fewer than 30 answers")},
        notes=(Text("缺失评分按可用的成对回答处理。", "Missing ratings are handled pairwise."),),
    )  # fmt: skip


def groups() -> tuple[GroupDifferences, ...]:
    rows = (
        ("华南", 41.0, 5.0, 402, 11.8, Call.REAL), ("华北", 35.2, 6.1, 311, 4.4, Call.CANNOT_TELL),
        ("西南", 31.0, 6.0, 330, -0.2, Call.STABLE), ("东北", 28.8, 9.0, 140, -2.6, Call.CANNOT_TELL),
        ("华东", 19.3, 4.4, 610, -17.5, Call.REAL),
    )  # fmt: skip
    cells = [
        cell("nps", NPS, Unit.NPS, estimate, half, n, by={"地区": name},
             comparison=comparison(Unit.NPS, "rest", difference, half, call,
                                   n_more=95 if call is Call.CANNOT_TELL else None))
        for name, estimate, half, n, difference, call in rows
    ]  # fmt: skip
    cells.append(cell("nps", NPS, Unit.NPS, None, None, 6, by={"地区": "港澳台及海外（含跨境电商保税仓发货的订单）"},
                      not_estimable=NotEstimable(Reason.SUPPRESSED, 6, 10)))  # fmt: skip
    cells.append(cell("nps", NPS, Unit.NPS, 22.0, 14.0, 43, by={"地区": None}, flags=("small_sample",),
                      comparison=comparison(Unit.NPS, "rest", -9.4, 14.5, Call.CANNOT_TELL, n_more=420)))  # fmt: skip
    shops = tuple(
        cell("nps", NPS, Unit.NPS, 45.0 - 2.3 * i, 9.0, 60 + i, by={"门店": f"{i + 1:02d} 号店·朝阳大悦城{'旗舰' * (i % 3)}店"},
             comparison=comparison(Unit.NPS, "rest", 12.0 - 2.3 * i, 9.0,
                                   Call.REAL if i < 2 or i > 20 else Call.STABLE))
        for i in range(24)
    )  # fmt: skip
    return (
        GroupDifferences("地区", Text("地区", "Region"), "nps", Unit.NPS, tuple(cells), 2e-7, 6e-7,
                         0.031, ("华南",), ("华东",)),
        GroupDifferences("门店", Text("门店", "Shop"), "nps", Unit.NPS, shops, 0.001, 0.002, 0.05,
                         tuple(c.by["门店"] for c in shops[:2]), tuple(c.by["门店"] for c in shops[21:])),
        GroupDifferences("渠道", Text("渠道", "Channel"), "nps", Unit.NPS,
                         (cell("nps", NPS, Unit.NPS, 32.0, 4.4, 900, by={"渠道": "App"}),
                          cell("nps", NPS, Unit.NPS, 30.5, 4.5, 880, by={"渠道": "门店"})),
                         0.61, 0.61, 0.0004, notes=(Text("两个渠道之间看不出差别。", "The channels do not differ."),)),
    )  # fmt: skip


def linkages() -> tuple[Linkage, ...]:
    label = Text("90 天内复购率", "Repurchase within 90 days")
    bands = tuple(
        cell("share:复购=1", label, Unit.SHARE, share, 0.03, n, by={"band": band}, comparison=compared)
        for band, share, n, compared in (
            ("0–6", 0.21, 380, None), ("7–8", 0.34, 620, None),
            ("9–10", 0.48, 842, comparison(Unit.SHARE, "group", 0.27, 0.05, Call.REAL, reference=0.21)),
        )
    )  # fmt: skip
    return (
        Linkage("复购", label, "推荐", Text("推荐意愿", "Likelihood to recommend"), Unit.SHARE, bands,
                0.31, 0.26, 0.36, 1e-9, 2e-9, 1842,
                (Text("只说明两者同时出现，不说明因果。", "The two go together; this is not cause."),)),
        Linkage("投诉额", Text("投诉赔付金额", "Compensation"), "推荐", Text("推荐意愿", "Likelihood to recommend"),
                Unit.AMOUNT, (), None, None, None, None, None, 0,
                not_estimable=NotEstimable(Reason.CONSTANT)),
    )  # fmt: skip


def cross_tables() -> tuple[CrossTable, ...]:
    counts = ((210, 120, 72), (150, 98, 63), (220, 210, 180))
    shares = tuple(tuple(n / sum(row) for n in row) for row in counts)
    table = CrossTable(
        "地区", "年龄", Text("地区", "Region"), Text("年龄段", "Age"), ("华南", "华北", "华东"),
        ("18–30 岁", "31–45 岁", f"46 岁以上{HOSTILE}"), counts, shares,
        ((3.9, -1.0, -3.4), (1.1, -0.6, -0.6), (-4.6, 1.5, 3.7)),
        ((True, False, True), (False, False, False), (True, False, True)),
        31.2, 4.0, 2.8e-6, 5.6e-6, 0.109, "chi_square", 1323,
    )  # fmt: skip
    empty = replace(table, row="渠道", row_label=Text("渠道", "Channel"), row_values=(),
                    column_values=(), counts=(), row_shares=(), residuals=(), different=(),
                    statistic=None, degrees_of_freedom=None, p=None, q=None, cramers_v=None, n=8,
                    not_estimable=NotEstimable(Reason.TOO_FEW_ROWS, 8))  # fmt: skip
    return table, empty


def level(label, code, n, base) -> LevelShare:
    share = n / base
    return LevelShare(label, code, n, share, max(0.0, share - 0.02), min(1.0, share + 0.02))


def questions() -> tuple[QuestionSummary, ...]:
    words = ("非常不满意", "不满意", "一般", "满意", "非常满意")
    scales = []
    for i, (name, label, estimate, _) in enumerate(ASPECTS):
        if estimate is None:
            scales.append(QuestionSummary(name, Role.ASPECT, QuestionKind.SCALE, label, 7, 1835,
                                          not_estimable=NotEstimable(Reason.SUPPRESSED, 7, 10)))  # fmt: skip
            continue
        counts = (60 + 20 * i, 120 + 15 * i, 330, 690 - 20 * i, 600 - 15 * i)
        levels = tuple(
            level(w, c + 1, n, 1800) for c, (w, n) in enumerate(zip(words, counts, strict=True))
        )
        scales.append(QuestionSummary(name, Role.ASPECT, QuestionKind.SCALE, label, 1800, 42, levels,
                                      cell(f"mean:{name}", label, Unit.SCALE, 3.9 - 0.1 * i, 0.05, 1800)))  # fmt: skip
    nps_counts = (30, 12, 20, 31, 40, 88, 97, 260, 420, 380, 464)
    nps_levels = tuple(level(str(i), i, n, 1842) for i, n in enumerate(nps_counts))
    options = tuple(level(o, None, n, 1790) for o, n in (
        ("朋友、同事或家人推荐", 902), ("短视频或直播", 640), ("电商平台搜索", 512), ("门店路过", 260),
        ("其他（请填写您是通过什么途径第一次了解到我们品牌的，例如展会、杂志或者户外广告）", 48),
        (f"{HOSTILE}", 9)))  # fmt: skip
    return (
        QuestionSummary("推荐", Role.NPS, QuestionKind.SCALE, Text("您有多大可能推荐我们？", "Would you recommend us?"),
                        1842, 0, nps_levels, cell("mean:推荐", NPS, Unit.SCALE, 7.6, 0.1, 1842)),
        *scales,
        QuestionSummary("了解途径", Role.CHOICE_SET, QuestionKind.MULTIPLE,
                        Text("您是通过哪些途径了解到我们的？（多选）", "How did you hear of us? (several)"), 1790, 52, options),
        QuestionSummary("地区", Role.DIMENSION, QuestionKind.CHOICE, Text("您所在的地区", "Your region"), 1836, 6,
                        tuple(level(o, None, n, 1836) for o, n in (("华东", 610), ("华南", 402), ("西南", 330), ("华北", 311), ("东北", 140), ("其他", 43)))),
        QuestionSummary("等待分钟", Role.DURATION, QuestionKind.NUMBER, Text("等待时间（分钟）", "Waiting time (minutes)"), 1702, 140,
                        mean=cell("mean:等待分钟", Text("等待时间", "Waiting time"), Unit.AMOUNT, 18.42, 0.9, 1702),
                        quantiles={0.1: 3.0, 0.25: 7.0, 0.5: 14.0, 0.75: 25.0, 0.9: 41.5}),
        QuestionSummary("意见", Role.TEXT, QuestionKind.TEXT, Text("其他意见", "Other remarks"), 611, 1231),
    )  # fmt: skip


def ledger() -> Ledger:
    def rule(rule_id, zh, en, excludes, n, **more) -> RuleUse:
        return RuleUse(rule_id, 1, Text(zh, en), Text("为什么查：" + zh, "Why: " + en),
                       Text("AAPOR 2023", "AAPOR 2023"), excludes, n_flagged=n, **more)  # fmt: skip

    return Ledger(2051, 1842, (
        rule("exact_duplicate", "整卷重复", "Exact duplicate", True, 121, rows=(17, 88, 1021)),
        rule("test_row", "测试答卷", "Test row", True, 88, rows=(1, 2)),
        rule("speeder", "答题过快", "Speeder", False, 64, parameters={"share_of_median": 0.3}, rows=(5, 9)),
        rule("straight_line", "矩阵题直线作答", "Straight-lining", False, 39),
        rule("bot", "机器作答", "Bot", True, 0, applicable=False,
             note=Text("没有 IP 和设备列，查不了", "no IP or device column")),
    ))  # fmt: skip


def ledger_scores() -> tuple[LedgerScore, ...]:
    given = (("nps", NPS, Unit.NPS, 31.2, 3.3), ("satisfied", SATISFIED, Unit.SHARE, 0.712, 0.021))
    found = [
        LedgerScore(m, None, cell(m, lab, u, e, h, 1842), AS_GIVEN) for m, lab, u, e, h in given
    ]
    for rule_id, n in (("exact_duplicate", 1963), ("test_row", 1930), ("speeder", 1778)):
        title = next(rule.title for rule in ledger().rules if rule.rule_id == rule_id)
        label = Text("不用“{t}”", "without “{t}”").format(t=title)
        for m, lab, u, e, h in given:
            found.append(LedgerScore(m, rule_id, cell(m, lab, u, e * 1.01, h, n), label))
    return tuple(found)


def verbatims() -> tuple[Verbatim, ...]:
    return (
        Verbatim("东西不错，就是送得太慢，等了 9 天，客服电话 ***** 一直占线。", "意见", 5.0, "0–6", {"地区": "华东"}),
        Verbatim(f"{HOSTILE} 价格还行 & 质量 <b>好</b>", "意见", 8.0, "7–8", {"地区": "华南"}),
        Verbatim("师傅上门很准时，装完还把纸箱带走了，会推荐给邻居。", "意见", 10.0, "9–10", {"地区": "华北"}),
        Verbatim("The installer was on time and friendly. " * 8, "意见", None, None),
    )  # fmt: skip


def actions() -> tuple[Action, ...]:
    return (
        Action(1, "交付", Text(LONG, LONG_EN), Text("得分 58.9，重要性 31.2%", "score 58.9, importance 31.2%"),
               Text("华东仓按承诺时效排查延误环节，每周公布准时率", "Trace late orders in the East hub; publish the on-time share weekly"), "score:交付"),
        Action(2, "售后", Text("售后支持", "After-sales support"), Text("得分 63.4，重要性 18.7%", "score 63.4, importance 18.7%"),
               Text("回访 48 小时内未解决的工单", "Call back tickets open for more than 48 hours"), "score:售后"),
    )  # fmt: skip


def conclusions() -> tuple[Conclusion, ...]:
    def one(kind, tone, chapter, zh, en) -> Conclusion:
        return Conclusion(kind, tone, Text(zh, en), chapter)

    return (
        one("level", "good", "scorecard", "净推荐值 +31.2，比上期高 6.1 点，是真变化。", "NPS is +31.2, 6.1 points above the last period: a real change."),
        one("driver", "bad", "drivers", "交付效率影响最大、得分最低，应当先改。", "Delivery matters most and scores lowest: fix it first."),
        one("group", "bad", "groups", "华东明显低于其他地区（低 17.5 点）。", "The East is clearly below the rest (−17.5 points)."),
        one("trend", "good", "trend", "从 6 月起 NPS 上了一个台阶（+7.7 点）。", "From June on NPS stands one step higher (+7.7 points)."),
        one("linkage", "neutral", "linkage", "打 9–10 分的人复购率 48.0%，打 0–6 分的 21.0%；这不等于因果。", "48.0% of those giving 9–10 bought again, 21.0% of 0–6; this is not cause."),
        one("quality", "neutral", "ledger", "2,051 份答卷里有 209 份被排除；不排除时结论不变。", "209 of 2,051 answers were left out; the conclusions hold with them too."),
        one("caution", "unknown", "scorecard", f"轻松率只有 31 份回答，还不能下结论。{HOSTILE}", f"31 answers are too few to judge the easy share. {HOSTILE}"),
    )  # fmt: skip


CHAPTERS = ("scorecard", "trend", "aspects", "drivers", "groups", "linkage", "cross_tables",
            "actions", "questions", "verbatims", "ledger", "method")  # fmt: skip


@pytest.fixture(scope="session")
def findings() -> Findings:
    """Everything a report may have to show."""
    return Findings(
        title="星河家电 2026 年前三季度客户满意度报告", purpose=Purpose.REPURCHASE, target="推荐",
        codebook=codebook(), sources=("问卷星导出_2026Q3.xlsx", "门店扫码.csv"), profile="wjx",
        scorecard=scorecard(), definitions=DEFINITIONS, conclusions=conclusions(), trends=trend(),
        aspects=aspects(), drivers=drivers(), groups=groups(), linkages=linkages(),
        cross_tables=cross_tables(), questions=questions(), verbatims=verbatims(), ledger=ledger(),
        ledger_scores=ledger_scores(), actions=actions(), chapters=CHAPTERS,
        generated_on="2026-10-08", level=0.95,
        notes=(Text("加权使结果向地区构成靠拢。", "Weights follow the regions' shares."),),
    )  # fmt: skip


@pytest.fixture(scope="session")
def bare_findings(findings) -> Findings:
    """A report on next to nothing: no scores, no questions, no comments."""
    return replace(
        findings, title="空报告", target=None, scorecard=None, definitions=(), conclusions=(),
        trends=(), aspects=None, groups=(), linkages=(), cross_tables=(), questions=(), verbatims=(),
        drivers=replace(findings.drivers, drivers=(), r2=None, r2_low=None, r2_high=None,
                        not_estimable=NotEstimable(Reason.CONSTANT)),
        ledger=Ledger(1, 1, ()), ledger_scores=(), actions=(), notes=(),
    )  # fmt: skip


@pytest.fixture(scope="session")
def sampled(findings) -> Callable[[], Findings]:
    """Give the same findings, labelled as generated."""
    return lambda: replace(findings, is_sample=True)
