import pytest
from sqlalchemy import select

from huiyin.people.contracts import (
    LinkExpiredError,
    OutsideIdentity,
    PeopleRuleError,
    Role,
    SignInNotFinishedError,
    TooManyAttemptsError,
    UnknownIdentityError,
    WeakPasswordError,
    WrongCredentialsError,
)
from huiyin.people.first_start import do_prepare_setup, do_setup, setup_needed
from huiyin.people.invitations import (
    InvitationFields,
    do_accept_invitation,
    do_invite,
    do_revoke_invitation,
)
from huiyin.people.sessions import (
    do_close_all_sessions,
    do_close_session,
    do_open_session,
    do_touch_session,
    fetch_session,
    fetch_sessions,
)
from huiyin.people.sign_in import (
    do_begin_at_provider,
    do_begin_attempt,
    do_match_identity,
    do_succeed,
    do_take_state,
    fetch_staff_by_password,
)
from huiyin.people.staff import StaffFields, do_change_staff, do_disable_staff
from huiyin.store.contracts import NotFoundError
from huiyin.store.tables import AuditRow, Identity, Session, SignInAttempt, SignInState, Staff

GOOD = "correct horse battery"


def test_the_first_administrator_comes_by_a_link_that_works_once(house):
    with house.uow() as uow:
        assert setup_needed(uow.session)
        old, secret = do_prepare_setup(uow), do_prepare_setup(uow)
    facts = {"name": "Alice", "email": "Alice@Example.com", "password": GOOD}
    for wrong in (old, "x", ""):
        with pytest.raises(LinkExpiredError), house.uow() as uow:
            do_setup(uow, wrong, **facts)
    with pytest.raises(WeakPasswordError), house.uow() as uow:
        do_setup(uow, secret, **{**facts, "password": "short"})
    with house.uow() as uow:
        staff = do_setup(uow, secret, **facts)
    assert (staff.login, staff.role) == ("alice@example.com", Role.ADMINISTRATOR)
    with pytest.raises(LinkExpiredError), house.uow() as uow:
        do_setup(uow, secret, **facts)
    with house.uow() as uow:
        assert do_prepare_setup(uow) is None


def test_password_sign_in_gives_the_same_answer_whatever_was_wrong(house):
    house.person("bob", password=GOOD)
    shut_out = house.person("charlie", password=GOOD)
    house.person("outside")
    with house.uow() as uow:
        do_disable_staff(uow, shut_out.id, shut_out.revision)
    with house.reading() as session:
        assert fetch_staff_by_password(session, " BOB ", GOOD).login == "bob"
        said = set()
        for login, password in (
            ("bob", "wrong"), ("nobody", GOOD), ("charlie", GOOD), ("outside", ""), ("", ""),
        ):  # fmt: skip
            with pytest.raises(WrongCredentialsError) as fault:
                fetch_staff_by_password(session, login, password)
            said.add(str(fault.value))
    assert len(said) == 1


def test_attempts_count_before_the_password_is_looked_at(house):
    bob = house.person("bob", password=GOOD)
    for _ in range(6):
        with house.uow() as uow:
            attempt = do_begin_attempt(uow, "Bob")
    with pytest.raises(TooManyAttemptsError) as fault, house.uow() as uow:
        do_begin_attempt(uow, "bob")
    assert fault.value.wait_seconds == 2
    house.later(seconds=2)
    with house.uow() as uow:
        attempt = do_begin_attempt(uow, "bob")
        do_succeed(uow, attempt, bob.id, GOOD)
    house.later(seconds=1)
    with house.uow() as uow:
        do_begin_attempt(uow, "bob")


def test_one_address_that_tries_many_logins_has_to_wait(house):
    for n in range(31):
        with house.uow() as uow:
            do_begin_attempt(uow, f"user{n}")
    with pytest.raises(TooManyAttemptsError), house.uow() as uow:
        do_begin_attempt(uow, "fresh")
    with house.uow(address="198.51.100.7") as uow:
        do_begin_attempt(uow, "fresh")


def test_a_session_is_kept_as_a_hash_and_opens_for_its_secret_alone(house):
    bob = house.person("bob", Role.ANALYST)
    with house.uow() as uow:
        secret = do_open_session(uow, bob, "password", "Firefox" * 100)
    with house.reading() as session:
        row = session.scalar(select(Session))
        assert secret not in (row.token_hash, row.csrf)
        assert len(row.agent) == 200
        known = fetch_session(session, secret, house.now, address="203.0.113.9")
        assert known.person.login == "bob"
        assert known.person.session_id == row.id
        assert known.csrf == row.csrf
        assert fetch_session(session, secret + "x", house.now) is None
        said = session.scalar(select(AuditRow).where(AuditRow.action == "sign_in"))
        assert (said.actor, said.actor_id, said.address) == ("bob", bob.id, "203.0.113.9")


def test_a_session_ends_when_idle_and_in_any_case(house):
    bob = house.person("bob")
    with house.uow() as uow:
        secret = do_open_session(uow, bob, "password", None)
    house.later(minutes=719)
    with house.reading() as session:
        known = fetch_session(session, secret, house.now)
    assert known.stale
    with house.uow() as uow:
        do_touch_session(uow, known.person.session_id)
    for _ in range(14 * 24 - 12):
        house.later(hours=1)
        with house.uow() as uow:
            do_touch_session(uow, known.person.session_id)
    with house.reading() as session:
        assert fetch_session(session, secret, house.now) is not None
    house.later(hours=1)
    with house.reading() as session:
        assert fetch_session(session, secret, house.now) is None
    with house.uow() as uow:
        other = do_open_session(uow, bob, "password", None)
    house.later(minutes=720)
    with house.reading() as session:
        assert fetch_session(session, other, house.now) is None


def test_signing_in_again_ends_the_session_that_the_browser_had(house):
    bob = house.person("bob")
    with house.uow() as uow:
        first = do_open_session(uow, bob, "password", None)
        second = do_open_session(uow, bob, "password", None, old=first)
    with house.reading() as session:
        assert fetch_session(session, first, house.now) is None
        assert fetch_session(session, second, house.now) is not None


def test_sessions_are_listed_ended_and_only_ones_own(house):
    bob, eve = house.person("bob"), house.person("eve")
    with house.uow() as uow:
        for staff in (bob, bob, bob, eve):
            do_open_session(uow, staff, "password", None)
    with house.reading() as session:
        mine = fetch_sessions(session, bob.id, house.now)
        hers = fetch_sessions(session, eve.id, house.now)
    assert len(mine) == 3
    with pytest.raises(NotFoundError), house.uow() as uow:
        do_close_session(uow, bob.id, hers[0].id)
    with house.uow() as uow:
        do_close_session(uow, bob.id, mine[0].id)
        assert do_close_all_sessions(uow, bob.id, but=mine[1].id) == 1
    with house.reading() as session:
        assert [s.id for s in fetch_sessions(session, bob.id, house.now)] == [mine[1].id]
        assert len(fetch_sessions(session, eve.id, house.now)) == 1


def test_a_new_role_and_being_shut_out_end_sessions(house):
    house.person("root", Role.ADMINISTRATOR)
    bob = house.person("bob", Role.ANALYST)
    with house.uow() as uow:
        secret = do_open_session(uow, bob, "password", None)
        same = StaffFields("bob", "Bob B.", Role.ANALYST)
        bob = do_change_staff(uow, bob.id, same, bob.revision)
    with house.reading() as session:
        assert fetch_session(session, secret, house.now) is not None
    with house.uow() as uow:
        bob = do_change_staff(uow, bob.id, StaffFields("bob", "Bob", Role.VIEWER), bob.revision)
    with house.reading() as session:
        assert fetch_session(session, secret, house.now) is None
    with house.uow() as uow:
        secret = do_open_session(uow, bob, "password", None)
        do_disable_staff(uow, bob.id, bob.revision)
    with house.reading() as session:
        assert fetch_session(session, secret, house.now) is None


def test_an_invitation_lets_one_person_in_once(house):
    unit = house.unit("华东")
    wanted = InvitationFields(" Bob@Example.com ", "Bob", Role.MANAGER, unit.id)
    with house.uow() as uow:
        row, secret = do_invite(uow, wanted)
    assert secret not in row.token_hash
    with pytest.raises(WeakPasswordError), house.uow() as uow:
        do_accept_invitation(uow, secret, "short")
    with house.uow() as uow:
        staff = do_accept_invitation(uow, secret, GOOD)
    assert (staff.login, staff.role, staff.unit_id) == ("bob@example.com", "manager", unit.id)
    with pytest.raises(LinkExpiredError), house.uow() as uow:
        do_accept_invitation(uow, secret, GOOD)


def test_an_invitation_can_be_voided_and_grows_old(house):
    wanted = InvitationFields("bob@example.com", "Bob", Role.VIEWER)
    with house.uow() as uow:
        row, voided = do_invite(uow, wanted)
        do_revoke_invitation(uow, row.id)
        _, old = do_invite(uow, wanted)
    house.later(days=7)
    for secret in (voided, old, "x"):
        with pytest.raises(LinkExpiredError), house.uow() as uow:
            do_accept_invitation(uow, secret, GOOD)


def test_for_a_known_person_an_invitation_resets_the_password_and_keeps_the_role(house):
    bob = house.person("bob@example.com", Role.ANALYST, password=GOOD)
    with house.uow() as uow:
        session_secret = do_open_session(uow, bob, "password", None)
        wanted = InvitationFields("bob@example.com", "Bob", Role.ADMINISTRATOR)
        _, secret = do_invite(uow, wanted)
        staff = do_accept_invitation(uow, secret, "another fine sentence")
    assert (staff.id, staff.role) == (bob.id, "analyst")
    with house.reading() as session:
        assert fetch_session(session, session_secret, house.now) is None
        assert fetch_staff_by_password(session, "bob@example.com", "another fine sentence")


@pytest.mark.parametrize("email", ["", "x", "a@b", "a b@c.de", '"><script>@x.yz', "a@b.c,d@e.f"])
def test_an_invitation_needs_a_mail_address(one_house, email):
    with pytest.raises(PeopleRuleError), one_house.uow() as uow:
        do_invite(uow, InvitationFields(email, "Bob", Role.VIEWER))


def test_a_sign_in_at_a_provider_comes_back_once_in_time_and_to_its_provider(house):
    with house.uow() as uow:
        state, nonce, verifier = do_begin_at_provider(uow, "oidc", "//evil.example")
        other, _, _ = do_begin_at_provider(uow, "oidc", "/datasets?x=1")
    assert len({state, nonce, verifier, other}) == 4
    with pytest.raises(SignInNotFinishedError), house.uow() as uow:
        do_take_state(uow, "feishu", other)
    with house.uow() as uow:
        row = do_take_state(uow, "oidc", state)
        assert (row.next_path, row.nonce, row.verifier) == ("/", nonce, verifier)
        assert do_take_state(uow, "oidc", other).next_path == "/datasets?x=1"
    with pytest.raises(SignInNotFinishedError), house.uow() as uow:
        do_take_state(uow, "oidc", state)
    with house.uow() as uow:
        late, _, _ = do_begin_at_provider(uow, "oidc", "/")
    house.later(minutes=11)
    with pytest.raises(SignInNotFinishedError), house.uow() as uow:
        do_take_state(uow, "oidc", late)
    with house.uow() as uow:
        do_begin_at_provider(uow, "oidc", "/")
    with house.reading() as session:
        assert len(session.scalars(select(SignInState)).all()) == 1


def test_an_identity_finds_its_person_by_link_key_or_vouched_mail(house):
    bob = house.person("bob", email="bob@example.com")
    keyed = house.person("zhangsan", external_key="ZhangSan")
    with house.uow() as uow:
        by_mail = OutsideIdentity("oidc", "s-1", "Bob", email="Bob@example.com")
        assert do_match_identity(uow, by_mail).id == bob.id
        by_key = OutsideIdentity("wecom", "ZhangSan", "张三", login="ZhangSan")
        assert do_match_identity(uow, by_key).id == keyed.id
        moved = OutsideIdentity("oidc", "s-1", "Bob", email="other@example.com")
        assert do_match_identity(uow, moved).id == bob.id
    with house.reading() as session:
        assert len(session.scalars(select(Identity)).all()) == 2
    with pytest.raises(UnknownIdentityError), house.uow() as uow:
        do_match_identity(uow, OutsideIdentity("oidc", "s-2", "Eve"))
    with pytest.raises(UnknownIdentityError), house.uow() as uow:
        do_match_identity(uow, OutsideIdentity("feishu", "s-1", "Eve", email=""))


def test_a_mail_address_of_two_people_is_nobodys(house):
    house.person("a1", email="same@example.com")
    house.person("b1", email="same@example.com")
    with pytest.raises(UnknownIdentityError), house.uow() as uow:
        do_match_identity(uow, OutsideIdentity("oidc", "s", "X", email="same@example.com"))


def test_a_shut_out_person_does_not_come_in_through_a_provider(house):
    bob = house.person("bob", email="bob@example.com")
    with house.uow() as uow:
        do_disable_staff(uow, bob.id, bob.revision)
    identity = OutsideIdentity("oidc", "s", "Bob", email="bob@example.com")
    with pytest.raises(UnknownIdentityError), house.uow() as uow:
        do_match_identity(uow, identity, create_as=Role.VIEWER)


def test_a_newcomer_is_made_only_where_that_is_switched_on(house):
    identity = OutsideIdentity("wecom", "LiSi", "李四", login="LiSi")
    with house.uow() as uow:
        staff = do_match_identity(uow, identity, create_as=Role.VIEWER)
    assert (staff.login, staff.name, staff.role, staff.source) == (
        "lisi",
        "李四",
        "viewer",
        "wecom",
    )
    with house.uow() as uow:
        assert do_match_identity(uow, identity).id == staff.id
    with house.reading() as session:
        assert len(session.scalars(select(Staff)).all()) == 1


def test_old_attempts_and_sessions_are_forgotten(house):
    bob = house.person("bob")
    with house.uow() as uow:
        do_begin_attempt(uow, "bob")
        do_open_session(uow, bob, "password", None)
    house.later(days=45)
    with house.uow() as uow:
        do_begin_attempt(uow, "eve")
        do_open_session(uow, bob, "password", None)
    with house.reading() as session:
        assert [row.login for row in session.scalars(select(SignInAttempt))] == ["eve"]
        assert len(session.scalars(select(Session)).all()) == 1
