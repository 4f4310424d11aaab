"""Wording that bends answers: leading, double, vague, loaded; scales that lean; lists too long.

Each rule says why, what to write instead, and where that is known from. Rules look for words, so
they warn and never forbid; they are kept narrow, since a warning that is often wrong is not read.

Sources: Dillman, Smyth and Christian (2014), Internet, Phone, Mail and Mixed-Mode Surveys;
Krosnick and Presser (2010), Question and questionnaire design, Handbook of Survey Research 2nd ed.
ch. 9; Schuman and Presser (1981), Questions and Answers in Attitude Surveys; Krosnick and Alwin
(1987), Public Opinion Quarterly 51:201–219; Tourangeau, Rips and Rasinski (2000), The Psychology of
Survey Response; Couper et al. (2013), Social Science Computer Review 31:322–345 (grids).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.collect.surveys.answers import is_rating
from huiyin.collect.surveys.contracts import OTHER, Kind, Look
from huiyin.collect.surveys.definition import (
    Csat,
    Definition,
    Matrix,
    Multiple,
    Ranking,
    Rating,
    Single,
    Words,
)
from huiyin.collect.surveys.filling import fill
from huiyin.collect.surveys.findings import Finding, warning
from huiyin.collect.surveys.sentences import name_question
from huiyin.core.text import EN, ZH, Text

MOST_OPTIONS_IN_ORDER = 8
MOST_RANKED = 7
MOST_ROWS_AT_ONCE = 12
MOST_CHARACTERS = 45
MOST_WORDS = 28
_FEWEST_ON_SCALE = 3
_FEWEST_TO_LACK_ONE = 4
CODE = "wording."


@dataclass(frozen=True, slots=True)
class WordingRule:
    """A rule of good wording: why, what to do instead, and who found it."""

    id: str
    reason: Text
    suggestion: Text
    source: str


_DILLMAN, _KROSNICK = "Dillman, Smyth & Christian 2014", "Krosnick & Presser 2010"
_RULES = (
    WordingRule(
        "leading",
        Text("话里带了答案，会把人往一边引", "it suggests an answer"),
        Text(
            "只问事情，去掉夸赞和“大家都”“难道”这类词。", "Ask plainly: no praise, no “everybody”."
        ),
        f"{_DILLMAN}; Schuman & Presser 1981",
    ),
    WordingRule(
        "double",
        Text("一道题问了两件事，答案说不清是哪一件", "it asks two things at once"),
        Text("拆成两道题，或只留一件。", "Make it two questions, or keep one thing."),
        _DILLMAN,
    ),
    WordingRule(
        "vague",
        Text("词义含糊，每个人理解的不一样", "it means different things to different people"),
        Text(
            "写明时间和次数，如“过去 3 个月”“每周至少一次”。",
            "Say when and how often: “in the past 3 months”, “at least once a week”.",
        ),
        "Tourangeau, Rips & Rasinski 2000",
    ),
    WordingRule(
        "negative",
        Text("否定的问法容易看反", "a negative question is easily read the wrong way round"),
        Text("改成正面的问法。", "Ask it the positive way."),
        _KROSNICK,
    ),
    WordingRule(
        "loaded",
        Text("词里带着褒贬", "the word judges already"),
        Text("换成中性的词。", "Use a neutral word."),
        _DILLMAN,
    ),
    WordingRule(
        "absolute",
        Text("说得太绝对，几乎没人能照着答", "hardly anybody can say so without exception"),
        Text("改问程度或次数。", "Ask how much, or how often."),
        _DILLMAN,
    ),
    WordingRule(
        "jargon",
        Text("内部用语，客户不一定懂", "customers may not know this word"),
        Text("换成客户平时的说法。", "Say it as customers do."),
        _DILLMAN,
    ),
    WordingRule(
        "long",
        Text("太长，手机上一眼看不完", "it is too long to take in on a phone"),
        Text(
            "删到一句话，补充的放进说明。", "Cut it to one sentence; the rest goes into the help."
        ),
        _DILLMAN,
    ),
    WordingRule(
        "unbalanced",
        Text("好的和差的档数不一样，结果会偏", "there are not as many good levels as bad ones"),
        Text("两边档数写成一样多。", "Give both sides as many levels."),
        _KROSNICK,
    ),
    WordingRule(
        "reversed",
        Text("从好排到差，分数会反过来", "it goes from good to bad, which turns the score around"),
        Text(
            "第一档写最差的，最后一档写最好的。", "The first level is the worst, the last the best."
        ),
        _DILLMAN,
    ),
    WordingRule(
        "no_ends",
        Text("量表两端没有文字，分不清哪头是好", "the ends of the scale have no words"),
        Text("写上两端的意思。", "Say what both ends mean."),
        _KROSNICK,
    ),
    WordingRule(
        "many_options",
        Text(
            "选项多又不随机，排在前面的会多选",
            "with so many options the first ones are chosen more",
        ),
        Text("打开随机排列，或减到 8 项以内。", "Put them in random order, or keep 8 at most."),
        "Krosnick & Alwin 1987",
    ),
    WordingRule(
        "many_ranked",
        Text("要排的太多，后几名多半是随便排的", "so many cannot be ranked with care"),
        Text("只请人排前 3 名，或减到 7 项以内。", "Ask for the first 3 only, or keep 7 at most."),
        _KROSNICK,
    ),
    WordingRule(
        "many_rows",
        Text(
            "矩阵太长，容易一路选同一格", "in a matrix this long people tick one column all the way"
        ),
        Text("拆成两题，或减到 12 行以内。", "Split it, or keep 12 rows at most."),
        "Couper et al. 2013",
    ),
    WordingRule(
        "no_way_out",
        Text(
            "必答却没有“其他”或“不适用”，有人只好乱选",
            "it must be answered, yet some fit none of the options",
        ),
        Text(
            "加上“其他”或“不适用”，或改成选答。",
            "Add “other” or “not applicable”, or make it optional.",
        ),
        _DILLMAN,
    ),
)
_BY_ID: Mapping[str, WordingRule] = {rule.id: rule for rule in _RULES}

_PATTERNS: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "leading": {
        ZH: re.compile(
            r"难道|众所周知|大家都|大多数人都?(?:认为|觉得)|您也(?:认为|觉得)|是不是(?:觉得|认为|很)|"
            r"显然|毫无疑问|深受|备受|广受|(?:优质|卓越|一流|贴心|周到|热情|领先|完美|优秀)的?"
            r"(?:产品|服务|团队|体验|品质|员工|客服)|是否(?:同意|赞同|认同)我们"
        ),
        EN: re.compile(
            r"\b(?:don|would|isn|are|aren|wouldn|doesn)[’']?n?t (?:you|it)\b|\bas you know\b|"
            r"\beverybody knows\b|\beveryone knows\b|\bmost people (?:agree|think|say|believe)\b|"
            r"\bobviously\b|\bclearly\b|\bsurely\b|\bdo you agree that\b|"
            r"\b(?:excellent|award-winning|world-class|outstanding|amazing|first-class|superb) "
            r"(?:product|service|team|experience|staff|support|quality)",
            re.IGNORECASE,
        ),
    },
    "vague": {
        ZH: re.compile(
            r"经常|有时候?|偶尔|近期|定期|平时|"
            r"最近(?!一次|\s*[0-9一二三四五六七八九十两半]+\s*[个天周月年次])|等等|之类"
        ),
        EN: re.compile(
            r"(?<!how )\boften\b|\bsometimes\b|\bregularly\b|\brecently\b|\bfrequently\b|"
            r"\boccasionally\b|\betc\b|\band so on\b|\bnowadays\b",
            re.IGNORECASE,
        ),
    },
    "loaded": {
        ZH: re.compile(r"垃圾|糟糕|坑人|坑爹|黑心|可恶|敷衍|忽悠|无良|恶劣|贴心|暖心|良心"),
        EN: re.compile(
            r"\b(?:terrible|awful|horrible|scam|rip-?off|useless|greedy|shoddy)\b", re.IGNORECASE
        ),
    },
    "jargon": {
        ZH: re.compile(r"NPS|CSAT|\bCES\b|SLA|KPI|触点|赋能|闭环|抓手|价格感知|客群"),
        EN: re.compile(r"\b(?:NPS|CSAT|CES|SLA|KPI|ROI|touchpoints?)\b"),
    },
}
"""Of every question."""
_PATTERNS_OF_RATINGS: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "negative": {
        ZH: re.compile(
            r"不[^，。？！]{0,6}不|没有[^，。？！]{0,6}不|是否不|是不是不|并非不|不(?:太)?满意吗"
        ),
        EN: re.compile(r"\bnot\b|n[’']t\b|\bdisagree\b|\bdissatisfied are\b", re.IGNORECASE),
    },
    "absolute": {
        ZH: re.compile(r"总是|从来|从不|每次都|每一次都|所有的?人"),
        EN: re.compile(r"\balways\b|\bnever\b|\bevery time\b|\beverybody\b", re.IGNORECASE),
    },
}
_TWO_THINGS = {
    ZH: re.compile(
        r"(?<![平温共饱总缓调亲])和(?!我们|您|你|他|她|它|贵|别|其他|同|以前|之前|去年|预期|谁|谐|平|蔼)|"
        r"(?<![参赠给])与(?!我们|您|你|他|她|它|贵|其他|会|否|众|预期)|以及|并且|"
        r"(?<![以普涉提得触波危顾])及(?![时格早其])|、"
    ),
    EN: re.compile(
        r"(?<!^)\band\b(?! (?:family|conditions|conditioning|development)\b)", re.IGNORECASE
    ),
}
_TWO_QUESTIONS = re.compile(r"[？?].*[？?]", re.DOTALL)
_BETWEEN = re.compile(r"\bbetween\b|从.+到", re.IGNORECASE)
_OUT = re.compile(
    r"其他|其它|以上都|都不|都没|没有|不知道|不清楚|不适用|不方便|不想|说不|无所谓|"
    r"\bother\b|\bnone\b|don[’']t know|not sure|not applicable|\bn/?a\b|prefer not|neither",
    re.IGNORECASE,
)
_NEUTRAL = re.compile(
    r"一般|说不|不好说|中立|普通|中等|还行|无所谓|尚可|不确定|"
    r"neither|neutral|average|\bokay?\b|\bfair\b|not sure|undecided",
    re.IGNORECASE,
)
_BAD = re.compile(
    r"不|没|难|差|坏|糟|慢|费|劣|失望|"
    r"\bdis|\bun|\bnot\b|poor|\bbad|never|difficult|\bhard|terrible|worst|slow",
    re.IGNORECASE,
)
_GOOD = re.compile(
    r"满意|好|同意|容易|愿意|会|轻松|快|优|赞|推荐|棒|"
    r"satisf|good|agree|easy|great|excellent|likely|happy|fast|best|very|probably|definitely",
    re.IGNORECASE,
)
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")


def wording_rules() -> tuple[WordingRule, ...]:
    """List the rules."""
    return _RULES


def check_wording(definition: Definition) -> tuple[Finding, ...]:
    """Warn of wording that bends answers, in Chinese and English.

    Parameters
    ----------
    definition : Definition

    Returns
    -------
    tuple of Finding
        Warnings with code ``wording.RULE``; each question and rule once.
    """
    found: dict[tuple[str, str], Finding] = {}
    for page in definition.pages:
        for question in page.questions:
            for rule, words in _question(question):
                finding = _say(definition, question, _BY_ID[rule], words)
                found.setdefault(
                    (question.id, rule), finding.at(page=page.id, question=question.id)
                )
    return tuple(found.values())


def _say(definition: Definition, question: Any, rule: WordingRule, words: str) -> Finding:
    form = Text("{q}{words}：{reason}。", "{q}{words}: {reason}.")
    about = Text("里的“{w}”", ", “{w}”").format(w=words) if words else Text.same("")
    sentence = form.format(
        q=name_question(definition, question.id), words=about, reason=rule.reason
    )
    return warning(f"{CODE}{rule.id}", sentence, rule.suggestion)


def _question(question: Any) -> Iterator[tuple[str, str]]:
    if question.kind in {Kind.CONSENT, Kind.CONTACT}:
        return
    for language in (ZH, EN):
        plain = fill(question.title.get(language, ""), {})
        if plain:
            yield from _title(question, plain, language)
    yield from _rows(question)
    yield from _scale(question)
    yield from _list(question)
    yield from _way_out(question)


def _title(question: Any, title: str, language: str) -> Iterator[tuple[str, str]]:
    yield from _found(_PATTERNS, title, language)
    if is_rating(question) or isinstance(question, Single):
        yield from _found(_PATTERNS_OF_RATINGS, title, language)
    if _TWO_QUESTIONS.search(title):
        yield "double", ""
    if is_rating(question) and not _BETWEEN.search(title):
        yield from _two(title, language)
    if question.kind != Kind.NOTE and _too_long(title):
        yield "long", ""


def _found(
    patterns: Mapping[str, Mapping[str, re.Pattern[str]]], words: str, language: str
) -> Iterator[tuple[str, str]]:
    for rule, by_language in patterns.items():
        hit = by_language[language].search(words)
        if hit:
            yield rule, hit[0]


def _two(words: str, language: str) -> Iterator[tuple[str, str]]:
    hit = _TWO_THINGS[language].search(words)
    if hit:
        yield "double", hit[0]


def _too_long(title: str) -> bool:
    characters = len(_IDEOGRAPH.findall(title))
    return characters > MOST_CHARACTERS or len(title.split()) > MOST_WORDS


def _rows(question: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(question, Matrix):
        return
    for row in question.rows:
        for language in (ZH, EN):
            label = row.label.get(language, "")
            yield from ((rule, label) for rule, _ in _two(label, language))
            yield from _found(_PATTERNS, label, language)
    if len(question.rows) > MOST_ROWS_AT_ONCE:
        yield "many_rows", ""


def _scale(question: Any) -> Iterator[tuple[str, str]]:
    levels: Sequence[Words] = ()
    if isinstance(question, (Csat, Matrix)):
        levels = question.words
        yield from (("reversed", "") for _ in [0] if _goes_down(levels))
    elif isinstance(question, Single):
        levels = [option.label for option in question.options]
    if _leans(levels):
        yield "unbalanced", ""
    named = bool(levels) or (getattr(question, "low", None) and getattr(question, "high", None))
    if isinstance(question, (Rating, Matrix)) and question.look is Look.NUMBERS and not named:
        yield "no_ends", ""


def sides(levels: Sequence[Words], language: str) -> list[int] | None:
    """Give -1, 0, 1 for bad, neutral and good levels; None where one is none of these."""
    found: list[int] = []
    for words in levels:
        label = words.get(language, "")
        if _NEUTRAL.search(label):
            found.append(0)
        elif _BAD.search(label):
            found.append(-1)
        elif _GOOD.search(label):
            found.append(1)
        else:
            return None
    return found if len(found) >= _FEWEST_ON_SCALE else None


def _leans(levels: Sequence[Words]) -> bool:
    return any(sum(sides(levels, language) or ()) != 0 for language in (ZH, EN))


def _goes_down(levels: Sequence[Words]) -> bool:
    both = (sides(levels, language) for language in (ZH, EN))
    return any(one is not None and one[0] > one[-1] for one in both)


def _list(question: Any) -> Iterator[tuple[str, str]]:
    if isinstance(question, Ranking):
        places = question.most or len(question.options)
        if len(question.options) > MOST_RANKED and places > _FEWEST_ON_SCALE:
            yield "many_ranked", ""
    if not isinstance(question, (Single, Multiple)) or question.random_order:
        return
    free = [
        one for one in question.options if not (one.fixed or one.exclusive or one.code == OTHER)
    ]
    listed = isinstance(question, Single) and question.pulled_down
    if len(free) > MOST_OPTIONS_IN_ORDER and not listed and not _in_steps(question):
        yield "many_options", ""


def _in_steps(question: Any) -> bool:
    """Tell whether the options have an order of their own: ages, amounts, times."""
    numbered = sum(any(re.search(r"\d", w) for w in one.label.values()) for one in question.options)
    return 2 * numbered > len(question.options)


def _way_out(question: Any) -> Iterator[tuple[str, str]]:
    if not question.required:
        return
    if isinstance(question, Matrix) and not question.not_applicable:
        yield "no_way_out", ""
    if not isinstance(question, (Single, Multiple)) or len(question.options) < _FEWEST_TO_LACK_ONE:
        return
    labels = [option.label for option in question.options]
    if sides(labels, ZH) or sides(labels, EN) or _in_steps(question):
        return
    if not any(
        one.code == OTHER or one.exclusive or _lets_out(one.label) for one in question.options
    ):
        yield "no_way_out", ""


def _lets_out(label: Words) -> bool:
    return any(_OUT.search(words) for words in label.values())
