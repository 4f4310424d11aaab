"""A way in as a picture: a QR code, and a poster to hang up."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from itertools import count
from zipfile import ZIP_DEFLATED, ZipFile

from huiyin.collect.surveys.changes import FIRST_LINK
from huiyin.core.text import Text

SCAN = Text("请用微信或相机扫一扫", "Scan with your phone's camera")
MINUTES = Text("约 {n} 分钟", "takes about {n} min")
_QUIET_ZONE = 4
"""Empty modules around a code (ISO/IEC 18004)."""
_SCALE = 10
_SHEET = """<!doctype html><html lang="{language}"><meta charset="utf-8">
<title>{title}</title><style>
@page{{size:A4;margin:0}}
body{{margin:0;font-family:"Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC",sans-serif;
text-align:center;color:#1A1B1E}}
section{{box-sizing:border-box;height:297mm;padding:20mm 22mm 14mm;border-top:10mm solid {color};
border-bottom:10mm solid {color};display:flex;flex-direction:column;justify-content:space-between}}
section+section{{break-before:page}}
h1{{line-height:1.25;margin:0;overflow-wrap:anywhere}}
p{{font-size:20pt;margin:3mm 0 0;overflow-wrap:anywhere}}
.logo{{height:16mm;margin:0 auto 8mm}}
.frame{{margin:6mm auto;width:120mm;border:2mm solid {color};border-radius:6mm}}
.frame img{{display:block;width:120mm;height:120mm}}
.soft{{color:#495057}}.address{{font-size:11pt;color:#495057}}
</style>{posters}</html>"""
_POSTER = """<section><div>{logo}<h1 style="font-size:{size}pt">{title}</h1>{name}</div>
<div><div class="frame"><img src="{code}" alt=""></div></div>
<div><p>{scan}</p><p class="soft">{minutes}</p><p class="address">{address}</p></div></section>"""
_UNFIT = re.compile(r'[\x00-\x1f\x7f/\\\\:*?"<>|]+')
_TAKEN = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
"""Names that Windows keeps for devices."""
_LONGEST_FILE = 80
_SIZES = ((24, 34), (60, 26), (120, 20))
"""Up to how many columns a title is set in which size, in points; a Chinese sign takes two."""
_SMALLEST = 14
_FIRST_WIDE = 0x2E80
"""Where the signs of Chinese, Japanese and Korean begin."""


@dataclass(frozen=True, slots=True)
class Hung:
    """A code to draw: what the way in is called, and its address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What all posters of a questionnaire share.

    Attributes
    ----------
    title, language : str
    minutes : int
        How many minutes answering takes, as the first page says.
    color : str
        Of its theme: ``#RRGGBB``.
    logo : (str, bytes) or None
        Media type and content.
    """

    title: str
    language: str
    minutes: int
    color: str
    logo: tuple[str, bytes] | None = None


def draw_code(address: str, kind: str) -> bytes:
    """Draw the QR code of an address.

    Parameters
    ----------
    address : str
    kind : str
        ``svg`` or ``png``.

    Returns
    -------
    bytes
        With the quiet zone that the standard asks for; error correction M.
    """
    import segno

    found = BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(found, kind=kind, scale=_SCALE, border=_QUIET_ZONE)
    return found.getvalue()


def draw_posters(hung: Sequence[Hung], sheet: Sheet) -> bytes:
    """Draw posters of A4 as one PDF, a page each: what it is about, the code, where it hangs.

    Parameters
    ----------
    hung : sequence of Hung
    sheet : Sheet
    """
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    page = _SHEET.format(
        language=escape(sheet.language),
        title=escape(sheet.title),
        color=sheet.color,
        posters="".join(_poster(one, sheet) for one in hung),
    )
    pdf: bytes = HTML(string=page, url_fetcher=URLFetcher(allowed_protocols=["data"])).write_pdf()
    return pdf


def _poster(one: Hung, sheet: Sheet) -> str:
    named = one.name not in dict(FIRST_LINK).values()
    return _POSTER.format(
        title=escape(sheet.title),
        size=_size(sheet.title),
        logo=f'<img class="logo" src="{_inline(*sheet.logo)}" alt="">' if sheet.logo else "",
        name=f"<p>{escape(one.name)}</p>" if named else "",
        code=_inline("image/svg+xml", draw_code(one.address, "svg")),
        scan=escape(SCAN.say(sheet.language)),
        minutes=escape(MINUTES.format(n=sheet.minutes).say(sheet.language)),
        address=escape(one.address),
    )


def _size(title: str) -> int:
    columns = sum(2 if ord(sign) >= _FIRST_WIDE else 1 for sign in title)
    return next((size for most, size in _SIZES if columns <= most), _SMALLEST)


def _inline(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def pack_codes(hung: Sequence[Hung]) -> bytes:
    """Pack the codes as pictures (PNG and SVG), each named as what it stands for, into a ZIP."""
    found = BytesIO()
    with ZipFile(found, "w", ZIP_DEFLATED) as pack:
        for name, one in zip(file_names([one.name for one in hung]), hung, strict=True):
            for kind in ("png", "svg"):
                pack.writestr(f"{name}.{kind}", draw_code(one.address, kind))
    return found.getvalue()


def file_names(names: Sequence[str]) -> list[str]:
    """Give names of files that every system takes, each once whatever the case of its letters.

    Examples
    --------
    >>> file_names(["../一店", "A/B", "a b", "a?b", "CON"])
    ['一店', 'A B', 'a b (2)', 'a b (3)', '_CON']
    """
    found: list[str] = []
    taken: set[str] = set()
    for name in names:
        plain = " ".join(_UNFIT.sub(" ", name).split())[:_LONGEST_FILE].strip(" .") or "_"
        plain = f"_{plain}" if _TAKEN.fullmatch(plain) else plain
        free = (f"{plain} ({n})" if n > 1 else plain for n in count(1))
        own = next(one for one in free if one.lower() not in taken)
        taken.add(own.lower())
        found.append(own)
    return found
