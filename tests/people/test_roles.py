from huiyin.core.text import LANGUAGES
from huiyin.people.contracts import (
    RIGHT_TEXT,
    ROLE_REACH,
    ROLE_RIGHTS,
    ROLE_TEXT,
    Right,
    Role,
    RowCondition,
    RowRule,
)


def test_every_role_and_right_has_words_in_both_languages():
    assert set(ROLE_TEXT) == set(ROLE_REACH) == set(ROLE_RIGHTS) == set(Role)
    assert set(RIGHT_TEXT) == set(Right)
    for text in (*ROLE_TEXT.values(), *ROLE_REACH.values(), *RIGHT_TEXT.values()):
        assert set(text) == set(LANGUAGES)
        assert all(text.values())


def test_only_the_administrator_lets_people_in_and_everybody_has_an_account():
    for right in (Right.MANAGE_PEOPLE, Right.MANAGE_SETTINGS, Right.SEE_AUDIT, Right.DELETE_DATA):
        assert [role for role in Role if right in ROLE_RIGHTS[role]] == [Role.ADMINISTRATOR]
    assert all(Right.MANAGE_OWN in rights for rights in ROLE_RIGHTS.values())
    assert Right.SEE_ROWS not in ROLE_RIGHTS[Role.VIEWER]


def test_a_rule_without_conditions_shows_all_and_nothing_shows_nothing():
    row = {"地区": "华东"}
    assert RowRule.everything().allows(row)
    assert not RowRule.nothing().allows(row)
    both = RowRule((RowCondition("地区", ("华东",)), RowCondition("渠道", ("网上",))))
    assert both.allows({"地区": "华东", "渠道": "网上"})
    assert not both.allows({"地区": "华东", "渠道": "电话"})
