"""What a sign-in provider has to offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from huiyin.connectors.contracts import OutgoingLimits, OutgoingReply
from huiyin.connectors.outgoing import Outgoing
from huiyin.core.text import Text
from huiyin.people.contracts import OutsideIdentity, ProviderNotReadyError

Config = Mapping[str, str]
"""What an administrator entered, by the keys of `ProviderField`; secrets opened."""

ON = "yes"


@dataclass(frozen=True, slots=True)
class ProviderField:
    """One line of a provider's form.

    Attributes
    ----------
    key : str
    text : Text
    secret : bool
        Sealed in the store, never shown again.
    required : bool
    default : str
    switch : bool
        Its value is ``yes`` or empty.
    """

    key: str
    text: Text
    secret: bool = False
    required: bool = True
    default: str = ""
    switch: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """One sign-in under way.

    Attributes
    ----------
    redirect_uri : str
        Where the provider sends the browser back to.
    state, nonce, verifier : str
        Made for this sign-in, kept by hash or beside it until it comes back.
    outgoing : Outgoing
    """

    redirect_uri: str
    state: str
    nonce: str
    verifier: str
    outgoing: Outgoing


class Provider(Protocol):
    """A system that says who somebody is."""

    @property
    def id(self) -> str:
        """Short name: ``oidc``, ``wecom``."""
        ...

    @property
    def title(self) -> Text:
        """What the button says."""
        ...

    @property
    def fields(self) -> tuple[ProviderField, ...]:
        """What an administrator has to enter."""
        ...

    def probe(self, config: Config, outgoing: Outgoing) -> Text:
        """Try what was entered, without anybody signing in; say what was found.

        Raises
        ------
        ProviderNotReadyError
            It was reached and does not accept what was entered.
        OutgoingError
            It cannot be reached.
        """
        ...


class RedirectProvider(Provider, Protocol):
    """The browser goes there and comes back with a code."""

    def start(self, config: Config, door: Door) -> str:
        """Give the address that the browser goes to."""
        ...

    def finish(self, config: Config, door: Door, answer: Mapping[str, str]) -> OutsideIdentity:
        """Turn what the browser brought back into an identity.

        Raises
        ------
        SignInNotFinishedError
            The provider refused, or its answer does not fit.
        OutgoingError
            It cannot be reached.
        """
        ...


class FormProvider(Provider, Protocol):
    """Login and password are entered here and checked there."""

    def check(self, config: Config, login: str, password: str) -> OutsideIdentity | None:
        """Give who it is, or None where login or password are wrong."""
        ...


PRIVATE_FIELD = ProviderField(
    "private",
    Text("服务器在内网（允许访问内网地址）", "the server is in a private network"),
    required=False,
    switch=True,
)
CREATE_FIELD = ProviderField(
    "create",
    Text("第一次登录就自动开通，角色为查看者", "make newcomers an account, as viewers"),
    required=False,
    switch=True,
)
COMMON_FIELDS = (CREATE_FIELD,)


def accepted(reply: OutgoingReply, title: Text, token: str) -> None:
    """Check that the answer to an application's own id and secret holds a token.

    Raises
    ------
    ProviderNotReadyError
        It does not.
    """
    body = reply.json()
    if not reply.good or not isinstance(body, dict) or not body.get(token):
        raise ProviderNotReadyError(
            Text("“{name}”不认这组编号和密钥，请逐项核对。",
                 "“{name}” does not accept this id and secret: check each of them.")
            .format(name=title)
        )  # fmt: skip


def outgoing_for(config: Config) -> Outgoing:
    """Give the guarded client for a provider: private addresses only where the form says so."""
    return Outgoing(
        OutgoingLimits(
            allow_private=config.get(PRIVATE_FIELD.key) == ON,
            timeout_seconds=10,
            total_seconds=20,
            maximum_bytes=1_000_000,
        )
    )
