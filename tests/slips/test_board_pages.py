"""The board's pages: printing, stacks, counts and the account, which tells every difference and no ballot before the close."""

from __future__ import annotations

import pypdfium2
import pytest
from auditing import Page
from joined import join_device
from polling import prepare_poll
from sqlalchemy import select, update

from votingapp.desks.booth.service import cast
from votingapp.store import elections
from votingapp.store.devices import Kind
from votingapp.store.elections import urn_of
from votingapp.store.staff import Role
from votingapp.store.tables.elections import election as election_table
from votingapp.store.tables.ledger import movement
from votingapp.store.tables.urn import public_credential

PASSWORD = "en lang og god sætning"
SIGNED = {"second_login": "bente", "second_password": PASSWORD}


def stack(place: int, box: str, number: str, **signed: str) -> dict[str, str]:
    """The fields of one row of the page on which desks get their stacks; nobody signs unless it is said who."""
    return {f"stacks-{place}-{name}": text for name, text in ({"box": box, "number": number} | signed).items()}


def given(number: str, *, box: str = "Bord 1", kind: str = "to_desk") -> dict[str, str]:
    """The whole form: one desk's stack, signed."""
    return {"kind": kind} | stack(0, box, number, **SIGNED)


@pytest.fixture
def address(poll) -> str:
    return f"/{poll.election.slug}/slips"


@pytest.fixture
def fill(board_page, address):
    """Open a page and send its form: `fill("supply", number="3", ...)`; `to` where the form goes elsewhere."""

    def send(page: str, to: str | None = None, **fields: str):
        text = board_page.get(f"{address}/{page}").text
        once = {}
        if 'name="once"' in text:
            once = {"once": text.split('name="once" type="hidden" value="', 1)[1].split('"', 1)[0]}
        data = {"csrf_token": Page(text).tokens[-1]} | once | fields
        return board_page.post(f"{address}/{to or page}", data=data, follow_redirects=True)

    return send


def lines(store):
    with store.reading() as connection:
        rows = connection.execute(select(movement).order_by(movement.c.serial))
        return [(row.kind, row.desk, row.number) for row in rows]


@pytest.fixture
def preparing(client, store, found_election, add_staff, sign_in):
    """A member of the board before the freeze, and the address of the slips."""
    election = found_election(store)
    add_staff(store, election, "formand", Role.BOARD)
    return sign_in(client, "formand"), f"/{election.slug}/slips"


def test_slips_come_as_a_file_that_nothing_keeps(preparing):
    """The PDF is the answer itself, to be saved or printed by the browser and stored by nobody on the way."""
    browser, address = preparing
    token = Page(browser.get(address).text).tokens[-1]
    answer = browser.post(f"{address}/print", data={"number": "9", "csrf_token": token})
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    document = pypdfium2.PdfDocument(answer.data)
    assert len(document) == 2
    document.close()
    assert "9 stemmesedler er printet." in browser.get(address).text


@pytest.mark.parametrize("number", ["", "0", "-3", "1001", "ti", "1e2"])
def test_a_number_that_is_none_prints_nothing(preparing, number):
    """Bad input is told in the form, and no slip comes into being."""
    browser, address = preparing
    token = Page(browser.get(address).text).tokens[-1]
    answer = browser.post(f"{address}/print", data={"number": number, "csrf_token": token})
    assert answer.status_code == 422
    assert "Intet er gemt" in answer.text
    assert "0 stemmesedler er printet." in browser.get(address).text


def test_the_page_says_how_to_fold_and_shuffle(preparing):
    """Whoever prints reads on the same page how the codes are hidden and the order is lost."""
    browser, address = preparing
    text = browser.get(address).text
    assert "Fold først det venstre felt ind over midten" in text
    assert "Bland sedlerne" in text


def test_after_the_freeze_nothing_is_printed(board_page, address):
    """The form is gone, and who sends it all the same is told why."""
    text = board_page.get(address).text
    assert "Der kan ikke printes flere" in text
    assert 'name="number"' not in text
    answer = board_page.post(f"{address}/print", data={"number": "1", "csrf_token": Page(text).tokens[0]})
    assert answer.status_code == 409


def test_a_stack_is_signed_by_both_sides(store, fill):
    """The desk's official signs in the same form; without her nothing is written."""
    for wrong in (SIGNED | {"second_password": "forkert"}, SIGNED | {"second_login": ""}, {}):
        assert fill("supply", kind="to_desk", **stack(0, "Bord 1", "3", **wrong)).status_code == 422
    own = fill("supply", kind="to_desk", **stack(0, "Bord 1", "3", second_login="formand", second_password=PASSWORD))
    assert "Det skal være en anden end dig" in own.text
    assert not lines(store)
    done = fill("supply", **given("3"))
    assert "Det er skrevet i regnskabet." in done.text
    assert lines(store) == [("to_desk", "Bord 1", 3)]


@pytest.fixture
def desk_2(store, poll) -> None:
    """A second desk."""
    join_device(store, poll.election, Kind.DESK, "Bord 2")


def test_all_desks_get_their_stacks_on_one_page(store, fill, board_page, address, desk_2):
    """Whoever is left empty gets nothing, and is not asked why."""
    text = board_page.get(f"{address}/supply").text
    assert [name in text for name in ("<bdi>Bord 1</bdi>", "<bdi>Bord 2</bdi>")] == [True, True]
    both = {"kind": "to_desk"} | stack(0, "Bord 1", "3", **SIGNED) | stack(1, "Bord 2", "4", **SIGNED)
    assert "Det er skrevet i regnskabet." in fill("supply", **both).text
    one = {"kind": "from_desk"} | stack(0, "Bord 1", " ", second_login="", second_password="") | stack(1, "Bord 2", "1")
    signed = one | stack(1, "Bord 2", "1", **SIGNED)
    assert fill("supply", **one).status_code == 422
    assert "Det er skrevet i regnskabet." in fill("supply", **signed).text
    assert lines(store) == [("to_desk", "Bord 1", 3), ("to_desk", "Bord 2", 4), ("from_desk", "Bord 2", 1)]


def test_what_one_desk_signed_stands_though_another_erred(store, board_page, fill, desk_2):
    """The answer says what is written and asks only for the rest; sent again, it is not written twice."""
    both = {"kind": "to_desk"} | stack(0, "Bord 1", "3", **SIGNED) | stack(1, "Bord 2", "4", **SIGNED)
    answer = fill("supply", **both | {"stacks-1-second_password": "forkert"})
    assert answer.status_code == 422
    assert "<li><bdi>Bord 1</bdi>: 3</li>" in answer.text
    assert "<legend><bdi>Bord 1</bdi></legend>" not in answer.text
    assert "Brugernavn og adgangskode passer ikke sammen" in answer.text
    assert 'value="4"' in answer.text
    assert "forkert" not in answer.text.replace("er forkert.", "")
    assert lines(store) == [("to_desk", "Bord 1", 3)]
    once = answer.text.split('name="once" type="hidden" value="', 1)[1].split('"', 1)[0]
    assert "Det er skrevet i regnskabet." in fill("supply", **both, once=once).text
    assert lines(store) == [("to_desk", "Bord 1", 3), ("to_desk", "Bord 2", 4)]


@pytest.mark.parametrize(
    "change",
    [
        {"stacks-0-box": "Bord 9"},
        {"stacks-0-box": ""},
        stack(1, "Bord 1", "3", **SIGNED),
        {"kind": "void"},
        {"stacks-0-number": "0"},
        {"stacks-0-number": "-1"},
        {"stacks-0-number": "x"},
        {"stacks-0-number": ""},
        {"stacks-0-number": "", "stacks-0-second_login": "", "stacks-0-second_password": ""},
        {"once": "1"},
    ],
)
def test_a_stack_to_nowhere_is_refused(store, fill, change):
    """A desk that is not there or is there twice, another kind of movement and no number are told; nothing is written."""
    answer = fill("supply", **given("3") | change)
    assert answer.status_code == 422
    assert 'class="errors"' in answer.text
    assert not lines(store)


def test_more_than_there_is_cannot_be_handed_out(store, fill):
    """A slip of the finger is told with the figure of the account."""
    answer = fill("supply", **given("80"))
    assert answer.status_code == 422
    assert "ligger der kun 8 sedler" in answer.text
    assert not lines(store)


def test_a_readable_slip_is_made_void(store, poll, fill, sent):
    """Scanned, it leaves the board's box and the poll; a second time it is told to be void."""
    form = {"box": "", "reason": "Revet midt over"} | sent(poll, poll.slips[0])
    assert "Det er skrevet i regnskabet." in fill("void", **form).text
    again = fill("void", **form)
    assert again.status_code == 409
    assert "ugyldig i forvejen" in again.text
    with store.reading() as connection:
        void = connection.execute(select(public_credential.c.credential).where(public_credential.c.void)).scalars()
        assert list(void) == [poll.public(poll.slips[0])]
    assert lines(store) == [("void", "", 1)]


def test_unreadable_slips_are_made_void_by_two(store, fill):
    """Three misprints are out of the account once a second official has signed."""
    form = {"box": "", "number": "3", "reason": "Printeren spiste arket"}
    assert fill("void", "void/unread", **form).status_code == 422
    assert "Det er skrevet i regnskabet." in fill("void", "void/unread", **form, **SIGNED).text
    assert lines(store) == [("void", "", 3)]


def test_a_difference_stands_on_the_page_until_it_is_explained(store, poll, fill, board_page, address):
    """The account names the box and both figures, takes an explanation from two, and shows it with their names."""
    fill("supply", **given("3"))
    assert (
        "Regnskabet går op" not in board_page.get(f"{address}/account").text
    )  # slips are with nobody who was admitted
    fill("count", box="Bord 1", number="2", spoiled="0", **SIGNED)
    text = board_page.get(f"{address}/account").text
    assert "Bord 1: Der skulle ligge 3 sedler, men der er talt 2." in text
    assert "2 forskelle er ikke forklaret" in text
    assert "2 forskelle, der ikke er forklaret" in board_page.get(address).text
    which = {"code": "desk_not_as_counted", "desk": "Bord 1", "expected": "3", "found": "2"}
    unsigned = fill("account", "account/explain", **which, text="Væk")
    assert unsigned.status_code == 422
    assert '<details class="spoken" open>' in unsigned.text
    signed = fill("account", "account/explain", **which, text="Faldt bag en radiator.", **SIGNED)
    assert "kommer med i valgprotokollen" in signed.text
    assert "1 forskel er ikke forklaret" in signed.text
    assert "Faldt bag en radiator." in signed.text
    assert "Formand og Bente" in signed.text
    late = fill("account", "account/explain", **which, text="Ligger i kassen.", **SIGNED)
    assert (late.status_code, "Jeres forklaring er ikke gemt." in late.text) == (409, True)


def test_nobody_alone_counts_a_difference_away(store, fill, board_page, address):
    """A recount that comes out ends a difference without a word, so that it is signed by two like every other line."""
    fill("supply", **given("3"))
    fill("count", box="Bord 1", number="2", spoiled="0", **SIGNED)
    for alone in ({}, SIGNED | {"second_login": "formand"}, SIGNED | {"second_password": "gæt"}):
        assert fill("count", box="Bord 1", number="3", spoiled="0", **alone).status_code == 422
    assert lines(store)[-2:] == [("counted", "Bord 1", 2), ("spoiled", "Bord 1", 0)]
    assert "Bord 1: Der skulle ligge 3 sedler" in board_page.get(f"{address}/account").text
    assert "Det er skrevet i regnskabet." in fill("count", box="Bord 1", number="3", spoiled="0", **SIGNED).text
    assert "Bord 1: Der skulle ligge 3 sedler" not in board_page.get(f"{address}/account").text


def test_the_envelope_is_counted_with_the_box(store, board_page, address, fill):
    """Without its figure nothing is kept; one too many in it is told with the box's name, in a column of its own."""
    missing = fill("count", box="Bord 1", number="0", **SIGNED)
    assert missing.status_code == 422
    assert not lines(store)
    fill("count", box="Bord 1", number="0", spoiled="1", **SIGNED)
    text = board_page.get(f"{address}/account").text
    assert "Bord 1: Der skulle ligge 0 sedler i kuverten til ugyldige sedler, men der er talt 1." in text
    assert "1 af 0" in text


@pytest.mark.parametrize(
    "change", [{"expected": "4"}, {"found": "1"}, {"desk": "Bord 2"}, {"code": "left_over_not_as_counted"}]
)
def test_a_difference_that_is_not_there_cannot_be_explained(fill, change):
    """A stale page, or one that was tampered with, is told that the figures are other ones."""
    fill("count", box="Bord 1", number="2", spoiled="0", **SIGNED)
    which = {"code": "desk_not_as_counted", "desk": "Bord 1", "expected": "0", "found": "2"} | change
    answer = fill("account", "account/explain", **which, text="Ved vi ikke", **SIGNED)
    assert answer.status_code == 409
    assert "Regnskabet har andre tal nu" in answer.text


@pytest.mark.parametrize("bad", [{"code": "x"}, {"expected": "1e9"}, {"found": "-1"}, {"text": ""}, {"expected": ""}])
def test_a_form_that_names_no_difference_is_refused(fill, bad):
    """Whatever is in the hidden fields, the page answers with itself."""
    which = {"code": "desk_not_as_counted", "desk": "Bord 1", "expected": "0", "found": "2", "text": "x"}
    assert fill("account", "account/explain", **which | bad, **SIGNED).status_code == 422


def test_no_ballot_is_on_the_page_before_the_close(store, poll, board_page, address):
    """Promise 6: the account page says the number of ballots only when the poll is closed."""
    cast(store, poll.election, poll.seal(poll.slips[0]))
    assert "Stemmer i urnen</th>" not in board_page.get(f"{address}/account").text

    def close(work):
        work.connection.execute(update(election_table).values(closed_at=work.now))
        work.record(poll.election.id, "test", "closed")

    store.write(close)
    text = board_page.get(f"{address}/account").text
    assert '<th scope="row">Stemmer i urnen</th><td class="number">1</td>' in text
    assert '<th scope="row">Gået uden at stemme</th><td class="number">4</td>' in text


def test_paper_ballots_have_pages_of_their_own(board_page, address, fill):
    """The same forms serve the paper ballots, and say so."""
    for page in ("account/ballot", "supply/ballot", "count/ballot", "void/unread/ballot"):
        answer = board_page.get(f"{address}/{page}")
        assert answer.status_code == 200
        assert "apirstemmesedler" in answer.text
    assert "Det er skrevet i regnskabet." in fill("count/ballot", box="", number="0", spoiled="0", **SIGNED).text


@pytest.mark.parametrize("page", ["", "/account", "/supply", "/count", "/void", "/void/unread/ballot"])
@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.DESK, Role.OBSERVER])
def test_the_account_is_the_boards(client, store, poll, add_staff, sign_in, address, page, role):
    """Nobody else sees how many have come, or moves a slip."""
    add_staff(store, poll.election, "anden", role)
    sign_in(client, "anden")
    assert client.get(f"{address}{page}").status_code == 403


def test_the_account_of_another_election_is_closed(board_page, store, found_election):
    """A member of one board is a stranger at the next election."""
    other = prepare_poll(store, found_election(store, slug="et-andet"), slips=1)
    assert board_page.get(f"/{other.election.slug}/slips/account").status_code == 403
    with store.reading() as connection:
        assert urn_of(connection, elections.by_id(connection, other.election.id).urn_uuid).slips_printed == 1
