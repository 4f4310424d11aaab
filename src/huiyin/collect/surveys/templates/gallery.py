"""The gallery of questionnaires to start from: a YAML file each, Chinese beside English.

A file holds the words of one industry; what most have in common (why somebody would recommend,
consent, thanks) stands once, in ``shared.yaml``, and a file may say it otherwise. Rated are the
five aspects (product quality, service, price, delivery, after-sales) and their indicators.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from huiyin.collect.surveys.contracts import SurveyError
from huiyin.collect.surveys.definition import Definition
from huiyin.collect.surveys.minutes import Minutes, expect_minutes
from huiyin.core.text import EN, ZH, Text

SHARED = "shared"
ASPECTS = ("产品质量", "服务体验", "价格感知", "交付效率", "售后支持")
_NO_TEMPLATE = Text("没有“{name}”这个模板。", "There is no template “{name}”.")
_UNHAPPY, _HAPPY = 6, 9
"""The ends of the segments of NPS: 0–6, 7–8, 9–10."""
Pair = list[str]
Plan = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Template:
    """A questionnaire to start from.

    Attributes
    ----------
    id, industry : str
    name, purpose : Text
        `purpose` says in one sentence what it is for.
    competitor : bool
        It has a block about a competitor, which may be left out.
    anonymous : bool
    minutes : Minutes
        Without the block about a competitor, in Chinese.
    """

    id: str
    industry: str
    name: Text
    purpose: Text
    competitor: bool
    anonymous: bool
    minutes: Minutes


@cache
def list_templates() -> tuple[Template, ...]:
    """List the templates in the order of their ids."""
    return tuple(_describe(name) for name in _names())


def load_template(template_id: str, *, competitor: bool = False) -> Definition:
    """Build the questionnaire of a template.

    Parameters
    ----------
    template_id : str
    competitor : bool, default False
        With the block “which other one did you use?”, where the template has one.

    Raises
    ------
    SurveyError
        There is no such template.
    """
    if template_id not in _names():
        raise SurveyError(_NO_TEMPLATE.format(name=template_id))
    return _build(_read(template_id), competitor=competitor)


@cache
def _names() -> tuple[str, ...]:
    found = (file.name for file in files(__package__ or "").iterdir())
    names = sorted(name.removesuffix(".yaml") for name in found if name.endswith(".yaml"))
    return tuple(name for name in names if name != SHARED)


@cache
def _read(name: str) -> Plan:
    import yaml

    def load(one: str) -> Plan:
        file = files(__package__ or "").joinpath(f"{one}.yaml")
        plan: Plan = yaml.safe_load(file.read_text("utf-8"))
        return plan

    return {**load(SHARED), **load(name)}


def _describe(name: str) -> Template:
    plan = _read(name)
    return Template(
        name,
        plan["industry"],
        Text.of(_words(plan["name"])),
        Text.of(_words(plan["purpose"])),
        plan.get("competitor", True),
        plan.get("anonymous", False),
        expect_minutes(load_template(name)),
    )


def _words(pair: Pair | None) -> dict[str, str]:
    return {ZH: pair[0], EN: pair[1]} if pair else {}


def _build(plan: Plan, *, competitor: bool) -> Definition:
    with_rival = competitor and plan.get("competitor", True)
    pages = [
        {"id": name, "questions": questions}
        for name, questions in _pages(plan, with_rival=with_rival)
        if questions
    ]
    return Definition.model_validate(
        {
            **{name: _words(plan[name]) for name in ("title", "intro", "thanks", "privacy")},
            "languages": [ZH, EN],
            "fields": plan.get("fields", ()),
            "anonymous": plan.get("anonymous", False),
            "pages": pages,
        }
    )


def _pages(plan: Plan, *, with_rival: bool) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    yield "about", [_choice(plan["first"])] if "first" in plan else []
    yield "recommend", [_nps(plan), *_reasons(plan)]
    yield "satisfied", [_overall(plan), _ease(plan), *_intent(plan)]
    yield "aspects", [_aspects(plan), _details(plan)]
    yield "rival", [_rival_name(plan)] if with_rival else []
    yield "rival_rated", [_rival(plan)] if with_rival else []
    yield "last", [_ask("text", "wish", plan["wish"], help=_words(plan["wish_help"]))]
    yield "follow_up", _contact(plan) if "reach" in plan else []


def _ask(kind: str, name: str, title: Pair, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "id": name, "title": _words(title), **more}


def _choice(first: Plan) -> dict[str, Any]:
    options = [{"code": code, "label": _words(pair)} for code, pair in first["options"].items()]
    more = {name: first[name] for name in ("role", "events") if name in first}
    return _ask("single", first["id"], first["title"], options=options, **more)


def _ends(plan: Plan, name: str) -> dict[str, Any]:
    return {"low": _words(plan[f"{name}_low"]), "high": _words(plan[f"{name}_high"])}


def _nps(plan: Plan) -> dict[str, Any]:
    return _ask("nps", "nps", plan["recommend"], required=True, **_ends(plan, "nps"))


def _reasons(plan: Plan) -> Iterator[dict[str, Any]]:
    """Ask why, each segment in its own words."""
    between = [_nps_is("at_least", _UNHAPPY + 1), _nps_is("at_most", _HAPPY - 1)]
    shown = {
        "why_low": _nps_is("at_most", _UNHAPPY),
        "why_mid": {"all": between},
        "why_high": _nps_is("at_least", _HAPPY),
    }
    for name, condition in shown.items():
        yield _ask("text", name, plan[name], show_if=condition)


def _nps_is(op: str, value: int) -> dict[str, Any]:
    return {"question": "nps", "op": op, "value": value}


def _overall(plan: Plan) -> dict[str, Any]:
    words = [_words(pair) for pair in plan["satisfaction"]]
    return _ask("csat", "overall", plan["overall"], look="faces", words=words, required=True)


def _ease(plan: Plan) -> dict[str, Any]:
    return _ask("ces", "ease", plan["ease"], **_ends(plan, "ease"))


def _intent(plan: Plan) -> Iterator[dict[str, Any]]:
    words = [_words(pair) for pair in plan["intent_words"]]
    if "intent" in plan:
        more = {"role": "intent", "look": "words", "words": words}
        yield _ask("csat", "intent", plan["intent"], **more)


def _matrix(plan: Plan, name: str, title: Pair, rows: list[dict[str, Any]]) -> dict[str, Any]:
    more = {"rows": rows, "not_applicable": True, **_ends(plan, "level")}
    return _ask("matrix", name, title, **more)


def _aspects(plan: Plan) -> dict[str, Any]:
    rows = [
        _row(code, pair) | ({"aspect": name} if name in ASPECTS else {})
        for code, (name, *pair) in plan["aspects"].items()
    ]
    return _matrix(plan, "aspects", plan["aspects_title"], rows)


def _details(plan: Plan) -> dict[str, Any]:
    """Ask for the indicators of each aspect, all in one table."""
    indicators = (plan["details"][code] for code in plan["aspects"])
    rows = [_row(code, pair) for one in indicators for code, pair in one.items()]
    return _matrix(plan, "details", plan["details_title"], rows) | {"random_order": True}


def _row(code: str, pair: Pair) -> dict[str, Any]:
    return {"code": code, "label": _words(pair)}


def _rival_name(plan: Plan) -> dict[str, Any]:
    more = {"help": _words(plan["rival_help"]), "long": False, "longest": 60}
    return _ask("text", "rival_name", plan["rival_name"], **more)


def _rival(plan: Plan) -> dict[str, Any]:
    """Ask the same aspects of somebody else: kept beside our scores, never part of them."""
    rows = [_row(code, pair) for code, (_, *pair) in plan["aspects"].items()]
    shown = {"question": "rival_name", "op": "answered"}
    return _matrix(plan, "rival", plan["rival"], rows) | {"role": "meta", "show_if": shown}


def _contact(plan: Plan) -> list[dict[str, Any]]:
    agreed = {"question": "follow_up", "op": "is", "value": True}
    consent = _ask("consent", "follow_up", plan["follow_up"], help=_words(plan["follow_up_help"]))
    fields = plan["reach"]
    return [consent, _ask("contact", "contact", plan["contact"], fields=fields, show_if=agreed)]
