"""Every key set is the same in both languages."""

import json
import re
from pathlib import Path

import pytest

from huiyin.app.settings import ENVIRONMENT
from huiyin.app.wiring import all_handlers
from huiyin.clean.rules import all_rules
from huiyin.codebook.contracts import Role
from huiyin.codebook.roles import ROLE_TEXT
from huiyin.collect.profiles.layout import profiles
from huiyin.core.absence import REASON_TEXT, Reason
from huiyin.core.text import LANGUAGES
from huiyin.measure.catalogue import metric_catalogue


def test_every_code_has_words():
    assert set(REASON_TEXT) == set(Reason)
    assert set(ROLE_TEXT) == set(Role)


def test_what_people_read_speaks_both_languages():
    texts = [*REASON_TEXT.values(), *ENVIRONMENT.values(), *ROLE_TEXT.values()]
    texts += [profile.title for profile in profiles().values()]
    texts += [
        text for metric in metric_catalogue().values() for text in (metric.label, metric.formula)
    ]
    texts += [text for r in all_rules() for text in (r.title, r.explanation, r.source)]
    for text in texts:
        assert set(text) == set(LANGUAGES)
        assert all(text.values())


@pytest.fixture(scope="module", params=LANGUAGES)
def pages(request):
    """What the staff pages say, in one language."""
    copy = Path(__file__).parents[2] / "frontend/src/copy" / f"{request.param}.json"
    return request.param, json.loads(copy.read_text("utf-8"))


def test_the_pages_call_rules_as_the_server_does(pages):
    language, words = pages
    assert words["rule"] == {rule.id: rule.title.say(language) for rule in all_rules()}


def test_the_pages_have_words_for_every_job(pages):
    _, words = pages
    assert set(all_handlers(None)) <= set(words["jobKind"])


def test_the_pages_have_words_for_whatever_is_audited(pages):
    _, words = pages
    source = Path(__file__).parents[2] / "src/huiyin"
    found = {
        pair
        for file in source.rglob("*.py")
        for pair in re.findall(r'\.audit\(\s*"([^"]+)",\s*"([^"]+)"', file.read_text("utf-8"))
    }
    assert ("publish", "dataset") in found
    assert {action for action, _ in found} <= set(words["auditAction"])
    assert {noun for _, noun in found} <= set(words["auditNoun"])
