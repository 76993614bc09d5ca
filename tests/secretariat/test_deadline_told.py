"""More time is told to everybody who stands, and to whoever was too late before and is not any more."""

from datetime import UTC, datetime, timedelta

import pytest
from casework import LIST, again, file
from standing import DURING, NUMBERS

from candidates.nomination import NominationState
from votingapp.desks.secretariat.deadline import service
from votingapp.desks.secretariat.decisions import service as decisions
from votingapp.desks.secretariat.decisions.examining import letter
from votingapp.documents.letters import plain_text
from votingapp.documents.notices import tell
from votingapp.store import elections, notices, post
from votingapp.store.filing import Contact
from votingapp.store.notices import Delivery, NoticeKind

CLOSES = datetime(2021, 11, 18, 11, tzinfo=UTC)
CURE = datetime(2021, 11, 20, 11, tzinfo=UTC)


@pytest.fixture
def extend(store, clerk, election):
    """Move the deadline for everybody: `extend()`."""

    def move():
        return service.extend_deadline(
            store, clerk, election, CLOSES, CURE, "Byrådet", "For få kandidater", site="https://valg.eksempel.dk/x/"
        )

    return move


def told(store, election, filed):
    with store.reading() as connection:
        return notices.of_nomination(connection, election.id, filed.id)


def refuse_as_late(store, election, filed):
    """The rule itself refuses her, and she is told."""

    def late(work):
        work.record(election.id, "candidate", "nomination_received", nomination=filed.id)
        return tell(work, election, filed.id, NoticeKind.LATE)

    return store.write(late)


def test_who_is_taken_in_by_an_extension_is_told(store, clerk, election, clock, extend):
    """A candidate who was told that she is too late is told that she is not, and her old letter stays as it was."""
    clock.move_to(election.rules.nomination.closes + timedelta(hours=1))
    filed = file(store, election)
    before = refuse_as_late(store, election, filed)
    clock.advance(hours=1)
    extend()
    assert again(store, election, filed).state is NominationState.SUBMITTED
    last = told(store, election, filed)[-1]
    assert (last.kind, last.reason, last.answer_by, last.complain_by) == (
        NoticeKind.REINSTATED,
        "For få kandidater",
        CLOSES,
        None,
    )
    assert last.delivery is Delivery.WAITING
    with store.reading() as connection:
        current = elections.by_id(connection, election.id)
    said = plain_text(letter(store, clerk, current, filed.id, last.id)[1])
    assert "forlænget til den 18. november 2021 kl. 12.00.00" in said
    assert "er ikke længere afvist" in said
    assert "Du kan klage" not in said
    old = plain_text(letter(store, clerk, current, filed.id, before.id)[1])
    assert "Fristen var den 16. november 2021 kl. 12.00.00" in old


def test_everybody_who_stands_is_told_of_the_new_deadline(store, clerk, election, clock, extend):
    """Who waits, who must mend, who is accepted and who is refused gets one letter; who stepped back gets none."""
    clock.move_to(DURING)
    names = ("Anna Ærlig", "Bo Ek", "Carla Dam", "Dorte Ø")
    filed = [file(store, election, name, number) for name, number in zip(names, NUMBERS, strict=True)]
    posted = file(store, election, "Else Å", None, contact=Contact(address="Åvej 1"))
    decisions.send_back(store, clerk, election, filed[1].id, "Skriv dit navn.")
    decisions.refuse(store, clerk, election, filed[2].id, "Bor i Greve.")
    decisions.withdraw(store, clerk, election, filed[3].id)
    clock.advance(minutes=1)
    extend()
    last = [told(store, election, one)[-1] for one in (*filed, posted)]
    assert [one.kind for one in last] == [*[NoticeKind.EXTENDED] * 3, NoticeKind.WITHDRAWN, NoticeKind.EXTENDED]
    assert [one.answer_by for one in last[:3]] == [CLOSES, CURE, CLOSES]
    assert last[-1].delivery is Delivery.BY_POST
    with store.reading() as connection:
        mails = [fate.kind for fate in post.fates_of_nomination(connection, filed[0].id)]
        decided = notices.latest_decisions(connection, election.id)
    assert mails == [post.Kind.NOTICE]
    assert decided[filed[1].id] is NoticeKind.DEFECT


def test_an_extension_that_is_not_made_is_told_to_nobody(store, election, clock, extend):
    """A deadline that stays as it was is no news."""
    clock.move_to(DURING)
    filed = file(store, election)
    clock.move_to(CLOSES)
    assert isinstance(extend(), service.Hindered)
    assert told(store, election, filed) == ()


def test_the_desk_names_the_letters(store, election, clock, extend, clerk, client, sign_in):
    """The secretariat finds both letters by name."""
    clock.move_to(DURING)
    standing = file(store, election)
    clock.move_to(election.rules.nomination.closes + timedelta(hours=1))
    late = file(store, election, "Bo Ek", NUMBERS[1])
    extend()
    desk = sign_in(client, clerk.login)
    assert "Fristen er forlænget (PDF)" in desk.get(f"{LIST}/{standing.id}").text
    assert "Kommet i tide efter ny frist (PDF)" in desk.get(f"{LIST}/{late.id}").text
