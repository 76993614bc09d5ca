"""The form on which a candidate stands: what it takes, what it refuses, and what it never gives away."""

import re

import pytest
from identity import sign_in_applicant
from shut_doors import doors
from standing import DURING, NUMBERS, TOO_YOUNG, form, kept_bytes

from candidates.nomination import NominationState
from votingapp.resources import rulesets_dir
from votingapp.store import audit, drafts, filing

FORM = "/koege-2021/stand/form"


def draft_of(her):
    with her.store.reading() as connection:
        return drafts.find(connection, her.store.vault, her.election.id, her.applicant.id)


def main(page: str) -> str:
    return page.split("<main", 1)[1]


def test_a_nomination_is_kept_as_written_and_answered_with_a_receipt(her):
    """What was typed lies in the file to the letter, and her page shows the receipt number and what comes next."""
    answer = her.send(form(own_language="ar", own_statement="مرحبا\nبكم"))
    kept = her.filed
    assert answer.status_code == 302
    assert answer.location == "/koege-2021/stand/mine"
    assert (kept.name, kept.statement) == ("Åse Østergård-Łuczak", "Flere møder om aftenen.\nFærre formularer.")
    assert (kept.own_language, kept.own_statement) == ("ar", "مرحبا\nبكم")
    assert kept.declared_at == kept.consented_at == DURING
    page = her.page()
    assert kept.receipt in page
    assert "Sekretariatet gennemgår den" in page
    assert 'lang="ar" dir="rtl"' in page


def test_nominations_from_one_ipv6_network_are_counted_together(her, comes):
    """Two addresses of one /64 are one visitor's."""
    for last, one in ((1, her), (2, comes(email="bo@eksempel.dk"))):
        one.send(form(), environ_overrides={"REMOTE_ADDR": f"2001:db8::{last}"})
    assert doors(her.store, "stand:") == {"stand:2001:db8::/64": 2}


def test_who_she_is_comes_from_her_sign_in(her, comes):
    """With an e-mail the address is the one she proved; with MitID the number and, unless she changes it, the name are."""
    her.send(form(email="anden@eksempel.dk"))
    with her.store.reading() as connection:
        contact = filing.contact_of(connection, her.store.vault, her.election.id, her.filed.id)
    assert contact == filing.Contact("aase@eksempel.dk", "+45 12 34 56 78", "Åvej 1\n4600 Køge")
    vouched = comes(cpr=NUMBERS[1], name="Bo Ærø")
    page = vouched.page(FORM)
    assert 'value="Bo Ærø"' in page
    assert 'name="cpr"' not in page
    assert "101262-••••" in page
    vouched.send(form(name="Bo Ærø", cpr=NUMBERS[2], email="bo@eksempel.dk"))
    with her.store.reading() as connection:
        person = filing.person_of(connection, her.store.vault, her.election.id, vouched.filed.id)
    assert person.cpr.number == NUMBERS[1]


def test_the_form_works_for_somebody_whose_name_is_protected(comes):
    """MitID may keep the name back: she types it herself, and is told that it becomes public."""
    hidden = comes(cpr=NUMBERS[1], protected=True)
    page = hidden.page(FORM)
    assert "navne- og adressebeskyttelse" in page
    assert hidden.send(form(cpr=None, name="")).status_code == 422
    assert hidden.send(form(cpr=None, name="Cilla")).status_code == 302
    assert hidden.filed.name == "Cilla"


def test_what_identifies_a_person_is_kept_sealed(her, settings, caplog):
    """CPR number, e-mail, telephone and address stand in no file in clear, neither from the draft nor from what was sent."""
    secrets = (NUMBERS[0], "101262-0001", "aase@eksempel.dk", "+45 12 34 56 78", "Åvej 1")
    her.send(form(act="save"))
    assert not any(secret.encode() in kept_bytes(settings) for secret in (*secrets, "Flere møder"))
    her.send(form())
    on_disk = kept_bytes(settings)
    assert not any(secret.encode() in on_disk or secret in caplog.text for secret in secrets)
    assert "Flere møder".encode() in on_disk
    with her.store.reading() as connection:
        log = [entry.details for entry in audit.entries(connection, her.election.id)]
        assert audit.first_broken_link(connection, her.election.id) is None
    assert not any(secret in details for details in log for secret in (*secrets, her.filed.receipt))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"cpr": ""}, "Skriv dit CPR-nummer"),
        ({"cpr": "123"}, "ti cifre"),
        ({"cpr": "3002620001"}, "ikke en dato"),
        ({"cpr": "6112620001"}, "erstatningspersonnummer"),
        ({"cpr": "9112620001"}, "erstatningspersonnummer"),
        ({"name": ""}, "Skriv dit navn"),
        ({"name": "Å"}, "mindst 2 tegn"),
        ({"name": "Åse \u202egnilE"}, "U+202E"),
        ({"name": "Åse\u3164"}, "U+3164"),
        ({"name": "0 Åse"}, "Dette tegn kan ikke bruges: 0"),
        ({"name": "Stem på evil.example"}, "ikke stå en adresse på nettet"),
        ({"name": "101262-0001"}, "Skriv ikke et CPR-nummer her"),
        ({"phone": "ring bare"}, "kun bestå af tal"),
        ({"address": "æ" * 301}, "301 tegn"),
        ({"statement": "æ" * 1001}, "1001 tegn"),
        ({"own_language": "ar", "own_statement": "ب" * 1001}, "1001 tegn"),
        ({"own_statement": "Merhaba"}, "Vælg det sprog"),
        ({"own_language": "xx", "own_statement": "Merhaba"}, "Vælg et sprog på listen"),
        ({"own_language": "other", "own_statement": "Merhaba"}, "Skriv, hvad sproget hedder"),
        ({"own_language": "other", "other_language": "Dansk ", "own_statement": "Mere"}, "har sit eget felt"),
        ({"own_language": "other", "other_language": "danish", "own_statement": "Mere"}, "har sit eget felt"),
        ({"own_language": "other", "other_language": "da", "own_statement": "Mere"}, "har sit eget felt"),
        ({"consented": None}, "samtykke"),
    ],
)
def test_each_fault_is_told_at_its_field_and_nothing_is_lost(her, changes, says):
    """A wrong field is named in a sentence that the field points to; nothing is sent, and what was typed waits as a draft."""
    answer = her.send(form(**changes))
    assert answer.status_code == 422
    assert says in answer.text
    assert re.search(r'aria-describedby="[^"]*-error"', answer.text)
    assert her.filed is None
    kept = draft_of(her).content
    assert kept.statement == form(**changes)["statement"]
    assert kept.address == form(**changes)["address"].replace("\r\n", "\n")


@pytest.mark.parametrize(
    "email", ["aase", "aase@eksempel..dk", "a@b@c.dk", "aase@eksempel.dk\x01", "aase @eksempel.dk", "å" * 200 + "@e.dk"]
)
def test_an_unfit_address_is_refused(comes, email):
    """Who came by MitID may give an e-mail; what is none is refused."""
    vouched = comes(cpr=NUMBERS[1], name="Bo")
    answer = vouched.send(form(email=email))
    assert answer.status_code == 422
    assert "navn@eksempel.dk" in answer.text
    assert vouched.filed is None


def test_a_cpr_number_never_comes_back_in_a_page(her):
    """The number is in no page after a fault, from a draft or for a change; one typed in a wrong field is made illegible."""
    page = her.send(form(consented=None, statement=f"Ring, mit nummer er {NUMBERS[1]}.")).text
    assert "••••••-••••" in page
    told = [page, her.send(form(act="save"), follow_redirects=True).text, her.page(FORM)]
    her.send(form())
    told += [her.page(), her.page(FORM), her.page("/koege-2021/stand/preview")]
    assert not any(number in text for text in told for number in (NUMBERS[0], NUMBERS[1], "101262-0001"))
    assert 'Vi har gemt <bdi dir="ltr">101262-••••</bdi>.' in told[2]


def test_a_number_that_is_kept_need_not_be_typed_again(her):
    """A draft's number is sent without being typed, and another one in its place where she types one."""
    her.send(form(act="save"))
    her.send(form(cpr=""))
    vault, election = her.store.vault, her.election.id
    with her.store.reading() as connection:
        assert filing.person_of(connection, vault, election, her.filed.id).cpr.number == NUMBERS[0]
    her.send(form(cpr=NUMBERS[2]))
    with her.store.reading() as connection:
        assert filing.person_of(connection, vault, election, her.filed.id).cpr.number == NUMBERS[2]
    her.send(form(cpr="", statement="Ny tekst"))
    with her.store.reading() as connection:
        assert filing.person_of(connection, vault, election, her.filed.id).cpr.number == NUMBERS[2]


def test_a_number_that_cannot_be_read_is_in_no_draft(her):
    """A draft keeps everything as it was typed, but a number that is none is not kept, and that is said."""
    page = her.send(form(act="save", cpr="10126"), follow_redirects=True).text
    assert "CPR-nummeret er ikke gemt" in page
    assert draft_of(her).content.cpr == ""


def test_a_draft_keeps_everything_as_it_was_typed(her):
    """Too long, forbidden or empty: nothing is judged, cut or turned, and the form shows it again another day."""
    typed = {"name": "Å", "statement": "æ" * 5000 + "\u202e", "own_language": "other", "other_language": "yoruba"}
    assert her.send(form(act="save", declared=None, consented=None, **typed)).status_code == 302
    content = draft_of(her).content
    assert {name: getattr(content, name) for name in typed} == typed
    page = her.page(FORM)
    assert "æ" * 5000 in page
    assert 'value="yoruba"' in page
    assert " checked" not in page
    assert her.filed is None


def test_a_draft_has_room_for_a_mistake_but_not_for_a_library(her):
    """Twenty times the limit is kept; what is larger is refused and told, and stays in the page."""
    assert her.send(form(act="save", statement="æ" * 20_000)).status_code == 302
    answer = her.send(form(act="save", statement="ø" * 20_001))
    assert answer.status_code == 422
    assert "ø" * 20_001 in answer.text
    assert draft_of(her).content.statement == "æ" * 20_000


def test_the_buttons_that_lead_elsewhere_keep_what_was_typed(her):
    """Who goes to choose a photograph or to look at her page finds her words again."""
    for act, path in (("photo", "/koege-2021/stand/photo"), ("preview", "/koege-2021/stand/preview")):
        answer = her.send(form(act=act, statement=f"Til {act}"))
        assert answer.location == path
        assert draft_of(her).content.statement == f"Til {act}"


def test_what_she_is_not_eligible_by_is_told_but_stops_nobody(her):
    """Too young or without the declaration she is warned once, plainly, and sends it all the same: people decide."""
    warned = her.send(form(cpr=TOO_YOUNG, declared=None))
    assert warned.status_code == 422
    assert "Du fylder først 18 år den 24. november 2021" in warned.text
    assert "Du har ikke afgivet den erklæring" in warned.text
    assert her.filed is None
    assert 'value="age declaration"' in warned.text
    again = her.send(form(cpr=TOO_YOUNG, declared=None, warned="age declaration"), follow_redirects=True)
    assert her.filed.state is NominationState.SUBMITTED
    assert her.filed.declaration is None
    assert "Du fylder først 18 år" in again.text


def test_a_warning_about_one_rule_does_not_cover_another(her):
    """Who was warned of her age is warned again when the declaration is missing too."""
    assert her.send(form(cpr=TOO_YOUNG, declared=None, warned="age")).status_code == 422
    assert her.filed is None


@pytest.mark.parametrize("number", [*NUMBERS])
def test_a_number_without_the_old_check_digit_is_taken(her, number):
    """Modulus 11 refuses nobody."""
    assert her.send(form(cpr=number)).status_code == 302
    assert her.filed is not None


def test_the_statement_has_one_limit_to_the_character(her):
    """A thousand characters are in, in either language, letters of several bytes and line breaks counted as one each."""
    danish, own = "å" * 499 + "\r\n" + "日" * 500, "بً" * 1000
    assert her.send(form(statement=danish, own_language="ar", own_statement=own)).status_code == 302
    assert her.filed.statement == "å" * 499 + "\n" + "日" * 500
    assert her.filed.own_statement == own


@pytest.mark.parametrize(
    ("choice", "other", "code"),
    [("fa-AF", "", "fa-AF"), ("other", "Tigrinya", "ti"), ("other", "yoruba", "yo"), ("other", "Klingonsk-ø", "und")],
)
def test_every_language_can_be_told(her, choice, other, code):
    """A language of the list, one that is known by its name, and one that nobody here knows are all taken and shown again."""
    her.send(form(own_language=choice, other_language=other, own_statement="..."))
    assert her.filed.own_language == code
    her.page()
    her.page("/koege-2021/stand/preview")
    assert re.search(r"<option selected value=\"[a-zA-Z-]+\"", her.page(FORM))


def test_markup_stays_text(her):
    """A name and statement with markup are shown as they were typed and never become part of the page."""
    hostile = "<script>alert(1)</script> O'Brien & Søn"
    her.send(form(name="O'Brien", statement=hostile))
    assert her.filed.statement == hostile
    her.send(form(name=hostile, statement=hostile))
    for path in ("/koege-2021/stand/mine", "/koege-2021/stand/preview", FORM):
        assert "<script>alert" not in her.page(path)


def test_the_landing_page_tells_everything_before_anything_is_asked(client, election, clock):
    """Who may stand, what it takes, until when, on paper too, and how data is handled (art. 13) stand before the sign-in."""
    clock.move_to(DURING)
    page = main(client.get("/koege-2021/stand").text)
    said = ("fyldt 18 år", "bo i Køge Kommune", "anden etnisk baggrund end dansk", "ti minutter", "skema på papir")
    for words in (*said, "dataansvarlig", "Datatilsynet", "16. november 2021 kl. 12.00.00", "6 dage og 2 timer"):
        assert words in page
    assert "<input" not in page
    assert page.index("dataansvarlig") < page.rindex("/koege-2021/identify")


def test_reserved_seats_ask_a_candidate_for_a_group_and_nobody_else(store, found_election, comes, clock, office):
    """Where the rules reserve seats a group of the rules is asked for, and another word is refused; elsewhere none is."""
    old = found_election(store, "koege-2013", (rulesets_dir() / "koege-2014.toml").read_text(encoding="utf-8"))
    assert 'name="group"' not in comes().page(FORM)
    clock.move_to(DURING.replace(year=2013))
    client = office.test_client()
    sign_in_applicant(client, store, old)
    path = "/koege-2013/stand/form"
    assert client.submit(path, form(group="")).status_code == 422
    assert client.submit(path, form(group="nordlig")).status_code == 422
    assert client.submit(path, form(group="vestlig")).status_code == 302


def test_before_the_opening_there_is_no_form_to_send(comes, clock):
    """A second before the opening the page shows no field, and what is posted all the same is refused and not kept."""
    early = comes(email="tidlig@eksempel.dk")
    clock.move_to(DURING.replace(day=3, hour=22, minute=59, second=59))
    early.come_back()
    page = early.page(FORM)
    assert 'name="name"' not in page
    assert "4. november 2021 kl. 00.00.00" in page
    token = early.page().split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
    for act in ("send", "save"):
        assert early.client.post(FORM, data=form(act=act) | {"csrf_token": token}).status_code == 409
    assert early.filed is None
    assert draft_of(early) is None
