"""What changed beside questions, scales and logic: words around them, looks, limits, purposes.

Each attribute has its name here; `tests/collect/surveys/test_comparing_details.py` changes each of
the definition's own and hears of it, so that none is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from huiyin.collect.surveys.change import Change, ChangeKind
from huiyin.collect.surveys.contracts import Kind
from huiyin.collect.surveys.definition import Definition, Page, Words
from huiyin.collect.surveys.sentences import in_both, name_question, quote
from huiyin.core.text import Text

_OF_QUESTION = {
    "help": Text("说明", "help"),
    "low": Text("低的一端", "low end"),
    "high": Text("高的一端", "high end"),
    "words": Text("各档的文字", "words of the levels"),
    "look": Text("样子", "look"),
    "not_applicable": Text("“不适用”", "“not applicable”"),
    "random_order": Text("随机排列", "random order"),
    "least": Text("至少选几项", "least number of choices"),
    "most": Text("最多选几项", "largest number of choices"),
    "as_list": Text("下拉列表", "list to pull down"),
    "events": Text("哪些选项算发生", "options that count as “it happened”"),
    "long": Text("多行填写", "several lines"),
    "longest": Text("最多几个字", "largest number of characters"),
    "megabytes": Text("文件大小上限", "largest file"),
    "accepts": Text("收哪些文件", "kinds of files"),
}
_OF_SURVEY = {
    "intro": Text("开场白", "introduction"),
    "thanks": Text("感谢语", "thanks"),
    "screened_out": Text("不符合条件时说的话", "words to those screened out"),
    "privacy": Text("隐私说明", "privacy text"),
    "redirect": Text("答完跳去的网址", "address to go to afterwards"),
    "proof_of_work": Text("防刷计算", "proof of work"),
}
_OF_PAGE = {
    "title": Text("标题", "title"),
    "random_order": Text("题目随机排列", "random order of questions"),
}
_OF_THEME = {"color": Text("主题色", "theme colour"), "logo": Text("标志", "logo")}
_OF_OPTION = {
    "exclusive": Text("独选", "ruling out all others"),
    "fixed": Text("位置固定", "keeping its place"),
    "aspect": Text("满意度维度", "aspect"),
}
_REWORDED = Text("{its}{what}由{old}改成了{new}。", "{its}{what}: {old} now reads {new}.")
_GIVEN = Text("{of}加了{what}：{new}。", "{of}{what} was added: {new}.")
_TAKEN = Text("{of}去掉了{what}：{old}。", "{of}{what} was removed: {old}.")
_ON = Text("{of}打开了{what}。", "{of}{what} was switched on.")
_OFF = Text("{of}关掉了{what}。", "{of}{what} was switched off.")
_CHANGED = Text("{its}{what}变了。", "{its}{what} changed.")
_PURPOSE = Text(
    "{its}授权的用途由“{old}”改成了“{new}”；以前的同意只管以前的用途。",
    "{its}the purpose consented to was “{old}” and is “{new}”; who agreed before, agreed to the "
    "old one only.",
)
_ORDER = Text("{its}选项换了次序。", "{its}the options come in another order.")
_TO_PAGE = Text("{q}换到了第 {n} 页。", "{q} was moved to page {n}.")
_NOBODY = Text.same("")
_POSSESSIVE = Text("{of}的", "{of}")


def question_details(name: Text, before: Any, after: Any) -> Iterator[Change]:
    """Say what else changed of a question: its title, scale, options' words and logic apart."""
    of = Text("{q}", "{q}, ").format(q=name)
    for attribute, what in _OF_QUESTION.items():
        pair = getattr(before, attribute, None), getattr(after, attribute, None)
        if pair[0] != pair[1]:
            yield Change(*_said(of, what, *pair), after.id)
    if after.kind == before.kind == Kind.CONSENT and before.purpose != after.purpose:
        said = _PURPOSE.format(
            its=_its(of), old=Text.same(before.purpose), new=Text.same(after.purpose)
        )
        yield Change(ChangeKind.SETTINGS, said, after.id)
    for part in ("options", "rows"):
        yield from _parts(of, after.id, getattr(before, part, ()), getattr(after, part, ()))


def _parts(of: Text, question: str, before: Any, after: Any) -> Iterator[Change]:
    known = {one.code: one for one in before}
    for one in after:
        earlier = known.get(one.code)
        if earlier is None:
            continue
        mine = Text("{of}的“{label}”", "{of}“{label}”, ")
        mine = mine.format(of=of, label=in_both(one.label, one.code))
        yield from (Change(*said, question) for said in _attributes(mine, _OF_OPTION, earlier, one))
    kept = [one.code for one in after if one.code in known]
    codes = set(kept)
    if kept != [one.code for one in before if one.code in codes]:
        yield Change(ChangeKind.OPTIONS, _ORDER.format(its=_its(of)), question)


def survey_details(old: Definition, new: Definition) -> Iterator[Change]:
    """Say what changed of the words and looks of the whole, and of its pages."""
    yield from (Change(*said) for said in _attributes(_NOBODY, _OF_SURVEY, old, new))
    yield from (Change(*said) for said in _attributes(_NOBODY, _OF_THEME, old.theme, new.theme))
    known = {page.id: page for page in old.pages}
    for number, page in enumerate(new.pages, 1):
        if page.id in known:
            of = Text("第 {n} 页", "Page {n}, ").format(n=Text.same(str(number)))
            said = _attributes(of, _OF_PAGE, known[page.id], page)
            yield from (Change(*one) for one in said)


def other_pages(old: Definition, new: Definition, moved: set[str | None]) -> Iterator[Change]:
    """Say which questions stand on another page, though in the same order."""
    before, kept = _homes(old.pages), {page.id for page in new.pages}
    for number, page in enumerate(new.pages, 1):
        for question in page.questions:
            home = before.get(question.id, page.id)
            if home != page.id and home in kept and question.id not in moved:
                n, name = Text.same(str(number)), name_question(new, question.id)
                yield Change(ChangeKind.MOVED, _TO_PAGE.format(q=name, n=n), question.id)


def _homes(pages: tuple[Page, ...]) -> dict[str, str]:
    return {question.id: page.id for page in pages for question in page.questions}


def _attributes(
    of: Text, names: Mapping[str, Text], before: Any, after: Any
) -> Iterator[tuple[ChangeKind, Text]]:
    for attribute, what in names.items():
        pair = getattr(before, attribute, None), getattr(after, attribute, None)
        if pair[0] != pair[1]:
            yield _said(of, what, *pair)


def _said(of: Text, what: Text, old: Any, new: Any) -> tuple[ChangeKind, Text]:
    """Say one attribute: words with what they were, a switch, anything else by its name alone."""
    if isinstance(new, bool):
        return ChangeKind.SETTINGS, (_ON if new else _OFF).format(of=of, what=what)
    if not isinstance(new, dict):
        return ChangeKind.SETTINGS, _CHANGED.format(its=_its(of), what=what)
    form = _REWORDED if old and new else _GIVEN if new else _TAKEN
    parts = {"old": _quoted(old), "new": _quoted(new)}
    if not differ(*parts.values()):
        form = _CHANGED
    return ChangeKind.REWORDED, form.format(of=of, its=_its(of), what=what, **parts)


def _its(of: Text) -> Text:
    return _POSSESSIVE.format(of=of) if of.say() else of


def differ(old: Text, new: Text) -> bool:
    """Tell whether a reader of either language sees two different words (cut as names are)."""
    return all(words != new.say(tag) for tag, words in old.items())


def _quoted(words: Words) -> Text:
    plain = in_both(words, "")
    return quote(Text.of({tag: one.rstrip(" .。") for tag, one in plain.items()}))
