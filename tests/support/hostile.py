"""What strangers write to do harm, made in one place, and how to see whether it did any.

Every text carries a mark of its own (``k07``), by which it is found again. What runs calls `EVIL`,
what is fetched lies below a host of that name.
"""

import io
import re
from html.parser import HTMLParser
from zipfile import ZipFile

EVIL = "evil7"
FORMULA_STARTS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠")
_BODIES = {
    "script": f"<script>{EVIL}()</script>",
    "closing": f"</script></style></textarea></title><script>{EVIL}()</script>",
    "image": f"<img src={EVIL} onerror={EVIL}()>",
    "handler": f"\"'><a class={EVIL} onmouseover={EVIL}() autofocus onfocus={EVIL}()>",
    "drawing": f"<svg class={EVIL} onload={EVIL}()><animate onbegin={EVIL}()>",
    "frame": f"<iframe srcdoc='<script>parent.{EVIL}()</script>'></iframe>",
    "link": f"javascript:{EVIL}()//",
    "marked": f"[x](javascript:{EVIL}()) ![x](http://{EVIL}.example/x.png)",
    "style": f"</style><style>*{{background:url(http://{EVIL}.example)}}</style>",
    "base": f"<base href=http://{EVIL}.example><meta http-equiv=refresh content=0>",
    "entities": f"&lt;script&gt;{EVIL}()&lt;/script&gt;&#60;&amp;",
    "comment": f"<!-- {EVIL} --> ]]> <![CDATA[ <?xml ?> <!ENTITY x SYSTEM 'file:///etc/passwd'>",
    "braces": "{{7*7}} {{ config }} ${7*7} <%= 7*7 %> #{7*7} {% raw %} {0} {name} %s %(x)s",
    "quotes": "'; DROP TABLE datasets; -- \" OR 1=1 `x` \\",
    "path": "../../../etc/passwd\\..\\x",
    "turned": "a\u202egpj.exe\u2066b\u200e",
    "control": "a\x01b\x1b[31mc\x07d\x7fe",
    "lines": f"a\r\nBcc: x@{EVIL}.example\r\n\r\nb\u2028c\u2029d",
    "null": "null",
    "family": "👩‍👩‍👧‍👦🏳️‍🌈e\u0301\ufe0f𠮷",
    "long": "很长的一段话" * 600,
}
_FORMULA = f'HYPERLINK("http://{EVIL}.example","x")'
PLAIN = ("script", "image", "handler", "entities", "braces", "quotes", "family")
"""Texts that can be looked for as they are: one line, nothing that is taken out."""


def _marked(number, text):
    """Put the mark behind: what a text begins with is what a spreadsheet looks at."""
    return f"{text}k{number:02}"


TEXTS = {
    name: _marked(number, body)
    for number, (name, body) in enumerate(
        [*_BODIES.items(), *((f"formula {s!r}", s + _FORMULA) for s in FORMULA_STARTS)]
    )
}
ONE_LINE = {name: text for name, text in TEXTS.items() if len(text) <= 150 and text.isprintable()}
"""Texts that a name may be."""

_FETCHED = {"href", "src", "srcset", "action", "formaction", "style", "srcdoc", "data", "content"}


class _Markup(HTMLParser):
    def __init__(self):
        super().__init__()
        self.faults, self._within = [], None

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        runs = tag == "script" and "json" not in (found.get("type") or "")
        self._within = tag if runs or tag == "style" else None
        for name, value in found.items():
            acts = name.startswith("on") or name in _FETCHED or name == "class"
            if acts and EVIL in (value or "") and (tag, name) != ("meta", "content"):
                self.faults.append(f"<{tag} {name}={value[:80]!r}>")
        if tag in {"base", "iframe"} and "srcdoc" in found:
            self.faults.append(f"<{tag}>")

    def handle_endtag(self, _tag):
        self._within = None

    def handle_data(self, data):
        if self._within and EVIL in data:
            self.faults.append(f"<{self._within}> holds {data[:80]!r}")


def faults_of_markup(page):
    """Give what in a page of HTML a text was taken for: tags, handlers, addresses, code."""
    markup = _Markup()
    markup.feed(page)
    return markup.faults


def faults_of_pdf(content):
    """Give the actions of a PDF: it holds words and charts, and acts in no way."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    found = [key for key in ("/OpenAction", "/AA") if key in reader.trailer["/Root"]]
    for page in reader.pages:
        for note in page.get("/Annots") or ():
            action = note.get_object().get("/A", {})
            if action.get("/S") not in {None, "/GoTo"} and EVIL in str(action):
                found.append(str(action))
    names = reader.trailer["/Root"].get("/Names", {})
    return found + [key for key in ("/JavaScript", "/EmbeddedFiles") if key in names]


def faults_of_office(content):
    """Give what a workbook or a deck would compute, fetch or run."""
    found = []
    with ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            words = parts.read(name).decode("utf-8", "replace")
            if "vba" in name.lower() or "embed" in name.lower():
                found.append(name)
            if name.startswith("xl/worksheets/") and re.search(r"<f[ >]", words):
                found.append(f"{name}: a formula")
            if name.endswith(".rels") and re.search(f'Target="[^"]*{EVIL}', words):
                found.append(f"{name}: a link")
            if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", words) and name.endswith("xml"):
                found.append(f"{name}: a control character")
    return found


def faults_of_table(text):
    """Give cells of a CSV that a spreadsheet computes."""
    import csv

    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    risky = tuple(start[0] for start in FORMULA_STARTS)
    return [cell[:60] for row in rows for cell in row if cell.startswith(risky) and EVIL in cell]
