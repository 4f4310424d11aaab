"""An empty deck in the house's look: 16:9, own colours and fonts, two layouts."""

from __future__ import annotations

import re
from typing import Any

from huiyin.report.palette import ACCENT, ACCENT_PALE, BAD, GOOD, INK, PAPER, SOFT, UNSURE, WASH

LATIN_FONT, HAN_FONT = "Arial", "Microsoft YaHei"
WIDTH, HEIGHT = 12_192_000, 6_858_000
MARGIN = 520_000
TITLE_TOP, TITLE_HEIGHT = 560_000, 800_000
BODY_TOP, BODY_HEIGHT = 1_480_000, 4_780_000
BODY_WIDTH = WIDTH - 2 * MARGIN
FOOT_TOP, FOOT_HEIGHT = 6_420_000, 260_000
NUMBER_WIDTH = 700_000
_COLOURS = (
    ("dk1", INK), ("lt1", PAPER), ("dk2", SOFT), ("lt2", WASH), ("accent1", ACCENT),
    ("accent2", GOOD), ("accent3", BAD), ("accent4", UNSURE), ("accent5", ACCENT_PALE),
    ("accent6", "#B7791F"), ("hlink", ACCENT), ("folHlink", SOFT),
)  # fmt: skip
_COVER, _PAGE = 0, 5
_SLIDE_NUMBER = "sldNum"


def new_deck() -> Any:
    """Give an empty presentation with the layouts *cover* and *page*."""
    from pptx import Presentation
    from pptx.util import Emu

    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(WIDTH), Emu(HEIGHT)
    _set_theme(deck)
    _keep_layouts(deck, (_COVER, _PAGE))
    _shape_master(deck.slide_master)
    cover, page = deck.slide_layouts
    _shape_cover(cover)
    _shape_page(page)
    return deck


def _set_theme(deck: Any) -> None:
    """Write our colours and fonts into the theme of the master and of the notes."""
    from pptx.opc.constants import RELATIONSHIP_TYPE as KIND

    part = deck.slide_master.part.part_related_by(KIND.THEME)
    theme = part.blob.decode("utf-8")
    colours = "".join(f'<a:{name}><a:srgbClr val="{c[1:]}"/></a:{name}>' for name, c in _COLOURS)
    fonts = "".join(
        f'<a:{role}Font><a:latin typeface="{LATIN_FONT}"/><a:ea typeface="{HAN_FONT}"/>'
        f'<a:cs typeface=""/><a:font script="Hans" typeface="{HAN_FONT}"/></a:{role}Font>'
        for role in ("major", "minor")
    )
    theme = re.sub(
        r"<a:clrScheme.*?</a:clrScheme>",
        f'<a:clrScheme name="Huiyin">{colours}</a:clrScheme>', theme, flags=re.DOTALL,
    )  # fmt: skip
    theme = re.sub(
        r"<a:fontScheme.*?</a:fontScheme>",
        f'<a:fontScheme name="Huiyin">{fonts}</a:fontScheme>', theme, flags=re.DOTALL,
    )  # fmt: skip
    part._blob = theme.replace('name="Office Theme"', 'name="Huiyin"').encode()  # noqa: SLF001 -- the part has no setter


def _keep_layouts(deck: Any, kept: tuple[int, ...]) -> None:
    layouts = deck.slide_layouts
    for place in range(len(layouts) - 1, -1, -1):
        if place not in kept:
            layouts.remove(layouts[place])


def _shape_master(master: Any) -> None:
    """Place what all slides share; drop date and footer, which we write ourselves."""
    from pptx.enum.shapes import PP_PLACEHOLDER as KIND

    for shape in list(master.placeholders):
        kind = shape.placeholder_format.type
        if kind in {KIND.DATE, KIND.FOOTER}:
            _remove(shape)
        elif kind == KIND.TITLE:
            _place(shape, MARGIN, TITLE_TOP, BODY_WIDTH, TITLE_HEIGHT)
        elif kind == KIND.BODY:
            _place(shape, MARGIN, BODY_TOP, BODY_WIDTH, BODY_HEIGHT)
        elif kind == KIND.SLIDE_NUMBER:
            _place_number(shape)
    _set_title_style(master)


def _set_title_style(master: Any) -> None:
    """Titles: left, bold, ink, in the theme's font."""
    from pptx.oxml.ns import qn

    style = master._element.find(qn("p:txStyles")).find(qn("p:titleStyle"))  # noqa: SLF001 -- no API for text styles
    paragraph = style.find(qn("a:lvl1pPr"))
    paragraph.set("algn", "l")
    run = paragraph.find(qn("a:defRPr"))
    run.set("sz", "2400")
    run.set("b", "1")


def _shape_cover(layout: Any) -> None:
    """Cover: a band of colour on the left, the title beside it."""
    layout.name = "Cover"
    _drop_placeholders(layout, keep=("title", "ctrTitle"))
    for shape in layout.placeholders:
        _place(shape, 1_500_000, 1_750_000, 9_700_000, 1_450_000)
    _bar(layout, 0, 0, 700_000, HEIGHT)


def _shape_page(layout: Any) -> None:
    """Page: a small mark at the top left, title, page number."""
    layout.name = "Page"
    _drop_placeholders(layout, keep=("title", _SLIDE_NUMBER))
    for shape in layout.placeholders:
        if _kind(shape) == _SLIDE_NUMBER:
            _place_number(shape)
        else:
            _place(shape, MARGIN, TITLE_TOP, BODY_WIDTH, TITLE_HEIGHT)
    _bar(layout, 0, 300_000, 110_000, 1_020_000)


def _place_number(shape: Any) -> None:
    _place(shape, WIDTH - MARGIN - NUMBER_WIDTH, FOOT_TOP, NUMBER_WIDTH, FOOT_HEIGHT)


def _drop_placeholders(layout: Any, keep: tuple[str, ...]) -> None:
    for shape in list(layout.placeholders):
        if _kind(shape) not in keep:
            _remove(shape)


def _kind(shape: Any) -> str:
    from pptx.oxml.ns import qn

    return str(shape._element.find(".//" + qn("p:ph")).get("type"))  # noqa: SLF001 -- the enum hides ctrTitle


def _remove(shape: Any) -> None:
    shape._element.getparent().remove(shape._element)  # noqa: SLF001 -- shapes have no remove


def _place(shape: Any, left: int, top: int, width: int, height: int) -> None:
    shape.left, shape.top, shape.width, shape.height = left, top, width, height


def _bar(layout: Any, left: int, top: int, width: int, height: int) -> None:
    """Draw a plain filled rectangle behind everything of a layout."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    bar = parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="99" name="Mark"/><p:cNvSpPr/><p:nvPr/>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        '</a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/>'
        "</a:ln></p:spPr></p:sp>"
    )
    layout.shapes._spTree.insert(2, bar)  # noqa: SLF001 -- layouts cannot be drawn on otherwise
