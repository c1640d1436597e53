"""Institutes: the site's list, and each one's own pages."""

from flask import Blueprint

bp = Blueprint("institutes", __name__)
