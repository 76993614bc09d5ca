"""The pages of the register: what they show, what they ask for, and what they tell when something is refused."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from elected_council import elect
from sqlalchemy import select

from tally.vacancy import Cause
from votingapp.desks.members import leaving
from votingapp.desks.public import members as public_members
from votingapp.desks.secretariat.insight import export
from votingapp.desks.secretariat.insight import service as insight
from votingapp.store import elections, looks, nominations, vacancies
from votingapp.store.insight import Subject
from votingapp.store.looks import What
from votingapp.store.staff import Role, appoint
from votingapp.store.tables.post import message

PASSWORD = "en lang og god sætning"
SLUG = "koege-2021"
BASE = f"/{SLUG}/secretariat/members"
SIGNED = {"second_login": "anne", "second_password": PASSWORD}


@pytest.fixture
def council(store, found_election, add_staff, clock):
    seated = elect(store, found_election(store), (90, 80, 70, 60, 50, 30, 20, 10), add_staff)
    clock.move_to(datetime(2022, 3, 1, 12, tzinfo=UTC))
    return seated


@pytest.fixture
def desk(client, sign_in, council):
    return sign_in(client, council.secretary.login)


def token_of(browser, page: str) -> str:
    return browser.get(page).text.split('csrf_token" type="hidden" value="', 1)[1].split('"', 1)[0]


def send(browser, page: str, path: str, prefix: str, **data):
    """Fill in the form of a page and send it."""
    fields = {f"{prefix}{name}": value for name, value in data.items()}
    return browser.post(path, data=fields | {f"{prefix}csrf_token": token_of(browser, page)}, follow_redirects=True)


def leave(browser, number: int, day: str = "2022-02-28", **more):
    page = f"{BASE}/{number}"
    told = {"cause": "resigned", "left_on": day, "evidence": "Brev af 27. februar"} | SIGNED | more
    return send(browser, page, f"{page}/left", "leaving-", **told)


def case_of(store, election) -> str:
    with store.reading() as connection:
        return f"{BASE}/cases/{vacancies.every(connection, election.id)[-1].id}"


def test_a_seat_from_leaving_to_entering(desk, store, council):
    """Two press that she leaves; the next is shown with the reasons; put off, approved, yes: the register shows who sits."""
    assert "5 medlemmer sidder i rådet" in desk.get(BASE).text
    page = leave(desk, 2).text
    assert "Den næste er nr. 1 på listen" in page
    assert "Gry Holm" in page
    case = case_of(store, council.election)
    today = {"day": "2022-03-01"}
    assert (
        "Det er gemt."
        in send(
            desk, case, f"{case}/proposal", "proposal-", step="proposed", proposed="c6", seen="0", **today, **SIGNED
        ).text
    )
    assert "Udsat" in send(desk, case, f"{case}/postponed", "postponed-", seen="1", words="Fire mødte", **today).text
    no = send(desk, case, f"{case}/step", "step-", step="declined", seen="2", words="Tid", **today, **SIGNED).text
    assert "Den næste er nr. 2 på listen" in no
    assert "har sagt nej" in no
    send(desk, case, f"{case}/proposal", "proposal-", step="proposed", proposed="c7", seen="3", **today, **SIGNED)
    unsaid = send(desk, case, f"{case}/step", "step-", step="", seen="4", **today, **SIGNED)
    assert (unsaid.status_code, "Vælg, hvad der er sket." in unsaid.text) == (422, True)
    send(desk, case, f"{case}/step", "step-", step="approved", seen="4", **today, **SIGNED)
    done = send(desk, case, f"{case}/step", "step-", step="accepted", seen="5", **today, **SIGNED)
    assert "Pladsen er besat." in done.text
    overview = desk.get(BASE).text
    assert "medlem fra 1. marts 2022" in overview
    assert overview.count("Hans Ib") >= 3
    pdf = desk.get(f"{BASE}.pdf")
    assert (pdf.status_code, pdf.mimetype) == (200, "application/pdf")


@pytest.mark.parametrize("second", ["sekretær", "birk"])
def test_nothing_is_kept_without_a_second(desk, store, council, second):
    """Her own login, or a colleague's with another password, is told beside the field, and nobody left."""
    wrong = PASSWORD if second == "sekretær" else "gættet sætning her"
    answer = leave(desk, 2, second_login=second, second_password=wrong)
    assert answer.status_code == 422
    assert "Det skal være en anden end dig" in answer.text or "passer ikke sammen" in answer.text
    assert "5 medlemmer" in desk.get(BASE).text


def test_what_is_refused_is_said_in_words(desk, store, council):
    """A day that cannot be, a CPR number, a page that is old, a step twice: a sentence, and nothing kept."""
    assert "Dagen er før medlemmets første dag." in leave(desk, 2, "2021-12-31").text
    assert "CPR-nummer" in leave(desk, 2, evidence="101262-0010 ringede").text
    assert "uforklarede udeblivelser" in leave(desk, 2, cause="absent").text
    unsaid = leave(desk, 2, cause="")
    assert (unsaid.status_code, "Vælg, hvorfor." in unsaid.text) == (422, True)
    leave(desk, 2)
    case = case_of(store, council.election)
    late = send(desk, case, f"{case}/proposal", "proposal-", step="proposed", seen="7", day="2022-03-01", **SIGNED)
    assert (late.status_code, "Noget er ændret" in late.text) == (409, True)
    assert 'name="proposal-proposed" type="hidden" value="c6"' in desk.get(case).text
    asked = {"step": "proposed", "seen": "0", "day": "2022-03-01"}
    other = send(desk, case, f"{case}/proposal", "proposal-", proposed="c7", **asked, **SIGNED)
    assert (other.status_code, "Noget er ændret" in other.text) == (409, True)
    odd = send(desk, case, f"{case}/proposal", "proposal-", step="accepted", seen="0", day="2022-03-01", **SIGNED)
    assert odd.status_code == 422


def test_absences_and_a_reason_that_came_later(desk, store, council):
    """Two without a reason: the page says what the rules allow; a reason told later takes one away."""
    page = f"{BASE}/3"
    for day in ("2022-01-20", "2022-02-20"):
        send(desk, page, f"{page}/absence", "absence-", met_on=day, note="Kom ikke")
    text = desk.get(page).text
    assert "reglerne lader pladsen blive ledig" in text
    absence_id = text.split(f"{page}/absence/", 1)[1].split('"', 1)[0]
    answer = send(desk, page, f"{page}/absence/{absence_id}", f"{absence_id}-", note="Var syg")
    assert "tæller ikke mere" in answer.text
    assert "Forklaret bagefter" in answer.text
    assert "reglerne lader pladsen blive ledig" not in answer.text
    again = send(desk, page, f"{page}/absence", "absence-", met_on="2022-01-20")
    assert (again.status_code, "skrevet ind i forvejen" in again.text) == (409, True)


def test_a_substitute_who_moved_away_is_passed_over(desk, store, council):
    """What is known of her is entered by two, and the proposal names it with its day."""
    page = f"{BASE}/substitutes/c6"
    told = {"reason": "moved_away", "day": "2022-02-01", "evidence": "Folkeregisteret"}
    assert "springes over" in send(desk, page, page, "", **told, **SIGNED).text
    text = leave(desk, 1).text
    assert "er flyttet fra kommunen (1. februar 2022)" in text
    assert desk.get(f"{BASE}/substitutes/c1").status_code == 404


def test_the_substitute_is_asked_once_in_writing(desk, store, council):
    """One press queues a mail and makes a letter, a second says so; it promises nothing and names what a no means."""
    leave(desk, 2)
    case = case_of(store, council.election)
    assert "Skriv til suppleanten" not in desk.get(case).text
    send(
        desk,
        case,
        f"{case}/proposal",
        "proposal-",
        step="proposed",
        proposed="c6",
        seen="0",
        day="2022-03-01",
        **SIGNED,
    )
    assert desk.get(f"{case}/letter.pdf").status_code == 404
    assert "får en e-mail" in send(desk, case, f"{case}/letter", "ask-").text
    with store.reading() as connection:
        (mail,) = connection.execute(select(message))
        asked = next(one for one in nominations.every(connection, council.election.id) if one.ballot_number == 6)
    assert mail.nomination_id == asked.id
    asked_again = desk.post(f"{case}/letter", data={"ask-csrf_token": token_of(desk, case)}, follow_redirects=True)
    assert "spurgt i forvejen" in asked_again.text
    with store.reading() as connection:
        assert len(list(connection.execute(select(message)))) == 1
    pdf = desk.get(f"{case}/letter.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf.data))
    assert "Siger du nej, går du ud af listen" in " ".join(text.split())
    send(desk, case, f"{case}/step", "step-", step="accepted", seen="1", day="2022-03-01", **SIGNED)
    assert desk.get(f"{case}/letter.pdf").status_code == 404
    assert desk.post(f"{case}/letter", data={"ask-csrf_token": token_of(desk, case)}).status_code == 404


def test_the_order_of_two_seats_is_entered_on_the_page(
    client, sign_in, store, found_election, add_staff, clock, koege_rules
):
    """Where an open and a reserved seat want one person the page asks for an order, refuses half of one, and then goes on."""
    rules = f'{koege_rules}\n[[seats.reserved]]\ngroup = "nord"\nseats = 1\n'
    votes = (90, 80, 70, 60, 50, 30, 20, 10)
    seated = elect(store, found_election(store, rules_text=rules), votes, add_staff, groups={1: "nord", 6: "nord"})
    clock.move_to(datetime(2022, 3, 1, 12, tzinfo=UTC))
    desk = sign_in(client, seated.secretary.login)
    leave(desk, 1)
    left = leave(desk, 2)
    assert "rækkefølgen afgør" in left.text
    case = left.request.path
    half = {"order-0": "1", "order-1": "", "how": "Lod"} | SIGNED
    assert "hver én gang" in send(desk, case, f"{case}/order", "order-", **half).text
    done = send(desk, case, f"{case}/order", "order-", **(half | {"order-1": "2"})).text
    assert "Rækkefølgen er gemt." in done
    assert "En anden plads skal besættes først: plads 1." in done


def test_each_look_at_what_was_written_of_a_person_is_noted(desk, store, council):
    """The pages of a seat, a case and a substitute leave a note that she was seen; the list of seats shows nothing sealed."""
    with store.reading() as connection:
        ids = {one.ballot_number: one.id for one in nominations.every(connection, council.election.id)}
    desk.get(BASE)
    leave(desk, 2)
    desk.get(f"{BASE}/substitutes/c6")

    def seen(number):
        with store.reading() as connection:
            found = looks.of_subject(connection, council.election.id, None, [ids[number]])
        return {one.what for one in found}

    assert (seen(2), seen(6), seen(3)) == ({What.MEMBER}, {What.MEMBER}, set())


def test_a_member_who_asks_is_told_all_of_it_and_a_substitute_hers(desk, store, council):
    """The page and the file of insight have her days, what she missed, why she left and what was written, and nobody else's."""
    send(desk, f"{BASE}/2", f"{BASE}/2/absence", "absence-", met_on="2022-01-20", note="Kom ikke til mødet")
    leave(desk, 2)
    case = case_of(store, council.election)
    signed = {"day": "2022-03-01", **SIGNED}
    send(
        desk,
        case,
        f"{case}/proposal",
        "proposal-",
        step="proposed",
        proposed="c6",
        seen="0",
        words="Nævnt på mødet",
        **signed,
    )
    told = {"reason": "moved_away", "day": "2022-03-01", "evidence": "Folkeregisteret"}
    send(desk, f"{BASE}/substitutes/c6", f"{BASE}/substitutes/c6", "", **told, **SIGNED)
    with store.reading() as connection:
        ids = {one.ballot_number: one.id for one in nominations.every(connection, council.election.id)}

    def asked(number):
        told = insight.tell(store, council.secretary, council.election, Subject(None, ids[number]), What.INSIGHT)
        content = json.loads(export.write(told, council.election, store.clock(), names=False))
        return content["opstillinger"][0]["medlem_og_suppleant"]

    assert asked(2) == {
        "medlem": [{"fra": "2022-01-01", "til_og_med": "2022-02-28"}],
        "udeblivelser": [{"møde": "2022-01-20", "forklaret": False, "bemærkning": "Kom ikke til mødet"}],
        "udtrådt": [{"grund": "resigned", "sidste_dag": "2022-02-28", "oplyst": "Brev af 27. februar"}],
        "foreslået_til_en_plads": [],
        "kan_ikke_indtræde": [],
    }
    assert asked(6) == {
        "medlem": [],
        "udeblivelser": [],
        "udtrådt": [],
        "foreslået_til_en_plads": [
            {"dag": "2022-03-01", "skridt": "proposed", "bemærkning": "Nævnt på mødet"},
            {"dag": "2022-03-01", "skridt": "unable", "bemærkning": ""},
        ],
        "kan_ikke_indtræde": [{"fra": "2022-03-01", "oplyst": "Folkeregisteret"}],
    }
    assert not any(asked(3)[part] for part in asked(3) if part != "medlem")
    page = desk.get(f"/{SLUG}/secretariat/nominations/{ids[2]}/insight").text
    for words in ("Medlem og suppleant", "Har trukket sig", "Brev af 27. februar", "Kom ikke til mødet"):
        assert words in page


def test_before_the_byraad_has_ruled_there_is_no_register(desk, store, found_election, add_staff, council):
    """An election without a council says so on an empty page; a seat, a case and a paper are not there."""
    found_election(store, slug="andet")
    with store.reading() as connection:
        other = elections.by_slug(connection, "andet")
    store.write(lambda work: appoint(work, "test", other.id, council.secretary.id, Role.SECRETARIAT))
    base = BASE.replace(SLUG, "andet")
    assert "ikke sat sammen endnu" in desk.get(base).text
    for path in ("/1", "/cases/nowhere", "/substitutes/c1", ".pdf"):
        assert desk.get(f"{base}{path}").status_code == 404


def test_seats_that_wait_for_the_byraad_are_no_members(client, sign_in, store, found_election, add_staff):
    """A council that is put together and not appointed: both pages say so, and no seat is said to have been somebody's."""
    seated = elect(store, found_election(store), (90, 80, 70, 60, 50), add_staff, refused=range(1, 6))
    assert "Byrådet har ikke udpeget medlemmerne endnu." in client.get(f"/{SLUG}/members").text
    assert client.get(f"/{SLUG}/members.pdf").status_code == 404
    text = sign_in(client, seated.secretary.login).get(BASE).text
    assert "Byrådet har ikke udpeget medlemmerne endnu." in text
    assert "mindst 7" not in text


def test_everybody_sees_who_sat_and_nobody_why(client, store, council, clock, monkeypatch):
    """The public page has names of the elected and days; that somebody will leave is not told before, and why never."""
    entered = leaving.Leaving(Cause.RESIGNED, date(2022, 4, 30), "Sygdom")
    two = (council.secretary, council.chair)
    assert isinstance(leaving.leave(store, council.now(), 2, entered, two), leaving.Left)
    before = client.get(f"/{SLUG}/members").text
    assert "Carla Dam" in before
    assert "30. april 2022" not in before
    clock.move_to(datetime(2022, 5, 1, 12, tzinfo=UTC))
    after = client.get(f"/{SLUG}/members").text
    assert "30. april 2022" in after
    assert "vakant" in after
    for word in ("trukket", "Sygdom", "ledig fra"):
        assert word not in after
    made, render = [], public_members.render_history
    monkeypatch.setattr(public_members, "render_history", lambda *told, **more: made.append(1) or render(*told, **more))
    assert {client.get(f"/{SLUG}/members.pdf").mimetype for _ in range(3)} == {"application/pdf"}
    assert made == [1], "one paper for everybody who asks"
