"""A logo is a checked picture, drawn anew and small; nothing else that was sent stays."""

import io

import numpy as np
import pytest
from PIL import Image, ImageFile

from huiyin.collect.surveys.checks import can_be_published, check
from huiyin.collect.surveys.definition import Definition
from huiyin.collect.surveys.logos import SERVED_BYTES, BadLogoError, is_logo_id, make_logo


def picture(width, height, form="PNG", mode="RGB", *, noise=False, **more):
    made = np.zeros((height, width, len(mode)), dtype=np.uint8) + 90
    if noise:
        made = np.random.default_rng(1).integers(0, 255, made.shape, dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(made, mode).save(out, form, **more)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind", "size"),
    [
        (picture(200, 60, mode="RGBA"), "image/png", (200, 60)),
        (picture(1600, 400), "image/png", (480, 120)),
        (picture(180, 170, noise=True), "image/jpeg", None),
        (picture(150, 150, mode="RGBA", noise=True), "image/png", None),
        (picture(600, 300, "JPEG"), "image/png", (288, 144)),
    ],
)
def test_a_logo_is_made_small_and_named_by_its_digest(content, kind, size):
    logo = make_logo(content)
    assert (logo.kind, len(logo.content) <= SERVED_BYTES) == (kind, True)
    assert is_logo_id(logo.id)
    assert make_logo(content) == logo
    shown = Image.open(io.BytesIO(logo.content))
    assert shown.size == (logo.width, logo.height) == (size or shown.size)


def test_what_was_hidden_in_the_file_is_gone():
    note = Image.Exif()
    note[0x010E] = "secret place"
    logo = make_logo(picture(100, 40, "JPEG", exif=note) + b"PK\x03\x04 an archive")
    assert b"secret" not in logo.content
    assert b"PK" not in logo.content


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "PNG or JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "PNG or JPEG"),
        (picture(100, 40, "GIF"), "PNG or JPEG"),
        (picture(100, 40)[:60], "PNG or JPEG"),
        (picture(400, 400, noise=True), "100 KB"),
        (picture(2100, 2000), "4 million pixels"),
        (picture(100, 8), "sides of 16"),
    ],
)
def test_what_is_no_logo_is_refused_with_a_sentence(content, said):
    with pytest.raises(BadLogoError, match=said):
        make_logo(content)


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_cut_file_is_no_logo_even_where_others_bear_it(form, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as documents set it
    whole = picture(100, 40, form, noise=True)
    assert make_logo(whole)
    with pytest.raises(BadLogoError, match="PNG or JPEG"):
        make_logo(whole[:-40])


def test_a_logo_of_elsewhere_is_remarked_on_and_does_not_stand_in_the_way():
    page = {"id": "p", "questions": [{"kind": "nps", "id": "rec", "title": {"zh-CN": "推荐吗？"}}]}
    theme = {"logo": "https://elsewhere.example/x.png"}
    definition = Definition.model_validate({"title": {"zh": "试"}, "pages": [page], "theme": theme})
    found = check(definition)
    assert "foreign_logo" in {one.code for one in found}
    assert can_be_published(found)
