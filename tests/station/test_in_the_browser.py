"""In a real browser: the board's page renews under the hands of whoever reads it, and a desk's press leaves the page alone."""

from __future__ import annotations

import uuid

import pytest
from joined import enter_as
from playwright.sync_api import expect
from served_office import serve_office
from sweeping import NARROW, Sweep

from votingapp.desks.station import shifting
from votingapp.desks.station.service import send_message, write_incident
from votingapp.store import queues
from votingapp.store.devices import Kind
from votingapp.store.incidents import Written
from votingapp.store.tables.staff import staff_session

pytestmark = pytest.mark.browser

PASSWORD = "en lang og god sætning"


@pytest.fixture
def served(settings, store, poll, people, tokens, supply, admit, voters):
    """The office behind a real socket, on an evening with two desks."""
    known = voters(store)
    supply(store, poll.election, "Bord 1", 20)
    admit(store, poll.election, people["bente"], "Bord 1", known[:5])
    with serve_office(settings, store) as office:
        yield office


@pytest.fixture
def sit(browser, served, tokens):
    """A signed-in browser: `sit("bente", "Bord 1")`, or `sit("anne")` at no desk; on a phone where it is asked for."""
    contexts = []

    def begin(login: str, device: str | None = None, **options):
        context = browser.new_context(locale="da-DK", **options)
        contexts.append(context)
        if device is not None:
            enter_as(context, served.address, Kind.DESK, tokens[device])
        page = context.new_page()
        page.goto(f"{served.address}/sign-in")
        page.fill("[name=login]", login)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    yield begin
    for context in contexts:
        context.close()


def renew(page) -> None:
    """Let ten seconds go by on the page's clock, and wait for the answer."""
    with page.expect_response("**/station/live.json"):
        page.clock.run_for(10_000)


@pytest.fixture
def board_page(served, base, sit):
    """The board's page, whose clock is moved by hand."""
    page = sit("anne", viewport={"width": 420, "height": 700})
    page.clock.install()
    page.goto(served.address + base)
    return page


def test_the_page_renews_without_losing_place_or_focus(store, board_page, poll, people, admit, voters):
    """New figures stand there, while the focus, the scroll and the elements are those of before."""
    page = board_page
    target = page.get_by_role("link", name="Hændelseslog")
    target.focus()
    page.evaluate("window.table = document.querySelector('.desks'); scrollTo(0, 300)")
    admit(store, poll.election, people["svend"], "Bord 2", voters(store)[5:8])
    store.write(lambda work: queues.report(work, poll.election.id, "Bord 2", 10))
    renew(page)
    expect(page.locator(".total strong")).to_have_text("8")
    expect(page.locator(".desks")).to_contain_text("omkring 10")
    expect(target).to_be_focused()
    assert page.evaluate("scrollY") == 300
    assert page.evaluate("window.table === document.querySelector('.desks')")


def test_a_link_inside_a_part_that_changes_keeps_the_focus(store, board_page, poll, supply, admit, people, voters):
    """Bord 1 is running short: whoever has come to its link with the keyboard stays there when the figure changes."""
    page = board_page
    admit(store, poll.election, people["bente"], "Bord 1", voters(store)[8:15])
    renew(page)
    link = page.get_by_role("link", name="Giv flere")
    expect(page.locator("[data-region=tasks]")).to_contain_text("8 stemmesedler tilbage")
    link.focus()
    admit(store, poll.election, people["bente"], "Bord 1", voters(store)[15:17])
    renew(page)
    expect(page.locator("[data-region=tasks]")).to_contain_text("6 stemmesedler tilbage")
    expect(link).to_be_focused()


def test_what_nobody_answers_is_said_and_taken_back(board_page, store):
    """Cut off or signed out, the page says that its figures are old; when the house answers again it is quiet."""
    page = board_page
    lost = page.locator("[data-lost]")
    expect(lost).to_be_hidden()
    page.route("**/live.json", lambda route: route.abort())
    page.clock.run_for(10_000)
    expect(lost).to_be_visible()
    page.unroute("**/live.json")
    renew(page)
    expect(lost).to_be_hidden()
    with store.engine.begin() as connection:
        connection.execute(staff_session.delete())
    page.clock.run_for(10_000)
    expect(lost).to_be_visible()


def test_an_answer_that_cannot_be_shown_does_not_end_the_asking(board_page):
    """It is told like no answer, and the next one that is right takes its place."""
    page = board_page
    lost = page.locator("[data-lost]")
    page.route("**/live.json", lambda route: route.fulfill(json={"at": "kl. 20"}))
    renew(page)
    expect(lost).to_be_visible()
    page.unroute("**/live.json")
    renew(page)
    expect(lost).to_be_hidden()


def test_what_people_wrote_is_text_and_nothing_else(store, board_page, poll, people):
    """A line of the log that looks like markup is shown as it was written, also when the page renews."""
    text = "<img src=x onerror=\"document.title='stjålet'\"> & <b>fed</b>"
    write_incident(store, people["bente"], poll.election, Written("Bord 1", text))
    renew(board_page)
    expect(board_page.locator("[data-region=incidents] .said")).to_have_text(text)
    assert board_page.locator("[data-region=incidents] img").count() == 0
    assert board_page.title().startswith("Valglokalet")


def test_a_press_tells_of_the_line_and_leaves_what_is_typed(served, base, sit, store, poll):
    """The number is kept, the button shows it, and the half-written incident stands where it stood."""
    page = sit("bente", "Bord 1")
    page.goto(f"{served.address}{base}/desk")
    page.fill("[name=text]", "Halvt skrevet")
    page.get_by_role("button", name="20", exact=True).click()
    expect(page.locator("[data-told]")).to_contain_text("omkring 20 venter")
    expect(page.get_by_role("button", name="20", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[name=text]")).to_have_value("Halvt skrevet")
    with store.reading() as connection:
        assert queues.at_desk(connection, poll.election.id, "Bord 1").waiting == 20
    page.route("**/desk/queue", lambda route: route.abort())
    page.get_by_role("button", name="5", exact=True).click()
    expect(page.locator("[data-untold]")).to_be_visible()
    expect(page.get_by_role("button", name="20", exact=True)).to_have_attribute("aria-pressed", "true")


def test_two_quick_presses_end_with_the_second(served, base, sit, store, poll):
    """The first is still on its way: the second waits for it, so that no late answer makes the line shorter again."""
    page = sit("bente", "Bord 1")
    page.goto(f"{served.address}{base}/desk")
    sent, held = [], []

    def hold_the_first(route) -> None:
        sent.append(route.request.post_data.rpartition("waiting=")[2])
        if len(sent) == 1:
            held.append(route)
        else:
            route.continue_()

    page.route("**/desk/queue", hold_the_first)
    with page.expect_request("**/desk/queue"):
        page.get_by_role("button", name="5", exact=True).click()
    for number in ("10", "20"):
        page.get_by_role("button", name=number, exact=True).click()
    assert sent == ["5"]
    held[0].continue_()
    expect(page.get_by_role("button", name="20", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-told]")).to_contain_text("omkring 20 venter")
    assert sent == ["5", "20"]
    with store.reading() as connection:
        assert queues.at_desk(connection, poll.election.id, "Bord 1").waiting == 20


def test_without_a_script_the_press_and_the_page_work_too(served, base, sit):
    """The board's page is read again by its link, and a press leads to the desk's own page."""
    page = sit("bente", "Bord 1", java_script_enabled=False)
    page.goto(f"{served.address}{base}/desk")
    page.get_by_role("button", name="40+").click()
    expect(page.locator("main")).to_contain_text("40 eller flere")
    board = sit("anne", java_script_enabled=False)
    board.goto(served.address + base)
    board.get_by_role("link", name="Se igen").click()
    expect(board.locator(".desks")).to_contain_text("40 eller flere")


def test_a_shift_change_takes_one_form_and_a_few_seconds(served, base, sit):
    """A number, a login, a password and one press: the desk is the new one's, and the page says that the box fits."""
    page = sit("bente", "Bord 1")
    page.goto(f"{served.address}{base}/shift")
    expect(page.locator("[name=slips]")).to_be_focused()
    page.keyboard.type("15")
    page.keyboard.press("Tab")
    page.keyboard.type("svend")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Svend Ærø har overtaget Bord 1")
    expect(page.locator("header .who")).to_contain_text("Svend Ærø")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_no_page_of_the_evening_has_a_barrier(served, base, sit, store, poll, people, clock, colours):
    """At 320 pixels, with everything on it that an evening brings, nothing sticks out and axe finds nothing."""
    write_incident(
        store, people["bente"], poll.election, Written("Bord 1", "Håndscannerudskiftningsforsinkelse ved bordet.")
    )
    write_incident(store, people["anne"], poll.election, Written("", "Det var bord 2.", corrects=1))
    send_message(store, people["anne"], poll.election, "Brug den trykte valgliste nu.")
    shifting.change_shift(
        store,
        poll.election,
        shifting.Counted(str(uuid.uuid4()), "Bord 1", people["bente"], people["svend"], people["bente"], slips=13),
    )
    store.write(lambda work: queues.report(work, poll.election.id, "Bord 1", 40))
    clock.advance(minutes=5)
    screen = {"viewport": {"width": NARROW[0], "height": NARROW[1]}, "color_scheme": colours}
    for login, device, paths in (
        ("anne", None, ("", "/incidents", "/messages")),
        ("bente", "Bord 1", ("/desk", "/shift", "/shift/done")),
    ):
        sweep = Sweep(sit(login, device, **screen), "da", "ltr")
        for path in paths:
            sweep.look(f"{served.address}{base}{path}")
        assert sweep.faults == []
