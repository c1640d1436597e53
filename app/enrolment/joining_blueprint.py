"""The blueprint of joining and of belonging."""

from flask import Blueprint
from werkzeug.wrappers import Response

bp = Blueprint("joining", __name__)

Answer = Response | str | tuple[str, int]
LOOK_LIMIT = "300 per minute; 3000 per hour"
"""Of a page behind a secret: more than a room full of people behind one network address needs."""
