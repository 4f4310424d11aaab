"""The same report on A4: running title, page numbers, charts as vector pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from huiyin.analyse.contracts import Findings
from huiyin.core.errors import MissingPartError
from huiyin.core.text import EN, Text
from huiyin.report.charts.chart import WIDTH, Chart
from huiyin.report.content import content
from huiyin.report.draw import draw_svg
from huiyin.report.fonts import find_cjk_font
from huiyin.report.html import asset, templates

if TYPE_CHECKING:
    from markupsafe import Markup

_NO_PANGO = Text(
    "这台机器缺少排版库 Pango，生成不了 PDF。请安装：Debian/Ubuntu 用 "
    "apt install libpango-1.0-0 libpangoft2-1.0-0，Fedora 用 dnf install pango，"
    "macOS 用 brew install pango。HTML、XLSX 不受影响。",
    "This machine lacks the text layout library Pango, so no PDF can be made. Install it: "
    "apt install libpango-1.0-0 libpangoft2-1.0-0 (Debian, Ubuntu), dnf install pango (Fedora), "
    "brew install pango (macOS). HTML and XLSX are not affected.",
)


def pdf_library() -> str:
    """Name the PDF library and its version.

    Raises
    ------
    MissingPartError
        It cannot be loaded: the sentence names the packages to install.
    """
    return f"WeasyPrint {pdf_setter().__version__}"


def render_pdf(findings: Findings, language: str) -> bytes:
    """Set the findings as a PDF.

    Parameters
    ----------
    findings : Findings
    language : str
        A language tag.

    Raises
    ------
    MissingPartError
        Pango, a Chinese font or the JS engine is missing.
    """
    from markupsafe import Markup

    weasyprint, font = pdf_setter(), find_cjk_font()
    from weasyprint.urls import URLFetcher

    page = templates().get_template("print.html.j2").render(
        c=content(findings, language),
        css=Markup(asset("print.css")),  # noqa: S704 -- our own file
        faces=Markup(faces_of(font.family, language)),  # noqa: S704 -- names of installed fonts
        picture=_picture(faces_of(font.family, language)),
    )  # fmt: skip
    fetcher = URLFetcher(allowed_protocols=["data"])
    return bytes(weasyprint.HTML(string=page, url_fetcher=fetcher).write_pdf())


def faces_of(family: str, language: str) -> str:
    """Name the faces in order: a Latin one before the Chinese one in English."""
    return f"Arial, Liberation Sans, {family}" if language == EN else family


def pdf_setter() -> Any:
    """Load the library that sets PDF.

    Raises
    ------
    MissingPartError
        It cannot be loaded: the sentence names the packages to install.
    """
    try:
        import weasyprint
    except OSError as error:
        raise MissingPartError(_NO_PANGO) from error
    return weasyprint


def without_outlines(option: Any) -> Any:
    """Drop outlines of letters: the PDF library paints them over the letters."""
    if isinstance(option, dict):
        kept = {k: v for k, v in option.items() if not k.startswith("textBorder")}
        return {name: without_outlines(value) for name, value in kept.items()}
    return [without_outlines(part) for part in option] if isinstance(option, list) else option


def _picture(family: str) -> Callable[[Chart], Markup]:
    """Give the function that draws a chart for print, its letters in `family`."""
    from markupsafe import Markup

    def picture(chart: Chart) -> Markup:
        styled = {**chart.option, "textStyle": {**chart.option["textStyle"], "fontFamily": family}}
        option = without_outlines(styled)
        svg = draw_svg(option, WIDTH, chart.height)
        return Markup(svg)  # noqa: S704 -- drawn here, its texts escaped by the drawing library

    return picture
