"""An answer becomes a row whose columns mean what the questionnaire says."""

from huiyin.codebook.contracts import Role
from huiyin.codebook.files import codebook_text, parse_codebook
from huiyin.collect.surveys.columns import (
    Kept,
    build_codebook,
    build_row,
    merge_codebooks,
    name_columns,
)
from huiyin.collect.surveys.definition import Definition

OPTIONS = [{"code": "a", "label": {"zh-CN": "甲"}}, {"code": "other", "label": {"zh-CN": "其他"}}]
QUESTIONS = [
    {"kind": "nps", "id": "rec", "title": {"zh-CN": "推荐吗"}},
    {"kind": "ces", "id": "easy", "title": {"zh-CN": "费力吗"}, "points": 5, "direction": -1},
    {"kind": "multiple", "id": "why", "title": {"zh-CN": "哪些"}, "options": OPTIONS},
    {"kind": "ranking", "id": "top", "title": {"zh-CN": "排序"}, "options": OPTIONS},
    {
        "kind": "matrix",
        "id": "m",
        "title": {"zh-CN": "各方面"},
        "rows": [{"code": "speed", "label": {"zh-CN": "速度"}, "aspect": "响应速度"}],
        "not_applicable": True,
    },
    {"kind": "contact", "id": "call", "title": {"zh-CN": "联系方式"}, "fields": ["phone"]},
    {"kind": "note", "id": "hello", "title": {"zh-CN": "您好"}},
]
KEPT = Kept("r1", "2026-11-26T10:00:00+00:00", "link", "self", "zh-CN", 1, finished=True)


def define(questions=QUESTIONS, **more):
    return Definition.model_validate(
        {"title": {"zh-CN": "试"}, "pages": [{"id": "p", "questions": questions}], **more}
    )


def test_the_codebook_says_role_scale_and_labels_without_a_doubt():
    survey = define(fields=["shop"])
    book = build_codebook(survey, name_columns(survey, []))
    assert (book["rec"].role, book["rec"].scale.maximum) == (Role.NPS, 10)
    assert book["easy"].scale.direction == -1
    assert book["m_speed"].role is Role.ASPECT
    assert book["m_speed"].label.say() == "响应速度"
    assert book["call_phone"].role is Role.CONTACT
    assert book["why"].labels == {"a": "甲", "other": "其他"}
    assert book["why_own"].role is Role.TEXT
    assert book["shop"].role is Role.UNIT
    assert book.doubts == ()
    assert "hello" not in book
    assert parse_codebook(codebook_text(book), "codebook").columns == book.columns


def test_a_row_holds_what_was_answered_and_nothing_else():
    survey = define()
    answers = {"rec": 0, "why": ["a", "other"], "top": ["other", "a"], "m": {"speed": "na"}}
    row = build_row(survey, name_columns(survey, []), answers, {"why": "丙"}, KEPT)
    assert row["rec"] == "0"
    assert row["why"] == "a┋other"
    assert row["why_own"] == "丙"
    assert (row["top_first"], row["top_a"], row["top_other"]) == ("other", "2", "1")
    assert "m_speed" not in row
    assert "easy" not in row


def test_every_cell_has_a_column_in_the_codebook():
    survey = define(fields=["shop"])
    named = name_columns(survey, [])
    answers = {
        "rec": 3, "easy": 2, "why": ["a"], "top": ["a"], "m": {"speed": 5}, "call": {"phone": "1"},
    }  # fmt: skip
    kept = Kept(
        "r", "2026-11-26", "qr", "self", "en", 1, finished=True, seconds=9, customer="c",
        fields={"shop": "一店", "age": "30"},
    )  # fmt: skip
    row = build_row(survey, named, answers, {}, kept)
    book = build_codebook(survey, named)
    assert all(name in book for name in row)
    assert row["shop"] == "一店"


def test_an_anonymous_answer_keeps_no_customer_and_no_fact():
    survey = define(anonymous=True, fields=["shop"])
    known = {"customer": "c", "fields": {"shop": "x"}}
    kept = Kept("r", "2026-11-26", "mail", "self", "en", 1, finished=True, **known)
    row = build_row(survey, name_columns(survey, []), {"rec": 3}, {}, kept)
    assert "customer" not in row
    assert "shop" not in row
    assert "customer" not in build_codebook(survey, name_columns(survey, []))


def test_rewording_keeps_the_column_and_another_scale_opens_a_new_one():
    first = name_columns(define(), [])
    reworded = [QUESTIONS[0] | {"title": {"zh-CN": "您愿意推荐我们吗"}}, *QUESTIONS[1:]]
    second = name_columns(define(reworded), [first])
    assert second["rec"] == first["rec"]
    rescaled = [QUESTIONS[0], QUESTIONS[1] | {"points": 7}, *QUESTIONS[2:]]
    third = name_columns(define(rescaled), [first, second])
    assert third["easy"].partition("|")[0] == "easy_2"
    assert name_columns(define(), [first, second, third])["easy"] == first["easy"]


def test_columns_of_earlier_versions_stay():
    old, new = define(), define(QUESTIONS[:1])
    earlier = build_codebook(old, name_columns(old, []))
    newest = build_codebook(new, name_columns(new, []))
    merged = merge_codebooks(newest, [earlier])
    assert {column.name for column in merged} == {column.name for column in earlier}
