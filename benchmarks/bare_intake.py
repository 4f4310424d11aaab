"""What the interface for answers is measured against: a route that only keeps what it is sent.

The same server settings, the same queue, the same table, the same durable commit; no
questionnaire, no checks: ``python -m benchmarks.bare_intake DATABASE_URL PORT PROCESSES DATASET``.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from huiyin.collect.surveys.keeping import Home, keep_plain_answer
from huiyin.core.ids import new_id
from huiyin.store.database import Database
from huiyin.store.intake import Intake


def application() -> Starlette:
    intake = Intake(Database(os.environ["BARE_DATABASE"]))
    home = Home("", os.environ["BARE_DATASET"], 0)

    async def keep(request: Request) -> Response:
        body = json.loads(await request.body())
        write = keep_plain_answer(home, new_id(), body, datetime.now(UTC))
        await intake.kept(write)
        return Response(b'{"outcome":"kept"}', 201, media_type="application/json")

    return Starlette(routes=[Route("/bare", keep, methods=["POST"])])


if __name__ == "__main__":
    url, port, processes, dataset = sys.argv[1:]
    os.environ["BARE_DATABASE"], os.environ["BARE_DATASET"] = url, dataset
    uvicorn.run(
        "benchmarks.bare_intake:application",
        factory=True,
        port=int(port),
        workers=int(processes),
        log_config=None,
        access_log=False,
        server_header=False,
    )
