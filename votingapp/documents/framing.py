"""A picture is handed to the typesetter inside an SVG: what lies in memory there must be text."""

from base64 import b64encode


def framed(picture: bytes, kind: str, width: int = 1, height: int = 1) -> bytes:
    """Put a picture of a kind (`jpeg`, `png`) into an SVG of these proportions; return the SVG in UTF-8."""
    content = b64encode(picture).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/{kind};base64,{content}"/></svg>'
    ).encode()
