# ruff: noqa: E501 -- word lists read best unbroken
"""Words in headers and questions that say what a column is for, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from huiyin.codebook.contracts import Role
from huiyin.codebook.headers import Words, words_of
from huiyin.core.patterns import later

SURVEY_META = words_of(
    r"browser.*|user ?agent|os|operating system|resolution|device(?: type)?|platform|referr?er|url|"
    r"network id|collector ?id|distribution channel|user language|start ?language|last ?page|seed|"
    r"progress|finished|status|recipient (?:first|last) ?name|external (?:data )?ref(?:erence)?|"
    r"first ?name|last ?name|custom (?:data|value).*|tags?|ip|ip ?addr(?:ess)?|location ?(?:accuracy|"
    r"latitude|longitude)|utm.*|session|cookie|version|response set|"
    r"response type|display order.*|d o|do q.*|end ?of ?survey",
    r"来源详情|来自ip|浏览器|操作系统|设备|答题来源|来源渠道详情|自定义字段|跳转|页面",
)
CONTACT = words_of(
    r"e ?mail(?: ?addr(?:ess)?)?|recipient ?e ?mail|phone(?: ?(?:no|number|num))?|tel(?:ephone)?|"
    r"mobile(?: ?(?:no|number|phone))?|cell ?phone|fax|ip|ip ?addr(?:ess)?|we ?chat(?: ?id)?|"
    r"contact(?: ?(?:no|number|info|details?))?|"
    r"(?:recipient ?)?(?:first|last|full) ?name|(?:street|postal|home|mailing) address|address|"
    r"passport.*|id ?card.*|line ?id|whats ?app",
    r"邮箱|邮件地址|电子邮件|手机号|电话|联系方式|联系人|手机号码|座机|传真|微信号?$|微信昵称|昵称|^qq号?$|^ip|来自ip|"
    r"ip地址|身份证|证件号|护照|姓名|收货地址|家庭地址|详细地址|住址|通讯地址|客户名称?$|真实姓名",
)
COORDINATES = words_of(
    r"lat(?:itude)?|lon(?:gitude)?|lng|lat ?(?:long|lng|lon)|geo(?:location)?|coordinates?|gps",
    r"经度|纬度|经纬度|坐标",
)
WEIGHT = words_of(
    r"weights?|wt(?:s|ssall|ssps)?|wgt|pw|pweight|fweight|aweight|final ?wt|survey ?weight|"
    r"sampling ?weight|sample ?weight|weightvec|wtmec\w*|wtint\w*|nweight|caseweight|rake ?weights?|"
    r"post ?strat(?:ification)? ?weight|raked?weight",
    r"权重|加权系数|抽样权",
)
WEIGHT_UNIT = words_of(
    r"(?:in )?(?:g|kg|lb|lbs|grams?|kilos?|oz|body|product|gross|net|shipping)",
    r"体重|净重|毛重|克重|重量",
)
STRATA = words_of(r"strat(?:a|um)|stratification|sdmvstra|svystrata", r"分层|抽样层|层号")
CLUSTER = words_of(
    r"clusters?|psu|ssu|primary sampling unit|sdmvpsu|enumeration area|ea id",
    r"抽样单位|初级抽样|整群|群组编号|抽样点",
)
RECOMMEND = words_of(
    r"(?:.* )?nps(?: .*)?|net promoter.*|.*recommend\w*(?: .*)?|likelihood to recommend|promoter(?: score)?|ltr|"
    r"recommander?|weiterempfehl\w*|recomenda\w*|.*recommander .*",
    r"推荐|净推荐|(?<![a-z])e?nps(?![a-z])|向.{0,12}推介|安利",
)
NPS = words_of(r"(?:.* )?nps(?: score)?|net promoter.*", r"净推荐|nps")
"""Names of the standard question itself, which is asked on 0–10."""
EFFORT = words_of(
    r"(?:.* )?ces(?: (?:score|rating|value))?|customer effort.*|effort(?: score)?|.*how (?:easy|difficult|hard) (?:was|is|were) it.*|"
    r".*ease of (?:getting|resolving|doing).*|.*easy (?:for me )?to (?:handle|resolve|get|do|solve).*|"
    r".*made it easy.*|.*how much effort.*",
    r"费力|省力|轻松程度|费劲|容易程度|(?:办理|解决|完成|处理).{0,10}(?:容易|方便吗|轻松|难易)|难易程度",
)
EFFORT_BAD = words_of(
    r".*effort.*|.*how (?:difficult|hard).*|.*difficulty.*", r"费力|费劲|困难程度|多难|花了多少力气"
)
OVERALL = words_of(
    r".*overall.*|.*in general.*|.*as a whole.*|total satisfaction.*|general satisfaction.*|.*all in all.*",
    r"总体|整体|总的来说|综合满意|总满意|总评|综合评价|综合评分",
)
SATISFACTION = words_of(
    r"csat|.*satisf\w*.*|customer satisfaction.*|.*how happy.*|zufrieden\w*|satisfacao|satisfaccion|"
    r"dissatisf\w*",
    r"满意",
)
STARS = words_of(
    r"(?:\w+ ){0,4}ratings?|(?:\w+ ){1,4}score|stars?(?: rating)?|review (?:score|rating|stars?)|ratings?|overall rating|rate|score|"
    r"customer rating|user rating|product rating|feedback score|nota|bewertung|"
    r".*rate (?:your|the|our|how|this).*|.*(?:your|the|a) rating.*|.*on a scale (?:of|from).*",
    r"评分|打分|星级|评星|几星|评价等级|评级|好评|得分|分数|打几分",
)
NOT_A_RATING = words_of(
    r"churn.*|.*churn score|.*credit.*|.*risk.*|.*exam.*|.*test score.*|.*iq|.*gpa|.*grade|lead score|.*z score|"
    r".*propensity.*|.*percent(?:age)?.*|.*percentile.*|.*count.*|.*number of.*|.*how many.*|"
    r".*how often.*|.*times.*|.*rate per.*|.*(?:response|interest|exchange|tax|growth|error|click|"
    r"conversion|bounce|open) rate.*|.*rank .*|.*ranking.*|.*rank|n .*|.*per (?:day|week|month).*|"
    r".*how long.*|.*how much (?:of (?:your|the) )?time.*|.*years.*|.*minutes.*|.*hours.*|.*days.*|.*months.*",
    r"信用|考试|风险|次数|数量|占比|百分比|多少次|频率|频次|积分|排名|排序|几次|多久|多少时间|天数|人数|个数|年限|年数|"
    r"(?:客户|用户|会员|酒店|宾馆|商家|门店|店铺|司机)的?星级|星级标识|会员等级|会员级别|家庭人口",
)
INTENT = words_of(
    r"intent(?:ion)?s?|.*(?:re ?purchase|re ?visit|renewal|continue|return|buy|purchase|stay) "
    r"(?:intent(?:ion)?s?|likelihood|willingness)|.*(?:likely|intend|willing|plan|consider).{0,40}"
    r"(?:buy|purchase|return|come back|renew|continue|repurchase|revisit|use .*again|shop|visit|"
    r"stay|keep|switch).*|.*(?:buy|purchase|use|visit|shop).{0,20}again.*|.*would you (?:come back|return|buy|use|visit|shop|choose|stay|renew).*|intencion.*|willingness.*",
    r"意愿|意向|打算.{0,12}(?:购买|续|再)|再次(?:购买|光顾|选择|使用)|会再来|还会(?:再|继续|来|买|用|选)|愿意(?:再|继续|购买)|"
    r"继续使用|续购|回购|愿不愿意",
)
OUTCOME = words_of(
    r"churn(?:ed)?(?: ?(?:label|value|flag))?|attrition|retained|renewed|repurchas\w*|re ?ordered|"
    r"purchased|bought(?: again)?|converted?|conversion|is ?(?:churn|returned|repeat)|"
    r"repeat(?: ?(?:purchase|buyer|customer|order))?|cancel(?:l?ed)?|target|outcome|default(?:ed)?|"
    r"unsubscribed?|exited|complain(?:ed|ts?)?|has complaint|escalated|returned|refunded|"
    r"subscribed|next \d+ ?d(?:ays)? .*|resolved|answered|answered y n|solved|attended|reordered|"
    r"upgraded|renewal|repurchase (?:90|180|30) ?d\w*|is_.*churn.*",
    r"流失|是否(?:复购|回购|续约|续费|续保|购买|会购买|投诉|离网|退订|退货|退款|转网|成交|转化|再次|升级投诉|下单|到店)|"
    r"复购(?!意)|已投诉|投诉(?:次数|与否|$)|离网|续约(?!意)|续费(?!意)|成交|转化|购买与否|是否.{0,4}解决|是否.{0,4}接听",
)
OUTCOME_COUNT = words_of(
    r"complain\w*|repeat\w*|repurchas\w*|reorder\w*|next \d+ ?d\w*", r"投诉|复购|回购|续"
)
"""Outcomes that may be counted."""
STAFF = words_of(
    r"agents?(?: ?(?:name|id))?|staff(?: ?(?:name|id))?|employees?(?: ?(?:name|id))?|representative|"
    r"rep(?: ?name)?|advisor|assignee|owner|operator(?: ?id)?|sales ?(?:person|rep|man)|waiter|"
    r"assigned ?to|created ?by|handled ?by|served ?by|closed ?by|technician|engineer|cashier|handler|supervisor|(?:\w+ ){0,3}manager(?: ?name)?|resource|courier|driver",
    r"客服(?:工号|姓名|人员|名称|代表)?$|坐席|座席|员工|工号|服务人员|营业员|店员|导购|销售(?:员|顾问|人员|代表)|顾问|处理人|"
    r"负责人|客户经理|经办人|维修(?:员|师傅|人员)|回访员|调查员|(?<!会)(?<!学)(?<!成)员$|骑手|司机|配送员|快递员|工程师|接待人员|技师|店长|访问员",
)
UNIT = words_of(
    r"stores?(?: ?(?:name|id|code|no|number))?|branch(?:es)?(?: ?(?:name|id|code))?|outlet|shop(?: ?"
    r"(?:name|id))?|facility(?: ?(?:id|name))?|hospital(?: ?(?:name|id))?|department|dept|division|"
    r"business ?unit|organi[sz]ation(?: ?(?:name|id))?|org|location ?id|site|office|clinic|ward|"
    r"school|trust|team|restaurant|hotel(?: ?name)?|warehouse|center|centre|sname|dname|merchant"
    r"(?: ?(?:id|name))?|seller(?: ?(?:id|name))?|vendor|supplier(?: ?(?:id|name))?|provider(?: ?id)?",
    r"门店|店铺|店名|分店|网点|营业厅名|支行|分行|分公司|子公司|部门|科室|机构|(?<!客户)(?<!企业)单位(?:名|$)|院区|医院|校区|事业部|团队|"
    r"班组|专营店|经销商|代理商|商家|供应商|组织|站点",
)
CHANNEL = words_of(
    r"channels?(?: ?(?:name|id|type))?|source(?: ?channel)?|medium|contact channel|collector|"
    r"distribution channel|(?:order|purchase|sales|booking|feedback|survey|contact) (?:channel|source)|"
    r"via|how did you (?:hear|find).*|submitted via|traffic source|origin",
    r"渠道|来源$|获知途径|了解途径|购买途径|联系途径|从哪里(?:知道|了解|得知)|接入方式|下单方式|入口",
)
PRODUCT = words_of(
    r"products?(?: ?(?:name|id|code|category(?: name)?(?: english)?|type|line|model))?|sku|items?(?: ?"
    r"(?:name|id|code|description))?|"
    r"stock ?code|model|brand(?: ?(?:name|type))?|category|goods|plan|package|tariff|cat|"
    r"description|marque|asin|service ?type|subscription(?: ?(?:plan|type))?|offer|"
    r"(?:car|vehicle|phone|device) model",
    r"产品|商品|品牌|型号|品类|车型|款式|套餐|sku|品名|机型|终端品牌|货号|险种|业务类型|品项|菜品|房型|舱位",
)
STAGE = words_of(
    r"stages?|phases?|lifecycle ?stage|journey ?stage|funnel|step|tenure ?(?:group|band)",
    r"阶段|环节|生命周期|旅程",
)
TOUCHPOINT = words_of(r"touch ?points?|interaction type|contact point", r"触点|接触点|服务节点")
STATUS = words_of(
    r"(?:order|ticket|case|customer|delivery|payment|account|subscription|shipment|incident|"
    r"issue)? ?status|state (?:of )?(?:case|ticket)|outcome status|response status|finished|"
    r"incident state|disposition",
    r"状态|进度",
)
ACCOUNT = words_of(
    r"account(?: ?(?:id|no|number|name|key|code))?|company(?: ?(?:id|name|code))?|"
    r"client company|contract ?(?:id|no|number)|policy ?(?:id|no|number)|tenant(?: ?id)?|"
    r"billing ?account",
    r"账户|帐户|账号|帐号|企业名称|公司名称|客户(?:单位|公司|企业)|企业客户|合同(?:号|编号)|保单号|户号|公司$",
)
CUSTOMER = words_of(
    r"(?:customer|client|user|member|consumer|buyer|patient|subscriber|guest|passenger|shopper|"
    r"caller|person|panelist|household)(?: ?unique)?(?: ?(?:id|no|number|"
    r"num|key|code|uuid|ref))|cust(?:omer)?(?: ?id| ?no| ?key)?|uid|user|customer|cid|openid|"
    r"open id|unionid|msisdn ?hash|crm ?id|client|panel ?id|worker ?id|device ?id",
    r"(?:客户|用户|会员|顾客|患者|病人|乘客|买家|受访者|被访者|消费者|学员|业主|旅客|居民)(?:id|编号|编码|号|代码|卡号|唯一标识|标识码)|"
    r"会员卡|openid|^客户$|^用户$|^会员$",
)
ORDER = words_of(
    r"orders?(?: ?(?:id|no|number|num|key|code|item id|ref))|invoice(?: ?(?:id|no|number|num))?|"
    r"transaction(?: ?(?:id|no|number))|bill ?(?:id|no|number)|purchase ?id|receipt(?: ?(?:id|no|"
    r"number))?|booking(?: ?(?:id|no|number|reference))|reservation(?: ?(?:id|no|number))|"
    r"order|basket ?id|trip ?id|stay ?id|visit ?id|shipment ?id|tracking ?(?:no|number|id)",
    r"订单(?:id|编号|号)|订单$|单据号|交易(?:号|编号|流水)|流水号|发票号|运单号|预订号|小票号|快递单号|物流单号|消费单号",
)
TICKET = words_of(
    r"(?:case|ticket|incident|call|issue|conversation|chat|complaint|request|"
    r"service ?request|sr|session|work ?order)(?: ?(?:id|no|number|num|key|code))|ticket|"
    r"interaction ?id",
    r"工单(?:id|编号|号)?$|(?:投诉|服务单|报修|案件|会话|来电|通话|事件|咨询|售后)(?:单号|编号|id|号|流水)",
)
ID = words_of(
    r"(?:.* )?(?:id|ids|uuid|guid|key|identifier|serial|serial ?no|row ?(?:no|number|num|index)|"
    r"record ?(?:no|number)|index|idx|unnamed 0|respondent(?: ?(?:id|no|number|serial))?|"
    r"response ?(?:id|no|number)|hash|token|case ?no|caseid|x|no|nr|code|row|"
    r"num|number|token|set)",
    r"序号|编号|流水|答卷编号|样本号|问卷编号|答卷id|行号|标识|编码|单号|主键|(?:^|[^a-z])id$|号$",
)
RESPONSE_ID = words_of(
    r"response ?id|respondent ?(?:id|no|number|serial)?|submission ?id|review ?id|comment ?id|"
    r"feedback ?id|record ?id|row ?(?:id|index|number)|index|idx|unnamed 0|id|survey ?id|entry ?id|"
    r"content ?id|identifier|uuid|guid|token|serial|x|v1|nr|no|caseid|record ?no|interview ?(?:no|id)|"
    r"respid|lfdn|sys ?respnum|sbjnum|answer ?id|post ?id|message ?id|doc ?id|sample ?id",
    r"序号|答卷(?:编号|id)|样本(?:编)?号|问卷编号|编号|流水号|行号|记录(?:号|id)|评论id|^id$|提交编号",
)
TIMES = words_of(
    r"(?:.* )?(?:date|time|timestamp|datetime|month|quarter|week|year|day|period|at|on)|.*(?:date|time|"
    r"timestamp)(?: .*)?|horodateur|zeitstempel|created|submitted|updated|completed|started|modified|"
    r"start|end|when .*|.* utc|datum|fecha|data",
    r"时间|日期|年月|月份|账期|季度|时刻|何时|周期|时间戳|日$|年$",
)
OPENED = words_of(
    r"(?:.* )?(?:opened|open(?:ing)?|created|creation|create|reported|logged|raised|received|"
    r"call (?:start|time|date)|incident|purchase|ordered|placed|order date|submitted|registered|"
    r"request(?:ed)?)(?: .*)?",
    r"创建|建单|开单|受理|报修|来电|发起|提单|进线|申请|下单|立案|投诉时间|接入",
)
PURCHASED = words_of(
    r"(?:.* )?(?:purchased?|ordered|placed|order (?:date|time|created|creation|placed|on|at).*)(?: .*)?",
    r"下单|订单(?:的)?(?:创建|生成|提交)|创建(?:日期|时间)$",
)
"""Of the moments above those at which an order is placed."""
FIRST_RESPONSE = words_of(
    r"(?:.* )?(?:first (?:response|reply|contact|answer)|responded|acknowledged|accepted|answered at|"
    r"first human|approved|replied)(?: .*)?",
    r"首次(?:响应|回复|联系|应答)|首响|响应时间|接单|应答|首回|派单|审核",
)
RESOLVED = words_of(
    r"(?:.* )?(?:resolved|resolution|closed|close|closing|solved|completed?|completion|finished|done|"
    r"end(?:ed)?)(?: .*)?",
    r"解决|办结|办完|办毕|处理完|完结|关闭|结案|完成|结单|归档|竣工|处理时间|成交(?:时间|日)|赢单",
)
WON = words_of(r"(?:.* )?(?:closed won|won)(?: .*)?", r"成交(?:时间|日)|赢单")
"""Of those the ends of deals: in a table without a beginning it is the day of a row."""
PROMISED = words_of(
    r"(?:.* )?(?:promised?|estimated|expected|due|deadline|sla|target|scheduled|planned|limit|commit"
    r"(?:ted|ment)?|eta)(?: .*)?",
    r"承诺|预计|应(?:送|到|完成|办结)|截止|时限|约定|计划|预约",
)
DELIVERED = words_of(
    r"(?:.* )?(?:delivered|delivery|received by|arrived|arrival|handed over|shipped|carrier)(?: .*)?",
    r"送达|签收|交付|收货|到货|妥投|实际到|发货|交车",
)
DURATION = words_of(
    r"(?:.* )?(?:duration|elapsed|seconds|minutes|secs|mins|hours|in (?:sec|min|hour|day)s?|"
    r"delay(?: in \w+)?|wait(?:ing)? ?time|handl(?:e|ing) ?time|talk ?(?:time|duration)|"
    r"response ?time|hold ?time|time (?:taken|spent|to \w+)|interview ?time|group ?time.*|"
    r"question ?time.*|page submit|first click|last click|latency|aht|lead ?time|tenure(?: months)?|"
    r"speed of answer.*|los|length of stay|days to .*|age of (?:case|ticket)|total ?time|(?:\w+ )*(?:time|delay|wait|age) (?:secs?|mins?|hrs?|days?|ms|h|s))",
    r"时长|耗时|用时|所用时间|答题时间.*秒|等待时间|停留|秒数|分钟数|延误|历时|在网(?:月数|时长)|处理时效|时效|入网时长|天数",
)
AMOUNT = words_of(
    r"(?:.* )?(?:amount|amt|revenue|sales|price|spend|spending|spent|turnover|payment ?value|value|total "
    r"charges|charges?|monthly charges|total ?(?:paid|price|amount|value|revenue)|basket|invoice "
    r"total|gmv|arpu|cltv|clv|ltv|ticket value|fare|fee|premium|balance|income|salary|budget|"
    r"dollars?|usd|eur|rmb|cny|ca ticket|freight value|discount|refund)(?: .*)?",
    r"金额|消费额|销售额|客单价|单价|总价|价格|营收|收入|花费|arpu|费用|资费|欠费|话费|充值|缴费|保费|额度|余额|消费\(|元\)?$|"
    r"流量费|交易额|成交额|支付|实付|应付|退款额|支出",
)
COST = words_of(
    r"(?:.* )?(?:cost|costs|expense|expenses|cogs|cost price|freight|shipping (?:fee|cost))(?: .*)?",
    r"成本|开支|进价|运费",
)
CURRENCY = words_of(r"currency(?: ?code)?|ccy|iso currency", r"币种|货币")
COMMENTS = words_of(
    r"(?:.* )?(?:comments?|feedback|verbatim|suggestions?|remarks?|in your own words|anything else)"
    r"(?: .*)?",
    "意见|建议|评论|留言|反馈内容|评语|还有什么",
)
TEXT = words_of(
    r"(?:.* )?(?:comments?|feedback|verbatim|explanation|explain|describe|description|suggestions?|"
    r"remarks?|notes?|message|review ?(?:body|text|comment.*)|opinion|open ?(?:end|text)(?:ed)?|"
    r"reason (?:for|why).*|why .*|please specify|what .{0,30}(?:improve|like (?:best|least|most)|change)"
    r".*|tell us|elaborate|comma separated|please list|list (?:any|all|your)|favou?rite|in your own words|anything else|explication|commentaire|other text|text|"
    r"content|title|reviews?|body|summary|subject line|transcript)(?: .*)?",
    r"意见|建议|评论|留言|反馈内容|描述|备注|原因说明|具体原因|其他说明|请注明|请说明|请填写|文字|内容|正文|评语|想法|为什么|"
    r"吐槽|改进|补充|标题|说说",
)
SEVERAL = words_of(
    r"all that apply|check all|select all|choose all|multiple (?:answers|selections?)|select multiple|"
    r"mark all|tick all|as many as",
    r"多选|可多选|多项|哪些",
)
"""Questions that ask for several options."""
AGE = words_of(r"age|.*your age.*|age in years|.*how old.*|alter|edad", r"年龄|多大|岁数|周岁")
DIMENSION = words_of(
    r"gender|sex|class|.*gender.*|country|state|city|region|province|county|segment|.*education.*|"
    r".*marital.*|race|ethnicity|occupation|.*income.*|.*household.*|customer ?type|.*type of.*|type|"
    r"industry|language|zip.*|postal.*|postcode|.*zip code.*|contract|payment ?(?:method|type)|"
    r"tier|level|grade|cohort|group|membership|.*employment.*|.*role.*|topic|subject|reason|"
    r"churn ?(?:reason|category)|term|married|generation|age ?(?:group|band|cat\w*|\d)|"
    r"question|theme|tags?|sub ?category|kids|children|orientation",
    r"性别|地区|省份|城市|区域|国家|职业|学历|教育|收入|婚姻|民族|行业|客群|类型|类别|等级|级别|会员|客户星级|星级标识|是否|"
    r"方式|语言|年级|专业|户型|家庭|人群|分组|性质|身份",
)
MEASURE = words_of(
    r"(?:.* )?(?:count|qty|quantity|number of.*|how many.*|nb .*|num .*|volume|traffic|usage|distance|length|"
    r"lenght|height|width|size|weight g|percentage|percent|pct.*|ratio|share|rate|visits?|passage.*|"
    r"installments?|sequential|growth|enroll\w*|mobility|surveys|mb|kb|gb|bytes|orders|sessions|"
    r"clicks|views|age of|steps|calls|population|year|years|score)(?: .*)?",
    r"次数|数量|占比|比例|流量|mou|语音|里程|人数|件数|户数|笔数|条数|访问量|面积|距离|百分|人口|用量|mos",
)
SENSITIVE_NUMBER = words_of(
    r"zip.*|postal.*|postcode|.*zip ?code.*|area code|fips", r"邮编|邮政编码|区号"
)

ASPECT = words_of(
    r"(?:.* )?(?:service|quality|comfort|clean\w*|food|drinks?|wi ?fi|entertainment|staff|speed|"
    r"pric(?:e|es|ing)|value for money|convenien\w*|ease|boarding|check ?in|baggage|location|rooms?|"
    r"support|delivery|packag\w*|atmosphere|ambien\w*|design|reliab\w*|friendl\w*|professional\w*|"
    r"communicat\w*|responsive\w*|accura\w*|taste|portion|decoration|noise|attitude|leg ?room|"
    r"facilit\w*|amenit\w*|knowledge\w*|courtes\w*|usab\w*|performance|features?|website|app|"
    r"billing|selection|variety|parking|traffic|waiters?|seat|traffic|helpful\w*|politeness|"
    r"timel\w*|punctual\w*|safety|security|trust|care|handling|menu|space|discount|cost effective|"
    r"level|look|recommendation|distance \w.*|easy to find|time)(?: .*)?",
    r"服务|态度|质量|品质|速度|效率|环境|价格|性价比|物流|包装|配送|售后|外观|舒适|清晰|稳定|覆盖|信号|卫生|口味|味道|"
    r"分量|专业|响应|沟通|便利|便捷|安全|可靠|功能|性能|操控|动力|油耗|空间|内饰|续航|界面|易用|准时|准确|及时|热情|整洁|设施|"
    r"体验|印象|信任|忠诚|期望|感知|耐心|流程|支付|客服|活动|优惠|透明",
)
"""What people rate: used only beside other columns on the same scale."""
GENERIC_RATING = words_of(
    r"(?:(?:the|your|customer|client|guest|user|passenger|patient|product|review|feedback|"
    r"service call|call|ticket|survey) )*(?:satisfaction|csat|ratings?|stars?|score|nota|review)"
    r"(?: (?:score|rating|level|stars?|value))?",
    r"^(?:客户|用户|顾客|您的?|本次|此次)*(?:满意度|满意程度|评分|打分|星级|得分|分数|评价等级)(?:评分|得分|打分|评价|分)?$|本次|此次|这次",
)
"""A rating question that names nothing in particular."""

JUDGED = later(r"(?:评价|评分|打分|得分|评级|感受|印象|体验|满意度)$")
"""How a header ends that asks for a judgement."""
RATE = later(r"(?:率|占比|百分比)$")
"""How a header ends that names a share of many answers."""

GROUP_WORDS: Mapping[Role, Words] = {
    Role.STAFF: STAFF,
    Role.TOUCHPOINT: TOUCHPOINT,
    Role.STAGE: STAGE,
    Role.STATUS: STATUS,
    Role.CHANNEL: CHANNEL,
    Role.UNIT: UNIT,
    Role.PRODUCT: PRODUCT,
}
"""Names of grouping columns, most particular first."""
