"""Whoever stood is told what the byråd ruled: once each, by mail and on paper, and never that she is a member before she is."""

import re
from dataclasses import replace
from datetime import date

import pytest
from councils import AFTER_COMPLAINTS, MEETING, NAMES, compose, council, hold_no_vote, rule

from candidates.nomination import Nomination, NominationState
from tally.council import Answer
from votingapp.desks.council import telling
from votingapp.desks.council.facts import facts_of
from votingapp.desks.council.standing import Lacking, NotKnown
from votingapp.documents import council_draft
from votingapp.documents.outcome_letters import OutcomeKind, plain_text, subject
from votingapp.store import audit, filing, looks, nominations, post, told
from votingapp.store.notices import Delivery
from votingapp.store.tables.nominations import nomination


def overview(seated):
    with seated.store.reading() as connection:
        return telling.overview(connection, seated.now())


def due(seated):
    return {one.candidate: one.kind for one in overview(seated).due}


def send(seated):
    return telling.send(seated.store, seated.secretary, seated.now(), "https://valg.eksempel.dk/koege-2021")


def printed(seated, *, everybody=True):
    return telling.letters_for_post(seated.store, seated.secretary, seated.now(), everybody=everybody)


def mails(seated):
    """What the postman would carry of the council, each claimed once."""
    found = []
    while (claimed := seated.store.write(post.claim)) is not None:
        found.append(claimed)
    return [one for one in found if "Integrationsrådet" in one.mail.subject]


@pytest.fixture
def seated(any_store, board):
    """Three elected without a vote, put together, not ruled of."""
    made = board(any_store)
    hold_no_vote(made, *NAMES)
    compose(made)
    return made


def test_nobody_is_told_before_the_byraad_has_ruled(seated):
    """Until there is a ruling there must be no letter to send, and pressing must send none."""
    assert due(seated) == {}
    assert send(seated) == telling.NothingDue()
    assert printed(seated) == ()


def test_each_is_told_once_and_anew_when_it_is_ruled_of_her_again(seated):
    """One letter for one ruling: pressing twice sends nothing, and the appointment after a return is told as well."""
    rule(seated, {1: Answer.APPROVED, 2: Answer.RETURNED, 3: Answer.NOT_APPOINTED})
    kinds = (OutcomeKind.APPOINTED, OutcomeKind.RETURNED, OutcomeKind.NOT_APPOINTED)
    assert due(seated) == dict(zip(("c1", "c2", "c3"), kinds, strict=True))
    assert send(seated) == telling.Sent(letters=3, by_mail=3)
    assert send(seated) == telling.NothingDue()
    assert len(mails(seated)) == 3
    rule(seated, {2: Answer.APPROVED}, replace(MEETING, met_on=date(2021, 12, 15)))
    assert due(seated) == {"c2": OutcomeKind.APPOINTED}
    assert send(seated) == telling.Sent(1, 1)
    with seated.store.reading() as connection:
        kept = told.every(connection, seated.election.id)
        entry = audit.last(connection, seated.election.id, "outcome_told")
    assert sorted(one.kind for one in kept) == ["appointed", "appointed", "not_appointed", "returned"]
    assert not any(name in entry.details for name in NAMES)


def test_a_return_that_was_never_told_gives_way_to_what_came_after(store, board):
    """Who is appointed at the next meeting before the letters went out must be told of that alone."""
    made = board(store)
    hold_no_vote(made, *NAMES)
    compose(made)
    rule(made, {1: Answer.RETURNED})
    rule(made, {1: Answer.APPROVED})
    assert due(made) == {"c1": OutcomeKind.APPOINTED}
    assert send(made) == telling.Sent(1, 1)
    assert due(made) == {}


def test_a_letter_is_kept_with_its_mail_or_not_at_all(store, board, monkeypatch):
    """If the transaction breaks at the last letter, no mail may be waiting and everybody must still be due."""
    made = board(store)
    hold_no_vote(made, *NAMES)
    compose(made)
    rule(made, {1: Answer.APPROVED, 2: Answer.APPROVED, 3: Answer.APPROVED})
    keep, calls = told.keep, []

    def break_at_the_third(*args):
        calls.append(args)
        if len(calls) == 3:
            raise RuntimeError("the line is cut")
        keep(*args)

    with monkeypatch.context() as patched:
        patched.setattr(telling.told, "keep", break_at_the_third)
        with pytest.raises(RuntimeError):
            send(made)
    assert mails(made) == []
    assert len(due(made)) == 3


def test_who_gave_no_mail_has_a_letter_and_looking_at_it_is_noted(store, board):
    """A letter for the post room must be made for whoever no mail has reached, and each printed letter is a look."""
    made = board(store)
    hold_no_vote(made, *NAMES)
    compose(made)
    rule(made, {1: Answer.APPROVED, 2: Answer.APPROVED})
    _forget_mail(made, NAMES[1])
    assert send(made) == telling.Sent(letters=2, by_mail=1)
    (first,) = mails(made)
    store.write(lambda work: post.mark_sent(work, first))
    deliveries = {letter.candidate: kept.delivery for letter, kept in overview(made).made}
    assert deliveries == {"c1": Delivery.SENT, "c2": Delivery.BY_POST}
    (letter,) = printed(made, everybody=False)
    assert letter.name == NAMES[1]
    assert len(printed(made)) == 2
    with store.reading() as connection:
        filed = nominations.every(connection, made.election.id)
        noted = [looks.of_subject(connection, made.election.id, one.cpr_hash, (one.id,)) for one in filed]
    assert sorted(sum(look.what is looks.What.LETTER for look in each) for each in noted) == [0, 1, 2]


def _forget_mail(made, name):
    def forget(work):
        (filed,) = [one for one in nominations.every(work.connection, made.election.id) if one.name == name]
        none = {"email": "", "phone": "", "address": "Åvej 1"}
        empty = filing._seal(work.vault, made.election.id, filed.id, "contact", none)
        work.connection.execute(nomination.update().where(nomination.c.id == filed.id).values(contact_sealed=empty))
        work.record(made.election.id, "test", "forgotten")

    made.store.write(forget)


def test_who_withdrew_after_the_freeze_is_not_told_that_she_lost(store, board, koege_rules):
    """With a vote: members, substitutes and the others are told apart, with their votes; who withdrew hears nothing."""
    made = board(
        store,
        rules_text=koege_rules.replace("total = 5", "total = 1").replace("minimum_votes = 0", "minimum_votes = 1"),
    )
    made.prepare(*NAMES, "Dorte Dal", "Emil Eg")
    made.vote((1,), (1,), (2,))
    made.count()
    store.clock.move_to(AFTER_COMPLAINTS)
    compose(made)
    with store.reading() as connection:
        facts = facts_of(connection, made.now(), council(made))
    said = council_draft.draft(facts)["background"]
    assert "3 stemmer blev afgivet, heraf 0 blanke og 0 ugyldige." in said
    chosen, listed = facts.chosen[0].name, facts.substitutes[0].name
    assert f"- Nr. 1: {chosen}, 2 stemmer" in said
    assert f"- Nr. 1: {listed}, 1 stemme" in said
    _withdraw(made, "c5")
    rule(made, {1: Answer.APPROVED})
    assert due(made) == {
        "c1": OutcomeKind.APPOINTED, "c2": OutcomeKind.SUBSTITUTE, "c3": OutcomeKind.NOT_CHOSEN, "c4": OutcomeKind.NOT_CHOSEN
    }  # fmt: skip
    assert send(made) == telling.Sent(4, 4)
    texts = {letter.kind: plain_text(letter) for letter in printed(made)}
    assert (
        "fik du 1 stemme. Du er suppleant til Integrationsrådet i Køge, som nr. 1 i rækkefølgen."
        in texts[OutcomeKind.SUBSTITUTE]
    )
    assert "fik du 0 stemmer. Du fik ikke en plads" in texts[OutcomeKind.NOT_CHOSEN]
    assert "Køge Byråd har den 14. december 2021 udpeget dig" in texts[OutcomeKind.APPOINTED]
    assert "fra den 1. januar 2022 til den 31. december 2025" in texts[OutcomeKind.APPOINTED]
    for text in texts.values():
        assert all(", forbeholdt" in text[found.end() :] for found in re.finditer(r"\bvalgt\b", text))


def _withdraw(made, candidate):
    def withdraw(work):
        filed = {f"c{one.ballot_number}": one for one in nominations.every(work.connection, made.election.id)}[
            candidate
        ]
        gone = Nomination(NominationState.WITHDRAWN, filed.nomination.submitted_at)
        nominations.keep(work.connection, made.election.id, filed.id, gone)
        work.record(made.election.id, "test", "withdrawn")

    made.store.write(withdraw)


def test_without_a_result_there_is_nobody_to_tell(store, board):
    """Before the result both the list and the button must say so."""
    made = board(store)
    assert overview(made) == send(made) == printed(made) == NotKnown(Lacking.NO_RESULT)


def test_a_subject_says_what_happened(seated):
    """The subject alone must tell member, returned and not appointed apart."""
    rule(seated, {1: Answer.APPROVED, 2: Answer.RETURNED, 3: Answer.NOT_APPOINTED})
    send(seated)
    assert [subject(letter) for letter in printed(seated)] == [
        "Du er udpeget som medlem af Integrationsrådet i Køge",
        "Sagen om udpegning til Integrationsrådet i Køge er sendt tilbage",
        "Du er ikke udpeget som medlem af Integrationsrådet i Køge",
    ]
