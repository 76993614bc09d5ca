"""The command `demo`: a whole election without a browser."""

import hashlib
import json
import sqlite3

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from ballots.protocol.credentials import derive_public, normalise_credential
from tally.verification import Accepted, verify_archive

FILES = {
    "counts.json",
    "election.bel",
    "expected.json",
    "house",
    "record.docx",
    "record.json",
    "record.pdf",
    "result.json",
    "rules.toml",
    "slips.pdf",
    "urn-report.pdf",
    "zero-report.pdf",
}


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_demo_leaves_what_it_promises(held):
    """Every file of the contract is there, and nothing but the lots that a tie may ask for beside them."""
    assert {path.name for path in held.iterdir()} - {"lots.json"} == FILES


def test_what_was_counted_is_what_was_cast(held):
    """The decrypted sums equal the plain choices, candidate by candidate and blank."""
    counts, expected = read(held / "counts.json"), read(held / "expected.json")
    assert {one["id"]: one["votes"] for one in counts["candidates"]} == expected["votes"]
    assert counts["blank"] == expected["blank"]
    assert sum(expected["votes"].values()) > 24


def test_archive_is_accepted_with_all_ballots(held):
    """The archive proves the result, and holds one ballot for each voter."""
    with (held / "election.bel").open("rb") as stream:
        verdict = verify_archive(stream)
    assert isinstance(verdict, Accepted)
    assert verdict.ballots == 24
    assert verdict.result[0] == read(held / "counts.json")["blank"]


def test_same_seed_gives_the_same_choices(run, held, tmp_path):
    """Two demos with one seed cast the same choices for the same people, under other keys."""
    arguments = ("--voters", 24, "--candidates", 7, "--votes-per-voter", 3)
    assert run("demo", "--out", tmp_path / "a", *arguments, "--seed", 5).returncode == 0
    assert read(tmp_path / "a" / "expected.json") == read(held / "expected.json")
    assert read(tmp_path / "a" / "counts.json") == read(held / "counts.json")
    assert (tmp_path / "a" / "election.bel").read_bytes() != (held / "election.bel").read_bytes()


def test_another_seed_gives_other_choices(run, held, tmp_path):
    """The seed matters."""
    arguments = ("--voters", 24, "--candidates", 7, "--votes-per-voter", 3)
    assert run("demo", "--out", tmp_path / "b", *arguments, "--seed", 6).returncode == 0
    assert read(tmp_path / "b" / "expected.json") != read(held / "expected.json")


def test_slips_carry_the_credentials_of_the_election(held):
    """Every QR code reads back as a credential on the public list, one for each slip, no two alike."""
    pages = pypdfium2.PdfDocument(held / "slips.pdf")
    texts = [
        found.text
        for page in pages
        for found in zxingcpp.read_barcodes(page.render(scale=150 / 72).to_pil(), formats=zxingcpp.BarcodeFormat.QRCode)
    ]
    with (held / "election.bel").open("rb") as stream:
        verdict = verify_archive(stream)
    public = {derive_public(verdict.election.uuid, normalise_credential(text)) for text in texts}
    assert len(texts) == len(public) == verdict.credentials == 24 + 5


def test_documents_say_rehearsal(held):
    """Record, reports and slips of a demo are marked on every page."""
    for name in ("record.pdf", "slips.pdf", "urn-report.pdf", "zero-report.pdf"):
        for page in pypdfium2.PdfDocument(held / name):
            assert "PRØVEVALG" in page.get_textpage().get_text_bounded(), name


@pytest.mark.parametrize("paper", ["record.pdf", "urn-report.pdf", "zero-report.pdf"])
def test_papers_are_archival_and_accessible(held, paper):
    """Record and reports identify themselves as PDF/A and PDF/UA and carry a title and a language."""
    with pikepdf.open(held / paper) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "3"
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"]
        assert str(pdf.Root.Lang).startswith("da")


def test_demo_refuses_a_folder_that_is_not_empty(run, tmp_path):
    """Nothing of somebody else's is overwritten: one line, exit 2."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = run("demo", "--out", tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_the_same_election_is_held_on_postgresql(run, tmp_path, postgres_url):
    """With a database of its own on PostgreSQL a whole election is held there, and its archive is accepted as well."""
    folder = tmp_path / "out"
    done = run("demo", "--out", folder, "--voters", 6, "--candidates", 3, VOTINGAPP_REHEARSAL_DATABASE_URL=postgres_url)
    assert done.returncode == 0, done.stderr
    assert not (folder / "house" / "rehearsal" / "election.db").exists()
    with (folder / "election.bel").open("rb") as stream:
        assert isinstance(verify_archive(stream), Accepted)
    counts, expected = read(folder / "counts.json"), read(folder / "expected.json")
    assert {one["id"]: one["votes"] for one in counts["candidates"]} == expected["votes"]


def test_a_ballot_ordered_by_lot_is_drawn_as_anyone_can_recompute(run, tmp_path):
    """With `--order lot` the rules ask for a lot, it is announced, drawn and confirmed, and the candidates stand as it fell."""
    folder = tmp_path / "out"
    done = run("demo", "--out", folder, "--voters", 3, "--candidates", 5, "--order", "lot")
    assert done.returncode == 0, done.stderr
    assert 'order = "lot"' in (folder / "rules.toml").read_text(encoding="utf-8")
    database = sqlite3.connect(folder / "house" / "rehearsal" / "election.db")
    seed, drawn_at = database.execute("SELECT seed, drawn_at FROM ballot_lot").fetchone()
    rows = database.execute("SELECT public_id FROM nomination ORDER BY ballot_number").fetchall()
    database.close()
    sums = [hashlib.sha256(f"{seed}|{public_id}".encode()).hexdigest() for (public_id,) in rows]
    assert drawn_at is not None
    assert len(sums) == 5
    assert sums == sorted(sums)
