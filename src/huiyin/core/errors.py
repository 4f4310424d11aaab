"""Faults that a person can mend: each says what is wrong, where, and what to do."""

from __future__ import annotations

import traceback

from huiyin.core.text import ZH, Text

_LAST_FRAMES = 3


class HuiyinError(Exception):
    """A fault with one clear sentence for the person who caused it or can mend it.

    Each stage derives one class per fault in its ``contracts.py``; the command line and the
    web map class to exit code or status in one table.

    Parameters
    ----------
    sentence : Text
        What is wrong, where (file, sheet, row, column), what to do.
    """

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence.say("en"))
        self.sentence = sentence

    def say(self, language: str = ZH) -> str:
        """Say the sentence in `language`."""
        return self.sentence.say(language)

    def to_json(self) -> dict[str, object]:
        """Give it as it is kept with what failed: a job, an import."""
        return {"code": type(self).__name__, "sentence": dict(self.sentence)}


class BadInputError(HuiyinError):
    """The input cannot be used as it is: exit code 2, status 422."""


class SaidError(ValueError):
    """A value is refused by a check of ours, which says why in every language.

    Parameters
    ----------
    sentence : Text
        Reads on after the name of the field: no full stop.
    """

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence.say("en"))
        self.sentence = sentence


class MissingPartError(HuiyinError):
    """The machine lacks a part (a font, a system library): only what needs it is refused."""


def frames_of(fault: BaseException) -> list[str]:
    """Give where a fault happened: our own lines, and the last ones; never its message."""
    frames = traceback.extract_tb(fault.__traceback__)
    return [
        f"{frame.filename}:{frame.lineno} {frame.name}"
        for at, frame in enumerate(frames)
        if "huiyin" in frame.filename or at >= len(frames) - _LAST_FRAMES
    ]
