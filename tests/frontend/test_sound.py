"""The booth can be heard and be dark: a whole vote by whoever sees nothing, and nothing on the network tells that she listens."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from booth_steps import SLIP, begin, cast, change_language, check_page, give_slip, heading
from playwright.sync_api import expect

from votingapp.recordings.engine import Engine
from votingapp.recordings.pack import Clip, read_pack, write_pack
from votingapp.recordings.phrases import NAMES, Extent, phrases_of, phrases_of_names, tidy
from votingapp.recordings.sentences import read_sentences
from votingapp.store.ballot_paper import Line

if TYPE_CHECKING:
    from conftest import PlayedServer
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser

PLAY = """
window.heard = [];
HTMLMediaElement.prototype.play = function () {
  const src = this.src;
  window.player = this;
  window.heard.push(this.dataset.clip);
  setTimeout(() => { if (this.src === src) this.dispatchEvent(new Event("ended")); }, 0);
  return Promise.resolve();
};
"""
"""Every clip is noted by its key, and is over at once."""

QUIET = """
new Promise((done) => {
  let before = -1;
  const look = () => {
    if (before === heard.length) return done(heard.splice(0));
    before = heard.length;
    setTimeout(look, 15);
  };
  look();
})
"""


@pytest.fixture(scope="module")
def packs(bundle) -> dict[str, bytes]:
    """Recordings of everything that is said in Danish and in Arabic; each of them is the same short word."""
    with Engine() as engine:
        word = engine.say(engine.voices["da"], "ja")
    spoken = {one.code: phrases_of(one, Extent(most=1, candidates=4)) for one in read_sentences(bundle)}
    lines = [
        Line(number + 1, name, line, None)
        for number, (name, line) in enumerate(
            (("Åse Ørum Kjær", "bager"), ("Bo Bach", ""), ("Çağla Öztürk", "sygeplejerske"), ("Đorđe Đukić", ""))
        )
    ]
    names = phrases_of_names("Integrationsrådsvalg 2021", "Køge Kommune", lines)
    phrases = {"da": spoken["da"], "ar": spoken["ar"], NAMES: names}
    return {language: write_pack(Clip(one.key, one.text, word) for one in said) for language, said in phrases.items()}


def heard(page: Page) -> list[str]:
    """Wait until nothing more is said; gives what was said since it was last asked."""
    return page.evaluate(QUIET)


def go_to(page: Page, key: str, arrow: str = "ArrowDown") -> list[str]:
    """Press an arrow until this is said."""
    for _ in range(60):
        page.keyboard.press(arrow)
        said = heard(page)
        if key in said:
            return said
    pytest.fail(f"{key} is not heard on this screen")


def unsaid(page: Page, texts: set[str]) -> list[str]:
    """The words on the screen that nobody has recorded: all but codes, the sign of the booth and pictures."""
    shown = page.evaluate("""() => {
      const seen = [...document.querySelectorAll("h1, h2, h3, p, li, label, legend, button, [role=status]")];
      const silent = ".receipt, .device, .qr, [aria-hidden=true]";
      return seen.filter((one) => one.getClientRects().length && !one.closest(silent) && !one.querySelector("p, li, label, button"))
        .map((one) => {
          const told = one.cloneNode(true);
          for (const hidden of told.querySelectorAll("[aria-hidden=true], [hidden]")) hidden.remove();
          return one.getAttribute("aria-label") ?? [...told.childNodes].map((part) => part.textContent).join(" ");
        });
    }""")
    left = []
    for text in map(tidy, shown):
        rest = text
        for phrase in sorted((one for one in texts if one in text), key=len, reverse=True):
            rest = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", " ", rest)
        if re.search(r"\w", rest):
            left.append(rest)
    return left


def is_dark(page: Page) -> bool:
    """Whatever of the page is looked at, it is the black screen."""
    points = "[[.5,.5],[.1,.2],[.9,.9],[.5,.01],[.02,.98]]"
    return page.evaluate(
        f"{points}.every(([x, y]) => document.elementFromPoint(innerWidth * x, innerHeight * y)?.closest('.dark'))"
    )


def listen(page: Page, played: PlayedServer) -> None:
    """Open the booth and turn its sound on, with the keyboard."""
    page.goto(played.url)
    tool = page.locator(".tool", has_text="Lyt")
    expect(tool).to_be_visible()
    tool.focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Til", exact=True).focus()
    assert page.evaluate("heard") == [], "nothing is heard before somebody asks"
    page.keyboard.press("Enter")
    assert heard(page)[:2] == ["sound.title", "sound.headphones"]


def test_a_whole_vote_is_cast_in_the_dark_with_the_keyboard(
    tablet: Page, played: PlayedServer, packs: dict[str, bytes]
) -> None:
    """With sound on and the screen black each screen is read, each control as the arrows come to it, and nothing of it is left."""
    played.packs = packs
    tablet.add_init_script(PLAY)
    listen(tablet, played)
    tablet.keyboard.press("d")
    assert is_dark(tablet)
    check_page(tablet, (1024, 768))
    go_to(tablet, "settings.close", "ArrowUp")
    tablet.keyboard.press("Enter")
    said = heard(tablet)
    assert "language.title" in said
    assert "help.language" in said
    go_to(tablet, "language.name")
    tablet.keyboard.press("Enter")
    assert {"slip.title", "slip.text", "help.start"} <= set(heard(tablet))
    go_to(tablet, "slip.typeLabel")
    tablet.keyboard.type(SLIP)
    tablet.keyboard.press("Enter")
    expect(tablet.locator("h1")).to_have_text("Sæt dit kryds")
    assert {"ballot.title", "ballot.rule.most-1", "ballot.chosenOf.chosen-0.most-1", "help.choose"} <= set(
        heard(tablet)
    )
    assert go_to(tablet, "name.1") == ["number.1", "name.1", "line.1", "sound.unmarked"]
    go_to(tablet, "name.2")
    tablet.keyboard.press("Enter")
    assert heard(tablet) == ["sound.marked", "ballot.chosenOf.chosen-1.most-1"]
    tablet.keyboard.press("r")
    assert heard(tablet) == ["sound.marked", "ballot.chosenOf.chosen-1.most-1"]
    assert is_dark(tablet)
    go_to(tablet, "ballot.continue")
    tablet.keyboard.press("Enter")
    expect(tablet.locator("h1")).to_have_text("Er det rigtigt?")
    assert {"review.title", "name.2", "help.review"} <= set(heard(tablet))
    go_to(tablet, "review.confirm")
    tablet.keyboard.press("Enter")
    expect(tablet.locator("h1")).to_have_text("Afgiv din stemme")
    assert {"decide.title", "challenge.sealed", "help.decide"} <= set(heard(tablet))
    assert is_dark(tablet)
    go_to(tablet, "review.cast")
    tablet.keyboard.press("Enter")
    expect(tablet.locator("h1")).to_have_text("Din stemme er afgivet")
    _hears_the_receipt(tablet)
    assert len(played.ballots) == 1
    go_to(tablet, "receipt.done")
    tablet.keyboard.press("Enter")
    heading(tablet, "Vælg dit sprog")
    expect(tablet.locator(".dark")).to_have_count(0)
    heard(tablet)
    tablet.keyboard.press("ArrowDown")
    assert heard(tablet) == [], "the next voter hears nothing"


def _hears_the_receipt(tablet: Page) -> None:
    said = heard(tablet)
    assert {"receipt.title", "help.receipt"} <= set(said)
    words = [key.removeprefix("word.") for key in said if key.startswith("word.")]
    assert words == tablet.locator(".receipt-words li").all_inner_texts()


def test_touching_the_black_screen_does_what_the_keys_do(
    tablet: Page, played: PlayedServer, packs: dict[str, bytes]
) -> None:
    """Large zones go on and back, read again and choose; names are Danish in Arabic, one zone shows the screen, and English is silent."""
    played.packs = packs
    tablet.add_init_script(PLAY)
    tablet.goto(played.url)
    begin(tablet, "العربية")
    give_slip(tablet)
    tablet.locator(".tool").last.click()
    dialog = tablet.get_by_role("dialog")
    dialog.locator("[data-preference=sound][data-value=on]").click()
    dialog.locator("[data-preference=screen][data-value=dark]").click()
    for _ in range(20):
        tablet.locator(".dark-next").click()
        if "settings.close" in heard(tablet):
            break
    tablet.locator(".dark-choose").click()
    said = heard(tablet)
    assert {"ballot.title", "help.choose"} <= set(said)
    for _ in range(20):
        tablet.locator(".dark-next").click()
        if "name.1" in (said := heard(tablet)):
            break
    assert said == ["number.1", "name.1", "line.1", "sound.unmarked"]
    tablet.locator(".dark-again").click()
    assert heard(tablet) == said
    tablet.locator(".dark-choose").click()
    assert heard(tablet)[0] == "sound.marked"
    tablet.locator(".dark-next").click()
    tablet.locator(".dark-back").click()
    assert heard(tablet)[-4:] == ["number.1", "name.1", "line.1", "sound.marked"]
    tablet.locator(".dark-show").click()
    expect(tablet.locator(".dark")).to_have_count(0)
    expect(tablet.get_by_label("Åse Ørum Kjær")).to_be_checked()
    change_language(tablet, "English")
    heard(tablet)
    expect(tablet.locator(".tool", has_text="Listen")).to_be_hidden()
    expect(tablet.get_by_text("The tablet cannot read aloud in this language.")).to_be_visible()
    tablet.keyboard.press("d")
    expect(tablet.locator(".dark")).to_have_count(0)
    tablet.keyboard.press("ArrowDown")
    assert heard(tablet) == [], "nothing has been recorded in English"


def test_every_word_on_the_screen_is_recorded(tablet: Page, played: PlayedServer, packs: dict[str, bytes]) -> None:
    """From the first screen to the receipt, with what can be opened beside them, no word that is shown is without a clip."""
    played.packs = packs
    played.rehearsal = True
    texts = {clip.text for pack in (packs["da"], packs[NAMES]) for clip in read_pack(pack)}
    texts |= {language.name for language in read_sentences(played.bundle)}
    texts |= {str(language.sentences["language.begin"]) for language in read_sentences(played.bundle)}
    english = next(one for one in read_sentences(played.bundle) if one.code == "en")
    texts.add(str(english.sentences["language.title"]))
    tablet.goto(played.url)
    expect(tablet.locator(".tool", has_text="Lyt")).to_be_visible()
    assert unsaid(tablet, texts) == []
    begin(tablet)
    assert unsaid(tablet, texts) == []
    for tool in tablet.locator(".tool").all():
        tool.click()
        assert unsaid(tablet, texts) == []
        tablet.keyboard.press("Escape")
    give_slip(tablet, "forkert")
    assert unsaid(tablet, texts) == []
    give_slip(tablet)
    heading(tablet, "Sæt dit kryds")
    assert unsaid(tablet, texts) == []
    tablet.get_by_role("button", name="Fortsæt").click()
    assert unsaid(tablet, texts) == []
    tablet.get_by_label("Bo Bach").check()
    tablet.get_by_role("button", name="Fortsæt").click()
    heading(tablet, "Er det rigtigt?")
    assert unsaid(tablet, texts) == []
    tablet.get_by_role("button", name="Ja, det er rigtigt").click()
    expect(tablet.locator(".commitment-code .receipt")).to_be_visible()
    assert unsaid(tablet, texts) == []
    tablet.get_by_role("button", name="Afgiv min stemme").click()
    heading(tablet, "Din stemme er afgivet")
    assert unsaid(tablet, texts) == []


def test_whoever_listens_is_there(tablet: Page, played: PlayedServer, packs: dict[str, bytes]) -> None:
    """While something is heard nobody is asked whether she is still there; in silence she is. Headphones pulled out bring silence."""
    played.packs = packs
    tablet.add_init_script(PLAY)
    tablet.clock.install()
    tablet.goto(played.url)
    begin(tablet)
    give_slip(tablet)
    heading(tablet, "Sæt dit kryds")
    tool = tablet.locator(".tool", has_text="Lyt")
    expect(tool).to_be_visible()
    tool.click()
    tablet.locator("[data-preference=sound][data-value=on]").click()
    tablet.clock.run_for(80_000)
    tablet.evaluate("player.dispatchEvent(new Event('timeupdate'))")
    tablet.clock.run_for(80_000)
    asked = tablet.locator("#pause-title")
    expect(asked).to_be_hidden()
    tablet.clock.run_for(11_000)
    expect(asked).to_be_visible()
    pull_out = "player.pause = () => { player.isHushed = true; }; navigator.mediaDevices.dispatchEvent(new Event('devicechange'));"
    assert tablet.evaluate(f"() => {{ {pull_out} return player.isHushed; }}"), "nothing is left to the loudspeaker"


def test_the_network_does_not_tell_who_listens(tablet: Page, played: PlayedServer, packs: dict[str, bytes]) -> None:
    """Every pack is fetched before anybody votes, each once; a voter who listens asks for nothing that another does not."""
    played.packs = packs
    tablet.add_init_script(PLAY)
    asked: list[str] = []
    tablet.on("request", lambda request: asked.append(request.url))
    visits = []
    for is_listening in (True, False):
        if is_listening:
            listen(tablet, played)
            tablet.get_by_role("dialog").get_by_role("button", name="Luk").click()
            assert sum(url.endswith(".pack") for url in asked) == len(packs)
        asked.clear()
        begin(tablet)
        give_slip(tablet)
        tablet.get_by_label("Bo Bach").check()
        cast(tablet)
        with tablet.expect_response("**/election.json"):
            tablet.get_by_role("button", name="Færdig").click()
        paths = {urlsplit(url).path for url in asked if not url.startswith("blob:")}
        visits.append(paths - {"/valg/alive.json"})
    assert visits[0] == visits[1]
    assert not [path for path in visits[0] if path.endswith(".pack")]


def test_a_pack_with_another_hash_is_refused(tablet: Page, played: PlayedServer, packs: dict[str, bytes]) -> None:
    """Two letters changed on the way, and nothing offers to be heard; the vote goes on without."""
    played.packs = packs
    changed: list[bool] = []

    def exchange(route: Route) -> None:
        body = route.fetch().body()
        changed.append(b"Bo Bach" in body)
        route.fulfill(body=body.replace(b"Bo Bach", b"Xo Bach"))

    tablet.route("**/*.pack", exchange)
    with tablet.expect_response(lambda answer: answer.url.endswith(f"{hashlib.sha256(packs[NAMES]).hexdigest()}.pack")):
        tablet.goto(played.url)
    begin(tablet)
    give_slip(tablet)
    assert changed == [False, False, True]
    expect(tablet.locator(".tool", has_text="Lyt")).to_be_hidden()
    tablet.get_by_label("Bo Bach").check()
    cast(tablet)
    heading(tablet, "Din stemme er afgivet")
