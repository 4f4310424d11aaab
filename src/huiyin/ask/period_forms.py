"""How periods are written: 上个月, 近三个月, 2025年Q4, 国庆期间, March to May, since January."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from huiyin.ask.days import EVER, VAGUE, named_periods
from huiyin.ask.dictionary import words
from huiyin.ask.english_periods import EN_BEFORE, EN_YEAR, english_forms, telling_forms
from huiyin.ask.numerals import HAN_NUMBER
from huiyin.ask.period_readers import (
    Read,
    days_back,
    fixed,
    half_month,
    half_year,
    read_day,
    read_day_of,
    read_days,
    read_dotted,
    read_edge,
    read_first_months,
    read_first_of_year,
    read_half,
    read_holiday,
    read_iso,
    read_last,
    read_month,
    read_month_of_quarter,
    read_months,
    read_named,
    read_part,
    read_quarter,
    read_since_year,
    read_third,
    read_thirds,
    read_weekday,
    read_weekdays,
    read_year,
    reserved,
    year_to_date,
)

N = rf"(?:\d{{1,3}}|{HAN_NUMBER}{{1,3}})"
YEAR = (
    r"(?P<y>(?<!\d)(?:19|20)\d{2}\s*年?|(?<!\d)\d{2}\s*年|今年|去年|前年|上年|上一年|本年"
    r"|这一年|大前年|last year(?:'s)?|this year(?:'s)?)\s*度?\s*的?\s*"
)
UNIT = r"(?P<unit>天|日|周|个?星期|个?礼拜|个?月|个?季度?|年)"
DAYS_OF_AN_OUTCOME = (
    r"(?:最近|过去|近)?(?:90|九十)天(?:之内|以内|内|里)?(?=的?(?:复购|回购|再购|再次购买|重复购买|再买|再来|回头|又买|又来))"
    r"|(?:最近|过去|近)?(?:30|三十)天(?:之内|以内|内|里)?(?=(?:有|没有?|无|未)?(?:出|发生|遇到|碰到)?过?故障)"
)
"""Days that are part of what is counted, 90 天内复购: no period."""
BEFORE_THAT = "before that"


def _alternatives(names: dict[str, object]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def _comparisons() -> str:
    told = [*words().signals["year_ago"], *words().signals["previous"]]
    plain = "|".join(re.escape(word) for word in sorted(told, key=len, reverse=True))
    return rf"(?<![a-z])(?:{plain})(?![a-z])"


def _names() -> Iterator[tuple[str, Read]]:
    holidays, named = named_periods()
    tail = (
        rf"(?:的?[这那]?{N}天(?:假期?)?|小长假|的?[那这]个?(?:长假|假期|小长假|黄金周)|期间"
        rf"|那几天|那会儿|那一?阵[子儿]?|那段时间|时候|[当那][天日]|那一天"
        r"|(?: holiday| week| festival| period| sale)s?\b)?"
    )
    for known, read in ((holidays, read_holiday), (named, read_named)):
        name = f"(?P<name>{_alternatives(dict(known))})"
        yield rf"{YEAR}(?<!双)(?:{name}){tail}", read
        yield rf"{EN_BEFORE}(?<![\w.双]){name}(?!月|\d(?!\d?天)|[.]\d){tail}{EN_YEAR}?", read


@cache
def period_forms() -> tuple[tuple[re.Pattern[str], Read], ...]:
    """List the forms, the more telling ones first."""
    back = r"(?P<back>上上个|上上|上一个|上个|上一|上|这一个|这个|这一|这|本|当)"
    recent = r"(?:最近的?|过去的?|近|这)"
    holidays, named = named_periods()
    every: dict[str, object] = {**holidays, **named}
    forms: list[tuple[str, Read]] = [
        *telling_forms(_alternatives(every)),
        (
            (
                rf"(?:{YEAR})?(?:{_alternatives(every)})(?:节|假期)?"
                rf"(?:前后|之前|之后|前夕|前|后)(?:的?{N}?{UNIT})?"
            ),
            fixed(VAGUE),
        ),
        (
            (
                rf"(?:{YEAR})?(?<![\d.·])(?P<m>1[0-2]|[1-9])[.·](?P<d>[12]\d|3[01]|0?[1-9])[日号]?"
                r"(?=[那当][天日]|那一天)"
            ),
            read_day,
        ),
        (
            (
                r"(?:最近|过去|近)(?:的)?(?P<n>[两二三四五六2-6])(?P<unit>月)"
                r"(?!份|底|初|中|\d|[日号到至~-])"
            ),
            read_last,
        ),
        (_comparisons(), reserved),
        (DAYS_OF_AN_OUTCOME, reserved),
        (
            (
                rf"(?:{YEAR})?(?P<m>(?<!\d)\d{{1,2}}|{HAN_NUMBER}{{1,3}})月份?的?"
                r"(?P<third>[上中]旬)(?:到|至)(?P<third2>[中下]旬)"
            ),
            read_thirds,
        ),
        (
            (
                rf"(?:{YEAR})?(?P<m>(?<!\d)\d{{1,2}}|{HAN_NUMBER}{{1,3}})月份?的?"
                r"(?P<third>[上中下]旬|[上下]半月)"
            ),
            read_third,
        ),
        (rf"{back}(?P<unit>个?月)份?的?(?P<third>[上中下]旬|[上下]半月)", read_third),
        (
            (
                rf"(?:{YEAR})?(?P<m>(?<!\d)\d{{1,2}}|{HAN_NUMBER}{{1,3}})月份?的?(?P<side>前|头|最后|后)"
                rf"(?P<n>{N})(?P<edge>天|周|个?星期|个?礼拜)"
            ),
            read_edge,
        ),
        (
            (
                rf"{back}(?P<unit>个?月)份?的?(?P<side>前|头|最后|后)"
                rf"(?P<n>{N})(?P<edge>天|周|个?星期|个?礼拜)"
            ),
            read_edge,
        ),
        (
            (
                r"(?<!\d)(?:今年)?(?:年初|开年|年头|1月1[日号]|元旦)(?:到|至)(?:现在|今天|今(?!年)|目前|昨天|眼下)为?止?"
                r"|今年(?:以来|至今|到现在|到目前为?止?|迄今)|(?:年初|开年)以来"
                r"|(?:从|自)?(?:今年)?(?:年初|开年|年头)(?:算|开始)?起|(?:从|自)(?:今年)?(?:年初|开年|年头)(?:开始)?(?!到|至)"
            ),
            year_to_date("year"),
        ),
        (rf"{YEAR}初?(?:到|至)(?:现在|今天|今(?!年)|目前|昨天|眼下)为?止?", read_since_year),
        (
            rf"(?:从|自)?(?:{YEAR}(?:年?初|开年|年头)|年初|开年|年头)(?=(?:一直)?(?:到|至))",
            read_first_of_year,
        ),
        (
            rf"第\s*(?:\d{{1,2}}|{HAN_NUMBER}{{1,3}})\s*个?(?:周|星期|礼拜)|\bweek \d{{1,2}}\b",
            fixed(VAGUE),
        ),
        (
            r"(?:本月|这个?月)?月初(?:到|至)(?:现在|今天|今(?!年)|目前|昨天)|(?:本月|这个月)(?:以来|至今|到现在|到目前)",
            year_to_date("month"),
        ),
        *_names(),
        (r"(?<!\d)(?P<y>20\d{2})(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)", read_iso),
        (
            (
                rf"(?:{YEAR})?(?<![\d.])(?P<m>1[0-2]|[1-9])\.(?P<d>[1-9]|[12]\d|3[01])\s*(?:-|~|–|—|到"
                rf"|至)\s*"
                r"(?P<m2>1[0-2]|[1-9])\.(?P<d2>[1-9]|[12]\d|3[01])(?![\d.]|\s*版)"
            ),
            read_dotted,
        ),
        (r"(?<!\d)(?P<y>20\d{2})[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?(?!\d)", read_iso),
        (
            rf"(?:{YEAR})?(?P<m>{N})月份?(?P<d>{N})[日号]?\s*(?:到|至|-|~|–|—)\s*(?P<d2>{N})(?:[日号]|(?!\d|月|[分%个点]|周?岁))",
            read_days,
        ),
        (rf"{back}(?P<unit>个?月)的?(?P<d>{N})[日号]", read_day_of),
        (
            rf"(?:{YEAR})?(?P<m>{N})月份?(?P<d>{N})(?:[日号]|(?=(?:到|至|-|~)(?!\d+周?岁)|以?来|开始|起))",
            read_day,
        ),
        (rf"(?:{YEAR})?(?P<m>{N})月?份?\s*(?:到|至|-|~|–|—)\s*(?P<m2>{N})月份?", read_months),
        (rf"{YEAR}(?:前|头)(?P<n>{N})个?月", read_first_months),
        (
            (
                rf"(?:{YEAR})?(?P<m>(?<!\d)\d{{1,2}}|{HAN_NUMBER}{{1,3}})月份?"
                r"(?!\d(?!\.\d|\d?(?:(?:到|至|-|~)\d+)?周?岁))"
            ),
            read_month,
        ),
        (
            (
                rf"(?:{YEAR})?q(?P<q>[1-4])(?!\d)(?:\s*(?:of\s+)?(?P<y2>20\d{{2}}"
                rf"|last year|this year)\b)?"
            ),
            read_quarter,
        ),
        (r"(?:最近|过去|近)的?[一1]季度?", fixed(VAGUE)),
        (
            (
                rf"(?:{YEAR})?(?:第(?P<q>[1-4一二三四])个?|(?P<q2>[1-4一二三四]))季度?的?"
                r"(?:第(?=[123一二三]))?(?P<at>最后一|头一|首|末|[123一二三])个?月"
            ),
            read_month_of_quarter,
        ),
        (
            rf"(?:{YEAR})?(?:第(?P<q>[1-4一二三四])个?|(?P<q2>[1-4一二三四]))季度?(?!度)",
            read_quarter,
        ),
        (rf"(?:{YEAR})?(?P<h>上|下)半年", read_half),
        (
            (
                rf"{back}(?:周|星期|礼拜)(?P<w>[一二三四五六])(?:到|至|-|~)"
                rf"(?:{back.replace('back', 'back2')})?(?:周|星期|礼拜)?(?P<w2>[二三四五六日天])"
            ),
            read_weekdays,
        ),
        (
            rf"{back}(?:周|星期|礼拜|个星期)(?P<w>[一二三四五六日天末])(?![组队班号楼期])(?:的?(?:那|这)?[两二2]天)?",
            read_weekday,
        ),
        (rf"{recent}(?P<n>{N})\s*{UNIT}(?:来|内|里|之?内|以来)?", read_last),
        (rf"{recent}个?半个?月", half_month),
        (
            r"(?:最近|过去|近|这)(?:的)?半年(?:来|内|里)?|(?<![上下前后])半年(?:以?来|以?内)",
            half_year,
        ),
        (
            (
                rf"(?<![第每上下本这\d])(?P<n>{N})\s*(?P<unit>天|周|个星期|个礼拜|个月|个季度|年)"
                r"(?:以来|之?内|以内|来)(?!的?人|的?客|店|访)"
            ),
            read_last,
        ),
        (
            r"(?<![月年再之])前(?P<n>[两二三四2-9])\s*(?P<unit>天|周|个?星期|个?礼拜)(?!之?前)",
            read_last,
        ),
        (
            r"(?:再?之?前|头)(?:的)?" + N + r"(?:天|周|个星期|个?月|个?季度)",
            fixed(replace(VAGUE, named=BEFORE_THAT)),
        ),
        (
            r"(?:上(?!一(?:年|周|个月|个星期|个季度))|过去)"
            + N
            + r"(?:天|周|个星期|个月|个季度|年)",
            fixed(VAGUE),
        ),
        (
            rf"{back}(?P<unit>个?月|周|个?星期|个?礼拜|个?季度?)(?:份|度)?(?!几(?!分|个?百分点|个点|成|颗))",
            read_part,
        ),
        (
            rf"{YEAR}(?:年?底|年?末(?![位尾端])|年?初(?![次步级中夏冬春秋])|年中(?![秋国]))(?!的?{N}个月|到|至)",
            fixed(VAGUE),
        ),
        (
            (
                r"(?P<y>今年|去年|前年|上年|上一年|本年|这一年|大前年"
                r"|(?<!\d)(?:20)?\d{2}\s*年)度?(?:全年|一整年|整年|一年(?!级|来)|整个一年)?(?!同(?!比))"
            ),
            read_year,
        ),
        (r"大前天", days_back(3)),
        (r"前天", days_back(2)),
        (r"昨[天日]|yesterday", days_back(1)),
        (r"今[天日]|\btoday\b", days_back(0)),
        (
            (
                r"一直以来|有史以来|历史上?|全部时间|所有时间|全时段|\ball[- ]time\b"
                r"|\bever since the beginning\b|\bof all time\b"
            ),
            fixed(EVER),
        ),
        *english_forms(),
        (r"(?<![\d.\-])(?P<y>20[12]\d)(?![\d.\-%])", read_year),
    ]
    return tuple((re.compile(pattern, re.ASCII), read) for pattern, read in forms)
