"""Whoever is asked to tick a box after the deadline gets no days more for her text than the others."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from photographs import quarters, written
from standing import form

from candidates.nomination import NominationState
from votingapp.desks.secretariat.decisions import service as desk
from votingapp.desks.secretariat.decisions.examining import examine
from votingapp.store.staff import Role

FORM = "/koege-2021/stand/form"
HELD = "Navn, tekst og foto er, som du sendte dem før."


@pytest.fixture
def official(store, election, add_staff):
    """Who decides."""
    return add_staff(store, election, "bente", Role.SECRETARIAT, name="Bente Ærø")


@pytest.fixture
def asked(her, store, election, official, clock):
    """She left out the declaration and is asked for it, the deadline being over: `asked(opens=False)`."""

    def ask(*, opens: bool = False, **sent: str | None):
        her.send(form(declared=None))
        her.send(form(declared=None, warned="declaration", **sent))
        assert her.filed.declaration is None
        clock.move_to(election.rules.nomination.closes + timedelta(minutes=5))
        outcome = desk.send_back(
            store, official, election, her.filed.id, "Erklæringen mangler.", opens_presentation=opens
        )
        assert outcome == desk.Decided()
        her.come_back()

    return ask


def changed_late(store, official, election, her) -> tuple[str, ...]:
    return examine(store, official, election, her.filed.id).changed_late


def test_a_text_that_no_notice_named_stays(her, asked, store, official, election):
    """The declaration comes in; name, texts and group stay, she is told so, and nothing was changed late."""
    asked(own_language="ar", own_statement="مرحبا")
    page = her.send(
        form(name="Anden Person", statement="Ny tekst", own_language="tr", own_statement="Merhaba"),
        follow_redirects=True,
    ).text
    assert HELD in page
    filed = her.filed
    assert (filed.state, filed.version) == (NominationState.SUBMITTED, 2)
    assert filed.declaration is not None
    assert filed.name == "Åse Østergård-Łuczak"
    assert filed.statement.startswith("Flere møder")
    assert (filed.own_language, filed.own_statement) == ("ar", "مرحبا")
    assert changed_late(store, official, election, her) == ()


def test_the_form_shows_what_is_closed_and_why(her, asked):
    """No field for name and text, but both as they were sent, and the reason; what is open can be sent as it is."""
    asked()
    page = her.page(FORM)
    assert "Du kan ikke ændre det, vælgerne ser: navn, tekst og foto." in page
    for field in ('name="name"', 'name="statement"', 'name="own_statement"', 'value="photo"'):
        assert field not in page
    assert "Åse Østergård-Łuczak" in page
    assert "Flere møder om aftenen." in page
    open_fields = form(name=None, statement=None, own_language=None, other_language=None, own_statement=None)
    answer = her.send(open_fields, follow_redirects=True).text
    assert HELD not in answer
    assert her.filed.state is NominationState.SUBMITTED
    assert her.filed.name == "Åse Østergård-Łuczak"


def test_a_draft_of_a_new_text_does_not_come_in_by_the_back_door(her, asked, clock):
    """What she wrote before the deadline and did not send is not sent after it; the preview shows what counts."""
    asked()
    her.send(form(act="save", statement="Skrevet bagefter"))
    assert "Skrevet bagefter" not in her.page("/koege-2021/stand/preview")
    her.send(form(statement=None))
    assert her.filed.statement.startswith("Flere møder")


def test_a_notice_that_opens_the_text_lets_her_mend_it(her, asked, store, official, election):
    """Where the defect is in the text she may mend it, and the secretariat sees what was changed after the deadline."""
    asked(opens=True)
    assert 'name="statement"' in her.page(FORM)
    page = her.send(form(name="Åse Ærø", statement="Rettet tekst"), follow_redirects=True).text
    assert HELD not in page
    assert (her.filed.name, her.filed.statement) == ("Åse Ærø", "Rettet tekst")
    assert changed_late(store, official, election, her) == ("name", "statement")


def test_the_last_notice_counts(her, asked, store, official, election, clock):
    """A text that was opened once is closed again by the next defect notice that does not name it."""
    asked(opens=True)
    her.send(form(statement="Rettet tekst"))
    clock.advance(minutes=5)
    desk.send_back(store, official, election, her.filed.id, "Adressen mangler.")
    her.send(form(statement="Rettet igen"))
    assert her.filed.statement == "Rettet tekst"


def test_before_the_deadline_a_notice_closes_nothing(her, store, official, election):
    """Everybody has her text until the deadline, whoever was sent back too."""
    her.send(form())
    desk.send_back(store, official, election, her.filed.id, "Adressen mangler.")
    assert 'name="statement"' in her.page(FORM)
    her.send(form(statement="Ny i tide"))
    assert her.filed.statement == "Ny i tide"


def test_another_photograph_stays_out(her, asked):
    """A picture that is handed in after the deadline is not on the ballot."""
    asked()
    her.client.get("/koege-2021/stand/photo")
    csrf = her.page().split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
    data = {"csrf_token": csrf, "photo": (io.BytesIO(written(quarters())), "mig.jpg")}
    assert her.client.post("/koege-2021/stand/photo", data=data).status_code == 302
    her.send(form(statement=None))
    assert her.filed.photo_id is None
