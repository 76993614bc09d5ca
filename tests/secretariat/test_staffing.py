"""Officials are added with a password that is shown once, and appointed by name."""

import html
import io
import json
import re
import uuid
from contextlib import closing

import pypdfium2
import pytest
import zxingcpp
from auditing import Page

from votingapp.desks.secretariat.staffing import hiring, service
from votingapp.desks.secretariat.staffing.guarding import Alone
from votingapp.desks.secretariat.staffing.people import read_people
from votingapp.store import audit, poll_decisions, staff
from votingapp.store.poll_decisions import Annulment
from votingapp.store.staff import Role

PAGE = "/koege-2021/secretariat/staff"


def printed(desk, answer):
    """The slips of the codes on a page."""
    page = Page(answer.text)
    people = re.findall(r'name="login" value="([^"]+)"><input type="hidden" name="code" value="([^"]+)"', answer.text)
    logins, codes = map(list, zip(*people, strict=True))
    return desk.post(f"{PAGE}/slips", data={"csrf_token": page.tokens[0], "login": logins, "code": codes})


def test_a_new_official_gets_a_password_that_is_shown_once(act, desk, office, store, settings):
    """The one-time password stands on the answer alone, opens the door once, and is kept nowhere in clear."""
    answer = act(f"{PAGE}/hire", {"board": "Bøl Ågård, boel", "desk": "Bo Bæk"})
    codes = re.findall(r'<td class="code">([a-z0-9]{4}(?:-[a-z0-9]{4}){3})</td>', answer.text)
    assert len(codes) == 2
    assert "<bdi>Bøl Ågård</bdi>" in answer.text
    assert '<td class="code">bo.baek</td>' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert codes[0] not in desk.get(PAGE).text
    kept = b"".join(path.read_bytes() for path in settings.home.rglob("*") if path.is_file())
    assert not any(code.encode() in kept for code in codes)
    fresh = office.test_client()
    assert fresh.submit("/sign-in", {"login": "boel", "password": codes[0]}).status_code == 302
    assert fresh.get(PAGE).location == "/password"


def test_a_press_that_is_repeated_shows_the_same_page(act, desk, store, caplog):
    """Two presses of one button, as some make them everywhere: the second answer is the one that the browser shows."""
    caplog.set_level("DEBUG")
    page = Page(desk.get(PAGE).text).hidden
    data = page | {"board": "Birgit Lund\r\nEwa Kowalska", "observer": "Birgit Lund"}
    first, second = (desk.post(f"{PAGE}/hire", data=data) for _ in range(2))
    shown = [re.findall(r'<td class="code">([^<]+)</td>', answer.text) for answer in (first, second)]
    assert shown[0] == shown[1]
    assert len(shown[0]) == 4
    assert "Valgbestyrelse, Observatør" in second.text
    with store.reading() as connection:
        assert [one.login for one in staff.everybody(connection)] == ["birgit.lund", "clerk", "ewa.kowalska"]
    assert not any(code in caplog.text for code in shown[0] if "-" in code)
    changed = desk.post(f"{PAGE}/hire", data=data | {"board": "Birgit Lund"})
    assert changed.status_code == 409
    assert "brugernavnet birgit.lund" in changed.text


def test_whoever_has_chosen_is_listed_without_a_code(act, desk, office):
    """Sent again after her first login, the form says so, and prints the others' slips alone."""
    page = Page(desk.get(PAGE).text).hidden | {"board": "Birgit Lund\nEwa Kowalska"}
    (code, _ewa) = re.findall(r'name="code" value="([^"]+)"', desk.post(f"{PAGE}/hire", data=page).text)
    hers = office.test_client()
    hers.submit("/sign-in", {"login": "birgit.lund", "password": code})
    hers.submit("/password", {"new": "min egen gode sætning", "repeated": "min egen gode sætning"})
    again = desk.post(f"{PAGE}/hire", data=page)
    assert "Koden er brugt eller udløbet" in again.text
    assert code not in again.text
    assert again.text.count('name="code"') == 1


def test_every_line_that_is_wrong_is_told_beside_its_field(act, desk, store):
    """With its number, in words that say what to write; what was typed stands there still, and nobody was added."""
    lines = {
        "board": "Ewa Kowalska\r\nLund, Birgit\r\nИван Петров",
        "desk": "Jens 010180-1234\r\nBo <script>alert(1)</script>",
    }
    answer = act(f"{PAGE}/hire", lines)
    assert answer.status_code == 422
    text = html.unescape(answer.text)
    assert "Linje 2 (\u2068Lund\u2069): Bag kommaet skal stå et brugernavn" in text
    assert "Linje 3 (\u2068Иван Петров\u2069): Navnet kan ikke skrives om til et brugernavn" in text
    assert "Linje 1: Her står noget, der kan være et CPR-nummer" in text
    assert "Linje 2: Et navn kan have bogstaver" in text
    assert "Ewa Kowalska\r\nLund, Birgit" in text
    assert "010180-1234" not in text
    assert "<script>alert" not in answer.text
    with store.reading() as connection:
        assert [one.login for one in staff.everybody(connection)] == ["clerk"]


@pytest.mark.parametrize(
    "more", [{"once": "x"}, {"desk": "\n".join(["Bo Bæk"] * 61)}, {"desk": "B" + "\u0301" * 9_000}, {}]
)
def test_no_number_comes_back_whatever_is_wrong(act, more):
    """A CPR number is gone from the fields, also where something else is told."""
    answer = act(f"{PAGE}/hire", {"board": "Jens 010180-1234", "observer": "Ib Ib, 0101801234"} | more)
    assert answer.status_code == 422
    assert "1234" not in answer.text


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        ({}, 422, "Skriv mindst ét navn."),
        ({"board": " \r\n\t"}, 422, "Skriv mindst ét navn."),
        ({"desk": "\n".join(["Bo Bæk"] * 61)}, 422, "Højst 60 linjer"),
        ({"board": "Bo Bæk", "once": ""}, 422, "Noget mangler"),
        ({"board": "Bo Bæk", "once": "x"}, 422, "Noget mangler"),
        ({"board": "En anden, clerk"}, 409, "Det brugernavn er i brug"),
        ({"board": "En anden, Clerk"}, 422, "Bag kommaet skal stå et brugernavn"),
        ({"board": "CLERK"}, 409, "brugernavnet clerk"),
    ],
)
def test_what_hires_nobody_is_told(act, store, clerk, data, status, said):
    """Nothing, too much, a form without its name, a login in use, and one that could be taken for another."""
    answer = act(f"{PAGE}/hire", data)
    assert (answer.status_code, said in html.unescape(answer.text)) == (status, True)
    with store.reading() as connection:
        assert staff.everybody(connection) == (clerk,)


def test_sixty_are_hired_in_one_press(act, desk, store, election):
    """As many as a form takes, each with a login of her own, and a slip of the page's codes for each."""
    answer = act(f"{PAGE}/hire", {"desk": "\r\n".join(f"Bo {'A' * number} Bæk" for number in range(1, 61))})
    assert answer.status_code == 200
    with store.reading() as connection:
        assert len(staff.appointed(connection, election.id, Role.DESK)) == 60
    sheet = printed(desk, answer)
    with closing(pypdfium2.PdfDocument(io.BytesIO(sheet.data))) as pdf:
        assert len(pdf) == 12


@pytest.mark.parametrize("word", ["candidate", "proposer", "house", "rehearsal"])
def test_no_official_is_called_what_the_log_calls_others(act, store, word):
    """With such a login an official's acts would read as a candidate's own."""
    assert act(f"{PAGE}/hire", {"board": f"Karla Bæk, {word}"}).status_code == 409
    with store.reading() as connection:
        assert staff.find_login(connection, word) is None


def test_the_slips_say_what_the_page_says(act, desk, settings):
    """What the printed squares say, read back from the PDF: the sign-in page, and login and code behind the sign #."""
    answer = act(f"{PAGE}/hire", {"board": "Birgit Lund\nŁukasz Yılmaz", "desk": "Birgit Lund"})
    codes = re.findall(r'name="code" value="([^"]+)"', answer.text)
    sheet = printed(desk, answer)
    assert (sheet.status_code, sheet.mimetype) == (200, "application/pdf")
    assert sheet.headers["Cache-Control"] == "no-store"
    with closing(pypdfium2.PdfDocument(io.BytesIO(sheet.data))) as pdf:
        picture = pdf[0].render(scale=150 / 72, grayscale=True).to_pil()
        text = pdf[0].get_textpage().get_text_range()
    found = sorted(square.text for square in zxingcpp.read_barcodes(picture))
    links = zip(("birgit.lund", "lukasz.yilmaz"), codes, strict=True)
    assert found == [f"{settings.office_url}/sign-in#{login}:{code}" for login, code in links]
    assert "Valgbestyrelse, Fremmøde" in text
    assert "Łukasz Yılmaz" in text


def test_no_slip_is_printed_of_what_is_not_true(desk, act):
    """Codes that open nothing, and a form with nothing in it, are answered in words."""
    act(f"{PAGE}/hire", {"board": "Birgit Lund"})
    for sent in ({}, {"login": "birgit.lund", "code": "aaaa-bbbb-cccc-dddd"}, {"login": ["birgit.lund"] * 500}):
        answer = desk.post(f"{PAGE}/slips", data=Page(desk.get(PAGE).text).hidden | sent)
        assert (answer.status_code, "Ingen koder at skrive ud" in answer.text) == (422, True)


def test_a_secretary_hires_at_her_own_election_only(act, desk, office, found_election, store, add_staff, sign_in):
    """One of another election adds nobody here and prints no slip of ours."""
    answer = act(f"{PAGE}/hire", {"board": "Birgit Lund"})
    (code,) = re.findall(r'name="code" value="([^"]+)"', answer.text)
    add_staff(store, found_election(store, "naboby-2021"), "stranger", Role.SECRETARIAT)
    stranger = sign_in(office.test_client(), "stranger")
    theirs = "/naboby-2021/secretariat/staff"
    hidden = Page(stranger.get(theirs).text).hidden
    for door in ("hire", "slips"):
        assert stranger.post(f"{PAGE}/{door}", data=hidden | {"desk": "Bo Bæk"}).status_code == 403
    sent = hidden | {"login": "birgit.lund", "code": code}
    assert stranger.post(f"{theirs}/slips", data=sent).status_code == 422


def test_an_official_is_appointed_once_to_a_role(act, store, election, add_staff):
    """An appointment stands in the log once; a second changes nothing and says so."""
    add_staff(store, election, "boel")
    data = {"appoint-login": "boel", "appoint-role": "desk"}
    assert "er udpeget" in act(f"{PAGE}/appoint", data, follow_redirects=True).text
    assert "Intet er ændret" in act(f"{PAGE}/appoint", data, follow_redirects=True).text
    with store.reading() as connection:
        (appointed,) = staff.appointed(connection, election.id, Role.DESK)
        acts = [entry.act for entry in audit.entries(connection, election.id)]
    assert appointed.login == "boel"
    assert acts[2:] == ["staff_appointed"]


def test_nobody_unknown_and_nothing_unknown_is_appointed(act, store, election):
    """An unknown login and an invented role are refused, and no appointment comes of them."""
    assert act(f"{PAGE}/appoint", {"appoint-login": "ingen", "appoint-role": "desk"}).status_code == 422
    assert act(f"{PAGE}/appoint", {"appoint-login": "clerk", "appoint-role": "konge"}).status_code == 422
    with store.reading() as connection:
        assert [len(staff.appointed(connection, election.id, role)) for role in Role] == [1, 0, 0, 0]


def test_an_appointment_holds_at_its_own_election_only(
    act, store, found_election, office, add_staff, sign_in, election
):
    """Who is appointed at one election has no role at another."""
    other = found_election(store, "naboby-2021")
    add_staff(store, other, "boel")
    act(f"{PAGE}/appoint", {"appoint-login": "boel", "appoint-role": "secretariat"})
    boel = sign_in(office.test_client(), "boel")
    assert boel.get("/koege-2021/secretariat").status_code == 200
    assert boel.get("/naboby-2021/secretariat").status_code == 403


def test_after_the_poll_nobody_brings_in_alone_who_confirms_her(act, desk, store, clerk, election, add_staff):
    """What follows takes two, and one could be both: a colleague who is nobody, hired and confirmed by her alone."""
    annulment = Annulment("Byrådet", "Urnen stod åben", store.clock().date(), store.clock())
    hire, appoint = {"board": "Birgit Lund"}, {"appoint-login": "boel", "appoint-role": "secretariat"}
    colleague = {"second_login": "dorte", "second_password": "en lang og god sætning"}

    def annul(work):
        poll_decisions.keep(work, election.id, annulment, (clerk, clerk))
        work.record(election.id, "test", "annulled")

    store.write(annul)
    add_staff(store, election, "boel")
    assert act(f"{PAGE}/hire", {"secretariat": "Anna Lund"}).status_code == 200, "there is nobody yet to confirm it"
    add_staff(store, election, "dorte", Role.BOARD)
    for signed in ({}, {"second_login": "clerk"}, {"second_login": "boel"}, {"second_password": "gættet sætning"}):
        wrong = colleague | signed if signed else {}
        assert act(f"{PAGE}/hire", hire | prefixed("hire", wrong)).status_code == 422
        assert act(f"{PAGE}/appoint", appoint | prefixed("appoint", wrong)).status_code == 422
    alone = hiring.hire(store, clerk, election, str(uuid.uuid4()), read_people({Role.BOARD: "Birgit Lund"}), clerk)
    assert (alone, service.appoint(store, clerk, election, "boel", Role.BOARD)) == (Alone(), Alone())
    assert act(f"{PAGE}/hire", {"desk": "Bo Bæk"}).status_code == 200, "who decides nothing is hired by one"
    assert act(f"{PAGE}/hire", hire | prefixed("hire", colleague)).status_code == 200
    assert act(f"{PAGE}/appoint", appoint | prefixed("appoint", colleague)).status_code == 302
    with store.reading() as connection:
        told = [entry.details for entry in audit.entries(connection, election.id) if entry.act == "staff_appointed"]
    assert [json.loads(one).get("second") for one in told][-2:] == ["dorte", "dorte"]


def prefixed(form: str, fields: dict[str, str]) -> dict[str, str]:
    return {f"{form}-{name}": value for name, value in fields.items()}
