"""Texts without words in them."""

from __future__ import annotations

from typing import Any

from huiyin.clean.facts import Facts
from huiyin.clean.rule import Rule
from huiyin.codebook.contracts import Role
from huiyin.core.text import Text
from huiyin.engine.columns import any_column, any_of

MIN_REPEATS = 6
"""The same sign this often, and nothing else. Praise such as 好好好 stays out."""
MIN_CONSONANTS = 7
"""Letters in one word without any vowel; longer than any common abbreviation."""
MIN_LENGTH = 3
LONGEST = 40
_PRAISE = "好赞棒顶优哈嘻呵6六"
KEYBOARD = (
    r"^(?:[asdfghjkl;]{5,}|[qwertyuiop]{8,}|[zxcvbnm]{5,}|"
    r"(?:asd|qwe|zxc|fgh|jkl|dfg|hjk){2,}\w{0,3}|"
    rf"[bcdfghjklmnpqrstvwxz]{{{MIN_CONSONANTS},}})$"
)
"""Runs along one row of the keyboard, or a word without vowels."""
TYPED_CHINESE = ("阿斯顿", "阿萨德", "啊实打实", "阿斯蒂芬", "撒打算", "奥术大师")
"""What runs over the keyboard become in a Chinese input method."""
_LONGEST_TYPED_CHINESE = 8
_REAL_WORDS = (
    "alaska", "alfalfa", "dallas", "falls", "flash", "flask", "glass", "halls", "salad", "salads",
    "salsa", "shall", "slash", "splash", "perpetuity", "proprietor", "repertoire", "typewriter",
    "property", "propriety", "prototype", "territory",
)  # fmt: skip
"""Words that happen to lie on one row of the keyboard."""


def _lacks(facts: Facts) -> Text | None:
    return None if facts.names(Role.TEXT) else Text("没有文字题。", "There is no text.")


def _find(facts: Facts) -> Any:
    return any_column([facts.table[name] for name in facts.names(Role.TEXT)], is_gibberish)


def is_gibberish(words: Any) -> Any:
    """Tell whether a text column holds repeated signs or a run over the keyboard, and no words."""
    latin = (words < "{").ifelse(_is_typed(words.lower()), _is_typed_chinese(words))
    return words.length().between(MIN_LENGTH, LONGEST).ifelse(latin | _is_one_sign(words), False)  # noqa: FBT003


def _is_typed(low: Any) -> Any:
    return low.re_search(KEYBOARD).ifelse(low.notin(_REAL_WORDS), False)  # noqa: FBT003


def _is_typed_chinese(words: Any) -> Any:
    begins = [words.startswith(mash) for mash in TYPED_CHINESE]
    return any_of(begins).ifelse(words.length() <= _LONGEST_TYPED_CHINESE, False)  # noqa: FBT003


def _is_one_sign(words: Any) -> Any:
    first = words.substr(0, 1)
    nothing_else = (words.replace(first, "") == "") & first.notin(list(_PRAISE))
    return words.endswith(first.concat(first)).ifelse(
        nothing_else & (words.length() >= MIN_REPEATS),
        False,  # noqa: FBT003
    )


RULE = Rule(
    id="gibberish",
    version=1,
    title=Text("乱敲的文字", "gibberish text"),
    explanation=Text(
        "文字只是同一个字重复，或在键盘上乱敲。只认明显的。只提示，照常计入。",
        "The text is one repeated sign or a run over the keyboard. Only plain cases count. "
        "A warning only.",
    ),
    source=Text(
        "Meade & Craig (2012), Psychological Methods 17(3)：粗心作答的迹象。",
        "Meade & Craig (2012), Psychological Methods 17(3): signs of careless responses.",
    ),
    excludes=False,
    lacks=_lacks,
    find_rows=_find,
    parameters={"min_repeats": MIN_REPEATS, "min_consonants": MIN_CONSONANTS, "longest": LONGEST},
)
