"""The pages of the complaints, as the secretariat meets them, and what everybody reads of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

PAGE = "/koege-2021/secretariat/complaints"
LATER = datetime(2021, 12, 20, 9, tzinfo=UTC)
COMPLAINT = {
    "received_at": "2021-11-30T23:59:59",
    "subject": "polling",
    "who": "Åse Łuczak",
    "contact": "aase@eksempel.dk",
    "words": "Der var ingen kø til boksen,\nmen jeg måtte gå.",
    "late": "",
}
SECOND = {"second_login": "anne", "second_password": "en lang og god sætning"}


@pytest.fixture
def desk(signing_board, client, sign_in, clock):
    """The secretary's browser, three weeks after the election."""
    clock.move_to(LATER)
    return sign_in(client, signing_board.secretary.login)


def send(desk, path, data, page, **kwargs):
    text = desk.get(page).text
    hidden = {name: held(text, name) for name in ("csrf_token", "once") if f'name="{name}"' in text}
    return desk.post(path, data=hidden | data, **kwargs)


def held(text, name):
    return text.rsplit(f'name="{name}"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


def test_a_complaint_goes_from_the_door_to_the_decision(desk, client, office):
    """Entered, put forward, decided by two; the list shows no name, the public page figures only, and the page of it everything."""
    empty = send(desk, PAGE, COMPLAINT | {"words": "", "subject": ""}, PAGE)
    assert empty.status_code == 422
    assert "Skriv klagen af." in empty.text
    late = send(desk, PAGE, COMPLAINT | {"received_at": "2021-12-01T00:00:00"}, PAGE)
    assert (late.status_code, "efter fristen" in late.text) == (422, True)
    numbered = send(desk, PAGE, COMPLAINT | {"words": "Mit nummer er 101262-0001."}, PAGE)
    assert (numbered.status_code, "101262" in numbered.text) == (422, False)
    kept = send(desk, PAGE, COMPLAINT, PAGE)
    assert kept.status_code == 302
    own = kept.headers["Location"]
    page = desk.get(own)
    assert "Åse Łuczak" in page.text
    assert "i tide" in page.text
    shown = desk.get(PAGE).text
    assert "1 klage er ikke afgjort" in shown
    assert "Łuczak" not in shown
    step = f"{own}/step"
    day = {"day": "2021-12-14", "words": "Sat på dagsordenen."}
    assert send(desk, step, day | {"kind": "put_forward"}, own).status_code == 302
    decision = day | {"kind": "decided", "body": "Køge Byråd", "outcome": "rejected", "remedy": "", "candidate": ""}
    alone = send(desk, step, decision | SECOND | {"second_login": "sekretær"}, own)
    assert (alone.status_code, "en anden end dig" in alone.text) == (422, True)
    lacking = send(desk, step, decision | SECOND | {"outcome": "corrected"}, own)
    assert (lacking.status_code, "Vælg, hvordan udfaldet rettes." in lacking.text) == (409, True)
    public = office.test_client()
    assert "Ikke afgjort endnu" in public.get("/koege-2021/timetable").text
    done = send(desk, step, decision | SECOND, own, follow_redirects=True)
    assert "Klagen er lukket." in done.text
    assert "Klagen får ikke medhold" in done.text
    told = public.get("/koege-2021/timetable").text
    assert "Fik ikke medhold</dt><dd>1</dd>" in told
    assert "30. november 2021" in told
    assert "Łuczak" not in told
    assert (
        desk.post(step, data={"kind": "lost", "csrf_token": held(desk.get(PAGE).text, "csrf_token")}).status_code == 400
    )
    nowhere = f"{PAGE}/00000000-0000-4000-8000-000000000000"
    assert desk.get(nowhere).status_code == 404


def test_a_decision_dated_too_early_is_asked_about(desk):
    """The warning stands with a box to tick; ticked, the decision is kept."""
    own = send(desk, PAGE, COMPLAINT | {"received_at": "2021-11-25T09:00"}, PAGE).headers["Location"]
    early = {"day": "2021-11-30", "words": "Afgjort."}
    send(desk, f"{own}/step", early | {"kind": "put_forward"}, own)
    decision = early | {"kind": "decided", "body": "Byrådet", "outcome": "rejected"} | SECOND
    asked = send(desk, f"{own}/step", decision, own)
    assert asked.status_code == 409
    assert "før klagefristen var forbi" in asked.text
    assert 'name="seen"' in asked.text
    assert send(desk, f"{own}/step", decision | {"seen": "y"}, own).status_code == 302
