"""The report as JSON holds what the HTML page holds."""

import html
import json

import pytest

from huiyin.report.html import render_html
from huiyin.report.json_page import page_json


@pytest.fixture(scope="module", params=["zh-CN", "en"])
def both(request, findings):
    return page_json(findings, request.param), render_html(findings, request.param)


def words(value):
    """Give every text of a page, charts apart."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in {"option", "dark", "kind", "anchor", "tone", "language", "sort"}:
                yield from words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from words(inner)
    elif isinstance(value, str) and value:
        yield value


def test_it_is_plain_json(both):
    page, _ = both
    assert json.loads(json.dumps(page, allow_nan=False)) == page


def test_every_word_stands_in_the_html_too(both):
    page, shown = both
    plain = html.unescape(shown)
    missing = [text for text in words(page) if text not in plain]
    assert not missing


def test_every_chart_is_the_same_option(both):
    page, shown = both
    data = json.loads(shown.split('id="data">', 1)[1].split("</script>", 1)[0])
    figures = [b for c in page["chapters"] for b in c["blocks"] if b["kind"] == "figure"]
    assert figures
    assert [figure["chart"]["option"] for figure in figures] == data["options"]
    assert page["dark"] == data["dark"]


def test_a_report_on_next_to_nothing_has_a_page(bare_findings):
    assert page_json(bare_findings, "zh-CN")["title"]
