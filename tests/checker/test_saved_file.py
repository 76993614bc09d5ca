"""The checker in one file: saved to disk, opened with the network off, it checks an election and a tablet by itself."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from small_elections import small_election, write_story

from ballots.protocol.election import Question, build_election

VECTORS = Path(__file__).parents[1] / "vectors"
SCRIPT = "<img src=x onerror=document.title='run'>"


def test_the_same_sources_give_the_same_file(saved_file, tmp_path, build_saved) -> None:
    """Whoever builds the file finds the fingerprint that the page tells."""
    assert build_saved(tmp_path) == saved_file.read_bytes()


def test_it_lets_nothing_in_and_nothing_out(saved_file) -> None:
    """Its policy names its script and style by their hashes and forbids every connection; no other address stands in it."""
    page = saved_file.read_text(encoding="utf-8")
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    for tag in ("script", "style"):
        (text,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = hashlib.sha256(text.encode()).digest()
        assert f"{tag}-src 'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert "default-src 'none'" in policy
    assert "connect-src 'none'" in policy
    assert "unsafe" not in policy
    assert re.findall(r"(?:https?:)?//[a-z]+\.", page.replace("http-equiv", "")) == []


@pytest.mark.browser
def test_it_works_from_a_file_with_the_network_off(saved_file, browser, tmp_path) -> None:
    """It accepts an honest election with its figures, names the ballot in a stuffed one, shows a name as text, and checks a tablet."""
    context = browser.new_context(offline=True, locale="da-DK")
    page = context.new_page()
    page.set_default_timeout(20_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition(":")[0]))
    page.goto(saved_file.as_uri())
    verdict = page.locator(".verdict")

    def check(archive: Path) -> None:
        page.get_by_label("Vælg arkivet").set_input_files(archive)
        page.get_by_role("button", name="Kontrollér filen").click()
        expect(verdict.first).to_be_visible(timeout=20_000)

    challenge = json.loads((VECTORS / "challenge" / "first.json").read_text(encoding="utf-8"))

    def read(code: str) -> None:
        page.get_by_label("Teksten i koden").fill(code)
        page.get_by_role("button", name="Brug teksten").click()

    # Without an election to compare with nothing is found out, and the check code still stands.
    read(challenge["commitment"])
    read(challenge["opening"])
    expect(page.get_by_role("alert")).to_contain_text("Valgets arkiv er ikke læst")

    check(next((VECTORS / "single-max1").glob("*.bel")))
    expect(verdict).to_contain_text("Valget er regnet efter, og alt passer")
    expect(verdict).to_be_focused()
    result = json.loads((VECTORS / "single-max1" / "result.json").read_text(encoding="utf-8"))["result"][0]
    assert page.locator("td.number").all_inner_texts() == [str(votes) for votes in (*result[1:], result[0])]
    assert page.locator("li.done").count() == 7

    read(challenge["opening"])
    expect(page.locator(".sealed-names")).to_have_text("c1")

    check(VECTORS / "negative" / "stuffed-complete.bel")
    expect(verdict.first).to_contain_text("Underskriften på stemmen passer ikke")
    expect(page.locator("main")).to_contain_text(re.compile(r"stemme nummer \W*21\W"))
    assert page.locator("li.failed").count() == 1

    check(_with_script(tmp_path))
    expect(page.get_by_role("rowheader", name=SCRIPT)).to_be_visible()

    page.get_by_role("button", name="Begynd forfra").click()
    read(challenge["commitment"])
    page.get_by_label("Sprog").select_option("ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("#language")).to_be_focused()
    expect(page.locator(".good")).to_contain_text(challenge["commitment"])
    assert page.title() != "run"
    assert Axe().run(page).response["violations"] == []
    assert set(asked) <= {"file", "blob"}
    assert errors == []
    context.close()


def _with_script(folder: Path) -> Path:
    """A whole election in which a candidate's name is markup."""
    small = small_election()
    question = Question("Hvem?", (SCRIPT, "Bo"), blank=True, minimum=1, maximum=1)
    election = build_election(small.election.uuid, SCRIPT, "", question, small.election.public_key)
    changed = replace(small, election=election)
    path = folder / "script.bel"
    path.write_bytes(write_story(changed.story((changed.seal(0, (0, 1, 0)),))))
    return path
