"""Whoever writes for a long time is warned before she is signed out, and loses no word when she comes too late."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from auditing import Page
from identity import add_applicant
from playwright.sync_api import expect
from served_office import serve_office
from shut_doors import doors
from standing import DURING, form

from votingapp.store import drafts
from votingapp.web import throttle
from votingapp.web.applicants import COOKIE_KEY, IDLE_LIMIT, WARN_AFTER, open_applicant_session

FORM = "/koege-2021/stand/form"
LONG = "Jeg vil arbejde for flere møder om aftenen og for breve, som alle kan læse.\n<b>Æøå</b> & мова"


def sent_late(her, clock, path=FORM, **filled):
    """Open the form, write for longer than the house waits, and press Send."""
    token = Page(her.client.get(FORM).text).tokens[0]
    clock.now += IDLE_LIMIT + timedelta(seconds=1)
    return her.client.post(path, data=form(**filled) | {"csrf_token": token})


def test_words_that_come_too_late_are_given_back(her, clock):
    """She is told what happened, sees her text to copy it, signed out as she is, and nothing of her is kept."""
    answer = sent_late(her, clock, statement=LONG, warned="identity cpr")
    assert answer.status_code == 403
    assert "Det, du lige har sendt, er ikke gemt." in answer.text
    assert "&lt;b&gt;Æøå&lt;/b&gt; &amp; мова</textarea>" in answer.text
    assert "identity cpr" not in answer.text
    assert 'href="/koege-2021/identify?next=/koege-2021/stand/form"' in answer.text
    assert her.filed is None
    her.come_back()
    her.send(form(statement=LONG))
    assert her.filed.statement == LONG


def test_a_number_is_never_given_back(her, clock):
    """Whatever page shows the words again, the CPR number is not among them."""
    assert "101262" not in sent_late(her, clock, cpr="101262 0001").text


def test_a_stranger_gets_nothing_back(her, office):
    """Who was never known here is asked who she is, as ever; no page repeats what another site made her browser send."""
    stranger = office.test_client()
    token = Page(stranger.get("/koege-2021/identify").text).tokens[0]
    answer = stranger.post(FORM, data=form(statement=LONG) | {"csrf_token": token})
    assert answer.location == "/koege-2021/identify?next=/koege-2021/stand/form"
    assert her.client.post(FORM, data=form(statement=LONG)).status_code == 400


def test_saving_to_stay_leads_back_to_the_form(her):
    """The button of the warning keeps the draft through the ordinary door, and she goes on writing."""
    answer = her.send(form(act="stay", statement=LONG))
    assert answer.location == FORM
    with her.store.reading() as connection:
        assert drafts.find(connection, her.store.vault, her.election.id, her.applicant.id).content.statement == LONG


def test_the_warning_leaves_time_to_save(her, clock):
    """A minute before the warning, and ten minutes after it, the session still holds, also where it was not touched lately."""
    clock.advance(minutes=5)
    her.page(FORM)
    clock.now += WARN_AFTER + timedelta(minutes=10)
    her.page(FORM)


@pytest.mark.parametrize("act", ["send", "save"])
def test_whoever_is_held_back_loses_nothing(her, act):
    """Too many presses cost a quarter of an hour: the form is there again with all that she wrote, and says so."""
    for _press in range(60):
        throttle.count_failure(her.store, f"stand-applicant:{her.applicant.id}")
    answer = her.send(form(act=act, statement=LONG))
    assert answer.status_code == 429
    assert "Det, du har skrevet, står her stadig." in answer.text
    assert "Æøå&lt;/b&gt; &amp; мова</textarea>" in answer.text
    assert "<title>Fejl: " in answer.text


def test_a_busy_network_costs_no_words(her):
    """Where too many came forward from one network, what she wrote is kept as a draft."""
    for _press in range(200):
        throttle.count_failure(her.store, "stand:127.0.0.1")
    answer = her.send(form(statement=LONG))
    assert (answer.status_code, "Det, du har skrevet, er gemt." in answer.text) == (429, True)
    with her.store.reading() as connection:
        assert drafts.find(connection, her.store.vault, her.election.id, her.applicant.id).content.statement == LONG


def test_who_has_come_forward_is_not_held_back_by_her_neighbours(her, comes):
    """A busy network keeps nobody from mending what she has sent, and pressing Send again counts for nobody else."""
    her.send(form())
    neighbour = comes(email="bo@eksempel.dk")
    for number in range(4):
        her.send(form(statement=f"Hej {number}"))
    assert doors(her.store, "stand:") == {"stand:127.0.0.1": 1}
    for _press in range(200):
        throttle.count_failure(her.store, "stand:127.0.0.1")
    assert her.send(form(statement=LONG)).location == "/koege-2021/stand/mine"
    assert her.filed.statement == LONG
    assert neighbour.send(form()).status_code == 429


@pytest.mark.browser
def test_the_page_warns_and_saves(browser, settings, store, election, clock):
    """After three quarters of an hour the warning comes into sight by itself; its button saves and the form is there again."""
    clock.move_to(DURING)
    applicant = add_applicant(store, election)
    with (
        serve_office(settings, store) as served,
        browser.new_context(viewport={"width": 320, "height": 640}, locale="da-DK") as context,
    ):
        serializer = served.app.session_interface.get_signing_serializer(served.app)
        cookie = serializer.dumps({COOKIE_KEY: open_applicant_session(store, applicant)})
        context.add_cookies([{"name": "votingapp-office", "value": cookie, "url": served.address}])
        page = context.new_page()
        page.clock.install()
        page.goto(f"{served.address}{FORM}")
        page.locator("#statement").fill(LONG)
        page.locator("#name").press("Enter")
        expect(page).to_have_url(re.compile(f"{FORM}$"))
        expect(page.get_by_role("status").first).to_contain_text("er gemt")
        page.clock.fast_forward("44:00")
        expect(page.get_by_role("alert")).to_be_hidden()
        page.clock.fast_forward("01:30")
        warning = page.get_by_role("alert")
        expect(warning).to_contain_text("Du bliver snart logget ud.")
        expect(warning).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        warning.get_by_role("button", name="Gem, og skriv videre").click()
        expect(page).to_have_url(re.compile(f"{FORM}$"))
        expect(page.get_by_role("status").first).to_contain_text("er gemt")
        expect(page.locator("#statement")).to_have_value(LONG)
