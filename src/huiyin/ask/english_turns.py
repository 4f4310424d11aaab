"""English turns of phrase in plain words: what stands apart is put together."""

from __future__ import annotations

import re

from huiyin.ask.english_asking_turns import ASKING
from huiyin.ask.english_comparing_turns import COMPARING
from huiyin.ask.english_driving_turns import DRIVING
from huiyin.ask.english_figure_turns import FIGURES
from huiyin.ask.english_group_turns import GROUPS
from huiyin.ask.english_share_turns import SHARES
from huiyin.ask.english_step_turns import STEPS

TURNS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (*FIGURES, *STEPS, *COMPARING, *SHARES, *DRIVING, *ASKING, *GROUPS)
)


def in_plain_english(text: str) -> str:
    """Say English turns of phrase in plain words.

    Parameters
    ----------
    text : str
        In small letters.

    Examples
    --------
    >>> in_plain_english("how do families rate our prices")
    'how do families find our prices'
    """
    for pattern, plain in TURNS:
        text = pattern.sub(plain, text)
    return text
