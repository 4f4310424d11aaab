"""The pages keep house: small files, one way to the server, nothing unsafe."""

import re

CEILING_LINES = 250


def files(source):
    return sorted([*source.rglob("*.ts"), *source.rglob("*.tsx")])


def test_files_stay_small(source):
    written = [f for f in files(source) if f.name != "schema.d.ts"]
    assert written
    assert not [f.name for f in written if len(f.read_text("utf-8").splitlines()) > CEILING_LINES]


def test_only_the_client_speaks_to_the_server(source):
    call = re.compile(r"\bfetch\(|XMLHttpRequest\(")
    users = {
        f.relative_to(source).as_posix() for f in files(source) if call.search(f.read_text("utf-8"))
    }
    assert users == {"api/client.ts", "api/upload.ts"}


def test_nothing_becomes_markup_by_itself(source):
    unsafe = re.compile(
        r"dangerouslySetInnerHTML|innerHTML|insertAdjacentHTML|\beval\(|new Function"
    )
    assert not [f.name for f in files(source) if unsafe.search(f.read_text("utf-8"))]


def test_private_parts_stay_in_their_page(source):
    for file in (source / "pages").rglob("*.ts*"):
        page = file.relative_to(source / "pages").parts[0]
        for target in re.findall(r"from '((?:\.\./)+)([\w-]+)/", file.read_text("utf-8")):
            ups, name = target
            if ups.count("../") == len(file.relative_to(source / "pages").parts) - 1:
                assert name == page, f"{file.name} takes a part of {name}"
