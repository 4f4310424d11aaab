"""Every word of the pages stands in both languages, and every word asked for exists."""

import ast
import json
import re

import pytest

from huiyin.core.absence import Reason

KEY = re.compile(r"""\bt\(\s*'([\w.]+)'""")
KEY_START = re.compile(r"\bt\(\s*`([\w.]+)\$\{")
KEY_TERNARY = re.compile(r"\bt\([^()'`]*\?\s*'([\w.]+)'\s*:\s*'([\w.]+)'")
KEY_NAMED = re.compile(r"""['"]([a-z]\w*(?:\.\w+)+)['"]""")
HOLE = re.compile(r"\{\{\s*(\w+)")
PLURAL = re.compile(r"_(one|other)$")


def flat(tree, start=""):
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from flat(value, f"{start}{key}.")
        else:
            yield f"{start}{key}", value


@pytest.fixture(scope="module")
def copies(source):
    return {
        language: dict(flat(json.loads((source / "copy" / f"{language}.json").read_text("utf-8"))))
        for language in ("zh-CN", "en")
    }


@pytest.fixture(scope="module")
def code(source):
    return "\n".join(f.read_text("utf-8") for f in sorted(source.rglob("*.ts*")))


def test_both_languages_have_the_same_keys(copies):
    zh, en = ({PLURAL.sub("", key) for key in copies[language]} for language in ("zh-CN", "en"))
    assert zh == en


def test_both_languages_fill_the_same_holes(copies):
    zh, en = copies["zh-CN"], copies["en"]
    for key, words in zh.items():
        english = en.get(key) or en[f"{key}_other"]
        assert set(HOLE.findall(words)) == set(HOLE.findall(english)), key


def test_every_reason_for_no_number_has_its_words(copies):
    for language, copy in copies.items():
        assert not [one.value for one in Reason if f"absence.{one.value}" not in copy], language


def test_nothing_is_left_empty(copies):
    assert not [
        (lang, k) for lang, copy in copies.items() for k, v in copy.items() if not v.strip()
    ]


def test_english_holds_no_chinese_but_names(copies):
    chinese = re.compile(r"[\u4e00-\u9fff]")
    allowed = {"shell.brand", "surveys.pasteExample"}  # the example is a text of 问卷星's
    named = {k: v.replace("问卷星", "") for k, v in copies["en"].items()}
    bad = [k for k, v in named.items() if chinese.search(v) and k not in allowed]
    quoted = re.compile(r"[“(（][^”)）]*[\u4e00-\u9fff][^”)）]*[”)）]|如|例")
    assert not [k for k in bad if not quoted.search(copies["en"][k])]


def test_every_word_asked_for_exists(copies, code):
    keys = {PLURAL.sub("", key) for key in copies["zh-CN"]}
    asked = set(KEY.findall(code)) | {k for pair in KEY_TERNARY.findall(code) for k in pair}
    assert asked
    assert not asked - keys
    for start in KEY_START.findall(code):
        assert any(key.startswith(start) for key in keys), start


def test_every_word_is_used(copies, code):
    used = set(KEY_NAMED.findall(code))
    starts = tuple(KEY_START.findall(code))
    keys = {PLURAL.sub("", key) for key in copies["zh-CN"]}
    assert not [key for key in keys if key not in used and not key.startswith(starts)]


def named_in_the_code():
    from huiyin.analyse.contracts import DRIVER_FLAG_TEXT
    from huiyin.codebook.roles import ROLE_TEXT
    from huiyin.measure.catalogue import metric_catalogue

    yield from ((f"roles.{role.value}", text) for role, text in ROLE_TEXT.items())
    yield from ((f"metric.{name}", metric.label) for name, metric in metric_catalogue().items())
    yield from ((f"driverFlag.{flag}", text) for flag, text in DRIVER_FLAG_TEXT.items())


def test_names_are_those_of_the_reports(copies):
    for language, copy in copies.items():
        for key, text in named_in_the_code():
            assert copy[key] == text.say(language), key


def test_lists_are_joined_as_the_language_does(code):
    assert not re.findall(r"join\('\s*[、，；：]\s*'\)", code)


def test_every_fact_that_the_audit_log_keeps_has_a_name(copies, root):
    kept = set()
    for file in sorted((root / "src" / "huiyin").rglob("*.py")):
        kept |= facts_audited(ast.parse(file.read_text("utf-8")))
    assert len(kept) > 50
    assert not [name for name in sorted(kept) if f"auditField.{name}" not in copies["zh-CN"]]


def facts_audited(tree):
    """Names of facts in what is given to `audit`, and in the functions that make them."""
    calls = [
        word.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", None) == "audit"
        for word in node.keywords
        if word.arg in {"before", "after"}
    ]
    makers = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name in {"_facts", "staff_facts"}
    ]
    return {
        key.value
        for part in (*calls, *(makers if calls else ()))
        for node in ast.walk(part)
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }
