"""The script by which other sites show a questionnaire, with the settings of its link in it."""

from __future__ import annotations

import json
from typing import Any

from huiyin.collect.sending.widgets import Widget
from huiyin.collect.surveys.definition import say
from huiyin.core.text import EN, LANGUAGES, Text
from huiyin.web.answer.known import Entrance
from huiyin.web.answer.pages import asset

_CLOSE = Text("关闭", "Close")
_PLACE = "HUIYIN_CONFIG"


def draw_script(entrance: Entrance, widget: Widget, *, is_open: bool) -> str:
    """Write the script of a widget.

    Parameters
    ----------
    entrance : Entrance
    widget : Widget
    is_open : bool
        Whether there is anything to answer now; a closed one shows nothing and breaks nothing.

    Returns
    -------
    str
        JavaScript; the words of the questionnaire stand in it as JSON and are set as text only.
    """
    definition = entrance.current.definition
    facts: dict[str, Any] = {
        "code": entrance.code,
        "closed": not is_open,
        "look": widget.look,
        "share": widget.share,
        "trigger": widget.trigger,
        "delay": widget.delay_seconds,
        "rest": widget.rest_days,
        "known": widget.known_only,
        "languages": list(definition.languages),
        "words": {
            tag: {"title": say(definition.title, tag), "close": _close(tag)}
            for tag in definition.languages
        },
    }
    return asset("widget.js").decode().replace(_PLACE, json.dumps(facts))


def _close(tag: str) -> str:
    return _CLOSE.say(tag if tag in LANGUAGES else EN)
