"""The PDF report."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from huiyin.core.errors import MissingPartError
from huiyin.core.text import Text
from huiyin.report import fonts
from huiyin.report.fonts import find_cjk_font
from huiyin.report.html import asset
from huiyin.report.pdf import pdf_library, pdf_setter, render_pdf


@pytest.fixture(scope="module")
def document(findings) -> PdfReader:
    return PdfReader(BytesIO(render_pdf(findings, "zh-CN")))


@pytest.fixture(scope="module")
def pages(document) -> list[str]:
    return ["".join(page.extract_text().split()) for page in document.pages]


def test_headline_conclusions_and_page_numbers(findings, pages):
    assert "".join(findings.title.split()) in pages[0]
    assert "净推荐值+31.2，比上期高6.1点，是真变化。" in pages[0]
    assert f"1/{len(pages)}" in pages[0]
    assert all("".join(findings.title.split()) in page for page in pages)


def test_every_chapter_is_in_it(pages):
    whole = "".join(pages)
    for words in ("核心指标", "满意度维度", "行动表", "客户原话", "数据清洗台账", "口径与方法"):
        assert words in whole
    assert "不用“答题过快”" in whole
    assert "标准化系数" in whole
    assert "<script>alert" in whole  # as words, never as code


def test_charts_are_vectors_with_letters(document, pages):
    assert "继续保持" in "".join(pages)
    assert not any(page.images for page in document.pages)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_nothing_of_a_table_lies_beyond_the_page(findings, language):
    """Eight scores whose names are whole questions stand beside each other in the ledger."""
    names = Text("满意度得分 · 您有多大可能把我们推荐给朋友或同事？{i}", "Score · 您有多大可能{i}")
    scores = tuple(
        replace(
            score,
            metric=f"{score.metric}{i}",
            cell=replace(score.cell, metric=f"{score.metric}{i}", label=names.format(i=i)),
        )
        for score in findings.ledger_scores
        for i in range(4)
    )
    crowded = render_pdf(replace(findings, ledger_scores=scores), language)
    for page in PdfReader(BytesIO(crowded)).pages:
        starts = []
        page.extract_text(
            visitor_text=lambda words, ctm, text, _font, _size, starts=starts: starts.append(
                (ctm[0] * text[4] + ctm[4], words)
            )
        )
        edge = float(page.mediabox.width) - 30
        assert [words for x, words in starts if words.strip() and x > edge] == []


def test_quotation_marks_are_narrow_in_english():
    """A Chinese face draws them a whole square wide, which tears English words apart."""
    weasyprint, font = pdf_setter(), find_cjk_font()
    page = "@page{size:2000px 60px;margin:0}span{font-family:" + repr(font.family) + "}"

    def width(words):
        text = f"<html lang=en><style>{asset('print.css')}{page}</style><span>{words}</span>"
        body = weasyprint.HTML(string=text).render().pages[0]._page_box
        (span,) = [box for box in body.descendants() if box.element_tag == "span"][:1]
        return span.width

    assert width("“““”””") < 0.6 * width("一二三四五六")


def test_title_is_in_the_document_facts(findings, document):
    assert document.metadata.title == findings.title


def test_the_library_names_itself():
    assert pdf_library().startswith("WeasyPrint ")


def test_without_a_font_the_package_is_named(findings, monkeypatch):
    find_cjk_font.cache_clear()
    monkeypatch.setattr(fonts, "_by_fontconfig", lambda: None)
    monkeypatch.setattr(fonts, "_by_place", lambda: None)
    with pytest.raises(MissingPartError, match="fonts-noto-cjk"):
        render_pdf(findings, "zh-CN")
    find_cjk_font.cache_clear()


def test_without_pango_the_package_is_named(findings, monkeypatch):
    import builtins

    whole = builtins.__import__

    def lacking(name: str, *rest: object) -> object:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return whole(name, *rest)

    monkeypatch.setattr(builtins, "__import__", lacking)
    with pytest.raises(MissingPartError, match="libpango"):
        render_pdf(findings, "zh-CN")
