"""Headers and questions as plain words, and a way to look for meanings in them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from huiyin.codebook.spelling import without_unseen
from huiyin.codebook.traditional import simplified
from huiyin.core.patterns import later

_CAMEL = later(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z0-9])(?=[A-Z][a-z])")
_MARKUP = later(r"<[^>]+>|&nbsp;")
_NUMBERING = later(
    r"^\s*(?:第?\s*\d+\s*题[、.:：\s]*|[qQ]\d+(?:[_.]\d+)*\s*[-.、:：\s]\s*|\d+\s*[、.:：)）]\s*)"
)
_SCALE_NOTE = later(r"[（(][^()（）]*(?:[=＝]|\d\s*[-–~～到至]\s*\d|\d\s*分)[^()（）]*[)）]")
_LONGEST = 500
"""Characters of a question that are read."""
_PUNCTUATION = later(r"[_\-./\\|:;,，。：；、()（）\[\]【】{}<>《》\"'“”‘’?？!！#*&+=~\s]+")


@lru_cache(maxsize=65_536)
def plain_words(name: str) -> str:
    """Spell a header as lower-case words with one blank between: ``OrderID`` → ``order id``.

    Parameters
    ----------
    name : str
        Header or question as the file has it.

    Returns
    -------
    str
        Lower-case words; Chinese stays as it is; numbering such as ``3、`` is dropped.
    """
    bare = simplified(without_unseen(name[:_LONGEST]))
    text = unicodedata.normalize("NFKC", _MARKUP.sub(" ", bare))
    text = _SCALE_NOTE.sub(" ", _NUMBERING.sub("", text))
    if "_" in text or " " not in text.strip():
        text = _CAMEL.sub(" ", text)
    return _unspaced(_PUNCTUATION.sub(" ", text).strip().lower())


def _unspaced(words: str) -> str:
    """Close up a word whose signs stand apart to fill a column: ``满 意 度``."""
    signs = words.split()
    apart = len(signs) > 1 and all(len(sign) == 1 and sign > "\u2e7f" for sign in signs)
    return "".join(signs) if apart else words


def question_stem(name: str) -> str:
    """Drop the numbering and markup of a question: ``3、性别`` → ``性别``."""
    text = _MARKUP.sub(" ", name).strip()
    return _NUMBERING.sub("", text).strip() or text


_SHORT_HEADER = 8
_TAIL = 3
_ASKED_GROUP = later(r"(?:哪个|哪家|哪些|哪种|什么|何种|所在|使用的|购买的)\s*$")


@dataclass(frozen=True, slots=True)
class Words:
    """Header words for one meaning.

    Attributes
    ----------
    english : re.Pattern or None
        Matches a whole English header; inside a sentence other words prove nothing.
    chinese : re.Pattern or None
        Counts wherever it stands.
    """

    english: re.Pattern[str] | None
    chinese: re.Pattern[str] | None

    def name(self, words: str) -> bool:
        """Tell whether the header as a whole says it."""
        english = self.english if _has_latin(words) else None
        whole = english is not None and english.fullmatch(words) is not None
        return whole or self.in_chinese(words)

    def stand_in(self, words: str) -> bool:
        """Tell whether a word of the header or question says it."""
        english = self.english if _has_latin(words) else None
        found = english is not None and english.search(words) is not None
        return found or self.in_chinese(words)

    def names_group(self, words: str) -> bool:
        """Tell whether a header names this kind of group; in a long question it stands last."""
        found = self.chinese.search(words) if self.chinese else None
        if found is None or len(words) <= _SHORT_HEADER:
            return self.name(words)
        last = len(words) - found.end() <= _TAIL
        return last or _ASKED_GROUP.search(words[: found.start()]) is not None

    def in_chinese(self, words: str) -> bool:
        """Tell whether a Chinese word of this meaning stands in the header."""
        return self.chinese is not None and self.chinese.search(words) is not None


def words_of(english: str, chinese: str = "") -> Words:
    """Put the patterns of one meaning together, in English and in Chinese."""
    bounded = rf"(?<![a-z])(?:{english})(?![a-z])"
    return Words(later(bounded) if english else None, later(chinese) if chinese else None)


_LATIN = re.compile("[a-z]")


@lru_cache(maxsize=65_536)
def _has_latin(words: str) -> bool:
    """Tell whether an English word may stand there: none is without a letter."""
    return _LATIN.search(words) is not None
