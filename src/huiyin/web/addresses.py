"""Addresses of this site as people outside see them."""

from __future__ import annotations

from fastapi import Request


def base_of(request: Request, public_address: str) -> str:
    """Give the site's address: the one that was set, else the one of this request."""
    return (public_address or str(request.base_url)).rstrip("/")


def link_to(request: Request, public_address: str, path: str) -> str:
    """Give a complete address of a path of this site."""
    return base_of(request, public_address) + path
