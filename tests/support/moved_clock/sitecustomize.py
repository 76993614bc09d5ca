"""Put before a served house's Python, it lets the house's clock run ahead by the seconds that a file says."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from votingapp.web import app

AHEAD = Path(os.environ["CLOCK_AHEAD"])


def _moved() -> datetime:
    return app.utc_now() + timedelta(seconds=float(AHEAD.read_text(encoding="utf-8")))


app.open_store.__defaults__ = (_moved,)
