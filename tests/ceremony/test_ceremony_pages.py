"""The pages and routes of the ceremony: who may open them, and what a member's device is told."""

from __future__ import annotations

import json
import re

import pytest

from ballots.protocol.threshold.share import make_share
from votingapp.store import staff
from votingapp.store.keys import Step
from votingapp.store.staff import Role


@pytest.fixture
def page(signing_board) -> str:
    return f"/{signing_board.election.slug}/ceremony"


def token(html: str) -> str:
    return html.split('name="csrf_token" type="hidden" value="', 1)[1].split('"', 1)[0]


def send(browser, page: str, step: str, raw: bytes, **headers: str):
    """Send a message as a member's device does."""
    state = browser.get(f"{page}/state").get_json()
    return browser.post(
        f"{page}/{step}",
        data=raw,
        content_type="application/json",
        headers={"X-CSRFToken": state["csrf"] if state else "", **headers},
    )


def test_the_secretariat_begins_and_the_board_sees_it(office, sign_in, signing_board, page):
    """The ceremony is begun by a form, with everybody's progress shown afterwards."""
    secretary = sign_in(office.test_client(), signing_board.secretary.login)
    ids = [member.id for member in signing_board.members]
    begun = secretary.submit(page, {"members": ids, "threshold": "2"}, follow_redirects=True)
    assert "Nøgleceremonien er begyndt." in begun.text
    member = sign_in(office.test_client(), "birk")
    assert "Lav min del af nøglen" in member.get(page).text
    assert "ceremony.js" in member.get(f"{page}/key").text


@pytest.mark.parametrize(("size", "threshold"), [(2, 2), (3, 2), (4, 3), (5, 3)])
def test_the_whole_board_is_proposed_and_more_than_half_of_it_opens(
    client, store, sign_in, add_staff, signing_board, page, size, threshold
):
    """Whoever holds a part signs the record with her key, so that a form sent as it stands leaves nobody to her password."""
    election = signing_board.election
    for member in signing_board.members[size:]:
        store.write(lambda work, one=member: staff.withdraw(work, "test", election.id, one.id, Role.BOARD))
    for number in range(len(signing_board.members), size):
        add_staff(store, election, f"medlem{number}", Role.BOARD)
    text = sign_in(client, signing_board.secretary.login).get(page).text
    assert len(re.findall(r'<input checked id="members-\d"', text)) == size
    assert re.search(r'name="threshold"[^>]* value="(\d+)"', text)[1] == str(threshold)


@pytest.mark.parametrize("threshold", ["3", "1", "0", "", "to"])
def test_a_threshold_that_cannot_be_is_told(client, sign_in, signing_board, page, threshold):
    """The form says what is wrong with the number, and no ceremony begins."""
    sign_in(client, signing_board.secretary.login)
    ids = [member.id for member in signing_board.members]
    assert client.submit(page, {"members": ids, "threshold": threshold}).status_code == 422
    assert "Så langt er hver nøgleholder nået" not in client.get(page).text


def test_nobody_chosen_is_told(client, sign_in, signing_board, page):
    """A ceremony without members does not begin."""
    sign_in(client, signing_board.secretary.login)
    answer = client.submit(page, {"threshold": "1"})
    assert answer.status_code == 422
    assert "mindst tre nøgleholdere" in answer.text


def test_the_board_does_not_begin_it(client, sign_in, signing_board, page):
    """Members hold keys; who they are is for the secretariat to enter."""
    sign_in(client, signing_board.chair.login)
    csrf = client.get(page).text.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
    ids = [member.id for member in signing_board.members]
    answer = client.post(page, data={"members": ids, "threshold": "2", "csrf_token": csrf})
    assert answer.status_code == 403


@pytest.mark.parametrize("role", [Role.DESK, Role.OBSERVER])
def test_others_see_nothing_of_it(client, sign_in, signing_board, add_staff, store, page, role):
    """Pages and routes of the ceremony are for the board and the secretariat."""
    add_staff(store, signing_board.election, "tilskuer", role)
    sign_in(client, "tilskuer")
    assert [client.get(f"{page}{route}").status_code for route in ("", "/key", "/state")] == [403] * 3


def test_the_whole_ceremony_by_the_routes(office, sign_in, signing_board, page):
    """Three devices speak with the house as browsers do, and a key stands that all of them can compare."""
    signing_board.start()
    devices = {member: sign_in(office.test_client(), member.login) for member in signing_board.members}
    for step in Step:
        for member, device in devices.items():
            if step is Step.SHARE:
                raw = share_from_delivery(signing_board, member, device.get(f"{page}/state").get_json())
            else:
                raw = signing_board.message(member, step)
            answer = send(device, page, step.value, raw)
            assert (answer.status_code, answer.get_json()["status"]) == (201, "taken")
    state = devices[signing_board.chair].get(f"{page}/state").get_json()
    assert state["trustees"].encode() == signing_board.ceremony().trustees().raw
    assert "Nøglen er færdig." in devices[signing_board.chair].get(page).text


def share_from_delivery(board, member, state) -> bytes:
    """What a device makes of what the house handed it."""
    certificates = [line.encode() for line in state["certificates"]]
    return make_share(board.seed(member), certificates, state["delivery"].encode(), lambda n: b"\x11" * n)


def test_a_member_is_handed_what_is_hers_alone(office, sign_in, signing_board, page):
    """The state of one device holds the sealed messages to its member and nobody else's."""
    signing_board.start()
    signing_board.send_all(Step.CERTIFICATE)
    signing_board.send_all(Step.DEALING)
    states = [
        sign_in(office.test_client(), member.login).get(f"{page}/state").get_json() for member in signing_board.members
    ]
    sealed = [set(json.loads(state["delivery"])["secrets"]) for state in states]
    assert not sealed[0] & sealed[1]
    assert not sealed[1] & sealed[2]


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"\xff\xfe", b'{"message":1}'])
def test_a_bad_message_is_a_422_with_a_reason(client, sign_in, signing_board, page, raw):
    """A device that sends nonsense is told so, by name, and nothing is kept."""
    signing_board.start()
    sign_in(client, "birk")
    answer = send(client, page, "certificate", raw)
    assert answer.status_code == 422
    assert answer.get_json()["name"] == "Birk"
    assert answer.get_json()["reason"]
    assert signing_board.ceremony().members[1].certificate is None


def test_a_message_out_of_turn_is_a_conflict(client, sign_in, signing_board, page):
    """What comes too early or twice is a 409 that the device answers by looking again."""
    signing_board.start()
    sign_in(client, "anne")
    assert send(client, page, "share", b"{}").get_json() == {"status": "not_yet"}
    raw = signing_board.message(signing_board.chair, Step.CERTIFICATE)
    assert send(client, page, "certificate", raw).status_code == 201
    again = send(client, page, "certificate", raw)
    assert (again.status_code, again.get_json()) == (409, {"status": "already_sent"})


def test_a_message_needs_the_token_and_its_type(client, sign_in, signing_board, page):
    """Another site cannot send in a member's name: without the token, or as a form, nothing is taken."""
    signing_board.start()
    sign_in(client, "anne")
    raw = signing_board.message(signing_board.chair, Step.CERTIFICATE)
    assert send(client, page, "certificate", raw, **{"X-CSRFToken": "falsk"}).status_code == 400
    csrf = client.get(f"{page}/state").get_json()["csrf"]
    answer = client.post(f"{page}/certificate", data=raw, content_type="text/plain", headers={"X-CSRFToken": csrf})
    assert answer.status_code == 415
    assert signing_board.ceremony().members[0].certificate is None


def test_a_huge_message_is_refused(client, sign_in, signing_board, page):
    """Ten megabytes are no message of a ceremony."""
    signing_board.start()
    sign_in(client, "anne")
    assert send(client, page, "certificate", b"x" * 10_000_000).status_code == 413


def test_who_holds_no_key_is_told(client, sign_in, signing_board, add_staff, store, page):
    """A board member outside the ceremony gets no state and no page of her own."""
    signing_board.start()
    add_staff(store, signing_board.election, "dorte", Role.BOARD)
    sign_in(client, "dorte")
    assert client.get(f"{page}/state").status_code == 403
    assert "Du er ikke nøgleholder" in client.get(f"{page}/key", follow_redirects=True).text


def test_the_camera_reads_a_sheet_where_one_is_asked_for_and_nowhere_else(client, sign_in, signing_board, page):
    """The page that asks for a key sheet may use the camera and run the reader of codes; the overview may not."""
    signing_board.start()
    sign_in(client, "anne")
    asked, overview = client.get(f"{page}/key"), client.get(page)
    assert "camera=(self)" in asked.headers["Permissions-Policy"]
    assert "'wasm-unsafe-eval'" in asked.headers["Content-Security-Policy"]
    assert "camera=()" in overview.headers["Permissions-Policy"]


def test_the_overview_says_in_words_who_is_waited_for_and_renews_itself(client, sign_in, signing_board, page):
    """Names instead of figures, in the page and in the part of it that is asked for again."""
    signing_board.start()
    signing_board.send(signing_board.chair, Step.CERTIFICATE)
    sign_in(client, signing_board.secretary.login)
    words = "Venter på Birk, Cilla, som skal lave og prøve et nøgleark."
    assert words in client.get(page).text
    live = client.get(f"{page}/live.json").get_json()
    assert words in live["regions"]["progress"]
    assert live["at"] in client.get(page).text


def test_a_stop_is_lifted_by_two_on_its_page(client, sign_in, signing_board, page):
    """A holder stops by a form; another lifts it with a reason and a colleague's password, and not without."""
    signing_board.start()
    sign_in(client, "birk")
    csrf = client.get(f"{page}/state").get_json()["csrf"]
    assert client.post(f"{page}/stop", data={"csrf_token": csrf, "found": "<script>"}).status_code == 400
    assert client.post(f"{page}/stop", data={"found": "-"}).status_code == 400
    told = client.post(f"{page}/stop", data={"csrf_token": csrf, "found": "-"}, follow_redirects=True).text
    assert "Du har stoppet." in told
    assert "Ceremonien er stoppet af Birk." in told
    assert client.get(f"{page}/state").get_json()["stopped"] == ["Birk"]
    assert "Har stoppet: Birk." in client.get(f"{page}/lift").text
    signed = {"second_login": "anne", "second_password": "en lang og god sætning"}
    assert client.submit(f"{page}/lift", signed).status_code == 422
    reason = {"reason": "Siden var gammel. Den er genindlæst."}
    assert client.submit(f"{page}/lift", reason | signed | {"second_password": "forkert"}).status_code == 422
    assert client.submit(f"{page}/lift", reason | signed | {"second_login": "birk"}).status_code == 422
    assert client.get(f"{page}/state").get_json()["stopped"] == ["Birk"]
    assert "Stoppet er ophævet." in client.submit(f"{page}/lift", reason | signed, follow_redirects=True).text
    assert client.get(f"{page}/state").get_json()["stopped"] == []


def test_there_is_nothing_to_confirm_before_the_freeze(client, sign_in, signing_board, page):
    """The page of the confirmation and that of the trial send a holder back who comes too early, and a stranger always."""
    signing_board.start()
    sign_in(client, "birk")
    assert "Der er ikke noget at bekræfte." in client.get(f"{page}/confirm", follow_redirects=True).text
    assert "når nøglen er færdig" in client.get(f"{page}/trial", follow_redirects=True).text


def test_abandoning_by_the_page(client, sign_in, signing_board, page):
    """The secretariat gives a ceremony up with one button, and can begin anew."""
    signing_board.start()
    sign_in(client, signing_board.secretary.login)
    csrf = token(client.get(page).text)
    told = client.post(f"{page}/abandon", data={"csrf_token": csrf}, follow_redirects=True)
    assert "Ceremonien er opgivet." in told.text
    assert "Begynd ceremonien" in told.text
