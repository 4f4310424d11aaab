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

SCAN = Text("请扫码评价", "Scan to tell us")
_QUIET_ZONE = 4
"""Empty modules around a code (ISO/IEC 18004)."""
_SCALE = 10
_SHEET = """<!doctype html><html lang="{language}"><meta charset="utf-8">
<title>{title}</title><style>
@page{{size:A4;margin:24mm}}
body{{font-family:"Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC",sans-serif;
text-align:center;color:#1A1B1E}}
section+section{{break-before:page}}
h1{{font-size:30pt;margin:10mm 0 4mm}}p{{font-size:18pt;margin:4mm 0;overflow-wrap:anywhere}}
img{{width:110mm;height:110mm}}.address{{font-size:11pt;color:#495057}}
</style>{posters}</html>"""
_POSTER = """<section><h1>{title}</h1><p>{scan}</p><img src="{code}" alt="">{name}
<p class="address">{address}</p></section>"""
_UNFIT = re.compile(r'[\x00-\x1f\x7f/\\\\:*?"<>|]+')
_TAKEN = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
"""Names that Windows keeps for devices."""
_LONGEST_FILE = 80


@dataclass(frozen=True, slots=True)
class Hung:
    """A code to draw: what the way in is called, and its address."""

    name: str
    address: str


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


def draw_posters(hung: Sequence[Hung], title: str, language: str) -> bytes:
    """Draw posters of A4 as one PDF, a page each: what it is about, the code, where it hangs.

    Parameters
    ----------
    hung : sequence of Hung
    title : str
        Of the questionnaire.
    language : str
    """
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    page = _SHEET.format(
        language=escape(language),
        title=escape(title),
        posters="".join(_poster(one, title, language) for one in hung),
    )
    pdf: bytes = HTML(string=page, url_fetcher=URLFetcher(allowed_protocols=["data"])).write_pdf()
    return pdf


def _poster(one: Hung, title: str, language: str) -> str:
    picture = base64.b64encode(draw_code(one.address, "svg")).decode()
    return _POSTER.format(
        title=escape(title),
        scan=escape(SCAN.say(language)),
        name=f"<p>{escape(one.name)}</p>" if one.name not in dict(FIRST_LINK).values() else "",
        address=escape(one.address),
        code=f"data:image/svg+xml;base64,{picture}",
    )


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
