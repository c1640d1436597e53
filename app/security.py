"""Response headers and cookies. Strict from the first page on: nothing inline, nothing from elsewhere."""

from collections.abc import Iterable
from datetime import timedelta

from flask import Flask, current_app, g, request
from flask.wrappers import Response

from app.access import public, rule_of, viewer
from app.extensions import SAFE_METHODS

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "media-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

FIXED = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)


def add_headers(response: Response) -> Response:
    """Headers for every response. What only signed-in people see, or what carries somebody's name or address, is stored
    in no cache, so that "back" after signing out on a shared computer shows nothing."""
    headers = response.headers
    headers.extend(FIXED)
    if hosts := g.get("frame_hosts"):
        headers["Content-Security-Policy"] = f"{POLICY}; frame-src {' '.join(hosts)}"
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    headers.setdefault(
        "Cache-Control", "private, no-cache" if _is_public() and not _names_somebody() else "private, no-store"
    )
    return response


def allow_frames(hosts: Iterable[str]) -> None:
    """Let this one page hold players from these hosts; they load when somebody asks for them."""
    g.frame_hosts = tuple(f"https://{host}" for host in dict.fromkeys(hosts))


def _is_public() -> bool:
    return request.endpoint is None or rule_of(current_app, request.endpoint) is public


def _names_somebody() -> bool:
    """Whether this request has already asked who is signed in, and somebody is. Asks the database nothing.

    A public page with a secret or a number in its address (a letter's link, a certificate) is about somebody, too, and
    so is the answer to a form, which shows again what was typed."""
    if request.view_args or request.method not in SAFE_METHODS:
        return True
    return "_login_user" in g and viewer() is not None


def init_app(app: Flask) -> None:
    secure = app.config["SETTINGS"].base_url.startswith("https://")
    app.config.update(
        SESSION_COOKIE_NAME="__Host-session" if secure else "session",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        # The cookie is written once, at the sign-in: how long that holds, the table of sign-ins decides.
        PERMANENT_SESSION_LIFETIME=timedelta(days=400),
    )
    app.after_request(add_headers)
