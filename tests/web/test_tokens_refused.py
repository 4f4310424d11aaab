"""A token that holds no longer, may too little or reaches elsewhere is told so in one sentence."""

from datetime import timedelta

from connected import token_of

from huiyin.collect.datasets.changes import do_create_dataset


def by_token(cast, secret, path="/api/v1/datasets"):
    return cast.browser().get(path, headers={"authorization": f"Bearer {secret}"})


def told(answer, status, code):
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code), answer.text
    return error["sentence"]["zh-CN"]


def test_mistyped_revoked_and_ended_ones_are_told_alike(cast, analyst):
    revoked, ended = token_of(analyst, "see_scores"), token_of(analyst, "see_scores", days=1)
    held = next(one for one in analyst.get("/api/v1/tokens").json()["items"])
    for one in analyst.get("/api/v1/tokens").json()["items"]:
        if revoked.startswith(one["prefix"]):
            held = one
    assert by_token(cast, revoked).status_code == 200
    assert analyst.delete(f"/api/v1/tokens/{held['id']}").json() == {"revoked": True}
    now = cast.system.clock()
    said = {told(by_token(cast, one), 401, "token_void") for one in (revoked, "hy_none", "none")}
    object.__setattr__(cast.system, "clock", lambda: now + timedelta(days=2))
    answer = by_token(cast, ended)
    said.add(told(answer, 401, "token_void"))
    assert answer.headers["www-authenticate"].startswith("Bearer")
    (sentence,) = said
    assert "接口令牌" in sentence
    assert "登录" not in sentence


def test_what_a_token_may_not_is_not_said_of_its_owner(cast, analyst, dataset_id):
    secret = token_of(analyst, "see_scores")
    assert "这个接口令牌没有" in told(
        by_token(cast, secret, f"/api/v1/datasets/{dataset_id}/imports"), 403, "token_scope"
    )
    assert "接口令牌不能做这件事" in told(
        by_token(cast, secret, "/api/v1/tokens"), 403, "token_never"
    )


def test_a_token_held_to_other_datasets_is_told_nothing_of_this_one(cast, analyst, dataset_id):
    with cast.uow() as uow:
        other = do_create_dataset(uow, "别的").id
    secret = token_of(analyst, "see_scores", dataset_ids=[other])
    there = by_token(cast, secret, f"/api/v1/datasets/{dataset_id}")
    nowhere = by_token(cast, secret, "/api/v1/datasets/none")
    assert told(there, 403, "token_elsewhere") == told(nowhere, 403, "token_elsewhere")
    assert by_token(cast, secret, "/api/v1/boards").status_code == 403
