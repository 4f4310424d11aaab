"""A page that was drawn and compressed before is, with each token, what would be drawn anew."""

import gzip

import pytest

from huiyin.web.answer.ready import Halves, ReadyPages, place_mark


@pytest.mark.parametrize("n", [0, 1, 5_000, 200_000])
def test_the_compressed_page_is_the_plain_one(n):
    mark = place_mark()
    page = Halves.of("前" * n + mark + "后<p>" * n, mark)
    for token in ("t" * 150, "短", "x" * 2_000):
        whole = ("前" * n + token + "后<p>" * n).encode()
        assert page.plain(token) == whole
        assert gzip.decompress(page.packed(token)) == whole  # checks length and checksum, too


def test_what_is_kept_is_made_once():
    made, pages = [], ReadyPages()
    for _ in range(3):
        assert pages.get(("a", 1), lambda: made.append(1) or "page") == "page"
    assert len(made) == 1
