# ruff: noqa: E501, PLR2004 -- word lists read best unbroken; the shares and counts of the rules stand where they are explained
"""Words of a level on a scale: which of them say no answer, and how good the others are."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from huiyin.codebook.traditional import simplified
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
LETTERED = later(r"([A-Ka-kＡ-Ｋ])\s*[.、．:：)）]\s*(\S.*)")
LONGEST = 200
"""Characters of a label; anything longer is no level."""


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
TWO_SIDED = frozenset({"satisfied", "agree", "likely", "easy", "favorable", "happy"})
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
_FACES = {
    face: grade
    for grade, faces in (
        (3.0, "😍🥰🤩😁"), (2.0, "😀😃😄😊🙂☺👍"), (0.0, "😐😑😶"), (-2.0, "🙁☹😞😕😟👎"), (-3.0, "😠😡😢😭😤"),
    )
    for face in faces
}  # fmt: skip
_NEGATION = later(r"\bnot\b|\bnot at all\b|\bnever\b|\bno\b|毫不|一点(?:也|都)?不|根本不|完全不|不")
_NOT_AT_ALL = later(r"\bnot at all\b|\bnot .* at all\b|一点(?:也|都)?不|毫不|完全不|根本不|从不")
_DENIAL = later(
    r"(?:一点(?:也|都)?不|毫不|毫无|完全不|根本不|从不|不太|不大|不怎么|不是很|没有?|不|"
    r"\bnot at all\b|\bnot (?:too|so|very|really|particularly|that)\b|\bnot\b|\bno\b|\bnever\b)(?! ?,)"
)
_MILD_NOT = later(r"\bnot (?:too|so|very|really|particularly|that)\b|不太|不大|不怎么|不是很")
_WORST = later(r"\bterrible\b|\bawful\b|\bhorrible\b|\bvery poor\b|极差|糟糕|\bunacceptable\b")
_BEST = later(r"\bexcellent\b|\boutstanding\b|\bperfect\b|\bsuperb\b|优秀|完美|极好|惊喜")


@lru_cache(maxsize=65_536)
def tidy(label: str) -> str:
    """Bring a label to one form: full width to half, one blank, lower case, no end punctuation."""
    text = simplified(unicodedata.normalize("NFKC", label)).replace("’", "'").lower()
    return _TIDY.sub(" ", text).strip(" .。!！;；,，\"'“”").strip()


@lru_cache(maxsize=65_536)
def is_no_answer(label: str) -> bool:
    """Tell whether a value says “no answer” in words: 不适用, N/A, Don't know…."""
    if label[:1].isdigit() or len(label) > LONGEST:
        return False
    text = tidy(label)
    return not text or NOT_AN_ANSWER.fullmatch(without_letter(text)) is not None


def without_letter(text: str) -> str:
    """Take the letter of an option away from its words: ``a. 满意`` is ``满意``."""
    lettered = LETTERED.fullmatch(text)
    return lettered[2] if lettered else text


@lru_cache(maxsize=65_536)
def grade_word(word: str) -> tuple[str, float] | None:
    """Give the family of a level's word and how good it is, worst −3 to best 3; None: no level."""
    text = tidy(word)
    if (face := _FACES.get(text.replace("\ufe0f", ""))) is not None:
        return ("happy", face) if face else ("middle", 0.0)
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


def starts_from_nothing(text: str) -> bool:
    """Tell whether a level belongs to a scale that runs from nothing upwards, not both ways."""
    denied = any(family.name in TWO_SIDED and _denies_bad(text, family) for family in _FAMILIES)
    return denied or _NOT_AT_ALL.search(text) is not None or "slightly" in text


def unknown_grade(text: str) -> tuple[str, float]:
    """Give the stem of a word of an unknown kind, and its strength by the words around."""
    if _MIDDLE.match(text):
        return "", 0.0
    sign = -1.0 if _NEGATION.search(text) or text.startswith(("un", "in", "dis")) else 1.0
    strength = _strength(text, 2.0)
    stem = text
    for _, words in _STRENGTH_WORDS:
        stem = words.sub("", stem)
    stem = _NEGATION.sub("", stem).strip(" ,")
    return stem, sign * strength
