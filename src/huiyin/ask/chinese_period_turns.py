"""Chinese periods in plain words: 去年最后三个月 is 去年10月到12月, 前三季度 is 前9个月."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from itertools import pairwise

from huiyin.ask.numerals import HAN_NUMBER, read_whole

MONTHS = 12
QUARTERS = 4
N = rf"(?:\d{{1,2}}|{HAN_NUMBER}{{1,3}})"
_NUMBER = re.compile(N)
_YEAR = r"(?:今年|去年|前年|上年|本年|(?<!\d)(?:20)?\d{2}年)度?"
_AS_ONE = r"(?:合在一起|合起来|合并|合计|加在?一起|加起来|累计|一共|总共|总的|放在?一起)"


def _last_months(found: re.Match[str]) -> str:
    """Write 去年最后三个月 as its months."""
    count = read_whole(found["n"])
    return f"{found['year']}{MONTHS + 1 - count}月到12月" if 1 < count < MONTHS else found[0]


def _first_quarters(found: re.Match[str]) -> str:
    """Write 今年前三季度 as its months."""
    count = read_whole(found["n"])
    return f"{found['year']}前{3 * count}个月" if 1 < count < QUARTERS else found[0]


def span_of(months: Sequence[int]) -> str | None:
    """Write months as a range; None unless each follows the one before in a year.

    Parameters
    ----------
    months : sequence of int

    Examples
    --------
    >>> span_of([3, 4, 5]), span_of([3, 5]), span_of([12, 13])
    ('3月到5月', None, None)
    """
    follow = len(months) > 1 and all(b == a + 1 for a, b in pairwise(months))
    if not follow or months[0] < 1 or months[-1] > MONTHS:
        return None
    return f"{months[0]}月到{months[-1]}月"


def _months_as_one(found: re.Match[str]) -> str:
    """Write 一月二月合起来 as a range, where they follow each other."""
    said = found["months"]
    months = [read_whole(n) for n in _NUMBER.findall(said)]
    if len(months) == 1:  # 三四月
        months = [read_whole(n) for n in re.findall(HAN_NUMBER, said)]
    span = span_of(months)
    return f"{span}合起来" if span else found[0]


_LISTED = rf"{N}月份?(?:[、,，和及与跟]?{N}月份?)+|(?<![\d.月年]){N}(?:[、,，]{N})+月份?(?!\d)"
_EACH_MONTH = re.compile(r"每个?月|逐月|按月|各月|月度|走势|趋势|曲线|折线")
_EACH = re.compile(r"分别|依次|各(?:是|有|为|占)?(?:多少|几)|各自")
_SET_APART = re.compile(r"比|差|相较")


def _each_month(found: re.Match[str]) -> str:
    """Write 三月、四月、五月每个月的 as a range, where each month of it is asked for."""
    text, months = found.string, [read_whole(n) for n in _NUMBER.findall(found[0])]
    span = span_of(months)
    if span is None or _SET_APART.search(text):
        return found[0]
    if _EACH_MONTH.search(text):
        return span
    return f"{span}每月" if len(months) > 2 and _EACH.search(text) else found[0]  # noqa: PLR2004


_STEPPED = r"(?:涨|升|降|跌|掉|变|滑|提高|提升|改善|改观|好转|进步|起色|退步|恶化)"


def _next_quarter(found: re.Match[str]) -> str:
    """Write 一季度到二季度涨了多少 as 二季度比一季度; of a longer span leave it."""
    first, last = read_whole(found["a"]), read_whole(found["b"])
    return f"{found['b']}季度比{found['a']}季度" if last == first + 1 else found[0]


def _why_next(found: re.Match[str]) -> str:
    """Write 从四月到五月为什么跌 as 五月比四月; of a longer span leave it."""
    first, last = read_whole(found["a"].rstrip("月份")), read_whole(found["b"].rstrip("月份"))
    return f"{found['b']}比{found['a']}" if last == first + 1 else found[0]


def _run_of_months(found: re.Match[str]) -> str:
    """Write 四五六三个月 as a range."""
    months = [read_whole(n) for n in found["months"]]
    span = span_of(months)
    return span if span and len(months) == read_whole(found["n"]) else found[0]


def _all_months(found: re.Match[str]) -> str:
    """Write 二三四五月 as a range."""
    return span_of([read_whole(n) for n in found["months"]]) or found[0]


def _from_january(found: re.Match[str]) -> str:
    """Write 本年度截至5月底 as 今年1月到5月."""
    year = {"本年": "今年", "本年度": "今年", "年内": "今年", "上年": "去年", "上年度": "去年"}
    last = read_whole(found["n"])
    said = year.get(found[1], found[1])
    return f"{said}1月到{last}月" if 1 < last <= MONTHS else found[0]


def _to_its_end(found: re.Match[str]) -> str:
    """Write 5月20号到月底 as 5月20号到31号."""
    number = read_whole(found["m"])
    if not 1 <= number <= MONTHS:
        return found[0]
    year = int(found["y"]) if found["y"] else 2025
    return f"{found['from']}到{monthrange(year, number)[1]}号"


PERIOD_TURNS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # 上一月, 上个自然月, 头年, Q1季度, 首季, H1, 昨天一整天
    (r"(上上?个?|上一个?)(?:完整的?|自然|整)(?=月|周|季|年)", r"\1"),
    (r"(?<![年以之北向])上一月(?!份?[底初中])", "上个月"),
    (r"刚刚?(?:过去|结束|过完)的(?:那个?|这个?)?月份?(?!\d)", "上个月"),
    (r"(?<![开年巨龙老街口份])(?:头年|旧年|昨年)(?!度)", "去年"),
    (r"(?<![a-z])(q[1-4])(?:的)?季度?", r"\1"),
    (r"(季度)(?:的)?(?:全季|整季|一整季)", r"\1"),
    (r"(?<![每月四当上下本前后过各一二三四两几淡旺\d])首季(?!度|节)", "第一季度"),
    (r"(?:^|(?<=[一-鿿]))h1(?=[一-鿿]|nps)", "上半年"),
    (r"(?:^|(?<=[一-鿿]))h2(?=[一-鿿]|nps)", "下半年"),
    (r"(?<=年)(?:的)?(?:头|前)半年", "上半年"),
    (r"(?<=\d)(?=nps|ces|csat)", " "),
    (r"([昨前]天)(?:的)?(?:一整?天|整一?天|全天)", r"\1"),
    (r"(?<![年\d一二三四五六七八九十上下本这])月初以来", "月初至今"),
    # 到五月底的满意率, 开年到三月底
    (rf"(?<![月日号年周初起始季度末头])到(?={N}月份?[底末](?:的|$|[,，]|nps|满意|净推))", "截至"),
    (rf"(?<=[到至])({N}月份?)[底末](?!的?[那这最一]|周|两)", r"\1"),
    (r"(过去|最近|近|这)整整(?=[一二两三半\d])", r"\1"),
    (r"(?<![上下前后\d一二三四五六七八九十两近去这])半个月(?:以?来|之?内)", "近半个月"),
    (r"同比去年(?:同期)?(?=的?(?:走势|趋势|曲线|变化))", "同比"),
    (
        rf"(?:从|由|自)?去年({N}月份?)(?:到|至)今年\1(?=[^,，?？]{{0,12}}{_STEPPED}了(?:多少|几|没))",
        r"今年\1比去年\1",
    ),
    (
        (
            rf"(?:从|由|自)?(?P<a>{N}月份?)(?:到|至)(?P<b>{N}月份?)"
            rf"(?=[^,，?？]{{0,8}}(?:为什么|为啥|为何|怎么|咋)[^,，?？]{{0,8}}{_STEPPED})"
        ),
        _why_next,
    ),
    (
        (
            r"(?:^|(?<=[,，]))在?同一?个?(?:月份?|季度?|周|时段|时期|时间段?)(?:里|内|的话)?[,，]?"
            r"(?=.*(?:\d|[一二三四五六七八九十上本这])个?(?:月|季度|周))"
        ),
        "",
    ),
    # 年内各月, 从2025年看起
    (r"(?<![一两二三四五六七八九十\d半去今前当同])年内(?!到|至|截)", "今年"),
    (
        rf"(?:从|自|打)((?:{_YEAR})?(?:年初|第?[一二三四1-4]季度|[上下]半年|{N}月份?)?)(?:看|数|算|说|查|排|统计|画|拉)起(?!来)",
        lambda m: f"{m[1]}以来" if m[1] else m[0],
    ),
    # 五月超过四月多少
    (
        (
            rf"(超过|超出|高过|高于|低于|落后于?)了?((?:{_YEAR})?(?:{N}月份?|第?[一二三四1-4]季度)|上上?个?(?:月|周|季度)|去年同期?)"
            r"(?:的|有)?(?:多少|几个?(?:百分)?[点分])"
        ),
        lambda m: f"比{m[2]}{'低' if m[1][0] in '低落' else '高'}多少",
    ),
    # 今年各季度和去年各季度比
    (
        r"(?<=[和跟与比同])(去年|上年)的?(?:各|每一?个?|逐)(?:季度?|个?月|周)(?=的?(?:相?比|对|差|$|[,，?？]))",
        "去年同期",
    ),
    (
        (
            rf"(?P<from>(?:(?P<y>20\d\d)年)?(?P<m>{N})月份?{N}[日号])[到至\-~](?:了)?(?:当月|本月|那个?月|这个?月|月)"
            r"(?:的)?(?:月底|月末|底|末|尾|最后一天)(?:为止)?"
        ),
        _to_its_end,
    ),
    (
        (
            r"(?P<months>(?<![\d.十一二三四五六七八九年第])[一二三四五六七八九]{2,6}?)"
            r"[这那]?(?P<n>[两二三四五六])个月"
        ),
        _run_of_months,
    ),
    (
        (
            rf"(?:从|由)?(?P<a>[一二三1-3])季度(?:到|至)(?P<b>[二三四2-4])季度"
            rf"(?=[^,，?？]{{0,12}}{_STEPPED}(?!化|动|.{{0,3}}(?:趋势|走势|曲线|情况)))"
        ),
        _next_quarter,
    ),
    (r"(?<!目)(?<!以)(前|昨)日", r"\1天"),
    (
        rf"(今年|本年度?|去年|前年|上年度?|年内)(?:度)?(?:截[至止]到?|到|至)(?:了)?(?P<n>{N})月份?[底末]?(?:为止)?",
        _from_january,
    ),
    (r"第([一二三四1-4])个季度?(?!度)", r"第\1季度"),
    (r"(?<=年)的?[头首]一?个季度?(?!度)", "第一季度"),
    (r"(?:去年|上年)的?(?:这会儿?|这阵子?|这一阵子?|这时候?|这个?时间|这段时间)", "去年同期"),
    # 同样是五月,今年和去年
    (
        rf"同样(?:都)?是({N}月份?)[,，]?(今年|去年)(?:和|跟|与|对比?|比)(去年|前年)的?",
        r"\2\1和\3\1",
    ),
    # 自去年双十一之后的走势
    (
        (
            r"(?:自|从)?((?:今年|去年|前年)?(?:双十一|双11|双十二|双12|618|国庆|五一|春节|过年|元旦|中秋|端午|清明))节?"
            r"(?:之后|以后|过后|过完)(?:到现在|到今天|至今)?的?"
            r"(?=走势|趋势|曲线|每|一直|走向|变化|[^,，的]{2,8}?(?:回升|好转|恢复|反弹|改善|涨|跌|掉|降|升|回落))"
        ),
        r"\1以来的",
    ),
    (
        (
            r"(?<![\d.十一二三四五六七八九年第])(?P<months>[一二三四五六七八九]{3,6})月份?(?!\d"
            r"|中|底|初)"
        ),
        _all_months,
    ),
    (r"(?<![年开])[首头]季度", "第一季度"),
    (r"(?<![一二三四两每首几多这那])次季度", "第二季度"),
    (rf"[春夏秋冬][季天][(（](?P<months>{N}月?份?[到至\-~]{N}月份?)[)）]", r"\g<months>"),
    (r"俩月(?!份|\d)", "两个月"),
    (r"仨月(?!份|\d)", "三个月"),
    (rf"(?P<year>{_YEAR})(?:前|头)(?P<n>[两二三23])个?季度?(?!度)", _first_quarters),
    (rf"(?P<year>{_YEAR})(?:的?最后|后|[年]?底|[年]?末)的?(?P<n>{N})个月", _last_months),
    (rf"(?P<year>{_YEAR})的?最后[一1]个?季度?(?!度)", r"\g<year>第四季度"),
    (r"(?<=年)年?[底末]的?[,，、(（]?(?=(?:1[0-2]|十[一二]?)月)", ""),
    (r"(?<=年)年?初的?[,，、(（]?(?=[1-3一二三]月(?!\d))", ""),
    (
        rf"(?:截[至止]到?|到)(?:昨[天日]|今[天日]|目前|现在)(?:为止)?的?(?:最近|过去)?的?(?={N}(?:个月|个?[天周]))|今[天日](?:之前|以前|前|往前(?:推|数)?|往回(?:推|数)?)的?(?={N}个?[天周月])",
        "最近",
    ),
    (
        (
            rf"(?<![月日号年周初起始])到(?!目前|现在|今[天日]|昨)"
            rf"(?=(?:今年|去年|上个?月|本月|这个月|{N}月份?)[底末]?(?:{N}[日号])?为止)"
        ),
        "截至",
    ),
    (
        (
            r"(?<=[的年月度])(?P<unit>[日周月])度?"
            r"(?=(?:nps|净推荐值|满意[率度]|不满意率|复购率|得分|解决率|续约率|准时率))"
        ),
        r"每\g<unit>",
    ),
    (rf"再?往前(?:推|数)?的?(?={N}个?[天周月])", "前"),
    (r"(?<=月)份?的?(?:前|头)半个?月", "上半月"),
    (r"(?<=月)份?的?后半个?月", "下半月"),
    (r"(?:去年|上年)同期[,，]?(?:也?就是|即)(?=去年|上年|(?:20)?\d{2}年)", ""),
    (_LISTED, _each_month),
    (
        (
            rf"(?P<months>{N}(?:[、,，和及与加+跟]{N})+月份?"
            rf"|(?<![\d.十]){HAN_NUMBER}{{2,3}}月份?)"
            rf"(?:[这那]?{N}?个?月)?{_AS_ONE}(?:起来)?(?:计?算)?(?:一下)?"
        ),
        _months_as_one,
    ),
    (
        r"(?<=[今去前]年)的?十一(?![月个家名位点分组号日天级])|(?<![双二三四五六七八九\d周期月第])十一(?=[那这](?:几|[三五六七八3-8])?[天会阵段]|放假|小?长假)(?:放假)?",
        "国庆",
    ),
    # 五月单月, 去年这个时候
    (r"(?<=月)份?的?(?:单月|当月|整月|全月|一整个月)(?:份)?", ""),
    (r"去年的?(?:这个?时候|此时此?刻?|这会儿|这阵子?|这段时间|这一时期)", "去年同期"),
)
"""Turns of phrase of periods, as `chinese_turns` says them plainly."""
