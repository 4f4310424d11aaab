"""LDAP and Active Directory: bind, search, bind as the one who was found.

Filter characters in a login are escaped; an empty password is refused before it becomes an
anonymous bind; the server's certificate is checked.

References
----------
RFC 4511, RFC 4513 section 5.1.2 (unauthenticated bind), RFC 4515 (filters).
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from huiyin.connectors.addresses import checked_addresses
from huiyin.connectors.contracts import UnreachableError
from huiyin.core.text import Text
from huiyin.people.contracts import OutsideIdentity, ProviderNotReadyError
from huiyin.people.provider import COMMON_FIELDS, ON, PRIVATE_FIELD, Config, ProviderField

if TYPE_CHECKING:
    from ldap3 import Connection, Tls

    from huiyin.connectors.outgoing import Outgoing

Entry = tuple[str, dict[str, str]]
"""A DN, and the first value of each attribute."""

LDAPS_PORT, LDAP_PORT = 636, 389
WAIT_SECONDS = 10
PAGE_ROWS = 500
SECURITY = ("ldaps", "starttls", "none")
_UNSAFE = Text("没有按要求加密", "the connection is not encrypted as asked")

_NOBODY = Text(
    "目录连得上，查询账号也能登录，但一个人也没找到：请检查搜索起点和人员筛选。",
    "The directory answers and its account signs in, but nobody is found: "
    "check the search base and the filter.",
)
_FOUND = Text(
    "目录连得上，查询账号登录成功，找到 {n} 人。",
    "The directory answers, its account signs in, and {n} people are found.",
)


class Ldap:
    """LDAP or Active Directory."""

    id = "ldap"
    title = Text("域账号（LDAP/AD）", "directory account (LDAP/AD)")
    fields = (
        ProviderField("host", Text("服务器", "server")),
        ProviderField(
            "security", Text("加密：ldaps、starttls 或 none", "ldaps, starttls or none"),
            default="ldaps",
        ),
        ProviderField("port", Text("端口，留空用默认", "port, if not the usual"), required=False),
        ProviderField("ca", Text("自签证书（PEM）", "own authority (PEM)"), required=False),
        ProviderField("bind_dn", Text("查询账号 DN", "DN of the account that searches")),
        ProviderField("bind_password", Text("查询账号密码", "its password"), secret=True),
        ProviderField("base", Text("搜索起点，如 dc=example,dc=com", "where to search below")),
        ProviderField(
            "login_attribute", Text("账号属性（AD：sAMAccountName）", "attribute of the login"),
            default="uid",
        ),
        ProviderField(
            "person_filter", Text("人员筛选", "filter of people"),
            default="(objectClass=person)",
        ),
        ProviderField("name_attribute", Text("姓名属性", "attribute of the name"), default="cn"),
        ProviderField("mail_attribute", Text("邮箱属性", "attribute of the mail"), default="mail"),
        ProviderField(
            "unit_attribute", Text("单位属性", "attribute of the unit"), default="ou",
            required=False,
        ),
        PRIVATE_FIELD,
        *COMMON_FIELDS,
    )  # fmt: skip

    def probe(self, config: Config, outgoing: Outgoing) -> Text:
        """Sign in as the account that searches, and count whom it finds."""
        del outgoing
        with searching(config) as connection:
            found = search(connection, config)
        if not found:
            raise ProviderNotReadyError(_NOBODY)
        return _FOUND.format(n=len(found))

    def check(self, config: Config, login: str, password: str) -> OutsideIdentity | None:
        """Give who it is, or None where login or password are wrong.

        Raises
        ------
        UnreachableError, PrivateAddressError
            The directory does not answer, or lies in a private network that is not allowed.
        ProviderNotReadyError
            Its own account cannot sign in.
        """
        if not login.strip() or not password:
            return None
        from ldap3.utils.conv import escape_filter_chars

        wanted = f"({config['login_attribute']}={escape_filter_chars(login.strip())})"
        with searching(config) as connection:
            found = search(connection, config, wanted)
        if len(found) != 1:
            return None
        dn, person = found[0]
        with connected(config, dn, password) as mine:
            if not mine.bind():
                return None
        return identity_of(dn, person, config)


def identity_of(dn: str, person: dict[str, str], config: Config) -> OutsideIdentity:
    """Turn a directory entry into an identity; `dn` is its subject."""
    login = person.get(config["login_attribute"], "")
    return OutsideIdentity(
        Ldap.id,
        dn.lower(),
        person.get(config["name_attribute"]) or login,
        email=person.get(config["mail_attribute"]) or None,
        login=login or None,
        facts={"unit": person.get(config.get("unit_attribute") or "", "")},
    )


def search(
    connection: Connection, config: Config, wanted: str = ""
) -> list[tuple[str, dict[str, str]]]:
    """Give the people below the base that meet a filter: DN and first value of each attribute."""
    from ldap3 import SUBTREE

    names = ("login_attribute", "name_attribute", "mail_attribute", "unit_attribute")
    attributes = sorted({config[name] for name in names if config.get(name)})
    rows = connection.extend.standard.paged_search(
        config["base"],
        f"(&{config['person_filter']}{wanted})",
        SUBTREE,
        attributes=attributes,
        paged_size=PAGE_ROWS,
        generator=True,
    )
    return [
        (str(row["dn"]), {name: _first(row["attributes"], name) for name in attributes})
        for row in rows
        if row.get("type") == "searchResEntry"
    ]


@contextmanager
def searching(config: Config) -> Iterator[Connection]:
    """Open a connection signed in as the account that searches.

    Raises
    ------
    ProviderNotReadyError
        That account cannot sign in.
    """
    with connected(config, config["bind_dn"], config["bind_password"]) as connection:
        if not connection.bind():
            raise ProviderNotReadyError(
                Text(
                    "目录服务的查询账号登录失败，请管理员检查设置。",
                    "The directory's search account cannot sign in: check the settings.",
                )
            )
        yield connection


@contextmanager
def connected(config: Config, dn: str, password: str) -> Iterator[Connection]:
    """Open an encrypted connection to a checked address, not yet signed in."""
    from ldap3 import NONE, Connection, Server
    from ldap3.core.exceptions import LDAPException

    host, port, security = _place(config)
    private = config.get(PRIVATE_FIELD.key) == ON
    address = checked_addresses(host, port, allow_private=private)[0]
    server = Server(
        address, port, use_ssl=security == "ldaps", tls=_tls(host, config.get("ca")),
        get_info=NONE, connect_timeout=WAIT_SECONDS,
    )  # fmt: skip
    connection = Connection(
        server, dn, password, auto_referrals=False, receive_timeout=WAIT_SECONDS, read_only=True
    )
    try:
        connection.open()
        if security == "starttls" and not connection.start_tls():
            raise UnreachableError(host, _UNSAFE)
        yield connection
    except LDAPException as fault:
        raise UnreachableError(host, _reason(fault)) from fault
    finally:
        with suppress(LDAPException):  # the other side may have closed it already
            connection.unbind()


def _place(config: Config) -> tuple[str, int, str]:
    security, port = config["security"], config.get("port") or ""
    if security not in SECURITY or (port and not port.isdecimal()):
        raise ProviderNotReadyError(
            Text(
                "目录服务的加密方式或端口填错了：加密只能是 ldaps、starttls、none，端口是数字。",
                "Encryption or port of the directory is wrong: ldaps, starttls or none, "
                "and the port is a number.",
            )
        )
    usual = LDAPS_PORT if security == "ldaps" else LDAP_PORT
    return config["host"], int(port or usual), security


def _tls(host: str, authority: str | None) -> Tls:
    from ldap3 import Tls

    class NamedTls(Tls):  # type: ignore[misc]  # the library has no types
        """Checks the certificate for the name that was entered, not for the checked address."""

        def wrap_socket(self, connection: Connection, do_handshake: bool = False) -> None:  # noqa: FBT001, FBT002 -- the library's own signature
            context = ssl.create_default_context(cadata=authority or None)
            connection.socket = context.wrap_socket(
                connection.socket, server_hostname=host, do_handshake_on_connect=do_handshake
            )

    return NamedTls(validate=ssl.CERT_REQUIRED)


def _reason(fault: Exception) -> Text:
    if "certificate" in str(fault).lower():
        return Text("证书无法验证", "its certificate cannot be verified")
    return Text("目录服务没有正常应答", "the directory did not answer properly")


def _first(attributes: Any, name: str) -> str:
    value = attributes.get(name)
    if isinstance(value, (list, tuple)):
        value = value[0] if value else ""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")


PROVIDER = Ldap()
