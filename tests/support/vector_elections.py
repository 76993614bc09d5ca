"""The elections made with the original tool, read once and given as the project's own values."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ballots.protocol.election import Election, parse_election
from ballots.protocol.trustees import Trustees, parse_trustees

VECTORS = Path(__file__).parent.parent / "vectors"
NAMES = ("single-max1", "single-max5", "threshold-max1")


@dataclass(frozen=True)
class VectorElection:
    """One folder of vectors; `votes` are in the order of the archive, `public` and `private` by voter."""

    folder: Path
    election: Election
    trustees: Trustees
    private: dict[str, str]
    public: dict[str, str]
    votes: tuple[tuple[str, tuple[int, ...]], ...]
    trustee_ids: tuple[str, ...]
    result: tuple[int, ...]

    @property
    def archive_path(self) -> Path:
        return next(self.folder.glob("*.bel"))

    def line(self, name: str) -> bytes:
        """A file's content without the newline at its end."""
        return (self.folder / name).read_bytes().removesuffix(b"\n")

    def lines(self, name: str) -> list[bytes]:
        return self.line(name).split(b"\n")


@cache
def vector_election(name: str) -> VectorElection:
    folder = VECTORS / name

    def line(file: str) -> bytes:
        return (folder / file).read_bytes().removesuffix(b"\n")

    votes = [json.loads(entry) for entry in line("votes.jsonl").split(b"\n")]
    listed = [entry.split(",,") for entry in json.loads(line("public_creds.json"))]
    return VectorElection(
        folder=folder,
        election=parse_election(line("election.json")),
        trustees=parse_trustees(line("trustees.json")),
        private=json.loads(line("private_creds.json")),
        public={voter: credential for credential, voter in listed},
        votes=tuple((vote["voter"], tuple(vote["choice"][0])) for vote in votes),
        trustee_ids=tuple(line("trustee_ids.txt").decode().split()),
        result=tuple(json.loads(line("result.json"))["result"][0]),
    )


def negative_ballots() -> dict[str, dict[str, str]]:
    """The single ballots of the negative set, by name."""
    lines = (VECTORS / "negative" / "ballots.jsonl").read_text(encoding="utf-8").splitlines()
    return {entry["name"]: entry for entry in map(json.loads, lines)}
