"""LimeSurvey's survey file (``.lss``): question texts and answer labels."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, fromstring

MAX_BYTES = 20 * 1024 * 1024
_TAG = re.compile(r"<[^>]+>")
_MIN_KNOWN = 0.5


@dataclass(frozen=True, slots=True)
class Survey:
    """Labels by question code and answer code; texts by (code, sub-question code or None)."""

    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    texts: dict[tuple[str, str | None], str] = field(default_factory=dict)


def read_survey_beside(path: Path, codes: set[str]) -> Survey | None:
    """Find, in the file's folder, the survey that asks these questions.

    Parameters
    ----------
    path : Path
        The results.
    codes : set of str
        Question codes of the results.

    Returns
    -------
    Survey or None
        None where no file asks at least half of them.
    """
    best: tuple[float, Survey] | None = None
    for candidate in sorted(path.parent.glob("*.lss")):
        survey = _read(candidate)
        if survey is None:
            continue
        known = {code for code, _ in survey.texts}
        share = len(codes & known) / max(len(codes), 1)
        if share >= _MIN_KNOWN and (best is None or share > best[0]):
            best = (share, survey)
    return best[1] if best else None


def _read(path: Path) -> Survey | None:
    if path.stat().st_size > MAX_BYTES:
        return None
    words = path.read_bytes()
    if b"<!DOCTYPE" in words or b"<!ENTITY" in words:
        return None
    try:
        root = fromstring(words)  # noqa: S314 -- size bounded, entities refused above
    except ParseError:
        return None
    return _survey(root)


def _rows(root: Element, table: str) -> list[dict[str, str]]:
    return [
        {cell.tag: cell.text or "" for cell in row} for row in root.iterfind(f"{table}/rows/row")
    ]


def _survey(root: Element) -> Survey:
    asked = _rows(root, "questions") + _rows(root, "subquestions")
    texts_by_id = {
        row["qid"]: row.get("question", "") for row in _rows(root, "question_l10ns")[::-1]
    }
    title = {row["qid"]: row["title"] for row in asked}
    texts: dict[tuple[str, str | None], str] = {}
    for row in asked:
        text = _TAG.sub("", row.get("question") or texts_by_id.get(row["qid"], "")).strip()
        parent = row.get("parent_qid", "0")
        key = (row["title"], None) if parent in {"", "0"} else (title.get(parent, ""), row["title"])
        texts.setdefault(key, text)
    words_by_id = {row["aid"]: row.get("answer", "") for row in _rows(root, "answer_l10ns")[::-1]}
    labels: dict[str, dict[str, str]] = {}
    for row in _rows(root, "answers"):
        word = row.get("answer") or words_by_id.get(row.get("aid", ""), "")
        if (code := title.get(row["qid"])) and word:
            labels.setdefault(code, {}).setdefault(row["code"], _TAG.sub("", word).strip())
    return Survey(labels, texts)
