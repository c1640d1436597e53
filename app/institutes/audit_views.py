"""Who did what at an institute, and who looked at oneself."""

from flask import Blueprint

bp = Blueprint("audit", __name__)
