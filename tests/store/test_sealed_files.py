"""Sealed files: what goes in comes out, and any change is noticed."""

import io

import pytest

from huiyin.store.sealed_files import (
    CHUNK_BYTES,
    SealedFileError,
    read_sealed,
    seal_file,
    unseal_file,
    write_sealed,
)

KEY = b"k" * 32
SIZES = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES + 7]


@pytest.mark.parametrize("size", SIZES)
def test_what_is_sealed_opens_again(tmp_path, size):
    plain = bytes(i % 251 for i in range(size))
    (tmp_path / "plain").write_bytes(plain)
    seal_file(KEY, tmp_path / "plain", tmp_path / "sealed")
    unseal_file(KEY, tmp_path / "sealed", tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == plain
    assert sorted(p.name for p in tmp_path.iterdir()) == ["again", "plain", "sealed"]


def test_nothing_can_be_read_in_it():
    written = io.BytesIO()
    write_sealed(KEY, [b"13800138000", b" " * 100], written)
    assert b"13800138000" not in written.getvalue()
    again = io.BytesIO()
    write_sealed(KEY, [b"13800138000", b" " * 100], again)
    assert written.getvalue() != again.getvalue()


def _sealed(tmp_path, size=2 * CHUNK_BYTES + 5):
    path = tmp_path / "sealed"
    with path.open("wb") as file:
        write_sealed(KEY, [b"x" * size], file)
    return path


def test_another_key_does_not_open_it(tmp_path):
    with pytest.raises(SealedFileError):
        list(read_sealed(b"o" * 32, _sealed(tmp_path)))


def test_a_file_that_is_not_sealed_is_refused(tmp_path):
    (tmp_path / "plain").write_bytes(b"id,score\n1,9\n")
    with pytest.raises(SealedFileError):
        list(read_sealed(KEY, tmp_path / "plain"))


@pytest.mark.parametrize("fault", ["bit", "cut", "cut at a chunk", "swapped"])
def test_a_change_is_noticed(tmp_path, fault):
    path = _sealed(tmp_path)
    raw = path.read_bytes()
    head, chunk = raw[:20], CHUNK_BYTES + 16
    first, second, rest = (
        raw[20 : 20 + chunk],
        raw[20 + chunk : 20 + 2 * chunk],
        raw[20 + 2 * chunk :],
    )
    changed = {
        "bit": raw[:30] + bytes([raw[30] ^ 1]) + raw[31:],
        "cut": raw[:-1],
        "cut at a chunk": head + first + second,
        "swapped": head + second + first + rest,
    }
    path.write_bytes(changed[fault])
    with pytest.raises(SealedFileError):
        list(read_sealed(KEY, path))
