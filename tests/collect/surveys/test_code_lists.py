"""A list of shops, counters, staff becomes places for codes, or a sentence names the line."""

import pytest

from huiyin.collect.surveys.code_lists import MOST_CODES, CodeListError, Place, read_places

KNOWN = ("shop", "counter")


@pytest.mark.parametrize("sign", ["\t", ",", ";"])
def test_a_list_is_read_as_it_is_pasted_or_exported(sign):
    rows = [("shop", "counter"), ("一店", "3"), ("二店", "A B "), ("", "")]
    words = "\ufeff" + "\r\n".join(sign.join(row) for row in rows)
    one, two = read_places(words, KNOWN)
    assert one == Place("一店 · 3", {"shop": "一店", "counter": "3"})
    assert two.fields["counter"] == "A B"


def test_a_name_of_its_own_is_no_fact_and_the_same_line_is_one_place():
    words = '名称,shop\n"前台, 左",一店\n"前台, 左",一店\n后门,一店'
    assert read_places(words, KNOWN) == [
        Place("前台, 左", {"shop": "一店"}),
        Place("后门", {"shop": "一店"}),
    ]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "empty"),
        ("shop\n", "empty"),
        ("shop\n" + "x\n" * (MOST_CODES + 1), "201 lines"),
        ("门店\n一店", "“门店”.*shop, counter"),
        ("name\n一店", "“name”"),
        ("shop,shop\n一,二", "twice"),
        ("shop,counter\n一店", "Line 2 has 1 cells"),
        ("shop,counter\n一店,", "line 2 “counter” is empty"),
        ("shop\n" + "x" * 201, "more than 200"),
        ('shop\n"' + "x" * 140_000, "more than 200"),
    ],
)
def test_what_does_not_fit_is_told_by_its_line(words, says):
    with pytest.raises(CodeListError, match=says):
        read_places(words, KNOWN)


def test_a_questionnaire_without_facts_says_what_to_do():
    with pytest.raises(CodeListError, match="add them in the design"):
        read_places("shop\n一店", ())
