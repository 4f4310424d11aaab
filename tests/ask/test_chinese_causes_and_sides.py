"""Chinese questions of causes, of what customers say and of two sides, and threads about them."""

from __future__ import annotations

import pytest
from gold_queries import compared

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
]


@pytest.mark.parametrize(("dataset", "thread", "meant"), READ)
def test_causes_words_and_sides_are_read(surveys, dataset, thread, meant):
    before = None
    for question in thread.split(" > "):
        before = surveys.ask(question, dataset, before)
    assert in_words(before) == meant
