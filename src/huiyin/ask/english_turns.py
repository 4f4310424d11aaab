"""English turns of phrase in plain words: what stands apart is put together."""

from __future__ import annotations

import re

from huiyin.ask.english_asking_turns import ASKING
from huiyin.ask.english_beside_turns import BESIDE
from huiyin.ask.english_bound_turns import BOUNDS
from huiyin.ask.english_comparing_turns import COMPARING
from huiyin.ask.english_course_turns import COURSES
from huiyin.ask.english_day_turns import DAYS
from huiyin.ask.english_driving_turns import DRIVING
from huiyin.ask.english_feeling_turns import FEELINGS
from huiyin.ask.english_group_turns import GROUPS
from huiyin.ask.english_moving_turns import MOVING
from huiyin.ask.english_ranking_turns import RANKING
from huiyin.ask.english_share_turns import SHARES
from huiyin.ask.english_standing_turns import STANDING
from huiyin.ask.english_step_turns import STEPS
from huiyin.ask.english_swaying_turns import SWAYING
from huiyin.ask.english_talk_turns import TALK
from huiyin.ask.english_voice_turns import VOICES
from huiyin.ask.english_whom_turns import WHOM

TURNS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        *TALK,
        *BOUNDS,
        *DAYS,
        *RANKING,
        *FEELINGS,
        *COURSES,
        *MOVING,
        *DRIVING,
        *SWAYING,
        *STEPS,
        *COMPARING,
        *BESIDE,
        *STANDING,
        *SHARES,
        *VOICES,
        *ASKING,
        *GROUPS,
        *WHOM,
    )
)
LATIN = re.compile("[a-z]")


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
    if not LATIN.search(text):  # most words of a vocabulary
        return text
    for pattern, plain in TURNS:
        text = pattern.sub(plain, text)
    return text
