"""The staff pages: built files beside this module, the start page for every other address."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from huiyin.web.access import public
from huiyin.web.ready import built_answer

STATIC = Path(__file__).with_name("static")
NOT_BUILT = (
    "<!doctype html><meta charset=utf-8><title>回音</title>"
    "<p>页面还没有构建：请运行 make setup。接口可用。</p>"
    "<p lang=en>The pages are not built yet: run make setup. The API works.</p>"
)
_INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_FOREVER = "public, max-age=31536000, immutable"
_OWN_AREAS = ("api/", "healthz", "readyz", "prometheus")


def pages_router(static: Path = STATIC) -> APIRouter:
    """Make the route that serves the built pages.

    Parameters
    ----------
    static : Path
        The build's folder; without it the start page is a plain sentence.
    """
    router = APIRouter()
    root = static.resolve()

    @router.get("/{path:path}", include_in_schema=False, dependencies=[Depends(public())])
    async def page(path: str, request: Request) -> Response:
        if path.startswith(_OWN_AREAS):
            raise HTTPException(404)
        file = (root / path).resolve()
        if path and file.is_relative_to(root) and file.is_file():
            cache = _FOREVER if path.startswith("assets/") else "no-cache"
            return built_answer(request, file, cache)
        if path.startswith("assets/"):
            raise HTTPException(404)
        start = root / "index.html"
        if not start.is_file():
            return HTMLResponse(NOT_BUILT)
        return built_answer(request, start, "no-cache")

    return router


def security_headers(static: Path = STATIC) -> dict[str, str]:
    """Give the headers of every answer; inline scripts of the start page are named by hash."""
    start = static / "index.html"
    hashes = inline_hashes(start.read_text("utf-8")) if start.is_file() else []
    scripts = " ".join(["'self'", *hashes])
    policy = (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    )
    return {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=()",
    }


def inline_hashes(page: str) -> list[str]:
    """Give the CSP source of each inline script of a page."""
    return [
        f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
        for code in _INLINE.findall(page)
        if code.strip()
    ]
