"""The second implementation as it runs in people's browsers, for comparison with the first."""

from __future__ import annotations

import base64
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from playwright.sync_api import Page

ENTRY = 'export * from "./protocol/index.ts"; export * from "./booth/sealing.ts";'

SEAL = """([text, credential, marks]) => {
  const random = (length) => crypto.getRandomValues(new Uint8Array(length));
  return program.commit(program.readElection(text), credential, marks, random);
}"""

CHECK = """([text, credentials, ballots]) => {
  const [election, known] = [program.readElection(text), new Set(credentials)];
  return ballots.map((ballot) => {
    try { return program.pointText(program.checkBallot(election, known, ballot).credential); }
    catch (error) { if (error instanceof program.Refusal) return null; throw error; }
  });
}"""

VERIFY = """(archive) => {
  try {
    const found = program.verifyArchive(Uint8Array.from(atob(archive), (sign) => sign.charCodeAt(0)));
    return { ballots: found.ballots, last: found.lastHash, counts: found.counts?.[0] ?? null };
  } catch (error) { if (error instanceof program.Refusal) return null; throw error; }
}"""


@dataclass(frozen=True)
class Verdict:
    """What an archive was found to hold; `counts` is None where there is no result yet."""

    ballots: int
    last_event: str
    counts: tuple[int, ...] | None


@dataclass(frozen=True)
class BrowserProgram:
    """The protocol on a page of a real browser."""

    page: Page

    def seal(self, election: str, credential: str, chosen: Sequence[int]) -> tuple[str, str]:
        """The booth's own sealing: ballot and receipt of a vote for the answers with these indices, or blank."""
        marks = {"chosen": list(chosen), "blank": not chosen}
        sealed = self.page.evaluate(SEAL, [election, credential, marks])
        return sealed["text"], sealed["tracker"]

    def check(self, election: str, credentials: Sequence[str], ballots: Sequence[str]) -> list[str | None]:
        """For each ballot the credential that signed it, None for a refused one."""
        found: list[str | None] = self.page.evaluate(CHECK, [election, list(credentials), list(ballots)])
        return found

    def verify(self, archive: bytes) -> Verdict | None:
        """The verdict on an archive, None for a refused one."""
        found = self.page.evaluate(VERIFY, base64.b64encode(archive).decode())
        if found is None:
            return None
        counts = None if found["counts"] is None else tuple(found["counts"])
        return Verdict(found["ballots"], found["last"], counts)


def load_program(page: Page, frontend: Path, folder: Path) -> BrowserProgram:
    """Bundle the sources for a browser and load them into an empty page."""
    bundle = folder / "program.js"
    bundler = ["node_modules/.bin/esbuild", "--bundle", "--loader=ts", "--format=iife", "--global-name=program"]
    subprocess.run(
        [*bundler, f"--outfile={bundle}", "--log-level=warning"], input=ENTRY.encode(), cwd=frontend, check=True
    )
    page.goto("about:blank")
    page.add_script_tag(path=bundle)
    return BrowserProgram(page)
