"""What a respondent is told instead of questions: thanks, full, closed, answered already."""

from __future__ import annotations

import structlog
from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from huiyin.collect.surveys.addresses import plain_address
from huiyin.collect.surveys.contracts import Ending
from huiyin.collect.surveys.definition import Quota, say
from huiyin.collect.surveys.keeping import Outcome
from huiyin.web.answer.desk import Desk
from huiyin.web.answer.known import Entrance, Version
from huiyin.web.answer.pages import draw_said
from huiyin.web.answer.tokens import Start
from huiyin.web.answer.words import word

log = structlog.get_logger()
_DONE_SECONDS = 180 * 86_400
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {who}"
)


def sites_of(entrance: Entrance | None) -> tuple[str, ...] | None:
    """List the sites that frame a page; None where none does."""
    return entrance.sites if entrance and entrance.framed else None


def thank(
    desk: Desk, entrance: Entrance, version: Version, start: Start, outcome: Outcome
) -> Response:
    """Say thanks for an answer, and lead on where the questionnaire says so."""
    definition, language = version.definition, start.language
    leads_to = _aim(entrance, version) if outcome is Outcome.KEPT else ""

    def draw() -> bytes:
        more = say(definition.thanks, language) or word("thanks_more", language)
        thanks = word("thanks", language)
        drawn = draw_said(
            definition, language, thanks, more, link={"leads_on": leads_to}, sites=sites
        )
        return drawn.encode()

    sites = sites_of(entrance)
    key = ("thanks", version.survey_id, version.number, language, sites, bool(leads_to))
    answer = html(desk.ready.get(key, draw), entrance)
    _lead_on(answer, leads_to)
    if version.several and not definition.anonymous:
        remember(answer, entrance, "hy_r", "", 0)
    remember(answer, entrance, "hy_d", "1", _DONE_SECONDS)
    return answer


def _lead_on(answer: Response, address: str) -> None:
    if address:
        answer.headers["refresh"] = f"3;url={address}"


def _aim(entrance: Entrance, version: Version) -> str:
    """Give the address to lead on to, "" where there is none.

    The answer is kept, so an impossible one must not stop the thanks.
    """
    address = version.definition.redirect
    if not address or entrance.framed:
        return ""
    try:
        return plain_address(address)
    except ValueError:  # published before addresses were checked
        log.warning("redirect_left_out")
        return ""


def say_full(entrance: Entrance, version: Version, quota: Quota, language: str) -> Response:
    """Say that a quota is full: with thanks, or in its own words."""
    if quota.full is Ending.COMPLETE:
        leads_to = _aim(entrance, version)
        answer = say_instead(entrance, version, language, "thanks", "full", leads_to=leads_to)
        _lead_on(answer, leads_to)
        return answer
    own = say(quota.words, language) or word("full", language)
    page = draw_said(version.definition, language, own, sites=sites_of(entrance))
    return html(page, entrance)


def say_instead(
    entrance: Entrance, version: Version, language: str, own: str, ours: str, *, leads_to: str = ""
) -> Response:
    """Say one thing: what the questionnaire has for it under `own`, else our word `ours`."""
    definition = version.definition
    words = say(getattr(definition, own), language) or word(ours, language)
    link = {"leads_on": leads_to}
    page = draw_said(definition, language, words, link=link, sites=sites_of(entrance))
    return html(page, entrance)


def refusal(desk: Desk, entrance: Entrance | None, language: str) -> Response | None:
    """Say why nothing can be answered here; None where it can."""
    if entrance is None:
        return say_nothing_here(language)
    if entrance.open_at(desk.now()):
        return None
    said, more = word("closed", language), word("closed_more", language)
    return refuse(entrance, language, said, more, 410)


def say_nothing_here(language: str) -> Response:
    """Say that no questionnaire is here."""
    said, more = word("nothing", language), word("nothing_more", language)
    return html(draw_said(None, language, said, more), None, 404)


def say_already(entrance: Entrance, language: str) -> Response:
    """Say that it is answered already, and where to answer once more if one may."""
    if entrance.framed:
        return refuse(entrance, language, word("already", language))
    again = f"{entrance.path}?again=1" if entrance.guest is None else ""
    said = word("already", language)
    page = draw_said(entrance.current.definition, language, said, link={"again": again})
    return html(page, entrance)


def refuse(
    entrance: Entrance, language: str, said: str, more: str = "", status: int = 200
) -> Response:
    """Say that there is nothing to answer here; within another page, nothing is shown then."""
    definition, sites = entrance.current.definition, sites_of(entrance)
    page = draw_said(definition, language, said, more, sites=sites, refused=True)
    return html(page, entrance, status)


def language_of(entrance: Entrance | None, request: Request) -> str:
    """Choose the language of a page: asked for, else the browser's, else the first there is."""
    offered = entrance.current.definition.languages if entrance else ("zh-CN", "en")
    asked = request.query_params.get("lang") if request.scope["query_string"] else None
    if asked in offered:
        return asked
    wanted = request.headers.get("accept-language", "")
    for part in wanted.split(","):
        tag = part.partition(";")[0].strip().lower()
        found = next((one for one in offered if tag and _alike(one.lower(), tag)), None)
        if found:
            return found
    return offered[0]


def _alike(offered: str, wanted: str) -> bool:
    return offered == wanted or offered.partition("-")[0] == wanted.partition("-")[0]


def remember(answer: Response, entrance: Entrance, what: str, value: str, seconds: int) -> None:
    """Set a cookie for these pages alone; within another page none is."""
    if entrance.framed:
        return
    words = f"{what}_{entrance.code}={value}; Max-Age={seconds}; Path={entrance.root}"
    answer.headers.append("set-cookie", f"{words}; HttpOnly; SameSite=Lax")


def html(page: str | bytes, entrance: Entrance | None = None, status: int = 200) -> HTMLResponse:
    """Answer with a page that nobody keeps and no other site frames."""
    who = " ".join(["'self'", *(entrance.sites if entrance else ())])
    headers = {
        "cache-control": "no-store",
        "content-security-policy": _POLICY.format(who=who),
        # With no-referrer a browser calls the origin of our own form “null”, which is refused.
        "referrer-policy": "same-origin",
    }
    return HTMLResponse(page, status_code=status, headers=headers)
