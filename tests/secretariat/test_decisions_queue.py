"""The queue says what each nomination needs, stays usable with a hundred of them, and leaves as a file without secrets."""

import csv
import io

import pytest
from casework import LIST, RESIDENTS, file, mend
from sqlalchemy import event
from standing import DURING, NUMBERS, TOO_YOUNG, import_extract

from candidates.identity import Identity
from votingapp.desks.secretariat.decisions import service
from votingapp.desks.secretariat.decisions.files import case_list
from votingapp.desks.secretariat.decisions.queue import Asked, Need, queue
from votingapp.store.filing import Contact
from votingapp.store.staff import Role

MANY = 100


@pytest.fixture
def residents(store, clerk, election, clock):
    """An extract in force, while one can stand."""
    clock.move_to(DURING)
    import_extract(store, clerk, election, *RESIDENTS)


def many(store, election, number: int):
    """As many candidates as asked for, none of whom is called like another, each with a number of her own."""
    sounds = ["Ba", "Ci", "Do", "Fu", "Ge", "Hy", "Jæ", "Kø", "Lå", "Mi"]
    for place in range(number):
        name = f"{sounds[place // 10] * 4} {sounds[place % 10] * 5}"
        file(store, election, name, f"0101{60 + place % 30:02d}{1000 + place:04d}")


def statements_of(store, act) -> int:
    """How many statements a piece of work sends to the database."""
    sent = []

    def count(*_):
        sent.append(1)

    event.listen(store.engine, "before_cursor_execute", count)
    try:
        act()
    finally:
        event.remove(store.engine, "before_cursor_execute", count)
    return len(sent)


def test_each_nomination_stands_under_what_it_needs(store, clerk, election, residents, clock):
    """Identity, open rules and none, sent back, mended and overdue: each in one group, and the counts agree."""
    unseen = file(store, election, "Anna Ravn", NUMBERS[0], identity=Identity.EMAIL)
    elsewhere = file(store, election, "Bo Borte", NUMBERS[1])
    clock.advance(seconds=1)
    young = file(store, election, "Dan Ung", TOO_YOUNG)
    ready = file(store, election, "Cilla Hemmelig", NUMBERS[2])
    sent_back = file(store, election, "Eva Dam", NUMBERS[3])
    service.send_back(store, clerk, election, sent_back.id, "Tekst mangler.")
    found = queue(store, clerk, election, Asked())
    by_need = {need: [one.filed.id for one in listed] for need, listed in found.groups}
    assert by_need == {
        Need.OVERDUE: [],
        Need.MENDED: [],
        Need.IDENTITY: [unseen.id],
        Need.OPEN: [elsewhere.id, young.id],
        Need.READY: [ready.id],
        Need.RETURNED: [sent_back.id],
    }
    assert (found.counts["open"], found.counts["returned"], found.counts["submitted"]) == (2, 1, 4)
    clock.move_to(election.rules.nomination.cure_until)
    mend(store, election, sent_back, number=NUMBERS[3])
    assert queue(store, clerk, election, Asked()).counts["mended"] == 1


def test_alike_names_and_twins_are_named(desk, store, election, residents):
    """Names that still need a line, and persons who sent in twice, are listed by name whatever else they need."""
    file(store, election, "Mohammed Ahmed", NUMBERS[0])
    file(store, election, "Mohamed Ahmed", NUMBERS[2])
    file(store, election, "Zia Dam", NUMBERS[1])
    file(store, election, "Zia Nytnavn", NUMBERS[1])
    page = desk.get(LIST).text
    assert "Navne, der ligner hinanden, uden tilføjelse (2)" in page
    assert "Sendt flere gange af samme person (2)" in page
    assert "Stemmesedlen kan ikke låses" in page


def test_the_list_is_narrowed_by_words_and_state_in_the_address(desk, store, election, residents, clerk):
    """A part of a name, a receipt number or a state in the address narrows the list; the counts stay whole."""
    one = file(store, election, "Åse Østergård", NUMBERS[0])
    two = file(store, election, "Cilla Hemmelig", NUMBERS[2])
    service.accept(store, clerk, election, two.id, "")
    for query, there, gone in [
        ("?words=aase+oester", one, two),
        (f"?words={two.receipt[:5].lower()}", two, one),
        ("?only=accepted", two, one),
        ("?only=ready", one, two),
    ]:
        page = desk.get(LIST + query).text
        assert there.name in page, query
        assert gone.name not in page, query
        assert "alle regler er opfyldt</a>: 1" in page
    for wrong in (f"?words={NUMBERS[0]}", "?only=nonsense"):
        answer = desk.get(LIST + wrong, follow_redirects=True)
        assert "aldrig et CPR-nummer" in answer.text
        assert NUMBERS[0] not in answer.text


def test_a_hundred_nominations_stay_a_matter_of_a_few_statements_each(store, clerk, election, residents):
    """The work for the queue grows with the nominations and not with their pairs."""
    many(store, election, 10)
    few = statements_of(store, lambda: queue(store, clerk, election, Asked()))
    many(store, election, MANY)
    lots = statements_of(store, lambda: queue(store, clerk, election, Asked()))
    assert lots - few <= 4 * MANY


def test_the_page_of_a_hundred_opens(desk, store, election, residents):
    """A hundred nominations are all on the page, each with her link."""
    many(store, election, MANY)
    page = desk.get(LIST).text
    assert page.count("/secretariat/nominations/") >= MANY


def test_the_case_list_holds_no_secrets_and_runs_no_formula(store, clerk, election, residents):
    """Receipt, name, state and times; no number and no contact; a name that begins like a formula is text."""
    contact = Contact("hemmelig@eksempel.dk", "+45 12345678", "Ærøvej 1")
    file(store, election, "=HYPERLINK(A1) Ærø", NUMBERS[0], contact=contact)
    service.accept(store, clerk, election, file(store, election, "Cilla Hemmelig", NUMBERS[2]).id, "")
    content = case_list(store, clerk, election).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert rows[0] == ["kvitteringsnummer", "navn", "tilføjelse", "tilstand", "modtaget", "ændret", "afgjort"]
    assert {row[1] for row in rows[1:]} == {"'=HYPERLINK(A1) Ærø", "Cilla Hemmelig"}
    assert {row[3] for row in rows[1:]} == {"venter på afgørelse", "godkendt"}
    for secret in (NUMBERS[0], "101262", "hemmelig@", "12345678", "Ærøvej"):
        assert secret not in content


def test_only_the_secretariat_sees_any_of_it(store, election, add_staff, office, sign_in, residents, clerk):
    """Board, desk, observer and strangers open neither the list, a nomination, a letter, the file nor the paper route."""
    filed = file(store, election)
    service.accept(store, clerk, election, filed.id, "")
    pages = [LIST, f"{LIST}/{filed.id}", f"{LIST}.csv", f"{LIST}/{filed.id}/paper", "/koege-2021/secretariat/paper"]
    for role in (Role.BOARD, Role.DESK, Role.OBSERVER):
        add_staff(store, election, role.value, role)
        browser = sign_in(office.test_client(), role.value)
        assert [browser.get(page).status_code for page in pages] == [403] * len(pages)
    stranger = office.test_client()
    assert [stranger.get(page).status_code for page in pages] == [302] * len(pages)


def test_the_freeze_is_held_back_by_names_without_a_line(
    store, clerk, election, residents, clock, add_staff, office, sign_in
):
    """The board's page counts the pairs that need a line, and the queue names them."""
    for name, number in (("Mohammed Ahmed", NUMBERS[0]), ("Mohamed Ahmed", NUMBERS[2])):
        service.accept(store, clerk, election, file(store, election, name, number).id, "")
    clock.move_to(election.rules.nomination.cure_until.replace(hour=12))
    add_staff(store, election, "formand", Role.BOARD)
    page = sign_in(office.test_client(), "formand").get("/koege-2021/poll").text
    assert "par kandidater hedder næsten det samme" in page
    alike = queue(store, clerk, election, Asked()).alike
    assert {one.filed.name for one in alike} == {"Mohammed Ahmed", "Mohamed Ahmed"}
