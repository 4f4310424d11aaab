"""Reading LimeSurvey’s survey file (``.lss``): groups are pages, relevance is a condition."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.collect.surveys.contracts import OTHER, SurveyError
from huiyin.collect.surveys.definition import Words
from huiyin.collect.surveys.formats.drafts import (
    AGREE,
    LEFT_LOGIC,
    LEFT_PAGE_LOGIC,
    LEFT_QUOTA,
    Codes,
    Draft,
    contact_fields,
    judged,
    least_and_most,
    number_between,
    options,
    own_words,
    plain,
    rating,
    refuse_many,
    split_off_na,
)
from huiyin.collect.surveys.formats.lss_logic import OWN, Named, Relevance
from huiyin.collect.surveys.formats.lss_tables import (
    NO_LSS,
    TOLD,
    Row,
    Tables,
    load_tables,
    place_of,
    rows_by,
    tag_of,
    words_of_rows,
)
from huiyin.collect.surveys.formats.picks import UnsayableError, values_of
from huiyin.core.text import EN, ZH, Text

_OTHER_WORDS = {ZH: "其他", EN: "Other"}
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""A group named so was a page without a title."""


def read_lss(raw: bytes) -> tuple[Draft, list[Text]]:
    """Read a LimeSurvey file as a draft of a definition, and say what was left behind.

    Raises
    ------
    SurveyError
        It is no such file, or declares entities.
    """
    tables = load_tables(raw)
    asked = [row for row in tables["questions"] if row.get("parent_qid", "0") in {"", "0"}]
    if not asked:
        raise SurveyError(NO_LSS)
    refuse_many(len(asked))
    words = _words(tables)
    told = rows_by([*tables["question_l10ns"], *asked], "qid")
    helps = {qid: words_of_rows(rows, "language", "help") for qid, rows in told.items()}
    codes, left = Codes(), list[Text]()
    pages: list[Draft] = []
    relevance, page_codes = Relevance(), Codes()
    grouped, groups = rows_by(asked, "gid"), rows_by(tables["groups"], "gid")
    named = rows_by([*tables["group_l10ns"], *tables["groups"]], "gid")
    for gid in _groups(tables, asked):
        rows = sorted(grouped.get(gid, ()), key=place_of)
        number = len(pages) + 1
        group: Row = next(iter(groups.get(gid, ())), {})
        name = LEFT_PAGE_LOGIC.format(q=number)
        page = _named_page(
            words_of_rows(named.get(gid, ()), "language", "group_name"), page_codes, number
        )
        page |= _shown(relevance, group.get("grelevance", ""), left, name)
        reading = _Reading(tables, words, helps, codes, left, relevance)
        drafts = [reading.question(row) for row in rows]
        pages.append(page | {"questions": [one for one in drafts if one]})
    tongues = _tongues(tables, words)
    draft: Draft = {"title": {tongues[0]: "LimeSurvey"}, "languages": tongues, "pages": pages}
    settings = tables["surveys_languagesettings"]
    for part, column in TOLD.items():
        draft |= _said(part, words_of_rows(settings, "surveyls_language", column))
    if any(row.get("anonymized") == "Y" for row in tables["surveys"]):
        draft["anonymous"] = True
    left += [LEFT_QUOTA.format(q=plain(row.get("name"))) for row in tables["quota"]]
    return draft, left


def _named_page(said: Words, codes: Codes, number: int) -> Draft:
    names = set(said.values())
    code = names.pop() if len(names) == 1 else ""
    if _NAME.fullmatch(code):
        return {"id": codes.give(code, f"p{number}")}
    return {"id": codes.give("", f"p{number}"), **_said("title", said)}


def _said(name: str, words: Words) -> Draft:
    return {name: words} if words else {}


def _groups(tables: Tables, asked: Sequence[Row]) -> list[str]:
    listed = sorted(tables["groups"], key=place_of)
    return list(
        dict.fromkeys([row.get("gid", "") for row in listed] + [r.get("gid", "") for r in asked])
    )


def _words(tables: Tables) -> dict[tuple[str, str], Words]:
    """Give the words of each question and answer, by table and id, in each language."""
    words: dict[tuple[str, str], Words] = defaultdict(dict)
    for table, number, column in (
        ("question_l10ns", "qid", "question"),
        ("answer_l10ns", "aid", "answer"),
    ):
        for row in tables[table]:
            words[table, row.get(number, "")][tag_of(row.get("language"))] = plain(row.get(column))
    return words


def _tongues(tables: Tables, words: Mapping[tuple[str, str], Words]) -> list[str]:
    named = [
        tag_of(tongue)
        for row in tables["surveys"]
        for tongue in (row.get("language"), *(row.get("additional_languages") or "").split())
    ]
    spoken = sorted({tag for one in words.values() for tag in one})
    return list(dict.fromkeys(named + spoken))[:20] or [EN]


@dataclass(frozen=True, slots=True)
class _Reading:
    tables: Tables
    words: Mapping[tuple[str, str], Words]
    helps: Mapping[str, Words]
    codes: Codes
    left: list[Text]
    relevance: Relevance

    def question(self, row: Row) -> Draft | None:
        qid = row.get("qid", "")
        title = self.words.get(("question_l10ns", qid)) or {
            tag_of(row.get("language")): plain(row.get("question"))
        }
        name = Text.same(next(iter(title.values()), "") or row.get("title", ""))
        about = _About(self.tables, self.words, row, title)
        form = judged(about.form(), title, name, self.left)
        if form is None:
            return None
        required = row.get("mandatory") == "Y" and form["kind"] != "note"
        code = self.codes.give(row.get("title"), "q")
        draft = {"id": code, "title": title, "required": required, **form}
        draft |= _said("help", self.helps.get(qid, {}))
        sentence = LEFT_LOGIC.format(q=name)
        draft |= _shown(self.relevance, row.get("relevance", ""), self.left, sentence)
        self.relevance.learn(row.get("title", ""), qid, about.named(draft))
        return draft


def _shown(relevance: Relevance, words: str, left: list[Text], sentence: Text) -> Draft:
    if words.strip() in {"", "1"}:
        return {}
    try:
        return {"show_if": relevance.read(words)}
    except UnsayableError:
        left.append(sentence)
        return {}


@dataclass(frozen=True, slots=True)
class _About:
    tables: Tables
    words: Mapping[tuple[str, str], Words]
    row: Row
    title: Words

    def form(self) -> Draft | None:
        kind = self.row.get("type", "")
        makers: Mapping[str, Callable[[], Draft | None]] = {
            **dict.fromkeys("L!O", self._one),
            **dict.fromkeys("MP", self._several),
            **dict.fromkeys("FABH", self._matrix),
            "R": self._ranking,
            "N": self._number,
        }
        return makers[kind]() if kind in makers else self._plain(kind)

    def named(self, draft: Draft) -> Named:
        """Say what the codes of the file mean in the question that was read."""
        values: dict[str, Any] = {}
        rows: dict[str, Any] = {}
        kind, offered = self.row.get("type", ""), values_of(draft)
        if draft["kind"] == "multiple":
            rows = dict(zip((code for code, _ in self._rows()), offered, strict=False))
            rows |= {"other": OTHER} if OTHER in offered else {}
        elif draft["kind"] == "consent":
            rows = dict(zip((code for code, _ in self._rows()), offered, strict=False))
        elif kind == "Y":
            values = {"Y": "yes", "N": "no"}
        elif kind in {"5", "A", "B"}:
            values = {str(one): one for one in offered}
        elif offered:
            values = dict(zip((code for code, _ in self._answers()), offered, strict=False))
            values |= {OWN: OTHER} if OTHER in offered else {}
        if draft["kind"] == "matrix":
            codes = (row["code"] for row in draft["rows"])
            rows = dict(zip((code for code, _ in self._rows()), codes, strict=False))
        return Named(draft, values, rows)

    def _ranking(self) -> Draft | None:
        found = options(self._answers())
        return {"kind": "ranking", "options": found} if found else None

    def _plain(self, kind: str) -> Draft | None:
        if kind == "Q":
            return {"kind": "contact", "fields": contact_fields([w for _, w in self._rows()])}
        if kind == "Y":
            yes_no = [("yes", {ZH: "是", EN: "Yes"}), ("no", {ZH: "否", EN: "No"})]
            return {"kind": "single", "options": options(yes_no)}
        simple: dict[str, Draft] = {
            "5": {"kind": "csat", "points": 5},
            "T": {"kind": "text"}, "U": {"kind": "text"}, "S": {"kind": "text", "long": False},
            "D": {"kind": "date"}, "|": {"kind": "file"}, "X": {"kind": "note"},
        }  # fmt: skip
        return simple.get(kind)

    def _answers(self) -> list[tuple[str, Words]]:
        own = sorted(self.tables.answers.get(self.row.get("qid", ""), ()), key=place_of)
        return [
            (row.get("code", ""), self.words.get(("answer_l10ns", row.get("aid", "")))
             or {tag_of(row.get("language")): plain(row.get("answer"))})
            for row in own
        ]  # fmt: skip

    def _rows(self) -> list[tuple[str, Words]]:
        own = sorted(self.tables.parts.get(self.row.get("qid", ""), ()), key=place_of)
        return [
            (row.get("title", ""), self.words.get(("question_l10ns", row.get("qid", "")))
             or {tag_of(row.get("language")): plain(row.get("question"))})
            for row in own
        ]  # fmt: skip

    def _attribute(self, name: str) -> str:
        own = self.tables.attributes.get(self.row.get("qid", ""), ())
        return next((row.get("value", "") for row in own if row.get("attribute") == name), "")

    def _random(self) -> Draft:
        return {"random_order": True} if self._attribute("random_order") == "1" else {}

    def _one(self) -> Draft | None:
        answers = self._answers()
        levels, lets_out = split_off_na(answers)
        scale = rating(self.title, [words for _, words in levels])
        coded = all(
            code.lstrip("A").lstrip("0").isdigit() or code in {"0", "A0"} for code, _ in levels
        )
        if scale and coded:
            return scale | ({"not_applicable": True} if lets_out else {})
        if not answers:
            return None
        found = own_words(options(answers), self.row.get("other") == "Y", _OTHER_WORDS)
        as_list = {"as_list": True} if self.row.get("type") == "!" else {}
        return {"kind": "single", "options": found, **as_list, **self._random()}

    def _several(self) -> Draft | None:
        rows = self._rows()
        if len(rows) == 1 and any(AGREE.match(one) for one in rows[0][1].values()):
            return {"kind": "consent"}
        if not rows:
            return None
        alone = set(self._attribute("exclude_all_others").split(";")) - {""}
        found = [
            one | ({"exclusive": True} if code in alone else {})
            for one, (code, _) in zip(options(rows), rows, strict=True)
        ]
        found = own_words(found, self.row.get("other") == "Y", _OTHER_WORDS)
        how_many = least_and_most(
            self._attribute("min_answers"), self._attribute("max_answers"), len(found)
        )
        return {"kind": "multiple", "options": found, **how_many, **self._random()}

    def _matrix(self) -> Draft | None:
        rows = options(self._rows())
        points = {"A": 5, "B": 10}.get(self.row.get("type", ""))
        if points and rows:
            return {"kind": "matrix", "rows": rows, "points": points}
        levels, lets_out = split_off_na(self._answers())
        scale = rating({}, [words for _, words in levels])
        if not rows or not scale or scale["kind"] != "csat":
            return None
        lets = {"not_applicable": True} if lets_out else {}
        return scale | {"kind": "matrix", "rows": rows} | lets | self._random()

    def _number(self) -> Draft:
        low, high = (self._attribute(f"{end}_num_value_n") for end in ("min", "max"))
        whole = re.compile(r"-?\d{1,4}", re.ASCII)
        if not whole.fullmatch(low) or not whole.fullmatch(high):
            return {"kind": "text", "long": False, "number": True}
        return number_between(int(low), int(high))
