"""What a tablet keeps of the booth, so that it stays when the network blinks: files by their hashes, and nothing of a vote."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import TYPE_CHECKING

from flask import Response, jsonify, render_template, url_for

from votingapp.desks.booth.door import blueprint
from votingapp.resources import bundle_dir
from votingapp.version import tablet_files
from votingapp.web.access import BOOTH_DEVICE, guard, is_rehearsal
from votingapp.web.addresses import office_address
from votingapp.web.devices import current_device

if TYPE_CHECKING:
    from pathlib import Path

_PROGRAM = "shell.js"
"""The service worker's program; the browser fetches it past every cache."""


def page(slug: str) -> str:
    """The booth itself; everything on it is drawn on the tablet."""
    base = url_for("booth.page", slug=slug)
    check = f"{office_address()}/{slug}/check"  # where another device checks this one: a page of the office
    return render_template("booth/booth.html", base=base, device=current_device(), check=check)


@blueprint.get("/<slug>/shell.js")
@guard(BOOTH_DEVICE)
def shell(slug: str) -> Response:
    """The service worker: its list of files, and below it the program, which is the same for everybody.

    A browser installs it anew when a byte of it has changed, and with it whatever the list names. The name of the cache
    is of its own for each list and program, so that no two versions ever share one.
    """
    program = _program(bundle_dir())
    address = url_for("booth.page", slug=slug)
    files = {address: _sha256(page(slug).encode()), **_static_files()}
    listed = json.dumps({"page": address, "files": files}, sort_keys=True)
    name = f"{slug} {_sha256(listed.encode() + program)}"
    head = f"self.shell = {json.dumps({'cache': name, 'page': address, 'files': files}, sort_keys=True)};\n"
    return Response(head.encode() + program, mimetype="text/javascript")


@blueprint.get("/<slug>/app.webmanifest")
@guard(BOOTH_DEVICE)
def web_manifest(slug: str) -> Response:
    """How the booth stands on a tablet's home screen: by itself, without address and buttons of a browser."""
    name = "Stemmeboks PRØVEVALG" if is_rehearsal() else "Stemmeboks"
    icon = {"src": url_for("static", filename="icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    answer = jsonify(
        id=url_for("booth.page", slug=slug),
        name=name,
        short_name=name,
        lang="da",
        dir="ltr",
        start_url=url_for("booth.page", slug=slug),
        scope=url_for("booth.start"),
        display="fullscreen",
        display_override=["fullscreen", "standalone"],
        background_color="#fbfaf7",
        theme_color="#fbfaf7",
        icons=[icon],
    )
    answer.mimetype = "application/manifest+json"
    return answer


def _static_files() -> dict[str, str]:
    return {url_for("static", filename=name): digest for name, digest in tablet_files(bundle_dir())}


@cache
def _program(folder: Path) -> bytes:
    return (folder / _PROGRAM).read_bytes()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
