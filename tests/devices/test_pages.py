"""The secretariat's pages about devices: what stands there, what is asked before it is done, and that no code is kept."""

from __future__ import annotations

import base64
import html
import io
import re
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import pytest
import zxingcpp
from auditing import Page
from joined import CODE, join_device, make_desk, revoke_device
from PIL import Image, ImageDraw

from votingapp.certificates import found_authority, in_rows, issue
from votingapp.settings import Tls
from votingapp.store import devices
from votingapp.store.devices import Kind
from votingapp.store.staff import Role

OFFICE, BOOTH = "https://valg.koege.example", "https://boks.koege.example:8001"


def words(answer) -> str:
    return html.unescape(answer.text)


def submit(client, page: str, address: str, **data):
    """Send a form of the overview or of a device's page."""
    token = Page(client.get(page).text).tokens[0]
    return client.post(address, data=data | {"csrf_token": token})


@pytest.fixture
def device_id(store, election):
    def find(name: str) -> str:
        with store.reading() as connection:
            return next(one.id for one in devices.every(connection, election.id) if one.name == name)

    return find


def test_a_whole_polling_station_is_invited_in_one_go(clerk, page):
    """Four desks and six booths: ten names, ten codes, each with the address of the app it is for."""
    answer = submit(clerk, page, f"{page}/invite-several", desks="4", booths="6")
    assert answer.status_code == 200
    text = words(answer)
    shown = set(CODE.findall(text))
    assert len(shown) == 10
    for name in (*(f"Bord {number}" for number in range(1, 5)), *(f"Stemmeboks {number}" for number in range(1, 7))):
        assert f"<bdi>{name}</bdi>" in text
    assert text.count(f">{OFFICE}/join<") == 4
    assert text.count(f">{BOOTH}/join<") == 6
    later = words(clerk.get(page))
    assert not shown & set(CODE.findall(later))
    assert later.count("Inviteret, ikke tilsluttet endnu") == 10


def test_the_code_is_in_no_address_and_no_log(clerk, page, store, log, caplog):
    """Between the page and the database a code is in the body of an answer alone."""
    caplog.set_level("DEBUG")
    answer = submit(clerk, page, f"{page}/invite", kind="desk", name="Bord 1")
    (code,) = set(CODE.findall(answer.text))
    assert code not in answer.request.url
    assert code not in str(answer.headers)
    assert code not in caplog.text
    assert code not in str(log(store))
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("door", "data", "status"),
    [
        ("invite", {"kind": "desk", "name": ""}, 422),
        ("invite", {"kind": "desk", "name": "   "}, 422),
        ("invite", {"kind": "urn", "name": "Bord 1"}, 422),
        ("invite", {"kind": "desk", "name": "x" * 61}, 422),
        ("invite", {"kind": "desk", "name": "Bord\x001"}, 400),
        ("invite", {"kind": "desk", "name": "Bord \u202e1"}, 422),
        ("invite", {"kind": "booth", "name": " bord   9 "}, 409),
        ("invite-several", {}, 422),
        ("invite-several", {"desks": "0", "booths": "0"}, 422),
        ("invite-several", {"desks": "41"}, 422),
        ("invite-several", {"desks": "-1"}, 422),
        ("invite-several", {"booths": "to"}, 422),
        ("invite-several", {"booths": "9" * 5000}, 422),
        ("sheet", {"code": "AAAA-AAAA-AAAA-AAAA-AAAA"}, 422),
    ],
)
def test_what_cannot_be_invited_is_told(clerk, store, election, page, door, data, status):
    """A missing, odd or taken name and a number that is none are told, and nobody is invited."""
    join_device(store, election, Kind.DESK, "Bord 9")
    answer = submit(clerk, page, f"{page}/{door}", **data)
    assert answer.status_code == status
    assert not CODE.findall(answer.text)
    with store.reading() as connection:
        assert len(devices.every(connection, election.id)) == 1


def test_the_sheet_has_a_square_for_each_device(clerk, page):
    """What the printed squares say, read back from the PDF: the address of the right app, and the code behind the sign #."""
    answer = submit(clerk, page, f"{page}/invite-several", desks="4", booths="3")
    codes = list(dict.fromkeys(CODE.findall(answer.text)))
    token = Page(answer.text).tokens[0]
    printed = clerk.post(f"{page}/sheet", data={"csrf_token": token, "code": codes})
    assert (printed.status_code, printed.mimetype) == (200, "application/pdf")
    found, text, pages = read(printed.data)
    wanted = [f"{OFFICE if place < 4 else BOOTH}/join#{code}" for place, code in enumerate(codes)]
    assert sorted(found) == sorted(wanted)
    assert all(code in text for code in codes)
    assert (text.count("STEMMEBOKS"), pages) == (3, 2)
    assert "SHA-256" not in text


def test_beside_each_device_stands_what_it_must_trust_first(clerk, page, settings, office):
    """Where the house vouches for itself, one sheet has both squares and the fingerprint that is compared at the device."""
    folder, now = settings.home / "tls", datetime.now(UTC)
    folder.mkdir()
    authority = found_authority(folder, (), "laptop", now)
    server = issue(folder, authority, ("192.168.10.2",), now)
    office.extensions["settings"] = replace(settings, tls=Tls(folder, server.names, server.expires))
    answer = submit(clerk, page, f"{page}/invite-several", desks="1", booths="1")
    codes = list(dict.fromkeys(CODE.findall(answer.text)))
    printed = clerk.post(f"{page}/sheet", data={"csrf_token": Page(answer.text).tokens[0], "code": codes})
    found, text, _pages = read(printed.data)
    joins = [f"{OFFICE}/join#{codes[0]}", f"{BOOTH}/join#{codes[1]}"]
    assert sorted(found) == sorted([*joins, *["http://192.168.10.2:8080/"] * 2])
    assert [text.count(row) for row in in_rows(authority.fingerprint)] == [2] * 4


def read(sheet: bytes) -> tuple[list[str], str, int]:
    """What the squares of a printed sheet say, its words, and how many pages it has."""
    with closing(pypdfium2.PdfDocument(io.BytesIO(sheet))) as pdf:
        pictures = [one.render(scale=150 / 72, grayscale=True).to_pil() for one in pdf]
        text = "".join(one.get_textpage().get_text_range() for one in pdf)
    return [square.text for picture in pictures for square in zxingcpp.read_barcodes(picture)], text, len(pictures)


def test_the_squares_on_the_screen_are_the_same(clerk, page):
    """The clerk can hold a tablet's camera to the screen instead of printing."""
    answer = submit(clerk, page, f"{page}/invite", kind="booth", name="Stemmeboks 1")
    picture = base64.b64decode(re.search(r"data:image/svg\+xml;base64,([^\"]+)", answer.text)[1]).decode()
    side = int(re.search(r'viewBox="0 0 (\d+)', picture)[1])
    dots = Image.new("L", (side * 6, side * 6), 255)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h", picture):
        left, top = int(x) * 6, int(y) * 6
        ImageDraw.Draw(dots).rectangle((left, top, left + int(width) * 6 - 1, top + 5), fill=0)
    (square,) = zxingcpp.read_barcodes(dots)
    (code,) = set(CODE.findall(answer.text))
    assert square.text == f"{BOOTH}/join#{code}"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "Tilsluttet, set lige nu"),
        (1, "Tilsluttet, set for 1 sekund siden"),
        (20, "Tilsluttet, set for 20 sekunder siden"),
        (60, "Ikke set i 1 minut"),
        (200, "Ikke set i 3 minutter"),
        (7300, "Ikke set i 2 timer"),
        (-500, "Tilsluttet, set lige nu"),
    ],
)
def test_a_device_is_told_by_when_it_was_last_seen(clerk, store, election, page, clock, sign_in, seconds, told):
    """Whoever looks over the room sees which device has gone quiet; a clock that was set back frightens nobody."""
    join_device(store, election, Kind.BOOTH, "Stemmeboks 1")
    clock.advance(seconds=seconds)
    assert told in words(sign_in(clerk, "anna").get(page))


def test_an_invitation_that_is_too_old_asks_for_another(clerk, page, clock, sign_in):
    """After half a day the page says that the code is worth nothing."""
    submit(clerk, page, f"{page}/invite", kind="desk", name="Bord 1")
    clock.advance(hours=12, seconds=1)
    assert "Invitationen er udløbet efter 12 timer" in words(sign_in(clerk, "anna").get(page))


def test_access_is_taken_back_after_a_tick(clerk, store, election, page, device_id, log):
    """Without the tick nothing happens; with it the device is listed as revoked and its page offers nothing more."""
    token = join_device(store, election, Kind.BOOTH, "Stemmeboks 1")
    there = f"{page}/{device_id('Stemmeboks 1')}"
    assert submit(clerk, there, f"{there}/revoke").status_code == 422
    with store.reading() as connection:
        assert devices.by_token(connection, token) is not None
    answer = submit(clerk, there, f"{there}/revoke", sure="y")
    assert (answer.status_code, answer.location) == (302, page)
    with store.reading() as connection:
        assert devices.by_token(connection, token) is None
    told = words(clerk.get(page))
    assert "Adgangen er taget tilbage fra Stemmeboks 1" in told
    assert "<bdi>Stemmeboks 1</bdi> (Stemmeboks)" in told
    assert "<form" not in clerk.get(there).text.split("<main", 1)[1].split("</main>")[0].replace("</form", "")
    token = Page(clerk.get(page).text).tokens[0]
    for act in ("revoke", "invite-again"):
        again = clerk.post(f"{there}/{act}", data={"csrf_token": token, "sure": "y"})
        assert again.location == page
    assert len(log(store)) == 1


def test_a_fresh_code_is_shown_for_a_broken_device(clerk, store, election, page, device_id):
    """The old token is dead, and the page shows the square of the new code."""
    old = join_device(store, election, Kind.DESK, "Bord 1")
    there = f"{page}/{device_id('Bord 1')}"
    answer = submit(clerk, there, f"{there}/invite-again")
    assert answer.status_code == 200
    assert len(set(CODE.findall(answer.text))) == 1
    with store.reading() as connection:
        assert devices.by_token(connection, old) is None
    assert "Inviteret, ikke tilsluttet endnu" in words(clerk.get(page))


def test_a_device_of_nobody_or_of_another_election_has_no_page(clerk, store, found_election, page):
    """An id that is not of this election opens nothing."""
    other = found_election(store, slug="anden")
    join_device(store, other, Kind.DESK, "Bord 1")
    with store.reading() as connection:
        (foreign,) = devices.every(connection, other.id)
    token = Page(clerk.get(page).text).tokens[0]
    for one in (foreign.id, "x", "00000000-0000-4000-8000-000000000000"):
        assert clerk.get(f"{page}/{one}").status_code == 404
        for act in ("revoke", "invite-again"):
            assert clerk.post(f"{page}/{one}/{act}", data={"csrf_token": token, "sure": "y"}).status_code == 404


@pytest.mark.parametrize("role", [Role.DESK, Role.OBSERVER])
def test_other_roles_do_not_reach_the_devices(client, store, election, add_staff, sign_in, page, role):
    """Only secretariat and board decide what may stand in the polling station."""
    add_staff(store, election, "bo", role)
    sign_in(client, "bo")
    assert client.get(page).status_code == 403


def test_a_name_cannot_write_the_page(clerk, page):
    """Markup in a device's name is shown as letters, on the screen and on the sheet."""
    answer = submit(clerk, page, f"{page}/invite", kind="desk", name="<b>#Bord</b> سارة")
    assert "<b>#Bord" not in answer.text
    assert "&lt;b&gt;#Bord" in answer.text
    token = Page(answer.text).tokens[0]
    printed = clerk.post(f"{page}/sheet", data={"csrf_token": token, "code": CODE.findall(answer.text)[0]})
    assert printed.mimetype == "application/pdf"


def test_a_desk_that_was_revoked_is_led_to_a_code(client, store, election, add_staff, sign_in):
    """The official at a desk whose access is gone reads what to do, and the board finds the devices."""
    add_staff(store, election, "bente", Role.DESK, Role.BOARD)
    sign_in(client, "bente")
    make_desk(client, store, election, "Bord 1")
    assert client.get(f"/{election.slug}/checkin/").status_code == 200
    revoke_device(store, election, "Bord 1")
    answer = client.get(f"/{election.slug}/checkin/")
    assert answer.status_code == 403
    assert "Enheden er ikke tilsluttet som bord" in words(answer)
    assert f'href="/{election.slug}/devices"' in answer.text
