"""The overview follows the database, the log holds its chain, and each page opens only to those it is for."""

import re

import pytest
from board import AFTER_NOMINATIONS, seat_board
from sqlalchemy import text
from standing import import_extract

from votingapp.store.staff import Role

PAGES = (
    "/koege-2021/secretariat",
    "/koege-2021/secretariat/rules",
    "/koege-2021/secretariat/staff",
    "/koege-2021/secretariat/register",
    "/koege-2021/secretariat/register/draft",
    "/koege-2021/secretariat/nominations",
    "/koege-2021/secretariat/nominations/none",
)
POSTS = (
    "/koege-2021/secretariat/staff/hire",
    "/koege-2021/secretariat/staff/appoint",
    "/koege-2021/secretariat/register",
    "/koege-2021/secretariat/register/take-over",
    "/koege-2021/secretariat/register/drop",
    "/koege-2021/secretariat/nominations/none/accept",
    "/koege-2021/secretariat/nominations/none/refuse",
    "/koege-2021/secretariat/nominations/none/withdraw",
    "/koege-2021/secretariat/nominations/none/line",
)


def states(browser) -> str:
    """The states of the thirteen steps, one letter each: done, now, later."""
    page = browser.get("/koege-2021/secretariat").text.split('<ol class="steps">')[1]
    return "".join(found[0] for found in re.findall(r'<li class="(done|now|later)"', page))


def test_the_steps_follow_what_has_been_done(client, store, found_election, add_staff, sign_in):
    """From founding to the result each step turns done when the database shows it, and the next becomes now."""
    board = seat_board(store, found_election(store), add_staff)
    browser = sign_in(client, board.secretary.login)
    assert states(browser) == "dnnnnllllllll"
    import_extract(store, board.secretary, board.election, "1012620001;Åse;0259;nej")
    board.nominate("Aase Æbelø", "Bo Østergård", "Çelik Ağa")
    assert states(browser) == "ddnnnllllllll"
    board.make_key()
    board.keep_slips(3)
    assert states(browser) == "ddnddllllllll"
    store.clock.move_to(AFTER_NOMINATIONS)
    sign_in(browser, board.secretary.login)
    assert states(browser) == "dddddnlllllll"
    board.freeze()
    assert states(browser) == "ddddddnllllll"
    board.open()
    assert states(browser) == "dddddddnlllll"
    board.issue_slips(1)
    board.cast(board.slips[0], 1)
    board.close()
    assert states(browser) == "ddddddddnlnll"
    board.seal()
    board.count()
    assert states(browser)[:9] == "ddddddddd"


def test_the_log_shows_every_act_and_that_the_chain_holds(desk, store, election, clerk):
    """Each entry stands with its actor and act, newest first, below the verdict on the chain."""
    import_extract(store, clerk, election, "1012620001;Åse;0259;nej")
    page = desk.get("/koege-2021/log").text
    assert "Kæden er hel" in page
    assert page.index("register_imported") < page.index("register_draft_kept") < page.index("election_founded")


def test_a_changed_log_is_found_out(desk, store, election):
    """An entry that somebody changes behind the house's back breaks the chain at its place, and the page says where."""
    with store.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_entry_no_update"))
        connection.execute(
            text("UPDATE audit_entry SET actor = 'en anden' WHERE chain = :chain AND serial = 2"),
            {"chain": election.id},
        )
    assert "brudt ved linje 2" in desk.get("/koege-2021/log").text


def test_a_long_log_is_read_in_pages(desk, store, election):
    """A hundred entries stand on a page, the oldest on the last, and any number asked for leads to a page that exists."""
    for _ in range(100):
        store.write(lambda work: work.record(election.id, "test", "noted"))
    assert "side 1 af 2" in desk.get("/koege-2021/log").text
    assert "election_founded" not in desk.get("/koege-2021/log").text
    for number in ("2", "99"):
        assert "election_founded" in desk.get(f"/koege-2021/log?page={number}").text
    for number in ("-1", "x", ""):
        assert "side 1 af 2" in desk.get(f"/koege-2021/log?page={number}").text


@pytest.mark.parametrize("role", [Role.BOARD, Role.DESK, Role.OBSERVER])
def test_only_the_secretariat_works_here(client, store, election, add_staff, sign_in, role):
    """Board, desk and observer open none of the secretariat's pages and send none of its forms."""
    add_staff(store, election, "anden", role)
    browser = sign_in(client, "anden")
    assert {browser.get(page).status_code for page in PAGES} == {403}
    token = browser.get("/").text.split('name="csrf_token" value="')[1].split('"')[0]
    assert {browser.post(path, data={"csrf_token": token}).status_code for path in POSTS} == {403}


@pytest.mark.parametrize(
    ("role", "status"), [(Role.SECRETARIAT, 200), (Role.BOARD, 200), (Role.OBSERVER, 200), (Role.DESK, 403)]
)
def test_the_log_is_for_those_who_watch(client, store, election, add_staff, sign_in, role, status):
    """Secretariat, board and observer read the log; the desk does not."""
    add_staff(store, election, "anden", role)
    assert sign_in(client, "anden").get("/koege-2021/log").status_code == status


def test_a_stranger_is_sent_to_the_sign_in(client, election):
    """Without signing in every page of the secretariat leads to the door."""
    for page in (*PAGES, "/koege-2021/log", "/new-election"):
        assert client.get(page).location.startswith("/sign-in")


def test_a_secretary_is_nobody_at_another_election(desk, found_election, store):
    """The secretary of one election opens no page of another's secretariat."""
    found_election(store, "naboby-2021")
    for page in (*PAGES, "/koege-2021/log"):
        assert desk.get(page.replace("koege-2021", "naboby-2021")).status_code == 403


def test_every_page_of_the_secretariat_opens(desk, election):
    """Each page opens on an election at its very beginning, in both languages."""
    for page in PAGES[:4] + PAGES[5:6]:
        for language in ("da", "en"):
            assert desk.get(page, headers={"Accept-Language": language}).status_code == 200


def test_a_form_without_its_token_is_refused(desk, election):
    """No form of the secretariat is taken without the token of the page it belongs to."""
    assert {desk.post(path, data={}).status_code for path in POSTS} == {400}


def test_while_people_vote_the_log_is_the_boards(office, sign_in, signing_board):
    """An entry for each admission tells the turnout: the secretariat reads the log before and after, the board always."""
    signing_board.prepare()
    signing_board.freeze()
    log = f"/{signing_board.election.slug}/log"
    secretary, chair = sign_in(office.test_client(), "sekretær"), sign_in(office.test_client(), "anne")
    assert "poll_frozen" in secretary.get(log).text
    signing_board.open()
    assert "poll_opened" not in secretary.get(log).text
    assert "poll_opened" in chair.get(log).text
    signing_board.close()
    assert "poll_closed" in secretary.get(log).text
