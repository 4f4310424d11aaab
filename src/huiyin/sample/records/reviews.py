"""Public reviews: stars and words on platforms; some are reposts of others."""

from __future__ import annotations

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.comments import compose, phrasebook, topics
from huiyin.sample.draws import chance, pick
from huiyin.sample.folder import Folder
from huiyin.sample.months import moments
from huiyin.sample.places import REGIONS, SHOPS
from huiyin.sample.ratings import Question, rate
from huiyin.sample.surveys.shop import ASPECTS
from huiyin.sample.tables import Field, Table, numbered, stamps, words
from huiyin.sample.world import World

PER_ANSWER = 0.1
PLATFORMS = ("大众点评", "小红书", "微博", "应用商店", "抖音")
REPOST_SHARE = 0.06
STARS = Question(Field("星级", "csat", Text("星级", "stars"), (1, 5, 1)), follows=0.85, missing=0.0)

REVIEWS = Table(
    "公开评论",
    Text("公开评论", "public reviews"),
    (
        Field("评论编号", "id", Text("评论编号", "review")),
        Field("发布时间", "time", Text("发布时间", "posted at")),
        Field("平台", "channel", Text("平台", "platform")),
        Field("大区", "dimension", Text("大区", "region")),
        Field("门店", "unit", Text("门店", "shop")),
        STARS.field,
        Field("转发自", "meta", Text("转发自", "repost of")),
        Field("评论", "text", Text("评论", "review")),
    ),
)


def write_reviews(world: World, folder: Folder) -> None:
    """Write the reviews; a repost carries its original's words and number."""
    file = folder.open(REVIEWS)
    phrases = phrasebook([q.name for q in ASPECTS], world.settings.seed + 1)
    company = world.company
    for chunk in world.chunks("reviews", round(PER_ANSWER * world.settings.answers)):
        rng, n = chunk.rng, chunk.n
        shop = pick(rng, n, company.shop_weight)
        pulls = {q.name: company.shop_pull[shop] for q in ASPECTS}
        rated = rate(rng, n, (*ASPECTS, STARS), pulls=pulls)
        about, tone = topics(rng, rated, phrases.aspects, STARS.name)
        written = np.ones(n, dtype=bool)
        number = chunk.before + 1 + np.arange(n)
        repost = chance(rng, n, REPOST_SHARE) & (np.arange(n) > 0)
        original = np.where(repost, _earlier_original(rng, repost), np.arange(n))
        values = rated.columns() | {
            "评论编号": numbered("R", number),
            "发布时间": stamps(moments(rng, chunk.month, n)),
            "平台": words(pick(rng, n, (0.4, 0.22, 0.12, 0.14, 0.12)), PLATFORMS),
            "大区": words(company.region_of_shop[shop], REGIONS),
            "门店": words(shop, [place.shop for place in SHOPS]),
            "转发自": numbered("R", number[original], missing=~repost),
            "评论": compose(rng, phrases, about, tone, written=written).take(original),
        }
        values["星级"] = values["星级"].take(original)
        file.add(values)


def _earlier_original(rng: np.random.Generator, repost: np.ndarray) -> np.ndarray:
    """Choose for each row an earlier one that is no repost; the first row never is."""
    originals = np.flatnonzero(~repost)
    n_before = np.searchsorted(originals, np.arange(len(repost)))
    place = (rng.random(len(repost)) * np.maximum(n_before, 1)).astype(np.int64)
    return originals[place]
