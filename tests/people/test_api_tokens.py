"""A token never holds more than its maker holds at that moment."""

from datetime import timedelta

from huiyin.people.api_tokens import TokenFields, do_make_token, do_touch_token, fetch_token
from huiyin.people.contracts import Right, Role
from huiyin.people.sessions import do_open_session, fetch_session, person_of
from huiyin.people.staff import StaffFields, do_change_staff, do_disable_staff
from huiyin.store.tables import ApiToken, Staff


def token(house, staff, *rights, days=1):
    with house.uow() as uow:
        fields = TokenFields("x", frozenset(rights), days)
        return do_make_token(uow, person_of(staff), fields)


def held(house, secret):
    with house.reading() as session:
        known = fetch_token(session, secret, house.now)
    return None if known is None else known.person.rights


def test_it_shrinks_with_its_makers_role_and_ends_with_their_account(house):
    house.person("root", Role.ADMINISTRATOR)
    ana = house.person("ana", Role.ANALYST)
    _, secret = token(house, ana, Right.SEE_SCORES, Right.IMPORT_DATA)
    assert held(house, secret) == {Right.SEE_SCORES, Right.IMPORT_DATA}
    with house.uow() as uow:
        ana = do_change_staff(uow, ana.id, StaffFields("ana", "Ana", Role.VIEWER), ana.revision)
    assert held(house, secret) == {Right.SEE_SCORES}
    with house.uow() as uow:
        do_disable_staff(uow, ana.id, ana.revision)
    assert held(house, secret) is None


def test_it_ends_in_time_and_its_use_is_noted_now_and_then(house):
    ana = house.person("ana", Role.ANALYST)
    row, secret = token(house, ana, Right.SEE_SCORES, days=2)
    assert secret not in row.token_hash
    assert secret.startswith(row.prefix)
    with house.reading() as session:
        assert fetch_token(session, secret, house.now).stale
    with house.uow() as uow:
        do_touch_token(uow, row.id)
    with house.reading() as session:
        assert not fetch_token(session, secret, house.now).stale
        assert session.get(ApiToken, row.id).last_used_at == house.now
        assert fetch_token(session, secret, row.expires_at - timedelta(seconds=1)) is not None
        assert fetch_token(session, secret, row.expires_at) is None


def test_a_session_of_somebody_shut_out_holds_no_longer_even_if_it_was_not_closed(house):
    ana = house.person("ana")
    with house.uow() as uow:
        secret = do_open_session(uow, ana, "password", None)
        uow.session.get(Staff, ana.id).disabled_at = uow.now
    with house.reading() as session:
        assert fetch_session(session, secret, house.now) is None
