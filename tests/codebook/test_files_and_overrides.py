"""The codebook as a file, and ``--set``."""

import pytest

from huiyin.codebook.contracts import (
    Codebook,
    CodebookError,
    Column,
    Role,
    Scale,
    UnknownColumnError,
)
from huiyin.codebook.files import load_codebook, save_codebook
from huiyin.codebook.overrides import apply_overrides
from huiyin.core.text import Text

BOOK = Codebook(
    (
        Column(
            "a=b:c",
            Role.NPS,
            Text("甲", "a"),
            Scale(0, 10, -1, {"好": 1.5, "1": 2, "yes": 3}, ("99", "NA", "")),
            confidence=0.55,
            reason=Text("因为", "because"),
            group="g",
            option="null",
            separator="\n",
            labels={"1": "男", "no": "~"},
            events=("1", "y"),
            missing_codes=("x",),
        ),
        Column("a", Role.TEXT, Text.same('b: "')),
        Column("费力度", Role.DIMENSION, Text.of({"fr": "effort"}), confidence=0.5),
    ),
    profile="wjx_text",
    language="en",
)


def test_round_trip_loses_nothing(tmp_path):
    path = tmp_path / "codebook.yaml"
    save_codebook(BOOK, path)
    assert load_codebook(path) == BOOK
    assert path.read_text(encoding="utf-8").startswith("# 码本")
    assert not list(tmp_path.glob("*.part"))


def test_words_that_yaml_would_turn_into_something_else_stay_words(tmp_path):
    path = tmp_path / "codebook.yaml"
    path.write_text(
        "columns:\n- {name: 007, role: outcome, events: [Yes, 1.0], missing: [null, ~]}\n",
        encoding="utf-8",
    )
    column = load_codebook(path).columns[0]
    assert (column.name, column.events, column.missing_codes) == (
        "007",
        ("Yes", "1.0"),
        ("null", "~"),
    )
    assert column.confidence == 1


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("columns:\n- name: x\n  role: npss\n", 3, "npss"),
        ("columns:\n- name: x\n  role: csat\n", 2, "scale"),
        ("columns:\n- name: x\n  role: csat\n  scale: {min: 5, max: 1}\n", 4, "min"),
        ("columns:\n- name: x\n  role: csat\n  scale: {min: one, max: 5}\n", 4, "one"),
        ("columns:\n- name: x\n  role: text\n  rolle: y\n", 4, "rolle"),
        ("columns:\n- name: x\n  role: text\n  confidence: 7\n", 4, "confidence"),
        ("columns:\n- name: x\n  role: text\n- name: x\n  role: id\n", 4, "x"),
        ("columns: 3\n", 1, "list"),
        ("profile: plain\n", 1, "columns"),
        ("columns:\n- name: [x\n", 3, "YAML"),
    ],
)
def test_a_fault_in_the_file_is_named_with_its_line(tmp_path, text, line, word):
    path = tmp_path / "codebook.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError) as fault:
        load_codebook(path)
    assert f"line {line}:" in fault.value.say("en")
    assert word in fault.value.say("en")
    assert f"第 {line} 行" in fault.value.say("zh-CN")


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words\n"])
def test_a_file_of_another_kind_gets_a_sentence(tmp_path, text):
    path = tmp_path / "codebook.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError):
        load_codebook(path)


def test_a_missing_file_gets_a_sentence(tmp_path):
    with pytest.raises(CodebookError):
        load_codebook(tmp_path / "nothing.yaml")


def test_the_longest_name_that_fits_is_meant():
    assert apply_overrides(BOOK, ["a=b:c=text"])["a=b:c"].role is Role.TEXT
    assert apply_overrides(BOOK, ["a=id"])["a"].role is Role.ID


def test_ends_the_other_way_round_mean_that_low_is_good():
    column = apply_overrides(BOOK, ["费力度=ces:7-1"])["费力度"]
    assert (column.scale.minimum, column.scale.maximum, column.scale.direction) == (1, 7, -1)
    assert column.confidence == 1


def test_negative_and_fractional_ends():
    scale = apply_overrides(BOOK, ["费力度=aspect:-5-5"])["费力度"].scale
    assert (scale.minimum, scale.maximum) == (-5, 5)
    assert apply_overrides(BOOK, ["费力度=aspect:0.5-5"])["费力度"].scale.minimum == 0.5


def test_nps_without_scale_is_zero_to_ten():
    scale = apply_overrides(BOOK, ["费力度=nps"])["费力度"].scale
    assert (scale.minimum, scale.maximum) == (0, 10)


def test_order_of_columns_is_kept():
    names = [c.name for c in apply_overrides(BOOK, ["费力度=text", "a=id"])]
    assert names == [c.name for c in BOOK]


@pytest.mark.parametrize(
    "setting", ["费力度", "费力度=rating", "费力度=csat", "费力度=csat:one-five", "费力度=csat:5-5"]
)
def test_a_setting_that_cannot_be_read_gets_a_sentence(setting):
    with pytest.raises(CodebookError) as fault:
        apply_overrides(BOOK, [setting])
    assert setting in fault.value.say("zh-CN")


def test_an_unknown_column_gets_a_sentence_with_close_ones():
    with pytest.raises(UnknownColumnError) as fault:
        apply_overrides(BOOK, ["费力=text"])
    assert "费力度" in fault.value.say("zh-CN")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"columns:\n- name: [x\n  role: nps\n", "line 3: not valid YAML (column 7: a bracket"),
        (b"columns:\n\t- name: x\n", "line 2: not valid YAML (column 1: indent with blanks"),
        (b"columns:\n- name: x: y\n", "line 2: not valid YAML (column 10: there is a colon"),
        (b"columns:\n- name: 'x\n", "a quotation mark is not closed"),
        (b"columns:\n- name: x\n  role: text\n  role: nps\n", "line 4: “role” stands twice"),
        (b"PK\x03\x04\x00\x00", "line 1, column 3: no text stands there"),
        (b"", "it is empty"),
    ],
)
def test_a_file_that_is_no_codebook_is_refused_in_our_words(tmp_path, content, words):
    path = tmp_path / "book.yaml"
    path.write_bytes(content)
    with pytest.raises(CodebookError) as found:
        load_codebook(path)
    assert words in str(found.value)
    assert "book.yaml" in found.value.say("zh-CN")


def test_a_codebook_saved_as_unicode_by_an_editor_is_read(tmp_path):
    save_codebook(BOOK, tmp_path / "book.yaml")
    words = (tmp_path / "book.yaml").read_text("utf-8")
    (tmp_path / "wide.yaml").write_text(words, "utf-16")
    assert load_codebook(tmp_path / "wide.yaml") == load_codebook(tmp_path / "book.yaml")
    with pytest.raises(CodebookError, match="is a folder"):
        load_codebook(tmp_path)
