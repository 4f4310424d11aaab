"""``huiyin ask``: a question in Chinese or English, its query and its answer."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from huiyin.app.cli import options
from huiyin.core.errors import BadInputError
from huiyin.core.text import Text, listed

if TYPE_CHECKING:
    from huiyin.analyse.ports import Corridor
    from huiyin.ask.answers import Answer
    from huiyin.ask.contracts import Asked

READ_AS = Text("我这样理解：{reading}", "Read as: {reading}")
OPTIONS = Text("可选：{options}", "Options: {options}")
TIER = Text("档", "tier")
VALUE = Text("数值", "estimate")
SHRUNKEN = Text("收缩后", "shrunken")
ANSWERS = Text("答卷", "answers")
GROUP = Text("组", "group")


def ask(
    question: Annotated[str, typer.Argument(help="问题  the question", show_default=False)],
    files: Annotated[
        list[Path] | None, typer.Argument(help="问卷的文件  files of one survey")
    ] = None,
    dataset: Annotated[
        list[Path] | None, typer.Option("--dataset", help="同上，写作选项  the same, as an option")
    ] = None,
    then: Annotated[
        list[str] | None, typer.Option("--then", help="追问，可多次  follow-up, repeatable")
    ] = None,
    today: Annotated[
        str | None, typer.Option(help="今天是哪天，默认今天  the day that counts as today")
    ] = None,
    saved: options.SavedCodebook = None,
    overrides: options.Overrides = None,
    profile: options.Profile = None,
    sheet: options.Sheets = None,
    lang: options.Language = None,
    as_json: options.AsJson = False,
) -> None:
    """用一句话问  Ask in a sentence."""
    options.choose_language(lang)
    chosen = [*(files or ()), *(dataset or ())]
    if not chosen:
        raise NoDatasetError
    source = options.Reading(chosen, saved, overrides, profile, sheet, lang, as_json)
    _ask(source, [question, *(then or ())], today)


class NoDatasetError(BadInputError):
    """A question comes without the data that it is about."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "没有说问哪份数据：在问题后面写文件，或用 --dataset 指定",
                "It is not said which data is asked: name a file after the question, or with "
                "--dataset",
            )
        )


def _ask(source: options.Reading, questions: list[str], today: str | None) -> None:
    from huiyin.ask.answering import answer_asked
    from huiyin.ask.contracts import Answerable
    from huiyin.ask.present import answer_json, asked_json
    from huiyin.measure.parse import parse_day
    from huiyin.measure.present import query_json

    day = parse_day(today, last=False) or date.today()  # noqa: DTZ011 -- the day of this machine
    with source.opened() as opened:
        corridor = opened.corridor()
        asked = _read(questions, corridor, day)
        answer = answer_asked(corridor, asked) if isinstance(asked, Answerable) else None
    if source.as_json:
        document = asked_json(questions[-1], asked, query_json)
        options.print_json(document | (answer_json(answer) if answer else {}))
    else:
        _print(asked, answer, source.language)


def _read(questions: list[str], corridor: Corridor, day: date) -> Asked:
    from huiyin.ask.reading import ask as read
    from huiyin.ask.values import fetch_values
    from huiyin.ask.vocabulary import build_vocabulary
    from huiyin.measure.catalogue import operational_metrics
    from huiyin.measure.metric import HOUSE_RULES

    there = (metric.id for metric in operational_metrics(corridor.codebook, HOUSE_RULES))
    values = fetch_values(corridor)
    vocabulary = build_vocabulary(corridor.codebook, values, operations=there)
    asked = read(questions[0], vocabulary, day)
    for words in questions[1:]:
        asked = read(words, vocabulary, day, asked)
    return asked


def _print(asked: Asked, answer: Answer | None, language: str) -> None:
    from huiyin.ask.contracts import Answerable, AskBack

    if not isinstance(asked, Answerable):
        lines = [asked.text.say(language)]
        if isinstance(asked, AskBack) and asked.options:
            lines.append(options.say(OPTIONS, language, options=listed(asked.options)))
        sys.stdout.write("\n".join(lines) + "\n")
        return
    sys.stdout.write(options.say(READ_AS, language, reading=asked.reading) + "\n")
    if answer is not None:
        sys.stdout.write(answer.sentence.say(language) + "\n\n")
        _print_groups(answer, language)


def _print_groups(answer: Answer, language: str) -> None:
    from huiyin.app.cli.query import print_result
    from huiyin.app.cli.tables import print_table
    from huiyin.core.numbers import number

    for voice in answer.analysis.get("voices") or ():
        sys.stdout.write(f"- {voice['text']}\n")
    if answer.ranking is not None:
        rows = [
            [
                str(place.tier),
                " · ".join(value or "" for value in place.cell.by.values()),
                number(place.cell.estimate, place.cell.unit, language),
                number(place.shrunken, place.cell.unit, language),
                f"{place.cell.n:,}",
            ]
            for place in answer.ranking.places
        ]
        heads = [text.say(language) for text in (TIER, GROUP, VALUE, SHRUNKEN, ANSWERS)]
        print_table(heads, rows, numbers=(0, 2, 3, 4))
    elif answer.result is not None:
        print_result(answer.result, language)
