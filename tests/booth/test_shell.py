"""What a tablet is given to keep: its own files by their hashes, and nothing of an election, a slip or a vote."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from joined import revoke_device

from votingapp.desks.booth import shell
from votingapp.web.headers import BOOTH_POLICY

STATIC = Path(shell.__file__).parents[2] / "static"


@pytest.fixture
def bundled(tmp_path, monkeypatch):
    """A bundle of a few files of the booth, and what else a build leaves there."""
    folder = tmp_path / "static" / "bundle"
    (folder / "fonts").mkdir(parents=True)
    for name in ("booth.js", "booth.css", "zxing_reader.wasm", "shell.js", "ceremony.js", "fonts/NotoSans.ttf"):
        (folder / name).write_text(f"content of {name}\n", encoding="utf-8")
    monkeypatch.setattr(shell, "bundle_dir", lambda: folder)
    return folder


def listed(answer) -> dict:
    """The list above the program."""
    head, _, program = answer.text.partition("\n")
    assert program.startswith("content of shell.js\n")
    return json.loads(head.removeprefix("self.shell = ").removesuffix(";"))


def test_the_list_names_each_file_of_the_page_with_its_hash(bundled, tablet, poll):
    """The page as this very tablet is given it, and the files it loads; the reader and the figure, whoever needs them or not."""
    page = f"/{poll.election.slug}/"
    answer = tablet.get(f"{page}shell.js")
    assert (answer.status_code, answer.mimetype) == (200, "text/javascript")
    assert answer.headers["Cache-Control"] == "no-store"
    found = listed(answer)
    assert found["page"] == page
    assert found["files"] == {
        page: hashlib.sha256(tablet.get(page).data).hexdigest(),
        "/static/silhouette.svg": hashlib.sha256((STATIC / "silhouette.svg").read_bytes()).hexdigest(),
    } | {
        f"/static/bundle/{name}": hashlib.sha256((bundled / name).read_bytes()).hexdigest()
        for name in ("booth.js", "booth.css", "zxing_reader.wasm")
    }


def test_a_list_changes_its_name_with_any_byte_and_with_nothing_else(bundled, tablet, poll, cast, monkeypatch):
    """A vote changes nothing in it; a file, the program or the page do, so that no two makes share a cache."""
    address = f"/{poll.election.slug}/shell.js"
    before = tablet.get(address).data
    cast(poll.seal(poll.slips[0]))
    assert tablet.get(address).data == before
    names = {listed(tablet.get(address))["cache"]}
    monkeypatch.setattr(shell, "_program", lambda _folder: b"content of shell.js\n ")
    names.add(listed(tablet.get(address))["cache"])
    monkeypatch.undo()
    changed = bundled.with_name("later")
    changed.mkdir()
    for name in ("booth.js", "shell.js"):
        (changed / name).write_text(f"content of {name}\n", encoding="utf-8")
    monkeypatch.setattr(shell, "bundle_dir", lambda: changed)
    names.add(listed(tablet.get(address))["cache"])
    assert len(names) == 3
    assert all(name.startswith(f"{poll.election.slug} ") for name in names)


def test_on_a_home_screen_the_booth_stands_by_itself(tablet, poll):
    """The manifest is the booth's own, asked for with the tablet's cookie, which the policy of the page lets it be."""
    page = tablet.get(f"/{poll.election.slug}/")
    assert (
        f'<link rel="manifest" href="/{poll.election.slug}/app.webmanifest" crossorigin="use-credentials">' in page.text
    )
    assert page.headers["Content-Security-Policy"] == BOOTH_POLICY
    assert "manifest-src 'self'; " in BOOTH_POLICY
    answer = tablet.get(f"/{poll.election.slug}/app.webmanifest")
    assert (answer.status_code, answer.mimetype) == (200, "application/manifest+json")
    assert answer.json["start_url"] == f"/{poll.election.slug}/"
    assert (answer.json["display"], answer.json["name"]) == ("fullscreen", "Stemmeboks")
    with tablet.get(answer.json["icons"][0]["src"]) as icon:
        assert icon.status_code == 200


def test_a_revoked_tablet_is_given_neither(bundled, store, tablet, poll):
    """Whose access was taken back finds every door of the shell shut."""
    revoke_device(store, poll.election, "Stemmeboks 1")
    for name in ("", "shell.js", "app.webmanifest"):
        assert tablet.get(f"/{poll.election.slug}/{name}").status_code == 403
