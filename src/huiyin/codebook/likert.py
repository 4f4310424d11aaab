# ruff: noqa: E501, PLR2004 -- word lists read best unbroken; the shares and counts of the rules stand where they are explained
"""Answer scales in words: which order the words have, and which end is the good one."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from huiyin.codebook.contracts import Scale
from huiyin.core.patterns import later

NOT_AN_ANSWER = later(
    r"n/?a\.?|nan|null|nil|-+|—+|\.+|/+|#n/a|not (?:available|applicable|answered|asked|selected)|"
    r"(?:.* )?\(n/a\)|n/a .*|unknown|no (?:answer|response|opinion|basis.*|reply)|refused|"
    r"missing|don[’'?]?t know.*|do not know.*|dk|prefer not to (?:answer|say|disclose).*|"
    r"can[’']?t say|cannot say|unfamiliar.*|not applicable.*|i don[’']?t do this|skipped?|"
    r"\(跳过\)|\(空\)|跳过|空|未填|未答|未作答|无回答|不适用|不清楚|不知道|说不清楚?|拒答|拒绝回答|未使用过?|没用过|没有使用过?|"
    r"不涉及|未接触|未体验|不了解|没有接触|无法评价|暂无|未评价|未知|不详|难以回答|很难说|不便回答|未评分"
)
_TIDY = later(r"[\s　]+")
_NUMBERED = later(
    r"^[(\[【]?\s*(-?\d{1,3})\s*[)\]】]?\s*(?:分|星|points?|stars?)?\s*[-–—=:：.、,，(（)\s]*\s*(\D.*?)[)）]?\s*$"
)
_TRAILING_NUMBER = later(r"^(\D+?)\s*[-–—=:：(（]\s*(-?\d{1,3})\s*(?:分|points?)?[)）]?$")
_STAR = later(r"^[★⭐🌟][️]?[★⭐🌟️]*([☆✩]*)$")
_STAR_WORDS = later(
    r"^(10|[0-9一二三四五六七八九十])(?:\s*(?:/|out of|of)\s*(\d+))?\s*(?:星级?|颗星|stars?)?$"
)
_POINTS = later(r"^(-?\d{1,3}(?:\.\d{1,2})?)\s*(分|points?|pts?)?$")
_CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九十")}
_MIN_LEVELS = 2
_LONGEST = 200
"""Characters of a label; anything longer is no level."""
_MAX_LEVELS = 11


@dataclass(frozen=True, slots=True)
class _Family:
    """Words that share a scale: what the good end, the bad end and the middle say."""

    name: str
    good: re.Pattern[str]
    bad: re.Pattern[str] | None
    known: bool = True


def _family(name: str, good: str, bad: str | None) -> _Family:
    return _Family(name, later(good), later(bad) if bad else None)


_FAMILIES = (
    _family(
        "satisfied",
        r"\bsatisf(?:ied|actory)\b|满意|\bzufrieden\b|\bsatisf(?:ait|echo)",
        r"\bdissatisf|\bunsatisf|\bnot satisf|不满|\bunzufrieden|\binsatisf",
    ),
    _family(
        "agree",
        r"\bagree\b|同意|赞同|认同|符合|\bzustimm",
        r"\bdisagree\b|不(?:太|大)?(?:同意|赞同|认同|符合)",
    ),
    _family(
        "likely",
        r"\blikely\b|可能|愿意|会(?:推荐|购买|考虑|再)|\bprobably (?:yes|will|would)\b|\bdefinitely (?:yes|will|would)\b|\bwould\b|\bwilling\b",
        r"\bunlikely\b|\bprobably (?:no|not)\b|\bdefinitely (?:no|not)\b|不(?:太|大)?(?:可能|愿意|会)|\bwould not\b|\bunwilling\b",
    ),
    _family("important", r"\bimportant\b|重要", r"\bunimportant\b|不(?:太)?重要"),
    _family(
        "easy",
        r"\beas(?:y|ily)\b|容易|轻松|简单|方便|便捷",
        r"\bdifficult\b|\bhard\b|困难|费力|难|麻烦|复杂|不(?:太)?(?:方便|容易)",
    ),
    _family("comfortable", r"\bcomfortabl[ey]\b|舒适|舒服", r"\buncomfortabl[ey]\b|不舒(?:适|服)"),
    _family(
        "favorable",
        r"\bfavou?rabl[ey]\b|喜欢|\blikes?\b|\blove\b",
        r"\bunfavou?rabl[ey]\b|不喜欢|讨厌|\bdislike\b|\bhate\b",
    ),
    _family(
        "happy",
        r"\bhappy\b|\bpleased\b|开心|高兴|愉快",
        r"\bunhappy\b|不(?:开心|高兴|愉快)|失望|\bdisappointed\b",
    ),
    _family("positive", r"\bpositive(?:ly)?\b|正面|积极", r"\bnegative(?:ly)?\b|负面|消极"),
    _family(
        "effective",
        r"\beffective\b|\bhelpful\b|\buseful\b|\bclear\b|\bconfident\b|\bconcerned\b|\binterested\b|\bfamiliar\b|\bvaluable\b|\brelevant\b|有效|有用|有帮助|清晰|关注|了解|熟悉|信任|专业|及时|热情|\btrust|\bprofessional\b|\bfriendly\b|\bmasculine\b",
        r"\bineffective\b|\bunhelpful\b|\buseless\b|\bunclear\b|\bunfamiliar\b|\bunprofessional\b|\bunfriendly\b|无效|没(?:有)?用|没(?:有)?帮助|不(?:太)?(?:清晰|关注|了解|熟悉|信任|专业|及时|热情)",
    ),
    _family(
        "quality",
        r"\bgood\b|好|\bwell\b|佳|\bpositive\b|\bgut\b|\bbom\b|\bbon\b|\bbien\b",
        r"\bbad\b|\bpoor(?:ly)?\b|差|不好|糟|\bweak\b|劣|坏",
    ),
    _family("high", r"\bhigh\b|高|强|快", r"\blow\b|低|弱|慢"),
    _family(
        "expect",
        r"(?:超出|超过|高于)预期|\b(?:exceed|better|above|more)\w*\b.*\bexpect",
        r"(?:低于|未达到?|不及|不如)预期|\b(?:below|worse|less|short)\w*\b.*\bexpect",
    ),
)
_TWO_SIDED = frozenset({"satisfied", "agree", "likely", "easy", "favorable", "happy"})
_STRENGTH = (
    (3.0, r"\bextremely\b|\bcompletely\b|\bstrongly\b|\btotally\b|\bdefinitely\b|\bhighly\b|\bexcellent\b|\bfully\b|\babsolutely\b|\bmuch\b|\bfar\b|非常|十分|极其|极|特别|完全|强烈|一定|绝对|远|超级|最"),
    (2.5, r"\bvery\b|\bmostly\b|\bquite\b|\bgreatly\b|很|挺|相当|大大"),
    (1.2, r"\bmoderately\b|\bfairly\b|\brather\b|\bsomewhat\b|\bprobably\b|\bgenerally\b|\btend\b|\bpretty\b|\bsomehow\b|比较|较|基本|还算|还|大致|尚"),
    (0.8, r"\bslightly\b|\ba little\b|\ba bit\b|\bmildly\b|稍|略|有点|有些"),
)  # fmt: skip
_STRENGTH_WORDS = tuple((value, later(pattern)) for value, pattern in _STRENGTH)
_MIDDLE = later(
    r"^(?:一般般?|中立|不确定|中等|中性|普通|尚可|还行|还可以|无所谓|说不准|无意见|不好不坏|中|中评|适中|均可|持平|没感觉|"
    r"neutral|nei\w{3,6} .*|neither|average|ok|okay|so[- ]so|mixed|undecided|fair|normal|indifferent|moderate|acceptable|medium|"
    r"no opinion either way|about the same|as expected|met expectations?|in between|unsure|not sure|weder.*|neutre?|符合预期|"
    r"达到预期|不好说|既不.*也不.*|一般满意|满意度一般|half and half)$|^nei\w{3,6}\b|感觉一般$|^nor\b"
)
_NEGATION = later(r"\bnot\b|\bnot at all\b|\bnever\b|\bno\b|毫不|一点(?:也|都)?不|根本不|完全不|不")
_NOT_AT_ALL = later(r"\bnot at all\b|\bnot .* at all\b|一点(?:也|都)?不|毫不|完全不|根本不|从不")
_DENIAL = later(
    r"(?:一点(?:也|都)?不|毫不|毫无|完全不|根本不|从不|不太|不大|不怎么|不是很|没有?|不|"
    r"\bnot at all\b|\bnot (?:too|so|very|really|particularly|that)\b|\bnot\b|\bno\b|\bnever\b)(?! ?,)"
)
_MILD_NOT = later(r"\bnot (?:too|so|very|really|particularly|that)\b|不太|不大|不怎么|不是很")

ORDERED_LISTS: tuple[tuple[str, ...], ...] = (
    ("never", "rarely", "sometimes", "often", "always"),
    ("never", "seldom", "sometimes", "often", "always"),
    ("never", "rarely", "sometimes", "usually", "always"),
    ("never", "seldom", "sometimes", "usually", "always"),
    ("never", "sometimes", "usually", "always"),
    ("never", "rarely", "sometimes", "often", "very often"),
    ("never", "rarely", "occasionally", "frequently", "always"),
    ("never", "rarely", "occasionally", "often", "always"),
    ("never", "almost never", "sometimes", "almost always", "always"),
    ("never", "rarely", "once in a while", "about half the time", "usually", "always"),
    ("never", "sometimes", "about half the time", "most of the time", "always"),
    ("never", "some of the time", "most of the time", "always"),
    ("从不", "很少", "有时", "经常", "总是"),
    ("从不", "偶尔", "有时", "经常", "总是"),
    ("从来没有", "偶尔", "有时", "经常", "总是"),
    ("从不", "偶尔", "经常", "总是"),
    ("没有", "偶尔", "经常"),
    ("poor", "fair", "good", "very good", "excellent"),
    ("very poor", "poor", "fair", "good", "very good"),
    ("very poor", "poor", "fair", "good", "excellent"),
    ("very poor", "poor", "average", "good", "excellent"),
    ("very poor", "poor", "acceptable", "good", "very good"),
    ("terrible", "poor", "average", "good", "excellent"),
    ("terrible", "poor", "average", "very good", "excellent"),
    ("poor", "fair", "good", "excellent"),
    ("poor", "average", "good", "excellent"),
    ("bad", "ok", "good"),
    ("poor", "ok", "good"),
    ("poor", "average", "good"),
    ("below average", "average", "above average"),
    ("unacceptable", "needs improvement", "good", "excellent"),
    ("unacceptable", "poor", "fair", "good", "excellent"),
    ("很差", "差", "一般", "好", "很好"),
    ("非常差", "差", "一般", "好", "非常好"),
    ("差", "中", "良", "优"),
    ("差", "一般", "良好", "优秀"),
    ("不合格", "合格", "良好", "优秀"),
    ("很差", "较差", "一般", "较好", "很好"),
    ("较差", "一般", "较好", "很好"),
    ("差", "中", "好"),
    ("差", "一般", "好"),
    ("差评", "中评", "好评"),
    ("负面", "中性", "正面"),
    ("负向", "中性", "正向"),
    ("消极", "中性", "积极"),
    ("negative", "neutral", "positive"),
    ("低", "中", "高"),
    ("none at all", "a little", "a moderate amount", "a lot", "a great deal"),
    ("not at all", "a little", "somewhat", "a lot"),
    ("not at all", "not much", "some", "a lot"),
    ("nothing at all", "only a little", "some", "a lot"),
    ("not at all", "slightly", "moderately", "very", "extremely"),
    ("not at all", "a little", "moderately", "quite a bit", "extremely"),
    ("hardly at all", "a little", "some", "a lot"),
    ("no", "somewhat", "yes"),
    ("no", "partially", "yes"),
    ("no, definitely not", "no, probably not", "yes, probably", "yes, definitely"),
    ("definitely no", "probably no", "probably yes", "definitely yes"),
    ("definitely not", "probably not", "might or might not", "probably yes", "definitely yes"),
    ("definitely not", "probably not", "maybe", "probably", "definitely"),
    ("肯定不会", "可能不会", "不确定", "可能会", "肯定会"),
    ("一定不会", "可能不会", "不确定", "可能会", "一定会"),
    ("绝对不会", "可能不会", "不一定", "可能会", "绝对会"),
    ("不会", "不确定", "会"),
    ("不会", "可能会", "会"),
    ("不愿意", "不一定", "愿意"),
    ("完全没有", "基本没有", "一般", "基本有", "完全有"),
    ("未解决", "部分解决", "已解决"),
    ("失望", "一般", "满意", "惊喜"),
    ("much worse", "worse", "about the same", "better", "much better"),
    ("much worse than expected", "worse than expected", "as expected", "better than expected", "much better than expected"),
)  # fmt: skip
"""Whole scales in order, low end first, that intensity words alone do not order."""

_WORST = later(r"\bterrible\b|\bawful\b|\bhorrible\b|\bvery poor\b|极差|糟糕|\bunacceptable\b")
_BEST = later(r"\bexcellent\b|\boutstanding\b|\bperfect\b|\bsuperb\b|优秀|完美|极好|惊喜")


@dataclass(frozen=True, slots=True)
class WordScale:
    """An ordered reading of a column's words.

    Attributes
    ----------
    scale : Scale
    family : str
        ``satisfied``, ``agree``, ``likely``, ``easy``, ``frequency``, ``stars``, ``numbered``…
    sure : bool
        False where the order is a guess that a person should check.
    """

    scale: Scale
    family: str
    sure: bool = True


@lru_cache(maxsize=65_536)
def tidy(label: str) -> str:
    """Bring a label to one form: full width to half, one blank, lower case, no end punctuation."""
    text = unicodedata.normalize("NFKC", label).replace("’", "'").lower()
    return _TIDY.sub(" ", text).strip(" .。!！;；,，\"'“”").strip()


@lru_cache(maxsize=65_536)
def is_no_answer(label: str) -> bool:
    """Tell whether a value says “no answer” in words: 不适用, N/A, Don't know…."""
    if label[:1].isdigit() or len(label) > _LONGEST:
        return False
    text = tidy(label)
    return not text or NOT_AN_ANSWER.fullmatch(text) is not None


def read_words(labels: Sequence[str]) -> WordScale | None:
    """Find the order of a scale answered in words.

    Parameters
    ----------
    labels : sequence of str
        Distinct values as they stand in the file, “no answer” words already taken away.

    Returns
    -------
    WordScale or None
        None where the words carry no order. Codes run from 1 at the low end, or are the numbers
        that stand in the labels; levels nobody chose are kept where the wording implies them.
    """
    if not _MIN_LEVELS <= len(labels) <= _MAX_LEVELS + 4 or max(map(len, labels)) > _LONGEST:
        return None
    for reader in (_stars, _points, _numbered, _listed, _graded, _unseen):
        found = reader(labels)
        if found is not None:
            return found
    return None


def _stars(labels: Sequence[str]) -> WordScale | None:
    codes: dict[str, float] = {}
    top = 5
    for label in labels:
        text = tidy(label)
        drawn = _STAR.match(text.replace(" ", ""))
        said = _STAR_WORDS.match(text)
        if drawn:
            filled = sum(text.count(star) for star in "★⭐🌟")
            codes[label] = filled
            top = max(top, filled + len(drawn.group(1)))
        elif said and not text.isdigit():
            codes[label] = _CHINESE_DIGITS.get(said.group(1)) or float(said.group(1))
            top = max(top, int(said.group(2) or 0), int(codes[label]))
        elif text in {"☆☆☆☆☆", "no stars", "0 stars"}:
            codes[label] = 0
        else:
            return None
    low = min(1.0, *codes.values())
    return WordScale(Scale(low, float(10 if top > 5 else 5), 1, codes), "stars")


def read_points(labels: Sequence[str]) -> dict[str, float]:
    """Give the number of each label written as points: 9分, 9 points; empty where one is not.

    Bare numbers may stand among them, but not alone.
    """
    found = {label: _POINTS.match(tidy(label)) for label in labels}
    read = {label: match for label, match in found.items() if match}
    if len(read) < len(found) or not any(match.group(2) for match in read.values()):
        return {}
    return {label: float(match.group(1)) for label, match in read.items()}


def _points(labels: Sequence[str]) -> WordScale | None:
    codes = read_points(labels)
    if not codes:
        return None
    return WordScale(Scale(*_standard_ends(sorted(set(codes.values()))), 1, codes), "points")


def _numbered(labels: Sequence[str]) -> WordScale | None:
    codes: dict[str, float] = {}
    words: dict[str, str] = {}
    for label in labels:
        text = tidy(label)
        led, trailed = _NUMBERED.match(text), _TRAILING_NUMBER.match(text)
        if text.lstrip("-").isdigit():
            codes[label] = float(text)
        elif led:
            codes[label], words[label] = float(led.group(1)), led.group(2)
        elif trailed:
            codes[label], words[label] = float(trailed.group(2)), trailed.group(1)
        else:
            return None
    grades = {label: grade for label, word in words.items() if (grade := grade_word(word))}
    values = sorted(set(codes.values()))
    if not words or values[-1] - values[0] >= _MAX_LEVELS or len(grades) < min(2, len(words)):
        return None
    family = next(iter(grades.values()))[0]
    direction = _direction(codes, {label: grade[1] for label, grade in grades.items()})
    scale = Scale(*_standard_ends(values), direction, codes)
    return WordScale(scale, family, sure=len(grades) == len(words))


def _standard_ends(values: Sequence[float]) -> tuple[float, float]:
    low, high = values[0], values[-1]
    for first, last in ((1, 3), (1, 4), (1, 5), (1, 7), (0, 4), (0, 5), (1, 10), (0, 10)):
        if first <= low and high <= last and len(values) >= (last - first + 1) / 2:
            return float(first), float(last)
    return low, high


def _direction(codes: Mapping[str, float], grades: Mapping[str, float]) -> int:
    pairs = sorted((codes[label], grade) for label, grade in grades.items())
    rising = sum(b[1] - a[1] for a, b in itertools.pairwise(pairs))
    return -1 if rising < 0 else 1


def _listed(labels: Sequence[str]) -> WordScale | None:
    tidied = {label: tidy(label) for label in labels}
    wanted = set(tidied.values())
    best: tuple[str, ...] | None = None
    for words in ORDERED_LISTS:
        fits = wanted <= set(words)
        if fits and (best is None or len(words) < len(best)):
            best = words
    if best is None or len(wanted) < min(2, len(best)):
        return None
    codes = {label: float(best.index(text) + 1) for label, text in tidied.items()}
    return WordScale(Scale(1.0, float(len(best)), 1, codes), _list_family(best))


def _list_family(words: Sequence[str]) -> str:
    if words[0] in {"never", "从不", "从来没有", "没有"}:
        return "frequency"
    if words[0] in {"低", "not at all", "none at all", "nothing at all", "hardly at all"}:
        return "degree"
    if words[-1] in {"yes", "definitely yes", "肯定会", "一定会", "绝对会", "会", "愿意", "definitely", "yes, definitely"}:  # fmt: skip
        return "likely"
    return "quality"


@lru_cache(maxsize=65_536)
def grade_word(word: str) -> tuple[str, float] | None:
    """Give the family of a level's word and how good it is, worst −3 to best 3; None: no level."""
    text = tidy(word)
    if _MIDDLE.match(text):
        return "middle", 0.0
    if _WORST.search(text):
        return "quality", -3.0
    if _BEST.search(text):
        return "quality", 3.0
    for family in _FAMILIES:
        grade = _grade(text, family)
        if grade is not None:
            return family.name, grade
    return None


def _grade(text: str, family: _Family) -> float | None:
    bad = family.bad is not None and family.bad.search(text) is not None
    good = family.good.search(text) is not None
    if not good and not bad:
        return None
    if len(text) > 40:  # a sentence, not a level
        return None
    if bad:
        return _grade_of_bad(text, family)
    if _NOT_AT_ALL.search(text):
        return -3.0
    if _MILD_NOT.search(text):
        return -1.2
    return -2.0 if _NEGATION.search(text) else _strength(text, 2.0)


def _denies_bad(text: str, family: _Family) -> bool:
    """Tell whether a bad word is denied (不难, not difficult), which is good."""
    rest = _DENIAL.sub("", text, count=1)
    return rest != text and family.bad is not None and family.bad.search(rest) is not None


def _grade_of_bad(text: str, family: _Family) -> float:
    if _denies_bad(text, family):
        return _strength_of_denial(text)
    if _NOT_AT_ALL.search(text):
        return -3.0
    return -1.2 if _MILD_NOT.search(text) else -_strength(text, 2.0)


def _strength_of_denial(text: str) -> float:
    if _NOT_AT_ALL.search(text) or "毫无" in text:
        return 3.0
    return 1.2 if _MILD_NOT.search(text) else 2.0


def _strength(text: str, plain: float) -> float:
    for value, words in _STRENGTH_WORDS:
        if words.search(text):
            return value
    return plain


def _graded(labels: Sequence[str]) -> WordScale | None:
    grades: dict[str, float] = {}
    families: list[str] = []
    for label in labels:
        found = grade_word(label)
        if found is None:
            return None
        if found[0] != "middle":
            families.append(found[0])
        grades[label] = found[1]
    if not families or len(set(grades.values())) < _MIN_LEVELS:
        return None
    family = max(set(families), key=families.count)
    alike = families.count(family) >= len(families) - 1
    ladder = _ladder(grades.values(), bipolar=_is_bipolar(family, labels))
    codes = {label: float(ladder.index(grade) + 1) for label, grade in grades.items()}
    sure = alike and len(ladder) <= 7 and len(set(grades.values())) >= len(ladder) / 2
    return WordScale(Scale(1.0, float(len(ladder)), 1, codes), family, sure=sure)


def _is_bipolar(family: str, labels: Iterable[str]) -> bool:
    return family in _TWO_SIDED and not any(_starts_from_nothing(tidy(label)) for label in labels)


def _starts_from_nothing(text: str) -> bool:
    """Tell whether a level belongs to a scale that runs from nothing upwards, not both ways."""
    denied = any(family.name in _TWO_SIDED and _denies_bad(text, family) for family in _FAMILIES)
    return denied or _NOT_AT_ALL.search(text) is not None or "slightly" in text


def _ladder(grades: Iterable[float], *, bipolar: bool) -> list[float]:
    """Order the grades; on a two-sided scale each step up has its step down."""
    steps = set(grades)
    if bipolar and not _one_sided_negatives(steps):
        steps |= {-step for step in steps}
    return sorted(steps)


def _one_sided_negatives(steps: set[float]) -> bool:
    """Tell whether both sides are complete already though not mirror images (很…, 比较…)."""
    above = sum(step > 0 for step in steps)
    below = sum(step < 0 for step in steps)
    return above == below


def _unseen(labels: Sequence[str]) -> WordScale | None:
    """Order words of an unknown kind by their strength: a guess for a person to check."""
    if not 3 <= len(labels) <= 7:
        return None
    grades = {label: _unknown_grade(tidy(label)) for label in labels}
    marked = [g for g in grades.values() if g[1] != 0.0]
    stems = [g[0] for g in marked if g[0]]
    if len(marked) < 2 or not stems:
        return None
    stem = max(set(stems), key=stems.count)
    related = sum(stem in tidy(label) for label in labels)
    if related < max(2, len(labels) - 2) or len({g[1] for g in grades.values()}) < 3:
        return None
    ladder = sorted({g[1] for g in grades.values()})
    codes = {label: float(ladder.index(g[1]) + 1) for label, g in grades.items()}
    return WordScale(Scale(1.0, float(len(ladder)), 1, codes), "unseen", sure=False)


def _unknown_grade(text: str) -> tuple[str, float]:
    if _MIDDLE.match(text):
        return "", 0.0
    sign = -1.0 if _NEGATION.search(text) or text.startswith(("un", "in", "dis")) else 1.0
    strength = _strength(text, 2.0)
    stem = text
    for _, words in _STRENGTH_WORDS:
        stem = words.sub("", stem)
    stem = _NEGATION.sub("", stem).strip(" ,")
    return stem, sign * strength
