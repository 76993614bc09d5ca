"""What every answer tells the browser: load nothing from elsewhere, run nothing inline, frame nothing, remember nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from flask import request

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask, Response

View = TypeVar("View", bound="Callable[..., Any]")

_MARK = "_uses_camera"

OFFICE_POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' data:; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'; "
)

CAMERA_POLICY = f"{OFFICE_POLICY}media-src 'self' blob:; worker-src 'self'; ".replace(
    "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"
)
"""An office page that reads codes with the camera may run the reader's WebAssembly; no other office page may."""

_CAMERA_PERMISSIONS = "camera=(self), microphone=(), geolocation=()"

BOOTH_POLICY = (
    "default-src 'none'; "
    "script-src 'self' 'wasm-unsafe-eval'; "  # the scanner's WebAssembly; it allows no eval of script
    "style-src 'self'; "
    "img-src 'self' data:; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "media-src 'self' blob:; "
    "worker-src 'self'; "
    "manifest-src 'self'; "  # how it stands on a tablet's home screen
    "form-action 'none'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'; "
)

TRUST_POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; "
)


def with_camera(view: View) -> View:
    """Let the page of a view, and that page alone, use the camera and run the reader of codes; stands below its guard."""
    setattr(view, _MARK, True)
    return view


BOOTH_JOIN_POLICY = BOOTH_POLICY.replace("form-action 'none'", "form-action 'self'")
"""Of the one page of the booth with a form: where a tablet joins."""


def send_headers(app: Flask, policy: str, permissions: str, *, https: bool) -> None:
    """Put the headers on every answer of an app, the error pages included."""

    @app.after_request
    def add(response: Response) -> Response:
        camera = getattr(app.view_functions.get(request.endpoint or ""), _MARK, False)
        # A photograph has a stricter policy, set where it is shown.
        response.headers.setdefault("Content-Security-Policy", CAMERA_POLICY if camera else policy)
        response.headers["Permissions-Policy"] = _CAMERA_PERMISSIONS if camera else permissions
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        # Not "no-referrer": under TLS the form tokens' check compares the Referer with the host.
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if https:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
        return response
