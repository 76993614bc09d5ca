"""The page on which a citizen stands: what it takes, what it refuses, and what it never gives away."""

from datetime import UTC, datetime

import pytest
from standing import DURING, NUMBERS, TOO_YOUNG, form, kept_bytes, stand

from candidates.cpr import Cpr
from candidates.nomination import NominationState
from votingapp.desks.nomination import service
from votingapp.store import audit, filing, nominations

NOON = datetime(2021, 11, 16, 11, 0, tzinfo=UTC)


@pytest.fixture
def election(store, found_election):
    """Køge 2021."""
    return found_election(store)


def filed(store, election):
    with store.reading() as connection:
        return nominations.every(connection, election.id)


def test_a_nomination_is_kept_and_answered_with_a_receipt(client, store, election, clock):
    """A nomination is kept as written, and its receipt page is found again under an address that names only the receipt."""
    clock.move_to(DURING)
    answer = client.submit("/koege-2021/stand", form())
    (kept,) = filed(store, election)
    assert answer.status_code == 302
    assert answer.location == f"/koege-2021/stand/{kept.receipt}"
    page = client.get(answer.location).text
    assert kept.receipt in page
    assert "Åse Østergård-Łuczak" in page
    assert "du er fyldt 18 år på valgdagen" in page
    assert kept.name == "Åse Østergård-Łuczak"
    assert kept.statement == "Flere møder om aftenen.\nFærre formularer."
    assert kept.declared_at == kept.consented_at == DURING


def test_what_identifies_a_person_is_kept_sealed(client, store, election, clock, settings, caplog):
    """The CPR number, the address and the telephone stand in no file of the installation in clear, and in no log."""
    clock.move_to(DURING)
    client.submit("/koege-2021/stand", form())
    (kept,) = filed(store, election)
    on_disk = kept_bytes(settings)
    for secret in (NUMBERS[0], "101262-0001", "aase@eksempel.dk", "+45 12 34 56 78"):
        assert secret.encode() not in on_disk
        assert secret not in caplog.text
    assert "Åse".encode() in on_disk
    with store.reading() as connection:
        read = filing.person_of(connection, store.vault, election.id, kept.id).cpr
        contact = filing.contact_of(connection, store.vault, election.id, kept.id)
        log = [entry.details for entry in audit.entries(connection, election.id)]
    assert isinstance(read, Cpr)
    assert read.number == NUMBERS[0]
    assert contact.email == "aase@eksempel.dk"
    assert not any(NUMBERS[0] in details or kept.receipt in details for details in log)


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (datetime(2021, 11, 3, 23, 0, tzinfo=UTC), NominationState.SUBMITTED),
        (NOON, NominationState.SUBMITTED),
        (NOON.replace(microsecond=999_999), NominationState.SUBMITTED),
        (NOON.replace(second=1), NominationState.LATE),
    ],
)
def test_the_deadline_is_a_second_on_the_copenhagen_clock(client, store, election, clock, at, state):
    """From the opening at midnight to 12:00:00 a nomination is in; at 12:00:01 it is kept, and told to be late."""
    clock.move_to(at)
    answer = client.submit("/koege-2021/stand", form(), follow_redirects=True)
    (kept,) = filed(store, election)
    assert kept.state is state
    assert ("afvist som for sent modtaget" in answer.text) == (state is NominationState.LATE)


def test_a_form_opened_in_time_and_sent_too_late_is_late(client, store, election, clock):
    """The instant of sending counts, not that of opening the page."""
    clock.move_to(NOON)
    page = client.get("/koege-2021/stand").text
    clock.move_to(NOON.replace(second=1))
    token = page.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    client.post("/koege-2021/stand", data=form() | {"csrf_token": token})
    assert [one.state for one in filed(store, election)] == [NominationState.LATE]


def test_before_the_opening_nothing_is_kept(client, store, election, clock):
    """A second before the opening the page shows no form, and a form sent nevertheless is refused and not kept."""
    clock.move_to(datetime(2021, 11, 3, 22, 59, 59, tzinfo=UTC))
    page = client.get("/koege-2021/stand").text
    answer = client.submit("/koege-2021/stand", form())
    assert 'name="cpr"' not in page
    assert "04.11.2021 kl. 00:00:00" in page
    assert answer.status_code == 409
    assert filed(store, election) == ()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"cpr": "123"}, "ti cifre"),
        ({"cpr": "3002620001"}, "ikke en dato"),
        ({"cpr": "7012620001"}, "erstatningspersonnummer"),
        ({"name": "Å"}, "mindst 2 tegn"),
        ({"name": "Åse \u202egnilE"}, "U+202E"),
        ({"name": "101262-0001"}, "Skriv ikke et CPR-nummer her"),
        ({"email": "aase"}, "navn@eksempel.dk"),
        ({"email": "aase@eksempel..dk"}, "navn@eksempel.dk"),
        ({"phone": "ring bare"}, "kun bestå af tal"),
        ({"statement": "æ" * 1001}, "1001 tegn"),
        ({"declared": None}, "afgive erklæringen"),
        ({"consented": None}, "samtykke"),
    ],
)
def test_each_fault_is_told_and_nothing_is_kept(client, store, election, clock, changes, says):
    """A wrong field is named in a sentence, what else was typed is still there, and nothing is stored."""
    clock.move_to(DURING)
    answer = client.submit("/koege-2021/stand", form(**changes))
    assert answer.status_code == 422
    assert says in answer.text
    assert filed(store, election) == ()
    if "email" not in changes:
        assert "aase@eksempel.dk" in answer.text


def test_a_cpr_number_never_comes_back_in_a_page(client, election, clock):
    """After a mistake elsewhere the number must be typed again, and one typed in a wrong field is made illegible."""
    clock.move_to(DURING)
    answer = client.submit("/koege-2021/stand", form(email="nej", statement=f"Ring, mit nummer er {NUMBERS[1]}."))
    assert NUMBERS[0] not in answer.text
    assert NUMBERS[1] not in answer.text
    assert "••••••-••••" in answer.text


def test_a_number_without_the_old_check_digit_is_taken(client, store, election, clock):
    """Modulus 11 refuses nobody: the test persons 1012620001 to 3 all fail it and all get in."""
    clock.move_to(DURING)
    for number in NUMBERS[:3]:
        assert client.submit("/koege-2021/stand", form(cpr=number)).status_code == 302
    assert len(filed(store, election)) == 3


def test_the_statement_has_one_limit_to_the_character(client, store, election, clock):
    """A thousand characters are in, letters of several bytes and line breaks counted as one each."""
    clock.move_to(DURING)
    client.submit("/koege-2021/stand", form(statement="å" * 499 + "\r\n" + "日" * 500))
    (kept,) = filed(store, election)
    assert kept.statement == "å" * 499 + "\n" + "日" * 500


def test_a_second_nomination_for_one_person_gets_the_same_kind_of_answer(client, store, election, clock):
    """Whoever types the number of somebody who has stood learns nothing from the answer, and both nominations are kept."""
    clock.move_to(DURING)
    pages = [client.submit("/koege-2021/stand", form(), follow_redirects=True).text for _ in range(2)]
    receipts = [one.receipt for one in filed(store, election)]
    told = []
    for page in pages:
        (own,) = (receipt for receipt in receipts if receipt in page)
        told.append(page.replace(own, "RECEIPT").split("<main")[1])
    assert len(set(receipts)) == 2
    assert told[0] == told[1]


def test_the_receipt_tells_nothing_of_the_register(client, store, election, clock, add_staff):
    """Whether the number typed belongs to a resident of Køge, to one of elsewhere or to nobody, the page says the same."""
    from standing import import_extract  # noqa: PLC0415 - only this test reads an extract

    clerk = add_staff(store, election, "clerk")
    import_extract(store, clerk, election, f"{NUMBERS[0]};Åse;0259;nej", f"{NUMBERS[1]};Bo;0101;ja")
    clock.move_to(DURING)
    told = set()
    for number in NUMBERS[:3]:
        page = client.submit("/koege-2021/stand", form(cpr=number), follow_redirects=True).text
        receipt = next(one.receipt for one in filed(store, election)[::-1] if one.receipt in page)
        told.add(page.replace(receipt, "RECEIPT").split("<main")[1])
    assert len(told) == 1


def test_a_candidate_too_young_is_told_when_she_is_old_enough(client, store, election, clock):
    """Who turns eighteen on the day after the election is received, and told that she is not old enough."""
    clock.move_to(DURING)
    page = client.submit("/koege-2021/stand", form(cpr=TOO_YOUNG), follow_redirects=True).text
    assert "fylder først 18 år den 24.11.2021" in page


def test_markup_in_a_name_stays_text(client, store, election, clock):
    """A name and statement with markup are shown as they were typed and never become part of the page."""
    clock.move_to(DURING)
    hostile = "<script>alert(1)</script> O'Brien & Søn"
    page = client.submit("/koege-2021/stand", form(name=hostile), follow_redirects=True).text
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; O&#39;Brien &amp; Søn" in page


def test_the_privacy_text_stands_before_the_first_field(client, election, clock):
    """Who is responsible, why, how long and which rights one has is read before anything personal is typed (art. 13)."""
    clock.move_to(DURING)
    page = client.get("/koege-2021/stand").text
    privacy = page.index("dataansvarlig")
    assert privacy < page.index('name="name"')
    assert "Datatilsynet" in page
    assert "Jeg erklærer på tro og love, at jeg har anden etnisk baggrund end dansk" in page


def test_a_flood_from_one_address_is_held_back(client, store, election, clock):
    """After thirty nominations within a quarter of an hour an address waits, and is let in again afterwards."""
    clock.move_to(DURING)
    for _ in range(30):
        client.submit("/koege-2021/stand", form())
    assert client.submit("/koege-2021/stand", form()).status_code == 429
    clock.advance(minutes=15)
    assert client.submit("/koege-2021/stand", form()).status_code == 302
    assert len(filed(store, election)) == 31


def test_a_receipt_of_another_election_is_not_found(client, store, election, found_election, clock):
    """A receipt number opens its own election's page only, in either case of letters, and an invented one opens none."""
    found_election(store, "naboby-2021")
    clock.move_to(DURING)
    kept = stand(store, election)
    assert client.get(f"/koege-2021/stand/{kept.receipt.lower()}").status_code == 200
    assert client.get(f"/naboby-2021/stand/{kept.receipt}").status_code == 404
    assert client.get("/koege-2021/stand/AAAAA-AAAAA").status_code == 404


def test_receipt_numbers_cannot_be_guessed_from_one_another():
    """A thousand receipt numbers are all different, and every place takes many of the thirty-one signs."""
    numbers = {service.new_receipt() for _ in range(1000)}
    assert len(numbers) == 1000
    places = [{number[place] for number in numbers} for place in range(11) if place != 5]
    assert all(len(signs) == 31 for signs in places)


def test_reserved_seats_ask_a_candidate_for_a_group_and_nobody_else(store, found_election, office, clock):
    """Where the rules reserve seats, a group of the rules is asked for, and another word is refused; elsewhere none is."""
    from votingapp.resources import rulesets_dir  # noqa: PLC0415 - only this test reads the old rules

    old = found_election(store, "koege-2013", (rulesets_dir() / "koege-2014.toml").read_text(encoding="utf-8"))
    found_election(store)
    client = office.test_client()
    clock.move_to(datetime(2013, 11, 10, 9, tzinfo=UTC))
    assert client.submit("/koege-2013/stand", form(group="")).status_code == 422
    assert client.submit("/koege-2013/stand", form(group="nordlig")).status_code == 422
    assert client.submit("/koege-2013/stand", form(group="vestlig")).status_code == 302
    assert [one.group for one in filed(store, old)] == ["vestlig"]
    clock.move_to(DURING)
    assert 'name="group"' not in client.get("/koege-2021/stand").text


def test_standing_works_on_both_databases(any_store, found_election, clock):
    """A nomination sent in is read back the same from SQLite and from PostgreSQL."""
    clock.move_to(DURING)
    election = found_election(any_store)
    kept = stand(any_store, election)
    assert kept.state is NominationState.SUBMITTED
    assert kept.nomination.submitted_at == DURING
    with any_store.reading() as connection:
        assert nominations.count_by_state(connection, election.id)[NominationState.SUBMITTED] == 1
        assert audit.first_broken_link(connection, election.id) is None
