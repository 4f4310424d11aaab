"""The tools: each asks the REST API with one token, so rights, row rules and minimum n hold.

Nothing here computes or writes SQL; all tools only read. Verbatims come only where the token may
see them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from huiyin.app.mcp.shortened import shortened_ask, shortened_why
from huiyin.app.mcp.strict import strict_server
from huiyin.client.server import Server
from huiyin.core.errors import BadInputError, HuiyinError
from huiyin.core.text import Text

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

INSTRUCTIONS = """\
Huiyin 回音 measures customer satisfaction. Begin with list_datasets, then describe_dataset.
Rules for what you tell people:
- Give every number with its interval (low, high), n, and unit. Shares are 0 to 1, NPS is -100
  to 100, scores are 0 to 100.
- A comparison carries a call. "real" 真变化: say it changed. "stable" 基本持平: say there is no
  meaningful change. "cannot_tell" 无法判断: say the data cannot tell, never of a rise or fall.
- A cell with "not_estimable" has no number: give its reason ("suppressed": too few customers),
  never a zero.
- Cells flagged "small_sample" are to be read with care; say so.
- Drivers and "why" show what goes together. Never word it as cause.
"""
Name = Annotated[
    str, Field(description="Name or id of the dataset 数据集名称或编号", max_length=500)
]
METRICS = (
    "nps, satisfied, dissatisfied, score, mean, ces, easy, intent, index, share:COLUMN=VALUE; "
    "with :COLUMN where several columns fit; operations of describe_dataset go by their id"
)
Metric = Annotated[str, Field(description=METRICS)]
Where = Annotated[
    list[str] | None,
    Field(description='Filters such as "大区=华东", "渠道=门店|网上", "大区!=华东"'),
]
Day = Annotated[str | None, Field(description="A day, month or year: 2026-05-01, 2026-05, 2026")]


MOST_CELLS = 500
"""More would fill what an assistant can keep in mind."""
TOO_MANY_CELLS = Text(
    "这个问题的答案有 {n} 格，超过 {most} 格：请少分几组，或加上筛选、缩短时间",
    "The answer has {n} cells, more than {most}: group by less, filter, or take a shorter time",
)


class Question(BaseModel):
    """What to measure, of whom, when, and against what."""

    model_config = ConfigDict(extra="forbid")

    metrics: Annotated[list[Metric], Field(min_length=1, max_length=20)]
    by: Annotated[list[str] | None, Field(description="Columns to group by")] = None
    where: Where = None
    since: Day = None
    until: Day = None
    grain: Annotated[str | None, Field(description="day, week, month, quarter, year")] = None
    compare: Annotated[
        str | None,
        Field(description='previous, year_ago, rest, benchmark, or a group: "大区=华南"'),
    ] = None


def build_server(server: Server, version: str) -> MCPServer[Any]:
    """Build the MCP server over a connection.

    Parameters
    ----------
    server : Server
        Where the numbers come from, and as whom.
    version : str
        Ours, as it is told to the program that asks.
    """
    tools = [_with_sentence(one) for one in Tools(server).all()]
    return strict_server(tools, title="Huiyin 回音", instructions=INSTRUCTIONS, version=version)


class Tools:
    """What a program may ask. Names and docstrings are what it reads to choose."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def all(self) -> tuple[Callable[..., dict[str, Any]], ...]:
        """List the tools."""
        return (
            self.list_datasets, self.describe_dataset, self.query, self.ask, self.why,
            self.drivers, self.what_if,
        )  # fmt: skip

    def list_datasets(self) -> dict[str, Any]:
        """List the datasets that the token may see 列出数据集."""
        return {"datasets": [{"id": one.id, "name": one.name} for one in self._server.datasets()]}

    def describe_dataset(self, dataset: Name) -> dict[str, Any]:
        """Say what the columns mean, and what operations are measured 列的含义、运营指标.

        Which values a column has: query any metric by it.
        """
        book = self._server.dataset(dataset).codebook
        kept = ("name", "role", "label", "scale", "group")
        columns = [{name: column.get(name) for name in kept} for column in book["columns"]]
        return {"dataset": dataset, "columns": columns, "operations": book["operations"]}

    def query(self, dataset: Name, question: Question) -> dict[str, Any]:
        """Measure: metrics by groups and time, with interval, n and call 查询指标."""
        words = question.model_dump(exclude={"metrics"}, exclude_none=True)
        found = self._server.dataset(dataset).query(*question.metrics, **words).json
        if len(found["cells"]) > MOST_CELLS:
            raise BadInputError(TOO_MANY_CELLS.format(n=len(found["cells"]), most=MOST_CELLS))
        return found

    def ask(
        self,
        dataset: Name,
        question: str,
        earlier: Annotated[
            list[str] | None, Field(description="Questions before it in the same thread")
        ] = None,
    ) -> dict[str, Any]:
        """Ask in a sentence, Chinese or English; may ask back or refuse 直接问一句话.

        Of a ranking the groups that it lists are told; `query` by the same column tells all.
        """
        return shortened_ask(self._server.dataset(dataset).ask(question, *(earlier or ())))

    def why(
        self, dataset: Name, metric: Metric | None = None, since: Day = None, until: Day = None,
        compare: str = "previous", where: Where = None, *,
        everything: Annotated[
            bool, Field(description="All groups of all dimensions, ten times as long 全部分组")
        ] = False,
    ) -> dict[str, Any]:  # fmt: skip
        """Take a change, or a gap to a competitor, apart 指标为什么变了、为什么不如竞品.

        With compare "competitor" days may be left out; so may the metric: the one furthest behind
        is then taken. Of each dimension the groups that stand out most are told, and how many are
        left out; group by the dimension with `query`, or ask for `everything`, to see them.
        """
        words = {"since": since, "until": until, "compare": compare, "where": where}
        found = self._server.dataset(dataset).why(metric, **_given(words))
        return found if everything else shortened_why(found)

    def drivers(
        self,
        dataset: Name,
        target: Annotated[str | None, Field(description="Column to explain")] = None,
    ) -> dict[str, Any]:
        """Rank what goes with the target, with intervals and priorities 驱动因素."""
        return self._server.dataset(dataset).drivers(target)

    def what_if(
        self,
        dataset: Name,
        aspect: Annotated[str, Field(description="Column of the aspect")],
        points: Annotated[float, Field(ge=-100, le=100)],
    ) -> dict[str, Any]:
        """Say what the target may do if an aspect were rated so many points higher 假如提升."""
        return self._server.dataset(dataset).what_if(aspect, points)


def _given(words: dict[str, Any]) -> dict[str, Any]:
    return {name: word for name, word in words.items() if word is not None}


def _with_sentence(tool: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Let a fault reach the program as its sentence, in both languages."""
    from mcp.server.mcpserver.exceptions import ToolError

    @wraps(tool)
    def told(*args: Any, **words: Any) -> dict[str, Any]:
        try:
            return tool(*args, **words)
        except HuiyinError as fault:
            raise ToolError(f"{fault.say('zh-CN')} / {fault.say('en')}") from fault

    return told
