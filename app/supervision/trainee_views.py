"""One trainee, for those who supervise them."""

from flask import Blueprint

bp = Blueprint("trainees", __name__)
