"""Write the matrix of routes and access rules anew, after a decision to change it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from votingapp.booth import create_booth
from votingapp.office import create_office
from votingapp.settings import load_settings
from votingapp.web.access import list_doors

MATRIX = Path(__file__).parent.parent / "tests" / "web" / "routes.txt"


def main() -> None:
    """Build both apps on an empty installation and list their routes."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings({"VOTINGAPP_HOME": folder})
        apps = {"office": create_office(settings), "booth": create_booth(settings)}
        found = [f"{name:<7}{door}" for name, app in apps.items() for door in list_doors(app)]
    MATRIX.write_text("\n".join(found) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
