"""Every decision is told: kept with it, mailed when there is an address, and always there as a letter."""

import pytest
from casework import LIST, RESIDENTS, again, file, mend
from standing import DURING, NUMBERS, import_extract

from candidates.nomination import NominationState
from votingapp.desks.secretariat.decisions import service
from votingapp.desks.secretariat.decisions.examining import examine, letter
from votingapp.documents.notices import complain_by, tell
from votingapp.post.delivery import deliver
from votingapp.settings import MailSecurity, MailServer
from votingapp.store import looks, notices, post
from votingapp.store.filing import Contact
from votingapp.store.notices import Delivery, NoticeKind

SITE = "https://valg.eksempel.dk/koege-2021/"


@pytest.fixture
def residents(store, clerk, election, clock):
    """An extract in force, while one can stand."""
    clock.move_to(DURING)
    import_extract(store, clerk, election, *RESIDENTS)


@pytest.fixture
def filed(store, election, residents):
    """A nomination of a resident with an e-mail."""
    return file(store, election)


def told(store, election, filed):
    with store.reading() as connection:
        return notices.of_nomination(connection, election.id, filed.id)


def outbox(store):
    """Every mail that waits, opened."""
    found = []

    def claim(work):
        claimed = post.claim(work)
        if claimed is not None:
            found.append(claimed.mail)
        return claimed

    while store.write(claim) is not None:
        pass
    return found


def test_each_step_is_told_once_with_its_deadlines(store, clerk, election, filed, clock):
    """A notice for each step: the reason as written, the cure period's end for a defect, the last day to complain."""
    steps = [
        (lambda: service.send_back(store, clerk, election, filed.id, "Ret navnet."), NoticeKind.DEFECT, "Ret navnet."),
        (lambda: service.accept(store, clerk, election, filed.id, ""), NoticeKind.ACCEPTED, ""),
        (lambda: service.reopen(store, clerk, election, filed.id, "Klage."), NoticeKind.REOPENED, "Klage."),
        (lambda: service.refuse(store, clerk, election, filed.id, "Flyttet."), NoticeKind.REFUSED, "Flyttet."),
        (lambda: service.withdraw(store, clerk, election, filed.id), NoticeKind.WITHDRAWN, ""),
    ]
    for number, (step, kind, reason) in enumerate(steps, 1):
        clock.advance(minutes=1)
        assert step() == service.Decided()
        kept = told(store, election, filed)
        assert len(kept) == number
        assert (kept[-1].kind, kept[-1].reason, kept[-1].decided_by) == (kind, reason, clerk.id)
        assert kept[-1].complain_by == complain_by(clock.now, election.rules.complaints.days)
        until = election.rules.nomination.cure_until if kind is NoticeKind.DEFECT else None
        assert kept[-1].answer_by == until


def test_a_step_that_is_not_taken_is_not_told(store, clerk, election, filed):
    """Neither notice nor mail remains of a decision that was hindered."""
    assert service.refuse(store, clerk, election, filed.id, "") != service.Decided()
    assert told(store, election, filed) == ()
    assert outbox(store) == []


def test_the_mail_says_decision_reason_and_way_to_complain(store, clerk, election, filed):
    """To the address she gave, in Danish, with the address of the election's pages."""
    service.refuse(store, clerk, election, filed.id, "Bor i <Greve> & ikke i Køge.", site=SITE)
    (mail,) = outbox(store)
    assert (mail.to, mail.subject, mail.language) == ("x@eksempel.dk", "Din opstilling er afvist", "da")
    for words in ("Bor i <Greve> & ikke i Køge.", filed.receipt, "Du kan klage", SITE, "Clerk"):
        assert words in mail.text


def test_the_mail_server_is_down_and_nothing_is_lost(store, clerk, election, filed):
    """The decision stands, the mail waits, and the page says that it has not been sent."""
    service.refuse(store, clerk, election, filed.id, "Bor i Greve.")
    nobody = MailServer("127.0.0.1", 1, MailSecurity.NONE, "", "", "valg@eksempel.dk")
    assert deliver(store, nobody).waiting == 1
    assert again(store, election, filed).state is NominationState.REFUSED
    assert told(store, election, filed)[0].delivery is Delivery.WAITING


def test_sent_waiting_and_to_be_posted_are_told_apart(store, clerk, election, residents, desk):
    """The page shows whether the mail has left, has not, or whether the letter must be posted."""
    mailed = file(store, election)
    posted = file(store, election, "Cilla Hemmelig", NUMBERS[2], contact=Contact(address="Ærøvej 1\n4600 Køge"))
    for one in (mailed, posted):
        service.accept(store, clerk, election, one.id, "")
    assert "e-mail ikke sendt endnu" in desk.get(f"{LIST}/{mailed.id}").text
    store.write(lambda work: post.mark_sent(work, post.claim(work)))
    assert "e-mail sendt 10. november 2021" in desk.get(f"{LIST}/{mailed.id}").text
    assert "send brevet med posten" in desk.get(f"{LIST}/{posted.id}").text


def test_a_mail_that_cannot_be_delivered_is_seen_and_posted(store, clerk, election, residents, desk):
    """What no mail server takes is named by receipt number on the overview, and on the nomination's page beside its letter."""
    refused = file(store, election)
    service.accept(store, clerk, election, refused.id, "")
    assert refused.receipt not in desk.get("/koege-2021/secretariat").text
    store.write(lambda work: post.give_up(work, post.claim(work)))
    assert told(store, election, refused)[0].delivery is Delivery.FAILED
    assert "e-mailen kunne ikke leveres: send brevet med posten" in desk.get(f"{LIST}/{refused.id}").text
    overview = desk.get("/koege-2021/secretariat").text
    assert "1 kandidat kan ikke nås med e-mail." in overview
    assert refused.receipt in overview
    assert "ikke sendt endnu" not in overview


def test_an_address_that_no_mail_can_have_stops_no_decision(store, clerk, election, residents):
    """A line break in an e-mail address would begin a header; the decision stands and the letter is posted."""
    filed = file(store, election, contact=Contact("x@eksempel.dk\r\nBcc: y@eksempel.dk"))
    assert service.accept(store, clerk, election, filed.id, "") == service.Decided()
    assert told(store, election, filed)[0].delivery is Delivery.BY_POST


def test_the_letter_is_a_pdf_at_its_address_and_the_look_is_noted(desk, store, clerk, election, filed):
    """The letter opens for the secretariat under its nomination only, and whoever opened it is written down."""
    service.accept(store, clerk, election, filed.id, "")
    (notice,) = told(store, election, filed)
    answer = desk.get(f"{LIST}/{filed.id}/notices/{notice.id}.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    other = file(store, election, "Cilla Hemmelig", NUMBERS[2])
    assert desk.get(f"{LIST}/{other.id}/notices/{notice.id}.pdf").status_code == 404
    with store.reading() as connection:
        seen = [look.what for look in looks.of_subject(connection, election.id, None, [filed.id])]
    assert looks.What.LETTER in seen


def test_a_letter_keeps_the_name_it_was_sent_to(store, clerk, election, filed, clock):
    """Whoever changes her name afterwards finds the old letter as it was."""
    service.send_back(store, clerk, election, filed.id, "Ret navnet.")
    (notice,) = told(store, election, filed)
    clock.advance(minutes=5)
    mend(store, election, filed, name="Åse Nytnavn")
    _, sent = letter(store, clerk, election, filed.id, notice.id)
    assert sent.name == filed.name


def test_a_look_at_a_nomination_is_noted(store, clerk, election, filed):
    """Whoever opens a nomination is written down with it, and one that does not exist leaves no trace."""
    examine(store, clerk, election, filed.id)
    assert examine(store, clerk, election, "none") is None
    with store.reading() as connection:
        seen = looks.of_subject(connection, election.id, filed.cpr_hash, [filed.id])
    assert [look.what for look in seen if look.nomination_id] == [looks.What.NOMINATION]


def test_notices_of_the_rule_itself_name_no_official(any_store, found_election, clock):
    """A late nomination is refused by the rule: the notice has no official, on both databases."""
    clock.move_to(DURING)
    election = found_election(any_store)
    filed = file(any_store, election)

    def late(work):
        work.record(election.id, "candidate", "nomination_received", nomination=filed.id)
        return tell(work, election, filed.id, NoticeKind.LATE)

    notice = any_store.write(late)
    with any_store.reading() as connection:
        kept = notices.find(connection, election.id, filed.id, notice.id)
    assert (kept.kind, kept.decided_by, kept.delivery) == (NoticeKind.LATE, None, Delivery.WAITING)
