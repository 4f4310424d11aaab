"""Tools that take nothing they do not know: a filter in the wrong place would go unseen.

The number would then be of everybody, and nobody would be told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from pydantic import ConfigDict, ValidationError

from huiyin.core.text import EN, ZH, Text
from huiyin.web.fields import named_fields

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer
    from mcp.server.mcpserver.tools import Tool
    from mcp.server.mcpserver.utilities.func_metadata import ArgModelBase

_UNREADABLE = Text("参数不对：{fields}。", "The arguments are not right: {fields}.")


def strict_server(
    functions: Sequence[Callable[..., dict[str, Any]]], **words: Any
) -> MCPServer[Any]:
    """Build a server of tools that only read; what a tool has no argument for is refused.

    Parameters
    ----------
    functions : sequence of callable
        Their names, docstrings and annotations are what a program reads.
    **words
        As `mcp.server.mcpserver.MCPServer` takes them.
    """
    from mcp.server.mcpserver import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError

    class Strict(MCPServer[Any]):
        """Says in a sentence what is wrong with arguments."""

        async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
            try:
                return await super().call_tool(name, arguments, context)
            except ToolError as fault:
                if not isinstance(fault.__cause__, ValidationError):
                    raise
                said = _UNREADABLE.format(fields=named_fields(fault.__cause__.errors()))
                raise ToolError(f"{said.say(ZH)} / {said.say(EN)}") from fault

    return Strict("huiyin", tools=[_strict(one) for one in functions], **words)


def _strict(function: Callable[..., dict[str, Any]]) -> Tool:
    from mcp.server.mcpserver.tools import Tool
    from mcp_types import ToolAnnotations

    reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    tool = Tool.from_function(function, annotations=reads)
    loose = tool.fn_metadata.arg_model
    own = {"model_config": ConfigDict(extra="forbid")}
    known = cast("type[ArgModelBase]", type(loose.__name__, (loose,), own))
    tool.fn_metadata.arg_model = known
    tool.parameters = known.model_json_schema(by_alias=True)
    return tool
