"""The HTML report: complete, safe, small, alone."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from huiyin.core.text import Text
from huiyin.report.charts.chart import Chart
from huiyin.report.content import CHAPTERS, content
from huiyin.report.html import MAXIMUM_BYTES, render_html
from huiyin.report.palette import BAD, GOOD, INK, PAPER, SOFT, UNSURE_TEXT, WASH
from huiyin.report.words import WORDS


@pytest.fixture(scope="module")
def page(findings) -> str:
    return render_html(findings, "zh-CN")


def own_markup(page: str) -> str:
    """Drop the bundled library: what remains is ours."""
    library = max(re.findall(r"<script>.*?</script>", page, flags=re.DOTALL), key=len)
    return page.replace(library, "")


class Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.headings, self.ids, self.links, self.tags = [], [], [], []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a":
            self.links.append(found["href"])


def outline(page: str) -> Outline:
    found = Outline()
    found.feed(own_markup(page))
    return found


def test_every_chapter_stands_in_the_order_of_the_findings(findings, page):
    places = [page.index(f'<section id="{name}"') for name in findings.chapters]
    assert places == sorted(places)
    assert set(findings.chapters) == set(CHAPTERS)


def test_numbers_and_sentences_are_on_the_page_without_scripts(findings, page):
    bare = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert all(c.sentence.say("zh-CN").split("<")[0] in bare for c in findings.conclusions)
    for words in ("+31.2", "[27.9, 34.5]", "58.9", "31.2%", "▲ 真变化", "少于 10 份，不显示"):
        assert words.replace("▲ ", "") in bare, words


def test_texts_of_the_survey_cannot_run(page):
    own = own_markup(page)
    assert "<script>alert" not in own
    assert "&lt;script&gt;alert" in own
    assert own.count("<script") == 2  # the data and our own script
    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page).group(1))
    assert "default-src 'none'" in policy
    script_rule = policy.split("script-src")[1].split(";")[0]
    assert script_rule.count("sha256-") == 2
    assert "unsafe" not in script_rule


def test_nothing_is_asked_from_outside(page):
    own = own_markup(page)
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", own)
    assert "@import" not in own
    assert not re.search(r"url\(\s*['\"]?https?:", own)


def test_the_page_is_small(findings):
    many = replace(
        findings, questions=findings.questions * 400, groups=findings.groups * 60,
        cross_tables=findings.cross_tables * 60,
    )  # fmt: skip
    assert len(render_html(many, "zh-CN").encode()) < MAXIMUM_BYTES


def test_headings_are_nested_ids_unique_and_links_lead_somewhere(page):
    found = outline(page)
    assert found.headings[0] == 1
    assert found.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(found.headings))
    assert len(found.ids) == len(set(found.ids))
    assert {link.removeprefix("#") for link in found.links} <= set(found.ids)


def test_language_is_stated(findings, page):
    assert '<html lang="zh-CN">' in page
    english = render_html(findings, "en")
    assert '<html lang="en">' in english
    shown = own_markup(english)
    for key in ("conclusions", "scorecard", "method", "cover.answers", "figure.data"):
        assert WORDS[key]["en"] in shown
        assert WORDS[key]["zh-CN"] not in shown


def test_generated_data_is_said(sampled):
    assert WORDS["cover.sample"]["zh-CN"] in render_html(sampled(), "zh-CN")


def test_a_report_on_next_to_nothing_is_still_a_page(bare_findings):
    page = render_html(bare_findings, "zh-CN")
    assert WORDS["conclusions.none"]["zh-CN"] in page
    assert 'id="drivers"' in page  # not estimable, and says why
    assert 'id="groups"' not in page
    assert "所有回答都一样" in page


def test_every_figure_has_its_numbers_as_a_table(findings):
    chapters = content(findings, "zh-CN").chapters
    shown = [b for chapter in chapters for b in chapter.blocks if b.kind == "figure"]
    assert shown
    for figure in shown:
        assert isinstance(figure.chart, Chart)
        assert figure.table.rows
        assert all(len(row) == len(figure.table.header) for row in figure.table.rows)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_letters_have_contrast(page):
    from huiyin.report.palette import DARK

    for ink in (INK, SOFT, GOOD, BAD, UNSURE_TEXT):
        assert contrast(ink, PAPER) >= 4.5
        assert contrast(DARK[ink], DARK[PAPER]) >= 4.5
    assert contrast(SOFT, WASH) >= 4.5
    light = dict(re.findall(r"--(\w+):(#\w{6})", page.split("@media")[0]))
    dark = dict(re.findall(r"--(\w+):(#\w{6})", page.split("@media")[1]))
    for colours in (light, dark):
        for name in ("ink", "soft", "accent", "good", "bad", "unsure"):
            assert contrast(colours[name], colours["paper"]) >= 4.5, name
            assert contrast(colours[name], colours["wash"]) >= 4.5, name


def test_tables_carry_the_intervals(page):
    bare = own_markup(page)
    table = bare.split('<section id="aspects"')[1].split("</section>")[0].split("<table")[1]
    assert "[77.4, 79.2]" in table
    assert "1,800" in table


def test_a_conclusion_without_its_chapter_has_no_link(findings):
    lone = replace(findings, trends=())
    lines = content(lone, "zh-CN").lines
    assert {line.anchor for line in lines if "台阶" in line.sentence} == {""}
    assert 'href="#trend"' not in render_html(lone, "zh-CN")


def test_long_tables_read_as_cards_on_a_phone(page):
    """Each cell carries the name of its column, which a narrow screen shows above it."""
    tables = re.findall(r'<table class="(\w+)[^"]*stacked".*?</table>', page, flags=re.DOTALL)
    assert {"actions", "ledger", "definitions"} <= set(tables)
    actions = re.search(r'<table class="actions.*?</table>', page, flags=re.DOTALL)[0]
    cells = re.findall(r"<td[^>]*>", actions)
    assert cells
    assert all("data-label=" in cell for cell in cells)


def test_what_is_computed_alike_is_defined_once(findings):
    rated = findings.aspects
    alike = tuple(
        replace(d, label=Text.same(f"满意度得分 · {name}"), metric=f"score:{name}")
        for d, name in zip(rated.definition, "甲乙丙丁戊己", strict=False)
    )
    other = replace(alike[-1], formula=Text.same("另一种算法"))
    told = replace(findings, aspects=replace(rated, definition=(*alike[:-1], other)))
    page = render_html(told, "zh-CN")
    table = re.search(r'<table class="definitions.*?</table>', page, flags=re.DOTALL)[0]
    assert f"满意度得分 · {'、'.join('甲乙丙丁戊己'[: len(alike) - 1])}" in table
    assert table.count("满意度得分 · ") == len({"alike", "other"})
    assert table.count("另一种算法") == 1
