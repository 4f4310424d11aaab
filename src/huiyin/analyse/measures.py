"""What is usually done about a weak aspect: a small store of concrete measures, zh and en."""

from __future__ import annotations

import re

from huiyin.analyse.wording import short
from huiyin.core.text import Text

_KNOWN: tuple[tuple[str, Text], ...] = (
    (
        r"结账|收银|付款|支付|买单|checkout|cashier|payment|queue|排队",
        Text(
            "按小时统计排队时长，高峰加开收银台或自助结账，把“排队超过 5 分钟”设为店长每日指标。",
            "Log queue times by the hour, open more tills or self-checkout at peaks, and make "
            "“waits over 5 minutes” a daily figure of the shop manager.",
        ),
    ),
    (
        r"售后|维修|退货|退款|退换|理赔|投诉|after.?sales|warranty|repair|refund|return|claim|complaint",
        Text(
            "梳理退换、维修、投诉的全流程并公开时限，逐单指定负责人，"
            "48 小时内给出处理结果并回访确认。",
            "Map returns, repairs and complaints end to end, publish deadlines, name an owner for "
            "each case, give a result within 48 hours and call back to confirm.",
        ),
    ),
    (
        (
            r"配送|交付|物流|送货|发货|快递|外卖|准时|延误|行李|"
            r"delay|deliver|shipping|logistic|punctual|on.?time|departure|arrival|baggage"
        ),
        Text(
            "按线路和环节拆解延误原因，先治占比最大的一环；承诺时间留余量，一旦会迟到先主动告知。",
            "Break delays down by route and step and mend the largest step first; promise times "
            "that can be kept, and tell customers before it is late.",
        ),
    ),
    (
        r"响应|速度|等待|等候|及时|效率|办理时|response|speed|wait|prompt|timel|effici",
        Text(
            "给首次响应和办结各设时限并逐日公示达标率；查清最耗时的一步，能并行的并行、能自助的自助。",
            "Set limits for first reply and completion and publish the share kept each day; find "
            "the slowest step and run it in parallel or by self-service.",
        ),
    ),
    (
        r"网络|信号|覆盖|通话|语音|上网|掉线|断网|卡顿|网速|network|coverage|signal|voice|wi-?fi|internet|connection",
        Text(
            "把差评落到具体地点和时段，先排查投诉集中的点位（弱覆盖、掉线、拥塞），优化后回访同一批客户。",
            "Place poor ratings by site and hour, mend the spots with most complaints first (weak "
            "cover, dropped calls, congestion), then ask the same customers again.",
        ),
    ),
    (
        (
            r"界面|易用|操作|功能|闪退|软件|系统|网站|小程序|预订|登机|值机|"
            r"\bapp\b|usab|website|interface|feature|booking|boarding|check-?in"
        ),
        Text(
            "找 5–8 位真实用户走一遍主要流程，记下卡住的步骤，"
            "按“影响人数 × 严重程度”排序，每个版本修掉前三项。",
            "Watch 5–8 real users go through the main tasks, rank where they get stuck by people "
            "× severity, and mend the top three in each release.",
        ),
    ),
    (
        r"价格|性价比|收费|资费|费用|优惠|价值|price|cost|value|fee|tariff|charge|afford",
        Text(
            "把收费项目和规则写在下单之前看得见的地方；核对客户觉得“不值”的项目，先改说明和组合，再谈降价。",
            "Show every charge and rule before the order is placed; look at what customers call "
            "poor value, mend wording and bundles first, prices second.",
        ),
    ),
    (
        (
            r"环境|卫生|整洁|清洁|干净|舒适|座椅|座位|空间|噪音|设施|"
            r"clean|comfort|environment|seat|leg ?room|atmosphere|noise|facilit"
        ),
        Text(
            "定出看得见的标准（频次、责任人、检查表），低分时段加一次巡检；设施老旧的先换客人碰得到的部分。",
            "Set visible standards (how often, who, check list), add a round in low-rated hours, "
            "and renew first what customers touch.",
        ),
    ),
    (
        r"菜品|口味|味道|餐食|食物|饮料|food|drink|taste|meal|menu",
        Text(
            "统计剩菜与差评最多的几样，换配方或下架；出品前抽检温度和分量，每月试吃一次新旧对比。",
            "List the dishes most often left or criticised and change or drop them; check heat and "
            "portion before serving, and taste old against new monthly.",
        ),
    ),
    (
        r"娱乐|内容|节目|活动|会员|积分|entertain|content|program|reward|loyalty|member",
        Text(
            "看哪些内容和权益真正被使用，停掉无人问津的，把预算放到使用最多、评价最好的几项上。",
            "See which content and benefits are used, stop the rest, and put the money into those "
            "used most and rated best.",
        ),
    ),
    (
        r"沟通|说明|告知|信息|透明|讲解|communicat|inform|explain|transparen|clarity",
        Text(
            "把客户最常问的十个问题写成一页明白话，放在他们开口之前看得到的地方；每次变更先告知再执行。",
            "Answer the ten commonest questions on one plain page where customers see it first, "
            "and announce each change before it happens.",
        ),
    ),
    (
        r"选择|种类|品种|款式|库存|缺货|assort|choice|range|selection|stock|variety",
        Text(
            "盘点“想买没买到”的前二十项，补货或给出替代；低动销的让位，缺货页面提供到货提醒。",
            "List the twenty items most often missed, restock or offer a substitute, clear slow "
            "sellers, and offer alerts for what is out of stock.",
        ),
    ),
    (
        r"位置|交通|停车|便利|登机口|location|parking|convenien|gate|access",
        Text(
            "沿客户实际路线走一遍，补上指示牌和停车、换乘说明；营业时间按到访高峰调整。",
            "Walk the customers' own route, add signs and notes on parking and transfer, and fit "
            "opening hours to the peaks.",
        ),
    ),
    (
        r"态度|礼貌|热情|服务|员工|人员|客服|导购|专业|staff|service|attitude|courte|friendl|polite|agent|crew|helpful|knowledge",
        Text(
            "抽听、抽看低分服务的实录，归纳最常见的三种不当做法，做成情景训练；班组每周复盘一次，表扬做得好的。",
            "Review recordings of low-rated contacts, name the three commonest slips, train them "
            "in role play, and go over them weekly with praise for what went well.",
        ),
    ),
    (
        r"质量|品质|耐用|故障|性能|安全|续航|电池|动力|加速|操控|制动|quality|durab|reliab|defect|perform|safety|battery|power|handling",
        Text(
            "把不满意的具体问题按部件或批次归类，查前三类的根因并改到源头；改后用退换率和复评验证。",
            "Sort complaints by part or batch, trace the top three to their root and mend them "
            "there; check with the return rate and new ratings.",
        ),
    ),
)
_GENERIC = Text(
    "约 10 位对“{aspect}”打低分的客户做电话回访，问清具体哪一步不满意；"
    "归出前三类问题，各定一项改法和验证指标。",
    "Call about ten customers who rated “{aspect}” low, ask which step failed, sort the answers "
    "into three problems, and set one change and one figure to check for each.",
)


def suggested_measure(name: str, label: Text) -> Text:
    """Suggest a measure for an aspect by its name and label; always something concrete.

    Parameters
    ----------
    name : str
        Column name.
    label : Text
        The question's wording.

    Returns
    -------
    Text
        One sentence in each language. Owner and deadline stay open.
    """
    words = " ".join((name, *label.values()))
    for pattern, measure in _KNOWN:
        if re.search(pattern, words, re.IGNORECASE):
            return measure
    return _GENERIC.format(aspect=short(label))
