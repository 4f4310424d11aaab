"""The block of the shops' survey about the competitor: the same aspects, asked of who knows it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from huiyin.core.text import EN, ZH, Text
from huiyin.sample.draws import lasting, stream
from huiyin.sample.months import Ints
from huiyin.sample.places import COMPETITOR
from huiyin.sample.ratings import Bools, Question, Rated, rate
from huiyin.sample.world import Chunk, World

KNOWN_TO = 0.25
"""Share of the customers who go to the competitor as well; it stays with a customer."""
UNTRIED = {"交付效率": 0.5, "售后支持": 0.65}
"""Share of them who never had a parcel of it, or a matter to settle with it."""


def asked_of_rival(question: Question) -> Question:
    """Ask the same about the competitor; its answers are no part of our own scores."""
    own = question.field
    label = own.label or Text.same(own.name)
    words = Text(f"{COMPETITOR}的{label.say(ZH)}", f"{label.say(EN)}, competitor A")
    field = replace(own, name=f"{COMPETITOR}{own.name}", role="meta", label=words, group=COMPETITOR)
    return replace(question, field=field, missing=UNTRIED.get(own.name, 0.03))


def rival_columns(
    world: World,
    chunk: Chunk,
    questions: tuple[Question, ...],
    customer: Ints,
    region: Ints,
    careless: Bools,
    rated: Rated,
) -> dict[str, Any]:
    """Draw the block, from a stream of its own: who leans to what was drawn with our ratings.

    Parameters
    ----------
    world : World
    chunk : Chunk
    questions : tuple of Question
        Those that `asked_of_rival` gave.
    customer, region, careless : (n,) arrays
    rated : Rated
        How the same people rated us.
    """
    rng = stream(world.settings.seed, "rival", chunk.month.index, chunk.part)
    unknown = lasting(customer, world.settings.seed, "rival") >= KNOWN_TO
    pulls = world.plans.rival.pulls(region)
    found = rate(
        rng,
        len(customer),
        questions,
        pulls={f"{COMPETITOR}{name}": pull for name, pull in pulls.items()},
        not_asked={question.name: unknown for question in questions},
        careless=careless,
        person=rated.person,
    )
    return found.columns()
