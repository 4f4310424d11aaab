"""``huiyin mcp``: let a program that speaks MCP ask a running server."""

from __future__ import annotations

from typing import Annotated

import typer

from huiyin.app.cli import options


def mcp(
    server: Annotated[
        str, typer.Option(envvar="HUIYIN_SERVER", help="服务器地址  address of the server")
    ] = "http://localhost:8080",
    token: Annotated[
        str | None,
        typer.Option(envvar="HUIYIN_TOKEN", help="接口令牌  an API token", show_envvar=True),
    ] = None,
    lang: options.Language = None,
) -> None:
    """让智能助手用 MCP 来问  Answer assistants over MCP, on standard input and output."""
    options.choose_language(lang)
    import huiyin
    from huiyin.app.mcp.server import build_server
    from huiyin.client.server import connect

    with connect(server, token) as connection:
        connection.datasets()  # a wrong address or token is said now, in a sentence
        build_server(connection, huiyin.__version__).run("stdio")
