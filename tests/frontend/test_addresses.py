"""Every address that the pages ask for is one that the server has, with that method."""

import re

import pytest

PATH = r"(?:`([^`]+)`|'(/[^']*)')"
ASKS = {
    "GET": [
        rf"\bapi\.(?:get|order)(?:<[^(]*>)?\(\s*{PATH}",
        rf"\b(?:useRead|usePages)(?:<[^(]*>)?\(\s*{PATH}",
        rf"\b(?:path)=\{{?\"?{PATH}(?!\}} body=)",
        r"\bpath=\"()(/[^\"]*)\"",
        rf"\baddress\(\s*{PATH}",
    ],
    "POST": [
        rf"\bapi\.(?:post|form)(?:<[^(]*>)?\(\s*{PATH}",
        rf"\b(?:useUploads|upload)(?:<[^(]*>)?\(\s*{PATH}",
        rf"\bpath=\{{{PATH}\}} body=",
    ],
    "PUT": [rf"\bapi\.put(?:<[^(]*>)?\(\s*{PATH}"],
    "PATCH": [rf"\bapi\.patch(?:<[^(]*>)?\(\s*{PATH}"],
    "DELETE": [rf"\bapi\.delete(?:<[^(]*>)?\(\s*{PATH}"],
}
VARIANTS = {
    "${list}": ("staff", "clients"),
    "${channel}": ("mail", "sms"),
    "${to}": ("enable", "disable"),
    "${what}": ("cancel", "retry"),
    "${kind}": ("svg", "png", "pdf"),
}


def asked(code):
    for method, patterns in ASKS.items():
        for pattern in patterns:
            for first, second in re.findall(pattern, code):
                yield from ((method, one) for one in spelled(first or second))


def spelled(path):
    path = re.sub(r"\?[a-z_]+=.*", "", path)
    for hole, words in VARIANTS.items():
        if hole in path:
            return [re.sub(r"\$\{[^}]*\}", "1", path.replace(hole, word)) for word in words]
    return [re.sub(r"\$\{[^}]*\}", "1", path)]


@pytest.fixture(scope="module")
def routes(tmp_path_factory):
    from huiyin.store.database import Database
    from huiyin.store.folders import Folders
    from huiyin.web.application import build_application
    from huiyin.web.system import System

    folder = tmp_path_factory.mktemp("system")
    system = System(Database(f"sqlite:///{folder}/a.db"), Folders(folder), b"k" * 32, version="t")
    known = []
    for path, methods in build_application(system).openapi()["paths"].items():
        shape = re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path) + "$")
        known += [(method.upper(), shape) for method in methods]
    return known


def test_every_address_exists(source, routes):
    found = set()
    for file in sorted(source.rglob("*.ts*")):
        found |= set(asked(file.read_text("utf-8")))
    assert len(found) > 60, "the patterns above no longer fit how the pages ask"
    lost = [
        (method, path)
        for method, path in sorted(found)
        if not any(method == m and shape.match(f"/api/v1{path}") for m, shape in routes)
    ]
    assert not lost
