# ruff: noqa: PLR0911, PLR2004 -- a rule is a list of cases; the shares and counts of the rules stand where they are explained
"""Rules for columns that name somebody or something: contacts, places, codes, design."""

from __future__ import annotations

from huiyin.codebook import names
from huiyin.codebook.contracts import Role
from huiyin.codebook.facts import FEW_GROUPS, MANY, Facts, Guess, by_name, by_values
from huiyin.codebook.values import (
    contact_kind,
    find_separator,
    is_code,
    is_coordinate_pair,
    is_url,
)

_SHORT_NAME = 6
"""Characters of a header that names one thing: 联系人, 手机号码."""


def contact(facts: Facts) -> Guess | None:
    """Find contact data, by the values or by a name that says it."""
    kind = contact_kind(facts)
    if kind:
        return Guess(Role.CONTACT, 0.95, by_values(f"联系信息（{kind}）", f"contact data ({kind})"))
    named = names.CONTACT.name(facts.header) and facts.n_distinct > 2
    plainly = names.CONTACT.in_chinese(facts.header)
    if named and plainly and len(facts.header) <= _SHORT_NAME and not find_separator(facts):
        return Guess(Role.CONTACT, 0.8, by_name("联系信息", "contact data"))
    if named and (facts.unique_share > 0.3 or facts.n_distinct > FEW_GROUPS):
        return Guess(Role.CONTACT, 0.85, by_name("联系信息", "contact data"))
    return None


def place(facts: Facts) -> Guess | None:
    """Find coordinates and web addresses."""
    named = names.COORDINATES.name(facts.words) and (facts.numeric or is_coordinate_pair(facts))
    if named or is_coordinate_pair(facts):
        return Guess(Role.META, 0.9, by_values("经纬度", "coordinates"))
    if is_url(facts):
        return Guess(Role.META, 0.8, by_values("网址", "web addresses"))
    return None


def design(facts: Facts) -> Guess | None:
    """Find how the sample was drawn: weights, clusters, strata."""
    low = facts.profile.minimum
    weighs = names.WEIGHT.name(facts.words) and not names.WEIGHT_UNIT.stand_in(facts.words)
    if weighs and facts.numeric and low is not None and low >= 0:
        return Guess(Role.WEIGHT, 0.9, by_name("权重", "weights"))
    if names.CLUSTER.name(facts.words):
        return Guess(Role.CLUSTER, 0.85, by_name("抽样单位", "sampling clusters"))
    if names.STRATA.name(facts.words):
        return Guess(Role.STRATA, 0.85, by_name("抽样分层", "sampling strata"))
    return None


def postal(facts: Facts) -> Guess | None:
    """Find numbers of post and areas, which are no quantities."""
    if not names.SENSITIVE_NUMBER.name(facts.words):
        return None
    return Guess(Role.META, 0.75, by_name("邮政编码", "postal codes"))


def identity(facts: Facts) -> Guess | None:
    """Find issued codes: names of ids, and columns whose every value is another code."""
    if facts.profile.max_length > 80 or (facts.numeric and not facts.whole):
        return None
    for role, words in ((Role.CUSTOMER, names.CUSTOMER), (Role.TICKET, names.TICKET),
                        (Role.ORDER, names.ORDER), (Role.ACCOUNT, names.ACCOUNT)):  # fmt: skip
        if words.name(facts.header) and _many_codes(facts):
            return Guess(role, 0.85, by_name("编号", "code numbers"))
    if _RESPONSE.name(facts.header) and facts.unique_share > 0.5 and facts.n_distinct > 1:
        return Guess(Role.ID, 0.9, by_name("每行一个编号", "one code per row"))
    group_code = any(words.name(facts.header) for words in names.GROUP_WORDS.values())
    issued = facts.unique_share > 0.5 or facts.n_distinct > 1000
    if names.ID.name(facts.header) and _many_codes(facts) and issued and not group_code:
        return Guess(Role.ID, 0.75, by_name("编号", "code numbers"))
    return _unnamed_identity(facts, group_code=group_code)


_RESPONSE = names.RESPONSE_ID


def _many_codes(facts: Facts) -> bool:
    varied = facts.unique_share > 0.9 or facts.n_distinct > MANY
    return varied and not (facts.profile.date_share > 0.8 and not facts.numeric)


def _unnamed_identity(facts: Facts, *, group_code: bool) -> Guess | None:
    if facts.unique_share < 0.99 or group_code:
        return None
    if facts.nameless and facts.whole and facts.n_filled >= 5:
        return Guess(
            Role.ID,
            0.7,
            by_values("每行不同的号码，没有列名", "a different number on each row, unnamed"),
        )
    if facts.n_filled < 30:
        return None
    if facts.profile.monotone and facts.whole and _steady(facts):
        return Guess(Role.ID, 0.8, by_values("逐行增加的号码", "a running number"))
    if is_code(facts) and not facts.numeric and facts.profile.mean_length >= 6:
        return Guess(Role.ID, 0.75, by_values("每行不同的代码", "a different code on each row"))
    digits = facts.whole and facts.profile.mean_length >= 6 and not _is_quantity(facts)
    if digits and (facts.profile.maximum or 0) > 99_999:
        return Guess(
            Role.ID, 0.65, by_values("每行不同的长号码", "a different long number on each row")
        )
    return None


def _steady(facts: Facts) -> bool:
    """Tell whether a running number runs about as far as there are rows, and is no amount."""
    return not _is_quantity(facts)


def _is_quantity(facts: Facts) -> bool:
    return (
        names.AMOUNT.name(facts.words)
        or names.MEASURE.name(facts.words)
        or (names.COST.name(facts.words))
    )
