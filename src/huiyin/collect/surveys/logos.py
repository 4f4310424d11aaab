"""The logo on answer pages: a checked picture, made small enough for a slow phone."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from huiyin.core.errors import BadInputError
from huiyin.core.text import Text
from huiyin.store.bulk import batched
from huiyin.store.tables import LogoPicture, Survey, SurveyVersion

if TYPE_CHECKING:
    from PIL.Image import Image

    from huiyin.store.unit_of_work import UnitOfWork

LARGEST_BYTES = 100 * 1024
"""What may be sent."""
SERVED_BYTES = 12 * 1024
"""What is served: a first page with it stays under 30 KB."""
MOST_PIXELS = 4_000_000
LEAST_SIDE = 16
_BOX = (480, 144)
"""Shown 48 points high: three dots for each on a phone."""
_SHRINKS = 0.8
_QUALITY = 82
_COLOURS = 256
_ENDS = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}
"""What a whole file holds; whoever else draws pictures may have told Pillow to bear cut ones."""
_ID = re.compile(r"[0-9a-f]{40}")
_AT_ONCE = 500
_TOO_LARGE = Text("标志图片最大 {n} KB，请先压缩。", "A logo has at most {n} KB: make it smaller.")
_WRONG_KIND = Text("标志只收 PNG 或 JPEG 图片。", "A logo is a PNG or JPEG picture.")
_SIDES = Text(
    "标志图片的边长要在 {least} 像素以上，总共不超过 400 万像素。",
    "A logo has sides of {least} pixels or more, and no more than 4 million pixels.",
).format(least=LEAST_SIDE)


class BadLogoError(BadInputError):
    """What was sent is no picture that can be a logo."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo as it is served.

    Attributes
    ----------
    id : str
        A digest of `content`: whatever has this id never changes.
    kind : str
        ``image/png`` or ``image/jpeg``.
    content : bytes
    width, height : int
    """

    id: str
    kind: str
    content: bytes
    width: int
    height: int


def is_logo_id(words: str | None) -> bool:
    """Tell whether words can name a logo of ours; an address of another site never does."""
    return words is not None and _ID.fullmatch(words) is not None


def make_logo(content: bytes) -> Logo:
    """Check a picture and draw it anew, small: nothing that was hidden in the file stays.

    Raises
    ------
    BadLogoError
        It is too large, no PNG or JPEG, broken, or of a strange size.
    """
    if len(content) > LARGEST_BYTES:
        raise BadLogoError(_TOO_LARGE.format(n=LARGEST_BYTES // 1024))
    picture = _opened(content)
    picture.thumbnail(_BOX)
    drawn, kind = _drawn(picture)
    while len(drawn) > SERVED_BYTES:
        width, height = (max(1, round(side * _SHRINKS)) for side in picture.size)
        picture = picture.resize((width, height))
        drawn, kind = _drawn(picture)
    digest = hashlib.sha256(drawn).hexdigest()[:40]
    return Logo(digest, kind, drawn, *picture.size)


def _opened(content: bytes) -> Image:
    from PIL import Image, UnidentifiedImageError

    try:
        picture = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as fault:
        raise BadLogoError(_WRONG_KIND) from fault
    width, height = picture.size  # said by its head, before anything is unpacked
    if min(width, height) < LEAST_SIDE or width * height > MOST_PIXELS:
        raise BadLogoError(_SIDES)
    if _ENDS[str(picture.format)] not in content:
        raise BadLogoError(_WRONG_KIND)
    try:
        clear = picture.has_transparency_data
        return picture.convert("RGBA" if clear else "RGB")
    except (OSError, ValueError, SyntaxError) as fault:
        raise BadLogoError(_WRONG_KIND) from fault


def _drawn(picture: Image) -> tuple[bytes, str]:
    """Draw as PNG, in few colours where it must be; as JPEG where that is smaller."""
    from PIL.Image import Quantize

    forms = [(_saved(picture, "PNG"), "image/png")]
    few = picture.quantize(_COLOURS, method=Quantize.FASTOCTREE)
    if len(forms[0][0]) > SERVED_BYTES:
        forms.append((_saved(few, "PNG"), "image/png"))
        if picture.mode == "RGB":
            forms.append((_saved(picture, "JPEG"), "image/jpeg"))
    return next((one for one in forms if len(one[0]) <= SERVED_BYTES), min(forms, key=_length))


def _length(form: tuple[bytes, str]) -> int:
    return len(form[0])


def _saved(picture: Image, form: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, optimize=True, **({"quality": _QUALITY} if form == "JPEG" else {}))
    return out.getvalue()


def do_keep_logo(work: UnitOfWork, logo: Logo) -> None:
    """Keep a logo; one that is there already counts as sent now, so that it is not swept away."""
    known = work.session.get(LogoPicture, logo.id)
    if known is not None:
        known.created_at = work.now
        return
    content = base64.b64encode(logo.content).decode()
    facts = {"created_by": work.actor.name, "created_at": work.now}
    work.session.add(LogoPicture(id=logo.id, kind=logo.kind, content=content, **facts))
    work.audit("upload", "logo", logo.id, after={"bytes": len(logo.content)})


def do_forget_logos(work: UnitOfWork, before: datetime) -> int:
    """Delete the logos sent before a moment that no draft and no version shows; gives how many."""
    drawn = (*work.session.scalars(select(Survey.draft)),)
    asked = (*work.session.scalars(select(SurveyVersion.document)),)
    shown = {(one.get("theme") or {}).get("logo") for one in (*drawn, *asked)}
    old = select(LogoPicture.id).where(LogoPicture.created_at < before)
    gone = [one for one in work.session.scalars(old) if one not in shown]
    for some in batched(gone, _AT_ONCE):
        work.session.execute(delete(LogoPicture).where(LogoPicture.id.in_(some)))
    return len(gone)
