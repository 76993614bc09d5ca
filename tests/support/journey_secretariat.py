"""The secretariat's day: found the election, hire people, take in the extract, and decide who stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey_people import heading, told
from playwright.sync_api import expect

if TYPE_CHECKING:
    from journey_house import House
    from journey_rules import Resident
    from playwright.sync_api import Page

SLUG = "koege-i-dag"


def found_election(page: Page, rules_text: str) -> None:
    """Hand in a rule set, read it through, and found a real election."""
    page.goto("/")
    page.get_by_role("link", name="Nyt valg").click()
    page.get_by_label("Regelsæt").select_option(label="Egen fil, som vælges herunder")
    file = {"name": "regler.toml", "mimeType": "application/toml", "buffer": rules_text.encode()}
    page.get_by_label("Egen fil (TOML)").set_input_files(file)
    page.get_by_label("Kort navn i adressen").fill(SLUG)
    page.get_by_role("button", name="Læs reglerne igennem").click()
    heading(page, "Er det de rigtige regler?")
    expect(page.get_by_role("main")).to_contain_text("Stemmelighed, der har betydning, afgøres ved lodtrækning")
    page.get_by_role("button", name="Opret valget").click()
    heading(page, "Sekretariatets overblik")


def hire(page: Page, login: str, name: str, role: str) -> str:
    """Add an official and appoint her, with a login of our choosing; answers the one-time password that is shown once."""
    page.goto(f"/{SLUG}/secretariat/staff")
    page.get_by_label(role, exact=True).fill(f"{name}, {login}")
    page.get_by_role("button", name="Tilføj alle, og vis engangskoderne").click()
    told(page, "Alle er tilføjet og udpeget.")
    password = page.get_by_role("row", name=name).get_by_role("cell").last.inner_text()
    page.get_by_role("link", name="Til alle medarbejdere").click()
    expect(page.get_by_role("main")).to_contain_text(f"{name} ({login})")
    expect(page.get_by_text(password)).to_have_count(0)
    return password


def take_in_extract(page: Page, extract: bytes, persons: int, residents: int) -> None:
    """Hand the register extract in, look at its Danish letters, and put it in force."""
    page.goto(f"/{SLUG}/secretariat/register")
    file = {"name": "udtræk.csv", "mimeType": "text/csv", "buffer": extract}
    page.get_by_label("Udtræk (CSV-fil)").set_input_files(file)
    page.get_by_role("button", name="Indlæs til gennemsyn").click()
    heading(page, "Gennemsyn af udtræk")
    facts = page.locator("dl.facts")
    expect(facts).to_contain_text("Windows-1252")
    expect(facts.locator("dd").nth(2)).to_have_text(str(persons))
    expect(facts.locator("dd").nth(3)).to_have_text(str(residents))
    letters = page.get_by_role("table", name="Navne med særlige bogstaver")
    expect(letters).to_contain_text("Øzlem Kjærgård")
    expect(letters).to_contain_text("Åse Ærø")
    page.get_by_role("button", name=f"Tag udtrækket med {persons} personer i brug").click()
    told(page, f"Udtrækket er taget i brug med {persons} personer.")


def stand(house: House, page: Page, person: Resident, email: str, statement: str) -> str:
    """Say who she is through a mailed link and stand for election; answers the receipt number."""
    page.goto(f"/{SLUG}/stand")
    page.get_by_role("link", name="Begynd her").click()
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Send mig et link").click()
    heading(page, "Se i din indbakke")
    page.goto(house.link_to(email))
    page.get_by_role("main").get_by_role("button", name="Ja, det er min e-mail").click()
    heading(page, "Din opstilling")
    page.get_by_role("textbox", name="Dit navn på stemmesedlen").fill(person.name)
    page.get_by_label("CPR-nummer").fill(f"{person.cpr[:6]}-{person.cpr[6:]}")
    page.get_by_label("Din tekst på dansk").fill(statement)
    page.get_by_label("Jeg erklærer på tro og love").check()
    page.get_by_label("Jeg samtykker i").check()
    page.get_by_role("button", name="Send", exact=True).click()
    heading(page, "Min opstilling")
    expect(page.get_by_role("main")).not_to_contain_text(person.cpr)
    return page.locator("dd .code").inner_text()


def accept(page: Page, person: Resident) -> None:
    """See a passport, find that the rules are kept, and accept."""
    _open_nomination(page, person)
    identity = page.locator("form", has=page.get_by_role("button", name="Jeg har set legitimation"))
    identity.get_by_role("textbox").fill("Pas, set på kontoret")
    identity.get_by_role("button").click()
    form = page.locator("form", has=page.get_by_role("button", name="Godkend kandidaten"))
    form.get_by_role("button").click()
    told(page, "Kandidaten er godkendt.")


def refuse(page: Page, person: Resident, reason: str) -> None:
    """Refuse, which does not go without a reason."""
    _open_nomination(page, person)
    expect(page.get_by_role("main")).to_contain_text(
        "Bor ikke i Køge Kommune ifølge folkeregisteret (kommunekode 0101)"
    )
    form = page.locator("form", has=page.get_by_role("button", name="Afvis opstillingen"))
    form.get_by_role("button").click()
    expect(page.get_by_role("alert").first).to_contain_text("Skriv en begrundelse")
    form.get_by_label("Begrundelse").fill(reason)
    form.get_by_role("button").click()
    told(page, "Opstillingen er afvist.")


def tell_apart(page: Page, person: Resident, line: str) -> None:
    """Give a candidate the line by which voters tell her from another of almost the same name."""
    _open_nomination(page, person)
    expect(page.locator("p.warning")).to_contain_text("Navnet ligner en anden kandidats")
    form = page.locator("form", has=page.get_by_role("button", name="Gem tilføjelsen"))
    form.get_by_label("Tilføjelse på stemmesedlen").fill(line)
    form.get_by_role("button").click()
    told(page, "Tilføjelsen er gemt.")


def _open_nomination(page: Page, person: Resident) -> None:
    page.goto(f"/{SLUG}/secretariat/nominations")
    page.get_by_role("link", name=person.name).first.click()
    expect(page.locator("h1")).to_contain_text(person.name)
