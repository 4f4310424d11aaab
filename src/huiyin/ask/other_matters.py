"""What is no matter of data: what somebody is told to do, how to use things, leave and pay."""

from __future__ import annotations

import re

_POLITE = r"^(?:please |can you |could you |would you |now |just |hey |ok |okay )*"
_OBJECT = (
    r"(?:me|us|him|her|them|it|the|an?|my|our|your|this|that|these|those|all|some|any|new|another"
    r"|everyone|everybody|bad|unhappy|dissatisfied|detractors|more|something|to|as|\d+|[a-z]+'s)\b"
)
_DO = (
    r"alert|approve|archive|arrange|assign|book|buy|cancel|compose|create|delete|design|disable"
    r"|download|draft|e-?mail|enable|erase|escalate|export|fire|forward|hide|hire|import|install"
    r"|invite|launch|notify|organi[sz]e|play|post|prepare|proofread|publish|refund|rename"
    r"|repair|reply|reschedule|reset|respond|restart|restore|rewrite|save|schedule|sell|sing|solve"
    r"|stop|subscribe|unsubscribe|train|translate|upgrade|upload|wipe|write|pay|print|refresh"
    r"|generate|promote(?!rs)|dismiss"
)
_DO_ONE = (
    r"replace the (?:store|shop|branch) manager|open an? (?!\w+ (?:question|chart))"
    r"|close the (?:survey|worst|store|shop)|log me|sign me|call me an?|make (?:me )?an?"
    r" (?!(?:ranking|chart|graph|table|comparison|list of (?:the )?(?:stores|shops|regions)))"
    r"|add an? new|give (?:the )?\w+ (?:an? (?:raise|bonus|break|warning|discount)|access)"
    r"|(?:raise|lower|cut|increase|change|set|adjust|fix|edit) (?:the |our |my )?(?:prices?|wages?"
    r"|pay|salar(?:y|ies)|fees?)\b|pick (?:me )?an? |plan (?:our|the|my|an?) |check my |find me an?"
    r"|fetch me|bring me|get me an? (?!(?:breakdown|list|ranking|chart|table|number|figure))"
    r"|summari[sz]e this|turn (?:on|off) |switch to (?:english|chinese|dark|light)|track (?:my|the)"
    r" (?:parcel|package|order|shipment)|run an? (?:promotion|campaign|survey|sale)"
    r"|order (?:me|us|some) |set (?:up )?an? |help me with my "
)
DOES_EN = re.compile(
    rf"{_POLITE}(?:(?:{_DO_ONE})|(?:{_DO})(?: (?:back |up |out |down |round |around )?{_OBJECT}"
    rf"|\s*\W*$))"
)
"""Subscribe me, give the clerks a raise: what is asked for is no number."""
_I = r"(?:i|we|you|one|somebody|someone)"
HOW_TO_EN = re.compile(
    rf"^(?:so |and |hi,? |hey,? )?(?:how|where|when) (?:do|can|could|should|would|does) {_I} "
    r"(?:export|use|claim|log|sign|add|change|contact|reset|download|get (?:to|paid|hold|access"
    r"|in touch)|delete|create|print|upload|install|invite|reach|register|apply|submit|file"
    r"|open an?"
    r"|set up|connect|import|unsubscribe|subscribe|share|send|save|edit|book|ask for|complain"
    r"|return"
    r"|find (?:the (?:manual|settings|help|contract|login|button|menu)|my|help))\b"
    r"|^(?:who|whom) (?:do|can|should) (?:i|we) (?:ask|call|contact|talk|speak|write|turn)\b"
    r"|^i (?:want|would like|need|'d like)(?: to)? (?:take |some |a |go |quit|resign|complain$"
    r"|complain to"
    r"|return something|cancel|buy|book|order|register|talk to|speak to|apply|a (?:refund|break"
    r"|raise"
    r"|day off|coffee))(?!.*(?:see|know|number|nps|satisfaction|look|list|breakdown|chart|figure))"
    r"|^i (?:can't|cannot|can not|could not|am unable to) (?:log|sign|get|find|open|access"
    r"|connect)\b"
    r"|\b(?:vacation|sick|annual leave|holiday|pto|leave) days\b(?=.*\b(?:i|me|left)\b)"
    r"|\bannual leave\b|\bday off\b"
    r"|\bpaid leave\b"
    r"|\b(?:my|our) (?:bonus|payslip|pay rise|raise|contract|calendar|boss's|homework|password"
    r"|account"
    r" settings|meeting|flight|parcel|package)\b(?!.*(?:nps|satisf))"
    r"|^(?:is|was|are) (?:the |this |these |that )?(?:data|numbers|figures|results?"
    r"|system) (?:reliable"
    r"|accurate|up to date|fresh|complete|safe|secure|real|correct|down|broken)\b"
    r"|^(?:when|how often) (?:is|was|are|were|does) (?:the |this )?(?:data|numbers|dashboard"
    r"|report|system)"
    r"(?: get| last)? ?(?:updated?|refreshed?|loaded|collected)\b"
    r"|^where (?:does|do|did) (?:the |this |these |our )?(?:data|numbers|figures"
    r"|answers) come from\b"
    r"|^when (?:does|do|is|was|will) (?:the |our |this )?(?:\w+ )?(?:store|shop|branch|office"
    r"|company"
    r"|canteen)s? (?:open|close|closed|opened|founded|shut)\b"
    r"|^what (?:time|day|date)\W*$"
    r"|^(?:what (?:is|'s) )?\d+(?:\.\d+)? ?(?:[-+*/x×]|plus|minus|times"
    r"|divided by) ?\d+(?:\.\d+)?\W*$"
    r"|^(?:what (?:is|'s) )?\d+(?:\.\d+)? ?% of \d+\W*$"
    r"|\b(?:bitcoin|share price|stock price|stock market|exchange rate|lottery)\b"
    r"|\b(?:make it|as|into|to) an? (?:bar|pie|line) (?:chart|graph)\W*$|^(?:bigger|smaller|larger)"
    r" font|\bdark mode (?:on|off|please)\b|^what is the meaning of life\b"
    r"|^(?:any|latest|today's|industry|market|world)? ?(?:news|headlines)\W*$"
    r"|^(?:what is|what's) (?:on )?(?:my|the) (?:calendar|agenda|schedule)\b"
    r"|^(?:define|explain) (?:the |our |an? )?(?:metrics?|effort score|nps|satisfaction|scores?"
    r"|term)\W*$"
    r"|^(?:please |can you )*(?:give|got|have|any|need)(?: you| me| us| some| any)* (?:advice"
    r"|tips|ideas)"
    r"(?:\W*$| (?:to|for|on)\b)"
    r"|^should i (?:buy|sell|wear|eat|go|take|invest|quit)\b"
    r"|^alert me\b|^(?:set up|create) (?:an )?alerts?\b"
    r"|^(?:what is|what's|what are) the (?:customer service|support|service"
    r"|help)(?: desk)? (?:number|"
    r"hotline|phone|line|hours)\b|^(?:the )?(?:store|shop|branch|office|company)(?:'s)? (?:address"
    r"|opening hours|phone number)\W*$|^how do (?:i|we) get to the\b"
    r"|^is it (?:cold|could|hot|warm|sunny|windy|raining|snowing|a holiday)\b"
)
_PLEASE = r"^(?:请你?|麻烦你?|帮我|帮忙|给我|替我|你|快|赶紧|马上|现在|能不能|可以|能)*"
DOES_ZH = re.compile(
    rf"{_PLEASE}(?:(?:打印|分享|转发|订阅|重启|退出|登出|注销|预约|审批|批准|起草|拟写?|撰写)"
    r"(?:一?下|一?[份个张篇条]|这|那|给|系统|数据|登录|账号|页面|报告|报表|结果|出来|我的|$)"
    r"|刷新(?:一下|下)?(?:数据|页面|报表|系统)?$|切换(?:成|到|为)?(?:英文|中文|深色|浅色|夜间|黑暗)"
    r"|(?:设置?|定|建|加)(?:一?[个下条]|好)?(?:闹钟|提醒|预警|告警|日程|待办|倒计时|密码|权限)"
    r"|(?:停止|暂停|终止|结束|重启|恢复)(?:这次|本次)?(?:调查|调研|问卷|投放|收集|发送)"
    r"|(?:再|重新|补|多)发一?[轮次批下]?.{0,4}(?:问卷|短信|邮件|邀请|券)"
    r"|(?:改|换|加|删|调整)一?下?(?:这个|那个)?(?:问卷|题目|选项|题干)"
    r"|招(?:聘|募)?(?:几个|一批|一些|点|\d+个?|[两三四五]个?)(?:店员|人|员工|坐席|柜员|客服)"
    r"|给.{1,8}(?:涨|加|发|降|扣)(?:点|些)?(?:工资|薪|奖金|绩效|福利)"
    r"|给.{1,8}(?:做|搞|安排|上)?(?:一?[次个场轮])?(?:培训|考核|体检|洗脑)$"
    r"|(?:安排|组织|搞|做|办|策划)(?:一?[次个场轮]|点|些)?(?:培训|促销|活动|团建|年会|会议|面"
    r"试|抽奖)$"
    r"|换(?:掉|一?个)?(?:店长|主管|经理|坐席|颜色|字体|密码|标题|样式|主题|头像|背景)$"
    r"|开一?(?:家|个|间)新?(?:门店|店|网点|支行|分店)$|(?:关掉|关闭|裁掉|砍掉|撤掉).{0,8}(?:门"
    r"?店|网点|渠道|部门)$"
    r"|(?:回复|隐藏|屏蔽|举报|置顶|删除?)(?:掉|一下)?(?:那些|这些|所有|全部)?(?:差评|好评|评论"
    r"|评价|投诉)$"
    r"|(?:联系|回访|安抚|拜访|慰问|约谈|处罚|开除|辞退)(?:一下)?(?:那些|这些|所有|全部|几个)?"
    r".{0,8}(?:客户|顾客|客人|用户|店员|坐席|店长|柜员|员工|人)$"
    r"|画(?:一?[张个幅])?(?:海报|漫画|画)|做(?:一?[份个张套])?.{0,6}(?:材料|ppt|海报|课件|问卷"
    r"|表格|视频|方案)$"
    r"|(?:打|叫|约)(?:一?个|一?辆)?(?:车|的士|滴滴)(?:去|$)|请(?:一?天|半天|个)?(?:病|事|年|婚"
    r"|产)?假"
    r"|查(?:一?[个下])?(?:快递|话费|余额|航班|违章|公积金|社保|我的)|推荐(?:一?[个家本部款])?("
    r"?:餐厅|饭店|电影|书|手机|酒店)"
    r"|(?:翻译|润色|校对|改写)(?:一?下|成|这)|(?:陪我|跟我)?聊(?:聊天|会儿天|天)$|(?:算|计算)"
    r"一?下\d+[乘加减除×+\-*/]"
    r"|(?:讲|说)(?:讲|说)?(?:个|点|一下|一?段)?(?:故事|历史|笑话|段子|新闻|八卦)$"
    r"|把.{1,10}(?:隐藏|屏蔽|发到|发我|发群|发出去|存档|存起来|换成(?:柱|折|饼|条|英|中文)|上"
    r"架|下架|开掉|辞掉|辞退|关掉"
    r"|设成|设为|标记|锁定|转发|打包))"
)
"""设个提醒, 给店员涨工资, 把差评隐藏."""
HOW_TO_ZH = re.compile(
    r"(?:怎么|怎样|如何|咋)(?:才能|可以|能)?(?:用|使用|导出|导入|下载|打印|登录|登陆|注册|添加"
    r"|加(?:用户|人|账号|成员)|新建|创建|删除"
    r"|修改(?:密码|问卷|数据|权限)|改(?:密码|名|问卷)|设置|联系|请假|申请|开发?票|退货|退款|去"
    r"(?:那|国|这)|操作|订阅|分享"
    r"|发布|上传|查快递|找回|绑定|退订|报销)(?!率|的?(?:客户|用户|人))(?![^,，]{0,6}(?:满意|np"
    r"s|评分))"
    r"|^我(?:要|想|想要|需要|得)(?:请假|投诉$|退货|退款|充值|办卡|辞职|离职|加薪|休假|下单|学|"
    r"睡|吃|喝|静静|开户|贷款$|买东西|报名)"
    r"|我(?:登录|登陆|进)不[上去]|^(?:我|人工|转)?(?:要|转)?人工(?:客服|服务)?$"
    r"|年假|调休|(?:几天|多少天)假|公积金(?!.*满意)|社保(?!.*满意)|五险一金|(?:工资|年终奖|奖"
    r"金)(?:什么时候|啥时候|几号|何时|哪天)"
    r"|(?:比特币|黄金|房子?|油|菜|肉|机票)价格?(?:多少|怎么样|$|涨|跌)|人民币.{0,3}(?:兑|换)|"
    r"美元|汇率|总统|奥运|股价|股票"
    r"|\d+(?:\.\d+)?\s*[乘加减除×÷+*/]以?\s*\d+"
    r"|(?:门店|店|支行|网点|公司|总部|客服)的?(?:地址|电话|位置|营业时间|开门时间|热线)(?:是?"
    r"多少|在哪里?|是什么)?(?:[啊呀呢?？]|$)"
    r"|公司.{0,2}(?:成立|上市|创办|注册)|数据.{0,4}(?:从哪|哪来|哪里来|来源|更新|准吗|准不准|"
    r"可靠|靠谱|安全)"
    r"|(?:店|支行|网点|公司)(?:怎么走|在哪条街|几点(?:开|关)|什么时候(?:开|关)门)"
    r"|^(?:帮我|替我|我来|我想)(?:去)?投诉|^(?:生成|编|拟)(?:一?[段篇个份条句])?.{0,4}(?:文案|"
    r"标语|口号|诗|通知|公告)"
    r"|外面[冷热]|字体[大小]|^你(?:喜欢|爱|讨厌)(?!.*哪)|(?:我的|俺的)(?:订单|快递|包裹)|订阅("
    r"?:这|日|周|月)|每(?:周|天|月).{0,4}发我"
)
"""年假还有几天, 怎么导出: leave, pay, how to use things."""
MATTERS = (DOES_EN, HOW_TO_EN, DOES_ZH, HOW_TO_ZH)
OF_NUMBERS = re.compile(
    rf"{_POLITE}(?:(?:raise|lower|change|fix|edit|overwrite) the (?:\w+ )?scores?\W*$"
    r"|set (?:nps|satisfaction|the score) to \d|(?:alert|notify|warn|ping) me\b|remind me (?:to"
    r"|at|on|in|tomorrow|later|about)\b)"
    r"|(?:低于|高于|超过|跌破|到了?|掉到)\s*\d+[^,，]{0,6}[,，]?(?:就|时|的时候|了)?(?:通知|提"
    r"醒|告诉|报警|告警)(?:我|一声)?"
    r"|(?:设置?|定|建|加)(?:一?[个下条])?(?:提醒|预警|告警)"
    r"|^(?:到时候?|记得|麻烦|请|每[天周月])*提醒(?:一下|下)?(?:我|我们|大家)(?!,)"
    r"|(?:明天|今天|后天|下周|今晚)的?(?:日程|行程|会议安排|安排)"
)
"""Set NPS to 60, alert me when it drops: a number is named and none is asked for."""


def is_other_matter(text: str, *, measured: bool = False) -> bool:
    """Tell whether a question is about no data at all: an errand, how to do it, leave, prices.

    Parameters
    ----------
    text : str
        In small letters.
    measured : bool
        It names a number: how that is raised is a question about data.

    Examples
    --------
    >>> is_other_matter("how do i export data"), is_other_matter("how do we raise nps")
    (True, False)
    """
    return any(form.search(text) for form in (OF_NUMBERS, *(() if measured else MATTERS)))
