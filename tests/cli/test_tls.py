"""`votingapp tls`, as a clerk runs it before the election and again at the polling station."""

import re
import stat

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from votingapp.certificates import read_authority, read_server


@pytest.fixture
def home(tmp_path):
    """The environment of a house without a certificate."""
    return {"VOTINGAPP_HOME": str(tmp_path / "home"), "VOTINGAPP_TLS_FOLDER": ""}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "home" / "tls"


def test_the_first_run_makes_an_authority_and_says_what_to_compare(run, home, folder):
    """Authority and certificate for this machine, the fingerprint in groups, a code for tablets; files for the owner alone."""
    done = run("tls", "--address", "192.168.7.20", "--name", "Laptop.Local", **home)
    assert done.returncode == 0, done.stderr
    authority, server = read_authority(folder), read_server(folder)
    assert server.names[:2] == ("192.168.7.20", "laptop.local")
    assert {"localhost", "127.0.0.1", "::1"} <= set(server.names)
    assert len(set(server.names)) == len(server.names)
    groups = re.findall(r"\b[0-9A-F]{4}\b", done.stdout)
    assert authority.fingerprint in " ".join(groups)
    assert "http://192.168.7.20:8080/" in done.stdout
    assert "█" in done.stdout
    assert "A new certificate authority is made" in done.stdout
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_running_again_renews_under_the_same_authority_and_says_so(run, home, folder):
    """The address has changed at the polling station: devices that trust the house need nothing."""
    run("tls", "--address", "192.168.7.20", **home)
    before, key = read_authority(folder), (folder / "server.key").read_bytes()
    done = run("tls", "--address", "10.20.0.4", **home)
    assert done.returncode == 0, done.stderr
    assert read_authority(folder) == before
    assert read_server(folder).names[0] == "10.20.0.4"
    assert (folder / "server.key").read_bytes() != key
    assert "renewed by the same authority" in done.stdout


def test_the_authority_is_replaced_only_when_asked(run, home, folder):
    """`--new-authority` makes another one and says what it costs; without its key nothing is replaced silently."""
    run("tls", **home)
    before = read_authority(folder)
    (folder / "authority.key").unlink()
    lost = run("tls", **home)
    assert lost.returncode == 2
    assert lost.stderr.count("\n") == 1
    assert "--new-authority" in lost.stderr
    assert read_authority(folder) == before
    asked = run("tls", "--new-authority", **home)
    assert asked.returncode == 0
    assert "Every device must be told to trust it" in asked.stdout
    assert read_authority(folder) != before


def test_a_name_that_the_authority_may_not_vouch_for_is_refused(run, home, folder):
    """An authority made for the room does not vouch for a public name; one that is made for it does."""
    run("tls", **home)
    refused = run("tls", "--name", "valg.koege.example", **home)
    assert refused.returncode == 2
    assert "--new-authority --name valg.koege.example" in refused.stderr
    assert "valg.koege.example" not in read_server(folder).names
    assert run("tls", "--new-authority", "--name", "valg.koege.example", **home).returncode == 0
    assert "valg.koege.example" in read_server(folder).names


@pytest.mark.parametrize("name", ["a b", "http://x", "*.local", "192.168.1.300"])
def test_what_is_no_name_is_one_line(run, home, folder, name):
    """A slip of the hand is refused before anything is made."""
    done = run("tls", "--name", name, **home)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert not (folder / "authority.crt").exists()


def test_a_rehearsal_has_the_same_certificates(run, home, folder):
    """The same tablets trust both houses, so there is one folder."""
    run("--rehearsal", "tls", **home)
    assert read_server(folder) is not None
    assert not (folder.parent / "rehearsal" / "tls").exists()


def test_the_sheet_can_be_read_scanned_and_archived(run, home, folder, tmp_path):
    """One A4 page with the address as a code, the fingerprint row by row and every kind of device; PDF/A in Danish."""
    sheet = tmp_path / "ark.pdf"
    done = run("tls", "--address", "192.168.7.20", "--sheet", sheet, **home)
    assert done.returncode == 0, done.stderr
    document = pypdfium2.PdfDocument(sheet)
    assert len(document) == 1
    page = document[0]
    assert [round(side) for side in page.get_size()] == [595, 842]
    (code,) = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    assert code.text == "http://192.168.7.20:8080/"
    text = " ".join(page.get_textpage().get_text_bounded().split())
    assert read_authority(folder).fingerprint in text
    for words in ("iPad", "Android", "Chromebook", "Windows", "Debian", "certutil", "https://192.168.7.20:8001/"):
        assert words in text
    document.close()
    with pikepdf.open(sheet) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "3"
        assert metadata["pdfuaid:part"] == "1"
        assert str(pdf.Root.Lang).startswith("da")


def test_two_commands_at_once_make_one_authority(run, home, folder):
    """Pressed twice, the second waits for the first and finds its authority."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - here only

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _number: run("tls", **home), range(4)))
    assert [one.returncode for one in done] == [0] * 4
    assert sum("A new certificate authority" in one.stdout for one in done) == 1
    assert [read_authority(folder).fingerprint.split()[0] in one.stdout for one in done] == [True] * 4
