"""What somebody is told to do: no question about data, whatever it names."""

from __future__ import annotations

import re

from huiyin.ask.mentions import Mentions
from huiyin.ask.other_matters import is_other_matter

CHANGES_DATA = re.compile(
    r"(?:改成|改为|设为|调成|调到|改到)\s*(?:\d(?![\d.]*(?:月|[日号季年周天组岁]|个月))|满分|好评|最高)|把.{1,12}(?:删|清空|清掉)"
    r"|^(?:请|麻烦|帮我)?给.{1,16}(?:退款|发券|送券|补偿|赔偿|打个?电话|发红包)"
    r"|发(?:一?[条个封张]|些|点)?(?:短信|微信|邮件|消息|通知|红包|优惠券|券|问卷)(?:给|到)"
    r"|(?:写|拟|起草|制定)(?:一?[份个篇套条封段]|一下)?.{0,12}(?:总结|小结|方案|计划|制度|通知|邮件|公告|致歉信|话术|文案)"
    r"|(?:打|评|算)个?绩效|(?:开|建|创建|派)(?:一?[张个份])工单"
    r"|给.{2,12}群?发(?:一?[条个封张]|些|点)?(?:短信|微信|邮件|消息|通知|红包|优惠券|券|问卷)"
    r"|帮我?(?:给|让|叫|通知|安排|预约|约|联系|催|提醒).{0,14}(?:安排|培训|开会|整改|道歉|回访|打电话|处理)"
    r"|把.{1,14}(?:回复|回访|处理|联系|安抚|转给|打印|退回|通知|派给|派单)"
    r"(?!的?(?:客户|场景|答卷)?(?:也|都|给|先)?(?:刨|剔|除|去掉|排|拿掉|不|扣|算|加|放|拆|单独))(?:一下|掉|了)?"
)

SMALL_ERRANDS = re.compile(
    r"^(?:请|麻烦|帮我|帮忙|给我|你)*把(?!门槛|标准|阈值|线).{1,14}[调改弄刷](?:得)?(?:高|低|好看?|漂亮|大|小|上去|下来)"
    r"|[改换取起](?:一?个|下|一下)?(?:新的?)?(?:名字?|名称|标题|颜色|密码|头像|封面|字体|模板)(?:吧|吗|呗)?$"
    r"|(?:改|修改|编辑|设计|制作|发布|发放|关闭|暂停|停掉|撤下|加)(?:一?[下份个道张]|掉)?(?:新的?)?"
    r"(?:问卷|题目|选项|调查|调研|海报)(?:吧|吗|呗)?$"
    r"|(?:帮我|帮忙|请你?|麻烦你?|替我|给我)(?:去|来|先|尽快|马上|立即)?"
    r"(?:回复|联系|安抚|打印|审批|转发|备份|恢复|上报|约谈|处罚|辞退|奖励|表扬|撤回|跟进)(?!率|速度|的)"
    r"|(?:打印|复印|截图|截屏|存档|归档)(?:出来|一下|下|一份)?$"
    r"|^(?:请|帮忙|帮我|麻烦|赶紧|马上)*(?:通知|召集|组织|安排|催促|督促|要求|叫|让)"
    r"(?!.*(?:多少|怎么|如何|什么|[吗?])).{1,12}"
    r"(?:开会|培训|整改|加班|上班|道歉|到场|集合)"
    r"|^(?:please |can you |could you )*"
    r"(?:fix|repair|install|clean|turn (?:on|off)) (?:the|my|our)\b"
    r"|权限.{0,3}[开给放授分]|[开给授要申].{0,4}权限"
    r"|放(?:一?[首点段个部])(?:歌|音乐|曲|电影|视频|片)"
    r"|^(?:请|帮我|帮忙|麻烦|给我|替我|你)*(?:生成|写|制作|撰写|做)(?:一下|一?[份个张页篇]|出)?.{0,8}"
    r"(?:报告|[周月日年简]报|汇报|公告)(?:吧|呗|给我)?$"
    r"|(?:今天|今儿|现在)(?:是)?(?:周几|星期几|礼拜几|几号|什么日子|几月几[号日])"
    r"|^(?:what(?:'s| is) the (?:time|date)|what (?:time|day|date) is (?:it|today))\b"
    r"|^(?:please |can you |could you |now |help me )*(?:draft|compose"
    r"|write|email|e-mail|text|message|make|build|design"
    r"|prepare|put together|create) (?:me |us )?(?:an? |the |up )"
    r"(?:\w+ ){0,2}?(?:replies|reply|responses?|emails?|mails?|letters?"
    r"|memos?|messages?|apolog\w+|powerpoints?|presentations?|slides?"
    r"|decks?|posters?|press release|newsletters?|speech|post|tweet"
    r"|poem)\b"
    r"|\b(?:news|headlines) (?:about|on|of|today|from)\b|\b(?:the"
    r"|any|latest) (?:news|headlines)\b(?! from)"
    r"|\b(?:call|phone|ring|text|email|message|contact) (?:them|him|her|everyone|everybody)\b"
    r"|^(?:please |can you |could you |now )*(?:change|set|adjust"
    r"|reset|raise|lower|set up|start) (?:an? |the |our |my )?"
    r"(?:targets?|goals?|thresholds?|alarms?|timers?|passwords?|colou?rs?|titles?|language|font)\b"
    r"|^(?:please |can you |could you |now )*(?:export|download|print"
    r"|save|upload|share|forward|send|copy) (?:me )?(?:this|that(?="
    r" to| as| for|\W*$)|it|these"
    r"|the (?:charts?|tables?|data|list|report|page|results?|numbers))\b"
    r"|^(?:please |can you |could you )*explain (?:to me )?(?:how"
    r"|what) (?:an? |the )?[a-z ]{2,30} (?:works?|means?|is (?:calculated"
    r"|computed|measured|worked out|made up))\b"
    r"|^(?:please |can you |could you |now )*(?:audit|proofread|translate|redesign|rewrite|reword"
    r"|shorten|delete|remove|erase|archive|duplicate) (?:the |our |this |that |my |all |these )*"
    r"(?:\w+ )?(?:survey|questionnaire|questions?|reports?|answers?|responses?|dashboard)\b"
    r"|^(?:please |can you |could you |now )*(?:rename|call|phone|ring|reply to|respond to"
    r"|apologi[sz]e to|contact|notify|invite|print|forward|upload|edit|cancel|refund|compensate"
    r"|approve|publish|launch|close|change) (?:the |our |all |these |those |this |that |my |bad "
    r"|negative |unhappy |dissatisfied )*(?:customers?|clients?|survey|questionnaire|questions"
    r"|report|page|charts?|data|file|dashboard|managers?|detractors|reviews?|comments?|complaints?"
    r"|tickets?|shop managers?|store managers?)\b"
)
"""What is asked for in a breath: 给门店改个名, 放首歌听听, call the unhappy customers."""
_LOOKED_AT = r"(?:天|日|周|星期|月|季度?|年|平均分?|均值|中位数|满意率|满意度|nps|同比|环比)"
METHOD = re.compile(
    rf"(?:按|看|用|选|拿|跟|以){_LOOKED_AT}(?:度|来|去)?(?:看|算|统计|分析|比)?(?:好)?"
    rf"(?:还是|或者?|和|跟)(?:按|看|用|选|拿|以)?{_LOOKED_AT}"
    r"[^,，]{0,8}(?:比较|更|最)?(?:好(?![的评])|合适|合理|科学|准(?!时)|恰当|靠谱)"
    r"|(?:能|可以|适合|配|算不算|算是?)(?:不能)?(?:当|作为?|做|用作|用来做)(?:一?个)?(?:考核)?"
    r"(?:指标|标准|依据|kpi|口径)"
    r"|(?:该|要|应该|最好)?(?:看|用|选|拿)(?:哪|什么)一?(?:个|种|些)?(?:指标|口径|维度|算法)"
    r"(?:来?(?:看|衡量|考核))?(?:比较|更|最)?(?:好|合适|合理|准|科学)"
    r"|^what is (?:an? |considered (?:an? )?)?"
    r"(?:normal|good|healthy|decent|acceptable|reasonable|usual)"
    r" (?:for|score|value|level|nps|satisfaction)\b"
    r"|\bshould (?:i|we|one) (?:look at|use|track|measure|report|follow|monitor|trust|go by)\b"
    r".{2,60}\bor\b"
    r"|\b(?:is|are) .{2,30} an? (?:good|useful|reliable|valid|meaningful|sound|fair) "
    r"(?:metric|measure|indicator|kpi|yardstick)\b"
)
"""按季度还是按月看比较好, is NPS a good metric: how to measure is no number."""


def is_errand(mentions: Mentions) -> bool:
    """Tell whether something is to be done: 把差评删掉, 给店长发邮件, 帮我改一下问卷."""
    text = mentions.text
    told = any(form.search(text) for form in (CHANGES_DATA, SMALL_ERRANDS, METHOD))
    return told or is_other_matter(text, measured=any(not one.bare for one in mentions.metrics()))
