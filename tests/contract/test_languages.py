"""Every key set is the same in both languages."""

from huiyin.app.settings import ENVIRONMENT
from huiyin.core.absence import REASON_TEXT, Reason
from huiyin.core.text import LANGUAGES


def test_reasons_and_settings_speak_both_languages():
    assert set(REASON_TEXT) == set(Reason)
    for text in [*REASON_TEXT.values(), *ENVIRONMENT.values()]:
        assert set(text) == set(LANGUAGES)
        assert all(text.values())
