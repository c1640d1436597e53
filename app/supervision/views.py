"""A cohort: who needs me, how the group stands."""

from flask import Blueprint

bp = Blueprint("supervision", __name__)
