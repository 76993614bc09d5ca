"""How to vote, when, by which rules and who may stand: each page fits the phase and says what the rules say."""

import hashlib
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from shown import SUBMITTED, fix_ballot, show

from candidates.eligibility import FindingCode, turns
from votingapp.desks.public import timetable
from votingapp.desks.public.borders import age_border
from votingapp.desks.public.timetable import Event
from votingapp.resources import rulesets_dir
from votingapp.store import decisions, elections
from votingapp.store.decisions import Extension, Uncontested
from votingapp.store.staff import Role

BEFORE, DURING = datetime(2021, 11, 1, tzinfo=UTC), SUBMITTED
AFTER = datetime(2021, 11, 16, 11, 0, 1, tzinfo=UTC)
PLACE = "Kantinen, Køge Rådhus, Torvet 1, 4600 Køge"
PAGES = ("", "candidates", "how-to-vote", "timetable", "rules", "eligibility", "result")


@pytest.fixture
def election(store, found_election):
    """Køge 2021."""
    return found_election(store)


@pytest.fixture
def clerk(store, election, add_staff):
    """A secretary."""
    return add_staff(store, election, "clerk", Role.SECRETARIAT)


def keep(store, election, write):
    """Write something a desk would write and give the election as it is then."""

    def act(work):
        write(work)
        work.record(election.id, "test", "written")
        return elections.by_id(work.connection, election.id)

    return store.write(act)


def extend(store, election, clerk):
    """Give two more days."""
    closes = election.rules.nomination.closes + timedelta(days=2)
    extension = Extension(AFTER, "Køge Byråd", "For få kandidater.", closes, closes + timedelta(days=1), clerk.id)
    return keep(store, election, lambda work: decisions.keep_extension(work, election.id, extension))


def cancel_vote(store, election, clerk):
    """Decide that no vote is held."""
    decision = Uncontested(AFTER, "Valgbestyrelsen", "To kandidater til fem pladser.", "[]", clerk.id)
    return keep(store, election, lambda work: decisions.keep_uncontested(work, election.id, decision))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("at", "may"), [(BEFORE, False), (DURING, True), (AFTER, False)])
def test_nothing_invites_to_stand_when_one_cannot(client, election, clock, name, at, may):
    """The way to the form stands on every page while it is open, and on none before or after."""
    clock.move_to(at)
    page = client.get(f"/koege-2021/{name}").text
    assert ('href="/koege-2021/stand"' in page) == may
    if at == AFTER:
        assert "Man kan stille op nu" not in page
        assert "Du kan stille op til" not in page


@pytest.mark.parametrize("name", PAGES)
def test_every_page_leads_to_the_others(client, election, name):
    """From each public page of an election every other is one step away, and the page itself is marked."""
    page = client.get(f"/koege-2021/{name}").text
    for other in PAGES[:-1]:
        assert f'href="/koege-2021/{other}"' in page
    if name != "result":
        assert f'href="/koege-2021/{name}" aria-current="page"' in page


def test_how_to_vote_tells_what_matters(client, election):
    """A voter reads the day and hours, each step, what is secret, that blank is possible and who may not choose for her."""
    page = client.get("/koege-2021/how-to-vote").text
    for words in (
        "23. november 2021 fra kl. 17.00 til kl. 20.00",
        "Træk selv en stemmeseddel",
        "Du kan vælge 1 kandidat.",
        "stemme blankt",
        "kvitteringskode",
        "Hverken personalet eller kommunen kan se, hvad du har stemt",
        "En tolk må ikke sige dit valg for dig",
    ):
        assert words in page


def test_how_to_vote_follows_the_rules(client, store, found_election, koege_rules):
    """Where the rules give three votes, no blank vote and a closed roll, the page says so."""
    rules = koege_rules.replace("votes_per_voter = 1", "votes_per_voter = 3").replace("blank = true", "blank = false")
    found_election(store, "andet", rules.replace('roll = "open"', 'roll = "closed"'))
    page = client.get("/andet/how-to-vote").text
    assert "Du kan vælge op til 3 kandidater." in page
    assert "blankt" not in page
    assert "stå på valglisten" in page


@pytest.fixture
def placed(store, found_election, koege_rules):
    """An election whose rules say where the poll is held."""
    place = f'place = "{PLACE}"\n\n[eligibility]'
    return found_election(store, "kantinen", koege_rules.replace("\n[eligibility]", place))


@pytest.mark.parametrize("name", ["", "how-to-vote", "timetable", "rules"])
def test_the_place_of_the_poll_is_told(client, placed, name):
    """Whoever asks where to go, when, how or by which rules reads the place, and is sent to nobody else for it."""
    page = client.get(f"/kantinen/{name}").text
    assert PLACE in page
    assert "Stedet kan du få oplyst" not in page


@pytest.mark.parametrize("name", ["", "how-to-vote", "timetable", "rules"])
def test_rules_without_a_place_leave_it_out(client, election, name):
    """No page has an empty line for a place that the rules do not name."""
    assert "Valgsted" not in client.get(f"/koege-2021/{name}").text


def test_no_place_where_no_vote_is_held(client, store, placed, clerk):
    """When the vote is cancelled nobody is sent anywhere."""
    cancel_vote(store, placed, clerk)
    assert PLACE not in client.get("/kantinen/").text
    assert PLACE not in client.get("/kantinen/timetable").text


def test_the_timetable_is_in_order(client, election):
    """Every date of the rules stands there, earliest first, deadlines to the second."""
    page = client.get("/koege-2021/timetable").text
    expected = (
        "22. juni 2021", "4. november 2021 kl. 00.00.00", "16. november 2021 kl. 12.00.00", "18. november 2021 kl. 12.00.00",
        "23. november 2021 kl. 17.00.00", "23. november 2021 kl. 20.00.00", "30. november 2021", "1. januar 2022", "31. december 2025",
    )  # fmt: skip
    assert re.findall(r"<bdi>(\d[^<]*)</bdi></time>", page) == list(expected)


def test_an_extended_deadline_is_told_with_its_decision(client, store, election, clerk, clock):
    """The new deadline counts, the old one is told as past, and body and reason of the decision stand beside it."""
    clock.move_to(AFTER)
    extend(store, election, clerk)
    page = client.get("/koege-2021/timetable").text
    old, new = page.index("16. november 2021 kl. 12.00.00"), page.index("18. november 2021 kl. 12.00.00")
    assert old < page.index("Den er forlænget") < new < page.index("For få kandidater.")
    assert "Køge Byråd" in page
    assert "18. november 2021 kl. 12.00.00" in client.get("/koege-2021/eligibility").text
    rules = client.get("/koege-2021/rules").text
    assert "Den første frist var 16. november 2021 kl. 12.00.00" in rules
    assert "Man kan stille op nu" in client.get("/koege-2021/").text


def test_the_timetable_sorts_what_the_rules_may_put_anywhere(store, found_election, koege_rules):
    """A term that began before the vote stands before it; a day that ends something stands after that day's hours."""
    early = koege_rules.replace("term_start = 2022-01-01", "term_start = 2021-11-10").replace("days = 7", "days = 1")
    dates = timetable.timetable(found_election(store, rules_text=early))
    events = [one.event for one in dates]
    assert events.index(Event.TERM_STARTS) < events.index(Event.NOMINATION_CLOSES)
    assert events.index(Event.COMPLAINTS_END) == events.index(Event.POLL_CLOSES) + 1
    assert dates[events.index(Event.COMPLAINTS_END)].day == date(2021, 11, 24)
    assert events[-1] is Event.TERM_ENDS


def test_an_uncontested_election_says_who_is_elected_and_why_no_vote_is_held(client, store, election, clerk, clock):
    """Every page says that no vote is held; the result names the elected under the council's reservation, and the reason."""
    clock.move_to(AFTER)
    people = [show(store, election, name) for name in ("Bo Ek", "Åse Ærø")]
    cancel_vote(store, election, clerk)
    page = client.get("/koege-2021/result").text
    for words in (
        "forbeholdt Byrådets godkendelse",
        "Bo Ek",
        "Åse Ærø",
        "To kandidater til fem pladser.",
        "3 pladser er vakante.",
    ):
        assert words in page
    assert all(f"/koege-2021/candidates/{one.public_id}" in page for one in people)
    for name in ("", "how-to-vote", "timetable", "result"):
        assert "Der holdes ingen afstemning" in client.get(f"/koege-2021/{name}").text
    assert "Træk selv" not in client.get("/koege-2021/how-to-vote").text
    assert "Afstemningen åbner" not in client.get("/koege-2021/timetable").text


def test_the_lot_is_explained_before_and_after_it_is_drawn(
    client, store, found_election, koege_rules, clock, add_staff
):
    """Method and time are announced; once confirmed the seed and each place can be recomputed."""
    election = found_election(store, "lod", koege_rules.replace('order = "alphabetical"', 'order = "lot"'))
    clerk = add_staff(store, election, "clerk", Role.SECRETARIAT)
    assert "ikke annonceret endnu" in client.get("/lod/rules").text
    clock.move_to(AFTER)
    at = AFTER + timedelta(days=1)
    keep(store, election, lambda work: decisions.announce_lot(work, election.id, "Tre <terninger>", at, clerk.id))
    announced = client.get("/lod/rules").text
    assert "Tre &lt;terninger&gt;" in announced
    assert "17. november 2021 kl. 12.00.01" in announced
    assert "Lodtrækning om rækkefølgen" in client.get("/lod/timetable").text
    people = [show(store, election, name) for name in ("Bo Ek", "Åse Ærø", "Cem Ik")]
    witnesses = "Ida Vidne\nBo Vidne"
    keep(store, election, lambda work: decisions.enter_seed(work, election.id, "314-159", witnesses, clerk.id))
    assert "314-159" not in client.get("/lod/rules").text
    keep(store, election, lambda work: decisions.confirm_seed(work, election.id))
    drawn = client.get("/lod/rules").text
    assert "314-159|KODE" in drawn
    assert "Ida Vidne, Bo Vidne" in drawn
    rows = re.findall(r"<bdi>([^<]+)</bdi></th><td><code[^>]*>(\w+)</code></td><td><code[^>]*>(\w{64})</code>", drawn)
    assert {(name, code) for name, code, _ in rows} == {(one.name, one.public_id) for one in people}
    digests = [hashlib.sha256(f"314-159|{code}".encode()).hexdigest() for _, code, _ in rows]
    assert digests == sorted(digests) == [digest for _, _, digest in rows]


def test_a_fixed_ballot_is_told(client, store, election, clock):
    """From the freeze on the timetable says when the ballot was fixed."""
    clock.move_to(datetime(2021, 11, 20, 9, tzinfo=UTC))
    fix_ballot(store, election, show(store, election, "Bo Ek"))
    assert "20. november 2021 kl. 10.00.00" in client.get("/koege-2021/timetable").text


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"proposers = 0": "proposers = 3"},
        {"residence = true": "residence = false"},
        {'"anden-etnisk-baggrund-1"': '""'},
    ],
)
def test_every_finding_has_its_section(client, store, found_election, koege_rules, changes):
    """Whatever a finding's code is, and whatever the rules ask, the page has one heading to link to."""
    for before, after in changes.items():
        koege_rules = koege_rules.replace(before, after)
    found_election(store, "prøve-1", koege_rules)
    page = client.get("/prøve-1/eligibility").text
    for code in FindingCode:
        assert page.count(f'<h2 id="{code.value}"') == 1
    assert ("3 stillere" in page) == ("proposers = 3" in changes.values())


def test_every_finding_stands_in_the_manual():
    """The manual has one section for each code, in the order in which the findings come."""
    manual = (Path(__file__).parents[2] / "docs" / "manual" / "eligibility.md").read_text(encoding="utf-8")
    assert re.findall(r"(?m)^## (\w+)$", manual) == [code.value for code in FindingCode]


def test_the_age_is_explained_at_its_border(client, election):
    """Eighteen on election day is old enough, the day after is not: both birth dates stand there."""
    page = client.get("/koege-2021/eligibility").text
    assert "Er du født 23. november 2003, kan du stille op." in page
    assert "Er du født 24. november 2003, er du én dag for ung." in page


@pytest.mark.parametrize(
    "day",
    [date(2021, 11, 23), date(2024, 2, 29), date(2022, 2, 28), date(2022, 3, 1), date(2025, 12, 31), date(2026, 1, 1)],
)
@pytest.mark.parametrize("age", [0, 16, 18, 60, 120])
def test_the_border_is_where_the_rule_puts_it(day, age):
    """The one birth date satisfies the rule on election day and the next does not, around leap days too."""
    border = age_border(day, age)
    assert turns(border.old_enough, age) <= day < turns(border.too_young, age)
    assert border.too_young - border.old_enough == timedelta(days=1)


def test_the_rules_of_reserved_seats_and_paired_substitutes_are_told(client, store, found_election):
    """Rules with reserved seats name the groups and who replaces whom."""
    text = (rulesets_dir() / "koege-2014.toml").read_text(encoding="utf-8")
    found_election(store, "rangliste", text)
    assert "På en forbeholdt plads er det den første fra gruppen." in client.get("/rangliste/rules").text
    found_election(store, "par", text.replace('model = "ranked"', 'model = "paired"\nper_member = 2'))
    assert "2 personlige suppleanter" in client.get("/par/rules").text
