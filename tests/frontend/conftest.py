"""A booth for tests of its pages: the real bundle behind the real security headers, with a server that plays its part."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from in_a_thread import answering

from votingapp.store.ballot_paper import label
from votingapp.web.headers import BOOTH_POLICY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
CHECK = "https://valg.example/valg/check"
PORTRAIT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
TYPES = {".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".woff2": "font/woff2"}


@dataclass
class PlayedServer:
    """Answers by the booth's contract; `status`, `slip` and `casting` say how it behaves, `ballots` what it was sent.

    While it is `revoked` it lets the tablet do nothing; `beats` counts the signs of life.
    """

    bundle: Path
    url: str = ""
    status: str = "open"
    rehearsal: bool = True
    votes: int = 1
    names: tuple[str, ...] = ("Åse Ørum Kjær", "Bo Bach", "Çağla Öztürk", "Đorđe Đukić")
    lines: dict[int, str] = field(default_factory=lambda: {0: "bager", 2: "sygeplejerske"})
    photos: bool = False
    slip: str = "ready"
    casting: str = "accepted"
    challenging: str = "challenged"
    revoked: bool = False
    beats: int = 0
    ballots: list[bytes] = field(default_factory=list)
    packs: dict[str, bytes] = field(default_factory=dict)
    challenged: list[bytes] = field(default_factory=list)

    def election(self) -> dict[str, Any]:
        """The answer of election.json, around an election that a vector gave its key."""
        vector = json.loads((ROOT / "tests/vectors/single-max1/election.json").read_text(encoding="utf-8"))
        answers = [label(name, self.lines.get(i, "")) for i, name in enumerate(self.names)]
        question = {"answers": answers, "blank": True, "min": 1, "max": self.votes, "question": "Hvem?"}
        text = json.dumps({**vector, "questions": [question]}, ensure_ascii=False, separators=(",", ":"))
        return {
            "status": self.status,
            "rehearsal": self.rehearsal,
            "name": "Integrationsrådsvalg 2021",
            "municipality": "Køge Kommune",
            "votes_per_voter": self.votes,
            "blank": True,
            "election": text,
            "recordings": [
                {"language": language, "sha256": hashlib.sha256(pack).hexdigest(), "size": len(pack)}
                for language, pack in self.packs.items()
            ],
            "candidates": [
                {"number": i + 1, "name": name, "line": self.lines.get(i), "photo": PORTRAIT if self.photos else None}
                for i, name in enumerate(self.names)
            ],
        }

    def challenge(self, ballot: bytes) -> tuple[int, dict[str, str]]:
        """Bar a ballot as `challenging` says."""
        self.challenged.append(ballot)
        if self.challenging == "challenged":
            return 201, {"status": "challenged", "receipt": tracker(ballot)}
        return {"broken": 503}.get(self.challenging, 409), {"status": self.challenging}

    def cast(self, ballot: bytes) -> tuple[int, dict[str, str]]:
        """Take a ballot as `casting` says."""
        self.ballots.append(ballot)
        if self.casting == "accepted":
            return 201, {"status": "accepted", "receipt": tracker(ballot)}
        if self.casting == "forged":
            return 201, {"status": "accepted", "receipt": "A" * 43}
        return {"broken": 503, "rejected": 422, "unknown": 403}.get(self.casting, 409), {"status": self.casting}


def tracker(ballot: bytes) -> str:
    """The receipt code of a ballot."""
    return base64.b64encode(hashlib.sha256(ballot).digest()).decode().rstrip("=")


def handler(server: PlayedServer) -> type[BaseHTTPRequestHandler]:
    """A request handler that answers for `server`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path == "/valg/":
                self.answer(200, "text/html; charset=utf-8", page().encode())
            elif server.revoked and path.endswith(".json"):
                self.answer(403, "application/json", b'{"status":"error"}')
            elif path == "/valg/alive.json":
                server.beats += 1
                self.answer(200, "application/json", json.dumps({"status": server.status}).encode())
            elif path == "/valg/election.json":
                self.answer(200, "application/json", json.dumps(server.election()).encode())
            elif pack := {hashlib.sha256(one).hexdigest(): one for one in server.packs.values()}.get(Path(path).stem):
                self.answer(200, "application/octet-stream", pack)
            elif (found := server.bundle / path.removeprefix("/static/bundle/")).is_file():
                self.answer(200, TYPES[found.suffix], found.read_bytes())
            else:
                self.answer(404, "text/plain", b"")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            status, answer = {
                "/valg/slip": lambda _asked: (200, {"status": server.slip}),
                "/valg/challenges": server.challenge,
                "/valg/ballots": server.cast,
            }[self.path](body)
            self.answer(status, "application/json", json.dumps(answer).encode())

        def answer(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.send_header("content-security-policy", BOOTH_POLICY)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """A booth keeps no access log."""

    return Handler


def page() -> str:
    """The booth's own template with its two kinds of gaps filled."""
    template = (ROOT / "templates/booth/booth.html").read_text(encoding="utf-8")
    with_files = re.sub(r"\{\{ url_for\('static', filename='([^']+)'\) \}\}", r"/static/\1", template)
    return (
        with_files.replace("{{ base }}", "/valg/")
        .replace("{{ device.name }}", "Stemmeboks 1")
        .replace("{{ check }}", CHECK)
    )


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The frontend, bundled as for a real election."""
    folder = tmp_path_factory.mktemp("bundle")
    subprocess.run(["node", "build.mjs", "--out", str(folder)], cwd=ROOT / "frontend", check=True)
    return folder


@pytest.fixture
def played(bundle: Path) -> Iterator[PlayedServer]:
    """A booth server on this machine that plays its part."""
    server = PlayedServer(bundle)
    http = ThreadingHTTPServer(("127.0.0.1", 0), handler(server))
    server.url = f"http://127.0.0.1:{http.server_port}/valg/"
    with answering(http):
        yield server


@pytest.fixture(scope="module")
def browser(launch: Callable[..., Browser]) -> Browser:
    """A browser whose camera shows no slip."""
    return launch("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")


@pytest.fixture
def tablet(browser: Browser) -> Iterator[Page]:
    """A tablet on its side; an error in its program, or against its security policy, fails the test."""
    context = browser.new_context(viewport={"width": 1024, "height": 768})
    page = context.new_page()
    page.set_default_timeout(15_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    context.close()
    assert errors == []
