"""One self-contained interactive page: opens offline, asks nothing of the network."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from huiyin.analyse.contracts import Findings
from huiyin.report.content import Content, content
from huiyin.report.page import Figure
from huiyin.report.palette import DARK
from huiyin.report.studio import library_source
from huiyin.report.words import word

if TYPE_CHECKING:
    from jinja2 import Environment

MAXIMUM_BYTES = 2_500_000
_WORDS = {
    "copied": "figure.copied",
    "saved": "figure.saved",
    "sort": "table.sort",
    "search": "table.search",
}


def render_html(findings: Findings, language: str) -> str:
    """Set the findings as one HTML page.

    Parameters
    ----------
    findings : Findings
    language : str
        A language tag.

    Returns
    -------
    str
        Complete HTML, under 2.5 MB; scripts are allowed by their hash alone, so that no text of
        a survey can ever run.
    """
    from markupsafe import Markup

    page = content(findings, language)
    library, script = library_source(common=True), asset("report.js")
    return templates().get_template("report.html.j2").render(
        c=page,
        css=Markup(asset("report.css")),  # noqa: S704 -- our own file
        data=Markup(_data(page)),  # noqa: S704 -- `<` is escaped in it
        library=Markup(library),  # noqa: S704 -- our own file
        script=Markup(script),  # noqa: S704 -- our own file
        policy=content_policy(library, script),
    )  # fmt: skip


def templates() -> Environment:
    """Give the templates of the report; every value is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("huiyin.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )


def content_policy(*scripts: str) -> str:
    """Give a policy that forbids everything from outside, and scripts but these."""
    hashes = " ".join(f"'sha256-{_hash(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def figures(page: Content) -> list[Figure]:
    """List the figures in the order of the page."""
    return [b for chapter in page.chapters for b in chapter.blocks if isinstance(b, Figure)]


def _data(page: Content) -> str:
    shown = [figure.chart for figure in figures(page)]
    data: Mapping[str, Any] = {
        "options": [chart.option for chart in shown],
        "titles": [[chart.title, chart.caption] for chart in shown],
        "dark": DARK,
        "words": {name: word(key, page.language) for name, key in _WORDS.items()},
    }
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def asset(name: str) -> str:
    """Read a file that lies beside the templates."""
    return files("huiyin.report").joinpath("templates", name).read_text("utf-8")


def _hash(script: str) -> str:
    return b64encode(sha256(script.encode("utf-8")).digest()).decode("ascii")
