from dataclasses import replace

from huiyin.codebook.confirm import confirm_named
from huiyin.codebook.contracts import Codebook, Column, ColumnProfile, Role, Scale
from huiyin.core.text import Text


def column(name, role, confidence=1.0, scale=None):
    return Column(name=name, role=role, label=Text.same(name), confidence=confidence, scale=scale)


def profile(name, numeric_share):
    return ColumnProfile(
        name=name, native_type="text", n=9, n_missing=0, n_distinct=3, top=(), sample=(),
        numeric_share=numeric_share, integer_share=numeric_share, date_share=0.0, minimum=1.0,
        maximum=5.0, mean_length=1.0, max_length=1, monotone=False,
    )  # fmt: skip


BOOK = Codebook(
    (
        column("doubt", Role.ASPECT, 0.5, Scale(1, 5)),
        column("number", Role.META),
        column("words", Role.DIMENSION),
        column("sure", Role.OVERALL, 0.9, Scale(1, 5)),
    )
)
PROFILES = {p.name: p for p in (profile("number", 1.0), profile("words", 0.1))}


def test_a_named_column_is_confirmed():
    book = confirm_named(BOOK, {"doubt": Role.OUTCOME, "number": Role.WEIGHT}, PROFILES)
    assert book["doubt"].usable
    assert book["doubt"].role is Role.ASPECT
    assert book["number"].role is Role.WEIGHT


def test_words_and_unknown_names_stay_as_they_are():
    assert (
        confirm_named(BOOK, dict.fromkeys(["words", "sure", "nobody"], Role.OUTCOME), PROFILES)
        is BOOK
    )


def test_a_column_without_values_may_be_computed_with():
    empty = {"words": replace(profile("words", 0.0), n_missing=9, n_distinct=0)}
    found = confirm_named(BOOK, {"words": Role.OUTCOME}, empty)["words"]
    assert found.role is Role.OUTCOME
    assert found.empty
    assert not confirm_named(BOOK, {"number": Role.OUTCOME}, PROFILES)["number"].empty
