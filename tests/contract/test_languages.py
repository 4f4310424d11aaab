"""Every key set is the same in both languages."""

from huiyin.app.settings import ENVIRONMENT
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
