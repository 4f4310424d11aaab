"""The steps of a funnel stand as they follow each other, not by their names."""

from huiyin.analyse.views.steps import steps_in_order
from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Query

STEPS = ("报案", "查勘", "定损", "赔付")


def test_the_order_is_that_of_the_codebooks_labels(make_corridor, plain):
    data = {"环节": sorted(STEPS) * 5, "渠道": ["门店", "电话"] * 10}
    labels = {step: step for step in STEPS}
    columns = [plain("环节", Role.STAGE, labels=labels), plain("渠道")]
    corridor = make_corridor(columns, data)
    assert steps_in_order(corridor, Query(("answers",), by=("环节",))) == STEPS
    assert steps_in_order(corridor, Query(("answers",), by=("渠道",))) == ()
    assert steps_in_order(corridor, Query(("answers",), by=("环节", "渠道"))) == ()
    assert steps_in_order(corridor, Query(("answers",))) == ()
