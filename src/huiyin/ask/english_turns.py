"""English turns of phrase in plain words: what stands apart is put together."""

from __future__ import annotations

import re

from huiyin.ask.english_asking_turns import ASKING
from huiyin.ask.english_bound_turns import BOUNDS
from huiyin.ask.english_chatty_turns import CHATTY
from huiyin.ask.english_comparing_turns import COMPARING
from huiyin.ask.english_driving_turns import DRIVING
from huiyin.ask.english_figure_turns import FIGURES
from huiyin.ask.english_group_turns import GROUPS
from huiyin.ask.english_plain_turns import PICTURED
from huiyin.ask.english_share_turns import SHARES
from huiyin.ask.english_step_turns import STEPS
from huiyin.ask.english_vexing_turns import VEXING

TURNS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        *BOUNDS,
        *FIGURES,
        *CHATTY,
        *PICTURED,
        *VEXING,
        *STEPS,
        *COMPARING,
        *SHARES,
        *DRIVING,
        *ASKING,
        *GROUPS,
    )
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
