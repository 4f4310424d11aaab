"""What a browser loads before the first page stands is small; charts come later."""

import gzip
import json

import pytest

LIMIT = 450_000


@pytest.fixture(scope="module")
def manifest(built):
    return json.loads((built / "manifest.json").read_text("utf-8"))


def needed(manifest, *starts):
    """Give the files that the named modules load at once, each once."""
    files, open_keys, seen = set(), list(starts), set()
    while open_keys:
        key = open_keys.pop()
        if key in seen:
            continue
        seen.add(key)
        part = manifest[key]
        files |= {part["file"], *part.get("css", ())}
        open_keys += part.get("imports", ())
    return files


def named_by(built, manifest):
    """Give the parts of the build that the start page itself names."""
    page = (built / "index.html").read_text("utf-8")
    found = [key for key, part in manifest.items() if f'"/{part["file"]}"' in page]
    assert found
    return found


def gzipped(built, files):
    return sum(len(gzip.compress((built / file).read_bytes(), 9)) for file in files)


@pytest.mark.parametrize("further", [(), ("src/pages/signin/SignIn.tsx",)])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_first_page_is_small(built, manifest, further, language):
    files = needed(manifest, *named_by(built, manifest), *further, f"src/copy/{language}.json")
    extra = {"index.html", "start.js", "mark.svg"}
    assert gzipped(built, files | extra) < LIMIT


def test_charts_are_loaded_when_needed(built, manifest):
    files = needed(manifest, *named_by(built, manifest))
    assert not [f for f in files if "registerPainter" in (built / f).read_text("utf-8")]


def test_the_words_of_each_language_come_along_with_the_program(built, manifest):
    page = (built / "index.html").read_text("utf-8")
    for language in ("zh-CN", "en"):
        file = manifest[f"src/copy/{language}.json"]["file"]
        assert f'<meta name="copy:{language}" content="/{file}">' in page


def test_files_are_packed_by_the_build(built):
    import brotli

    large = [
        file
        for file in (built / "assets").iterdir()
        if file.suffix in {".js", ".css"} and file.stat().st_size > 1000
    ]
    assert large
    for file in large:
        body = file.read_bytes()
        assert gzip.decompress(file.with_name(f"{file.name}.gz").read_bytes()) == body
        assert brotli.decompress(file.with_name(f"{file.name}.br").read_bytes()) == body


def test_nothing_is_fetched_from_elsewhere(built):
    page = (built / "index.html").read_text("utf-8")
    assert "http://" not in page
    assert "https://" not in page
    for file in built.rglob("*.css"):
        assert "url(http" not in file.read_text("utf-8"), file.name


def test_the_page_runs_under_a_strict_policy(built):
    page = (built / "index.html").read_text("utf-8")
    assert "<script>" not in page
    assert " onload=" not in page
