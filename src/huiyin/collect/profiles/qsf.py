"""Qualtrics' survey file (``.qsf``): question texts, choice labels, recodes."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAX_BYTES = 50 * 1024 * 1024
_TAG = re.compile(r"<[^>]+>")
_BREAK = re.compile(r"</?(br|div|p|li)\b[^>]*>", re.IGNORECASE)
_MIN_KNOWN = 0.5


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as the survey defines it.

    Attributes
    ----------
    text : str
    several : bool
        Several answers may be ticked.
    nps : bool
        The recommendation question on 0 to 10.
    labels : mapping of str to str
        Code in the export to its label.
    """

    tag: str
    text: str
    several: bool
    nps: bool
    labels: Mapping[str, str]


def read_questions_beside(path: Path, tags: set[str]) -> dict[str, Asked]:
    """Find, in the file's folder, the survey that asks these questions.

    Parameters
    ----------
    path : Path
        The results.
    tags : set of str
        Question ids (``QID1``) and column names of the results.

    Returns
    -------
    dict of str to Asked
        By question id; empty where no file asks at least half of them.
    """
    found = [_read(candidate) for candidate in sorted(path.parent.glob("*.qsf"))]
    fitting = [(_share(asked, tags), asked) for asked in found if asked]
    share, asked = max(fitting, key=lambda pair: pair[0], default=(0.0, {}))
    return asked if share >= _MIN_KNOWN else {}


def _share(asked: dict[str, Asked], tags: set[str]) -> float:
    known = [q for q, a in asked.items() if q in tags or any(t.startswith(a.tag) for t in tags)]
    return len(known) / len(asked)


def _read(path: Path) -> dict[str, Asked]:
    if path.stat().st_size > MAX_BYTES:
        return {}
    try:
        survey = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return {}
    elements = survey.get("SurveyElements") if isinstance(survey, dict) else None
    asked = {}
    for element in elements or ():
        payload = element.get("Payload")
        if element.get("Element") == "SQ" and isinstance(payload, dict):
            asked[str(element.get("PrimaryAttribute"))] = _asked(payload)
    return asked


def plain_words(words: object) -> str:
    """Take the HTML out of a text."""
    return re.sub(r"\s+", " ", html.unescape(_TAG.sub("", _BREAK.sub(" ", str(words))))).strip()


def _asked(payload: Mapping[str, Any]) -> Asked:
    kind, selector = payload.get("QuestionType"), str(payload.get("Selector", ""))
    several = payload.get("SubSelector") == "MultipleAnswer" or (
        kind == "MC" and selector in {"MAVR", "MAHR", "MACOL", "MSB"}
    )
    options = payload.get("Answers") if kind == "Matrix" else payload.get("Choices")
    labels = {} if several else _labels(options, payload.get("RecodeValues"))
    return Asked(
        tag=str(payload.get("DataExportTag", "")),
        text=plain_words(payload.get("QuestionText", "")),
        several=several,
        nps=selector == "NPS",
        labels=labels if kind in {"MC", "Matrix"} else {},
    )


def _labels(options: object, recodes: object) -> dict[str, str]:
    if not isinstance(options, dict):
        return {}
    codes = recodes if isinstance(recodes, dict) else {}
    return {
        str(codes.get(key, key)): plain_words(option.get("Display", ""))
        for key, option in options.items()
        if isinstance(option, dict)
    }
