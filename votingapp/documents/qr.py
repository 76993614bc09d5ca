"""A slip speaks to the tablet through a square of black and white, drawn as one path so it prints at any size."""

from typing import Literal

import qrcode
import qrcode.constants

QUIET_ZONE = 4
"""White modules on every side, the least that ISO/IEC 18004 allows."""

_LEVELS = {"M": qrcode.constants.ERROR_CORRECT_M, "Q": qrcode.constants.ERROR_CORRECT_Q}


def qr_svg(text: str, correction: Literal["M", "Q"] = "Q") -> bytes:
    """Draw `text` as a QR code: an SVG of one black path on white, one unit to a module, quiet zone included.

    `correction` is the share that may be soiled or creased and still read: M 15 %, Q 25 %.
    Raises ValueError when the text is empty or too long for any QR code.
    """
    if not text:
        raise ValueError("a QR code needs a text")
    code = qrcode.QRCode(error_correction=_LEVELS[correction], border=QUIET_ZONE)
    code.add_data(text)
    code.make()
    matrix = code.get_matrix()
    side = len(matrix)
    path = "".join(_row(y, row) for y, row in enumerate(matrix))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>'
    ).encode()


def _row(y: int, modules: list[bool]) -> str:
    """Return the black runs of one row as closed subpaths; runs, not single modules, keep 300 slips small."""
    runs: list[str] = []
    start: int | None = None
    for x, black in enumerate([*modules, False]):
        if black and start is None:
            start = x
        elif not black and start is not None:
            width = x - start
            runs.append(f"M{start} {y}h{width}v1h-{width}z")
            start = None
    return "".join(runs)
