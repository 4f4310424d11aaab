"""The deck read back: it fits, nothing overlaps, the numbers are those of the findings."""
# ruff: noqa: E501 -- made-up findings read best unbroken

import re
from dataclasses import replace
from itertools import combinations
from zipfile import ZipFile

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Pt

from huiyin.analyse.contracts import Verbatim
from huiyin.analyse.main_answers import main_answers
from huiyin.codebook.contracts import Role
from huiyin.core.text import Text
from huiyin.report.numbers import cell_interval, chip, count, estimate, evidence, share
from huiyin.report.palette import BAD
from huiyin.report.slides import CHAPTERS, write_pptx
from huiyin.report.slides_measure import LINE, em_width, fitted, largest_size, n_lines, points
from huiyin.report.slides_page import Area, Entry, Grid
from huiyin.report.slides_words import say
from huiyin.report.words import word

LANGUAGES = {"zh": "zh-CN", "en": "en"}


def written(findings, folder, language="zh"):
    path = folder / "report.pptx"
    write_pptx(findings, path, language)
    return Presentation(str(path)), path


@pytest.fixture(scope="module", params=["zh", "en"])
def deck(findings, request, tmp_path_factory):
    made, path = written(findings, tmp_path_factory.mktemp(request.param), request.param)
    return made, path, LANGUAGES[request.param]


@pytest.fixture(scope="module")
def light(findings):
    """Give findings with next to no pictures: they take most of the time."""
    return replace(
        findings, trends=(), drivers=None, groups=(), linkages=(), cross_tables=(), questions=()
    )


def texts(slide):
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
        if shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)


def all_text(deck):
    return "\n".join(text for slide in deck.slides for text in texts(slide))


def titles(deck):
    return [slide.shapes.title.text_frame.text for slide in deck.slides]


def kickers(deck):
    return [chapter(slide) for slide in list(deck.slides)[1:]]


def chapter(slide):
    return next(s.text_frame.text for s in slide.shapes if s.name == "Chapter")


def frame_height(frame, width):
    """Give the points that the paragraphs of a frame take."""
    room = width - points(frame.margin_left + frame.margin_right)
    used = points(frame.margin_top + frame.margin_bottom)
    for paragraph in frame.paragraphs:
        if not paragraph.runs:
            continue
        size = paragraph.runs[0].font.size.pt
        text = paragraph.text.replace("\v", "\n")
        used += n_lines(text, size, room) * size * LINE + paragraph.space_before.pt
        assert paragraph.line_spacing == Pt(size * LINE)
    return used


def assert_in_place(deck):
    for number, slide in enumerate(deck.slides, start=1):
        boxes = [(s, s.left, s.top, s.left + s.width, s.top + s.height) for s in slide.shapes]
        for shape, left, top, right, bottom in boxes:
            assert min(left, top) >= 0, (number, shape.name)
            assert right <= deck.slide_width, (number, shape.name)
            assert bottom <= deck.slide_height, (number, shape.name)
        for one, other in combinations(boxes, 2):
            apart = (
                one[3] <= other[1] or other[3] <= one[1] or one[4] <= other[2] or other[4] <= one[2]
            )
            assert apart, (number, one[0].name, other[0].name)


def assert_text_fits(deck):
    for number, slide in enumerate(deck.slides, start=1):
        title = slide.shapes.title
        used = frame_height(title.text_frame, points(title.width))
        assert used <= points(title.height) + 4, (number, title.text_frame.text)
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text and not shape.is_placeholder:
                used = frame_height(shape.text_frame, points(shape.width))
                assert used <= points(shape.height) + 1, (number, shape.name)
            if shape.has_table:
                assert_table_fits(shape, number)


def assert_table_fits(shape, number):
    table = shape.table
    assert sum(row.height for row in table.rows) == shape.height
    assert sum(column.width for column in table.columns) <= shape.width + len(table.columns)
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            size = cell.text_frame.paragraphs[0].runs[0].font.size.pt
            room = points(column.width - cell.margin_left - cell.margin_right)
            used = n_lines(cell.text.replace("\v", "\n"), size, room) * size * LINE
            padding = points(cell.margin_top + cell.margin_bottom)
            assert used + padding <= points(row.height) + 1, (number, cell.text)


def test_shapes_lie_on_the_slide_and_apart(deck):
    assert_in_place(deck[0])


def test_no_text_overflows(deck):
    assert_text_fits(deck[0])


def test_the_deck_is_wide_and_has_its_own_look(deck):
    made, path, _ = deck
    assert made.slide_width * 9 == made.slide_height * 16
    with ZipFile(path) as archive:
        themes = [archive.read(n).decode() for n in archive.namelist() if "theme/theme" in n]
    assert any('name="Huiyin"' in t and "3B5BDB" in t and "Microsoft YaHei" in t for t in themes)
    assert [layout.name for layout in made.slide_layouts] == ["Cover", "Page"]


def test_chapters_follow_the_order_of_the_purpose(deck, findings):
    made, _, language = deck
    found = kickers(made)[1:]
    chapters = [c for c in findings.chapters if word(c, language) in found]
    assert chapters == list(findings.chapters)
    firsts = [found.index(word(c, language)) for c in findings.chapters]
    assert firsts == sorted(firsts)


def test_another_purpose_gives_another_order(light, tmp_path):
    made, _ = written(replace(light, chapters=tuple(reversed(light.chapters))), tmp_path)
    found = list(dict.fromkeys(kickers(made)[1:]))
    shown = ("method", "ledger", "verbatims", "actions", "aspects", "scorecard")
    assert found == [word(c, "zh-CN") for c in shown]


def test_every_chapter_of_the_findings_has_its_slides(findings):
    assert set(findings.chapters) == set(CHAPTERS)


def test_the_first_page_says_purpose_and_sources(deck, findings):
    made, _, language = deck
    first = "\n".join(texts(made.slides[0]))
    assert findings.title in first
    assert word("cover.purpose", language) in first
    assert findings.sources[0] in first


def test_conclusions_come_first_and_all_of_them(deck, findings):
    made, _, language = deck
    shown = "\n".join(texts(made.slides[1]))
    for conclusion in findings.conclusions:
        assert conclusion.sentence.say(language) in shown


def test_titles_say_what_was_found(deck, findings):
    made, _, language = deck
    for conclusion in findings.conclusions[:5]:
        assert conclusion.sentence.say(language) in titles(made)


def test_scores_are_the_numbers_of_the_findings(deck, findings):
    made, _, language = deck
    slide = next(s for s in list(made.slides)[1:] if chapter(s) == word("scorecard", language))
    cards = [shape.text_frame.text for shape in slide.shapes
             if shape.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE]  # fmt: skip
    for card, cell in zip(cards, findings.scorecard.cells, strict=True):
        lines = card.split("\n")
        assert lines[0] == cell.label.say(language)
        assert lines[1] == estimate(cell, language)
        if cell.estimate is not None:
            assert lines[2] == evidence(cell, language)
        mark = chip(cell, language)
        assert mark is None or lines[-1] == str(mark)


def test_a_rise_of_what_should_be_low_is_bad_news(light, tmp_path):
    lower = tuple(replace(d, higher_is_better=False) for d in light.definitions)
    result = replace(light.scorecard, definition=lower)
    made, _ = written(replace(light, definitions=lower, scorecard=result), tmp_path)
    slide = next(s for s in list(made.slides)[1:] if chapter(s) == word("scorecard", "zh-CN"))
    card = next(s for s in slide.shapes if s.has_text_frame and "31.2" in s.text_frame.text
                and s.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE)  # fmt: skip
    assert str(card.text_frame.paragraphs[-1].runs[0].font.color.rgb) == BAD[1:]


def test_rules_that_found_nothing_are_only_counted(light, tmp_path):
    made, _ = written(light, tmp_path)
    shown = {row[0] for row in table_rows(made, word("col.flagged", "zh-CN"))}
    assert shown == {r.title.say("zh-CN") for r in light.ledger.rules if r.n_flagged}
    quiet = sum(not r.n_flagged for r in light.ledger.rules)
    assert say("ledger_quiet", "zh-CN", n=quiet) in all_text(made)


def test_dimensions_without_a_real_difference_get_no_picture(findings, light, tmp_path):
    same = tuple(replace(g, best=(), worst=()) for g in findings.groups)
    made, _ = written(replace(light, groups=same), tmp_path)
    pages = [s for s in list(made.slides)[1:] if chapter(s) == word("groups", "zh-CN")]
    pictures = [s for p in pages for s in p.shapes if s.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert len(pictures) == 1


def test_aspects_that_do_not_fit_are_counted(findings, light, tmp_path):
    first, *_ = findings.aspects.cells
    many = tuple(
        replace(first, label=Text.same(f"方面{i}"), estimate=50.0 + i, low=49.0 + i, high=51.0 + i)
        for i in range(14)
    )
    found = replace(light, aspects=replace(findings.aspects, cells=many))
    made, _ = written(found, tmp_path)
    assert "中间 4 项没有画出" in all_text(made)


def test_many_outcomes_become_a_table_and_few_pictures(findings, light, tmp_path):
    link = findings.linkages[0]
    calm = replace(link, bands=tuple(replace(b, comparison=None) for b in link.bands))
    made, _ = written(replace(light, linkages=(calm,) * 20 + (link,)), tmp_path)
    pages = [s for s in list(made.slides)[1:] if chapter(s) == word("linkage", "zh-CN")]
    pictures = [s for p in pages for s in p.shapes if s.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert len(pictures) == 1
    assert len(table_rows(made, say("outcome", "zh-CN"))) == 21


def table_rows(made, header):
    """Give the rows of the tables with such a header."""
    return [
        [cell.text for cell in row.cells]
        for slide in made.slides
        for shape in slide.shapes
        if shape.has_table and header in [cell.text for cell in shape.table.rows[0].cells]
        for row in list(shape.table.rows)[1:]
    ]


def test_trend_and_bands_stand_in_native_tables(deck, findings):
    made, _, language = deck
    shown = [tuple(row[1:4]) for row in table_rows(made, word("col.interval", language))]
    cells = [*findings.trends[0].cells, *findings.linkages[0].bands, *findings.aspects.cells]
    for cell in cells:
        number = estimate(cell, language) if cell.estimate is not None else "—"
        assert (number, cell_interval(cell, language), count(cell.n)) in shown


def test_drivers_stand_in_a_native_table(deck, findings):
    made, _, language = deck
    shown = {row[1] for row in table_rows(made, word("col.beta", language))}
    assert shown == {share(d.share) for d in findings.drivers.drivers}


def on_question_slides(made, language):
    pages = [s for s in list(made.slides)[1:] if chapter(s) == word("questions", language)]
    return pages, [text for page in pages for text in texts(page)]


def test_every_question_is_on_a_slide(deck, findings):
    made, _, language = deck
    _, shown = on_question_slides(made, language)
    for question in findings.questions:
        assert question.label.say(language) in "\n".join(shown)


def test_every_share_of_a_question_by_itself_stands_in_a_native_table(deck, findings):
    made, _, language = deck
    rows = table_rows(made, word("col.level", language))
    alone = [q for q in findings.questions if q.levels and q.role is not Role.ASPECT]
    wanted = [(share(level.share), count(level.n)) for q in alone for level in q.levels]
    assert [(row[1], row[3]) for row in rows] == wanted


def test_every_picture_of_questions_has_its_table(deck):
    made, _, language = deck
    pages, _ = on_question_slides(made, language)
    for page in pages:
        pictures = [s for s in page.shapes if s.shape_type == MSO_SHAPE_TYPE.PICTURE]
        assert len(pictures) <= sum(shape.has_table for shape in page.shapes)


def test_a_long_questionnaire_is_a_table_of_whole_questions(findings, light, tmp_path):
    asked = next(q for q in findings.questions if q.column == "地区")
    names = [f"第 {i} 题，您在{'很' * 60}长的一道题里选哪一个 {i}？" for i in range(60)]
    many = tuple(replace(asked, column=n, label=Text.same(n)) for n in names)
    made, _ = written(replace(light, questions=many), tmp_path)
    pages, shown = on_question_slides(made, "zh-CN")
    assert set(names) <= set(shown)
    assert sum("华南 21.9%" in text for text in shown) == len(names)
    assert len(pages) <= len(names) / 5
    assert_in_place(made)
    assert_text_fits(made)


def test_a_survey_of_choices_has_a_picture_of_each_question(findings, light, tmp_path):
    asked = next(q for q in findings.questions if q.column == "地区")
    levels = tuple(replace(asked.levels[0], label=f"选项 {i}") for i in range(10))
    names = [f"第 {i} 题" for i in range(8)]
    many = tuple(replace(asked, column=n, label=Text.same(n), levels=levels) for n in names)
    made, _ = written(replace(light, questions=many), tmp_path)
    pages, shown = on_question_slides(made, "zh-CN")
    pictures = [s for p in pages for s in p.shapes if s.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert len(pictures) == len(names)
    assert all(name in "\n".join(shown) for name in names)
    assert_in_place(made)


def test_a_slide_of_ratings_is_not_titled_with_another_question(findings, light, tmp_path):
    rated = tuple(q for q in findings.questions if q.role is Role.ASPECT and q.levels)
    choice = next(q for q in findings.questions if q.column == "地区")
    told = tuple(main_answers((choice,), 0.95))
    made, _ = written(replace(light, questions=(choice, *rated), conclusions=told), tmp_path)
    assert all(one.chapter == "questions" for one in told)
    assert told[0].sentence.say() not in titles(made)


def test_ratings_that_do_not_fit_beside_the_worst_follow_them(findings, light, tmp_path):
    rated = next(q for q in findings.questions if q.role is Role.ASPECT and q.levels)
    names = [f"对第 {i} 个环节的满意程度" for i in range(14)]
    many = tuple(
        replace(rated, column=n, label=Text.same(n), mean=replace(rated.mean, estimate=5 - i / 4))
        for i, n in enumerate(names)
    )
    made, _ = written(replace(light, questions=many), tmp_path)
    rows = [row[0] for row in table_rows(made, say("question", "zh-CN"))]
    assert rows == names[::-1]
    pages, _ = on_question_slides(made, "zh-CN")
    assert len(pages) == 2
    assert_in_place(made)


def test_many_options_go_on_in_a_second_row(findings, light, tmp_path):
    asked = next(q for q in findings.questions if q.column == "了解途径")
    long_name = "其他（请填写您是通过什么途径第一次了解到我们品牌的）"
    levels = tuple(replace(asked.levels[0], label=f"{long_name}{i}") for i in range(30))
    made, _ = written(replace(light, questions=(replace(asked, levels=levels),)), tmp_path)
    _, shown = on_question_slides(made, "zh-CN")
    assert all(f"{long_name}{i} " in "\n".join(shown) for i in range(30))
    assert sum(asked.label.say() in text for text in shown) > 1
    assert_text_fits(made)


def test_owner_and_deadline_are_blank(deck, findings):
    made, _, language = deck
    rows = table_rows(made, word("col.owner", language))
    assert len(rows) == len(findings.actions)
    assert all(row[-2:] == ["", ""] for row in rows)


def test_pictures_have_a_text_for_those_who_cannot_see_them(deck):
    made, _, _ = deck
    pictures = [s for slide in made.slides for s in slide.shapes
                if s.shape_type == MSO_SHAPE_TYPE.PICTURE]  # fmt: skip
    assert len(pictures) >= 8
    assert all(len(p._element.nvPicPr.cNvPr.get("descr")) > 10 for p in pictures)


def test_each_slide_has_a_source_and_a_number(deck):
    made, path, _ = deck
    for slide in list(made.slides)[1:]:
        assert any(shape.name == "Source" for shape in slide.shapes)
    with ZipFile(path) as archive:
        names = [n for n in archive.namelist() if re.search(r"slides/slide\d+\.xml$", n)]
        numbered = [n for n in names if b'type="slidenum"' in archive.read(n)]
    assert len(numbered) == len(names) - 1


def test_ids_of_shapes_are_unique(deck):
    for slide in deck[0].slides:
        ids = [shape.shape_id for shape in slide.shapes]
        assert len(ids) == len(set(ids))


def test_what_there_is_not_has_no_slide(bare_findings, tmp_path):
    made, _ = written(bare_findings, tmp_path)
    assert set(kickers(made)) <= {word("method", "zh-CN"), word("ledger", "zh-CN")}
    assert bare_findings.drivers.not_estimable.say("zh-CN") in all_text(made)
    assert_in_place(made)


def test_no_drivers_leave_no_slide(light, tmp_path):
    made, _ = written(light, tmp_path)
    assert word("drivers", "zh-CN") not in kickers(made)


def test_generated_data_is_said_on_every_slide(light, tmp_path):
    made, _ = written(replace(light, is_sample=True), tmp_path)
    for slide in made.slides:
        assert any(word("cover.sample", "zh-CN") in text for text in texts(slide))


def test_illegal_characters_are_dropped(light, tmp_path):
    text = "好\x00\x0b\x1f评\ud800\ufffe\u2028<&>"
    made, _ = written(
        replace(
            light, title=text, verbatims=(Verbatim(text, text, None, None, {text: text}),),
            sources=(text,), conclusions=(replace(light.conclusions[0], sentence=Text.same(text)),),
        ), tmp_path,
    )  # fmt: skip
    assert "好评 <&>" in titles(made)[0]


def long(text):
    return Text.same(f"{text}：" + "非常长的标签和没有空格的英文NameWithoutAnyBlankAtAll" * 6)


def swollen(findings):
    """Give findings in which everything is long and much."""
    aspects = findings.aspects.cells[:3]
    cells = tuple(replace(c, label=long(c.label.say())) for c in aspects)
    groups = replace(
        findings.groups[1],
        cells=tuple(
            replace(findings.groups[1].cells[i % 24], by={"店": f"{i} {long('店').say()}"})
            for i in range(30)
        ),
        best=tuple(f"{i} {long('店').say()}" for i in range(12)),
    )
    return replace(
        findings,
        title=long("题").say(), sources=tuple(f"{long('文件').say()}.xlsx" for _ in range(9)),
        aspects=replace(findings.aspects, cells=cells), groups=(groups, *findings.groups),
        conclusions=tuple(replace(c, sentence=long("结论")) for c in findings.conclusions * 4),
        actions=tuple(replace(a, label=long("维度"), evidence=long("依据"), measure=long("措施"))
                      for a in findings.actions * 6),
        verbatims=tuple(replace(v, text=long("话").say() * 5) for v in findings.verbatims * 5),
        scorecard=replace(findings.scorecard, cells=tuple(
            replace(c, label=long("指标")) for c in findings.scorecard.cells * 2)),
        drivers=replace(findings.drivers, drivers=tuple(
            replace(d, label=long("因素")) for d in findings.drivers.drivers * 3)),
        ledger=replace(findings.ledger, rules=tuple(
            replace(r, title=long("规则"), explanation=long("说明")) for r in findings.ledger.rules * 5)),
        notes=tuple(long("注") for _ in range(12)),
    )  # fmt: skip


def test_much_and_long_text_is_spread_over_slides(findings, tmp_path):
    made, _ = written(swollen(findings), tmp_path)
    assert_in_place(made)
    assert_text_fits(made)


def test_an_unknown_language_is_refused(findings, tmp_path):
    with pytest.raises(ValueError, match="fr"):
        write_pptx(findings, tmp_path / "x.pptx", "fr")


def test_a_chinese_character_is_twice_as_wide_as_a_small_letter():
    assert em_width("交") > 1.6 * em_width("a")
    assert n_lines("交付" * 10, 10, 110) == 2
    assert n_lines("a\nb", 10, 100) == 2
    assert n_lines("一个没有空格的WordLongerThanTheLine", 10, 60) > 3


def test_cut_text_ends_in_an_ellipsis_and_fits():
    text = fitted("交付效率" * 30, 12, 120, 2)
    assert text.endswith("…")
    assert n_lines(text, 12, 120) == 2
    assert fitted("短", 12, 120, 1) == "短"
    assert largest_size("交付" * 10, (24.0, 12.0, 6.0), 130, 1) == 6.0


def test_a_table_is_cut_between_rows_and_keeps_all():
    rows = tuple((Entry(str(i)), Entry("交付效率" * (i % 7))) for i in range(60))
    grid = Grid(("a", "b"), rows, (1.0, 1.0))
    pages = grid.pages(Area(height=2_000_000))
    assert len(pages) > 1
    assert [row for page in pages for row in page.rows] == list(rows)
    for page in pages:
        header, heights = page.heights(Area().width)
        assert header + sum(heights) <= 2_000_000
