"""Whoever opens a questionnaire of a template on a slow phone waits for little."""

import re

import pytest
from respondent import Respondent

from huiyin.collect.surveys.templates.gallery import list_templates, load_template

MOST_BYTES = 30_000
MOST_REQUESTS = 4
LINKED = r'(?:href|src)="(/[^"?]+(?:\?\w+)?)"'
TEMPLATES = [one.id for one in list_templates()]


class Slow(Respondent):
    """A phone that counts what comes over the line."""

    def load(self, address):
        """Load a page with what it needs; gives bytes as sent, and how many requests."""
        page = self.fetch(address)
        needed = {one for one in re.findall(LINKED, page[1]) if one.startswith("/s/-/")}
        sizes = [page[0], *(self.fetch(one)[0] for one in sorted(needed))]
        return sum(sizes), len(sizes)

    def fetch(self, address):
        with self.browser.stream("GET", address, headers={"accept-encoding": "gzip"}) as answer:
            raw = b"".join(answer.iter_raw())
        assert answer.status_code == 200
        return len(raw), self.browser.get(address).text


def test_there_are_thirteen_templates():
    assert len(TEMPLATES) == 13


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_first_page_of_every_template_is_light_in_both_languages(cast, name):
    definition = load_template(name).model_dump(mode="json", exclude_defaults=True)
    phone = Slow(cast, *definition.pop("pages"), **definition)
    for language in ("zh-CN", "en"):
        n_bytes, n_requests = phone.load(f"{phone.address}?lang={language}")
        assert n_bytes < MOST_BYTES, (language, n_bytes)
        assert n_requests <= MOST_REQUESTS
