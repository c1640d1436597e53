"""An institute's letters: what was sent, to whom, and again."""

from flask import Blueprint

bp = Blueprint("letters", __name__)
