"""A sentence that says what to do says it for the place where it is read."""

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor

from huiyin.core.errors import BadInputError
from huiyin.core.surface import Surface, TextBySurface, speaking_on
from huiyin.core.text import ZH, Text

HOW = TextBySurface(Text("用 --set", "use --set"), Text("在码本里选", "choose in the codebook"))
SENTENCE = HOW.within(Text("“{name}”没有量表：{how}", "“{name}” has no scale: {how}"))


def test_each_surface_has_its_words_and_the_command_line_is_what_counts_outside():
    assert SENTENCE.format(name="服务").say(ZH) == "“服务”没有量表：用 --set"
    with speaking_on(Surface.PAGES):
        assert SENTENCE.format(name="服务").say(ZH) == "“服务”没有量表：在码本里选"
        assert dict(HOW)["en"] == "choose in the codebook"
    assert HOW.say("en") == "use --set"


def test_an_error_made_elsewhere_is_said_for_where_it_is_read():
    error = BadInputError(HOW)
    with speaking_on(Surface.PAGES):
        assert error.to_json()["sentence"] == {ZH: "在码本里选", "en": "choose in the codebook"}
    assert error.say() == "用 --set"


def test_other_threads_are_not_touched():
    with speaking_on(Surface.PAGES), ThreadPoolExecutor(1) as pool:
        assert pool.submit(HOW.say).result() == "用 --set"


def test_copies_keep_the_words_of_every_surface():
    for again in (pickle.loads(pickle.dumps(SENTENCE)), copy.deepcopy(SENTENCE)):  # noqa: S301 -- our own
        with speaking_on(Surface.PAGES):
            assert again == SENTENCE
            assert "码本" in again.say(ZH)
