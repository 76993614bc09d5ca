"""The line on the ballot tells two candidates apart, is told to her who gets it, and is never decided past."""

import pytest
from casework import LIST, RESIDENTS, again, file, freeze
from sqlalchemy import select
from standing import DURING, NUMBERS, import_extract

from candidates.cpr import parse_cpr
from candidates.identity import Identity
from candidates.nomination import NominationObstacle
from votingapp.desks.secretariat.decisions import service
from votingapp.desks.secretariat.decisions.examining import letter
from votingapp.documents.letters import plain_text
from votingapp.store import audit, nominations, notices, proposers
from votingapp.store.notices import NoticeKind
from votingapp.store.tables.audit import audit_entry, audit_words


@pytest.fixture
def filed(store, clerk, election, clock):
    """A nomination of a resident."""
    clock.move_to(DURING)
    import_extract(store, clerk, election, *RESIDENTS)
    return file(store, election, "Mohammed Ahmed")


@pytest.fixture
def namesake(store, election, filed):
    """Another person, one letter away."""
    return file(store, election, "Mohamed Ahmed", NUMBERS[2])


def told(store, election, filed):
    with store.reading() as connection:
        return notices.of_nomination(connection, election.id, filed.id)


def test_a_line_needs_somebody_alike(act, store, election, clerk, filed):
    """Praise beside a name that nobody could mistake is refused, told to nobody and not logged."""
    outcome = service.set_line(store, clerk, election, filed.id, "Anbefalet af kommunen")
    assert outcome == service.NobodyAlike()
    page = f"{LIST}/{filed.id}"
    answer = act(f"{page}/line", {"line-line": "Anbefalet af kommunen"}, page=page)
    assert answer.status_code == 409
    assert "Ingen anden kandidat hedder næsten det samme" in answer.text
    assert again(store, election, filed).line == ""
    assert told(store, election, filed) == ()
    with store.reading() as connection:
        acts = [entry.act for entry in audit.mentioning(connection, election.id, filed.id)]
    assert "distinguishing_line_set" not in acts


@pytest.mark.parametrize(
    ("line", "says"),
    [("evil.example", "ikke stå en adresse på nettet"), ("\u3164\u3164", "U+3164"), ("1", "mindst 2 tegn")],
)
def test_a_line_that_cannot_be_printed_is_refused(act, store, election, filed, namesake, line, says):
    """An address, an unseen sign and a line that is too short are refused with their reason."""
    page = f"{LIST}/{filed.id}"
    answer = act(f"{page}/line", {"line-line": line}, page=page)
    assert answer.status_code == 422
    assert says in answer.text
    assert again(store, election, filed).line == ""


def test_a_page_offers_a_line_where_one_may_be_given_or_taken_away(desk, store, election, clerk, filed, namesake):
    """With nobody alike any more the line stays until it is taken away, and the page asks for that."""
    page, fields = f"{LIST}/{filed.id}", "line-line"
    assert fields in desk.get(page).text
    service.set_line(store, clerk, election, filed.id, "smed")
    service.withdraw(store, clerk, election, namesake.id)
    text = desk.get(page).text
    assert fields in text
    assert "Fjern tilføjelsen på stemmesedlen." in text
    assert service.set_line(store, clerk, election, filed.id, "") == service.Decided()
    assert fields not in desk.get(page).text


def test_a_name_in_two_alphabets_is_pointed_out(desk, store, election, filed):
    """A Cyrillic letter in a Latin name stands on nobody's passport, so whoever decides is told the word."""
    hidden = file(store, election, "Anna Jеnsen", NUMBERS[1])
    page = desk.get(f"{LIST}/{hidden.id}").text
    assert "bogstaver fra to alfabeter, der ligner hinanden: <bdi>Jеnsen</bdi>" in page
    assert "to alfabeter" not in desk.get(f"{LIST}/{filed.id}").text


def test_she_is_told_of_her_line(store, clerk, election, filed, namesake, clock):
    """The letter says what will stand beside her name, and that she can complain; the same line again is no news."""
    assert service.set_line(store, clerk, election, filed.id, "Smed {i} Ølby") == service.Decided()
    assert service.set_line(store, clerk, election, filed.id, "Smed {i} Ølby") == service.Decided()
    clock.advance(minutes=1)
    service.set_line(store, clerk, election, filed.id, "")
    given, taken = told(store, election, filed)
    assert (given.kind, given.reason, given.decided_by) == (NoticeKind.LINE, "Smed {i} Ølby", clerk.id)
    said = plain_text(letter(store, clerk, election, filed.id, given.id)[1])
    assert "ved dit navn på stemmesedlen: Smed {i} Ølby" in said
    assert "Du kan klage" in said
    assert "Begrundelse" not in said
    assert "er fjernet" in plain_text(letter(store, clerk, election, filed.id, taken.id)[1])


def test_a_line_is_no_decision_about_her(store, clerk, election, filed, namesake):
    """What the queue says of a mended nomination is not hidden by a line."""
    service.send_back(store, clerk, election, filed.id, "Ret navnet.")
    service.set_line(store, clerk, election, filed.id, "Smed")
    with store.reading() as connection:
        assert notices.latest_decisions(connection, election.id)[filed.id] is NoticeKind.DEFECT


def test_after_the_freeze_no_line_is_set(store, clerk, election, filed, namesake):
    """The ballot that was fixed stays."""
    freeze(store, election)
    outcome = service.set_line(store, clerk, election, filed.id, "Smed")
    assert outcome == service.Hindered(NominationObstacle.BALLOT_FIXED)


def test_a_line_is_part_of_what_was_seen(store, clerk, election, filed, namesake):
    """Who decides, decides on the line that was on her page."""
    seen = service.seen_mark(filed)
    service.set_line(store, clerk, election, filed.id, "Smed")
    assert service.accept(store, clerk, election, filed.id, "", seen=seen) == service.Changed()


def test_a_proof_of_who_she_is_is_part_of_what_was_seen(store, clerk, election, filed):
    """A colleague who has seen a document, or who writes of another one, changes what is decided on."""
    emailed = file(store, election, "Cilla Dam", NUMBERS[2], identity=Identity.EMAIL)
    seen = service.seen_mark(emailed)
    service.check_identity(store, clerk, election, emailed.id, "pas")
    assert service.refuse(store, clerk, election, emailed.id, "Ukendt.", seen=seen) == service.Changed()
    first = service.seen_mark(again(store, election, emailed))
    service.check_identity(store, clerk, election, emailed.id, "kørekort")
    assert service.seen_mark(again(store, election, emailed)) != first


def test_an_answer_of_a_proposer_is_part_of_what_was_seen(store, clerk, election, filed):
    """A proposer who says yes or takes it back after the page was opened is looked at first."""

    def asked():
        with store.reading() as connection:
            return proposers.asked_for(connection, store.vault, election.id, filed.id)

    def ask(work):
        proposers.ask(work, election.id, filed.id, "Stine", "stine@eksempel.dk")
        work.record(election.id, "candidate", "proposer_asked", nomination=filed.id)

    def confirm(work):
        proposers.confirm(work, election.id, asked()[0], parse_cpr(NUMBERS[3]), None)
        work.record(election.id, "proposer", "proposer_confirmed", nomination=filed.id)

    marks = [service.seen_mark(filed, asked())]
    for step in (ask, confirm):
        store.write(step)
        assert service.accept(store, clerk, election, filed.id, "", seen=marks[-1]) == service.Changed()
        marks.append(service.seen_mark(filed, asked()))
    assert len(set(marks)) == len(marks)
    assert service.accept(store, clerk, election, filed.id, "", seen=marks[-1]) == service.Decided()
    with store.reading() as connection:
        assert nominations.find(connection, election.id, filed.id).state.value == "accepted"


def test_a_line_goes_with_whom_it_describes(store, election, clerk, filed, namesake):
    """What tells her from another says where she comes from or what she does: the log's own row does not hold it."""
    assert service.set_line(store, clerk, election, filed.id, "Sygehjælper fra Ølby") == service.Decided()
    with store.reading() as connection:
        entry = audit.last(connection, election.id, "distinguishing_line_set")
        (row,) = connection.scalars(select(audit_entry.c.details).where(audit_entry.c.serial == entry.serial))
        kept = connection.execute(select(audit_words).where(audit_words.c.serial == entry.serial)).one()
    assert "Sygehjælper fra Ølby" in entry.details
    assert "Sygehjælper" not in row
    assert (kept.about, kept.text) == (filed.id, "Sygehjælper fra Ølby")
