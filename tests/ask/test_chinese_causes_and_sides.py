"""Chinese questions of causes, of what customers say and of two sides, and threads about them."""

from __future__ import annotations

import pytest
from gold_queries import compared, of, parts_of

from huiyin.ask.contracts import Answerable


def in_words(found):
    """Write what a question is read as in one line; of one that is not answered the reason."""
    if not isinstance(found, Answerable):
        return found.reason.value
    meant = found.understood
    rank = {True: "best", False: "worst"}[meant.rank.best] if meant.rank else ""
    parts = [
        meant.kind.value,
        "+".join(meant.metrics),
        f"by {','.join(meant.by)}" if meant.by else "",
        *(f"{f.column}{f.operator}{'|'.join(f.values)}" for f in meant.where),
        f"{meant.since}..{meant.until}" if meant.since else "",
        meant.grain.value if meant.grain else "",
        f"vs {compared(meant.compare)}" if meant.compare else "",
        f"{rank} {meant.rank.n}" if meant.rank else "",
    ]
    return "; ".join(part for part in parts if part)


ASPECTS = ("产品质量", "服务体验", "价格感知", "交付效率", "售后支持", "收银效率", "环境整洁")
READ = [
    (
        "门店满意度",
        "到底是啥把华北五月份的满意度拽下去了",
        "drivers; score:总体满意度; 大区=华北; 2026-05-01..2026-05-31",
    ),
    ("门店满意度", "把NPS拖下来的是哪块", "drivers; nps"),
    ("门店满意度", "满意度被什么拉高的", "drivers; score:总体满意度"),
    ("门店满意度", "是价格还是服务对推荐意愿作用更大", "what"),
    ("门店满意度", "满意度主要看价格还是服务", "what"),
    ("门店满意度", "提升哪项对总体满意度最管用", "drivers; score:总体满意度"),
    ("门店满意度", "咱们要是只能抓一样，抓哪样最划算", "drivers; score:总体满意度"),
    ("门店满意度", "什么东西最能打动金卡会员", "drivers; score:总体满意度; 会员等级=金卡"),
    ("门店满意度", "五个方面里谁对满意度说了算", "drivers; score:总体满意度"),
    ("门店满意度", "对送礼客来说啥最要紧", "drivers; score:总体满意度; 客群=送礼客"),
    ("门店满意度", "哪几项和满意度绑得最紧", "drivers; score:总体满意度"),
    ("售后回访", "服务满意度靠什么撑着", "drivers; score:服务满意度"),
    ("门店满意度", "服务体验和环境整洁同升同降吗", "relation; score:服务体验+score:环境整洁"),
    ("售后回访", "费力度同满意度是不是此消彼长", "relation; ces+score:服务满意度"),
    ("售后回访", "响应快了，满意度就一定上去吗", "relation; score:响应速度+score:服务满意度"),
    ("保险理赔", "赔得快的客户是不是就满意", "relation; score:赔付速度+score:总体满意度"),
    ("物流签收", "送得快的客户是不是就满意", "relation; score:送达时效+score:总体满意度"),
    (
        "售后回访",
        "上周的服务满意度撑住了没有",
        "compare; score:服务满意度; 2026-06-08..2026-06-14; vs previous",
    ),
    ("门店满意度", "服务变好了满意度会跟着涨吗", "relation; score:服务体验+score:总体满意度"),
    ("门店满意度", "什么让黑金会员不满意", "drivers; score:总体满意度; 会员等级=黑金"),
    ("门店满意度", "先改哪儿最划算", "drivers; score:总体满意度"),
    ("门店满意度", "要提升NPS，力气该往哪使", "drivers; nps"),
    ("门店满意度", "产品、服务、价格，哪样最能左右满意度", "drivers; score:总体满意度"),
    (
        "门店满意度",
        "四月份的净推荐值怎么突然蹦高了",
        "why; nps; 2026-04-01..2026-04-30; vs previous",
    ),
    (
        "门店满意度",
        "二季度NPS比一季度低，问题出在哪一块",
        "why; nps; 2026-04-01..2026-06-14; vs previous",
    ),
    (
        "门店满意度",
        "四月的满意率咋滑下来的",
        "why; satisfied:总体满意度; 2026-04-01..2026-04-30; vs previous",
    ),
    (
        "门店满意度",
        "满意度为何在二月份探底",
        "why; score:总体满意度; 2026-02-01..2026-02-28; vs previous",
    ),
    ("门店满意度", "不愿意推荐我们的人，理由是啥", "voices; 推荐意愿=0|1|2|3|4|5|6"),
    ("门店满意度", "大家夸我们夸得最多的是啥", "voices"),
    ("门店满意度", "西安钟楼店的顾客留言，挑负面的", "voices; 总体满意度=1|2; 门店=西安钟楼店"),
    ("门店满意度", "26-35岁的人为什么给低分", "voices; 年龄段=26-35岁; 总体满意度=1|2"),
    ("门店满意度", "客户说我们贵的原话有没有", "what"),
    ("门店满意度", "给我看看夸店员的评论", "what"),
    ("门店满意度", "成都天府店的差评写了什么 > 夸的呢", "voices; 总体满意度=4|5; 门店=成都天府店"),
    (
        "门店满意度",
        "上季度各大区收银效率均分，不算送礼客 > 送礼客也算上",
        "number; mean:收银效率; by 大区; 2026-01-01..2026-03-31",
    ),
    (
        "门店满意度",
        "近三个月华东和华南NPS哪个高 > 按月看",
        "trend; nps; by 大区; 大区=华东|华南; 2026-03-15..2026-06-14; month",
    ),
    (
        "门店满意度",
        "近三个月华东和华南NPS哪个高 > 哪边差",
        "compare; nps; 大区=华东; 2026-03-15..2026-06-14; vs 大区=华南",
    ),
    (
        "门店满意度",
        "近三个月各大区NPS > 只留华东和华南 > 这俩差多少",
        "compare; nps; 大区=华东; 2026-03-15..2026-06-14; vs 大区=华南",
    ),
    ("门店满意度", "华东NPS上个月多少 > 回到全国", "number; nps; 2026-05-01..2026-05-31"),
    ("门店满意度", "5月各省的不满意率 > 挑最严重的三个 > 这三个的客户都在骂啥", "what"),
    (
        "门店满意度",
        "今年4月的服务体验跟去年4月比 > 改成3月",
        "compare; score:服务体验; 2026-03-01..2026-03-31; vs year_ago",
    ),
    ("门店满意度", "除了华东，别的大区NPS都什么水平", "number; nps; by 大区; 大区!=华东"),
    (
        "门店满意度",
        "我们哪里不如竞品甲",
        "compare; " + "+".join(f"score:{one}" for one in ASPECTS) + "; vs competitor",
    ),
    (
        "售后回访",
        "一组和三组，谁解决得更好 > 换成五组跟二组",
        "compare; share:是否解决=是; 班组=客服5组; vs 班组=客服2组",
    ),
    (
        "售后回访",
        "电话回访跟短信回访打出来的满意度一样吗",
        "compare; score:服务满意度; 渠道=电话; vs 渠道=短信",
    ),
    ("售后回访", "处理结果重要还是响应快重要", "what"),
    ("售后回访", "专业程度对满意度的影响大还是响应速度的大", "what"),
    (
        "应用NPS",
        "安卓和鸿蒙的NPS，差几个点 > iOS也放进来",
        "number; nps; by 操作系统; 操作系统=安卓|鸿蒙|iOS",
    ),
    ("应用NPS", "5.1升到5.2之后NPS变化", "compare; nps; 应用版本=5.2; vs 应用版本=5.1"),
    (
        "应用NPS",
        "没出过故障的用户NPS比出过的高多少个点",
        "compare; nps; 近30天故障=否; vs 近30天故障=是",
    ),
    ("企业客户", "把流失回访刨除，NPS还剩多少", "number; nps; 场景!=流失回访"),
    (
        "银行开户",
        "空港支行的等候时间满意率比全行低多少",
        "compare; satisfied:等候时间; 网点=空港支行; vs rest",
    ),
    ("银行开户", "是什么让信用卡客户不想推荐我们", "drivers; nps; 业务=信用卡"),
    ("公开评论", "一星的评论念几条 > 五星的", "voices; 星级=5"),
    ("公开评论", "差评最多的平台，差评写的啥", "what"),
    (
        "门店满意度",
        "各渠道复购率 > 只比小程序跟公众号 > 去掉公众号",
        "number; share:90天内复购=是; 渠道=小程序",
    ),
    (
        "门店满意度",
        "今年每月NPS > 和去年放一起",
        "trend; nps; 2026-01-01..2026-06-14; month; vs year_ago",
    ),
    (
        "门店满意度",
        "今年每月NPS > 换满意率再来一遍",
        "trend; satisfied:总体满意度; 2026-01-01..2026-06-14; month",
    ),
    ("门店满意度", "差评里挑几条典型的", "voices; 总体满意度=1|2"),
    (
        "门店满意度",
        "五月满意度环比为何下挫",
        "why; score:总体满意度; 2026-05-01..2026-05-31; vs previous",
    ),
    ("门店满意度", "谁给五月NPS拖了后腿", "drivers; nps; 2026-05-01..2026-05-31"),
    # 回得快的满意度高吗: one number by the other
    ("售后回访", "回得快的满意度高吗", "relation; score:响应速度+score:服务满意度"),
    ("门店满意度", "收银快的话满意度会高吗", "relation; score:收银效率+score:总体满意度"),
    ("售后回访", "费力度高了，满意度是不是就低", "relation; ces+score:服务满意度"),
    (
        "售后回访",
        "解决没解决对满意度影响大吗",
        "relation; score:服务满意度+share:是否解决=是",
    ),
    # what pulls a number down
    (
        "门店满意度",
        "是谁把五月的满意度拉下来的",
        "drivers; score:总体满意度; 2026-05-01..2026-05-31",
    ),
    ("门店满意度", "导致NPS变低的是哪个方面", "drivers; nps"),
    ("门店满意度", "哪一项改善了能让NPS提高最多", "drivers; nps"),
    ("门店满意度", "环境整洁和产品质量，跟满意度的关系哪个更紧", "what"),
    (
        "门店满意度",
        "今年NPS比去年差，主要差在哪",
        "why; nps; 2026-01-01..2026-06-14; vs year_ago",
    ),
    # the other side
    ("门店满意度", "我们的产品质量能打得过竞品甲吗", "compare; score:产品质量; vs competitor"),
    (
        "门店满意度",
        "小米用户满意度在平均线以上吗",
        "compare; score:总体满意度; 手机品牌=小米; vs rest",
    ),
    (
        "门店满意度",
        "五月的满意率超过四月多少",
        "compare; satisfied:总体满意度; 2026-05-01..2026-05-31; vs previous",
    ),
    (
        "门店满意度",
        "不满意率五月以来有没有下来",
        "compare; dissatisfied:总体满意度; 2026-05-01..2026-06-14; vs previous",
    ),
    (
        "门店满意度",
        "今年各季度NPS和去年各季度比",
        "trend; nps; 2026-01-01..2026-06-14; quarter; vs year_ago",
    ),
    ("门店满意度", "五月跟前三个月的平均比，满意度高了吗", "what"),
    ("门店满意度", "NPS多少算好", "what"),
    # who is meant
    (
        "门店满意度",
        "OPPO和vivo手机加一起的满意率",
        "number; satisfied:总体满意度; 手机品牌=OPPO|vivo",
    ),
    ("门店满意度", "上海的店不算，北京市NPS多少", "what"),
    (
        "门店满意度",
        "不去看广东和四川的话，满意度还有多少",
        "number; score:总体满意度; 省份!=广东|四川",
    ),
    ("售后回访", "安装问题没解决的都在吐槽啥", "what"),
    # what they say
    ("门店满意度", "黑金会员有哪些尖锐的意见", "voices; 会员等级=黑金"),
    ("门店满意度", "有没有人提建议，念几条", "voices"),
    ("门店满意度", "客户情绪最差的那些话给我看几句", "voices; 总体满意度=1|2"),
    ("门店满意度", "哪些话是大家反复提的", "voices"),
    # how it goes, and in which days
    (
        "门店满意度",
        "今年的月度NPS，把华北和华南两条线放一块",
        "trend; nps; by 大区; 大区=华北|华南; 2026-01-01..2026-06-14; month",
    ),
    (
        "门店满意度",
        "去年每月的客单价有没有淡旺季",
        "trend; mean:本单金额; 2025-01-01..2025-12-31; month",
    ),
    (
        "门店满意度",
        "金卡的满意度这一年起伏大不大",
        "trend; score:总体满意度; 会员等级=金卡; 2025-06-15..2026-06-14; month",
    ),
    ("内部服务", "食堂满意度上月几分", "number; score:食堂; 2026-05-01..2026-05-31"),
    ("门店满意度", "年内各月的NPS", "trend; nps; 2026-01-01..2026-06-14; month"),
    (
        "门店满意度",
        "每季度的再来意愿，从2025年看起",
        "trend; intent; 2025-01-01..2026-06-14; quarter",
    ),
    (
        "门店满意度",
        "今年满意率有几个点",
        "number; satisfied:总体满意度; 2026-01-01..2026-06-14",
    ),
    (
        "门店满意度",
        "公众号渠道客户是不是比其他渠道的更不满意",
        "compare; score:总体满意度; 渠道=公众号; vs rest",
    ),
    (
        "门店满意度",
        "服务差是不是会拉低复购",
        "relation; score:服务体验+share:90天内复购=是",
    ),
    (
        "门店满意度",
        "产品质量对推荐意愿有多大作用",
        "relation; score:产品质量+nps",
    ),
    ("售后回访", "响应速度还是专业程度更要紧", "what"),
    ("门店满意度", "是产品拖了后腿还是服务拖了后腿", "what"),
    ("门店满意度", "决定NPS的三大因素", "drivers; nps"),
    ("门店满意度", "满意度低的根源在哪", "drivers; score:总体满意度"),
    ("门店满意度", "等级跟满意度挂不挂钩", "number; score:总体满意度; by 会员等级"),
    (
        "门店满意度",
        "回头客和一次客，满意度谁高",
        "compare; score:总体满意度; 90天内复购=是; vs 90天内复购=否",
    ),
    ("门店满意度", "90天没回购的客户满意度", "number; score:总体满意度; 90天内复购=否"),
    ("门店满意度", "强烈不满的客户原话", "voices; 总体满意度=1|2"),
    ("门店满意度", "武汉的顾客都传些什么话", "voices; 城市=武汉"),
    (
        "门店满意度",
        "大体上今年满意度是往好里走吗",
        "trend; score:总体满意度; 2026-01-01..2026-06-14; month",
    ),
    (
        "门店满意度",
        "金卡和普通卡NPS按月比",
        "trend; nps; by 会员等级; 会员等级=金卡|普通; month",
    ),
    ("门店满意度", "今年开年到三月底NPS", "number; nps; 2026-01-01..2026-03-31"),
    ("门店满意度", "过去整整一年的NPS", "number; nps; 2025-06-15..2026-06-14"),
    (
        "门店满意度",
        "去年五月至今年五月NPS提升了多少",
        "compare; nps; 2026-05-01..2026-05-31; vs year_ago",
    ),
    (
        "门店满意度",
        "NPS今年同比去年走势",
        "trend; nps; 2026-01-01..2026-06-14; month; vs year_ago",
    ),
    (
        "门店满意度",
        "武汉之外的湖北，满意度",
        "number; score:总体满意度; 城市!=武汉; 省份=湖北",
    ),
    (
        "门店满意度",
        "去年12月南京两店合起来NPS",
        "number; nps; 城市=南京; 2025-12-01..2025-12-31",
    ),
    (
        "门店满意度",
        "回来买过的黑金，客单价",
        "number; mean:本单金额; 90天内复购=是; 会员等级=黑金",
    ),
    (
        "门店满意度",
        "NPS先升后降吗，今年以来",
        "trend; nps; 2026-01-01..2026-06-14; month",
    ),
    (
        "门店满意度",
        "满意率趋稳了吗，今年",
        "trend; satisfied:总体满意度; 2026-01-01..2026-06-14; month",
    ),
    (
        "门店满意度",
        "NPS从四月到五月为什么跌",
        "why; nps; 2026-05-01..2026-05-31; vs previous",
    ),
    (
        "门店满意度",
        "复购与否，满意度有差吗",
        "compare; score:总体满意度; 90天内复购=是; vs 90天内复购=否",
    ),
    (
        "门店满意度",
        "什么因素最能预测NPS",
        "drivers; nps",
    ),
    (
        "门店满意度",
        "满意度背后的驱动",
        "drivers; score:总体满意度",
    ),
    (
        "门店满意度",
        "机会最大的提升点在哪，华南",
        "drivers; score:总体满意度; 大区=华南",
    ),
    (
        "门店满意度",
        "备受吐槽的点有哪些，四月的",
        "voices; 2026-04-01..2026-04-30",
    ),
    (
        "门店满意度",
        "黑金客户上月都不爽啥",
        "voices; 会员等级=黑金; 2026-05-01..2026-05-31",
    ),
    (
        "门店满意度",
        "收银给1分的，讲讲他们的话",
        "voices; 收银效率=1",
    ),
    (
        "应用NPS",
        "近30天没故障的安卓用户满意率",
        "number; satisfied:总体满意度; 操作系统=安卓; 近30天故障=否",
    ),
    (
        "应用NPS",
        "5.2上线后NPS比5.1怎么样",
        "compare; nps; 应用版本=5.2; vs 应用版本=5.1",
    ),
]


@pytest.mark.parametrize(("dataset", "thread", "meant"), READ)
def test_causes_words_and_sides_are_read(surveys, dataset, thread, meant):
    before = None
    for question in thread.split(" > "):
        before = surveys.ask(question, dataset, before)
    assert in_words(before) == meant


@pytest.mark.parametrize(
    ("question", "metric"),
    [
        ("满意度最吃哪一项", "score:总体满意度"),
        ("哪项一改满意度就上去", "score:总体满意度"),
        ("NPS的主要贡献来自哪一项", "nps"),
        ("客户为了什么愿意推荐我们", "nps"),
        ("顾客图什么才再来", "intent"),
    ],
)
def test_what_a_number_lives_on_are_its_drivers(surveys, question, metric):
    assert parts_of(surveys.ask(question)) == of("drivers", metric)
