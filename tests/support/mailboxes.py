"""A mailbox that speaks IMAP, as far as somebody who reads reports needs it."""

import re
import shlex
import socketserver
import threading
from contextlib import contextmanager

_HEADER_END = re.compile(rb"\r?\n\r?\n")


class Box(socketserver.ThreadingTCPServer):
    """Keeps mails, and which of them were read; `done` notes every command."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, user, password, folder):
        super().__init__(("127.0.0.1", 0), Talk)
        self.user, self.password, self.folder = user, password, folder
        self.mails, self.seen, self.done = [], set(), []
        self.port = self.server_address[1]


class Talk(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self):
        self.say(b"* OK ready")
        while line := self.rfile.readline():
            tag, *words = shlex.split(line.decode())
            name = " ".join(words[: 2 if words[0].upper() == "UID" else 1]).upper()
            self.server.done.append(name)
            act = getattr(self, "do_" + name.lower().replace(" ", "_"), None)
            said = act(words) if act else "BAD what?"
            self.say(f"{tag} {said}".encode())
            if name == "LOGOUT":
                return

    def say(self, line):
        self.wfile.write(line + b"\r\n")

    def do_capability(self, _):
        self.say(b"* CAPABILITY IMAP4rev1")
        return "OK done"

    def do_login(self, words):
        known = (self.server.user, self.server.password)
        return "OK in" if tuple(words[1:3]) == known else "NO [AUTHENTICATIONFAILED] wrong"

    def do_select(self, words):
        if words[1] != self.server.folder:
            return "NO no such folder"
        self.say(f"* {len(self.server.mails)} EXISTS".encode())
        return "OK [READ-WRITE] chosen"

    def do_uid_search(self, _):
        left = [n for n, _ in enumerate(self.server.mails, 1) if n not in self.server.seen]
        self.say(b"* SEARCH " + " ".join(map(str, left)).encode())
        return "OK found"

    def do_uid_fetch(self, words):
        number, mail = int(words[2]), self.server.mails[int(words[2]) - 1]
        if "HEADER.FIELDS" in " ".join(words):
            head = _HEADER_END.split(mail, maxsplit=1)[0]
            kept = re.search(rb"(?im)^content-type:.*(?:\r?\n[ \t].*)*", head)
            part = (kept[0] if kept else b"") + b"\r\n\r\n"
            told = f"RFC822.SIZE {len(mail)} BODY[HEADER.FIELDS (CONTENT-TYPE)]"
        else:
            part, told = mail, "BODY[]"
        self.say(f"* {number} FETCH (UID {number} {told} {{{len(part)}}}".encode())
        self.wfile.write(part + b")\r\n")
        return "OK fetched"

    def do_uid_store(self, words):
        self.server.seen.add(int(words[2]))
        return "OK stored"

    def do_logout(self, _):
        self.say(b"* BYE")
        return "OK out"


@contextmanager
def mailbox(user="ask", password="geheim", folder="INBOX"):  # noqa: S107 -- of nobody
    """Give a `Box` that listens."""
    with Box(user, password, folder) as box:
        threading.Thread(target=box.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield box
        finally:
            box.shutdown()
