"""A server and its datasets, from a script or a notebook."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from huiyin.client.answer import Answer
from huiyin.client.connection import Connection
from huiyin.core.errors import BadInputError, HuiyinError
from huiyin.core.text import Text, listed

if TYPE_CHECKING:
    import httpx

TOKEN_VARIABLE = "HUIYIN_TOKEN"  # noqa: S105 -- a name, no secret
MOST_ROWS_AT_ONCE = 1_000
BETWEEN_LOOKS = 1.0
BEING_MADE = 202
TRIES = 3
LONGEST_SAID = 80
"""Of a name that is said back."""
NO_TOKEN = Text(
    "没有令牌。请在“设置 › 接口令牌”生成一个，用 token= 或环境变量 HUIYIN_TOKEN 给出。",
    "There is no token. Make one under Settings › API tokens; give it as token= or in the "
    "variable HUIYIN_TOKEN.",
)
NO_DATASET = Text(
    "没有叫“{name}”的数据集。有：{names}。", "There is no dataset “{name}”. There are: {names}."
)
SAME_NAME = Text(
    "有 {n} 个数据集都叫“{name}”，请用编号：{ids}。",
    "{n} datasets are called “{name}”; use the id: {ids}.",
)


NO_REPORT = Text(
    "服务器试了 {n} 次也没有做出“{name}”。原因写在“设置 › 后台任务”里。",
    "The server tried {n} times and could not make “{name}”. Settings › Jobs says why.",
)


KINDS = ("html", "pdf", "xlsx", "pptx", "json")
NO_KIND = Text(
    "报告存不成“{name}”：文件名要以 {kinds} 之一结尾。",
    "A report cannot be saved as “{name}”: the name ends with one of {kinds}.",
)
NO_FOLDER = Text("没有文件夹“{folder}”。", "There is no folder “{folder}”.")


class NoPlaceError(BadInputError):
    """A report cannot be saved there."""


class UnknownDatasetError(BadInputError):
    """No dataset, or more than one, has this name."""


class NoReportError(HuiyinError):
    """The server tried to make a report, and could not."""

    def __init__(self, name: str) -> None:
        super().__init__(NO_REPORT.format(name=name, n=TRIES))


class NoTokenError(BadInputError):
    """There is no token to sign in with."""

    def __init__(self) -> None:
        super().__init__(NO_TOKEN)


def connect(
    address: str, token: str | None = None, *, transport: httpx.BaseTransport | None = None
) -> Server:
    """Connect to a server.

    Parameters
    ----------
    address : str
        As in the browser: ``http://localhost:8080``.
    token : str, optional
        An API token; by default that in the variable ``HUIYIN_TOKEN``. What it may see and do is
        what its owner may, within the token's scope.
    transport : httpx.BaseTransport, optional
        Another way for the requests: through a proxy, or straight into an application.

    Returns
    -------
    Server

    Raises
    ------
    NoTokenError
        Neither is given.

    Examples
    --------
    >>> import huiyin as hy
    >>> shop = hy.connect("http://localhost:8080").dataset("门店满意度")  # doctest: +SKIP
    >>> spring = {"since": "2026-03", "until": "2026-05", "compare": "previous"}
    >>> shop.query("nps", by=["大区"], **spring).to_pandas()  # doctest: +SKIP
    """
    secret = token or os.environ.get(TOKEN_VARIABLE)
    if not secret:
        raise NoTokenError
    return Server(Connection(address, secret, transport))


class Server:
    """A running server; use `connect` to get one, and close it or use it in a ``with`` block."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def datasets(self) -> list[RemoteDataset]:
        """List the datasets that the token may know of."""
        items = self._connection.get("/datasets")["items"]
        return [RemoteDataset(self._connection, item["id"], item["name"]) for item in items]

    def dataset(self, name: str) -> RemoteDataset:
        """Find one by its name or its id.

        Raises
        ------
        UnknownDatasetError
            None is called so, or several are.
        """
        known = self.datasets()
        found = [one for one in known if name in {one.id, one.name}]
        if len(found) == 1:
            return found[0]
        if found:
            ids = listed([one.id for one in found])
            raise UnknownDatasetError(SAME_NAME.format(n=len(found), name=name, ids=ids))
        names = listed([one.name for one in known])
        raise UnknownDatasetError(NO_DATASET.format(name=name[:LONGEST_SAID], names=names))

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class RemoteDataset:
    """A dataset of a server. Every number goes through the server's rights and row rules."""

    connection: Connection
    id: str
    name: str

    @property
    def _path(self) -> str:
        return f"/datasets/{self.id}"

    @property
    def codebook(self) -> dict[str, Any]:
        """What each column means: name, role, scale, label, confidence, reason."""
        found: dict[str, Any] = self.connection.get(f"{self._path}/codebook")
        return found

    def query(self, *metrics: str, **words: Any) -> Answer:
        """Ask for numbers, in the words of ``huiyin query``.

        Parameters
        ----------
        *metrics : str
            ``nps``, ``satisfied:总体满意度``, …
        **words
            ``by, where, since, until, grain, compare, weight, margins, level, …``: the body of
            ``POST /api/v1/datasets/{id}/query``.

        Returns
        -------
        Answer

        Raises
        ------
        ServerError
            A word cannot be understood, or the token may not ask.
        """
        return Answer(self.connection.post(f"{self._path}/query", {"metrics": metrics, **words}))

    def drivers(self, target: str | None = None, **words: Any) -> dict[str, Any]:
        """Find what goes with the target; the shape is that of ``huiyin drivers --json``."""
        return self._post("drivers", {"target": target, **words})

    def why(self, metric: str | None = None, **words: Any) -> dict[str, Any]:
        """Take a change, or a gap to a competitor, apart; the shape is ``huiyin why --json``'s.

        Without a metric it is what is furthest behind (``compare="competitor"``).
        """
        return self._post("why", {"metric": metric, **words})

    def what_if(self, aspect: str, points: float, **words: Any) -> dict[str, Any]:
        """Say what the target may do if an aspect were rated `points` of 100 higher."""
        return self._post("what-if", {"aspect": aspect, "points": points, **words})

    def ask(self, question: str, *thread: str) -> dict[str, Any]:
        """Ask in a sentence; `thread` holds the questions before it, the first first."""
        return self._post("ask", {"question": question, "thread": thread})

    def push(self, rows: Iterable[Mapping[str, Any]]) -> int:
        """Send rows; one whose id is there already is updated.

        Returns
        -------
        int
            How many the server has safely; they are in the dataset a moment later.
        """
        held, accepted = list(rows), 0
        for start in range(0, len(held), MOST_ROWS_AT_ONCE):
            part = [dict(row) for row in held[start : start + MOST_ROWS_AT_ONCE]]
            accepted += int(self._post("rows", {"rows": part})["accepted"])
        return accepted

    def report(self, target: Path | str, **words: str) -> Path:
        """Save the report as a file; its ending says the kind: html, pdf, xlsx, pptx.

        Parameters
        ----------
        target : path
            Where to write it.
        **words
            ``purpose, lang``.

        Returns
        -------
        Path

        Raises
        ------
        NoPlaceError
            There is no such kind of report, or no such folder.
        ServerError
            There is no such purpose or language.
        NoReportError
            The server tried, and could not make it.
        """
        path = Path(target)
        _refuse_no_place(path)
        address = f"{self._path}/report/{path.suffix.removeprefix('.')}"
        jobs: set[str] = set()
        while (answer := self.connection.file(address, words)).status_code == BEING_MADE:
            jobs.add(answer.json()["job"]["id"])
            if len(jobs) > TRIES:  # a job that has failed is ordered anew
                raise NoReportError(path.name)
            time.sleep(BETWEEN_LOOKS)
        path.write_bytes(answer.content)
        return path

    def _post(self, what: str, body: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self.connection.post(f"{self._path}/{what}", body)
        return found


def _refuse_no_place(path: Path) -> None:
    """Refuse before the server has worked on it for minutes."""
    if path.suffix.removeprefix(".") not in KINDS:
        kinds = listed([f".{one}" for one in KINDS])
        raise NoPlaceError(NO_KIND.format(name=path.name, kinds=kinds))
    if not path.parent.is_dir():
        raise NoPlaceError(NO_FOLDER.format(folder=path.parent))
