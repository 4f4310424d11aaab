"""A way in as a picture: a QR code, and a poster to hang up."""

from __future__ import annotations

import base64
from html import escape
from io import BytesIO

from huiyin.core.text import Text

SCAN = Text("请扫码评价", "Scan to tell us")
_QUIET_ZONE = 4
"""Empty modules around a code (ISO/IEC 18004)."""
_SCALE = 10
_POSTER = """<!doctype html><html lang="{language}"><meta charset="utf-8">
<title>{title}</title><style>
@page{{size:A4;margin:24mm}}
body{{font-family:"Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC",sans-serif;
text-align:center;color:#1A1B1E}}
h1{{font-size:30pt;margin:10mm 0 4mm}}p{{font-size:18pt;margin:4mm 0}}
img{{width:110mm;height:110mm}}.address{{font-size:11pt;color:#495057}}
</style><h1>{title}</h1><p>{scan}</p><img src="{code}" alt=""><p>{name}</p>
<p class="address">{address}</p></html>"""


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


def draw_poster(address: str, title: str, name: str, language: str) -> bytes:
    """Draw a poster of A4 as PDF: what it is about, the code, where it hangs.

    Parameters
    ----------
    address, title, name : str
        Of the link, of the questionnaire, of the link as people call it (a shop, a counter).
    language : str
    """
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    picture = base64.b64encode(draw_code(address, "svg")).decode()
    page = _POSTER.format(
        language=escape(language),
        title=escape(title),
        scan=escape(SCAN.say(language)),
        name=escape(name),
        address=escape(address),
        code=f"data:image/svg+xml;base64,{picture}",
    )
    pdf: bytes = HTML(string=page, url_fetcher=URLFetcher(allowed_protocols=["data"])).write_pdf()
    return pdf
