"""Election day: people are found and admitted at the desk, and vote on the tablet."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import journey_devices as devices
from journey_people import heading, told
from journey_secretariat import SLUG
from playwright.sync_api import expect

from ballots.protocol.credentials import derive_public

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from journey_people import Sent
    from journey_rules import Resident
    from playwright.sync_api import Page

WAITING = "Vælg dit sprog"
"""What stands on a tablet that waits for its next voter."""

ADMITTED = "Giv vælgeren lov til at trække en stemmeseddel"


def sit_down(page: Page, invitations: Mapping[str, str], desk: str) -> None:
    """Sit down at a device that joins as this desk; before that nobody can be found there."""
    page.goto(f"/{SLUG}/checkin/")
    heading(page, "Enheden er ikke tilsluttet som bord")
    devices.join(page, invitations[desk])
    told(page, f"Denne enhed er nu {desk}.")
    heading(page, "Find vælgeren")


def set_up(tablet: Page, invitations: Mapping[str, str], booth: str) -> None:
    """Let a tablet join as this booth; before that nobody can vote on it."""
    tablet.goto("/")
    heading(tablet, "Denne tablet er ikke tilsluttet")
    devices.join(tablet, invitations[booth])
    heading(tablet, WAITING)
    expect(tablet.locator(".device")).to_have_text(booth)


def find_by_cpr(page: Page, person: Resident) -> None:
    """Find a voter by the number on her card."""
    page.goto(f"/{SLUG}/checkin/")
    page.get_by_label("Scan kort, eller skriv navn").fill(person.cpr)
    page.get_by_label("Scan kort, eller skriv navn").press("Enter")
    expect(page.locator("main .cards, main .answer")).to_be_visible()
    assert person.cpr not in page.url


def find_by_name(page: Page, name: str, birth_date: str) -> None:
    """Find a voter by a part of her name and her birth date."""
    page.goto(f"/{SLUG}/checkin/")
    page.get_by_label("Scan kort, eller skriv navn").fill(name)
    page.get_by_label("Fødselsdato (til navn)").fill(birth_date)
    page.get_by_role("button", name="Find", exact=True).click()
    heading(page, "Er det denne person?")


def admit(page: Page) -> None:
    """Ask for the declaration, and admit the voter who was found by her number or by name and birth date."""
    heading(page, "Er det denne person?")
    page.get_by_role("button", name="Luk vælgeren ind").click()
    expect(page.locator("p.error").first).to_contain_text("Læs erklæringen op")
    page.get_by_label("Vælgeren har sagt ja til erklæringen.").check()
    page.get_by_role("button", name="Luk vælgeren ind").click()
    expect(page.get_by_role("alert")).to_contain_text(ADMITTED)
    expect(page.get_by_label("Scan kort, eller skriv navn")).to_be_focused()


def is_told_of_admission(page: Page, desk: str) -> None:
    """The voter was here before: the desk is told when and where, and has no button to admit her again."""
    expect(page.get_by_role("alert")).to_contain_text("Har allerede været her")
    told_when = re.compile(rf"den \d\d\.\d\d\.\d{{4}} kl\. \d\d:\d\d ved {re.escape(desk)}\.")
    expect(page.get_by_role("alert")).to_contain_text(told_when)
    expect(page.get_by_role("button", name="Luk vælgeren ind")).to_have_count(0)


def type_slip(tablet: Page, code: str) -> None:
    """Type the code of a slip."""
    tablet.get_by_label("Koden på stemmesedlen").fill(code)
    tablet.get_by_label("Koden på stemmesedlen").press("Enter")


def begin(tablet: Page, language: str = "da") -> None:
    """Choose a language on a tablet that waits."""
    heading(tablet, WAITING)
    tablet.locator(f".screen .language[lang={language}]").click()


def speak(tablet: Page, language: str) -> None:
    """Change the language in the middle of a vote."""
    tablet.locator(".tool").first.click()
    tablet.locator(f"dialog .language[lang={language}]").click()
    expect(tablet.locator("html")).to_have_attribute("lang", language)


def show_slip(tablet: Page) -> None:
    """Hold the slip in front of the camera."""
    tablet.get_by_role("button", name="Scan stemmesedlen").click()


def is_refused(tablet: Page, sentence: str) -> None:
    """The slip cannot vote, and the voter is told why and stays where she is."""
    expect(tablet.get_by_role("alert")).to_contain_text(sentence)
    heading(tablet, "Vis din stemmeseddel")


def cast(tablet: Page, *names: str) -> str:
    """Mark candidates, or vote blank; look at it once more and cast it. Answers the receipt code."""
    heading(tablet, "Sæt dit kryds")
    for name in names or ("Stem blankt",):
        tablet.get_by_label(name).check()
    tablet.get_by_role("button", name="Fortsæt").click()
    heading(tablet, "Er det rigtigt?")
    shown = tablet.locator(".vote li .name, .vote li.name").all_inner_texts()
    assert sorted(shown) == sorted(names or ("Blank stemme",))
    tablet.get_by_role("button", name="Ja, det er rigtigt").click()
    heading(tablet, "Afgiv din stemme")
    tablet.get_by_role("button", name="Afgiv min stemme").click()
    heading(tablet, "Din stemme er afgivet")
    return "".join(tablet.locator(".receipt span").all_inner_texts())


def seal_blank(tablet: Page) -> None:
    """Vote blank and cast it, whatever comes of it."""
    heading(tablet, "Sæt dit kryds")
    tablet.get_by_label("Stem blankt").check()
    for way_on in ("Fortsæt", "Ja, det er rigtigt", "Afgiv min stemme"):
        tablet.get_by_role("button", name=way_on).click()


def leave(tablet: Page, code: str) -> None:
    """Leave the tablet to the next voter: nothing of the visit is left on the screen."""
    tablet.get_by_role("button", name="Færdig").click()
    heading(tablet, WAITING)
    expect(tablet.locator("body")).not_to_contain_text(code[:5])
    expect(tablet.get_by_label("Koden på stemmesedlen")).to_have_count(0)


def tells_nothing(wire: Sequence[Sent], slips: Sequence[str], ballots: int) -> None:
    """What left the tablets: the public half of slips, and sealed ballots of one form, whatever was voted."""
    cast = [one for one in wire if one.body and not one.url.endswith("/join")]
    posted = [(one.url.rpartition("/")[2], json.loads(one.body)) for one in cast]
    sealed = [body for door, body in posted if door == "ballots"]
    asked = [body for door, body in posted if door == "slip"]
    assert len(sealed) + len(asked) == len(posted)
    assert len(sealed) == ballots
    assert len({_form(body) for body in sealed}) == 1
    public = {derive_public(sealed[0]["election_uuid"], slip) for slip in slips}
    assert all(body["credential"] in public for body in sealed)
    assert all(body.keys() == {"credential", "proof"} for body in asked)
    assert all(body["proof"].keys() == {"challenge", "response"} for body in asked)
    said = "".join(f"{url} {body}" for url, body in wire)
    assert [slip for slip in slips if slip in said or slip.replace("-", "") in said] == []


def _form(body: object) -> str:
    """The shape of a JSON value: its names and the lengths of its lists and texts; numbers are as long as they happen to be."""
    match body:
        case dict():
            return "{" + ",".join(f"{name}:{_form(value)}" for name, value in body.items()) + "}"
        case list():
            return "[" + ",".join(map(_form, body)) + "]"
        case str() if body.isdigit():
            return "number"
        case str():
            return f"text of {len(body)}"
    return repr(body)
