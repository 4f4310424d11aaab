"""The words of the report."""

from string import Formatter

import pytest

from huiyin.core.text import EN, ZH
from huiyin.report.chapters import method
from huiyin.report.content import CHAPTERS
from huiyin.report.words import WORDS


def places(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


@pytest.mark.parametrize("key", WORDS)
def test_each_word_is_there_in_both_languages_with_the_same_places(key):
    text = WORDS[key]
    assert set(text) == {ZH, EN}
    assert all(words.strip() for words in text.values())
    assert places(text[ZH]) == places(text[EN])


def test_method_sentences_have_the_same_places():
    for text in method.HOW:
        assert places(text[ZH]) == places(text[EN])


def test_small_sample_coverage_is_that_of_the_simulation(root):
    lines = (root / "docs" / "methods" / "coverage.md").read_text("utf-8").splitlines()
    small = lines[lines.index("## Small samples (flagged)") :]
    rows = [[part.strip() for part in line.split("|")[1:6]] for line in small if "|" in line]
    end = next(i for i, row in enumerate(rows) if i and row[0] == "number")
    found = tuple((r[0], r[1], float(r[3]), float(r[4])) for r in rows[2:end])
    assert found == method.SMALL_SAMPLES


def test_each_chapter_has_title_and_lead():
    assert all(name in WORDS and f"{name}.lead" in WORDS for name in CHAPTERS)


def test_english_has_no_chinese_letters():
    for key, text in WORDS.items():
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in text[EN]), key
