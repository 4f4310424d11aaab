"""Whoever opens a questionnaire of a template on a slow phone waits for little."""

import io
import re

import numpy as np
import pytest
from PIL import Image
from respondent import Respondent

from huiyin.collect.surveys.logos import LARGEST_BYTES, SERVED_BYTES
from huiyin.collect.surveys.templates.gallery import list_templates, load_template
from huiyin.people.contracts import Role

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


@pytest.fixture(scope="module")
def noisy():
    """A picture that packs badly, at the largest size that is taken."""
    rng = np.random.default_rng(2)
    noise = Image.fromarray(rng.integers(0, 255, (180, 180, 3), dtype=np.uint8))
    out = io.BytesIO()
    noise.save(out, "PNG")
    assert LARGEST_BYTES * 0.9 < len(out.getvalue()) <= LARGEST_BYTES
    return out.getvalue()


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_first_page_of_every_template_is_light_in_both_languages(cast, name, noisy):
    sent = cast.signed_in(Role.ANALYST).post("/api/v1/surveys/logos", files={"file": noisy})
    assert sent.json()["bytes"] <= SERVED_BYTES
    definition = load_template(name).model_dump(mode="json", exclude_defaults=True)
    definition["theme"] = definition.get("theme", {}) | {"logo": sent.json()["id"]}
    phone = Slow(cast, *definition.pop("pages"), **definition)
    for language in ("zh-CN", "en"):
        n_bytes, n_requests = phone.load(f"{phone.address}?lang={language}")
        assert n_bytes < MOST_BYTES, (language, n_bytes)
        assert n_requests == MOST_REQUESTS


def test_a_logo_is_kept_by_browsers_and_found_by_its_digest_alone(cast, noisy):
    designer = cast.signed_in(Role.ANALYST)
    sent = designer.post("/api/v1/surveys/logos", files={"file": noisy}).json()
    assert designer.post("/api/v1/surveys/logos", files={"file": noisy}).json() == sent
    got = cast.browser().get(f"/s/-/logo/{sent['id']}")
    assert (got.headers["content-type"], len(got.content)) == ("image/jpeg", sent["bytes"])
    assert "immutable" in got.headers["cache-control"]
    assert got.headers["x-content-type-options"] == "nosniff"
    for other in ("0" * 40, "x"):
        assert cast.browser().get(f"/s/-/logo/{other}").status_code == 404
    bad = designer.post("/api/v1/surveys/logos", files={"file": b"<svg/>"})
    assert (bad.status_code, "PNG 或 JPEG" in bad.text) == (422, True)
    viewer = cast.signed_in(Role.VIEWER)
    assert viewer.post("/api/v1/surveys/logos", files={"file": noisy}).status_code == 403


@pytest.mark.parametrize(
    "logo", ["https://evil.example/x.png", "//evil.example/x", "../x", "a" * 41]
)
def test_a_logo_of_elsewhere_is_never_fetched(cast, logo):
    guest = Respondent(cast, theme={"logo": logo})
    page = guest.open().text
    assert "<img" not in page
    assert "evil" not in page
