"""Builds the web application: every router of the folder, in one frame."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from fastapi import APIRouter, Depends, FastAPI
from starlette.middleware.gzip import GZipMiddleware

from huiyin.web import routers
from huiyin.web.access import public
from huiyin.web.errors import install_error_pages
from huiyin.web.frame import Application
from huiyin.web.pages import pages_router, security_headers
from huiyin.web.ready import LEVEL, SMALL_BYTES
from huiyin.web.routers import answer_pages, answers
from huiyin.web.shared import shared_kinds
from huiyin.web.system import System

API = "/api/v1"


def build_application(system: System) -> Application:
    """Build the application of one server process.

    Parameters
    ----------
    system : System

    Returns
    -------
    Application
        A FastAPI and ASGI application; each module of ``web/routers`` has given its `router`.
    """
    app = Application(
        headers=security_headers(),
        lines=(answer_pages.LINE, answers.LINE),
        title="Huiyin 回音",
        version=system.version or "0",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_alive,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # nothing leaves the house
    )
    app.state.system = system
    app.state.shared = dict(shared_kinds())
    for router in all_routers():
        app.include_router(router)
    app.include_router(_description(app))
    app.include_router(pages_router())
    install_error_pages(app)
    app.add_middleware(GZipMiddleware, minimum_size=SMALL_BYTES, compresslevel=LEVEL)
    return app


@asynccontextmanager
async def _alive(app: FastAPI) -> AsyncIterator[None]:
    """Finish, before the server ends, what answers still wait for."""
    yield
    desk = getattr(app.state, "desk", None)
    if desk is not None:
        await asyncio.to_thread(desk.close)


def all_routers() -> list[APIRouter]:
    """Give the router of every module in ``web/routers``, by file name."""
    names = sorted(module.name for module in iter_modules(routers.__path__))
    return [import_module(f"{routers.__name__}.{name}").router for name in names]


def _description(app: FastAPI) -> APIRouter:
    router = APIRouter(prefix=API)

    @router.get("/openapi.json", include_in_schema=False, dependencies=[Depends(public())])
    def openapi() -> dict[str, Any]:
        return app.openapi()

    return router
