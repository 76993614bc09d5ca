"""The wheel carries all it needs: pages, documents, rule sets, the bundled frontend, the translations."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def installed(tmp_path_factory) -> Path:
    """A folder that holds what installing the wheel puts into site-packages, and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    wheel = next(folder.glob("*.whl"))
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


@pytest.mark.parametrize(
    "path",
    [
        "votingapp/_templates/shared/base.html",
        "votingapp/_templates/documents/slips.typ",
        "votingapp/_rulesets/koege-2021.toml",
        "votingapp/_rulesets/koege-2014.toml",
        "votingapp/static/office.css",
        "votingapp/static/bundle/booth.js",
        "votingapp/static/bundle/ceremony.js",
        "votingapp/static/bundle/urncheck.js",
        "votingapp/static/bundle/zxing_reader.wasm",
        "votingapp/static/bundle/fonts/NotoSansArabic_700Bold.ttf",
        "votingapp/static/bundle/fonts/NotoSans_LICENSE",
        "votingapp/static/bundle/licences/zxing-cpp.txt",
        "votingapp/translations/en/LC_MESSAGES/messages.mo",
        "votingapp/translations/ar/LC_MESSAGES/messages.mo",
        "votingapp/store/migrations/versions/0001_first_tables.py",
        "candidates/cpr.py",
        "ballots/protocol/group.py",
        "tally/record/form.py",
    ],
)
def test_wheel_carries(installed, path):
    """What the house needs at run time is inside."""
    assert (installed / path).is_file()


def test_wheel_carries_its_licence_and_those_of_its_parts(installed):
    """The licence and the notice stand in its metadata, and each licence in the bundle is of a part that the notice names."""
    (metadata,) = installed.glob("votingapp-*.dist-info")
    for name in ("LICENSE", "NOTICE"):
        assert (metadata / "licenses" / name).read_bytes() == (ROOT / name).read_bytes()
    assert "License-Expression: EUPL-1.2\n" in (metadata / "METADATA").read_text(encoding="utf-8")
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8").lower().replace("++", "pp").replace("@noble/", "noble-")
    carried = {path.stem for path in (installed / "votingapp" / "static" / "bundle" / "licences").iterdir()}
    assert carried >= {"noble-curves", "lean-qr", "zxing-wasm", "zxing-cpp"}
    assert [name for name in sorted(carried) if name not in notice] == []


def test_wheel_holds_an_election_by_itself(installed, tmp_path):
    """Away from the checkout, the installed packages alone hold a whole election."""
    done = subprocess.run(
        [
            sys.executable,
            "-P",
            "-m",
            "votingapp",
            "demo",
            "--out",
            tmp_path / "out",
            "--voters",
            "3",
            "--candidates",
            "3",
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "record.pdf").read_bytes().startswith(b"%PDF")


def test_modules_come_from_the_wheel(installed, tmp_path):
    """The test above does not lean on the checkout."""
    found = subprocess.run(
        [sys.executable, "-P", "-c", "import votingapp.resources as r; print(r.templates_dir())"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(found.stdout.strip()) == installed / "votingapp" / "_templates"


def test_the_wheel_is_the_same_program_as_its_checkout(installed, tmp_path):
    """Whoever installs the wheel finds the hashes that the board's reports name, and so does whoever has the sources."""
    ask = "from votingapp.version import software as s; print(s().version, s().code_sha256, s().bundle_sha256)"
    told = [
        subprocess.run(
            [sys.executable, "-P", "-c", ask],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(home)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for home in (installed, ROOT)
    ]
    assert told[0] == told[1]
