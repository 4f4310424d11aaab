"""What is taken back in the same breath: 华东的NPS,不对,华南; 不是5月,是4月; not May but April."""

from __future__ import annotations

import re
from datetime import date

from huiyin.ask.meanings import Meaning, Sort, Vocabulary
from huiyin.ask.periods import find_periods
from huiyin.ask.scanning import scan

_MARK = r"[,，。.…;；!！~ —-]"
TAKEN_BACK = re.compile(
    rf"^(?P<said>.{{0,80}}?)(?:(?:^|{_MARK}+)(?:哦|噢|啊|呃|额|嗯)?"
    r"(?:不对不对|不对|不是不是|哦不|噢不|啊不|不不|应该说|准确说|更正一下|更正"
    r"|(?:oh |sorry,? )?no,? wait|wait,? no|make that|correction|or rather"
    r"|scratch that|strike that|no,? sorry|sorry,? no)"
    rf"|{_MARK}+(?:我是说|我是指|我说的是|我指的是|i mean|i meant)"
    rf"|(?<=[,，。…;；])(?:不|no)(?=[,，。…;；])"
    r"|(?:我)?(?:说|打|写|搞|弄|讲)错了|口误)"
    rf"(?:{_MARK}|[:：]|(?:应该|我说的)?是(?=.)|(?<=说的是|指的是|我是说|我是指)"
    r"|(?<=mean )|(?<=meant ))+(?P<meant>.+)$"
)
"""What follows is meant; what it leaves unsaid stays as it was."""


def corrected(text: str) -> tuple[str, str] | None:
    """Part what is said first from what is meant instead.

    Parameters
    ----------
    text : str
        In normal writing.

    Examples
    --------
    >>> corrected("上个月华东的nps,不对,华南的")
    ('上个月华东的nps', '华南的')
    """
    found = TAKEN_BACK.match(text)
    return (found["said"].strip(), found["meant"].strip()) if found else None


_SEE = r"(?:看|问|查|要|说|谈|提|管|给我看|想看|想问|想要|想知道)"
INSTEAD = re.compile(
    rf"(?:^|(?<=[,，。;；]))(?P<head>(?:我们?|咱们?|这次|今天|现在|帮我|请)*)(?:{_SEE}的)?"
    rf"(?:不是{_SEE}?的?|(?:先|暂时|今天|这次)*(?:别|不|甭|不用|不要|不必|无需|没让你?)(?:再)?{_SEE})"
    r"(?P<a>[^,，。;；?？吗呢]{1,12}?)(?:了|啦|哈|的)?[,，。;；]"
    rf"(?:而?是{_SEE}?|(?:我|就|只|要|想|来|请|帮我|给我)*(?:改|换)?(?:成|{_SEE}){{1,2}}?(?:一下|下|看)?(?:的是)?)(?P<b>.+)$"
)
GROUPED_INSTEAD = re.compile(
    r"(?:^|(?<=[,，。;；]))(?P<head>)(?:不是|不|别)(?:按照?|分)(?P<a>[^,，。;；]{1,6})(?:了|来|分|看)*[,，。;；]"
    r"(?:要|是|改)?(?P<b>(?:按照?|分).+)$"
)
"""不按门店,按城市看."""
RATHER = re.compile(
    rf"(?:^|(?<=[,，。;；]))(?P<head>)与其(?:说|去)?{_SEE}?(?P<a>[^,，。;；]{{1,12}}?)[,，]?"
    rf"(?:不如|还不如|倒不如|宁可|宁愿)(?:去)?{_SEE}?(?:看)?(?P<b>.+)$"
)
"""与其看NPS不如看复购率."""
INSTEAD_EN = re.compile(
    r"^(?P<head>(?:i (?:want|need|mean|asked for) |please |so |and )?)"
    r"(?:not|(?:i )?do not (?:show|give|tell|want|need|mean)(?: me)?|forget(?: about)?|never mind"
    r"|instead of|rather than) (?P<a>[^,;.]{1,40}?)(?:[,;.]| but)(?: but)?"
    r" (?:(?:i|we) (?:want|need|mean|would like|am after) |show me |give me |tell me |what about "
    r"|rather |just |instead )*(?P<b>.+)$"
)
_KIND = (
    r"(?:排名|排行榜?|名次|对比|比较|环比|同比|原因|理由|为什么|为啥|趋势|走势|变化|明细|分析"
    r"|解释|建议|图表?|曲线|原话)"
)
NOT_ASKED = re.compile(
    rf"(?:^|(?<=[,，。;；]))(?:我|先|今天|这次|暂时)*(?:不|别|不用|不要|不必|无需|不想|不需要|甭)"
    rf"(?:再)?(?:看|问|查|要|说|讲|提|管|做|给我|告诉我|跟我说|谈|了解|知道|知晓)*(?:什么)?{_KIND}"
    rf"(?:[和跟或、,，/]?(?:也?不要|也别要?)?{_KIND})*(?:了|啦|哈|这些)?[,，。;；]"
    r"|^(?:no|not|without|i do not (?:need|want|care about)|do not (?:give|show|tell) me|never mind"
    r"|forget|skip|spare me)"
    r" (?:a |an |the |any )?"
    r"(?:ranking|reasons?|why|trends?|comparisons?|charts?|explanations?|details?)[,;.]"
    r"(?: just| only| but)?"
)
"""不问原因,就看5月NPS: what is not wanted says nothing of what is."""
_MEASURES = frozenset({Sort.METRIC, Sort.RATING, Sort.RATE, Sort.AMOUNT})


def instead(text: str, vocabulary: Vocabulary, today: date) -> str:
    """Leave out what is named only to say that something of its sort is not asked about.

    Of 不看短信渠道,看NPS nothing is left out: there the first part says which rows are not meant.

    Parameters
    ----------
    text : str
        In normal writing.
    vocabulary : Vocabulary
    today : date
    """
    less = NOT_ASKED.sub("", text).strip()
    text = less if _sorts(less, vocabulary, today) else text
    for form in (INSTEAD, INSTEAD_EN, GROUPED_INSTEAD, RATHER):
        found = form.search(text)
        if found is None:
            continue
        first = _sorts(found["a"], vocabulary, today)
        if len(first) == 1 and first <= _sorts(found["b"], vocabulary, today):
            return text[: found.start()] + found["head"] + found["b"]
    return text


def _sorts(text: str, vocabulary: Vocabulary, today: date) -> set[str]:
    """Name of what sort the words are: a number, days, or values of which column."""
    tokens = scan(text, vocabulary, find_periods(text, today)).tokens
    return {kind for t in tokens for kind in (["days"] if t.period else _sort(t.first))}


def _sort(meaning: Meaning | None) -> list[str]:
    if meaning is None:
        return []
    if meaning.sort in {Sort.COLUMN, Sort.GENERIC}:
        return ["group"]
    if meaning.sort is Sort.VALUE:
        return [meaning.columns[0]]
    return ["number"] if meaning.sort in _MEASURES else []
