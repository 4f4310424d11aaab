"""A question → tokens: known words, the best way to cover the whole, and what is left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from huiyin.ask.days import Period
from huiyin.ask.meanings import CONTENT, Meaning, Sort, Vocabulary, stems_of
from huiyin.ask.namesakes import another_name, begins_inside, nearly, negated, says_another
from huiyin.ask.numerals import HAN_NUMBER, WORD_NUMBER, read_number
from huiyin.ask.periods import Found
from huiyin.ask.spelling import is_han, one_left_out, sounds, stem

MOST_WORDS = 7
LONGEST_SOUND = 8
EXACT, ALONE, FILLER, STEMMED, PINYIN, SOUND, SHORT_SOUND, SLIP = (
    10.0,
    4.0,
    3.0,
    9.0,
    7.0,
    8.5,
    2.5,
    6.0,
)
"""Worth of a character by how its word was found: what is written as we know it comes first."""
TEN_THOUSAND, THOUSAND = 10_000, 1_000
NUMBER_WORTH = 5.0
LEFT = 14.0
"""Cost of a Chinese character that nothing explains."""
DIGITS = re.compile(r"-?\d+(?:\.\d+)?(?:\s*/\s*\d+)?")
COUNTED = re.compile(
    rf"(?P<n>{HAN_NUMBER}+)(?=\s*(?:省|市|店|地(?!区)|个|家|名|位|项|条|款|种|座|间|处|片|档|组|类|渠道|版本|班组|网点|行业|模块|平台|大|成|分|星|级|强|甲))|(?P<both>[俩仨])"
    rf"|(?:{HAN_NUMBER}+[十百]{HAN_NUMBER}*|[十百]{HAN_NUMBER}+)(?![月号日年几多货])"
)
AFTER_RANK = re.compile(
    rf"(?<=[前后]){HAN_NUMBER}+|(?<=倒数){HAN_NUMBER}+|(?<=倒数第){HAN_NUMBER}+"
    rf"|(?<=top){HAN_NUMBER}+"
)
ENGLISH_NUMBER = re.compile(rf"(?:{WORD_NUMBER})\b")
PERCENT = re.compile(
    r"\s*(?:%|％|per ?cent(?! of)\b|个?百分点|percentage points?"
    r"|成(?!都(?!不|没|还|到))|pp\b)"
)
SCALE = re.compile(r"\s*(?:(?P<tens>[万w])|(?P<k>千|k))(?![a-z人个])")
IS_WORD = re.compile(r"[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the question with its meanings; a number; or a period."""

    start: int
    end: int
    text: str
    meanings: tuple[Meaning, ...] = ()
    number: float | None = None
    unit: str = ""
    period: Period | None = None
    exact: bool = True

    @property
    def first(self) -> Meaning | None:
        """Its most telling meaning."""
        return self.meanings[0] if self.meanings else None

    def of(self, *sorts: Sort) -> Meaning | None:
        """Give its first meaning of some sorts."""
        return next((one for one in self.meanings if one.sort in sorts), None)

    def says(self, *names: str) -> bool:
        """Tell whether it is one of our signals."""
        return any(one.sort is Sort.SIGNAL and one.name in names for one in self.meanings)


@dataclass(frozen=True, slots=True)
class Scanned:
    """The tokens of a question, and the stretches that nothing explains."""

    text: str
    tokens: tuple[Token, ...]
    left: tuple[tuple[int, int], ...]


def scan(text: str, vocabulary: Vocabulary, periods: Sequence[Found]) -> Scanned:
    """Cover a question with known words as well as can be.

    Parameters
    ----------
    text : str
        In normal writing.
    vocabulary : Vocabulary
    periods : sequence of Found
        Already found; they stand as they are.
    """
    fixed = {found.start: found for found in periods}
    closed = {at for found in periods for at in range(found.start, found.end)}
    best: list[tuple[float, Token | None]] = [(0.0, None)] * (len(text) + 1)
    for at in range(len(text) - 1, -1, -1):
        best[at] = _best_at(at, text, vocabulary, fixed, closed, best)
    return _collected(text, best)


def _best_at(
    at: int,
    text: str,
    vocabulary: Vocabulary,
    fixed: dict[int, Found],
    closed: set[int],
    best: list[tuple[float, Token | None]],
) -> tuple[float, Token | None]:
    found = fixed.get(at)
    if found:
        words = text[found.start : found.end]
        return best[found.end][0], Token(at, found.end, words, period=found.period)
    left = LEFT if is_han(text[at]) else 0.0
    choice: tuple[float, Token | None] = (best[at + 1][0] - left, None)
    if at in closed or text[at] == " ":
        return choice
    for worth, token in _candidates(at, text, vocabulary):
        if any(place in closed for place in range(at, token.end)):
            continue
        total = worth + best[token.end][0]
        named = total == choice[0] and token.of(Sort.VALUE)  # 流失回访 before 流失
        if total > choice[0] or named:
            choice = (total, token)
    return choice


def _collected(text: str, best: list[tuple[float, Token | None]]) -> Scanned:
    tokens: list[Token] = []
    left: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        token = best[at][1]
        if token is not None:
            tokens.append(token)
            at = token.end
            continue
        if left and left[-1][1] == at:
            left[-1] = (left[-1][0], at + 1)
        else:
            left.append((at, at + 1))
        at += 1
    return Scanned(text, tuple(tokens), tuple(left))


def _candidates(at: int, text: str, vocabulary: Vocabulary) -> Iterator[tuple[float, Token]]:
    yield from _exact(at, text, vocabulary)
    yield from _numbers(at, text)
    if is_han(text[at]):
        yield from _sounding(at, text, vocabulary)
    elif IS_WORD.match(text[at]) and _begins_word(text, at):
        yield from _english(at, text, vocabulary)


def _begins_word(text: str, at: int) -> bool:
    return at == 0 or _parts(text[at - 1], text[at])


def _ends_word(text: str, end: int) -> bool:
    return end >= len(text) or _parts(text[end - 1], text[end])


def _parts(before: str, after: str) -> bool:
    """Tell whether a word may end between two characters; TOP10 are two words, 75% is one."""
    if before.isdigit() and after == "%":
        return False
    both = IS_WORD.match(before) and IS_WORD.match(after)
    return not both or (before.isalpha() and after.isdigit())


def _exact(at: int, text: str, vocabulary: Vocabulary) -> Iterator[tuple[float, Token]]:
    if text[at] not in vocabulary.starts or not _begins_word(text, at):
        return
    for end in range(at + 1, min(at + vocabulary.longest, len(text)) + 1):
        meanings = vocabulary.exact.get(text[at:end])
        if meanings and _ends_word(text, end):
            worth = _worth(meanings[0], text[at:end])
            yield worth, Token(at, end, text[at:end], tuple(meanings))


def _worth(meaning: Meaning, word: str) -> float:
    length = len(word)
    if meaning.sort is Sort.FILLER and " " not in word:  # “look up” is no “up”
        return FILLER * length - 1
    if length == 1 and is_han(word):
        return ALONE
    return EXACT * length - 1


def _numbers(at: int, text: str) -> Iterator[tuple[float, Token]]:
    inside = at > 0 and (text[at - 1].isdigit() or text[at - 1] == ".")
    if inside and not is_han(text[at]):
        return
    match = DIGITS.match(text, at) or COUNTED.match(text, at) or AFTER_RANK.match(text, at)
    if match is None and _begins_word(text, at):
        match = ENGLISH_NUMBER.match(text, at)
    if match is None:
        return
    number = read_number(match[0].strip().lstrip("-"))
    if number is None:
        return
    scale = SCALE.match(text, match.end())
    number *= 1 if scale is None else TEN_THOUSAND if scale["tens"] else THOUSAND
    unit = PERCENT.match(text, match.end())
    end = unit.end() if unit else scale.end() if scale else match.end()
    words = unit[0].strip() if unit else ""
    value = -number if match[0].startswith("-") else number
    yield NUMBER_WORTH * (end - at) + 1, Token(at, end, text[at:end], number=value, unit=words)


PEOPLE_LEFT = re.compile(r".(?:客户|顾客|用户|会员|客人)的?")
"""卡客户的 is no slip of 金卡客户的: what is left without its first character is a word."""


def _sounding(at: int, text: str, vocabulary: Vocabulary) -> Iterator[tuple[float, Token]]:
    end = at
    while end < len(text) and end - at < LONGEST_SOUND and is_han(text[end]):
        end += 1
        size = end - at
        if size < 2:  # noqa: PLR2004 -- one character sounds like too many
            continue
        heard = sounds(text[at:end])
        if heard is None:
            return
        same = {w for w in vocabulary.sound.get(heard, ()) if _shares_one(text[at:end], w)}
        if same:
            worth = SHORT_SOUND if size == 2 else SOUND if size > 3 else SLIP  # noqa: PLR2004
            yield worth * size - 1, _token(at, end, text, vocabulary, same)
        elif size >= 3:  # noqa: PLR2004
            near = _one_slip(heard, vocabulary)
            near = {word for word in near if nearly(text[at:end], word)}
            near = {
                w
                for w in near
                if not (_names_value(w, vocabulary) and another_name(text[at:end], w))
            }
            if any(says_another(text[at:end], word) for word in near):
                continue
            known = (
                begins_inside(at, text)
                or _holds_known(text[at:end], vocabulary)
                or PEOPLE_LEFT.fullmatch(text[at:end])
            )
            near = near if not known else set()
            if near:
                worth = SLIP if size > 3 else FILLER  # noqa: PLR2004
                yield worth * size - 4, _token(at, end, text, vocabulary, near)


def _names_value(word: str, vocabulary: Vocabulary) -> bool:
    return any(one.sort is Sort.VALUE for one in vocabulary.exact[word])


def _shares_one(heard: str, word: str) -> bool:
    """Tell whether two words of the same sound share a character: a slip changes one or two."""
    return any(one == other for one, other in zip(heard, word, strict=False))


def _holds_known(written: str, vocabulary: Vocabulary) -> bool:
    """Tell 终满意度, 六满意度: a known word as it is written, and a character that is none of it.

    What is written twice in a row is a slip all the same.
    """
    parts = ((written[1:], written[:2]), (written[:-1], written[-2:]))
    return any(
        pair[0] != pair[1] and any(m.sort in CONTENT for m in vocabulary.exact.get(rest, ())[:1])
        for rest, pair in parts
    )


def _one_slip(heard: tuple[str, ...], vocabulary: Vocabulary) -> set[str]:
    near = set(vocabulary.slip.get(heard, ()))
    if len(heard) >= 4:  # noqa: PLR2004
        for rest in one_left_out(heard):
            near |= {word for word in vocabulary.slip.get(rest, ()) if len(word) == len(heard)}
    return near


def _token(at: int, end: int, text: str, vocabulary: Vocabulary, words: set[str]) -> Token:
    meanings = dict.fromkeys(
        meaning for word in sorted(words) for meaning in vocabulary.exact[word]
        if meaning.sort is not Sort.FILLER
    )  # fmt: skip
    return Token(at, end, text[at:end], tuple(meanings), exact=False)


def _english(at: int, text: str, vocabulary: Vocabulary) -> Iterator[tuple[float, Token]]:
    spans = _word_ends(at, text)
    phrases = [text[at:end] for end in spans]
    for end, phrase in zip(spans, phrases, strict=True):
        known = vocabulary.stems.get(stems_of(phrase.replace("-", " ")))
        if known and phrase not in vocabulary.exact:
            token = _token(at, end, text, vocabulary, known)
            fillers = [m for w in sorted(known) for m in vocabulary.exact[w]]
            worth = STEMMED if token.meanings else FILLER
            whole = token if token.meanings else Token(at, end, phrase, tuple(fillers))
            yield worth * (end - at) - 1, whole
        joined = _as_spelled(phrase)
        spelled = vocabulary.letters.get(joined)
        if spelled and phrase not in vocabulary.exact:
            yield PINYIN * (end - at) - 1, _token(at, end, text, vocabulary, spelled)
    yield from _misspelled(at, text, vocabulary, spans)


STREETS = {"road": "lu", "rd": "lu", "street": "jie", "st": "jie", "square": "guangchang"}
STREET = re.compile(r"(?<= )(?:" + "|".join(STREETS) + r")\b\.?")


def _as_spelled(phrase: str) -> str:
    """Write Chunxi Road as chunxilu: Chinese names in English keep their sound."""
    return STREET.sub(lambda m: STREETS[m[0].rstrip(".")], phrase).replace(" ", "").replace("'", "")


def _misspelled(
    at: int, text: str, vocabulary: Vocabulary, spans: list[int]
) -> Iterator[tuple[float, Token]]:
    for end in spans[:3]:
        phrase = text[at:end]
        if phrase in vocabulary.exact or stems_of(phrase) in vocabulary.stems:
            continue
        if " " in phrase and _is_words(phrase, vocabulary):
            continue  # “are at” is no slip of “area”, “wuhan is” none of “wuhan”
        letters = tuple(stem(phrase.replace(" ", "")))
        if len(letters) < 5:  # noqa: PLR2004
            continue
        near = _slips_of(letters, vocabulary)
        near = {w for w in near if is_han(w[0]) or negated(w) == negated(phrase)}
        if any(not is_han(w[0]) and says_another(phrase, w) for w in near):
            continue
        if near:
            yield SLIP * (end - at) - 4, _token(at, end, text, vocabulary, near)


SHORTEST_PART = 3


def _is_words(phrase: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a phrase is words that are known, with a small one at an end: 2 harbin."""
    words = phrase.split()
    if all(word in vocabulary.exact for word in words):
        return True
    for odd, rest in ((words[0], words[1:]), (words[-1], words[:-1])):
        small = odd in vocabulary.exact or odd.isdigit() or len(odd) < SHORTEST_PART
        if small and rest and _is_near(" ".join(rest), vocabulary):
            return True
    return False


def _is_near(phrase: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a phrase is a known word, as it is written or with a slip."""
    spelled = _as_spelled(phrase)
    if phrase in vocabulary.exact or spelled in vocabulary.letters:
        return True
    return bool(_slips_of(tuple(stem(spelled)), vocabulary))


def _slips_of(letters: tuple[str, ...], vocabulary: Vocabulary) -> set[str]:
    """Give the words that are one slip away."""
    near = set(vocabulary.slip.get(letters, ()))
    for rest in one_left_out(letters):
        near |= vocabulary.slip.get(rest, set()) | vocabulary.letters.get("".join(rest), set())
    return near


def _word_ends(at: int, text: str) -> list[int]:
    ends: list[int] = []
    for match in re.finditer(r"[a-z0-9][a-z0-9'&./-]*", text[at : at + 80]):
        if ends and text[ends[-1] : at + match.start()].strip(" "):
            break
        end = at + match.end()
        while text[end - 1] in "'&./-":
            end -= 1
        ends.append(end)
        if len(ends) == MOST_WORDS:
            break
    return ends
