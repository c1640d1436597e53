"""An institute's administrators look after a cohort and who is in it."""

from flask import Blueprint

bp = Blueprint("cohorts", __name__)
