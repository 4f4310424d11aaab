"""What a question of a thread does not say itself, and keeps from those before it."""

from __future__ import annotations

from huiyin.ask.contracts import Answerable, AskBack, Asked, Understood
from huiyin.ask.wording import (
    GRAIN_TEXT,
    against_text,
    days_text,
    groups_text,
    metrics_text,
    titles_of,
)
from huiyin.codebook.contracts import Codebook
from huiyin.core.text import LANGUAGES, Text
from huiyin.measure.condition_words import condition_text


def carried(asked: Answerable, alone: Asked, codebook: Codebook) -> Text | None:
    """Say what an answer has from the thread: its metric, rows, groups, days or comparison.

    Parameters
    ----------
    asked : Answerable
        As it was read in its thread.
    alone : Answerable, AskBack or Refusal
        How the same words are read by themselves.
    codebook : Codebook
        For what its columns are called.

    Returns
    -------
    Text or None
        None where it says all of it itself.
    """
    whole = asked.understood
    own = alone.understood if isinstance(alone, Answerable | AskBack) else Understood()
    titles = titles_of(codebook)
    parts: list[Text] = []
    if whole.metrics and not own.metrics:
        parts.append(metrics_text(whole.metrics, titles))
    parts += [condition_text(one, titles) for one in whole.where if one not in own.where]
    if whole.by and not own.by:
        parts.append(groups_text(whole.by, titles))
    if (whole.since or whole.until) and not (own.since or own.until):
        parts.append(days_text(whole))
    if whole.grain and not own.grain:
        parts.append(GRAIN_TEXT[whole.grain])
    if whole.compare and not own.compare:
        parts.append(against_text(whole.compare, titles))
    if not parts:
        return None
    return Text.of({tag: " · ".join(part.say(tag) for part in parts) for tag in LANGUAGES})
