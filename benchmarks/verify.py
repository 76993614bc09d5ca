"""How long a reader waits while her own browser checks a whole election, and how the two programs in TypeScript compare.

Run with `python -m benchmarks.verify` after `make build`. An election of 1,000 ballots is sealed, tallied and decrypted. A
real Chromium opens the checker as the file that anybody may save and is given the archive; there is a worker for each
processor. The clock runs from the press to the verdict. Beside it stands what each of the two programs needs of one core.
"""

from __future__ import annotations

import json
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
"""So many ballots are checked by both: the program that seals needs minutes for all of them."""

LIMIT = 60.0
"""Seconds for a thousand ballots of fifteen candidates, on two cores."""

FRONTEND = Path(__file__).parents[1] / "frontend"

COMPARED_PROGRAM = """
import { readFileSync } from "node:fs";
import { poolHere, verify } from "./checker/index.ts";
import { verifyArchive } from "./protocol/index.ts";

const archive = new Uint8Array(readFileSync(process.argv[2]));
const quiet = { progress: () => undefined, passed: () => undefined };
const timed = async (work) => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / Number(process.argv[3]);
};
const checker = await timed(() => verify(new Blob([archive]).stream(), poolHere(), quiet));
const protocol = await timed(() => verifyArchive(archive));
console.log(JSON.stringify({ checker, protocol }));
"""


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


def core_milliseconds(archive: Path, folder: Path) -> dict[str, float]:
    """Milliseconds of one core for a ballot, by program, in node: process time, so that other work changes little."""
    program = folder / "compared.mjs"
    bundler = ["node_modules/.bin/esbuild", "--bundle", "--minify", "--platform=node", "--format=esm"]
    subprocess.run(
        [*bundler, "--log-level=warning", f"--outfile={program}"],
        cwd=FRONTEND,
        input=COMPARED_PROGRAM,
        text=True,
        check=True,
    )
    node = shutil.which("node") or "node"
    done = subprocess.run([node, program, archive, str(COMPARED)], capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


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
        browser.close()
        cores = core_milliseconds(part, folder)
    print(f"checker in Chromium, {BALLOTS} ballots of {CANDIDATES} candidates: {seconds:.1f} s, limit {LIMIT:.0f} s")
    both = ", ".join(f"{name} {figure:.1f}" for name, figure in cores.items())
    print(f"milliseconds of one core for a ballot, in node: {both}")
    return int(seconds > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
