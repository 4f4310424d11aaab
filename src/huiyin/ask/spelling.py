"""How words are written: widths, traditional characters, pinyin, slips of the pen."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources

from huiyin.ask.english_short_forms import written_out
from huiyin.ask.english_turns import in_plain_english
from huiyin.ask.numerals import read_whole
from huiyin.ask.phrasing import plainly

HAN = re.compile(r"[㐀-鿿]")
BETWEEN_HAN = re.compile(r"(?<=[㐀-鿿]) +(?=[㐀-鿿])")
"""A space between two Chinese characters parts nothing."""
LONGEST_QUESTION = 500
LONG_NUMBER = re.compile(r"\d{2,9}$")
STAND_IN = "473829165"
READINGS = {
    "重庆": ("chong", "qing"),
    "长": ("chang",),
    "行业": ("hang", "ye"),
    "银行": ("yin", "hang"),
    "厦门": ("xia", "men"),
    "收银": ("shou", "yin"),
    "家咀": ("jia", "zui"),
    "大区": ("da", "qu"),
    "满意率": ("man", "yi", "lv"),
}
"""Words whose characters are read otherwise than alone."""
SOUNDS_ALIKE = (
    (re.compile(r"^([zcs])h"), r"\1"),
    (re.compile(r"^n(?=[aeiou])"), "l"),
    (re.compile(r"(?<=[aei])ng$"), "n"),
)
"""What many dialects, and their keyboards, do not part: zh and z, n and l, -ng and -n."""


@cache
def _syllables() -> dict[str, str]:
    lines = _lines("syllables.txt")
    return {
        char: syllable for syllable, chars in (line.split() for line in lines) for char in chars
    }


@cache
def _simplified() -> dict[int, str]:
    pairs = (pair for line in _lines("traditional.txt") for pair in line.split())
    return {ord(pair[0]): pair[1] for pair in pairs}


def _lines(name: str) -> list[str]:
    text = resources.files("huiyin.ask").joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line.strip()]


MONTHS_SPELLED = ("yi", "er", "san", "si", "wu", "liu", "qi", "ba", "jiu", "shi", "shiyi", "shier")
SPELLED = {
    "shanggeyue": "上个月", "shangyue": "上月", "benyue": "本月", "zhegeyue": "这个月",
    "shangzhou": "上周", "benzhou": "本周",
    "zhezhou": "这周", "jinnian": "今年", "qunian": "去年", "qiannian": "前年",
    "zuotian": "昨天", "jinsangeyue": "近三个月", "jinbannian": "近半年", "shangjidu": "上季度",
    "benjidu": "本季度", "shangbannian": "上半年", "xiabannian": "下半年", "duoshao": "多少",
    "zenmeyang": "怎么样", "weishenme": "为什么", "weisha": "为啥", "paiming": "排名", "de": "的",
    "tongbi": "同比", "huanbi": "环比", "zuicha": "最差", "zuidi": "最低", "zuigao": "最高",
    "zuihao": "最好", "qushi": "趋势", "shi": "是", "gege": "各个", "nage": "哪个", "meige": "每个",
    "meiyue": "每月", "jige": "几个", "sange": "三个", "liangge": "两个", "wuge": "五个",
    "shige": "十个", **{f"{n}yue": f"{i}月" for i, n in enumerate(MONTHS_SPELLED, 1)},
    "jinqi": "近期", "zuijin": "最近", "natian": "那天", "guoqu": "过去", "zheyue": "这月",
    "jinliugeyue": "近六个月", "jinyinian": "近一年", "zhege": "这个",
    "shanggejidu": "上个季度", "zuijinsangeyue": "最近三个月", "bangwo": "帮我",
    "kankan": "看看", "chakan": "查看", "na": "哪", "he": "和", "gen": "跟", "bi": "比",
    "bijiao": "比较", "kehu": "客户",
}  # fmt: skip
"""Chinese words that are not about the data, as a keyboard without Chinese writes them."""
SPELLED_OUT = re.compile(
    r"(?<![a-z0-9])(?:"
    + "|".join(
        r"\s?".join(re.escape(part) for part in re.findall(r"[a-z]", word))
        for word in sorted(SPELLED, key=len, reverse=True)
    )
    + r")(?![a-z0-9])"
)
HAN_DIGITS = "零一二三四五六七八九"
HAN_YEAR = re.compile(r"([一二][零〇九][零一二三四五六七八九〇]{2})(?=年)")
TENTHS = re.compile(r"([一二三四五六七八九])成([一二三四五六七八九])(?![个家名位成])")
HAN_AGE = re.compile(
    r"(?<![一二三四五六七八九])[二三四五六七八九]?十[一二三四五六七八九]?(?=周?岁)"
)
"""四十五岁."""
AGES = re.compile(r"(?<!\d)(\d{2})岁(?:到|至|-|~)(\d{2})岁")
ALL_PARTS = re.compile(
    r"(?<=[年度])(?:的|里|里的|全部|所有)?(?:四个季度|(?:12|十二)个月(?!来|内|的?时间))"
)
"""去年四个季度: each of them."""
STARS = re.compile(r"([一二三四五])星(?![期座巴])")
GIVEN = re.compile(r"(?<=[打给评])([零一二三四五六七八九])分(?![钟之析])")
"""给一分的: a level that was given, written out."""
DAYS_SPOKEN = re.compile(r"([昨今前明])儿个?(?!童|子)")
"""昨儿个: yesterday as it is said in the north."""
POINTS = re.compile(r"([差高低掉涨跌升降多少]了?出?)几点")
"""差几点 is about points, not about the clock."""
OF_ALL = re.compile(
    r"([比跟和与较同])(?:公司|全公司|本公司|集团|总体|整体|全体|全国|所有人|所有客户|全部)的?"
    r"(?:平均(?:水平|值|线|分)?|均值|大盘)"
)
"""比公司平均低."""
COMES_BACK = re.compile(r"\b(?:(?<!to )(?<!ing )comes?|came) back\b")
WISHES = re.compile(
    r"likel|willing|intent|intend|want|wish|would|happy|keen|will |expect|plan|bring|make|keep"
)
"""Who comes back did so; who would is another question."""
CITIES = re.compile(r"([两二三四五六七八九十])城(?=各|都|的|分别|里|中|$|[,。])")
"""四城各多少."""
TAKEN_BACK = re.compile(
    r"^.{0,60}?(?:算了"
    r"|\bactually no\b|(?<!no )\bsorry\b|\bscratch that\b)[,，。.…;；!！~ —-]+(?=.{6,})"
)
"""What is given up in the same breath: what follows is asked instead."""


@cache
def _spoken_periods() -> dict[tuple[str, ...], str]:
    found = {w: syllables(w) for w in SPELLED.values() if len(w) > 2}  # noqa: PLR2004
    return {heard: word for word, heard in found.items() if heard}


MOST_WORDS = 30_000
"""Words kept in mind as they are written in one way: a vocabulary has some 12,000, mostly ours."""
HOW_MANY_OF = re.compile(r"[这那]?[两二三四]个?(?:项|方面|指标|维度)(?=的|都|$|[,，])")
"""两项 of 服务和价格两项的满意率 counts what is named already."""


def _mended(text: str) -> str:
    """Write 上各月 as 上个月: a word of the calendar that only sounds right."""
    for size in (4, 3):
        for at in range(len(text) - size + 1):
            part = text[at : at + size]
            heard = syllables(part) if all(map(is_han, part)) else None
            meant = _spoken_periods().get(heard) if heard else None
            same = sum(a == b for a, b in zip(part, meant or "", strict=False))
            if meant and size - 1 <= same < size:
                text = text[:at] + meant + text[at + size :]
    return text


@lru_cache(MOST_WORDS)
def normal(words: str) -> str:
    """Write words in one way: narrow, small letters, simplified characters, one space between.

    At most 500 characters are read; what cannot be seen is left out.
    """
    narrow = unicodedata.normalize("NFKC", words[: 2 * LONGEST_QUESTION]).casefold()
    plain = narrow.translate(_simplified()).replace("’", "'").replace("‘", "'")
    plain = BETWEEN_HAN.sub("", plain)
    plain = plain.replace("咋样", "怎么样").replace("咋", "怎么")
    plain = re.sub(r">=|≧", "≥", re.sub(r"<=|≦", "≤", plain))
    plain = written_out(plain)
    plain = SPELLED_OUT.sub(lambda m: SPELLED[re.sub(r"[\s']", "", m[0])], plain)
    plain = plainly(plain)
    plain = HAN_YEAR.sub(
        lambda m: "".join(str(HAN_DIGITS.index(c.replace("〇", "零"))) for c in m[1]), plain
    )
    plain = TENTHS.sub(lambda m: f"{HAN_DIGITS.index(m[1])}{HAN_DIGITS.index(m[2])}%", plain)
    plain = HAN_AGE.sub(lambda m: f"{read_whole(m[0])}", plain)
    plain = AGES.sub(r"\1-\2岁", plain)
    plain = HOW_MANY_OF.sub("", _mended(TAKEN_BACK.sub("", plain)))
    plain = STARS.sub(lambda m: f"{HAN_DIGITS.index(m[1])}星", plain)
    plain = GIVEN.sub(lambda m: f"{HAN_DIGITS.index(m[1])}分", plain)
    plain = DAYS_SPOKEN.sub(r"\1天", plain)
    plain = POINTS.sub(r"\1几个点", plain)
    plain = OF_ALL.sub(r"\1整体水平", plain)
    plain = ALL_PARTS.sub(lambda m: "各季度" if "季" in m[0] else "各月", plain)
    plain = CITIES.sub(r"\1个城市", plain)
    plain = COMES_BACK.sub("come again" if WISHES.search(plain) else "repurchase", plain)
    plain = in_plain_english(plain)
    seen = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in plain)
    return " ".join(seen.split())[:LONGEST_QUESTION]


def normal_numbered(words: str) -> str:
    """Write words that end in a number in one way: once for all numbers as long, they are many.

    Examples
    --------
    >>> normal_numbered("Agent No. 012") == normal("Agent No. 012")
    True
    """
    found = LONG_NUMBER.search(words)
    if found is None:
        return normal(words)
    stand_in = STAND_IN[: len(found[0])]
    written = _normal_once(words[: found.start()] + stand_in)
    return written.replace(stand_in, found[0]) if written.count(stand_in) == 1 else normal(words)


@lru_cache(maxsize=1024)
def _normal_once(words: str) -> str:
    return normal(words)


def is_han(char: str) -> bool:
    """Tell whether a character is Chinese."""
    return HAN.match(char) is not None


@cache
def syllables(words: str) -> tuple[str, ...] | None:
    """Read Chinese characters as pinyin without tones; None where one has no known reading."""
    found: list[str] = []
    at = 0
    while at < len(words):
        known = next((w for w in READINGS if words.startswith(w, at)), None)
        if known:
            found += READINGS[known]
            at += len(known)
            continue
        syllable = _syllables().get(words[at])
        if syllable is None:
            return None
        found.append(syllable)
        at += 1
    return tuple(found)


def sound(syllable: str) -> str:
    """Give how a syllable sounds to an ear that does not part zh and z, n and l, -ng and -n."""
    for pattern, plain in SOUNDS_ALIKE:
        syllable = pattern.sub(plain, syllable)
    return syllable


@cache
def sounds(words: str) -> tuple[str, ...] | None:
    """Give how Chinese words sound, a syllable each."""
    read = syllables(words)
    return tuple(map(sound, read)) if read else None


def one_left_out(parts: tuple[str, ...]) -> list[tuple[str, ...]]:
    """List what is left when one part is left out: two words that share one differ by one slip."""
    return [parts[:at] + parts[at + 1 :] for at in range(len(parts))]


PLURAL, SILENT = 5, 5
SIBILANT = re.compile(r"(?:s|x|z|ch|sh|i)es$")


def stem(word: str) -> str:
    """Take a plain English ending off: shops, reached, improving; and an e at the end."""
    if word.endswith("es") and len(word) >= PLURAL and not SIBILANT.search(word):
        word = word[:-1]
    for ending, shortest in (("ies", 5), ("ing", 6), ("ed", 5), ("es", 5), ("s", 4)):
        if word.endswith(ending) and len(word) >= shortest and not word.endswith("ss"):
            word = word[: -len(ending)] + ("y" if ending == "ies" else "")
            break
    return word[:-1] if word.endswith("e") and len(word) >= SILENT else word
