"""Answer pages: what a respondent opens, fills in and sends; they need no sign-in and no script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response

from huiyin.collect.sending.arriving import UsedLinkError
from huiyin.collect.sending.mailings import PERSONAL
from huiyin.collect.surveys.changes import LinkKind
from huiyin.collect.surveys.day_counts import Step
from huiyin.collect.surveys.files import GONE, FileGoneError
from huiyin.collect.surveys.keeping import Outcome, QuotaFullError
from huiyin.store.contracts import StoreError
from huiyin.web.access import address_of, public
from huiyin.web.answer.desk import Desk
from huiyin.web.answer.files import IncomingFile
from huiyin.web.answer.forms import Form, Wanted, read_form
from huiyin.web.answer.guards import (
    OLDEST_SECONDS,
    WAIT_SECONDS,
    is_worked,
    looks_like_a_machine,
)
from huiyin.web.answer.known import Entrance, Version
from huiyin.web.answer.lane import Line
from huiyin.web.answer.pages import Shown, asset, draw_again, draw_page
from huiyin.web.answer.ready import Halves, place_mark
from huiyin.web.answer.receiving import Progress, begin, prefilled, receive
from huiyin.web.answer.replies import (
    html,
    language_of,
    refusal,
    remember,
    say_already,
    say_full,
    say_instead,
    say_nothing_here,
    sites_of,
    thank,
)
from huiyin.web.answer.tally import ALL_NOTED, SIGNS, not_noted
from huiyin.web.answer.tokens import Start
from huiyin.web.answer.words import word
from huiyin.web.ready import takes

router = APIRouter(tags=["answer pages"], include_in_schema=False)
Everybody = [Depends(public())]
_SCRIPT = "text/javascript; charset=utf-8"
ASSETS = {"answer.css": "text/css; charset=utf-8", "answer.js": _SCRIPT, "frame.js": _SCRIPT}
_NO_PAGE = frozenset({LinkKind.WIDGET, LinkKind.API})
"""Links that open in another place: in the pages of others, and for programs."""
_FOREVER = "public, max-age=31536000, immutable"
_LONGEST_SEEN = 2_000
_RESUME_SECONDS = 14 * 86_400


@router.get("/s/-/{name}", dependencies=Everybody)
async def get_asset(name: str) -> Response:
    """Give a file that the pages use."""
    if name not in ASSETS:
        raise HTTPException(404)
    return Response(asset(name), media_type=ASSETS[name], headers={"cache-control": _FOREVER})


@router.post("/s/-/seen", status_code=204, dependencies=Everybody)
async def post_seen(request: Request) -> None:
    """Count that somebody touched a page, or began to answer: as the page itself tells once."""
    words = (await request.body())[:_LONGEST_SEEN].decode("utf-8", "replace")
    desk = desk_of(request)
    step, start = SIGNS.get(words[:1]), desk.signer.read(words[1:])
    entrance = await desk.entrance(start.code) if step and start else None
    if step is not None and entrance is not None:
        desk.count(entrance, step)


@router.get("/s/{code}", dependencies=Everybody)
async def get_page(code: str, request: Request) -> Response:
    """Open a questionnaire; nothing is kept of it, whoever or whatever opens the address."""
    desk = desk_of(request)
    return await open_page(desk, await _public(desk, code), request)


async def _public(desk: Desk, code: str) -> Entrance | None:
    found = await desk.entrance(code)
    closed = found is None or found.options.get(PERSONAL) or found.kind in _NO_PAGE
    return None if closed else found


async def open_page(desk: Desk, entrance: Entrance | None, request: Request) -> Response:
    """Open a questionnaire by a way in that was found."""
    language = language_of(entrance, request)
    refused = refusal(desk, entrance, language)
    if refused is not None or entrance is None:
        return refused or say_nothing_here(language)
    if entrance.guest is not None and entrance.guest.used:
        return say_already(entrance, language)
    await desk.note_opened(entrance)
    if _done(entrance, request) and "again" not in request.query_params:
        return say_already(entrance, language)
    resumed = await _resumed(desk, entrance, request)
    if resumed is not None:
        return resumed
    start = desk.start(entrance, language)
    progress = prefilled(entrance.current, entrance.fields, _given(request))
    if entrance.current.alike and entrance.guest is None and not progress.answers:
        return _first_page(desk, entrance, start, progress, request)
    return _ask(desk, entrance, entrance.current, start, progress)


def _given(request: Request) -> dict[str, str]:
    if not request.scope["query_string"]:
        return {}
    return {name: one for name, one in request.query_params.items() if name not in _OURS}


_OURS = frozenset({"lang", "again", "u", "e", "s"})
"""What an address says to us; all else may be an answer."""


@router.post("/s/{code}", dependencies=Everybody)
async def post_page(code: str, request: Request) -> Response:
    """Take in a page, and give the next one or say thanks."""
    desk = desk_of(request)
    slowed = await slow_down(desk, request)
    return slowed or await take_page(desk, await _public(desk, code), request)


async def slow_down(desk: Desk, request: Request) -> Response | None:
    """Tell who sends too much to wait, before the store is asked for anything."""
    if desk.throttle.allows(address_of(request)):
        return None
    form, _ = await read_form(request, desk.files.unwanted)
    start = desk.signer.read(_first(form, "token"))
    language = start.language if start else language_of(None, request)
    said = word("slow_down", language)
    answer = html(draw_again(language, said, request.url.path, form), status=429)
    answer.headers["retry-after"] = "60"
    return answer


async def take_page(desk: Desk, entrance: Entrance | None, request: Request) -> Response:
    """Take in a page that came by a way in that was found."""
    language = language_of(entrance, request)
    refused = refusal(desk, entrance, language)
    if refused is not None or entrance is None:
        return refused or say_nothing_here(language)
    form, incoming = await read_form(request, _wanted(desk, entrance))
    start = desk.signer.read(_first(form, "token"))
    start, age = _fresh(desk, entrance, start, language)
    version = await desk.version(entrance, start.version)
    before = (await desk.draft(start))[:2] if version.several else ({}, {})
    files = await desk.files.settle(version, start.response_id, form, incoming)
    progress = receive(version, entrance.fields, before, form, files)
    if age is None:
        again = replace(progress, page=_first(form, "page") or progress.page)
        words = word("stale", start.language)
        noted = _first(form, "noted")
        return _ask(desk, entrance, version, start, again, notice=words, noted=noted, status=409)
    try:
        return await _step(desk, entrance, version, start, progress, form, age)
    except StoreError:
        again = replace(progress, page=_first(form, "page"))
        words = word("not_kept", start.language)
        return _ask(
            desk, entrance, version, start, again, notice=words, noted=ALL_NOTED, status=503
        )


def _wanted(desk: Desk, entrance: Entrance) -> Wanted:
    """Give what is asked as a file begins: whether its question asks for one, by a page of ours."""

    def wanted(form: Form, field: str, name: str) -> IncomingFile:
        start = desk.signer.read(_first(form, "token"))
        question, day = None, None
        if start is not None and start.code == entrance.code:
            version = entrance.current
            if start.version != version.number:
                version = desk.known.version(entrance.home.survey_id, start.version)
            question = version.files.get(field)
            day = desk.coarse(entrance, version, desk.now())
        return desk.files.incoming(question, name, day)

    return wanted


def _fresh(
    desk: Desk, entrance: Entrance, start: Start | None, language: str
) -> tuple[Start, float | None]:
    """Give the start of a page and its age in seconds; a new one and None where it is too old."""
    if start is None or start.code != entrance.code:
        return desk.start(entrance, language), None
    now = desk.now().timestamp()
    if now - start.at > OLDEST_SECONDS:
        return replace(start, at=now, asked_again=True), None
    return start, now - start.at


async def _step(
    desk: Desk,
    entrance: Entrance,
    version: Version,
    start: Start,
    progress: Progress,
    form: Mapping[str, Sequence[str]],
    age: float,
) -> Response:
    asked = None
    if progress.page is None and not progress.screened_out:
        asked = _once_more(desk, entrance, version, start, form, age)
    if asked is not None:
        again, words = replace(progress, page=_first(form, "page")), word(asked[1], start.language)
        noted = _first(form, "noted")
        return _ask(
            desk, entrance, version, asked[0], again, notice=words, confirm=True, noted=noted
        )
    desk.count(entrance, *not_noted(_first(form, "noted")))
    if progress.page is not None:
        full = await desk.full_quota(entrance, version, progress)
        if full is not None:
            await _end_early(desk, entrance, version, start)
            return say_full(entrance, version, full, start.language)
        return await _go_on(desk, entrance, version, start, progress)
    if progress.screened_out:
        await _end_early(desk, entrance, version, start)
        return say_instead(entrance, version, start.language, "screened_out", "screened")
    return await _finish(desk, entrance, version, start, progress)


async def _go_on(
    desk: Desk, entrance: Entrance, version: Version, start: Start, progress: Progress
) -> Response:
    """Give the next page, the one before, or the same once more."""
    await desk.note_started(entrance)
    if version.several:
        outcome = await desk.keep_draft(entrance, start, progress)
        if outcome is Outcome.ALREADY:  # sent again after the thanks: by the button back, say
            return say_already(entrance, start.language)
    notice = word("more", start.language) if progress.more else ""
    answer = _ask(desk, entrance, version, start, progress, notice=notice, noted=ALL_NOTED)
    if version.several and not version.definition.anonymous:
        remember(answer, entrance, "hy_r", desk.signer.sign(start), _RESUME_SECONDS)
    return answer


async def _finish(
    desk: Desk, entrance: Entrance, version: Version, start: Start, progress: Progress
) -> Response:
    """Keep the answer and say thanks, or say why it is not kept."""
    try:
        outcome = await desk.finish(entrance, version, start, progress)
    except UsedLinkError:
        return say_already(entrance, start.language)
    except FileGoneError as gone:
        again = _without_file(version, progress, gone.question_id)
        return _ask(desk, entrance, version, start, again, noted=ALL_NOTED)
    except QuotaFullError as full:
        await _end_early(desk, entrance, version, start)
        return say_full(entrance, version, full.quota, start.language)
    return thank(desk, entrance, version, start, outcome)


def _once_more(
    desk: Desk,
    entrance: Entrance,
    version: Version,
    start: Start,
    form: Mapping[str, Sequence[str]],
    age: float,
) -> tuple[Start, str] | None:
    """Give how to ask for one more tap, and why; None where a person sent it, as far as we see."""
    now = desk.now().timestamp()
    if _owes_work(entrance, version, start, form, now):
        until = start.wait_until or now + WAIT_SECONDS
        return replace(start, asked_again=True, wait_until=until), "wait"
    trap = _first(form, "website")
    if not start.asked_again and looks_like_a_machine(version.shortest_minutes, trap, age):
        return replace(start, asked_again=True), "human"
    return None


def _owes_work(
    entrance: Entrance,
    version: Version,
    start: Start,
    form: Mapping[str, Sequence[str]],
    now: float,
) -> bool:
    """Tell whether a browser has to compute still, or its person to wait; not who was invited."""
    if not version.definition.proof_of_work or entrance.guest or entrance.entered_by:
        return False
    waited = 0 < start.wait_until <= now
    return not waited and not is_worked(_first(form, "token"), _first(form, "work"))


def _without_file(version: Version, progress: Progress, question_id: str) -> Progress:
    """Give the page that asks for a file once more."""
    answers = {name: one for name, one in progress.answers.items() if name != question_id}
    pages = version.definition.pages
    page = next(one.id for one in pages if any(q.id == question_id for q in one.questions))
    return replace(progress, answers=answers, page=page, errors={question_id: GONE})


async def _end_early(desk: Desk, entrance: Entrance, version: Version, start: Start) -> None:
    await desk.use_up(entrance)
    desk.count(entrance, Step.SCREENED_OUT)
    if version.several:
        await desk.drop_draft(start)


def _ask(
    desk: Desk,
    entrance: Entrance,
    version: Version,
    start: Start,
    progress: Progress,
    *,
    notice: str = "",
    confirm: bool = False,
    resumed: bool = False,
    noted: str = "",
    status: int = 200,
) -> Response:
    shown = _shown(entrance, version, start, progress, desk.signer.sign(start))
    files = desk.files.words(version, progress.answers)
    shown = replace(shown, notice=notice, confirm=confirm, resumed=resumed)
    shown = replace(shown, files=files, noted=noted)
    return html(draw_page(shown), entrance, status)


def _first_page(
    desk: Desk, entrance: Entrance, start: Start, progress: Progress, request: Request
) -> Response:
    """Give the page that everybody gets: drawn before, with a token of its own."""
    version = entrance.current
    facts = tuple(sorted(entrance.fields.items()))
    key = (entrance.path, version.number, start.language, facts, entrance.sites)

    def draw() -> Halves:
        mark = place_mark()
        return Halves.of(draw_page(_shown(entrance, version, start, progress, mark)), mark)

    page: Halves = desk.ready.get(key, draw)
    token = desk.signer.sign(start)
    if not takes(request, "gzip"):
        return html(page.plain(token), entrance)
    answer = html(page.packed(token), entrance)
    answer.headers["content-encoding"] = "gzip"
    return answer


def _shown(
    entrance: Entrance, version: Version, start: Start, progress: Progress, token: str
) -> Shown:
    return Shown(
        definition=version.definition,
        page_id=progress.page or version.definition.pages[0].id,
        language=start.language,
        token=token,
        action=entrance.path,
        answers=progress.answers,
        own=progress.own,
        fields=entrance.fields,
        errors=progress.errors,
        seed=start.seed,
        minutes=version.minutes.get(start.language, 0),
        sites=sites_of(entrance),
        prompts=entrance.entered_by is not None,
    )


async def _resumed(desk: Desk, entrance: Entrance, request: Request) -> Response | None:
    if not entrance.current.several or "cookie" not in request.headers:
        return None
    start = desk.signer.read(request.cookies.get(f"hy_r_{entrance.code}"))
    if start is None or start.code != entrance.code:
        return None
    version = await desk.version(entrance, start.version)
    answers, own, page = await desk.draft(start)
    if page is None:
        return None
    asked = request.query_params.get("lang")
    if asked in version.definition.languages:
        start = replace(start, language=asked)
    progress = replace(begin(version, entrance.fields), answers=answers, own=own, page=page)
    return _ask(desk, entrance, version, start, progress, resumed=True, noted=ALL_NOTED)


def _done(entrance: Entrance, request: Request) -> bool:
    if entrance.options.get("repeat") or "cookie" not in request.headers:
        return False
    return f"hy_d_{entrance.code}" in request.cookies


def _first(form: Mapping[str, Sequence[str]], name: str) -> str:
    sent = form.get(name) or ("",)
    return sent[0]


LINE = Line("/s/{code}", "/s/", {"GET": get_page, "POST": post_page})
"""How the lane for answers reaches these pages."""


def desk_of(request: Request) -> Desk:
    """Give the desk of this process, made at the first answer page."""
    state = request.app.state
    if not hasattr(state, "desk"):
        state.desk = Desk(state.system)
    desk: Desk = state.desk
    return desk
