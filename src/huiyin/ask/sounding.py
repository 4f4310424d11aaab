"""Puts words into a vocabulary, with what they sound like and how they may be misspelled."""

from __future__ import annotations

import re

from huiyin.ask.meanings import ORDER, SOUNDED, Meaning, Sort, Vocabulary, stems_of
from huiyin.ask.spelling import (
    is_han,
    normal,
    normal_numbered,
    one_left_out,
    sounds,
    stem,
    syllables,
)

SHORTEST_SOUND, SHORTEST_SLIP, SHORTEST_LETTERS = 2, 4, 5


class Adding:
    """Puts words into a vocabulary, and what they sound like."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._into = vocabulary

    def add(self, word: str, meaning: Meaning) -> None:
        """Put a word with one of its meanings."""
        made = meaning.sort is Sort.VALUE and word.isascii() and not (meaning.value or "").isascii()
        plain = normal_numbered(word) if made else normal(word)  # 柜员012 in English
        if not plain:
            return
        known = self._into.exact.setdefault(plain, [])
        if meaning not in known:
            known.append(meaning)

    def finish(self) -> None:
        """Sort the meanings and index the sounds, once all words are in."""
        into = self._into
        for word, known in into.exact.items():
            known.sort(key=lambda one: (one.name not in into.calculated, ORDER[one.sort]))
            if known[0].sort in SOUNDED and not into.names_staff(known[0]):
                self._sounds(word)
            if word[0].isascii() and word[0].isalpha():
                into.stems[stems_of(word.replace("-", " "))].add(word)
        into.longest = max(map(len, into.exact), default=1)
        into.starts = frozenset(word[0] for word in into.exact)

    def _sounds(self, word: str) -> None:
        into = self._into
        if all(map(is_han, word)):
            heard = sounds(word)
            if heard and len(heard) >= SHORTEST_SOUND:
                into.sound[heard].add(word)
                if len(heard) >= SHORTEST_SLIP:
                    for rest in one_left_out(heard):
                        into.slip[rest].add(word)
                spelled = "".join(syllables(word) or ())
                self._letters(spelled, word)
        elif re.fullmatch(r"[a-z' -]+", word):
            self._letters(stem(word.replace(" ", "")), word)

    def _letters(self, spelled: str, word: str) -> None:
        into = self._into
        into.letters[spelled].add(word)
        if len(spelled) >= SHORTEST_LETTERS + 1:
            for rest in one_left_out(tuple(spelled)):
                into.slip[rest].add(word)
