"""A nomination is sent once, in time to the second, changed, mended or withdrawn; nothing that was sent is lost."""

from datetime import UTC, datetime, timedelta

import pytest
from identity import add_applicant
from sqlalchemy import update
from standing import DECLARATION, DURING, NUMBERS, form

from candidates.nomination import Decision, NominationObstacle, NominationState, accept, refuse, return_for_cure
from votingapp.desks.nomination import service
from votingapp.desks.nomination.mails import Reader
from votingapp.desks.nomination.outcomes import (
    Changed,
    HeldBack,
    NotChanged,
    NotReceived,
    NotWithdrawn,
    Received,
    Saved,
    Unchanged,
    Window,
    Withdrawn,
)
from votingapp.store import audit, decisions, drafts, elections, filing, nominations, notices, photos, post
from votingapp.store.decisions import Extension
from votingapp.store.drafts import Content
from votingapp.store.filing import Contact, Submission
from votingapp.store.notices import NoticeKind
from votingapp.store.photos import Crop, Squares, Taken
from votingapp.store.tables.elections import election as election_table
from votingapp.web import throttle

FORM = "/koege-2021/stand/form"
OPENS = datetime(2021, 11, 3, 23, 0, tzinfo=UTC)
CLOSES = datetime(2021, 11, 16, 11, 0, tzinfo=UTC)
CURE_UNTIL = datetime(2021, 11, 18, 11, 0, tzinfo=UTC)
LAST_MICROSECOND = timedelta(microseconds=999_999)
A_SECOND = timedelta(seconds=1)
SITE = "https://valg.example/koege-2021/"


def submission(statement: str = "Hej", **changes) -> Submission:
    fields = {"contact": Contact(email="aase@eksempel.dk"), "declaration": DECLARATION} | changes
    return Submission(name="Åse Ærø", cpr=None, statement=statement, **fields)


@pytest.fixture
def applicant(store, election, clock):
    """Somebody known by MitID, amid the nominations."""
    clock.move_to(DURING)
    return add_applicant(store, election, cpr=NUMBERS[0], name="Åse Ærø")


@pytest.fixture
def send(store, election, applicant):
    """Send a statement as this applicant: `send("Hej")`."""

    def press(statement: str = "Hej", **changes):
        return service.send(store, election, applicant, submission(statement, **changes), "198.51.100.7")

    return press


@pytest.fixture
def own(store, election, applicant):
    """Her nomination as it lies in the file: `own()`."""

    def read():
        with store.reading() as connection:
            return nominations.of_applicant(connection, election.id, applicant.id)

    return read


@pytest.fixture
def decide(store, election, own, add_staff, clock):
    """Let an official take a step: `decide(return_for_cure, rules)`."""
    official = add_staff(store, election, "bente")

    def step(rule, *rest, reason: str = "Skriv en tekst, som er din egen."):
        decided = rule(own().nomination, Decision(official.id, clock(), reason), *rest, ballot_fixed=False)
        assert not isinstance(decided, NominationObstacle), decided

        def keep(work):
            nominations.keep(work.connection, election.id, own().id, decided)
            work.record(election.id, official.login, "decided")

        store.write(keep)

    return step


def waiting(store) -> list:
    """What lies in the outbox, taken out."""
    found = []
    while (claimed := store.write(post.claim)) is not None:
        found.append(claimed)
    return found


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (OPENS, NominationState.SUBMITTED),
        (CLOSES, NominationState.SUBMITTED),
        (CLOSES + LAST_MICROSECOND, NominationState.SUBMITTED),
        (CLOSES + A_SECOND, NominationState.LATE),
    ],
)
def test_the_deadline_is_a_second_on_the_copenhagen_clock(send, own, clock, at, state):
    """From the opening at midnight to the end of 12:00:00 a nomination is in; at 12:00:01 it is kept, and late."""
    clock.move_to(at)
    assert send() == Received(own().receipt, state)
    assert own().nomination.submitted_at == at


@pytest.mark.parametrize("at", [OPENS - timedelta(microseconds=1), OPENS - A_SECOND])
def test_before_the_opening_nothing_is_kept(store, election, applicant, send, own, clock, at):
    """Neither a nomination nor a draft is taken before the first second."""
    clock.move_to(at)
    assert send() == NotReceived(Window.NOT_OPEN_YET)
    assert service.save(store, election, applicant, Content("Å")) == NotReceived(Window.NOT_OPEN_YET)
    assert own() is None


def test_an_applicant_has_one_nomination_which_she_changes(store, election, applicant, send, own, clock):
    """What she sends again takes the place of the first under the same receipt; both versions and both acts are kept."""
    first = send("Første")
    clock.advance(hours=1)
    assert send("Anden") == Changed(first.receipt)
    clock.move_to(CLOSES + LAST_MICROSECOND)
    assert send("Tredje") == Changed(first.receipt)
    kept = own()
    assert (kept.statement, kept.version, kept.nomination.submitted_at) == ("Tredje", 3, DURING)
    with store.reading() as connection:
        assert len(nominations.every(connection, election.id)) == 1
        assert [one.statement for one in filing.versions(connection, kept.id)] == ["Første", "Anden", "Tredje"]
        acts = [entry.act for entry in audit.entries(connection, election.id)]
    assert acts.count("nomination_received") == 1
    assert acts.count("nomination_changed") == 2


def test_the_same_sent_again_is_one_nomination(send, own):
    """A second press of the button changes nothing, asks for no new decision and gets the same receipt."""
    first = send()
    assert send() == Unchanged(first.receipt)
    assert own().version == 1


def test_a_decided_nomination_that_is_changed_is_decided_afresh(send, own, decide):
    """An accepted or refused one that she changes waits for a decision again; the same text sent again leaves it."""
    send()
    decide(accept, ())
    assert send() == Unchanged(own().receipt)
    assert own().state is NominationState.ACCEPTED
    send("Ny")
    assert (own().state, own().nomination.decision) == (NominationState.SUBMITTED, None)
    decide(refuse)
    send("Nyere")
    assert own().state is NominationState.SUBMITTED


def test_a_change_after_the_deadline_is_kept_as_a_draft(store, election, applicant, send, own, clock):
    """The nomination stands as it was sent in time, and the text that came too late waits in the draft."""
    send("I tide")
    clock.move_to(CLOSES + A_SECOND)
    assert send("For sent") == NotChanged(NominationObstacle.LATE)
    assert (own().statement, own().state) == ("I tide", NominationState.SUBMITTED)
    with store.reading() as connection:
        assert drafts.find(connection, store.vault, election.id, applicant.id).content.statement == "For sent"


def test_a_form_opened_in_time_and_sent_too_late_says_so_and_loses_nothing(her, clock):
    """The instant of sending counts, not that of opening; the page says late, and the text is in the file."""
    clock.move_to(CLOSES)
    her.come_back()
    page = her.page(FORM)
    clock.move_to(CLOSES + A_SECOND)
    token = page.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    answer = her.client.post(FORM, data=form(act="send") | {"csrf_token": token}, follow_redirects=True)
    assert "afvist som for sent modtaget" in answer.text
    assert her.filed.state is NominationState.LATE
    assert her.filed.statement == "Flere møder om aftenen.\nFærre formularer."


def test_a_change_opened_in_time_and_sent_too_late_says_so(her, clock):
    """Her first text stands, the page says why, and the form shows nothing to send any more."""
    her.send(form())
    clock.move_to(CLOSES)
    her.come_back()
    clock.move_to(CLOSES + A_SECOND)
    data = form(statement="For sent") | {"csrf_token": csrf(her)}
    page = her.client.post(FORM, data=data, follow_redirects=True).text
    assert "Fristen er udløbet. Din opstilling er, som du sendte den før." in page
    assert "kladde" in page
    assert her.filed.statement.startswith("Flere møder")
    assert 'value="send"' not in her.page(FORM)


def csrf(her) -> str:
    return her.page().split('name="csrf_token" value="', 1)[1].split('"', 1)[0]


@pytest.mark.parametrize(
    ("at", "mended"), [(CURE_UNTIL, True), (CURE_UNTIL + LAST_MICROSECOND, True), (CURE_UNTIL + A_SECOND, False)]
)
def test_what_was_sent_back_is_mended_until_the_cure_period_ends(election, send, own, decide, clock, at, mended):
    """With a defect notice she may send until the end of 12:00:00 two days later, not one second longer, and no new text."""
    send("Kopieret")
    clock.move_to(CLOSES + timedelta(hours=1))
    decide(return_for_cure, election.rules.nomination)
    clock.move_to(at)
    outcome = send("Min egen")
    taken = Changed(own().receipt, presentation_stays=True)
    assert outcome == (taken if mended else NotChanged(NominationObstacle.CURE_PERIOD_OVER))
    assert own().state is (NominationState.SUBMITTED if mended else NominationState.RETURNED)
    assert own().statement == "Kopieret"


def test_mended_elsewhere_it_can_be_sent_back_as_it_is(election, send, own, decide):
    """Who was asked for something outside the form sends the same again, and it is to be decided."""
    send()
    decide(return_for_cure, election.rules.nomination)
    assert send() == Changed(own().receipt)
    assert own().state is NominationState.SUBMITTED


def test_an_extended_deadline_holds_for_sending_and_changing(store, election, send, own, add_staff, clock):
    """After an extension the second of the new deadline counts, for a first nomination and for a change."""
    official = add_staff(store, election, "bente")
    later = CLOSES + timedelta(days=1)

    def extend(work):
        given = Extension(work.now, "Integrationsrådet", "For få", later, later + timedelta(days=1), official.id)
        decisions.keep_extension(work, election.id, given)
        work.record(election.id, official.login, "extended")

    store.write(extend)
    clock.move_to(later)
    assert send().state is NominationState.SUBMITTED
    clock.move_to(later + LAST_MICROSECOND)
    assert send("Ny") == Changed(own().receipt)
    clock.move_to(later + A_SECOND)
    assert send("Nyere") == NotChanged(NominationObstacle.LATE)


def test_who_steps_back_may_come_forward_anew_until_the_deadline(store, election, applicant, send, own, clock):
    """A withdrawn nomination stays as it is; a new one gets its own receipt, and after the deadline it is late."""
    first = send()
    assert service.withdraw(store, election, applicant) == Withdrawn()
    assert own().state is NominationState.WITHDRAWN
    assert service.withdraw(store, election, applicant) == NotWithdrawn()
    clock.advance(minutes=1)
    second = send()
    assert isinstance(second, Received)
    assert second.receipt != first.receipt
    service.withdraw(store, election, applicant)
    clock.move_to(CLOSES + A_SECOND)
    assert send().state is NominationState.LATE
    with store.reading() as connection:
        states = [one.state for one in nominations.every(connection, election.id)]
    assert states == [NominationState.WITHDRAWN, NominationState.WITHDRAWN, NominationState.LATE]


def test_nothing_moves_once_the_ballot_is_fixed(store, election, applicant, send, own, signing_off):
    """After the freeze an applicant neither changes nor withdraws."""
    send()
    signing_off()
    assert send("Ny") == NotChanged(NominationObstacle.BALLOT_FIXED)
    assert service.withdraw(store, election, applicant) == NotWithdrawn()
    assert own().statement == "Hej"


@pytest.fixture
def signing_off(store, election):
    """Fix the ballot behind the desks' backs."""

    def fix():
        def freeze(work):
            work.connection.execute(
                update(election_table).where(election_table.c.id == election.id).values(frozen_at=work.now)
            )
            work.record(election.id, "test", "frozen")

        store.write(freeze)
        with store.reading() as connection:
            assert elections.by_id(connection, election.id).ballot_fixed

    return fix


def test_the_photograph_of_the_moment_goes_with_what_is_sent(store, election, applicant, send, own):
    """The nomination names the photograph she has when she sends, and another one only once she sends again."""

    def add(work):
        found = photos.add(work, election.id, applicant.id, Taken(b"source", Squares(b"page", b"ballot", Crop())))
        work.record(election.id, "candidate", "photo_added")
        return found

    first = store.write(add)
    send()
    assert own().photo_id == first
    second = store.write(add)
    assert own().photo_id == first
    assert send() == Changed(own().receipt)
    assert own().photo_id == second


def test_a_draft_is_gone_once_it_is_sent(store, election, applicant, send):
    """What waited as a draft is the nomination now."""
    assert service.save(store, election, applicant, Content("Åse")) == Saved()
    send()
    with store.reading() as connection:
        assert drafts.find(connection, store.vault, election.id, applicant.id) is None


def test_the_receipt_goes_by_mail_in_her_language_and_in_danish(store, election, clock):
    """Whoever gave an address is sent the receipt number, the instant to the second and the way back, once per act."""
    clock.move_to(DURING)
    her = add_applicant(store, election, email="aase@eksempel.dk")
    reader = Reader("ar", SITE)
    service.send(store, election, her, submission(), "x", reader)
    service.send(store, election, her, submission(), "x", reader)
    clock.advance(hours=1)
    service.send(store, election, her, submission("Ny"), "x", reader)
    first, second = waiting(store)
    with store.reading() as connection:
        receipt = nominations.of_applicant(connection, election.id, her.id).receipt
    assert (first.kind, first.mail.to, first.mail.language) == (post.Kind.RECEIPT, "aase@eksempel.dk", "ar")
    assert receipt in first.mail.subject
    assert first.mail.text.count(receipt) == 2
    assert "10. november 2021 kl. 10.00.00" in first.mail.text
    assert f"{SITE}stand/mine" in first.mail.text
    assert NUMBERS[0] not in first.mail.text + second.mail.text
    assert "Vi har modtaget din ændring." in second.mail.text


def test_who_gave_no_address_is_sent_nothing(store, send):
    """The nomination is kept all the same."""
    assert isinstance(send(contact=Contact()), Received)
    assert waiting(store) == []


def test_a_late_one_is_told_that_it_was_late_and_how_to_complain(store, election, send, own, clock):
    """The mail and the notice of lateness are there, with the last day of a complaint."""
    clock.move_to(CLOSES + A_SECOND)
    send()
    (mail,) = waiting(store)
    assert "afvist som for sent modtaget" in mail.mail.text
    with store.reading() as connection:
        (notice,) = notices.of_nomination(connection, election.id, own().id)
    assert notice.kind is NoticeKind.LATE
    assert notice.complain_by == datetime(2021, 11, 23, 22, 59, 59, tzinfo=UTC)


def test_a_flood_is_held_back(store, election, clock):
    """After 200 new nominations from an address, or sixty of one applicant, within a quarter of an hour one waits."""
    clock.move_to(DURING)
    for _neighbour in range(198):
        throttle.count_failure(store, "stand:198.51.100.7")
    for number in range(2):
        one = add_applicant(store, election, email=f"{number}@eksempel.dk")
        assert isinstance(service.send(store, election, one, submission(), "198.51.100.7"), Received)
    late = add_applicant(store, election, email="sidst@eksempel.dk")
    assert service.send(store, election, late, submission(), "198.51.100.7") == HeldBack()
    for number in range(60):
        service.send(store, election, late, submission(), f"address {number}")
    assert service.send(store, election, late, submission("Ny"), "another") == HeldBack()
    assert service.save(store, election, late, Content("Å")) == HeldBack()
    clock.advance(minutes=15)
    assert isinstance(service.send(store, election, late, submission("Ny"), "198.51.100.7"), Changed)


def test_after_the_poll_nothing_is_taken_in(store, election, send, own, add_staff):
    """When it is decided that no vote is held nobody comes forward any more."""
    official = add_staff(store, election, "bente")

    def call_off(work):
        row = decisions.Uncontested(work.now, "Valgbestyrelsen", "Fem", "[]", official.id)
        decisions.keep_uncontested(work, election.id, row)
        work.record(election.id, "test", "uncontested")

    store.write(call_off)
    assert send() == NotReceived(Window.OVER)
    assert own() is None
