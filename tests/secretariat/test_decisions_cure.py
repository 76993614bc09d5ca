"""A defect notice gives time to mend, to the second; what is decided can be reopened until the ballot is fixed."""

import json
from datetime import timedelta

import pytest
from casework import LIST, RESIDENTS, again, file, freeze, mend
from standing import DURING, NUMBERS, import_extract

from candidates.identity import Identity
from candidates.nomination import NominationObstacle, NominationState
from votingapp.desks.secretariat.decisions import service
from votingapp.desks.secretariat.decisions.examining import examine, letter
from votingapp.desks.secretariat.decisions.queue import Asked, Need, queue
from votingapp.documents.letters import plain_text
from votingapp.store import audit, notices
from votingapp.store.notices import NoticeKind
from votingapp.store.staff import Role


@pytest.fixture
def residents(store, clerk, election, clock):
    """An extract in force, while one can stand."""
    clock.move_to(DURING)
    import_extract(store, clerk, election, *RESIDENTS)


@pytest.fixture
def filed(store, election, residents):
    """A nomination of a resident."""
    return file(store, election)


def need_of(store, clerk, election, filed):
    found = queue(store, clerk, election, Asked())
    return next((need for need, listed in found.groups for one in listed if one.filed.id == filed.id), None)


def test_a_defect_notice_needs_a_text_and_says_the_deadline(act, desk, residents, store, election):
    """Without a text nothing is sent back; with one the page shows until when she can mend it."""
    one = file(store, election)
    page = f"{LIST}/{one.id}"
    assert act(f"{page}/return", {"return-reason": " "}, page=page).status_code == 409
    assert again(store, election, one).state is NominationState.SUBMITTED
    answer = act(f"{page}/return", {"return-reason": "Erklæringen mangler."}, page=page, follow_redirects=True)
    assert "Kandidaten kan rette til 18. november 2021 kl. 12.00.00" in answer.text
    assert again(store, election, one).state is NominationState.RETURNED


@pytest.mark.parametrize(
    ("late_by", "mended"), [(timedelta(microseconds=999_999), True), (timedelta(seconds=1), False)]
)
def test_mended_in_the_last_second_or_one_second_late(store, clerk, election, filed, clock, late_by, mended):
    """The second named in the rules is in to its end: mended then is looked at again, later it is for the official to decide."""
    assert service.send_back(store, clerk, election, filed.id, "Ret navnet.") == service.Decided()
    assert need_of(store, clerk, election, filed) is Need.RETURNED
    clock.move_to(election.rules.nomination.cure_until + late_by)
    step = mend(store, election, filed, statement="Rettet")
    if mended:
        assert need_of(store, clerk, election, filed) is Need.MENDED
    else:
        assert step is NominationObstacle.CURE_PERIOD_OVER
        assert need_of(store, clerk, election, filed) is Need.OVERDUE
    assert service.refuse(store, clerk, election, filed.id, "Ikke rettet.") == service.Decided()


def test_no_defect_notice_after_the_cure_period(store, clerk, election, filed, clock, desk, sign_in):
    """When nobody could mend it any more no notice is sent, and the page does not offer one."""
    clock.move_to(election.rules.nomination.cure_until + timedelta(seconds=1))
    outcome = service.send_back(store, clerk, election, filed.id, "Ret navnet.")
    assert outcome == service.Hindered(NominationObstacle.CURE_PERIOD_OVER)
    with store.reading() as connection:
        assert notices.of_nomination(connection, election.id, filed.id) == ()
    sign_in(desk, clerk.login)
    page = desk.get(f"{LIST}/{filed.id}").text
    assert f"{filed.id}/return" not in page
    assert "Der kan ikke sendes mangelbrev" in page


def test_an_accepted_candidate_found_ineligible_is_reopened_and_refused(store, clerk, election, filed, clock):
    """Before the freeze a decision is taken back with a reason and taken afresh, and each step is told and logged."""
    service.accept(store, clerk, election, filed.id, "")
    assert service.reopen(store, clerk, election, filed.id, " ") == service.Hindered(NominationObstacle.REASON_MISSING)
    clock.advance(days=1)
    assert service.reopen(store, clerk, election, filed.id, "Flyttet til Greve.") == service.Decided()
    clock.advance(hours=1)
    assert service.refuse(store, clerk, election, filed.id, "Bor i Greve.") == service.Decided()
    assert again(store, election, filed).state is NominationState.REFUSED
    with store.reading() as connection:
        told = [one.kind for one in notices.of_nomination(connection, election.id, filed.id)]
        acts = [entry.act for entry in audit.mentioning(connection, election.id, filed.id)]
    assert told == [NoticeKind.ACCEPTED, NoticeKind.REOPENED, NoticeKind.REFUSED]
    assert acts == ["nomination_received", "nomination_accepted", "nomination_reopened", "nomination_refused"]


def test_after_the_freeze_nothing_is_reopened_sent_back_or_checked(store, clerk, election, residents):
    """The ballot that was fixed stays, whatever comes to light."""
    accepted, waiting = file(store, election), file(store, election, "Bo Ek", NUMBERS[2], identity=Identity.EMAIL)
    service.accept(store, clerk, election, accepted.id, "")
    freeze(store, election)
    fixed = service.Hindered(NominationObstacle.BALLOT_FIXED)
    assert service.reopen(store, clerk, election, accepted.id, "Flyttet.") == fixed
    assert service.send_back(store, clerk, election, waiting.id, "Ret navnet.") == fixed
    assert service.check_identity(store, clerk, election, waiting.id, "pas") == fixed


def test_identity_seen_closes_the_finding_and_is_written_down(act, desk, residents, store, election, clerk):
    """Whoever came by e-mail waits under identity until an official writes what was seen; no number is taken."""
    one = file(store, election, identity=Identity.EMAIL)
    page = f"{LIST}/{one.id}"
    assert need_of(store, clerk, election, one) is Need.IDENTITY
    assert act(f"{page}/identity", {"identity-evidence": f"pas {NUMBERS[1]}"}, page=page).status_code == 422
    assert act(f"{page}/identity", {"identity-evidence": ""}, page=page).status_code == 422
    assert act(f"{page}/identity", {"identity-evidence": "pas"}, page=page).status_code == 302
    assert need_of(store, clerk, election, one) is Need.READY
    shown = desk.get(page).text
    assert "Legitimation blev set: pas" in shown
    assert "pas – Clerk" in shown


def test_whoever_changes_her_number_must_be_looked_at_again(store, clerk, election, residents):
    """A seen document proves one person; a nomination that names another afterwards is to be checked anew."""
    one = file(store, election, identity=Identity.EMAIL)
    service.check_identity(store, clerk, election, one.id, "pas")
    mend(store, election, one, number=NUMBERS[2], identity=Identity.EMAIL)
    assert need_of(store, clerk, election, one) is Need.IDENTITY


@pytest.mark.parametrize("identity", [Identity.EMAIL, Identity.PAPER])
def test_a_new_name_is_looked_at_again(residents, store, election, clerk, identity):
    """A passport proves the name that stands in it: a new text leaves what was seen, a new name does away with it."""
    one = file(store, election, identity=identity)
    service.check_identity(store, clerk, election, one.id, "pas")
    mend(store, election, one, statement="En anden tekst.", identity=identity)
    assert again(store, election, one).identity_check is not None
    mend(store, election, one, name="Mette Frederiksen", identity=identity)
    assert again(store, election, one).identity_check is None


def test_mitid_needs_no_document(store, clerk, election, filed):
    """Who came with MitID is known, and no look is written down."""
    assert service.check_identity(store, clerk, election, filed.id, "pas") == service.IdentityCertain()


def test_the_history_shows_each_version_as_what_came_and_went(store, clerk, election, filed, clock, act, desk, sign_in):
    """A changed text is shown with what was taken out and put in, between the entries of the log, in order."""
    clock.advance(minutes=5)
    mend(store, election, filed, statement="Hej <b>Køge</b>")
    clock.advance(minutes=5)
    service.accept(store, clerk, election, filed.id, "")
    sign_in(desk, clerk.login)
    page = desk.get(f"{LIST}/{filed.id}").text
    assert "Hej<ins> &lt;b&gt;Køge&lt;/b&gt;</ins>" in page
    events = examine(store, clerk, election, filed.id).history
    assert [event.act for event in events] == [
        "nomination_received",
        "nomination_changed",
        "version",
        "nomination_accepted",
    ]


def test_a_decision_on_a_changed_version_is_not_taken(any_store, found_election, add_staff, clock):
    """Whoever has an older version or state before her decides nothing: she is told to look again."""
    clock.move_to(DURING)
    election = found_election(any_store)
    clerk = add_staff(any_store, election, "clerk", Role.SECRETARIAT)
    import_extract(any_store, clerk, election, *RESIDENTS)
    filed = file(any_store, election)
    seen = service.seen_mark(filed)
    mend(any_store, election, filed, statement="Noget helt andet")
    assert service.accept(any_store, clerk, election, filed.id, "", seen=seen) == service.Changed()
    assert again(any_store, election, filed).state is NominationState.SUBMITTED
    fresh = service.seen_mark(again(any_store, election, filed))
    assert service.accept(any_store, clerk, election, filed.id, "", seen=fresh) == service.Decided()
    assert service.reopen(any_store, clerk, election, filed.id, "Klage.", seen=fresh) == service.Changed()


def test_a_page_left_open_is_told_so_and_keeps_what_was_written(act, desk, store, election, filed, sign_in, clerk):
    """The answer says that the nomination changed, keeps the official's words, and carries the new mark."""
    page = f"{LIST}/{filed.id}"
    old = service.seen_mark(filed)
    mend(store, election, filed, statement="Noget andet")
    sign_in(desk, clerk.login)
    answer = act(f"{page}/refuse", {"refuse-reason": "Mine egne ord.", "seen": old}, page=page)
    assert answer.status_code == 409
    assert "er ændret, efter at du åbnede siden" in answer.text
    assert "Mine egne ord." in answer.text
    assert service.seen_mark(again(store, election, filed)) in answer.text


@pytest.mark.parametrize("opens", [True, False])
def test_a_defect_notice_says_whether_the_text_may_be_mended(act, desk, store, election, clerk, clock, filed, opens):
    """The official ticks it, the notice keeps it, the letter tells it, and the log holds it."""
    page = f"{LIST}/{filed.id}"
    ticked = {"return-opens_presentation": "y"} if opens else {}
    assert act(f"{page}/return", {"return-reason": "Ret det."} | ticked, page=page).status_code == 302
    with store.reading() as connection:
        (notice,) = notices.of_nomination(connection, election.id, filed.id)
        last = audit.mentioning(connection, election.id, filed.id)[-1]
    assert notice.opens_presentation is opens
    assert json.loads(last.details)["opens_presentation"] is opens
    said = plain_text(letter(store, clerk, election, filed.id, notice.id)[1])
    assert ("Du må også rette navn, tekst og foto." in said) is opens
    assert ("Navn, tekst og foto kan du ændre til den 16. november 2021 kl. 12.00.00" in said) is not opens


def test_after_the_deadline_a_notice_says_that_the_text_is_closed(store, clerk, election, filed, clock):
    """Who could change her text no longer is not told that she can."""
    clock.move_to(election.rules.nomination.closes + timedelta(seconds=1))
    service.send_back(store, clerk, election, filed.id, "Ret det.")
    with store.reading() as connection:
        (notice,) = notices.of_nomination(connection, election.id, filed.id)
    assert "kan du ikke ændre nu" in plain_text(letter(store, clerk, election, filed.id, notice.id)[1])


def test_the_page_names_what_was_changed_after_the_deadline(store, clerk, election, filed, clock, client, sign_in):
    """Whoever decides sees it before she reads the text."""
    clock.move_to(election.rules.nomination.closes + timedelta(hours=1))
    service.send_back(store, clerk, election, filed.id, "Ret det.", opens_presentation=True)
    mend(store, election, filed, statement="Rettet")
    page = sign_in(client, clerk.login).get(f"{LIST}/{filed.id}").text
    assert "Ændret efter fristen: Tekst på dansk." in page
