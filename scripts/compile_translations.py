"""Compile the gettext catalogues that the pages read; only those whose source is newer."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CATALOGUES = Path(__file__).parent.parent / "votingapp" / "translations"


def main() -> None:
    """Write each messages.mo beside its messages.po."""
    for source in CATALOGUES.glob("*/LC_MESSAGES/messages.po"):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as stream:
            catalogue = read_po(stream, abort_invalid=True)
        with compiled.open("wb") as stream:
            write_mo(stream, catalogue)


if __name__ == "__main__":
    main()
