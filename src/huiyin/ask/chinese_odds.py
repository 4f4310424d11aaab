"""What Chinese words say that a query cannot hold: such questions are asked back."""

from __future__ import annotations

import re
from itertools import pairwise

from huiyin.ask.contracts import Kind, Understood
from huiyin.ask.meanings import RATED_TARGETS, Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.turns import ASKS_WHICH, YES_OR_NO
from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Against

PLAIN = frozenset({Kind.NUMBER, Kind.TREND, None})
NOT_QUITE = re.compile(
    r"(?:(?<![是算])不(?:是|太|怎么|够|算|那么|见得|至于)|(?<![是有])没(?:有)?(?:那么|多|怎么|"
    r"太)|并不|并非|未必|谈不上|算不上|称不上|说不上)"
    r"(?:很|太|怎么|那么|特别|十分|非常|大|够|是|都)*满意"
)
"""不是很满意的客户: neither the satisfied nor, for sure, the dissatisfied."""
SATISFIED = frozenset({"4", "5"})
NOT_LEVEL = re.compile(
    r"(?:(?<!是)不是|(?<!有)没有?|非|未|除了?|低于|不到|高于|超过|少于|多于|大于|小于|不足|不满)"
    r"(?:给我们|给)?(?:[打给评]了?过?)?\s*(?P<n>\d)\s*[分星]"
)
"""不是五星的评论, 低于3分的客户占比."""
_UNWILLING = (
    r"(?<![愿想会肯能乐])不(?:太|怎么|大|再|会|想|愿意?|打算|肯|准备|乐意|考虑)+(?:{zh})"
    r"|\b(?:(?:would|will|do|does) not|never|(?:not|un)[ -]?(?:willing|likely)(?: \w+)?|reluctant)"
    r" (?:\w+ )?(?:{en})"
)
NOT_WILLING = {
    "intent": re.compile(
        _UNWILLING.format(zh="再|来|买|光顾|续|回|复?购", en="come|return|buy|renew|be back")
    ),
    "nps": re.compile(_UNWILLING.format(zh="推荐|介绍", en="recommend")),
}
"""不愿意再来的占几成: the share of those who are willing is another number."""
NOBODY_SAYS = re.compile(
    r"(?:(?<!有)没有?|无|零|从不|从未|不)(?:任何|一个|一条|什么|啥)?(?:客户|顾客|用户|客人|人)?"
    r"(?:抱怨|投诉|吐槽|差评|好评|中评|评论|评价|骂|意见|反馈|留言|不满|负面|表扬|夸)(?!的?[是"
    r"都]?(?:什么|啥|哪))"
)
"""没有差评的门店: what was said is not asked."""
SET_AGAINST = re.compile(
    r"(?<!价)比[^,，。]{1,12}?(?:更|还|要|会)?[高低好差强弱快慢多少](?:吗|么|不|些|一些|点|多"
    r"少|几|了|$|[?？])"
)
BUT = re.compile(
    r"[高低好差强弱快慢大小](?:但是?|却|可|而|又)[^,，]{1,10}"
    r"(?:的?(?:客户|顾客|用户|客人|人|企业|公司)|的(?=$|[,，?？占有]))"
)
"""续约意愿高但没续约的客户: two conditions, of which one is no number of theirs."""
WITHIN_DAYS = re.compile(
    r"(?P<n>\d+|[一二两三四五六七八九十半]+)个?(?P<unit>天|日|周|星期|礼拜|月|季度?|年)"
    r"(?:之内|以内|内|里)(?:的|就|都|又|还|再|会|有|没有?|未|过)*(?:复购|回购|再买|再来)"
)
"""30天内复购率, where the data holds the one within 90: another number, or days of asking."""
REACHES_LATER = re.compile(
    r"(?:超过|高于|大于|达到|以上|[上到破])[^,，]{0,6}[,，][^,，]{0,10}(?:没有?|未|不)(?:能)?("
    r"?:到|达到?|过|做到|破)(?!\d)"
)
"""能超过八成,哪些大区没到: the bound is turned round in the next part."""
OR_NOT = re.compile(r"(?P<v>含|算|包|要|看|计|带)不(?:(?P=v)|包)")
"""含不含东北,NPS差多少: with and without."""
ALSO_IN = re.compile(r"(?:包[括含]|含|算上|连同?|加上).{1,10}?(?:在内|算在内|一起算)")
MEANS_WHAT = re.compile(
    r"(?:说明|意味着?|代表|表明)(?:了|着)?(?:什么|啥)|什么(?:意思|含义|概念)|\bmean(?=[?.]|$)"
)
MEAN_OF_BEFORE = re.compile(
    r"(?:[比跟和与同较]|对比|相比)[^,，]{0,4}?(?:之?前|过去|头)(?:面)?(?:的)?(?:\d|[两二三四五"
    r"六几])个?(?:月|周|星期|季度?|年|天)(?:里|内|份)?的?(?:平均|均值|均分|水平)"
)
"""跟前三个月的平均比: the mean of several periods before is no other side."""
COUNTS_AS = re.compile(
    r"(?:多少|几|多高|多低|什么水平|啥水平)(?:分|以上|以下)?(?:才|就|能|可以)*"
    r"(?:算(?!上|下来|出)|叫)"
)
"""NPS多少算好: where good begins, the data does not say."""
LEAST = re.compile(
    r"(?:影响|作用|关系|关联|在意|在乎|看重|关心|重视|介意)(?:程度|力)?(?:得|的)?(?:是)?最[小"
    r"低少弱]"
    r"|最(?:不|没)(?:怎么)?(?:影响|在意|在乎|看重|重要|关心|重视|介意|关键|有关|相关|值得)|最["
    r"次轻]要|最(?:小|弱|少)的?(?:影响|因素|驱动)"
    r"|\bleast\b|\b(?:does|do|did) not (?:drive|matter|affect|influence)"
)
"""What matters least: only what matters most is found."""
SENSITIVE = re.compile(
    r"(?<!不)敏感(?:型|的)?(?:的)?(?:客户|顾客|用户|人|客群|会员)|[更最很太]敏感|敏不敏感"
    r"|敏感[吗么度]"
)
APART_MOST = re.compile(
    r"(?:差[异距别]|分歧|悬殊|两极|争议)(?:得|是)?最?[大小多少]?的?(?=.{0,4}最|最|的?两个)"
    r"|落差最[大小]的?两个"
)
"""差异最大的两个大区: which pairs differ is no rank of a number."""
WEIGHS_TWO = re.compile(
    r"(?:哪|谁)[^,，]{0,3}对[^,，]{1,14}(?:影响|作用|帮助)[^,，]{0,3}[大深强多]"
)
"""交付跟售后,哪个对客户影响大: whether the two go together is not asked."""
GOES_ON = re.compile(r"^(?!.*(?:关系|相关|影响|关联|有关|联系|挂钩|(?<!来)越(?!来越))).*越来越")
"""功能是不是越来越不好用: how one number goes is asked, not whether two go together."""
SHARE = re.compile(
    r"占(?:了|到)?(?:多少|几成|比|百分之)|比例|百分之几|几成|\bwhat (?:share|percent)"
)
"""写了意见的人占几成."""
OF_PERSONS = re.compile(r"品牌|系统|年龄|客群|等级")
SHOP = re.compile(r"的?(?:专卖|专营|旗舰|体验|直营)?(?:门店|店(?!员|长)|家店)")
OTHERS = re.compile(r"(?:其他|其它|别的|另外的|剩下的|其余的?)$")


def _not_quite(mentions: Mentions, understood: Understood) -> bool:
    told = any(set(one.values) <= SATISFIED and one.operator == "=" for one in understood.where)
    shares = any(metric.startswith("satisfied:") for metric in understood.metrics)
    return (told or shares) and NOT_QUITE.search(mentions.text) is not None


def _not_at_level(mentions: Mentions, understood: Understood) -> bool:
    rated = {one.name for one in mentions.vocabulary.codebook.with_role(*RATED_TARGETS)}
    rated |= {one.name for one in mentions.vocabulary.codebook.with_role(Role.NPS)}
    counted = (metric.partition("=")[2] for metric in understood.metrics if "=" in metric)
    given = {
        v for f in understood.where if f.column in rated and f.operator == "=" for v in f.values
    }
    given |= {value for value in counted if value.isdigit()}
    return any(match["n"] in given for match in NOT_LEVEL.finditer(mentions.text))


CHANGE = (
    r"(?:跌幅|涨幅|降幅|升幅|增幅|变幅|下降|下滑|下跌|上升|上涨|提升|提高|增长|增加|减少"
    r"|[涨跌掉降升])"
)
OVER = r"(?:超过?|大于|高于|达到?|不到|不足|低于|小于|少于)"
CHANGE_BOUND = re.compile(
    rf"{CHANGE}(?:了|得|过|的|幅度?|是|在|都)*{OVER}?了?\d"
    rf"|{OVER}\d+(?:\.\d+)?(?:%|个?百分点|个?点|分)?的?{CHANGE}"
    r"|\b(?:fell|dropped|rose|gained|lost|grew|up|down|increased|declined|improved) (?:by )?"
    r"(?:more than |over |at least |under |less than )\d"
)
"""跌幅超过5%的门店: a bound of the change is none of the number."""
NO_BOUND = re.compile(
    r"(?<!是)(?:不是|并非|不都?是)(?:都|全都?)?(?:低于|高于|超过|不到|大于|小于|不足|少于|多于"
    r"|没到|[负正])"
    r"|不为[负正]"
)
"""不是低于60的: the other side of a bound."""
NOT_THAT = re.compile(r"最[^,，]{1,14}(?<!是)(?:不是|并非|不会是)[^,，]{1,8}(?:吧|吗|么)?[?？]?$")
"""最差的不是东北吧."""
NOT_MOST = re.compile(r"(?<!是)(?:不是|并非|不要|不算)(?:那个)?最[高低好差多少大小]")
"""不是最低就行的班组."""
WERE_ABSENT = re.compile(r"(?:不在|没来|缺席|离职|走)了?(?:的话|的时候|时)")
"""坐席012不在的话."""
BECAUSE = re.compile(r"(?:都|就|才|主要|全)?是因为|(?<!是)因为")
GOES = re.compile(
    r"趋势|走势|曲线|还是[^,，]{1,4}多|变[多少]|多了吗|少了吗|越来越[多少]|[多少]了还是|最[多"
    r"少]的?(?:店|门店|大区|城市|省)"
)
"""差评趋势: how many there are is asked, not what was said."""
MOST_OPINION = re.compile(r"(?:意见|怨气|怨言|火气)最[大多重](?!的(?:是|都是)?(?:什么|啥))")
"""哪一档意见最大: who has most to say is asked, not what."""
OF_ALL = re.compile(
    r"占(?:了|到)?(?:全部|所有|全体|总体|整体|总)的?(?:客户|顾客|用户|会员|人数?|答卷)?"
)
"""不满意的金卡占全部客户的几成: no share among some."""
ONLY_THEY = re.compile(r"只有|仅有|唯有|唯独")
"""只有华北在跌吗: the others are asked about too."""
CHANGED_TOO = re.compile(
    r"(?:[涨跌降升]|变[好差]|下滑|恶化|改善|进步|退步)了?(?:但是?|却|可是?|而且?|且|并且|不过|"
    r"又|还是?)"
)
"""环比下滑但还高于60的店: the change is lost beside the bound."""
ONLY_ASKED = frozenset({Kind.NUMBER, Kind.COMPARE, None})
WITH_PICTURES = re.compile(r"[带附配晒有]了?(?:图片?|照片|视频|链接|表情)")
"""不带图的评论: what they hold besides words is not known."""
SIDES = 2
POOLED_BESIDE = re.compile(
    r"(?:合(?:在一起|到一起|起来|并|计)|加(?:在一起|起来)|一起)[^,，]{0,6}(?:比|跟|和|与|抵|顶"
    r"|赶|不如|超过|胜)"
)
THEN_OTHER = re.compile(r"[,，。][^,，。]{1,10}呢[?？]?$")


def _bounds_another(mentions: Mentions, understood: Understood) -> bool:
    """Tell 满意率跌幅超过5%的门店, 满意度低于4的门店: the bound is none of this number."""
    bound = understood.threshold
    if bound is None:
        return False
    measure, _, column = understood.metrics[0].partition(":")
    scale = mentions.vocabulary.codebook[column].scale if measure == "score" else None
    tiny = scale is not None and 0 < abs(bound.value) <= scale.maximum
    intent = mentions.vocabulary.only(Role.INTENT) if measure == "intent" else None
    if intent and intent.scale and "%" not in mentions.text:
        tiny = 0 < abs(bound.value) * 100 <= intent.scale.maximum
    return tiny or bool(CHANGE_BOUND.search(mentions.text) or NO_BOUND.search(mentions.text))


def _only_they(text: str) -> bool:
    """Tell 只有华北在跌吗 from 只有金卡的满意率多少."""
    asked = YES_OR_NO.search(text) is not None and ASKS_WHICH.search(text) is None
    return asked and ONLY_THEY.search(text) is not None


def _pools_one_side(mentions: Mentions, understood: Understood) -> bool:
    """Tell 西南和西北合起来比东北高吗: two groups as one beside a third."""
    several = any(len(one.values) > SIDES for one in understood.where)
    plain = understood.kind in PLAIN and understood.compare is None
    return plain and several and POOLED_BESIDE.search(mentions.text) is not None


def _ranks_of_two(mentions: Mentions, understood: Understood) -> bool:
    """Tell 金卡NPS最高的大区,普通卡呢: the same is asked once more, of others."""
    several = any(len(one.values) > 1 for one in understood.where)
    picks = understood.kind in {Kind.RANKING, Kind.THRESHOLD}
    return picks and several and THEN_OTHER.search(mentions.text) is not None


def _unwilling(mentions: Mentions, understood: Understood) -> bool:
    """Tell 不打算续约的客户 from those who did not, and their rate from that of the willing."""
    outcomes = {one.name for one in mentions.vocabulary.codebook.with_role(Role.OUTCOME)}
    did = any(one.column in outcomes and one.values == ("是",) for one in understood.where)
    if did and NOT_WILLING["intent"].search(mentions.text):
        return True
    return understood.kind in PLAIN and any(
        form.search(mentions.text)
        for name, form in NOT_WILLING.items()
        if name in understood.metrics
    )


def _of_badly_rated(mentions: Mentions, understood: Understood) -> bool:
    """Tell 不满意食堂的部门: what they are dissatisfied with is no number to give."""
    return bool(understood.where) and any(
        token.says("low", "high") and token.end == after.start and after.of(Sort.RATING)
        and not token.of(Sort.METRIC)
        and mentions.text.startswith("的", after.end)
        for token, after in pairwise(mentions.tokens)
    )  # fmt: skip


def _brand_of_shops(mentions: Mentions, understood: Understood) -> bool:
    """Tell 华为店: no phone of customers is meant."""
    book = mentions.vocabulary.codebook
    units = {one.name for one in book.with_role(Role.UNIT)}
    named = {*understood.by, *(one.column for one in understood.where)}
    return units.isdisjoint(named) and any(
        (value := token.of(Sort.VALUE)) is not None
        and OF_PERSONS.search(value.columns[0])
        and SHOP.match(mentions.text, token.end)
        for token in mentions.tokens
    )


def _others_of_none(mentions: Mentions, understood: Understood) -> bool:
    """Tell 其他品牌手机: others than which is not said; one value may be called so."""
    rest = understood.compare is not None and understood.compare.against is Against.REST
    chosen = {one.column for one in understood.where}
    return not rest and any(
        (column := token.of(Sort.COLUMN)) is not None
        and column.columns[0] in understood.by
        and column.columns[0] not in chosen
        and OTHERS.search(mentions.text[: token.start])
        for token in mentions.tokens
    )


def _within_other_days(mentions: Mentions, understood: Understood) -> bool:
    """Tell 30天内复购率, and 90天内没复购 read as days of asking."""
    shares = [metric for metric in understood.metrics if metric.startswith("share:")]
    return any(
        f"{found['n']}{found['unit']}" not in metric
        or any(t.period and t.start <= found.start() < t.end for t in mentions.tokens)
        for found in WITHIN_DAYS.finditer(mentions.text)
        for metric in shares
    )


BY_WHAT = re.compile(
    r"(?<!不)(?<!别)(?<!用)按照?(?![^,，]{0,8}(?:制|均|口径|标准|满意|规则|算法|权重|公式|要求"
    r"|惯例|道理|计划|原来|这个|那个|上面|分数))"
    r"[一-鿿]{2,6}(?:来)?(?:看|拆|统计|展开|划分|分组|分一?下|分开|细分)"
)
"""按分群看: what it goes by is said, but nobody knows the word."""
FILTERS = re.compile(r"过滤(?!掉|出|去|后|之后|条件)")
"""过滤华东: only they, or all but they."""


def _rate_of_a_rating(mentions: Mentions) -> bool:
    """Tell 处理率: a rate of which nobody knows the name is not the score of 处理."""
    return any(
        one.end == other.start and other.text == "率" and one.of(Sort.RATING) is not None
        for one, other in pairwise(mentions.tokens)
    )


def chinese_at_odds(mentions: Mentions, understood: Understood) -> bool:
    """Tell whether a turn of phrase says more than the query that was read.

    Parameters
    ----------
    mentions : Mentions
    understood : Understood
        Complete.
    """
    kind, text = understood.kind, mentions.text
    left_out = any(one.operator == "!=" for one in understood.where)
    bound = understood.threshold
    odds = (
        _within_other_days(mentions, understood),
        bound is not None and bound.operator.startswith(">") and REACHES_LATER.search(text),
        left_out and OR_NOT.search(text),
        bool(understood.where) and not left_out and ALSO_IN.search(text),
        MEANS_WHAT.search(text),
        kind in PLAIN and COUNTS_AS.search(text),
        MEAN_OF_BEFORE.search(text),
        kind is Kind.DRIVERS and LEAST.search(text),
        kind in PLAIN and SENSITIVE.search(text),
        kind is Kind.VOICES
        and (SHARE.search(text) or GOES.search(text) or MOST_OPINION.search(text)),
        bool(understood.where) and OF_ALL.search(text),
        kind is Kind.RANKING and (NOT_MOST.search(text) or APART_MOST.search(text)),
        kind is Kind.RELATION and (WEIGHS_TWO.search(text) or GOES_ON.search(text)),
        WERE_ABSENT.search(text),
        kind in PLAIN and BECAUSE.search(text),
        left_out and kind is Kind.RANKING and NOT_THAT.search(text),
        _rate_of_a_rating(mentions),
        FILTERS.search(text),
        kind in PLAIN and not understood.by and not understood.grain and BY_WHAT.search(text),
        _not_quite(mentions, understood),
        _not_at_level(mentions, understood),
        _unwilling(mentions, understood),
        kind is Kind.VOICES and (NOBODY_SAYS.search(text) or WITH_PICTURES.search(text)),
        kind is Kind.RELATION and len(set(understood.metrics)) == 1,
        kind is Kind.RELATION and "越" not in text and SET_AGAINST.search(text),
        kind in PLAIN and BUT.search(text),
        _of_badly_rated(mentions, understood),
        _brand_of_shops(mentions, understood),
        _others_of_none(mentions, understood),
        _bounds_another(mentions, understood),
        kind in ONLY_ASKED and understood.where and _only_they(text),
        kind is Kind.THRESHOLD and CHANGED_TOO.search(text),
        _ranks_of_two(mentions, understood),
        _pools_one_side(mentions, understood),
    )
    return any(odds)
