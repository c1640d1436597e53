"""What to teach next: the agenda, the hand-out, the questions."""

from flask import Blueprint

bp = Blueprint("teaching", __name__)
