"""What a column is called in a sentence: what its question asks about, where it is a question."""

from __future__ import annotations

import re

from huiyin.codebook.contracts import Column
from huiyin.core.text import Text

_ASKED = (
    re.compile(
        r"(?:\d+[、.．)]\s*)?(?:请问|请选择|请填写)?[您你][^，。；,？?]{0,8}?(?:的|所在|所属)"
        r"(?!什么|哪|多少|怎|所)(?P<what>[^的是为，。；,？?\s]{2,6}?)"
        r"(?:是|为|有)?(?:什么|哪里|哪儿|哪些|哪一?[个家种类段年]|多少)?[？?：:]?"
    ),
    re.compile(r"(?:what|which) is your (?P<what>[a-z ]{2,24})\?", re.IGNORECASE),
    re.compile(r"which (?P<what>[a-z ]{2,20}?) (?:do|did|are|have) you\b[^.]*", re.IGNORECASE),
)
_NO_NAME = ("吗", "么", "呢", "了")


def asked_about(question: str) -> str | None:
    """Give what a question asks of the person who answers, None where it is no such question.

    Examples
    --------
    >>> asked_about("您所在的城市是？"), asked_about("Which city do you live in?")
    ('城市', 'city')
    >>> asked_about("您的问题解决了吗？") is None
    True
    """
    for asks in _ASKED:
        found = asks.fullmatch(question.strip())
        if found is not None and not found["what"].endswith(_NO_NAME):
            return found["what"].strip()
    return None


def spoken(label: Text) -> Text:
    """Give a label as it stands in a sentence: a question by what it asks about.

    Examples
    --------
    >>> spoken(Text("您所在的城市是？", "city")).say("zh-CN")
    '城市'
    """
    return Text.of({tag: asked_about(words) or words for tag, words in label.items()})


def unasked(label: Text) -> Text:
    """Give a label without the mark of its question: it stands in front of numbers and colons.

    Examples
    --------
    >>> unasked(Text("您愿意推荐我们吗？", "Would you recommend us?")).say("en")
    'Would you recommend us'
    """
    return Text.of({tag: words.rstrip("？? ") or words for tag, words in label.items()})


def spoken_name(column: Column) -> Text | None:
    """Give what people call a column: its label, else its header, as in a sentence.

    None where that is the name of the column as it stands. An option of a multi-select keeps its
    label: there the question is that of the group.
    """
    labelled = any(column.label.values())
    label = column.label if labelled else Text.same(column.name)
    found = label if column.group else spoken(label)
    return found if labelled or found != label else None
