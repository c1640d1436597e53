"""Joining a cohort, being told what is seen there, and leaving."""

from flask import Blueprint

bp = Blueprint("joining", __name__)
