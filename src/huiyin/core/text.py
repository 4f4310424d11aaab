"""Text for people, in several languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

ZH = "zh-CN"
EN = "en"
LANGUAGES = (ZH, EN)
_SHORT = {"zh": ZH, "zh-cn": ZH, "zh_cn": ZH, "cn": ZH, "en": EN, "en-us": EN, "en_us": EN}


def language_tag(short: str) -> str:
    """Turn what a person types (``zh``, ``en``) into a language tag.

    Parameters
    ----------
    short : str
        A short or full language name.

    Returns
    -------
    str
        ``zh-CN`` or ``en``.

    Raises
    ------
    ValueError
        The language is neither Chinese nor English.
    """
    tag = _SHORT.get(short.strip().lower())
    if tag is None:
        raise ValueError(short)
    return tag


class Text(Mapping[str, str]):
    """One text in several languages: ``Text("满意率", "satisfied share")``.

    Our own texts carry zh-CN and en; a survey's texts carry any tag, through `of`.
    """

    __slots__ = ("_by_tag",)

    def __init__(self, zh: str, en: str) -> None:
        self._by_tag: dict[str, str] = {ZH: zh, EN: en}

    @classmethod
    def of(cls, by_tag: Mapping[str, str]) -> Text:
        """Build from language tags, any of them."""
        text = cls.__new__(cls)
        text._by_tag = dict(by_tag)  # noqa: SLF001 -- its own class
        return text

    @classmethod
    def same(cls, words: str) -> Text:
        """Build from words that read the same in each language: a column's own name, say."""
        return cls(words, words)

    def begun(self) -> Text:
        """Begin with a capital in the languages that have them."""
        return Text.of({tag: begun(words) for tag, words in self._by_tag.items()})

    def say(self, language: str = ZH) -> str:
        """Say it in `language`, else in the first language there is."""
        return self._by_tag.get(language) or next(iter(self._by_tag.values()), "")

    def format(self, **facts: object) -> Text:
        """Fill ``{name}`` places in every language; a `Text` among the facts keeps its language."""
        return Text.of(
            {
                tag: words.format(
                    **{k: v.say(tag) if isinstance(v, Text) else v for k, v in facts.items()}
                )
                for tag, words in self._by_tag.items()
            }
        )

    def __getitem__(self, tag: str) -> str:
        return self._by_tag[tag]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_tag)

    def __len__(self) -> int:
        return len(self._by_tag)

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._by_tag.items())))

    def __repr__(self) -> str:
        return f"Text({self._by_tag!r})"


def listed(names: Iterable[str | Text]) -> Text:
    """Write names in a row, as each language separates them.

    Examples
    --------
    >>> listed(["店一", "店二"]).say("zh-CN"), listed(["A", "B"]).say("en")
    ('店一、店二', 'A, B')
    """
    said = [name if isinstance(name, Text) else Text.same(name) for name in names]
    return Text("、".join(one.say(ZH) for one in said), ", ".join(one.say(EN) for one in said))


def begun(words: str) -> str:
    """Begin with a capital where the script has them; eNPS, a1 and t interval keep their own.

    Examples
    --------
    >>> begun("satisfied share"), begun("eNPS"), begun("满意率")
    ('Satisfied share', 'eNPS', '满意率')
    """
    second = words[1:2]
    own = second.isupper() or second.isdigit() or (second.isspace() and words[0] != "a")
    return words if own else words[:1].upper() + words[1:]
