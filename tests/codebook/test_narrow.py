from huiyin.codebook.contracts import Codebook, Column, Role, Scale
from huiyin.codebook.narrow import MOST_COLUMNS, narrow
from huiyin.core.text import Text


def column(name, role, confidence=0.9, **more):
    scale = Scale(1, 5) if role is Role.ASPECT else None
    return Column(
        name=name, role=role, label=Text.same(name), confidence=confidence, scale=scale, **more
    )


def names(book):
    return [c.name for c in book.columns]


def test_a_codebook_of_ordinary_width_stays_as_it_is():
    book = Codebook(tuple(column(f"a{i}", Role.ASPECT) for i in range(MOST_COLUMNS)))
    assert narrow(book) == (book, None)


def test_the_first_of_each_role_stay_and_what_somebody_decided_comes_first():
    aspects = [column(f"a{i}", Role.ASPECT) for i in range(500)]
    aspects[400] = column("a400", Role.ASPECT, 1.0)
    aspects[3] = column("a3", Role.ASPECT, 0.3)
    groups = [column("店", Role.UNIT), *(column(f"d{i}", Role.DIMENSION) for i in range(50))]
    book, note = narrow(Codebook((*aspects, *groups, column("t", Role.TIME))), keep=["a77"])
    kept = names(book)
    assert kept[:4] == ["a0", "a1", "a2", "a4"]
    assert "a3" not in kept
    assert {"a77", "a400", "店", "t"} <= set(kept)
    assert sum(name.startswith("a") for name in kept) == 31
    assert sum(name.startswith("d") for name in kept) == 39
    assert "552" in note.say("zh-CN")


def test_a_multi_select_stays_whole_or_goes():
    first = [column(f"x{i}", Role.CHOICE_SET, group="x", option=str(i)) for i in range(60)]
    second = [column(f"y{i}", Role.CHOICE_SET, group="y", option=str(i)) for i in range(60)]
    others = [column(f"m{i}", Role.META) for i in range(300)]
    book, _ = narrow(Codebook((*first, *second, *others)))
    assert {c.group for c in book.columns if c.role is Role.CHOICE_SET} == {"x"}
