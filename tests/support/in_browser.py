"""An installation of a test (`Cast`) that a real browser visits; its worker works when told to."""

import socket
import threading
import time
from contextlib import contextmanager, suppress

import uvicorn
from playwright.sync_api import TimeoutError as TooLate
from playwright.sync_api import expect

from huiyin.web.access import COOKIE


@contextmanager
def served(cast):
    """Serve the pages and routes of an installation; gives the address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(cast.app, port=port, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def visited(cast, page, browser):
    """Serve an installation to a page of a `Cast.signed_in` person; gives the address."""
    with served(cast) as address:
        name = f"{COOKIE}_{address.rpartition(':')[2]}"
        cookie = {"name": name, "value": browser.cookies[COOKIE], "url": address}
        page.context.add_cookies([cookie])
        yield address
        page.goto("about:blank")  # it asks for nothing more


def until(page, expression):
    """Wait until an expression holds; each look is a new one, as pages let nothing evaluate it."""
    for _ in range(500):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(20)
    raise AssertionError(expression)


TRIES, PATIENCE = 6, 5_000
AROUND = "xpath=ancestor::div[contains(concat(' ', @class, ' '), ' ant-select ')][1]"


def choose(page, label, option, *, within=None, nth=0):
    """Choose an option until the field shows it: a list that still opens may lose the click."""
    field = (within or page).get_by_label(label, exact=True).nth(nth)
    shown = field.locator(AROUND)
    options = page.locator(".ant-select-dropdown:visible .ant-select-item-option")
    for _ in range(TRIES):
        field.click()
        with suppress(AssertionError, TooLate):
            options.filter(has_text=option).last.click(timeout=PATIENCE)
            expect(shown).to_contain_text(option, timeout=PATIENCE)
            return
    expect(shown).to_contain_text(option)


AT_REST = "() => new Promise((done) => requestIdleCallback(done, { timeout: 500 }))"
CALM_LOOKS = 3
"""Looks in a row, 15 ms and the page's own rest apart, at which nothing is under way."""


class Traffic:
    """What a page has asked for and not got yet."""

    def __init__(self, page):
        self.page, self.under_way = page, set()
        page.on("request", lambda asked: self.under_way.add(asked))  # noqa: PLW0108 -- of its own
        for ended in ("requestfinished", "requestfailed"):
            page.on(ended, lambda asked: self.under_way.discard(asked))  # noqa: PLW0108 -- likewise

    def settle(self):
        """Wait until a page has read what it shows, and nothing moves any more."""
        calm = 0
        while calm < CALM_LOOKS:
            self.page.evaluate(AT_REST)
            self.page.wait_for_timeout(15)
            calm = 0 if self.under_way else calm + 1
        waiting = self.page.locator(".ant-skeleton, .ant-spin-spinning").first
        waiting.wait_for(state="detached")
        still(self.page)


def still(page):
    """Wait until what changed is drawn, and moves no more."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    page.evaluate(
        "() => Promise.allSettled(document.getAnimations()"
        ".filter((one) => one.effect.getComputedTiming().endTime < Infinity)"
        ".map((one) => one.finished))"
    )


def follow(page, place):
    """Go to another page as a link does: the program, and axe, stay loaded."""
    page.evaluate(
        """(place) => {
          const idx = (history.state?.idx ?? 0) + 1
          history.pushState({ idx, key: String(idx), usr: null }, '', place)
          dispatchEvent(new PopStateEvent('popstate', { state: history.state }))
        }""",
        place,
    )
