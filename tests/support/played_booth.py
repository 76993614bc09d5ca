"""A booth server that plays its part: the real pages behind the real security headers, and answers as one wants them."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from votingapp.store.ballot_paper import label
from votingapp.web.headers import BOOTH_POLICY

ROOT = Path(__file__).parents[2]
CHECK = "https://valg.example/valg/check"
PORTRAIT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
TYPES = {".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".woff2": "font/woff2"}


@dataclass
class PlayedServer:
    """Answers by the booth's contract; `status`, `slip` and `casting` say how it behaves, `ballots` what it was sent.

    While it is `revoked` it lets the tablet do nothing; `beats` counts the signs of life. `more` is what else the house tells.
    """

    bundle: Path
    url: str = ""
    status: str = "open"
    rehearsal: bool = True
    votes: int = 1
    names: tuple[str, ...] = ("Åse Ørum Kjær", "Bo Bach", "Çağla Öztürk", "Đorđe Đukić")
    lines: dict[int, str] = field(default_factory=lambda: {0: "bager", 2: "sygeplejerske"})
    photos: bool = False
    portrait: str = PORTRAIT
    more: dict[str, Any] = field(default_factory=dict)
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
                {
                    "number": i + 1,
                    "name": name,
                    "line": self.lines.get(i),
                    "photo": "/valg/portrait" if self.photos else None,
                }
                for i, name in enumerate(self.names)
            ],
            "pictures": self.pictures() if self.photos or "candidates" in self.more else None,
            **self.more,
        }

    def pictures(self) -> dict[str, Any]:
        """The hashes that pictures are held against: everybody has the same picture, which is that of nobody's figure."""
        sha256 = hashlib.sha256(self.picture()[1]).hexdigest()
        return {"figure": "0" * 64, "photos": [sha256] * len(self.names)}

    def picture(self) -> tuple[str, bytes]:
        """Type and content of `portrait`."""
        head, _, content = self.portrait.partition(",")
        return head.removeprefix("data:").removesuffix(";base64"), base64.b64decode(content)

    def file(self, path: str) -> tuple[int, str, bytes]:
        """A pack of recordings by its hash, or a file of the bundle: status, type and content."""
        if path == "/valg/portrait":
            return 200, *self.picture()
        packs = {hashlib.sha256(pack).hexdigest(): pack for pack in self.packs.values()}
        if (pack := packs.get(Path(path).stem)) is not None:
            return 200, "application/octet-stream", pack
        found = self.bundle / path.removeprefix("/static/bundle/")
        return (200, TYPES[found.suffix], found.read_bytes()) if found.is_file() else (404, "text/plain", b"")

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
            else:
                self.answer(*server.file(path))

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
