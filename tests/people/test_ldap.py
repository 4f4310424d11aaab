"""LDAP against a real server: bind, search, bind; encryption, certificates, hostile logins."""

import pytest
from directory import ldap_server

from huiyin.connectors.contracts import PrivateAddressError, UnreachableError
from huiyin.people.contracts import BadRosterError, ProviderNotReadyError
from huiyin.people.directory import read_directory
from huiyin.people.providers.ldap import PROVIDER

READER = "cn=reader,dc=example,dc=com"


def config(port, **changed):
    defaults = {field.key: field.default for field in PROVIDER.fields}
    given = {
        "host": "localhost", "port": str(port), "security": "none", "bind_dn": READER,
        "bind_password": "reader s3cret", "base": "dc=example,dc=com", "private": "yes",
    }  # fmt: skip
    return {**defaults, **given, **changed}


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    with ldap_server(tmp_path_factory.mktemp("ldap")) as (port, pem):
        yield port, pem


@pytest.fixture(scope="module")
def secure(tmp_path_factory):
    with ldap_server(tmp_path_factory.mktemp("ldaps"), secure=True) as (port, pem):
        yield port, pem


def test_a_person_is_found_and_known_by_their_own_password(plain):
    found = PROVIDER.check(config(plain[0]), "zhangsan", "zhang s3cret")
    assert (found.login, found.name, found.email) == ("zhangsan", "张三", "zhang@example.com")
    assert found.subject == "uid=zhangsan,ou=people,dc=example,dc=com"
    assert found.facts["unit"] == "华东"


@pytest.mark.parametrize(
    ("login", "password"),
    [("zhangsan", "wrong"), ("zhangsan", ""), ("zhangsan", "li s3cret"), ("nobody", "x"),
     ("", "x"), ("*", "zhang s3cret"), ("zhang*", "zhang s3cret"),
     ("zhangsan)(objectClass=*", "zhang s3cret"), ("zhangsan)(|(uid=*", "zhang s3cret"),
     ("a\x00b", "x"), ("reader", "reader s3cret"), ("\\2a", "zhang s3cret")],
)  # fmt: skip
def test_nobody_else_gets_in(plain, login, password):
    assert PROVIDER.check(config(plain[0]), login, password) is None


def test_the_search_accounts_wrong_password_is_the_administrators_matter(plain):
    with pytest.raises(ProviderNotReadyError):
        PROVIDER.check(config(plain[0], bind_dn=READER + "x"), "zhangsan", "zhang s3cret")


def test_trying_the_directory_says_how_many_are_found(plain):
    assert "2" in PROVIDER.probe(config(plain[0]), None).say("zh-CN")
    with pytest.raises(ProviderNotReadyError) as told:
        PROVIDER.probe(config(plain[0], person_filter="(objectClass=printer)"), None)
    assert "搜索起点" in told.value.say("zh-CN")


def test_ldaps_and_starttls_check_the_certificate(secure, plain):
    port, pem = secure
    found = PROVIDER.check(config(port, security="ldaps", ca=pem), "lisi", "li s3cret")
    assert found.name == "李四"
    with pytest.raises(UnreachableError) as fault:
        PROVIDER.check(config(port, security="ldaps"), "lisi", "li s3cret")
    assert "证书" in fault.value.say("zh-CN")
    port, pem = plain
    found = PROVIDER.check(config(port, security="starttls", ca=pem), "lisi", "li s3cret")
    assert found.name == "李四"
    with pytest.raises(UnreachableError):
        PROVIDER.check(config(port, security="starttls"), "lisi", "li s3cret")


def test_the_directory_gives_its_people_with_their_units(plain):
    roster = read_directory(config(plain[0]))
    assert {(p.login, p.name, p.unit) for p in roster.people} == {
        ("zhangsan", "张三", ("华东",)), ("lisi", "李四", ("华北",)),
    }  # fmt: skip
    by_place = read_directory(config(plain[0], unit_attribute=""))
    assert {p.unit for p in by_place.people} == {("people",)}
    with pytest.raises(BadRosterError):
        read_directory(config(plain[0], person_filter="(uid=none)"))


def test_a_certificate_for_another_name_is_refused(secure, monkeypatch):
    port, pem = secure
    wrong = config(port, security="ldaps", ca=pem, host="ldap.example.com")
    # The certificate names this address too: that alone must not be enough.
    monkeypatch.setattr(
        "huiyin.people.providers.ldap.checked_addresses", lambda *_, **__: ["127.0.0.1"]
    )
    with pytest.raises(UnreachableError):
        PROVIDER.check(wrong, "lisi", "li s3cret")


def test_a_private_or_silent_directory_is_refused_with_a_sentence(plain):
    with pytest.raises(PrivateAddressError):
        PROVIDER.check(config(plain[0], private=""), "zhangsan", "zhang s3cret")
    with pytest.raises(UnreachableError):
        PROVIDER.check(config(1), "zhangsan", "zhang s3cret")
    for wrong in ({"security": "maybe"}, {"port": "x"}):
        with pytest.raises(ProviderNotReadyError):
            PROVIDER.check(config(**{"port": plain[0], **wrong}), "zhangsan", "zhang s3cret")
    with pytest.raises(UnreachableError):
        PROVIDER.check(config(plain[0], security="starttls", ca="no pem"), "zhangsan", "x y z")
