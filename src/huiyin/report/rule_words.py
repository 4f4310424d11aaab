"""What the parameters of cleaning rules mean, in words."""

from __future__ import annotations

from collections.abc import Mapping

from huiyin.core.text import LANGUAGES, Text

PARAMETER_NAME: Mapping[str, Text] = {
    "burst_rows": Text("一阵里至少几份", "answers in a burst, at least"),
    "burst_seconds": Text("一阵最长几秒", "seconds of a burst, at most"),
    "min_repeats": Text("同一个字重复至少几次", "repeats of one sign, at least"),
    "min_consonants": Text("连着没有元音的字母至少几个", "letters without a vowel, at least"),
    "longest": Text("看的文字最长几个字", "signs of the words looked at, at most"),
    "min_core_share": Text(
        "这么多人答过才算人人要答的题", "share that makes a question everybody's"
    ),
    "min_core_questions": Text("人人要答的题至少几道", "questions of everybody, at least"),
    "complete_share": Text("答了其中多少才算答完", "share answered to be complete"),
    "min_answers": Text("每份至少答了几题", "answers in a row, at least"),
    "max_expected_pairs": Text("凑巧相同的预期对数，至多", "pairs expected by chance, at most"),
    "dependence": Text("按答案互相牵连打的折", "discount for answers that hang together"),
    "repeated_by_design": Text(
        "人均超过几份算本来就重复问", "answers a customer that are by design"
    ),
    "faster_than_median": Text("比中位数快几倍", "times faster than the median"),
    "min_durations": Text("至少有几个时长", "durations known, at least"),
    "min_matrix_items": Text("同一组至少几题", "items of a block, at least"),
    "min_run": Text("连着同分至少几题", "equal answers in a run, at least"),
}


def parameter_words(parameters: Mapping[str, object]) -> Text:
    """Say with what values a rule was used.

    Examples
    --------
    >>> parameter_words({"burst_rows": 10, "burst_seconds": 5}).say("zh-CN")
    '一阵里至少几份：10；一阵最长几秒：5'
    """
    marks = {"zh-CN": ("：", "；"), "en": (": ", "; ")}
    said = {}
    for tag in LANGUAGES:
        is_, between = marks[tag]
        named = ((PARAMETER_NAME.get(k) or Text.same(k), v) for k, v in parameters.items())
        said[tag] = between.join(f"{name.say(tag)}{is_}{value}" for name, value in named)
    return Text.of(said)
