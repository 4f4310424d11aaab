import pytest

from huiyin.people.sealing import UnsealError, seal, unseal

KEY = b"k" * 32


def test_what_is_sealed_opens_with_the_same_key_for_the_same_purpose_only():
    sealed = seal(KEY, "密码 s3cret", "sign_in")
    assert "s3cret" not in sealed
    assert sealed != seal(KEY, "密码 s3cret", "sign_in")
    assert unseal(KEY, sealed, "sign_in") == "密码 s3cret"
    changed = sealed[:-5] + ("A" if sealed[-5] != "A" else "B") + sealed[-4:]
    for key, words, purpose in (
        (b"x" * 32, sealed, "sign_in"), (KEY, sealed, "other"), (KEY, changed, "sign_in"),
        (KEY, "v1.", "sign_in"), (KEY, "plain", "sign_in"),
    ):  # fmt: skip
        with pytest.raises(UnsealError):
            unseal(key, words, purpose)
