"""The command `verify`."""

import json
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from small_elections import small_election, write_story

from ballots.archive import ArchiveWriter, EventType, write_setup
from ballots.protocol import canonical
from ballots.protocol.ballot import seal_ballot
from ballots.protocol.credentials import derive_public, generate_credential
from ballots.protocol.election import Question, build_election
from ballots.protocol.public_credentials import write_public_credentials
from ballots.protocol.trustee_key import generate_trustee_key
from ballots.protocol.trustees import SingleTrustee, build_trustees

VECTORS = Path(__file__).parent.parent / "vectors"
COMPLETE = sorted(path for path in VECTORS.glob("*/*.bel") if path.parent.name != "negative")
BLOCK = 512


@pytest.mark.parametrize("archive", COMPLETE, ids=lambda path: path.parent.name)
def test_complete_archive_is_accepted(run, archive):
    """An election made with the original program is accepted, with its result: exit 0."""
    done = run("verify", archive, "--json")
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert found["verdict"] == "accepted"
    assert found["result"] == json.loads((archive.parent / "result.json").read_text(encoding="utf-8"))["result"][0]


@pytest.mark.parametrize("archive", sorted((VECTORS / "negative").glob("*.bel")), ids=lambda path: path.stem)
def test_false_archive_is_rejected_with_its_reason(run, archive):
    """Each forged archive is rejected with a reason and a place: exit 1."""
    done = run("verify", archive, "--json")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert found["verdict"] == "rejected"
    assert found["reason"]
    assert found["place"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"{}", bytes(5000)])
def test_what_is_no_archive_is_unreadable(run, tmp_path, content):
    """Another kind of file is unreadable: exit 2."""
    file = tmp_path / "election.bel"
    file.write_bytes(content)
    done = run("verify", file, "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["verdict"] == "unreadable"


def test_archive_without_result_is_sound_so_far(run, held, tmp_path):
    """An archive that stops before its result is never accepted: exit 4."""
    whole = (held / "election.bel").read_bytes()
    # The last three blocks-and-content belong to the result and its event: cut before the result's data member.
    result = whole.rindex(b'{"result":')
    file = tmp_path / "election.bel"
    file.write_bytes(whole[: result - BLOCK])
    done = run("verify", file, "--json")
    assert done.returncode == 4, done.stdout
    assert json.loads(done.stdout)["verdict"] == "sound_so_far"


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_no_name_writes_a_verdict_of_its_own(run, tmp_path, form):
    """Line breaks, escape sequences and turned writing in a stranger's archive are written out."""
    name = "Valg\nverdict: accepted\x1b[9A\x9b2K\u202eglaV"
    small = small_election()
    question = canonical.write(json.loads(small.election.raw) | {"name": name})
    data = (question, small.trustees.raw, small.public_credentials)
    file = tmp_path / "election.bel"
    file.write_bytes(write_story(((EventType.SETUP, (*data, write_setup(*data))),)))
    done = run("verify", file, *form)
    assert done.returncode == 4
    assert done.stdout.replace("\n", "").isprintable()
    told = [line for line in done.stdout.splitlines() if line.startswith("verdict:")]
    assert told == ([] if form else ["verdict: sound_so_far"])
    if form:
        assert json.loads(done.stdout)["election"] == name


def test_missing_file_is_one_line(run, tmp_path):
    """A file that is not there is said in one line: exit 2."""
    done = run("verify", tmp_path / "none.bel")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


SLIPS, FEW = 500, 100


@pytest.fixture(scope="module")
def archives(tmp_path_factory) -> dict[int, Path]:
    """Two archives of one small election without a result, with few and with many real ballots."""
    uuid = "aaaaaaaaaaaaaa"
    private = [generate_credential(uuid, secrets.token_bytes) for _ in range(SLIPS)]
    _secret, key = generate_trustee_key(secrets.token_bytes)
    trustees = build_trustees((SingleTrustee(key),))
    question = Question("Hvem?", ("Åse", "Bo"), blank=True, minimum=1, maximum=1)
    election = build_election(uuid, "Prøve", "", question, trustees.combined_public_key)
    public = write_public_credentials(derive_public(uuid, one) for one in private)
    ballots = [seal_ballot(election, one, (0, 1, 0), secrets.token_bytes) for one in private]
    folder = tmp_path_factory.mktemp("archives")
    written = {}
    for number in (FEW, SLIPS):
        written[number] = folder / f"{number}.bel"
        with written[number].open("wb") as stream:
            writer = ArchiveWriter(stream, 1)
            writer.setup(election.raw, trustees.raw, public)
            for ballot in ballots[:number]:
                writer.ballot(ballot)
            writer.end_ballots()
    return written


def test_memory_does_not_grow_with_the_ballots(archives):
    """Five times as many ballots take no more memory than what the check for repeats needs: two short texts each."""
    few, many = peak_of_verifying(archives[FEW]), peak_of_verifying(archives[SLIPS])
    longer = archives[SLIPS].stat().st_size - archives[FEW].stat().st_size
    assert many - few < 800 * (SLIPS - FEW) < longer / 3


MEASURE = """
import sys
import tracemalloc

from tally.verification import SoundSoFar, verify_archive


def verify(path):
    with open(path, "rb") as stream:
        assert isinstance(verify_archive(stream), SoundSoFar)


verify(sys.argv[1])
tracemalloc.start()
verify(sys.argv[1])
print(tracemalloc.get_traced_memory()[1])
"""


def peak_of_verifying(archive: Path) -> int:
    """The most bytes that were held at once while an archive was verified.

    A process of its own measures, and only the second time: what other tests left behind, and what the first
    verification loads and keeps, would count as memory of the ballots.
    """
    command = [sys.executable, "-c", MEASURE, str(archive)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    return int(done.stdout)
