"""Turns of phrase that mean one thing as a whole: 先改什么, more likely to buy again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from huiyin.ask.meanings import Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.scanning import Token

SIZE = re.compile(
    r"(?:(?:哪(?:个|家|一个|一家|位|种|类|条|里|儿)?|谁).{0,14}?)(?P<size>更?[高低好差](?!于"
    r"|过))|which .{1,40}?(?P<en>higher|lower|better|worse)\b"
)
MOST_WILLING = re.compile(
    r"最(?:让|令|叫|使)(?:人|客户|顾客|客人|大家|用户|会员)?(?P<vexed>不满意?|失望|头疼|恼火|生气|窝火|不爽|不开心|不放心)"
    r"|最(?:(?:让|令|叫|使)(?:人|客户|顾客|客人|大家|用户|会员)?)?(?P<no>不)?(?:愿意?|乐意|想|肯|喜欢|爱|舍得|看好|认可|买账|待见"
    r"|信任|放心|信得过|买单"
    r"|推荐|满意|开心)"
)
"""最不愿意再来的: which end of a ranking is meant, by what people want."""
MOST_MOVED = re.compile(
    r"最(?:让|令|叫|使)(?:人|客户|顾客|客人|大家|用户|会员)?(?:不?满意?|失望|头疼|放心|开心|恼火|生气|窝火|不爽|不开心|不放心)的"
)
"""最让客户不满的网点: the end of a ranking, whichever group it is."""
STRONG_VOICES = re.compile(
    r"说|讲|吐槽|抱怨|原话|原声|评论|留言|意见|建议|骂|夸"
    r"|反映|怎么看|怎么评价|写|文字|comment|verbatim|\bsa(?:y"
    r"|id|ying)\b|complain|own words|wr(?:ote|ite|itten)|quote"
    r"|remark|voices?\b|feedback|mention|suggest|told|tell us"
    r"|opinion|praise"
)
SAYS_WHAT = re.compile(
    r"(?<!来)(?:老|总|老是|总是|经常|常)?(?:说|讲|聊|写|提|留|反映|反馈|抱怨|吐槽|骂|夸|嫌|嫌弃|投诉|表扬|反应)(?:了|过"
    r"|的|些|到|都|是|出|我们|咱们|店里|有)*(?:什么|啥|哪些|哪一?[点块项条]|点什么|点啥|些啥)(?:言(?!语)|话)?"
    r"|(?:留|说|写)(?:了|过)?(?:些|点)?(?:什么|啥)?(?:言|话)"
    r"|(?:说|提|提到|抱怨|吐槽|反映|夸|骂|写|聊|留|讲)(?:得|的)?最多的?(?:是|问题|点)?(?:什么|啥|哪)"
    r"|怎么(?:说|看|讲|评价|评|想|夸|骂|吐槽|抱怨|描述|反馈|反映)(?!出)"
    r"|(?:为什么|为啥|怎么)(?:总|老|都|会)*被(?:客户|顾客|人)?(?:骂|吐槽|喷|嫌弃|抱怨)"
    r"|(?:烦|讨厌|反感|受不了|忍不了|看不惯|不能忍|闹心|膈应)(?:的)?(?:是|我们|咱们)?(?:什么|啥|哪)"
    r"|(?:说|讲|夸|嫌|骂|吐槽|抱怨|反映)(?:了|过|的|是|都|我们|咱们|店里|他们)*(?:哪|哪里|哪儿"
    r"|哪些地方|哪方面)"
    r"(?:做得|做的)?(?:好|不好|差|不行|不对)"
)
MINDS = re.compile(
    r"^what (?:do|does|did) .{1,60}\b(?:like|dislike|hate|love|enjoy|appreciate|want|resent"
    r"|mind|expect|wish for)"
    r"(?: (?:the )?(?:most|least|best))?(?: about(?: us| it| our \w+)?)?"
    r"(?= (?:in|last|this|these|since|over|during|so|on|from|yesterday|today)\b|\W*$)"
    r"|^what (?:is |are |was )?(?:bugg?|bother|annoy|upset|frustrat|irritat|please|delight)\w* "
)
"""What do families dislike: what they say is asked for."""
ASKS_WHY = re.compile(
    r"\bwent wrong\b|\bis wrong with\b|\bto blame\b|\blies behind\b|\bwhere (?:do|does"
    r"|did) .{3,50} come"
    r" from|\bwhat (?:makes?|made) .{1,40} (?:fall|drop|rise|dip|slip|sink|decline|climb|jump)\b|"
    r"^(?:怎么|咋)(?![样才能提让看查算做办])[^,，吗?？]{2,16}(?:低|差|降|跌|掉|下滑|下降|涨|升)了$|"
    r"(?:怎么|咋)(?:会)?比.{1,8}(?:差|低|掉|少|降|跌|高|涨|升|多|好|强)了(?!多少|几)"
    r"|(?:怎么|咋)[^,，。;；吗?？样]{0,12}?(?:低|差|降|跌|掉|下滑|下降|涨|升|高)(?:了|得|成|到)?"
    r"(?:这么|那么|这样|那样|如此|这般)(?:多|狠|厉害|快|低|高|大|惨|差)?"
    r"|(?:是)?(?:什么|啥|哪些?)(?:因素|原因|事情?|问题|东西|情况)?(?:让|使|叫|令|造成|导致|引起|引发|弄得|害得)"
    r".{2,16}?(?:低|差|降|跌|掉|滑|涨|升|高|走低|走高)"
    r"|(?:怎么|咋)[^,，。;；吗?？]{0,8}?(?:变|突然|一下子|又)(?:得|的)?"
    r"(?:低|差|降|跌|掉|下滑|下降|涨|升|高|不行)了"
    r"|(?:怎么|咋)(?:会|就|又|只|还)?(?:才|只|就)(?:有|到|是)?(?:这么|那么)?(?:一?点|低|少)"
    r"|(?:怎么|咋)(?:会|就|突然|一下子?|又|还|一路)*"
    r"(?:滑|掉|跌|降|落|垮|崩|涨|升|蹿|冲)(?:下去|下来|上去|上来|起来)"
    r"|(?:怎么|咋)(?:会|就|突然|一下子|又|还)*(?:变|这么|那么"
    r"|越来越)?(?:得|的)?(?:低|差|降|跌|掉|下滑|下降|涨|升"
    r"|变差|不行|上升|提高(?=了))"
)
DRIVES = re.compile(
    r"做(?:点|些)?(?:什么|啥|哪些)(?:事|改进)?(?:才|就)?(?:能|可以)(?:让|使|把|带动|拉动|提|改善)|"
    r"(?:怎么|怎样|如何|咋)(?:做|办)?才?(?:能|可以)(?:让|把|使)?[^,，]{0,12}(?:提|上去|上来|涨|升|改善|拉高|变好|更满意|开心)|"
    r"(?:关键|主要|重点|核心)(?:在于|看|靠|取决于|是看)(?:的是)?(?:什么|啥|哪)"
    r"|(?:最|更|主要|都|比较|到底)?(?:在意|看重|在乎|介意|重视|看中|讲究"
    r"|挑剔)(?:的)?(?:是)?(?:什么|啥|哪)"
    r"|卡在哪|卡在什么|问题(?:到底|主要|究竟)?(?:出|在)在?哪|痛点|堵点|症结|瓶颈|根子|软肋|弱项"
    r"|差在哪|输在哪|丢分"
    r"|失分|扣分|(?:改善|改进|提升|优化|整改)(?:的)?(?:重点|方向|优先|空间|建议)|影响力"
    r"|关键驱动|主因"
    r"|(?:先|优先|首先|最该|该|应该|要)(?:从)?.{0,4}(?:改|抓"
    r"|搞|补|攻|做好|解决|改进|改善|优化|下手|入手|发力|着手)(?:什么"
    r"|哪|啥|起(?=$|[,，。?？呢啊]))?"
    r"|(?:最该|优先|先)(?:提升|提高)|影响.{0,14}(?:是什么"
    r"|有哪些|因素|更大|更深|最大|最深|最多)|(?:什么|哪些|哪个|哪项"
    r"|哪一项|哪方面|哪块|啥|哪几项).{0,8}(?:影响|拖累|拉低"
    r"|决定|左右|带动|推动|拉了?后腿)"
    r"|(?:受|被).{0,6}影响|看重|在意什么|在乎什么|最在乎|最关心"
    r"|最重视|关心什么|重视什么|从哪.{0,6}(?:下手|入手|改|抓)起?"
    r"|从(?:何处|哪(?:里|儿|块|一块|(?:一|几)?个?(?:方面|环节|维度))|什么地方|啥地方)"
    r"(?:开始)?(?:下手|入手|着手|动手|切入|突破|发力|做|改|抓|优化|改善|改进)起?"
    r"|先动(?:哪|什么|啥)(?:一?(?:块|项|个|样|方面))?"
    r"|(?:哪|什么|啥)(?:一?(?:块|项|个|样|方面))?(?:是)?(?:最该|最应该|应该|该)?先(?:动|改|抓|补)"
    r"|优先级|短板|突破口|抓手|发力点|着力点|关键是什么"
    r"|关键在哪|主要看什么|主要取决|靠什么|(?:跟|和|与)(?:什么"
    r"|哪些|哪个|哪几个?)(?:方面|因素|维度|东西)?.{0,4}(?:有关"
    r"|相关|关系|挂钩|关联)"
    r"|(?:哪|谁|什么).{0,14}(?:影响力?|关系|关联|相关性?)(?:更|最|比较)?(?:大|深|强|密切|紧密|直接)"
    r"|(?:哪|什么|啥).{0,8}对.{1,12}(?:帮助|作用|贡献|影响|提升)(?:最|更)?大"
    r"|(?:影响|左右|决定|拉动|带动|拖累).{1,14}的(?:是|有|都有)(?:哪|什么|啥)"
    r"|拖累|拉低了?|拖.{0,10}后腿|归因|贡献.{0,3}(?:最大|最多"
    r"|大)|决定.{0,14}(?:是什么|是啥|的是|因素)|改(?:哪|什么|啥)"
    r"|改进(?:项|点|重点)|关键.{0,6}(?:是什么|在哪|因素|抓手)"
    r"|抓手"
    r"|\bcares? (?:the )?(?:most )?about|\bmatters? (?:the )?most"
    r"|(?:improve|fix|work on|focus on|tackle|change|address"
    r"|start with|prioriti[sz]e|invest(?: in)?) (?:\w+ )?first"
    r"|\bfirst (?:thing )?to (?:improve|fix|change|tackle)"
    r"|(?:biggest|strongest|greatest|largest|main|key|top"
    r"|most important) (?:driver|factor|influence|impact|lever"
    r"|effect)s?|(?:what|which)\b.{0,30}\b(?:influence|affect"
    r"|impact|drive|shape|determine|matter|move(?: the needle)?|pull|drag"
    r"|hurt)s?\b"
    r"|\bwhat is (?:hurt|harm|influenc|affect|depress|drag|lift|boost)ing\b"
    r"|\b(?:sticking|stumbling|choke) (?:points?|blocks?)\b|\bbottlenecks?\b"
    r"|\blevers?\b|what .{0,40}depends? on|depends? on what"
    r"|makes? customers|factors? .{0,20}behind|pulls? .{0,25}down"
    r"|drag(?:s|ged|ging)? .{0,25}down|(?:pulling|holding|weighing) .{0,25}(?:down|back)"
    r"|drag(?:s|ged|ging)? down|hold(?:s|ing) .{0,25} back|sensitive to|move the needle"
    r"|^what (?:is|are) (?:pull|prop|carry|hold|keep|lift)(?:p?ing) .{0,25}\bup\b"
    r"|^(?:so |and )?what (?:makes?|made|would make|keeps?) .{1,40}\b(?:happy|happier"
    r"|satisfied|unhappy"
    r"|loyal|return"
    r"|come back|coming back|recommend|stay|leave)"
    r"|how (?:can|could|do|should|might|would) (?:we|i) .{0,12}?\b(?:get|raise|improve|lift"
    r"|boost|push"
    r"|increase|bring|move|grow)\b"
    r"|where (?:should|could|can|do) (?:we|i) .{0,15}?\b(?:focus|invest|start|improve"
    r"|concentrate|act)\b"
)
RELATES = re.compile(
    r"越.{0,12}越|就(?:会|能|更|不|低|高|一定|少|多)|是不是(?:更"
    r"|也|就)|会不会(?:影响|更|也|带|拉)|复不复购|更(?:舍得"
    r"|爱|会|愿意|容易|可能|高|多|常|喜欢|倾向|忠诚|满意)"
    r"|真的.{0,8}[吗么?]|(?:高|低|好|差|多|满意)的?(?:客户"
    r"|人|顾客|用户|会员).{0,8}(?:是不是|是否|会不会|也)|就不(?:来"
    r"|买|会)|更不"
    r"|\bmore (?:likely|often|frequently|loyal)\b|\bdo(?:es)? .{0,40}\b(?:buy"
    r"|come|renew|return|recommend|spend|pay|stay|leave|give|rate|bring|keep|make|lead"
    r"|drive|mean|see|have|get|show|report)\b|\blikelier\b|hand in hand"
    r"|^do(?:es)? .{1,50} (?:more|less|sooner)\??$"
    r"|^(?:are|is|do|does|did) .{1,60}\b(?:more|less|higher|lower|better|worse|longer"
    r"|fewer)\b.{1,60}"
    r"\b(?:more|less|higher|lower|better|worse|fewer|happier|unhappier)\b"
)
WEIGHED = re.compile(
    r"(?:哪一?(?:个|项|方面|块|样|点|件)|谁)(?:更|最|比较)?(?:能|会)?(?:对|影响|拉动|左右|决定)"
)
"""服务和价格哪个对NPS影响大: what is named before is weighed, what comes last is the target."""
HITS = re.compile(
    r"拉低|拉高|拖低|拖累|影响|带动|左右|提升|提高|提振|降低|促进|推高|推动|伤害|损害|打击|吓跑"
    r"|留住"
)
"""What one number does to another."""
YES_OR_NO = re.compile(r"[吗么]|会不会|是不是|是否|能不能|有没有|可不可能|[?？]$")
ASKS_WHICH = re.compile(r"哪|谁|什么|啥|多少|几")
QUALIFIED = re.compile(
    r"(?:[高低好差多少快慢贵强弱大小长短]|干净|整洁|便宜|划算|满意|方便|及时|稳定|流畅|热情|耐心"
    r"|专业)的(?:那些|这些)?"
    r"(?:客户|顾客|客人|用户|人|会员|企业|公司|单位|门店|店铺?|网点|支行|城市|大区|省份?|地方"
    r"|群体|坐席|柜员|店员)(?!(?:里面?|当?中|之中)[^,]{0,12}(?:占|比例|几成))"
)
"""服务好的店: what is rated so is one side of a relation."""
ROOT_OF = re.compile(r"问题.{0,5}出在|哪(?:里|儿)?出(?:了|的)?问题|根子|症结|毛病出在")
LEVELS_ZH = re.compile(
    r"(?:(?P<verb>打|给|评)(?:了|出|的)?)?(?P<a>(?<![\d.])\d{1,2})\s*[分星]?(?:\s*(?:到"
    r"|至|-|~|和|、|或|或者|(?<=[分星]))\s*(?P<b>\d{1,2}))?\s*[分星](?!手机)(?P<end>及?以下"
    r"|及?以上)?(?:的|这些)?\s*(?P<who>客户(?!等级|单位|经理)|人|顾客|用户"
    r"|会员(?!等级)|那些|评价|答卷|评论|留言|反馈|意见|原话)?"
)
LEVELS_EN = re.compile(
    r"\b(?:rated|gave|scored|giving|answered|who rate|who give)\b(?:(?!\b(?:below|under|over|above"
    r"|at least|at most|less than|more than|higher than|lower than)\b).){0,28}?\b(?P<a>\d{1,2})"
    r"(?:\s*(?:or"
    r"|to|-|and|through)\s*(?P<b>\d{1,2}))?(?: or (?P<end>less"
    r"|below|lower|more|above|higher))?(?![\d.%])"
)
SPAN_EN = re.compile(
    r"\b(?:aged?|ages) (?:between |from )?(?P<a>\d{2}) ?(?:to|-|–|and|through) ?(?P<b>\d{2})(?!\d)"
)
NOUNS = re.compile(
    r"差评|好评|好话|坏话|(?:负面|正面|消极|积极)的?(?:反馈|评价|评论|意见|留言|声音)"
    r"|(?:bad|good|negative|positive|poor) (?:reviews?|comments?|feedback)"
)
FAILS = re.compile(r"[不没未]及格")
"""Under 60 of 100."""
PASSES = re.compile(r"(?<![不没未])及格(?!线|没|不)")
"""From 60 of 100 on."""
NEGATIVE = re.compile(
    r"(?:小于|低于|不到|没到|不足)零|零分?以下|为负|是负的|负数|负的"
    r"|\bnegative\b(?! (?:review|comment|feedback|rating))"
)
POSITIVE = re.compile(r"为正|是正的|正数|正的(?!确)|\bpositive$")
ASKS_HOW = re.compile(r"(?P<how>[一-鿿]{1,2})不(?P=how)|(?P<a>[一-鿿])不(?P=a)[一-鿿]")
"""快不快, 干不干净: what a rating is like."""
THAN_NUMBER = re.compile(
    r"比\s*(?P<n>\d+(?:\.\d+)?)\s*分?(?P<percent>%?)\s*还?要?(?P<way>低"
    r"|少|高|多)|(?<=[度率分值sS意])过(?:了)?\s*(?P<m>\d+(?:\.\d+)?)"
)
HALF = re.compile(
    r"(?<!不)过半|(?:超过|高于|大于)一半|一半以上|more than half|over half"
    r"|(?P<below>(?:不到|低于|少于|小于)一半|不足一半|不过半|没过半|一半以下"
    r"|(?:fewer|less) than half|under half)"
)
SEVERAL_WORDS = re.compile(
    r"哪些|哪几|几个|几家|which \w+s (?:have|are|were|had"
    r"|score|get)\b|what \w+s (?:have|are|were)\b"
)
SUPPOSES = re.compile(
    r"(?:会不会|能不能|是不是会|会|能|可以)(?:让|使|带来|拉高|拉低|提升|提高|影响|导致)"
    r"|(?:能|会|可以)(?:再|多)?(?:涨|升|提|降|跌|增加|减少)(?:几|多少)"
    r"|(?:会不会|能不能)(?:再)?(?:上升|上涨|下降|下跌|变好|变差|涨|跌|升|降)"
    r"|因为(?!什么|啥|何)|由于(?!什么|啥|何)|得益于|归功|是靠"
    r"|\b(?:because of|due to|owing to|on account of|as a result of) (?!what\b)"
    r"|\b(?:is|are|was|were)\b.{1,30}\b(?:hurting|helping|harming|boosting|killing|costing)\b"
    r"|\b(?:will|would|does|did|can|could)\b.{1,40}\b(?:improve|raise|lift|increase|hurt"
    r"|lower|help|boost|bring|pay off|push|attract|dent)\b"
)
"""What something else would do to a number."""


def drives(mentions: Mentions) -> bool:
    """Tell whether a question asks what matters for a number."""
    return mentions.says("drivers") or DRIVES.search(mentions.text) is not None


def relates(mentions: Mentions) -> bool:
    """Tell whether a question asks if two things go together."""
    told = mentions.says("relation") or RELATES.search(mentions.text) is not None
    told = told or _goes_by_degree(mentions) or hits_in_english(mentions)
    return told or qualifies(mentions)


def qualifies(mentions: Mentions) -> bool:
    """Tell 赔付慢的客户: what is rated so is said, and is no value's own name."""
    return any(not _in_value(mentions, m) for m in QUALIFIED.finditer(mentions.text))


def _goes_by_degree(mentions: Mentions) -> bool:
    """Tell “do cleaner shops get a better NPS”: two ratings, one by its degree."""
    named = sum(1 for one in mentions.metrics() if one.metric)
    return mentions.says("by_degree") and named > 1 and mentions.text.startswith(("do ", "does "))


def hits(mentions: Mentions) -> bool:
    """Tell 环境差会拉低满意度吗: whether one number moves another is a relation."""
    text = mentions.text
    asked = YES_OR_NO.search(text) is not None and ASKS_WHICH.search(text) is None
    return asked and HITS.search(text) is not None


def hits_in_english(mentions: Mentions) -> bool:
    """Tell “does price hurt NPS”.

    Parameters
    ----------
    mentions : Mentions
    """
    asked = mentions.text.startswith(("do ", "does ", "is ", "are ", "can "))
    return asked and mentions.says("hits")


def _in_value(mentions: Mentions, match: re.Match[str]) -> bool:
    """Tell 广告太多的用户: the quality is part of a value's own name."""
    values = [t for t in mentions.tokens if t.of(Sort.VALUE, Sort.YES_NO)]
    measures = [t for t in mentions.tokens if t.of(Sort.METRIC)]  # 满意的客户占比
    return any(t.start < match.start() < t.end for t in values) or any(
        t.start <= match.start() and match.end() <= t.end for t in measures
    )


EITHER = re.compile(r"(?P<how>[强好高低差快慢牛稳优多少贵])还是.{1,12}(?P=how)")
"""华东强还是华南强."""
FAR_FROM = re.compile(r"离.{1,10}还?(?:有|差|隔)(?:多[远少]|几)")
NOT_EVEN = re.compile(r"连(?=[^,]{1,6}都[没不达])")
"""连两成都没有: a bound that is not reached."""
OTHER_ANSWER = re.compile(
    r"(?:比|跟|和|与|同|高于|低于|不如)(?:那些)?(?P<no>(?:没有?|未)"
    r"(?:遇到|碰到|碰上|发生|出现|出|续|解决|复购|再?来|再?买|有|准时|赶上)?(?:过|到|上|了)?的)"
    r"|(?:比|跟|和|与|同|高于|低于|不如)(?:那些)?(?P<yes>(?:遇到|碰到|碰上|发生|出现|出|续|解决|复购|再?来|再?买|有)"
    r"(?:过|到过|上过|了)的)"
)
"""出过故障的比没出过的: the other answer, of which only the verb is said."""


AS_ONE = re.compile(
    r"合(?:在一起|到一起|起来|并(?:起来|计算|算|看)?)|加(?:在?一起|到一起|一块儿?|起来)|合计|总计|一起算|算一起|打通"
    r"|\b(?:combined|(?:taken |put )?together|as one|pooled)\b"
)
"""华东华南合在一起的满意率, 3月和4月合计: one number of both."""
THE_MORE = re.compile(
    r"越(?:[高低好差快慢多少大小长短贵强弱脏乱卡顺全准严细]|干净|整洁|便宜|实惠|划算|专业|耐心|热情|及时|稳定"
    r"|流畅|方便|省心|麻烦|费力|满意|愿意|合理|完好)+"
)
"""交付越快满意度越高."""


FORMS = (
    MINDS, THE_MORE, AS_ONE,
    SAYS_WHAT, ASKS_WHY, DRIVES, LEVELS_ZH, LEVELS_EN, NEGATIVE, POSITIVE, ASKS_HOW, THAN_NUMBER,
    HALF, FAILS, PASSES, EITHER, MOST_WILLING, FAR_FROM, OTHER_ANSWER, SPAN_EN,
    NOT_EVEN,
)  # fmt: skip


def explained_by_form(mentions: Mentions) -> list[tuple[int, int]]:
    """List the stretches that a whole turn of phrase explains, not single words."""
    return [
        stretch
        for form in FORMS_WITH_GAPS
        for match in form.finditer(mentions.text)
        for stretch in _told(match)
    ]


GAP = re.compile(r"(?<!\\)(?:\.|\[\^[^\]]*\])\{\d+,\d+\}\??")
FORMS_WITH_GAPS = [re.compile(GAP.sub(r"(\g<0>)", form.pattern), form.flags) for form in FORMS]
"""As `FORMS`; what may be anything in them is a group without a name."""


def _told(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Give the stretches that a form tells itself, without what may be anything between."""
    named = set(match.re.groupindex.values())
    at = match.start()
    for group in range(1, (match.re.groups or 0) + 1):
        start, end = match.span(group)
        if group in named or start < 0 or start == end:
            continue
        if at < start:
            yield at, start
        at = max(at, end)
    if at < match.end():
        yield at, match.end()


def within(token: Token, phrases: list[tuple[int, int]]) -> bool:
    """Tell 问题出在哪: a word of a turn of phrase names nothing by itself."""
    return any(a <= token.start and token.end <= b for a, b in phrases)
