from huiyin.core.text import EN, ZH, Text, begun, language_tag, listed


def test_a_text_speaks_the_language_asked_for():
    text = Text("满意率", "satisfied share")
    assert text.say(ZH) == "满意率"
    assert text.say(EN) == "satisfied share"
    assert text.say("fr") == "满意率"
    assert dict(text) == {ZH: "满意率", EN: "satisfied share"}


def test_filling_keeps_each_fact_in_its_language():
    text = Text("{a}：{n}", "{a}: {n}").format(a=Text("份数", "answers"), n=3)
    assert text.say(ZH) == "份数：3"
    assert text.say(EN) == "answers: 3"


def test_equal_texts_are_equal():
    assert Text("一", "one") == Text("一", "one")
    assert hash(Text("一", "one")) == hash(Text("一", "one"))
    assert Text.of({"fr": "un"}).say("fr") == "un"


def test_language_tags():
    assert language_tag(" ZH ") == ZH
    assert language_tag("en") == EN


def test_words_begin_with_a_capital_but_names_keep_their_own():
    said = Text("满意率", "satisfied share").begun()
    assert (said.say("zh-CN"), said.say("en")) == ("满意率", "Satisfied share")
    assert [begun(words) for words in ("eNPS", "a1", "t interval", "", "others")] == [
        "eNPS", "a1", "t interval", "", "Others",
    ]  # fmt: skip


def test_names_in_a_row_are_separated_as_the_language_does():
    names = listed(["A", Text("店", "shop")])
    assert (names.say(ZH), names.say(EN)) == ("A、店", "A, shop")
    assert Text("有：{n}", "has: {n}").format(n=names).say(EN) == "has: A, shop"
