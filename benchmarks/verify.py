"""How long a reader waits while her own browser checks a whole election, and how the two programs in TypeScript compare.

Run with `python -m benchmarks.verify` after `make build`. An election of 1,000 ballots is sealed, tallied and decrypted. A
real Chromium opens the checker as the file that anybody may save and is given the archive; there is a worker for each
processor. The clock runs from the press to the verdict. The program that seals (frontend/protocol) checks a smaller
archive in the same browser, without workers.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from ballots.archive import ArchiveWriter
from ballots.protocol.ballot import check_ballot, seal_ballot
from ballots.protocol.credentials import derive_public, generate_credential, generate_uuid
from ballots.protocol.election import Question, build_election
from ballots.protocol.public_credentials import write_public_credentials
from ballots.protocol.trustee_key import generate_trustee_key
from ballots.protocol.trustees import SingleTrustee, build_trustees
from tally.decryption import check_partial_decryption, partially_decrypt
from tally.encrypted_tally import Accumulator
from tally.result import compute_result, write_result
from votingapp.resources import bundle_dir

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from ballots.protocol.election import Election

BALLOTS, CANDIDATES = 1000, 15
COMPARED = 50
"""So many ballots are checked by both: the other program needs minutes for all of them."""

LIMIT = 60.0
"""Seconds for a thousand ballots of fifteen candidates, on two cores."""

FRONTEND = Path(__file__).parents[1] / "frontend"


def _seal(election: Election, voter: tuple[int, str]) -> bytes:
    place, credential = voter
    marks = [int(mark == place % (CANDIDATES + 1)) for mark in range(CANDIDATES + 1)]
    return seal_ballot(election, credential, marks, secrets.token_bytes)


def make_archive(number: int) -> bytes:
    """Hold an election with so many voters and one trustee."""
    secret, key = generate_trustee_key(secrets.token_bytes)
    trustees = build_trustees([SingleTrustee(key)])
    uuid = generate_uuid(secrets.token_bytes)
    answers = tuple(f"Kandidat {place}" for place in range(1, CANDIDATES + 1))
    question = Question("Hvem?", answers, blank=True, minimum=1, maximum=1)
    election = build_election(uuid, "Målevalg", "", question, key.public_key)
    slips = [generate_credential(uuid, secrets.token_bytes) for _ in range(number)]
    with ProcessPoolExecutor() as cores:
        ballots = list(cores.map(partial(_seal, election), enumerate(slips), chunksize=20))
    accumulator = Accumulator(election)
    for ballot in ballots:
        accumulator.add(check_ballot(election, ballot))
    tally = accumulator.tally()
    decryption = partially_decrypt(election, tally, secret, secrets.token_bytes)
    factors = check_partial_decryption(election, tally, key.public_key, decryption)
    stream = BytesIO()
    writer = ArchiveWriter(stream, int(time.time()))
    listed = write_public_credentials(derive_public(uuid, slip) for slip in slips)
    writer.setup(election.raw, trustees.raw, listed)
    for ballot in ballots:
        writer.ballot(ballot)
    writer.end_ballots()
    writer.encrypted_tally(tally.to_bytes(), tally.sized_record())
    writer.partial_decryption(decryption, 1)
    writer.result(write_result(compute_result(tally, factors)))
    return stream.getvalue()


def checker_seconds(browser: Browser, archive: Path) -> float:
    """Seconds from the press to the verdict."""
    page = browser.new_page(locale="da-DK")
    page.set_default_timeout(600_000)
    page.goto((bundle_dir() / "checker.html").as_uri())
    page.get_by_label("Vælg arkivet").set_input_files(archive)
    start = time.perf_counter()
    page.get_by_role("button", name="Kontrollér filen").click()
    page.locator(".verdict.good").wait_for()
    seconds = time.perf_counter() - start
    page.close()
    return seconds


def protocol_seconds(browser: Browser, archive: Path, folder: Path) -> float:
    """Seconds that frontend/protocol needs in the same browser."""
    program = folder / "protocol.js"
    bundler = ["node_modules/.bin/esbuild", "protocol/index.ts", "--bundle", "--minify", "--global-name=Protocol"]
    subprocess.run([*bundler, "--log-level=warning", f"--outfile={program}"], cwd=FRONTEND, check=True)
    page = browser.new_page()
    page.set_content("<input type=file>")
    page.add_script_tag(path=program)
    page.locator("input").set_input_files(archive)
    milliseconds: float = page.evaluate(
        """async () => {
          const archive = new Uint8Array(await document.querySelector("input").files[0].arrayBuffer());
          const start = performance.now();
          Protocol.verifyArchive(archive);
          return performance.now() - start;
        }"""
    )
    page.close()
    return milliseconds / 1000


def main() -> int:
    """Print the figures; the exit status tells whether the limit was kept."""
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        whole, part = folder / "whole.bel", folder / "part.bel"
        whole.write_bytes(make_archive(BALLOTS))
        part.write_bytes(make_archive(COMPARED))
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        seconds = checker_seconds(browser, whole)
        few = checker_seconds(browser, part)
        other = protocol_seconds(browser, part, folder)
        browser.close()
    size = BALLOTS * CANDIDATES
    print(f"checker, {BALLOTS} ballots of {CANDIDATES} candidates: {seconds:.1f} s, limit {LIMIT:.0f} s")
    print(f"  {1000 * seconds / BALLOTS:.1f} ms a ballot, {1e6 * seconds / size:.0f} microseconds a candidate on it")
    print(f"{COMPARED} ballots: checker {few:.1f} s with workers, frontend/protocol {other:.1f} s without")
    return int(seconds > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
