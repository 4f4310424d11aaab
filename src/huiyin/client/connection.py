"""HTTP to one server: a token on each request, and every fault as one sentence."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from huiyin.client.bodies import json_body
from huiyin.core.errors import BadInputError, HuiyinError
from huiyin.core.text import Text

if TYPE_CHECKING:
    import httpx

API = "/api/v1"
SECONDS = 120.0
"""A question may read a hundred million rows."""
BUSY = frozenset({429, 503})
TRIES = 4
LONGEST_WAIT = 30.0

UNREACHABLE = Text(
    "连不上 {address}。请确认地址，以及 huiyin serve 是否在运行。",
    "{address} cannot be reached. Check the address, and whether huiyin serve is running.",
)
TOO_SLOW = Text(
    "{address} 在 {n} 秒里没有答完。请把问题问小一些，或稍后再试。",
    "{address} did not answer within {n} seconds. Ask for less, or try again later.",
)
BAD_ADDRESS = Text(
    "“{address}”不是地址。要像 http://localhost:8080 这样写。",
    "“{address}” is no address: write it like http://localhost:8080.",
)
BAD_TOKEN = Text(
    "令牌里有不该有的字符：它以 hy_ 开头，只有字母、数字、- 和 _。",
    "The token holds characters that no token has: it begins with hy_ and is of letters, digits, "
    "- and _.",
)
NO_SERVER = Text(
    "{address} 不是 Huiyin 服务器，或版本不对（它答了 {status}）。",
    "{address} is no Huiyin server, or one of another version (it answered {status}).",
)


class UnreachableError(HuiyinError):
    """Nothing answers at the address."""


class BadAddressError(BadInputError):
    """The address, or the token, cannot be one."""


class NoServerError(HuiyinError):
    """Something else answers at the address."""


class ServerError(BadInputError):
    """The server refused, and says why.

    Parameters
    ----------
    status : int
        HTTP status.
    code : str
        Stable name of the fault, for programs.
    sentence : Text
        What is wrong, where, and what to do.
    """

    def __init__(self, status: int, code: str, sentence: Text) -> None:
        super().__init__(sentence)
        self.status = status
        self.code = code


class Connection:
    """One server, spoken to as the owner of an API token.

    Raises
    ------
    BadAddressError
        The address is none, or the token cannot be one.
    """

    def __init__(
        self, address: str, token: str, transport: httpx.BaseTransport | None = None
    ) -> None:
        import httpx

        self.address, secret = address.strip().rstrip("/"), token.strip()
        if not (secret.isascii() and secret.isprintable()):
            raise BadAddressError(BAD_TOKEN)
        try:
            self._http = httpx.Client(
                base_url=self.address + API,
                headers={"authorization": f"Bearer {secret}"},
                timeout=SECONDS,
                transport=transport,
            )
        except httpx.InvalidURL as fault:
            raise BadAddressError(BAD_ADDRESS.format(address=self.address)) from fault

    def get(self, path: str, params: Mapping[str, Any] | None = None) -> Any:
        """Read; gives the JSON of the answer."""
        return self._json(self._call("GET", path, params=params))

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """Ask, or send; gives the JSON of the answer."""
        sent = {"content": json_body(body), "headers": {"content-type": "application/json"}}
        return self._json(self._call("POST", path, **sent))

    def file(self, path: str, params: Mapping[str, Any] | None = None) -> httpx.Response:
        """Fetch a file; status 202 while it is being made."""
        return self._call("GET", path, params=params)

    def _call(self, method: str, path: str, **sent: Any) -> httpx.Response:
        """Call, again where the server is too busy to have done anything yet."""
        for left in reversed(range(TRIES)):
            answer = self._once(method, path, **sent)
            if answer.status_code not in BUSY or not left:
                break
            time.sleep(_wait(answer, TRIES - left))
        return self._unless_refused(answer)

    def _once(self, method: str, path: str, **sent: Any) -> httpx.Response:
        import httpx

        try:
            return self._http.request(method, path, **sent)
        except httpx.UnsupportedProtocol as fault:
            raise BadAddressError(BAD_ADDRESS.format(address=self.address)) from fault
        except httpx.ReadTimeout as fault:
            words = TOO_SLOW.format(address=self.address, n=round(SECONDS))
            raise UnreachableError(words) from fault
        except httpx.TransportError as fault:
            raise UnreachableError(UNREACHABLE.format(address=self.address)) from fault

    def _unless_refused(self, answer: httpx.Response) -> httpx.Response:
        if answer.is_success:
            return answer
        try:
            error = answer.json()["error"]
            sentence = Text.of(error["sentence"])
            code = str(error["code"])
        except (ValueError, KeyError, TypeError) as fault:
            words = NO_SERVER.format(address=self.address, status=answer.status_code)
            raise NoServerError(words) from fault
        raise ServerError(answer.status_code, code, sentence)

    def _json(self, answer: httpx.Response) -> Any:
        try:
            return answer.json()
        except ValueError as fault:
            words = NO_SERVER.format(address=self.address, status=answer.status_code)
            raise NoServerError(words) from fault

    def close(self) -> None:
        """Let the connection go."""
        self._http.close()


def _wait(answer: httpx.Response, tried: int) -> float:
    """Wait as long as the server asks, else longer each time."""
    asked = answer.headers.get("retry-after", "")
    return min(float(asked) if asked.isdigit() else 0.5 * 2**tried, LONGEST_WAIT)
