import json
import socket

import pytest

from huiyin.connectors.addresses import checked_addresses
from huiyin.connectors.contracts import (
    BadAddressError,
    OutgoingLimits,
    PrivateAddressError,
    TooLargeReplyError,
    TooManyRedirectsError,
    UnreachableError,
    UnreadableReplyError,
    without_secrets,
)
from huiyin.connectors.outgoing import Outgoing

ALLOWED = OutgoingLimits(allow_private=True)
PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.1.1", "100.64.0.1", "169.254.169.254",
    "::", "::1", "fc00::1", "fe80::1", "fe80::1%eth0", "::ffff:127.0.0.1",
    "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", "255.255.255.255",
]  # fmt: skip
NEVER = ["169.254.169.254", "::ffff:169.254.169.254", "fe80::1", "::", "224.0.0.1", "ff02::1"]


def says(*addresses):
    return lambda _host, _port: list(addresses)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_refused(address):
    with pytest.raises(PrivateAddressError):
        checked_addresses("x.example", 80, allow_private=False, resolve=says(address))


@pytest.mark.parametrize("address", NEVER)
def test_link_local_addresses_stay_refused_when_private_ones_are_allowed(address):
    with pytest.raises(PrivateAddressError):
        checked_addresses("x.example", 80, allow_private=True, resolve=says(address))


def test_a_name_with_one_private_address_is_refused_whole():
    with pytest.raises(PrivateAddressError):
        checked_addresses(
            "x.example", 80, allow_private=False, resolve=says("93.184.216.34", "10.0.0.1")
        )


def test_public_addresses_pass_with_ipv4_first():
    found = checked_addresses(
        "x.example", 80, allow_private=False, resolve=says("2606:4700::1111", "93.184.216.34")
    )
    assert found == ["93.184.216.34", "2606:4700::1111"]


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://2130706433:{port}/",
     "http://0x7f000001:{port}/", "http://[::ffff:127.0.0.1]:{port}/"],
)  # fmt: skip
def test_no_spelling_reaches_this_machine(serve, url):
    asked = []
    port = serve(lambda *seen: asked.append(seen) or (200, {}, b"secret")).rsplit(":", 1)[1]
    with pytest.raises((PrivateAddressError, UnreachableError)):
        Outgoing().get(url.format(port=port))
    assert not asked


def test_a_redirect_into_the_private_network_is_refused(serve):
    asked = []
    inside = serve(lambda *seen: asked.append(seen) or (200, {}, b"secret"))
    inside_port = int(inside.rsplit(":", 1)[1])
    outside = serve(lambda *_: (302, {"location": f"http://inside.example:{inside_port}/"}, b""))

    def resolve(host, _port):
        return ["127.0.0.1"] if host == "outside.example" else ["169.254.169.254"]

    client = Outgoing(ALLOWED, resolve=resolve)
    with pytest.raises(PrivateAddressError):
        client.get(outside.replace("127.0.0.1", "outside.example"))
    assert not asked


def test_the_name_is_looked_up_once_so_it_cannot_change_its_mind(serve):
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])
    url = serve(lambda _m, _p, headers, _b: (200, {}, headers["host"].encode()))
    reply = Outgoing(ALLOWED, resolve=lambda *_: next(answers)).get(
        url.replace("127.0.0.1", "rebind.example")
    )
    assert reply.body.startswith(b"rebind.example")
    assert next(answers) == ["169.254.169.254"]


def test_query_json_and_form_arrive_as_sent(serve):
    seen = []
    url = serve(lambda *all_: seen.append(all_) or (200, {}, b'{"ok": true}'))
    client = Outgoing(ALLOWED)
    assert client.get(url + "/a?x=1", {"名": "值&"}).json() == {"ok": True}
    client.post_json(url + "/b", {"城": "上海"})
    client.post_form(url + "/c", {"code": "a b"})
    assert seen[0][1] == "/a?x=1&%E5%90%8D=%E5%80%BC%26"
    assert json.loads(seen[1][3]) == {"城": "上海"}
    assert seen[2][3] == b"code=a+b"


def test_a_redirect_to_another_place_loses_the_credentials(serve):
    seen = []
    second = serve(lambda *all_: seen.append(all_) or (200, {}, b"{}"))
    first = serve(lambda *_: (302, {"location": second + "/x"}, b""))
    Outgoing(ALLOWED).get(first, headers={"Authorization": "Bearer s"})
    assert seen[0][2].get("authorization") is None


def test_a_redirect_to_the_same_place_keeps_them_and_a_307_keeps_the_body(serve):
    seen = []

    def answer(*all_):
        seen.append(all_)
        return (307, {"location": "/next"}, b"") if all_[1] == "/" else (200, {}, b"{}")

    Outgoing(ALLOWED).post_json(serve(answer) + "/", {"a": 1}, {"Authorization": "Bearer s"})
    assert seen[1][:2] == ("POST", "/next")
    assert seen[1][2]["authorization"] == "Bearer s"
    assert json.loads(seen[1][3]) == {"a": 1}


def test_endless_redirects_end(serve):
    url = serve(lambda *_: (302, {"location": "/"}, b""))
    with pytest.raises(TooManyRedirectsError):
        Outgoing(ALLOWED).get(url)


def test_a_large_reply_is_cut_off(serve):
    url = serve(lambda *_: (200, {}, b"x" * 5000))
    with pytest.raises(TooLargeReplyError):
        Outgoing(OutgoingLimits(allow_private=True, maximum_bytes=1000)).get(url)


def test_a_silent_server_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        limits = OutgoingLimits(allow_private=True, timeout_seconds=0.2)
        with pytest.raises(UnreachableError):
            Outgoing(limits).get(f"http://127.0.0.1:{silent.getsockname()[1]}/")


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "gopher://x", "//x", "", "http://", "http://a:99999999/", "ftp://x/y"],
)
def test_only_web_addresses_are_addresses(url):
    with pytest.raises(BadAddressError):
        Outgoing(ALLOWED).get(url)


def test_an_unknown_name_is_a_sentence():
    with pytest.raises(UnreachableError) as fault:
        Outgoing().get("http://no-such-name.invalid/")
    assert "no-such-name.invalid" in fault.value.say("zh-CN")


def test_a_reply_that_is_no_json_names_the_address_without_its_secret(serve):
    url = serve(lambda *_: (200, {}, b"<html>"))
    with pytest.raises(UnreadableReplyError) as fault:
        Outgoing(ALLOWED).get(url + "/robot?key=s3cret").json()
    assert "s3cret" not in str(fault.value)
    assert without_secrets("http://a:b@h/p?q#f") == "http://h/p"
