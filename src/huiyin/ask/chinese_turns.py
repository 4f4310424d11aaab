"""Chinese turns of phrase in plain words: 3、4、5三个月 is 3月到5月, 排在头三位 is 前三."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from huiyin.ask.after_values import without_sorts
from huiyin.ask.chinese_comparing_turns import COMPARING_TURNS
from huiyin.ask.chinese_driving_turns import DRIVING_TURNS
from huiyin.ask.chinese_other_words import OTHER_WORDS
from huiyin.ask.chinese_period_turns import PERIOD_TURNS, span_of
from huiyin.ask.chinese_raising_turns import RAISING_TURNS
from huiyin.ask.chinese_relating_turns import RELATING_TURNS, with_rated_stages
from huiyin.ask.chinese_saying_turns import SAYING_TURNS
from huiyin.ask.chinese_series_turns import SERIES_TURNS
from huiyin.ask.chinese_standing_turns import STANDING_TURNS
from huiyin.ask.chinese_whom_turns import WHOM_TURNS
from huiyin.ask.meanings import Sort, Vocabulary
from huiyin.ask.numerals import HAN_NUMBER, read_whole

_PART_OF_YEAR = (
    r"(?:1[0-2]|[1-9]|十[一二]|[一二三四五六七八九十])月份?|第?[一二三四1-4]季度|q[1-4]|[上下]"
    r"半年|双1[12]|双十[一二]|618"
    r"|国庆|春节|过年|五一|十一|端午|中秋|清明|元旦|劳动节"
)
_N = rf"(?:\d{{1,2}}|{HAN_NUMBER}{{1,3}})"
_NUMBER = re.compile(_N)
_MONTHS = re.compile(
    rf"(?<![\d.月年、]){_N}月?份?(?:[、,，和及]\s*{_N}月?份?)+"
    rf"(?:[这那]?{_N}个月|月份?(?=[这那]{_N}个月))"
)
_NOT_INCLUDED = r"[,，(（]?(?:但|且)?不(?:含|包括|包含)(?:\1|本数|等于)?[)）]?"
_STEP = r"天|日|周|星期|礼拜|月|季度|年"
_BOUGHT_AGAIN = (
    r"(?:(?:复购|回购)过?的?(?:客户|顾客|人|用户|会员)|再次?购|重复购买|再次购买|再买|再来"
    r"|回头|又买|又来|来买|回来)"
)
_WHO_ARE = re.compile(
    r"(?<![常很较最别般太分全极])(不?满意)的(?:客户|顾客|用户|人)?占(?:了|到)?(?:多少|几成)"
)
"""满意的占多少、不满意的占多少: the two rates."""


def _two(found: re.Match[str]) -> str:
    """Write 倒数第一第二 as 倒数两个."""
    return f"{found[1] or '前'}两个"


def _restated(found: re.Match[str]) -> str:
    """Leave out months in brackets that only say again which quarter it is."""
    number = read_whole(found["q"] or found["q2"])
    said = [read_whole(n) for n in _NUMBER.findall(found["months"])]
    again = bool(said) and (said[0], said[-1]) == (3 * number - 2, 3 * number)
    return found["quarter"] if again else found[0]


LEAVES_OUT = re.compile(
    r"除|去掉|排|剔|刨|撇|抛|扣|踢|拿掉|拿开|扔|不[看算含要计]|不包[含括]|以外|之外"
)


def _the_others(found: re.Match[str]) -> str:
    """Write 刨去华东,剩下大区 as the other regions, where some are left out before."""
    return "其他" if LEAVES_OUT.search(found.string, 0, found.start()) else found[0]


SO_FAR = re.compile(r"近|过去|今年|去年|以来|现在|目前|上个?[月周季]")


def _may_be(found: re.Match[str]) -> str:
    """Write 近一年能有几成 as 有几成; of days to come it asks for a forecast."""
    return "有" if SO_FAR.search(found.string, 0, found.start()) else found[0]


def _who_did(found: re.Match[str]) -> str:
    """Write 电话回访的客户中多少比例解决了 as the rate of those customers."""
    return f"的{found[1]}{found[2]}的比例" if found[1] else f"的{found[2]}率"


_TURNS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    *OTHER_WORDS,
    (r"(?:(?:开始|起|算起)[,，]?|(?<=[月日号年周季初旬]))一直(?:到|至)", "到"),
    (
        rf"(?:排名|排行|排|名列|位列|位居)在?最?(?:前|头)(?:面|头)?的?(?={_N}(?:位|名|个|家|的))",
        "前",
    ),
    (r"排(?:名|行)(?:在|是)?(?=最(?:后|末|靠后|靠前|前)|倒数|垫底)", ""),
    (rf"(?<![月年周度期])最(?:后|末)面?的(?={_N}(?:家|名|位|个(?!月|季|星期|礼拜)))", "倒数"),
    (
        (
            r"(倒数|[前后])?第一(?:名)?[、和及,，]?第二(?:名)?(?:的)?"
            r"(?!季|个?月|产|周|次|版|人民|大道)"
        ),
        _two,
    ),
    (rf"([\d.]+(?:%|分)?)及?以上{_NOT_INCLUDED}", r"超过\1"),
    (r"[分按]区(?=看|[的来]|统计|$)", "各区"),
    (r"(?<![比相])较(?=[高低多少差好大小长短快慢](?:的|$))", "比较"),
    (rf"([\d.]+(?:%|分)?)及?以下{_NOT_INCLUDED}", r"低于\1"),
    (rf"(?:还|都|也)(不到|没到|没有?达到|不足|不满|低于)(?=\d|{HAN_NUMBER})", r"\1"),
    (
        rf"(?<![不没能足])够(?:得?上|到)?(?=(?:\d+(?:\.\d+)?|{HAN_NUMBER}+)(?:分|%|成|块|元|的))",
        "达到",
    ),
    (rf"每?[一1]个?({_STEP})(?:一个|1个|一)(?:点(?!半)|数|值|柱子?)", r"按\1"),
    (rf"[一1]个?({_STEP})[一1]个?\1(?:地|的)?", r"按\1"),
    (r"(?:上一?年|去年)的?同(?:一个?)?(?:月份?|时段|时期|段时间|段|阶段|时间段?|时候)", "去年同期"),
    (r"往(?:前|回)推一年[,，]?(?:也?就是|即|看)?(?=去年)", ""),
    (
        (
            r"(?P<quarter>第?(?P<q>[一二三四1-4])季度?|q(?P<q2>[1-4]))"
            r"[(（](?P<months>[^()（）]{2,12})月份?[)）]"
        ),
        _restated,
    ),
    (
        (
            rf"^((?:(?![今去前明]年|[上这]个?|20\d\d).)*?)(?={_PART_OF_YEAR})((?:(?!今年|去年|"
            r"前年).)*)"
            r"[,，](今年|去年|前年)的?$"
        ),
        r"\1\3\2",
    ),
    (r"(?<![个\d一二三四五六七八九十两几上下本这每逐按])([月周季])(?=走势|趋势|曲线)", r"按\1"),
    # 创建一个NPS趋势图
    (
        (
            r"(?:创建|新建|建立|搭建?)(?![^,，。]*(?:调查|调研|问卷|客户表|用户表))(?=一?[个张份幅"
            r"]?[^,，。]{2,20}(?:图|图表|表|表格|榜单?|曲线)(?:$|[,，?？吧]))"
        ),
        "做",
    ),
    (r"(?<=客)单(?=独)", ",单"),
    (
        (
            r"(?:先|暂)?(?:不看|不管|不论|不考虑|不区分|撇开|抛开|忽略|不计)[^,，]{1,6}?(?:之"
            r"间)?的?"
            r"(?:差异|差别|区别|之分|不同|高低)[,，]"
        ),
        "",
    ),
    (r"(?:品牌|牌子)的?手机", "手机品牌"),
    (r"(?<![务的])办理?(?=(?:不同|各个?|各种|每[个种]|哪[个种])业务)", ""),
    (r"(?:剔|踢|排|去|刨|抛|撇)(?:出来|出去|开|出|掉|除)[,，]?不(?:看|算|要|计)", "不看"),
    (r"(占|有)(?:了|到|着)?百分之(?:几|多少)", "占几成"),
    (r"(?<=[\d一二三四五六七八九十][组版])至(?=[\d一二三四五六七八九十客])", "到"),
    (r"(?:目前|现在)?(?:是)?最新(?:的)?(?:版本?|一版)?(?:也?就?是)?[,，(（]?(?=\d+\.\d)", ""),
    (r"得(?:了|到)?(?:多少|几)分", "得分多少"),
    (r"打的分(?=怎么|如何|高|低|多少|好|$)", "打分"),
    (r"折(?:算)?成?(?:为)?(?:百分制?|100分制?|满分100)(?:后|以后|之后)?", "得分"),
    (r"\d*个?百分点的意思", "我说的是百分点"),
    (r"能(?:不能|够|否)?(?:帮忙)?证实", "能证明"),
    (
        r"(?:拉|画|描|做)出?[一1]?[条根张]([^,，。]{2,24}?)的(?:曲线|折线|线(?![上下路索]))图?",
        r"\1的曲线",
    ),
    (r"(?<![和跟与比])咱(?=[和跟与比])", "咱们"),
    (r"(谁|哪[个家边位])对([^,，]{2,8}?)(?:更|会更|要更)满意(?:一?些|一点)?", r"\1的\2更高"),
    (r"最?难(?:伺候|讨好|取悦|服侍)", "最不满意"),
    (
        (
            r"(\d\.\d)版?本?(?:上线|发布|推出|出来|更新)了?(?:以后|之后|后)?[,，]?的?"
            r"(?=[^,，]{1,8}(?:比|较|跟|和)\d\.\d)"
        ),
        r"\1 ",
    ),
    (
        (
            r"(?:[两二三四五六俩仨]|\d)(?:家|个)?(?:门店|店|城市|大区|省)"
            r"(?=的?(?:合起来|合在一起|合计|加在?一起|加起来|放一起|一起算))"
        ),
        "",
    ),
    (r"变成了?(?=多少|几(?![月号日]))", "是"),
    (r"(?:高兴|开心|舒心|爽)不(?:高兴|开心|舒心|爽)", "满意不满意"),
    (r"(?:可怜|倒霉|苦命|亲爱|不争气|惨兮兮)的(?=[一-鿿])", ""),
    (r"^(?:没什么|没啥)大?事儿?[,，]?(?:就是?|只是?)?(?=看|问|查)", ""),
    (
        (
            r"(复购|回购|解决|准时|续约)(?:与否|没\1|与不\1|和不\1)[,，]?(?:的(?:客户|顾客|人)?)?"
            r"(?=[^,，?？]{1,8}(?:有没有|有|是不是)?(?:差|区别|不同|一样))"
        ),
        r"\1的和没\1的",
    ),
    (
        (
            r"(竞品.)(?:在)?(?:哪(?:一|几)?[项些块个](?:方面)?|哪里|什么地方)(?:做得)?(?:比|强"
            r"过|好过|胜过)"
            r"(?:我们|咱们?)更?(?:强|好|高|厉害)?"
        ),
        r"我们哪里不如\1",
    ),
    (r"比([^,，]{1,10}?)的更(不?满意)(?=$|[吗么?？])", r"比\1更\2吗"),
    (r"(?<=[的户群会员业段客人岁区])(?:是)?最难(?:搞|缠|对付|弄)", "最不满意"),
    (r"(?<=[一-鿿])难题(?=客户|顾客|用户|的|费|解|处|上)", "问题"),
    # 别拿平均数糊弄我, 来不及细看了, 投入那么大
    (
        (
            r"别(?:再|老)?(?:拿|用)[^,，]{1,8}(?:糊弄|忽悠|敷衍|打发|搪塞|骗|唬|应付)(?:我们?|人"
            r"|大家)?[,，。]"
        ),
        "",
    ),
    (
        (
            r"^(?:来不及|没时间|没空|没工夫|懒得|顾不上)(?:仔细|细)?(?:看|翻|细?说|解释|多说"
            r"|看报告|读)?了?[,，]"
            r"|[,，](?:客户|顾客|客人|人家|大家)?(?:都)?等不(?:及|起|了)了?(?=$|[,，。])"
            r"|(?:还|都)?(?:有没有|有)人(?:在)?用(?:吗|么|没有?)?[,，]"
            r"|^(?:定位|找|查|排查|诊断)(?:一下|下|找)?问题[:：,，]"
            r"|(?:投入|花|砸|下|费|忙|折腾|努力)(?:了|这|那|得)*(?:这么|那么|很|不少)?(?:大"
            r"|多|久|半天|长时间|大力气|大功夫|多钱|多功夫|多精力|不少钱?)(?=[,，])"
        ),
        "",
    ),
    (
        (
            r"(?:有没有必要|该不该|要不要|是否|真)?(?:担心|害怕|担忧|怕|防止|预防|避免"
            r"|警惕)([^,，]{0,8}?)的?(?:客户)?流失(?=[,，])"
        ),
        r"\1",
    ),
    (
        (
            r"(?:列入|进入?|上)?(?:观察|整改|重点|预警|关注|黑)名单的?(?:标准|门槛|条件)(?:是|为"
            r"|[:：])"
        ),
        "",
    ),
    (r"谁打分(?:更|比较)?(?=[高低])", "谁的评分更"),
    # 我想到一个问题, 别说服务了, 不到一半, 新版本5.2
    (r"^我?(?:突然)?(?:想到|想起|还?有)了?一?个问题[:：,，]", ""),
    (r"^(?:先|就)?别(?:说|提|谈|扯)(?:什么|啥)?[^,，哪什啥谁]{1,6}了[,，]", ""),
    (
        r"(不到|超过|低于|不足|没到|高于|达到|没过|过了?)(?:了)?一半(?=$|[?？的,，吗以])",
        r"\g<1>50%",
    ),
    (r"(?<![更最])新(?:版本|版)(?=\d\.\d)", ""),
    (r"变成(?:了)?(?:什么|啥|怎)样子?了?(?=$|[,，?？])", "怎么样"),
    (r"(?:界面)?(?:改版|升级|更新|换版|迭代)前后[,，]?(?=\d\.\d)", ""),
    (r"先?不管[,，]", "不看,"),
    (r"(?<=[增跌掉降涨长升])(得?)最猛(?=的|$|[,，])", r"\1最多"),
    (r"打差分|给差分", "打低分"),
    (r"(?:打|用|通过)(电话|微信|应用|app)里?上?报案", r"\1报案"),
    (r"(应用|微信)(?:里|上)报案", r"\1报案"),
    (r"app(?:里|上)?报案", "应用报案"),
    (r"(?<![a-z\d.])v(\d\.\d)", r"\1"),
    (r"(iphone|android|ios|app|pad|vivo|oppo|push|harmonyos|\d)(nps|ces)(?![a-z])", r"\1 \2"),
    (r"(?<!\d)([1-5]\d)[—–~～]([2-6]\d)(?=岁)", r"\1-\2"),
    # 会议上要用, 发给老板用, 提醒一下: what the number is for is talk
    (
        (
            r"^(?:(?:老板|领导|总监|经理|主管|同事|大家)(?:刚才?|正)?)?(?:在)?"
            r"(?:明天|今天|下午|上午|待会儿?|等会儿?|周[一二三四五])?的?(?:会议|例会|晨会|周会"
            r"|月会|开会|会)(?:上|里|中|时)?"
            r"(?:刚|正|又)?(?:要用|要讲|要说|用的?|需要|等着要?|急用|提到|讲到|问(?:到|起|我)?"
            r"|要看|要)(?:的|了|我)?[,，]?"
            r"(?=[^,，]{0,20}(?:nps|满意|评分|意愿|率|费力|得分))"
        ),
        "",
    ),
    (
        (
            r"[,，](?:我)?(?:要|好|得|准备)?(?:发给|转给|拿给|汇报给|转发给|发到)(?:老板|领导|客户"
            r"|同事|大家|群里|总部|上面|总监|经理)(?:看|用|参考|汇报|群)?的?$"
        ),
        "",
    ),
    (r"^提醒(?:一下|下)?[,，]", ""),
    (
        (
            r"(?:推送|发送|群发|发)给(?!我|老板|领导|他|她|大家|同事)(?=[^,，]{2,10}的?[^,，]{0,"
            r"6}(?:nps|满意|评分|意见))"
        ),
        "",
    ),
    (r"(?:下载|安装|更新|升级|升|换|装)(?:到|成|至)?了?(?=\d\.\d(?:版本?)?(?:的|用户|客户))", ""),
    (r"地址(?:是)?在(?=[^,，]{2,6}的?(?:店|门店|网点))", ""),
    (r"几点钟?的?(?=(?:nps|满意|评分)[^,，]{0,4}最)", "时段"),
    (r"给我(?=电话(?:回访|渠道|报案|调查|客户|用户|端|的))", "看看"),
    (
        r"更(?:挑剔|难伺候|难搞|难缠|刁|生气|恼火|火大|不爽|不开心|不高兴|窝火|来气|憋屈|不待见)",
        "更不满意",
    ),
    (r"更(?:开心|高兴|舒心|满足|服气|舒服)", "更满意"),
    (r"(?<=几)颗(?=星)", ""),
    (r"(?:再|重新)来一?(?:遍|次|回|轮)(?!的|意)", ""),
    (
        (
            r"^(?:和|跟|与)(?:去年|上年)(?:同期)?的?(?:放|摆|叠|画|搁)在?(?:一起|一块儿?|一张图)(?"
            r":里|上)?"
        ),
        "跟去年同期比",
    ),
    (r"谁给([^,，]{2,12}?)拖了?后腿", r"谁拖了\1后腿"),
    (r"(?<![五十])一比(?=[,，]|$)", "比"),
    (
        (
            r"(?:把|将)?(?:时间|时段|周期|窗口|范围|区间|跨度)(?:范围)?(?:给|再)?"
            r"(?:拉长|放长|延长|拉大|扩大|扩展|放宽|放大|缩短|缩小|收窄|缩|改|换|调整?|挪|限定"
            r"|切换?)"
            r"(?:到|为|成|至)?(?=[最近这过]|[\d一二两三四五六七八九十半]+个?(?:月|天|周|星期|"
            r"季度?|年))"
        ),
        "近",
    ),
    (
        (
            r"(比|跟|和|与|高于|低于)(?:全行|全公司|全司|全店|全网|全员|全盘|整个公司|公司整体"
            r"|公司平均|公司大盘)"
            r"(?:的?(?:水平|平均水平|平均|均值))?"
        ),
        r"\1整体",
    ),
    (
        (
            r"(\d\.\d)版?本?(?:升级?|更新|迭代|过渡|切换?)(?:到|至|成|为)?了?(\d\.\d)版?本?(?:以后"
            r"|之后|后)?"
        ),
        r"\2比\1 ",
    ),
    (
        (
            r"(更|最)(?:招人嫌|招人烦|讨人嫌|招骂|挨骂|招人恨|惹人烦|遭嫌弃|遭人嫌|不受待见|让人嫌"
            r"弃)(?:了|的)?"
        ),
        r"\1差",
    ),
    (r"(更|最)(?:招人喜欢|讨喜|得人心|讨人喜欢|招人待见|受待见|有人缘)(?:了|的)?", r"\1好"),
    (r"图(?:的)?(?:是)?(?:个|点)?(?:什么|啥)(?=$|[呢啊呀?？,，])", "看重什么"),
    (r"(?<=[月年度])(?:刚|才|已经?|将将)+过了?一?半(?=[,，])", ""),
    (r"得到了?(?=解决|处理|满足|改善|提升)", ""),
    (
        r"(?<=(?:响应|解决|处理|办结|成交))(?:需?要|花费?|用)+(?:多长时间|多久|多少时间)",
        "时长多少",
    ),
    (r"留下(?:了|过|来)*的?(?=哪|什么|啥|话)", "留了"),
    (r"(?:写|说|讲|留)(?:了|过|下|下来)*的(?=话(?![,，]))", "留言的"),
    (r"(?:碰|遇|撞)(?:上|见|着)(?=了|过|[^了])", "遇到"),
    (r"(?:做|弄|搞|干)成(?:什么样子?|啥样子?|怎么样)", "怎么样"),
    (
        (
            r"(?:做|跑|干|冲|爬|站|落|停留?|停|走|拿|混|搞|弄|达)(?:到|在|得|至)(?:了|个)?"
            r"(?=多少|几(?![月号日个家年天周])|什么(?:水平|程度|位置|水准)|啥(?:水平|程度))"
        ),
        "是",
    ),
    (
        (
            rf"(?:在|这)?(?:{_N}|几|所有|全部)个?(?:大|的)?(?:维度|方面|指标)"
            r"(?:里面?|中|当中|之中)[,，]?(?!.*(?:哪|最|谁|各|每|排|什么|啥|怎么))"
        ),
        "",
    ),
    (
        (
            r"(?:一般|通常|往往|平时|平常|平日里?|大多|普遍)(?:都|会|是|来说|而言|[,，])*"
            r"(?=(?:在|爱|喜欢)?(?:说|讲|提|反映|反馈|抱怨|吐槽|留|写|夸|骂|嫌)[^,，]{0,4}(?:"
            r"什么|啥|哪))"
        ),
        "",
    ),
    (
        (
            r"(?:的?(?:客户|顾客|用户|人|会员|问题|工单))?(?:里面?|当中|之中|中)[,，]?有?"
            r"(?:多少比例|多大的?比例|多少百分比|百分之(?:几|多少)|占?几成)(?:的?(?:客户|顾客|"
            r"用户|人|会员))?"
            r"(?:是|会|能|都|被|得到)?(没有?|未|不)?(?:会|能|被|得到)?(解决|复购|回购|续约|准时)"
            r"(?:掉)?(?:了|过|的|送达|送到)*(?=$|[,，?？呢啊])"
        ),
        _who_did,
    ),
    (
        (
            r"(?:总体|整体)?(不?满意)的(客户|顾客|用户|人|会员)(?:里头?|里面|当中|中|之中)?[,"
            r"，]?的?"
            r"(?=(?:复购率|回购率|续约率|解决率|再来意愿|客单价|nps|净推荐值))"
        ),
        r"\1客户的",
    ),
    (r"能够?有(?=多少|几|多[高大])", _may_be),
    (
        (
            r"(?:^|(?<=[,，]))(?:不管|无论|不论|甭管)(?:是)?(?:哪(?:个|种|家|类|一?个)?|什么|啥)"
            r"[^,，]{1,5}(?:都算|都行|都要)?[,，](?!都|也)"
        ),
        "",
    ),
    (
        (
            r"(?:剩下|剩余|余下)的?"
            r"(?=大区|片区|区域|渠道|门店|店铺?|城市|省份?|会员|客群|客户|顾客|用户|人|版本|模"
            r"块|网点"
            r"|支行|班组|坐席|业务|品牌|行业|险种)"
        ),
        _the_others,
    ),
    *PERIOD_TURNS,
    *COMPARING_TURNS,
    *SERIES_TURNS,
    *SAYING_TURNS,
    *STANDING_TURNS,
    *WHOM_TURNS,
    *RELATING_TURNS,
    *RAISING_TURNS,
    *DRIVING_TURNS,
)
_WINDOWS = (
    (
        re.compile(r"90天.*购"),
        (
            r"(?:90|九十)天(?:之内|以内|内|里)?"
            rf"(?=的?(?:就|都|还|又|没有?|未|有|过)*{_BOUGHT_AGAIN}|(?:没有?|未)(?:复购|回购))"
        ),
    ),
    (
        re.compile(r"30天.*故障"),
        (
            r"(?:最近|过去|近)?(?:30|三十)天(?:之内|以内|内|里)?"
            r"(?=(?:有|没有?|未|曾)?(?:出现?|发生|遇到|碰到|遇上|碰上)过?(?:的)?故障"
            r"|(?:没有?|无)故障)"
        ),
    ),
)
"""Days that only say again what a column is of; of data without such a column they are a limit."""
_OF_THE_DATA = (
    (re.compile(r"^是否准时$"), r"如期|按期|按点|守时|正点", "准时"),
    (re.compile(r"^是否准时$"), r"(没|未)能?够?准时", r"\1准时"),
    (re.compile(r"^是否准时$"), r"耽误|耽搁|误点|拖延|脱期|延期", "延误"),
    (
        re.compile(r"^是否准时$"),
        r"(?<!有)(?:没有?|未|不)(?:晚点|迟到|延误|超时|晚到)(?=的|率|客户|包裹)",
        "准时",
    ),
    (re.compile(r"^网点$"), r"(?<!总行)(?<=[一-鿿]{2})(?:营业部|营业厅|分理处|储蓄所)", "支行"),
    (
        re.compile(r"^竞品."),
        (
            r"(?:哪里|哪儿|哪一?[点块])((?:做得)?(?:比|不如|输给|强过|好过)"
            r"(?:我们|咱们?|竞品|对手|友商|竞争对手|竞对))"
        ),
        r"哪些方面\1",
    ),
    (
        re.compile(r"^(?:部门|department)$"),
        r"(?:员工|职工)(?!满意|餐|nps|净推荐|流失|敬业|[的对]*(?:满意|nps))",
        "同事",
    ),
    (re.compile(r"^模块$"), r"(?:这个|那个|这项|这一|这块)功能(?=的|$|[,，用好怎])", "这个模块"),
    (re.compile(r"^星级$"), r"公开(?:评[分价]|口碑)", "评分"),
    (
        re.compile(r"^班组$"),
        (
            r"(客服|第|(?<![\d月年]))(?:部|组)?(?:第)?([1-9一二三四五六七八九])号?(?:班组|小组|[班"
            r"队](?!长)|(?<=号)组)"
        ),
        r"\1\2组",
    ),
    (re.compile(r"^班组$"), r"([1-9一二三四五六七八九])号(?:班组|小组|组)", r"\1组"),
    (
        re.compile(r"^办公地点$"),
        r"(?<=[各按分个])(?:地点|职场|驻地|园区|办事处|所在地)",
        "办公地点",
    ),
    (re.compile(r"^服务项目$"), r"(?<=[各按分个])(?:项目|事项|事务)(?!经理|交付)", "服务项目"),
    (re.compile(r"^操作系统$"), r"苹果(?:端|版(?!本)|操作系统|手机系统|手机端|客户端)", "苹果系统"),
    (re.compile(r"^班组$"), r"客服组([1-9一二三四五六七八九])(?![个家名月号])", r"客服\1组"),
    (re.compile(r"^班组$"), r"客服(?:部|第)([1-9一二三四五六七八九])组", r"客服\1组"),
)
"""What we are behind in, where a competitor is rated too; who answers, where departments are
a column: they are our own people."""
_PLAIN = tuple((re.compile(pattern), plain) for pattern, plain in _TURNS)


_HAN_AGES = re.compile(rf"({HAN_NUMBER}{{2,3}})岁?(到|至|-|~)(\d\d|{HAN_NUMBER}{{2,3}})(?=周?岁)")


def _ages(found: re.Match[str]) -> str:
    """Write 二十六到三十五岁 in digits."""
    return f"{read_whole(found[1])}{found[2]}{read_whole(found[3])}"


def _as_range(found: re.Match[str]) -> str:
    """Write months that follow each other as a range, when their count is said."""
    head, _, _ = found[0].rpartition("个月")
    *months, count = [read_whole(n) for n in _NUMBER.findall(head)] or [0]
    return (span_of(months) if len(months) == count else None) or found[0]


def in_plain_chinese(text: str, vocabulary: Vocabulary) -> str:
    """Say Chinese turns of phrase in plain words; names of the data stand as they are.

    Parameters
    ----------
    text : str
        In small letters and simplified characters.
    vocabulary : Vocabulary

    Examples
    --------
    >>> from huiyin.codebook.contracts import Codebook
    >>> in_plain_chinese("华北3、4、5三个月合起来的nps", Vocabulary(Codebook(())))
    '华北3月到5月合起来的nps'
    """
    text = _MONTHS.sub(_as_range, text)
    text = _HAN_AGES.sub(_ages, text)
    if len({found[1] for found in _WHO_ARE.finditer(text)}) > 1:
        text = _WHO_ARE.sub(r"\1率", text)
    for pattern, plain in _PLAIN:
        text = pattern.sub(partial(_said_plainly, plain, vocabulary), text)
    text = _without_as_a_whole(_of_the_city(text, vocabulary), vocabulary)
    for named, said in _WINDOWS:
        if any(named.search(column.name) for column in vocabulary.codebook):
            text = re.sub(said, "", text)
    for named, said, plain in _OF_THE_DATA:
        if any(named.search(column.name) for column in vocabulary.codebook):
            text = re.sub(said, plain, text)
    return with_rated_stages(without_sorts(text, vocabulary), vocabulary)


_CITY_SIGN = re.compile(r"(?<=[一-鿿]{2})[市省](?=[一-鿿])")


def _of_the_city(text: str, vocabulary: Vocabulary) -> str:
    """Write 北京市望京店 as 北京望京店, where a value is called so."""

    def plain(found: re.Match[str]) -> str:
        before, after = text[: found.start()], text[found.end() :]
        named = any(
            vocabulary.exact.get(before[-b:] + after[:a], ())
            and vocabulary.exact[before[-b:] + after[:a]][0].sort is Sort.VALUE
            for b in (2, 3)
            for a in range(2, min(vocabulary.longest, len(after)) + 1)
        )
        return "" if named else found[0]

    return _CITY_SIGN.sub(plain, text)


_AS_A_WHOLE = re.compile(r"(?<=[^比跟和与较于同离,，的哪])(?:整体|总体)上?的?(?=[一-鿿a-z])")
_RATED = frozenset({Sort.RATING, Sort.RATE, Sort.AMOUNT, Sort.METRIC})


def _without_as_a_whole(text: str, vocabulary: Vocabulary) -> str:
    """Leave out 整体 of 送礼客整体的收银效率: what is rated is named."""

    def plain(found: re.Match[str]) -> str:
        end = found.end()
        words = (
            text[end : end + n] for n in range(min(vocabulary.longest, len(text) - end), 1, -1)
        )
        known = next((m for word in words if (m := vocabulary.meanings(word))), ())
        first = known[0] if known else None
        if first is None or first.sort not in _RATED or first.name in {"score", "plain", "mean"}:
            return found[0]
        satisfied = first.name in {"satisfied", "dissatisfied"}
        return found[0] if satisfied or _in_a_name(found, vocabulary) else ""

    return _AS_A_WHOLE.sub(plain, text)


def _said_plainly(
    plain: str | Callable[[re.Match[str]], str], vocabulary: Vocabulary, found: re.Match[str]
) -> str:
    if _in_a_name(found, vocabulary):
        return found[0]
    return found.expand(plain) if isinstance(plain, str) else plain(found)


def _in_a_name(found: re.Match[str], vocabulary: Vocabulary) -> bool:
    """Tell 得到 of a column 问题是否得到解决: part of a name of the data."""
    text, (start, end) = found.string, found.span()
    return any(
        meaning.columns
        for first in range(max(0, end - vocabulary.longest), start + 1)
        for last in range(end, min(len(text), first + vocabulary.longest) + 1)
        for meaning in vocabulary.meanings(text[first:last])
    )
