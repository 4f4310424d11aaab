"""What is said back about a question: its words as they were typed, columns by their labels."""

from __future__ import annotations

from dataclasses import replace

from huiyin.ask.called import labels_of
from huiyin.ask.contracts import Answerable, AskBack, Asked, Refusal
from huiyin.ask.spelling import LONGEST_QUESTION, is_han
from huiyin.ask.wording import SHOWN_OPTIONS, ask_text, refusal_text
from huiyin.codebook.contracts import Codebook
from huiyin.codebook.spoken import asked_about
from huiyin.core.text import EN, ZH, Text


def echoed(asked: Asked, question: str, plain: str, codebook: Codebook) -> Asked:
    """Say what is asked back, or refused, in the words of who asks.

    Parameters
    ----------
    asked : Asked
    question : str
        As it was typed.
    plain : str
        The same as it was read.
    codebook : Codebook
        Its labels stand for the names of columns; those in the language of the question are what
        an answer may choose from.

    Returns
    -------
    Asked
        Of what was understood only the words that are left out.
    """
    if isinstance(asked, Refusal):
        if not asked.word:
            return asked
        return replace(asked, text=refusal_text(asked.reason, _typed(asked.word, question, plain)))
    if isinstance(asked, Answerable):
        return replace(asked, doubted=tuple(_typed(one, question, plain) for one in asked.doubted))
    shown = [_labelled(option, codebook) for option in asked.options[:SHOWN_OPTIONS]]
    language = ZH if any(map(is_han, question)) else EN
    return replace(
        asked,
        text=ask_text(asked.reason, _typed(asked.word, question, plain), shown),
        options=tuple(option.say(language) for option in shown),
    )


def names_option(column: str, asked: AskBack, codebook: Codebook) -> bool:
    """Tell whether a column is one of those that were offered, by its name or a label."""
    return any(said in asked.options for said in (column, *_label(column, codebook).values()))


def _typed(word: str, question: str, plain: str) -> str:
    """Give a word of a question with its own capitals, the whole question with its own signs."""
    typed = question.strip()[:LONGEST_QUESTION]
    if word == plain:
        return typed
    lowered = typed.casefold()
    at = lowered.find(word) if len(lowered) == len(typed) else -1
    return typed[at : at + len(word)] if at >= 0 else word


def _labelled(option: str, codebook: Codebook) -> Text:
    """Give 会员等级=金卡, or a bare column, with the column's label in each language."""
    name, equals, value = option.partition("=")
    if name not in codebook:
        return Text.same(option)
    label = _label(name, codebook)
    return Text.of({tag: f"{label.say(tag)}{equals}{value}" for tag in (ZH, EN)})


def _label(name: str, codebook: Codebook) -> Text:
    """Give what a column's label asks about, where it is short enough to be said; else its name."""
    column = codebook[name]
    short = set(labels_of(column))
    said = {
        tag: (None if column.group else asked_about(words)) or words
        for tag, words in column.label.items()
        if words in short
    }
    return Text.of({ZH: said.get(ZH, name), EN: said.get(EN, name)})
