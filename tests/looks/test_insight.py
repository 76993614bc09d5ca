"""Whoever asks is told everything that is kept about her, and nothing of anybody else; and the asking is noted."""

from __future__ import annotations

import html
import json

import pytest
from identity import add_applicant
from polling import keep_register, person, prepare_poll
from sqlalchemy import update
from standing import DURING, NUMBERS, TOO_YOUNG, stand

from candidates.cpr import parse_cpr
from candidates.identity import Identity
from candidates.nomination import NominationState
from votingapp.desks.checkin import service as checkin
from votingapp.desks.nomination import service as nomination_desk
from votingapp.desks.secretariat.insight import service
from votingapp.desks.secretariat.insight.words import PAGES, ROLES
from votingapp.store import drafts, insight, looks, nominations, proposers
from votingapp.store.filing import Contact, Submission
from votingapp.store.insight import Subject
from votingapp.store.looks import What
from votingapp.store.staff import Role
from votingapp.store.tables.nominations import nomination as nomination_table

PATH = "/koege-2021/secretariat/insight"
NAME, OTHER = "Åse Østergård-Łuczak", "Yıldız Çelik"


@pytest.fixture
def election(store, found_election):
    return found_election(store)


@pytest.fixture
def clerk(store, election, add_staff):
    return add_staff(store, election, "clerk", Role.SECRETARIAT, Role.BOARD, name="Sekretær Ærø")


@pytest.fixture
def desk(client, clerk, sign_in, clock):
    """The secretary's browser, while one can stand."""
    clock.move_to(DURING)
    return sign_in(client, clerk.login)


@pytest.fixture
def ask(desk):
    """What the page says about a person: `ask(cpr=…)` or `ask(email=…)`."""

    def post(**typed: str) -> str:
        answer = desk.submit(PATH, typed)
        assert answer.status_code == 200, answer.text
        return html.unescape(answer.text)

    return post


@pytest.fixture
def fetch(desk):
    """The file about a subject: `fetch(key=…)` or `fetch(nomination_id=…)`, `names="y"` with the officials' names."""

    def post(**fields: str):
        answer = _post(desk, fields)
        assert answer.status_code == 200, answer.text
        return json.loads(answer.data)

    return post


def _post(desk, fields: dict[str, str]):
    token = desk.get(PATH).text.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    return desk.post(f"{PATH}/file", data=fields | {"csrf_token": token})


def key_of(store, election, number: str) -> str:
    return store.vault.hash_cpr(election.id, number)


def looks_at(store, election, number: str) -> list[What]:
    with store.reading() as connection:
        return [one.what for one in looks.of_subject(connection, election.id, key_of(store, election, number))]


def test_a_voter_is_told_her_row_her_attendance_and_who_looked(store, found_election, add_staff, clerk):
    """Her row of the register, her admission and each look at her are gathered, and no nomination is made up."""
    election = found_election(store, slug="other")
    bente = add_staff(store, election, "bente", Role.DESK, name="Bente Bord")
    keep_register(store, election, person("Signe Sørensen", "0101801234"), person("Anden", "0202801357"))
    poll = prepare_poll(store, election)
    (found,) = checkin.look_up_cpr(store, checkin.Desk("Bord 1", bente), poll.election, "0101801234")
    checkin.admit(store, bente, poll.election, found.person.id, "Bord 1", declared=True)
    told = service.tell(store, clerk, poll.election, Subject(key_of(store, election, "0101801234")), What.INSIGHT)
    assert told.kept.resident.name == "Signe Sørensen"
    assert (told.kept.attendance.desk, told.kept.attendance.official) == ("Bord 1", "Bente Bord")
    assert [entry.act for entry in told.kept.entries] == ["admitted"]
    (look,) = told.kept.looks
    assert (look.official, told.roles[look.staff_id]) == ("Bente Bord", frozenset({Role.DESK}))
    assert not told.kept.standings


def test_a_candidate_is_told_what_she_sent_in(store, election, ask, clock):
    """Name, address for letters, text and state stand on the page, the number masked; it says that no vote is kept."""
    clock.move_to(DURING)
    filed = stand(store, election, NAME, statement="Flere møder.\nفارسی")
    page = ask(cpr=NUMBERS[0])
    for said in (NAME, filed.receipt, "x@eksempel.dk", "Flere møder.", "101262-••••", "Om stemmer gemmes intet"):
        assert said in page
    assert NUMBERS[0] not in page
    assert NUMBERS[0][6:] not in page.replace(filed.receipt, "")


def test_nothing_of_another_person_is_told(store, election, ask, clock):
    """Another candidate's name and receipt are not hers to see."""
    clock.move_to(DURING)
    stand(store, election, NAME)
    other = stand(store, election, OTHER, NUMBERS[1])
    page = ask(cpr=NUMBERS[0])
    assert OTHER not in page
    assert other.receipt not in page


def test_asking_is_itself_a_look(store, election, ask, clock):
    """The secretariat cannot search for a person without a trace, and the next answer shows it."""
    clock.move_to(DURING)
    stand(store, election, NAME)
    ask(cpr=NUMBERS[0])
    assert looks_at(store, election, NUMBERS[0]) == [What.INSIGHT]
    assert str(PAGES[What.INSIGHT]) in ask(cpr=NUMBERS[0])


def test_about_a_stranger_there_is_nothing_but_the_search(store, election, ask):
    """A number nobody here has is answered plainly, and the question is noted under it."""
    assert "gemmer intet om denne person" in ask(cpr=TOO_YOUNG)
    assert looks_at(store, election, TOO_YOUNG) == [What.INSIGHT]


@pytest.mark.parametrize(
    "typed", [{}, {"cpr": NUMBERS[0], "email": "a@b.dk"}, {"cpr": "3113801234"}, {"cpr": "6101801234"}]
)
def test_what_names_nobody_is_refused_and_not_shown_again(desk, store, election, typed):
    """One number or one address, and a number that can be one; after a mistake the field is empty again."""
    answer = desk.submit(PATH, typed)
    assert answer.status_code == 422
    assert typed.get("cpr", "no number") not in answer.text
    assert looks_at(store, election, NUMBERS[0]) == []


def test_the_number_is_never_in_an_address(desk):
    """A number in the address would lie in the browser's history and in a proxy's log: asked there, nobody is found."""
    answer = desk.get(f"{PATH}?cpr={NUMBERS[0]}")
    assert "Det gemmes om personen" not in answer.text


def test_a_nomination_leads_to_the_same_answer(store, election, desk, clock):
    """Who stands is found from her nomination, with every nomination of her number."""
    clock.move_to(DURING)
    filed = stand(store, election, NAME)
    page = html.unescape(desk.get(f"/koege-2021/secretariat/nominations/{filed.id}/insight").text)
    assert filed.receipt in page
    assert looks_at(store, election, NUMBERS[0]) == [What.INSIGHT]


@pytest.mark.parametrize("nomination_id", ["00000000-0000-0000-0000-000000000000", "x"])
def test_a_nomination_of_nobody_here_is_not_found(desk, nomination_id):
    """An address that names no nomination of this election answers 404 and notes nothing."""
    assert desk.get(f"/koege-2021/secretariat/nominations/{nomination_id}/insight").status_code == 404


def test_a_nomination_of_another_election_is_not_found(store, desk, found_election, clock):
    """Elections are sealed off from one another."""
    clock.move_to(DURING)
    other = found_election(store, slug="anden")
    filed = stand(store, other, NAME)
    assert desk.get(f"/koege-2021/secretariat/nominations/{filed.id}/insight").status_code == 404


def test_the_file_holds_what_the_page_shows(store, election, fetch, clock, clerk):
    """Everything is in the file, in Danish, with Danish time, and the number masked."""
    clock.move_to(DURING)
    filed = stand(store, election, NAME, statement="Æbler og الجميع")
    service.tell(store, clerk, election, Subject(nomination_id=filed.id), What.INSIGHT)
    clock.advance(seconds=1)
    content = fetch(key=key_of(store, election, NUMBERS[0]))
    (standing,) = content["opstillinger"]
    assert (standing["navn"], standing["kvitteringsnummer"]) == (NAME, filed.receipt)
    assert standing["udgaver"][0]["tekst"] == "Æbler og الجميع"
    assert standing["modtaget"] == "2021-11-10T10:00:00+01:00"
    assert standing["cpr"] == "101262-••••"
    assert content["fremmøde"] == {"mødt_frem": False}
    assert content["folkeregisterudtræk"] is None
    (look,) = content["hvem_har_set_oplysningerne"]
    assert look == {
        "tid": "2021-11-10T10:00:00+01:00",
        "side": str(PAGES[What.INSIGHT]),
        "rolle": sorted(look["rolle"]),
    }
    assert set(look["rolle"]) == {str(ROLES[Role.SECRETARIAT]), str(ROLES[Role.BOARD])}
    assert looks_at(store, election, NUMBERS[0])[-1] is What.INSIGHT_EXPORT


def test_officials_are_named_in_the_file_only_when_asked_for(store, election, fetch, clock, clerk):
    """Role, time and page are always told; a name when the person needs it (C-579/21)."""
    clock.move_to(DURING)
    filed = stand(store, election, NAME)
    service.tell(store, clerk, election, Subject(nomination_id=filed.id), What.INSIGHT)
    unnamed = fetch(nomination_id=filed.id)
    named = fetch(nomination_id=filed.id, names="y")
    assert "medarbejder" not in unnamed["hvem_har_set_oplysningerne"][0]
    assert named["hvem_har_set_oplysningerne"][0]["medarbejder"] == "Sekretær Ærø"


@pytest.mark.parametrize("fields", [{}, {"key": "x"}, {"nomination_id": "' OR 1"}, {"key": "A" * 64}])
def test_a_file_about_nobody_is_refused(desk, fields):
    """What is not one of the house's keys asks about nobody."""
    assert _post(desk, fields).status_code == 400


def test_a_list_counts_for_whoever_stood_by_then(store, election, clerk, clock):
    """The secretariat opened the queue after she came in: that is a look at her, too; before, it is not."""
    clock.move_to(DURING)
    store.write(lambda work: looks.note(work, election.id, clerk.id, What.NOMINATION_LIST))
    clock.advance(minutes=1)
    filed = stand(store, election, NAME)
    store.write(lambda work: looks.note(work, election.id, clerk.id, What.NOMINATION_LIST))
    told = service.tell(store, clerk, election, Subject(nomination_id=filed.id), What.INSIGHT)
    assert [(one.what, one.at) for one in told.kept.looks] == [(What.NOMINATION_LIST, clock.now)]


@pytest.mark.parametrize("role", [Role.BOARD, Role.DESK, Role.OBSERVER])
def test_only_the_secretariat_answers(store, election, client, add_staff, sign_in, role):
    """Board, desk and observers cannot search the whole of a person's data."""
    add_staff(store, election, "anden", role)
    sign_in(client, "anden")
    assert client.get(PATH).status_code == 403


def test_every_page_that_shows_a_person_has_a_word():
    """No look is kept that could not be told in Danish, and no role either."""
    assert set(PAGES) == set(What)
    assert set(ROLES) == set(Role)


@pytest.mark.parametrize(("identity", "warned"), [(Identity.EMAIL, True), (Identity.MITID, False)])
def test_an_unsure_number_is_warned_of(store, election, desk, clock, identity, warned):
    """A number typed by somebody nobody has looked at may be another's: the page says so before anything is handed out."""
    clock.move_to(DURING)
    filed = stand(store, election, NAME)
    with store.engine.begin() as connection:
        connection.execute(update(nomination_table).values(identity=identity.value))
    page = html.unescape(desk.get(f"/koege-2021/secretariat/nominations/{filed.id}/insight").text)
    assert ("CPR-nummeret kan være en andens" in page) is warned


def test_whoever_is_known_by_her_address_alone_is_found_by_it(store, election, ask, fetch):
    """A draft that was never sent is kept too, sealed, and hers to be told; the number in it is made illegible."""
    anna = add_applicant(store, election, email="anna@eksempel.dk")

    def begin(work):
        drafts.keep(work, election.id, anna.id, drafts.Content(name="Anna Ærø", cpr=NUMBERS[0], statement="Ny"), None)
        work.record(election.id, "candidate", "draft_saved")

    store.write(begin)
    page = ask(email="anna@Eksempel.dk")
    assert "anna@eksempel.dk" in page
    assert "gemt" in page
    content = fetch(key=store.vault.hash_email(election.id, "anna@eksempel.dk"))
    draft = content["har_givet_sig_til_kende"][0]["kladde"]
    assert (draft["navn"], draft["tekst"]) == ("Anna Ærø", "Ny")
    assert NUMBERS[0] not in json.dumps(content)


def test_a_number_typed_under_an_address_does_not_open_another_persons_row(store, election, ask):
    """Whoever is known by an address alone may have typed anybody's number: the register's row is not shown to her."""
    keep_register(store, election, person("Den Rigtige", NUMBERS[0]))
    add_applicant(store, election, email="anna@eksempel.dk")
    assert "Den Rigtige" not in ask(email="anna@eksempel.dk")


@pytest.fixture
def typed(store, election, clock):
    """A nomination by mail in which a number was typed that nobody has checked: `typed(number)`."""

    def send(number: str):
        clock.move_to(DURING)
        ulla = add_applicant(store, election, email="ulla@eksempel.dk")
        contact = Contact("ulla@eksempel.dk")
        nomination_desk.send(
            store, election, ulla, Submission("Ulla Ukendt", parse_cpr(number), contact, "Hej", None), "net"
        )
        with store.reading() as connection:
            return nominations.of_applicant(connection, election.id, ulla.id)

    return send


def test_a_nomination_nobody_vouches_for_leads_to_itself_alone(store, election, typed, clock):
    """Whoever types another's number in her nomination and asks to see it takes nothing of the other away."""
    clock.move_to(DURING)
    keep_register(store, election, person("Cilla Hemmelig", NUMBERS[2]))
    hers, ullas = stand(store, election, "Cilla Hemmelig", NUMBERS[2]), typed(NUMBERS[2])
    with store.reading() as connection:
        kept = insight.gather(connection, store.vault, election.id, Subject(nomination_id=ullas.id))
        assert [one.filed.id for one in kept.standings] == [ullas.id]
        assert (kept.resident, kept.claims) == (None, ())
        about_her = Subject(store.vault.hash_cpr(election.id, NUMBERS[2]))
        kept = insight.gather(connection, store.vault, election.id, about_her)
    assert [one.filed.id for one in kept.standings] == [hers.id]
    assert [one.state.value for one in kept.claims] == ["submitted"]


def test_a_number_that_somebody_typed_is_told_without_what_she_wrote(store, election, ask, fetch, typed):
    """A person hears that her number stands in a nomination nobody has checked, and nothing of its sender."""
    ullas = typed(NUMBERS[0])
    page = ask(cpr=NUMBERS[0])
    assert "Nogen har skrevet dette CPR-nummer" in page
    assert not any(word in page for word in (ullas.receipt, "Ulla", "ulla@"))
    content = fetch(key=store.vault.hash_cpr(election.id, NUMBERS[0]))
    assert len(content["opstillinger_med_nummeret_som_ingen_har_kontrolleret"]) == 1
    assert (content["opstillinger"], content["har_givet_sig_til_kende"]) == ([], [])


def test_whom_she_backs_is_told_and_who_backs_her_is_counted(store, election, ask, fetch, clerk, clock):
    """A proposer learns whom she backs; a candidate learns how many back her, for they are other people."""
    clock.move_to(DURING)
    filed = stand(store, election, NAME)
    backer = parse_cpr(NUMBERS[1])

    def enter(work):
        proposers.enter(work, election.id, filed.id, OTHER, backer, clerk.id, None)
        work.record(election.id, clerk.login, "proposer_entered")

    store.write(enter)
    assert NAME in ask(cpr=NUMBERS[1])
    assert OTHER not in ask(cpr=NUMBERS[0])
    content = fetch(key=key_of(store, election, NUMBERS[0]))
    assert content["opstillinger"][0]["stillere_der_har_bekræftet"] == 1
    assert OTHER not in json.dumps(content, ensure_ascii=False)


def test_everything_is_gathered_on_both_databases(any_store, found_election, add_staff, clock):
    """What is found on the laptop is found on PostgreSQL."""
    clock.move_to(DURING)
    election = found_election(any_store)
    keep_register(any_store, election, person("Åse", NUMBERS[0]))
    filed = stand(any_store, election, NAME)
    with any_store.reading() as connection:
        kept = insight.gather(connection, any_store.vault, election.id, Subject(nomination_id=filed.id))
        nobody = insight.gather(connection, any_store.vault, election.id, Subject("0" * 64))
    assert kept.resident.name == "Åse"
    assert [one.filed.state for one in kept.standings] == [NominationState.SUBMITTED]
    assert not kept.is_nothing
    assert nobody.is_nothing
