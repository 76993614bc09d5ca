"""A forgotten password: a new one is given before witnesses who sign, and nobody gets into another's account alone."""

from __future__ import annotations

import re

import pytest
from auditing import Page
from recorded import draw_up, sign_by_all

from votingapp.desks.secretariat.staffing import resetting
from votingapp.desks.secretariat.staffing.resetting import NoSuchAccount, Reset, WronglySigned
from votingapp.store import audit, staff
from votingapp.store.staff import Role

OLD = "en lang og god sætning"


@pytest.fixture
def seated(any_store, board, add_staff):
    """A secretary, three of the board and one at a desk."""
    found = board(any_store)
    return found, add_staff(any_store, found.election, "bente", Role.DESK)


@pytest.fixture
def give(any_store, seated):
    """Give a new password as the secretary: `give(official, signer, ...)`."""
    house, _bente = seated

    def act(official, *signers):
        return resetting.reset(any_store, house.secretary, house.election, official.id, signers)

    return act


def _acts(store, election) -> list[str]:
    with store.reading() as connection:
        return [entry.act for entry in audit.entries(connection, election.id)]


def test_a_new_password_has_one_entry_with_everybodys_name(any_store, seated, give):
    """It opens the account and must be changed; the old one opens nothing; the log names who gave it and who signed."""
    house, bente = seated
    outcome = give(bente, house.members[0])
    assert isinstance(outcome, Reset)
    with any_store.reading() as connection:
        assert staff.check_password(connection, "bente", OLD) is None
        opened = staff.check_password(connection, "bente", outcome.password)
        newest = list(audit.entries(connection, house.election.id))[-1]
    assert opened is not None
    assert opened.must_change_password
    assert (newest.act, newest.actor) == ("password_reset", "sekretær")
    assert newest.details == '{"given_at":"koege-2021","login":"bente","signed_by":["anne"]}'
    assert outcome.password not in str(newest)


def test_nobody_gets_into_an_account_alone(any_store, seated, give):
    """Without a signature, with one's own, or with that of the one whose password it is, nothing changes."""
    house, bente = seated
    before = _acts(any_store, house.election)
    assert give(bente) == WronglySigned()
    assert give(bente, house.secretary) == WronglySigned()
    assert give(bente, bente) == WronglySigned()
    assert give(house.secretary, house.members[0]) == NoSuchAccount()
    with any_store.reading() as connection:
        assert staff.check_password(connection, "bente", OLD) is not None
    assert _acts(any_store, house.election) == before


def test_an_account_of_the_board_takes_two_signatures(any_store, seated, give, add_staff):
    """Two different others, one of them of the board; a desk's signature counts for nothing."""
    house, bente = seated
    anne, birk, cilla = house.members
    vera = add_staff(any_store, house.election, "vera", Role.SECRETARIAT)
    wanda = add_staff(any_store, house.election, "wanda", Role.SECRETARIAT)
    for signers in ((birk,), (birk, birk), (birk, anne), (birk, house.secretary), (birk, bente), (vera, wanda)):
        assert give(anne, *signers) == WronglySigned(), signers
    assert isinstance(give(anne, vera, birk), Reset)
    assert isinstance(give(birk, cilla, anne), Reset)


def test_once_the_key_stands_one_who_holds_a_part_of_it_signs(any_store, seated, give, add_staff):
    """A login that the secretariat put on the board afterwards does not sign for one; the part of the key is not lost."""
    house, _bente = seated
    late = add_staff(any_store, house.election, "dagny", Role.BOARD)
    vera = add_staff(any_store, house.election, "vera", Role.SECRETARIAT)
    house.make_key()
    share = house.ceremony().member(house.members[0].id).share
    assert give(house.members[0], vera, late) == WronglySigned()
    outcome = give(house.members[0], house.members[1], late)
    assert isinstance(outcome, Reset)
    assert outcome.account.holds_key
    assert house.ceremony().member(house.members[0].id).share == share


def _appoint(store, election, official, role) -> None:
    store.write(lambda work: staff.appoint(work, "test", election.id, official.id, role))


def _resets(store, election) -> list[str]:
    with store.reading() as connection:
        return [entry.details for entry in audit.entries(connection, election.id) if entry.act == "password_reset"]


def test_a_board_member_of_another_election_is_guarded_here_too(any_store, seated, give, found_election, add_staff):
    """Accounts belong to the house: who is at a desk here and on a board there is given away by one of that board alone."""
    house, bente = seated
    anne, birk, _cilla = house.members
    other = found_election(any_store, "naboby-2021")
    _appoint(any_store, other, bente, Role.BOARD)
    nora = add_staff(any_store, other, "nora", Role.BOARD)
    for signers in ((anne,), (anne, birk), (anne, nora)):
        assert give(bente, *signers) == WronglySigned()
    _appoint(any_store, house.election, nora, Role.SECRETARIAT)
    assert (_resets(any_store, house.election), _resets(any_store, other)) == ([], [])
    assert isinstance(give(bente, anne, nora), Reset)
    entry = '{"given_at":"koege-2021","login":"bente","signed_by":["anne","nora"]}'
    assert (_resets(any_store, house.election), _resets(any_store, other)) == ([entry], [entry])


def test_an_election_of_ones_own_opens_no_account_of_another(any_store, seated, found_election, add_staff):
    """Whoever fills a board with invented logins and appoints a key holder of another election there gets nothing by it."""
    house, _bente = seated
    house.make_key()
    anne, birk, cilla = house.members
    mine = found_election(any_store, "mit-valg")
    stranger = add_staff(any_store, mine, "stranger", Role.SECRETARIAT)
    x1, x2 = (add_staff(any_store, mine, login, Role.BOARD) for login in ("x1", "x2"))
    _appoint(any_store, house.election, x1, Role.BOARD)  # on the board there too, but after the key stood
    _appoint(any_store, mine, anne, Role.OBSERVER)
    _appoint(any_store, mine, anne, Role.BOARD)
    for signers in ((x1, x2), (x1, birk), (birk, cilla)):
        assert resetting.reset(any_store, stranger, mine, anne.id, signers) == WronglySigned()
    assert (_resets(any_store, mine), _resets(any_store, house.election)) == ([], [])
    _appoint(any_store, mine, birk, Role.BOARD)
    outcome = resetting.reset(any_store, stranger, mine, anne.id, (x2, birk))
    assert isinstance(outcome, Reset)
    assert len(_resets(any_store, mine)) == len(_resets(any_store, house.election)) == 1
    with any_store.reading() as connection:
        assert audit.first_broken_link(connection, house.election.id) is None


def test_an_election_that_is_over_asks_for_nobody(store, board, found_election, add_staff):
    """When its record is signed its board needs no key any more, and may have left; its log has the entry all the same."""
    old = board(store)
    old.prepare()
    old.vote((1,), (1,), (2,))
    new = found_election(store, "naeste-valg")
    secretary = add_staff(store, new, "ny-sekretær", Role.SECRETARIAT)
    signers = tuple(add_staff(store, new, login, Role.BOARD) for login in ("dagny", "eva"))
    _appoint(store, new, old.chair, Role.BOARD)
    assert resetting.reset(store, secretary, new, old.chair.id, signers) == WronglySigned()
    old.count()
    draw_up(old)
    assert resetting.reset(store, secretary, new, old.chair.id, signers) == WronglySigned(), (
        "a key signs the record, too"
    )
    sign_by_all(old)
    assert isinstance(resetting.reset(store, secretary, new, old.chair.id, signers), Reset)
    assert len(_resets(store, old.election)) == 1


def test_somebody_of_another_election_alone_is_out_of_reach(any_store, seated, give, found_election, add_staff):
    """A secretary gives passwords to her own election's people."""
    house, _bente = seated
    stranger = add_staff(any_store, found_election(any_store, "naboby-2021"), "stranger", Role.SECRETARIAT)
    assert give(stranger, house.members[0]) == NoSuchAccount()


@pytest.fixture
def secretary(office, sign_in, signing_board):
    """The secretary's browser, and the page for one of the board."""
    return sign_in(office.test_client(), "sekretær")


def _page_for(board, member) -> str:
    return f"/{board.election.slug}/secretariat/staff/{member.id}/password"


def _signed(secretary, page, **signatures: str):
    sent = {"csrf_token": Page(secretary.get(page).text).tokens[0]}
    for place, login in signatures.items():
        sent |= {f"{place}_login": login, f"{place}_password": OLD}
    return secretary.post(page, data=sent)


def test_the_member_goes_on_with_the_code_and_a_password_of_her_own(secretary, office, sign_in, signing_board, store):
    """Her open page is shut, the code opens her account once, and before anything else she chooses her own password."""
    anne = sign_in(office.test_client(), "anne")
    polls = f"/{signing_board.election.slug}/poll"
    assert anne.get(polls).status_code == 200
    page = _page_for(signing_board, signing_board.members[0])
    answer = _signed(secretary, page, second="birk", third="cilla")
    code = re.search(r'<dd class="code">([a-z0-9]{4}(?:-[a-z0-9]{4}){3})</dd>', answer.text).group(1)
    assert code not in secretary.get(page).text
    assert anne.get(polls).location.startswith("/sign-in")
    again = office.test_client()
    assert again.submit("/sign-in", {"login": "anne", "password": code}).location == "/password"
    assert again.get(polls).location == "/password"
    changed = {"new": "endnu en god sætning", "repeated": "endnu en god sætning"}
    assert again.submit("/password", changed).status_code == 302
    assert again.get(polls).status_code == 200


@pytest.mark.parametrize(
    "signatures",
    [
        {},
        {"second": "birk"},
        {"second": "sekretær", "third": "birk"},
        {"second": "birk", "third": "birk"},
        {"second": "nobody", "third": "birk"},
    ],
)
def test_the_page_refuses_what_is_not_signed(secretary, office, signing_board, store, signatures):
    """A missing, own, double or wrong signature is told beside the form, and the old password still opens."""
    page = _page_for(signing_board, signing_board.members[0])
    assert _signed(secretary, page, **signatures).status_code == 422
    with store.reading() as connection:
        assert staff.check_password(connection, "anne", OLD) is not None


def test_the_page_says_that_another_election_must_know_a_signer(secretary, signing_board, store, found_election):
    """It is told before anybody signs, for such an account alone, and again beside what was signed wrongly."""
    said = "Kontoen hører til flere valg"
    page = _page_for(signing_board, signing_board.members[0])
    assert said not in secretary.get(page).text
    _appoint(store, found_election(store, "naboby-2021"), signing_board.members[0], Role.BOARD)
    assert said in secretary.get(page).text
    refused = _signed(secretary, page, second="birk", third="cilla")
    assert (refused.status_code, refused.text.count(said)) == (422, 2)


def test_the_page_leads_nobody_to_her_own_account(secretary, signing_board):
    """The list offers a new password for everybody but whoever is signed in, and her own address is not there."""
    listed = secretary.get(f"/{signing_board.election.slug}/secretariat/staff").text
    own = _page_for(signing_board, signing_board.secretary)
    assert own not in listed
    assert all(_page_for(signing_board, member) in listed for member in signing_board.members)
    assert secretary.get(own).status_code == 404
    assert secretary.get(own.replace(signing_board.secretary.id, "nobody")).status_code == 404


def test_a_key_holder_is_told_that_her_part_is_not_lost(secretary, signing_board):
    """Her part lies on her key card, and no password leads to it or loses it."""
    page = _page_for(signing_board, signing_board.members[0])
    assert "nøglearket" not in secretary.get(page).text
    signing_board.make_key()
    assert "Delen af nøglen er ikke tabt" in secretary.get(page).text


def test_only_the_secretariat_gives_passwords(office, sign_in, signing_board):
    """Not even a member of the board opens the page."""
    anne = sign_in(office.test_client(), "anne")
    assert anne.get(_page_for(signing_board, signing_board.members[1])).status_code == 403
