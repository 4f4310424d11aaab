"""Questionnaires from files, and as files: our JSON, Qualtrics, LimeSurvey, 问卷星 text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from huiyin.collect.surveys.contracts import LONGEST_WORDS, Kind, SurveyError
from huiyin.collect.surveys.definition import Definition
from huiyin.collect.surveys.formats.drafts import LEFT_WORDS, Draft, cut_short
from huiyin.collect.surveys.formats.json_files import json_of
from huiyin.collect.surveys.formats.lost import lost_rules, lost_words
from huiyin.collect.surveys.formats.lss import write_lss
from huiyin.collect.surveys.formats.lss_reading import read_lss
from huiyin.collect.surveys.formats.qsf import write_qsf
from huiyin.collect.surveys.formats.qsf_reading import read_qsf
from huiyin.collect.surveys.formats.wjx import write_wjx
from huiyin.collect.surveys.formats.wjx_reading import read_wjx
from huiyin.collect.surveys.parsing import parse_definition
from huiyin.core.text import Text

MAX_BYTES = 5 * 1024 * 1024
FORMAT = "huiyin-survey"
_ELEMENTS = b'"SurveyElements"'
_TOO_LARGE = Text("文件“{name}”超过 5 MB。", "The file “{name}” is larger than 5 MB.")
_NO_JSON = Text("“{name}”不是能读的 JSON。", "“{name}” is no JSON that can be read.")
_NOTHING = Text(
    "“{name}”里没有能带过来的题。", "“{name}” has no question that can be carried over."
)
_NOTHING_BUT = Text(
    "“{name}”里没有能带过来的题：{why}", "“{name}” has no question that can be carried over: {why}"
)
_SETTINGS = Text("资料、匿名、同意用途等设置", "fields, anonymity, purposes and the like")
_ROLES = Text("每题在分析里的角色", "what each question is for in the analysis")
_LANGUAGES = Text("第一种以外的语言", "languages but the first")


class SurveyFormat(StrEnum):
    """What a questionnaire may be written as; the value ends the file's name."""

    JSON = "json"
    QSF = "qsf"
    LSS = "lss"
    WJX = "txt"


def read_survey(source: Path | bytes, name: str = "") -> tuple[Definition, list[Text]]:
    """Read a questionnaire from a file that anybody may have written.

    Parameters
    ----------
    source : Path or bytes
    name : str
        Name of the file: its ending says the format, else its first sign does.

    Returns
    -------
    Definition
    list of Text
        What was not carried over, a sentence each.

    Raises
    ------
    SurveyError
        It cannot be read; one sentence that says where.
    """
    known = name or (source.name if isinstance(source, Path) else "file")
    raw = _bytes(source, known)
    kind = _format_of(raw, known)
    if kind is SurveyFormat.JSON:
        return parse_definition(_own(raw, known)), []
    draft, left = _READ[kind](raw)
    draft["pages"] = [page for page in draft["pages"] if page["questions"]]
    if not draft["pages"]:
        why = next(iter(left), None)
        nothing = _NOTHING_BUT.format(name=known, why=why) if why else _NOTHING.format(name=known)
        raise SurveyError(nothing)
    if cut_short(draft):
        left.append(LEFT_WORDS.format(most=LONGEST_WORDS))
    return parse_definition(draft), left


def write_survey(definition: Definition, kind: SurveyFormat) -> bytes:
    """Write a questionnaire as a file."""
    return _WRITE[kind](definition)


def left_out(definition: Definition, kind: SurveyFormat) -> list[Text]:
    """Name what a format cannot carry of this questionnaire; nothing for our own JSON."""
    if kind is SurveyFormat.JSON:
        return []
    settings = definition.fields or definition.anonymous or definition.redirect
    ratings = any(one.kind in {Kind.CSAT, Kind.CES} for one in definition.questions)
    several = kind is SurveyFormat.WJX and len(definition.languages) > 1
    found = ((settings, _SETTINGS), (ratings, _ROLES), (several, _LANGUAGES))
    words = lost_words(definition, kind)
    return [*lost_rules(definition, kind), *words, *(text for there, text in found if there)]


def _bytes(source: Path | bytes, name: str) -> bytes:
    size = source.stat().st_size if isinstance(source, Path) else len(source)
    if size > MAX_BYTES:
        raise SurveyError(_TOO_LARGE.format(name=name))
    return source.read_bytes() if isinstance(source, Path) else source


def _format_of(raw: bytes, name: str) -> SurveyFormat:
    ending = name.lower().rpartition(".")[2]
    said = raw.replace(b"\0", b"")  # of UTF-16, the signs that matter here
    if ending == SurveyFormat.JSON and _ELEMENTS in said:
        return SurveyFormat.QSF
    if ending in set(SurveyFormat):
        return SurveyFormat(ending)
    start = said.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1]
    if start == b"<":
        return SurveyFormat.LSS
    if start != b"{":
        return SurveyFormat.WJX
    return SurveyFormat.QSF if _ELEMENTS in said else SurveyFormat.JSON


def _own(raw: bytes, name: str) -> Any:
    try:
        document = json_of(raw)
    except (ValueError, RecursionError) as error:
        raise SurveyError(_NO_JSON.format(name=name)) from error
    wrapped = isinstance(document, dict) and document.get("format") == FORMAT
    return document.get("definition") if wrapped else document


def _write_own(definition: Definition) -> bytes:
    kept = definition.model_dump(mode="json", exclude_defaults=True)
    document = {"format": FORMAT, "version": 1, "definition": kept}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


_READ: Mapping[SurveyFormat, Callable[[bytes], tuple[Draft, list[Text]]]] = {
    SurveyFormat.QSF: read_qsf,
    SurveyFormat.LSS: read_lss,
    SurveyFormat.WJX: read_wjx,
}
_WRITE: Mapping[SurveyFormat, Callable[[Definition], bytes]] = {
    SurveyFormat.JSON: _write_own,
    SurveyFormat.QSF: write_qsf,
    SurveyFormat.LSS: write_lss,
    SurveyFormat.WJX: write_wjx,
}
